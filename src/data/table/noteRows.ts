import type { ReadTable } from '../csv/read';
import { isPresent, type KnownColumn } from './known';

/** More rows are no notes. */
const MOST_ROWS = 10;
/** Fewer rows above say nothing of what a row is like, and fewer columns have rows with one value. */
const FEWEST_ABOVE = 5;
const FEWEST_COLUMNS = 3;

/** Notes begin with a mark or such a word, or are sentences. */
const NOTE =
  /^(?:[*†‡§¹²³(]|\d\)|(?:notes?|sources?|remarks?|footnotes?|quelle|anmerkungen?|hinweis|stand|source|fuente|fonte|nota|bron)(?:\P{L}|$))/iu;
const FEWEST_WORDS = 4;
const isNote = (text: string) => NOTE.test(text) || text.trim().split(/\s+/).length >= FEWEST_WORDS;

/**
 * The last rows of a table that have nothing but a text in the first column, such as sources and notes below it, in their
 * order. No other row is like these.
 */
export function noteRows({ rows }: ReadTable, columns: readonly KnownColumn[]): number[] {
  const [first, ...others] = columns;
  if (columns.length < FEWEST_COLUMNS || first.read.holds !== 'texts') return [];
  const { codes, texts } = first.read;
  const isLone = (row: number) => codes[row] >= 0 && others.every((column) => !isPresent(column, row));
  let from = rows;
  while (from > 0 && rows - from <= MOST_ROWS && isLone(from - 1)) from--;
  if (from === rows || rows - from > MOST_ROWS || from < FEWEST_ABOVE) return [];
  const found = Array.from({ length: rows - from }, (_, k) => from + k);
  if (!found.every((row) => isNote(texts[codes[row]]))) return [];
  for (let row = 0; row < from; row++) if (isLone(row)) return [];
  return found;
}
