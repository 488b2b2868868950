import { calendarOf } from './dateColumn';
import { readDate, SPREADSHEET_EPOCH } from './dateTexts';
import { saysNone } from './dateWords';
import type { ReadColumn } from './resolve';

/** Numbers of a column that are looked at beside its texts. */
const MOST_LOOKED_AT = 1000;

/** Whether the numbers of a column count days, as spreadsheets do, beside dates that are written out. */
export function areDatesBeside(name: string, words: readonly string[], numbers: Iterable<number>): boolean {
  const isDate = (text: string) => !/^\d+$/.test(text) && readDate(text) !== undefined;
  if (!words.slice(0, MOST_LOOKED_AT).some((text) => !saysNone(text) && isDate(text))) return false;
  const texts = new Set<string>();
  for (const value of numbers) {
    if (Number.isNaN(value)) continue;
    if (!(value > 0)) return false;
    if (texts.size < MOST_LOOKED_AT) texts.add(String(value));
  }
  const all = [...words, ...texts];
  const calendar = calendarOf(name, all, new Int32Array(all.length).fill(1));
  // A number that is no date would be lost.
  return calendar?.type === 'date' && calendar.odd.every(({ text }) => text < words.length);
}

/** date, order_date, OrderDate, Datum, fecha de alta; not update or dates_count. */
const dateNames = [
  /^(?:.*[_\s.-])?(?:date|datum|fecha|datetime|timestamp|dt|dob)$/i,
  /^(?:date|datum|fecha|data)[_\s.-](?:of|der|des|de|del|di|da|do|van|du)[_\s.-]/i,
  /[a-z](?:Date|Datum|Fecha)$/,
  /^(?:day|tag|jour|d\u00eda|dia|giorno|dag)$/i,
];
/** Days from 1954 to 2064, as spreadsheets count them. */
const FIRST_COUNTED = 20_000;
const LAST_COUNTED = 60_000;

/** Days since 1970-01-01 where a column of numbers counts those since 1899-12-30, under the name of a date. */
export function countedDays({ name, numbers }: ReadColumn): Float64Array | null {
  if (name.length > 200 || !dateNames.some((pattern) => pattern.test(name))) return null;
  const distinct = new Set<number>();
  for (const value of numbers) {
    if (Number.isNaN(value)) continue;
    if (!(value >= FIRST_COUNTED && value <= LAST_COUNTED)) return null;
    if (distinct.size < 3) distinct.add(value);
  }
  return distinct.size < 3 ? null : numbers.map((value) => value - SPREADSHEET_EPOCH);
}

/** How the numbers of a column may be dates all the same. */
export type NumberDates = 'yyyymmdd' | 'yyyymm' | 'month.year';

/** Whether the numbers of a column look like dates that were written as such. Null when any of them is none. */
export function datesInNumbers({ numbers, numberTexts }: ReadColumn): NumberDates | null {
  const first = numbers.find((value) => !Number.isNaN(value));
  if (first === undefined) return null;
  for (const as of ['yyyymmdd', 'yyyymm', 'month.year'] as const) {
    const days = new Set<number>();
    const months = new Set<number>();
    const isDate = (value: number) => {
      const [year, month, day] = partsOf(value, as);
      if (!(year >= 1900 && year <= 2100 && month >= 1 && month <= 12)) return false;
      if (!(day >= 1 && day <= 31)) return false;
      if (days.size < FEWEST_MONTHS) days.add(value);
      months.add(month);
      return true;
    };
    if (!isDate(first) || !numbers.every((value) => Number.isNaN(value) || isDate(value))) continue;
    // 1.1950 and 1.2100 are rates of exchange.
    const isPadded = [...(numberTexts?.values() ?? [])].some((text) => /^0\d\.\d{4}$/.test(text));
    const fewest = as === 'yyyymm' ? FEWEST_MONTHS : 3;
    const varies = months.size > 2 || (as === 'month.year' && isPadded);
    if (days.size >= fewest ? varies || as === 'yyyymmdd' : as === 'month.year' && isPadded) return as;
  }
  return null;
}

/** Numbers of six digits may be anything: so many different ones that all end with a month are months. */
const FEWEST_MONTHS = 8;

function partsOf(value: number, as: NumberDates): [year: number, month: number, day: number] {
  switch (as) {
    case 'yyyymmdd':
      return Number.isInteger(value)
        ? [Math.floor(value / 10_000), Math.floor(value / 100) % 100, value % 100]
        : [NaN, NaN, NaN];
    case 'yyyymm':
      return Number.isInteger(value) ? [Math.floor(value / 100), value % 100, 1] : [NaN, NaN, NaN];
    case 'month.year': {
      const digits = Math.round(value * 10_000);
      const isExact = digits / 10_000 === value;
      return isExact ? [digits % 10_000, Math.floor(digits / 10_000), 1] : [NaN, NaN, NaN];
    }
    default:
      return as satisfies never;
  }
}
