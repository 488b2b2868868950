import { rocAucInSteps, type RocAuc } from '../core/rocAuc';
import type { TrainingRun } from './run';
import { testOutputs } from './testOutputs';

/**
 * The area under the ROC curve of a run's test part, of two classes; by whole groups where the table is split by them. Null
 * for other tasks, without a test part, and where that has one class only. Yields every few milliseconds.
 */
export function* testAuc(run: TrainingRun, seed: number): Generator<void, RocAuc | null> {
  const { test, output, apart, Y } = run.dataset;
  if (output !== 'sigmoid' || test.length === 0) return null;
  const { data } = yield* testOutputs(run);
  const groupOf = apart.kind === 'groups' ? Array.from(test, (j) => apart.groupOf[j]) : null;
  return yield* rocAucInSteps(
    Array.from(test, (j) => Y.data[j]),
    data,
    groupOf,
    seed,
  );
}
