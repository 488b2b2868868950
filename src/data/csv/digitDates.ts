import { areMonthly } from './dateOrder';
import { dayOf, fullYear, weekOf } from './dateTexts';
import { saysNone } from './dateWords';

/** Ways to write a date with nothing but digits, the likelier first where several fit. */
export const digitFormatNames = [
  'yyyymmdd',
  'ddmmyyyy',
  'mmddyyyy',
  'year and day of the year',
  'yyyymm',
  'yyyyww',
  'yymmdd',
  'ddmmyy',
  'mmddyy',
] as const;
export type DigitFormat = (typeof digitFormatNames)[number];

/** How many digits a date has in each of them, and how many at least once zeros in front are lost. */
const DIGITS: Readonly<Record<DigitFormat, readonly [fewest: number, most: number]>> = {
  ...{ yyyymmdd: [8, 8], ddmmyyyy: [7, 8], mmddyyyy: [7, 8], 'year and day of the year': [7, 7] },
  ...{ yyyymm: [6, 6], yyyyww: [6, 6], yymmdd: [3, 6], ddmmyy: [5, 6], mmddyy: [5, 6] },
};

/** Days from 1954 to 2064, as spreadsheets count them. */
export const FIRST_COUNTED = 20_000;
export const LAST_COUNTED = 60_000;
const FIRST_YEAR = 1900;
const LAST_YEAR = 2100;
const ifUsual = (year: number) => (year >= FIRST_YEAR && year <= LAST_YEAR ? year : NaN);

/** Days since 1970-01-01 of a whole number as a date in such a format; NaN where it is none. */
export function dayInDigits(value: number, format: DigitFormat): number {
  const [first, second, last] = [Math.floor(value / 10_000), Math.floor(value / 100) % 100, value % 100];
  const year = ifUsual(value % 10_000);
  const front = Math.floor(value / 1_000_000);
  const between = Math.floor(value / 10_000) % 100;
  switch (format) {
    case 'yyyymmdd':
      return dayOf(ifUsual(first), second, last);
    case 'ddmmyyyy':
      return dayOf(year, between, front);
    case 'mmddyyyy':
      return dayOf(year, front, between);
    case 'year and day of the year': {
      const own = ifUsual(Math.floor(value / 1000));
      const day = dayOf(own, 1, 1) + (value % 1000) - 1;
      return value % 1000 >= 1 && day < dayOf(own + 1, 1, 1) ? day : NaN;
    }
    case 'yyyymm':
      return dayOf(ifUsual(Math.floor(value / 100)), last, 1);
    case 'yyyyww':
      return weekOf(Math.floor(value / 100), last, 1);
    case 'yymmdd':
      return first < 100 ? dayOf(fullYear(first), second, last) : NaN;
    case 'ddmmyy':
      return dayOf(fullYear(last), second, first);
    case 'mmddyy':
      return dayOf(fullYear(last), first, second);
    default:
      return format satisfies never;
  }
}

/** 12052023, and 12052023.0 as programs write it that know missing values in fractions only. */
const DIGITS_ALONE = /^(\d{3,8})(?:[.,]0+)?$/;

/** Days since 1970-01-01 in a text of digits; NaN where it is no such date. */
export function daysInDigits(text: string, format: DigitFormat): number {
  const digits = DIGITS_ALONE.exec(text)?.[1];
  if (digits === undefined) return NaN;
  const [fewest, most] = DIGITS[format];
  return digits.length >= fewest && digits.length <= most ? dayInDigits(Number(digits), format) : NaN;
}

const LONGEST_NAME = 200;
/** Names of columns of weeks: 202305 is the fifth of 2023 in them. */
const WEEKS = /(?:^|[^a-z])(?:year|iso)?[_ -]?(?:weeks?|wk|kw|woche|semaine|semana|settimana)|yyyyww/i;

/** Whether numbers may be days as spreadsheets count them. */
function areCounted(values: ReadonlySet<number>): boolean {
  for (const value of values) if (value < FIRST_COUNTED || value > LAST_COUNTED) return false;
  return true;
}

