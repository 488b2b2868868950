// The kinds of damage and of dialect, each with what a careful person would expect of a reader. See README.md.
import { gzipSync } from 'node:zlib';
import {
  LATIN_NAMES,
  columnsThat,
  decimal,
  decimalComma,
  headerOf,
  inQuotes,
  isFractional,
  isNumeric,
  pick,
  rowsOf,
  sheet,
  someRows,
  spoilt,
  whole,
  withColumn,
  write,
  type Cell,
  type CleanTable,
  type Dialect,
  type Random,
  type TableName,
  type Written,
} from './tables';

// What is expected

/** Lines are physical lines from 1, columns are characters from 1; a byte order mark is no character. */
export type Expectation =
  | { outcome: 'equal'; table: CleanTable }
  | { outcome: 'equal-or-refused'; table: CleanTable; line: number; column?: number }
  | { outcome: 'refused'; line: number; column?: number; reason: string }
  | { outcome: 'reported'; table: CleanTable; line: number; reason: string };

export type Group = 'clean' | 'repairable' | 'ambiguous';

/** What an honest user would have to say; a file of nearly every kind needs nothing said. */
export interface ReaderSettings {
  readonly delimiter?: string;
  readonly header?: 'auto' | 'present' | 'absent';
  readonly decimalSeparator?: '.' | ',';
  readonly commentPrefixes?: readonly string[];
  readonly skipLines?: number;
  readonly missingTokens?: readonly string[];
  readonly encoding?: string;
  readonly quote?: string;
}

export interface Damaged {
  readonly bytes: Uint8Array;
  readonly expect: Expectation;
}

export type Apply = (table: CleanTable, random: Random) => Damaged;

export interface Kind {
  readonly name: string;
  readonly description: string;
  readonly group: Group;
  /** Why this is the right thing to expect. */
  readonly why: string;
  /** The tables it is tried on. */
  readonly tables: readonly TableName[];
  readonly settings?: ReaderSettings;
  readonly apply: Apply;
}

const kindOf =
  (group: Group) =>
  (
    name: string,
    tables: readonly TableName[],
    description: string,
    why: string,
    apply: Apply,
    settings?: ReaderSettings,
  ): Kind => ({ name, description, group, why, tables, ...(settings ? { settings } : {}), apply });

const clean = kindOf('clean');
const repairable = kindOf('repairable');
const ambiguous = kindOf('ambiguous');

type Content = string | Uint8Array;

const utf8 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'utf8'));
const bytesOf = (content: Content): Uint8Array => (typeof content === 'string' ? utf8(content) : content);

const equal = (content: Content, table: CleanTable): Damaged => ({
  bytes: bytesOf(content),
  expect: { outcome: 'equal', table },
});

interface Where {
  readonly line: number;
  readonly column?: number;
}

const equalOrRefused = (content: Content, table: CleanTable, where: Where): Damaged => ({
  bytes: bytesOf(content),
  expect: { outcome: 'equal-or-refused', table, ...where },
});

const refused = (content: Content, where: Where, reason: string): Damaged => ({
  bytes: bytesOf(content),
  expect: { outcome: 'refused', ...where, reason },
});

const reported = (content: Content, table: CleanTable, where: Where, reason: string): Damaged => ({
  bytes: bytesOf(content),
  expect: { outcome: 'reported', table, line: where.line, reason },
});

// Tools of the kinds

const each = <T>(table: CleanTable, make: (row: number) => T): T[] =>
  table.columns[0].map((_, row) => make(row));

const FIRST_LINE: Where = { line: 1 };

const lineOnly = ({ line }: Where): Where => ({ line });

/** The same table in another dialect. */
const dialect =
  (change: Partial<Dialect>, lineEnd = '\n'): Apply =>
  (table) =>
    equal(write(sheet(table, change), change.delimiter, lineEnd).text, table);

/** The standard text of a table with something done to it. */
const textual =
  (change: (text: string, random: Random) => Content): Apply =>
  (table, random) =>
    equal(change(write(sheet(table)).text, random), table);

/** A row well inside the table, so that it is neither a second header nor a footer. */
const inner = (random: Random, table: CleanTable): number => whole(random, 3, rowsOf(table) - 3);

