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

export const toModelPage = v.variant('type', [
  v.object({ type: v.literal('model'), model: modelView }),
  /** Why the file cannot be shown. */
  v.object({ type: v.literal('refused'), why: v.string() }),
  v.object({ type: v.literal('predicted'), id: count, row: byHand }),
]);

/** What the buttons of the page do. */
export const modelActions = ['predictFile', 'exportModel', 'continueModel', 'openAsText'] as const;

export const fromModelPage = v.variant('type', [
  v.object({ type: v.literal('hello') }),
  v.object({
    type: v.literal('predict'),
    id: count,
    texts: v.pipe(list(v.pipe(v.string(), v.maxLength(10_000))), v.maxLength(1000)),
  }),
  v.object({ type: v.literal('do'), what: v.picklist(modelActions) }),
]);

export type ModelView = v.InferOutput<typeof modelView>;
export type ToModelPage = v.InferOutput<typeof toModelPage>;
export type FromModelPage = v.InferOutput<typeof fromModelPage>;
export type ModelAction = (typeof modelActions)[number];
