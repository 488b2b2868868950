import type { Scale } from './scale';

/** Σ (y − ȳ)², which R² compares with; exactly 0 for equal numbers. */
export function variation(ys: Float64Array | Float32Array): number {
  const [first] = ys;
  let sum = 0;
  for (const y of ys) sum += y - first;
  const mean = first + sum / ys.length;
  let squares = 0;
  for (const y of ys) squares += (y - mean) * (y - mean);
  return squares;
}

/**
 * R² = 1 − Σ(y − a)² / Σ(y − ȳ)², from the two sums. A target that does not vary gives 0, or 1 when it is met exactly.
 */
export const rSquared = (squaredErrors: number, variation: number): number =>
  variation === 0 ? Number(squaredErrors === 0) : 1 - squaredErrors / variation;

/** The root mean squared error in the target's own unit, from a linear output's cost ½ · 1/m Σ(y − a)² on `scale`. */
export const rootMeanSquaredError = (cost: number, { deviation }: Scale): number =>
  deviation * Math.sqrt(2 * cost);
