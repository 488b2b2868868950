import { loss, outputActivation, predictedClass } from './equations';
import { naturalLogarithm } from './logarithm';
import { matrix, multiplyAddColumn, selectColumns, type Matrix, type Table } from './matrix';
import { rSquared } from './metrics';
import type { OutputKind } from './network';
import { random } from './random';
import { fitLine, type Line } from './straightLine';
import type { Measure } from './trainer';

/** What a model makes of the two parts. */
export type Scores = Omit<Measure, 'epoch'>;

export interface Baselines {
  /** Always the class that is most frequent in the training part, with the frequencies as probabilities; or its mean. */
  readonly guess: Scores;
  /** Logistic or ridge regression on the same features. */
  readonly line: Scores;
  /** How many examples of the training part the line was fitted to. */
  readonly lineRows: number;
  /** Whether it is the best line for these; else as good as about two seconds of work made it. */
  readonly lineIsBest: boolean;
}

export interface BaselineExamples {
  /** (nx, m), as the network takes them. */
  readonly X: Table;
  /** (ny, m) */
  readonly Y: Matrix;
  readonly output: OutputKind;
  readonly train: Int32Array;
  readonly test: Int32Array;
}

/** Numbers of X times outputs that a line is fitted to: a pass over them takes some milliseconds. */
const MOST_NUMBERS = 2e6;
const FEWEST_ROWS = 1000;
/** Examples that are scored between two yields, times features and outputs. */
const SLICE = 2e6;

/**
 * The scores of guessing and of the straight line, on the same features and parts as the network. Deterministic: of
 * more examples than a line is fitted to, those that are drawn are the seed's. Yields every few milliseconds.
 * Null where features are so large that their sums are no numbers.
 */
export function* baselinesOf(examples: BaselineExamples, seed: number): Generator<void, Baselines | null> {
  const { X, Y, output, train } = examples;
  const none: Line = { W: matrix(Y.rows, X.rows), b: guessing(examples) };
  const guess = yield* scoresOf(examples, none);
  const most = Math.max(FEWEST_ROWS, Math.floor(MOST_NUMBERS / ((X.rows + 1) * Y.rows)));
  const fitted = drawn(train, most, seed);
  yield;
  const line = yield* fitLine(selectColumns(X, fitted), selectColumns(Y, fitted), output);
  const scores = yield* scoresOf(examples, line);
  if (![guess, scores].every(areFinite)) return null;
  return { guess, line: scores, lineRows: fitted.length, lineIsBest: line.isBest };
}

const areFinite = (scores: Scores): boolean =>
  Object.values(scores).every((value) => value === null || Number.isFinite(value));

/** The b of a model that knows no features: its outputs are the frequencies of the training part, or its mean. */
export function guessing({ Y, output, train }: BaselineExamples): Float64Array {
  const ln = naturalLogarithm();
  return Float64Array.from({ length: Y.rows }, (_, k) => {
    let sum = 0;
    for (const j of train) sum += Y.data[k * Y.cols + j];
    const mean = sum / train.length;
    if (output === 'linear') return mean;
    // ln 0 of a class that is not there would make NaN of 0 · ∞.
    const share = Math.max(mean, Number.MIN_VALUE);
    return output === 'sigmoid' ? ln(share) - ln(Math.max(1 - mean, Number.MIN_VALUE)) : ln(share);
  });
}

function* scoresOf(examples: BaselineExamples, line: Line): Generator<void, Scores> {
  const { train, test } = examples;
  const ofTrain = yield* scoreOf(examples, train, line);
  const ofTest = test.length > 0 ? yield* scoreOf(examples, test, line) : null;
  return {
    ...{ trainCost: ofTrain.cost, trainScore: ofTrain.score },
    ...{ testCost: ofTest?.cost ?? null, testScore: ofTest?.score ?? null },
  };
}

/** Cost and score over the examples of a part. */
function* scoreOf(
  { X, Y, output }: BaselineExamples,
  part: Int32Array,
  { W, b }: Line,
): Generator<void, { cost: number; score: number }> {
  const slice = Math.max(1, Math.floor(SLICE / ((X.rows + 1) * Y.rows)));
  let [costs, right, squares] = [0, 0, 0];
  // Of the number less the first one of the part, so that those that are all equal have none.
  const first = part.length > 0 ? Y.data[part[0]] : 0;
  let [sum, ofSquares] = [0, 0];
  for (let from = 0; from < part.length; from += slice) {
    const some = part.subarray(from, from + slice);
    const [ofX, ofY] = [selectColumns(X, some), selectColumns(Y, some)];
    const [Z, A] = [matrix(Y.rows, some.length), matrix(Y.rows, some.length)];
    multiplyAddColumn(W, ofX, b, Z);
    outputActivation(output, Z, A);
    for (let j = 0; j < some.length; j++) {
      costs += loss(output, Z, ofY, j);
      if (output === 'linear') {
        squares += (ofY.data[j] - A.data[j]) * (ofY.data[j] - A.data[j]);
        sum += ofY.data[j] - first;
        ofSquares += (ofY.data[j] - first) * (ofY.data[j] - first);
      } else {
        const actual = output === 'sigmoid' ? ofY.data[j] : predictedClass('softmax', ofY, j);
        if (predictedClass(output, A, j) === actual) right++;
      }
    }
    yield;
  }
  const cost = costs / part.length;
  if (output !== 'linear') return { cost, score: right / part.length };
  return { cost, score: rSquared(squares, Math.max(0, ofSquares - (sum * sum) / part.length)) };
}

/** `most` of the indices, in their order; all where there are no more. */
export function drawn(indices: Int32Array, most: number, seed: number): Int32Array {
  if (indices.length <= most) return indices;
  const { below } = random(seed, 'sample');
  const all = indices.slice();
  for (let k = 0; k < most; k++) {
    const other = k + below(all.length - k);
    [all[k], all[other]] = [all[other], all[k]];
  }
  return all.subarray(0, most).sort();
}
