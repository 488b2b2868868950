import type { Measure } from './trainer';

/** At most this many points are kept: more than a screen has columns, and 100 kB in a message. */
export const MOST_POINTS = 2000;

/**
 * The curve so far, thinned evenly: epochs that are multiples of `stride`, which doubles whenever there
 * are too many. What is kept depends on the epochs alone, never on time.
 */
export class History {
  private kept: Measure[] = [];

  /** @param stride of a curve that goes on; that of `points`, which an earlier history kept, when left out */
  constructor(
    points: readonly Measure[] = [],
    private stride = points.length > 1 ? points[1].epoch - points[0].epoch : 1,
  ) {
    points.forEach((point) => this.push(point));
  }

  get points(): readonly Measure[] {
    return this.kept;
  }

  /** Epochs between two points. */
  get interval(): number {
    return this.stride;
  }

  /** Whether the curve has a point at this epoch. */
  wants(epoch: number): boolean {
    return epoch % this.stride === 0;
  }

  /** Adds a point that is later than all others; points not wanted, or not later, are passed over. */
  push(point: Measure): void {
    const last = this.kept.at(-1);
    if (!this.wants(point.epoch) || (last && point.epoch <= last.epoch)) return;
    this.kept.push(point);
    while (this.kept.length > MOST_POINTS) {
      this.stride *= 2;
      this.kept = this.kept.filter(({ epoch }) => this.wants(epoch));
    }
  }
}
