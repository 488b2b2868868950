import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { readTable } from '../../src/data/csv/read';
import { readOptionsOf } from '../../src/data/csv/readOptions';
import { makeDataset } from '../../src/data/dataset';
import { checkTable, type CheckedTable } from '../../src/data/table/check';
import { applyTransform, featuresOf, type Transform } from '../../src/data/transform';
import { TRANSFORM_VERSION } from '../../src/data/versions';
import { transformFromJson, transformToJson } from '../../src/data/transformFile';
import type { Settings } from '../../src/settings/settings';
import { bytesOf } from './reading';
import { course } from './course';

const REFERENCE: Settings = { ...course, 'training.engine': 'reference' };

function checked(text: string, settings = REFERENCE): CheckedTable {
  const bytes = bytesOf(text);
  return checkTable(
    readTable(() => [bytes], readOptionsOf(settings)),
    settings,
  );
}
const datasetOf = (text: string, settings = REFERENCE) => makeDataset(checked(text, settings), settings);
const fit = (text: string, settings = REFERENCE) => datasetOf(text, settings).transform;
/** All rows of a table, whether or not it could be trained on. */
function apply(transform: Transform, text: string) {
  const { table, columns } = checked(text);
  return applyTransform(
    transform,
    columns,
    Int32Array.from({ length: table.rows }, (_, row) => row),
    'reference',
  );
}
/** Each feature's values by its name. */
function featureValues(transform: Transform, text: string): Record<string, number[]> {
  const { X } = apply(transform, text);
  return Object.fromEntries(
    featuresOf(transform).map(({ name }, i) => [name, [...X.data.slice(i * X.cols, (i + 1) * X.cols)]]),
  );
}
const bitsOf = (numbers: Float64Array | Float32Array) =>
  new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength);
const throughJson = (transform: Transform) =>
  transformFromJson(JSON.parse(JSON.stringify(transformToJson(transform))));
const PLAIN: Settings = { ...REFERENCE, 'data.standardize': false };

/** Tables of a number, a category, a truth value and a date, each with holes, and a target. */
const tables = fc
  .record({
    seed: fc.integer(),
    settings: fc.record({
      'data.standardize': fc.boolean(),
      'training.engine': fc.constantFrom('simd', 'reference'),
      'training.seed': fc.integer({ min: 1, max: 1000 }),
      'data.transform': fc.constantFrom('auto', 'none', 'log', 'rank'),
      'data.target': fc.constantFrom('label', 'y'),
    }),
    rows: fc.array(
      fc.record({
        x: fc.option(fc.double({ noNaN: true, min: -1e300, max: 1e300 }), { freq: 5 }),
        c: fc.option(fc.constantFrom('red', 'green', 'blue', 'NULL?', 'a = b'), { freq: 5 }),
        ok: fc.option(fc.boolean(), { freq: 5 }),
        day: fc.option(fc.integer({ min: 1, max: 28 }), { freq: 5 }),
        y: fc.integer({ min: -1000, max: 1000 }),
      }),
      { minLength: 4, maxLength: 80 },
    ),
  })
  .map(({ settings, rows }) => {
    const line = ({ x, c, ok, day, y }: (typeof rows)[number], i: number) =>
      [x ?? '', c ?? '', ok ?? '', day ? `2020-01-${String(day).padStart(2, '0')}` : '', y + i / 7];
    const lines = rows.map((row, i) => [...line(row, i), i % 2 ? 'a' : 'b'].join(','));
    const all: Settings = { ...course, ...(settings as Partial<Settings>) };
    return { text: `x,c,ok,day,y,label\n${lines.join('\n')}\n`, settings: all };
  })
  .filter(({ text, settings }) => checked(text, settings).table.problems.list.every(({ severity }) => severity !== 'error')); // prettier-ignore

