/**
 * What crosses between the host and the Lens, with the schema that each end parses it by. What stays the same
 * during a run is sent once, with a version; what changes comes with each frame. Arrays go in parts, so that no
 * message is above 256 kB.
 */
import * as v from 'valibot';
import type { HiddenActivation } from '../core/activations';
import type { ExerciseId } from '../core/exercises/exercises';
import type { Initialization } from '../core/initialization';
import type { OutputKind } from '../core/network';
import type { Schedule } from '../core/schedule';
import type { RemedyKey } from '../core/verdicts/remedy';
import type { Optimizer } from '../core/optimizer';
import type { Task } from '../data/table/target';
import { answerFields, askedOfTrainer } from './ask';
import { experiment, experimentKind, experimentValues, tileNumbers } from './lab';
import type { SettingKey } from '../settings/settings';
import type { HandEdit } from '../core/handEdits';
import type { Status } from './trainer';

// So that a bundle which parses by one of the schemas does not hold the others.
/* @__NO_SIDE_EFFECTS__ */
function list<T extends v.GenericSchema>(item: T) {
  return v.pipe(v.array(item), v.readonly());
}
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const id = v.string();
const numbers = v.custom<Float64Array>((input) => input instanceof Float64Array);

const status = v.picklist([
  'loading',
  'running',
  'paused',
  'finished',
  'stopped',
  'diverged',
  'failed',
] as const satisfies readonly Status[]);

