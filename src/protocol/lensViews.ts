/** What the Lens is told of a run, as the schemas that both ends parse it by. */
import * as v from 'valibot';
import type { HiddenActivation } from '../core/activations';
import type { Reason } from '../core/apart';
import type { Initialization } from '../core/initialization';
import type { OutputKind } from '../core/network';
import type { Optimizer } from '../core/optimizer';
import type { Schedule } from '../core/schedule';
import type { Task } from '../data/table/target';
import { foldSummary } from './folds';
import { modelFacts, rowFacts } from './looks';
import { count, id, list, numbers } from './schemas';
import type { Status } from './trainer';

export const status = v.picklist([
  'loading',
  'running',
  'paused',
  'finished',
  'stopped',
  'diverged',
  'failed',
] as const satisfies readonly Status[]);

export const network = v.object({
  sizes: list(count),
  hidden: v.picklist([
    'tanh',
    'sigmoid',
    'relu',
    'leakyRelu',
    'linear',
  ] as const satisfies readonly HiddenActivation[]),
  output: v.picklist(['sigmoid', 'softmax', 'linear'] as const satisfies readonly OutputKind[]),
});

export const dataset = v.object({
  target: v.string(),
  targetReason: v.string(),
  task: v.picklist(['binary', 'multiclass', 'regression'] as const satisfies readonly Task[]),
  /** Why it is that one, in a few words; empty where it is not known. */
  taskReason: v.string(),
  classes: list(v.string()),
  targetScale: v.object({ mean: v.number(), deviation: v.number() }),
  /** How the file was read, in a few words. */
  dialect: v.string(),
  trainRows: count,
  testRows: count,
  featureCount: count,
});

/** What stays the same during a run. Its arrays follow: features, X, y, test and lines. */
export const runView = v.object({
  id,
  /** Counts the times that this, or an array that belongs to it, has changed. */
  version: count,
  uri: v.string(),
  file: v.string(),
  seed: v.number(),
  dataset: v.nullable(dataset),
  network: v.nullable(network),
  sampleCount: count,
});

export const question = v.object({
  text: v.string(),
  choices: list(v.object({ id, label: v.string() })),
});

export const initialization = v.picklist([
  'auto',
  'smallRandom',
  'xavier',
  'he',
  'zeros',
] as const satisfies readonly Initialization[]);

/** Where a training has diverged, and the rate that would have been stable; null where none was found. */
export const divergence = v.object({
  epoch: count,
  layer: count,
  learningRate: v.number(),
  suggestedRate: v.nullable(v.number()),
});

/** What the checks of a run go by besides its curve. */
export const checked = v.object({
  initialization,
  /** Epochs without gain after which it stops; 0: it never stops early. */
  patience: count,
  patienceFound: v.optional(count),
  /** What a look at the rows found, and one at the network; left out before that is known. */
  rows: v.optional(rowFacts),
  model: v.optional(modelFacts),
  /** Those that are about the table, the first of each code; left out where there is none. */
  ofTable: v.optional(list(v.object({ code: v.string(), text: v.string(), advice: v.string() }))),
  /** Codes of checks that say nothing. */
  muted: v.optional(list(v.string())),
  diverged: v.nullable(divergence),
});

export const change = v.object({
  key: v.string(),
  before: v.union([v.number(), v.string()]),
  after: v.union([v.number(), v.string()]),
});

export const rateRule = v.object({
  epoch: count,
  rate: v.number(),
  schedule: v.picklist(['constant', 'inverse', 'exponential', 'step'] as const satisfies readonly Schedule[]),
  decay: v.number(),
  every: v.number(),
});

/** Costs and scores of a model that is none. */
const scores = v.object({
  ...{ trainCost: v.number(), trainScore: v.number() },
  ...{ testCost: v.nullable(v.number()), testScore: v.nullable(v.number()) },
});
/** What guessing and a straight line score, and how many rows the line was fitted to. */
export const baselines = v.object({ guess: scores, line: scores, lineRows: count, lineIsBest: v.boolean() });

const range = v.pipe(v.tuple([v.number(), v.number()]), v.readonly());
/** How sure the score of a run that rests is. */
const sure = v.object({
  epoch: count,
  interval: v.nullable(range),
  auc: v.optional(v.object({ value: v.number(), interval: v.nullable(range) })),
  folds: v.nullable(foldSummary),
});

