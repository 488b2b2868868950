import { deflateSync } from 'node:zlib';
import type { Job } from '../export/torchrunJob';
import { writeModel } from '../runs/modelFile';
import { writeJson } from '../runs/modelJson';

/** What the script of a training knows of it, as JSON. */
export const jobJson = (job: Job): string => writeJson(contentOf(job));

function contentOf(job: Job): unknown {
  const { model, settings, lines, test, measure, file, sha256, dialect, width, places, targetPlace } = job;
  const { model: content } = JSON.parse(writeModel(model)) as { readonly model: unknown };
  const tested = new Uint8Array(Math.ceil(lines.length / 8));
  for (const j of test) tested[j >> 3] |= 1 << (j & 7);
  const apart = new DataView(new ArrayBuffer(4 * lines.length));
  lines.forEach((line, j) => apart.setUint32(4 * j, line - (j === 0 ? 0 : lines[j - 1]), true));
  return {
    ...{ file, sha256, dialect, width, places, targetPlace },
    missing: settings['csv.missingTokens'],
    placeholders: Object.entries(settings['data.placeholders']),
    missingValues: settings['data.missingValues'],
    standardize: settings['data.standardize'],
    seed: settings['training.seed'],
    testFraction: settings['training.testFraction'],
    epochs: settings['training.epochs'],
    learningRate: settings['training.learningRate'],
    schedule: settings['training.learningRateSchedule'],
    decay: settings['training.learningRateDecay'],
    every: settings['training.learningRateStep'],
    batchSize: settings['training.batchSize'],
    optimizer: settings['training.optimizer'],
    momentum: settings['training.momentum'],
    ...{ l1: settings['training.l1'], l2: settings['training.l2'] },
    balanced: settings['training.classWeights'] === 'balanced' && model.task !== 'regression',
    rows: { lines: packed(new Uint8Array(apart.buffer)), tested: packed(tested) },
    check: {
      ...{ means: job.means, squares: job.squares },
      cost: measure.trainCost,
      testCost: measure.testCost,
    },
    model: content,
  };
}

const packed = (bytes: Uint8Array): string => deflateSync(bytes).toString('base64');
