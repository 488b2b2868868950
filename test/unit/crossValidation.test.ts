import assert from 'node:assert/strict';
import type { FoldScore } from '../../src/core/folds';
import { untilDone } from '../../src/core/trainer';
import { makeDataset } from '../../src/data/dataset';
import { readTable } from '../../src/data/csv/read';
import { readOptionsOf } from '../../src/data/csv/readOptions';
import { checkTable } from '../../src/data/table/check';
import { defaults, type Settings } from '../../src/settings/settings';
import { crossValidated, crossValidation } from '../../src/train/crossValidation';

function foldsOf(text: string, set: Partial<Settings>, folds = 4, repeats = 1) {
  const settings = { ...defaults, 'training.epochs': 20, ...set };
  const bytes = new TextEncoder().encode(text);
  const table = readTable(() => [bytes], readOptionsOf(settings), { size: bytes.length });
  const checked = checkTable(table, settings);
  const base = makeDataset(checked, settings, { keepsColumns: true });
  const all = [...crossValidation(checked, settings, base, { folds, repeats }, untilDone)].filter(
    (each): each is FoldScore => each !== null,
  );
  return { all, summary: crossValidated(all, base, repeats) };
}

const rows = (count: number, of: (row: number) => string) =>
  ['x,y', ...Array.from({ length: count }, (_, row) => of(row))].join('\n');

describe('cross-validation', () => {
  it('fits the transform to the rows that are trained on: the scale of a fold is not that of its outliers', () => {
    // Everything follows from x, but for one row that is far off: with its value in the scale, x says nothing.
    const text = rows(80, (row) => `${row === 57 ? 1e9 : (row * 7) % 80},${(row * 7) % 80}.5`);
    const { all } = foldsOf(text, {
      'data.target': 'y',
      'model.hiddenLayers': [8],
      'training.optimizer': 'adam',
      'training.epochs': 500,
    });
    const good = all.filter(({ score }) => (score ?? -1) > 0.5);
    assert.equal(good.length, 1, all.map(({ score }) => score).join());
  });

  it('gives no mean where a fold has diverged', () => {
    const text = rows(80, (row) => `${(row * 7) % 80},${(row * 7) % 80}.5`);
    const { all, summary } = foldsOf(text, {
      'data.target': 'y',
      'training.learningRate': 1000,
      'training.optimizer': 'gradientDescent',
      'model.hiddenActivation': 'relu',
    });
    assert.ok(all.some(({ score }) => score === null));
    assert.equal(summary.mean, null);
    assert.equal(summary.deviation, null);
    assert.ok((summary.line ?? 0) > 0.99 && (summary.guess ?? 1) < 0.01);
  });
});
