// Columns in which something is given or not: an "x", a "Yes", a 1, and an empty cell for the others.
import type { ReadColumn } from './resolve';

export interface Ticks {
  /** What stands in each cell that is not empty; null where that may be anything. */
  readonly mark: string | null;
  /** 1 where it is given, 0 where not. */
  readonly values: Float64Array;
  readonly given: number;
}

/** Rows that have to be of each kind: less is an oversight. */
const FEWEST_ROWS = 2;

/** Whether what is written means that nothing is given. */
export const meansNo = (text: string): boolean => /^(?:0|no|n|false)$/i.test(text);

/** What is given, and where, in a column that somebody says to be such. */
export function ticksOf(column: ReadColumn): Ticks {
  const { texts, codes } = column;
  const used = new Set(codes);
  const marks = texts.filter((text, code) => used.has(code) && !meansNo(text));
  const isGiven = texts.map((text) => !meansNo(text));
  const values = Float64Array.from(codes, (code) => Number(code >= 0 && isGiven[code]));
  const given = values.reduce((sum, value) => sum + value, 0);
  return { mark: marks.length === 1 ? marks[0] : null, values, given };
}

/** What is given, and where, if all that is written in a column is the same, and nothing in its other cells. */
export function findTicks(column: ReadColumn): Ticks | null {
  const { holds, numbers, numberTexts, codes, texts, rows, missing, empty = 0 } = column;
  const given = rows - missing;
  // A word for a missing value says more than an empty cell.
  if (missing > empty || given < FEWEST_ROWS || empty < FEWEST_ROWS) return null;
  if (holds === 'texts') {
    const mark = texts[codes.find((code) => code >= 0) ?? -1];
    if (mark === undefined || meansNo(mark)) return null;
    return { mark, values: Float64Array.from(codes, (code) => Number(code >= 0)), given };
  }
  const value = numbers.find((each) => !Number.isNaN(each)) ?? 0;
  if (value === 0 || !Number.isInteger(value)) return null;
  const mark = numberTexts?.get(value) ?? String(value);
  return { mark, values: Float64Array.from(numbers, (each) => Number(!Number.isNaN(each))), given };
}