const network = v.object({
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

const dataset = v.object({
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
const runView = v.object({
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

const question = v.object({
  text: v.string(),
  choices: list(v.object({ id, label: v.string() })),
});

/** What the checks of a run go by besides its curve. */
const checked = v.object({
  initialization: v.picklist([
    'auto',
    'smallRandom',
    'xavier',
    'he',
    'zeros',
  ] as const satisfies readonly Initialization[]),
  /** Epochs without gain after which it stops; 0: it never stops early. */
  patience: count,
  diverged: v.nullable(
    v.object({
      epoch: count,
      layer: count,
      learningRate: v.number(),
      suggestedRate: v.nullable(v.number()),
    }),
  ),
});

const change = v.object({
  key: v.string(),
  before: v.union([v.number(), v.string()]),
  after: v.union([v.number(), v.string()]),
});

const rateRule = v.object({
  epoch: count,
  rate: v.number(),
  schedule: v.picklist(['constant', 'inverse', 'exponential', 'step'] as const satisfies readonly Schedule[]),
  decay: v.number(),
  every: v.number(),
});

/** What changes while a run goes on. */
const liveView = v.object({
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
  edits: list(
    v.object({
      epoch: count,
      text: v.string(),
      /** What was changed, as data. */
      changes: v.optional(list(change)),
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

/** The most runs whose curves are drawn beside that of the shown one. */
export const MOST_OVERLAID = 6;

/** A run of the file, in the list of them. */
const runRow = v.object({
  id,
  /** Empty where nobody has named it. */
  name: v.string(),
  /** Milliseconds since 1970. */
  startedAt: v.number(),
  isShown: v.boolean(),
  status,
  epochs: count,
  /** Whether settings of it were chosen by looking at test scores. */
  chosen: v.boolean(),
  /** The settings that differ from those of the shown run, a phrase each. */
  differences: list(v.string()),
  /** Its last measure, as the numbers of core/measures. */
  measure: v.nullable(numbers),
});

const exerciseId = v.picklist([
  'straight-line',
  'four-units',
  'zeros',
  'rate-that-diverges',
  'size-that-overfits',
  'dead-unit',
  'gradient-sign',
] as const satisfies readonly ExerciseId[]);

/** How far an exercise has come, and what is to be said of the shown run by its next step. */
const exerciseRow = v.object({
  id: exerciseId,
  /** Steps whose goals have been reached, and what was said of the last one. */
  steps: count,
  reached: v.string(),
  /** The choice that was guessed, from 0; null: none yet. */
  guess: v.nullable(count),
  /** Predictions that were right, one after the other. */
  inARow: count,
  /** `near`: the run is one for the next step; null once all steps are done. */
  now: v.nullable(v.object({ kind: v.picklist(['near', 'away']), says: v.string() })),
});

/** The settings that the Lens has handles for. */
export const handleKeys = [
  ...(['training.learningRate', 'model.hiddenLayers', 'model.hiddenActivation'] as const),
  ...(['model.initialization', 'model.initializationScale'] as const),
  ...(['training.optimizer', 'training.momentum', 'training.l1', 'training.l2'] as const),
  ...(['training.batchSize', 'training.epochs', 'training.seed'] as const),
  ...(['data.target', 'view.epochsPerSecond'] as const),
] as const satisfies readonly SettingKey[];
const handleKey = v.picklist(handleKeys);

const handleValue = v.union([v.number(), v.string(), list(v.number())]);

/** Where a value comes from: nobody has set it; only until the window closes; an entry of `datasets`; for all files. */
const origin = v.picklist(['default', 'window', 'file', 'workspace', 'user']);

/** What the settings say of a run's file, beside what the run trains with. */
const handlesView = v.object({
  handles: list(
    v.object({
      key: handleKey,
      /** What the settings say, or what is being tried. */
      value: handleValue,
      /** What the run trains with. */
      acting: handleValue,
      from: origin,
    }),
  ),
  /** What `auto` stands for; null before that is known. */
  autoRate: v.nullable(v.number()),
  /** What *Undo* takes back, in words; null: nothing. */
  undo: v.nullable(v.string()),
  /** Whether what is set can be written; else it holds until the window closes. */
  canWrite: v.boolean(),
});

/**
 * `scales`: mean and deviation of each feature, in turns. `history` is the whole curve, `points` what comes after
 * it, `ghost` the curve of the run that this one replaced; `layerHistory` and `layerPoints` are of the layers' curve.
 * `frozen`: the parameters that are not learned, by their index.
 */
const numbersKeys = [
  'scales',
  'X',
  'y',
  'test',
  'lines',
  'history',
  'points',
  'ghost',
  'layerHistory',
  'layerPoints',
  'parameters',
  'frozen',
] as const;

const answer = v.union([v.object({ ok: v.literal(true) }), v.object({ err: v.string() })]);

export const toWebview = v.variant('type', [
  /** Which file the Lens is on, whether that has a run or not, and whether it stays there: kept for the tab that comes back. */
  v.object({
    type: v.literal('place'),
    uri: v.nullable(v.string()),
    pinned: v.boolean(),
    /** The file with a run that it was on before, by its name; null: there is none to go back to. */
    back: v.nullable(v.string()),
  }),
  v.object({ type: v.literal('run'), run: v.nullable(runView) }),
  /** The line of the editor's cursor in the file, from 1. */
  v.object({ type: v.literal('row'), uri: v.string(), line: count }),
  v.object({ type: v.literal('live'), run: id, version: count, live: liveView }),
  v.object({ type: v.literal('handles'), run: id, version: count, handles: handlesView }),
  v.object({
    type: v.literal('features'),
    run: id,
    version: count,
    offset: count,
    names: list(v.string()),
  }),
  v.object({
    type: v.literal('numbers'),
    run: id,
    version: count,
    key: v.picklist(numbersKeys),
    offset: count,
    total: count,
    values: numbers,
  }),
  /** All of a frame has been sent; the webview says `drawn` once it is on the screen. */
  v.object({ type: v.literal('frame'), run: id }),
  /** The runs of the file, for a Lens that wants them. */
  v.object({ type: v.literal('runs'), rows: list(runRow), canUndelete: v.boolean() }),
  /** The exercises, for a Lens that wants them. */
  v.object({ type: v.literal('exercises'), rows: list(exerciseRow) }),
  /** The curve of one of them, as the numbers of core/history. */
  v.object({ type: v.literal('curve'), of: id, points: numbers }),
  /** An experiment on the data of a run, for a Lens that wants it, and the arrays of its variants. */
  v.object({ type: v.literal('experiment'), run: id, experiment }),
  v.object({ type: v.literal('tile'), run: id, ...tileNumbers }),
  v.object({ type: v.literal('answer'), id: count, answer }),
  /** These three come before the answer to an `ask` of this id. A part of an array of what was asked for: */
  v.object({
    type: v.literal('part'),
    id: count,
    name: v.string(),
    offset: count,
    total: count,
    values: numbers,
  }),
  /** What can be said before the answer is found, if anything can, and the share of the work that is done. */
  v.object({ type: v.literal('nearly'), id: count, share: v.number(), fields: v.nullable(answerFields) }),
  v.object({ type: v.literal('answered'), id: count, fields: answerFields }),
]);

const actions = [
  'train',
  'restart',
  'undo',
  'pause',
  'resume',
  'step',
  'skipToEnd',
  'stop',
  'continue',
  'openSettings',
  'chooseTarget',
  'undoSetting',
  'back',
  'showFile',
  'showPredictions',
  'showLog',
] as const;

/** The settings that a remedy changes. */
const remedyKeys = [
  ...(['training.learningRate', 'training.earlyStopping.patience'] as const),
  ...(['model.initialization', 'model.hiddenLayers', 'model.hiddenActivation'] as const),
] as const satisfies readonly (RemedyKey & SettingKey)[];

/** The kinds of file that a picture is saved as. */
const formats = ['png', 'svg', 'csv'] as const;
const bytes = v.custom<Uint8Array>((input) => input instanceof Uint8Array);

const request = v.variant('type', [
  /** Asks for all that is to be shown; from then on frames come. */
  v.object({ type: v.literal('hello') }),
  /** Asks whether anybody is there. */
  v.object({ type: v.literal('ping') }),
  v.object({ type: v.literal('action'), action: v.picklist(actions) }),
  /** Shows a line of the file; with `focus` the person goes there, else it is shown where that covers no Lens. */
  v.object({
    type: v.literal('showLine'),
    line: v.pipe(v.number(), v.integer(), v.minValue(1)),
    focus: v.boolean(),
  }),
  /** Lets a setting act on the run while its handle is held; nothing is written. */
  v.object({ type: v.literal('try'), key: handleKey, value: handleValue }),
  /** Writes a setting. */
  v.object({ type: v.literal('set'), key: handleKey, value: handleValue }),
  /** Back to the default, which is `auto` where there is such a thing. */
  v.object({ type: v.literal('reset'), key: handleKey }),
  /** Writes settings for this file, and restarts its training with them. */
  v.object({
    type: v.literal('remedy'),
    changes: v.record(v.picklist(remedyKeys), v.union([v.number(), v.string(), list(v.number())])),
  }),
  /** Whether the runs of the file are wanted, and of which of them the curves. */
  v.object({
    type: v.literal('runs'),
    wanted: v.boolean(),
    overlaid: v.pipe(list(id), v.maxLength(MOST_OVERLAID)),
  }),
  /** Whether the exercises are wanted. */
  v.object({ type: v.literal('exercises'), wanted: v.boolean() }),
  v.object({
    type: v.literal('exercise'),
    id: exerciseId,
    /** Sets its settings and restarts; the solution's on top of them; or begins it anew. */
    does: v.picklist(['setUp', 'solve', 'forget']),
  }),
  /** What a person takes for the answer before they see it. */
  v.object({ type: v.literal('guess'), id: exerciseId, choice: count }),
  /** Whether the sign of a gradient was predicted right. */
  v.object({ type: v.literal('predicted'), right: v.boolean() }),
  /** Whether the experiments of the Lab are wanted. */
  v.object({ type: v.literal('lab'), wanted: v.boolean() }),
  /** Trains the variants of an experiment; answered once they are over, or ended. */
  v.object({ type: v.literal('experiment'), kind: experimentKind, values: experimentValues }),
  v.object({ type: v.literal('endExperiment') }),
  /** Writes the settings of a variant for this file, and trains with them. */
  v.object({ type: v.literal('adopt'), kind: experimentKind, tile: count }),
  v.object({ type: v.literal('showRun'), id }),
  v.object({ type: v.literal('nameRun'), id, name: v.string() }),
  v.object({ type: v.literal('deleteRun'), id }),
  v.object({ type: v.literal('undeleteRun') }),
  /** What the person chose of the question's choices. */
  v.object({ type: v.literal('answer'), choice: v.string() }),
  /** Does something to the weights of the run, which rests. */
  v.object({
    type: v.literal('editByHand'),
    edit: v.variant('kind', [
      v.object({ kind: v.literal('set'), index: count, value: v.number() }),
      v.object({ kind: v.literal('freeze'), indices: list(count), frozen: v.boolean() }),
      v.object({ kind: v.literal('undo') }),
    ]) satisfies v.GenericSchema<HandEdit>,
    /** A weight is dragged: it is not let go yet. */
    held: v.boolean(),
  }),
  /** Begins a new run from an epoch of this one. */
  v.object({ type: v.literal('branch'), epoch: count }),
  /** Asks the trainer about the run; takes the place of what the same asker waits for, which is then not answered. */
  v.object({ type: v.literal('ask'), asker: v.string(), question: askedOfTrainer }),
  /** The asker waits for nothing any more. */
  v.object({ type: v.literal('unask'), asker: v.string() }),
  /** A part of a picture; once the last has come, the host asks where to save it, and answers. */
  v.object({
    type: v.literal('save'),
    /** Tells this picture's parts from those of another. */
    id: count,
    run: id,
    /** Its name, as `cost`, and the epoch it was taken at. */
    picture: v.pipe(v.string(), v.regex(/^[\w-]{1,60}$/)),
    epoch: v.nullable(count),
    format: v.picklist(formats),
    offset: count,
    total: count,
    part: bytes,
  }),
]);

export const fromWebview = v.variant('type', [
  v.object({ type: v.literal('drawn') }),
  /** Answered with the same id. */
  v.object({ type: v.literal('request'), id: count, request }),
]);

export type RunView = v.InferOutput<typeof runView>;
export type LiveView = v.InferOutput<typeof liveView>;
export type ExerciseRow = v.InferOutput<typeof exerciseRow>;
export type RunRow = v.InferOutput<typeof runRow>;
export type HandleKey = (typeof handleKeys)[number];
export type HandleValue = v.InferOutput<typeof handleValue>;
export type HandlesView = v.InferOutput<typeof handlesView>;
export type Origin = v.InferOutput<typeof origin>;
export type Question = v.InferOutput<typeof question>;
export type NumbersKey = (typeof numbersKeys)[number];
export type Action = (typeof actions)[number];
export type Request = v.InferOutput<typeof request>;
export type PictureFormat = (typeof formats)[number];
export type SavePart = Extract<Request, { type: 'save' }>;
export type Answer = v.InferOutput<typeof answer>;
export type ToWebview = v.InferOutput<typeof toWebview>;
export type FromWebview = v.InferOutput<typeof fromWebview>;
