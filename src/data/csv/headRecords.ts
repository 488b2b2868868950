import { cellText, PLAIN, startsWith, byteOf, type Syntax } from './cells';
import { LONGEST_AMOUNT, parseNumber } from './number';
import { Problems } from '../problems';
import { DEFAULT_COMMENTS, type ReadOptions } from './readOptions';
import { BackslashEscapes } from './quotedCells';
import { Tokens } from './tokens';

const encoder = new TextEncoder();
const decoder = new TextDecoder();

export interface HeadCell {
  readonly text: string;
  readonly quoted: boolean;
  /** Whether it is a number with a decimal point, and with a decimal comma. */
  readonly point: boolean;
  readonly comma: boolean;
}
export interface HeadRecord {
  readonly line: number;
  readonly cells: readonly HeadCell[];
  readonly comment: boolean;
  /** A comment as it is written; else empty. */
  readonly raw: string;
  /** Whether something is wrong with its quotes. */
  readonly broken: boolean;
}

/** Amounts such as 12%, $1,200.50, € 12, 1.234,56 €: numbers with more about them than digits. */
const AMOUNT = /^[-+]?[$€£¥]?[^\S\t]?[-+]?\d(?:[\d.,]|[^\S\t])*[%$€£¥]?$/u;
const isAmount = (text: string) => text.length <= LONGEST_AMOUNT && /\d/.test(text) && AMOUNT.test(text);

/** What a line that only draws the table has in its cells; a longer one could fill the stack of a regular expression. */
const MOST_STROKES = 10_000;
const STROKES = /^[:+|]?[-=+\u2500-\u257f]{3,}[:+|]?$/;
const areStrokes = (text: string) => text.length <= MOST_STROKES && STROKES.test(text);

/** The records of the head under a syntax. `whole`: the head is the whole file. */
export function recordsOf(
  head: Uint8Array,
  whole: boolean,
  syntax: Syntax,
  options: ReadOptions,
): HeadRecord[] | null {
  const problems = new Problems();
  const prefixes = (options.commentPrefixes ?? DEFAULT_COMMENTS).map((prefix) => encoder.encode(prefix));
  const tokens = new Tokens(syntax, problems, { skipLines: options.skipLines ?? 0, prefixes });
  const records: HeadRecord[] = [];
  let before = 0;
  try {
    tokens.over(head, whole);
    while (tokens.next()) {
      const cells = Array.from({ length: tokens.count }, (_, c): HeadCell => {
        const kind = tokens.kinds[c];
        const text = cellText(tokens.bytes, tokens.starts[c], tokens.ends[c], kind, syntax);
        const quoted = kind !== PLAIN;
        const [start, end] = [tokens.starts[c] + Number(quoted), tokens.ends[c] - Number(quoted)];
        const isNumber = (mark: string) => !Number.isNaN(parseNumber(tokens.bytes, start, end, byteOf(mark)));
        const amount = isAmount(text);
        return { text, quoted, point: amount || isNumber('.'), comma: amount || isNumber(',') };
      });
      const comment = tokens.comment || startsWith(tokens.bytes, tokens.recordStart, prefixes);
      if (cells.every(({ text }) => text === '' || areStrokes(text)) && cells.some(({ text }) => text !== ''))
        continue;
      if (!comment && (cells.length === 0 || (cells.length === 1 && cells[0].text === ''))) continue;
      const { total } = problems;
      const raw = comment
        ? decoder.decode(tokens.bytes.subarray(tokens.recordStart, tokens.at)).trimEnd()
        : '';
      records.push({ line: tokens.line, cells, comment, raw, broken: total > before });
      before = total;
    }
  } catch (error) {
    if (error instanceof BackslashEscapes) return null;
    throw error;
  }
  return records;
}

/** How often most records have the same number of cells, and that number. */
export function commonWidth(records: readonly HeadRecord[]): { width: number; count: number } {
  const counts = new Map<number, number>();
  for (const { cells } of records) counts.set(cells.length, (counts.get(cells.length) ?? 0) + 1);
  let best = { width: 1, count: 0 };
  for (const [width, count] of counts) {
    if (count > best.count || (count === best.count && width > best.width)) best = { width, count };
  }
  return best;
}
