import type { Interval } from './intervals';
import type { RocAuc } from './rocAuc';

/** What was trained on all folds but one made of that one. */
export interface FoldScore {
  /** From 0. */
  readonly repeat: number;
  readonly fold: number;
  readonly trainRows: number;
  readonly testRows: number;
  readonly epochs: number;
  /** Accuracy or R²; null where it diverged, or R² has nothing to compare with. */
  readonly score: number | null;
  readonly guess: number | null;
  readonly line: number | null;
}

export interface Folds {
  readonly folds: number;
  readonly repeats: number;
}

/** What a cross-validation came to, as far as a sentence says it. */
export interface FoldSummary {
  readonly folds: number;
  readonly repeats: number;
  readonly by: 'chance' | 'words' | 'groups' | 'order';
  readonly isRegression: boolean;
  readonly mean: number | null;
  readonly deviation: number | null;
  readonly guess: number | null;
  readonly line: number | null;
}

/** How sure the score of a run is, after an epoch. */
export interface Sure {
  readonly epoch: number;
  /** Where the test score lies with 95 %, where that takes more than the score and a number of rows. */
  readonly interval: Interval | null;
  /** Of two classes, where there is a test part with both. */
  readonly auc?: RocAuc | undefined;
  /** Of a table that has too few rows for a test part. */
  readonly folds: FoldSummary | null;
}
