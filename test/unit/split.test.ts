import assert from 'node:assert/strict';
import fc from 'fast-check';
import { random } from '../../src/core/random';
import { readDataset } from '../../src/data/dataset';
import { split, splitByGroups, splitByOrder, stratifiedSample } from '../../src/data/table/split';
import { textOf } from '../../src/host/text';
import type { Settings } from '../../src/settings/settings';
import { course } from './course';

const parts = (m: number, classOf: number[] | null, fraction: number, seed = 1) =>
  split(m, classOf && Int32Array.from(classOf), fraction, random(seed, 'split'));
const counts = (indices: Int32Array, classOf: number[]) =>
  classOf.reduce<Record<number, number>>((sum, _, i) => {
    if (indices.includes(i)) sum[classOf[i]] = (sum[classOf[i]] ?? 0) + 1;
    return sum;
  }, {});
const sample = (m: number, classOf: number[] | null, most: number, seed = 1) =>
  stratifiedSample(m, classOf && Int32Array.from(classOf), most, random(seed, 'sample'));
const ascending = (indices: Int32Array) => indices.every((value, k) => k === 0 || value > indices[k - 1]);

describe('the split into training and test part', () => {
  it('does not happen below 50 rows: all are trained on', () => {
    for (const m of [2, 4, 49]) {
      const { train, test } = parts(m, null, 0.5);
      assert.equal(test.length, 0);
      assert.deepEqual(
        [...train],
        Array.from({ length: m }, (_, i) => i),
      );
    }
    assert.equal(parts(50, null, 0.2).test.length, 10);
  });

  it('counts the rows that can be used, not those of the file', () => {
    const rows = Array.from({ length: 60 }, (_, i) => `${i < 11 ? '' : i},${i % 2 ? 'a' : 'b'}`);
    const text = `x,label\n${rows.join('\n')}\n`;
    const settings = { ...course, 'data.missingValues': 'dropRows' as const };
    assert.equal(readDataset(text, settings).test.length, 0);
    assert.ok(readDataset(text.replace('\n,a', '\n7,a'), settings).test.length > 0);
  });

  it('puts every row in exactly one part, both in file order', () => {
    const cases = fc.record({
      classOf: fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 50, maxLength: 200 }),
      fraction: fc.double({ min: 0, max: 0.9, noNaN: true }),
      seed: fc.nat(),
    });
    fc.assert(
      fc.property(cases, fc.boolean(), ({ classOf, fraction, seed }, regression) => {
        const { train, test } = parts(classOf.length, regression ? null : classOf, fraction, seed);
        assert.ok(ascending(train) && ascending(test));
        assert.deepEqual(
          [...train, ...test].sort((a, b) => a - b),
          classOf.map((_, i) => i),
        );
      }),
    );
  });

  it('takes the fraction of each class, rounded', () => {
    const classOf = Array.from({ length: 200 }, (_, i) => (i < 100 ? 0 : i < 173 ? 1 : 2));
    const { train, test } = parts(200, classOf, 0.2);
    // 20 of 100, 14.6 of 73, 5.4 of 27.
    assert.deepEqual(counts(test, classOf), { 0: 20, 1: 15, 2: 5 });
    assert.deepEqual(counts(train, classOf), { 0: 80, 1: 58, 2: 22 });
  });

  it('takes the fraction of all rows in a regression', () => {
    assert.equal(parts(203, null, 0.25).test.length, 51);
  });

  it('leaves each class at least one row to train on', () => {
    const classOf = [...new Array<number>(60).fill(0), 1, 2, 2];
    const { train } = parts(63, classOf, 0.9);
    const left = counts(train, classOf);
    assert.deepEqual([left[1], left[2]], [1, 1]);
  });

  it('tests on nothing when the fraction is 0', () => {
    assert.equal(parts(500, null, 0).test.length, 0);
  });

  it('is the same for the same seed and another for another', () => {
    assert.deepEqual(parts(300, null, 0.2, 5), parts(300, null, 0.2, 5));
    assert.notDeepEqual(parts(300, null, 0.2, 5).test, parts(300, null, 0.2, 6).test);
  });

  it('gives every row the same chance', () => {
    const times = new Array<number>(60).fill(0);
    for (let seed = 0; seed < 1000; seed++) parts(60, null, 0.2, seed).test.forEach((i) => times[i]++);
    // 200 ± 12.6 each.
    times.forEach((count, i) => assert.ok(Math.abs(count - 200) < 65, `row ${i}: ${count}`));
  });
});

