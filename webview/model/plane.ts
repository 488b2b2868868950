import { matrix, type Matrix } from '../../src/core/matrix';
import type { Network, Parameters } from '../../src/core/network';
import type { PrincipalComponents } from '../../src/core/principalComponents';
import { inOwnUnit, standardised } from '../../src/core/scale';
import type { Feature } from '../../src/data/transform';
import type { PlaneKind } from '../keptChoices';
import type { SampleView } from '../store';

export interface Axis {
  /** The feature along it; null: a principal component. */
  readonly feature: number | null;
  readonly name: string;
  /** Range in the feature's own unit, or along the component. */
  readonly from: number;
  readonly to: number;
  /** Where a value of that unit stands on the axis as the network sees it. */
  scaled(value: number): number;
  /** The inverse. */
  own(scaled: number): number;
}

/** The plane that maps are drawn on: two features, or one for a network with one, or two principal components. */
export interface Plane {
  readonly kind: PlaneKind;
  readonly x: Axis;
  readonly y: Axis | null;
  /** What the features are that are no axis, or of components where both are 0; scaled, (nx). */
  readonly base: Float64Array;
  /** Which components the axes are; null: features. */
  readonly components: PrincipalComponents | null;
  /** Along them, the examples' places, (2, count). */
  readonly places: Matrix | null;
  /** The largest absolute value of each feature, scaled, (nx). */
  readonly extents: Float64Array;
}

/** The plane of two features; the others are at their mean, or what they are at an example. */
export function planeOf(
  { X }: SampleView,
  features: readonly Feature[],
  [first, second]: readonly [number, number],
  example: number | null = null,
): Plane {
  const axis = (feature: number): Axis => {
    const scale = features[feature];
    const { low, high, margin } = rangeOf(X, feature);
    return {
      feature,
      name: scale.name,
      from: inOwnUnit(low - margin, scale),
      to: inOwnUnit(high + margin, scale),
      scaled: (value) => standardised(value, scale),
      own: (scaled) => inOwnUnit(scaled, scale),
    };
  };
  return {
    ...{ kind: example === null ? 'mean' : 'row', components: null, places: null },
    ...{ x: axis(first), y: X.rows > 1 ? axis(second) : null },
    base: example === null ? meansOf(X) : columnOf(X, example),
    extents: extentsOf(X),
  };
}

/** The plane of two principal components through the mean. */
export function planeOfComponents({ X }: SampleView, components: PrincipalComponents): Plane {
  const directions = [components.first, components.second];
  const places = matrix(2, X.cols);
  directions.forEach((direction, k) => {
    for (let i = 0; i < X.rows; i++) {
      const [weight, mean] = [direction[i], components.mean[i]];
      for (let j = 0; j < X.cols; j++)
        places.data[k * X.cols + j] += weight * (X.data[i * X.cols + j] - mean);
    }
  });
  const axis = (k: number): Axis => {
    const { low, high, margin } = rangeOf(places, k);
    const name = `component ${k + 1}`;
    const itself = (value: number) => value;
    return { feature: null, name, from: low - margin, to: high + margin, scaled: itself, own: itself };
  };
  return {
    ...{ kind: 'components', components, places, x: axis(0), y: axis(1) },
    ...{ base: components.mean, extents: extentsOf(X) },
  };
}

/** The network as it is on the plane: its inputs are the axes alone. */
export const planeNetwork = (network: Network, { y }: Plane): Network => ({
  ...network,
  sizes: [y ? 2 : 1, ...network.sizes.slice(1)],
});

/**
 * The parameters of that network: what the features that are no axis add goes into b[1], so that a map of ten thousand
 * features costs no more than one of two.
 */
export function planeParameters(parameters: Parameters, plane: Plane): Parameters {
  const [{ W, b }, ...rest] = parameters;
  const { base, components } = plane;
  const axes = axesOf(plane);
  const isAxis = new Uint8Array(W.cols);
  for (const axis of axes) if (typeof axis === 'number') isAxis[axis] = 1;
  const reduced = matrix(W.rows, axes.length);
  const bias = b.slice();
  for (let i = 0; i < W.rows; i++) {
    const row = W.data.subarray(i * W.cols, (i + 1) * W.cols);
    axes.forEach((axis, k) => {
      reduced.data[i * axes.length + k] = typeof axis === 'number' ? row[axis] : dot(row, axis);
    });
    for (let k = 0; k < W.cols; k++) {
      if (components || !isAxis[k]) bias[i] += row[k] * base[k];
    }
  }
  return [{ W: reduced, b: bias }, ...rest];
}

/** A point of the plane, in the units of its axes, as the network's input (nx). */
export function inputAt(plane: Plane, x: number, y: number): Float64Array {
  const input = plane.base.slice();
  axesOf(plane).forEach((axis, k) => {
    const value = k === 0 ? plane.x.scaled(x) : (plane.y?.scaled(y) ?? 0);
    if (typeof axis === 'number') input[axis] = value;
    else for (let i = 0; i < input.length; i++) input[i] += value * axis[i];
  });
  return input;
}

/** Each axis: a feature, or the direction (nx) of a component. */
export function axesOf({ x, y, components }: Plane): (number | Float64Array)[] {
  if (components) return [components.first, components.second];
  return [x.feature, y?.feature].filter((feature) => typeof feature === 'number');
}

/** What is left out of a plane, as a sentence with a space before it. */
export function planeSentence({ kind, components }: Plane, features: number): string {
  if (features <= 2) return '';
  switch (kind) {
    case 'mean':
      return ' The other features are at their mean, so examples may lie off this plane.';
    case 'row':
      return ' The other features are what they are in the chosen row, so other examples may lie off this plane.';
    case 'components': {
      const [first, second] = components?.shares ?? [0, 0];
      const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
      const few = components && components.from > components.examples;
      return ` The axes are the two principal components of the standardised inputs${few ? `, by ${components.examples} of the examples` : ''}: they hold ${percent(first + second)} of the variance (${percent(first)} and ${percent(second)}); examples may lie off this plane.`;
    }
    default:
      return kind satisfies never;
  }
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

const dot = (a: Float64Array, b: Float64Array): number => {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += a[k] * b[k];
  return sum;
};

const columnOf = ({ rows, cols, data }: Matrix, j: number): Float64Array =>
  Float64Array.from({ length: rows }, (_, i) => data[i * cols + j]);

/** The lowest and highest of a row, and the margin that a map has around them. */
function rangeOf({ cols, data }: Matrix, row: number) {
  let low = Infinity;
  let high = -Infinity;
  for (let at = row * cols; at < (row + 1) * cols; at++) {
    low = Math.min(low, data[at]);
    high = Math.max(high, data[at]);
  }
  return { low, high, margin: (high - low) * 0.08 || 1 };
}

function extentsOf(X: Matrix): Float64Array {
  return Float64Array.from({ length: X.rows }, (_, i) => {
    const { low, high } = rangeOf(X, i);
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
