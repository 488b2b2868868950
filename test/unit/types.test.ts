import assert from 'node:assert/strict';
import { readTable } from '../../src/data/csv/read';
import { typeOf } from '../../src/data/csv/types';
import { textOf } from '../../src/host/text';

const typed = (cells: readonly string[], name = 'c') => {
  const bytes = new TextEncoder().encode(`${name},z\n${cells.map((cell) => `${cell},1`).join('\n')}\n`);
  return typeOf(readTable(() => [bytes], { header: 'present', delimiter: ',' }).columns[0]);
};
const many = (make: (i: number) => string) => Array.from({ length: 30 }, (_, i) => make(i));

describe('the type of a column', () => {
  const cases: [type: string, what: string, cells: readonly string[], name?: string][] = [
    ['number', 'numbers', ['1', '2.5', '-3e2']],
    ['number', 'numbers, some missing', ['1', '', 'NA', '2']],
    ['number', 'numbers that count, under a name that says something', many(String), 'hour'],
    ['number', 'percentages', ['12%', '5%', '7.5%']],
    ['number', 'thousands in quotes', ['"1,200"', '"12,345,678"', '7']],
    ['identifier', 'numbers that count, without a name', many(String), ''],
    [
      'identifier',
      'numbers that differ, named like an identifier',
      many((i) => String((i * 37) % 1009)),
      'user_id',
    ],
    ['identifier', 'texts that all differ', many((i) => `name ${i}`)],
    ['boolean', 'true and false', ['true', 'FALSE', 'true']],
    ['boolean', 'yes and no, some missing', ['yes', '?', 'no']],
    ['date', 'ISO 8601 dates', ['2020-02-29', '1999-12-31T23:59:59Z']],
    ['date', 'dates with points, the day first', ['29.2.2020', '31.12.1999 23:59']],
    ['date', 'dates with slashes of which one shows what the day is', ['1/2/2020', '12/31/1999']],
    ['date', 'dates with strokes, the day first', ['01-02-2020', '31-12-1999']],
    ['date', 'the year first, with slashes', ['2020/1/31', '1999/12/01']],
    [
      'text',
      'dates of which nothing shows what the day is',
      many((i) => `${1 + (i % 12)}/${1 + (i % 11)}/2020`),
    ],
    ['category', 'a few such dates', ['1/2/2020', '3/4/1999']],
    ['category', 'times of day that are none', ['2020-02-29 25:00', '2020-02-29']],
    ['category', 'a date that is none', ['2020-02-30', '2020-02-29']],
    ['category', 'few texts', ['a', 'b', 'a']],
    ['category', 'numbers that are too few among texts', ['a', 'b', '1']],
    ['text', 'many texts', many((i) => `word ${i % 25}`)],
    ['constant', 'one value', ['7', '7', '7']],
    ['constant', 'nothing', ['', 'NA', '']],
  ];
  for (const [type, what, cells, name] of cases) {
    it(`is ${type}: ${what}`, () => {
      const found = typed(cells, name);
      assert.equal(found.type, type, found.evidence.code);
      assert.notEqual(textOf(found.evidence), '');
    });
  }

  it('counts the different values', () => {
    assert.equal(typed(['1', '1.0', '2', 'NA']).distinct, 2);
    assert.equal(typed(['a', 'b', 'a', '']).distinct, 2);
  });

  it('makes days of dates and 0 and 1 of booleans', () => {
    assert.deepEqual([...typed(['1970-01-02', '1970-01-01T12:00:00Z']).values], [1, 0.5]);
    assert.deepEqual([...typed(['2.1.1970', '31.12.1969 06:00']).values], [1, -0.75]);
    assert.deepEqual([...typed(['1/13/1970', '2/1/1970', '']).values], [12, 31, NaN]);
    assert.deepEqual([...typed(['13/1/1970', '2/1/1970']).values], [12, 1]);
    assert.deepEqual([...typed(['no', 'yes', 'NA']).values], [0, 1, NaN]);
  });
});
