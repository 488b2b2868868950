import { loss, outputActivation } from './equations';
import { matrix, multiplyAddColumn, multiplyTranspose, type Matrix } from './matrix';
import type { OutputKind } from './network';

/** z = W x + b. W (ny, nx), b (ny). */
export interface Line {
  readonly W: Matrix;
  readonly b: Float64Array;
}

export interface FittedLine extends Line {
  /** Whether it is the best there is; else as good as so much work made it. */
  readonly isBest: boolean;
}

/** The largest part of the gradient at which it is found, for each hundred examples. As the penalty curves by 1, W is no further off. */
const FOUND = 1e-9;
/** Where a pass takes milliseconds, as close as no score shows. */
const FOUND_IN_MANY = 1e-5;
const MANY = 5e5;
/** Sums of losses are no closer to what they stand for. */
const NOISE = 1e-13;
/** Numbers of X times outputs that are gone through in all: about two seconds of work. */
const MOST_WORK = 5e8;
const MOST_STEPS = 100;
/** Rounds of conjugate gradients in a step; one that is cut short leads down all the same. */
const MOST_ROUNDS = 250;
/** A step is halved so often before there is none that leads down. */
const MOST_HALVINGS = 30;
/** Of what the slope promises, a step must gain this share (Armijo). */
const GAIN = 1e-4;

/**
 * The straight line with the least loss, penalised as scikit-learn has it by default: ½ Σ w² + Σ loss over the
 * examples, b without penalty. That is logistic regression with C = 1, multinomial beyond two classes, or ridge
 * regression with alpha = 1. By Newton’s method, each step of which conjugate gradients find (Nocedal and Wright,
 * Numerical Optimization, 7.1). The same examples give the same line, which is cut short by work and never by time.
 * Yields after each pass over them.
 * @param X (nx, m)
 * @param Y (ny, m): 0/1, one-hot, or the number
 */
export function* fitLine(X: Matrix, Y: Matrix, output: OutputKind): Generator<void, FittedLine> {
  const [nx, ny, m] = [X.rows, Y.rows, X.cols];
  const lineOf = (numbers: Float64Array): Line => ({
    W: matrix(ny, nx, numbers.subarray(0, ny * nx)),
    b: numbers.subarray(ny * nx),
  });
  const outputsOf = (numbers: Float64Array, Z: Matrix) => {
    const { W, b } = lineOf(numbers);
    multiplyAddColumn(W, X, b, Z);
  };
  /** The slope of the penalty at `numbers`, and Σ over the examples of D (ny, m) times x and 1, into `sum`. */
  const slopeOf = (D: Matrix, numbers: Float64Array, sum: Float64Array) => {
    const { W, b } = lineOf(sum);
    multiplyTranspose(D, X, 1, W);
    for (let at = 0; at < W.data.length; at++) W.data[at] += numbers[at];
    for (let k = 0; k < ny; k++) b[k] = total(D.data.subarray(k * m, (k + 1) * m));
  };
  const lossOf = (numbers: Float64Array, Z: Matrix) => {
    const weights = numbers.subarray(0, ny * nx);
    let sum = dot(weights, weights) / 2;
    for (let j = 0; j < m; j++) sum += loss(output, Z, Y, j);
    return sum;
  };

  const found = (X.data.length * ny > MANY ? FOUND_IN_MANY : FOUND) * Math.max(1, m / 100);
  let line = new Float64Array(ny * (nx + 1));
  let Z = matrix(ny, m);
  let lossHere = lossOf(line, Z);
  const [A, D] = [matrix(ny, m), matrix(ny, m)];
  const [gradient, curved] = [new Float64Array(line.length), new Float64Array(line.length)];
  let isBest = false;
  let work = MOST_WORK / (ny * X.data.length);
  for (let step = 0; step < MOST_STEPS && work > 0; step++) {
    outputActivation(output, Z, A);
    for (let at = 0; at < D.data.length; at++) D.data[at] = A.data[at] - Y.data[at];
    slopeOf(D, line, gradient);
    work--;
    yield;
    const steepest = gradient.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    isBest = steepest <= found;
    if (isBest) break;

    // H p = −gradient, as closely as it is worth so far from the end.
    const p = new Float64Array(line.length);
    const rest = gradient.map((value) => -value);
    let direction = rest.slice();
    let squares = dot(rest, rest);
    const enough = Math.max(found / 10, Math.min(0.1, Math.sqrt(steepest)) * Math.sqrt(squares));
    for (let round = 0; round < MOST_ROUNDS && work > 0 && Math.sqrt(squares) > enough; round++, work--) {
      outputsOf(direction, D);
      curve(output, A, D);
      slopeOf(D, direction, curved);
      yield;
      const bend = dot(direction, curved);
      if (!(bend > 0)) break;
      const length = squares / bend;
      for (let at = 0; at < p.length; at++) {
        p[at] += length * direction[at];
        rest[at] -= length * curved[at];
      }
      const before = squares;
      squares = dot(rest, rest);
      direction = direction.map((value, at) => rest[at] + (squares / before) * value);
    }

    const promised = dot(gradient, p);
    let hasMoved = false;
    for (let halving = 0, length = 1; halving < MOST_HALVINGS && !hasMoved; halving++, length /= 2) {
      const there = line.map((value, at) => value + length * p[at]);
      const ofThere = matrix(ny, m);
      outputsOf(there, ofThere);
      const lossThere = lossOf(there, ofThere);
      yield;
      if (!(lossThere <= lossHere + GAIN * length * promised + NOISE * lossHere)) continue;
      [line, Z, lossHere, hasMoved] = [there, ofThere, lossThere, true];
    }
    // As far down as numbers tell.
    isBest = !hasMoved;
    if (isBest) break;
  }
  return { ...lineOf(line), isBest };
}

/** Turns what Z changes by, D, into what the slope of the loss changes by, at the outputs A. All are (ny, m). */
function curve(output: OutputKind, A: Matrix, D: Matrix): void {
  if (output === 'linear') return;
  const [a, d] = [A.data, D.data];
  if (output === 'sigmoid') {
    for (let at = 0; at < d.length; at++) d[at] *= a[at] * (1 - a[at]);
    return;
  }
  const m = A.cols;
  for (let j = 0; j < m; j++) {
    let mean = 0;
    for (let at = j; at < d.length; at += m) mean += a[at] * d[at];
    for (let at = j; at < d.length; at += m) d[at] = a[at] * (d[at] - mean);
  }
}

const dot = (a: Float64Array, b: Float64Array): number => {
  let sum = 0;
  for (let at = 0; at < a.length; at++) sum += a[at] * b[at];
  return sum;
};
const total = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0);
