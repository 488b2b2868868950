import { readAmount } from '../csv/readAmount';
import { days, timeOfDay, type DateFormat } from '../csv/dates';
import type { DigitClock } from '../csv/digitTimes';
import type { ReadColumn } from '../csv/resolve';
import { nameKeys } from '../csv/spellings';
import { meansNo } from '../csv/ticks';
import { booleanOf } from '../csv/truthWords';
import type { TypedColumn } from '../csv/types';
import { factorBetween, times } from '../csv/units';

/**
 * How the cells of a column are numbers: dates are days since 1970-01-01, times the part of the day that is over,
 * booleans and ticks 0 and 1.
 */
export type Quantity =
  /** `unit`: what its numbers are in, where something was taken off them. */
  | { readonly kind: 'number'; readonly unit?: string }
  | { readonly kind: 'boolean' }
  /** `clock`: how digits alone are read. */
  | { readonly kind: 'time'; readonly clock?: DigitClock }
  | { readonly kind: 'date'; readonly format: DateFormat }
  /** 1 where the mark stands, or anything where it is null, and 0 where nothing does. */
  | { readonly kind: 'ticked'; readonly mark: string | null };

/** The cells of a column, and what it was found to be, where that is known: its values need not be made again then. */
export interface Cells {
  readonly read: ReadColumn;
  readonly typed?: TypedColumn;
}

/** Each cell as a number, NaN where there is none. */
export interface CellNumbers {
  readonly values: Float64Array;
  /** Whether a row without a number holds something all the same; left out where none does. */
  readonly isUnknown?: (row: number) => boolean;
}

/** The cells of a column as such numbers, whatever the column holds. */
export function numbersFor({ read, typed }: Cells, quantity: Quantity): CellNumbers {
  switch (quantity.kind) {
    case 'number':
      if (read.holds === 'numbers') return inUnit(read, quantity.unit ?? '');
      return numbersByText(read, (text) => readAmount(text, quantity.unit ?? ''));
    case 'boolean':
      if (typed?.type === 'boolean') return { values: typed.values };
      return numbersByText(read, truthIn);
    case 'date':
      if (typed?.type === 'date' && typed.format === quantity.format) return { values: typed.values };
      return numbersByText(read, (text) => days(text, quantity.format));
    case 'time':
      if (typed?.type === 'time') return { values: typed.values };
      // In another table the same times may be taken for durations.
      if (read.holds === 'numbers' && read.unit?.name === 's')
        return { values: read.numbers.map((seconds) => (seconds / SECONDS_A_DAY) % 1) };
      return numbersByText(read, (text) => timeOfDay(text, quantity.clock));
    case 'ticked':
      if (typed?.type === 'ticked') return { values: typed.values };
      return ticksByText(read, quantity.mark);
    default:
      return quantity satisfies never;
  }
}

const SECONDS_A_DAY = 86_400;

/** Numbers as they are in a unit: those of another are converted where something tells how, else unknown. */
function inUnit(read: ReadColumn, unit: string): CellNumbers {
  const own = read.unit?.name ?? '';
  // A number without a unit is taken to be in the one that is asked for.
  const factor = own === '' || unit === '' ? 1 : factorBetween(own, unit);
  if (factor === 1) return { values: read.numbers };
  if (factor !== undefined) return { values: read.numbers.map((value) => times(value, factor)) };
  return {
    values: new Float64Array(read.numbers.length).fill(NaN),
    isUnknown: (row) => !Number.isNaN(read.numbers[row]),
  };
}

function numbersByText(read: ReadColumn, number: (text: string) => number): CellNumbers {
  if (read.holds === 'numbers') {
    const values = Float64Array.from(read.numbers, (value) =>
      Number.isNaN(value) ? NaN : number(textOf(read, value)),
    );
    return { values, isUnknown: (row) => !Number.isNaN(read.numbers[row]) };
  }
  const table = Float64Array.from(read.texts, number);
  return {
    values: Float64Array.from(read.codes, (code) => (code < 0 ? NaN : table[code])),
    isUnknown: (row) => read.codes[row] >= 0,
  };
}

/** 1 or 0 for a truth value, also one in short, where words have shown that there are such in the column. */
export const truthIn = (text: string): number => booleanOf(text) ?? booleanInShort(text) ?? NaN;

function booleanInShort(text: string): number | undefined {
  if (/^[yt1]$/i.test(text)) return 1;
  return /^[nf0]$/i.test(text) ? 0 : undefined;
}

/** 1 or 0 for what stands in a column of ticks, NaN for another mark. */
export const tickIn = (text: string, mark: string | null): number =>
  meansNo(text) ? 0 : mark === null || text === mark ? 1 : NaN;

function ticksByText(read: ReadColumn, mark: string | null): CellNumbers {
  const tick = (text: string) => tickIn(text, mark);
  const { values, isUnknown } = numbersByText(read, tick);
  const isEmpty = (row: number) => isUnknown?.(row) === false;
  return { values: values.map((value, row) => (isEmpty(row) ? 0 : value)), ...(isUnknown && { isUnknown }) };
}

export const NO_VALUE = -1;
export const NO_SUCH_TEXT = -2;

/** Which of some texts a text is; undefined where none. `isMerged`: in whatever spelling. */
export function keyedIndex(texts: readonly string[], isMerged = false): (text: string) => number | undefined {
  const index = new Map(texts.map((text, k) => [text, k]));
  if (!isMerged) return (text) => index.get(text);
  const keyOf = nameKeys(texts, true);
  const byKey = new Map(texts.map((text, k) => [keyOf(text), k]));
  return (text) => index.get(text) ?? byKey.get(keyOf(text));
}

/**
 * Which of some texts each cell of a column is; {@link NO_VALUE} where it is missing, {@link NO_SUCH_TEXT} where none.
 * `isMerged`: in whatever spelling.
 */
export function indexesIn(read: ReadColumn, texts: readonly string[], isMerged = false): Int32Array {
  const indexOf = keyedIndex(texts, isMerged && read.holds === 'texts');
  if (read.holds === 'texts') {
    const ofCode = Int32Array.from(read.texts, (text) => indexOf(text) ?? NO_SUCH_TEXT);
    return read.codes.map((code) => (code < 0 ? NO_VALUE : ofCode[code]));
  }
  return Int32Array.from(read.numbers, (value) =>
    Number.isNaN(value) ? NO_VALUE : (indexOf(textOf(read, value)) ?? NO_SUCH_TEXT),
  );
}

/** Which of its classes a target is in each row: an empty cell of a column that is given or not is the first of them. */
export const classesIn = ({ read, typed }: Cells, classes: readonly string[]): Int32Array =>
  typed?.type === 'ticked' ? Int32Array.from(typed.values) : indexesIn(read, classes);

/** The texts in the cells of a column, each once, and which of them stands in a row; −1 where none does. */
export function textsIn(read: ReadColumn): { texts: readonly string[]; codes: Int32Array } {
  if (read.holds === 'texts') return read;
  const texts = [...new Set(read.numbers)]
    .filter((value) => !Number.isNaN(value))
    .map((value) => textOf(read, value));
  return { texts, codes: indexesIn(read, texts) };
}

/** A number as it is written in the column. */
const textOf = ({ numberTexts }: ReadColumn, value: number) => numberTexts?.get(value) ?? String(value);
