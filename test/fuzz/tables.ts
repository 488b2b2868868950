// Tables at random, dialects at random to write them in, and the writer.
import fc from 'fast-check';
import { MISSING } from '../../src/data/csv/readOptions';
import type { Cell } from '../damage/tables';
import { bytesOf, linesBefore } from '../unit/reading';

interface Written {
  readonly text: string;
  readonly cell: Cell;
}
export interface Table {
  readonly names: readonly string[];
  /** Rows of cells, each with the text that stands for it. */
  readonly rows: readonly (readonly Written[])[];
}
export interface Dialect {
  readonly delimiter: string;
  readonly quote: '"' | "'";
  readonly quoting: 'where needed' | 'texts' | 'all';
  readonly lineEnds: readonly string[];
  readonly lastLineEnd: boolean;
  readonly blankLines: readonly number[];
  /** Blanks around the cells. */
  readonly padding: readonly string[];
  readonly comments: readonly { readonly before: number; readonly text: string }[];
  readonly commentPrefixes: readonly string[];
  readonly mark: '.' | ',';
  readonly header: boolean;
  readonly encoding: 'utf-8' | 'utf-16le' | 'utf-16be';
  readonly byteOrderMark: boolean;
  readonly pieces: readonly number[];
}

/** A number as people and programs write it. */
const spelledNumber = fc
  .oneof(
    { weight: 3, arbitrary: fc.double({ noNaN: true, noDefaultInfinity: true }).map(String) },
    { weight: 2, arbitrary: fc.integer().map(String) },
    {
      weight: 3,
      arbitrary: fc
        .tuple(fc.double({ min: -1e6, max: 1e6, noNaN: true }), fc.integer({ min: 0, max: 20 }))
        .map(([value, digits]) => value.toFixed(digits)),
    },
    {
      weight: 1,
      arbitrary: fc.stringMatching(/^[-+]?(?:\d{1,20}\.?\d{0,20}|\.\d{1,20})(?:[eE][-+]?\d\d?)?$/),
    },
  )
  // Whole numbers of which float64 keeps not every digit are texts, as ids are.
  .filter((text) => Number.isFinite(Number(text)) && !/^[-+]?\d{16,}$/.test(text));

const written = (text: string): Written => ({ text, cell: text });
/** Words that are numbers to somebody. */
const amount = fc.constantFrom(
  '12%',
  '$1,200.50',
  '1,234',
  '1.234,5',
  '3 €',
  '2020-01-02',
  '1_000',
  '0x1F',
  '007',
);
const mayBeNumber = (text: string) => /^[-+.,$]*\d/.test(text);

/** Text that no reader takes for a number or for a missing cell, whatever else it holds. */
const wildText = fc
  .tuple(
    fc.constantFrom('', '', ' ', '\t', '#', '//', '%', '"', "'", '\n', '-', 'é', '\\', ';', ','),
    fc.constantFrom(...'abcxyzNQ'),
    fc.string({
      unit: fc.constantFrom(...'abe019 ",;|\t\'\\#%/.-_', '\n', '\r\n', '\r', 'é', 'ß', '漢', '😀', '""'),
      maxLength: 10,
    }),
  )
  .map((parts) => parts.join(''))
  .filter((text) => !MISSING.includes(text));

/** Text in which nothing can be taken for a part of a dialect. */
const tameText = fc.stringMatching(/^[b-df-z][a-zéü_]{0,8}$/).filter((text) => !MISSING.includes(text));

const missing = fc.constantFrom('', '', ...MISSING).map((text): Written => ({ text, cell: null }));

/** Fewer numbers than words: a column of texts that holds numbers as well. */
function mostlyWords(column: readonly Written[]): Written[] {
  const present = column.filter(({ cell }) => cell !== null).length;
  let numbers = column.filter(({ cell, text }) => cell !== null && mayBeNumber(text)).length;
  return column.map((each) => {
    if (each.cell === null || !mayBeNumber(each.text) || numbers * 2 < present) return each;
    numbers--;
    return written(`no ${each.text}`);
  });
}

