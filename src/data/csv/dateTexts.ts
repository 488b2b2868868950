import { clockIn, mayBeAtTime, NO_TIME } from './clock';
import { isWeekday, monthNamed, plainWords } from './dateWords';
import { SHORT_HALF } from './shortHalves';

/** How a date is written. Which of its numbers are day, month and year is not always part of that. */
export type DateStyle =
  | 'year-month-day'
  | 'dots'
  | 'dots, two-digit year'
  | 'slashes'
  | 'slashes, two-digit year'
  | 'month name'
  | 'year and month'
  | 'quarter'
  | 'half-year'
  | 'week'
  | 'yyyymmdd'
  | 'yyyymmdd and time'
  | 'yyyymm'
  | 'month.year'
  | 'year.month'
  | 'year'
  | 'serial number'
  | 'Unix time';

/** Which number of a date comes first where nothing else tells. */
export type DateOrder = 'day' | 'month' | 'year';

/** A date as days since 1970-01-01, for each order in which its numbers may stand; NaN where there is no such day. */
export type DateReading = { readonly style: DateStyle } & Readonly<Record<DateOrder, number>>;

const MS_PER_DAY = 86_400_000;
const SHORTEST_DATE = 4;
const SHORTEST_TIME = 2;
/** No cell with a date is longer. */
const LONGEST_DATE = 80;
/** Dates that lack something, or could be any number, lie in these years. */
const FIRST_YEAR = 1900;
const LAST_YEAR = 2100;
/** Days from 1899-12-30, from which spreadsheets count, to 1970-01-01. */
export const SPREADSHEET_EPOCH = 25_569;

const numeric = /^(\d{1,4}) ?([-/.]) ?(\d{1,2}) ?\2 ?(\d{1,4})\.?(?:[tT ,:]+(.+))?$/;
const compact = /^(\d{4})(\d\d)(\d\d)(?:[tT ]((?:\d\d){2,3}|\d\d?:.+)([zZ]|[-+]\d\d:?\d\d)?)?$/;
/** Small letters, without accents: Latin, Cyrillic and Greek. */
const WORD = '[a-z\u0430-\u044f\u0456\u03b1-\u03c9]+';
/** 2021013110, 202101311015, 20210131101530 */
const stamp = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)?(\d\d)?(?:[.,]0+)?$/;
const ORDINAL = String.raw`(?:st|nd|rd|th|er|[.\u00ba\u00aa])?`;
const YEAR = String.raw`'?(\d{4}|\d\d)`;
/** 2024 r., 2024 roku, 2024 \u0433. */
const OF_YEAR = String.raw`(?: ?(?:r\.|roku|\u0433\.|\u0433\u043e\u0434\u0430))?`;
const AT = String.raw`(?:(?:,? (?:at |um |a las |[\u00e0a] )?|[t:,])(\d.*))?`;
const dayName = new RegExp(
  `^(\\d\\d?)${ORDINAL}(?: (?:de |of )?|[-/.])?(${WORD})\\.?,?(?: (?:de |del )?|[-/.])?${YEAR}${OF_YEAR}${AT}$`,
);
const nameDay = new RegExp(`^(${WORD})\\.?[ -](\\d\\d?)${ORDINAL}(?:, ?|[ -])${YEAR}${AT}$`);
const yearName = new RegExp(`^(\\d{4})\\.?[ /-](${WORD})\\.?[ /-](\\d\\d?)\\.?${AT}$`);
/** Wed Aug 27 13:08:45 +0000 2008 */
const clockBeforeYear = /^([a-z]+ \d\d?) (\d\d?:\S+(?: [-+]\S+| [a-z]{3,4})?) (\d{4})$/;
const yearMonth = /^(\d{4})[-/](\d\d?)$/;
const monthYear = /^(\d\d?)[-/](\d{4})$/;
const nameYear = new RegExp(
  String.raw`^(${WORD})(?:\.? ?(?:de |del )?(\d{4})|\.?[-/.](\d{4})|\.?-(\d\d)|\.? ?'(\d\d))$`,
);
const yearNameOnly = new RegExp(String.raw`^(\d{4})\.?[ /-]?(${WORD})\.?$`);
/** Q3 2021, T3-2021, 3Q21, Q3'21; not T3-21, which may be anything. */
const quarterYear =
  /^(?:[qt]([1-4])[ /-]?(\d{4})|([1-4])[qt][ /-]?(\d{4})|([1-4])q ?'?(\d\d)|q([1-4]) ?'(\d\d))$/;
