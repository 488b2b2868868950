import { limitsBelow } from './belowDetection';
import { TEMPERATURES } from './measureNames';
import type { ReadColumn } from '../csv/resolve';
import type { TypedColumn } from '../csv/types';
import { areZerosMissing } from './zeros';

/** Numbers of a column that seem to stand for missing values, and where they are. */
export interface Placeholders {
  /** From the least to the greatest. */
  readonly values: readonly number[];
  /** How they are written in the column. */
  readonly texts: readonly string[];
  /** Rows that hold one of them, and the first of these rows. */
  readonly count: number;
  readonly first: number;
  /** Whether they seem to be below a limit of detection, and are near the others. */
  readonly isBelow: boolean;
}

/** So many different values at either end are looked at; the outermost of them may be placeholders. */
const ENDS = 6;
const MOST_AT_AN_END = 4;
/** Fewer other rows say nothing about what is far from them. */
const FEWEST_OTHERS = 10;

/** Beyond the others by so many times their whole range, a value that repeats stands for something else. */
const DWARFS = 10;
/** Nothing, far from everything else, is often meant: a dose of 0, a machine that stands still; above all in many rows. */
const DWARFS_AS_ZERO = 20;
const MOST_ZEROS = 0.2;
/** The same for numbers that are usual as placeholders, among several values and among two. */
const DWARFS_AS_USUAL = 2;
const DWARFS_TWO_VALUES = 20;
/** The share of the range that is enough for usual numbers that stand out in other ways too. */
const APART = 0.25;
const BELOW_ZERO = 0.1;
/** The same for 99 and 999, where the greatest of the others are close together: ages up to 85, and 99. */
const APART_AS_NINES = 0.15;
const STEPS_APART = 5;

/** A value at an end of a column, and in how many rows it stands. */
interface End {
  readonly value: number;
  readonly count: number;
}

/** The values between the ends that are looked at. */
interface Others {
  readonly least: number;
  readonly most: number;
  /** Different values; infinite where they were not counted. */
  readonly distinct: number;
  readonly rows: number;
  /** How far the greatest of them are from one another, on average. */
  readonly step: number;
  /** In how many rows each of the greatest of them stands. */
  readonly mostRepeated: number;
  /** Whether many of them end with a nine, as prices do. */
  readonly areLikePrices: () => boolean;
  /** In how many rows the commonest of the least of them stands, and whether all are whole. */
  readonly leastRepeated: number;
  readonly areWhole: () => boolean;
  /** Whether the column is called a count. */
  readonly isCount: boolean;
  /** Whether it is called a floor of a house. */
  readonly isFloor: boolean;
  /** Whether it is called a temperature. */
  readonly isTemperature: boolean;
}

/**
 * Finds the values that repeat exactly beyond a gap that dwarfs the range of all others, at either end of a column of
 * numbers. Where a number is usual as a placeholder (nines, limits of a type, −200) less is enough. One pass.
 */
