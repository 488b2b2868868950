import { activations, type HiddenActivation } from './activations';
import type { QuantityKey } from './chain';
import { loss, outputActivation } from './equations';
import { matrix, multiplyAddColumn, multiplyTranspose, transposeMultiply, type Matrix } from './matrix';
import type { Network, Parameters } from './network';

/** What a person who computes along has before them. */
export interface Situation {
  readonly network: Network;
  readonly parameters: Parameters;
  /** The examples that count, scaled, (nx, m), and their targets, (ny, m). */
  readonly X: Matrix;
  readonly Y: Matrix;
  /** What each example's loss counts, (m); 1 when left out. */
  readonly weights?: Float64Array;
  readonly epoch: number;
  /** For the next weights by gradient descent; null where the optimizer is another. */
  readonly rule: { readonly learningRate: number; readonly l1: number; readonly l2: number } | null;
  /** The same examples in their columns' own units; null where nothing is scaled. */
  readonly raw: Matrix | null;
  /** Examples that do not count, as those of the test set. */
  readonly others: { readonly X: Matrix; readonly Y: Matrix } | null;
}

export type AllNumbers = ReadonlyMap<QuantityKey, Matrix>;

/**
 * How a person computes all of it: one function an equation, each of which can be replaced by one with a mistake in it.
 * `null`: NumPy would not do it, and neither is there anything after it.
 */
export interface Recipe {
  inputs(s: Situation): Pick<Situation, 'X' | 'Y' | 'weights'> | null;
  parameters(s: Situation): Parameters;
  linear(W: Matrix, A: Matrix, b: Float64Array): Matrix | null;
  hidden(Z: Matrix, g: HiddenActivation): Matrix;
  output(Z: Matrix, s: Situation): Matrix | null;
  loss(Z: Matrix, Y: Matrix, s: Situation): Matrix | null;
  cost(losses: Matrix, c: Float64Array | undefined, Z: Matrix, Y: Matrix, s: Situation): Matrix | null;
  outputError(A: Matrix, Y: Matrix, c: Float64Array | undefined, s: Situation): Matrix | null;
  /** `A` holds A[l−1] and A[l]. */
  weightGradient(dZ: Matrix, A: { before: Matrix; own: Matrix }, m: number, X: Matrix): Matrix | null;
  biasGradient(dZ: Matrix, m: number, X: Matrix): Matrix | null;
  slope(Z: Matrix, A: Matrix, g: HiddenActivation): Matrix;
  hiddenError(W: Matrix, dZ: Matrix, slope: Matrix, dW: Matrix, s: Situation): Matrix | null;
  update(w: Matrix, dw: Matrix, rule: NonNullable<Situation['rule']>, isWeight: boolean): Matrix;
}

/** As the equations say. */
export const RIGHT: Recipe = {
  inputs: (s) => s,
  parameters: (s) => s.parameters,
  linear: (W, A, b) => {
    if (W.cols !== A.rows) return null;
    const Z = matrix(W.rows, A.cols);
    multiplyAddColumn(W, A, b, Z);
    return Z;
  },
  hidden: (Z, g) => map(Z, activations[g].g),
  output: (Z, { network }) => {
    const A = matrix(Z.rows, Z.cols);
    outputActivation(network.output, Z, A);
    return A;
  },
  loss: (Z, Y, { network }) =>
    matrix(
      1,
      Y.cols,
      Float64Array.from({ length: Y.cols }, (_, j) => loss(network.output, Z, Y, j)),
    ),
  cost: (losses, c) => scalar(total(losses.data, c) / losses.cols),
  outputError: (A, Y, c) =>
    weighted(
      elementwise(A, Y, (a, y) => a - y),
      c,
    ),
  weightGradient: (dZ, A, m) => dotTranspose(dZ, A.before, 1 / m),
  biasGradient: (dZ, m) => column(rowSums(dZ).map((sum) => sum / m)),
  slope: (Z, A, g) =>
    matrix(
      Z.rows,
      Z.cols,
      Z.data.map((z, k) => activations[g].derivative(z, A.data[k])),
    ),
  hiddenError: (W, dZ, slope) => {
    const product = transposeDot(W, dZ);
    return product && elementwise(product, slope, (d, g) => d * g);
  },
  update: (w, dw, { learningRate, l1, l2 }, isWeight) =>
    matrix(
      w.rows,
      w.cols,
      w.data.map(
        (value, k) =>
          value - learningRate * (dw.data[k] + (isWeight ? l2 * value + l1 * Math.sign(value) : 0)),
      ),
    ),
};

