import { partOfDay } from './clock';
import { isNamedVersion } from './dateNames';
import { isNamedDuration } from './timeNames';
import { orderOf, rangeOf, SURE } from './dateOrder';
import { looseFormatOf, strictReadings, timeOfDay, type DateFormat } from './dates';
import { digitClockOf, type DigitClock } from './digitTimes';
import { mayBeDate, readDate, type DateOrder, type DateReading, type DateStyle } from './dateTexts';
import { saysNone } from './dateWords';
import { areDaysWithTimes, areFormulas } from './noDates';
import { areShortHalves, SHORT_HALF } from './shortHalves';
import { daysInDigits, digitFormatOf } from './digitDates';

/** What the texts of a column are as dates or times of day. */
export type Calendar =
  | {
      readonly type: 'date';
      readonly format: DateFormat;
      /** Days since 1970-01-01 of each text, NaN for those that are no date. */
      readonly values: Float64Array;
      readonly odd: readonly OddText[];
      /** A number beside written dates, that counts days. */
      readonly counted: number | null;
      /** The order that was settled by rule, as nothing told it. */
      readonly settled: DateFormat | null;
    }
  | {
      readonly type: 'time';
      /** The part of the day of each text, from 0 to less than 1, NaN for those that are no time. */
      readonly values: Float64Array;
      readonly odd: readonly OddText[];
      /** How its digits are read, where they are such. */
      readonly clock?: DigitClock | undefined;
      /** Whether a person says that they are times of day. */
      readonly isChosen?: boolean;
    }
  | {
      readonly type: 'ambiguous';
      readonly formats: readonly DateFormat[];
      /** Texts of which one can only have the day first, the other only the month; null where nothing tells. */
      readonly contrary: readonly [number, number] | null;
    };

/** A text among dates, by its index, that is none. */
export interface OddText {
  readonly text: number;
  /** It says that there is none; it is written like one, but there is no such day or time; it is any other text. */
  readonly why: 'none' | 'impossible' | 'text';
}

/** Texts that are looked at before all are. */
const SAMPLE = 200;
/** From this share on the texts of a sample may be dates. */
const LIKELY = 0.4;

/** Texts spread evenly over all. */
function sampleOf(texts: readonly string[]): string[] {
  const step = Math.max(1, texts.length / SAMPLE);
  return Array.from({ length: Math.min(SAMPLE, texts.length) }, (_, k) => texts[Math.floor(k * step)]);
}

/** Texts of which one at least has to look like a date or a time of day. */
const GLANCE = 20;

/** Whether it is worth while to look at the texts of a column. */
export function mayBeCalendar(texts: readonly string[]): boolean {
  const step = Math.max(1, texts.length / GLANCE);
  for (let k = 0; k < texts.length; k += step) if (mayBeDate(texts[Math.floor(k)])) return true;
  return false;
}

/**
 * Judges the different texts of a column, which stand in `cells` cells each. Null when they are neither dates nor
 * times of day. `forced`: they are, however few can be read.
 */
export function calendarOf(
  name: string,
  texts: readonly string[],
  cells: ArrayLike<number>,
  forced?: 'date' | 'time',
): Calendar | null {
  if (texts.length === 0 || (forced === undefined && (areFormulas(name, texts) || areDaysWithTimes(texts))))
    return null;
  if (forced === undefined || forced === 'date') {
    const strict = strictReadings(texts);
    if (strict.length === 1) return { type: 'date', ...strict[0], odd: [], counted: null, settled: null };
    const found = (forced && datesOfDigits(name, texts)) ?? datesAmong(texts, cells, forced === 'date');
    const isVersion =
      found?.type === 'date' &&
      /^(?:day\.month\.yy|yy\.month\.day)$/.test(found.format) &&
      isNamedVersion(name);
    if (found && (forced !== undefined || !isVersion)) return found;
  }
  return forced === 'time' || !isNamedDuration(name) ? timesAmong(texts, cells, forced === 'time') : null;
}

// -------------------------------------------------------------------------------------------------- dates

/** Texts that a person says are dates, as dates of nothing but digits. */
function datesOfDigits(name: string, texts: readonly string[]): Calendar | null {
  const found = digitFormatOf(name, texts);
  if (!found) return null;
  const { format, isSure } = found;
  const values = Float64Array.from(texts, (text) => daysInDigits(text, format));
  const odd = oddOf(values, texts.map(saysNone), (k) => /^\d+$/.test(texts[k]));
  return { type: 'date', format, values, odd, counted: null, settled: isSure ? null : format };
}

