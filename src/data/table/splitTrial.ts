import { forward, propagation } from '../../core/equations';
import { initialize } from '../../core/initialization';
import { matrix, selectColumns, type Matrix } from '../../core/matrix';
import type { Network, OutputKind } from '../../core/network';
import { random, shuffle } from '../../core/random';
import { ReferenceTrainer } from '../../core/reference';

/** A few hundred rows of a table, as a small network takes them. */
export interface TrialData {
  /** (nx, m), standardised. */
  readonly X: Matrix;
  /** (ny, m): 0/1, one-hot, or the standardised number. */
  readonly Y: Matrix;
  readonly output: OutputKind;
}

/** Examples that are trained on, and those that are then told. */
export interface Fold {
  readonly train: Int32Array;
  readonly test: Int32Array;
}

/** The network of a trial, and how it is trained: enough to fit what is plain, in some hundredths of a second. */
const UNITS = 16;
const EPOCHS = 150;
const OPTIONS = { learningRate: 0.03, momentum: 0, l1: 0, l2: 0.001, batchSize: 0 };
const SEED = 1;

/**
 * What each example's prediction lost, (m), by a network that was trained without it: 0 or 1 for classes, else the
 * squared error. NaN for examples that no fold tests.
 */
export function losses({ X, Y, output }: TrialData, folds: readonly Fold[]): Float64Array {
  const lost = new Float64Array(X.cols).fill(NaN);
  const network: Network = { sizes: [X.rows, UNITS, Y.rows], hidden: 'tanh', output };
  for (const { train, test } of folds) {
    const initial = initialize(network, 'xavier', 0, random(SEED, 'weights'));
    const part = { X: selectColumns(X, train), Y: selectColumns(Y, train) };
    const trainer = new ReferenceTrainer(network, initial, part, null, 'adam', SEED);
    while (trainer.epoch < EPOCHS && trainer.advance(OPTIONS) === 'epoch');
    const told = propagation(network, selectColumns(X, test));
    forward(told, trainer.parametersNow);
    const [P, T] = [told.A[2], selectColumns(Y, test)];
    test.forEach((j, k) => (lost[j] = output === 'linear' ? square(P.data[k] - T.data[k]) : wrong(P, T, k)));
  }
  return lost;
}

const square = (x: number) => x * x;

/** 1 where the likeliest class of example k is not its own, else 0. */
function wrong(P: Matrix, T: Matrix, k: number): number {
  if (P.rows === 1) return Number(P.data[k] >= 0.5 !== T.data[k] >= 0.5);
  let best = 0;
  for (let i = 1; i < P.rows; i++) if (P.data[i * P.cols + k] > P.data[best * P.cols + k]) best = i;
  return 1 - T.data[best * T.cols + k];
}

/** Folds in which each of `parts` is tested once; an example is of part `partOf[j]`. */
export function foldsOf(partOf: Int32Array, parts: number): Fold[] {
  const all = Array.from(partOf.keys());
  return Array.from({ length: parts }, (_, part) => ({
    train: Int32Array.from(all.filter((j) => partOf[j] !== part)),
    test: Int32Array.from(all.filter((j) => partOf[j] === part)),
  }));
}

/** Parts of about the same size by chance, for things that are numbered from 0. */
export function partsByChance(count: number, parts: number): Int32Array {
  return shuffle(
    Int32Array.from({ length: count }, (_, k) => k % parts),
    random(SEED, 'split'),
  );
}

/** Rows of a matrix (n, m) that are not among some. */
export function withoutRows(X: Matrix, from: number, to: number): Matrix {
  const data = new Float64Array((X.rows - (to - from)) * X.cols);
  data.set(X.data.subarray(0, from * X.cols));
  data.set(X.data.subarray(to * X.cols), from * X.cols);
  return matrix(X.rows - (to - from), X.cols, data);
}
