// The reader on tables, texts and bytes at random. `npm test` makes a hundredth of the runs of `npm run fuzz`.
// NEURON_LENS_FUZZ multiplies the runs, NEURON_LENS_FUZZ_SEED repeats them.
import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import fc from 'fast-check';
import { parse } from 'csv-parse/sync';
import type { ReadOptions } from '../../src/data/csv/readOptions';
import { parseNumber } from '../../src/data/csv/number';
import { readPart } from '../../src/data/csv/passes';
import { readTable, type ReadTable } from '../../src/data/csv/read';
import type { Header } from '../../src/data/csv/header';
import type { Plan } from '../../src/data/csv/part';
import {
  encoded,
  tameDialect,
  tameTable,
  wildDialect,
  wildTable,
  write,
  type Dialect,
  type Table,
} from '../fuzz/tables';
import { anyBytes, anyLines, anyText, someOptions } from '../fuzz/texts';
import { bytesOf, cells, inPieces, read, said } from './reading';
import { textOf } from '../../src/host/text';

const TIMES = Number(process.env['NEURON_LENS_FUZZ'] ?? 1);
const SEED = Number(process.env['NEURON_LENS_FUZZ_SEED'] ?? randomInt(2 ** 31));
/** No input of a few hundred bytes may take longer, on a busy machine too; nearly all take less than a millisecond. */
const HANG_MS = 5000;

/** Runs a property with the seed, and says what it came to in one line. */
function fuzz<T>(what: string, runs: number, arbitrary: fc.Arbitrary<T>, check: (value: T) => void): void {
  const numRuns = Math.max(1, Math.round(runs * TIMES));
  const from = performance.now();
  const say = (result: string) => {
    const seconds = ((performance.now() - from) / 1000).toFixed(1);
    console.log(`      reader fuzz: ${what}: ${result}, ${seconds} s`);
  };
  try {
    fc.assert(fc.property(arbitrary, check), { numRuns, seed: SEED });
  } catch (error) {
    say(`failed after ${/after (\d+) tests/.exec(String(error))?.[1] ?? '?'} runs`);
    throw error;
  }
  say(`${numRuns.toLocaleString('en')} runs`);
}

/** Fails when something takes too long, twice: once could be the machine. */
function quickly<T>(body: () => T, most = HANG_MS): T {
  for (let again = false; ; again = true) {
    const from = performance.now();
    const result = body();
    const ms = performance.now() - from;
    if (ms <= most) return result;
    assert.ok(!again, `it took ${Math.round(ms)} ms`);
  }
}
/** Fails when a problem is at a place that the text does not have. */
function checkPlaces({ problems, encoding }: ReadTable, text: string): void {
  // In any other encoding it has other characters.
  if (encoding !== 'utf-8') return;
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/);
  // A cell of several lines ends beyond the line that it starts on.
  for (const { code, line, column } of problems.list)
    assert.ok(line <= lines.length && column <= lines[line - 1].length + 1, `${code} ${line}:${column}`);
}

