/** What crosses of a search for a good network: how it stands, and what was compared. */
import * as v from 'valibot';
import { count, list } from './schemas';

/** Candidates of which the Lens is told: the best of them. */
export const MOST_CANDIDATES = 200;

const seconds = v.pipe(v.number(), v.minValue(1), v.maxValue(86_400));

/** A candidate; what is no finite number is null. */
const candidate = v.object({
  index: count,
  /** Units of each layer. */
  sizes: list(count),
  /** How many numbers it learns. */
  parameters: count,
  mean: v.nullable(v.number()),
  deviation: v.nullable(v.number()),
  loss: v.nullable(v.number()),
  /** Folds that it was trained on. */
  folds: count,
  /** What is set for it, as short texts: key without its group, and value. */
  set: list(v.object({ key: v.string(), value: v.string() })),
});

export const search = v.object({
  status: v.picklist(['running', 'done', 'cancelled', 'failed']),
  why: v.string(),
  share: v.number(),
  seconds,
  /** The keys that stayed as a person had set them. */
  fixed: list(v.string()),
  /** The best of those that were compared, and how many these are in all. */
  tried: list(candidate),
  count,
  /** The place of the one that is chosen, or would be of those so far. */
  best: v.nullable(count),
  /** Null before the end. */
  found: v.nullable(
    v.object({
      candidates: count,
      rows: count,
      trainRows: count,
      testScore: v.nullable(v.number()),
      /** Where the best on the folds lies at the edge of what was compared. */
      edges: list(v.object({ key: v.string(), value: v.number(), edge: v.picklist(['lowest', 'highest']) })),
    }),
  ),
});

export const findRequests = [
  /** Looks for a good network for so long; `keeps`: what is set stays as it is. */
  v.object({ type: v.literal('find'), seconds, keeps: v.boolean() }),
  v.object({ type: v.literal('endFind') }),
  /** Writes the settings of a candidate for this file, and trains with them. */
  v.object({ type: v.literal('adoptFound'), index: count }),
] as const;

export type SearchView = v.InferOutput<typeof search>;
export type CandidateView = v.InferOutput<typeof candidate>;
