import type { LayerNorms, Penalties } from './layerCurve';
import type { Matrix } from './matrix';
import type { Network } from './network';
import type { EpochOptions, Optimizer } from './optimizer';

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

/** What the learning rate that fits depends on besides the network. */
export interface RateConditions {
  readonly optimizer: Optimizer;
  /** β of momentum and Nesterov momentum. */
  readonly momentum: number;
  /** Examples in a mini-batch; 0: all. */
  readonly batchSize: number;
  /** Examples that are trained on. */
  readonly examples: number;
}

/** Adam's steps are about as long as its rate, whatever the gradient: the rate does not depend on the output. */
const ADAM_RATE = 0.01;
/** Mini-batches of so many examples take the rate of full batches; smaller ones less, by the root of their size. */
const LARGE_BATCH = 256;

/**
 * The learning rate that `auto` stands for, found by trials on the samples. Gradient descent: 1.2 for two classes, 0.3
 * for softmax or three and more hidden layers, 0.1 for regression, or with ReLUs 2 / the widest layer where that is less.
 * Momentum adds up to 1 / (1 − β) steps, so the rate is (1 − β) times that; the gradient of a mini-batch of b examples
 * is uncertain by about 1 / √b, so the rate is √(b / 256) times that.
 */
export function resolveLearningRate(
  rate: number | 'auto',
  network: Network,
  { optimizer, momentum, batchSize, examples }: RateConditions,
): number {
  if (rate !== 'auto') return rate;
  if (optimizer === 'adam') return ADAM_RATE;
  const isFull = batchSize === 0 || batchSize >= Math.min(examples, LARGE_BATCH);
  const ofBatch = isFull ? 1 : Math.sqrt(batchSize / LARGE_BATCH);
  const ofMomentum = optimizer === 'gradientDescent' ? 1 : 1 - momentum;
  return fullBatchRate(network) * ofBatch * ofMomentum;
}

/** The learning rate of plain gradient descent on all examples at once. */
function fullBatchRate({ sizes, hidden, output }: Network): number {
  const hiddenLayers = sizes.slice(1, -1);
  if (output === 'linear') {
    const isRectified = hiddenLayers.length > 0 && (hidden === 'relu' || hidden === 'leakyRelu');
    return isRectified ? Math.min(0.1, 2 / Math.max(...hiddenLayers)) : 0.1;
  }
  return output === 'softmax' || hiddenLayers.length >= 3 ? 0.3 : 1.2;
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
  /** Hears that the gradient at the present weights, which had to be found, is known; its step comes next. */
  found?(): void;
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
  /** The cost of the test part alone; null without one. */
  testCost(): number | null;
  /** As `flatten` gives them. */
  parameters(): Float64Array;
  /** dW and db of the training part's cost at the present parameters, without penalties, as `flatten` lays them out. */
  gradients(): Float64Array;
  /**
   * The norms of each layer, from what the last epoch has left in memory: of the gradient over all examples, after
   * mini-batches that over the last of them.
   */
  norms(penalties: Penalties): LayerNorms;
  /** What going on needs besides the parameters: steps and moments of the optimizer. */
  state(): Float64Array;
  /** Goes on from these. Throws RangeError when they do not fit. */
  restore(epoch: number, parameters: Float64Array, state: Float64Array): void;
  dispose(): void;
}
