import type { Matrix } from './matrix';

/**
 * Directions that are set at right angles to one another. In more dimensions than these, random ones nearly are, and
 * doing it for all would take long.
 */
const MOST_AT_RIGHT_ANGLES = 8;

/** The length of a unit's weights, √2 under he, on which it then depends no more how they were drawn. */
const LENGTH = Math.SQRT2;

/**
 * Makes random weights W (units, inputs) of ReLUs pairs of opposite units, along directions at right angles: unit 2k + 1
 * is −1 times unit 2k, so that one of the two is alive wherever the other is flat, and together they begin as a linear
 * unit (“looks-linear”: Balduzzi et al. 2017). Drawn one by one, a few units leave directions without any: with four of
 * them one training in five ended in a straight line.
 */
export function alignInPairs({ rows, cols, data }: Matrix): void {
  const unit = (u: number) => data.subarray(u * cols, (u + 1) * cols);
  const block = Math.min(cols, MOST_AT_RIGHT_ANGLES);
  for (let pair = 0; 2 * pair < rows; pair++) {
    const w = unit(2 * pair);
    for (let other = pair - (pair % block); other < pair; other++) {
      const v = unit(2 * other);
      const along = dot(w, v) / dot(v, v);
      for (let k = 0; k < cols; k++) w[k] -= along * v[k];
    }
    const length = Math.sqrt(dot(w, w));
    for (let k = 0; k < cols; k++) w[k] *= LENGTH / length;
    if (2 * pair + 1 < rows) unit(2 * pair + 1).set(w.map((value) => -value));
  }
}

/** Makes the weights W (outputs, units) with which outputs take up pairs of units opposite, too. */
export function oppositeColumns({ rows, cols, data }: Matrix): void {
  for (let row = 0; row < rows; row++) {
    for (let k = 1; k < cols; k += 2) data[row * cols + k] = -data[row * cols + k - 1];
  }
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += a[k] * b[k];
  return sum;
}
