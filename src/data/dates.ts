/** Formats of dates, as a person is told them. */
const FORMATS = ['ISO 8601', 'year/month/day', 'day.month.year', 'day/month/year', 'month/day/year'] as const;
export type DateFormat = (typeof FORMATS)[number];

const MS_PER_DAY = 86_400_000;
const TIME = String.raw`(?:[T ](?<hour>\d\d):(?<minute>\d\d)(?::(?<second>\d\d(?:\.\d+)?))?Z?)?`;
const patterns: Record<DateFormat, RegExp> = {
  'ISO 8601': new RegExp(String.raw`^(?<year>\d{4})-(?<month>\d\d)-(?<day>\d\d)${TIME}$`),
  'year/month/day': new RegExp(String.raw`^(?<year>\d{4})/(?<month>\d\d?)/(?<day>\d\d?)${TIME}$`),
  'day.month.year': new RegExp(String.raw`^(?<day>\d\d?)\.(?<month>\d\d?)\.(?<year>\d{4})${TIME}$`),
  'day/month/year': new RegExp(String.raw`^(?<day>\d\d?)[/-](?<month>\d\d?)[/-](?<year>\d{4})${TIME}$`),
  'month/day/year': new RegExp(String.raw`^(?<month>\d\d?)[/-](?<day>\d\d?)[/-](?<year>\d{4})${TIME}$`),
};

/** Days since 1970-01-01 of a date in a format, or NaN. */
export function days(text: string, format: DateFormat): number {
  const parts = patterns[format].exec(text)?.groups;
  if (!parts) return NaN;
  const { year, month, day, hour = 0, minute = 0, second = 0 } = parts;
  const midnight = new Date(0);
  midnight.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  // February the 30th would be the 1st of March.
  if (midnight.getUTCMonth() !== Number(month) - 1 || midnight.getUTCDate() !== Number(day)) return NaN;
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) >= 60) return NaN;
  const seconds = 3600 * Number(hour) + 60 * Number(minute) + Number(second);
  return (midnight.getTime() + 1000 * seconds) / MS_PER_DAY;
}

/** The formats in which all these texts are dates: more than one when nothing tells day and month apart. */
export const dateFormats = (texts: readonly string[]): DateFormat[] =>
  FORMATS.filter((format) => texts.every((text) => !Number.isNaN(days(text, format))));
