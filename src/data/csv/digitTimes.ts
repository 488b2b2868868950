import {
  isNamedDigitClock,
  isNamedDuration,
  isNamedHour,
  isNamedOpening,
  isNamedTime,
  isNamedWork,
  LONGEST_NAME,
} from './timeNames';
import type { ReadColumn } from './resolve';

/** How a column has its times of day in digits: 905 is 9:05 in one, 0:09:05 in the other. */
export const digitClocks = ['hhmm', 'hhmmss'] as const;
export type DigitClock = (typeof digitClocks)[number];

const MINUTES_A_DAY = 1440;
const WHOLE = /^(\d{1,6})(?:[.,]0+)?$/;
const POINT = /^(\d\d?)[.,](\d\d?)$/;

/**
 * The part of the day, from 0 to less than 1, in a text of digits: 0905, 90530, 9.05, or 9 alone for an hour. NaN for what
 * is no such time, undefined for any other text. `clock`: how the digits of the column are to be read.
 */
export function timeInDigits(text: string, clock?: DigitClock): number | undefined {
  const digits = WHOLE.exec(text)?.[1];
  if (digits !== undefined && (clock !== undefined || digits === text)) {
    const isLong = clock ? clock === 'hhmmss' : digits.length > 4;
    if (clock === undefined && digits.length < 3) return partOf(Number(digits), 0, 0);
    if (!isLong) return digits.length > 4 ? NaN : ofNumber(Number(digits) * 100);
    return ofNumber(Number(digits));
  }
  const point = POINT.exec(text);
  // 17.3 is 17.30 without its zero.
  return point ? partOf(Number(point[1]), Number(point[2].padEnd(2, '0')), 0) : undefined;
}

/** The part of the day of hours, minutes and seconds in one number: 90530. */
const ofNumber = (value: number) =>
  partOf(Math.floor(value / 10_000), Math.floor(value / 100) % 100, value % 100);

function partOf(hour: number, minute: number, second: number): number {
  const minutes = 60 * hour + minute + second / 60;
  if (minute > 59 || second > 59 || minutes > MINUTES_A_DAY) return NaN;
  return (minutes % MINUTES_A_DAY) / MINUTES_A_DAY;
}

/** How texts have times of day in digits, where most of them do; undefined where hours stand alone. */
export function digitClockOf(texts: readonly string[]): DigitClock | undefined {
  const digits = texts.flatMap((text) => WHOLE.exec(text)?.[1] ?? []);
  if (2 * digits.length < texts.length) return undefined;
  const longest = digits.reduce((most, { length }) => Math.max(most, length), 0);
  return longest > 4 ? 'hhmmss' : longest > 2 ? 'hhmm' : undefined;
}

/** So many different times with minutes, in so many hours, are no chance. */
const FEWEST_TIMES = 12;
const FEWEST_HOURS = 5;
/** So many are enough where the name, or a zero in front, tells. */
const FEWEST_TOLD = 3;
/** Different times are counted this far. */
const MOST_DISTINCT = 1000;

/** Whether numbers have quarters of an hour behind the point, .15, .30 and .45, and nothing else. */
function areQuarters(numbers: Float64Array): boolean {
  const times = new Set<number>();
  for (const value of numbers) {
    if (Number.isNaN(value)) continue;
    const hundredths = Math.round(100 * Math.abs(value));
    if (hundredths / 100 !== Math.abs(value) || ![0, 15, 30, 45].includes(hundredths % 100)) return false;
    if (times.size < MOST_DISTINCT) times.add(hundredths);
  }
  const minutes = new Set([...times].map((hundredths) => hundredths % 100));
  return times.size >= FEWEST_QUARTERS && minutes.has(15) && minutes.has(30) && minutes.has(45);
}
/** So many different spans of full quarters are no chance. */
const FEWEST_QUARTERS = 6;

/** How the numbers of a column are times of day, or spans of hours and minutes, if they look like such. Null when any is none. */
export function timesInNumbers({
  name,
  numbers,
  numberTexts,
}: ReadColumn): DigitClock | 'hh.mm' | 'h.mm' | null {
  if (name.length > LONGEST_NAME) return null;
  if (isNamedDuration(name) || isNamedWork(name)) return areQuarters(numbers) ? 'h.mm' : null;
  const isClock = isNamedDigitClock(name);
  if (!isNamedTime(name)) {
    const found = isNamedOpening(name) ? timesOfOpening(numbers, numberTexts) : null;
    return found ?? timesUnnamed(name, numbers, numberTexts);
  }
  let largest = 0;
  let areWhole = true;
  for (const value of numbers) {
    if (!(value >= 0 || Number.isNaN(value))) return null;
    if (value > largest) largest = value;
    if (areWhole && value % 1 > 0) areWhole = false;
  }
  const as = areWhole ? (largest > 2400 ? 'hhmmss' : 'hhmm') : 'hh.mm';
  if (areWhole && largest < 1000) return null;
  const hours = new Set<number>();
  const times = new Set<number>();
  const withMinutes = new Set<number>();
  for (const value of numbers) {
    if (Number.isNaN(value)) continue;
    const hundredths = as === 'hh.mm' ? Math.round(100 * value) : value;
    if (as === 'hh.mm' && hundredths / 100 !== value) return null;
    const digits = as === 'hhmmss' ? value : 100 * hundredths;
    if (Number.isNaN(ofNumber(digits))) return null;
    hours.add(Math.floor(digits / 10_000));
    if (times.size >= MOST_DISTINCT) continue;
    times.add(value);
    // Multiples of 50 are round numbers.
    if (hundredths % 50 !== 0) withMinutes.add(value);
  }
  const isPadded = [...(numberTexts?.values() ?? [])].some((text) => PADDED.test(text));
  if (isPadded || (isClock && !(as === 'hh.mm' && isNamedHour(name))))
    return (as === 'hh.mm' ? withMinutes : times).size >= FEWEST_TOLD ? as : null;
  return withMinutes.size >= FEWEST_TIMES && hours.size >= FEWEST_HOURS ? as : null;
}

