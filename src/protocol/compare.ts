/** What crosses of a comparison of settings: how it stands, and what it came to. */
import * as v from 'valibot';
import type { MOST_TRAININGS } from '../settings/grid';
import { count, list } from './schemas';

const MOST_SEEDS: typeof MOST_TRAININGS = 500;
/** Settings of which the Lens is told: the best of them. */
export const MOST_COMPARED = 200;
/** Axes of a grid, and values of each as a person writes them. */
const MOST_AXES = 8;
const LONGEST_VALUES = 1000;

/** What is no finite number, as of what diverged, is null. */
const finite = v.nullable(v.number());
const spread = v.object({ mean: finite, deviation: finite });

/** Settings that were compared. */
const comparedSettings = v.object({
  candidate: count,
  /** Its values of the keys, in their order. */
  values: list(v.string()),
  /** Mean score and loss over seeds and folds. */
  score: finite,
  loss: finite,
  /** From seed to seed, and from fold to fold; null before the end. */
  overSeeds: finite,
  overFolds: finite,
  /** Of its score less that of the best on the same folds; null of the best itself, and before the end. */
  toBest: v.nullable(spread),
});

export const comparison = v.object({
  status: v.picklist(['running', 'done', 'cancelled', 'failed']),
  why: v.string(),
  share: v.number(),
  keys: list(v.string()),
  seeds: count,
  /** How many settings are compared. */
  candidates: count,
  /** Null before they are known; `seconds`: what all of it may take. */
  plan: v.nullable(v.object({ folds: count, rows: count, trainRows: count, seconds: finite })),
  /** How many have been compared, and the best of them, that first. */
  count,
  compared: list(comparedSettings),
  /** The place of the best and of the one that is adopted; null before the end, and where none could be trained. */
  best: v.nullable(count),
  adopted: v.nullable(count),
  /** Of that, trained anew, on the test part. */
  testScore: finite,
  edges: list(v.object({ key: v.string(), value: v.number(), edge: v.picklist(['lowest', 'highest']) })),
});

export const compareRequests = [
  /** Compares all combinations of the values of each key, written as on the command line, with so many seeds. */
  v.object({
    type: v.literal('compare'),
    axes: v.pipe(
      list(v.object({ key: v.string(), text: v.pipe(v.string(), v.maxLength(LONGEST_VALUES)) })),
      v.maxLength(MOST_AXES),
    ),
    seeds: v.pipe(count, v.minValue(1), v.maxValue(MOST_SEEDS)),
  }),
  v.object({ type: v.literal('endCompare') }),
  /** Writes settings that were compared for this file, and trains with them. */
  v.object({ type: v.literal('adoptCompared'), candidate: count }),
] as const;

export type ComparisonView = v.InferOutput<typeof comparison>;
export type ComparedView = v.InferOutput<typeof comparedSettings>;
