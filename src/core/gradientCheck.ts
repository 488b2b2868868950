import { backward, cost, forward, propagation, type Propagation } from './equations';
import type { Matrix } from './matrix';
import { parameterCount, type Network, type Parameters } from './network';

/** Half the distance of the two costs: near the cube root of float64's precision, where both errors are smallest. */
export const STEP = 1e-5;
/** Rounding errors of the costs that a difference may hold. */
const ROUNDINGS = 64;
/** What a central difference leaves out is about h²/6 of the third derivative. */
const LEFT_OUT = 2e-9;

export interface CheckedCell {
  readonly layer: number;
  readonly of: 'W' | 'b';
  readonly row: number;
  readonly col: number;
  /** ∂J/∂w by the equations. */
  readonly analytic: number;
  /** (J(w + h) − J(w − h)) / 2h. */
  readonly numeric: number;
  /** |analytic − numeric| / (|analytic| + |numeric|); 0 where both are below what float64 can tell from 0. */
  readonly relativeError: number;
  /** How far the numeric one may be off by rounding alone. */
  readonly noise: number;
  /** z that came to lie on the other side of a ReLU's corner on the way from w − h to w + h: there the difference is no derivative. */
  readonly kinks: number;
  readonly verdict: 'agrees' | 'kink' | 'differs';
}

export interface GradientCheck {
  /** The next cell; null when all have been looked at. Costs two passes forward. */
  next(): CheckedCell | null;
  readonly total: number;
  /** Whether the check looks at all W and b, or at cells evenly spread over them. */
  readonly isWhole: boolean;
}

export interface CheckOptions {
  /** Cells looked at; all, when left out. */
  readonly most?: number;
  readonly step?: number;
}

/**
 * Central finite differences of the cost over X (nx, m), Y (ny, m) beside dW and db of the equations, in float64, cell by
 * cell. The cost is that without any penalty. Throws RangeError when X does not fit.
 */
export function gradientCheck(
  network: Network,
  parameters: Parameters,
  X: Matrix,
  Y: Matrix,
  weights?: Float64Array,
  { most = Infinity, step = STEP }: CheckOptions = {},
): GradientCheck {
  const own = parameters.map(({ W, b }) => ({ W: { ...W, data: W.data.slice() }, b: b.slice() }));
  const p = propagation(network, X);
  forward(p, own);
  backward(p, own, Y, weights);
  const J = cost(p, Y, weights);
  const shifted = propagation(network, X);
  const total = Math.min(most, parameterCount(network));
  const count = parameterCount(network);
  let done = 0;
  return {
    total,
    isWhole: total === count,
    next() {
      if (done >= total) return null;
      const place = placeOf(own, Math.floor(((done++ + 0.5) * count) / total));
      const { layer, of, row, col, array, at } = place;
      const gradients = p.gradients[layer];
      const analytic = of === 'W' ? gradients.W.data[at] : gradients.b[at];
      const w = array[at];
      // As far apart as float64 can put them, which is not always 2h.
      array[at] = w + step;
      const [above, signs] = [costAt(), signsOf(shifted, network)];
      const high = array[at];
      array[at] = w - step;
      const below = costAt();
      const low = array[at];
      array[at] = w;
      const numeric = (above - below) / (high - low);
      const noise = (ROUNDINGS * Number.EPSILON * Math.max(1, Math.abs(J))) / step;
      const kinks = signs ? crossed(signs, signsOf(shifted, network)) : 0;
      return {
        layer,
        of,
        row,
        col,
        analytic,
        numeric,
        noise,
        kinks,
        ...judged(analytic, numeric, noise, kinks),
      };
    },
  };

  function costAt(): number {
    forward(shifted, own);
    return cost(shifted, Y, weights);
  }
}

/** What is to be made of a cell's two numbers. */
export function judged(
  analytic: number,
  numeric: number,
  noise: number,
  kinks: number,
): Pick<CheckedCell, 'relativeError' | 'verdict'> {
  const difference = Math.abs(analytic - numeric);
  const size = Math.abs(analytic) + Math.abs(numeric);
  const relativeError = difference === 0 || size <= noise ? 0 : difference / size;
  const agrees = difference <= noise + LEFT_OUT * Math.max(1, size);
  return { relativeError, verdict: agrees ? 'agrees' : kinks > 0 ? 'kink' : 'differs' };
}

/** ‖dθ − dθ_approx‖ / (‖dθ‖ + ‖dθ_approx‖) over cells without a kink, as the course measures it. */
export function wholeError(cells: readonly CheckedCell[]): number {
  let [difference, one, other] = [0, 0, 0];
  for (const { analytic, numeric, kinks } of cells) {
    if (kinks > 0) continue;
    difference += (analytic - numeric) * (analytic - numeric);
    one += analytic * analytic;
    other += numeric * numeric;
  }
  return difference === 0 ? 0 : Math.sqrt(difference) / (Math.sqrt(one) + Math.sqrt(other));
}

interface Place {
  readonly layer: number;
  readonly of: 'W' | 'b';
  readonly row: number;
  readonly col: number;
  readonly array: Float64Array;
  readonly at: number;
}

/** Which W or b number `k` is, in the order of `flatten`. */
function placeOf(parameters: Parameters, k: number): Place {
  let at = k;
  for (const [index, { W, b }] of parameters.entries()) {
    const layer = index + 1;
    if (at < W.data.length) {
      return { layer, of: 'W', row: Math.floor(at / W.cols), col: at % W.cols, array: W.data, at };
    }
    at -= W.data.length;
    if (at < b.length) return { layer, of: 'b', row: at, col: 0, array: b, at };
    at -= b.length;
  }
  throw new RangeError(`there is no parameter ${k}`);
}

/** On which side of the corner each z of the hidden layers lies; null where the activation has no corner. */
function signsOf({ Z }: Propagation, { sizes, hidden }: Network): Uint8Array | null {
  if (hidden !== 'relu' && hidden !== 'leakyRelu') return null;
  const layers = Z.slice(1, sizes.length - 1);
  const signs = new Uint8Array(layers.reduce((sum, { data }) => sum + data.length, 0));
  let at = 0;
  for (const { data } of layers) for (const z of data) signs[at++] = z < 0 ? 1 : 0;
  return signs;
}

function crossed(some: Uint8Array, others: Uint8Array | null): number {
  let count = 0;
  for (let k = 0; k < some.length; k++) if (others && some[k] !== others[k]) count++;
  return count;
}
