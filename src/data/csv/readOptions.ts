import type { ColumnKind } from '../../settings/data';
import { defaults, type Settings } from '../../settings/settings';

/** What a person may say about how a file is to be read; all of it is found otherwise. */
export interface ReadOptions {
  readonly delimiter?: string;
  readonly header?: 'auto' | 'present' | 'absent';
  readonly decimalSeparator?: 'auto' | '.' | ',';
  readonly commentPrefixes?: readonly string[];
  readonly skipLines?: number;
  /** Physical lines on which records begin that are left out. */
  readonly leaveOutLines?: readonly number[];
  readonly missingTokens?: readonly string[];
  readonly encoding?: string;
  readonly quote?: string;
  /** Rows to read at most; 0: all. */
  readonly maxRows?: number;
  /** What columns hold, by their names, whatever is found in them. */
  readonly columnTypes?: Readonly<Record<string, ColumnKind>>;
  /** Texts that mean that a cell is missing in one column, by its name. */
  readonly placeholders?: Readonly<Record<string, readonly string[]>>;
  /** Whether texts of a column that differ in nothing that counts are one. */
  readonly mergeSpellings?: boolean;
}

/** The comment prefixes and missing tokens of readers that are told none. */
export const DEFAULT_COMMENTS = defaults['csv.commentPrefixes'];
export const MISSING = defaults['csv.missingTokens'];

const NAMED = new Map([
  ['comma', ','],
  ['semicolon', ';'],
  ['tab', '\t'],
  ['pipe', '|'],
  ['space', ' '],
]);
type ReadingKey =
  Extract<keyof Settings, `csv.${string}`> | 'data.columnTypes' | 'data.placeholders' | 'data.mergeSpellings';

/** What the settings say about how a file is to be read. */
export function readOptionsOf(settings: Pick<Settings, ReadingKey>): ReadOptions {
  const delimiter = settings['csv.delimiter'];
  const quote = settings['csv.quote'];
  return {
    delimiter: NAMED.get(delimiter) ?? delimiter,
    header: settings['csv.header'],
    decimalSeparator: settings['csv.decimalSeparator'],
    commentPrefixes: settings['csv.commentPrefixes'],
    skipLines: settings['csv.skipLines'],
    leaveOutLines: settings['csv.leaveOutLines'],
    missingTokens: settings['csv.missingTokens'],
    encoding: settings['csv.encoding'],
    maxRows: settings['csv.maxRows'],
    columnTypes: settings['data.columnTypes'],
    placeholders: settings['data.placeholders'],
    mergeSpellings: settings['data.mergeSpellings'],
    ...(quote !== 'auto' && { quote }),
  };
}

/** What a map by the names of columns has for one: a name may be any text, `constructor` too. */
export const ownOf = <T>(map: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(map, name) ? map[name] : undefined;

/** A delimiter with blanks beside it is the delimiter: blanks around cells never count. */
export const bareDelimiter = (delimiter: string): string =>
  delimiter.length > 1 ? delimiter.trim() || ' ' : delimiter;