describe('a transform', () => {
  it('gives the rows it was fitted on the numbers of the dataset, to the last bit', () => {
    fc.assert(
      fc.property(tables, ({ text, settings }) => {
        const { transform, X, features } = datasetOf(text, settings);
        const { columns, usable } = checked(text, settings);
        const again = applyTransform(transform, columns, usable, settings['training.engine']);
        assert.deepEqual(bitsOf(again.X.data), bitsOf(X.data));
        assert.deepEqual(featuresOf(transform), features);
        assert.ok(again.unknown.every((count) => count === 0));
      }),
      { numRuns: 100 },
    );
  });

  it('is the same to the last bit after it was JSON, and so are the numbers it gives', () => {
    fc.assert(
      fc.property(tables, ({ text, settings }) => {
        const transform = fit(text, settings);
        const back = throughJson(transform);
        assert.deepEqual(back, transform);
        assert.deepEqual(bitsOf(apply(back, text).X.data), bitsOf(apply(transform, text).X.data));
      }),
      { numRuns: 100 },
    );
  });

  it('keeps numbers that JSON has not', () => {
    const [first, ...rest] = fit('x,label\n1,a\n2,b\n3,a\n').columns;
    const base = fit('x,label\n1,a\n2,b\n3,a\n');
    for (const value of [-0, NaN, Infinity, -Infinity, 5e-324, 0.1 + 0.2]) {
      const odd = { ...base, columns: [{ ...first, mean: value, standIn: value } as typeof first, ...rest] };
      assert.deepEqual(throughJson(odd), odd);
    }
  });

  it('is fitted on the training part, but its categories and holes are those of the whole table', () => {
    const rows = Array.from({ length: 60 }, (_, i) => `${i},red,${i % 2 ? 'a' : 'b'}`);
    const plain = `x,c,label\n${rows.join('\n')}\n`;
    const [inTest] = datasetOf(plain.replaceAll('0,red', '0,blue')).test;
    rows[inTest] = `1e6,green,${inTest % 2 ? 'a' : 'b'}`;
    const { transform } = datasetOf(`x,c,label\n${rows.join('\n')}\n`);
    const { columns, fitted } = transform;
    const [x, c] = columns;
    assert.ok(x.kind === 'number' && x.mean < 100 && x.standIn < 100, JSON.stringify(x));
    assert.ok(c.kind === 'category');
    assert.deepEqual(c.categories, ['green', 'red']);
    assert.deepEqual([fitted.scales, fitted.categories], ['training part', 'whole table']);
  });

  it('names its target, with its classes or its scale', () => {
    assert.deepEqual(fit('x,label\n1,a\n2,b\n').target, {
      ...{ name: 'label', kind: 'classes', classes: ['a', 'b'] },
    });
    const { target } = fit('x,y\n1,0.5\n2,1.5\n3,2.5\n');
    assert.ok(target.kind === 'number');
    assert.equal(target.mean, 1.5);
  });
});

describe('a transform, of rows it never saw', () => {
  const transform = fit(
    'x,c,ok,day,label\n1,red,yes,1970-01-02,a\n2,blue,no,1970-01-04,b\n6,blue,no,1970-01-06,a\n',
    PLAIN,
  );

  it('finds its columns by name, whatever else is in the table', () => {
    const { x, 'c = red': red } = featureValues(
      transform,
      'more,day,ok,c,x\n1,1970-01-03,yes,red,10\n2,1970-01-04,no,blue,11\n',
    );
    assert.deepEqual([x, red], [[10, 11], [1, 0]]); // prettier-ignore
  });

  it('makes an unknown category 0 in all its features, and counts it', () => {
    const text = 'x,c,ok,day\n1,green,yes,1970-01-02\n2,red,no,1970-01-04\n3,7,no,1970-01-04\n';
    const { 'c = red': red, 'c = blue': blue } = featureValues(transform, text);
    assert.deepEqual([red, blue], [[0, 1, 0], [0, 0, 0]]); // prettier-ignore
    assert.deepEqual(apply(transform, text).unknown, [0, 2, 0, 0]);
  });

  it('fills in what is missing where training missed nothing', () => {
    const values = featureValues(transform, 'x,c,ok,day\n,,,\n5,red,yes,1970-01-10\n');
    assert.deepEqual(values['x'], [3, 5]);
    assert.deepEqual([values['c = blue'], values['c = red']], [[1, 0], [0, 1]]); // prettier-ignore
    assert.deepEqual([values['ok'], values['day']], [[0, 1], [3, 9]]); // prettier-ignore
  });

  it('takes what is no number, truth value or date for missing, and counts it', () => {
    const text = 'x,c,ok,day\nmany,red,perhaps,soon\n4,red,yes,1970-01-10\n,red,no,\n';
    const { x, ok, day } = featureValues(transform, text);
    assert.deepEqual([x, ok, day], [[3, 4, 3], [0, 1, 0], [3, 9, 3]]); // prettier-ignore
    const lone = 'x,c,ok,day\nmany,red,perhaps,soon\nfew,red,yes,1970-01-10\n7,red,no,\n,red,no,\n';
    assert.deepEqual(apply(transform, lone).unknown, [2, 0, 1, 1]);
    assert.deepEqual(featureValues(transform, lone)['x'], [3, 3, 7, 3]);
  });

  it('says by a feature of its own where a value is missing, if training missed some', () => {
    const holes = fit('x,c,label\n1,red,a\n,blue,b\n3,,a\n5,red,b\n', PLAIN);
    const values = featureValues(holes, 'x,c\n,green\n2,\n');
    assert.deepEqual(values['x is missing'], [1, 0]);
    assert.deepEqual(values['c is missing'], [0, 1]);
    assert.deepEqual(values['c = red'], [0, 1]);
  });

  it('is refused where a column is not there', () => {
    assert.throws(() => apply(transform, 'x,c,ok\n1,red,yes\n'), /no column “day”/);
  });
});

