import type { Scores } from '../core/baselines';
import { forward, forwardPass } from '../core/equations';
import { bootstrapR2, wilson, type Interval } from '../core/intervals';
import { selectColumns } from '../core/matrix';
import { unflatten } from '../core/network';
import type { Measure } from '../core/trainer';
import type { TrainingRun } from '../train/run';

/** Costs and scores under the names that JSON has for them. NaN never reaches JSON: a missing test set is null. */
export const scores = (regression: boolean, { trainCost, testCost, trainScore, testScore }: Scores) =>
  regression
    ? { trainCost, testCost, trainR2: trainScore, testR2: testScore }
    : { trainCost, testCost, trainAccuracy: trainScore, testAccuracy: testScore };

/** What a generator returns in the end. */
export function atOnce<T>(work: Generator<void, T>): T {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
  }
}

/** Rows that are predicted together. */
const FEW = 1000;

/** Where the test score lies with 95 %; null without a test part. */
export function intervalOf({ testScore }: Measure, run: TrainingRun, seed: number): Interval | null {
  const { X, Y, test, output } = run.dataset;
  if (testScore === null) return null;
  if (output !== 'linear') return wilson(testScore, test.length);
  const parameters = unflatten(run.network, run.parameters());
  const predicted = new Float64Array(test.length);
  for (let from = 0; from < test.length; from += FEW) {
    const pass = forwardPass(run.network, selectColumns(X, test.subarray(from, from + FEW)));
    forward(pass, parameters);
    predicted.set(pass.A[run.network.sizes.length - 1].data, from);
  }
  return bootstrapR2(selectColumns(Y, test).data, predicted, seed);
}
