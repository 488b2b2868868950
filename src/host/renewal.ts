import { systemTimers, type Timers } from './debouncer';

/**
 * Tells somebody who asks some time after that there is something new, at most so often, and not again until they have
 * asked: VS Code puts off its question anew with each time it is told, by as long as earlier answers took, and would never
 * ask while a training changes all the time.
 */
export class Renewal {
  private timer: unknown;
  private isTold = false;
  private isNew = false;

  constructor(
    private readonly everyMs: number,
    private readonly tell: () => void,
    private readonly timers: Timers = systemTimers,
  ) {}

  /** There is something new. */
  changed(): void {
    this.isNew = true;
    if (!this.isTold) this.timer ??= this.timers.set(() => this.act(), this.everyMs);
  }

  /** They ask, and get what is there now. */
  asked(): void {
    this.isTold = false;
    this.isNew = false;
  }

  dispose(): void {
    this.timers.clear(this.timer);
    this.timer = undefined;
  }

  private act(): void {
    this.timer = undefined;
    // Who asked meanwhile has what was new.
    if (!this.isNew || this.isTold) return;
    this.isTold = true;
    this.tell();
  }
}
