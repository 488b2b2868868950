import assert from 'node:assert/strict';
import fc from 'fast-check';
import { naturalLogarithm } from '../../src/core/logarithm';
import { readDataset } from '../../src/data/dataset';
import { fitReshape, MOST_RANKS, reshaperOf } from '../../src/data/reshape';
import { applyTransform, featuresOf, type Transform } from '../../src/data/transform';
import { transformFromJson, transformToJson } from '../../src/data/transformFile';
import { checkTable } from '../../src/data/table/check';
import type { Settings } from '../../src/settings/settings';
import { read } from './reading';
import { course } from './course';

const all = (numbers: Float64Array) => Int32Array.from(numbers, (_, row) => row);
const ulps = (a: number, b: number) => Math.abs(a - b) / (Number.EPSILON * Math.abs(b));

describe('the natural logarithm', () => {
  const log = naturalLogarithm();

  it('is right to the last place but one, from the smallest number to the largest', () => {
    fc.assert(
      fc.property(fc.double({ min: 5e-324, max: Number.MAX_VALUE, noNaN: true }), (x) => {
        assert.ok(Object.is(log(x), Math.log(x)) || ulps(log(x), Math.log(x)) < 2, `${x}: ${log(x)}`);
      }),
      { numRuns: 20_000 },
    );
    for (const x of [1, 2, Math.E, 0.5, 1 + Number.EPSILON, 1 - Number.EPSILON / 2, 2 ** -1074, 2 ** -1022])
      assert.ok(Object.is(log(x), Math.log(x)) || ulps(log(x), Math.log(x)) < 2, `${x}: ${log(x)}`);
  });

  it('has the values of IEEE 754 where it has no other', () => {
    assert.deepEqual([0, -0, -1, NaN, Infinity].map(log), [-Infinity, -Infinity, NaN, NaN, Infinity]);
  });
});

