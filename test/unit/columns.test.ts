import assert from 'node:assert/strict';
import { distinctTexts, isMissing, MOST_CATEGORIES, readColumn } from '../../src/data/columns';
import { readTable } from '../../src/data/csv';

/** A column of these cells in a table of `delimiter`. */
function column(cells: readonly string[], delimiter = ',') {
  const rows = cells.map((cell) => `"${cell}"${delimiter}x`);
  return readColumn(readTable(`c${delimiter}other\n${rows.join('\n')}\n`), 0);
}
const typeOf = (...cells: string[]) => column(cells).type;
const numbers = (...cells: string[]) => [...column(cells).numbers];

describe('the type of a column', () => {
  it('is number when every cell is one', () => {
    assert.equal(typeOf('1', '-2.5', '3e2', '.5'), 'number');
    assert.deepEqual(numbers('1', '-2.5', '3e2', '.5'), [1, -2.5, 300, 0.5]);
  });

  it('is boolean for true/false and yes/no in any case, as 1 and 0', () => {
    assert.equal(typeOf('true', 'False', 'TRUE'), 'boolean');
    assert.deepEqual(numbers('true', 'False', 'TRUE'), [1, 0, 1]);
    assert.deepEqual(numbers('no', 'Yes', 'NO'), [0, 1, 0]);
  });

  it('is number, not boolean, for 0 and 1', () => {
    assert.equal(typeOf('0', '1', '0'), 'number');
  });

  it('is date for ISO 8601 dates, in days since 1970', () => {
    assert.equal(typeOf('1970-01-01', '2000-03-01'), 'date');
    // 30 years with 7 leap days, then 31 + 29 days.
    assert.deepEqual(numbers('1970-01-01', '1970-01-02', '2000-03-01'), [0, 1, 30 * 365 + 7 + 60]);
  });

  it('is date for dates with a time, which is taken as UTC whatever the time zone of the computer', () => {
    const cells = ['1970-01-01T12:00', '1970-01-02 06:00:00', '1970-01-03T00:00:00.000Z', '1970-01-04'];
    const before = process.env['TZ'];
    try {
      for (const zone of ['UTC', 'America/New_York', 'Asia/Kolkata']) {
        process.env['TZ'] = zone;
        assert.equal(typeOf(...cells), 'date');
        assert.deepEqual(numbers(...cells), [0.5, 1.25, 2, 3], zone);
      }
    } finally {
      if (before === undefined) delete process.env['TZ'];
      else process.env['TZ'] = before;
    }
  });

  it('is no date for a month or day that no calendar has', () => {
    assert.notEqual(typeOf('2020-01-01', '2020-13-01'), 'date');
    assert.notEqual(typeOf('2020-01-01', '2020-01-32'), 'date');
    assert.notEqual(typeOf('2020-01-01', '2020-02-30'), 'date');
  });

  it('is category for at most 20 different texts, and text for more', () => {
    assert.equal(MOST_CATEGORIES, 20);
    const texts = (count: number) => Array.from({ length: count }, (_, i) => `text ${i}`);
    assert.equal(typeOf(...texts(20), ...texts(20)), 'category');
    assert.equal(typeOf(...texts(21), ...texts(21)), 'text');
  });

  it('is constant when all cells are the same, or all are missing', () => {
    assert.equal(typeOf('5', '5', '5'), 'constant');
    assert.equal(typeOf('a', '', 'a'), 'constant');
    assert.equal(typeOf('', 'NA', '?'), 'constant');
  });

  it('is mixed when text stands among numbers, with the first such row', () => {
    const found = column(['1', '2', 'oops', '4', 'eek', '6']);
    assert.equal(found.type, 'mixed');
    assert.equal(found.firstText, 2);
  });

  it('is category when numbers are the exception', () => {
    assert.equal(typeOf('red', '1', 'blue', 'red', 'green'), 'category');
  });

  it('is not changed by missing cells, which are NaN and counted', () => {
    const found = column(['1', '', '2', 'NA', '3']);
    assert.deepEqual([found.type, found.missing, found.distinct], ['number', 2, 3]);
    assert.deepEqual([...found.numbers], [1, NaN, 2, NaN, 3]);
    assert.equal(typeOf('yes', '?', 'no'), 'boolean');
    assert.equal(typeOf('2020-01-01', '-', '2020-01-02'), 'date');
  });

  it('is mixed, not infinite, where a number is too big', () => {
    assert.equal(typeOf('1', '2', '1e999'), 'mixed');
  });
});

describe('a missing cell', () => {
  it('is empty or one of the usual marks', () => {
    for (const mark of ['', 'NA', 'N/A', 'n/a', 'NaN', 'nan', 'null', 'NULL', '?', '-', '.']) {
      assert.ok(isMissing(mark), mark);
    }
  });

  it('is not zero, false, a space-like word or a dash with more to it', () => {
    for (const cell of ['0', 'false', 'no', 'none at all', '--', '-1', 'Na', '..'])
      assert.ok(!isMissing(cell), cell);
  });
});

describe('a decimal comma', () => {
  it('is read as the decimal point where the comma is not the delimiter', () => {
    for (const delimiter of [';', '\t', '|']) {
      const found = column(['1,5', '-2,25', '3'], delimiter);
      assert.deepEqual([found.type, found.commas], ['number', 'decimal']);
      assert.deepEqual([...found.numbers], [1.5, -2.25, 3]);
    }
  });

  it('is not looked for where there is none', () => {
    assert.equal(column(['1.5', '2'], ';').commas, null);
  });

  it('does not go together with decimal points: the first of these is taken for an error', () => {
    const found = column(['1,5', '2,5', '3.5', '4,5'], ';');
    assert.deepEqual([found.type, found.firstText], ['mixed', 2]);
  });
});

describe('the different texts of a column', () => {
  const texts = (...cells: string[]) =>
    distinctTexts(readTable(`c,d\n${cells.map((c) => `${c},1`).join('\n')}\n`), 0);

  it('are in the order of their numbers when all are numbers', () => {
    assert.deepEqual(texts('10', '9', '10', '-1', '2'), ['-1', '2', '9', '10']);
  });

  it('are otherwise in alphabetical order, by code point and not by the language of the computer', () => {
    assert.deepEqual(texts('b', 'a', 'C', 'ä', 'b'), ['C', 'a', 'b', 'ä']);
    assert.deepEqual(texts('10', '9', 'x'), ['10', '9', 'x']);
  });

  it('do not include missing cells', () => {
    assert.deepEqual(texts('b', 'NA', 'a', '?'), ['a', 'b']);
  });
});
