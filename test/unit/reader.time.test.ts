// Inputs made to slow a reader down: eight times as long, they may take only about eight times as long to read.
import assert from 'node:assert/strict';
import { readTable } from '../../src/data/csv/read';
import type { ReadOptions } from '../../src/data/csv/readOptions';
import { bytesOf, inPieces } from './reading';

const LONGER = 8;
/** How many times as long a byte may take in the longer one: a quadratic reader takes 8 times as long. */
const MOST = 3;
/** The shorter input is made long enough to be measured. */
const LEAST_MS = 20;
const FIRST_SIZE = 2048;
/** Eight times that is less than what is too long for one row. */
const LAST_SIZE = 0x10_0000;
/** What else spoils a measurement, such as code that is translated anew, spoils no more than two of so many. */
const TRIES = 5;

interface Input {
  readonly name: string;
  /** About `size` bytes. */
  readonly make: (size: number) => string | Uint8Array;
  readonly options?: ReadOptions;
}

const filled = (piece: string, before = '', after = '') => {
  const own = bytesOf(piece).length;
  return (size: number) => before + piece.repeat(Math.ceil(size / own)) + after;
};
/** So many columns that a header and four rows of these cells have the size. */
const wide = (cell: string, name: (c: number) => string = (c) => `n${c}`) => {
  return (size: number) => {
    const columns = Math.ceil(size / (8 + 4 * (cell.length + 1)));
    const row = new Array<string>(columns).fill(cell).join(',');
    return [Array.from({ length: columns }, (_, c) => name(c)).join(','), row, row, row, row].join('\n');
  };
};
const lines = (line: (row: number) => string, header = 'a,b\n') => {
  return (size: number) => {
    const count = Math.ceil(size / (line(0).length + 1));
    return header + Array.from({ length: count }, (_, row) => line(row)).join('\n');
  };
};

/** A word of letters for each number. */
const wordOf = (k: number) =>
  [...k.toString(26)].map((digit) => 'abcdefghijklmnopqrstuvwxyz'[parseInt(digit, 26)]).join('');