/** Rows of the sheet, the header not among them, that are one line without a quote; neither first nor last. */
function plainRow(
  rows: readonly string[][],
  random: Random,
  also: (cells: string[]) => boolean = () => true,
) {
  const fits = rows.flatMap((cells, row) =>
    row >= 3 && row < rows.length - 2 && !cells.some((cell) => /["\r\n]/.test(cell)) && also(cells)
      ? [row]
      : [],
  );
  return pick(random, fits);
}

interface Spelled {
  readonly table: CleanTable;
  readonly rows: string[][];
  readonly column: number;
}

/** The table with one more column, whose cells are written just so. Never the first: a line could start with it. */
function spelled(
  table: CleanTable,
  random: Random,
  name: string,
  cells: readonly [cell: Cell, text: string][],
  change: Partial<Dialect> = {},
): Spelled {
  const column = whole(random, 1, table.columns.length);
  const wider = withColumn(
    table,
    column,
    name,
    cells.map(([cell]) => cell),
  );
  const rows = sheet(wider, change);
  cells.forEach(([, text], row) => (rows[row + 1][column] = text));
  return { table: wider, rows, column };
}

/** A column more, each cell of it a value and its spelling. */
const spelling =
  (
    name: string,
    make: (random: Random, row: number) => [Cell, string],
    change: Partial<Dialect> = {},
  ): Apply =>
  (table, random) => {
    const cells = each(table, (row) => make(random, row));
    const made = spelled(table, random, name, cells, change);
    return equal(write(made.rows, change.delimiter).text, made.table);
  };

/** As `spelling`, for texts that a writer would put down as they are, in quotes where they need them. */
const wording = (name: string, texts: readonly string[], change: Partial<Dialect> = {}): Apply => {
  return (table, random) => {
    const cells = each(table, (row) => texts[row] ?? pick(random, texts));
    const wider = withColumn(table, whole(random, 1, table.columns.length), name, cells);
    return equal(write(sheet(wider, change), change.delimiter).text, wider);
  };
};

/** Lines put in above the table: equal, or refused at the first of them. */
const under =
  (...lines: readonly string[]): Apply =>
  (table) =>
    equalOrRefused(write([...lines.map((line) => [line]), ...sheet(table)]).text, table, FIRST_LINE);

/** Lines put in above the table that everybody passes over. */
const below =
  (...lines: readonly string[]): Apply =>
  (table) =>
    equal(write([...lines.map((line) => [line]), ...sheet(table)]).text, table);

/** 1234567 as 1,234,567. */
const grouped = (digits: string, mark = ','): string => digits.replace(/\B(?=(\d{3})+$)/g, mark);

/** An amount with cents, from tens to millions; the first two rows always need their groups. */
const amount = (random: Random, row: number): string =>
  decimal(random, row < 2 ? 1_000_000 : 10, row < 2 ? 9_000_000 : pick(random, [900, 50_000]), 2).toFixed(2);

const NUMBERS: readonly TableName[] = ['measurements', 'sensors', 'wide'];
const ALL_BUT_ONE: readonly TableName[] = [
  'measurements',
  'sensors',
  'shop',
  'visits',
  'reviews',
  'wide',
  'cities',
];
const EVERY: readonly TableName[] = [...ALL_BUT_ONE, 'single'];
/** Without line breaks inside cells. */
const FLAT: readonly TableName[] = ['measurements', 'sensors', 'shop', 'visits', 'wide', 'cities'];
const SOME: readonly TableName[] = ['measurements', 'shop', 'reviews', 'sensors'];

// Delimiters, line ends, blanks

const DIALECTS: readonly Kind[] = [
  clean(
    'comma-lf',
    EVERY,
    'The standard file: commas, a header, LF, quotes only where needed.',
    'This is what RFC 4180 describes.',
    dialect({}),
  ),
  clean(
    'semicolon-delimiter',
    SOME,
    'Semicolons between the cells.',
    'Spreadsheets write it wherever the comma is the decimal mark.',
    dialect({ delimiter: ';' }),
  ),
  clean(
    'tab-delimiter',
    [...SOME, 'wide'],
    'Tabs between the cells, some lines starting or ending with one.',
    'Tabs are the second most common delimiter.',
    dialect({ delimiter: '\t' }),
  ),
  clean(
    'tab-leading-missing',
    ['shop', 'cities', 'visits'],
    'Tabs between the cells, and the first cell of many rows is missing.',
    'The tab that starts a line is a delimiter, not a blank to be trimmed.',
    (table, random) => {
      const cells = table.columns[0].map((cell, row) => (row > 0 && random() < 0.4 ? null : cell));
      const gaps = { ...table, columns: table.columns.with(0, cells) };
      return equal(write(sheet(gaps, { delimiter: '\t' }), '\t').text, gaps);
    },
  ),
  clean(
    'pipe-delimiter',
    SOME,
    'Pipes between the cells.',
    'Databases write it.',
    dialect({ delimiter: '|' }),
  ),
  clean(
    'space-delimiter',
    ['measurements', 'sensors', 'shop', 'wide'],
    'One space between the cells; text with blanks is quoted, missing is NA.',
    'The counts agree on every line, so there is no other reading.',
    dialect({ delimiter: ' ', missing: 'NA' }),
  ),
  clean(
    'comma-space-delimiter',
    SOME,
    'A comma and a space between the cells, before quoted cells too.',
    'Blanks outside quotes are no part of a cell.',
    dialect({ delimiter: ', ' }),
  ),
  clean(
    'colon-delimiter-declared',
    SOME,
    'Colons between the cells, and the user says so.',
    'A delimiter that is given has not to be guessed.',
    dialect({ delimiter: ':' }),
    { delimiter: ':' },
  ),
  clean('crlf', EVERY, 'Every line ends with CR LF.', 'RFC 4180 asks for it.', dialect({}, '\r\n')),
  clean(
    'lone-cr',
    ['measurements', 'shop', 'cities', 'single'],
    'Every line ends with a CR alone.',
    'Old Macs wrote it, and some exports still do.',
    dialect({}, '\r'),
  ),
  clean(
    'mixed-line-ends',
    FLAT,
    'Some lines end with LF, others with CR LF.',
    'Both end a line, whatever the others do.',
    (table, random) => {
      const lines = sheet(table).map((cells) => cells.join(',') + pick(random, ['\n', '\r\n']));
      return equal(lines.join(''), table);
    },
  ),
  repairable(
    'one-line-ends-with-cr',
    FLAT,
    'In a file of LF, one line ends with a CR alone.',
    'Nobody writes a CR inside a cell without quotes.',
    (table, random) => {
      const rows = sheet(table);
      const row = plainRow(rows, random);
      const lines = rows.map((cells, k) => cells.join(',') + (k === row ? '\r' : '\n'));
      return equalOrRefused(lines.join(''), table, { line: row + 1 });
    },
  ),
  clean(
    'no-final-line-end',
    EVERY,
    'The last line has no end.',
    'RFC 4180 leaves it to the writer.',
    textual((text) => text.slice(0, -1)),
  ),
  clean(
    'blank-lines-at-end',
    SOME,
    'One to three blank lines at the end.',
    'A blank line holds nothing.',
    textual((text, random) => text + '\n'.repeat(whole(random, 1, 3))),
  ),
  clean(
    'blank-lines-at-start',
    SOME,
    'One to three blank lines before the header.',
    'A blank line holds nothing.',
    textual((text, random) => '\n'.repeat(whole(random, 1, 3)) + text),
  ),
  clean(
    'blank-lines-in-middle',
    EVERY,
    'Blank lines between rows.',
    'A blank line holds nothing.',
    (table, random) => {
      const rows: string[][] = sheet(table);
      for (let k = 0; k < 3; k++) rows.splice(whole(random, 1, rows.length - 1), 0, ['']);
      return equal(write(rows).text, table);
    },
  ),
  repairable(
    'lines-of-blanks',
    ['measurements', 'shop', 'cities'],
    'Between rows, a line of nothing but spaces.',
    'To the eye it is a blank line; by the letter it is a short row.',
    (table, random) => {
      const rows = sheet(table);
      const row = whole(random, 3, rows.length - 2);
      const made = write(rows.toSpliced(row, 0, [' '.repeat(whole(random, 1, 4))]));
      return equalOrRefused(made.text, table, lineOnly(made.at(row)));
    },
  ),
  clean(
    'trailing-spaces',
    ['measurements', 'shop', 'cities', 'sensors'],
    'Spaces at the end of every line.',
    'Blanks outside quotes are no part of a cell.',
    (table, random) => {
      const lines = sheet(table).map((cells) => cells.join(',') + ' '.repeat(whole(random, 1, 5)));
      return equal(`${lines.join('\n')}\n`, table);
    },
  ),
  clean(
    'blanks-around-cells',
    ['measurements', 'sensors', 'shop', 'cities'],
    'Every cell padded with spaces, so that the commas stand below each other.',
    'Blanks outside quotes are no part of a cell.',
    (table) => {
      const rows = sheet(table);
      const widths = rows[0].map((_, column) => Math.max(...rows.map((cells) => cells[column].length)));
      const padded = rows.map((cells) => cells.map((cell, column) => cell.padEnd(widths[column])));
      return equal(write(padded, ' , ').text, table);
    },
  ),
  repairable(
    'aligned-with-blanks',
    ['measurements', 'sensors', 'wide', 'cities'],
    'No delimiter but runs of spaces, the columns set flush right.',
    'Old data sets look like this, and the columns are plain to see.',
    (table) => {
      const rows = sheet(table, { missing: 'NA' });
      const widths = rows[0].map((_, column) => Math.max(...rows.map((cells) => cells[column].length)));
      const padded = rows.map((cells) => cells.map((cell, column) => cell.padStart(widths[column])));
      return equalOrRefused(write(padded, '  ').text, table, FIRST_LINE);
    },
  ),
  repairable(
    'excel-sep-line',
    ['measurements', 'shop', 'cities', 'visits'],
    'The first line names the delimiter, as in "sep=;".',
    'Spreadsheets obey it; it is no data.',
    (table, random) => {
      const delimiter = pick(random, [';', ',', '\t']);
      const rows = [[`sep=${delimiter}`], ...sheet(table, { delimiter })];
      return equalOrRefused(write(rows, delimiter).text, table, FIRST_LINE);
    },
  ),
  repairable(
    'one-row-other-delimiter',
    ['measurements', 'shop', 'visits', 'sensors'],
    'One row has semicolons where all others have commas.',
    'Cell by cell it fits the columns, so the slip is plain.',
    (table, random) => {
      const rows: string[][] = sheet(table);
      const row = plainRow(rows, random);
      rows[row] = [rows[row].join(';')];
      return equalOrRefused(write(rows).text, table, { line: row + 1, column: 1 });
    },
  ),
  repairable(
    'one-row-space-delimiter',
    ['measurements', 'sensors', 'wide'],
    'One row has spaces where all others have commas.',
    'Cell by cell it fits the columns, so the slip is plain.',
    (table, random) => {
      const rows: string[][] = sheet(table);
      const row = plainRow(rows, random, (cells) => !cells.includes(''));
      rows[row] = [rows[row].join(' ')];
      return equalOrRefused(write(rows).text, table, { line: row + 1, column: 1 });
    },
  ),
  repairable(
    'header-other-delimiter',
    ['measurements', 'wide', 'cities'],
    'The header has semicolons, the rows have commas.',
    'The names fit the columns; passing the line over as a title would lose them.',
    (table) => {
      const [names, ...rows] = sheet(table);
      return equalOrRefused(write([[names.join(';')], ...rows]).text, table, FIRST_LINE);
    },
  ),
];

// Quotes

const ASIDES = ['the "big" one', 'called "nine"', 'as "is" for now'];
const CALM = ['plain', 'nothing to add', 'as expected'];

/** A column of remarks, those of a few rows written as `quote` has it, the rest in ordinary quotes. */
function remarks(table: CleanTable, random: Random, quote: (text: string) => string) {
  const bad = new Set([inner(random, table), inner(random, table)]);
  const cells = each(table, (row): [string, string] => {
    const text = pick(random, bad.has(row) ? ASIDES : CALM);
    return [text, bad.has(row) ? quote(text) : inQuotes(text)];
  });
  const made = spelled(table, random, 'remark', cells);
  const lines = write(made.rows);
  const first = Math.min(...bad) + 1;
  return {
    table: made.table,
    text: lines.text,
    place: lines.at(first, made.column),
    cell: cells[first - 1][1],
  };
}

const QUOTES: readonly Kind[] = [
  clean(
    'all-cells-quoted',
    EVERY,
    'Every cell is quoted, numbers and missing cells too.',
    'Quotes say nothing about what a cell holds.',
    dialect({ quoted: 'all' }),
  ),
  clean(
    'text-cells-quoted',
    ['shop', 'visits', 'reviews', 'cities'],
    'Header and text cells are quoted, numbers are not.',
    'Many writers do so to mark text.',
    dialect({ quoted: 'text' }),
  ),
  clean(
    'quoted-numbers',
    ['measurements', 'sensors', 'shop', 'single'],
    'The numbers are quoted, the rest is not.',
    'Quotes say nothing about what a cell holds.',
    dialect({ quoted: 'numbers' }),
  ),
  clean(
    'quotes-at-random',
    FLAT,
    'Some cells are quoted and some are not, without a system.',
    'Every cell is legal by itself.',
    (table, random) => {
      const rows = sheet(table).map((cells) => cells.map((cell) => (random() < 0.4 ? inQuotes(cell) : cell)));
      return equal(write(rows).text, table);
    },
  ),
  clean(
    'delimiters-in-quotes',
    ['measurements', 'shop', 'visits'],
    'Quoted text with commas, semicolons and tabs in it.',
    'Inside quotes a delimiter is text.',
    wording('note', ['red, blue, green', 'a; b; c; d', 'one\ttwo', 'yes, no; perhaps', 'none of them']),
  ),
  clean(
    'doubled-quotes',
    ['measurements', 'shop', 'visits', 'cities'],
    'Quoted text with doubled quotes in it, at its start and end too.',
    'RFC 4180 asks for it.',
    wording('note', ['the "big" one', '"all of it"', 'ends with 24"', '"', 'a ""pair""', '", "', 'calm']),
  ),
  clean(
    'line-breaks-in-quotes',
    ['measurements', 'shop', 'sensors'],
    'Quoted text over several lines, blank ones among them and lines that look like comments or rows.',
    'Inside quotes a line is text, whatever it looks like.',
    wording('note', [
      'one\ntwo',
      'above\n\nbelow',
      'text\n# no comment',
      '1,2,3\n4,5,6',
      'x\n//\n% y',
      'calm',
    ]),
  ),
  clean(
    'blanks-around-quoted-cells',
    ['shop', 'measurements', 'cities', 'visits'],
    'Spaces before and after the quotes of quoted cells.',
    'Blanks outside quotes are no part of a cell.',
    (table, random) => {
      const wider = withColumn(
        table,
        1,
        'note',
        each(table, () => pick(random, ['red, blue', 'calm', 'the "big" one'])),
      );
      const blanks = () => ' '.repeat(whole(random, 0, 2));
      const rows = sheet(wider, { quoted: 'all' }).map((cells) =>
        cells.map((cell) => blanks() + cell + blanks()),
      );
      return equal(write(rows).text, wider);
    },
  ),
  clean(
    'backslash-at-end-of-quotes',
    ['measurements', 'shop', 'visits'],
    'Quoted text that ends with a backslash.',
    'In RFC 4180 a backslash is a letter like any other, and so read the file is whole.',
    wording('folder', ['C:\\data\\', 'C:\\new, old\\', 'D:\\'], { quoted: 'text' }),
  ),
  clean(
    'comment-mark-in-quotes',
    ['shop', 'visits', 'cities'],
    'Rows whose first cell starts with # or // inside quotes.',
    'A line that starts with a quote is no comment.',
    (table, random) => {
      const cells = each(table, () => pick(random, ['#1 hit', '# two', '// three', '% four', 'five']));
      const wider = withColumn(table, 0, 'title', cells);
      return equal(write(sheet(wider, { quoted: 'text' })).text, wider);
    },
  ),
  clean(
    'single-quotes-declared',
    ['shop', 'visits', 'reviews', 'measurements'],
    "Text in apostrophes, with commas and doubled apostrophes in it, and the user says that ' quotes.",
    'A quote that is given has not to be guessed.',
    (table, random) => {
      const cells = each(table, () =>
        pick(random, ["it's fine", 'red, blue', "rock 'n' roll, loud", 'the "big" one']),
      );
      const wider = withColumn(table, 1, 'note', cells);
      return equal(write(sheet(wider, { quote: "'", quoted: 'text' })).text, wider);
    },
    { quote: "'" },
  ),
  repairable(
    'single-quotes-undeclared',
    ['measurements', 'shop', 'visits', 'sensors'],
    'Every cell in apostrophes, the header too, and nobody says so.',
    'Apostrophes around every single cell are quotes.',
    (table) => equalOrRefused(write(sheet(table, { quote: "'", quoted: 'all' })).text, table, FIRST_LINE),
  ),
  repairable(
    'one-row-single-quoted',
    ['measurements', 'shop', 'cities'],
    'All cells quoted, those of one row with apostrophes.',
    'The numbers of that row are numbers in every other row.',
    (table, random) => {
      const rows = sheet(table, { quoted: 'all' });
      const row = inner(random, table);
      rows[row] = sheet(table, { quote: "'", quoted: 'all' })[row];
      return equalOrRefused(write(rows).text, table, { line: row + 1 });
    },
  ),
  repairable(
    'backslash-escaped-quotes',
    ['measurements', 'shop', 'visits', 'cities'],
    'Quotes inside quoted text are escaped with a backslash.',
    'Databases write it, and no other reading gives a table.',
    (table, random) => {
      const { text, place, ...made } = remarks(table, random, (aside) => `"${aside.replaceAll('"', '\\"')}"`);
      return equalOrRefused(text, made.table, lineOnly(place));
    },
  ),
  repairable(
    'unescaped-inner-quotes',
    ['measurements', 'shop', 'visits', 'cities'],
    'Quotes inside quoted text are not escaped at all.',
    'No delimiter stands next to them, so the text is plain to see.',
    (table, random) => {
      const { text, place, cell, ...made } = remarks(table, random, (aside) => `"${aside}"`);
      const column = place.column + cell.indexOf('"', 1) + 1;
      return equalOrRefused(text, made.table, { line: place.line, column });
    },
  ),
  repairable(
    'quote-in-unquoted-cell',
    ['measurements', 'shop', 'visits', 'cities'],
    'A quote in the middle or at the end of a cell that is not quoted, as in 24" for inches.',
    'A quote that does not open the cell is part of its text.',
    (table, random) => {
      const odd = inner(random, table);
      const cells = each(table, (row): [string, string] => {
        const text =
          row === odd ? pick(random, ['24" wide', 'pipe 3"', 'the "big" one']) : pick(random, CALM);
        return [text, text];
      });
      const made = spelled(table, random, 'remark', cells);
      const lines = write(made.rows);
      return equalOrRefused(lines.text, made.table, lineOnly(lines.at(odd + 1, made.column)));
    },
  ),
  ambiguous(
    'unescaped-quote-before-delimiter',
    ['measurements', 'shop', 'visits'],
    'Inside quoted text, a quote that is not escaped stands right before a comma.',
    'Whether the cell ends there, nobody can tell.',
    (table, random) => {
      const { text, place } = remarks(table, random, () => '"the "big", one"');
      return refused(text, lineOnly(place), 'a quote inside quoted text that may also end it');
    },
  ),
  ambiguous(
    'text-after-closing-quote',
    ['shop', 'visits', 'cities', 'reviews'],
    'Text follows the closing quote of a cell.',
    'Which part is the cell, only the writer knows.',
    (table, random) => {
      const rows = sheet(table, { quoted: 'text' });
      const column = pick(
        random,
        columnsThat(table, (cells) => !isNumeric(cells)),
      );
      const row = pick(
        random,
        rows.flatMap((cells, k) =>
          k > 2 && k < rows.length - 1 && /^"[^"\n]+"$/.test(cells[column]) ? [k] : [],
        ),
      );
      const length = rows[row][column].length;
      rows[row][column] += pick(random, ['ish', 'x', '2']);
      const made = write(rows);
      const place = made.at(row, column);
      const after = { line: place.line, column: place.column + length };
      return refused(made.text, after, 'text after a closing quote');
    },
  ),
  ambiguous(
    'extra-quote-before-quoted-cell',
    ['shop', 'visits', 'cities'],
    'A quoted cell starts with two quotes and ends with one.',
    'It may be an empty cell with text behind it, or a slip.',
    (table, random) => {
      const rows = sheet(table, { quoted: 'text' });
      const column = pick(
        random,
        columnsThat(table, (cells) => !isNumeric(cells)),
      );
      const row = inner(random, table);
      rows[row][column] = `"${rows[row][column]}`;
      const made = write(rows);
      return refused(made.text, lineOnly(made.at(row, column)), 'text after a closing quote');
    },
  ),
  ambiguous(
    'unterminated-quote',
    ALL_BUT_ONE,
    'A quote opens a cell and none closes it.',
    'Everything below is inside the quote.',
    (table, random) => {
      const rows = sheet(table);
      const free = rows.findLastIndex((cells) => cells.some((cell) => cell.includes('"'))) + 1;
      const row = whole(random, Math.max(free, 2), rows.length - 1);
      const column = whole(random, 0, rows[row].length - 1);
      rows[row][column] = `"${rows[row][column]}`;
      const made = write(rows);
      return refused(made.text, made.at(row, column), 'a quote that never closes');
    },
  ),
  ambiguous(
    'truncated-inside-quotes',
    ['shop', 'visits', 'cities', 'reviews'],
    'The file ends in the middle of a quoted cell.',
    'The end of the file is missing.',
    (table, random) => {
      const rows = sheet(table, { quoted: 'text' });
      const row = rows.length - 1;
      const column = pick(
        random,
        columnsThat(table, (cells) => !isNumeric(cells)),
      );
      rows[row] = [...rows[row].slice(0, column), rows[row][column].slice(0, 3)];
      const made = write(rows);
      return refused(made.text.slice(0, -1), made.at(row, column), 'a quote that never closes');
    },
  ),
];

// Bytes

/** The table with a column of place names beyond ASCII. */
const placed = (table: CleanTable, random: Random, names: readonly string[] = LATIN_NAMES): CleanTable =>
  withColumn(
    table,
    whole(random, 1, table.columns.length),
    'place',
    each(table, () => pick(random, names)),
  );

const latin1 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'latin1'));

