import type { Frozen } from '../core/handEdits';
import type { Automatic } from '../settings/automatic';

/** Where a training continues from. */
export interface Start {
  readonly epoch: number;
  /** As {@link flatten} gives them. */
  readonly parameters: Float64Array;
  /** As {@link TrainingRun.state} gave it; empty: a fresh optimizer. */
  readonly state: Float64Array;
  /** Epochs between two points of the curve so far. */
  readonly interval: number;
  /** Parameters that no update changes; none when left out. */
  readonly frozen?: Frozen;
  /** What `auto` stood for when the run began; by today's rules where it is left out, key by key. */
  readonly automatic?: Partial<Automatic>;
}
