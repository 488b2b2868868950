import { mean } from '../train/halving';
import { message } from '../data/message';
import type { CheckedTable } from '../data/table/check';
import { UserError } from '../data/userError';
import { MOST_TRAININGS } from '../settings/grid';
import type { Comparing, ComparisonOutcome, ComparisonPlan, Question } from '../train/questions';
import type { Threads } from '../train/makeTrainer';
import { Comparer, type CompareResult } from './compare';
import type { SearchListener } from './search';

/**
 * Compares settings beside a run; `dispose` ends it, and nothing more is heard of it. Throws UserError for what keeps the table
 * from being trained on, and for too many trainings.
 * @param script that of the threads that train on folds
 */
export function startComparison(
  checked: CheckedTable,
  { settings, candidates, seeds }: Question & { kind: 'compare' },
  threads: Threads,
  script: string,
  listener: SearchListener<Comparing>,
): { dispose(): void } {
  let isOver = false;
  let done = 0;
  let seconds: number | null = null;
  const comparer = new Comparer({
    ...{ checked, settings, candidates, seeds, threads, script },
    planned: (all) => {
      seconds = all;
      tell([]);
    },
    compared: ({ candidate, results }) => {
      done++;
      const all = results.flat();
      const score = mean(all.map((each) => each.score));
      tell([{ candidate, score, loss: mean(all.map(({ loss }) => loss)) }]);
    },
  });
  const { folds, rows, trainings, dataset } = comparer;
  if (trainings > MOST_TRAININGS) {
    comparer.cancel();
    throw new UserError(message('too-many-trainings', { trainings, most: MOST_TRAININGS, folds }));
  }
  const answer = (summaries: Comparing['summaries'], outcome: ComparisonOutcome | null = null): Comparing => {
    const plan: ComparisonPlan = { folds, rows, trainRows: dataset.train.length, seconds };
    return { kind: 'compare', plan, summaries, outcome };
  };
  const tell = (summaries: Comparing['summaries']) => {
    if (!isOver) listener.nearly(done / candidates.length, answer(summaries));
  };
  void comparer.compare().then(
    (result) => {
      const outcome = outcomeOf(result);
      if (!isOver) listener.ended(answer([], outcome));
    },
    (error: unknown) => {
      if (!isOver) listener.failed(error);
    },
  );
  return {
    dispose: () => {
      isOver = true;
      comparer.cancel();
    },
  };
}

/** What is told of it: of what was trained anew, the score. */
function outcomeOf({ run, ...comparison }: CompareResult): ComparisonOutcome {
  const testScore = run?.measure().testScore ?? null;
  run?.dispose();
  return { ...comparison, testScore };
}