/** The three that windows-1252 has where Latin-1 has none. */
const windows1252 = (text: string): Uint8Array =>
  latin1(text.replaceAll('€', '\x80').replaceAll('’', '\x92').replaceAll('–', '\x96'));

const utf16 = (text: string, order: 'little' | 'big'): Uint8Array => {
  const bytes = Buffer.from(text, 'utf16le');
  return new Uint8Array(order === 'big' ? bytes.swap16() : bytes);
};

/** The line of the first character beyond ASCII. */
const firstBeyondAscii = (text: string): Where => ({
  line: text.slice(0, text.search(/[^\0-\x7f]/)).split('\n').length,
});

const encoded =
  (encode: (text: string) => Uint8Array, names: readonly string[] = LATIN_NAMES): Apply =>
  (table, random) => {
    const wider = placed(table, random, names);
    return equal(encode(write(sheet(wider)).text), wider);
  };

const undeclared =
  (encode: (text: string) => Uint8Array, names: readonly string[]): Apply =>
  (table, random) => {
    const wider = placed(table, random, names);
    const { text } = write(sheet(wider));
    return equalOrRefused(encode(text), wider, firstBeyondAscii(text));
  };

const noise = (random: Random, length: number): number[] =>
  Array.from({ length }, () => whole(random, 0, 255));

