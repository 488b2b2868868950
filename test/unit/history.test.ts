import assert from 'node:assert/strict';
import fc from 'fast-check';
import { POINT_NUMBERS, decodePoints, encodePoints } from '../../src/core/curveNumbers';
import { History, MOST_POINTS, type CurvePoint } from '../../src/core/history';
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
      {
        ...{ epoch: 0, trainCost: 0.7, testCost: 0.8, trainScore: 0.5, testScore: 0.4 },
        ...{ lowestTrainCost: 0.7, highestTrainCost: 0.7, lowestTestCost: 0.8, highestTestCost: 0.8 },
      },
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

  it('gives back what it keeps, and null for what it passes over', () => {
    const history = upTo(2000);
    assert.equal(history.interval, 2);
    assert.equal(history.push(point(2001)), null);
    assert.equal(history.push(point(2000)), null);
    assert.equal(history.push(point(2002)), history.points.at(-1));
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
      { numRuns: 10 },
    );
  });

  it('rebuilt from its points goes on like the one that was never interrupted', () => {
    const rebuilt = new History(upTo(5000).points);
    for (let epoch = 5001; epoch <= 6000; epoch++) rebuilt.push(point(epoch));
    assert.deepEqual(epochs(rebuilt), epochs(upTo(6000)));
  });

  it('rebuilt from its points alone has its extremes too', () => {
    const history = new History();
    for (let epoch = 0; epoch <= 9000; epoch++) history.push(point(epoch, Math.sin(epoch)));
    assert.deepEqual(new History(history.points).points, history.points);
  });
});

/** Costs of a training, one an epoch, with spikes. */
const costs = fc
  .tuple(
    fc.integer({ min: 1, max: 9000 }),
    fc.array(fc.tuple(fc.nat(8999), fc.integer({ min: -9, max: 9 })), { maxLength: 20 }),
  )
  .map(([length, spikes]) => {
    const all = Array.from({ length }, (_, i) => 0.5 + (i % 7) / 100);
    for (const [at, cost] of spikes) all[at % length] = cost;
    return all;
  });
const ofCost = (epoch: number, cost: number, withTest = true): Measure => ({
  ...{ epoch, trainCost: cost, trainScore: 0, testCost: withTest ? cost + 1 : null },
  testScore: withTest ? 0 : null,
});
/** The extremes of measures, counted anew. */
const counted = (part: readonly Measure[]) => {
  const train = part.map(({ trainCost }) => trainCost);
  const test = part.flatMap(({ testCost }) => (testCost === null ? [] : [testCost]));
  return {
    ...{ lowestTrainCost: Math.min(...train), highestTrainCost: Math.max(...train) },
    lowestTestCost: test.length > 0 ? Math.min(...test) : null,
    highestTestCost: test.length > 0 ? Math.max(...test) : null,
  };
};
const extremes = ({ lowestTrainCost, highestTrainCost, lowestTestCost, highestTestCost }: CurvePoint) => ({
  ...{ lowestTrainCost, highestTrainCost, lowestTestCost, highestTestCost },
});
/** Pushes what the history wants of these costs, from an epoch on; returns all that it took. */
const pushAll = (history: History, all: readonly number[], from: number, withTest = true): Measure[] => {
  const taken: Measure[] = [];
  all.forEach((cost, k) => {
    const measure = ofCost(from + k, cost, withTest);
    if (history.push(measure)) taken.push(measure);
  });
  return taken;
};
/** Each point has the extremes of all that was pushed after the point before, up to it. */
const assertExtremes = (history: History, pushed: readonly Measure[]) => {
  let from = 0;
  history.points.forEach((point) => {
    let to = from;
    while (to < pushed.length && pushed[to].epoch <= point.epoch) to++;
    assert.deepEqual(extremes(point), counted(pushed.slice(from, to)), `at epoch ${point.epoch}`);
    from = to;
  });
};

