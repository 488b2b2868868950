import type { Definitions } from './definition';

/** How a file is read: `csv.*`; `auto` is found from the file. */
export interface CsvSettings {
  'csv.delimiter': string;
  'csv.header': 'auto' | 'present' | 'absent';
  'csv.decimalSeparator': 'auto' | '.' | ',';
  'csv.quote': string;
  'csv.commentPrefixes': string[];
  'csv.skipLines': number;
  'csv.missingTokens': string[];
  'csv.encoding': string;
  'csv.maxRows': number;
}

export const csv: Definitions<CsvSettings> = {
  'csv.delimiter': {
    kind: 'text',
    default: 'auto',
    acts: 'restart',
    description:
      'What separates the cells: one character, or comma, semicolon, tab, pipe, space; auto: found from the first 64 kB.',
  },
  'csv.header': {
    kind: 'choice',
    choices: {
      auto: 'A first row of words is a header.',
      present: 'The first row holds the names of the columns.',
      absent: 'The first row is data.',
    },
    default: 'auto',
    acts: 'restart',
    description: 'Whether the table has a header.',
  },
  'csv.decimalSeparator': {
    kind: 'choice',
    choices: { auto: 'Found from the first 64 kB.', '.': '1.5', ',': '1,5' },
    default: 'auto',
    acts: 'restart',
    description: 'The decimal mark of numbers.',
  },
  'csv.quote': {
    kind: 'text',
    default: 'auto',
    acts: 'restart',
    description:
      'The character around cells that hold delimiters; empty: quotes are text like any other; auto: " unless all cells stand in apostrophes.',
  },
  'csv.commentPrefixes': {
    kind: 'texts',
    default: ['#', '//', '%'],
    acts: 'restart',
    description: 'Lines that start with one of these are comments, unless they are full rows.',
  },
  'csv.skipLines': {
    kind: 'number',
    minimum: 0,
    maximum: 10_000_000,
    whole: true,
    default: 0,
    acts: 'restart',
    description: 'Lines to pass over at the start of the file.',
  },
  'csv.missingTokens': {
    kind: 'texts',
    default: [
      ...['NA', 'N/A', 'NaN', 'null', '?', '-', '.'],
      ...['na', 'n/a', 'nan', 'NAN', 'Null', 'NULL', '#N/A', 'None', 'none'],
      ...['<NA>', 'NaT', '[NULL]', '\\N'],
    ],
    acts: 'restart',
    description: 'Texts that mean that a cell is missing, besides empty cells.',
  },
  'csv.encoding': {
    kind: 'text',
    default: 'auto',
    acts: 'restart',
    description:
      'Encoding of the file, such as utf-8, utf-16le, windows-1252, latin1 or shift_jis; auto: found.',
  },
  'csv.maxRows': {
    kind: 'number',
    minimum: 0,
    maximum: 1_000_000_000,
    whole: true,
    default: 0,
    acts: 'restart',
    description: 'Rows to read at most; 0: all.',
  },
};