const ascii = (text: string): number[] => [...text].map((letter) => letter.charCodeAt(0));

/** How files begin that are no text, each under the table it stands for. */
const BEGINNINGS: Readonly<Record<string, number[]>> = {
  measurements: [...ascii('PK'), 3, 4, 20, 0, 6, 0, 8, 0, 0, 0],
  shop: [...ascii('SQLite format 3'), 0, 16, 0, 1, 1],
  sensors: [...ascii('PAR1'), 21, 0, 21, 0x9c, 0x80, 0x18],
};

const BYTES: readonly Kind[] = [
  clean(
    'utf-8-bom',
    EVERY,
    'UTF-8 with a byte order mark.',
    'The mark is no part of the first name.',
    textual((text) => `\uFEFF${text}`),
  ),
  clean(
    'utf-8-bom-quoted-header',
    ['measurements', 'shop', 'reviews'],
    'UTF-8 with a byte order mark, right before the quote of the first name.',
    'The quote still opens the cell.',
    (table) => equal(`\uFEFF${write(sheet(table, { quoted: 'all' })).text}`, table),
  ),
  clean(
    'utf-8-letters',
    ['measurements', 'shop', 'visits'],
    'UTF-8 without a mark, with umlauts, Greek, Chinese and emoji.',
    'UTF-8 is what a file is unless it cannot be.',
    encoded(utf8, ['Köln', 'Αθήνα', '東京', 'Łódź', 'coast 🌊', 'naïve café']),
  ),
  clean(
    'utf-16-le-bom',
    ['measurements', 'shop', 'cities', 'reviews'],
    'UTF-16, little end first, with its mark.',
    'The mark says what it is.',
    encoded((text) => utf16(`\uFEFF${text}`, 'little')),
  ),
  clean(
    'utf-16-be-bom',
    ['measurements', 'shop', 'cities', 'reviews'],
    'UTF-16, big end first, with its mark.',
    'The mark says what it is.',
    encoded((text) => utf16(`\uFEFF${text}`, 'big')),
  ),
  clean(
    'utf-16-tabs-crlf',
    ['measurements', 'sensors', 'cities'],
    'UTF-16 with its mark, tabs and CR LF.',
    'Spreadsheets call this "Unicode text".',
    (table) =>
      equal(utf16(`\uFEFF${write(sheet(table, { delimiter: '\t' }), '\t', '\r\n').text}`, 'little'), table),
  ),
  repairable(
    'utf-16-without-bom',
    ['measurements', 'shop', 'sensors'],
    'UTF-16, little end first, without a mark.',
    'Every second byte is zero, which is plain to see.',
    (table) => equalOrRefused(utf16(write(sheet(table)).text, 'little'), table, FIRST_LINE),
  ),
  clean(
    'latin-1-declared',
    ['measurements', 'shop', 'cities', 'reviews'],
    'Latin-1 with umlauts, and the user says so.',
    'An encoding that is given has not to be guessed.',
    encoded(latin1),
    { encoding: 'latin1' },
  ),
  repairable(
    'latin-1-undeclared',
    ['measurements', 'shop', 'cities', 'reviews'],
    'Latin-1 with umlauts, and nobody says so.',
    'It is no UTF-8, and read as Latin-1 the names make sense.',
    undeclared(latin1, LATIN_NAMES),
  ),
  repairable(
    'windows-1252-undeclared',
    ['measurements', 'shop', 'cities'],
    'Windows-1252 with the euro sign, a curly apostrophe and a dash, and nobody says so.',
    'It is no UTF-8, and Windows wrote most such files.',
    undeclared(windows1252, ['L’Aquila', 'Köln – Nord', '€ zone', 'Málaga']),
  ),
  ambiguous(
    'one-broken-byte',
    ['measurements', 'shop', 'visits'],
    'UTF-8 with umlauts, but for one cell with an umlaut in Latin-1.',
    'Neither encoding fits all of it.',
    (table, random) => {
      const wider = placed(table, random);
      const column = headerOf(wider).indexOf('place');
      const rows = sheet(wider);
      const row = inner(random, table);
      rows[row][column] = 'M\0nster';
      const made = write(rows);
      const [before, after] = made.text.split('\0');
      const bytes = Uint8Array.of(...utf8(before), 0xfc, ...utf8(after));
      const table2 = spoilt(wider, column, row - 1);
      return reported(bytes, table2, made.at(row, column), 'a byte that is no UTF-8');
    },
  ),
  ambiguous(
    'nul-in-cell',
    ['measurements', 'shop', 'visits', 'sensors'],
    'A zero byte in the middle of a cell.',
    'What stood there is lost.',
    (table, random) => {
      const rows = sheet(table);
      const row = inner(random, table);
      const column = whole(random, 1, table.columns.length - 1);
      rows[row][column] = `1\0${rows[row][column]}`;
      return reported(write(rows).text, spoilt(table, column, row - 1), { line: row + 1 }, 'a zero byte');
    },
  ),
  ambiguous(
    'nul-tail',
    ['measurements', 'shop', 'cities'],
    'Zero bytes after the last line, as a crash while writing leaves them.',
    'The end of the file is lost, and with it an unknown number of rows.',
    (table, random) => {
      const { text } = write(sheet(table));
      return refused(
        text + '\0'.repeat(whole(random, 50, 300)),
        { line: text.split('\n').length },
        'zero bytes where a row should be',
      );
    },
  ),
  ambiguous(
    'binary-file',
    ['measurements', 'shop', 'sensors'],
    'No text at all: the start of a spreadsheet, a database or a column store.',
    'There is no table to be read as text.',
    (table, random) => {
      const bytes = [...BEGINNINGS[table.name], ...noise(random, 600)];
      return refused(Uint8Array.from(bytes), FIRST_LINE, 'not a text file');
    },
  ),
  repairable(
    'gzip',
    ['measurements', 'shop', 'cities'],
    'The file is compressed with gzip.',
    'Its first bytes say so; but unpacking it is more than reading it.',
    (table) => equalOrRefused(new Uint8Array(gzipSync(write(sheet(table)).text)), table, FIRST_LINE),
  ),
  repairable(
    'dos-end-mark',
    ['measurements', 'shop', 'cities'],
    'A last line with the one byte 26, which ended files in DOS.',
    'It is no data and stands behind all of it.',
    (table) => {
      const { text } = write(sheet(table));
      return equalOrRefused(`${text}\x1a`, table, { line: text.split('\n').length });
    },
  ),
];

// Header and what stands above it

const UNITS = ['cm', 'kg', 's', 'm/s', 'V', 'Pa', 'lx', 'ppm'];

const withHeader = (table: CleanTable, header: readonly string[]): CleanTable => ({
  ...table,
  header,
  target: header[headerOf(table).indexOf(table.target)],
});

const nameless = (table: CleanTable): CleanTable => ({
  ...table,
  header: null,
  target: `column ${headerOf(table).indexOf(table.target) + 1}`,
});

/** As R writes it: the first column has no name, and the header no cell for it. */
const rowNamed = (table: CleanTable, cells: readonly Cell[]): CleanTable =>
  withColumn(table, 0, 'column 1', cells);

/** What makes the header and all rows disagree: the header is the odd one out. */
const DISAGREE = 'the header has another number of cells than the rows';

