import type { HiddenActivation } from './activations';
import { matrix, type Matrix } from './matrix';

export const outputKinds = ['sigmoid', 'softmax', 'linear'] as const;
/** sigmoid: two classes, one output unit. softmax: one unit a class. linear: regression, one unit. */
export type OutputKind = (typeof outputKinds)[number];

/** The shape of a network: `sizes` is [nx, hidden…, ny]; layer l (from 1) has `sizes[l]` units. */
export interface Network {
  readonly sizes: readonly number[];
  readonly hidden: HiddenActivation;
  readonly output: OutputKind;
}

/** One layer's parameters: W[l] is (n[l], n[l−1]), b[l] is (n[l]). */
export interface Layer {
  readonly W: Matrix;
  readonly b: Float64Array;
}

/** Layer l of the course is `parameters[l − 1]`. */
export type Parameters = readonly Layer[];

/** Parameters of the network's shape, all zero. */
export function zeroParameters(network: Network): Parameters {
  return network.sizes.slice(1).map((n, l) => ({
    W: matrix(n, network.sizes[l]),
    b: new Float64Array(n),
  }));
}

/** How many numbers the parameters hold. */
export function parameterCount(network: Network): number {
  return network.sizes.slice(1).reduce((sum, n, l) => sum + n * (network.sizes[l] + 1), 0);
}

/** The parameters in one array: layer by layer, W row-major, then b. */
export function flatten(parameters: Parameters): Float64Array {
  const flat = new Float64Array(parameters.reduce((sum, { W, b }) => sum + W.data.length + b.length, 0));
  let at = 0;
  for (const { W, b } of parameters) {
    flat.set(W.data, at);
    flat.set(b, at + W.data.length);
    at += W.data.length + b.length;
  }
  return flat;
}

/** The inverse of {@link flatten}. Throws RangeError when the count does not fit the network. */
export function unflatten(network: Network, flat: Float64Array): Parameters {
  if (flat.length !== parameterCount(network)) {
    throw new RangeError(
      `a ${network.sizes.join('-')} network has ${parameterCount(network)} parameters, got ${flat.length}`,
    );
  }
  const parameters = zeroParameters(network);
  let at = 0;
  for (const { W, b } of parameters) {
    W.data.set(flat.subarray(at, (at += W.data.length)));
    b.set(flat.subarray(at, (at += b.length)));
  }
  return parameters;
}

/** Copies every W and b of `from` into `to`, which has the same shape. */
export function copyParameters(from: Parameters, to: Parameters): void {
  from.forEach(({ W, b }, l) => {
    to[l].W.data.set(W.data);
    to[l].b.set(b);
  });
}

/** Whether no W or b holds NaN or an infinity. */
export function allFinite(parameters: Parameters): boolean {
  return parameters.every(({ W, b }) => W.data.every(Number.isFinite) && b.every(Number.isFinite));
}
