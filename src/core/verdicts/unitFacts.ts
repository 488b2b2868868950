import { activations, type HiddenActivation } from '../activations';
import type { Matrix } from '../matrix';
import type { Network, Parameters } from '../network';
import { spreadOf, type Spread } from './spread';
import { twinsOf, type Twins } from './twins';

/** What the examples went through on their way forward, as `core/equations` fills it. */
export interface PassNumbers {
  /** (n[l], m) each; Z[0] does not exist. */
  readonly Z: readonly Matrix[];
  readonly A: readonly Matrix[];
}

/** All that the checks of a hidden unit go by, from its z and a over the examples and the weights around it. */
export interface UnitFacts extends Twins {
  /** From 1. */
  readonly layer: number;
  /** From 0. */
  readonly unit: number;
  readonly activation: HiddenActivation;
  /** Examples looked at. */
  readonly rows: number;
  readonly z: Spread;
  readonly a: Spread;
  /** Rows on which z > 0. */
  readonly positive: number;
  /** Rows on which the slope g′(z) is at most {@link FLAT} of the largest that g has. */
  readonly flat: number;
  /** Rows on which |z| is so small that g is nearly its tangent at 0: at most {@link STRAIGHT}. */
  readonly straight: number;
  /** The mean of g′(z), as a share of the largest that g has. */
  readonly slope: number;
  /** The largest |w| that leads out of it. */
  readonly outgoing: number;
  /** How much the inputs of the next layer vary with it: the largest |w| out of it times the deviation of a. */
  readonly reach: number;
  /** `reach` as a share of the largest in its layer; 0 where all are 0. */
  readonly reachShare: number;
}

/** A slope of at most this share of the largest passes nothing on: for tanh |z| ≥ 2.99, for the sigmoid |z| ≥ 5.99. */
export const FLAT = 0.01;
/** For tanh: up to here it differs by less than 3 % from its tangent. The sigmoid is a tanh of half of z. */
export const STRAIGHT = {
  tanh: 0.3,
  sigmoid: 0.6,
  relu: 0,
  leakyRelu: 0,
  linear: Infinity,
} as const satisfies Record<HiddenActivation, number>;
const STEEPEST = { tanh: 1, sigmoid: 0.25, relu: 1, leakyRelu: 1, linear: 1 } as const satisfies Record<
  HiddenActivation,
  number
>;

/** The facts of all units of a hidden layer `l`, from 1. Throws RangeError when it is none, or there are no examples. */
export function unitFacts(
  network: Network,
  parameters: Parameters,
  { Z, A }: PassNumbers,
  l: number,
): UnitFacts[] {
  const L = network.sizes.length - 1;
  if (!(l >= 1 && l < L)) throw new RangeError(`layer ${l} of ${L} is no hidden layer`);
  const [z, a, rows] = [Z[l], A[l], A[l].cols];
  if (rows === 0) throw new RangeError('no examples to judge a unit by');
  const spreads = Array.from({ length: a.rows }, (_, i) => spreadOf(rowOf(a, i)));
  const outgoing = largestInColumns(parameters[l].W);
  const reaches = spreads.map(({ deviation }, i) => outgoing[i] * deviation);
  const farthest = Math.max(...reaches);
  const twins = twinsOf(network.hidden, a, spreads, parameters[l - 1], parameters[l].W);
  return spreads.map((spread, i) => ({
    layer: l,
    unit: i,
    activation: network.hidden,
    rows,
    z: spreadOf(rowOf(z, i)),
    a: spread,
    ...slopesOf(network.hidden, rowOf(z, i), rowOf(a, i)),
    ...twins[i],
    outgoing: outgoing[i],
    reach: reaches[i],
    reachShare: farthest > 0 ? reaches[i] / farthest : 0,
  }));
}

/** The slope g′(z) where the unit stands on an example, as a share of the largest that g has. */
export const slopeShare = (activation: HiddenActivation, z: number, a: number): number =>
  activations[activation].derivative(z, a) / STEEPEST[activation];

function slopesOf(activation: HiddenActivation, z: Float64Array, a: Float64Array) {
  let [positive, flat, straight, sum] = [0, 0, 0, 0];
  for (let j = 0; j < z.length; j++) {
    const slope = slopeShare(activation, z[j], a[j]);
    sum += slope;
    if (z[j] > 0) positive++;
    if (slope <= FLAT) flat++;
    if (Math.abs(z[j]) <= STRAIGHT[activation]) straight++;
  }
  return { positive, flat, straight, slope: sum / z.length };
}

/** The largest |w| of each column of W. */
function largestInColumns({ rows, cols, data }: Matrix): Float64Array {
  const most = new Float64Array(cols);
  for (let i = 0; i < rows; i++) {
    for (let k = 0; k < cols; k++) most[k] = Math.max(most[k], Math.abs(data[i * cols + k]));
  }
  return most;
}

export const rowOf = ({ cols, data }: Matrix, row: number): Float64Array =>
  data.subarray(row * cols, (row + 1) * cols);
