import { deflateSync } from 'node:zlib';
import type { Job } from '../export/torchrunJob';
import { writeModel } from '../runs/modelFile';
import { writeJson } from '../runs/modelJson';
import type { SettingKey } from '../settings/settings';

type TrainingKey = Extract<SettingKey, `training.${string}`>;

/** What the script calls each setting of a training; null: it has none, or goes by what follows from it. */
const names: Readonly<Record<TrainingKey, string | null>> = {
  'training.learningRate': 'learningRate',
  'training.learningRateSchedule': 'schedule',
  'training.learningRateDecay': 'decay',
  'training.learningRateStep': 'every',
  'training.epochs': 'epochs',
  'training.batchSize': 'batchSize',
  'training.optimizer': 'optimizer',
  'training.momentum': 'momentum',
  'training.l1': 'l1',
  'training.l2': 'l2',
  'training.seed': 'seed',
  'training.testFraction': 'testFraction',
  // Said in its head: it trains to its last epoch.
  'training.earlyStopping.patience': null,
  'training.earlyStopping.minDelta': null,
  // As `balanced`, where there are classes.
  'training.classWeights': null,
  // It has its own arithmetic, and its own processes.
  'training.engine': null,
  'training.threads': null,
  'training.memoryBudget': null,
};

/** What the script of a training knows of it, as JSON. */
export const jobJson = (job: Job): string => writeJson(contentOf(job));

function contentOf(job: Job): unknown {
  const { model, settings, lines, test, measure, file, sha256, dialect, width, places, targetPlace } = job;
  const { model: content } = JSON.parse(writeModel(model)) as { readonly model: unknown };
  const tested = new Uint8Array(Math.ceil(lines.length / 8));
  for (const j of test) tested[j >> 3] |= 1 << (j & 7);
  const apart = new DataView(new ArrayBuffer(4 * lines.length));
  lines.forEach((line, j) => apart.setUint32(4 * j, line - (j === 0 ? 0 : lines[j - 1]), true));
  return {
    ...{ file, sha256, dialect, width, places, targetPlace },
    missing: settings['csv.missingTokens'],
    placeholders: Object.entries(settings['data.placeholders']),
    missingValues: settings['data.missingValues'],
    standardize: settings['data.standardize'],
    ...Object.fromEntries(
      trainingKeys.flatMap((key) => (names[key] === null ? [] : [[names[key], settings[key]]])),
    ),
    balanced: settings['training.classWeights'] === 'balanced' && model.task !== 'regression',
    rows: { lines: packed(new Uint8Array(apart.buffer)), tested: packed(tested) },
    check: {
      ...{ means: job.means, squares: job.squares },
      cost: measure.trainCost,
      testCost: measure.testCost,
    },
    model: content,
  };
}

const trainingKeys = Object.keys(names) as TrainingKey[];

const packed = (bytes: Uint8Array): string => deflateSync(bytes).toString('base64');
