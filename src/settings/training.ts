import { optimizers, type Optimizer } from '../core/optimizer';
import { schedules, type Schedule } from '../core/schedule';
import type { Definitions } from './definition';

export const engines = ['simd', 'reference'] as const;
export type Engine = (typeof engines)[number];

/** How it is trained: `training.*`. */
export interface TrainingSettings {
  'training.learningRate': number | 'auto';
  'training.learningRateSchedule': Schedule;
  'training.learningRateDecay': number;
  'training.learningRateStep': number;
  'training.epochs': number | 'auto';
  'training.batchSize': number | 'auto';
  'training.optimizer': Optimizer | 'auto';
  'training.momentum': number;
  'training.l2': number | 'auto';
  'training.l1': number;
  'training.classWeights': 'none' | 'balanced';
  'training.earlyStopping.patience': number | 'auto';
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
  },
  'training.learningRateSchedule': {
    kind: 'choice',
    choices: schedules,
    default: 'constant',
    acts: 'live',
  },
  'training.learningRateDecay': {
    kind: 'number',
    minimum: 0,
    maximum: 1,
    default: 0.01,
    acts: 'live',
  },
  'training.learningRateStep': {
    kind: 'number',
    minimum: 1,
    maximum: 10_000_000,
    whole: true,
    default: 100,
    acts: 'live',
  },
  'training.epochs': {
    kind: 'numberOrAuto',
    minimum: 1,
    maximum: 10_000_000,
    whole: true,
    default: 'auto',
    acts: 'live',
  },
  'training.batchSize': {
    kind: 'numberOrAuto',
    minimum: 0,
    maximum: 10_000_000,
    whole: true,
    default: 'auto',
    acts: 'live',
  },
  'training.optimizer': {
    kind: 'choice',
    choices: ['auto', ...optimizers],
    default: 'auto',
    acts: 'restart',
  },
  'training.momentum': {
    kind: 'number',
    minimum: 0,
    maximum: 0.9999,
    default: 0.9,
    acts: 'live',
  },
  'training.l2': {
    kind: 'numberOrAuto',
    minimum: 0,
    maximum: 100,
    default: 'auto',
    acts: 'live',
  },
  'training.l1': {
    kind: 'number',
    minimum: 0,
    maximum: 100,
    default: 0,
    acts: 'live',
  },
  'training.classWeights': {
    kind: 'choice',
    choices: ['none', 'balanced'],
    default: 'none',
    acts: 'restart',
  },
  'training.earlyStopping.patience': {
    kind: 'numberOrAuto',
    minimum: 0,
    maximum: 10_000_000,
    whole: true,
    default: 'auto',
    acts: 'live',
  },
  'training.earlyStopping.minDelta': {
    kind: 'number',
    minimum: 0,
    maximum: 1000,
    default: 0,
    acts: 'live',
  },
  'training.seed': {
    kind: 'number',
    minimum: 0,
    maximum: 2_147_483_647,
    whole: true,
    default: 1,
    acts: 'restart',
  },
  'training.testFraction': {
    kind: 'number',
    minimum: 0,
    maximum: 0.9,
    default: 0.2,
    acts: 'restart',
  },
  'training.engine': {
    kind: 'choice',
    choices: engines,
    default: 'simd',
    acts: 'restart',
  },
  'training.threads': {
    kind: 'number',
    minimum: 0,
    maximum: 64,
    whole: true,
    default: 0,
    acts: 'restart',
  },
  'training.memoryBudget': {
    kind: 'number',
    minimum: 16,
    maximum: 4000,
    default: 2000,
    acts: 'restart',
  },
};
