// Records of runs, as windows keep them.
import { createHash } from 'node:crypto';
import { layerPoint } from '../../src/core/layerCurve';
import type { RunRecord } from '../../src/runs/record';
import { recordOfRun } from '../../src/runs/recordOfRun';
import type { Settings } from '../../src/settings/settings';
import { everyKind, trained } from './models';

const FACTS = {
  id: '3f0c9a52-0000-4000-8000-000000000001',
  uri: 'file:///work/data/kinds.csv',
  startedAt: 1_700_000_000_000,
  given: ['training.seed'],
} as const;

/** The record of a training on the text of a table, which has everything that a record may have. */
export function recordOn(
  text: string,
  settings: Partial<Settings> = {},
  changes: Partial<RunRecord> = {},
): RunRecord {
  const { run } = trained(text, { 'training.seed': 3, ...settings });
  const scores = { trainCost: 0.5, trainScore: 0.7, testCost: null, testScore: null };
  const layers = run.network.sizes.slice(1);
  const norms = { gradient: layers.map((_, l) => l + 0.5), update: layers.map(() => NaN) };
  const hash = createHash('sha256').update(text).digest('hex');
  const baselines = { guess: scores, line: { ...scores, testScore: 0.75 }, lineRows: 320, lineIsBest: true };
  return {
    ...recordOfRun(run, { ...FACTS, hash, baselines }),
    layers: [layerPoint(0, norms), layerPoint(4, norms)],
    marks: [
      { kind: 'edit', epoch: 3, changes: [{ key: 'training.learningRate', before: 1.2, after: 0.5 }] },
      {
        kind: 'hand',
        epoch: 5,
        change: { weights: [{ index: 1, before: 0.25, after: -0 }], frozen: [1], thawed: [] },
      },
      { kind: 'note', epoch: 6, text: 'half way' },
    ],
    ...changes,
  };
}

/** Of a table with a column of each kind. */
export const recordOfKinds = (changes: Partial<RunRecord> = {}): RunRecord =>
  recordOn(everyKind(), { 'data.transform': 'rank' }, changes);
