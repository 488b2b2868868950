import assert from 'node:assert/strict';
import { EarlyStopping } from '../../src/train/earlyStopping';

/** What early stopping says to these costs, from an epoch on, with a patience of 3. */
const verdicts = (early: EarlyStopping, from: number, costs: readonly number[]) =>
  costs.map((cost, k) => early.see(from + k, cost, 0, 3));

describe('early stopping', () => {
  it('stops after as many epochs without gain as the patience', () => {
    const early = new EarlyStopping();
    assert.deepEqual(verdicts(early, 1, [5, 4, 6, 3, 7, 8, 9]), [
      ...['best', 'best', 'wait', 'best', 'wait', 'wait', 'stop'],
    ]);
    assert.equal(early.epoch, 4);
  });

  it('keeps the best cost as the mark when the training goes on from there', () => {
    const early = new EarlyStopping();
    verdicts(early, 1, [3, 7, 8, 9]);
    assert.deepEqual(verdicts(early, 2, [7, 2, 4, 5, 6]), ['wait', 'best', 'wait', 'wait', 'stop']);
    assert.equal(early.epoch, 3);
  });

  it('starts anew when the patience has passed again, so that it never stops twice at one epoch', () => {
    const early = new EarlyStopping();
    verdicts(early, 1, [3, 7, 8, 9]);
    assert.deepEqual(verdicts(early, 2, [7, 8, 9, 8, 9, 9, 9]), [
      ...['wait', 'wait', 'best', 'best', 'wait', 'wait', 'stop'],
    ]);
    assert.equal(early.epoch, 5);
  });

  it('keeps nothing of what it has forgotten, and starts anew after it', () => {
    for (const costs of [[3], [3, 7, 8], [3, 7, 8, 9]]) {
      const early = new EarlyStopping();
      verdicts(early, 1, costs);
      early.keep(Float64Array.of(1, 2), Float64Array.of(3));
      early.forget();
      assert.deepEqual(early.toArray(), new Float64Array());
      assert.deepEqual(verdicts(early, 50, [9, 10, 11, 12]), ['best', 'wait', 'wait', 'stop']);
      assert.equal(early.epoch, 50);
    }
  });

  it('is the same after it was written to numbers, stopped or not', () => {
    for (const costs of [[], [3, 7], [3, 7, 8, 9]]) {
      const early = new EarlyStopping();
      verdicts(early, 1, costs);
      early.keep(Float64Array.of(1, 2), Float64Array.of(3));
      const read = EarlyStopping.from(early.toArray(), 2);
      assert.deepEqual(read.toArray(), early.toArray());
      const rest = [7, 8, 9, 9, 9];
      assert.deepEqual(verdicts(read, 2, rest), verdicts(early, 2, rest));
    }
  });
});
