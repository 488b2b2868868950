import { forward, forwardPass, predictedClass } from '../core/equations';
import {
  bootstrapGroups,
  bootstrapInSteps,
  r2Of,
  shareOf,
  wilson,
  type GroupSums,
  type Interval,
} from '../core/intervals';
import { matrix, selectColumns, type Matrix } from '../core/matrix';
import { unflatten } from '../core/network';
import type { TrainingRun } from './run';

/** Rows that are predicted together. */
const FEW = 1000;

/**
 * Where the test score of a run lies with 95 %; null without a test part, and of a single group. Where the table is split by
 * groups, whole groups are drawn anew: their rows are alike, and tell less than as many of their own. Yields every few
 * milliseconds; the weights are those of the moment it begins.
 */
export function* testInterval(run: TrainingRun, seed: number): Generator<void, Interval | null> {
  const { test, output, apart, Y } = run.dataset;
  const { testScore } = run.measure();
  if (testScore === null || test.length === 0) return null;
  const isNumber = output === 'linear';
  if (apart.kind !== 'groups' && !isNumber) return wilson(testScore, test.length);
  const outputs = yield* outputsOf(run);
  const actual = selectColumns(Y, test);
  if (apart.kind !== 'groups') return yield* bootstrapInSteps(actual.data, outputs.data, seed);
  const sums = Array.from(test, (_, j): number[] => {
    if (!isNumber) return [Number(predictedClass(output, outputs, j) === classIn(actual, j))];
    const [y, error] = [actual.data[j] - actual.data[0], actual.data[j] - outputs.data[j]];
    return [y, y * y, error * error];
  });
  const groups = new Map<number, { count: number; sums: number[] }>();
  test.forEach((j, k) => {
    const group = groups.get(apart.groupOf[j]);
    if (!group) groups.set(apart.groupOf[j], { count: 1, sums: sums[k] });
    else {
      group.count++;
      sums[k].forEach((value, i) => (group.sums[i] += value));
    }
  });
  const all: readonly GroupSums[] = [...groups.values()];
  return yield* bootstrapGroups(all, isNumber ? r2Of : shareOf, seed);
}

/** The class of a column of Y, (ny, m). */
const classIn = (Y: Matrix, j: number): number =>
  Y.rows === 1 ? Y.data[j] : predictedClass('softmax', Y, j);

/** What the network gives for each example of the test part, (ny, |test|). */
function* outputsOf(run: TrainingRun): Generator<void, Matrix> {
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
