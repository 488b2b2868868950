import { optimizers, type Optimizer } from '../core/optimizer';
import { schedules, type Schedule } from '../core/schedule';
import { described, type Definitions } from './definition';

export const engines = ['simd', 'reference'] as const;
export type Engine = (typeof engines)[number];

/** How it is trained: `training.*`. */
export interface TrainingSettings {
  'training.learningRate': number | 'auto';
  'training.learningRateSchedule': Schedule;
  'training.learningRateDecay': number;
  'training.learningRateStep': number;
  'training.epochs': number;
  'training.batchSize': number;
  'training.optimizer': Optimizer;
  'training.momentum': number;
  'training.l2': number;
  'training.l1': number;
  'training.classWeights': 'none' | 'balanced';
  'training.earlyStopping.patience': number;
  'training.earlyStopping.minDelta': number;
  'training.seed': number;
  'training.testFraction': number;
  'training.engine': Engine;
  'training.threads': number;
  'training.memoryBudget': number;
}

export const training: Definitions<TrainingSettings> = {
  'training.learningRate': {
    kind: 'numberOrAuto',
    minimum: 1e-8,
    maximum: 1000,
    default: 'auto',
    acts: 'live',
    description:
      'Step size α of gradient descent. `auto`: 1.2 for two classes, 0.3 for more classes or from 3 hidden layers on, 0.1 for regression.',
  },
  'training.learningRateSchedule': {
    kind: 'choice',
    choices: described(
      {
        constant: 'α in every epoch.',
        inverse: 'α / (1 + decay · epoch).',
        exponential: 'α · (1 − decay)^epoch.',
        step: 'α · (1 − decay)^⌊epoch / step⌋, with the step in epochs from the learning rate step.',
      },
      schedules,
    ),
    default: 'constant',
    acts: 'live',
    description: 'How the learning rate α changes over the epochs, counted from 0.',
  },
  'training.learningRateDecay': {
    kind: 'number',
    minimum: 0,
    maximum: 1,
    default: 0.01,
    acts: 'live',
    description: 'Decay of the learning rate under the schedules inverse, exponential and step.',
  },
  'training.learningRateStep': {
    kind: 'number',
    minimum: 1,
    maximum: 10_000_000,
    whole: true,
    default: 100,
    acts: 'live',
    description: 'Epochs between two steps of the learning rate under the schedule step.',
  },
  'training.epochs': {
    kind: 'number',
    minimum: 1,
    maximum: 10_000_000,
    whole: true,
    default: 10_000,
    acts: 'live',
    description: 'Passes over the training set before training is done.',
  },
  'training.batchSize': {
    kind: 'number',
    minimum: 0,
    maximum: 10_000_000,
    whole: true,
    default: 0,
    acts: 'live',
    description:
      'Examples in a mini-batch, which are shuffled anew each epoch; 0: all examples at once (full batch).',
  },
  'training.optimizer': {
    kind: 'choice',
    choices: described(
      {
        gradientDescent: 'w ← w − α g.',
        momentum: 'v ← β v + α g; w ← w − v.',
        nesterov: 'v ← β v + α g; w ← w − (β v + α g).',
        adam: 'Steps scaled by running means of g and g² (β₁ 0.9, β₂ 0.999, ε 1e−8); a usual learning rate is 0.001.',
      },
      optimizers,
    ),
    default: 'gradientDescent',
    acts: 'restart',
    description: 'How the gradient g changes the weights w.',
  },
  'training.momentum': {
    kind: 'number',
    minimum: 0,
    maximum: 0.9999,
    default: 0.9,
    acts: 'live',
    description: 'β of the optimizers momentum and nesterov.',
  },
  'training.l2': {
    kind: 'number',
    minimum: 0,
    maximum: 100,
    default: 0,
    acts: 'live',
    description:
      'L2 regularization λ: ½ λ Σ W² is added to the cost of an example; biases are left out. The costs shown are without it.',
  },
  'training.l1': {
    kind: 'number',
    minimum: 0,
    maximum: 100,
    default: 0,
    acts: 'live',
    description:
      'L1 regularization λ: λ Σ |W| is added to the cost of an example; biases are left out. The costs shown are without it.',
  },
  'training.classWeights': {
    kind: 'choice',
    choices: {
      none: 'Every example counts the same.',
      balanced:
        'Examples of a class count m / (classes · examples of the class), so that rare classes are not passed over.',
    },
    default: 'none',
    acts: 'restart',
    description: 'What the loss of an example counts, by its class.',
  },
  'training.earlyStopping.patience': {
    kind: 'number',
    minimum: 0,
    maximum: 10_000_000,
    whole: true,
    default: 0,
    acts: 'live',
    description:
      'Stop when the test cost has not improved for this many epochs, and put back the weights of the best epoch; 0: never.',
  },
  'training.earlyStopping.minDelta': {
    kind: 'number',
    minimum: 0,
    maximum: 1000,
    default: 0,
    acts: 'live',
    description: 'An improvement of the test cost by no more than this does not count for early stopping.',
  },
  'training.seed': {
    kind: 'number',
    minimum: 0,
    maximum: 2_147_483_647,
    whole: true,
    default: 1,
    acts: 'restart',
    description: 'Seed of the initial weights and of the train/test split.',
  },
  'training.testFraction': {
    kind: 'number',
    minimum: 0,
    maximum: 0.9,
    default: 0.2,
    acts: 'restart',
    description: 'Share of the rows kept for testing, stratified by class. Below 50 rows all are trained on.',
  },
  'training.engine': {
    kind: 'choice',
    choices: described(
      {
        simd: 'Fast and the same to the last bit on every machine: 32-bit numbers, four at once, on several threads.',
        reference: 'Slow and readable: 64-bit numbers, written like the equations.',
      },
      engines,
    ),
    default: 'simd',
    acts: 'restart',
    description: 'What computes the training.',
  },
  'training.threads': {
    kind: 'number',
    minimum: 0,
    maximum: 64,
    whole: true,
    default: 0,
    acts: 'restart',
    description:
      'Threads that train; 0: all cores, in the editor one less. Small problems stay on one. Results do not depend on it.',
  },
  'training.memoryBudget': {
    kind: 'number',
    minimum: 16,
    maximum: 4000,
    default: 2000,
    acts: 'restart',
    description:
      'Megabytes that the engine may use for one training; what needs more is refused before it starts.',
  },
};
