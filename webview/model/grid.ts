import { computed } from '@preact/signals';
import { forward, propagation, type Propagation } from '../../src/core/equations';
import { matrix } from '../../src/core/matrix';
import { parameterCount } from '../../src/core/network';
import { axes, features, parameters, run, sample } from '../store';

/** Multiplications that one frame of all maps may cost. */
const BUDGET = 6e6;
const COARSEST = 16;
const FINEST = 72;

export interface Axis {
  readonly feature: number;
  readonly name: string;
  /** Range in the feature's own unit. */
  readonly from: number;
  readonly to: number;
  scaled(value: number): number;
}

/** The plane that maps are drawn on: two features, or one for a network with one; the others at their mean. */
export const plane = computed(() => {
  const current = sample.value;
  if (!current || features.value.length === 0) return null;
  const axis = (feature: number): Axis => {
    const { name, mean, deviation } = features.value[feature];
    let low = Infinity;
    let high = -Infinity;
    const m = current.X.cols;
    for (let j = 0; j < m; j++) {
      const value = current.X.data[feature * m + j];
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    const margin = (high - low) * 0.08 || 1;
    return {
      feature,
      name,
      from: (low - margin) * deviation + mean,
      to: (high + margin) * deviation + mean,
      scaled: (value) => (value - mean) / deviation,
    };
  };
  const means = Float64Array.from({ length: current.X.rows }, (_, i) => {
    const row = current.X.data.subarray(i * current.X.cols, (i + 1) * current.X.cols);
    return row.reduce((sum, value) => sum + value, 0) / current.X.cols;
  });
  const [first, second] = axes.value;
  return { x: axis(first), y: current.X.rows > 1 ? axis(second) : null, means };
});

/** The network's inputs on a grid over the plane: point (row, col) is example row · side + col, row 0 on top. */
const gridInputs = computed(() => {
  const network = run.value?.network;
  const current = plane.value;
  if (!network || !current || network.sizes[0] !== current.means.length) return null;
  const wanted = Math.floor(Math.sqrt(BUDGET / parameterCount(network)));
  const side = Math.max(COARSEST, Math.min(FINEST, wanted));
  const rows = current.y ? side : 1;
  const X = matrix(network.sizes[0], rows * side);
  current.means.forEach((mean, i) => X.data.fill(mean, i * X.cols, (i + 1) * X.cols));
  for (let row = 0; row < rows; row++) {
    for (let col = 0; col < side; col++) {
      const at = row * side + col;
      const { x, y } = current;
      X.data[x.feature * X.cols + at] = x.scaled(x.from + ((col + 0.5) / side) * (x.to - x.from));
      if (y) X.data[y.feature * X.cols + at] = y.scaled(y.to - ((row + 0.5) / side) * (y.to - y.from));
    }
  }
  return { pass: propagation(network, X), rows, cols: side };
});

export interface GridPass {
  readonly pass: Propagation;
  readonly rows: number;
  readonly cols: number;
}

/** The network on that grid as it is now: a new object each frame. */
export const grid = computed<GridPass | null>(() => {
  const inputs = gridInputs.value;
  if (!inputs || !parameters.value) return null;
  forward(inputs.pass, parameters.value);
  return { ...inputs };
});

/** The network's output (ny) at one point of the plane, in the features' own units. */
export function outputAt(x: number, y: number): Float64Array | null {
  const network = run.value?.network;
  const current = plane.value;
  if (!network || !current || !parameters.value) return null;
  const input = matrix(network.sizes[0], 1, current.means.slice());
  input.data[current.x.feature] = current.x.scaled(x);
  if (current.y) input.data[current.y.feature] = current.y.scaled(y);
  const pass = propagation(network, input);
  forward(pass, parameters.value);
  return pass.A[network.sizes.length - 1].data;
}