/** All numbers that a recipe comes to, as far as it gets. */
export function cook(recipe: Recipe, s: Situation): AllNumbers {
  const all = new Map<QuantityKey, Matrix>();
  const parameters = recipe.parameters(s);
  const inputs = recipe.inputs(s);
  parameters.forEach(({ W, b }, k) => all.set(`W${k + 1}`, W).set(`b${k + 1}`, column(b)));
  if (!inputs) return all;
  const { X, Y, weights: c } = inputs;
  const m = X.cols;
  const L = parameters.length;
  all.set('A0', X).set('Y', Y);
  let A = X;
  for (let l = 1; l <= L; l++) {
    const { W, b } = parameters[l - 1];
    const Z = recipe.linear(W, A, b);
    if (!Z) return all;
    const next = l < L ? recipe.hidden(Z, s.network.hidden) : recipe.output(Z, s);
    all.set(`Z${l}`, Z);
    if (!next) return all;
    A = next;
    all.set(`A${l}`, A);
    if (l < L) all.set(`slope${l}`, recipe.slope(Z, A, s.network.hidden));
  }
  const Z = all.get(`Z${L}`);
  if (!Z || Z.rows !== Y.rows || Z.cols !== Y.cols) return all;
  const losses = recipe.loss(Z, Y, s);
  const J = losses && recipe.cost(losses, c, Z, Y, s);
  if (losses) all.set('loss', losses);
  if (J) all.set('J', J);
  let dZ = recipe.outputError(A, Y, c, s);
  for (let l = L; l >= 1 && dZ; l--) {
    all.set(`dZ${l}`, dZ);
    const [before, own] = [all.get(`A${l - 1}`), all.get(`A${l}`)];
    if (!before || !own) return all;
    const dW = recipe.weightGradient(dZ, { before, own }, m, X);
    const db = recipe.biasGradient(dZ, m, X);
    if (dW) all.set(`dW${l}`, dW);
    if (db) all.set(`db${l}`, db);
    setNext(l, dW, db);
    if (l === 1) break;
    const slope = all.get(`slope${l - 1}`);
    const { W } = parameters[l - 1];
    dZ = slope && dW ? recipe.hiddenError(W, dZ, slope, dW, s) : null;
  }
  return all;

  function setNext(l: number, dW: Matrix | null, db: Matrix | null): void {
    if (!s.rule) return;
    const { W, b } = parameters[l - 1];
    if (dW?.data.length === W.data.length) all.set(`newW${l}`, recipe.update(W, dW, s.rule, true));
    if (db?.data.length === b.length) all.set(`newb${l}`, recipe.update(column(b), db, s.rule, false));
  }
}

export const map = ({ rows, cols, data }: Matrix, f: (x: number) => number): Matrix =>
  matrix(rows, cols, data.map(f));

/** f of both, entry by entry, as NumPy broadcasts them; null where it would not. */
export function elementwise(A: Matrix, B: Matrix, f: (a: number, b: number) => number): Matrix | null {
  const fits = (a: number, b: number) => a === b || a === 1 || b === 1;
  if (!fits(A.rows, B.rows) || !fits(A.cols, B.cols)) return null;
  const out = matrix(Math.max(A.rows, B.rows), Math.max(A.cols, B.cols));
  for (let i = 0; i < out.rows; i++) {
    for (let j = 0; j < out.cols; j++) {
      const a = A.data[(A.rows === 1 ? 0 : i) * A.cols + (A.cols === 1 ? 0 : j)];
      const b = B.data[(B.rows === 1 ? 0 : i) * B.cols + (B.cols === 1 ? 0 : j)];
      out.data[i * out.cols + j] = f(a, b);
    }
  }
  return out;
}

/** A·B; null where the inner sizes differ. */
export function dot(A: Matrix, B: Matrix): Matrix | null {
  if (A.cols !== B.rows) return null;
  const out = matrix(A.rows, B.cols);
  multiplyAddColumn(A, B, new Float64Array(A.rows), out);
  return out;
}

/** scale · A·Bᵀ; null where the inner sizes differ. */
export function dotTranspose(A: Matrix, B: Matrix, scale = 1): Matrix | null {
  if (A.cols !== B.cols) return null;
  const out = matrix(A.rows, B.rows);
  multiplyTranspose(A, B, scale, out);
  return out;
}

/** Aᵀ·B; null where the inner sizes differ. */
export function transposeDot(A: Matrix, B: Matrix): Matrix | null {
  if (A.rows !== B.rows) return null;
  const out = matrix(A.cols, B.cols);
  transposeMultiply(A, B, out);
  return out;
}

export function transpose({ rows, cols, data }: Matrix): Matrix {
  const out = matrix(cols, rows);
  for (let i = 0; i < rows; i++) for (let j = 0; j < cols; j++) out.data[j * rows + i] = data[i * cols + j];
  return out;
}

export const scalar = (x: number): Matrix => matrix(1, 1, Float64Array.of(x));
export const column = (data: Float64Array): Matrix => matrix(data.length, 1, data);

/** Σ over each row, (rows). */
export function rowSums({ rows, cols, data }: Matrix): Float64Array {
  return Float64Array.from({ length: rows }, (_, i) => total(data.subarray(i * cols, (i + 1) * cols)));
}

/** Σ xs, each times its weight. */
export const total = (xs: Float64Array, c?: Float64Array): number =>
  xs.reduce((sum, x, k) => sum + x * (c ? c[k] : 1), 0);

/** Every column j times c[j]. */
export const weighted = (D: Matrix | null, c: Float64Array | undefined): Matrix | null =>
  D && (c ? elementwise(D, matrix(1, c.length, c), (d, weight) => d * weight) : D);
