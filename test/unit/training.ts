import type { EpochOptions } from '../../src/core/optimizer';
import { untilDone, type Trainer } from '../../src/core/trainer';
import { readDataset } from '../../src/data/dataset';
import type { Settings } from '../../src/settings/settings';
import { TrainingRun } from '../../src/train/run';

/** Plain full-batch training. */
export const plain = (learningRate: number): EpochOptions => ({
  learningRate,
  momentum: 0.9,
  l1: 0,
  l2: 0,
  batchSize: 0,
});

/** One epoch of full-batch training; false when it diverges. */
export const step = (trainer: Trainer, learningRate: number): boolean =>
  trainer.advance(plain(learningRate), untilDone) === 'epoch';

type Rest = ConstructorParameters<typeof TrainingRun> extends [unknown, unknown, ...infer R] ? R : never;

/** A training on the text of a table. */
export const runOn = (text: string, settings: Settings, ...rest: Rest): TrainingRun =>
  new TrainingRun(readDataset(text, settings), settings, ...rest);
