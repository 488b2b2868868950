import { naturalLogarithm } from '../../core/logarithm';
import { medianOf } from '../reshape';

/** Of fewer values none can be called wild. */
const FEWEST_VALUES = 20;
/** Values that the middle of a column is judged by. */
const MOST_SAMPLED = 10_000;
/** The values that are farthest out, but for the wild ones: how they thin out tells how far out the next may be. */
const TAIL = 20;
const FEWEST_IN_TAIL = 4;
/** A wild value is beyond so many robust deviations, … */
const DEVIATIONS = 8;
/** … and so far beyond the next one that chance does this once in so many columns. */
const CHANCE = 1e-4;
/** However sharply a column ends, what is a little farther out is not wild yet. */
const SHARPEST = 8;
/** Where all others are within so few deviations, being so much farther out than the next one is enough. */
const CLOSE = 5;
const APART = 2.5;
const DEVIATIONS_FROM_CLOSE = 10;
const DEVIATIONS_OF_ANY_SIGN = 15;
/** More than one in a hundred rows is not a wild value but what the column is like. */
const WILD_SHARE = 100;
const MOST_WILD = 3;

/** Deviations of a normal distribution are so many times the median of their sizes. */
const NORMAL = 1.4826;

/**
 * The rows whose value lies alone and far out: by its distance from the median in robust deviations, and by how much
 * farther it is than the next one where the column's own tail thins out as it does. Heavy tails, clusters and repeated
 * values have none. One pass; NaN is no value. In the order of the rows.
 */
export function wildRows(values: Float64Array): number[] {
  const sample = sampled(values, MOST_SAMPLED);
  if (sample.length < FEWEST_VALUES) return [];
  const median = medianOf(sample);
  const sizes = sample.map((value) => Math.abs(value - median));
  // Where most values are the same, the spread is that of the others.
  const middle = medianOf(sizes);
  const deviation = NORMAL * (middle || medianOf(sizes.filter((size) => size > 0)));
  const { rows, distances, present } = farthest(values, median, TAIL + MOST_WILD + 1);
  const most = Math.min(MOST_WILD, Math.max(1, Math.floor(present / WILD_SHARE)));
  for (let wild = most; wild >= 1; wild--) {
    const inner = distances.slice(wild).filter((distance) => distance > 0);
    const tail = Math.min(TAIL, Math.floor(present / 5), inner.length - 1);
    if (tail < FEWEST_IN_TAIL) continue;
    const last = distances[wild - 1];
    if (!(last > DEVIATIONS * deviation)) continue;
    const ratio = last / inner[0];
    const isWild =
      isBeyondTail(ratio, inner, tail) ||
      (middle > 0 &&
        inner[0] < CLOSE * deviation &&
        ratio > APART &&
        rows.slice(0, wild).every((row) => isFarFromClose(values[row], sample, median, deviation)));
    if (isWild) return rows.slice(0, wild).sort((a, b) => a - b);
  }
  return [];
}

/** Whether so large a step is not to be expected in a column whose farthest values thin out like these. */
function isBeyondTail(ratio: number, distances: readonly number[], tail: number): boolean {
  const log = naturalLogarithm();
  // Hill's estimate: what is beyond a threshold exceeds x times it with probability x^−thinning.
  let logs = 0;
  for (let k = 0; k < tail; k++) logs += log(distances[k] / distances[tail]);
  return Math.min(SHARPEST, tail / logs) * log(ratio) > -log(CHANCE);
}

/** Whether a value is far from values that lie close together: amounts above 0 by their ratio too. */
function isFarFromClose(value: number, sample: Float64Array, median: number, deviation: number): boolean {
  const distance = Math.abs(value - median);
  if (value < 0 || sample.some((each) => each <= 0)) return distance > DEVIATIONS_OF_ANY_SIGN * deviation;
  if (value === 0) return distance > DEVIATIONS_FROM_CLOSE * deviation;
  const log = naturalLogarithm();
  const logs = sample.map((each) => Math.abs(log(each / median)));
  return (
    distance > DEVIATIONS_FROM_CLOSE * deviation &&
    Math.abs(log(value / median)) > DEVIATIONS * NORMAL * medianOf(logs)
  );
}

/** Farther from the mean, in standard deviations, something lies in every column with a wild value or a heavy tail. */
const NEAR = 3.5;

/** Whether no value is far from the mean: there is nothing wild then, and no tail. */
export function isCompact(values: Float64Array): boolean {
  let [count, mean] = [0, 0];
  for (let row = 0; row < values.length; row++) {
    const value = values[row];
    if (value === value) mean += (value - mean) / ++count;
  }
  let [squares, farthestOff] = [0, 0];
  for (let row = 0; row < values.length; row++) {
    const square = (values[row] - mean) * (values[row] - mean);
    // NaN is not above.
    if (square >= 0) squares += square;
    if (square > farthestOff) farthestOff = square;
  }
  return Number.isFinite(squares) && farthestOff <= (NEAR * NEAR * squares) / count;
}

/** Values that are there, at most so many, from equally many places of the column. */
export function sampled(values: Float64Array, most: number): Float64Array {
  const step = Math.max(1, values.length / most);
  const chosen = new Float64Array(Math.min(values.length, most));
  let count = 0;
  for (let k = 0; k < chosen.length; k++) {
    const value = values[Math.floor(k * step)];
    if (value === value) chosen[count++] = value;
  }
  return chosen.subarray(0, count);
}

/** The rows that are farthest from a value, the farthest first, with their distances. */
function farthest(
  values: Float64Array,
  from: number,
  count: number,
): { rows: number[]; distances: number[]; present: number } {
  const rows: number[] = [];
  const distances: number[] = [];
  let present = 0;
  let least = -Infinity;
  for (let row = 0; row < values.length; row++) {
    const distance = Math.abs(values[row] - from);
    if (distance !== distance) continue;
    present++;
    if (distances.length === count && distance <= least) continue;
    let at = distances.length;
    while (at > 0 && distances[at - 1] < distance) at--;
    distances.splice(at, 0, distance);
    rows.splice(at, 0, row);
    if (distances.length > count) {
      distances.pop();
      rows.pop();
    }
    least = distances[distances.length - 1];
  }
  return { rows, distances, present };
}