const HEADERS: readonly Kind[] = [
  clean(
    'no-header',
    EVERY,
    'No header: the first line is data.',
    'Where the columns hold numbers the first line holds numbers too.',
    (table) => equal(write(sheet(table).slice(1)).text, nameless(table)),
  ),
  clean(
    'one-data-row',
    ['measurements', 'shop', 'visits', 'wide'],
    'A header and a single row.',
    'Short, but whole.',
    (table) => {
      const one = someRows(table, 0, 1);
      return equal(write(sheet(one)).text, one);
    },
  ),
  clean(
    'numeric-names-declared',
    ['measurements', 'sensors', 'wide'],
    'The names are years, and the user says that there is a header.',
    'Years over numbers look like a row; the user knows better.',
    (table) => {
      const years = withHeader(
        table,
        table.columns.map((_, column) => String(1990 + column)),
      );
      return equal(write(sheet(years)).text, years);
    },
    { header: 'present' },
  ),
  clean(
    'text-only-header-declared',
    ['measurements', 'shop', 'visits'],
    'Nothing but text, and the user says that there is a header.',
    'Text over text tells nothing; the user knows better.',
    (table, random) => {
      const words = wordsOnly(table, random);
      return equal(write(sheet(words)).text, words);
    },
    { header: 'present' },
  ),
  clean(
    'text-only-no-header-declared',
    ['measurements', 'shop', 'visits'],
    'Nothing but text, and the user says that there is no header.',
    'Text over text tells nothing; the user knows better.',
    (table, random) => {
      const words = wordsOnly(table, random);
      return equal(write(sheet(words).slice(1)).text, nameless(words));
    },
    { header: 'absent' },
  ),
  clean(
    'odd-names',
    ['measurements', 'sensors', 'cities'],
    'Names with a comma, a quote, a line break, a slash or a percent sign in them.',
    'A name is text like any other.',
    (table) => {
      const odd = withHeader(table, [
        'HEAD/%R',
        'weight, kg',
        'size "outer"',
        'first\nsecond',
        'Länge (m^2)',
      ]);
      return equal(write(sheet(odd)).text, odd);
    },
  ),
  clean(
    'very-long-name',
    ['measurements', 'shop', 'sensors'],
    'One name of twenty thousand letters.',
    'No rule says how long a name may be.',
    (table, random) => {
      const header = headerOf(table);
      const long = withHeader(table, header.with(whole(random, 0, header.length - 1), 'HEADER'.repeat(3400)));
      return equal(write(sheet(long)).text, long);
    },
  ),
  clean(
    'thousand-names',
    ['measurements', 'shop', 'single'],
    'A thousand columns with a name each.',
    'No rule says how many columns there may be.',
    (table, random) => {
      const names = Array.from({ length: 1000 }, (_, column) => `x${column + 1}`);
      const broad: CleanTable = {
        name: table.name,
        header: names,
        columns: names.map(() => Array.from({ length: 15 }, () => decimal(random, -2, 2, 2))),
        target: 'x1000',
      };
      return equal(write(sheet(broad)).text, broad);
    },
  ),
  clean(
    'index-without-name',
    ['measurements', 'shop', 'cities', 'reviews'],
    'The first column counts the rows from 0 and its name is empty.',
    'pandas writes it; a column without a name gets one.',
    (table) => {
      const indexed = withColumn(
        table,
        0,
        'column 1',
        each(table, (row) => row),
      );
      const [names, ...rows] = sheet(indexed);
      return equal(write([names.with(0, ''), ...rows]).text, indexed);
    },
  ),
  clean(
    'empty-name-in-middle',
    ['measurements', 'shop', 'visits', 'sensors'],
    'A column in the middle, with data, has no name.',
    'The column is there, so it gets a name.',
    (table, random) => {
      const header = headerOf(table);
      const column = whole(random, 1, header.length - 2);
      const [names, ...rows] = sheet(table);
      const named = withHeader(table, header.with(column, `column ${column + 1}`));
      return equal(write([names.with(column, ''), ...rows]).text, named);
    },
  ),
  clean(
    'trailing-delimiters',
    ['measurements', 'shop', 'cities', 'sensors'],
    'Every line, the header too, ends with a delimiter.',
    'It makes a last column without a name or a cell, which is none.',
    (table) => equal(write(sheet(table).map((cells) => [...cells, ''])).text, table),
  ),
  repairable(
    'several-trailing-delimiters',
    ['measurements', 'shop', 'cities'],
    'Every line, the header too, ends with the same two to four delimiters.',
    'Columns without a name or a cell are none, however many.',
    (table, random) => {
      const empty = Array.from({ length: whole(random, 2, 4) }, () => '');
      return equalOrRefused(write(sheet(table).map((cells) => [...cells, ...empty])).text, table, FIRST_LINE);
    },
  ),
  repairable(
    'trailing-delimiter-rows-only',
    ['measurements', 'shop', 'cities'],
    'Every row ends with a delimiter, but the header does not.',
    'The cell too many is empty in every row. The header is the odd one out, so the place is there.',
    (table) => {
      const [names, ...rows] = sheet(table);
      return equalOrRefused(write([names, ...rows.map((cells) => [...cells, ''])]).text, table, FIRST_LINE);
    },
  ),
  repairable(
    'trailing-delimiter-header-only',
    ['measurements', 'shop', 'cities'],
    'The header ends with a delimiter, but the rows do not.',
    'The name too many is empty.',
    (table) => {
      const [names, ...rows] = sheet(table);
      return equalOrRefused(write([[...names, ''], ...rows]).text, table, FIRST_LINE);
    },
  ),
  repairable(
    'row-names',
    ['measurements', 'sensors', 'shop', 'cities'],
    'The header has one name fewer than the rows have cells, and the first column counts or names the rows.',
    'R writes tables so. The header is the odd one out, so the place is there.',
    (table, random) => {
      const word = pick(random, ['', 'plot-']);
      const named = rowNamed(
        table,
        each(table, (row) => (word ? `${word}${row + 1}` : row + 1)),
      );
      const delimiter = pick(random, [',', ' ']);
      const rows = sheet(named, { delimiter, quoted: 'text', missing: 'NA' });
      const quoted = rows.map((cells, row) =>
        row === 0 ? cells.slice(1) : cells.with(0, `"${word}${row}"`),
      );
      return equalOrRefused(write(quoted, delimiter).text, named, FIRST_LINE);
    },
  ),
  ambiguous(
    'names-run-together',
    ['measurements', 'cities', 'wide'],
    'A delimiter is missing in the header: two names have become one.',
    'Which name is whose, somebody has to say. Read as row names, every name would shift.',
    (table, random) => {
      const [names, ...rows] = sheet(table);
      const at = whole(random, 0, names.length - 2);
      const fewer = names.toSpliced(at, 2, names[at] + names[at + 1]);
      const shifted = { ...table, header: ['column 1', ...fewer], target: fewer[fewer.length - 1] };
      return reported(write([fewer, ...rows]).text, shifted, FIRST_LINE, DISAGREE);
    },
  ),
  ambiguous(
    'one-name-too-many',
    ['measurements', 'sensors', 'shop'],
    'The header has one name, or one empty cell, more than every row has cells.',
    'Which name is too many, somebody has to say. The header is the odd one out, so the place is there.',
    (table, random) => {
      const [names, ...rows] = sheet(table);
      const more = names.toSpliced(whole(random, 1, names.length - 1), 0, pick(random, ['', 'extra']));
      return refused(write([more, ...rows]).text, FIRST_LINE, DISAGREE);
    },
  ),
  ambiguous(
    'duplicate-names',
    ['measurements', 'shop', 'sensors', 'wide'],
    'Two columns have the same name.',
    'The later one is renamed, and somebody should know.',
    (table, random) => {
      const header = headerOf(table);
      const [first, second] = [whole(random, 0, 1), whole(random, 2, 3)];
      const names = sheet(table);
      names[0][second] = header[first];
      const renamed = { ...table, header: header.with(second, `${header[first]} (2)`) };
      return reported(write(names).text, renamed, FIRST_LINE, 'two columns of one name');
    },
  ),
  ambiguous(
    'two-header-rows',
    ['measurements', 'sensors', 'wide'],
    'Below the header stands a second line of names, sometimes a third.',
    'Which of the lines has the names, somebody has to say.',
    (table, random) => {
      const [names, ...rows] = sheet(table);
      const more = ['long name of', 'code of']
        .slice(0, whole(random, 1, 2))
        .map((word) => names.map((name) => `${word} ${name}`));
      return refused(
        write([names, ...more, ...rows]).text,
        { line: 2 },
        'a line of words over columns of numbers',
      );
    },
  ),
  repairable(
    'units-row',
    ['measurements', 'sensors', 'cities', 'wide'],
    'Below the header stands a line with the units.',
    'A line of units is no row of data.',
    (table, random) => {
      const units = table.columns.map((cells) => (isNumeric(cells) ? pick(random, UNITS) : ''));
      return equalOrRefused(write(sheet(table).toSpliced(1, 0, units)).text, table, { line: 2 });
    },
  ),
  repairable(
    'preamble-title',
    ['measurements', 'shop', 'cities', 'visits'],
    'A title and a blank line stand above the header.',
    'A line with fewer cells than the table is no header.',
    under('Field survey of 2023', ''),
  ),
  repairable(
    'preamble-without-blank',
    ['measurements', 'shop', 'reviews'],
    'Two or three lines of text stand right above the header.',
    'A line with fewer cells than the table is no header.',
    under('Field survey', 'Prepared in May 2023', 'All values as read'),
  ),
  repairable(
    'preamble-with-cells',
    ['measurements', 'shop', 'cities', 'wide'],
    'Above the header stand pairs of a word and its value.',
    'A line with fewer cells than the table is no header.',
    under('Station,North field', 'Operator,A. Smith', 'Run,17', ''),
  ),
  repairable(
    'preamble-padded',
    ['measurements', 'cities', 'sensors'],
    'The title above the header is filled up with delimiters to the width of the table.',
    'Spreadsheets write it; one cell out of many is no header.',
    (table) => {
      const title = table.columns.map((_, column) => (column === 0 ? 'Field survey of 2023' : ''));
      return equalOrRefused(write([title, ...sheet(table)]).text, table, FIRST_LINE);
    },
  ),
  clean(
    'preamble-skipped',
    ['measurements', 'shop', 'single', 'reviews'],
    'Three lines above the header, as wide as they like, and the user says to skip three lines.',
    'The lines to skip are counted, not read.',
    below('Report "A', 'x,y,z,1,2,3,4,5', ''),
    { skipLines: 3 },
  ),
  clean(
    'comments-hash',
    EVERY,
    'Lines that start with # above the header.',
    'They are comments in most tools.',
    below('# made by hand, checked twice', '#', '# the "raw" values, see page 3'),
  ),
  clean(
    'comments-slashes',
    SOME,
    'Lines that start with // above the header.',
    'They are comments in many tools.',
    below('// made by hand, checked twice', '//no blank here'),
  ),
  clean(
    'comments-percent',
    SOME,
    'Lines that start with % above the header.',
    'They are comments in tools for mathematics.',
    below('% made by hand, checked twice', '%', '% it is not the "raw data'),
  ),
  clean(
    'comments-between-rows',
    SOME,
    'Lines that start with # or // between rows and at the end.',
    'A comment is a comment wherever it stands.',
    (table, random) => {
      const rows: string[][] = sheet(table);
      for (const remark of ['# new batch', '// checked, fine', '# the "second" probe, from here on'])
        rows.splice(whole(random, 1, rows.length - 1), 0, [remark]);
      return equal(write([...rows, ['# end, of 1 file']]).text, table);
    },
  ),
  clean(
    'comment-prefix-declared',
    ['measurements', 'shop', 'sensors'],
    'Lines that start with -- or REM, and the user says that these are comments.',
    'A mark that is given has not to be guessed.',
    below('-- made by hand, checked twice', 'REM all values, as read'),
    { commentPrefixes: ['--', 'REM'] },
  ),
];