export function placeholdersOf(read: ReadColumn, typed: TypedColumn): Placeholders | null {
  const { values } = typed;
  const isCount = COUNTS.test(read.name.slice(0, LONGEST_NAME).replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2'));
  const isTemperature = TEMPERATURES.test(
    read.name.slice(0, LONGEST_NAME).replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2'),
  );
  const isInOwnUnit = (value: number) => (read.unit?.taken.length ?? 0) > 1 && hasOtherUnit(read, value);
  const { low, high, present } = endsOf(values);
  let best: readonly number[] = [];
  for (let below = 0; below <= Math.min(MOST_AT_AN_END, low.length - 1); below++) {
    for (let above = 0; above <= Math.min(MOST_AT_AN_END, high.length - 1); above++) {
      if (below + above <= best.length) continue;
      const lows = low.slice(0, below);
      const highs = high.slice(0, above);
      const outer = [...lows, ...highs];
      const others: Others = {
        least: low[below].value,
        most: high[above].value,
        distinct: typed.distinct - outer.length,
        rows: present - outer.reduce((sum, { count }) => sum + count, 0),
        step: stepOf(high.slice(above)),
        mostRepeated: Math.max(...high.slice(above).map(({ count }) => count)),
        leastRepeated: Math.max(...low.slice(below, below + NEXT).map(({ count }) => count)),
        areWhole: () => values.every((value) => Number.isNaN(value) || Number.isInteger(value)),
        ...{ isCount, isTemperature, isFloor: FLOORS.test(read.name.slice(0, LONGEST_NAME)) },
        areLikePrices: () => endWithNine(values, low[below].value, high[above].value),
      };
      if (!(others.least < others.most) || others.rows < FEWEST_OTHERS) continue;
      const judged = [
        ...lows.map((end) => judge(end, lows, others, present)),
        ...highs.map((end) => judge(end, highs, others, present)),
      ];
      if (judged.includes('ordinary') || outer.some(({ value }) => isInOwnUnit(value))) continue;
      const found = outer.filter((_, k) => judged[k] === 'placeholder').map(({ value }) => value);
      if (found.length > best.length) best = found;
    }
  }
  // Nearer to the others than other placeholders are, zero is judged by more than its distance.
  if (!best.includes(0) && low.some(({ value }) => value === 0)) {
    const away = new Set(best);
    const others = best.length === 0 ? values : values.map((value) => (away.has(value) ? NaN : value));
    if (areZerosMissing(read.name, others, typed.distinct - best.length)) best = [...best, 0];
  }
  const isBelow = best.length === 0;
  if (isBelow) best = limitsBelow(low, present, typed.distinct);
  if (best.length === 0) return null;
  const found = new Set(best);
  let [count, first] = [0, -1];
  for (let row = 0; row < values.length; row++) {
    if (!found.has(values[row])) continue;
    if (count++ === 0) first = row;
  }
  const sorted = [...best].sort((a, b) => a - b);
  return { values: sorted, texts: sorted.map((value) => writtenAs(read, value)), count, first, isBelow };
}

/** How a number is written in its column, or would be. */
export function writtenAs({ numberTexts, commas }: ReadColumn, value: number): string {
  const text = String(value);
  return numberTexts?.get(value) ?? (commas === 'decimal' ? text.replace('.', ',') : text);
}

/** Whether a number is written in another unit than the column is in: 1 TiB among sizes in GiB. */
function hasOtherUnit(read: ReadColumn, value: number): boolean {
  const text = writtenAs(read, value).trim();
  const own = read.unit?.name ?? '';
  return /\p{L}$/u.test(text) && (own === '' || !text.endsWith(own));
}

/** The different values at both ends, the outermost first, and how many there are in all. */
function endsOf(values: Float64Array): { low: End[]; high: End[]; present: number } {
  const low = new Outermost(-1);
  const high = new Outermost(1);
  let present = 0;
  let [fromHigh, fromLow] = [-Infinity, Infinity];
  for (let row = 0; row < values.length; row++) {
    const value = values[row];
    // Only NaN differs from itself: there is no value.
    if (value !== value) continue;
    present++;
    // Most values lie between the ends.
    if (value >= fromHigh) fromHigh = high.see(value);
    if (value <= fromLow) fromLow = low.see(value);
  }
  return { low: low.ends(), high: high.ends(), present };
}

/** Keeps the outermost values of one side: the greatest for sign 1, the least for −1. */
class Outermost {
  private readonly keys = new Float64Array(ENDS).fill(-Infinity);
  private readonly counts = new Float64Array(ENDS);
  constructor(private readonly sign: 1 | -1) {}

  /** Takes a value; returns the innermost that is kept, beyond which there is nothing to take. */
  see(value: number): number {
    const { keys, counts, sign } = this;
    const key = sign * value;
    let at = 0;
    while (at < ENDS && keys[at] > key) at++;
    if (at < ENDS && keys[at] === key) counts[at]++;
    else if (at < ENDS) {
      keys.copyWithin(at + 1, at, ENDS - 1);
      counts.copyWithin(at + 1, at, ENDS - 1);
      keys[at] = key;
      counts[at] = 1;
    }
    return sign * keys[ENDS - 1];
  }

  ends(): End[] {
    const kept = Array.from(this.keys, (key, k) => ({ value: this.sign * key, count: this.counts[k] }));
    return kept.filter(({ count }) => count > 0);
  }
}

/** What a value beyond all others is; `side` has all that are beyond them on its side. */
function judge(
  { value, count }: End,
  side: readonly End[],
  others: Others,
  present: number,
): 'placeholder' | 'alone' | 'ordinary' {
  const { least, most, distinct } = others;
  const range = most - least;
  const gap = value > most ? value - most : least - value;
  const isFar = distinct >= 10 && gap > (value === 0 ? DWARFS_AS_ZERO : DWARFS) * range;
  if (value === 0 && count > MOST_ZEROS * present) return 'ordinary';
  if (isFar && count >= 3) return 'placeholder';
  const many = Math.max(3, present / 100);
  if (value === -1) {
    // The floor below the ground.
    if (others.isFloor) return 'ordinary';
    // Nothing else is below 1: what counts or rates is not −1.
    if (least >= 1) return distinct >= 4 && count >= many ? 'placeholder' : 'ordinary';
    // Counts go down to 0, and seldom jump below it.
    const isApart = others.isCount ? distinct >= 3 : distinct >= 10 && count > 2 * others.leastRepeated;
    return least === 0 && isApart && count >= many && others.areWhole() ? 'placeholder' : 'ordinary';
  }
  if (count >= 2 && isCodeOfSurveys(side) && gap > Math.max(APART * range, spanOf(side)))
    return 'placeholder';
  const isOfScale = SCALE_CODES.has(value) && least >= 0 && most <= 10;
  const isSensors = value === NOT_MEASURED && others.isTemperature;
  if (count >= 2 && (isUsual(value) || isOfScale || isSensors) && !(value > 0 && others.areLikePrices())) {
    if (distinct >= 3 && gap > DWARFS_AS_USUAL * range) return 'placeholder';
    if (distinct === 2 && gap > DWARFS_TWO_VALUES * range) return 'placeholder';
    // The only number below zero.
    if (value < 0 && least >= 0 && distinct >= 10 && count >= many && gap > BELOW_ZERO * range)
      return 'placeholder';
    const isSpike = count >= Math.max(many, present / 50) && count > 2 * others.mostRepeated;
    const apart = NINES.test(String(value)) && isFarFromNext(side, others) ? APART_AS_NINES : APART;
    if (value > 0 && distinct >= 20 && isSpike && gap > apart * range) return 'placeholder';
  }
  return count === 1 && isFar ? 'alone' : 'ordinary';
}

const stepOf = (ends: readonly End[]): number =>
  ends.length < 2 ? Infinity : (ends[0].value - ends[ends.length - 1].value) / (ends.length - 1);

/** Whether the innermost value of a side is many steps from the greatest of the others. */
const isFarFromNext = (side: readonly End[], { most, step }: Others): boolean =>
  Math.min(...side.map(({ value }) => value)) - most >= STEPS_APART * step;

const NINES = /^9{2,}(?:\.9+)?$/;
/** “Does not know”, on a scale of ten or fewer steps. */
const SCALE_CODES: ReadonlySet<number> = new Set([66, 77, 88]);
/** How the counts of things are called. */
const COUNTS =
  /(?:^|[^a-z])(?:counts?|num|number|qty|quantity|visits?|children|kids|days|clicks|views|orders|items|logins|calls|siblings|previous|pdays|persons|people|rooms|beds|times|n)(?:[^a-z]|$)/i;
const FLOORS =
  /(?:^|[^\p{L}])(?:floors?|storeys?|storey|etage|étage|stock|stockwerk|geschoss|piso|planta|piano|andar|kat|piętro|verdieping|våning|etasje)(?:[^\p{L}]|$)/iu;
const LONGEST_NAME = 200;
/** So many of the least values beside −1 are looked at. */
const NEXT = 3;
const LIMITS: ReadonlySet<number> = new Set([
  ...[32767, 32768, 65535, 2147483647, 2147483648, 4294967295, 999.25, 99991231],
  ...[777, 888, 7777, 8888, 77777, 88888],
]);
const ALSO_BELOW_ZERO: ReadonlySet<number> = new Set([-8, -9, -200, -127]);
/** What a common thermometer says as long as it has not measured, in °C; without a wire to it, it is -127. */
const NOT_MEASURED = 85;
/** No measure is as large; libraries fill with such numbers. */
const FILL = 1e30;

/** Whether a number is usual as a placeholder. */
function isUsual(value: number): boolean {
  const size = Math.abs(value);
  return NINES.test(String(size)) || LIMITS.has(size) || ALSO_BELOW_ZERO.has(value) || size >= FILL;
}

const SURVEY_CODES: readonly (readonly number[])[] = [
  ...[
    [96, 97, 98, 99],
    [996, 997, 998, 999],
    [9996, 9997, 9998, 9999],
  ],
  ...[
    [77, 88, 99],
    [777, 888, 999],
    [7777, 8888, 9999],
  ],
];

/** From the least to the greatest of a side. */
const spanOf = (side: readonly End[]): number =>
  Math.max(...side.map(({ value }) => value)) - Math.min(...side.map(({ value }) => value));

/** “Does not know”, “refused”, “no answer”: several of these are more than chance. */
const isCodeOfSurveys = (side: readonly End[]): boolean =>
  side.length >= 2 && SURVEY_CODES.some((codes) => side.every(({ value }) => codes.includes(value)));

/** So many of the values of prices end with a nine; of others, one in ten does. */
const PRICES = 0.3;
const MOST_SEEN = 500;

function endWithNine(values: Float64Array, least: number, most: number): boolean {
  let [seen, nines] = [0, 0];
  for (const value of values) {
    if (!(value >= least && value <= most)) continue;
    if (String(value).endsWith('9')) nines++;
    if (++seen === MOST_SEEN) break;
  }
  return nines > PRICES * seen;
}
