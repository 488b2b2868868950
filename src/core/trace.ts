import { activations } from './activations';
import { backward, forward, loss, propagation } from './equations';
import { matrix } from './matrix';
import type { Network, Parameters } from './network';

/** All that one unit computes for one example, forward and coming back. */
export interface NeuronTrace {
  readonly layer: number;
  readonly unit: number;
  /** a[l−1], the unit's inputs, (n[l−1]). */
  readonly inputs: Float64Array;
  /** The unit's row of W[l], (n[l−1]). */
  readonly weights: Float64Array;
  /** w·x term by term, (n[l−1]). */
  readonly terms: Float64Array;
  readonly b: number;
  /** Σ terms + b. */
  readonly z: number;
  readonly a: number;
  /** The loss of the example, of the whole network. */
  readonly loss: number;
  /** ∂loss/∂a; for softmax −y/a, the direct part only. */
  readonly da: number;
  /** ∂loss/∂z. */
  readonly dz: number;
  /** ∂loss/∂w, (n[l−1]), and ∂loss/∂b, which is dz. */
  readonly dw: Float64Array;
}

/**
 * Follows the example x (nx), y (ny) through unit `unit` (from 0) of layer `layer` (from 1): the course's
 * equations with m = 1. Throws RangeError when there is no such unit.
 */
export function traceNeuron(
  network: Network,
  parameters: Parameters,
  x: Float64Array,
  y: Float64Array,
  layer: number,
  unit: number,
): NeuronTrace {
  const L = network.sizes.length - 1;
  if (!(layer >= 1 && layer <= L && unit >= 0 && unit < network.sizes[layer])) {
    throw new RangeError(`no unit ${unit} in layer ${layer} of a ${network.sizes.join('-')} network`);
  }
  const Y = matrix(y.length, 1, y);
  const p = propagation(network, matrix(x.length, 1, x));
  forward(p, parameters);
  backward(p, parameters, Y);
  const { W, b } = parameters[layer - 1];
  const inputs = p.A[layer - 1].data;
  const weights = W.data.slice(unit * W.cols, (unit + 1) * W.cols);
  const z = p.Z[layer].data[unit];
  const a = p.A[layer].data[unit];
  const dz = p.dZ[layer].data[unit];
  return {
    layer,
    unit,
    inputs,
    weights,
    terms: weights.map((w, k) => w * inputs[k]),
    b: b[unit],
    z,
    a,
    loss: loss(network.output, p.Z[L], Y, 0),
    da: layer === L ? outputDerivative(network, a, y[unit]) : hiddenDerivative(),
    dz,
    dw: p.gradients[layer].W.data.slice(unit * W.cols, (unit + 1) * W.cols),
  };

  /** da[l] = W[l+1]ᵀ dz[l+1]. */
  function hiddenDerivative(): number {
    const next = parameters[layer].W;
    let sum = 0;
    for (let i = 0; i < next.rows; i++) sum += next.data[i * next.cols + unit] * p.dZ[layer + 1].data[i];
    return sum;
  }
}

function outputDerivative(network: Network, a: number, y: number): number {
  switch (network.output) {
    case 'sigmoid':
      return y === 1 ? -1 / a : 1 / (1 - a);
    case 'softmax':
      return y === 0 ? 0 : -y / a;
    case 'linear':
      return a - y;
    default:
      return network.output satisfies never;
  }
}

/** g′(z) of a unit in `layer`, for the output units too (softmax: its own diagonal entry a(1−a)). */
export function derivativeAt(network: Network, layer: number, z: number, a: number): number {
  if (layer < network.sizes.length - 1) return activations[network.hidden].derivative(z, a);
  return network.output === 'linear' ? 1 : a * (1 - a);
}
