import { matrix, type Matrix } from '../../src/core/matrix';
import type { Network, Parameters } from '../../src/core/network';
import { inOwnUnit, standardised } from '../../src/core/scale';
import type { Feature } from '../../src/data/transform';
import type { SampleView } from '../store';

export interface Axis {
  readonly feature: number;
  readonly name: string;
  /** Range in the feature's own unit. */
  readonly from: number;
  readonly to: number;
  scaled(value: number): number;
}

/** The plane that maps are drawn on: two features, or one for a network with one; the others at their mean. */
export interface Plane {
  readonly x: Axis;
  readonly y: Axis | null;
  /** The mean of each feature over the sample, scaled, (nx). */
  readonly means: Float64Array;
  /** The largest absolute value of each, scaled, (nx). */
  readonly extents: Float64Array;
}

export function planeOf(
  { X }: SampleView,
  features: readonly Feature[],
  [first, second]: readonly [number, number],
): Plane {
  const axis = (feature: number): Axis => {
    const scale = features[feature];
    const [low, high] = rangeOf(X, feature);
    const margin = (high - low) * 0.08 || 1;
    return {
      feature,
      name: scale.name,
      from: inOwnUnit(low - margin, scale),
      to: inOwnUnit(high + margin, scale),
      scaled: (value) => standardised(value, scale),
    };
  };
  return { x: axis(first), y: X.rows > 1 ? axis(second) : null, means: meansOf(X), extents: extentsOf(X) };
}

/** The network as it is on the plane: its inputs are the axes alone. */
export const planeNetwork = (network: Network, { y }: Plane): Network => ({
  ...network,
  sizes: [y ? 2 : 1, ...network.sizes.slice(1)],
});

/**
 * The parameters of that network: what the other features add at their means goes into b[1], so that a map of ten
 * thousand features costs no more than one of two.
 */
export function planeParameters(parameters: Parameters, { x, y, means }: Plane): Parameters {
  const [{ W, b }, ...rest] = parameters;
  const axes = y ? [x.feature, y.feature] : [x.feature];
  const reduced = matrix(W.rows, axes.length);
  const bias = b.slice();
  for (let i = 0; i < W.rows; i++) {
    axes.forEach((feature, k) => (reduced.data[i * axes.length + k] = W.data[i * W.cols + feature]));
    for (let k = 0; k < W.cols; k++) {
      if (!axes.includes(k)) bias[i] += W.data[i * W.cols + k] * means[k];
    }
  }
  return [{ W: reduced, b: bias }, ...rest];
}

/** Inputs on a grid over the plane: point (row, col) is example row · cols + col, row 0 on top. */
export function planeInputs({ x, y }: Plane, rows: number, cols: number): Matrix {
  const X = matrix(y ? 2 : 1, rows * cols);
  for (let row = 0; row < rows; row++) {
    for (let col = 0; col < cols; col++) {
      const at = row * cols + col;
      X.data[at] = x.scaled(x.from + ((col + 0.5) / cols) * (x.to - x.from));
      if (y) X.data[X.cols + at] = y.scaled(y.to - ((row + 0.5) / rows) * (y.to - y.from));
    }
  }
  return X;
}

function rangeOf({ cols, data }: Matrix, row: number): [number, number] {
  let low = Infinity;
  let high = -Infinity;
  for (let at = row * cols; at < (row + 1) * cols; at++) {
    low = Math.min(low, data[at]);
    high = Math.max(high, data[at]);
  }
  return [low, high];
}

function extentsOf(X: Matrix): Float64Array {
  return Float64Array.from({ length: X.rows }, (_, i) => {
    const [low, high] = rangeOf(X, i);
    return Math.max(Math.abs(low), Math.abs(high));
  });
}

function meansOf({ rows, cols, data }: Matrix): Float64Array {
  return Float64Array.from({ length: rows }, (_, i) => {
    let sum = 0;
    for (let at = i * cols; at < (i + 1) * cols; at++) sum += data[at];
    return sum / cols;
  });
}
