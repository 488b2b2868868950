/** What crosses of a cross-validation: how it stands, and what it came to. */
import * as v from 'valibot';
import type { MOST_TRAININGS } from '../settings/grid';
import { count, list } from './schemas';

const MOST: typeof MOST_TRAININGS = 500;

/** What is not known, as of what diverged, is null. */
const score = v.nullable(v.number());
const asked = {
  folds: v.pipe(count, v.minValue(2), v.maxValue(MOST)),
  repeats: v.pipe(count, v.minValue(1), v.maxValue(MOST)),
};

export const foldSummary = v.object({
  folds: count,
  repeats: count,
  by: v.picklist(['chance', 'words', 'groups', 'order']),
  isRegression: v.boolean(),
  mean: score,
  deviation: score,
  guess: score,
  line: score,
});

export const crossValidation = v.object({
  status: v.picklist(['running', 'done', 'cancelled', 'failed']),
  why: v.string(),
  share: v.number(),
  ...asked,
  /** Folds of all repeats; null before it is known. */
  planned: v.nullable(count),
  /** Whether the settings of the run have changed since. */
  isOld: v.boolean(),
  /** Whether each fold was watched for when to stop, so that its score is not one of unseen rows. */
  isWatched: v.boolean(),
  trained: list(
    v.object({
      repeat: count,
      fold: count,
      trainRows: count,
      testRows: count,
      epochs: count,
      ...{ score, guess: score, line: score },
    }),
  ),
  /** Null before the end. */
  summary: v.nullable(foldSummary),
});

export const foldRequests = [
  v.object({ type: v.literal('crossValidate'), ...asked }),
  v.object({ type: v.literal('endCrossValidation') }),
] as const;

export type CrossValidationView = v.InferOutput<typeof crossValidation>;
