import type { Edge } from '../core/verdicts/edges';

/** What settings came to that were compared. NaN where they diverged. */
export interface Summary {
  readonly candidate: number;
  /** Mean accuracy or R², and mean loss, over seeds and folds. */
  readonly score: number;
  readonly loss: number;
  /** Of the means over the folds, from seed to seed: what chance makes of initial weights and batches. */
  readonly overSeeds: number;
  /** Of the means over the seeds, from fold to fold: what other rows make of it. */
  readonly overFolds: number;
  /** Of each fold its score less that of the best on the same fold: mean and deviation; null of the best itself. */
  readonly toBest: { readonly mean: number; readonly deviation: number } | null;
}

export interface Comparison {
  readonly summaries: readonly Summary[];
  /** The settings with the least mean loss; null where none could be trained. */
  readonly best: number | null;
  /** The simplest within one standard error of the best, which is what is adopted. */
  readonly adopted: number | null;
  /** Where the best lies at the edge of what was compared. */
  readonly edges: readonly Edge[];
}
