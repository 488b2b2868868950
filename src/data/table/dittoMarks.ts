import type { ReadColumn } from '../csv/resolve';

/** Marks for “as above” in a column, and where they are. */
export interface DittoMarks {
  readonly texts: readonly string[];
  /** Rows that hold one of them, and the first of these rows. */
  readonly count: number;
  readonly first: number;
}

const MARKS =
  /^(?:["'”“″〃„]{1,2}|,,|-? ?["”″] ?-?|["”″] ["”″]|-\/\/-|do\.|dto\.?|dito|ditto|idem|ebd\.?|j\. ?w\.|то же|as above|same as above|wie oben|siehe oben|s\. ?o\.|comme ci-dessus|同上|々|同前)$/i;
const FEWEST_ROWS = 2;

/** The marks for “as above” among the texts of a column of words, or of numbers; null where there are none. */
export function dittoMarks({ texts, codes }: ReadColumn): DittoMarks | null {
  const isMark = texts.map((text) => MARKS.test(text));
  if (!isMark.includes(true)) return null;
  const used = new Set<number>();
  let [count, first] = [0, -1];
  codes.forEach((code, row) => {
    if (code < 0) return;
    if (isMark[code]) {
      count++;
      if (first < 0) first = row;
      // Nothing stands above the first.
      if (used.size === 0) count = -Infinity;
    }
    used.add(code);
  });
  const words = [...used].filter((code) => !isMark[code]);
  const areAll = (kind: RegExp) => words.every((code) => kind.test(texts[code]));
  if (count < FEWEST_ROWS || words.length === 0 || !(areAll(/\p{L}/u) || areAll(/^[-+]?\d/))) return null;
  return { texts: [...used].filter((code) => isMark[code]).map((code) => texts[code]), count, first };
}
