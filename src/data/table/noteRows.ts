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
/** How many there were, where the file ends, and when it was made. */
const END =
  /^(?:n ?= ?[\d,.]+|[-<*\s]*(?:eof|end of (?:file|report|data|table|list|document)|ende der (?:datei|liste)|fin)[->*\s]*|(?:total |number of )?(?:rows|records|entries)(?: returned)?:? ?\d+|\d+ (?:rows?|records?|entries)(?: returned| selected)?\.?|(?:generated|printed|exported|created|updated|as of|stand|erstellt) .*\d.*)$/i;
/** Where a page ended: Page 2 of 5, Seite 2/5, - 2 -. */
const PAGE =
  /^(?:(?:page|pg\.?|seite|pagina|página|pág\.?|strona|sida|side|стр\.?) ?\d{1,5}(?: ?(?:of|von|de|di|van|z|sur|av|из|\/) ?\d{1,5})?|[-–—] ?\d{1,5} ?[-–—])$/iu;
/** Ends and pages are short; a cell may be of any length. */
const LONGEST = 200;
const isShort = (pattern: RegExp, text: string) => text.length <= LONGEST && pattern.test(text.trim());
const isNote = (text: string) =>
  NOTE.test(text) ||
  isShort(END, text) ||
  isShort(PAGE, text) ||
  text.trim().split(/\s+/).length >= FEWEST_WORDS;

/** Rows that are no rows, and whether all of them stand below the table. */
export interface NoteRows {
  readonly rows: readonly number[];
  readonly areBelow: boolean;
}

/**
 * The last rows of a table that have nothing but a text in the first column, such as sources and notes below it, and those
 * anywhere that have the number of a page, in their order. No other row is like these.
 */
export function noteRows({ rows }: ReadTable, columns: readonly KnownColumn[]): NoteRows {
  const [first, ...others] = columns;
  const none = { rows: [], areBelow: true };
  if (columns.length < FEWEST_COLUMNS || first.read.holds !== 'texts') return none;
  const { codes, texts } = first.read;
  const isLone = (row: number) => codes[row] >= 0 && others.every((column) => !isPresent(column, row));
  // Asked once a text and not once a row.
  const arePages = texts.map((text) => isShort(PAGE, text));
  const isPage = (row: number) => codes[row] >= 0 && arePages[codes[row]] && isLone(row);
  const below = notesBelow(rows, isLone, isPage, (row) => texts[codes[row]]);
  const end = below[0] ?? rows;
  const pages: number[] = [];
  for (let row = 0; row < end; row++) if (isPage(row)) pages.push(row);
  // One alone may be a name.
  if (pages.length + below.filter(isPage).length < 2) return { rows: below, areBelow: true };
  return { rows: [...pages, ...below], areBelow: pages.length === 0 };
}

function notesBelow(
  rows: number,
  isLone: (row: number) => boolean,
  isPage: (row: number) => boolean,
  textOf: (row: number) => string,
): number[] {
  let from = rows;
  while (from > 0 && rows - from <= MOST_ROWS && isLone(from - 1)) from--;
  if (from === rows || rows - from > MOST_ROWS || from < FEWEST_ABOVE) return [];
  const found = Array.from({ length: rows - from }, (_, k) => from + k);
  if (!found.every((row) => isNote(textOf(row)))) return [];
  for (let row = 0; row < from; row++) if (isLone(row) && !isPage(row)) return [];
  return found;
}
