import { matrix, selectColumns, type Matrix } from '../../src/core/matrix';
import type { Network } from '../../src/core/network';
import type { ExamplesShown } from '../keptChoices';
import type { SampleView } from '../store';
import { examplesToTrace } from './passes';

export const FEW = 5;

/** The examples that the equations are computed over. */
export interface Selection {
  readonly network: Network;
  readonly sample: SampleView;
  /** Examples of the sample, by number. */
  readonly columns: readonly number[];
  readonly X: Matrix;
  readonly Y: Matrix;
  readonly weights: Float64Array | undefined;
  /** Whether these are all that the run trains on. */
  readonly isWholeTraining: boolean;
  /** Whether all were wanted, and so large a network takes too long over all that are in the sample. */
  readonly isThinned: boolean;
}

interface Choice {
  readonly network: Network;
  readonly sample: SampleView;
  readonly shown: ExamplesShown;
  /** The example that was chosen, for one alone. */
  readonly chosen: number;
  readonly trainRows: number;
  readonly classes: number;
  /** Whether each class counts the same. */
  readonly balanced: boolean;
}

export function select({ network, sample, shown, chosen, trainRows, classes, balanced }: Choice): Selection {
  const training = sample.order.filter((j) => !sample.test[j]);
  const most = shown === 'all' ? examplesToTrace(network, training.length) : FEW;
  const columns = shown === 'one' ? [chosen] : evenly(training, most);
  return {
    ...{ network, sample, columns },
    X: selectColumns(sample.X, columns),
    Y: targets(network, sample.y, columns),
    weights: balanced ? balancedWeights(sample, training, columns, classes) : undefined,
    isWholeTraining: shown === 'all' && columns.length === trainRows,
    isThinned: shown === 'all' && columns.length < training.length,
  };
}

/** `count` of the items, evenly spread, in their order. */
export const evenly = <T>(items: readonly T[], count: number): readonly T[] =>
  count >= items.length
    ? items
    : Array.from({ length: count }, (_, k) => items[Math.floor(((k + 0.5) * items.length) / count)]);

/** Y of some examples, (ny, m): one row, or one a class. */
export function targets({ sizes, output }: Network, y: Float64Array, columns: readonly number[]): Matrix {
  const Y = matrix(sizes[sizes.length - 1], columns.length);
  columns.forEach((j, k) => {
    if (output === 'softmax') Y.data[y[j] * columns.length + k] = 1;
    else Y.data[k] = y[j];
  });
  return Y;
}

/** m / (classes · examples of the class), as training weighs them; counted over the sample. */
function balancedWeights(
  { y }: SampleView,
  training: readonly number[],
  columns: readonly number[],
  classes: number,
): Float64Array {
  const counts = new Float64Array(classes);
  for (const j of training) counts[y[j]]++;
  return Float64Array.from(columns, (j) =>
    counts[y[j]] === 0 ? 1 : training.length / (classes * counts[y[j]]),
  );
}
