/** What crosses between the host and the page of a model's file, with the schema that each end parses it by. */
import * as v from 'valibot';
import { network } from './lensViews';
import { count, list, numbers } from './schemas';

const column = v.object({
  name: v.string(),
  /** What it takes, in a few words. */
  kind: v.string(),
  /** What a person can choose from, where it has few texts. */
  choices: list(v.string()),
  /** What the form starts from, as it would be written. */
  start: v.string(),
});

/** What is shown of a model. */
export const modelView = v.object({
  name: v.string(),
  /** What it is and how it came to be, a sentence each. */
  head: list(v.string()),
  network,
  target: v.string(),
  labels: list(v.string()),
  /** Of a number, its unit in the target's own. */
  scale: v.nullable(v.object({ mean: v.number(), deviation: v.number() })),
  /** As `flatten` gives them; empty where there are too many to be sent. */
  weights: numbers,
  features: list(v.string()),
  /** From where to where each feature reached, as the network takes it; null where a map needs rows. */
  ranges: v.nullable(list(v.tuple([v.number(), v.number()]))),
  /** The same in the column's own unit, for the axes. */
  axes: list(v.object({ name: v.string(), from: v.number(), to: v.number() })),
  columns: list(column),
  /** Columns of the model that have no field. */
  more: count,
});

const byHand = v.object({
  prediction: v.nullable(v.string()),
  outputs: list(v.number()),
  outside: list(v.string()),
  note: v.string(),
  read: list(v.string()),
});

/** What is shown of a table that was chosen for a model. */
export const modelTable = v.object({
  name: v.string(),
  /** Whether it is the file that was trained on, by its hash. */
  isSame: v.boolean(),
  /** What is said of all its rows, a sentence each. */
  said: list(v.string()),
  /** Rows of it that have a prediction; of these the ones that are drawn are below. */
  predicted: count,
  lines: numbers,
  /** In the columns' own units, one list for each axis of the maps. */
  places: list(numbers),
  /** The class as an index, −1 for one that the model does not know; the number; NaN where none is given. */
  answers: numbers,
  predictions: numbers,
  /** The probability of the class that is predicted; of numbers nothing. */
  sure: numbers,
  /** Rows of each class by what is predicted, of all rows; null where that is no table. */
  confusion: v.nullable(list(numbers)),
  units: list(
    v.object({
      layer: count,
      unit: count,
      from: v.number(),
      to: v.number(),
      bars: numbers,
      mean: v.number(),
      flat: v.number(),
    }),
  ),
  /** Rows that the activations of the units are of. */
  unitRows: count,
});

export const toModelPage = v.variant('type', [
  v.object({ type: v.literal('model'), model: modelView }),
  /** Why the file cannot be shown. */
  v.object({ type: v.literal('refused'), why: v.string() }),
  v.object({ type: v.literal('predicted'), id: count, row: byHand }),
  /** A table was chosen, or is gone with the model it was chosen for. */
  v.object({ type: v.literal('table'), table: v.nullable(modelTable) }),
  /** Why a table that was chosen is not shown; the one before stays. */
  v.object({ type: v.literal('tableRefused'), why: v.string() }),
  /** The cells of a row, as they are written; else why there are none. */
  v.object({ type: v.literal('row'), line: count, texts: v.nullable(list(v.string())), why: v.string() }),
]);

/** What the buttons of the page do. */
export const modelActions = ['predictFile', 'exportModel', 'continueModel', 'openAsText'] as const;

export const fromModelPage = v.variant('type', [
  v.object({ type: v.literal('hello') }),
  v.object({
    type: v.literal('predict'),
    id: count,
    texts: v.pipe(list(v.pipe(v.string(), v.maxLength(10_000))), v.maxLength(1000)),
    /** The row of the table that columns without a field are taken from; null where they are missing. */
    from: v.nullable(count),
  }),
  v.object({ type: v.literal('chooseTable') }),
  v.object({ type: v.literal('row'), line: count }),
  v.object({ type: v.literal('do'), what: v.picklist(modelActions) }),
]);

export type ModelTable = v.InferOutput<typeof modelTable>;
export type ModelView = v.InferOutput<typeof modelView>;
export type ToModelPage = v.InferOutput<typeof toModelPage>;
export type FromModelPage = v.InferOutput<typeof fromModelPage>;
export type ModelAction = (typeof modelActions)[number];
