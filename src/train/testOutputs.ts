import { forward, forwardPass } from '../core/equations';
import { matrix, selectColumns, type Matrix } from '../core/matrix';
import { unflatten } from '../core/network';
import type { TrainingRun } from './run';

/** Rows that are predicted together. */
const FEW = 1000;

/**
 * What the network gives for each example of the test part, (ny, |test|). Yields every few milliseconds; the weights are those
 * of the moment it begins.
 */
export function* testOutputs(run: TrainingRun): Generator<void, Matrix> {
  const { X, Y, test } = run.dataset;
  const parameters = unflatten(run.network, run.parameters());
  const all = matrix(Y.rows, test.length);
  for (let from = 0; from < test.length; from += FEW) {
    const some = test.subarray(from, from + FEW);
    const pass = forwardPass(run.network, selectColumns(X, some));
    forward(pass, parameters);
    const { data } = pass.A[run.network.sizes.length - 1];
    for (let i = 0; i < Y.rows; i++)
      all.data.set(data.subarray(i * some.length, (i + 1) * some.length), i * test.length + from);
    yield;
  }
  return all;
}
