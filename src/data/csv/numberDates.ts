import { isNamedCode } from './codeNames';
import { calendarOf } from './dateColumn';
import { dayOf, readDate, SPREADSHEET_EPOCH } from './dateTexts';
import { isNamedDate, mayBeNamedDate, mayBeNamedMoment } from './dateNames';
import { saysNone } from './dateWords';
import { dayInDigits, digitFormats, FIRST_COUNTED, isNoDate, LAST_COUNTED } from './digitDates';
import type { ReadColumn } from './resolve';
import { areYearMonths } from './yearMonths';

/** Numbers of a column that are looked at beside its texts. */
const MOST_LOOKED_AT = 1000;

/** Whether the numbers of a column count days, as spreadsheets do, beside dates that are written out. */
export function areDatesBeside(name: string, words: readonly string[], numbers: Iterable<number>): boolean {
  const isDate = (text: string) => readDate(text) !== undefined && !/^\d+$/.test(text);
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

/** Days since 1970-01-01 where a column of numbers counts those since 1899-12-30, under the name of a date. */
export function countedDays({ name, numbers }: ReadColumn): Float64Array | null {
  if (!isNamedDate(name)) return null;
  const distinct = new Set<number>();
  for (const value of numbers) {
    if (Number.isNaN(value)) continue;
    if (!(value >= FIRST_COUNTED && value <= LAST_COUNTED)) return null;
    if (distinct.size < 3) distinct.add(value);
  }
  return distinct.size < 3 ? null : numbers.map((value) => value - SPREADSHEET_EPOCH);
}

/** How numbers may be dates all the same, whatever their column is called. */
const numberDates = ['yyyymmdd', 'yyyymm', 'month.year'] as const;
type NumberDates = (typeof numberDates)[number];

/**
 * How the numbers of a column are written as dates, if they look like such; several ways where nothing tells which. Null
 * when any of them is none.
 */
export function datesInNumbers(column: ReadColumn): string | null {
  const { name, numbers, numberTexts } = column;
  const first = numbers.find((value) => !Number.isNaN(value));
  if (first === undefined) return null;
  const named = mayBeNamedDate(name)
    ? (datesOfDigits(column) ?? stamps(numbers) ?? unixTimes(numbers))
    : mayBeNamedMoment(name)
      ? unixTimes(numbers)
      : null;
  if (named !== null) return named;
  const daysAndMonths = isNamedDate(name) && !OF_DAYS.test(name) ? daysAndMonthsIn(numbers) : null;
  if (daysAndMonths !== null) return daysAndMonths;
  if (arePaddedDays(column)) return 'dd.mm';
  if (areYearMonths(column)) return 'year.month';
  for (const as of numberDates) {
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

/** What a column is called that counts days, or names one of the month. */
const OF_DAYS = /^(?:day|tag|jour|día|dia|giorno|dag)$/i;

/** How the numbers of a column are days and months without a year, 31.12 or 12.31; null when any of them is none. */
function daysAndMonthsIn(numbers: Float64Array): string | null {
  const distinct = new Set<number>();
  let [isDayFirst, isMonthFirst] = [true, true];
  for (const value of numbers) {
    if (Number.isNaN(value)) continue;
    const digits = Math.round(100 * value);
    if (digits / 100 !== value) return null;
    const [first, second] = [Math.floor(digits / 100), digits % 100];
    isDayFirst &&= !Number.isNaN(dayOf(2000, second, first));
    isMonthFirst &&= !Number.isNaN(dayOf(2000, first, second));
    if (!isDayFirst && !isMonthFirst) return null;
    if (distinct.size < FEWEST_NAMED) distinct.add(value);
  }
  if (distinct.size < FEWEST_NAMED) return null;
  return [...(isDayFirst ? ['dd.mm'] : []), ...(isMonthFirst ? ['mm.dd'] : [])].join(' or ');
}

/** Whether numbers are all written like 01.05 and 31.12, days before months, whatever their column is called. */
function arePaddedDays({ name, numbers, numberTexts }: ReadColumn): boolean {
  const written = [...(numberTexts?.values() ?? [])];
  if (!written.some((text) => /^0\d\.\d\d$/.test(text)) || isNamedCode(name)) return false;
  if (!written.every((text) => /^\d\d\.\d\d$/.test(text))) return false;
  const late = numbers.some((value) => value >= 13);
  // 5.12 would have a zero in front.
  const arePadded = numbers.every((value) => Number.isNaN(value) || value >= 10 || numberTexts?.has(value));
  return late && arePadded && daysAndMonthsIn(numbers)?.startsWith('dd') === true;
}

/** Whether a way to write dates has no year, so that nothing makes days of them. */
export const isWithoutYear = (format: string): boolean => !/y|year|1970/.test(format);

/** So many different numbers, all of them dates, are no chance under the name of a date. */
const FEWEST_NAMED = 3;

function datesOfDigits({ name, numbers, numberTexts }: ReadColumn): string | null {
  const distinct = new Set<number>();
  let largest = 0;
  for (const value of numbers) {
    if (Number.isNaN(value) || isNoDate(value)) continue;
    if (!(value >= LEAST_DIGITS && value < 1e8 && Number.isInteger(value))) return null;
    largest = Math.max(largest, value);
    if (distinct.size < MOST_LOOKED_AT) distinct.add(value);
  }
  // With fewer digits than five there is a year, or a day, and no date.
  if (distinct.size < FEWEST_NAMED || largest < 10_000) return null;
  let longest = String(largest).length;
  for (const text of numberTexts?.values() ?? []) {
    if (/^0\d+$/.test(text)) longest = Math.max(longest, text.length);
  }
  const formats = digitFormats(name, distinct, longest).filter((format) =>
    numbers.every(
      (value) => Number.isNaN(value) || isNoDate(value) || !Number.isNaN(dayInDigits(value, format)),
    ),
  );
  return formats.length > 0 ? formats.join(' or ') : null;
}

/** The first day of the century, without the zeros in front. */
const LEAST_DIGITS = 101;

/** Dates with an hour behind, with minutes and with seconds: how many numbers make a day of each. */
const STAMPS = [
  ['yyyymmddhh', 1e2],
  ['yyyymmddhhmm', 1e4],
  ['yyyymmddhhmmss', 1e6],
] as const;

function stamps(numbers: Float64Array): string | null {
  const distinct = new Set<number>();
  const isStamp = (value: number, perDay: number) => {
    const time = (value % perDay) * (1e6 / perDay);
    const isTime = time < 240_000 && Math.floor(time / 100) % 100 < 60 && time % 100 < 60;
    return isTime && !Number.isNaN(dayInDigits(Math.floor(value / perDay), 'yyyymmdd'));
  };
  const found = STAMPS.find(([, perDay]) =>
    numbers.every((value) => {
      if (Number.isNaN(value) || isNoDate(value)) return true;
      if (distinct.size < FEWEST_NAMED) distinct.add(value);
      return Number.isInteger(value) && isStamp(value, perDay);
    }),
  );
  return found && distinct.size >= FEWEST_NAMED ? found[0] : null;
}

/** From 1990 to 2050. */
const FIRST_SECOND = 631_152_000;
const LAST_SECOND = 2_524_608_000;
const UNIX_TIMES = [
  ['seconds since 1970', 1],
  ['milliseconds since 1970', 1e3],
  ['microseconds since 1970', 1e6],
] as const;

function unixTimes(numbers: Float64Array): string | null {
  const distinct = new Set<number>();
  for (const value of numbers)
    if (distinct.size < FEWEST_NAMED && !Number.isNaN(value) && !isNoDate(value)) distinct.add(value);
  if (distinct.size < FEWEST_NAMED) return null;
  const found = UNIX_TIMES.find(([, each]) =>
    numbers.every(
      (value) =>
        Number.isNaN(value) ||
        isNoDate(value) ||
        (value >= each * FIRST_SECOND && value <= each * LAST_SECOND),
    ),
  );
  return found ? found[0] : null;
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
