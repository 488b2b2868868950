// Numbers that are years with their month behind the point: 2011.12, 2000.10.
import type { ReadColumn } from './resolve';

/** All that stands behind the point of months written with two digits. */
const WRITTEN = /^(?:19|20)\d\d[.,](?:0[1-9]|1[0-2])$/;
/** So many different ones, in so many months and years, are no chance, a twelfth of all hundredths being so each time. */
const FEWEST = 5;
const FEWEST_MONTHS = 3;
/** Without the zero of October, which spreadsheets take away, more are. */
const FEWEST_WITHOUT_ZERO = 8;
const FEWEST_MONTHS_WITHOUT_ZERO = 6;

/** Whether the numbers of a column are all years with their month, some of them in the last quarter. */
export function areYearMonths({
  numbers,
  numberTexts,
}: Pick<ReadColumn, 'numbers' | 'numberTexts'>): boolean {
  const distinct = new Set<number>();
  const months = new Set<number>();
  const years = new Set<number>();
  let hasZero = true;
  for (const value of numbers) {
    if (Number.isNaN(value) || distinct.has(value)) continue;
    const hundredths = Math.round(100 * value);
    const month = hundredths % 100;
    if (hundredths / 100 !== value || hundredths < 190_000 || hundredths >= 210_000) return false;
    if (month < 1 || month > 12) return false;
    const text = numberTexts?.get(value);
    if (text === undefined ? month === 10 : !WRITTEN.test(text)) hasZero = false;
    distinct.add(value);
    months.add(month);
    years.add(Math.floor(hundredths / 100));
  }
  if (years.size < 2 || ![10, 11, 12].some((month) => months.has(month))) return false;
  return hasZero
    ? distinct.size >= FEWEST && months.size >= FEWEST_MONTHS
    : distinct.size >= FEWEST_WITHOUT_ZERO && months.size >= FEWEST_MONTHS_WITHOUT_ZERO;
}
