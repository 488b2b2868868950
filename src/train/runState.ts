import type { Measure } from '../core/trainer';
import type { Divergence } from './divergence';

export type LoopStatus = 'running' | 'paused' | 'finished' | 'stopped' | 'diverged';

/** A training after one of its epochs. Never changed: another epoch is another object. */
export interface EpochState {
  readonly measure: Measure;
  /** The rate of the next epoch. */
  readonly learningRate: number;
  /** What regularization adds to the cost; no finite number where weights have grown beyond all bounds. */
  readonly penalty: number;
  /** As `flatten` gives them. */
  readonly parameters: Float64Array;
}

/** How a run stands: what its trainer says with every frame, its record keeps, and a Lens shows. */
export interface RunState extends EpochState {
  readonly status: LoopStatus;
  /** The epoch at which it is done. */
  readonly epochs: number;
  readonly diverged: Divergence | null;
}