/**
 * The formats in which all of these numbers are dates; several where nothing tells them apart. `longest`: how many digits
 * one of them is written with, zeros in front included.
 */
export function digitFormats(name: string, values: ReadonlySet<number>, longest: number): DigitFormat[] {
  let fit = digitFormatNames.filter((format) => {
    for (const value of values) if (Number.isNaN(dayInDigits(value, format))) return false;
    return values.size > 0;
  });
  const isWeek = WEEKS.test(name.slice(0, LONGEST_NAME));
  if (fit.includes('yyyyww') && fit.includes('yyyymm')) {
    fit = fit.filter((format) => format !== (isWeek ? 'yyyymm' : 'yyyyww'));
  }
  if (longest < 6 && areCounted(values)) return [];
  // Four digits that are a year all the time are no chance.
  if (fit.some((format) => /yyyy|^year/.test(format)))
    fit = fit.filter((format) => /yyyy|^year/.test(format));
  if (fit.length < 2) return fit;
  if (areMonthly([...values].map((value) => [Math.floor(value / 10_000), value % 100])))
    fit = fit.filter((format) => format !== 'yymmdd');
  const spans = new Map(fit.map((format) => [format, spanOf(values, format)]));
  const least = Math.min(...spans.values());
  // A day that is taken for the year spreads dates over decades; day and month change places within a year.
  const isNear = (format: DigitFormat | undefined) =>
    format !== undefined && (spans.get(format) ?? Infinity) <= 2 * least;
  return fit.filter((format) => isNear(format) || isNear(TURNED[format]));
}

/** The format with day and month the other way round. */
const TURNED: { readonly [F in DigitFormat]?: DigitFormat } = {
  ...{ ddmmyyyy: 'mmddyyyy', mmddyyyy: 'ddmmyyyy', ddmmyy: 'mmddyy', mmddyy: 'ddmmyy' },
};

function spanOf(values: ReadonlySet<number>, format: DigitFormat): number {
  let [first, last] = [Infinity, -Infinity];
  for (const value of values) {
    const day = dayInDigits(value, format);
    first = Math.min(first, day);
    last = Math.max(last, day);
  }
  return last - first;
}

/** What stands in digits where there is no date: 0, -1, 99999999. */
const NO_DATE = /^(?:0+|-1|-?9{4,})(?:[.,]0+)?$/;
export const isNoDate = (value: number): boolean =>
  value === 0 || value === -1 || NO_DATE.test(String(value));

/** So many of the texts that are something at least are dates of digits, where a person says that they are dates. */
const MOST_OF = 0.9;

/** The one format, or the likeliest, in which texts are dates of digits. Null where they are not. */
export function digitFormatOf(
  name: string,
  texts: readonly string[],
): { readonly format: DigitFormat; readonly isSure: boolean } | null {
  const given = texts.filter((text) => !saysNone(text) && !NO_DATE.test(text));
  const values = new Set<number>();
  let longest = 0;
  for (const text of given) {
    const digits = DIGITS_ALONE.exec(text)?.[1];
    if (digits === undefined) continue;
    values.add(Number(digits));
    longest = Math.max(longest, digits.length);
  }
  if (values.size < 2 || values.size < MOST_OF * given.length) return null;
  const [format, ...others] = digitFormats(name, values, longest);
  if (format) return { format, isSure: others.length === 0 };
  if (longest < 6) return null;
  // A day that there is not is a slip.
  const count = (each: DigitFormat) =>
    [...values].reduce((sum, value) => sum + (Number.isNaN(dayInDigits(value, each)) ? 0 : 1), 0);
  const counts = digitFormatNames.map(count);
  const most = Math.max(...counts);
  if (most < MOST_OF * values.size) return null;
  const likely = digitFormatNames.filter((_, k) => counts[k] === most);
  return { format: likely[0], isSure: likely.length === 1 };
}
