import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ln, random, shuffle, type Purpose } from '../../src/core/random';

const draws = (count: number, draw: () => number) => Array.from({ length: count }, draw);
const within = (actual: number, expected: number, tolerance: number) =>
  assert.ok(Math.abs(actual - expected) <= tolerance, `${actual} is not ${expected} ± ${tolerance}`);

describe('seeded random numbers', () => {
  // Worked out by a second implementation (xoroshiro128+ on Python's integers, Python's math.log).
  const golden: [seed: number, purpose: Purpose, uniform: number[], normal: number[]][] = [
    [
      1,
      'weights',
      [0.0648907863584991, 0.9420264820659305, 0.08550835634071663],
      [-0.755795895182414, -0.202114395878572, 0.8971853938583936, -0.6564914627476283],
    ],
    [
      1,
      'split',
      [0.9607797267410467, 0.06965832128036797, 0.5850393078180687],
      [0.3511054025573581, 1.280932551809796, 0.9767288641230514, -0.1529026999540986],
    ],
    [
      7,
      'weights',
      [0.6660051575101488, 0.9973823749446369, 0.8946382186161247],
      [0.9843142463452482, 0.06625864714162112, 0.18369622694451726, -0.27748431995810574],
    ],
    [
      2147483647,
      'weights',
      [0.06560588112266619, 0.021715692319184132, 0.3643434728520033],
      [-0.4908426056485697, -1.13363009300718, 1.5917652574185432, 2.000527826554895],
    ],
  ];
  for (const [seed, purpose, uniform, normal] of golden) {
    it(`are the ones they have always been: seed ${seed}, ${purpose}`, () => {
      assert.deepEqual(draws(3, random(seed, purpose).uniform), uniform);
      draws(4, random(seed, purpose).normal).forEach((value, k) => within(value, normal[k], 4e-16));
    });
  }

  it('repeat for the same seed and purpose, and differ for another seed or another purpose', () => {
    const first = (seed: number, purpose: Purpose) => draws(5, random(seed, purpose).uniform);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2147483646 }), (seed) => {
        assert.deepEqual(first(seed, 'weights'), first(seed, 'weights'));
        assert.notDeepEqual(first(seed, 'weights'), first(seed + 1, 'weights'));
        assert.notDeepEqual(first(seed, 'weights'), first(seed, 'split'));
        assert.notDeepEqual(first(seed, 'split'), first(seed, 'sample'));
      }),
    );
  });

  it('are uniform in [0, 1) with 53 random bits', () => {
    const { uniform } = random(5, 'weights');
    const values = draws(50_000, uniform);
    const counts = new Array<number>(10).fill(0);
    for (const value of values) {
      assert.ok(value >= 0 && value < 1);
      assert.ok(Number.isInteger(value * 2 ** 53));
      counts[Math.floor(value * 10)]++;
    }
    // 5000 ± 67 each.
    counts.forEach((count) => within(count, 5000, 350));
    const odd = values.filter((value) => (value * 2 ** 53) % 2 === 1).length;
    within(odd / values.length, 0.5, 0.02);
  });

  it('start anywhere in [0, 1) for small neighbouring seeds', () => {
    const firsts = Array.from({ length: 1000 }, (_, seed) => random(seed, 'weights').uniform());
    within(firsts.reduce((sum, value) => sum + value) / 1000, 0.5, 0.05);
    for (let tenth = 0; tenth < 10; tenth++) {
      within(firsts.filter((value) => Math.floor(value * 10) === tenth).length, 100, 50);
    }
  });

  it('have normal numbers of mean 0, standard deviation 1 and a bell shape, neighbours uncorrelated', () => {
    const n = 40_000;
    const values = draws(n, random(3, 'weights').normal);
    const mean = values.reduce((sum, value) => sum + value) / n;
    within(mean, 0, 0.02);
    within(Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / n), 1, 0.015);
    const share = (limit: number) => values.filter((value) => Math.abs(value) < limit).length / n;
    within(share(1), 0.6827, 0.01);
    within(share(2), 0.9545, 0.005);
    within(share(3), 0.9973, 0.002);
    within(values.reduce((sum, value, k) => sum + value * (values[k + 1] ?? 0), 0) / n, 0, 0.02);
  });

  it('draw whole numbers below n, each as often as another', () => {
    const { below } = random(11, 'split');
    const counts = new Array<number>(7).fill(0);
    for (let i = 0; i < 70_000; i++) counts[below(7)]++;
    assert.equal(counts.length, 7);
    counts.forEach((count) => within(count, 10_000, 500));
    assert.equal(below(1), 0);
  });
});

describe('shuffle', () => {
  it('keeps every item and returns the same array', () => {
    fc.assert(
      fc.property(fc.array(fc.integer()), fc.nat(), (items, seed) => {
        const copy = [...items];
        assert.equal(shuffle(copy, random(seed, 'split')), copy);
        const ascending = (a: number, b: number) => a - b;
        assert.deepEqual(copy.sort(ascending), [...items].sort(ascending));
      }),
    );
  });

  it('makes each of the six orders of three items equally often', () => {
    const stream = random(1, 'split');
    const counts = new Map<string, number>();
    for (let i = 0; i < 12_000; i++) {
      const order = shuffle([1, 2, 3], stream).join('');
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    assert.equal(counts.size, 6);
    counts.forEach((count) => within(count, 2000, 250));
  });

  it('takes an Int32Array as well, in the same order', () => {
    const list = shuffle([10, 20, 30, 40, 50], random(9, 'sample'));
    assert.deepEqual([...shuffle(Int32Array.of(10, 20, 30, 40, 50), random(9, 'sample'))], list);
  });
});

describe('ln, the logarithm by arithmetic alone', () => {
  const agrees = (x: number) => {
    const expected = Math.log(x);
    const error = Math.abs(ln(x) - expected);
    assert.ok(error <= 3 * 2 ** -52 * Math.abs(expected), `ln(${x}) = ${ln(x)}, not ${expected}`);
  };

  it('is exactly 0 at 1 and agrees with known values', () => {
    assert.equal(ln(1), 0);
    within(ln(2), 0.6931471805599453, 2e-16);
    within(ln(10), 2.302585092994046, 5e-16);
    within(ln(0.5), -0.6931471805599453, 2e-16);
    within(ln(Math.E), 1, 3e-16);
  });

  it('agrees with Math.log to three units in the last place over all magnitudes', () => {
    for (let exponent = -1022; exponent < 1024; exponent++) {
      for (const fraction of [1, 1.1, 1.25, 1.4142135623730951, 1.4142135623730954, 1.7, 1.999999]) {
        if (!(exponent === 0 && fraction === 1)) agrees(fraction * 2 ** exponent);
      }
    }
    fc.assert(fc.property(fc.double({ min: 2 ** -1022, max: 1e308, noNaN: true }), agrees), {
      numRuns: 2000,
    });
    fc.assert(fc.property(fc.double({ min: 0.5, max: 2, noNaN: true }), agrees), { numRuns: 2000 });
  });

  it('keeps its precision just beside 1, where the logarithm is nearly 0', () => {
    [2 ** -52, 1e-12, 1e-9, 1e-6, 1e-3].forEach((d) => {
      agrees(1 + d);
      agrees(1 - d);
    });
  });
});
