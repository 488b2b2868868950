import { random } from './random';

/** Where a score lies with 95 %, were other rows of the same kind drawn for the test part. */
export type Interval = readonly [low: number, high: number];

/** The normal quantile of 97.5 %. */
const Z = 1.959963984540054;
export const RESAMPLES = 2000;
/** Of more examples as many are drawn for each resample as if there were these alone, which makes the interval wider. */
const MOST_DRAWN = 20_000;

/**
 * Wilson's interval for a share of `count`; within 0 and 1, and of some width even where all or none are right.
 * Wilson, Probable inference, the law of succession, and statistical inference, 1927.
 * @param count at least 1
 */
export function wilson(share: number, count: number): Interval {
  const ofSquare = (Z * Z) / count;
  const middle = (share + ofSquare / 2) / (1 + ofSquare);
  const half = (Z / (1 + ofSquare)) * Math.sqrt((share * (1 - share)) / count + ofSquare / (4 * count));
  return [Math.max(0, middle - half), Math.min(1, middle + half)];
}

/**
 * The percentile interval of R² by the bootstrap (Efron and Tibshirani, An Introduction to the Bootstrap, 13.3): of 2,000
 * resamples of the examples. The same seed gives the same interval. Resamples in which the target does not vary say nothing.
 * Null where too few are left.
 * @param y targets of the test part
 * @param a what was predicted for them, of the same length
 */
export function bootstrapR2(y: ArrayLike<number>, a: ArrayLike<number>, seed: number): Interval | null {
  const work = bootstrapInSteps(y, a, seed);
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
  }
}

/** As {@link bootstrapR2}; yields after each resample. */
export function* bootstrapInSteps(
  y: ArrayLike<number>,
  a: ArrayLike<number>,
  seed: number,
): Generator<void, Interval | null> {
  const { below } = random(seed, 'sample');
  const drawn = Math.min(y.length, MOST_DRAWN);
  const scores: number[] = [];
  for (let k = 0; k < RESAMPLES; k++) {
    let [first, sum, squares, errors] = [NaN, 0, 0, 0];
    for (let j = 0; j < drawn; j++) {
      const at = below(y.length);
      if (j === 0) first = y[at];
      const apart = y[at] - first;
      sum += apart;
      squares += apart * apart;
      errors += (y[at] - a[at]) * (y[at] - a[at]);
    }
    const variation = squares - (sum * sum) / drawn;
    if (variation > 0) scores.push(1 - errors / variation);
    yield;
  }
  return percentiles(scores);
}

/** What the examples of a group add to a score: how many they are, and sums over them. */
export interface GroupSums {
  readonly count: number;
  /** Those that are right; of numbers Σ (y − c), Σ (y − c)² and Σ (y − a)², with the same c for all groups. */
  readonly sums: readonly number[];
}

/** The share of right ones from the sums of all groups that were drawn. */
export const shareOf = (count: number, [right]: readonly number[]): number => right / count;

/** R² from the sums of all groups that were drawn; NaN where the target does not vary. */
export function r2Of(count: number, [sum, squares, errors]: readonly number[]): number {
  const variation = squares - (sum * sum) / count;
  return variation > 0 ? 1 - errors / variation : NaN;
}

/**
 * The percentile interval of a score by the bootstrap of whole groups, as examples of a group are alike: 2,000 times as many
 * groups as there are are drawn (the cluster bootstrap: Davison and Hinkley, Bootstrap Methods and their Application, 3.8).
 * Null of a single group. Yields after each resample.
 */
export function* bootstrapGroups(
  groups: readonly GroupSums[],
  score: (count: number, sums: readonly number[]) => number,
  seed: number,
): Generator<void, Interval | null> {
  if (groups.length < 2) return null;
  const { below } = random(seed, 'sample');
  const scores: number[] = [];
  for (let k = 0; k < RESAMPLES; k++) {
    let count = 0;
    const sums = groups[0].sums.map(() => 0);
    for (let g = 0; g < groups.length; g++) {
      const drawn = groups[below(groups.length)];
      count += drawn.count;
      for (let i = 0; i < sums.length; i++) sums[i] += drawn.sums[i];
    }
    const found = score(count, sums);
    if (Number.isFinite(found)) scores.push(found);
    yield;
  }
  return percentiles(scores);
}

/** Where the middle 95 % of the scores of the resamples lie; null where too many of these said nothing. */
export function percentiles(scores: number[]): Interval | null {
  if (2 * scores.length < RESAMPLES) return null;
  scores.sort((one, other) => one - other);
  const quantile = (share: number) => scores[Math.round(share * (scores.length - 1))];
  return [quantile(0.025), quantile(0.975)];
}
