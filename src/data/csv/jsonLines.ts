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

/** One name and its value, up to the next: numbers as they are written, since a number may have more digits than one keeps. */
const PAIR =
  /\s*"((?:[^"\\]|\\.)*)"\s*:\s*(?:"((?:[^"\\]|\\.)*)"|(-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?|true|false|null|NaN|-?Infinity)|([[{]))\s*([,}]?)/y;
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

/** Calls `each` for the values of one object, all of them plain; the reason where it is none. */
function eachValue(
  text: string,
  each: (name: string, value: string, isText: boolean) => void,
): ProblemMessages['no-json-row'] | null {
  const broken = { why: 'broken', name: '' } as const;
  if (!text.startsWith('{')) return broken;
  if (/^\{\s*\}$/.test(text)) return null;
  PAIR.lastIndex = 1;
  for (;;) {
    const found = PAIR.exec(text);
    const name = found && unescaped(found[1]);
    if (!found || name === null) return broken;
    const [, , string, plain, nested, mark] = found as (string | undefined)[];
    if (nested !== undefined) return { why: 'nested', name };
    const value = string === undefined ? (plain === 'null' ? '' : (plain ?? '')) : unescaped(string);
    if (value === null || mark === '') return broken;
    each(name, value, string !== undefined);
    if (mark === '}') return PAIR.lastIndex === text.length ? null : broken;
  }
}

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
