import { syntaxOf, DELIMITERS, type Syntax } from './cells';
import type { HeadRecord } from './headRecords';
import { cellsOf } from './header';

/** Names of columns that stand above the rows, not in a row of their own. */
export interface NamesAbove {
  /** The line they are on, and the columns of characters it takes. */
  readonly line: number;
  readonly endColumn: number;
  readonly names: readonly string[];
  readonly how: 'comment' | 'ARFF' | 'two lines' | 'JSON Lines';
}

/** A longer one is a sentence. */
const LONGEST_NAME = 60;
/** What stands before the names in logs of servers and of networks. */
const FIELDS = /^fields:?(?=[\t ])/i;

/** The names in the comments right above the first row, if one has as many as there are columns. */
export function commentedNames(
  comments: readonly HeadRecord[],
  prefixes: readonly string[],
  { syntax, width }: { readonly syntax: Syntax; readonly width: number },
): NamesAbove | null {
  const bare = ({ raw }: HeadRecord) => {
    const prefix = prefixes.find((each) => raw.startsWith(each)) ?? '';
    return raw.slice(prefix.length).trimStart();
  };
  const last = comments.at(-1);
  const declared = comments.findLast((record) => FIELDS.test(bare(record)));
  const found = declared ?? last;
  if (!found) return null;
  const text = bare(found)
    .replace(declared ? FIELDS : /^/, '')
    .trim();
  // A sentence has blanks between its words.
  const others = DELIMITERS.filter((delimiter) => delimiter !== ' ').map((delimiter) => syntaxOf(delimiter));
  for (const each of [syntax, ...others]) {
    const names = cellsOf(text, each);
    if (names.length === width && names.every(isName) && new Set(names).size === width)
      return { line: found.line, endColumn: found.raw.length + 1, names, how: 'comment' };
  }
  return null;
}

const isName = (text: string) =>
  text !== '' &&
  text.length <= LONGEST_NAME &&
  !/[.!?:,;]$/.test(text) &&
  Number.isNaN(Number(text.replace(',', '.')));
