import type { Scores } from '../core/baselines';
import type { Interval } from '../core/intervals';
import type { RocAuc } from '../core/rocAuc';
import type { TrainingRun } from '../train/run';
import { testAuc } from '../train/testAuc';
import { testInterval } from '../train/testInterval';

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

/** Where the test score lies with 95 %; null without a test part. */
export const intervalOf = (run: TrainingRun, seed: number): Interval | null =>
  atOnce(testInterval(run, seed));

/** The area under the ROC curve of the test part; null of more than two classes, of numbers, and without a test part. */
export const aucOf = (run: TrainingRun, seed: number): RocAuc | null => atOnce(testAuc(run, seed));