describe('a split by the order of a column', () => {
  const tested = (values: number[], fraction: number) =>
    [...splitByOrder(Float64Array.from(values), fraction).test].map((j) => values[j]);
  const by = (text: string, changed: Partial<Settings> = {}) => {
    const dataset = readDataset(text, {
      ...course,
      'data.splitBy': 'order',
      'data.splitColumn': 'when',
      'data.target': 'y',
      ...changed,
    });
    const of = (part: Int32Array) => Array.from(part, (j) => dataset.lines[j]);
    return { dataset, train: of(dataset.train), test: of(dataset.test) };
  };
  const table = (whens: string[]) =>
    ['x,when,y', ...whens.map((when, i) => `${(i * 7) % 5},${when},${i % 3 === 0 ? 'a' : 'b'}`)].join('\n');

  it('tests on the last of it, in file order', () => {
    assert.deepEqual(tested([5, 1, 4, 2, 3, 10, 9, 8, 7, 6], 0.2), [10, 9]);
    assert.deepEqual(tested([5, 1, 4, 2, 3, 10, 9, 8, 7, 6], 0), []);
  });

  it('keeps equal values on one side, the nearer to the fraction', () => {
    assert.deepEqual(tested([1, 1, 1, 1, 1, 1, 2, 2, 2, 3], 0.2), [3]);
    assert.deepEqual(tested([1, 1, 1, 1, 1, 1, 2, 3, 3, 3], 0.2), [3, 3, 3]);
    assert.deepEqual(tested([1, 1, 1, 1, 1, 2, 2, 2, 2, 2], 0.2), [2, 2, 2, 2, 2]);
    assert.deepEqual(tested([1, 1, 1, 1], 0.5), []);
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 2, maxLength: 60 }),
        fc.double({ min: 0, max: 0.9, noNaN: true }),
        (values, fraction) => {
          const { train, test } = splitByOrder(Float64Array.from(values), fraction);
          assert.equal(train.length + test.length, values.length);
          assert.ok(train.length > 0);
          assert.ok(Array.from(test).every((j) => Array.from(train).every((i) => values[i] < values[j])));
        },
      ),
    );
  });

  it('goes by numbers, by dates, else by texts', () => {
    assert.deepEqual(by(table(['9', '10', '2', '33', '1'])).test, [5]);
    assert.deepEqual(by(table(['9.1.2024', '10.1.2023', '2.3.2023', '1.12.2023', '13.1.2022'])).test, [2]);
    assert.deepEqual(by(table(['9 b', '10 c', '2 d', '33 e', '9 c'])).test, [6]);
  });

  it('trains on rows without a value, and says how many they are', () => {
    const { dataset, train, test } = by(table(['3', '', '1', '5', '', '2', '4']), {
      'training.testFraction': 0.4,
    });
    assert.deepEqual(test, [5, 8]);
    assert.ok([3, 6].every((line) => train.includes(line)));
    assert.deepEqual(dataset.notices.filter(({ code }) => code === 'split-without-value').map(textOf), [
      '2 rows have no value in “when”, the column to split by, and are trained on; line 3 is the first.',
    ]);
  });

  it('does not use the column as a feature', () => {
    assert.deepEqual(
      by(table(['3', '4', '1', '5', '2'])).dataset.features.map(({ name }) => name),
      ['x'],
    );
  });
});