const yearQuarter = /^(\d{4})[ /-]?[qt]([1-4])$/;
/** H1 2021, 1H 2021, 2021-H1, H1'21 */
const halfYear = /^(?:h([12])[ /-]?(\d{4})|([12])h[ /-]?(\d{4})|h([12]) ?'(\d\d)|([12])h ?'(\d\d))$/;
const yearHalf = /^(\d{4})[ /-]?h([12])$/;
const week = /^(\d{4})-?w(\d\d)(?:-?([1-7]))?$/;

/**
 * The date in a text, in any of the ways in which people write one. Undefined for what is not written like a date;
 * a date that is none, such as 31.02.2021, is NaN in every order.
 */
export function readDate(written: string): DateReading | undefined {
  if (written.length < SHORTEST_DATE || written.length > LONGEST_DATE || !/\d/.test(written))
    return undefined;
  const text = withoutWrapping(written);
  const inNumbers = fromNumbers(text);
  if (inNumbers) return inNumbers;
  const short = SHORT_HALF.exec(text);
  if (short) return half(short[2], short[1]);
  // Most texts are none, and seen to be by their first word.
  const first = /^[^\d\s.,/'()-]+/.exec(text)?.[0];
  if (first !== undefined && !mayBegin(first, text)) return undefined;
  const words = plainWords(text);
  const found = fromDigits(words) ?? fromWords(words);
  if (found) return found;
  const front = /^([a-z-]+)\.?,? (.+)$/.exec(words);
  if (front && isWeekday(front[1])) return fromNumbers(front[2]) ?? fromWords(front[2]);
  const behind = /^(.+?),? \(?([a-z-]+)\.?\)?$/.exec(words);
  if (behind && isWeekday(behind[2])) return fromNumbers(behind[1]) ?? fromWords(behind[1]);
  return undefined;
}

/** A text without what keeps spreadsheets from changing it, and with strokes for East Asian signs: 2021\u5e743\u67085\u65e5. */
function withoutWrapping(written: string): string {
  const text = /^['=[]/.test(written) ? written.replace(/^'|^="|"$|^\[|\]$/g, '') : written;
  if (!/[\u5e74\ub144]/.test(text)) return text;
  return text.replace(
    / ?[\u5e74\ub144] ?(\d\d?) ?[\u6708\uc6d4](?: ?(\d\d?) ?[\u65e5\uc77c])?/,
    (_, month: string, day?: string) => (day === undefined ? `-${month}` : `-${month}-${day}`),
  );
}

const ENGLISH = /^(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)/i;

/** Whether a text may be a date or a time of day, as far as its first word and its length tell. */
export function mayBeDate(written: string): boolean {
  if (written.length < SHORTEST_TIME || written.length > LONGEST_DATE || !/\d/.test(written)) return false;
  const text = withoutWrapping(written);
  const first = /^[^\d\s.,/'()-]*/.exec(text)?.[0] ?? '';
  return first === '' || mayBegin(first, text) || mayBeAtTime(text);
}

function mayBegin(first: string, text: string): boolean {
  if (first.length === 1)
    return /^(?:[qt][1-4][ /'-]*\d\d(?:\d\d)?|h[12][ /-]?\d{4}|h[12] ?'\d\d)$/i.test(text);
  if (ENGLISH.test(first)) return true;
  const word = plainWords(first);
  return monthNamed(word) !== undefined || isWeekday(word);
}

/** 2021-01-31, 31.1.2021, 31/1/21, with or without a time. */
function fromNumbers(text: string): DateReading | undefined {
  const parts = numeric.exec(text);
  if (!parts) return undefined;
  const [, a, mark, b, c, time] = parts;
  if (a.length === 4) return c.length <= 2 ? certain('year-month-day', dayOf(+a, +b, +c), time) : undefined;
  if (a.length > 2 || c.length === 1 || c.length === 3) return undefined;
  const short = c.length === 2;
  const year = short ? fullYear(+c) : +c;
  const style = mark === '.' ? 'dots' : 'slashes';
  const orders = {
    day: dayOf(year, +b, +a),
    month: dayOf(year, +a, +b),
    year: short && a.length === 2 ? dayOf(fullYear(+a), +b, +c) : NaN,
  };
  return at(short ? `${style}, two-digit year` : style, orders, time);
}

/** 20210131, 202101, 01.2021, 2021.01, 2021, and days and seconds that are only counted. */
function fromDigits(text: string): DateReading | undefined {
  const parts = compact.exec(text);
  if (parts) {
    const [, year, month, day, time, zone = ''] = parts;
    if (!isUsual(+year)) return undefined;
    const clock = time?.replace(
      /^(\d\d)(\d\d)(\d\d)?$/,
      (_, h: string, m: string, s = '00') => `${h}:${m}:${s}`,
    );
    const style = clock === undefined ? 'yyyymmdd' : 'yyyymmdd and time';
    return certain(style, dayOf(+year, +month, +day), clock && clock + zone);
  }
  const stamped = stamp.exec(text);
  if (stamped && isUsual(+stamped[1])) {
    const [, year, month, day, hour, minute = '00', second = '00'] = stamped;
    const found = certain('yyyymmdd and time', dayOf(+year, +month, +day), `${hour}:${minute}:${second}`);
    if (found && !Number.isNaN(found.day)) return found;
  }
  const monthPoint = /^(\d\d?)\.(\d{3,4})$/.exec(text);
  if (monthPoint) return reduced('month.year', +monthPoint[2].padEnd(4, '0'), +monthPoint[1]);
  // 2021.1 is October without its zero.
  const yearPoint = /^(\d{4})[.,](\d\d|1)$/.exec(text);
  if (yearPoint) return reduced('year.month', +yearPoint[1], +yearPoint[2].padEnd(2, '0'));
  // As programs write whole numbers that know missing values in fractions only, and spreadsheets long ones.
  const digits = text.replace(/^(\d{5,})[.,]0+$/, '$1').replace(/^(\d{5,}),/, '$1.');
  const isShortened = /^\d\.\d+e\+?(?:09|9|1[0-9])$/.test(digits);
  if (!isShortened && !/^\d+(?:\.\d+)?$/.test(digits)) return undefined;
  const value = Number(digits);
  if (/^\d{6}$/.test(digits)) return reduced('yyyymm', +digits.slice(0, 4), +digits.slice(4));
  if (/^\d{4}$/.test(digits)) return isUsual(value) ? certain('year', dayOf(value, 1, 1)) : undefined;
  if (/^\d{5}(?:\.\d+)?$/.test(digits)) return certain('serial number', value - SPREADSHEET_EPOCH);
  const { length } = String(Math.floor(value));
  const unit = UNIX_TIMES.find(({ lengths }) => lengths.includes(length));
  return unit && certain('Unix time', (value * unit.milliseconds) / MS_PER_DAY);
}

/** Seconds since 1970, and thousandths and so on of these: how many digits they have today. */
const UNIX_TIMES = [
  { lengths: [9, 10], milliseconds: 1000 },
  { lengths: [12, 13], milliseconds: 1 },
  { lengths: [15, 16], milliseconds: 1e-3 },
  { lengths: [18, 19], milliseconds: 1e-6 },
];

/** Names of months, quarters and weeks, in small letters. */
function fromWords(text: string): DateReading | undefined {
  const turned = text.replace(clockBeforeYear, '$1 $3 $2');
  let parts = dayName.exec(turned);
  const dayFirst = parts && named(parts[3], parts[2], parts[1], parts[4]);
  if (dayFirst) return dayFirst;
  parts = nameDay.exec(turned);
  const nameFirst = parts && named(parts[3], parts[1], parts[2], parts[4]);
  if (nameFirst) return nameFirst;
  parts = yearName.exec(text);
  const yearFirst = parts && named(parts[1], parts[2], parts[3], parts[4]);
  if (yearFirst) return yearFirst;
  parts = yearMonth.exec(text) ?? /^(\d{4})-?m(\d\d?)$/.exec(text);
  if (parts) return reduced('year and month', +parts[1], +parts[2]);
  parts = monthYear.exec(text);
  if (parts) return reduced('year and month', +parts[2], +parts[1]);
  parts = nameYear.exec(text);
  if (parts) return namedMonth(parts[2] ?? parts[3] ?? parts[4] ?? parts[5], parts[1]);
  parts = quarterYear.exec(text);
  if (parts) {
    const [number, year] = parts.slice(1).filter((part) => part !== undefined);
    return quarter(year, number);
  }
  parts = yearQuarter.exec(text);
  if (parts) return quarter(parts[1], parts[2]);
  parts = halfYear.exec(text);
  if (parts) {
    const [number, year] = parts.slice(1).filter((part) => part !== undefined);
    return half(year, number);
  }
  parts = yearHalf.exec(text);
  if (parts) return half(parts[1], parts[2]);
  parts = yearNameOnly.exec(text);
  if (parts) return namedMonth(parts[1], parts[2]);
  parts = week.exec(text);
  return parts ? certain('week', weekOf(+parts[1], +parts[2], +(parts[3] ?? 1))) : undefined;
}

function named(year: string, name: string, day: string, time: string | undefined): DateReading | undefined {
  const month = monthNamed(name);
  return month === undefined ? undefined : certain('month name', dayOf(written(year), month + 1, +day), time);
}

function namedMonth(year: string, name: string): DateReading | undefined {
  const month = monthNamed(name);
  return month === undefined ? undefined : reduced('year and month', written(year), month + 1);
}

const quarter = (year: string, number: string) => reduced('quarter', written(year), 3 * Number(number) - 2);

const half = (year: string, number: string) => reduced('half-year', written(year), 6 * Number(number) - 5);

/** The first day of a month in a usual year. */
const reduced = (style: DateStyle, year: number, month: number): DateReading | undefined =>
  isUsual(year) ? certain(style, dayOf(year, month, 1)) : undefined;

const certain = (style: DateStyle, day: number, time?: string): DateReading | undefined =>
  at(style, { day, month: day, year: day }, time);

/** Dates with the time of day that stands behind them, if one does. */
function at(
  style: DateStyle,
  orders: Readonly<Record<DateOrder, number>>,
  time: string | undefined,
): DateReading | undefined {
  if (time === undefined || time === '') return { style, ...orders };
  const clock = clockIn(time.trim());
  if (clock === undefined) return undefined;
  if (clock === NO_TIME) return { style, day: NaN, month: NaN, year: NaN };
  const { hour, minute, second, zone } = clock;
  const later = (day: number) =>
    (day * MS_PER_DAY + 60_000 * (60 * hour + minute - zone) + 1000 * second) / MS_PER_DAY;
  return { style, day: later(orders.day), month: later(orders.month), year: later(orders.year) };
}

const isUsual = (year: number) => year >= FIRST_YEAR && year <= LAST_YEAR;
/** The year that two digits are. */
export const fullYear = (short: number) => (short <= 68 ? 2000 : 1900) + short;
const written = (year: string) => (year.length === 2 ? fullYear(Number(year)) : Number(year));

const MONTH_LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const isLeap = (year: number) => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);

/** Days since 1970-01-01 in the Gregorian calendar; month from 1. NaN for a day that there is not. */
export function dayOf(year: number, month: number, day: number): number {
  if (year < 1 || month < 1 || month > 12 || day < 1) return NaN;
  if (day > MONTH_LENGTHS[month - 1] + (month === 2 && isLeap(year) ? 1 : 0)) return NaN;
  // Years that begin in March, so that the leap day is their last: after Howard Hinnant, days_from_civil.
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const ofEra = y - era * 400;
  const ofYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  return era * 146_097 + ofEra * 365 + Math.floor(ofEra / 4) - Math.floor(ofEra / 100) + ofYear - 719_468;
}

/** A day of a week as ISO 8601 counts them: the first one holds January the 4th. */
export function weekOf(year: number, number: number, weekday: number): number {
  if (!isUsual(year) || number < 1 || number > 53) return NaN;
  const fourth = dayOf(year, 1, 4);
  // 1970-01-01 was a Thursday.
  const monday = fourth - ((((fourth + 3) % 7) + 7) % 7);
  return monday + 7 * (number - 1) + weekday - 1;
}
