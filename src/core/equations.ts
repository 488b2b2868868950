import { activations, sigmoid } from './activations';
import { matrix, multiplyAddColumn, multiplyTranspose, transposeMultiply, type Matrix } from './matrix';
import { rSquared, variation } from './metrics';
import type { Layer, Network, OutputKind, Parameters } from './network';

/**
 * What forward propagation over m examples computes, kept between passes. Index l counts layers as the course
 * does: A[0] is X; Z[l] and A[l] are (n[l], m). Z[0] does not exist.
 */
export interface ForwardPass {
  readonly network: Network;
  readonly m: number;
  readonly Z: Matrix[];
  readonly A: Matrix[];
}

/** A pass with its way back: dZ[l] is (n[l], m); dW[l] is (n[l], n[l−1]); db[l] is (n[l]). None is there for l = 0. */
export interface Propagation extends ForwardPass {
  readonly dZ: Matrix[];
  readonly gradients: Layer[];
}

/** Room for forward over the examples X (nx, m). Throws RangeError when nx does not fit. */
export function forwardPass(network: Network, X: Matrix): ForwardPass {
  if (X.rows !== network.sizes[0]) {
    throw new RangeError(`the network takes ${network.sizes[0]} features, X has ${X.rows}`);
  }
  return {
    network,
    m: X.cols,
    Z: perLayer(network, X.cols),
    A: perLayer(network, X.cols).map((A, l) => (l === 0 ? X : A)),
  };
}

/** Room for forward and backward over the examples X (nx, m). Throws RangeError when nx does not fit. */
export function propagation(network: Network, X: Matrix): Propagation {
  const none = matrix(0, 0);
  return {
    ...forwardPass(network, X),
    dZ: perLayer(network, X.cols),
    gradients: network.sizes.map((n, l) => ({
      W: l === 0 ? none : matrix(n, network.sizes[l - 1]),
      b: new Float64Array(l === 0 ? 0 : n),
    })),
  };
}

const perLayer = ({ sizes }: Network, m: number) =>
  sizes.map((n, l) => (l === 0 ? matrix(0, 0) : matrix(n, m)));

/**
 * Forward propagation, for l = 1 … L:
 *
 *     Z[l] = W[l] A[l−1] + b[l]
 *     A[l] = g[l](Z[l])
 *
 * Fills Z and A of `p`. Course: "Vectorizing across multiple examples".
 */
export function forward(p: ForwardPass, parameters: Parameters): void {
  const { A, Z, network } = p;
  const L = network.sizes.length - 1;
  for (let l = 1; l <= L; l++) {
    const { W, b } = parameters[l - 1];
    multiplyAddColumn(W, A[l - 1], b, Z[l]);
    if (l === L) outputActivation(network.output, Z[l], A[l]);
    else {
      const { g } = activations[network.hidden];
      for (let k = 0; k < Z[l].data.length; k++) A[l].data[k] = g(Z[l].data[k]);
    }
  }
}

/**
 * Backward propagation: the six equations for two layers, and for any number l = L … 1:
 *
 *     dZ[L]   = A[L] − Y
 *     dW[l]   = 1/m dZ[l] A[l−1]ᵀ
 *     db[l]   = 1/m Σᵢ dZ[l](i)
 *     dZ[l−1] = W[l]ᵀ dZ[l] ∗ g′[l−1](Z[l−1])
 *
 * Needs the last {@link forward}; Y is (ny, m). Fills dZ and gradients of `p`. dZ[L] has this one form
 * for all three outputs: sigmoid with binary cross-entropy, softmax with categorical cross-entropy, and
 * linear with half the mean squared error. With `weights` (m), dZ[L](i) counts weights[i] times.
 */
export function backward(p: Propagation, parameters: Parameters, Y: Matrix, weights?: Float64Array): void {
  const { A, Z, dZ, gradients, network, m } = p;
  const L = network.sizes.length - 1;
  const { derivative } = activations[network.hidden];
  for (let k = 0; k < Y.data.length; k++) {
    dZ[L].data[k] = (A[L].data[k] - Y.data[k]) * (weights ? weights[k % m] : 1);
  }
  for (let l = L; l >= 1; l--) {
    multiplyTranspose(dZ[l], A[l - 1], 1 / m, gradients[l].W);
    for (let i = 0; i < dZ[l].rows; i++) {
      let sum = 0;
      for (let j = 0; j < m; j++) sum += dZ[l].data[i * m + j];
      gradients[l].b[i] = sum / m;
    }
    if (l === 1) break;
    transposeMultiply(parameters[l - 1].W, dZ[l], dZ[l - 1]);
    const [d, z, a] = [dZ[l - 1].data, Z[l - 1].data, A[l - 1].data];
    for (let k = 0; k < d.length; k++) d[k] *= derivative(z[k], a[k]);
  }
}

