// node golden.js TRAINER THREADS process|thread straight|paused|paced: trains ten networks and prints the hashes of their
// weights, as golden.json has them. NEURON_LENS_LANES forces the tiles, and each has to say that it went in these.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Failure } from '../../src/data/failure';
import { textOf } from '../../src/host/text';
import { SIMD_ENGINE } from '../../src/kernel/simdTrainer';
import type { FromTrainer, Loaded, OfTrainer, Resumption, ToTrainer } from '../../src/protocol/trainer';
import { weightsHash } from '../../src/runs/weightsHash';
import type { Settings } from '../../src/settings/settings';
import { ThreadChannel, type Channel } from '../../src/threads/channel';
import { ProcessChannel } from '../../src/threads/processChannel';
import { WITH_FLAGS } from '../../src/threads/v8Flags';
import type { Progress } from '../../src/train/progress';
import { course } from '../unit/course';

interface Configuration {
  readonly name: string;
  readonly text: () => string;
  readonly settings: Partial<Settings>;
  /** About how many epochs it takes until it stops early, where it does. */
  readonly stopsAfter?: number;
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
    stopsAfter: 60,
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

const RUN = 'golden';
/** Enough that a training is paused often, and few enough that it ends. */
const PAUSES = 40;
/** The pause in which another trainer takes over. */
const HANDED_ON = 2;
/** What a training that is held back takes, at least. */
const SECONDS = 0.4;

type Way = 'straight' | 'paused' | 'paced';

/** Where trainings run, and how. */
interface Setup {
  readonly script: string;
  readonly threads: number;
  readonly place: 'process' | 'thread';
  readonly way: Way;
}

/**
 * The hash of the weights that a training ends in. `paused`: it rests again and again, and once it is handed on to a
 * trainer that has seen nothing before; `paced`: it is held back, and reports all the time. Both are slow on purpose.
 */
function hashOf({ name, text, settings, stopsAfter }: Configuration, setup: Setup): Promise<string> {
  const { script, threads, place, way } = setup;
  const all: Settings = { ...course, ...settings };
  const load = (resumption: Resumption | null): ToTrainer => ({
    ...{ type: 'load', run: RUN, source: { kind: 'text', text: text() }, settings: all, threads },
    ...{ resumption, hash: null },
  });
  return new Promise((resolve, reject) => {
    let channel: Channel<ToTrainer>;
    let loaded: Loaded | undefined;
    let last: Progress | undefined;
    let pauses = 0;
    let stoppedEarly = false;
    /** Numbers that the loops take at a time, by the log. */
    let lanes: string | undefined;
    const open = () => {
      const fail = (failure: Failure) =>
        reject(new Error(`${name}: ${textOf(failure.message)}\n${failure.detail}`));
      channel =
        place === 'process'
          ? new ProcessChannel<ToTrainer, FromTrainer | OfTrainer>(script, hear, fail, { args: [WITH_FLAGS] })
          : new ThreadChannel<ToTrainer, FromTrainer | OfTrainer>(script, hear, fail);
    };
    const progress = (now: Progress) => {
      last = now;
      stoppedEarly ||= now.marks.some(({ kind }) => kind === 'stoppedEarly');
      channel.post({ type: 'taken' });
      if (now.status === 'running') {
        if (way === 'paused' && pauses < PAUSES) channel.post({ type: 'pause' });
      } else if (now.status === 'paused') {
        pauses++;
        // Handed on in the middle, if it has one.
        channel.post(pauses === HANDED_ON ? { type: 'snapshot' } : { type: 'resume' });
      } else if (now.status === 'finished' && stoppedEarly === (stopsAfter !== undefined) && loaded) {
        channel.dispose();
        if (way === 'paused' && pauses < HANDED_ON)
          reject(new Error(`${name}: it was over at epoch ${now.measure.epoch}, before it was paused`));
        const forced = process.env['NEURON_LENS_LANES'];
        if (forced !== undefined && lanes !== forced)
          reject(new Error(`${name}: its loops took ${lanes} numbers at a time, not ${forced}`));
        resolve(weightsHash(now.parameters, loaded.engine));
      } else reject(new Error(`${name}: ended as "${now.status}" at epoch ${now.measure.epoch}`));
    };
    const hear = (message: FromTrainer | OfTrainer) => {
      switch (message.type) {
        case 'log':
          lanes = /takes (\d+) numbers at a time/.exec(message.text)?.[1] ?? lanes;
          return;
        case 'loaded':
          loaded = message.loaded;
          if (way !== 'straight') {
            const epochsPerSecond = (stopsAfter ?? Number(all['training.epochs'])) / SECONDS;
            channel.post({ type: 'pace', pace: { epochsPerSecond, framesPerSecond: 1000 } });
          }
          return;
        case 'progress':
          progress(message.progress);
          return;
        case 'snapshot': {
          if (!last || !loaded) return;
          channel.dispose();
          const { parameters, state, epoch } = message.snapshot;
          const { automatic, transform, engine } = loaded;
          const { epochs, measure } = last;
          open();
          channel.post(
            load({
              ...{ status: 'paused', epoch, epochs, parameters, state, interval: 1, automatic },
              ...{ transform, engine, measure, marks: [] },
            }),
          );
          return;
        }
        case 'failed':
          reject(new Error(`${name}: ${textOf(message.failure.message)}\n${message.failure.detail}`));
      }
    };
    open();
    channel!.post(load(null));
  });
}

async function main([script, threads, place, way]: string[]): Promise<void> {
  const hashes: Record<string, string> = {};
  for (const each of configurations) {
    const setup = { script, threads: Number(threads), place, way } as Setup;
    hashes[each.name] = await hashOf(each, setup);
  }
  console.log(JSON.stringify({ engine: SIMD_ENGINE, hashes }));
  process.exit();
}

void main(process.argv.slice(2));
