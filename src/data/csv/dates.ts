import { LONGEST_AMOUNT } from './number';

/** Formats of dates, as a person is told them. */
export const dateFormatNames = [
  ...(['ISO 8601', 'year/month/day', 'day.month.year', 'day/month/year', 'month/day/year'] as const),
  ...(['day month year', 'month day year'] as const),
] as const;
export type DateFormat = (typeof dateFormatNames)[number];

const MS_PER_DAY = 86_400_000;
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const CLOCK = String.raw`(?<hour>\d\d?):(?<minute>\d\d)(?::(?<second>\d\d(?:[.,]\d+)?))?`;
const TIME = String.raw`(?:(?:T|,? )${CLOCK}(?: ?(?<half>[AP]M))?(?: ?(?:Z|UTC|GMT|(?<zone>[-+]\d\d:?\d\d)))?)?`;
const YEAR = String.raw`(?<year>\d{4})`;
const MONTH = String.raw`(?<month>\d\d?)`;
const NAME = String.raw`(?<name>${MONTHS.join('|')})[a-z]*\.?`;
const DAY = String.raw`(?<day>\d\d?)`;
const pattern = (date: string) => new RegExp(`^${date}${TIME}$`, 'i');
const patterns: Record<DateFormat, RegExp> = {
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

/** The formats in which all these texts are dates: more than one when nothing tells day and month apart. */
export const dateFormats = (texts: readonly string[]): DateFormat[] =>
  dateFormatNames.filter((format) => texts.every((text) => !Number.isNaN(days(text, format))));
