import type { Table } from '../core/matrix';
import { variation } from '../core/metrics';
import type { Network } from '../core/network';
import { GROUP, type PartLayout } from './layout';

/** As the core's examples, but the numbers may be float32. */
export interface SimdExamples {
  readonly X: Table;
  readonly Y: Table;
  readonly weights?: Float64Array;
  /** The columns of X and Y, and the weights, that are meant; all when left out. */
  readonly indices?: Int32Array;
}

/** An X or a Y beyond this lets a cost overflow even with small weights. */
const LARGE_EXAMPLE = 1e6;

export const countOf = ({ X, indices }: SimdExamples): number => indices?.length ?? X.cols;

/** Whether X or Y has a number so large that a cost may overflow with small weights. */
export function hasLarge({ X, Y, indices }: SimdExamples): boolean {
  return [X, Y].some(({ data, rows, cols }) => {
    const count = indices?.length ?? cols;
    for (let i = 0; i < rows; i++) {
      for (let j = 0; j < count; j++) {
        if (Math.abs(data[i * cols + (indices ? indices[j] : j)]) > LARGE_EXAMPLE) return true;
      }
    }
    return false;
  });
}

/**
 * Copies the examples of a part into the kernels' memory: X in groups of 8, Y as a number or a class each.
 * Returns their {@link variation}. Throws RangeError when Y is not one-hot for softmax.
 */
export function writeExamples(
  floats: Float32Array,
  part: PartLayout,
  { output }: Network,
  examples: SimdExamples,
): number {
  const { X, Y, weights, indices } = examples;
  const nx = X.rows;
  const m = countOf(examples);
  for (let k = 0; k < nx; k++) {
    const from = k * X.cols;
    const to = part.X / 4 + k * GROUP;
    for (let j = 0; j < m; j++) {
      floats[to + (j - (j % GROUP)) * nx + (j % GROUP)] = X.data[from + (indices ? indices[j] : j)];
    }
  }
  const ys = floats.subarray(part.Y / 4, part.Y / 4 + m);
  for (let j = 0; j < m; j++) {
    const i = indices ? indices[j] : j;
    ys[j] = output === 'softmax' ? classOf(Y, i) : Y.data[i];
    floats[part.weights / 4 + j] = weights ? weights[i] : 1;
  }
  return variation(ys);
}

/** The class of column j of a one-hot Y. Throws RangeError when it is something else. */
function classOf(Y: Table, j: number): number {
  let found = -1;
  for (let i = 0; i < Y.rows; i++) {
    const y = Y.data[i * Y.cols + j];
    if (y === 1 && found < 0) found = i;
    else if (y !== 0) throw new RangeError(`column ${j} of Y is not one-hot`);
  }
  if (found < 0) throw new RangeError(`column ${j} of Y is not one-hot`);
  return found;
}
