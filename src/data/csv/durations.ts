import type { ColumnTexts } from './columnAmounts';
import { decimal, IN_YEARS, LETTER_M, LONGEST_DURATION, partsIn, type Parts } from './durationParts';
import { isNamedAge, isNamedClock, isNamedDuration, isNamedTime } from './timeNames';

/** How the durations of a column are written: 00:03:35, 3:35 alone, 1h 10m, or 2 yrs 3 mos. */
export type DurationForm = 'clock' | 'short' | 'parts' | 'months';

/** Durations that the texts of a column are. */
export interface Durations {
  readonly form: DurationForm;
  /** Seconds of each text, or months where years and months are among them; NaN for what is none. */
  readonly values: Float64Array;
  /** The first text that is one. */
  readonly code: number;
  /** Whether numbers beside them are seconds: 58.91 beside 1:02.45. */
  readonly areSecondsBeside?: boolean;
}

/** 00:03:35, -1:02:03.5, 27:15:00; with days in front, 0 days 00:03:35 and 1 day, 2:03:04, as programs write them. */
const CLOCK = /^([-+]?)(?:(\d{1,6}) days?,? [+]?)?(\d{1,5}):([0-5]\d):([0-5]\d(?:[.,]\d+)?)$/i;
/** 3:35 and 3:35.2: minutes and seconds, where others have hours in front. */
const SHORT_CLOCK = /^([-+]?)(\d{1,3}):([0-5]\d(?:[.,]\d+)?)$/;
/** The hours in front of a duration as a clock has it, with its days, and its seconds; null of any other text. */
function clockIn(
  text: string,
): { readonly hours: number; readonly seconds: number; readonly isSure: boolean } | null {
  const found = text.length > LONGEST_DURATION ? null : CLOCK.exec(text);
  if (!found) return null;
  const [, sign, days, hours, minutes, rest] = found;
  const clock = 3600 * Number(hours) + 60 * Number(minutes) + decimal(rest);
  const whole = 86_400 * Number(days ?? 0);
  // -1 days +23:59:50 is ten seconds below zero; -1:00 is one hour.
  const seconds = sign !== '-' ? whole + clock : days === undefined ? -clock : clock - whole;
  return {
    hours: 24 * Number(days ?? 0) + Number(hours),
    seconds,
    isSure: sign !== '' || days !== undefined,
  };
}

function shortIn(text: string): number | null {
  const found = text.length > LONGEST_DURATION ? null : SHORT_CLOCK.exec(text);
  if (!found) return null;
  const seconds = 60 * Number(found[2]) + decimal(found[3]);
  return found[1] === '-' ? -seconds : seconds;
}

/** The seconds of a duration, however it is written; NaN for what is none. */
export const durationIn = (text: string): number =>
  clockIn(text)?.seconds ?? partsIn(text)?.seconds ?? shortIn(text) ?? NaN;

/** The months of a duration in years, months and weeks; NaN for what is none. */
export const monthsIn = (text: string): number => partsIn(text)?.months ?? NaN;

/** From this share of the cells on, durations explain nearly all of them. */
const NEARLY_ALL = 0.95;
const NEARLY_ALL_TEXTS = 0.9;
/** More hours than a day has in so many of the texts are no slips. */
const FEWEST_LONG = 0.05;
/** Fewer different texts say nothing of what their hours are. */
const FEWEST = 3;

/**
 * The durations that the texts of a column are. `forced`: whatever its name and its hours say, its times are
 * durations. Null where they are none, or may be times of day.
 */
