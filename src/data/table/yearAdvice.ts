import type { ReadColumn } from '../csv/resolve';

/** Years of two digits among years of four. */
export interface MixedYears {
  /** The first of them, how many there are, and the first year of four digits. */
  readonly row: number;
  readonly count: number;
  readonly like: number;
}

const YEARS =
  /(?:^|[^\p{L}])(?:years?|yr|jahr|jahrgang|annee|année|año|anno|ano|vintage|baujahr|yob|rok|год)(?:[^\p{L}]|$)/iu;
const LONGEST_NAME = 200;
const FIRST_YEAR = 1900;
const LAST_YEAR = 2100;
/** Years of two digits are this near to the others. */
const NEAR = 5;
/** So many years of four digits at least. */
const FEWEST_LONG = 3;

/** Finds years of two digits among those of four, under the name of a year; null where there are not both alone. */
export function mixedYears({ name, numbers }: ReadColumn): MixedYears | null {
  if (!YEARS.test(name.slice(0, LONGEST_NAME).replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2'))) return null;
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
  const isNear = (year: number) => year >= least - NEAR && year <= most + NEAR;
  const areNear = [...short].every((value) => isNear(1900 + value) || isNear(2000 + value));
  return count > 0 && long >= FEWEST_LONG && areNear ? { row, count, like } : null;
}

const YEAR = 365.2425;
/** Days since 1970 from 2480 to 2620: those of 1937 to 2077, in the years of Buddhists. */
const FIRST_AHEAD = 510 * YEAR;
const LAST_AHEAD = 650 * YEAR;
/** How many years these are ahead of the common ones. */
const AHEAD = 543;
/** Fewer different dates may stand for none. */
const FEWEST_AHEAD = 3;

/** The first date that lies centuries ahead, and the common year of it if that of Buddhists was meant; null for few. */
export function buddhistYears(values: Float64Array): { readonly row: number; readonly year: number } | null {
  const days = new Set<number>();
  let row = -1;
  for (let at = 0; at < values.length && days.size < FEWEST_AHEAD; at++) {
    if (!(values[at] >= FIRST_AHEAD && values[at] < LAST_AHEAD)) continue;
    if (days.size === 0) row = at;
    days.add(values[at]);
  }
  if (days.size < FEWEST_AHEAD) return null;
  const date = new Date(Math.floor(values[row]) * 86_400_000);
  return { row, year: date.getUTCFullYear() - AHEAD };
}
