import type { Definitions } from './definition';

/** How a file is read: `csv.*`; `auto` is found from the file. */
export interface CsvSettings {
  'csv.delimiter': string;
  'csv.header': 'auto' | 'present' | 'absent';
  'csv.decimalSeparator': 'auto' | '.' | ',';
  'csv.quote': string;
  'csv.commentPrefixes': string[];
  'csv.skipLines': number;
  'csv.leaveOutLines': number[];
  'csv.missingTokens': string[];
  'csv.encoding': string;
  'csv.maxRows': number;
}

export const csv: Definitions<CsvSettings> = {
  'csv.delimiter': {
    kind: 'text',
    default: 'auto',
    acts: 'restart',
  },
  'csv.header': {
    kind: 'choice',
    choices: ['auto', 'present', 'absent'],
    default: 'auto',
    acts: 'restart',
  },
  'csv.decimalSeparator': {
    kind: 'choice',
    choices: ['auto', '.', ','],
    default: 'auto',
    acts: 'restart',
  },
  'csv.quote': {
    kind: 'text',
    default: 'auto',
    acts: 'restart',
  },
  'csv.commentPrefixes': {
    kind: 'texts',
    default: ['#', '//', '%'],
    acts: 'restart',
  },
  'csv.skipLines': {
    kind: 'number',
    minimum: 0,
    maximum: 10_000_000,
    whole: true,
    default: 0,
    acts: 'restart',
  },
  'csv.leaveOutLines': {
    kind: 'numbers',
    longest: 1000,
    minimum: 1,
    maximum: 1_000_000_000,
    whole: true,
    default: [],
    acts: 'restart',
  },
  'csv.missingTokens': {
    kind: 'texts',
    default: [
      ...['NA', 'N/A', 'NaN', 'null', '?', '-', '.'],
      ...['na', 'n/a', 'nan', 'NAN', 'Null', 'NULL', '#N/A', 'None', 'none'],
      ...['<NA>', 'NaT', '[NULL]', '\\N'],
    ],
    acts: 'restart',
  },
  'csv.encoding': {
    kind: 'text',
    default: 'auto',
    acts: 'restart',
  },
  'csv.maxRows': {
    kind: 'number',
    minimum: 0,
    maximum: 1_000_000_000,
    whole: true,
    default: 0,
    acts: 'restart',
  },
};
