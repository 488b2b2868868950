import { baselinesOf } from '../core/baselines';
import type { Folds, FoldScore } from '../core/folds';
import { makeDataset, type Dataset } from '../data/dataset';
import { foldChance, foldsOf } from '../data/folds';
import type { CheckedTable } from '../data/table/check';
import { FEWEST_ROWS_TO_SPLIT, type PartsBy } from '../data/table/split';
import type { Settings } from '../settings/settings';
import { deviation, mean } from './halving';
import type { Threads } from './makeTrainer';
import { TrainingRun } from './run';

/** Folds of a table that is too small for a test part. */
export const FOLDS_OF_FEW: Folds = { folds: 5, repeats: 1 };

/** Two for each of these folds. */
const FEWEST_ROWS = 10;

/** Whether a table has too few rows for a test part, and enough for folds. */
export const wantsFolds = (
  { X, partsBy }: Pick<Dataset, 'X' | 'partsBy'>,
  { 'training.testFraction': fraction }: Pick<Settings, 'training.testFraction'>,
): boolean => fraction > 0 && partsBy === 'chance' && X.cols >= FEWEST_ROWS && X.cols < FEWEST_ROWS_TO_SPLIT;

/** The examples that are cut into folds: all; where a column says which are tested on, those to train on. */
export const toFold = ({ partsBy, train, X }: Pick<Dataset, 'partsBy' | 'train' | 'X'>): Int32Array =>
  partsBy === 'words' ? train : Int32Array.from({ length: X.cols }, (_, j) => j);

/** Folds at most: each is tested on one example at least, R² on two. */
export function mostFolds(base: Pick<Dataset, 'partsBy' | 'train' | 'X' | 'task'>): number {
  const rows = toFold(base).length;
  return base.task === 'regression' ? Math.floor(rows / 2) : rows;
}

/** How many folds there are where so many are asked for: fewer where there are fewer groups, or places in the order. */
export const foldCount = (base: Dataset, folds: number, seed: number): number =>
  foldsOf({ ...base, part: toFold(base) }, folds, foldChance(seed)).length;

/**
 * Trains anew on all folds but one, for each of them, by the same settings; each repetition has a seed of its own, for the
 * folds and the training. In each fold the whole transform is fitted to the rows that are trained on, and what `auto` stands
 * for is found from these. Yields every fold's score, and null where it may be interrupted.
 * @param checked with the columns still there
 * @param base the data set of the table, as a training has it
 * Throws UserError as a training does.
 */
export function* crossValidation(
  checked: CheckedTable,
  settings: Settings,
  base: Dataset,
  { folds: count, repeats }: Folds,
  shouldYield: () => boolean,
  threads?: Threads,
): Generator<FoldScore | null, void> {
  const part = toFold(base);
  for (let repeat = 0; repeat < repeats; repeat++) {
    const seed = settings['training.seed'] + repeat;
    const own = { ...settings, 'training.seed': seed };
    const folds = foldsOf({ ...base, part }, count, foldChance(settings['training.seed'], repeat));
    for (const [fold, parts] of folds.entries()) {
      // What follows takes a while on a large table.
      yield null;
      const made = makeDataset(checked, own, { parts, keepsColumns: true });
      const dataset: Dataset = { ...made, apart: base.apart };
      const rows = { trainRows: parts.train.length, testRows: parts.test.length };
      let baselines = null;
      for (const work = baselinesOf(dataset, seed); ;) {
        const { done, value } = work.next();
        if (done) {
          baselines = value;
          break;
        }
        yield null;
      }
      const run = new TrainingRun(dataset, own, undefined, threads);
      try {
        for (let step = 'epoch'; run.epoch < run.epochs && (step === 'epoch' || step === 'more');) {
          step = run.step(shouldYield, undefined, run.epochs - run.epoch);
          if (step === 'more') yield null;
        }
        const { testScore } = run.measure();
        const found = run.diverged ? null : testScore;
        yield {
          ...{ repeat, fold, ...rows, epochs: run.epoch, score: found },
          ...{ guess: baselines?.guess.testScore ?? null, line: baselines?.line.testScore ?? null },
        };
      } finally {
        run.dispose();
      }
    }
  }
}

/** What all folds came to. */
export interface CrossValidated extends Folds {
  readonly by: PartsBy;
  readonly isRegression: boolean;
  readonly scores: readonly (number | null)[];
  /** Over all folds; null where one of them has none. */
  readonly mean: number | null;
  /** The standard deviation of the scores. */
  readonly deviation: number | null;
  /** Those of guessing and of a straight line on the same folds, on the mean. */
  readonly guess: number | null;
  readonly line: number | null;
}

export function crossValidated(all: readonly FoldScore[], base: Dataset, repeats: number): CrossValidated {
  const known = (values: readonly (number | null)[]) => values.filter((value) => value !== null);
  const meanOf = (values: readonly (number | null)[]) =>
    values.length > 0 && known(values).length === values.length ? mean(known(values)) : null;
  const scores = all.map(({ score }) => score);
  const middle = meanOf(scores);
  return {
    ...{ folds: all.filter(({ repeat }) => repeat === 0).length, repeats },
    ...{ by: base.partsBy, isRegression: base.task === 'regression', scores, mean: middle },
    deviation: middle === null ? null : deviation(known(scores)),
    guess: meanOf(all.map(({ guess }) => guess)),
    line: meanOf(all.map(({ line }) => line)),
  };
}
