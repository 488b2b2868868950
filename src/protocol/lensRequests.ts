/** What the Lens asks of the host. */
import * as v from 'valibot';
import type { HandEdit } from '../core/handEdits';
import type { RemedyKey } from '../core/verdicts/remedy';
import type { SettingKey } from '../settings/settings';
import { askedOfTrainer } from './ask';
import { exerciseId } from './exerciseRow';
import { compareRequests } from './compare';
import { foldRequests } from './folds';
import { findRequests } from './find';
import { handleKey, handleValue } from './handlesView';
import { experimentKind, experimentValues } from './lab';
import { MOST_LINES, MOST_OVERLAID } from './lensViews';
import { count, id, list } from './schemas';

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

/** The settings that a remedy changes: all of them, which the compiler sees to. */
const remedyKeys = Object.keys({
  ...{ 'training.learningRate': true, 'training.earlyStopping.patience': true },
  ...{ 'training.epochs': true, 'training.classWeights': true },
  ...{ 'model.initialization': true, 'model.hiddenLayers': true, 'model.hiddenActivation': true },
  'data.ignoredColumns': true,
} satisfies Record<RemedyKey, true>) as readonly (RemedyKey & SettingKey)[];

/** The kinds of file that a picture is saved as. */
const formats = ['png', 'svg', 'csv'] as const;
const bytes = v.custom<Uint8Array>((input) => input instanceof Uint8Array);

export const request = v.variant('type', [
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
    changes: v.record(
      v.picklist(remedyKeys),
      v.union([v.number(), v.string(), list(v.number()), list(v.string())]),
    ),
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
  ...compareRequests,
  ...foldRequests,
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
export type Action = (typeof actions)[number];
export type Request = v.InferOutput<typeof request>;
export type PictureFormat = (typeof formats)[number];
export type SavePart = Extract<Request, { type: 'save' }>;
