import type { HiddenActivation } from '../activations';
import type { Matrix } from '../matrix';
import type { Layer } from '../network';
import { isConstant, type Spread } from './spread';

/** Which other units of its layer do what a unit does. */
export interface Twins {
  /** Units, from 0, with the same activation on all examples. */
  readonly same: readonly number[];
  /** Units with the opposite one: −a, or 1 − a of a sigmoid. */
  readonly opposite: readonly number[];
  /**
   * Whether one of them has the same weights, in and out, too: then they have the same gradient, and nothing parts
   * them.
   */
  readonly symmetric: boolean;
}

/** Activations are the same where they differ by at most this share of their deviation, in the root mean square. */
export const SAME = 0.01;
/** Where the opposite of an activation is its mirror image: no ReLU has an opposite. */
const MIDDLE = { tanh: 0, sigmoid: 0.5, linear: 0, relu: null, leakyRelu: null } as const satisfies Record<
  HiddenActivation,
  number | null
>;

/**
 * The twins of each unit of a layer. Constant units say nothing of one another by what they answer: they count as twins
 * by their weights alone.
 * @param A (n, m), its rows with these spreads
 * @param into the layer's own weights
 * @param out W of the next layer, (·, n)
 */
export function twinsOf(
  activation: HiddenActivation,
  A: Matrix,
  spreads: readonly Spread[],
  into: Layer,
  out: Matrix,
): Twins[] {
  const found = spreads.map(() => ({ same: [] as number[], opposite: [] as number[], symmetric: false }));
  const constant = spreads.map(isConstant);
  const signs = MIDDLE[activation] === null ? ([1] as const) : ([1, -1] as const);
  for (let i = 0; i < A.rows; i++) {
    for (let k = i + 1; k < A.rows; k++) {
      for (const sign of signs) {
        const alike = likeWeights(into, i, k, sign);
        if (constant[i] || constant[k] ? !(alike && sign === 1) : !alikeOver(i, k, sign)) continue;
        const key = sign === 1 ? 'same' : 'opposite';
        found[i][key].push(k);
        found[k][key].push(i);
        if (alike && likeColumns(out, i, k, sign)) found[i].symmetric = found[k].symmetric = true;
        break;
      }
    }
  }
  return found;

  /** Most pairs differ in the first examples already: all pairs of a wide layer take little time. */
  function alikeOver(i: number, k: number, sign: 1 | -1): boolean {
    const middle = (1 - sign) * (MIDDLE[activation] ?? 0);
    const within = SAME * Math.min(spreads[i].deviation, spreads[k].deviation);
    const most = within * within * A.cols;
    let squares = 0;
    for (let j = 0; j < A.cols; j++) {
      const difference = A.data[i * A.cols + j] - middle - sign * A.data[k * A.cols + j];
      squares += difference * difference;
      if (squares > most) return false;
    }
    return true;
  }
}

/** The engine computes in float32. */
const near = (x: number, y: number): boolean => Math.abs(x - y) <= 1e-6 * Math.max(Math.abs(x), Math.abs(y));

function likeWeights({ W, b }: Layer, i: number, k: number, sign: number): boolean {
  if (!near(b[i], sign * b[k])) return false;
  for (let c = 0; c < W.cols; c++) {
    if (!near(W.data[i * W.cols + c], sign * W.data[k * W.cols + c])) return false;
  }
  return true;
}

function likeColumns({ rows, cols, data }: Matrix, i: number, k: number, sign: number): boolean {
  for (let r = 0; r < rows; r++) {
    if (!near(data[r * cols + i], sign * data[r * cols + k])) return false;
  }
  return true;
}
