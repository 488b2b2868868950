import { naturalLogarithm } from '../../core/logarithm';

/** Columns that make up the target, each by a factor, and a constant. */
export interface Combination {
  /** Indices among the columns that were given. */
  readonly columns: readonly number[];
  readonly factors: readonly number[];
  readonly constant: number;
}

export interface Sought {
  /** What is to be made up, and of what: every row, NaN where a value is missing. */
  readonly target: Float64Array;
  readonly columns: readonly Float64Array[];
  /** Rows to look at; the target has a value in each. */
  readonly rows: Int32Array;
}

/** Fewer rows, in all or for each column of a combination, may fit by chance. */
export const FEWEST_ROWS = 20;
const ROWS_FOR_EACH = 5;
const MOST_IN_COMBINATION = 30;
/** Numbers that are kept at once, which bounds the time too: 2,000 columns of 1,000 rows. */
const MOST_NUMBERS = 2_000_000;
/** Rows that are enough to tell which columns of a combination are needed. */
const ROWS_TO_PRUNE = 2000;

/** What is left of the target’s variance where it is made up; and where the rest may be rounding. */
const EXACT = 1e-6;
const ROUNDED = 1e-3;
/** A column adds its own rounding, but one with a large factor no more than twice. */
const MOST_ROUNDING = 2;

/** Among more columns the search ends where the next one explains not much more than the best of as many by chance. */
const FEW_COLUMNS = 64;
const STEPS_AT_LEAST = 4;
/** The best of n columns of chance explains about 2 ln n / rows. */
const LIKE_CHANCE = 4;
/** What is left of a column of length 1 that the chosen ones make up. */
const NOTHING = 1e-9;

/**
 * The columns of which the target is a linear combination, exactly or but for rounding: null where there are none.
 * Stepwise, always the column that explains most of what is left; then those that are not needed are taken out again.
 */
export function findCombination({ target, columns, rows }: Sought): Combination | null {
  const most = Math.max(FEWEST_ROWS, Math.floor(MOST_NUMBERS / Math.max(1, columns.length)));
  const { used, complete } = completeRows(columns, thinned(rows, most));
  if (complete.length < FEWEST_ROWS || used.length === 0) return null;
  const chosen = chooseStepwise(target, columns, used, complete);
  if (!chosen) return null;
  const few = thinned(complete, Math.max(ROWS_TO_PRUNE, ROWS_FOR_EACH * chosen.length));
  let needed = chosen;
  for (const column of [...chosen].reverse()) {
    const fewer = needed.filter((each) => each !== column);
    if (fewer.length > 0 && fits(fit(target, columns, fewer, few), target, columns, few)) needed = fewer;
  }
  return fit(target, columns, needed, complete);
}

/** Whether a combination gives the target in all of these rows in which its columns have values. */
export function fits(
  { columns: chosen, factors, constant }: Combination,
  target: Float64Array,
  columns: readonly Float64Array[],
  rows: Int32Array,
): boolean {
  let [count, mean, squares, left, worst] = [0, 0, 0, 0, 0];
  for (const row of rows) {
    let made = constant;
    for (let k = 0; k < chosen.length; k++) made += factors[k] * columns[chosen[k]][row];
    const error = target[row] - made;
    if (Number.isNaN(error)) continue;
    const distance = target[row] - mean;
    mean += distance / ++count;
    squares += distance * (target[row] - mean);
    left += error * error;
    worst = Math.max(worst, Math.abs(error));
  }
  if (count < Math.max(FEWEST_ROWS, ROWS_FOR_EACH * chosen.length) || !(squares > 0)) return false;
  if (left < EXACT * squares) return true;
  if (!(left < ROUNDED * squares)) return false;
  const rounding = chosen.map(
    (c, k) => Math.min(Math.abs(factors[k]), MOST_ROUNDING) * unitOf(columns[c], rows),
  );
  const sum = rounding.reduce((total, each) => total + each, unitOf(target, rows));
  return worst <= 0.505 * sum;
}

const UNITS = [1e6, 1e5, 1e4, 1e3, 100, 10, 1, 0.1, 0.01, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7, 1e-8] as const;

/** The largest power of ten that all values in these rows are multiples of; 0 where there is none. */
export function unitOf(values: Float64Array, rows: Int32Array): number {
  let k = 0;
  for (const row of rows) {
    const value = values[row];
    if (Number.isNaN(value)) continue;
    while (k < UNITS.length) {
      const multiple = value / UNITS[k];
      const nearest = Math.round(multiple);
      const isMultiple = Math.abs(multiple - nearest) <= 1e-9 * Math.abs(nearest);
      if (isMultiple) break;
      k++;
    }
  }
  return k < UNITS.length ? UNITS[k] : 0;
}

/** At most so many rows, equally far apart. */
export function thinned(rows: Int32Array, most: number): Int32Array {
  if (rows.length <= most) return rows;
  return Int32Array.from({ length: most }, (_, k) => rows[Math.floor((k * rows.length) / most)]);
}

/** The columns that miss the fewest values, as long as half of the rows have all of them; and these rows. */
function completeRows(
  columns: readonly Float64Array[],
  rows: Int32Array,
): { used: number[]; complete: Int32Array } {
  const missing = columns.map((values) => countMissing(values, rows));
  let complete = rows;
  const used: number[] = [];
  for (const c of columns.map((_, index) => index).sort((a, b) => missing[a] - missing[b] || a - b)) {
    const left = missing[c] === 0 ? complete : complete.filter((row) => !Number.isNaN(columns[c][row]));
    if (left.length < Math.max(FEWEST_ROWS, rows.length / 2)) break;
    complete = left;
    used.push(c);
  }
  return { used: used.sort((a, b) => a - b), complete };
}

