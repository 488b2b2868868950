import type { ReadColumn } from '../csv/resolve';

/** Years of two digits among years of four, or such as begin again at 00. */
export interface MixedYears {
  /** The first of them, or after 99, how many there are, and the first year of four digits, or the last before 00. */
  readonly row: number;
  readonly count: number;
  readonly like: string;
  /** Whether all have two digits, and begin again at 00. */
  readonly wraps?: true;
}

const YEARS =
  /(?:^|[^\p{L}])(?:years?|yr|jahr|jahrgang|annee|année|año|anno|ano|vintage|baujahr|yob|rok|год|birth ?year|yearofbirth|geburtsjahr|geb ?jahr|födelseår|godina|born|built|founded|jg|rocznik|geboren|erbaut|naissance|nacimiento|nascita)(?:[^\p{L}]|$)/iu;
/** Years of school are counted, and 98 and 99 among them stand for none. */
const COUNTED = /(?:^|[^\p{L}])years(?! of birth)(?:[^\p{L}]|$)/iu;
const LONGEST_NAME = 200;
/** Whether a column is called a year. */
export const isNamedYear = (name: string): boolean =>
  YEARS.test(name.slice(0, LONGEST_NAME).replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2'));
const FIRST_YEAR = 1900;
const LAST_YEAR = 2100;
/** Years of two digits are this near to the others. */
const NEAR = 5;
/** Years that begin again at 00 leave no more out about it than this, and at least so many before the first of them. */
const MOST_ABOUT_00 = 5;
const FEWEST_BEFORE = 20;
/** So many different years of either century at least. */
const FEWEST_OF_CENTURY = 2;
/** So many years of four digits at least. */
const FEWEST_LONG = 3;

/**
 * Finds years of two digits among those of four, or those after 99, under the name of a year; null where there are not
 * both alone.
 */
export function mixedYears(read: ReadColumn): MixedYears | null {
  const { name, numbers } = read;
  if (!isNamedYear(name)) return null;
  const short = new Set<number>();
  let [row, count, long, like, least, most] = [-1, 0, 0, NaN, Infinity, -Infinity];
  for (let at = 0; at < numbers.length; at++) {
    const value = numbers[at];
    // 0 stands for none.
    if (Number.isNaN(value) || value === 0) continue;
    if (!Number.isInteger(value)) return null;
    if (value > 0 && value < 100) {
      if (count++ === 0) row = at;
      short.add(value);
    } else if (value >= FIRST_YEAR && value <= LAST_YEAR) {
      if (long++ === 0) like = value;
      least = Math.min(least, value);
      most = Math.max(most, value);
    } else return null;
  }
  if (long === 0) return COUNTED.test(name) ? null : wrappedYears(read, short);
  const isNear = (year: number) => year >= least - NEAR && year <= most + NEAR;
  const areNear = [...short].every((value) => isNear(1900 + value) || isNear(2000 + value));
  return count > 0 && long >= FEWEST_LONG && areNear ? { row, count, like: String(like) } : null;
}

/** Years of two digits that go from one century to the next: 96 to 99, 00 to 05; `short`: all but 0. */
function wrappedYears({ numbers, numberTexts }: ReadColumn, short: ReadonlySet<number>): MixedYears | null {
  // Without its zero in front, 0 stands for none as well.
  const sorted = [...short, ...(numberTexts?.get(0) === '00' ? [0] : [])].sort((a, b) => a - b);
  let border = 1;
  const gap = (k: number) => sorted[k] - sorted[k - 1];
  for (let k = 2; k < sorted.length; k++) if (gap(k) > gap(border)) border = k;
  if (border < FEWEST_OF_CENTURY || sorted.length - border < FEWEST_OF_CENTURY) return null;
  const around = sorted[0] + 100 - sorted[sorted.length - 1];
  if (around > MOST_ABOUT_00 || gap(border) < FEWEST_BEFORE) return null;
  const isAfter = (value: number) => value <= sorted[border - 1];
  const like = String(sorted[sorted.length - 1]);
  return { row: numbers.findIndex(isAfter), count: numbers.filter(isAfter).length, like, wraps: true };
}

const YEAR = 365.2425;
/** Days since 1970 from 2480 to 2620: those of 1937 to 2077, in the years of Buddhists. */
const FIRST_AHEAD = 510 * YEAR;
const LAST_AHEAD = 650 * YEAR;
/** How many years these are ahead of the common ones. */
const AHEAD = 543;
/** Fewer different dates may stand for none. */
const FEWEST_AHEAD = 3;

/** The first date whose year seems to be of another calendar, and the common year of it then. */
export interface OtherCalendar {
  readonly row: number;
  readonly calendar: 'Buddhist' | 'Persian' | 'Islamic';
  readonly year: number;
}

const yearOf = (day: number): number => new Date(Math.floor(day) * 86_400_000).getUTCFullYear();

/** Dates that lie centuries ahead, as those of Buddhists do, or all of them behind; null for few. */
export function otherCalendar(values: Float64Array): OtherCalendar | null {
  const days = new Set<number>();
  let row = -1;
  for (let at = 0; at < values.length && days.size < FEWEST_AHEAD; at++) {
    if (!(values[at] >= FIRST_AHEAD && values[at] < LAST_AHEAD)) continue;
    if (days.size === 0) row = at;
    days.add(values[at]);
  }
  if (days.size < FEWEST_AHEAD) return calendarBehind(values);
  return { row, calendar: 'Buddhist', year: yearOf(values[row]) - AHEAD };
}

/** Years that the calendars of Persia and of Islam have had since about 1940. */
const PERSIAN = { first: 1320, last: 1410, behind: 621 };
const ISLAMIC = { first: 1360, last: 1455 };
/** An Islamic year is shorter than a common one by so much of it. */
const ISLAMIC_YEAR = 0.970224;
const ISLAMIC_START = 621.5774;

/** Dates all of which are of a calendar that is centuries behind, as those of the Middle Ages are. */
function calendarBehind(values: Float64Array): OtherCalendar | null {
  let [least, most] = [Infinity, -Infinity];
  const days = new Set<number>();
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    // Most columns end here.
    if (value > 0) return null;
    least = Math.min(least, value);
    most = Math.max(most, value);
    if (days.size < FEWEST_AHEAD) days.add(value);
  }
  if (days.size < FEWEST_AHEAD) return null;
  const row = values.findIndex((value) => !Number.isNaN(value));
  const [first, last, year] = [least, most, values[row]].map(yearOf);
  if (first >= PERSIAN.first && last <= PERSIAN.last)
    return { row, calendar: 'Persian', year: year + PERSIAN.behind };
  return first >= ISLAMIC.first && last <= ISLAMIC.last
    ? { row, calendar: 'Islamic', year: Math.floor(year * ISLAMIC_YEAR + ISLAMIC_START) }
    : null;
}
