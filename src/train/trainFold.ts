import { untilDone } from '../core/trainer';
import type { Dataset } from '../data/dataset';
import type { Settings } from '../settings/settings';
import { EarlyStopping } from './earlyStopping';
import type { Threads } from './makeTrainer';
import { TrainingRun } from './run';

/** What a candidate made of a fold, at the epoch that was best there. */
export interface FoldResult {
  readonly epoch: number;
  /** Mean loss on the fold; infinite where the training diverged. */
  readonly loss: number;
  /** Accuracy or R² on the fold. */
  readonly score: number;
  /** The loss after each epoch, from the first, where an early one may have been the best. */
  readonly losses?: readonly number[];
}

/** Of a candidate that cannot be trained. */
export const HOPELESS: FoldResult = { epoch: 0, loss: Infinity, score: NaN };

/** What is needed of a data set to train on a fold of it. */
export type FoldData = Pick<
  Dataset,
  'X' | 'Y' | 'classOf' | 'classes' | 'output' | 'train' | 'test' | 'apart' | 'transform'
>;

/**
 * Trains on all of a fold's examples but those of the fold, and watches the loss on these.
 * @param settings all of them set: nothing is left to be found
 * @param patience epochs without a better loss after which it ends; 0: none, and the last epoch counts as the best
 * Throws UserError when it needs too much memory.
 */
export function trainFold(
  data: FoldData,
  settings: Settings,
  patience: number,
  threads?: Threads,
): FoldResult {
  const run = new TrainingRun(
    data as Dataset,
    { ...settings, 'training.earlyStopping.patience': 0 },
    undefined,
    threads,
  );
  const early = new EarlyStopping();
  const losses: number[] = [];
  const minDelta = settings['training.earlyStopping.minDelta'];
  try {
    let hasDiverged = false;
    for (let isOver = false; !isOver && !hasDiverged && run.epoch < run.epochs;) {
      hasDiverged = run.trainer.advance(run.options(), untilDone) !== 'epoch';
      if (hasDiverged || patience === 0) continue;
      const cost = run.trainer.testCost() ?? Infinity;
      losses.push(cost);
      const verdict = early.see(run.epoch, cost, minDelta, patience);
      if (verdict === 'best') early.keep(run.parameters(), new Float64Array());
      isOver = verdict === 'stop';
    }
    // A rate at which it diverges on one fold may do so on the whole.
    if (hasDiverged) return HOPELESS;
    if (patience > 0)
      run.restore(
        { epoch: early.epoch, parameters: early.parameters, state: new Float64Array() },
        run.acting,
      );
    const { epoch, testCost, testScore } = run.measure();
    const result = { epoch, loss: testCost ?? Infinity, score: testScore ?? NaN };
    return patience > 0 ? { ...result, losses } : result;
  } finally {
    run.dispose();
  }
}