describe('a number feature as a logarithm', () => {
  it('is sign(x) · ln(1 + |x| / s), s the median of |x| over the training part', () => {
    const values = Float64Array.of(-4, 1, NaN, 2, 8, 1000);
    const log = fitReshape('log', values, Int32Array.of(0, 1, 2, 3, 4));
    assert.deepEqual(log, { kind: 'log', median: 3 });
    const of = reshaperOf(log);
    for (const x of [-1e6, -3, -1e-12, 0, 1e-300, 0.5, 3, 1e9])
      assert.ok(
        Math.abs(of(x) - Math.sign(x) * Math.log1p(Math.abs(x) / 3)) <= 1e-15 * Math.abs(of(x)),
        `${x}`,
      );
  });

  it('has s = 1 where the median is 0 or there is no number', () => {
    const zeros = Float64Array.of(0, 0, 0, 5);
    assert.deepEqual(fitReshape('log', zeros, all(zeros)), { kind: 'log', median: 1 });
    assert.deepEqual(fitReshape('log', Float64Array.of(NaN), Int32Array.of(0)), { kind: 'log', median: 1 });
  });

  it('is finite and rises for all numbers', () => {
    const finite = fc.double({ noNaN: true, noDefaultInfinity: true });
    fc.assert(
      fc.property(fc.array(finite, { minLength: 1 }), finite, finite, (numbers, a, b) => {
        const values = Float64Array.from(numbers);
        const of = reshaperOf(fitReshape('log', values, all(values)));
        assert.ok(Number.isFinite(of(a)) && Number.isFinite(of(b)));
        // To the last places: the logarithm of two neighbours may be off by one.
        if (a < b) assert.ok(of(a) <= of(b) + 4 * Number.EPSILON * Math.abs(of(b)), `${of(a)} ${of(b)}`);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('a number feature as a rank', () => {
  it('is the share of the training part that is below', () => {
    const values = Float64Array.of(5, 1, NaN, 3, 3, 1e9);
    const of = reshaperOf(fitReshape('rank', values, Int32Array.of(0, 1, 2, 3, 4)));
    assert.deepEqual([-7, 1, 2, 3, 4, 5, 6, 1e12].map(of), [0, 0, 0.25, 0.25, 0.75, 0.75, 1, 1]);
  });

  it('is exact for as many different numbers as are kept, and beyond within one of their share', () => {
    for (const count of [MOST_RANKS, 3 * MOST_RANKS + 7]) {
      const values = Float64Array.from({ length: count }, (_, k) => (k * 7919) % count);
      const rank = fitReshape('rank', values, all(values));
      assert.ok(rank.kind === 'rank' && rank.values.length <= MOST_RANKS + 1);
      const of = reshaperOf(rank);
      const error = Math.max(
        ...[0, 1, 17, count / 2, count - 1, count].map((x) => Math.abs(of(x) - x / count)),
      );
      assert.ok(count === MOST_RANKS ? error === 0 : error <= 1.001 / MOST_RANKS, `${count}: ${error}`);
    }
  });
});

describe('data.transform', () => {
  const settings = (transform: Settings['data.transform']): Settings => ({
    ...{ ...course, 'training.engine': 'reference', 'data.transform': transform },
  });
  const spread = (k: number) => Math.exp(((k * 37) % 60) / 4).toFixed(3);
  const text = `x,ok,c,label\n${Array.from({ length: 60 }, (_, k) => `${k % 9 === 4 ? '' : spread(k)},${k % 3 === 0},${'uv'[k % 2]},${'ab'[(k >> 1) % 2]}`).join('\n')}\n`;
  const made = (transform: Settings['data.transform']) => readDataset(text, settings(transform));
  /** The features of rows that were never seen. */
  const applied = (transform: Transform, rows: string) => {
    const { columns, table } = checkTable(read(`x,ok,c,label\n${rows}\n`), settings('auto'));
    return applyTransform(
      transform,
      columns,
      Int32Array.from(table.lines, (_, row) => row),
      'reference',
    ).X;
  };

  it('changes no bit as auto or none', () => {
    const [auto, none] = [made('auto'), made('none')];
    assert.deepEqual(auto.transform, none.transform);
    assert.deepEqual(auto.X, none.X);
    assert.ok(auto.transform.columns.every((column) => !('reshape' in column)));
  });

  for (const how of ['log', 'rank'] as const) {
    it(`keeps ${how} in the transform, which gives the data set again and other rows too`, () => {
      const { transform, X } = made(how);
      const [x, ok, c] = transform.columns;
      assert.ok(x.kind === 'number' && x.reshape?.kind === how);
      assert.ok(!('reshape' in ok) && !('reshape' in c));
      assert.equal(featuresOf(transform)[0].name, `x (${how})`);
      const back = transformFromJson(JSON.parse(JSON.stringify(transformToJson(transform))));
      assert.deepEqual(back, transform);
      assert.deepEqual(applied(back, text.trim().split('\n').slice(1).join('\n')).data, X.data);
      const unseen = applied(back, '-5,true,u,a\n1e30,false,v,b\n,true,u,a');
      const first = [...unseen.data.slice(0, 3)];
      const of = reshaperOf(x.reshape);
      assert.deepEqual(
        first.slice(0, 2),
        [-5, 1e30].map((value) => (of(value) - x.mean) / x.deviation),
      );
      assert.equal(first[2], (x.standIn - x.mean) / x.deviation);
      assert.ok(Math.abs(first[2]) < 1e-12, 'what is missing stands at the mean');
    });

    it(`has mean 0 and deviation 1 over the training part after ${how}`, () => {
      const { X, train } = made(how);
      const own = Array.from(train, (j) => X.data[j]);
      const mean = own.reduce((sum, value) => sum + value, 0) / own.length;
      const square = own.reduce((sum, value) => sum + value * value, 0) / own.length;
      assert.ok(Math.abs(mean) < 1e-12 && Math.abs(square - 1) < 1e-9, `${mean} ${square}`);
    });
  }

  it('leaves the target as it is', () => {
    const table = `x,y\n${Array.from({ length: 30 }, (_, k) => `${spread(k)},${spread(k + 7)}`).join('\n')}\n`;
    const plain = readDataset(table, settings('none'));
    assert.deepEqual(readDataset(table, settings('log')).Y, plain.Y);
  });

  it('refuses to read what it has not written', () => {
    const json = JSON.parse(JSON.stringify(transformToJson(made('rank').transform))) as {
      columns: { reshape: Record<string, unknown> }[];
    };
    const wrong: [Record<string, unknown>, RegExp][] = [
      [{ kind: 'root' }, /columns\[0\]\.reshape\.kind/],
      [{ kind: 'log', median: 0 }, /reshape\.median: 0 is not above 0/],
      [{ kind: 'rank', values: [1, 1], below: [0, 0.5] }, /reshape\.values: the numbers do not rise/],
      [{ kind: 'rank', values: [1, 2], below: [0] }, /reshape\.below: it is not as long/],
    ];
    for (const [reshape, why] of wrong) {
      json.columns[0].reshape = reshape;
      assert.throws(() => transformFromJson(json), why);
    }
  });
});
