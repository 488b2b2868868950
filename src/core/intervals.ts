import { random } from './random';

/** Where a score lies with 95 %, were other rows of the same kind drawn for the test part. */
export type Interval = readonly [low: number, high: number];

/** The normal quantile of 97.5 %. */
const Z = 1.959963984540054;
const RESAMPLES = 2000;
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
  }
  if (2 * scores.length < RESAMPLES) return null;
  scores.sort((one, other) => one - other);
  const quantile = (share: number) => scores[Math.round(share * (scores.length - 1))];
  return [quantile(0.025), quantile(0.975)];
}
