import type { KnownColumn } from './known';
import { FEWEST_ROWS, thinned, unitOf } from './combinations';

/** How a column is the target in another form. */
export type CopyForm = 'rounded' | 'rising' | 'falling';

/** A copy takes at least so many values, or few steps would be one. */
const FEWEST_LEVELS = 5;
const FEWEST_RANKS = 20;
/** Spearman's correlation of a copy that rises with the target. */
const SAME_ORDER = 0.9999;
/** Rows by which most columns are told from copies. */
const FIRST_LOOK = 100;
const SAME_ORDER_AT_FIRST = 0.99;

/** Whether a column is the target, rounded or in the same order: found on some rows, then confirmed on all. */
export function copyForm(
  values: Float64Array,
  target: Float64Array,
  some: Int32Array,
  all: Int32Array,
): CopyForm | null {
  const few = thinned(some, FIRST_LOOK);
  if (isRounded(values, target, few) && isRounded(values, target, some) && isRounded(values, target, all))
    return 'rounded';
  const first = spearman(values, target, few);
  if (Math.abs(first) < SAME_ORDER_AT_FIRST) return null;
  if (Math.abs(spearman(values, target, some)) < SAME_ORDER) return null;
  if (isEven(values) || isSorted(values)) return null;
  const whole = spearman(values, target, all);
  if (Math.abs(whole) < SAME_ORDER) return null;
  return whole > 0 ? 'rising' : 'falling';
}

/** Whether one of two columns is the other, rounded to its own unit: to the nearest, up or down. */
function isRounded(x: Float64Array, y: Float64Array, rows: Int32Array): boolean {
  let [least, most, count] = [Infinity, -Infinity, 0];
  for (const row of rows) {
    const distance = x[row] - y[row];
    if (Number.isNaN(distance)) continue;
    count++;
    if (distance < least) least = distance;
    if (distance > most) most = distance;
  }
  if (count < FEWEST_ROWS) return false;
  const [unitX, unitY] = [unitOf(x, rows), unitOf(y, rows)];
  const unit = Math.max(unitX, unitY) * 1.000001;
  const isNear =
    (least >= -unit / 2 && most <= unit / 2) || (least >= 0 && most <= unit) || (most <= 0 && least >= -unit);
  return isNear && unit > 0 && unitX !== unitY && levels(unitX > unitY ? x : y, rows) >= FEWEST_LEVELS;
}

/** Different values in these rows, counted up to a few more than are asked for. */
function levels(values: Float64Array, rows: Int32Array): number {
  const seen = new Set<number>();
  for (const row of rows) {
    if (!Number.isNaN(values[row])) seen.add(values[row]);
    if (seen.size > FEWEST_RANKS) break;
  }
  return seen.size;
}

/** Whether a column counts rows or time: what grows with them is in their order without being them. */
function isEven(values: Float64Array): boolean {
  const step = values[1] - values[0];
  let even = 0;
  for (let row = 1; row < values.length; row++) {
    if (Math.abs(values[row] - values[row - 1] - step) <= 1e-9 * Math.abs(step)) even++;
  }
  return step !== 0 && even > 0.9 * (values.length - 1);
}

/** Whether a column only rises, or only falls, from row to row: all that grows in a file that is sorted is in its order. */
function isSorted(values: Float64Array): boolean {
  let [last, rises, falls] = [NaN, false, false];
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    if (value > last) rises = true;
    else if (value < last) falls = true;
    if (rises && falls) return false;
    last = value;
  }
  return true;
}

/** Spearman's correlation over the rows that have both values; 0 where one of them has too few different ones. */
function spearman(x: Float64Array, y: Float64Array, rows: Int32Array): number {
  const both = rows.filter((row) => !Number.isNaN(x[row]) && !Number.isNaN(y[row]));
  if (both.length < FEWEST_ROWS) return 0;
  if (levels(x, both) < FEWEST_RANKS || levels(y, both) < FEWEST_RANKS) return 0;
  const [a, b] = [ranks(x, both), ranks(y, both)];
  const middle = (both.length - 1) / 2;
  let [aa, bb, ab] = [0, 0, 0];
  for (let k = 0; k < both.length; k++) {
    const [da, db] = [a[k] - middle, b[k] - middle];
    aa += da * da;
    bb += db * db;
    ab += da * db;
  }
  return ab / Math.sqrt(aa * bb);
}

/** The rank of each value, the mean rank among equals. */
function ranks(values: Float64Array, rows: Int32Array): Float64Array {
  const order = Int32Array.from(rows, (_, k) => k).sort((a, b) => values[rows[a]] - values[rows[b]]);
  const found = new Float64Array(rows.length);
  for (let from = 0; from < order.length;) {
    let to = from + 1;
    while (to < order.length && values[rows[order[to]]] === values[rows[order[from]]]) to++;
    for (let k = from; k < to; k++) found[order[k]] = (from + to - 1) / 2;
    from = to;
  }
  return found;
}

/**
 * The columns of two values that together name each row's class, one class each; all classes but one are enough.
 * Empty where there are none.
 */
export function classGroup(
  columns: readonly KnownColumn[],
  candidates: readonly number[],
  classOf: Int32Array,
  classes: number,
): number[] {
  const byClass = new Map<number, number>();
  for (const index of candidates) {
    const { typed } = columns[index];
    if (typed.distinct !== 2) continue;
    const k = classNamedBy(columns[index], classOf, classes);
    if (k >= 0 && !byClass.has(k)) byClass.set(k, index);
  }
  return byClass.size >= classes - 1 ? [...byClass.values()].sort((a, b) => a - b) : [];
}

/** The class whose rows are those with one of the two values of a column; −1 where there is none. */
function classNamedBy({ read }: KnownColumn, classOf: Int32Array, classes: number): number {
  const cells = read.holds === 'numbers' ? read.numbers : read.codes;
  const isMissing = (cell: number) => Number.isNaN(cell) || (read.holds === 'texts' && cell < 0);
  let one = NaN;
  // Bit 1: the class has rows with the first value; bit 2: with the other.
  const seen = new Uint8Array(classes);
  for (let row = 0; row < classOf.length; row++) {
    const [cell, k] = [cells[row], classOf[row]];
    if (k < 0 || isMissing(cell)) continue;
    if (Number.isNaN(one)) one = cell;
    seen[k] |= cell === one ? 1 : 2;
    if (seen[k] === 3) return -1;
  }
  const first = [...seen.keys()].filter((k) => seen[k] === 1);
  const other = [...seen.keys()].filter((k) => seen[k] === 2);
  if (other.length === 1) return other[0];
  return first.length === 1 ? first[0] : -1;
}
