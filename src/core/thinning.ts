/** A point of a curve over the epochs. */
interface AtEpoch {
  readonly epoch: number;
}

/** The points that stay; each takes up, by `absorb`, those that go before it. The last one has to stay. */
export function thinnedBy<P>(
  points: readonly P[],
  stays: (point: P, isLast: boolean, index: number) => boolean,
  absorb: (gone: P, next: P) => P,
): P[] {
  const chosen: P[] = [];
  let gone: P | null = null;
  points.forEach((point, k) => {
    const taken: P = gone === null ? point : absorb(gone, point);
    const isKept = stays(point, k === points.length - 1, k);
    if (isKept) chosen.push(taken);
    gone = isKept ? null : taken;
  });
  return chosen;
}

/**
 * A curve that is thinned evenly: epochs that are multiples of `stride`, which doubles whenever there are more than
 * `most`. A point that is thinned leaves to the next what `absorb` takes of it. What is kept depends on the epochs
 * alone, never on time.
 */
export class ThinnedCurve<P extends AtEpoch> {
  private kept: P[] = [];

  constructor(
    private readonly most: number,
    private readonly absorb: (gone: P, next: P) => P,
    private stride: number,
  ) {}

  get points(): readonly P[] {
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

  /**
   * Adds a point that is later than all others, and gives it back as it is kept; null for points not wanted, or not
   * later, which are passed over.
   */
  add(point: P): P | null {
    const last = this.kept.at(-1);
    if (!this.wants(point.epoch) || (last && point.epoch <= last.epoch)) return null;
    this.kept.push(point);
    if (last && !this.wants(last.epoch)) this.thin();
    while (this.kept.length > this.most) {
      this.stride *= 2;
      this.thin();
    }
    return this.kept.at(-1) ?? null;
  }

  /** Puts a point where the last one stands, and gives it back. */
  protected putLast(point: P): P {
    this.kept[this.kept.length - 1] = point;
    return point;
  }

  /** Drops all points after this epoch; the interval stays. The next point to add is the first wanted after it. */
  cutBack(epoch: number): void {
    this.kept = this.kept.filter((point) => point.epoch <= epoch);
  }

  /** The last has no next one to leave anything to: it goes once there is one. */
  private thin(): void {
    this.kept = thinnedBy(this.kept, ({ epoch }, isLast) => isLast || this.wants(epoch), this.absorb);
  }
}

/** The stride of a curve of at most `most` points by the time that it has come to an epoch. */
export function strideAt(epoch: number, most: number): number {
  let stride = 1;
  while (Math.floor(epoch / stride) >= most) stride *= 2;
  return stride;
}