/** As many rows, but every cell is text. */
function wordsOnly(table: CleanTable, random: Random): CleanTable {
  const words = {
    species: ['fox', 'owl', 'carp', 'newt'],
    home: ['wood', 'lake', 'field'],
    food: ['mice', 'fish', 'worms'],
    kept: ['yes', 'no'],
  };
  return {
    name: table.name,
    header: Object.keys(words),
    columns: Object.values(words).map((choice) => each(table, () => pick(random, choice))),
    target: 'kept',
  };
}

// What the cells say

const MISSING_WORDS = ['NA', 'N/A', 'NaN', 'null'];
const MISSING_MARKS = ['?', '-', '.'];

/** Cells go missing at random, none in the first row and never a whole row; each is written as one of the tokens. */
const missingAs =
  (tokens: readonly string[], wanted: (cells: readonly Cell[]) => boolean): Apply =>
  (table, random) => {
    const spared = table.columns.length > 1 && table.columns.every(wanted) ? 0 : -1;
    const columns = table.columns.map((cells, column) =>
      wanted(cells) && column !== spared
        ? cells.map((cell, row) => (row > 0 && random() < 0.12 ? null : cell))
        : cells,
    );
    const gaps = { ...table, columns };
    const rows = sheet(gaps);
    columns.forEach((cells, column) =>
      cells.forEach((cell, row) => {
        if (cell === null) rows[row + 1][column] = pick(random, tokens);
      }),
    );
    return equal(write(rows).text, gaps);
  };

/** One cell of a column of numbers is written otherwise; it counts as null and is reported. */
const oneBadCell =
  (
    texts: readonly string[],
    reason: string,
    change: Partial<Dialect> = {},
    wanted: (cells: readonly Cell[]) => boolean = isNumeric,
  ): Apply =>
  (table, random) => {
    const column = pick(random, columnsThat(table, wanted));
    const rows = sheet(table, change);
    const row = plainRow(rows, random);
    rows[row][column] = pick(random, texts);
    const made = write(rows, change.delimiter);
    return reported(made.text, spoilt(table, column, row - 1), made.at(row, column), reason);
  };

/** Numbers, and how somebody may have written them. */
const SPELLINGS: readonly [number, string][] = [
  [3, '+3'],
  [0.5, '.5'],
  [5, '5.'],
  [1000, '1E3'],
  [0.00001, '1e-05'],
  [-0.25, '-.25'],
  [3, '3.0'],
  [1.5, '1.50'],
  [-2500, '-2.5e+03'],
  [0, '0'],
];

const EXTREMES: readonly [number, string][] = [
  '1e308',
  '1.7976931348623157e308',
  '-1e308',
  '5e-324',
  '2.2250738585072014e-308',
  '1e-300',
  '9007199254740993',
  '123456789012345678901234567890',
  '0.1',
  '0.30000000000000004',
].map((text) => [Number(text), text]);

