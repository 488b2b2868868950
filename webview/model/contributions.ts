import type { Matrix } from '../../src/core/matrix';
import type { Layer } from '../../src/core/network';
import { spreadOf, type Spread } from '../../src/core/verdicts/spread';

/** What one input adds to a unit's z over the examples: w · x. */
export interface Contribution {
  /** The input, from 0. */
  readonly input: number;
  readonly weight: number;
  readonly spread: Spread;
}

export interface Contributions {
  /** Those that vary most, the first most. */
  readonly largest: readonly Contribution[];
  /** What all the others add together; null where there are none. */
  readonly rest: { readonly count: number; readonly spread: Spread } | null;
  readonly bias: number;
  readonly z: Spread;
}

/** More rows are not taken in at a glance. */
export const MOST_CONTRIBUTIONS = 15;

/**
 * What the inputs add to a unit, sorted by how much that varies over the examples.
 * @param A the unit's inputs, (n[l−1], m), their rows with these spreads
 * @param z the unit's own z, (m)
 */
export function contributionsOf(
  { W, b }: Layer,
  A: Matrix,
  inputs: readonly Spread[],
  z: Float64Array,
  unit: number,
): Contributions {
  const weights = W.data.subarray(unit * W.cols, (unit + 1) * W.cols);
  const spreads = inputs.map((spread, k) => scaled(spread, weights[k]));
  const order = Array.from(weights.keys()).sort(
    (i, k) =>
      spreads[k].deviation - spreads[i].deviation || Math.abs(weights[k]) - Math.abs(weights[i]) || i - k,
  );
  // One that is left alone is as well shown by itself.
  const shown = order.length === MOST_CONTRIBUTIONS + 1 ? order.length : MOST_CONTRIBUTIONS;
  const others = order.slice(shown);
  return {
    largest: order.slice(0, shown).map((k) => ({ input: k, weight: weights[k], spread: spreads[k] })),
    rest: others.length > 0 ? { count: others.length, spread: spreadOf(sumOf(A, weights, others)) } : null,
    bias: b[unit],
    z: spreadOf(z),
  };
}

/** The spread of w · x from that of x. */
function scaled({ lowest, highest, mean, deviation }: Spread, w: number): Spread {
  const [low, high] = w < 0 ? [highest, lowest] : [lowest, highest];
  return { lowest: w * low, highest: w * high, mean: w * mean, deviation: Math.abs(w) * deviation };
}

/** What these inputs add together, example by example. */
function sumOf({ cols, data }: Matrix, weights: Float64Array, inputs: readonly number[]): Float64Array {
  const sums = new Float64Array(cols);
  for (const k of inputs) {
    for (let j = 0; j < cols; j++) sums[j] += weights[k] * data[k * cols + j];
  }
  return sums;
}
