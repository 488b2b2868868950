import type { Pace } from './progress';

/** How far a training may have come by now, so that a person can watch it. */
export class Pacing {
  private pace: Pace = { epochsPerSecond: 0, framesPerSecond: 2 };
  private from = { time: 0, epoch: 0 };

  set(pace: Pace, now: number, epoch: number): void {
    this.pace = pace;
    this.begin(now, epoch);
  }

  /** Counts from here: milliseconds, and the epoch of now. */
  begin(now: number, epoch: number): void {
    this.from = { time: now, epoch };
  }

  /** Milliseconds between two frames. */
  get frame(): number {
    return 1000 / this.pace.framesPerSecond;
  }

  /** The epoch that the pace allows by `now`; a training that fell behind does not catch up in a burst. */
  allowedEpoch(now: number, epoch: number): number {
    const { pace, from } = this;
    if (pace.epochsPerSecond === 0) return Infinity;
    const due = from.epoch + ((now - from.time) * pace.epochsPerSecond) / 1000;
    const burst = pace.epochsPerSecond / 10 + 1;
    if (due - epoch > burst) this.begin(now, epoch);
    return Math.min(due, epoch + burst);
  }
}
