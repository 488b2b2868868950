import { isPresent, type KnownColumn } from './known';
import { distinctTexts, MOST_CATEGORIES } from '../csv/types';

/** A feature before scaling. */
export interface RawFeature {
  readonly name: string;
  /** Whether it is standardised. */
  readonly scaled: boolean;
  /** Writes the value of each of the rows; NaN where it is missing. */
  fill(rows: Int32Array, out: Float64Array): void;
  /** What stands for a missing value: the mean of these rows, or their commonest value. */
  standIn(rows: Int32Array): number;
}

/**
 * The features that a column makes: a number or date itself, a boolean 0 or 1, one for each category, 0 or 1. Of free
 * text that is used all the same the commonest values are categories. With `indicator` one more says, by 1, where the
 * column is missing.
 */
export function featuresOf(column: KnownColumn, indicator: boolean): RawFeature[] {
  const { read, typed } = column;
  const numbers = read.holds === 'numbers' ? read.numbers : typed.values;
  const features = numbers.length > 0 ? [ofNumbers(column, numbers)] : ofCategories(column);
  if (!indicator) return features;
  const missing: RawFeature = {
    name: `${read.name} is missing`,
    scaled: false,
    fill: (rows, out) => {
      for (let j = 0; j < rows.length; j++) out[j] = isPresent(column, rows[j]) ? 0 : 1;
    },
    standIn: () => 0,
  };
  return [...features, missing];
}

function ofNumbers({ read, typed }: KnownColumn, numbers: Float64Array): RawFeature {
  const isFlag = typed.type === 'boolean';
  return {
    name: read.name,
    scaled: !isFlag,
    fill: (rows, out) => {
      for (let j = 0; j < rows.length; j++) out[j] = numbers[rows[j]];
    },
    standIn: (rows) => {
      let mean = 0;
      let count = 0;
      for (const row of rows) {
        if (Number.isNaN(numbers[row])) continue;
        count++;
        mean += (numbers[row] - mean) / count;
      }
      return isFlag ? Number(mean > 0.5) : mean;
    },
  };
}

function ofCategories({ read }: KnownColumn): RawFeature[] {
  let commonest: number | undefined;
  return categoriesOf(read).map((code) => ({
    name: `${read.name} = ${read.texts[code]}`,
    scaled: false,
    fill: (rows, out) => {
      for (let j = 0; j < rows.length; j++) {
        const found = read.codes[rows[j]];
        out[j] = found < 0 ? NaN : Number(found === code);
      }
    },
    standIn: (rows) => Number((commonest ??= commonestOf(read.codes, rows)) === code),
  }));
}

/** Codes of the texts that become features of their own, in the alphabetical order of the texts. */
function categoriesOf(read: KnownColumn['read']): number[] {
  const counts = new Int32Array(read.texts.length);
  for (const code of read.codes) if (code >= 0) counts[code]++;
  const codes = distinctTexts(read).map((text) => read.texts.indexOf(text));
  if (codes.length <= MOST_CATEGORIES) return codes;
  const chosen = new Set([...codes].sort((a, b) => counts[b] - counts[a]).slice(0, MOST_CATEGORIES));
  return codes.filter((code) => chosen.has(code));
}

/** The code that most of the rows have, −1 when all miss it. */
function commonestOf(codes: Int32Array, rows: Int32Array): number {
  const counts = new Map<number, number>();
  for (const row of rows) if (codes[row] >= 0) counts.set(codes[row], (counts.get(codes[row]) ?? 0) + 1);
  let best = -1;
  for (const [code, count] of counts) {
    const most = counts.get(best) ?? 0;
    if (count > most || (count === most && code < best)) best = code;
  }
  return best;
}