function countMissing(values: Float64Array, rows: Int32Array): number {
  let count = 0;
  for (let k = 0; k < rows.length; k++) if (Number.isNaN(values[rows[k]])) count++;
  return count;
}

/** Values of these rows with mean 0 and length 1; null where they do not differ. */
function unitVector(values: Float64Array, rows: Int32Array): Float64Array | null {
  const centred = centredValues(values, rows, meanOf(values, rows));
  let largest = 0;
  for (let k = 0; k < centred.length; k++) largest = Math.max(largest, Math.abs(centred[k]));
  if (!(largest > 0) || !Number.isFinite(largest)) return null;
  // By the largest first: squares might be beyond float64.
  for (let k = 0; k < centred.length; k++) centred[k] /= largest;
  const length = Math.sqrt(dot(centred, centred));
  for (let k = 0; k < centred.length; k++) centred[k] /= length;
  return centred;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += a[k] * b[k];
  return sum;
}

/** Takes its part along a vector of length 1 out of another. */
function takeOut(vector: Float64Array, along: Float64Array): void {
  const part = dot(vector, along);
  for (let k = 0; k < vector.length; k++) vector[k] -= part * along[k];
}

/** Orthogonal least squares: columns until they make up the target; null where they do not. */
function chooseStepwise(
  target: Float64Array,
  columns: readonly Float64Array[],
  used: readonly number[],
  rows: Int32Array,
): number[] | null {
  const left = unitVector(target, rows);
  if (!left) return null;
  const open = used.flatMap((column) => {
    const vector = unitVector(columns[column], rows);
    return vector ? [{ column, vector }] : [];
  });
  const most = Math.min(MOST_IN_COMBINATION, Math.floor(rows.length / ROWS_FOR_EACH));
  const byChance = (LIKE_CHANCE * naturalLogarithm()(used.length)) / rows.length;
  const chosen: number[] = [];
  while (chosen.length < most && open.length > 0) {
    const before = dot(left, left);
    let [best, gain] = [-1, 0];
    for (let k = 0; k < open.length; k++) {
      const { vector } = open[k];
      const length = dot(vector, vector);
      if (length < NOTHING) continue;
      const part = dot(vector, left);
      const own = (part * part) / length;
      if (own > gain) [best, gain] = [k, own];
    }
    if (best < 0) return null;
    if (used.length > FEW_COLUMNS && chosen.length >= STEPS_AT_LEAST && gain < byChance * before) return null;
    const [{ column, vector }] = open.splice(best, 1);
    const length = Math.sqrt(dot(vector, vector));
    for (let k = 0; k < vector.length; k++) vector[k] /= length;
    takeOut(left, vector);
    for (const other of open) takeOut(other.vector, vector);
    chosen.push(column);
    const rest = dot(left, left);
    if (rest < ROUNDED && fits(fit(target, columns, chosen, rows), target, columns, rows)) return chosen;
    if (!(rest > 0)) return null;
  }
  return null;
}

/** The least squares of the target over these columns, by Gram and Schmidt. */
function fit(
  target: Float64Array,
  columns: readonly Float64Array[],
  chosen: readonly number[],
  rows: Int32Array,
): Combination {
  const means = chosen.map((c) => meanOf(columns[c], rows));
  const mean = meanOf(target, rows);
  const vectors = chosen.map((c, k) => centredValues(columns[c], rows, means[k]));
  const left = centredValues(target, rows, mean);
  // columns = Q R, and Q' target; R by columns.
  const R: number[][] = [];
  const parts: number[] = [];
  vectors.forEach((vector, k) => {
    R.push([]);
    for (let j = 0; j < k; j++) {
      const part = dot(vector, vectors[j]);
      R[k].push(part);
      for (let i = 0; i < vector.length; i++) vector[i] -= part * vectors[j][i];
    }
    const length = Math.sqrt(dot(vector, vector)) || 1;
    R[k].push(length);
    for (let i = 0; i < vector.length; i++) vector[i] /= length;
    const part = dot(left, vector);
    parts.push(part);
    for (let i = 0; i < vector.length; i++) left[i] -= part * vector[i];
  });
  const factors: number[] = new Array<number>(chosen.length).fill(0);
  for (let k = chosen.length - 1; k >= 0; k--) {
    let part = parts[k];
    for (let j = k + 1; j < chosen.length; j++) part -= R[j][k] * factors[j];
    factors[k] = part / R[k][k];
  }
  const constant = factors.reduce((sum, factor, k) => sum - factor * means[k], mean);
  return { columns: [...chosen], factors, constant };
}

/** A running mean: a sum might be beyond float64. */
function meanOf(values: Float64Array, rows: Int32Array): number {
  let mean = 0;
  for (let k = 0; k < rows.length; k++) mean += (values[rows[k]] - mean) / (k + 1);
  return mean;
}

/** Filled by a loop, which is several times as quick as Float64Array.from. */
function centredValues(values: Float64Array, rows: Int32Array, mean: number): Float64Array {
  const centred = new Float64Array(rows.length);
  for (let k = 0; k < rows.length; k++) centred[k] = values[rows[k]] - mean;
  return centred;
}
