import type { ReadColumn } from '../csv/resolve';

/** Texts of a column of ranges, or of names such as those of genes, that a spreadsheet may have made dates of. */
export interface RangesAsDates {
  readonly row: number;
  readonly count: number;
  /** A range, or a name, that stands in the column. */
  readonly like: string;
  readonly of: 'range' | 'name';
}

const RANGE = /^\d{1,3} ?[-\u2013] ?\d{1,3}$/;
/** 9-May for 5-9, Oct-14 for 10-14. */
const AS_DATE =
  /^(?:\d{1,2}[- ](?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[- ]\d{1,2})$/i;
/** TP53, BRCA1, HLA-A: what SEPT2, MARCH1 and DEC1 stand among, which become 2-Sep, 1-Mar and 1-Dec. */
const NAME = /^(?=.*\p{Lu})[\p{Lu}\d][\p{Lu}\d.-]{1,14}(?:orf\d+)?$/u;
/** Fewer different ranges may be something else, and more texts are no ranges of one measure. */
const FEWEST_RANGES = 2;
const MOST_TEXTS = 200;
/** Of so many different names, most in capitals, and so few dates among them, a day is none. */
const FEWEST_NAMES = 5;
const MOST_DATES = 0.5;

/**
 * Finds dates without a year among ranges of numbers, or among names in capitals and digits; null where there are not
 * both, or most texts are neither.
 */
export function rangesAsDates({ texts, codes }: ReadColumn): RangesAsDates | null {
  const dates = new Set([...texts.keys()].filter((code) => AS_DATE.test(texts[code])));
  if (dates.size === 0) return null;
  const ranges = texts.length > MOST_TEXTS ? [] : texts.filter((text) => RANGE.test(text));
  const areRanges = ranges.length >= FEWEST_RANGES && 2 * (ranges.length + dates.size) >= texts.length;
  const names = areRanges ? [] : texts.filter((text, code) => !dates.has(code) && NAME.test(text));
  const others = texts.length - dates.size;
  const areNames =
    names.length >= FEWEST_NAMES && 2 * names.length >= others && dates.size <= MOST_DATES * others;
  if (!areRanges && !areNames) return null;
  let [row, count] = [-1, 0];
  codes.forEach((code, at) => {
    if (!dates.has(code)) return;
    if (count++ === 0) row = at;
  });
  if (count === 0) return null;
  return { row, count, ...(areRanges ? { like: ranges[0], of: 'range' } : { like: names[0], of: 'name' }) };
}