const PADDED = /^0\d{3}$|^0\d{5}$|^0\d[.,]\d\d$/;

/** So many different times, each on five minutes or without a point, are no chance under any name that is no time's. */
const FEWEST_UNNAMED = 25;
const FEWEST_OF_OPENING = 20;

/**
 * Whether numbers are times that their name does not tell: 9.05 to 18.55, all on five minutes and with two digits for
 * these; 0905 to 1855 under the name of what begins or ends.
 */
function timesUnnamed(
  name: string,
  numbers: Float64Array,
  numberTexts: ReadColumn['numberTexts'],
): 'hh.mm' | 'hhmm' | null {
  const times = new Set<number>();
  const [hours, minutes] = [new Set<number>(), new Set<number>()];
  const isPointed = numbers.some((value) => value % 1 > 0);
  if (!isPointed && !isNamedOpening(name)) return null;
  for (const value of numbers) {
    if (Number.isNaN(value)) continue;
    const digits = isPointed ? Math.round(100 * value) : value;
    if (!(value >= 0 && digits <= 2400) || (isPointed ? digits / 100 !== value : value % 1 !== 0))
      return null;
    const minute = digits % 100;
    if (minute > 59 || (isPointed && minute % 5 !== 0)) return null;
    // Multiples of 50 are round numbers.
    if (digits % 50 !== 0) times.add(value);
    hours.add(Math.floor(digits / 100));
    minutes.add(minute);
  }
  if (hours.size < FEWEST_HOURS) return null;
  const written = [...(numberTexts?.values() ?? [])];
  if (!isPointed) {
    const isPadded = written.some((text) => PADDED.test(text));
    return times.size >= (isPadded ? FEWEST_TIMES : FEWEST_OF_OPENING) ? 'hhmm' : null;
  }
  const areTwoDigits = numberTexts !== null && written.every((text) => /[.,]\d\d$/.test(text));
  // 9.1 would be 9.10.
  const areWritten = [...times].every(
    (value) => Math.round(100 * value) % 10 !== 0 || numberTexts?.has(value),
  );
  return areTwoDigits && areWritten && minutes.size >= NEARLY_ALL_MINUTES && times.size >= FEWEST_UNNAMED
    ? 'hh.mm'
    : null;
}
/** Of the twelve that are on five minutes. */
const NEARLY_ALL_MINUTES = 10;

/** So many different times of opening, each on five minutes, are no prices. */
const FEWEST_OPENINGS = 3;
/** Two digits for the minutes, whatever these are: 9.30, 10.00. */
const ZERO_MINUTES = /^\d\d?[.,]\d0$/;

/** Whether numbers are hours and minutes with a point between, all on five minutes and some written with a zero at the end. */
function timesOfOpening(numbers: Float64Array, numberTexts: ReadColumn['numberTexts']): 'hh.mm' | null {
  const times = new Set<number>();
  for (const value of numbers) {
    if (Number.isNaN(value)) continue;
    const hundredths = Math.round(100 * value);
    if (hundredths / 100 !== value || !(value >= 0 && value <= 24)) return null;
    if (hundredths % 100 > 59 || hundredths % 5 !== 0) return null;
    if (times.size < MOST_DISTINCT) times.add(value);
  }
  const written = [...(numberTexts?.values() ?? [])];
  const areTwoDigits = written.length > 0 && written.every((text) => /[.,]\d\d$/.test(text));
  const minutes = [...times].map((value) => Math.round(100 * value) % 100);
  const withMinutes = minutes.filter((minute) => minute !== 0).length;
  // 9.50 and 10.00 are prices in halves.
  const areQuarters = minutes.some((minute) => minute % 15 === 0 && minute !== 0);
  return times.size >= FEWEST_OPENINGS &&
    withMinutes >= 2 &&
    areQuarters &&
    areTwoDigits &&
    written.some((text) => ZERO_MINUTES.test(text))
    ? 'hh.mm'
    : null;
}
