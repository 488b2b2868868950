import { activations } from '../../src/core/activations';
import { forward, predictedClass, propagation, type Propagation } from '../../src/core/equations';
import { matrix, selectColumns, transposeMultiply } from '../../src/core/matrix';
import { parameterCount, type Network, type Parameters } from '../../src/core/network';
import type { SampleView } from '../store';
import { evenly } from './equationExamples';

/** Multiplications that are made, some ten milliseconds of them; of a larger sample every so many examples. */
const WORK = 8e6;
/** Of an example, there and back. */
const PASSES = 3;

/**
 * How much each feature matters to the network, (nx): the mean of |∂a/∂x| over the examples, times the deviation of x.
 * a is the output; of several, the probability of the class that is predicted.
 */
export function influence(
  network: Network,
  parameters: Parameters,
  { X, order }: Pick<SampleView, 'X' | 'order'>,
): Float64Array {
  const most = Math.max(1, Math.floor(WORK / (PASSES * parameterCount(network))));
  const columns = evenly(order, most);
  const p = propagation(network, selectColumns(X, columns));
  forward(p, parameters);
  const slopes = inputSlopes(p, parameters);
  const m = columns.length;
  return Float64Array.from({ length: X.rows }, (_, i) => {
    let sum = 0;
    for (let j = 0; j < m; j++) sum += Math.abs(slopes.data[i * m + j]);
    return (sum / m) * deviation(X.data.subarray(i * X.cols, (i + 1) * X.cols));
  });
}

/** The features by how much they matter, those first that matter most; equal ones in the order of the file. */
export const byInfluence = (influences: Float64Array): number[] =>
  Array.from(influences.keys()).sort((a, b) => influences[b] - influences[a] || a - b);

/** ∂a/∂x of each example, (nx, m), after the last forward: backpropagation from the output itself instead of the cost. */
function inputSlopes({ A, Z, dZ, network, m }: Propagation, parameters: Parameters) {
  const L = network.sizes.length - 1;
  const { derivative } = activations[network.hidden];
  const ny = network.sizes[L];
  for (let j = 0; j < m; j++) {
    const predicted = network.output === 'softmax' ? predictedClass('softmax', A[L], j) : 0;
    const a = A[L].data[predicted * m + j];
    for (let i = 0; i < ny; i++) {
      const own = Number(i === predicted);
      const other = A[L].data[i * m + j];
      dZ[L].data[i * m + j] = network.output === 'linear' ? own : a * (own - other);
    }
  }
  for (let l = L; l > 1; l--) {
    transposeMultiply(parameters[l - 1].W, dZ[l], dZ[l - 1]);
    const [d, z, g] = [dZ[l - 1].data, Z[l - 1].data, A[l - 1].data];
    for (let k = 0; k < d.length; k++) d[k] *= derivative(z[k], g[k]);
  }
  const slopes = matrix(network.sizes[0], m);
  transposeMultiply(parameters[0].W, dZ[1], slopes);
  return slopes;
}

function deviation(values: Float64Array): number {
  let mean = 0;
  for (const value of values) mean += value / values.length;
  let squares = 0;
  for (const value of values) squares += (value - mean) ** 2;
  return Math.sqrt(squares / values.length);
}
