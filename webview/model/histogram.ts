import { activations, sigmoid, type HiddenActivation } from '../../src/core/activations';
import { FLAT, slopeShare } from '../../src/core/verdicts/unitFacts';
import type { Range } from './answers';

/** How many z of a unit fall where, told apart by class. */
export interface Histogram extends Range {
  /** Counts of each bin, (bins), one array a group. */
  readonly groups: readonly Uint32Array[];
  /** The tallest bin, all groups together. */
  readonly most: number;
}

export const BINS = 40;

/** What bends z: a hidden unit's g, the output's σ; a softmax is no function of one z alone. */
export type Curve = HiddenActivation | 'softmax';

/** g(z). */
export const curveAt = (curve: Exclude<Curve, 'softmax'>, z: number): number =>
  curve === 'sigmoid' ? sigmoid(z) : activations[curve].g(z);

/** g′(z). */
export const slopeAt = (curve: Exclude<Curve, 'softmax'>, z: number): number =>
  activations[curve].derivative(z, curveAt(curve, z));

/** Whether no gradient to speak of passes where g is at z. */
export const isFlat = (curve: Exclude<Curve, 'softmax'>, z: number): boolean =>
  slopeShare(curve, z, curveAt(curve, z)) <= FLAT;

/** Where each activation has bent all it bends. */
const BENDS: Readonly<Record<Curve, number>> = {
  tanh: 3,
  sigmoid: 6,
  relu: 1,
  leakyRelu: 1,
  linear: 1,
  softmax: 1,
};

/** The z that are drawn: all there are, as far to either side of 0, and as much as shows how g bends. */
export function rangeOfZ(z: Float64Array, curve: Curve): Range {
  let most = BENDS[curve];
  for (const value of z) if (Number.isFinite(value)) most = Math.max(most, Math.abs(value));
  // The outermost bars are not cut by the frame.
  return { from: -1.02 * most, to: 1.02 * most };
}

/**
 * The histogram of z over a range.
 * @param groupOf the group of each example, (m); null: they are all in one
 */
export function histogramOf(
  z: Float64Array,
  { from, to }: Range,
  groupOf: ((j: number) => number) | null,
  groups: number,
): Histogram {
  const counts = Array.from({ length: groups }, () => new Uint32Array(BINS));
  const all = new Uint32Array(BINS);
  for (let j = 0; j < z.length; j++) {
    const bin = binOf({ from, to }, z[j]);
    counts[groupOf ? groupOf(j) : 0][bin]++;
    all[bin]++;
  }
  return { from, to, groups: counts, most: Math.max(...all) };
}

/** The bin that a z falls into; what lies outside falls into the outermost. */
export function binOf({ from, to }: Range, z: number): number {
  return Math.max(0, Math.min(BINS - 1, Math.floor(((z - from) / (to - from)) * BINS)));
}

/** Where a bin begins and ends. */
export const edgesOf = ({ from, to }: Range, bin: number): Range => ({
  from: from + (bin / BINS) * (to - from),
  to: from + ((bin + 1) / BINS) * (to - from),
});

/** The values that g takes over a range, with room for its whole bend. */
export function rangeOfA(curve: Exclude<Curve, 'softmax'>, { from, to }: Range): Range {
  switch (curve) {
    case 'tanh':
      return { from: -1, to: 1 };
    case 'sigmoid':
      return { from: 0, to: 1 };
    case 'relu':
    case 'leakyRelu':
      return { from: Math.min(0, curveAt(curve, from)), to };
    case 'linear':
      return { from, to };
    default:
      return curve satisfies never;
  }
}
