import type { FoldScore, Sure } from '../core/folds';
import { failureOf } from '../data/failure';
import type { CheckedTable } from '../data/table/check';
import { crossValidated, crossValidation, FOLDS_OF_FEW, wantsFolds } from '../train/crossValidation';
import type { Clock } from '../train/clock';
import type { Threads } from '../train/makeTrainer';
import type { TrainingRun } from '../train/run';
import { testAuc } from '../train/testAuc';
import { testInterval } from '../train/testInterval';

/** A slice of the work between two looks at the messages, in milliseconds. */
const SLICE_MS = 12;

/** What is needed of a run that rests. */
export interface Resting {
  readonly run: TrainingRun;
  /** Whether it has come to its end: folds are trained for no other. */
  readonly isOver: boolean;
  /** Reads its table once more, with its columns. Throws UserError where it is another now. */
  readonly readAgain: () => CheckedTable;
  readonly threads: Threads;
}

/**
 * Finds how sure the score of a run that rests is, in slices: the interval of a test score that does not follow from the
 * score and the number of rows alone, the area under the ROC curve of two classes, or the scores of folds, where there are too
 * few rows for a test part. Where there is none of it, or the table cannot be read again, nothing is found. Returns what ends the work.
 */
export function findSure(resting: Resting, clock: Clock, found: (sure: Sure) => void): () => void {
  let isOver = false;
  let from = 0;
  const isLate = () => clock.now() - from >= SLICE_MS;
  const work = sureOf(resting, isLate);
  const slice = () => {
    from = clock.now();
    while (!isOver) {
      const next = work.next();
      if (next.done) {
        isOver = true;
        if (next.value) found(next.value);
      } else if (isLate()) {
        clock.soon(slice);
        return;
      }
    }
  };
  clock.soon(slice);
  return () => {
    isOver = true;
    work.return(null);
  };
}

function* sureOf(
  { run, isOver, readAgain, threads }: Resting,
  shouldYield: () => boolean,
): Generator<void, Sure | null> {
  const { dataset, epoch, acting } = run;
  if (wantsFolds(dataset, acting)) {
    const checked = isOver ? ifReadable(readAgain) : null;
    if (!checked) return null;
    const all: FoldScore[] = [];
    for (const score of crossValidation(checked, acting, dataset, FOLDS_OF_FEW, shouldYield, threads)) {
      if (score) all.push(score);
      yield;
    }
    const { scores: _, ...folds } = crossValidated(all, dataset, FOLDS_OF_FEW.repeats);
    return { epoch, interval: null, folds };
  }
  const isPlain = dataset.output !== 'linear' && dataset.apart.kind !== 'groups';
  if (dataset.test.length === 0 || epoch === 0) return null;
  const seed = run.settings['training.seed'];
  const interval = isPlain ? null : yield* testInterval(run, seed);
  const auc = yield* testAuc(run, seed);
  return interval || auc ? { epoch, interval, ...(auc && { auc }), folds: null } : null;
}

/** Null where the file is another by now, or gone. */
function ifReadable(readAgain: () => CheckedTable): CheckedTable | null {
  try {
    return readAgain();
  } catch (error) {
    if (failureOf(error).bug) throw error;
    return null;
  }
}
