import * as v from 'valibot';
import type { ExerciseId } from '../core/exercises/exercises';
import { count } from './schemas';

export const exerciseId = v.picklist([
  'straight-line',
  'four-units',
  'zeros',
  'rate-that-diverges',
  'size-that-overfits',
  'dead-unit',
  'gradient-sign',
] as const satisfies readonly ExerciseId[]);

/** How far an exercise has come, and what is to be said of the shown run by its next step. */
export const exerciseRow = v.object({
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
export type ExerciseRow = v.InferOutput<typeof exerciseRow>;