const columnOf = (rows: number, text: fc.Arbitrary<string>, numberText: fc.Arbitrary<string>) => {
  const column = (cell: fc.Arbitrary<Written>, gaps: boolean) =>
    fc.array(gaps ? fc.oneof({ weight: 5, arbitrary: cell }, { weight: 1, arbitrary: missing }) : cell, {
      minLength: rows,
      maxLength: rows,
      size: 'max',
    });
  const number = numberText.map((spelled): Written => ({ text: spelled, cell: Number(spelled) }));
  const word = text.map(written);
  return (kind: 'numbers' | 'texts' | 'both', gaps: boolean): fc.Arbitrary<Written[]> =>
    kind === 'numbers'
      ? column(number, gaps)
      : kind === 'texts'
        ? column(word, gaps)
        : column(fc.oneof(word, word, numberText.map(written), amount.map(written)), gaps).map(mostlyWords);
};

const transposed = (columns: readonly (readonly Written[])[]): Written[][] =>
  columns[0].map((_, row) => columns.map((column) => column[row]));

const distinct = (name: fc.Arbitrary<string>, width: number) =>
  fc.uniqueArray(name, { minLength: width, maxLength: width, size: 'max' });

export const wildTable: fc.Arbitrary<Table> = fc
  .tuple(
    fc.array(fc.tuple(fc.constantFrom('numbers', 'texts', 'both'), fc.boolean()), {
      minLength: 1,
      maxLength: 6,
    }),
    fc.integer({ min: 1, max: 12 }),
  )
  .chain(([kinds, rows]) => {
    const make = columnOf(rows, wildText, spelledNumber);
    return fc.record({
      // A name in capitals: no row of cells is the header once more.
      names: distinct(
        wildText.map((text) => `${text}${text.length > 8 ? 'A' : 'B'}`),
        kinds.length,
      ),
      rows: fc.tuple(...kinds.map(([kind, gaps]) => make(kind, gaps))).map(transposed),
    });
  });

const TOLD_COMMENTS = ['#', '//', '%', '--', 'REM'];

export const wildDialect: fc.Arbitrary<Dialect> = fc.record({
  delimiter: fc.constantFrom(',', ';', '\t', '|', ' '),
  quote: fc.constantFrom('"', '"', '"', "'"),
  quoting: fc.constantFrom('where needed', 'texts', 'all'),
  lineEnds: fc.oneof(
    fc.constantFrom(['\n'], ['\r\n'], ['\r']),
    fc.array(fc.constantFrom('\n', '\r\n', '\r'), { minLength: 2, maxLength: 5 }),
  ),
  lastLineEnd: fc.boolean(),
  blankLines: fc.array(fc.integer({ min: 0, max: 13 }), { maxLength: 2 }),
  padding: fc.oneof(
    fc.constant(['']),
    fc.array(fc.constantFrom('', ' ', '  ', '\t'), { minLength: 1, maxLength: 5 }),
  ),
  comments: fc.array(
    fc.record({
      before: fc.integer({ min: 0, max: 13 }),
      text: fc.stringMatching(/^[a-z0-9 é]{0,10}$/),
    }),
    { maxLength: 3 },
  ),
  commentPrefixes: fc.oneof(
    fc.constant(['#', '//', '%']),
    fc.uniqueArray(fc.constantFrom(...TOLD_COMMENTS), { minLength: 1, maxLength: 2 }),
  ),
  mark: fc.constantFrom('.', '.', ','),
  header: fc.boolean(),
  encoding: fc.constantFrom('utf-8', 'utf-8', 'utf-16le', 'utf-16be'),
  byteOrderMark: fc.boolean(),
  pieces: fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 4 }),
});

/** A table whose dialect shows: numbers, and words in which nothing can be taken for a part of a dialect. */
export const tameTable: fc.Arbitrary<Table> = fc
  .tuple(
    fc.array(fc.tuple(fc.constantFrom('numbers', 'texts'), fc.boolean()), { minLength: 1, maxLength: 5 }),
    fc.integer({ min: 2, max: 12 }),
  )
  .chain(([kinds, rows]) => {
    const plainNumber = fc.oneof(
      fc.double({ min: -1e6, max: 1e6, noNaN: true }).map(String),
      fc.integer({ min: -9999, max: 9999 }).map((value) => (value / 100).toFixed(2)),
      fc.integer().map(String),
    );
    const make = columnOf(rows, tameText, plainNumber);
    const number = make('numbers', false);
    return fc.record({
      names: distinct(
        tameText.map((text) => text.toUpperCase()),
        kinds.length + 1,
      ),
      rows: fc
        .tuple(fc.nat(kinds.length), number, ...kinds.map(([kind, gaps]) => make(kind, gaps)))
        .map(([at, first, ...others]) => transposed([...others.slice(0, at), first, ...others.slice(at)])),
    });
  });

