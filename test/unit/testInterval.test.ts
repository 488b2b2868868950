import assert from 'node:assert/strict';
import { wilson } from '../../src/core/intervals';
import { untilDone } from '../../src/core/trainer';
import { defaults, type Settings } from '../../src/settings/settings';
import { testInterval } from '../../src/train/testInterval';
import { runOn } from './training';

/** Rows of 60 people, ten of each: what is to be predicted is a person's own, and half follows from x. */
function people(isNumber: boolean): string {
  const lines = Array.from({ length: 600 }, (_, row) => {
    const person = row % 60;
    const [x, own] = [(person * 37) % 10, (person * 53) % 7];
    return [x, person, isNumber ? `${x + own}.5` : x + own > 7 ? 'yes' : 'no'].join();
  });
  return ['x,person,y', ...lines].join('\n');
}

function intervalOf(isNumber: boolean, set: Partial<Settings>) {
  const settings = {
    ...defaults,
    'data.target': 'y',
    'model.hiddenLayers': [3],
    'training.epochs': 30,
    ...set,
  };
  const run = runOn(people(isNumber), settings);
  while (run.epoch < run.epochs) run.step(untilDone);
  const { testScore } = run.measure();
  for (const work = testInterval(run, 1); ;) {
    const { done, value } = work.next();
    if (done) return { interval: value, testScore, rows: run.dataset.test.length };
  }
}
const BY_GROUP: Partial<Settings> = { 'data.splitColumn': 'person', 'data.splitBy': 'groups' };

describe('the interval of a run’s test score', () => {
  it('is Wilson’s for classes', () => {
    const { interval, testScore, rows } = intervalOf(false, {});
    assert.deepEqual(interval, wilson(testScore ?? NaN, rows));
  });

  it('is wider where whole groups are left out: their rows are alike', () => {
    const { interval, testScore, rows } = intervalOf(false, BY_GROUP);
    assert.ok(interval && testScore !== null);
    const [low, high] = wilson(testScore, rows);
    assert.ok(interval[1] - interval[0] > 1.5 * (high - low), `${interval.join()}, ${low} to ${high}`);
    assert.ok(interval[0] <= testScore && testScore <= interval[1]);
  });

  it('is the bootstrap’s for a number, wider by groups', () => {
    const [byChance, byGroup] = [{ 'data.ignoredColumns': ['person'] }, BY_GROUP].map((set) =>
      intervalOf(true, set),
    );
    for (const { interval, testScore } of [byChance, byGroup])
      assert.ok(interval && testScore !== null && interval[0] <= testScore && testScore <= interval[1]);
    const width = ({ interval }: typeof byGroup) => (interval ? interval[1] - interval[0] : NaN);
    assert.ok(width(byGroup) > 1.5 * width(byChance), `${width(byGroup)}, ${width(byChance)}`);
  });

  it('is null without a test part', () => {
    assert.equal(intervalOf(false, { 'training.testFraction': 0 }).interval, null);
  });
});
