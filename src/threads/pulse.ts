/** A process shows that it lives by a byte twice a second, written by a thread that does nothing else. */
export const BEAT_MS = 500;
/** The pipe that they come through, among `stdio`. */
export const PULSE_PIPE = 4;

/** What a beat says, as bits of its byte: the main thread has got on since the last one; an inspector is open. */
export const MOVED = 1;
export const INSPECTED = 2;

export interface Patience {
  /** Looks in a row without a beat: a process that is stopped, or whose machine does not let it run. */
  readonly silent: number;
  /** Beats in a row without a move of the main thread: a process that is stuck. */
  readonly still: number;
}

/** 15 s of silence; ten minutes without a move, since an epoch of the reference engine may take some. */
export const PATIENCE: Patience = { silent: 30, still: 1200 };

/**
 * Judges by its beats whether a process lives. Nothing here is measured by a clock: silence is counted in looks of the host,
 * standing still in beats of the process, so that a host or a machine that slept finds nobody dead.
 */
export class Pulse {
  private silent = 0;
  private still = 0;
  private inspected = false;

  constructor(private readonly patience: Patience = PATIENCE) {}

  beat(byte: number): void {
    this.silent = 0;
    this.inspected = (byte & INSPECTED) !== 0;
    this.still = (byte & MOVED) !== 0 || this.inspected ? 0 : this.still + 1;
  }

  /** Looks, every {@link BEAT_MS}: for how many seconds nothing was heard of a process that is dead; null: it lives. */
  look(): number | null {
    // At a breakpoint a process is silent, and comes back.
    if (this.inspected) return null;
    this.silent++;
    const beats = Math.max(
      this.silent > this.patience.silent ? this.silent : 0,
      this.still > this.patience.still ? this.still : 0,
    );
    return beats > 0 ? Math.round((beats * BEAT_MS) / 1000) : null;
  }
}
