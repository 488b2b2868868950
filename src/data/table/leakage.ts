import { FEWEST_ROWS, findCombination, fits, thinned } from './combinations';
import { classGroup, copyForm, type CopyForm } from './copies';
import { isPresent, missingIn, type KnownColumn } from './known';
import type { Target } from './target';

/** A feature that follows the target this closely does not predict it, it is it. */
const SAME = 0.999999;

/** Whether a feature equals the target, or separates its classes without an error. */
export function givesAway(
  { read, typed }: KnownColumn,
  target: KnownColumn,
  { classes }: Target,
  classOf: Int32Array | null,
): boolean {
  if (!classOf)
    return typed.values.length > 0 && Math.abs(correlation(typed.values, target.typed.values)) > SAME;
  if (read.holds === 'texts') {
    const meant = new Int32Array(read.texts.length).fill(-1);
    let given = 0;
    for (let row = 0; row < read.rows; row++) {
      const code = read.codes[row];
      if (code < 0 || classOf[row] < 0) continue;
      if (meant[code] >= 0 && meant[code] !== classOf[row]) return false;
      meant[code] = classOf[row];
      given++;
    }
    // Texts that each stand in a row or two say nothing, nor do few rows that are not empty.
    return (
      given >= FEWEST_GIVEN && typed.distinct <= given / 4 && new Set(meant.filter((k) => k >= 0)).size > 1
    );
  }
  const ranges = classes.map(() => [Infinity, -Infinity]);
  let given = 0;
  for (let row = 0; row < read.rows; row++) {
    const value = read.numbers[row];
    const k = classOf[row];
    if (k < 0 || Number.isNaN(value)) continue;
    given++;
    if (value < ranges[k][0]) ranges[k][0] = value;
    if (value > ranges[k][1]) ranges[k][1] = value;
  }
  const sorted = ranges.filter(([least, most]) => least <= most).sort((a, b) => a[0] - b[0]);
  return (
    given >= FEWEST_GIVEN &&
    sorted.length > 1 &&
    sorted.every(([least], k) => k === 0 || least > sorted[k - 1][1])
  );
}

/** The class of exactly the rows in which a feature is missing, or of exactly those in which it is given; −1 for none. */
export function missingGivesAway(column: KnownColumn, classOf: Int32Array): number {
  const { read } = column;
  if (missingIn(column) < FEWEST_EACH || read.rows - read.missing < FEWEST_EACH) return -1;
  // The classes of the rows without a value, and of those with one; −2 for several.
  const met = [-1, -1];
  const shared = new Set<number>();
  for (let row = 0; row < read.rows; row++) {
    const k = classOf[row];
    if (k < 0) continue;
    const side = Number(isPresent(column, row));
    if (met[side] === -1) met[side] = k;
    else if (met[side] !== k) met[side] = -2;
    if (met[0] === met[1]) return -1;
    shared.add(2 * k + side);
  }
  const only = met.find((k) => k >= 0 && shared.has(2 * k) !== shared.has(2 * k + 1));
  return only ?? -1;
}

/** Fewer rows with a value may tell the classes apart by chance. */
const FEWEST_GIVEN = 20;
/** Rows at least without a value, and with one. */
const FEWEST_EACH = 5;

/** Pearson's correlation over the rows that have both. */
function correlation(x: Float64Array, y: Float64Array): number {
  let [count, meanX, meanY, xx, yy, xy] = [0, 0, 0, 0, 0, 0];
  for (let row = 0; row < x.length; row++) {
    if (Number.isNaN(x[row]) || Number.isNaN(y[row])) continue;
    count++;
    const dx = x[row] - meanX;
    const dy = y[row] - meanY;
    meanX += dx / count;
    meanY += dy / count;
    xx += dx * (x[row] - meanX);
    yy += dy * (y[row] - meanY);
    xy += dx * (y[row] - meanY);
  }
  return count >= FEWEST_GIVEN && xx > 0 && yy > 0 ? xy / Math.sqrt(xx * yy) : 0;
}

/** How features give the target away that none of them gives away alone: columns that are it in another form, or together. */
export interface Leak {
  readonly how: CopyForm | 'sum' | 'classes';
  readonly columns: readonly number[];
}

/** With more features it would take longer than a person waits. */
export const MOST_SEARCHED = 2000;
/** Rows on which leaks are found. */
const MOST_ROWS = 10_000;
const MOST_SUMS = 3;

/**
 * Finds copies of the target among the features `open`, and groups of them that make it up; all are found on at most
 * 10,000 rows, then confirmed on all. Null where there are too many features to look.
 */
export function findLeaks(
  columns: readonly KnownColumn[],
  { index, classes }: Pick<Target, 'index' | 'classes'>,
  classOf: Int32Array | null,
  open: readonly number[],
): Leak[] | null {
  if (open.length > MOST_SEARCHED) return null;
  const leaks: Leak[] = [];
  if (classOf && classes.length > 2) {
    const group = classGroup(columns, open, classOf, classes.length);
    if (group.length > 0) leaks.push({ how: 'classes', columns: group });
  }
  const values = numbersOf(columns[index], classOf, classes.length);
  if (!values) return leaks;
  const all = Int32Array.from(values, (_, row) => row).filter((row) => !Number.isNaN(values[row]));
  if (all.length < FEWEST_ROWS) return leaks;
  const some = thinned(all, MOST_ROWS);
  if (!classOf) {
    for (const k of open) {
      if (columns[k].typed.type !== 'number') continue;
      const how = copyForm(columns[k].typed.values, values, some, all);
      if (how) leaks.push({ how, columns: [k] });
    }
  }
  const found = new Set(leaks.flatMap((leak) => leak.columns));
  const isSummand = (k: number) => !found.has(k) && columns[k].typed.values.length > 0;
  for (let sums = 0; sums < MOST_SUMS; sums++) {
    const summands = open.filter(isSummand);
    const parts = summands.map((k) => columns[k].typed.values);
    const combination = findCombination({ target: values, columns: parts, rows: some });
    if (!combination || !fits(combination, values, parts, all)) break;
    const made = combination.columns.map((c) => summands[c]).sort((a, b) => a - b);
    leaks.push({ how: made.length === 1 ? 'rounded' : 'sum', columns: made });
    for (const k of made) found.add(k);
  }
  return leaks;
}

/** The target as numbers, NaN where it is missing; null for more than two classes that are none. */
function numbersOf(
  { read, typed }: KnownColumn,
  classOf: Int32Array | null,
  classes: number,
): Float64Array | null {
  if (!classOf) return typed.values;
  if (classes === 2) return Float64Array.from(classOf, (k) => (k < 0 ? NaN : k));
  return read.holds === 'numbers' ? read.numbers : null;
}
