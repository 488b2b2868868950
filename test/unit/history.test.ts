import assert from 'node:assert/strict';
import fc from 'fast-check';
import { History, MOST_POINTS } from '../../src/core/history';
import type { Measure } from '../../src/core/trainer';

const point = (epoch: number, trainCost = 1 / (1 + epoch)): Measure => ({
  epoch,
  trainCost,
  testCost: null,
  trainScore: 0.5,
  testScore: null,
});
const epochs = (history: History) => history.points.map(({ epoch }) => epoch);
const upTo = (last: number, first = 0) => {
  const history = new History();
  for (let epoch = first; epoch <= last; epoch++) history.push(point(epoch));
  return history;
};

describe('the history of a training', () => {
  it('keeps every epoch while there are at most 2000', () => {
    assert.equal(MOST_POINTS, 2000);
    assert.deepEqual(
      epochs(upTo(1999)),
      Array.from({ length: 2000 }, (_, k) => k),
    );
  });

  it('then keeps every second, fourth, eighth … epoch: the first that gives at most 2000 points', () => {
    for (const last of [2000, 3998, 3999, 4000, 10_000, 50_000]) {
      let stride = 1;
      while (Math.floor(last / stride) + 1 > 2000) stride *= 2;
      assert.deepEqual(
        epochs(upTo(last)),
        Array.from({ length: Math.floor(last / stride) + 1 }, (_, k) => k * stride),
        `up to ${last}`,
      );
    }
  });

  it('never holds more than 2000 points, and always the first', () => {
    const history = new History();
    for (let epoch = 0; epoch <= 20_000; epoch++) {
      history.push(point(epoch));
      assert.ok(history.points.length <= 2000);
      assert.equal(history.points[0].epoch, 0);
    }
  });

  it('never holds more than 2000 points when those pushed are far apart already', () => {
    const history = new History();
    for (let k = 0; k <= 2100; k++) {
      history.push(point(k * 1024));
      assert.ok(history.points.length <= 2000, `${history.points.length} points`);
    }
  });

  it('keeps the measures as they were', () => {
    const history = new History();
    history.push({ epoch: 0, trainCost: 0.7, testCost: 0.8, trainScore: 0.5, testScore: 0.4 });
    assert.deepEqual(history.points, [
      { epoch: 0, trainCost: 0.7, testCost: 0.8, trainScore: 0.5, testScore: 0.4 },
    ]);
  });

  it('is the same whether all epochs are pushed or only those it wants', () => {
    const all = new History();
    const wanted = new History();
    for (let epoch = 0; epoch <= 9000; epoch++) {
      all.push(point(epoch));
      if (wanted.wants(epoch)) wanted.push(point(epoch));
    }
    assert.deepEqual(wanted.points, all.points);
  });

  it('passes over points that are not later than the last', () => {
    const history = upTo(10);
    history.push(point(10, 99));
    history.push(point(3, 99));
    assert.deepEqual(history.points, upTo(10).points);
  });

  it('rebuilt from its points is the same history', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 12_000 }), (last) => {
        const history = upTo(last);
        assert.deepEqual(new History(history.points).points, history.points);
      }),
      { numRuns: 30 },
    );
  });

  it('rebuilt from its points goes on like the one that was never interrupted', () => {
    const rebuilt = new History(upTo(5000).points);
    for (let epoch = 5001; epoch <= 6000; epoch++) rebuilt.push(point(epoch));
    assert.deepEqual(epochs(rebuilt), epochs(upTo(6000)));
  });
});