describe('a transform from JSON', () => {
  const transform = fit(readFileSync('samples/penguins.csv', 'utf8'));
  const json = () => transformToJson(transform) as Record<string, unknown>;
  type Column = Record<string, unknown>;
  const withColumn = (change: (column: Column) => unknown) => ({
    ...json(),
    columns: (json()['columns'] as Column[]).map((column, k) => (k === 0 ? change({ ...column }) : column)),
  });
  const withNumbers = (change: (column: Column) => unknown) => ({
    ...json(),
    columns: (json()['columns'] as Column[]).map((column, k) => (k === 2 ? change({ ...column }) : column)),
  });

  it('is taken where it is whole', () => {
    assert.equal(transform.version, TRANSFORM_VERSION);
    assert.deepEqual(transformFromJson(json()), transform);
  });

  const hostile: [what: string, json: () => unknown, says: RegExp][] = [
    ['nothing', () => null, /transform: null is no object/],
    ['a list', () => [], /transform: a list is no object/],
    ['another version', () => ({ ...json(), version: 3 }), /transform\.version: 2 is known, not 3/],
    ['a field that is not known', () => ({ ...json(), more: 1 }), /"more" is not known/],
    ['a prototype', () => JSON.parse(JSON.stringify(json()).replace('{', '{"__proto__":{},')) as unknown, /"__proto__" is not known/], // prettier-ignore
    ['no columns', () => ({ ...json(), columns: [] }), /transform\.columns: there is none/],
    ['columns that are no list', () => ({ ...json(), columns: { length: 1e9 } }), /columns: an object is no list/], // prettier-ignore
    ['no target', () => ({ ...json(), target: undefined }), /transform\.target: it has no kind/],
    ['one class', () => ({ ...json(), target: { name: 'Sex', kind: 'classes', classes: ['a'] } }), /fewer than two/], // prettier-ignore
    ['a target among the columns', () => ({ ...json(), target: { ...(json()['target'] as object), name: 'Species' } }), /same name/], // prettier-ignore
    ['an unknown kind', () => withColumn((column) => ({ ...column, kind: 'toString' })), /columns\[0\]\.kind: "toString" does not fit/], // prettier-ignore
    ['a category twice', () => withColumn((column) => ({ ...column, categories: ['a', 'a'] })), /categories: two have the same name/], // prettier-ignore
    ['a category that is no text', () => withColumn((column) => ({ ...column, categories: [1] })), /categories\[0\]: 1 is no text/], // prettier-ignore
    ['a stand-in that is no category', () => withColumn((column) => ({ ...column, standIn: 'zz' })), /standIn: "zz" does not fit/], // prettier-ignore
    ['a name that is no text', () => withColumn((column) => ({ ...column, name: null })), /name: null is no text/], // prettier-ignore
    ['a mean that is text', () => withNumbers((column) => ({ ...column, mean: '1' })), /columns\[2\]\.mean: "1" is no number/], // prettier-ignore
    ['a deviation of 0', () => withNumbers((column) => ({ ...column, deviation: 0 })), /deviation: 0 is not above 0/], // prettier-ignore
    ['a number too large for JSON', () => withNumbers((column) => ({ ...column, standIn: JSON.parse('1e999') as unknown })), /standIn: Infinity is no number/], // prettier-ignore
    ['a format of dates that is none', () => withNumbers((column) => ({ ...column, kind: 'date', format: 'never' })), /format: "never" does not fit/], // prettier-ignore
  ];
  for (const [what, made, says] of hostile) {
    it(`is refused with ${what}`, () => {
      assert.throws(() => transformFromJson(made()), (error) => error instanceof RangeError && says.test(error.message)); // prettier-ignore
    });
  }
});
