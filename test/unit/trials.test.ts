import assert from 'node:assert/strict';
import { Trials } from '../../src/kernel/trials';

/** Reports of each way's milliseconds for a unit of work, until one is chosen; how often each was used. */
function settle(trials: Trials, costs: (way: number) => number): number[] {
  const used: number[] = [];
  while (!trials.settled) {
    used.push(trials.now);
    trials.report(1, costs(trials.now));
  }
  return used;
}

describe('the choice between ways to do the same', () => {
  it('is the fastest, after each has been used in turns', () => {
    const trials = new Trials(3);
    assert.deepEqual(
      settle(trials, (way) => [3, 2, 4][way]),
      [0, 1, 2, 0, 1, 2],
    );
    assert.equal(trials.now, 1);
  });

  it('is the first where no other is clearly faster', () => {
    const trials = new Trials(2);
    settle(trials, (way) => [2, 1.95][way]);
    assert.equal(trials.now, 0);
  });

  it('goes by the best round of each, so that one disturbance does not decide', () => {
    const trials = new Trials(2);
    let reports = 0;
    settle(trials, (way) => (reports++ === 1 ? 20 : [2, 1.2][way]));
    assert.equal(trials.now, 1);
  });

  it('adds up what is too short to be measured', () => {
    const trials = new Trials(2);
    for (let k = 0; k < 9; k++) {
      trials.report(1, 0.1);
      assert.equal(trials.now, 0);
    }
    trials.report(1, 0.2);
    assert.equal(trials.now, 1);
  });

  it('takes one round of large work', () => {
    assert.deepEqual(
      settle(new Trials(2), () => 500),
      [0, 1],
    );
  });

  it('is looked at again when told to', () => {
    const trials = new Trials(2);
    settle(trials, (way) => [1, 2][way]);
    trials.restart();
    assert.equal(trials.settled, false);
    settle(trials, (way) => [2, 1][way]);
    assert.equal(trials.now, 1);
  });

  it('is none where there is one way', () => {
    const trials = new Trials(1);
    assert.ok(trials.settled);
    trials.restart();
    assert.ok(trials.settled);
    assert.equal(trials.now, 0);
  });
});
