import { activations } from './activations';
import { backward, forward, loss, propagation } from './equations';
import { matrix, type Matrix } from './matrix';
import type { Network, Parameters } from './network';

/**
 * The quantities of the course by name, with the layer: A[0] is X. `slope` is g′(Z) of a hidden layer; `loss` is that
 * of each example, (1, m); `c` is what each example's loss counts, (1, m), where classes are balanced.
 */
export type QuantityKey =
  | 'Y'
  | 'J'
  | 'loss'
  | 'c'
  | `${'W' | 'b' | 'Z' | 'A' | 'slope' | 'dZ' | 'dW' | 'db'}${number}`
  /** What an update adds to W and b, and what they are after it. */
  | `${'changeW' | 'changeb' | 'newW' | 'newb'}${number}`;

export type Phase = 'forward' | 'cost' | 'backward' | 'update';

/** One equation of the way forward, back, and to the next weights. */
export type Step = { readonly phase: Phase } & (
  | { readonly kind: 'linear'; readonly key: `Z${number}`; readonly l: number }
  | { readonly kind: 'activation'; readonly key: `A${number}`; readonly l: number }
  | { readonly kind: 'cost'; readonly key: 'J'; readonly l: number }
  | { readonly kind: 'outputError'; readonly key: `dZ${number}`; readonly l: number }
  | { readonly kind: 'hiddenError'; readonly key: `dZ${number}`; readonly l: number }
  | { readonly kind: 'weightGradient'; readonly key: `dW${number}`; readonly l: number }
  | { readonly kind: 'biasGradient'; readonly key: `db${number}`; readonly l: number }
  | { readonly kind: 'update'; readonly key: `update${number}`; readonly l: number }
);

/** What is computed for one update, in the order in which it is. */
export function stepsOf({ sizes }: Pick<Network, 'sizes'>): Step[] {
  const L = sizes.length - 1;
  const layers = Array.from({ length: L }, (_, k) => k + 1);
  return [
    ...layers.flatMap((l): Step[] => [
      { phase: 'forward', kind: 'linear', key: `Z${l}`, l },
      { phase: 'forward', kind: 'activation', key: `A${l}`, l },
    ]),
    { phase: 'cost', kind: 'cost', key: 'J', l: L },
    ...layers.toReversed().flatMap((l): Step[] => [
      { phase: 'backward', kind: l === L ? 'outputError' : 'hiddenError', key: `dZ${l}`, l },
      { phase: 'backward', kind: 'weightGradient', key: `dW${l}`, l },
      { phase: 'backward', kind: 'biasGradient', key: `db${l}`, l },
    ]),
    ...layers.map((l): Step => ({ phase: 'update', kind: 'update', key: `update${l}`, l })),
  ];
}

/** All numbers of one pass forward and back over m examples. */
export interface ChainTrace {
  readonly network: Network;
  readonly m: number;
  /** `null` where a quantity of that name does not exist. */
  get(key: QuantityKey): Matrix | null;
  readonly keys: readonly QuantityKey[];
}

/**
 * Forward, cost and backward over the examples X (nx, m), Y (ny, m), each quantity by its name: what every cell of the
 * Equations page is. b, db, loss and c are matrices too, (n, 1) and (1, m).
 */
export function traceChain(
  network: Network,
  parameters: Parameters,
  X: Matrix,
  Y: Matrix,
  weights?: Float64Array,
): ChainTrace {
  const L = network.sizes.length - 1;
  const p = propagation(network, X);
  forward(p, parameters);
  backward(p, parameters, Y, weights);
  const losses = Float64Array.from({ length: p.m }, (_, j) => loss(network.output, p.Z[L], Y, j));
  const mean = losses.reduce((sum, one, j) => sum + one * (weights ? weights[j] : 1), 0) / p.m;
  const all = new Map<QuantityKey, Matrix>([
    ['A0', X],
    ['Y', Y],
    ['loss', matrix(1, p.m, losses)],
    ['J', matrix(1, 1, Float64Array.of(mean))],
  ]);
  if (weights) all.set('c', matrix(1, p.m, weights));
  for (let l = 1; l <= L; l++) {
    const { W, b } = parameters[l - 1];
    const { W: dW, b: db } = p.gradients[l];
    all.set(`W${l}`, W).set(`b${l}`, column(b));
    all.set(`Z${l}`, p.Z[l]).set(`A${l}`, p.A[l]);
    all.set(`dZ${l}`, p.dZ[l]).set(`dW${l}`, dW).set(`db${l}`, column(db));
    if (l < L) all.set(`slope${l}`, slopes(network, p.Z[l], p.A[l]));
  }
  return { network, m: p.m, get: (key) => all.get(key) ?? null, keys: [...all.keys()] };
}

/** g′(Z) of a hidden layer, entry by entry. */
export function slopes({ hidden }: Network, Z: Matrix, A: Matrix): Matrix {
  const { derivative } = activations[hidden];
  return matrix(
    Z.rows,
    Z.cols,
    Z.data.map((z, k) => derivative(z, A.data[k])),
  );
}

/** An update as it was made: all parameters before and after it, and the gradients that it took. */
export interface Update {
  readonly before: Parameters;
  readonly gradients: Parameters;
  readonly after: Parameters;
}

/** The update's quantities by name; the gradients are those over all examples that are trained on. */
export function traceUpdate(network: Network, m: number, { before, gradients, after }: Update): ChainTrace {
  const all = new Map<QuantityKey, Matrix>();
  const minus = (next: Matrix, now: Matrix) =>
    matrix(
      now.rows,
      now.cols,
      next.data.map((x, k) => x - now.data[k]),
    );
  before.forEach((now, k) => {
    const l = k + 1;
    const [d, next] = [gradients[k], after[k]];
    all
      .set(`W${l}`, now.W)
      .set(`dW${l}`, d.W)
      .set(`newW${l}`, next.W)
      .set(`changeW${l}`, minus(next.W, now.W));
    const [b, db, newb] = [column(now.b), column(d.b), column(next.b)];
    all.set(`b${l}`, b).set(`db${l}`, db).set(`newb${l}`, newb).set(`changeb${l}`, minus(newb, b));
  });
  return { network, m, get: (key) => all.get(key) ?? null, keys: [...all.keys()] };
}

const column = (b: Float64Array): Matrix => matrix(b.length, 1, b);