const inputs: Input[] = [
  {
    name: 'a word of its own in every second of the cells, else numbers',
    make: lines((k) => `${k % 2 ? k : `w${wordOf(k)}`},x`),
  },
  {
    name: 'a unit of its own behind every second number',
    make: lines((k) => `${k % 2 ? k : `${k} u${wordOf(k)}`},x`),
  },
  { name: 'a mark on every number', make: lines((k) => `<${k}.5,x`) },
  { name: 'names in two spellings each', make: lines((k) => `${k % 2 ? 'Ab' : 'ab'}${wordOf(k >> 1)},x`) },
  {
    name: 'a day and time of its own in each cell',
    make: lines((k) => `${new Date(1e12 + 6e4 * k).toISOString()},x`),
  },
  {
    name: 'dates, and a word of its own in every third cell',
    make: lines(
      (k) => `${k % 3 ? new Date(1e12 + 864e5 * (k % 9000)).toISOString().slice(0, 10) : `w${wordOf(k)}`},x`,
    ),
  },
  { name: 'a list of its own in each cell', make: lines((k) => `"a${k % 7},b${k % 11},c${k}",x`) },
  {
    name: 'a list of known answers in each cell',
    make: lines((k) => `"${k % 7},${7 + (k % 11)},${18 + (k % 13)}",x`),
  },
  { name: 'a tick in every second cell', make: lines((k) => `${k % 2 ? 'x' : ''},x`) },
  { name: 'numbers in ="…"', make: lines((k) => `="${k}",x`) },
  { name: 'comments of a web page, and no page', make: filled('<!--a-->', '', 'x,y\n1,2\n') },
  { name: 'a comment of a web page that does not end', make: filled('<!-- a', '', '\n1,2\n') },
  { name: 'nothing but quotes', make: filled('"') },
  { name: 'nothing but quotes and delimiters', make: filled('"",') },
  { name: 'quotes that open and close in the middle of text', make: filled('"a"b') },
  { name: 'quotes inside quotes', make: filled('""a "" b', '"') },
  { name: 'quotes inside quotes, not doubled', make: filled('"a "b" c",') },
  { name: 'blanks behind closing quotes', make: filled('" ') },
  { name: 'quotes behind backslashes', make: filled('"a\\"b",') },
  { name: 'quotes behind backslashes, in one cell', make: filled('\\"', '"') },
  { name: 'a quote at the start that is never closed', make: filled('a,1\n', '"') },
  { name: 'a quote below the header that is never closed', make: filled('a,1\r\n', 'a,b\n"') },
  { name: 'nothing but commas', make: filled(',') },
  { name: 'nothing but blanks', make: filled(' ', '', 'x') },
  { name: 'nothing but tabs', make: filled('\t', '', 'x') },
  { name: 'nothing but line feeds', make: filled('\n', '', 'x') },
  { name: 'nothing but carriage returns', make: filled('\r', '', 'x') },
  { name: 'one line of numbers', make: filled('1,') },
  { name: 'one line of words', make: filled('ab,') },
  { name: 'one cell', make: filled('x') },
  { name: 'one name', make: filled('x', '', ',b\n1,2\n') },
  { name: 'one cell of text below a header', make: filled('é', 'a\n') },
  { name: 'one cell of blanks in quotes', make: filled(' ', 'a,b\n1,2\n1,"', '"\n') },
  { name: 'rows with a cell too few', make: lines(() => '1', 'a,b,c\n1,2,3\n4,5,6\n') },
  { name: 'rows with a cell too many', make: lines(() => '1,2,3,4', `a,b,c\n${'1,2,3\n'.repeat(20_000)}`) },
  { name: 'rows with another delimiter', make: lines(() => '1;2', `a,b\n${'1,2\n'.repeat(20_000)}`) },
  {
    name: 'rows of other lengths, each longer than the one before',
    make: lines((row) => '1,'.repeat(row % 500)),
  },
  { name: 'words below a table, one on each line', make: lines(() => 'word') },
  { name: 'one row with cells too many', make: filled('1,', 'a,b\n1,2\n1,2\n') },
  { name: 'one row with cells too many, all of them empty', make: filled(',', 'a,b\n1,2\n1,2\n3,4') },
  { name: 'the header over and over', make: lines(() => 'a,b', 'a,b\n1,2\n') },
  { name: 'names that are all equal', make: wide('1', () => 'name') },
  { name: 'names that are all empty', make: wide('1', () => '') },
  { name: 'names that are all different', make: wide('1') },
  { name: 'columns of words', make: wide('ab') },
  { name: 'columns in which every cell is missing', make: wide('NA') },
  { name: 'columns of zero bytes', make: wide('\0') },
  { name: 'columns of broken characters', make: wide('\uFFFD') },
  { name: 'columns of long numbers', make: wide('1.23456789012345678901') },
  { name: 'lines of comment', make: lines(() => '# a comment') },
  { name: 'lines of comment, with as many cells as a row', make: lines(() => '# 1, 2') },
  { name: 'lines above the table', make: lines(() => 'word', '') },
  { name: 'texts that are all different', make: lines((row) => `t${row},1`) },
  { name: 'numbers that are all different', make: lines((row) => `${row / 7},1`) },
  { name: 'words among numbers', make: lines((row) => (row % 3 === 0 ? `w${row},1` : `${row},1`)) },
  { name: 'numbers among words', make: lines((row) => (row % 3 === 0 ? `${row}.50,1` : `w${row},1`)) },
  { name: 'one number of many digits', make: filled('1', 'a\n') },
  { name: 'one fraction of many digits', make: filled('3', 'a\n0.') },
  { name: 'digits, and a letter behind them', make: filled('1', 'a\n', 'x') },
  { name: 'a fraction, and a letter behind it', make: filled('1', 'a\n1.', 'x') },
  { name: 'digits with a percent sign', make: filled('1', 'a\n', '%x') },
  { name: 'digits in groups, and a letter behind them', make: filled(',111', 'a\n"1', 'x"') },
  { name: 'digits in groups of points, and a letter behind them', make: filled('.111', 'a;b\n1;"1', 'x"') },
  { name: 'digits and blanks, and a letter behind them', make: filled('1 ', 'a,b\n1,', 'x') },
  { name: 'digits in every group of a text', make: filled('1x', 'a\n') },
  { name: 'numbers of a thousand digits', make: lines(() => `${'7'.repeat(1000)},1`) },
  { name: 'exponents without digits', make: filled('1e', 'a\n') },
  { name: 'exponents of many digits', make: filled('9', 'a\n1e') },
  { name: 'many exponents without digits', make: lines(() => '1e,1e+') },
  { name: 'signs', make: filled('-', 'a\n') },
  { name: 'points', make: filled('.', 'a\n1') },
  { name: 'currency signs', make: filled('$', 'a\n', '1') },
  { name: 'bytes that are no UTF-8', make: (size) => new Uint8Array(size).fill(0xe9) },
  { name: 'zero bytes below a table', make: filled('\0', 'a,b\n1,2\n') },
  { name: 'decimal commas', make: lines((row) => `"${row},5";1`, 'a;b\n') },
  { name: 'cells in apostrophes', make: lines(() => "'1','2'") },
  { name: 'a comment prefix on every row', make: lines(() => '#1,2') },
  { name: 'numbers that are missing', make: lines(() => '-999,1'), options: { missingTokens: ['-999'] } },
];