export function durationsIn(column: ColumnTexts, forced: boolean): Durations | null {
  const { texts, isMissing, counts, plainNumbers } = column;
  const codes = [...texts.keys()].filter((code) => !isMissing[code] && counts[code] > 0);
  if (codes.length === 0 || !mayBeDurations(column, codes, forced)) return null;
  const all = countsOf(counts, codes) + plainNumbers;
  const isNearlyAll = (some: readonly number[], seconds = 0) => {
    const cells = countsOf(counts, some) + seconds;
    // One word may stand in many cells.
    const areManyTexts = plainNumbers === seconds && some.length >= NEARLY_ALL_TEXTS * codes.length;
    return some.length > 0 && (cells >= NEARLY_ALL * all || (areManyTexts && 2 * cells >= all));
  };
  const inParts = codes.map((code) => partsIn(texts[code]));
  const compound = codes.filter((_, k) => inParts[k] !== null);
  // One part alone, such as 45 m, is a number with a unit. Degrees have minutes and seconds, too.
  const several = inParts.filter((found) => (found?.count ?? 0) > 1);
  const areSpans = several.some((found) => found?.mayBeTime === false) || isNamedDuration(column.name);
  // 9h30 is a time of day, but for one beside 45 min.
  const hasMinutes = compound.some((code) => !/h/i.test(texts[code]));
  const areParts =
    several.length > 0
      ? (areSpans || hasMinutes) && !COORDINATES.test(column.name)
      : areAges(inParts, compound, column);
  if (isNearlyAll(compound) && areParts) {
    // 14h30min under the name of a time of day is one.
    if (isNamedClock(column.name) && !forced) return null;
    const values = new Float64Array(texts.length).fill(NaN);
    // Months alone have an m as well, where years are beside it, or weeks and days and nothing of a clock.
    const has = (key: 'isLoneM' | 'isLong' | 'hasYears' | 'hasClock') =>
      inParts.some((found) => found?.[key]);
    // Between 3 mo and 2 h, nothing tells.
    if (has('isLoneM') && has('isLong') && has('hasClock') && !has('hasYears')) return null;
    const form = has('isLong') || (has('isLoneM') && !has('hasClock')) ? 'months' : 'parts';
    codes.forEach((code, k) => {
      values[code] = inParts[k]?.[form === 'months' ? 'months' : 'seconds'] ?? NaN;
    });
    return { form, values, code: compound[0] };
  }
  const clocks = new Map(
    codes.flatMap((code) => {
      const found = clockIn(texts[code]);
      return found ? [[code, found] as const] : [];
    }),
  );
  const short = codes.filter((code) => !clocks.has(code) && shortIn(texts[code]) !== null);
  const shortTexts = short.map((code) => texts[code]);
  const areSecondsBeside = clocks.size === 0 && areSeconds(column, shortTexts);
  if (clocks.size === 0 && !forced && !areSecondsBeside && !areShortSpans(column, shortTexts)) return null;
  if (!isNearlyAll([...clocks.keys(), ...short], areSecondsBeside ? plainNumbers : 0)) return null;
  if (short.length > 0 && !areMinutes(column.name, shortTexts, [...clocks.values()])) return null;
  if (!forced && short.length === 0 && !areLongSpans(column, [...clocks])) return null;
  const values = new Float64Array(texts.length).fill(NaN);
  for (const [code, { seconds }] of clocks) values[code] = seconds;
  for (const code of short) values[code] = shortIn(texts[code]) ?? NaN;
  // With parts of a second, they are minutes and seconds.
  const code = codes.find((code) => clocks.has(code) || /[.,]/.test(texts[code]));
  const found =
    code === undefined ? ({ form: 'short', code: short[0] } as const) : ({ form: 'clock', code } as const);
  return { ...found, values, areSecondsBeside };
}

/**
 * Whether 3 y, 8 mo and 2 wk are ages, though each has one part; days and months alone may be terms, and 2 m months, minutes
 * or metres but under the name of an age.
 */
const areAges = (
  inParts: readonly (Parts | null)[],
  codes: readonly number[],
  { texts, name }: ColumnTexts,
): boolean =>
  codes.some((code) => IN_YEARS.test(texts[code])) &&
  inParts.some((found) => found?.isLong === false) &&
  (isNamedAge(name) || !codes.some((code) => LETTER_M.test(texts[code])));

/**
 * A glance at a few texts, one of which at least has to look like a duration; where there are many, a few more have to look
 * like such as no times of day are.
 */
