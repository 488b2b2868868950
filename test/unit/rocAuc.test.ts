import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { rocAuc, rocAucInSteps, type RocAuc } from '../../src/core/rocAuc';
import { untilDone } from '../../src/core/trainer';
import { defaults, type Settings } from '../../src/settings/settings';
import { testAuc } from '../../src/train/testAuc';
import { runOn } from './training';

interface Case {
  readonly y: number[];
  readonly p: number[];
  readonly auc: number;
}
const { cases } = JSON.parse(readFileSync('test/fixtures/auc/auc.json', 'utf8')) as {
  cases: Record<string, Case>;
};

function resultOf<T>(work: Generator<void, T>): T {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
  }
}
const withInterval = ({ y, p }: Pick<Case, 'y' | 'p'>, groupOf: number[] | null = null, seed = 1) =>
  resultOf(rocAucInSteps(y, p, groupOf, seed)) as RocAuc;
const width = ({ interval }: RocAuc) => (interval ? interval[1] - interval[0] : NaN);

describe('the area under the ROC curve', () => {
  for (const [name, each] of Object.entries(cases))
    it(`is scikit-learn’s: ${name}`, () => {
      assert.ok(Math.abs((rocAuc(each.y, each.p) ?? NaN) - each.auc) <= 1e-12);
      assert.equal(withInterval(each).value, rocAuc(each.y, each.p));
    });

  it('is not to be had of one class, nor of no row', () => {
    assert.equal(rocAuc([1, 1], [0.2, 0.4]), null);
    assert.equal(rocAuc([], []), null);
    assert.equal(resultOf(rocAucInSteps([0, 0], [0.2, 0.4], null, 1)), null);
  });

  it('has an interval around it, the same by the same seed, which is as wide as Hanley and McNeil say', () => {
    const each = cases['as many of both'];
    const found = withInterval(each);
    assert.deepEqual(found, withInterval(each));
    assert.notDeepEqual(found, withInterval(each, null, 2));
    assert.ok(found.interval && found.interval[0] < found.value && found.value < found.interval[1]);
    const { value: area } = found;
    const ones = each.y.filter((y) => y === 1).length;
    const zeros = each.y.length - ones;
    const [q1, q2] = [area / (2 - area), (2 * area * area) / (1 + area)];
    const variance =
      (area * (1 - area) + (ones - 1) * (q1 - area * area) + (zeros - 1) * (q2 - area * area)) /
      (ones * zeros);
    const theirs = 2 * 1.96 * Math.sqrt(variance);
    assert.ok(width(found) > 0.75 * theirs && width(found) < 1.3 * theirs, `${width(found)}, ${theirs}`);
  });

  it('is less sure of groups whose rows are the same', () => {
    const { y, p } = cases['as many of both'];
    const [all, ps] = [
      [...y, ...y, ...y, ...y],
      [...p, ...p, ...p, ...p],
    ];
    const groupOf = all.map((_, j) => j % y.length);
    const [alone, grouped] = [withInterval({ y: all, p: ps }), withInterval({ y: all, p: ps }, groupOf)];
    assert.ok(Math.abs(alone.value - grouped.value) <= 1e-12);
    assert.ok(width(grouped) > 1.6 * width(alone), `${width(grouped)}, ${width(alone)}`);
    assert.ok(Math.abs(width(grouped) / width(withInterval({ y, p })) - 1) < 0.15);
  });

  it('takes a sample of many examples, and of one group gives no interval', () => {
    const y = Array.from({ length: 50_000 }, (_, j) => j % 2);
    const p = y.map((each, j) => each * 0.2 + ((j * 7919) % 1000) / 1000);
    const found = withInterval({ y, p });
    assert.ok(found.interval && found.interval[0] < found.value && found.value < found.interval[1]);
    assert.equal(withInterval({ y: y.slice(0, 9), p }, Array(9).fill(0) as number[]).interval, null);
  });

  it('is of the test part of a run of two classes, and of no other', () => {
    const auc = (target: (x: number) => string | number, set: Partial<Settings> = {}) => {
      const rows = Array.from({ length: 300 }, (_, j) => `${(j * 37) % 101},${target((j * 37) % 101)}`);
      const settings = { ...defaults, 'data.target': 'y', 'model.hiddenLayers': [3], 'training.epochs': 200 };
      const run = runOn(['x,y', ...rows].join('\n'), { ...settings, ...set });
      while (run.epoch < run.epochs) run.step(untilDone);
      return resultOf(testAuc(run, 1));
    };
    const two = auc((x) => (x > 50 ? 'yes' : 'no'));
    assert.ok(two && two.value > 0.98);
    assert.equal(
      auc((x) => `${x / 7}1`),
      null,
    );
    assert.equal(
      auc((x) => (x > 70 ? 'a' : x > 30 ? 'b' : 'c')),
      null,
    );
    assert.equal(
      auc((x) => (x > 50 ? 'yes' : 'no'), { 'training.testFraction': 0 }),
      null,
    );
  });
});