describe('the extremes of a curve', () => {
  it('of a point that nothing was thinned before are its own costs', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ noNaN: true, min: -1, max: 1 }), { maxLength: 50 }), (all) => {
        const history = new History();
        pushAll(history, all, 0);
        for (const point of history.points) {
          assert.equal(point.lowestTrainCost, point.trainCost);
          assert.equal(point.highestTestCost, point.testCost);
        }
      }),
    );
  });

  it('are those of all epochs that were ever on it since the point before: no spike is lost', () => {
    fc.assert(
      fc.property(costs, fc.boolean(), (all, withTest) => {
        const history = new History();
        const pushed = pushAll(history, all, 0, withTest);
        assertExtremes(history, pushed);
        const train = pushed.map(({ trainCost }) => trainCost);
        assert.equal(Math.max(...history.points.map((p) => p.highestTrainCost)), Math.max(...train));
        assert.equal(Math.min(...history.points.map((p) => p.lowestTrainCost)), Math.min(...train));
      }),
      { numRuns: 15 },
    );
  });

  it('hold no spike less when the points have gaps', () => {
    const gaps = fc.tuple(
      fc.integer({ min: 1, max: 5000 }),
      fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }),
    );
    fc.assert(
      fc.property(gaps, ([length, steps]) => {
        const history = new History();
        const pushed: Measure[] = [];
        let epoch = 0;
        for (let k = 0; k < length; k++) {
          epoch += steps[k % steps.length];
          const measure = ofCost(epoch, (k * 7919) % 1009);
          if (history.push(measure)) pushed.push(measure);
        }
        assert.ok(history.points.length <= MOST_POINTS);
        assert.ok(history.points.slice(0, -1).every((p) => p.epoch % history.interval === 0));
        assertExtremes(history, pushed);
        const highest = Math.max(...history.points.map((p) => p.highestTrainCost));
        assert.equal(highest, Math.max(...pushed.map(({ trainCost }) => trainCost)));
      }),
      { numRuns: 15 },
    );
  });
});

describe('a curve that is cut back', () => {
  const cut = fc.double({ min: 0, max: 1, noNaN: true });

  it('loses all points after the epoch, and keeps its interval', () => {
    fc.assert(
      fc.property(costs, cut, (all, share) => {
        const history = new History();
        pushAll(history, all, 0);
        const epoch = Math.floor(1.2 * share * all.length);
        const { points, interval } = history;
        history.cutBack(epoch);
        assert.deepEqual(
          history.points,
          points.filter((p) => p.epoch <= epoch),
        );
        assert.equal(history.interval, interval);
      }),
      { numRuns: 15 },
    );
  });

  it('takes new points from there on, with their extremes, and thins as before', () => {
    fc.assert(
      fc.property(costs, costs, cut, (first, second, share) => {
        const history = new History();
        const pushed = pushAll(history, first, 0);
        const epoch = Math.floor(share * (first.length - 1));
        history.cutBack(epoch);
        const last = history.points.at(-1)?.epoch ?? -1;
        const before = pushed.filter((p) => p.epoch <= last);
        assertExtremes(history, [...before, ...pushAll(history, second, epoch + 1)]);
        assert.ok(history.points.length <= MOST_POINTS);
        assert.ok(history.points.every((p) => p.epoch % history.interval === 0));
      }),
      { numRuns: 15 },
    );
  });

  it('has nothing left of what came after: it is the curve of the training that went on from there', () => {
    const history = upTo(1500);
    history.cutBack(700);
    for (let epoch = 701; epoch <= 1500; epoch++) history.push(point(epoch, 5));
    const straight = upTo(700);
    for (let epoch = 701; epoch <= 1500; epoch++) straight.push(point(epoch, 5));
    assert.deepEqual(history.points, straight.points);
  });

  it('may be rebuilt from few points when it is told the interval', () => {
    const history = upTo(9000);
    history.cutBack(0);
    const rebuilt = new History(history.points, history.interval);
    assert.equal(rebuilt.interval, 8);
    assert.deepEqual(rebuilt.points, history.points);
  });
});

describe('points as numbers', () => {
  it('come back to the bit', () => {
    fc.assert(
      fc.property(costs, fc.boolean(), (all, withTest) => {
        const history = new History();
        pushAll(history, all, 0, withTest);
        assert.deepEqual(decodePoints(encodePoints(history.points)), history.points);
      }),
      { numRuns: 10 },
    );
  });

  it('that are incomplete or out of order are refused', () => {
    const numbers = encodePoints(upTo(3).points);
    assert.throws(() => decodePoints(numbers.slice(1)), RangeError);
    for (const epoch of [0, 0.5, -1, NaN, Infinity]) {
      const wrong = numbers.slice();
      wrong[POINT_NUMBERS] = epoch;
      assert.throws(() => decodePoints(wrong), RangeError, String(epoch));
    }
  });
});
