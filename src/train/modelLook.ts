import { drawn, guessing } from '../core/baselines';
import { forward, forwardPass, loss, outputOf, predictedClass } from '../core/equations';
import { matrix, selectColumns, type Matrix } from '../core/matrix';
import type { Network, Parameters } from '../core/network';
import { random } from '../core/random';
import type { ModelFacts } from '../core/verdicts/looks';
import type { Dataset } from '../data/dataset';
import { columnsOf } from './columnsOf';

/** Multiplications of both looks; of wide networks fewer rows and columns are looked at. */
const MOST_WORK = 4e8;
const [FEWEST_ROWS, MOST_ROWS] = [500, 20_000];
/** Rows among which the values of a column are shuffled. */
const [FEWEST_SHUFFLED, MOST_SHUFFLED] = [50, 1000];
const MOST_COLUMNS = 200;
/** Multiplications between two yields, and rows. */
const SLICE_WORK = 2e7;
const MOST_IN_SLICE = 500;
const MOST_NAMED = 10;

/**
 * What a network makes of the test part, or where there is none of the training part: how many rows of each class it finds,
 * and what it loses where a column is shuffled. On at most 20,000 rows, which the seed draws; columns are shuffled among
 * 1,000 of them. Yields every few milliseconds.
 */
export function* lookAtModel(
  dataset: Pick<Dataset, 'transform' | 'X' | 'Y' | 'output' | 'classes' | 'train' | 'test'>,
  network: Network,
  parameters: Parameters,
  epoch: number,
  seed: number,
): Generator<void, ModelFacts> {
  const { X, Y, output, classes, train, test } = dataset;
  const size = parameters.reduce((sum, { W }) => sum + W.data.length, 0);
  const most = Math.min(MOST_ROWS, Math.max(FEWEST_ROWS, Math.floor(MOST_WORK / size)));
  const rows = drawn(test.length > 0 ? test : train, most, seed);

  const found = output === 'linear' ? [] : classes.map(() => ({ rows: 0, right: 0 }));
  const slice = Math.max(1, Math.min(MOST_IN_SLICE, Math.floor(SLICE_WORK / size)));
  for (let from = 0; from < rows.length; from += slice) {
    const some = rows.subarray(from, from + slice);
    const A = predicted(network, parameters, selectColumns(X, some)).A;
    const ofY = selectColumns(Y, some);
    for (let j = 0; found.length > 0 && j < some.length; j++) {
      const actual = output === 'sigmoid' ? ofY.data[j] : predictedClass('softmax', ofY, j);
      found[actual].rows++;
      if (predictedClass(output, A, j) === actual) found[actual].right++;
    }
    yield;
  }

  const mostShuffled = Math.min(MOST_SHUFFLED, Math.max(FEWEST_SHUFFLED, Math.floor(SLICE_WORK / size)));
  const few = drawn(rows, mostShuffled, seed);
  const [x, y] = [selectColumns(X, few), selectColumns(Y, few)];
  const costOf = (Z: Matrix) => {
    let sum = 0;
    for (let j = 0; j < few.length; j++) sum += loss(output, Z, y, j);
    return sum / few.length;
  };
  const cost = costOf(predicted(network, parameters, x).Z);
  const constant = guessing({ X, Y, output, train, test });
  const guess = costOf(
    matrix(
      Y.rows,
      few.length,
      Float64Array.from({ length: Y.rows * few.length }, (_, at) => constant[Math.floor(at / few.length)]),
    ),
  );
  yield;

  const all = columnsOf(dataset);
  const columns = all.slice(
    0,
    Math.min(MOST_COLUMNS, Math.max(1, Math.floor(MOST_WORK / (size * few.length)))),
  );
  const order = shuffled(few.length, seed);
  const least: { column: string; rise: number }[] = [];
  for (const { name, from, count } of columns) {
    const other = matrix(x.rows, x.cols, x.data.slice());
    for (let feature = from; feature < from + count; feature++) {
      const at = feature * x.cols;
      order.forEach((k, j) => (other.data[at + j] = x.data[at + k]));
    }
    yield;
    least.push({ column: name, rise: costOf(predicted(network, parameters, other).Z) - cost });
    yield;
  }
  least.sort((a, b) => a.rise - b.rise);
  return {
    ...{ epoch, rows: rows.length, classes: found, gain: guess - cost, guess },
    ...{ columns: columns.length, ofColumns: all.length, least: least.slice(0, MOST_NAMED) },
  };
}

function predicted(network: Network, parameters: Parameters, x: Matrix): { Z: Matrix; A: Matrix } {
  const pass = forwardPass(network, x);
  forward(pass, parameters);
  return { Z: pass.Z[network.sizes.length - 1], A: outputOf(pass) };
}

/** The numbers below `count` in an order that the seed draws. */
function shuffled(count: number, seed: number): Int32Array {
  const { below } = random(seed, 'sample');
  const order = Int32Array.from({ length: count }, (_, k) => k);
  for (let k = count - 1; k > 0; k--) {
    const other = below(k + 1);
    [order[k], order[other]] = [order[other], order[k]];
  }
  return order;
}