describe('a split by groups', () => {
  it('keeps groups together, also those that are called train and test', () => {
    const values = ['test', 'a', 'train', 'test', 'b', 'train', 'a', 'test', 'c', 'd'];
    for (let seed = 1; seed <= 20; seed++) {
      const { test } = splitByGroups(values, 0.3, random(seed, 'split'));
      const groups = new Set(Array.from(test, (j) => values[j]));
      assert.equal(test.length, values.filter((value) => groups.has(value)).length);
      assert.ok(test.length <= 3 && test.length > 0);
    }
  });

  it('trains on rows without a group, and says how many they are', () => {
    const rows = Array.from(
      { length: 60 },
      (_, i) => `${i},${i % 10 === 4 ? '' : `g${i % 10}`},${i % 2 ? 'a' : 'b'}`,
    );
    const settings = {
      ...course,
      'data.splitBy': 'groups' as const,
      'data.splitColumn': 'g',
      'data.target': 'y',
    };
    for (let seed = 1; seed <= 10; seed++) {
      const { train, notices, lines } = readDataset(['x,g,y', ...rows].join('\n'), {
        ...settings,
        'training.seed': seed,
      });
      const trained = new Set(Array.from(train, (j) => lines[j]));
      assert.ok([6, 16, 26, 36, 46, 56].every((line) => trained.has(line)));
      assert.deepEqual(notices.filter(({ code }) => code === 'split-without-value').map(textOf), [
        '6 rows have no value in “g”, the column to split by, and are trained on; line 6 is the first.',
      ]);
    }
  });

  it('is what auto does with other words than train and test, to the same rows', () => {
    const rows = Array.from({ length: 80 }, (_, i) => `${i},g${i % 13},${i % 2 ? 'a' : 'b'}`);
    const text = ['x,g,y', ...rows].join('\n');
    const test = (splitBy: Settings['data.splitBy']) =>
      readDataset(text, { ...course, 'data.splitBy': splitBy, 'data.splitColumn': 'g', 'data.target': 'y' })
        .test;
    assert.deepEqual(test('groups'), test('auto'));
  });
});

describe('the sample that pictures are drawn from', () => {
  it('is everything when there are few enough rows', () => {
    assert.deepEqual([...sample(5, null, 2000)], [0, 1, 2, 3, 4]);
    assert.equal(sample(2000, null, 2000).length, 2000);
  });

  it('is at most so many rows, each once and in file order', () => {
    const classOf = Array.from({ length: 7001 }, (_, i) => (i * i) % 5);
    for (const chosen of [sample(7001, classOf, 2000), sample(7001, null, 2000)]) {
      assert.ok(chosen.length <= 2000 && chosen.length >= 1990, `${chosen.length}`);
      assert.ok(ascending(chosen));
      assert.ok(chosen.every((i) => i >= 0 && i < 7001));
    }
  });

  it('has each class in its share', () => {
    const classOf = Array.from({ length: 10_000 }, (_, i) => (i % 10 < 7 ? 0 : i % 10 < 9 ? 1 : 2));
    const found = counts(sample(10_000, classOf, 2000), classOf);
    [1400, 400, 200].forEach((share, k) =>
      assert.ok(Math.abs(found[k] - share) <= 1, `class ${k}: ${found[k]}`),
    );
  });

  it('has at least one of a rare class', () => {
    const classOf = Array.from({ length: 10_000 }, (_, i) => Number(i === 4321));
    const chosen = sample(10_000, classOf, 2000);
    assert.ok(chosen.includes(4321));
    assert.ok(chosen.length <= 2000);
  });

  it('has at least one of each of many rare classes', () => {
    const classOf = Array.from({ length: 100_050 }, (_, i) => (i < 100_000 ? 0 : i - 99_999));
    const chosen = sample(100_050, classOf, 2000);
    assert.ok(chosen.length <= 2000);
    assert.equal(new Set([...chosen].map((i) => classOf[i])).size, 51);
  });

  it('is the same for the same seed and another for another', () => {
    assert.deepEqual(sample(5000, null, 100, 3), sample(5000, null, 100, 3));
    assert.notDeepEqual(sample(5000, null, 100, 3), sample(5000, null, 100, 4));
  });
});
