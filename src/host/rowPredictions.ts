import { forward, forwardPass, predictedClass } from '../core/equations';
import { cut, full, short, visible, whole } from '../core/format';
import { matrix, type Matrix } from '../core/matrix';
import { unflatten, type Network } from '../core/network';
import { inOwnUnit } from '../core/scale';
import type { Dataset } from '../protocol/trainer';
import type { RowsAt } from '../train/questions';

const LONGEST_NAME = 40;
/** Classes whose probabilities are listed. */
const MOST_LISTED = 26;

/** A row as the network gets it. */
export interface Row {
  /** Line of the file, from 1. */
  readonly line: number;
  readonly x: Float64Array;
  /** Class number, or standardised target. */
  readonly y: number;
  readonly isTest: boolean;
}

/** What a network says of a row. */
export interface RowPrediction {
  readonly line: number;
  readonly text: string;
  readonly isWrong: boolean;
  /** Exact numbers, a line each. */
  readonly details: readonly string[];
}

type Target = Pick<Dataset, 'target' | 'classes' | 'targetScale'>;

/** The rows of an answer of the trainer. */
export const rowsOf = ({ X, y, test, lines }: RowsAt): Row[] =>
  Array.from(lines, (line, j) => ({
    line,
    x: Float64Array.from({ length: X.length / lines.length }, (_, i) => X[i * lines.length + j]),
    y: y[j],
    isTest: test[j] === 1,
  }));

/** What the network says of each row: a hollow mark for the test part, a cross where it is wrong. */
export function predict(
  network: Network,
  parameters: Float64Array,
  dataset: Target,
  rows: readonly Row[],
): RowPrediction[] {
  const [nx] = network.sizes;
  const X = matrix(nx, rows.length);
  rows.forEach(({ x }, j) => x.forEach((value, i) => (X.data[i * rows.length + j] = value)));
  const pass = forwardPass(network, X);
  forward(pass, unflatten(network, parameters));
  const output = pass.A[pass.A.length - 1];
  return rows.map((row, j) => {
    const { line, isTest } = row;
    const part = isTest ? '○' : '●';
    const says =
      network.output === 'linear'
        ? number(dataset, output, j, row)
        : classOf(network, dataset, output, j, row);
    const text = says.isWrong ? `${part} ✗ ${says.text}` : `${part} ${says.text}`;
    const details = [`Line ${whole(line)}, ${isTest ? 'test' : 'training'} part`, ...says.details];
    return { line, text, isWrong: says.isWrong, details };
  });
}

type Said = Pick<RowPrediction, 'text' | 'isWrong' | 'details'>;
const nameOf = (text: string | undefined) => cut(visible(text ?? ''), LONGEST_NAME);

function classOf({ output }: Network, { target, classes }: Target, A: Matrix, j: number, { y }: Row): Said {
  const best = predictedClass(output, A, j);
  const ofOne = A.data[j];
  const probability = (k: number) =>
    output === 'softmax' ? A.data[k * A.cols + j] : k === 1 ? ofOne : 1 - ofOne;
  const isWrong = best !== y;
  const listed = Array.from({ length: Math.min(classes.length, MOST_LISTED) }, (_, k) => k);
  return {
    text: `${nameOf(classes[best])} ${short(probability(best))}${isWrong ? `, not ${nameOf(classes[y])}` : ''}`,
    isWrong,
    details: listed.map((k) => `P(${nameOf(target)} = ${nameOf(classes[k])}) = ${full(probability(k))}`),
  };
}

function number({ target, targetScale }: Target, A: Matrix, j: number, { y }: Row): Said {
  const value = inOwnUnit(A.data[j], targetScale);
  const own = inOwnUnit(y, targetScale);
  const off = value - own;
  return {
    text: `${short(value)} (off by ${off > 0 ? '+' : ''}${short(off)})`,
    isWrong: false,
    details: [`Predicted ${nameOf(target)} = ${full(value)}`, `In the file: ${full(own)}`],
  };
}
