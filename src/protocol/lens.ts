/**
 * What crosses between the host and the Lens, with the schema that each end parses it by. What stays the same
 * during a run is sent once, with a version; what changes comes with each frame. Arrays go in parts, so that no
 * message is above 256 kB.
 */
import * as v from 'valibot';
import type { RemedyKey } from '../core/verdicts/remedy';
import { answerFields, askedOfTrainer } from './ask';
import {
  list,
  count,
  id,
  numbers,
  runView,
  liveView,
  MOST_OVERLAID,
  runRow,
  exerciseId,
  exerciseRow,
  handleKey,
  handleValue,
  handlesView,
} from './lensViews';
import { findRequests, search } from './find';
import { experiment, experimentKind, experimentValues, tileNumbers } from './lab';
import type { SettingKey } from '../settings/settings';
import type { HandEdit } from '../core/handEdits';

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

/** The most lines of the file that are shown, or told of, together. */
export const MOST_LINES = 500;

/** The file is packed; too large; shown by an editor of another kind; or cannot be opened. */
export const noEditorReasons = ['packed', 'large', 'other editor', 'fails'] as const;
export type NoEditor = (typeof noEditorReasons)[number];

/** The longest text that is checked, in characters of up to four bytes. */
export const MOST_TO_CHECK = 60_000;

const answer = v.union([v.object({ ok: v.literal(true) }), v.object({ err: v.string() })]);

export const toWebview = v.variant('type', [
  /** Which file the Lens is on, whether that has a run or not, and whether it stays there: kept for the tab that comes back. */
  v.object({
    type: v.literal('place'),
    uri: v.nullable(v.string()),
    pinned: v.boolean(),
    /** The file with a run that it was on before, by its name; null: there is none to go back to. */
    back: v.nullable(v.string()),
    /** Whether predictions stand in the editors; left out while they do not. */
    predictions: v.optional(v.literal(true)),
  }),
  v.object({ type: v.literal('run'), run: v.nullable(runView) }),
  /** The lines of the file, from 1, that an editor's cursors and selections are on. */
  v.object({
    type: v.literal('rows'),
    uri: v.string(),
    /** That of the main cursor. */
    line: count,
    /** First and last line of each selection. */
    ranges: v.pipe(list(v.tuple([count, count])), v.maxLength(MOST_LINES)),
  }),
  /** A row as it stands in the file. */
  v.object({
    type: v.literal('cells'),
    run: id,
    line: count,
    cells: list(
      v.object({
        column: v.string(),
        text: v.string(),
        isTarget: v.boolean(),
        /** The features that it becomes: the first, and how many. */
        feature: count,
        features: count,
      }),
    ),
    /** Columns that are left out. */
    more: count,
  }),
  /** Why no editor shows the row that was chosen. */
  v.object({ type: v.literal('noEditor'), run: id, why: v.picklist(noEditorReasons) }),
  /** Numbers that were selected in an editor, to be checked against those of the run. */
  v.object({ type: v.literal('check'), text: v.pipe(v.string(), v.maxLength(MOST_TO_CHECK)) }),
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
  v.object({
    type: v.literal('runs'),
    /** Those from `offset` on, of `total`. */
    rows: list(runRow),
    offset: count,
    total: count,
    canUndelete: v.boolean(),
  }),
  /** The curve of one of them, as the numbers of core/history. */
  v.object({ type: v.literal('curve'), of: id, points: numbers }),
  /** The exercises, for a Lens that wants them. */
  v.object({ type: v.literal('exercises'), rows: list(exerciseRow) }),
  /** The one that a person has come for: its page is opened. */
  v.object({ type: v.literal('showExercise'), id: exerciseId }),
  /** A person has come for the search for a good network: its page is opened. */
  v.object({ type: v.literal('showFind') }),
  /** A search on the data of a run, for a Lens that wants the Lab. */
  v.object({ type: v.literal('search'), run: id, search }),
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
  ...(['training.epochs', 'training.classWeights'] as const),
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
  /**
   * Shows lines of the file, the first of them in sight and each with a cursor; with `focus` the person goes there, else they
   * are shown where that covers no Lens.
   */
  v.object({
    type: v.literal('showLines'),
    lines: v.pipe(
      list(v.pipe(v.number(), v.integer(), v.minValue(1))),
      v.minLength(1),
      v.maxLength(MOST_LINES),
    ),
    focus: v.boolean(),
  }),
  /** Asks for the row on a line as it stands in the file. */
  v.object({ type: v.literal('cells'), line: v.pipe(v.number(), v.integer(), v.minValue(1)) }),
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
  /** Lets a check say nothing of this file any more. */
  v.object({ type: v.literal('mute'), code: v.string() }),
  /** Whether the runs of the file are wanted, and of which of them the curves. */
  v.object({
    type: v.literal('runs'),
    wanted: v.boolean(),
    overlaid: v.pipe(list(id), v.maxLength(MOST_OVERLAID)),
    /** Whether they are sorted by a score of the test part. */
    byTest: v.optional(v.boolean()),
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
  ...findRequests,
  v.object({ type: v.literal('showRun'), id }),
  /** What a person says of a run. */
  v.object({
    type: v.literal('labelRun'),
    id,
    name: v.optional(v.string()),
    note: v.optional(v.string()),
    starred: v.optional(v.boolean()),
  }),
  /** Writes the settings of a run for its file, and trains with them. */
  v.object({ type: v.literal('applyRun'), id }),
  /** Trains a run again from its beginning, as a new one; answered once that is done, or ended. */
  v.object({ type: v.literal('runAgain'), id }),
  v.object({ type: v.literal('endRunAgain') }),
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

export type NumbersKey = (typeof numbersKeys)[number];
export type Action = (typeof actions)[number];
export type Request = v.InferOutput<typeof request>;
export type PictureFormat = (typeof formats)[number];
export type SavePart = Extract<Request, { type: 'save' }>;
export type Answer = v.InferOutput<typeof answer>;
export type ToWebview = v.InferOutput<typeof toWebview>;
export type FromWebview = v.InferOutput<typeof fromWebview>;

/** The first request of each webview: the page makes it before any script of the Lens has come. */
export const HELLO = { type: 'request', id: 0, request: { type: 'hello' } } as const satisfies FromWebview;