const CELLS: readonly Kind[] = [
  clean(
    'missing-words',
    ['measurements', 'sensors', 'cities', 'single'],
    'Missing numbers are written NA, N/A, NaN or null.',
    'These stand for nothing in every tool.',
    missingAs(MISSING_WORDS, isNumeric),
  ),
  clean(
    'missing-marks',
    ['measurements', 'sensors', 'cities', 'single'],
    'Missing numbers are written as a question mark, a dash or a point.',
    'Among numbers these stand for nothing.',
    missingAs(MISSING_MARKS, isNumeric),
  ),
  clean(
    'missing-empty',
    ['measurements', 'wide', 'cities', 'shop'],
    'Missing numbers are empty cells, the last cell of a line among them.',
    'An empty cell holds nothing.',
    missingAs([''], isNumeric),
  ),
  clean(
    'missing-mixed',
    ['measurements', 'sensors', 'shop', 'wide'],
    'Missing numbers are written in every way at once.',
    'Files from several hands look like this.',
    missingAs([...MISSING_WORDS, ...MISSING_MARKS, '', '""', ' '], isNumeric),
  ),
  clean(
    'missing-in-text-columns',
    ['shop', 'visits', 'cities'],
    'Text is missing too, written NA, N/A, null, a question mark or nothing.',
    'The same words mean the same in a column of text.',
    missingAs(['NA', 'N/A', 'null', '?', ''], (cells) => !isNumeric(cells)),
  ),
  clean(
    'missing-declared',
    ['measurements', 'sensors', 'single', 'cities'],
    'Missing numbers are written -999 or "absent", and the user says so.',
    'A token that is given has not to be guessed.',
    (table, random) => {
      const whole = { ...table, columns: table.columns.map((cells) => cells.map((cell) => cell ?? 1)) };
      return missingAs(['-999', 'absent'], isNumeric)(whole, random);
    },
    { missingTokens: ['-999', 'absent'] },
  ),
  repairable(
    'missing-other-case',
    ['measurements', 'sensors', 'wide'],
    'Missing numbers are written nan, NULL or n/a.',
    'The same words in other letters; a reader that takes them for text in a column of numbers says so.',
    (table, random) => {
      const column = pick(random, columnsThat(table, isNumeric));
      const bad = [inner(random, table), inner(random, table)];
      const rows = sheet(table);
      let gaps = table;
      for (const row of bad) {
        rows[row][column] = pick(random, ['nan', 'NULL', 'n/a']);
        gaps = spoilt(gaps, column, row - 1);
      }
      return equalOrRefused(write(rows).text, gaps, { line: Math.min(...bad) + 1 });
    },
  ),
  clean(
    'column-all-missing',
    ['measurements', 'shop', 'reviews', 'sensors'],
    'A column with a name but without a single value.',
    'The name says that it is a column.',
    (table, random) => {
      const token = pick(random, ['', 'NA', '?', 'null']);
      return spelling('unused', () => [null, token])(table, random);
    },
  ),
  clean(
    'number-spellings',
    ['measurements', 'shop', 'reviews'],
    'Numbers with a plus, without a leading zero, with an exponent or zeros at the end.',
    'They are numbers in every language.',
    spelling('value', (random, row) => SPELLINGS[row] ?? pick(random, SPELLINGS)),
  ),
  clean(
    'extreme-numbers',
    ['measurements', 'shop', 'reviews'],
    'The largest and smallest numbers, and some with more digits than a number keeps.',
    'Each has a nearest float64.',
    spelling('value', (random, row) => EXTREMES[row] ?? pick(random, EXTREMES)),
  ),
  clean(
    'seventeen-digits',
    ['measurements', 'shop', 'visits'],
    'Numbers with 17 significant digits.',
    'Every float64 must come back as it was.',
    spelling('value', (random) => {
      const value = (random() - 0.5) * 10 ** whole(random, -6, 6);
      return [value, value.toPrecision(17)];
    }),
  ),
  clean(
    'dates',
    ['measurements', 'shop', 'sensors'],
    'Dates and times as people write them, each column in one way.',
    'A date is text to this reader.',
    (table, random) => {
      const two = (value: number) => String(value).padStart(2, '0');
      const days = each(table, () => ({ d: whole(random, 1, 28), m: whole(random, 1, 12) }));
      const months = 'January February March April May June July August September October November December';
      const looks: [string, (d: number, m: number) => string][] = [
        ['iso', (d, m) => `2024-${two(m)}-${two(d)}T08:${two(d)}:00Z`],
        ['slashes', (d, m) => `${two(d)}/${two(m)}/2024`],
        ['points', (d, m) => `${d}.${m}.2024`],
        ['long', (d, m) => `${months.split(' ')[m - 1]} ${d}, 2024`],
        ['clock', (d, m) => `${two(m)}:${two(d)}`],
      ];
      let dated = table;
      for (const [name, look] of looks) {
        const cells = days.map(({ d, m }) => look(d, m));
        dated = withColumn(dated, whole(random, 0, dated.columns.length), name, cells);
      }
      return equal(write(sheet(dated)).text, dated);
    },
  ),
  clean(
    'booleans',
    ['measurements', 'shop', 'sensors'],
    'Columns of TRUE and FALSE, of True and False, and of yes and no.',
    'They stay text, in the letters of the file.',
    (table, random) => {
      let answered = table;
      for (const [name, choice] of Object.entries({
        shouted: ['TRUE', 'FALSE'],
        titled: ['True', 'False'],
        plain: ['yes', 'no'],
      }))
        answered = withColumn(
          answered,
          whole(random, 1, answered.columns.length),
          name,
          each(table, () => pick(random, choice)),
        );
      return equal(write(sheet(answered)).text, answered);
    },
  ),
  clean(
    'digits-among-text',
    ['measurements', 'shop', 'visits'],
    'A column of text in which two cells look like numbers.',
    'A column of room numbers is text, room 12 included.',
    (table, random) => {
      const cells: string[] = each(table, () => pick(random, ['A1', 'B12', 'C3', 'hall']));
      cells[inner(random, table)] = '12';
      cells[rowsOf(table) - 2] = '1e5';
      const wider = withColumn(table, whole(random, 1, table.columns.length), 'room', cells);
      return equal(write(sheet(wider)).text, wider);
    },
  ),
  clean(
    'underscores-in-numbers',
    ['measurements', 'shop', 'visits'],
    'A column of 1_000 and 2_500, as programmers write numbers.',
    'By convention it stays text.',
    wording('code', ['1_000', '2_500', '10_000']),
  ),
  clean(
    'hexadecimal',
    ['measurements', 'shop', 'visits'],
    'A column of 0x1F and 0xA0.',
    'By convention it stays text.',
    wording('address', ['0x1F', '0xA0', '0x10', '0x2b']),
  ),
  clean(
    'thousands-quoted',
    ['measurements', 'shop', 'visits', 'reviews'],
    'Numbers with commas between the thousands, quoted because of them.',
    'Two groups, or a group and a point, leave one reading.',
    spelling('amount', (random, row) => {
      const [units, cents] = amount(random, row).split('.');
      const text = row % 2 ? `${grouped(units)}.${cents}` : grouped(units);
      return [Number(text.replaceAll(',', '')), text.includes(',') ? inQuotes(text) : text];
    }),
  ),
  clean(
    'percent',
    ['measurements', 'shop', 'visits'],
    'Numbers with a percent sign.',
    'The sign is the unit of the whole column: 12% is 12.',
    spelling('share', (random) => {
      const value = decimal(random, 0, 100, whole(random, 0, 1));
      return [value, `${value}%`];
    }),
  ),
  clean(
    'currency-dollar',
    ['measurements', 'shop', 'visits'],
    'Amounts with a dollar sign and commas between the thousands.',
    'The sign is the unit of the whole column.',
    spelling('paid', (random, row) => {
      const [units, cents] = amount(random, row).split('.');
      const text = `$${grouped(units)}.${cents}`;
      return [Number(`${units}.${cents}`), text.includes(',') ? inQuotes(text) : text];
    }),
  ),
  clean(
    'currency-euro',
    ['measurements', 'shop', 'visits'],
    'Amounts with a euro sign and a space before them.',
    'The sign is the unit of the whole column.',
    spelling('paid', (random) => {
      const value = decimal(random, 1, 90, whole(random, 0, 2));
      return [value, `€ ${value}`];
    }),
  ),
  repairable(
    'currency-behind',
    ['measurements', 'shop', 'visits'],
    'Semicolons, and amounts as in "12,50 €".',
    'Half of Europe writes it so, and every cell of the column agrees.',
    (table, random) => {
      const cells = each(table, (): [number, string] => {
        const value = decimal(random, 1, 90, 2);
        return [value, `${value.toFixed(2).replace('.', ',')} €`];
      });
      const change = { delimiter: ';', number: decimalComma };
      const made = spelled(table, random, 'paid', cells, change);
      return equalOrRefused(write(made.rows, ';').text, made.table, { line: 2 });
    },
  ),
  clean(
    'decimal-comma-semicolon',
    ['measurements', 'sensors', 'shop', 'cities', 'wide'],
    'Semicolons between the cells and commas in the numbers.',
    'Every number with a fraction agrees.',
    dialect({ delimiter: ';', number: decimalComma }),
  ),
  clean(
    'decimal-comma-tab',
    ['measurements', 'sensors', 'shop'],
    'Tabs between the cells and commas in the numbers.',
    'Every number with a fraction agrees.',
    dialect({ delimiter: '\t', number: decimalComma }),
  ),
  clean(
    'decimal-comma-quoted',
    ['measurements', 'sensors', 'visits'],
    'Commas between the cells, and commas in the numbers, which are quoted.',
    'One or two digits behind the comma are no thousands.',
    dialect({ number: decimalComma }),
  ),
  clean(
    'decimal-comma-declared',
    ['measurements', 'shop', 'cities'],
    'Semicolons, and every fraction has three digits behind the comma; the user says that it is decimal.',
    'By itself 1,234 could be a thousand; the user knows better.',
    dialect({
      delimiter: ';',
      number: (value, fractional) => (fractional ? value.toFixed(3).replace('.', ',') : String(value)),
    }),
    { decimalSeparator: ',' },
  ),
  repairable(
    'points-between-thousands',
    ['measurements', 'shop', 'visits'],
    'Semicolons, and amounts as in 1.234,56.',
    'With a comma behind the points there is one reading.',
    (table, random) => {
      const cells = each(table, (row): [number, string] => {
        const [units, cents] = amount(random, row).split('.');
        return [Number(`${units}.${cents}`), `${grouped(units, '.')},${cents}`];
      });
      const change = { delimiter: ';', number: decimalComma };
      const made = spelled(table, random, 'amount', cells, change);
      return equalOrRefused(write(made.rows, ';').text, made.table, { line: 2 });
    },
  ),
  ambiguous(
    'mixed-decimals-one-comma',
    ['measurements', 'shop', 'visits'],
    'Semicolons and points in the numbers, but for one cell with a comma.',
    'It may be a slip, or a number of another kind.',
    oneBadCell(
      ['1,5', '20,75', '3,1'],
      'a decimal comma among decimal points',
      { delimiter: ';' },
      isFractional,
    ),
  ),
  ambiguous(
    'mixed-decimals-one-point',
    ['measurements', 'shop', 'visits'],
    'Semicolons and commas in the numbers, but for one cell with a point.',
    'It may be a slip, or a number of another kind.',
    oneBadCell(
      ['1.5', '20.75', '3.1'],
      'a decimal point among decimal commas',
      { delimiter: ';', number: decimalComma },
      isFractional,
    ),
  ),
  ambiguous(
    'text-in-number-column',
    ALL_BUT_ONE,
    'One cell of a column of numbers holds words.',
    'The number is lost; a careful reader says where.',
    oneBadCell(['broken', 'see note', 'out of range', '<0.5', 'about 7'], 'text in a column of numbers'),
  ),
  ambiguous(
    'infinity',
    ['measurements', 'shop', 'sensors', 'single'],
    'One cell of a column of numbers is Inf, -Inf or Infinity.',
    'It is a number, but none that can be learned from.',
    oneBadCell(['Inf', '-Inf', 'Infinity', '-Infinity'], 'an infinite number'),
  ),
  ambiguous(
    'number-too-large',
    ['measurements', 'shop', 'sensors'],
    'One cell holds a number beyond float64, such as 1e999.',
    'It would become infinite.',
    oneBadCell(['1e999', '-2E400', '9'.repeat(400)], 'a number too large'),
  ),
];

// Rows

const cellsOf = (table: CleanTable): number => table.columns.length;

const damagedRow =
  (
    damage: (cells: string[], random: Random) => string[],
    column: (cells: readonly string[], width: number) => number,
    reason: string,
  ): Apply =>
  (table, random) => {
    const rows: string[][] = sheet(table);
    const row = plainRow(rows, random);
    rows[row] = damage(rows[row], random);
    const made = write(rows);
    return refused(made.text, made.at(row, column(rows[row], cellsOf(table))), reason);
  };

const TOO_MANY = 'a row with too many cells';
const TOO_FEW = 'a row with too few cells';
const lastCell = (cells: readonly string[]): number => cells.length - 1;
const firstExtra = (_: readonly string[], width: number): number => width;

/** The rows of a second table below a blank line, refused where its header stands. */
const twoTables =
  (second: (table: CleanTable) => CleanTable): Apply =>
  (table) => {
    const rows = sheet(table);
    const made = write([...rows, [''], ...sheet(second(table))]);
    return refused(made.text, lineOnly(made.at(rows.length + 1)), 'a second table');
  };

const renamed = (table: CleanTable, names: readonly string[]): CleanTable => ({
  ...someRows(table, 0, 6),
  header: names.map((name) => `${name}_b`),
});

/** What stands below the table. */
const footer = (rows: string[][], cells: string[], blank: boolean): { made: Written; line: Where } => {
  const all = [...rows, ...(blank ? [['']] : []), cells];
  const made = write(all);
  return { made, line: made.at(all.length - 1) };
};

const sumOf = (cells: readonly Cell[]): string => {
  let sum = 0;
  for (const cell of cells) if (typeof cell === 'number') sum += cell;
  return sum.toFixed(2);
};

/** The ways to be empty, each under the table it stands for. */
const NOTHING: Readonly<Record<string, string>> = {
  measurements: '',
  shop: '\n',
  single: '\uFEFF',
  wide: '\r\n\r\n\r\n',
  cities: '  \n',
};

