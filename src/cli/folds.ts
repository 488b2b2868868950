import type { Folds, FoldScore } from '../core/folds';
import { foldsText, TOO_FEW_TO_TEST } from '../sentences/folds';
import type { Dataset } from '../data/dataset';
import type { CheckedTable } from '../data/table/check';
import { decimal } from '../settings/written';
import type { Settings } from '../settings/settings';
import {
  crossValidated,
  crossValidation,
  FOLDS_OF_FEW,
  mostFolds,
  wantsFolds,
  type CrossValidated,
} from '../train/crossValidation';
import type { Threads } from '../train/makeTrainer';
import { UsageError } from './errors';
import { print } from './output';
import * as text from './text';

/** A training is interrupted this often. */
const SLICE_MS = 200;

/** What `--folds` and `--repeats` ask for; null where neither is given. Throws UsageError for what is no such number. */
export function foldsAsked(folds: string | undefined, repeats: string | undefined): Folds | null {
  if (folds === undefined && repeats === undefined) return null;
  const whole = (option: string, given: string | undefined, otherwise: number, least: number) => {
    const value = given === undefined ? otherwise : decimal(given);
    if (value !== undefined && Number.isInteger(value) && value >= least) return value;
    throw new UsageError(text.limitText(option, given ?? '', `a whole number from ${least} on`));
  };
  return {
    folds: whole('folds', folds, FOLDS_OF_FEW.folds, 2),
    repeats: whole('repeats', repeats, 1, 1),
  };
}

/**
 * The folds that a table is trained on besides: those that are asked for, or where there are too few rows for a test part.
 * Throws UsageError for more folds than there can be.
 */
export function foldsFor(asked: Folds | null, dataset: Dataset, settings: Settings): Folds | null {
  if (asked) {
    const most = mostFolds(dataset);
    if (asked.folds > most) throw new UsageError(text.tooManyFoldsText(asked.folds, most));
    return asked;
  }
  return wantsFolds(dataset, settings) ? FOLDS_OF_FEW : null;
}

/** Trains on each of the folds, and tells of it. */
export async function trainOnFolds(
  checked: CheckedTable,
  settings: Settings,
  dataset: Dataset,
  folds: Folds,
  threads: Threads,
  tell: (found: FoldScore) => void,
): Promise<CrossValidated> {
  const all: FoldScore[] = [];
  let slice = performance.now();
  const shouldYield = () => performance.now() - slice > SLICE_MS;
  for (const found of crossValidation(checked, settings, dataset, folds, shouldYield, threads)) {
    if (found) {
      all.push(found);
      tell(found);
    }
    // A thread that has died is only heard of in between.
    await new Promise((resolve) => setImmediate(resolve));
    slice = performance.now();
  }
  return crossValidated(all, dataset, folds.repeats);
}

export const foldEvent = (found: FoldScore, isRegression: boolean) => ({
  event: 'fold',
  repeat: found.repeat + 1,
  fold: found.fold + 1,
  trainRows: found.trainRows,
  testRows: found.testRows,
  epochs: found.epochs,
  [isRegression ? 'testR2' : 'testAccuracy']: found.score,
});

/** What `done` says of the folds. */
export const foldsJson = ({ isRegression, folds, guess, line, ...found }: CrossValidated) => ({
  count: folds,
  ...{ repeats: found.repeats, by: found.by, metric: isRegression ? 'r2' : 'accuracy' },
  ...{ mean: found.mean, deviation: found.deviation, scores: found.scores },
  baselines: { guess, line },
});

/** Says what the folds came to; `asked`: whether somebody has asked for them. */
export function printFolds(found: CrossValidated, asked: boolean, settings: Settings): void {
  print(`${asked ? '' : `${TOO_FEW_TO_TEST}. `}${foldsText(found)}`);
  if (Number(settings['training.earlyStopping.patience']) > 0) print(text.FOLDS_WATCHED);
}