function mayBeDurations({ name, texts }: ColumnTexts, codes: readonly number[], forced: boolean): boolean {
  const few = (count: number) => {
    const step = Math.max(1, codes.length / count);
    return Array.from(
      { length: Math.min(count, codes.length) },
      (_, k) => texts[codes[Math.floor(k * step)]],
    );
  };
  if (few(GLANCE).every((text) => Number.isNaN(durationIn(text)))) return false;
  if (forced || codes.length <= MANY || isNamedDuration(name)) return true;
  let within = 0;
  for (const text of few(SAMPLE)) {
    const clock = clockIn(text);
    if (clock ? clock.isSure || clock.seconds > 86_400 : !Number.isNaN(durationIn(text))) return true;
    if (clock?.hours === 0) within++;
  }
  return 2 * within > SAMPLE;
}
const GLANCE = 20;
/** Of more texts than these, some are looked at before all are. */
const MANY = 400;
const SAMPLE = 200;

/** Whether 3:35 beside 1:02:10 are minutes and seconds, as a stopwatch shows them, and no hours and minutes. */
function areMinutes(
  name: string,
  short: readonly string[],
  clocks: readonly { readonly hours: number }[],
): boolean {
  if (clocks.some(({ hours }) => hours === 0)) return false;
  // Whoever says of 13:51 alone that it is a number says no more: of hours and minutes, it is a sixtieth.
  if (clocks.length === 0) return true;
  return isNamedDuration(name) || short.some((text) => parseInt(text.replace(/^[-+]/, ''), 10) > 24);
}

const countsOf = (counts: Int32Array, codes: readonly number[]) =>
  codes.reduce((sum, code) => sum + counts[code], 0);

type Clocks = readonly (readonly [code: number, clock: NonNullable<ReturnType<typeof clockIn>>])[];

/** Whether 1:30 and others alone are durations, by their name, a sign, parts of a second, or more hours than a day has. */
function areShortSpans({ name }: ColumnTexts, texts: readonly string[]): boolean {
  if (RATIOS.test(name.slice(0, 200)) || RESULTS.test(name) || isNamedClock(name) || texts.length < FEWEST)
    return false;
  if (texts.some((text) => /[.,]\d/.test(text) || /^[-+]/.test(text))) return true;
  const hours = new Set(texts.map((text) => parseInt(text, 10)));
  const most = Math.max(...hours);
  if (most > 24) return isNamedDuration(name) || isNamedTime(name);
  // 08:30 beside 17:45 is read off a clock, and so are times in all hours of the day.
  const isOffClock =
    (most >= 10 && texts.some((text) => text.startsWith('0') && text.length > 4)) || hours.size >= MOST_HOURS;
  return isNamedDuration(name) && !isOffClock;
}
const MOST_HOURS = 18;

/** Whether the plain numbers beside 1:02.45 are what is less than a minute, as a stopwatch shows it: 58.91. */
function areSeconds({ name, plainNumbers, range }: ColumnTexts, short: readonly string[]): boolean {
  if (plainNumbers === 0 || short.length === 0 || RATIOS.test(name.slice(0, 200))) return false;
  if (!short.every((text) => /^[1-9]/.test(text))) return false;
  const [least, largest] = range();
  return least >= 0 && largest < 60 && 2 * short.filter((text) => /[.,]\d/.test(text)).length >= short.length;
}

/** Whether name or hours say that these are durations. */
function areLongSpans({ name, counts, isBesideDates }: ColumnTexts, clocks: Clocks): boolean {
  if (clocks.some(([, { isSure }]) => isSure)) return true;
  if (RATIOS.test(name.slice(0, 200))) return false;
  if (isNamedDuration(name)) return true;
  const long = clocks.filter(([, { seconds }]) => seconds > 86_400).length;
  if (long > 1 ? long > FEWEST_LONG * clocks.length : long === 1 && clocks.length < 10) return true;
  if (isNamedClock(name) || isBesideDates) return false;
  const all = countsOf(
    counts,
    clocks.map(([code]) => code),
  );
  const within = countsOf(
    counts,
    clocks.filter(([, { hours }]) => hours === 0).map(([code]) => code),
  );
  return clocks.length >= FEWEST && within >= NEARLY_ALL * all;
}
const COORDINATES = /(?:^|[^a-z])(?:lat|latitude|lon|lng|long|longitude|coord\w*)(?:[^a-z]|$)/i;
const RATIOS = /(?:^|[^a-z])(?:ratios?|odds|scores?)(?:[^a-z]|$)/i;
/** So are those of matches, if they have two parts. */
const RESULTS = /(?:^|[^a-z])results?(?:[^a-z]|$)/i;
