import type { Edge } from '../core/verdicts/edges';
import type { Settings } from '../settings/settings';

/** A candidate of a search, and what it scored on the folds. */
export interface FoundCandidate {
  /** Its place in the order in which they were tried, from 0. */
  readonly index: number;
  /** What is to be set for it; the epochs are those that were best on the folds. */
  readonly settings: Partial<Settings>;
  /** Units of each layer, and how many numbers are learnt. */
  readonly sizes: readonly number[];
  readonly parameters: number;
  /** Mean and standard deviation over the folds, of accuracy or R²; not finite where it cannot be trained. */
  readonly mean: number;
  readonly deviation: number;
  /** Mean loss over the folds, by which candidates are compared. */
  readonly loss: number;
  /** Folds that it was trained on: all of them, or fewer where others were better. */
  readonly folds: number;
}

/** What a search has found, and on what it was searched. */
export interface FoundNetwork {
  /** The candidate that is chosen, by its place. */
  readonly index: number;
  /** How many candidates were compared. */
  readonly candidates: number;
  /** Rows of the training part that were searched on, and all of it. */
  readonly rows: number;
  readonly trainRows: number;
  /** Score of the chosen one on the test part, trained anew; null without a test part, or where the search was cancelled. */
  readonly testScore: number | null;
  /** Where the best on the folds lies at the edge of what was compared. */
  readonly edges: readonly Edge[];
}