/** Fails when a table, written in a dialect, does not read back equal. */
function checkRead(table: Table, dialect: Dialect, options: ReadOptions): ReadTable {
  const { text, lines, comments, used } = write(table, dialect);
  const bytes = encoded(text, dialect);
  const found = readTable(() => inPieces(bytes, dialect.pieces), options);
  const shown = JSON.stringify(text);
  const expected = comments.length > 0 ? [`comments ${comments[0]}:1`] : [];
  // What might be meant otherwise, too, is said; that is no fault.
  const faults = said(found).filter((each) => !/^(?:doubtful-|quote-in-cell|codes-like-numbers)/.test(each));
  assert.deepEqual(faults, expected, shown);
  assert.deepEqual(
    found.columns.map(({ name }) => name),
    dialect.header ? table.names : table.names.map((_, c) => `column ${c + 1}`),
    shown,
  );
  assert.deepEqual(
    cells(found),
    table.names.map((_, c) => table.rows.map((row) => row[c].cell)),
    shown,
  );
  assert.deepEqual([...found.lines], lines, shown);
  assert.equal(found.encoding, dialect.encoding);
  assert.equal(found.header, dialect.header);
  if (used.size === 1) {
    const name = used.has('\n') ? 'LF' : used.has('\r') ? 'CR' : 'CRLF';
    assert.equal(found.lineEnding, name);
  }
  return found;
}
/** What somebody sees of a table. */
const shown = (table: ReadTable) => ({
  ...table,
  columns: table.columns.map(({ name, holds, rows, missing, commas, numbers, numberTexts }) => ({
    ...{ name, holds, rows, missing, commas },
    // A table that is refused has no classes to be named.
    spelled: table.problems.blocked
      ? null
      : numberTexts && Array.from(numbers, (value) => numberTexts.get(value) ?? String(value)),
  })),
  problems: table.problems.list.toSorted(
    (one, other) => one.line - other.line || one.column - other.column || one.code.localeCompare(other.code),
  ),
  counts: table.problems.counts,
  cells: cells(table),
});

/** Reads bytes as several threads do: up to the first line feed of `starts`, and from each of them on by itself. */
function inParts(
  bytes: Uint8Array,
  starts: readonly number[],
  sizes: number[],
  options: ReadOptions,
): ReadTable {
  const ahead = starts.map((from, k) => {
    let told: [Plan, Header] | undefined;
    return {
      from,
      start: (plan: Plan, header: Header) => {
        told = structuredClone([plan, header]);
      },
      take: () => {
        const part = bytes.subarray(from, starts[k + 1] ?? bytes.length);
        return told ? readPart(inPieces(part, sizes), k === starts.length - 1, ...told) : null;
      },
    };
  });
  return readTable((from = 0) => inPieces(bytes.subarray(from), sizes), options, {
    size: bytes.length,
    ahead,
  });
}

/** What holds of every table, whatever it was read of. */
function checkWhole({ rows, columns, lines, problems, namePlaces }: ReadTable): void {
  assert.equal(lines.length, rows);
  for (const { rows: length, holds, numbers, codes, texts, missing, name } of columns) {
    assert.equal(length, rows);
    assert.equal(holds === 'numbers' ? numbers.length : codes.length, rows);
    assert.notEqual(name, '');
    if (holds === 'numbers') assert.ok(numbers.every((value) => Math.abs(value) !== Infinity));
    else assert.ok(codes.every((code) => code < texts.length));
    const gaps = holds === 'numbers' ? numbers.filter(Number.isNaN) : codes.filter((code) => code < 0);
    assert.equal(missing, gaps.length);
  }
  assert.equal(new Set(columns.map(({ name }) => name)).size, columns.length, 'equal names');
  for (let row = 1; row < rows; row++) assert.ok(lines[row] > lines[row - 1]);
  assert.ok(rows > 0 || problems.blocked, 'no rows, and no error');
  for (const problem of problems.list) {
    const { line, column, endColumn } = problem;
    assert.ok(line >= 1 && column >= 1 && endColumn > column);
    assert.notEqual(textOf(problem), '');
  }
  for (const [line, column, endColumn] of namePlaces)
    assert.ok(line >= 1 && column >= 1 && endColumn >= column);
}

