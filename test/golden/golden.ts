// node golden.js THREADS HELPER: trains ten networks and prints the hashes of their weights, as golden.json has them.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { untilDone } from '../../src/core/trainer';
import { SIMD_ENGINE } from '../../src/kernel/simdTrainer';
import { defaults, type Settings } from '../../src/settings/settings';
import { startHelpers } from '../../src/threads/pool';
import { weightsHash } from '../../src/runs/weightsHash';
import { runOn } from '../unit/training';

interface Configuration {
  readonly name: string;
  readonly text: () => string;
  readonly settings: Partial<Settings>;
  readonly stopsEarly?: boolean;
}

const sample = (name: string) => () => readFileSync(path.join('samples', `${name}.csv`), 'utf8');

const configurations: readonly Configuration[] = [
  {
    name: 'flower, as it comes',
    text: sample('flower'),
    settings: { 'training.epochs': 500 },
  },
  {
    name: 'moons: relu, momentum, batches',
    text: sample('moons'),
    settings: {
      'model.hiddenLayers': [16, 7],
      'model.hiddenActivation': 'relu',
      'training.optimizer': 'momentum',
      'training.learningRate': 0.02,
      'training.batchSize': 32,
      'training.epochs': 60,
    },
  },
  {
    name: 'circles: sigmoid, nesterov, l2, on several threads',
    text: sample('circles'),
    settings: {
      'model.hiddenLayers': [64, 33],
      'model.hiddenActivation': 'sigmoid',
      'training.optimizer': 'nesterov',
      'training.momentum': 0.8,
      'training.learningRate': 0.3,
      'training.l2': 0.0001,
      'training.epochs': 100,
    },
  },
  {
    name: 'iris: softmax, adam, batches',
    text: sample('iris'),
    settings: {
      'model.hiddenLayers': [9],
      'training.optimizer': 'adam',
      'training.learningRate': 0.01,
      'training.batchSize': 17,
      'training.epochs': 80,
    },
  },
  {
    name: 'penguins: softmax, leaky ReLU, class weights, step',
    text: sample('penguins'),
    settings: {
      'model.hiddenLayers': [12, 10, 8],
      'model.hiddenActivation': 'leakyRelu',
      'training.learningRate': 0.2,
      'training.learningRateSchedule': 'step',
      'training.learningRateDecay': 0.5,
      'training.learningRateStep': 40,
      'training.classWeights': 'balanced',
      'training.seed': 7,
      'training.epochs': 150,
    },
  },
  {
    name: 'cars: regression, linear, adam, exponential, batches',
    text: sample('cars'),
    settings: {
      'data.missingValues': 'dropRows',
      'model.hiddenLayers': [6],
      'model.hiddenActivation': 'linear',
      'training.optimizer': 'adam',
      'training.learningRate': 0.02,
      'training.learningRateSchedule': 'exponential',
      'training.learningRateDecay': 0.02,
      'training.batchSize': 50,
      'training.epochs': 60,
    },
  },
  {
    name: 'sine: regression, tanh, inverse, stopped early',
    text: sample('sine'),
    settings: {
      'model.hiddenLayers': [20, 20],
      'training.optimizer': 'momentum',
      'training.learningRate': 0.05,
      'training.learningRateSchedule': 'inverse',
      'training.learningRateDecay': 0.001,
      'training.earlyStopping.patience': 5,
      'training.testFraction': 0.3,
      'training.epochs': 3000,
    },
    stopsEarly: true,
  },
  {
    name: 'spiral: six hidden layers, he, l1, nesterov, batches',
    text: sample('spiral'),
    settings: {
      'model.hiddenLayers': [24, 20, 16, 12, 8, 5],
      'model.initialization': 'he',
      'training.optimizer': 'nesterov',
      'training.learningRate': 0.01,
      'training.l1': 0.0001,
      'training.batchSize': 60,
      'training.seed': 2,
      'training.epochs': 60,
    },
  },
  {
    name: 'xor: no hidden layer',
    text: sample('xor'),
    settings: { 'model.hiddenLayers': [], 'training.learningRate': 0.5, 'training.epochs': 50 },
  },
  {
    name: 'large: 20,000 examples, 20-32-1, on several threads',
    text: large,
    settings: { 'model.hiddenLayers': [32], 'training.epochs': 5 },
  },
];

/** 20,000 rows of 20 numbers and a class, by whole numbers alone. */
function large(): string {
  let state = 1;
  // Park and Miller; below 2³¹ · 48271, so exact.
  const next = () => (state = (state * 48271) % 2147483647) % 2001;
  const header = Array.from({ length: 20 }, (_, k) => `x${k + 1}`).join(',');
  const lines = Array.from({ length: 20_000 }, () => {
    const x = Array.from({ length: 20 }, () => next() - 1000);
    const yes = x[0] * x[1] + 500 * (x[2] - x[3]) + 200 * x[4] > 100 * (next() - 1000);
    return `${x.map((value) => (value / 1000).toString()).join(',')},${yes ? 'yes' : 'no'}`;
  });
  return [`${header},class`, ...lines].join('\n');
}

function hashOf(
  { name, text, settings, stopsEarly = false }: Configuration,
  threads: number,
  helper: string,
) {
  const run = runOn(text(), { ...defaults, ...settings }, undefined, {
    count: threads,
    start: startHelpers(helper),
  });
  let outcome = 'epoch';
  while (outcome === 'epoch' && run.epoch < run.epochs) outcome = run.step(untilDone);
  const hash = weightsHash(run.parameters(), run.trainer.engine);
  run.dispose();
  if ((outcome === 'stoppedEarly') !== stopsEarly || outcome === 'diverged') {
    throw new Error(`${name}: ended as "${outcome}" at epoch ${run.epoch}`);
  }
  return hash;
}

const [threads, helper] = process.argv.slice(2);
const hashes = Object.fromEntries(
  configurations.map((each) => [each.name, hashOf(each, Number(threads), helper)]),
);
console.log(JSON.stringify({ engine: SIMD_ENGINE, hashes }));