function datesAmong(texts: readonly string[], cells: ArrayLike<number>, forced: boolean): Calendar | null {
  if (!forced) {
    const sample = sampleOf(texts).filter((text) => !saysNone(text));
    const likely = sample.filter((text) => readDate(text) !== undefined).length;
    if (likely === 0 || likely < LIKELY * sample.length) return null;
  }
  const none = texts.map(saysNone);
  const readings = texts.map((text, k) => (none[k] ? undefined : readDate(text)));
  if (!forced) withoutSeries(texts, readings);
  const order = orderOf(readings);
  const chosen = order.chosen ?? (forced ? 'day' : null);
  if (chosen === null) {
    const possible = readings.filter(
      (reading) => reading && !(Number.isNaN(reading.day) && Number.isNaN(reading.month)),
    );
    const others = texts.length - possible.length - none.filter(Boolean).length;
    const only = (one: 'day' | 'month', other: 'day' | 'month') =>
      readings.findIndex((each) => each && !Number.isNaN(each[one]) && Number.isNaN(each[other]));
    const [day, month] = [only('day', 'month'), only('month', 'day')];
    const contrary = day >= 0 && month >= 0 ? ([day, month] as const) : null;
    return others <= 0.1 * possible.length ? { type: 'ambiguous', formats: order.formats, contrary } : null;
  }
  const written = (reading: DateReading | undefined) => reading !== undefined && isWritten(reading.style);
  const values = Float64Array.from(readings, (reading) => reading?.[chosen] ?? NaN);
  const onlyMonths = readings.every((reading) => !reading || reading.style === 'month.year');
  if (!forced && !onlyMonths) {
    const [first, last] = rangeOf(values.filter((_, k) => written(readings[k])));
    readings.forEach((reading, k) => {
      // A number counts days where the written dates are not far.
      const isNear = values[k] >= first - NEAR && values[k] <= last + NEAR;
      if (reading && !written(reading) && !(isNear && besideDates(reading.style))) {
        values[k] = NaN;
        readings[k] = undefined;
      }
    });
  }
  const odd = oddOf(values, none, (k) => readings[k] !== undefined);
  if (!forced && !areMost(values, odd, cells)) return null;
  if (!forced && !areWritten(texts, readings, values, odd, chosen)) return null;
  const isCounted = (reading: DateReading | undefined) => reading?.style === 'serial number';
  const counted = forced ? -1 : readings.findIndex(isCounted);
  const format = formatOf(texts, readings, values, chosen);
  const base = { type: 'date', format, values, odd } as const;
  return { ...base, counted: counted < 0 ? null : counted, settled: order.chosen === null ? format : null };
}

/** Years around the written dates in which numbers count days. */
const NEAR = 20 * 365;
/** Ways to write a date that are no number. */
const isWritten = (style: DateStyle) => !UNWRITTEN.has(style);
const UNWRITTEN = new Set<DateStyle>([
  ...(['yyyymmdd', 'yyyymm', 'month.year', 'year.month', 'year'] as const),
  ...(['serial number', 'Unix time'] as const),
]);
const besideDates = (style: DateStyle) =>
  style === 'serial number' || style === 'yyyymmdd' || style === 'month.year';

/**
 * Whether some of the dates cannot be anything else. With two digits for the year, hardly any may be impossible: 1.15.10
 * and 3.0.12 are versions.
 */
function areWritten(
  texts: readonly string[],
  readings: readonly (DateReading | undefined)[],
  values: Float64Array,
  odd: readonly OddText[],
  order: DateOrder,
): boolean {
  const found = readings.filter((reading, k) => reading !== undefined && !Number.isNaN(values[k]));
  if (found.every((reading) => reading?.style === 'month.year')) {
    return odd.every(({ why }) => why === 'none') && new Set(found.map((reading) => reading?.day)).size > 2;
  }
  const impossible = odd.filter(({ why }) => why === 'impossible');
  if (found.every((reading) => reading?.style.endsWith('two-digit year'))) {
    if (impossible.length > Math.max(1, (1 - SURE) * found.length)) return false;
    if (impossible.some(({ text }) => !isSlip(texts[text], order))) return false;
    if (order === 'month' && found.some((reading) => reading?.style.startsWith('dots'))) return false;
  }
  return found.some((reading) => reading !== undefined && isWritten(reading.style));
}