export const tameDialect: fc.Arbitrary<Dialect> = fc
  .tuple(wildDialect, fc.constantFrom('#', '//', '%'))
  .map(([dialect, prefix]) => ({
    ...dialect,
    quote: '"' as const,
    padding: [''],
    comments: dialect.comments.map(({ before, text }) => ({ before, text: text.replaceAll(' ', '') })),
    commentPrefixes: [prefix],
    // In "1,5 f" without a header the comma could be the delimiter.
    mark:
      dialect.delimiter === ',' || (dialect.delimiter === ' ' && !dialect.header)
        ? ('.' as const)
        : dialect.mark,
  }));

const BLANKS = /^[ \t]|[ \t]$/;

/** A table as a dialect has it, and the line on which each row starts and the first comment stands. */
export function write({ names, rows }: Table, dialect: Dialect) {
  const { delimiter, quote, quoting, lineEnds, padding, mark } = dialect;
  let counted = 0;
  const pad = () => {
    const blanks = padding[counted++ % padding.length];
    // Where a tab is the delimiter it is no blank, and where blanks are it is not one of them.
    return delimiter === '\t' ? blanks.replaceAll('\t', ' ') : delimiter === ' ' ? '' : blanks;
  };
  const gap = () =>
    delimiter === ' ' ? ' '.repeat(1 + padding[counted++ % padding.length].length) : delimiter;
  const inQuotes = (text: string) => quote + text.replaceAll(quote, quote + quote) + quote;
  const cellOf = ({ text, cell }: Written, first: boolean, opens: boolean): string => {
    const spelled = typeof cell === 'number' && mark === ',' ? text.replace('.', ',') : text;
    // In the first row every cell shows, and where blanks are delimiters every cell has to.
    if (spelled === '' && (first || delimiter === ' ' || rows[0].length === 1))
      return first || quoting !== 'all' ? 'NA' : inQuotes('');
    if (spelled === '') return '';
    const needed =
      spelled.includes(delimiter) ||
      /[\r\n]/.test(spelled) ||
      spelled.startsWith(quote) ||
      BLANKS.test(spelled) ||
      // A full row that starts like a comment is a row, if it is wider than one cell and there are others.
      (opens &&
        (first || rows[0].length === 1) &&
        dialect.commentPrefixes.some((prefix) => spelled.startsWith(prefix)));
    const quoted = needed || quoting === 'all' || (quoting === 'texts' && typeof cell === 'string');
    return quoted ? inQuotes(spelled) : spelled;
  };
  const lineOf = (row: readonly Written[], first = false) =>
    row
      .map((cell, c) => pad() + cellOf(cell, first, c === 0) + pad())
      .reduce((line, cell) => line + gap() + cell);

  let text = '';
  let ends = 0;
  const used = new Set<string>();
  const endLine = () => {
    const end = lineEnds[ends++ % lineEnds.length];
    text += end;
    used.add(end);
  };
  const lines: number[] = [];
  const comments: number[] = [];
  const records = [...(dialect.header ? [names.map(written)] : []), ...rows];
  records.forEach((record, r) => {
    for (const comment of dialect.comments.filter(({ before }) => before === r)) {
      comments.push(linesBefore(text) + 1);
      // With as many cells as a row it would be one.
      const words = rows[0].length > 1 ? comment.text.replaceAll(' ', '') : comment.text;
      text += dialect.commentPrefixes[ends % dialect.commentPrefixes.length] + words;
      endLine();
    }
    if (dialect.blankLines.includes(r)) endLine();
    if (r >= records.length - rows.length) lines.push(linesBefore(text) + 1);
    text += lineOf(record, r === 0);
    if (r < records.length - 1 || dialect.lastLineEnd) endLine();
  });
  return { text, lines, comments, used };
}

export function encoded(text: string, { encoding, byteOrderMark }: Dialect): Uint8Array {
  const marked = (byteOrderMark ? '\uFEFF' : '') + text;
  if (encoding === 'utf-8') return bytesOf(marked);
  const bytes = Buffer.from(marked, 'utf16le');
  return new Uint8Array(encoding === 'utf-16be' ? bytes.swap16() : bytes);
}
