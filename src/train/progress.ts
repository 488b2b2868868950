import type { CurvePoint } from '../core/history';
import type { LayerPoint } from '../core/layerCurve';
import type { Settings } from '../settings/settings';
import type { Mark } from './marks';
import type { RunState } from './runState';

/** How fast a training may go (0: full speed) and how often it may report. */
export interface Pace {
  readonly epochsPerSecond: number;
  readonly framesPerSecond: number;
}

/** What a training says of itself while it goes on: how it stands, and what has come since it last said so. */
export interface Progress extends RunState {
  /** Where it went back: points of the curve after this epoch hold no more. Comes before `points`. */
  readonly backTo: number | null;
  /** Points of the curve since the last progress. */
  readonly points: readonly CurvePoint[];
  /** Likewise of the layers. */
  readonly layers: readonly LayerPoint[];
  /** Marks since the last progress. */
  readonly marks: readonly Mark[];
  /** The live settings as they act now. */
  readonly live: Partial<Settings>;
}

/** All that going on later needs besides what {@link Progress} says of the same epoch. */
export interface Snapshot {
  readonly epoch: number;
  readonly parameters: Float64Array;
  readonly state: Float64Array;
}

/** Whom a loop reports to. */
export interface Outbox {
  progress(progress: Progress): void;
  /** Comes right behind a progress of the same epoch. */
  snapshot(snapshot: Snapshot): void;
  failed(error: unknown): void;
}
