// Bytes at random, and texts that nobody wrote.
import fc from 'fast-check';
import type { ReadOptions } from '../../src/data/csv/readOptions';
import { bytesOf } from '../unit/reading';

const TELLING = bytesOf(' \t\n\r,;|"\'\\#%/0123456789.-+eENA\x1a');
/** Mostly the bytes that mean something to a reader, at most 300. */
export const anyBytes = fc
  .array(fc.nat({ max: 1023 }), { maxLength: 300 })
  .map((numbers) =>
    Uint8Array.from(numbers, (number) => (number < 256 ? number : TELLING[number % TELLING.length])),
  );

const PIECES = [
  ...['a', 'é', '1', '-2.5', '1,5', 'NA', ' ', '\t', '\0', '\\', "'", '"', '""', '"x,y"', '"p""q"', '"r\ns"'],
  ...[',', ',', ',', ';', '|', ',,', '"', '\n', '\n', '\r\n', '\r', '\n\n', '# c', '#', '%', '//', '\\"'],
  ...['sep=;\n', '\uFEFF', '\uFFFD', 'a,b\n1,2\n', '3,4\n', 'x;y\n1;2,5\n', "'a','b'\n", '€ 12', '12%'],
  ...['1e999', '\x1a'],
];
/** Pieces of tables, in any order. */
export const anyText = fc
  .array(fc.constantFrom(...PIECES), { maxLength: 40 })
  .map((pieces) => pieces.join(''));

const LINES = [
  ...[
    '1,2',
    '1,2',
    '-3.5,4',
    '3,"4"',
    ',5',
    'NA,6',
    'x,7',
    'y,8',
    'x,7',
    '"p\nq",9',
    '1.50,2',
    '1.5,2',
    '1e999,3',
  ],
  ...[
    'a,b',
    '1',
    'word',
    'word',
    '1,2,3',
    '1,2,,',
    '1;2',
    "'1','2'",
    '# c',
    '#1,2',
    '',
    '',
    '  ',
    '"open',
    '"r"s,1',
  ],
  ...['é,1', '\uFFFD,1', '\0,1', '"\\"",1', '1,5', '12%,3', '"1,234",5', '\x1a'],
];
/** Lines of a table of two columns, and lines that do not belong there. */
export const anyLines = fc
  .tuple(
    fc.array(fc.constantFrom(...LINES), { maxLength: 3 }),
    fc.array(fc.oneof({ weight: 3, arbitrary: fc.constantFrom('1,2', '3,4') }, fc.constantFrom(...LINES)), {
      maxLength: 30,
    }),
    fc.constantFrom('\n', '\n', '\r\n'),
    fc.boolean(),
  )
  .map(([above, below, end, last]) => [...above, 'a,b', '1,2', ...below].join(end) + (last ? end : ''));

const anyOptions: fc.Arbitrary<ReadOptions> = fc.record(
  {
    delimiter: fc.constantFrom('auto', ',', ';', '\t', '|', ' ', ', ', ':', 'a'),
    header: fc.constantFrom('auto', 'present', 'absent'),
    decimalSeparator: fc.constantFrom('auto', '.', ','),
    commentPrefixes: fc.constantFrom([], ['#'], ['--', 'a']),
    skipLines: fc.nat({ max: 4 }),
    missingTokens: fc.constantFrom([], ['NA'], ['1', '']),
    encoding: fc.constantFrom('auto', 'utf-8', 'utf-16le', 'utf-16be', 'latin1'),
    quote: fc.constantFrom('"', "'", ''),
    maxRows: fc.nat({ max: 4 }),
  },
  { requiredKeys: [] },
);
export const someOptions = fc.oneof(
  { weight: 2, arbitrary: fc.constant<ReadOptions>({}) },
  {
    weight: 1,
    // A line that begins with a mark which is both could be either.
    arbitrary: anyOptions.filter(
      ({ delimiter = 'auto', commentPrefixes = [] }) => !commentPrefixes.includes(delimiter),
    ),
  },
);
