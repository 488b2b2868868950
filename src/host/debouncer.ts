/** Timers, as Node has them; a test passes a clock of its own. */
export interface Timers {
  set(run: () => void, milliseconds: number): unknown;
  clear(timer: unknown): void;
}

export const systemTimers: Timers = {
  set: (run, milliseconds) => setTimeout(run, milliseconds),
  clear: (timer) => clearTimeout(timer as NodeJS.Timeout),
};

/** Acts once nothing has happened for a while. */
export class Debouncer {
  private timer: unknown;

  constructor(
    private readonly quietMs: number,
    private readonly act: () => void,
    private readonly timers: Timers = systemTimers,
  ) {}

  /** Whether something has happened that has not been acted on. */
  get waiting(): boolean {
    return this.timer !== undefined;
  }

  /** Something has happened: the wait starts anew. */
  touch(): void {
    this.timers.clear(this.timer);
    this.timer = this.timers.set(() => this.flush(), this.quietMs);
  }

  /** Acts at once on what is waiting, if anything is. */
  flush(): void {
    if (!this.waiting) return;
    this.dispose();
    this.act();
  }

  /** What is waiting is dropped. */
  dispose(): void {
    this.timers.clear(this.timer);
    this.timer = undefined;
  }
}
