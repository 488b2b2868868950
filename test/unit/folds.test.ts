import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readTable } from '../../src/data/csv/read';
import { readOptionsOf } from '../../src/data/csv/readOptions';
import { makeDataset } from '../../src/data/dataset';
import { foldChance, foldsOf } from '../../src/data/folds';
import { checkTable } from '../../src/data/table/check';
import { defaults, type Settings } from '../../src/settings/settings';
import { FoldTables } from '../../src/train/foldTables';

const sorted = (values: Iterable<number>) => [...values].sort((a, b) => a - b);
const numbersTo = (m: number) => Int32Array.from({ length: m }, (_, j) => j);

describe('folds', () => {
  it('are disjoint, hold every example once, and are predicted from all the others', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 80 }),
        fc.integer({ min: 2, max: 6 }),
        fc.nat(99),
        (m, count, seed) => {
          const part = numbersTo(m).map((j) => 2 * j);
          const classOf = Int32Array.from({ length: 2 * m }, (_, j) => j % 3);
          const folds = foldsOf(
            { part, apart: { kind: 'chance' }, classOf },
            Math.min(count, m),
            foldChance(seed),
          );
          assert.equal(folds.length, Math.min(count, m));
          assert.deepEqual(sorted(folds.flatMap(({ test }) => [...test])), [...part]);
          for (const { train, test } of folds) assert.deepEqual(sorted([...train, ...test]), [...part]);
        },
      ),
    );
  });

  it('hold each class in its share, to within one example', () => {
    const m = 103;
    const classOf = Int32Array.from({ length: m }, (_, j) => (j % 10 === 0 ? 1 : 0));
    const folds = foldsOf({ part: numbersTo(m), apart: { kind: 'chance' }, classOf }, 5, foldChance(3));
    for (const { test } of folds) {
      const rare = test.filter((j) => classOf[j] === 1).length;
      assert.ok(rare === 2 || rare === 3, `${rare} of the rare class`);
      assert.ok(test.length === 20 || test.length === 21);
    }
  });

  it('follow from the seed, and differ with it and from one repetition to the next', () => {
    const of = (seed: number, repetition = 0) =>
      foldsOf(
        { part: numbersTo(60), apart: { kind: 'chance' }, classOf: null },
        5,
        foldChance(seed, repetition),
      );
    assert.deepEqual(of(1), of(1));
    assert.notDeepEqual(of(1), of(2));
    assert.notDeepEqual(of(1), of(1, 1));
  });

  it('keep what is in a group together; an example without a group is only trained on', () => {
    const groupOf = Int32Array.from({ length: 90 }, (_, j) => (j === 7 ? -1 : j % 11));
    const folds = foldsOf(
      { part: numbersTo(90), apart: { kind: 'groups', groupOf }, classOf: null },
      4,
      foldChance(1),
    );
    assert.equal(folds.length, 4);
    for (const { train, test } of folds) {
      const tested = new Set(test.map((j) => groupOf[j]));
      assert.ok(train.every((j) => !tested.has(groupOf[j])));
      assert.ok(train.includes(7) && !test.includes(7));
      assert.ok(test.length >= 16 && test.length <= 25, `${test.length} of 90`);
    }
  });

  it('of an order are predicted from what comes before them alone, equal values on one side', () => {
    const values = Float64Array.from({ length: 100 }, (_, j) => Math.floor(((j * 37) % 100) / 4));
    const folds = foldsOf(
      { part: numbersTo(100), apart: { kind: 'order', values }, classOf: null },
      4,
      foldChance(1),
    );
    assert.equal(folds.length, 4);
    let before = 0;
    for (const { train, test } of folds) {
      const first = Math.min(...test.map((j) => values[j]));
      assert.ok(train.every((j) => values[j] < first));
      assert.ok(train.length > before);
      before = train.length;
    }
  });

  it('are by chance where a group or an order cannot be cut', () => {
    const groupOf = new Int32Array(40);
    const values = new Float64Array(40).fill(3);
    for (const apart of [{ kind: 'groups', groupOf } as const, { kind: 'order', values } as const])
      assert.equal(foldsOf({ part: numbersTo(40), apart, classOf: null }, 5, foldChance(1)).length, 5);
  });
});

