/**
 * What crosses between the host and the Lens, with the schema that each end parses it by. What stays the same
 * during a run is sent once, with a version; what changes comes with each frame. Arrays go in parts, so that no
 * message is above 256 kB.
 */
import * as v from 'valibot';
import { answerFields } from './ask';
import { comparison } from './compare';
import { crossValidation } from './folds';
import { exerciseId, exerciseRow } from './exerciseRow';
import { search } from './find';
import { handlesView } from './handlesView';
import { experiment, tileNumbers } from './lab';
import { request } from './lensRequests';
import { compared, liveView, MOST_LINES, runRow, runView } from './lensViews';
import { count, id, list, numbers } from './schemas';

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
  /** What the shown run and those whose curves are drawn were trained with, and the weights of each of the others. */
  v.object({ type: v.literal('compared'), of: id, compared }),
  v.object({ type: v.literal('comparedWeights'), of: id, offset: count, total: count, values: numbers }),
  /** The exercises, for a Lens that wants them. */
  v.object({ type: v.literal('exercises'), rows: list(exerciseRow) }),
  /** The one that a person has come for: its page is opened. */
  v.object({ type: v.literal('showExercise'), id: exerciseId }),
  /** A person has come for the search for a good network: its page is opened. */
  v.object({ type: v.literal('showFind') }),
  /** A search on the data of a run, for a Lens that wants the Lab. */
  v.object({ type: v.literal('search'), run: id, search }),
  /** A person has come to compare settings: its page is opened. */
  v.object({ type: v.literal('showCompare') }),
  /** A comparison of settings on the data of a run, for a Lens that wants the Lab. */
  v.object({ type: v.literal('comparison'), run: id, comparison }),
  /** A person has come to cross-validate: its page is opened. */
  v.object({ type: v.literal('showFolds') }),
  /** A cross-validation on the data of a run, for a Lens that wants the Lab. */
  v.object({ type: v.literal('folds'), run: id, folds: crossValidation }),
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

export const fromWebview = v.variant('type', [
  v.object({ type: v.literal('drawn') }),
  /** Answered with the same id. */
  v.object({ type: v.literal('request'), id: count, request }),
]);

export type NumbersKey = (typeof numbersKeys)[number];
export type Answer = v.InferOutput<typeof answer>;
export type ToWebview = v.InferOutput<typeof toWebview>;
export type FromWebview = v.InferOutput<typeof fromWebview>;

/** The first request of each webview: the page makes it before any script of the Lens has come. */
export const HELLO = { type: 'request', id: 0, request: { type: 'hello' } } as const satisfies FromWebview;