/** What changes while a run goes on. */
export const liveView = v.object({
  status,
  /** Share of the file that has been read, while it is; else null. */
  reading: v.nullable(v.number()),
  epochs: count,
  /** How many epochs “Continue” adds. */
  continueEpochs: count,
  learningRate: v.number(),
  learningRateIsAuto: v.boolean(),
  /** How it trains where that is not plain full-batch gradient descent, a phrase each. */
  ways: list(v.string()),
  /** What acts on an update besides the learning rate. */
  rule: v.object({
    optimizer: v.picklist([
      'gradientDescent',
      'momentum',
      'nesterov',
      'adam',
    ] as const satisfies readonly Optimizer[]),
    momentum: v.number(),
    l1: v.number(),
    l2: v.number(),
    batchSize: count,
    /** Whether each class counts the same. */
    balanced: v.boolean(),
  }),
  /** One measure, as the numbers of core/measures. */
  measure: v.nullable(numbers),
  /** What regularization adds to the cost; null when that is no finite number. */
  penalty: v.nullable(v.number()),
  /** Null before they are known. */
  baselines: v.nullable(baselines),
  /** Left out before it is known, and where it follows from the score alone. */
  sure: v.optional(sure),
  /** Whether the table is split by groups: rows of one are alike. */
  isByGroup: v.optional(v.boolean()),
  edits: list(
    v.object({
      epoch: count,
      text: v.string(),
      /** What was changed, as data. */
      changes: v.optional(list(change)),
      /** Of what was done to the weights by hand: what one drag did has one number. */
      byHand: v.optional(count),
    }),
  ),
  /** What the learning rate has followed since the epoch of each. */
  rates: v.optional(list(rateRule)),
  notices: list(v.string()),
  checked,
  /** The whole sentence with its place, and the line to go to. */
  failure: v.nullable(v.object({ text: v.string(), line: v.nullable(count), bug: v.boolean() })),
  /** Settings that differ from the running ones and wait for a restart. */
  pending: list(v.string()),
  /** Keys of settings that were edited after its end, and act once it is continued. */
  waiting: v.optional(list(v.string())),
  canGoOn: v.boolean(),
  /** What *Undo* takes back of what was done to the weights by hand; null: nothing. */
  undoByHand: v.nullable(v.string()),
  /** Whether there is a run that this one replaced and that can come back. */
  canUndo: v.boolean(),
  /** What the person is asked, until it is answered. */
  question: v.nullable(question),
  /** Whether settings of it were chosen by looking at test scores. */
  chosen: v.boolean(),
  /** Whether the pace holds training back, so that “Skip to End” has a use. */
  paced: v.boolean(),
});

/** The most lines of the file that are shown, or told of, together. */
export const MOST_LINES = 500;

/** The most runs whose curves are drawn beside that of the shown one. */
export const MOST_OVERLAID = 6;

/** A run of the file, in the list of them. */
export const runRow = v.object({
  id,
  /** Empty where nobody has named it. */
  name: v.string(),
  /** Milliseconds since 1970. */
  startedAt: v.number(),
  isShown: v.boolean(),
  status,
  epochs: count,
  note: v.string(),
  starred: v.boolean(),
  /** Whether it, or settings of it, were chosen by looking at test scores. */
  chosen: v.boolean(),
  /** The settings that differ from those of the shown run, a phrase each. */
  differences: list(v.string()),
  /** Its last measure, as the numbers of core/measures. */
  measure: v.nullable(numbers),
  /** The same of its best epoch; null where the test part is not what says so. */
  best: v.nullable(numbers),
  /** What guessing and a straight line score, on the test part where there is one. */
  baselines: v.nullable(v.object({ guess: v.number(), line: v.number() })),
  /** Where its test score lies with 95 %. */
  interval: v.nullable(v.pipe(v.tuple([v.number(), v.number()]), v.readonly())),
  /** Only runs of one group can be ranked; 0: that of the shown run. */
  group: count,
  /** What is another one than that of the shown run. */
  apart: list(v.picklist(['file', 'target', 'task', 'split'] as const satisfies readonly Reason[])),
});

/** A run beside others. */
export const compared = v.object({
  /** All that it was trained with: a name and a value each, in an order that is the same for all runs. */
  settings: list(v.object({ name: v.string(), value: v.string() })),
  /** Null where its data are not those of the shown run: it cannot be drawn over them. */
  network: v.nullable(network),
});

export type Compared = v.InferOutput<typeof compared>;
export type RunView = v.InferOutput<typeof runView>;
export type LiveView = v.InferOutput<typeof liveView>;
export type RunRow = v.InferOutput<typeof runRow>;
export type Question = v.InferOutput<typeof question>;
