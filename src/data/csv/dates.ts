import { partOfDay } from './clock';
import { daysInDigits, digitFormatNames, type DigitFormat } from './digitDates';
import { timeInDigits, type DigitClock } from './digitTimes';
import { readDate, type DateOrder, type DateStyle } from './dateTexts';
import { LONGEST_AMOUNT } from './number';

/** Formats that each have a pattern of their own, in which English names of months may be followed by any letters. */
const strictFormatNames = [
  ...(['ISO 8601', 'year/month/day', 'day.month.year', 'day/month/year', 'month/day/year'] as const),
  ...(['day month year', 'month day year'] as const),
] as const;
type StrictFormat = (typeof strictFormatNames)[number];

/** Formats that are found by {@link readDate}: in which order the numbers stand and, where all dates have one, the style. */
const looseFormats = {
  'day.month.yy': { order: 'day', style: 'dots, two-digit year' },
  'month.day.yy': { order: 'month', style: 'dots, two-digit year' },
  'yy.month.day': { order: 'year', style: 'dots, two-digit year' },
  'month.day.year': { order: 'month', style: 'dots' },
  'day/month/yy': { order: 'day', style: 'slashes, two-digit year' },
  'month/day/yy': { order: 'month', style: 'slashes, two-digit year' },
  'yy/month/day': { order: 'year', style: 'slashes, two-digit year' },
  'day, name of the month and year': { order: 'day', style: 'month name' },
  'year, month and day': { order: 'day', style: 'year-month-day' },
  'year and month': { order: 'day', style: 'year and month' },
  'year and quarter': { order: 'day', style: 'quarter' },
  'year and half': { order: 'day', style: 'half-year' },
  'year and week': { order: 'day', style: 'week' },
  yyyymmdd: { order: 'day', style: 'yyyymmdd' },
  'yyyymmdd and time': { order: 'day', style: 'yyyymmdd and time' },
  yyyymm: { order: 'day', style: 'yyyymm' },
  'month.year': { order: 'day', style: 'month.year' },
  'year.month': { order: 'day', style: 'year.month' },
  year: { order: 'day', style: 'year' },
  'days since 1899-12-30': { order: 'day', style: 'serial number' },
  'seconds since 1970': { order: 'day', style: 'Unix time' },
  'several ways, the day first': { order: 'day', style: null },
  'several ways, the month first': { order: 'month', style: null },
  'several ways, the year first': { order: 'year', style: null },
} as const satisfies Readonly<
  Record<string, { readonly order: DateOrder; readonly style: DateStyle | null }>
>;
type LooseFormat = keyof typeof looseFormats;
const looseFormatNames = Object.keys(looseFormats) as LooseFormat[];

/** Formats of dates, as a person is told them. Trainings keep them: a name never changes its meaning. */
export type DateFormat = StrictFormat | LooseFormat | DigitFormat;
export const dateFormatNames: readonly DateFormat[] = [
  ...new Set<DateFormat>([...strictFormatNames, ...looseFormatNames, ...digitFormatNames]),
];

const isOfDigits = (format: DateFormat): format is DigitFormat =>
  (digitFormatNames as readonly DateFormat[]).includes(format);
const isLoose = (format: DateFormat): format is LooseFormat => Object.hasOwn(looseFormats, format);
const isStrict = (format: DateFormat): format is StrictFormat =>
  (strictFormatNames as readonly DateFormat[]).includes(format);

const MS_PER_DAY = 86_400_000;
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const CLOCK = String.raw`(?<hour>\d\d?):(?<minute>\d\d)(?::(?<second>\d\d(?:[.,]\d+)?))?`;
const TIME = String.raw`(?:(?:T|,? )${CLOCK}(?: ?(?<half>[AP]M))?(?: ?(?:Z|UTC|GMT|(?<zone>[-+]\d\d:?\d\d)))?)?`;
const YEAR = String.raw`(?<year>\d{4})`;
const MONTH = String.raw`(?<month>\d\d?)`;
const NAME = String.raw`(?<name>${MONTHS.join('|')})[a-z]*\.?`;
const DAY = String.raw`(?<day>\d\d?)`;
const pattern = (date: string) => new RegExp(`^${date}${TIME}$`, 'i');
const patterns: Record<StrictFormat, RegExp> = {
  'ISO 8601': pattern(`${YEAR}-${MONTH}-${DAY}`),
  'year/month/day': pattern(`${YEAR}/${MONTH}/${DAY}`),
  'day.month.year': pattern(String.raw`${DAY}\.${MONTH}\.${YEAR}`),
  'day/month/year': pattern(`${DAY}[/-]${MONTH}[/-]${YEAR}`),
  'month/day/year': pattern(`${MONTH}[/-]${DAY}[/-]${YEAR}`),
  'day month year': pattern(`${DAY}[ -]?${NAME}[ -]?${YEAR}`),
  'month day year': pattern(`${NAME} ${DAY},? ${YEAR}`),
};

