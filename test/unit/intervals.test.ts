import assert from 'node:assert/strict';
import { bootstrapGroups, bootstrapR2, r2Of, shareOf, wilson } from '../../src/core/intervals';
import { rSquared, variation } from '../../src/core/metrics';
import { random } from '../../src/core/random';

describe('the interval of a share', () => {
  // By scipy 1.10.1, binomtest(k, n).proportion_ci(method='wilson'); the first four are in Newcombe, 1998, table I.
  const known = [
    [81, 263, 0.2552885198782742, 0.36620957698280004],
    [15, 148, 0.06238639953073629, 0.16048724172330803],
    [0, 20, 0, 0.16112515805281935],
    [1, 29, 0.006113214292762667, 0.17175521879320282],
    [29, 29, 0.8830302015002592, 1],
    [74, 80, 0.8458798391878071, 0.9651747507069948],
    [9000, 10_000, 0.8939656314740893, 0.9057271698293695],
  ];
  for (const [right, count, low, high] of known) {
    it(`is Wilson’s: ${right} of ${count}`, () => {
      const [ours, other] = wilson(right / count, count);
      assert.ok(Math.abs(ours - low) < 1e-12, `${ours}, ${low}`);
      assert.ok(Math.abs(other - high) < 1e-12, `${other}, ${high}`);
    });
  }
});

describe('the interval of R²', () => {
  /** Targets of which a prediction is off by `noise` times a normal number. */
  const made = (rows: number, noise: number, seed: number) => {
    const { normal } = random(seed, 'sample');
    const y = Float64Array.from({ length: rows }, () => normal());
    return { y, a: y.map((value) => value + noise * normal()) };
  };
  const r2 = ({ y, a }: ReturnType<typeof made>) =>
    rSquared(
      y.reduce((sum, value, j) => sum + (value - a[j]) * (value - a[j]), 0),
      variation(y),
    );

  it('holds the score, is the same for a seed, and narrower for more rows', () => {
    const widths = [50, 500, 5000].map((rows) => {
      const all = made(rows, 0.5, 7);
      const interval = bootstrapR2(all.y, all.a, 3);
      assert.ok(interval && interval[0] < r2(all) && r2(all) < interval[1]);
      assert.deepEqual(bootstrapR2(all.y, all.a, 3), interval);
      return interval[1] - interval[0];
    });
    assert.ok(widths[0] > 2 * widths[1] && widths[1] > 2 * widths[2], String(widths));
  });

  it('holds the true score about as often as it says', () => {
    const truth = 1 - 0.5 * 0.5;
    const held = Array.from({ length: 200 }, (_, k) => {
      const { y, a } = made(150, 0.5, 100 + k);
      const interval = bootstrapR2(y, a, k);
      return interval !== null && interval[0] <= truth && truth <= interval[1];
    }).filter(Boolean).length;
    // 190 of 200, five standard deviations around.
    assert.ok(held >= 174, `${held} of 200`);
  });

  it('is null where the target does not vary', () => {
    assert.equal(bootstrapR2([2.5, 2.5, 2.5], [1, 2, 3], 1), null);
    assert.equal(bootstrapR2([0.1], [0.1], 1), null);
  });
});

describe('the interval of a score by groups', () => {
  const ended = (...args: Parameters<typeof bootstrapGroups>) => {
    for (const work = bootstrapGroups(...args); ;) {
      const { done, value } = work.next();
      if (done) return value;
    }
  };
  /** As many groups of ten, each of which is right or wrong as a whole. */
  const alike = (groups: number, share: number, seed: number) => {
    const { uniform } = random(seed, 'sample');
    return Array.from({ length: groups }, () => ({ count: 10, sums: [uniform() < share ? 10 : 0] }));
  };

  it('is as wide as one of so many rows as there are groups, where the rows of each are alike', () => {
    const groups = Array.from({ length: 40 }, (_, g) => ({ count: 10, sums: [g % 4 === 0 ? 0 : 10] }));
    const interval = ended(groups, shareOf, 1);
    assert.ok(interval);
    const width = interval[1] - interval[0];
    const [ofGroups, ofRows] = [40, 400].map((count) => {
      const [low, high] = wilson(0.75, count);
      return high - low;
    });
    assert.ok(Math.abs(width - ofGroups) < 0.05 && width > 2 * ofRows, `${width}, ${ofGroups}, ${ofRows}`);
  });

  it('holds the true share about as often as it says', () => {
    const held = Array.from({ length: 200 }, (_, k) => {
      const interval = ended(alike(60, 0.7, 100 + k), shareOf, k);
      return interval !== null && interval[0] <= 0.7 && 0.7 <= interval[1];
    }).filter(Boolean).length;
    assert.ok(held >= 174, `${held} of 200`);
  });

  it('is the same for a seed, and null of a single group, or where the target does not vary', () => {
    const groups = alike(30, 0.7, 5).map(({ sums }, g) => ({ count: 10 + g, sums }));
    assert.deepEqual(ended(groups, shareOf, 2), ended(groups, shareOf, 2));
    assert.notDeepEqual(ended(groups, shareOf, 2), ended(groups, shareOf, 3));
    assert.equal(ended(groups.slice(0, 1), shareOf, 2), null);
    assert.equal(
      ended(
        [1, 2, 3].map(() => ({ count: 4, sums: [4, 4, 1] })),
        r2Of,
        2,
      ),
      null,
    );
  });

  it('has R² from sums over the groups', () => {
    const y = [1, 2, 4, 8];
    const a = [1.5, 2, 3, 7];
    const [first] = y;
    const sums = [
      y.reduce((sum, value) => sum + value - first, 0),
      y.reduce((sum, value) => sum + (value - first) * (value - first), 0),
      y.reduce((sum, value, j) => sum + (value - a[j]) * (value - a[j]), 0),
    ];
    assert.ok(Math.abs(r2Of(4, sums) - rSquared(sums[2], variation(Float64Array.from(y)))) < 1e-12);
  });
});
