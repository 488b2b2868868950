import type { Network } from '../core/network';
import type { Folds, FoldScore, FoldSummary } from '../core/folds';
import type { Failure } from '../data/failure';
import type { SettingKey, Settings } from '../settings/settings';
import type { Comparison, Summary } from './compared';
import type { Divergence } from './divergence';
import type { FoundCandidate, FoundNetwork } from './found';
import type { EpochState } from './runState';

/** What may be asked of a training while it goes on. */
export type Question =
  | /** How things stood after an epoch. */
    { readonly kind: 'at'; readonly epoch: number }
    /** What going on from an epoch needs; `anew`: it is trained again from the beginning, whatever was kept of it. */
  | { readonly kind: 'state'; readonly epoch: number; readonly anew?: boolean }
  /** One step of gradient descent over the whole training part, taken apart; null: from where the training is. */
  | { readonly kind: 'step'; readonly epoch: number | null }
  /** The examples on the lines `from` to `to` of the file; of many the first. */
  | { readonly kind: 'rows'; readonly from: number; readonly to: number }
  /** Trains the run's data from the beginning under each of these settings, side by side. */
  | { readonly kind: 'experiment'; readonly variants: readonly Settings[] }
  /** Looks for a good network on the run's table for so long; the keys that are fixed stay as they are. */
  | {
      readonly kind: 'find';
      readonly settings: Settings;
      readonly fixed: readonly SettingKey[];
      readonly seconds: number;
    }
  /** Compares settings on the same folds of the run's table: what each sets besides `settings`, with so many seeds. */
  | {
      readonly kind: 'compare';
      readonly settings: Settings;
      readonly candidates: readonly Partial<Settings>[];
      readonly seeds: number;
    }
  /** Trains on all folds of the run's table but one, for each of them, so many times. */
  | ({ readonly kind: 'folds'; readonly settings: Settings } & Folds);

/** How things stood after an epoch. */
export interface StateAt {
  readonly kind: 'at';
  readonly epoch: number;
  /** Whether it is the epoch that was asked for; else the nearest that was kept. */
  readonly exact: boolean;
  /** One measure, as the numbers of core/measures. */
  readonly measure: Float64Array;
  /** The rate of the next epoch. */
  readonly learningRate: number;
  /** What regularization adds to the cost; null when that is no finite number. */
  readonly penalty: number | null;
  /** As `flatten` gives them. */
  readonly parameters: Float64Array;
  /** Which of them are frozen, by their index. */
  readonly frozen: Float64Array;
}

/** A full-batch step from the weights after an epoch, by the rate and the optimizer that acted there. All arrays are as `flatten` lays them out. */
export interface StepTaken {
  readonly kind: 'step';
  readonly epoch: number;
  readonly learningRate: number;
  /** Whether the training takes this very step; with mini-batches it does not. */
  readonly isFull: boolean;
  /** dW and db of the cost over the training part, without what regularization adds. */
  readonly gradients: Float64Array;
  readonly before: Float64Array;
  readonly after: Float64Array;
  /** Costs of the training part. */
  readonly costBefore: number;
  readonly costAfter: number;
}

/** Examples, in the order of the file. */
export interface RowsAt {
  readonly kind: 'rows';
  /** (nx, count) row-major, scaled as the network sees it. */
  readonly X: Float64Array;
  /** The class of each, or the standardised target. */
  readonly y: Float64Array;
  /** 1 for those of the test part. */
  readonly test: Float64Array;
  readonly lines: Float64Array;
}

/** Another training may go on from an epoch with this. */
export interface StateToGoOn extends EpochState {
  readonly kind: 'state';
  readonly epoch: number;
  /** What the optimizer and early stopping go on from. */
  readonly state: Float64Array;
  /** How many of the training's marks came before. */
  readonly marks: number;
  /** The settings that acted there. */
  readonly settings: Settings;
}

/** What was asked for by hand is done. */
export interface EditDone {
  readonly kind: 'edited';
}

/** How a variant of an experiment stands. */
export interface Trained {
  /** Which of the variants it is. */
  readonly index: number;
  readonly status: 'running' | 'finished' | 'diverged' | 'failed';
  /** Null where there is none: it could not be trained. */
  readonly state: TrainedState | null;
  /** Why it could not be trained. */
  readonly failure: Failure | null;
}

export interface TrainedState {
  readonly network: Network;
  /** The rate of the next epoch. */
  readonly learningRate: number;
  /** One measure, as the numbers of core/measures. */
  readonly measure: Float64Array;
  /** The curve, as the numbers of core/history. */
  readonly points: Float64Array;
  /** As `flatten` gives them. */
  readonly parameters: Float64Array;
  readonly diverged: Divergence | null;
}

/** How the variants of an experiment stand: those that have moved since this was last said. */
export interface Experimented {
  readonly kind: 'experiment';
  readonly trained: readonly Trained[];
}

/** How a search stands: what was compared since this was last said, and in the end what is found. */
export interface Searched {
  readonly kind: 'find';
  readonly tried: readonly FoundCandidate[];
  /** The place of the candidate that would be chosen of those so far; null: there is none yet. */
  readonly best: number | null;
  /** Null before its end, and where nothing could be trained. */
  readonly found: FoundNetwork | null;
}

/** How a comparison stands: what was compared since this was last said, and in the end what came of it. */
export interface Comparing {
  readonly kind: 'compare';
  readonly plan: ComparisonPlan;
  readonly summaries: readonly Pick<Summary, 'candidate' | 'score' | 'loss'>[];
  /** Null before its end. */
  readonly outcome: ComparisonOutcome | null;
}

/** What a comparison takes. */
export interface ComparisonPlan {
  readonly folds: number;
  /** Rows of the training part that are compared on, and all of it. */
  readonly rows: number;
  readonly trainRows: number;
  /** How long all of it may take; null before one training has been done. */
  readonly seconds: number | null;
}

/** What came of a comparison. */
export interface ComparisonOutcome extends Comparison {
  /** What the adopted one sets, with how long it trains; null where none could be trained. */
  readonly adoptedSettings: Partial<Settings> | null;
  /** Its score on the test part, trained anew; null without a test part. */
  readonly testScore: number | null;
}

/** How a cross-validation stands: the folds that were trained since this was last said, and in the end what all came to. */
export interface Folded {
  readonly kind: 'folds';
  readonly trained: readonly FoldScore[];
  /** Of all repeats. */
  readonly planned: number;
  /** Null before its end. */
  readonly summary: FoldSummary | null;
}

export type Answer =
  StateAt | StateToGoOn | StepTaken | RowsAt | EditDone | Experimented | Searched | Comparing | Folded;

/** What trains beside a run. */
export type BesideQuestion = Question & { readonly kind: 'experiment' | 'find' | 'compare' | 'folds' };
export type AnswerTo<Q extends Question> = Extract<Answer, { kind: Q['kind'] }>;
