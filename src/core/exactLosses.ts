import { exponential } from './exponential';
import { naturalLogarithm } from './logarithm';
import { matrix, multiplyAddColumn, type Matrix } from './matrix';
import type { Network, Parameters } from './network';

/**
 * The loss of each example, (m), as `loss` has it, by the arithmetic of IEEE 754 alone: what follows from it follows on every
 * machine. X (nx, m), Y (ny, m).
 * @param network with tanh in its hidden layers, or without any
 */
export function exactLosses(
  { output }: Omit<Network, 'hidden'>,
  parameters: Parameters,
  X: Matrix,
  Y: Matrix,
): Float64Array {
  const [exp, ln] = [exponential(), naturalLogarithm()];
  const tanh = (z: number) => {
    const size = 1 - 2 / (exp(2 * Math.abs(z)) + 1);
    return z < 0 ? -size : size;
  };
  const m = X.cols;
  let Z = X;
  for (const { W, b } of parameters) {
    const A = Z === X ? X : matrix(Z.rows, m, Z.data.map(tanh));
    Z = matrix(W.rows, m);
    multiplyAddColumn(W, A, b, Z);
  }
  const [z, y] = [Z.data, Y.data];
  const lossOf = {
    sigmoid: (j: number) => Math.max(z[j], 0) - z[j] * y[j] + ln(1 + exp(-Math.abs(z[j]))),
    linear: (j: number) => 0.5 * (z[j] - y[j]) * (z[j] - y[j]),
    softmax: (j: number) => {
      let [most, right, sum] = [-Infinity, 0, 0];
      for (let at = j; at < z.length; at += m) {
        most = Math.max(most, z[at]);
        right += z[at] * y[at];
      }
      for (let at = j; at < z.length; at += m) sum += exp(z[at] - most);
      return most + ln(sum) - right;
    },
  }[output];
  return Float64Array.from({ length: m }, (_, j) => lossOf(j));
}
