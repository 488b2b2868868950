import type { Network, Parameters } from '../network';
import type { Matrix } from '../matrix';
import { derivativeAt, traceNeuron } from '../trace';

/** The sign of one weight's gradient for one example, and what it follows from. */
export interface SignQuestion {
  /** From 0, in the sample. */
  readonly example: number;
  /** The weight from unit `input` of layer l − 1 to `unit` of layer l; layers from 1, units from 0. */
  readonly layer: number;
  readonly unit: number;
  readonly input: number;
  readonly w: number;
  /** The example's target: 0 or 1 of the unit's class, or the standardised number. */
  readonly y: number;
  /** The network's answer, of the first output unit, or of the unit itself where that is one. */
  readonly answer: number;
  /** What comes in through the weight: a[l−1], or x. */
  readonly a: number;
  /**
   * ∂loss/∂a and the slope g′(z) of a hidden unit, and the weight that it goes through to the output where that is one
   * unit: da is then w · (answer − y). Null for an output unit, whose dz is a − y.
   */
  readonly hidden: { readonly da: number; readonly slope: number; readonly through: number | null } | null;
  readonly dz: number;
  /** dw = dz · a. */
  readonly dw: number;
}

/** A gradient smaller than this has no sign that one could see in numbers of a few digits. */
const VISIBLE = 1e-4;
/** Places that are tried for one that has a sign. */
const MOST_TRIED = 200;
/** Steps through examples, units and inputs that have no common factor with the usual numbers of them. */
const [FAR, NEXT, OTHER] = [7919, 5, 3];

/**
 * The n-th question on a network, whose answer can be seen in numbers of a few digits: of the output layer and of the
 * last hidden one in turn. X is (nx, m); `y` holds classes, or standardised targets. Null where there is none.
 */
export function signQuestion(
  network: Network,
  parameters: Parameters,
  X: Matrix,
  y: Float64Array,
  n: number,
): SignQuestion | null {
  const L = network.sizes.length - 1;
  const m = X.cols;
  if (m === 0) return null;
  for (let tried = 0; tried < MOST_TRIED; tried++) {
    const k = n + tried;
    const layer = n % 2 === 1 && L > 1 ? L - 1 : L;
    const example = (k * FAR) % m;
    const unit = (k * NEXT) % network.sizes[layer];
    const input = (k * OTHER) % network.sizes[layer - 1];
    const x = Float64Array.from({ length: X.rows }, (_, i) => X.data[i * m + example]);
    const target = targetOf(network, y[example]);
    const trace = traceNeuron(network, parameters, x, target, layer, unit);
    if (Math.abs(trace.dw[input]) < VISIBLE) continue;
    const isOutput = layer === L;
    return {
      ...{ example, layer, unit, input, w: trace.weights[input], a: trace.inputs[input] },
      y: target[isOutput ? unit : 0],
      answer: isOutput ? trace.a : traceNeuron(network, parameters, x, target, L, 0).a,
      hidden: isOutput
        ? null
        : {
            da: trace.da,
            slope: derivativeAt(network, layer, trace.z, trace.a),
            through: network.sizes[L] === 1 ? parameters[L - 1].W.data[unit] : null,
          },
      dz: trace.dz,
      dw: trace.dw[input],
    };
  }
  return null;
}

/** The target as the output units have it, (ny). */
function targetOf({ sizes, output }: Network, y: number): Float64Array {
  const ny = sizes[sizes.length - 1];
  return output === 'softmax'
    ? Float64Array.from({ length: ny }, (_, c) => Number(c === y))
    : Float64Array.of(y);
}
