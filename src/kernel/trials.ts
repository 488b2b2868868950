/** Milliseconds that a way is tried for, at least; many short looks at the clock would not tell. */
const TRIAL_MS = 1;
const ROUNDS = 2;
/** Another way than the first has to be faster by this factor: less is noise. */
const CLEARLY = 1.05;
/** Trials go on only while they have taken less than this: large work tells after one round. */
const MOST_MS = 30;

/**
 * Finds by trying which of a few ways to do the same work is the fastest: each is used in turns, and the one with the
 * best round is kept; the first, where no other is clearly faster.
 */
export class Trials {
  private way = 0;
  private round = 0;
  private spent = 0;
  private best: number[] = [];
  private current = { units: 0, ms: 0 };
  private chosen: number | null;

  constructor(private readonly ways: number) {
    this.chosen = ways > 1 ? null : 0;
  }

  /** The way to go now. */
  get now(): number {
    return this.chosen ?? this.way;
  }

  get settled(): boolean {
    return this.chosen !== null;
  }

  /** So many units of work have been done by the present way in `ms` milliseconds. */
  report(units: number, ms: number): void {
    if (this.settled) return;
    const { current, way } = this;
    current.units += units;
    current.ms += ms;
    if (current.units === 0 || current.ms < TRIAL_MS) return;
    this.best[way] = Math.min(this.best[way] ?? Infinity, current.ms / current.units);
    this.spent += current.ms;
    this.current = { units: 0, ms: 0 };
    this.way = (way + 1) % this.ways;
    if (this.way > 0) return;
    this.round++;
    if (this.round < ROUNDS && this.spent <= MOST_MS) return;
    const fastest = this.best.indexOf(Math.min(...this.best));
    this.chosen = this.best[fastest] * CLEARLY < this.best[0] ? fastest : 0;
  }

  /** Looks again. */
  restart(): void {
    if (this.ways === 1) return;
    this.chosen = null;
    this.round = this.way = this.spent = 0;
    this.best = [];
    this.current = { units: 0, ms: 0 };
  }
}
