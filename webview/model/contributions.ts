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
 * @param A the unit's inputs, (n[l−1], m)
 */
export function contributionsOf({ W, b }: Layer, A: Matrix, unit: number): Contributions {
  const [m, weights] = [A.cols, W.data.subarray(unit * W.cols, (unit + 1) * W.cols)];
  const terms = (k: number) => Float64Array.from(A.data.subarray(k * m, (k + 1) * m), (x) => weights[k] * x);
  const spreads = Array.from(weights, (_, k) => spreadOf(terms(k)));
  const order = Array.from(weights.keys()).sort(
    (i, k) =>
      spreads[k].deviation - spreads[i].deviation || Math.abs(weights[k]) - Math.abs(weights[i]) || i - k,
  );
  // One that is left alone is as well shown by itself.
  const shown = order.length === MOST_CONTRIBUTIONS + 1 ? order.length : MOST_CONTRIBUTIONS;
  const others = order.slice(shown);
  const [together, z] = [new Float64Array(m), new Float64Array(m).fill(b[unit])];
  others.forEach((k) => add(terms(k), together));
  order.forEach((k) => add(terms(k), z));
  return {
    largest: order.slice(0, shown).map((k) => ({ input: k, weight: weights[k], spread: spreads[k] })),
    rest: others.length > 0 ? { count: others.length, spread: spreadOf(together) } : null,
    bias: b[unit],
    z: spreadOf(z),
  };
}

function add(terms: Float64Array, sums: Float64Array): void {
  for (let j = 0; j < sums.length; j++) sums[j] += terms[j];
}
