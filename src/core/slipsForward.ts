import { activations, sigmoid } from './activations';
import { loss } from './equations';
import { matrix, type Matrix } from './matrix';
import type { Parameters } from './network';
import { column, dot, elementwise, map, RIGHT, scalar, total, transpose, type Situation } from './recipe';
import { curved, hasHidden, isBinary, slip, wordFor, type Slip } from './slip';

const ofInputs: Slip[] = [
  slip(
    'raw-inputs',
    'The inputs are the raw columns; the network sees them standardised.',
    ({ raw, ...s }) => (raw ? { inputs: () => ({ ...s, X: raw }) } : null),
  ),
  slip(
    'test-examples',
    'The examples of the test set are in it; only those of the training set count.',
    ({ others, X, Y, weights }) =>
      others && others.X.cols > 0 && !weights
        ? { inputs: () => ({ X: beside(X, others.X), Y: beside(Y, others.Y) }) }
        : null,
  ),
  ...[0.01, 0.1, 10, 100].map((factor) =>
    slip(
      `initial-times-${factor}`,
      `The initial weights are ${factor} times as large as those of this run.`,
      (s) => (s.epoch === 0 ? { parameters: () => scaled(s.parameters, factor) } : null),
    ),
  ),
];

const ofForward: Slip[] = [
  slip('no-b', 'b is not added: Z = W · A + b.', () => ({
    linear: (W, A) => dot(W, A),
  })),
  slip('elementwise-linear', 'Z is made with ∗ (entry by entry) in place of the matrix product ·.', () => ({
    linear: (W, A, b) => {
      const product = elementwise(W, A, (w, a) => w * a);
      return product && elementwise(product, column(b), (z, bias) => z + bias);
    },
  })),
  slip('no-activation', 'The hidden activation is left out: A = g(Z), not Z.', (s) =>
    hasHidden(s) ? { hidden: (Z) => Z } : null,
  ),
  ...curved.map((other) =>
    slip(
      `activation-${other}`,
      `The hidden activation is ${wordFor[other]}; that of this network is another.`,
      (s) =>
        hasHidden(s) && s.network.hidden !== other
          ? { hidden: (Z) => map(Z, activations[other].g), slope: (Z, A) => RIGHT.slope(Z, A, other) }
          : null,
    ),
  ),
  slip('output-hidden', 'The output layer has the hidden activation; it has its own.', (s) =>
    hasHidden(s) ? { output: (Z) => map(Z, activations[s.network.hidden].g) } : null,
  ),
  slip('output-none', 'The activation of the output layer is left out.', (s) =>
    s.network.output === 'linear' ? null : { output: (Z) => Z },
  ),
  slip('sigmoid-sign', 'The sigmoid has e^z in place of e^−z.', (s) =>
    isBinary(s) ? { output: (Z) => map(Z, (z) => sigmoid(-z)) } : null,
  ),
  slip('softmax-axis', 'The softmax runs over the examples (axis=1), not over the classes (axis=0).', (s) =>
    s.network.output === 'softmax' ? { output: (Z) => transpose(RIGHT.output(transpose(Z), s) ?? Z) } : null,
  ),
];

const LN_10 = Math.LN10;
const LN_2 = Math.LN2;

const ofCost: Slip[] = [
  slip('cost-log10', 'The logarithm is that to base 10; the cost takes the natural one.', (s) =>
    s.network.output === 'linear' ? null : { loss: (Z, Y) => map(lossesOf(Z, Y, s), (one) => one / LN_10) },
  ),
  slip('cost-log2', 'The logarithm is that to base 2; the cost takes the natural one.', (s) =>
    s.network.output === 'linear' ? null : { loss: (Z, Y) => map(lossesOf(Z, Y, s), (one) => one / LN_2) },
  ),
  slip(
    'cost-outer',
    'The cost sums over all pairs of examples, as np.dot(Y.T, np.log(A)) does; ∗ is meant.',
    (s) => (isBinary(s) && !s.weights ? { cost: (_losses, _c, Z, Y) => scalar(outerCost(Z, Y, s)) } : null),
  ),
  slip('cost-half', 'The cost lacks (1 − Y) ∗ ln(1 − A), which counts the examples with y = 0.', (s) =>
    isBinary(s) ? { loss: (Z, Y) => elementwise(lossesOf(Z, Y, s), Y, (one, y) => one * y) } : null,
  ),
  slip('cost-sign', 'The minus before the sum of the cost is missing.', (s) =>
    s.network.output === 'linear' ? null : { loss: (Z, Y) => map(lossesOf(Z, Y, s), (one) => -one) },
  ),
  slip('cost-no-mean', 'The cost is the sum over the examples; 1/m is missing.', () => ({
    cost: (losses, c) => scalar(total(losses.data, c)),
  })),
  slip('cost-no-half', 'The cost lacks the ½ before the squares.', (s) =>
    s.network.output === 'linear' ? { loss: (Z, Y) => map(lossesOf(Z, Y, s), (one) => 2 * one) } : null,
  ),
];

/** Those of the inputs, the way forward and the cost. */
export const forwardSlips: readonly Slip[] = [...ofInputs, ...ofForward, ...ofCost];

const lossesOf = (Z: Matrix, Y: Matrix, s: Situation): Matrix =>
  matrix(
    1,
    Z.cols,
    Float64Array.from({ length: Z.cols }, (_, j) => loss(s.network.output, Z, Y, j)),
  );

/** −1/m Σᵢⱼ (yᵢ ln aⱼ + (1 − yᵢ) ln(1 − aⱼ)): what np.sum makes of two outer products. */
function outerCost(Z: Matrix, Y: Matrix, s: Situation): number {
  const ones = total(Y.data);
  const m = Y.cols;
  const of = (y: number) => total(lossesOf(Z, matrix(1, m, new Float64Array(m).fill(y)), s).data);
  return (ones * of(1) + (m - ones) * of(0)) / m;
}

const scaled = (parameters: Parameters, factor: number): Parameters =>
  parameters.map(({ W, b }) => ({ W: map(W, (w) => w * factor), b }));

/** Both side by side, (n, m + m′). */
function beside(A: Matrix, B: Matrix): Matrix {
  const out = matrix(A.rows, A.cols + B.cols);
  for (let i = 0; i < A.rows; i++) {
    out.data.set(A.data.subarray(i * A.cols, (i + 1) * A.cols), i * out.cols);
    out.data.set(B.data.subarray(i * B.cols, (i + 1) * B.cols), i * out.cols + A.cols);
  }
  return out;
}
