/** What crosses between the host and the Lens. Large arrays go in parts, so that no message is above 256 kB. */
import type { Network } from '../core/network';
import type { Measure } from '../core/trainer';
import type { Feature } from '../data/dataset';
import type { Dataset, Mark, Status } from './trainer';

/** A training as the Lens shows it, without its large arrays, which follow in parts. */
export interface RunView {
  readonly id: string;
  readonly uri: string;
  readonly file: string;
  readonly status: Status;
  /** Share of the file that has been read, while it is. */
  readonly reading: number;
  readonly epochs: number;
  readonly learningRate: number;
  readonly learningRateIsAuto: boolean;
  /** How it trains where that is not plain full-batch gradient descent, a phrase each. */
  readonly ways: readonly string[];
  readonly measure: Measure | null;
  readonly penalty: number;
  readonly marks: readonly Mark[];
  readonly dataset: (Omit<Dataset, 'features' | 'notices'> & { readonly featureCount: number }) | null;
  readonly network: Network | null;
  readonly sampleCount: number;
  readonly notices: readonly string[];
  /** The whole sentence with its place, and the line to go to. */
  readonly failure: { readonly text: string; readonly line: number | null; readonly bug: boolean } | null;
  /** Settings that differ from the running ones and wait for a restart. */
  readonly pending: readonly string[];
  readonly canGoOn: boolean;
  readonly seed: number;
  /** Whether the pace holds training back, so that “Skip to End” has a use. */
  readonly paced: boolean;
  readonly framesPerSecond: number;
}

/** Arrays of numbers that are sent in parts: all parts of one key follow each other. */
/** `history` is the whole curve, `points` what comes after it. */
export type NumbersKey = 'history' | 'points' | 'parameters' | 'X' | 'y' | 'test' | 'lines';

export type ToWebview =
  | { readonly type: 'run'; readonly run: RunView | null }
  | {
      readonly type: 'features';
      readonly run: string;
      readonly offset: number;
      readonly features: readonly Feature[];
    }
  | {
      readonly type: 'numbers';
      readonly run: string;
      readonly key: NumbersKey;
      readonly offset: number;
      readonly total: number;
      readonly values: Float64Array;
    }
  /** All of a frame has been sent; the webview answers `drawn` once it is on the screen. */
  | { readonly type: 'frame'; readonly run: string };

export type Action =
  | 'train'
  | 'pause'
  | 'resume'
  | 'stop'
  | 'step'
  | 'restart'
  | 'continue'
  | 'skipToEnd'
  | 'openSettings'
  | 'showFile'
  | 'showLog';

export type FromWebview =
  | { readonly type: 'ready' }
  | { readonly type: 'drawn' }
  | { readonly type: 'action'; readonly action: Action }
  | { readonly type: 'showLine'; readonly line: number };