/** Whether a date that there is not has a month, and a day that some months have: 31.02.21. */
function isSlip(text: string, order: DateOrder): boolean {
  const [first, second, third] = (text.match(/\d+/g) ?? []).map(Number);
  const month = order === 'month' ? first : second;
  const day = order === 'day' ? first : order === 'month' ? second : third;
  return month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

/** Takes no seasons for months, such as 2010/11 and 2011/12, what is counted: set-01, set-02, or times for half-years: 1H30. */
function withoutSeries(texts: readonly string[], readings: (DateReading | undefined)[]): void {
  const isSeason = (text: string) => {
    const parts = /^(\d\d)(\d\d)[-/](\d\d)$/.exec(text);
    return parts !== null && (Number(parts[2]) + 1) % 100 === Number(parts[3]);
  };
  const months = readings.flatMap((reading, k) => (reading?.style === 'year and month' ? [k] : []));
  const word = /^[^\d-]+-(?=\d\d$)/.exec(texts[months[0] ?? 0])?.[0];
  const isCounted = word !== undefined && months.length > 2 && months.every((k) => texts[k].startsWith(word));
  if (isCounted || months.every((k) => isSeason(texts[k]))) for (const k of months) readings[k] = undefined;
  const halves = readings.flatMap((reading, k) =>
    reading?.style === 'half-year' && SHORT_HALF.test(texts[k]) ? [k] : [],
  );
  if (!areShortHalves(halves.map((k) => texts[k]))) for (const k of halves) readings[k] = undefined;
}

/** Whether dates or times are most of what a column holds, by distinct texts and by cells. */
function areMost(values: Float64Array, odd: readonly OddText[], cells: ArrayLike<number>): boolean {
  const share = { none: 0, impossible: 0, text: 0 };
  const inCells = { none: 0, impossible: 0, text: 0 };
  let all = 0;
  for (let k = 0; k < values.length; k++) all += cells[k];
  for (const { text, why } of odd) {
    share[why]++;
    inCells[why] += cells[text];
  }
  const found = values.length - odd.length;
  const foundCells = all - inCells.none - inCells.impossible - inCells.text;
  if (found === 0 || 2 * share.impossible > found || 2 * share.text > found) return false;
  return share.text === 0 || (found > 2 && foundCells >= inCells.text);
}

/** The texts that are no value, and why. */
function oddOf(values: Float64Array, none: readonly boolean[], isLike: (k: number) => boolean): OddText[] {
  const odd: OddText[] = [];
  for (let text = 0; text < values.length; text++) {
    if (!Number.isNaN(values[text])) continue;
    odd.push({ text, why: none[text] ? 'none' : isLike(text) ? 'impossible' : 'text' });
  }
  return odd;
}

/** What the format of a column is called. */
function formatOf(
  texts: readonly string[],
  readings: readonly (DateReading | undefined)[],
  values: Float64Array,
  order: DateOrder,
): DateFormat {
  const dates = texts.filter((_, k) => !Number.isNaN(values[k]));
  const own = values.filter((value) => !Number.isNaN(value));
  const strict = strictReadings(dates).find((each) => each.values.every((value, k) => value === own[k]));
  if (strict) return strict.format;
  const styles = new Set(
    readings.flatMap((each, k) => (each && !Number.isNaN(values[k]) ? [each.style] : [])),
  );
  const [style = null] = styles;
  return looseFormatOf(styles.size === 1 ? style : null, order);
}

// ------------------------------------------------------------------------------------------- times of day

function timesAmong(texts: readonly string[], cells: ArrayLike<number>, forced: boolean): Calendar | null {
  const clock = forced ? digitClockOf(texts) : undefined;
  const read = (text: string) => (forced ? timeOfDay(text, clock) : partOfDay(text));
  if (!forced) {
    const sample = sampleOf(texts).filter((text) => !saysNone(text));
    const likely = sample.filter((text) => partOfDay(text) !== undefined).length;
    if (likely === 0 || likely < LIKELY * sample.length) return null;
  }
  // 1H, 2H and 3H are classes.
  if (!forced && texts.every((text) => /^\d\d?H$/.test(text))) return null;
  const none = texts.map(saysNone);
  const parts = texts.map((text, k) => (none[k] ? undefined : read(text)));
  const values = Float64Array.from(parts, (part) => part ?? NaN);
  const odd = oddOf(values, none, (k) => parts[k] !== undefined && (!forced || /\d/.test(texts[k])));
  const found = values.length - odd.length;
  const wrong = odd.filter(({ why }) => why === 'impossible').length;
  // 25:10 and 36:00 are durations, or minutes and seconds.
  if (!forced && ((wrong > 1 && wrong > (1 - SURE) * found) || (wrong === 1 && found < 10))) return null;
  if (!forced && (found < 2 || !areMost(values, odd, cells))) return null;
  return { type: 'time', values, odd, clock, ...(forced && { isChosen: true }) };
}
