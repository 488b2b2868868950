import { predictedClass } from '../core/equations';
import {
  bootstrapGroups,
  bootstrapInSteps,
  r2Of,
  shareOf,
  wilson,
  type GroupSums,
  type Interval,
} from '../core/intervals';
import { selectColumns, type Matrix } from '../core/matrix';
import type { TrainingRun } from './run';
import { testOutputs } from './testOutputs';

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
  const outputs = yield* testOutputs(run);
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
