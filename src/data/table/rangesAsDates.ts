import type { ReadColumn } from '../csv/resolve';

/** Texts of a column of ranges that a spreadsheet may have made dates of. */
export interface RangesAsDates {
  readonly row: number;
  readonly count: number;
  /** A range that stands in the column. */
  readonly like: string;
}

const RANGE = /^\d{1,3} ?[-\u2013] ?\d{1,3}$/;
/** 9-May for 5-9, Oct-14 for 10-14. */
const AS_DATE =
  /^(?:\d{1,2}[- ](?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[- ]\d{1,2})$/i;
/** Fewer different ranges may be something else, and more texts are no ranges of one measure. */
const FEWEST_RANGES = 2;
const MOST_TEXTS = 200;

/** Finds dates without a year among ranges of numbers; null where there are not both, or most texts are neither. */
export function rangesAsDates({ texts, codes }: ReadColumn): RangesAsDates | null {
  if (texts.length > MOST_TEXTS || !texts.some((text) => AS_DATE.test(text))) return null;
  const ranges = texts.filter((text) => RANGE.test(text));
  const dates = new Set([...texts.keys()].filter((code) => AS_DATE.test(texts[code])));
  if (ranges.length < FEWEST_RANGES || 2 * (ranges.length + dates.size) < texts.length) return null;
  let [row, count] = [-1, 0];
  codes.forEach((code, at) => {
    if (!dates.has(code)) return;
    if (count++ === 0) row = at;
  });
  return count === 0 ? null : { row, count, like: ranges[0] };
}
