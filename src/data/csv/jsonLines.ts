import { LONGEST_RECORD } from './limits';
import type { NamesAbove } from './commentedNames';
import type { ProblemMessages } from '../message';

/** The first line of JSON Lines that is no row, and why. */
export type NoJsonRow = { readonly line: number } & ProblemMessages['no-json-row'];

/** JSON Lines as they are read: a row of CSV for each line, its cells in the order in which their names came first. */
export interface JsonLines {
  readonly namesAbove: NamesAbove;
  /** The rows as bytes of CSV, each on the line of its object. */
  readonly rows: () => Generator<Uint8Array>;
}

/** What a value may be beside a text: a number as it is written, which may have more digits than one keeps, or a word. */
const PLAIN = /^(?:-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?|true|false|null|NaN|-?Infinity)$/;
/** A longer one is none. */
const LONGEST_PLAIN = 1000;
/** Rows that go out in one piece. */
const ROWS_AT_ONCE = 1000;

/** The text of a JSON string; null where an escape in it is none. */
function unescaped(text: string): string | null {
  if (!text.includes('\\')) return text;
  try {
    const found: unknown = JSON.parse(`"${text}"`);
    return typeof found === 'string' ? found : null;
  } catch {
    return null;
  }
}

/** Behind the blanks at a place. */
function behindBlanks(text: string, from: number): number {
  let at = from;
  while (text[at] === ' ' || text[at] === '\t') at++;
  return at;
}

/** Where the quote is that closes the one at a place; −1 for none. A pattern would run out of stack on a long text. */
function closingQuote(text: string, opening: number): number {
  for (let at = text.indexOf('"', opening + 1); at >= 0; at = text.indexOf('"', at + 1)) {
    let before = at;
    while (text[before - 1] === '\\') before--;
    if ((at - before) % 2 === 0) return at;
  }
  return -1;
}

/** Calls `each` for the values of one object, all of them plain; the reason where it is none. */
function eachValue(
  text: string,
  each: (name: string, value: string, isText: boolean) => void,
): ProblemMessages['no-json-row'] | null {
  const broken = { why: 'broken', name: '' } as const;
  if (!text.startsWith('{')) return broken;
  let at = behindBlanks(text, 1);
  if (text[at] === '}') return at === text.length - 1 ? null : broken;
  for (;;) {
    const nameEnd = text[at] === '"' ? closingQuote(text, at) : -1;
    const name = nameEnd < 0 ? null : unescaped(text.slice(at + 1, nameEnd));
    at = behindBlanks(text, nameEnd + 1);
    if (name === null || text[at] !== ':') return broken;
    at = behindBlanks(text, at + 1);
    if (text[at] === '[' || text[at] === '{') return { why: 'nested', name };
    const isText = text[at] === '"';
    const end = isText ? closingQuote(text, at) : plainEnd(text, at);
    const value = end < 0 ? null : isText ? unescaped(text.slice(at + 1, end)) : plain(text.slice(at, end));
    if (value === null) return broken;
    each(name, value, isText);
    at = behindBlanks(text, isText ? end + 1 : end);
    if (text[at] === '}') return at === text.length - 1 ? null : broken;
    if (text[at] !== ',') return broken;
    at = behindBlanks(text, at + 1);
  }
}

/** Where a value that is no text ends, or has become longer than any. */
function plainEnd(text: string, from: number): number {
  let at = from;
  while (at < text.length && at - from <= LONGEST_PLAIN && !',} \t'.includes(text[at])) at++;
  return at;
}

/** A value that is no text, empty for null; null where it is none. */
const plain = (text: string): string | null =>
  text.length > LONGEST_PLAIN || !PLAIN.test(text) ? null : text === 'null' ? '' : text;

/** The lines of a text in chunks of UTF-8, trimmed. Null for one that is longer than a row may be. */
function* linesOf(chunks: Iterable<Uint8Array>): Generator<string | null> {
  const decoder = new TextDecoder();
  let rest = '';
  for (const chunk of chunks) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) yield line.trim();
    if (rest.length > LONGEST_RECORD) yield null;
  }
  const last = (rest + decoder.decode()).trim();
  if (last !== '') yield last;
}

/**
 * JSON Lines of flat objects as rows of CSV, whose columns are all the names that stand in the file, in the order in which
 * they came. The first line that is no such object is why they are no table.
 */
export function jsonLinesOf(chunks: () => Iterable<Uint8Array>): JsonLines | NoJsonRow {
  const indexes = new Map<string, number>();
  let line = 0;
  for (const text of linesOf(chunks())) {
    line++;
    const wrong =
      text === null
        ? ({ why: 'broken', name: '' } as const)
        : text === ''
          ? null
          : eachValue(text, (name) => {
              if (!indexes.has(name)) indexes.set(name, indexes.size);
            });
    if (wrong) return { line, ...wrong };
  }
  const names = [...indexes.keys()];
  return {
    namesAbove: { line: 1, endColumn: 2, names, how: 'JSON Lines' },
    rows: function* () {
      const encoder = new TextEncoder();
      let rows: string[] = [];
      for (const text of linesOf(chunks())) {
        rows.push(text === null || text === '' ? '' : rowOf(text, indexes));
        if (rows.length < ROWS_AT_ONCE) continue;
        yield encoder.encode(`${rows.join('\n')}\n`);
        rows = [];
      }
      if (rows.length > 0) yield encoder.encode(`${rows.join('\n')}\n`);
    },
  };
}

function rowOf(text: string, indexes: ReadonlyMap<string, number>): string {
  const cells = new Array<string>(indexes.size).fill('');
  eachValue(text, (name, value, isText) => {
    // A line feed inside a text would shift the lines of the rows below.
    cells[indexes.get(name) ?? -1] = isText
      ? `"${value.replaceAll('"', '""').replace(/[\r\n]+/g, ' ')}"`
      : value;
  });
  return cells.join(',');
}