/** Days since 1970-01-01, in the time zone that is told or none, of a date in a format; NaN for what is no such date. */
export function days(text: string, format: DateFormat): number {
  if (isStrict(format)) return strictDays(text, format);
  const inDigits = isOfDigits(format) ? daysInDigits(text, format) : NaN;
  return isLoose(format) && Number.isNaN(inDigits) ? looseDays(text, format) : inDigits;
}

function looseDays(text: string, format: LooseFormat): number {
  const { order, style } = looseFormats[format];
  const found = readDate(text);
  return found && (style === null || found.style === style) ? found[order] : NaN;
}

function strictDays(text: string, format: StrictFormat): number {
  const parts = text.length <= LONGEST_AMOUNT ? patterns[format].exec(text)?.groups : undefined;
  if (!parts) return NaN;
  const { year, name, day, minute = '0', second = '0', half, zone } = parts;
  const month = name ? MONTHS.indexOf(name.toLowerCase()) : Number(parts['month']) - 1;
  const midnight = new Date(0);
  midnight.setUTCFullYear(Number(year), month, Number(day));
  // February the 30th would be the 1st of March.
  if (midnight.getUTCMonth() !== month || midnight.getUTCDate() !== Number(day)) return NaN;
  let hour = Number(parts['hour'] ?? 0);
  if (half && (hour < 1 || hour > 12)) return NaN;
  if (half) hour = (hour % 12) + (half.toUpperCase() === 'PM' ? 12 : 0);
  if (hour > 23 || Number(minute) > 59 || Number(second.replace(',', '.')) >= 60) return NaN;
  const minutes = 60 * hour + Number(minute) - minutesOf(zone);
  return (midnight.getTime() + 60_000 * minutes + 1000 * Number(second.replace(',', '.'))) / MS_PER_DAY;
}

/** Minutes that a time zone such as +02:00 is ahead. */
function minutesOf(zone: string | undefined): number {
  if (!zone) return 0;
  const minutes = 60 * Number(zone.slice(1, 3)) + Number(zone.slice(-2));
  return zone.startsWith('-') ? -minutes : minutes;
}

/** The one style of some dates, and their order, as a format; without a style they are written in several ways. */
export function looseFormatOf(style: DateStyle | null, order: DateOrder): DateFormat {
  const named = looseFormatNames.find(
    (name) => looseFormats[name].style === style && (style === null || fits(name, order)),
  );
  if (style !== null && named) return named;
  return `several ways, the ${order} first`;
}

/** Whether a format has an order; most styles have one of their own. */
const fits = (name: LooseFormat, order: DateOrder) =>
  looseFormats[name].order === order || !/dots|slashes/.test(looseFormats[name].style ?? '');

/** Texts as days, each in the same format of those with a pattern of their own; NaN for any other text. */
export type StrictReading = { readonly format: DateFormat; readonly values: Float64Array };

/** The strict formats in which all these texts are dates: more than one when nothing tells day and month apart. */
export function strictReadings(texts: readonly string[]): StrictReading[] {
  const values = new Float64Array(texts.length);
  return strictFormatNames.flatMap((format) => {
    for (let k = 0; k < texts.length; k++) {
      const value = strictDays(texts[k], format);
      if (Number.isNaN(value)) return [];
      values[k] = value;
    }
    return [{ format, values: values.slice() }];
  });
}

/** The time of day in a text, or in a date with a time, as a part of the day from 0 to less than 1; NaN where there is none. */
export function timeOfDay(text: string, clock?: DigitClock): number {
  const part = timeInDigits(text, clock) ?? partOfDay(text);
  if (part !== undefined) return part;
  const found = readDate(text);
  if (!found || !/\d[ tT,]+\d\d?[:\dh]/.test(text)) return NaN;
  const value = [found.day, found.month, found.year].find((each) => !Number.isNaN(each)) ?? NaN;
  return value - Math.floor(value);
}