/** A[L] from Z[L], both (ny, m): σ, softmax over each column, or the identity. */
export function outputActivation(output: OutputKind, Z: Matrix, A: Matrix): void {
  const m = Z.cols;
  switch (output) {
    case 'sigmoid':
      for (let k = 0; k < Z.data.length; k++) A.data[k] = sigmoid(Z.data[k]);
      return;
    case 'linear':
      A.data.set(Z.data);
      return;
    case 'softmax':
      for (let j = 0; j < m; j++) {
        const logSum = logSumExp(Z, j);
        for (let i = 0; i < Z.rows; i++) A.data[i * m + j] = Math.exp(Z.data[i * m + j] - logSum);
      }
      return;
    default:
      output satisfies never;
  }
}

/** ln Σᵢ e^Z(i, j), with the column's largest entry taken out so that no exponential overflows. */
function logSumExp(Z: Matrix, j: number): number {
  let max = -Infinity;
  for (let i = 0; i < Z.rows; i++) max = Math.max(max, Z.data[i * Z.cols + j]);
  let sum = 0;
  for (let i = 0; i < Z.rows; i++) sum += Math.exp(Z.data[i * Z.cols + j] - max);
  return max + Math.log(sum);
}

/**
 * The loss of example j, from Z[L] (ny, m) and Y (ny, m):
 * sigmoid: −y ln a − (1−y) ln(1−a) = max(z, 0) − z y + ln(1 + e^−|z|);
 * softmax: −Σ y ln a = Σ y (logSumExp(z) − z); linear: ½ (a − y)², in standardised units.
 */
export function loss(output: OutputKind, Z: Matrix, Y: Matrix, j: number): number {
  const z = Z.data[j];
  const y = Y.data[j];
  switch (output) {
    case 'sigmoid':
      return Math.max(z, 0) - z * y + Math.log1p(Math.exp(-Math.abs(z)));
    case 'linear':
      return 0.5 * (z - y) * (z - y);
    case 'softmax': {
      const logSum = logSumExp(Z, j);
      let sum = 0;
      for (let i = 0; i < Z.rows; i++) sum += Y.data[i * Y.cols + j] * (logSum - Z.data[i * Z.cols + j]);
      return sum;
    }
    default:
      return output satisfies never;
  }
}

/** The cost J: the mean of loss times weight over the m examples of the last {@link forward}. */
export function cost(p: Propagation, Y: Matrix, weights?: Float64Array): number {
  const Z = p.Z[p.network.sizes.length - 1];
  let sum = 0;
  for (let j = 0; j < p.m; j++) sum += loss(p.network.output, Z, Y, j) * (weights ? weights[j] : 1);
  return sum / p.m;
}

/** The output of the last {@link forward}: A[L], (ny, m). */
export const outputOf = (p: ForwardPass): Matrix => p.A[p.network.sizes.length - 1];

/** The class that an output column stands for: the more probable one; a tie goes to the first. */
export function predictedClass(output: OutputKind, A: Matrix, j: number): number {
  if (output !== 'softmax') return A.data[j] > 0.5 ? 1 : 0;
  let best = 0;
  for (let i = 1; i < A.rows; i++) if (A.data[i * A.cols + j] > A.data[best * A.cols + j]) best = i;
  return best;
}

/**
 * How well the last {@link forward} fits Y: the fraction of right classes, or {@link rSquared} for a linear output.
 */
export function score(p: Propagation, Y: Matrix): number {
  const A = outputOf(p);
  if (p.network.output === 'linear') {
    let squaredErrors = 0;
    for (let j = 0; j < p.m; j++) squaredErrors += (Y.data[j] - A.data[j]) ** 2;
    return rSquared(squaredErrors, variation(Y.data));
  }
  let right = 0;
  for (let j = 0; j < p.m; j++) {
    const predicted = predictedClass(p.network.output, A, j);
    const actual = p.network.output === 'sigmoid' ? Y.data[j] : predictedClass('softmax', Y, j);
    if (predicted === actual) right++;
  }
  return right / p.m;
}