/** In small chunks: what a record has come to so far is not to be gone through again with each of them. */
const chunked: [input: Input, sizes: number[]][] = [
  [{ name: 'rows', make: lines(() => '1,2.5') }, [1, 7, 64]],
  [{ name: 'one cell', make: filled('x') }, [1, 64, 4096, 65_536]],
  [{ name: 'one line of numbers', make: filled('1,') }, [1, 64, 4096, 65_536]],
  [{ name: 'one line of blanks', make: filled(' ', '', 'x') }, [1, 64, 4096]],
  [{ name: 'one line of cells in quotes', make: filled('"a",') }, [1, 64, 4096, 65_536]],
  [{ name: 'one cell in quotes', make: filled('ab\n', 'a,b\n1,"', '"\n') }, [1, 64, 4096, 65_536]],
  [{ name: 'one cell of quotes in quotes', make: filled('""', 'a,b\n1,"', '"\n') }, [1, 64, 4096, 65_536]],
  [{ name: 'a quote that is never closed', make: filled('a,1\r\n', 'a,b\n"') }, [1, 64, 4096, 65_536]],
  [{ name: 'text behind a closing quote', make: filled('b', 'a,b\n1,"x"', '\n') }, [1, 64, 4096]],
  [{ name: 'blanks behind a closing quote', make: filled(' ', 'a,b\n1,"x"', '\n') }, [1, 64, 4096]],
  [{ name: 'a comment', make: filled('x', 'a,b\n#', '\n') }, [1, 64, 4096]],
];

/** Milliseconds that the processor works to read a table: those in which others have it do not count. */
function timeOf(content: string | Uint8Array, chunk: number, options?: ReadOptions): number {
  const bytes = bytesOf(content);
  const from = process.cpuUsage();
  readTable(() => inPieces(bytes, [chunk]), options);
  const { user, system } = process.cpuUsage(from);
  return (user + system) / 1000;
}

/** How much longer a byte of the longer input takes: the first measurement if it is good, else the median of all tries. */
function growth({ make, options }: Input, chunk: number): number {
  const time = (size: number) => timeOf(make(size), chunk, options);
  let size = FIRST_SIZE;
  // The second time the code is warm.
  while (size < LAST_SIZE && (time(size) < LEAST_MS || time(size) < LEAST_MS)) size *= 2;
  const ratio = () => time(LONGER * size) / LONGER / time(size);
  const first = ratio();
  if (first <= MOST) return first;
  const ratios = [first, ...Array.from({ length: TRIES - 1 }, ratio)].sort((a, b) => a - b);
  return ratios[(TRIES - 1) / 2];
}

function check(input: Input, chunk: number): void {
  const times = growth(input, chunk);
  assert.ok(
    times <= MOST,
    `a byte takes ${times.toFixed(1)} times as long in an input ${LONGER} times as long`,
  );
}

describe('the time to read a table is in proportion to its length', () => {
  for (const input of inputs) it(input.name, () => check(input, 65_536));
  for (const [input, sizes] of chunked)
    for (const size of sizes)
      it(`${input.name}, in chunks of ${size} ${size === 1 ? 'byte' : 'bytes'}`, () => check(input, size));
});
