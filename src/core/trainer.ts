import type { Matrix } from './matrix';
import type { Network } from './network';
import type { EpochOptions } from './optimizer';

/** Examples a network learns from or is measured on: X (nx, m), Y (ny, m). */
export interface Examples {
  readonly X: Matrix;
  readonly Y: Matrix;
  /** What each example's loss counts, (m); 1 when left out. */
  readonly weights?: Float64Array;
}

/** Costs and scores after `epoch` epochs; a score is the accuracy, or R² for a linear output. */
export interface Measure {
  readonly epoch: number;
  readonly trainCost: number;
  readonly testCost: number | null;
  readonly trainScore: number;
  readonly testScore: number | null;
}

/** `auto`: 1.2 for two classes, 0.3 for softmax or three and more hidden layers, 0.1 for regression. */
export function resolveLearningRate(rate: number | 'auto', network: Network): number {
  if (rate !== 'auto') return rate;
  if (network.output === 'linear') return 0.1;
  return network.output === 'softmax' || network.sizes.length - 2 >= 3 ? 0.3 : 1.2;
}

/** The update made the cost or a number of this layer, from 1, something that is not finite; it is undone. */
export interface Divergence {
  readonly layer: number;
}

/** Epochs that may follow the next one in the same call, as long as nobody need look at the weights between them. */
export interface Ahead {
  /** Epochs in all, at least 1. */
  readonly most: number;
  /** The learning rate of an epoch, by how many came before it; the other options stay. */
  learningRate(epoch: number): number;
  /** Whether costs and scores after so many epochs are wanted. */
  wants(epoch: number): boolean;
  /** Hears those that are wanted. */
  measured(measure: Measure): void;
}

/** `more`: the epoch is not finished, as it was interrupted. */
export type Advance = 'more' | 'epoch' | Divergence;

/** Never interrupts an epoch. */
export const untilDone = (): boolean => false;

/**
 * Trains a network on its examples, epoch after epoch. Measure, parameters and state are those of a whole epoch:
 * in the middle of one, `rest` comes first. The same options in the same epochs give the same numbers, however
 * often interrupted.
 */
export interface Trainer {
  /** Names the arithmetic: equal engines give equal weights. */
  readonly engine: string;
  readonly network: Network;
  readonly epoch: number;
  /** Whether an epoch has been begun: new options act from the one after it. */
  readonly midEpoch: boolean;
  /** Numbers that its loops take at a time now; they do not change a bit. */
  readonly lanes: number;
  /**
   * Works until the epoch is finished, or `shouldYield` says so. With `ahead` it may finish more epochs before it
   * returns, some of them even where it returns a divergence or `more`.
   */
  advance(options: EpochOptions, shouldYield: () => boolean, ahead?: Ahead): Advance;
  /** Gives up an epoch that has been begun, back to the last whole one; no thread works on after it. */
  rest(): void;
  measure(): Measure;
  /** As `flatten` gives them. */
  parameters(): Float64Array;
  /** What going on needs besides the parameters: steps and moments of the optimizer. */
  state(): Float64Array;
  /** Goes on from these. Throws RangeError when they do not fit. */
  restore(epoch: number, parameters: Float64Array, state: Float64Array): void;
  dispose(): void;
}
