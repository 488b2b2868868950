import type { EpochOptions } from '../../src/core/optimizer';
import { untilDone, type Trainer } from '../../src/core/trainer';

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
