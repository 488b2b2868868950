/**
 * What the tiles of the products share. A tile is some units times one or two groups of 8 examples, whose sums stay in
 * registers. `w`, `b`, `a` and `out` are the first weight, bias, input and output; `k` is the number of inputs, at least 1.
 * Each tile returns where its weights end; with `second`, those of the second unit begin so many bytes after those of
 * the first.
 *
 * The loops are shaped for V8 to widen them to 256 bits: the two halves of a group are loaded, computed and stored side
 * by side, and nothing is stored between the loads of a pair. V8 takes two loads or stores for neighbours only where they
 * share a pointer and differ in their constant offsets, so these are written out. A sum adds up in the same order in all
 * tiles.
 */
import { RELU, SIGMOID, TANH } from './codes';
import { one, slope } from './math';

/** What a sum starts from: the bias, 0, or what stands in the output. */
export const FROM_BIAS = 0;
export const FROM_ZERO = 1;
export const FROM_OUTPUT = 2;

/** No derivative: the sum is stored as it is. */
export const NONE = -1;

/** c ∗ g′ from a = g(z). */
@inline
export function timesDerivative(c: v128, a: v128, derivative: i32): v128 {
  if (derivative == TANH) return f32x4.mul(c, f32x4.sub(one(), f32x4.mul(a, a)));
  if (derivative == SIGMOID) return f32x4.mul(c, f32x4.mul(a, f32x4.sub(one(), a)));
  // The ReLUs leave the sign of z in the sign bit of a.
  const below = i32x4.shr_s(a, 31);
  return derivative == RELU ? v128.andnot(c, below) : v128.bitselect(f32x4.mul(c, slope()), c, below);
}