describe('the reader, fuzzed', function () {
  // The full number of runs takes as long as it takes; a hundredth of it takes seconds.
  this.timeout(Math.max(60_000, TIMES * 60_000));
  before(() => {
    console.log(`    reader fuzz: seed ${SEED}`);
  });

  it('a table in any dialect reads back equal when the dialect is told', () => {
    fuzz(
      'tables in told dialects',
      1000,
      fc.tuple(wildTable, wildDialect, fc.boolean()),
      ([table, dialect, tellEncoding]) => {
        const { delimiter, header, quote, commentPrefixes, mark, encoding, byteOrderMark } = dialect;
        checkRead(table, dialect, {
          ...{ delimiter, quote, commentPrefixes, decimalSeparator: mark },
          header: header ? 'present' : 'absent',
          ...(tellEncoding || (encoding !== 'utf-8' && !byteOrderMark) ? { encoding } : {}),
        });
      },
    );
  });

  it('a table whose dialect shows reads back equal when nothing is told', () => {
    fuzz('tables in dialects to be found', 1000, fc.tuple(tameTable, tameDialect), ([table, dialect]) => {
      const found = checkRead(table, dialect, {});
      assert.equal(found.dialect?.syntax.delimiter, dialect.delimiter.charCodeAt(0));
    });
  });

  it('bytes of any kind are read or refused, quickly and whole', () => {
    fuzz('bytes', 10_000, fc.tuple(anyBytes, someOptions), ([bytes, options]) => {
      checkWhole(quickly(() => read(bytes, options)));
    });
  });

  it('pieces of tables in any order are read or refused, quickly and whole', () => {
    fuzz('pieces of tables', 2000, fc.tuple(fc.oneof(anyText, anyLines), someOptions), ([text, options]) => {
      const table = quickly(() => read(text, options));
      checkWhole(table);
      checkPlaces(table, text);
    });
  });

  const sizes = fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 5 });

  it('a text is read the same in chunks of any size', () => {
    const text = fc.oneof(anyText, anyLines);
    fuzz('chunks', 1000, fc.tuple(text, sizes, someOptions), ([written, pieces, options]) => {
      const bytes = bytesOf(written);
      const parts = readTable(() => inPieces(bytes, pieces), options);
      assert.deepEqual(shown(parts), shown(read(bytes, options)));
    });
  });

  it('a text is read the same in parts of any size', () => {
    const places = fc.uniqueArray(fc.nat({ max: 20 }), { minLength: 1, maxLength: 3 });
    fuzz(
      'parts',
      1000,
      fc.tuple(fc.oneof(anyText, anyLines), sizes, places, someOptions),
      ([written, pieces, lines, options]) => {
        const bytes = bytesOf(written);
        const ends = [...bytes.keys()].filter((at) => bytes[at] === 10);
        const starts = lines
          .filter((line) => line < ends.length)
          .map((line) => ends[line] + 1)
          .sort((one, other) => one - other);
        assert.deepEqual(shown(inParts(bytes, starts, pieces, options)), shown(read(bytes, options)));
      },
    );
  });

  it('a short row behind more lone cells than are named is named after them, if at all', () => {
    const rows = new Array<string>(60).fill('1,2');
    const lines = ['a,b', '1,2', '3,4', ...new Array<string>(51).fill('word'), '3', ...rows];
    const found = read(lines.join('\n')).problems.list.filter(({ code }) => code === 'ragged-row');
    assert.deepEqual(
      found.map(({ line }) => line),
      Array.from({ length: 50 }, (_, i) => 4 + i),
    );
  });

  it('runs of lone cells, however long, are read the same in parts of any size', () => {
    const run = fc.tuple(
      fc.constantFrom('1,2', 'word', 'word', 'x,7', '# c', '---', '', '3'),
      fc.nat({ max: 70 }),
    );
    const table = fc
      .array(run, { maxLength: 6 })
      .map((runs) => [
        'a,b',
        '1,2',
        '3,4',
        ...runs.flatMap(([line, times]) => new Array<string>(times).fill(line)),
      ]);
    const places = fc.uniqueArray(fc.nat({ max: 300 }), { minLength: 1, maxLength: 4 });
    fuzz('runs of lone cells', 500, fc.tuple(table, places), ([lines, cuts]) => {
      const bytes = bytesOf(lines.join('\n'));
      const ends = [...bytes.keys()].filter((at) => bytes[at] === 10);
      const starts = cuts
        .filter((line) => line > 0 && line < ends.length)
        .map((line) => ends[line] + 1)
        .sort((one, other) => one - other);
      assert.deepEqual(shown(inParts(bytes, starts, [64], {})), shown(read(bytes)));
    });
  });

  it('a text over and over is read in a time that its length explains', () => {
    const piece = fc.oneof(
      anyText.map(bytesOf),
      anyBytes.filter(({ length }) => length > 0),
    );
    fuzz('texts over and over', 2, fc.tuple(piece, someOptions), ([bytes, options]) => {
      const long = new Uint8Array(200_000).map((_, k) => bytes[k % bytes.length]);
      // What is not linear takes minutes.
      checkWhole(quickly(() => readTable(() => inPieces(long, [4096]), options), 10 * HANG_MS));
    });
  });

  it('the cells are those of csv-parse, strict, wherever it accepts a text', () => {
    const scraps = fc.constantFrom('g', ' ', '"', '""', '\\', "'", ',', '\n', '\r\n', '\r');
    const plain = ['', 'a', 'b c', ' d', 'é\t', "'", '\\', 'e'];
    const quoted = ['"x,y"', '"p""q"', '""', '"\n"', '" r "', '"s\r\nt"', '""""', '"#"'];
    const cell = fc.oneof(
      { weight: 8, arbitrary: fc.constantFrom(...plain, ...quoted) },
      { weight: 1, arbitrary: fc.array(scraps, { maxLength: 5 }).map((some) => some.join('')) },
    );
    const text = fc
      .tuple(fc.integer({ min: 1, max: 4 }), fc.constantFrom('\n', '\r\n', '\r'), fc.boolean())
      .chain(([width, end, last]) =>
        fc
          .array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 6 })
          .map((rows) => {
            const header = Array.from({ length: width }, (_, c) => `h${c}`);
            return [header, ...rows].map((row) => row.join(',')).join(end) + (last ? end : '');
          }),
      );
    let [tried, accepted] = [0, 0];
    fuzz('texts beside csv-parse', 2000, text, (written) => {
      tried++;
      let records: { text: string; quoting: boolean }[][];
      try {
        // Its types do not know of cells that are made into something else.
        records = parse(written, {
          record_delimiter: ['\r\n', '\n', '\r'],
          skip_empty_lines: true,
          cast: (value, { quoting }) => ({
            text: quoting ? value : value.replace(/^[ \t]+|[ \t]+$/g, ''),
            quoting,
          }),
        }) as unknown as typeof records;
      } catch {
        return;
      }
      accepted++;
      const [header, ...rows] = records;
      // A line of blanks is none.
      const full = rows.filter((row) => row.length > 1 || row[0].text !== '' || row[0].quoting);
      const found = read(written, {
        ...{ delimiter: ',', quote: '"', header: 'present', encoding: 'utf-8' },
        ...{ commentPrefixes: [], missingTokens: [] },
      });
      assert.deepEqual(
        found.columns.map(({ name }) => name),
        header.map(({ text }) => text),
      );
      assert.deepEqual(
        cells(found),
        header.map((_, c) => full.map((row) => (row[c].text.trim() === '' ? null : row[c].text))),
      );
    });
    console.log(`      reader fuzz: csv-parse accepted ${accepted} of ${tried} texts`);
    assert.ok(accepted > tried / 10, 'too few texts were compared');
  });

  it('every float64 comes back from its shortest text, and from more digits', () => {
    const number = (text: string) => {
      const bytes = bytesOf(text);
      return parseNumber(bytes, 0, bytes.length);
    };
    const double = fc.double({ noNaN: true, noDefaultInfinity: true });
    fuzz('numbers', 5000, fc.tuple(double, fc.integer({ min: 0, max: 25 })), ([value, digits]) => {
      // The shortest text of -0 has no sign.
      assert.ok(Object.is(number(String(value)), value + 0));
      const longer = value.toExponential(digits);
      assert.ok(Object.is(number(longer), Number(longer)), longer);
    });
  });
});