describe('the tables of a search', () => {
  const rows = Array.from(
    { length: 200 },
    (_, j) => `${(j * 7919) % 1000},${j % 3 === 0 ? 'a' : 'b'},${(j * 31) % 100}`,
  );
  const settings: Settings = {
    ...defaults,
    'data.target': 'y',
    'model.output': 'linear',
    'training.epochs': 10,
  };
  const tablesOf = (lines: readonly string[], how = settings) => {
    const bytes = new TextEncoder().encode(`x,k,y\n${lines.join('\n')}\n`);
    const checked = checkTable(
      readTable(() => [bytes], readOptionsOf(how), { size: bytes.length }),
      how,
    );
    const base = makeDataset(checked, how, { keepsColumns: true });
    return { base, tables: new FoldTables(checked, how, base) };
  };

  it('hold no row of the test part', () => {
    const { base, tables } = tablesOf(rows);
    assert.equal(tables.rows, base.train.length);
    const { X, train, test } = tables.dataset({ 'data.transform': 'none' }, 0);
    assert.equal(X.cols, base.train.length);
    assert.equal(train.length + test.length, base.train.length);
  });

  it('are scaled by what is trained on in the fold, and by nothing else', () => {
    const { tables } = tablesOf(rows);
    for (const transform of ['none', 'log', 'rank'] as const) {
      const { X, train } = tables.dataset({ 'data.transform': transform }, 1);
      const mean = train.reduce((sum, j) => sum + X.data[j], 0) / train.length;
      const squares = train.reduce((sum, j) => sum + (X.data[j] - mean) ** 2, 0) / train.length;
      assert.ok(Math.abs(mean) < 1e-6 && Math.abs(squares - 1) < 1e-5, `${transform}: ${mean}, ${squares}`);
    }
  });

  it('are trained on as they were when a value of the fold is another', () => {
    const { base, tables } = tablesOf(rows);
    const before = tables.dataset({ 'data.transform': 'none' }, 2);
    // The same row in the file, through the rows that are trained on.
    const row = base.train[before.test[0]];
    const after = tablesOf(rows.with(row, `987654,a,5`)).tables.dataset({ 'data.transform': 'none' }, 2);
    assert.deepEqual(after.train, before.train);
    const of = ({ X, train }: typeof before) => Array.from(train, (j) => X.data[j]);
    assert.deepEqual(of(after), of(before));
    assert.notEqual(after.X.data[before.test[0]], before.X.data[before.test[0]]);
  });

  it('are a sample of a large training part, and the same one each time', () => {
    const many = Array.from({ length: 30_000 }, (_, j) => rows[j % rows.length]);
    const wide = many.map(
      (line, j) => `${Array.from({ length: 120 }, (_, k) => (j * (k + 3)) % 97).join(',')},${line}`,
    );
    const header = `${Array.from({ length: 120 }, (_, k) => `f${k}`).join(',')},x,k,y`;
    const bytes = new TextEncoder().encode(`${header}\n${wide.join('\n')}\n`);
    const checked = checkTable(
      readTable(() => [bytes], readOptionsOf(settings), { size: bytes.length }),
      settings,
    );
    const base = makeDataset(checked, settings, { keepsColumns: true });
    const [first, second] = [1, 2].map(() => new FoldTables(checked, settings, base));
    assert.ok(first.rows < base.train.length);
    assert.equal(first.rows, second.rows);
    assert.deepEqual(
      first.dataset({ 'data.transform': 'none' }, 0).X.data,
      second.dataset({ 'data.transform': 'none' }, 0).X.data,
    );
  });
});