const ROWS: readonly Kind[] = [
  ambiguous(
    'row-too-long',
    ALL_BUT_ONE,
    'One row has one to three cells too many at its end.',
    'What the cells belong to, nobody can tell.',
    damagedRow(
      (cells, random) => [...cells, ...['7', 'x', '2.5'].slice(0, whole(random, 1, 3))],
      firstExtra,
      TOO_MANY,
    ),
  ),
  ambiguous(
    'row-too-short',
    ALL_BUT_ONE,
    'One row ends one or more cells early.',
    'Which cells are missing, nobody can tell.',
    damagedRow((cells, random) => cells.slice(0, whole(random, 2, cells.length - 1)), lastCell, TOO_FEW),
  ),
  ambiguous(
    'extra-delimiter',
    ALL_BUT_ONE,
    'One row has a delimiter too many in front of a cell.',
    'From there on every cell would stand in the wrong column.',
    damagedRow(
      (cells, random) => cells.toSpliced(whole(random, 0, cells.length - 1), 0, ''),
      firstExtra,
      TOO_MANY,
    ),
  ),
  ambiguous(
    'missing-delimiter',
    ALL_BUT_ONE,
    'In one row a delimiter is missing and two cells have become one.',
    'From there on every cell would stand in the wrong column.',
    damagedRow(
      (cells, random) => {
        const at = whole(random, 0, cells.length - 2);
        return cells.toSpliced(at, 2, cells[at] + cells[at + 1]);
      },
      lastCell,
      TOO_FEW,
    ),
  ),
  ambiguous(
    'several-ragged-rows',
    ['measurements', 'shop', 'cities', 'sensors'],
    'Three rows have the wrong number of cells, each in its way.',
    'The first of them is the place to look at.',
    (table, random) => {
      const rows: string[][] = sheet(table);
      const start = whole(random, 3, rows.length - 9);
      rows[start] = [...rows[start], '7'];
      rows[start + 2] = rows[start + 2].slice(0, -1);
      rows[start + 5] = [...rows[start + 5], '7', '8'];
      const made = write(rows);
      return refused(made.text, made.at(start, cellsOf(table)), TOO_MANY);
    },
  ),
  repairable(
    'trailing-delimiter-one-row',
    ['measurements', 'shop', 'cities', 'sensors'],
    'One row ends with a delimiter, the others do not.',
    'The cell too many is empty and last.',
    (table, random) => {
      const rows: string[][] = sheet(table);
      const row = plainRow(rows, random);
      rows[row] = [...rows[row], ''];
      const made = write(rows);
      return equalOrRefused(made.text, table, made.at(row, cellsOf(table)));
    },
  ),
  ambiguous(
    'unquoted-thousands',
    ['measurements', 'shop', 'visits'],
    'Commas between the cells, and one number with a comma between its thousands and no quotes.',
    'The row has one cell too many.',
    damagedRow(
      (cells, random) =>
        cells
          .with(whole(random, 1, cells.length - 1), '1,234')
          .join(',')
          .split(','),
      firstExtra,
      TOO_MANY,
    ),
  ),
  ambiguous(
    'unquoted-decimal-commas',
    ['measurements', 'cities', 'wide'],
    'Commas between the cells, and one column with decimal commas and no quotes.',
    'Every row has a cell more than the header, and only a person sees why.',
    (table, random) => {
      const at = whole(random, 1, cellsOf(table));
      const units = each(table, () => whole(random, 1, 99));
      const tenths = each(table, () => whole(random, 1, 9));
      const split = withColumn(withColumn(table, at, 'depth', tenths), at, 'depth', units);
      const [, ...rows] = sheet(split);
      const names = headerOf(split).toSpliced(at, 1);
      const shifted = { ...split, header: ['column 1', ...names] };
      return reported(write([[...names], ...rows]).text, shifted, FIRST_LINE, DISAGREE);
    },
  ),
  ambiguous(
    'row-broken-in-two',
    ['measurements', 'shop', 'visits', 'wide'],
    'A line break without quotes stands in the middle of a cell.',
    'Two short rows, and only a person sees that they are one.',
    (table, random) => {
      const rows: string[][] = sheet(table);
      // A cell of at least two letters, with two cells before the break and one behind it.
      const fits = (cells: readonly string[]) =>
        cells.flatMap((cell, column) =>
          column > 0 && column < cells.length - 1 && cell.length > 1 ? [column] : [],
        );
      const row = plainRow(rows, random, (cells) => fits(cells).length > 0);
      const cells = rows[row];
      const column = pick(random, fits(cells));
      const cut = whole(random, 1, cells[column].length - 1);
      rows.splice(
        row,
        1,
        [...cells.slice(0, column), cells[column].slice(0, cut)],
        [cells[column].slice(cut), ...cells.slice(column + 1)],
      );
      const made = write(rows);
      return refused(made.text, made.at(row, column), TOO_FEW);
    },
  ),
  ambiguous(
    'rows-run-together',
    ['measurements', 'shop', 'visits', 'sensors'],
    'The line end between two rows is missing.',
    'Where the one ends and the other starts, only a person sees.',
    (table, random) => {
      const rows: string[][] = sheet(table);
      const row = plainRow(rows, random);
      const [first, second] = [rows[row], rows[row + 1]];
      const seam = first[first.length - 1] + second[0];
      rows.splice(row, 2, [...first.slice(0, -1), seam, ...second.slice(1)]);
      const made = write(rows);
      return refused(made.text, made.at(row, cellsOf(table)), TOO_MANY);
    },
  ),
  ambiguous(
    'last-row-cut-off',
    ALL_BUT_ONE,
    'The file ends in the middle of its last row.',
    'The rest of the row, and perhaps of the file, is missing.',
    (table, random) => {
      const rows: string[][] = sheet(table);
      const row = rows.length - 1;
      const column = pick(
        random,
        rows[row].flatMap((cell, k) => (k > 0 && k < cellsOf(table) - 1 && cell !== '' ? [k] : [])),
      );
      const cell = rows[row][column];
      rows[row] = [...rows[row].slice(0, column), cell.slice(0, whole(random, 1, cell.length))];
      const made = write(rows);
      return refused(made.text.slice(0, -1), made.at(row, column), TOO_FEW);
    },
  ),
  repairable(
    'repeated-header',
    ['measurements', 'sensors', 'shop', 'reviews', 'wide'],
    'The header stands once more among the rows, as in files that were joined.',
    'Word for word the header: it is no row of data.',
    (table, random) => {
      const rows = sheet(table);
      const row = whole(random, 3, rows.length - 2);
      const made = write(rows.toSpliced(row, 0, rows[0]));
      return equalOrRefused(made.text, table, lineOnly(made.at(row)));
    },
  ),
  ambiguous(
    'two-tables-same-width',
    ['measurements', 'sensors', 'wide'],
    'Below a blank line stands a second table with other names and as many columns.',
    'Which of the two is meant, somebody has to say.',
    twoTables((table) => renamed(table, headerOf(table))),
  ),
  ambiguous(
    'two-tables-second-narrower',
    ['measurements', 'sensors', 'shop'],
    'Below a blank line stands a second table with fewer columns.',
    'Which of the two is meant, somebody has to say.',
    twoTables((table) =>
      renamed({ ...table, columns: table.columns.slice(0, 3) }, headerOf(table).slice(0, 3)),
    ),
  ),
  ambiguous(
    'two-tables-second-wider',
    ['measurements', 'sensors', 'shop'],
    'Below a blank line stands a second table with more columns.',
    'Which of the two is meant, somebody has to say.',
    twoTables((table) => {
      const wider = withColumn(withColumn(table, 1, 'u', table.columns[0]), 1, 'v', table.columns[0]);
      return renamed(wider, headerOf(wider));
    }),
  ),
  repairable(
    'footer-lone-text',
    ['measurements', 'shop', 'cities', 'reviews'],
    'Below the table stands one line of text without a delimiter.',
    'One lone cell of text is no row.',
    (table, random) => {
      const text = pick(random, ['Source: own survey', '(24 rows affected)', 'End of report']);
      const { made, line } = footer(sheet(table), [text], random() < 0.5);
      return equalOrRefused(made.text, table, lineOnly(line));
    },
  ),
  ambiguous(
    'footer-fewer-cells',
    ['measurements', 'shop', 'cities', 'reviews'],
    'Below the table stands a line with a word and a number.',
    'It may be a total, or a row that was cut off.',
    (table, random) => {
      const { made, line } = footer(sheet(table), ['Total', '17.5'], random() < 0.5);
      return refused(made.text, { line: line.line, column: 'Total,'.length + 1 }, TOO_FEW);
    },
  ),
  ambiguous(
    'footer-totals',
    NUMBERS,
    'Below the table stands a row of sums, with the word Total in the first column of numbers.',
    'By its cells it is a row, but for the word among numbers.',
    (table, random) => {
      const sums = table.columns.slice(1).map(sumOf);
      const { made, line } = footer(sheet(table), ['Total', ...sums], random() < 0.3);
      const columns = table.columns.map((cells, k) => [...cells, k === 0 ? null : Number(sums[k - 1])]);
      return reported(made.text, { ...table, columns }, line, 'text in a column of numbers');
    },
  ),
  ambiguous(
    'header-only',
    ['measurements', 'shop', 'single', 'wide'],
    'A header without any row, sometimes below a comment.',
    'There is nothing to learn from.',
    (table, random) => {
      const [names] = sheet(table);
      const comment = random() < 0.4 ? [['# empty so far']] : [];
      const { text } = write([...comment, names]);
      const content = random() < 0.5 ? text.slice(0, -1) : text;
      return refused(content, { line: comment.length + 1 }, 'a header without rows');
    },
  ),
  ambiguous(
    'empty-file',
    ['measurements', 'shop', 'single', 'wide', 'cities'],
    'No bytes at all, or nothing but a byte order mark, blanks or line ends.',
    'There is nothing to read.',
    (table) => refused(NOTHING[table.name], FIRST_LINE, 'nothing in the file'),
  ),
];

export const KINDS: readonly Kind[] = [...DIALECTS, ...QUOTES, ...BYTES, ...HEADERS, ...CELLS, ...ROWS];
