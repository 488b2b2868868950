import assert from 'node:assert/strict';
import { comparisonOf, type Compared } from '../../src/train/comparison';

/** Scores of each seed on each fold; a loss is 1 − score. */
const compared = (candidate: number, ...bySeed: number[][]): Compared => ({
  candidate,
  results: bySeed.map((folds) => folds.map((score) => ({ epoch: 10, loss: 1 - score, score }))),
});
const close = (actual: number, expected: number) =>
  assert.ok(Math.abs(actual - expected) < 1e-12, `${actual} is not ${expected}`);

describe('settings that are compared', () => {
  const good = compared(0, [0.8, 0.9], [0.7, 0.8]);
  const poor = compared(1, [0.5, 0.7], [0.7, 0.7]);
  const size = (candidate: number) => 10 - candidate;

  it('have the deviation over seeds and that over folds apart', () => {
    const [{ score, loss, overSeeds, overFolds }] = comparisonOf([good, poor], size).summaries;
    close(score, 0.8);
    close(loss, 0.2);
    // Of the seeds' means .85 and .75, and of the folds' .75 and .85.
    close(overSeeds, Math.sqrt(0.005));
    close(overFolds, Math.sqrt(0.005));
    close(comparisonOf([compared(0, [0.6, 0.6], [0.8, 0.8])], size).summaries[0].overFolds, 0);
    close(comparisonOf([compared(0, [0.6, 0.8], [0.6, 0.8])], size).summaries[0].overSeeds, 0);
  });

  it('differ from the best fold by fold, of which one says nothing of another', () => {
    const { summaries, best } = comparisonOf([good, poor], size);
    assert.equal(best, 0);
    assert.equal(summaries[0].toBest, null);
    // On the first fold .6 to .75, on the second .7 to .85: the folds differ, the difference does not.
    close(summaries[1].toBest?.mean ?? NaN, -0.15);
    close(summaries[1].toBest?.deviation ?? NaN, 0);
  });

  it('are adopted as the simplest within one standard error of the best', () => {
    const near = compared(1, [0.79, 0.89], [0.69, 0.79]);
    assert.equal(comparisonOf([good, near], size).adopted, 1, 'it learns fewer numbers');
    assert.equal(comparisonOf([good, near], (candidate) => candidate).adopted, 0);
  });

  it('that diverge are never the best, and where all do none is', () => {
    const lost: Compared = { candidate: 1, results: [[{ epoch: 0, loss: Infinity, score: NaN }]] };
    assert.equal(comparisonOf([compared(0, [0.1]), lost], size).best, 0);
    const { best, adopted } = comparisonOf([lost], size);
    assert.deepEqual([best, adopted], [null, null]);
  });

  it('tell where the best is at the edge of them', () => {
    const folds = [0.8, 0.9, 0.7];
    const of = (candidate: number, less: number) =>
      compared(candidate, ...[0, 1].map((seed) => folds.map((score) => score - less - seed / 100)));
    const edges = (...less: number[]) =>
      comparisonOf(
        less.map((each, k) => of(k, each)),
        size,
        (candidate) => ({ rate: candidate }),
      ).edges;
    assert.deepEqual(edges(0.2, 0.1, 0), [{ key: 'rate', value: 2, edge: 'highest' }]);
    assert.deepEqual(edges(0.2, 0, 0.1), []);
    assert.deepEqual(edges(0.2, 0, 0), [], 'the one before it is as good');
  });
});
