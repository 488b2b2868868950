import { looseFormatOf, type DateFormat } from './dates';
import type { DateOrder, DateReading } from './dateTexts';

/** From this share on, dates that fit only the other order are mistakes. */
export const SURE = 0.95;

/** The order of the numbers in dates that leave it open; null when nothing tells it, or dates contradict one another. */
export function orderOf(readings: readonly (DateReading | undefined)[]): {
  readonly chosen: DateOrder | null;
  readonly formats: readonly DateFormat[];
} {
  const fit = { day: 0, month: 0, year: 0, any: 0 };
  let differ = false;
  let dotted = true;
  let short = true;
  for (const reading of readings) {
    if (!reading || !/^(?:dots|slashes)/.test(reading.style)) continue;
    const isDay = !Number.isNaN(reading.day);
    const isMonth = !Number.isNaN(reading.month);
    const isYear = !Number.isNaN(reading.year);
    if (!isDay && !isMonth && !isYear) continue;
    fit.any++;
    if (isDay) fit.day++;
    if (isMonth) fit.month++;
    if (isYear) fit.year++;
    differ ||= reading.day !== reading.month;
    dotted &&= reading.style.startsWith('dots');
    short &&= reading.style.endsWith('two-digit year');
  }
  const style = short ? 'slashes, two-digit year' : 'slashes';
  const formats = short
    ? (['day', 'month'] as const).map((order) => looseFormatOf(style, order))
    : (['day/month/year', 'month/day/year'] as const);
  const all = (order: DateOrder) => fit[order] === fit.any;
  const as = (chosen: DateOrder | null) => ({ chosen, formats });
  if (short && all('year') && (!(all('day') || all('month')) || isYearFirst(readings, dotted)))
    return as('year');
  if (all('day') && (!all('month') || !differ || dotted)) return as('day');
  if (all('month')) return as(all('day') ? null : 'month');
  const most = fit.day >= fit.month ? 'day' : 'month';
  return as(fit[most] >= SURE * fit.any || (fit.any - fit[most] === 1 && fit.any > 10) ? most : null);
}

/**
 * Whether first and last numbers of dates are the days of months and the years of a series by months, such as 01/03/05
 * and 01/04/05, rather than years and days.
 */
export function areMonthly(dates: readonly (readonly [first: number, last: number])[]): boolean {
  const lasts = new Set<number>();
  return dates.every(([first, last]) => {
    lasts.add(last);
    return (first === 1 || first === 15 || (first >= 28 && first <= 31)) && lasts.size <= MOST_YEARS;
  });
}

/** A series by months is of no more years; days of months are more. */
const MOST_YEARS = 12;

/**
 * Whether two-digit numbers in front are the years of dates that would have a day there as well. With points the day
 * mostly comes first: there have to be many days.
 */
function isYearFirst(readings: readonly (DateReading | undefined)[], dotted: boolean): boolean {
  if (!spansLess(readings)) return false;
  const dates = readings.flatMap((reading): [number, number][] => {
    if (!reading || Number.isNaN(reading.year)) return [];
    const date = new Date(Math.floor(reading.year) * MS_PER_DAY);
    return [[date.getUTCFullYear() % 100, date.getUTCDate()]];
  });
  const days = new Set(dates.map(([, day]) => day));
  return !areMonthly(dates) && (!dotted || days.size >= FEWEST_DAYS);
}

const MS_PER_DAY = 86_400_000;
const FEWEST_DAYS = 10;

/** Whether two-digit years in front would lie much closer together than those behind. */
function spansLess(readings: readonly (DateReading | undefined)[]): boolean {
  const span = (order: DateOrder) => {
    const [first, last] = rangeOf(Float64Array.from(readings, (reading) => reading?.[order] ?? NaN));
    return last >= first ? last - first : Infinity;
  };
  return 2 * span('year') < Math.min(span('day'), span('month'));
}

export function rangeOf(values: Float64Array): [first: number, last: number] {
  let [first, last] = [Infinity, -Infinity];
  for (const value of values) {
    if (value < first) first = value;
    if (value > last) last = value;
  }
  return [first, last];
}
