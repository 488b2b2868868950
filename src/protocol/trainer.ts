/** What crosses between the host and the trainer. */
import type { Network } from '../core/network';
import type { Measure } from '../core/trainer';
import type { Feature } from '../data/dataset';
import type { Failure } from '../data/failure';
import type { TableView } from '../data/table/tableView';
import type { Task } from '../data/table/target';
import type { Settings } from '../settings/settings';
import type { Divergence } from '../train/divergence';
import type { Source } from './source';

/** How often the worker may report, and how fast it may train (0: full speed). */
export interface Pace {
  readonly epochsPerSecond: number;
  readonly framesPerSecond: number;
}

/** Where a saved training goes on from. */
export interface Resumption {
  readonly epoch: number;
  readonly epochs: number;
  readonly status: Progress['status'];
  readonly parameters: Float64Array;
  /** What the optimizer and early stopping go on from. */
  readonly state: Float64Array;
  /** Epochs between two points of the curve so far. */
  readonly interval: number;
  /** SHA-256 that the file must still have. */
  readonly hash: string;
}

export type ToWorker =
  | { readonly type: 'check'; readonly source: Source; readonly settings: Settings }
  | {
      readonly type: 'load';
      readonly source: Source;
      readonly settings: Settings;
      readonly resumption: Resumption | null;
    }
  | { readonly type: 'resume' }
  | { readonly type: 'pause' }
  | { readonly type: 'step' }
  | { readonly type: 'stop' }
  /** `more` epochs than done so far, from the current weights. */
  | { readonly type: 'continue'; readonly more: number }
  /** Edited settings, of which the live ones act; `epochs` may have been extended since they were read. */
  | { readonly type: 'apply'; readonly settings: Settings; readonly epochs: number }
  | { readonly type: 'pace'; readonly pace: Pace }
  /** The last progress has been taken up: the next may come. */
  | { readonly type: 'ready' };

export interface Dataset {
  readonly features: readonly Feature[];
  readonly target: string;
  readonly targetReason: string;
  readonly task: Task;
  readonly classes: readonly string[];
  readonly targetScale: { readonly mean: number; readonly deviation: number };
  readonly rows: number;
  readonly columns: number;
  /** How the file was read, in a few words. */
  readonly dialect: string;
  readonly trainRows: number;
  readonly testRows: number;
  readonly skippedRows: number;
  readonly notices: readonly string[];
  /** SHA-256 of the file. */
  readonly hash: string;
}

/** The examples that pictures are drawn from: at most 2,000, stratified by class and seeded. */
export interface Sample {
  readonly count: number;
  /** (nx, count) row-major, scaled as the network sees it. */
  readonly X: Float64Array;
  /** The class of each example, or the standardised target. */
  readonly y: Float64Array;
  /** 1 for examples of the test set. */
  readonly test: Uint8Array;
  /** Line of the file. */
  readonly lines: Int32Array;
}

export type Status = 'loading' | 'running' | 'paused' | 'finished' | 'stopped' | 'diverged' | 'failed';

/** A change of the live settings, at the epoch from which it acts. */
export interface Mark {
  readonly epoch: number;
  readonly text: string;
}

export interface Loaded {
  readonly dataset: Dataset;
  readonly network: Network;
  readonly sample: Sample;
}

export interface Progress {
  readonly status: Exclude<Status, 'loading' | 'failed'>;
  readonly epochs: number;
  readonly learningRate: number;
  /** The state now; `points` are those of the curve since the last progress. */
  readonly measure: Measure;
  readonly points: readonly Measure[];
  readonly marks: readonly Mark[];
  readonly parameters: Float64Array;
  readonly state: Float64Array;
  /** What regularization adds to the cost. */
  readonly penalty: number;
  readonly diverged: Divergence | null;
}

export type FromWorker =
  /** Share of the file that has been read. */
  | { readonly type: 'reading'; readonly share: number }
  /** Comes before `loaded` too, and before the failure of a table that cannot be trained on. */
  | { readonly type: 'checked'; readonly table: TableView }
  | { readonly type: 'loaded'; readonly loaded: Loaded }
  | { readonly type: 'progress'; readonly progress: Progress }
  | { readonly type: 'failed'; readonly failure: Failure };
