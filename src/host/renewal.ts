import { systemTimers, type Timers } from './debouncer';

/** How long a question is waited for, at first: VS Code puts it off by as long as earlier answers took. */
const PATIENCE_MS = 3000;

/**
 * Tells somebody who asks some time after that there is something new, at most so often, and not again until they have
 * asked: VS Code puts off its question anew with each time it is told, and would never ask while a training changes all
 * the time. Where its editor loses the focus meanwhile, it forgets the question: it is told again, after ever longer.
 */
export class Renewal {
  private timer: unknown;
  private isTold = false;
  private isNew = false;
  private patienceMs = PATIENCE_MS;

  constructor(
    private readonly everyMs: number,
    private readonly tell: () => void,
    private readonly timers: Timers = systemTimers,
  ) {}

  /** There is something new. */
  changed(): void {
    this.isNew = true;
    this.timer ??= this.timers.set(() => this.act(), this.everyMs);
  }

  /** They ask, and get what is there now. */
  asked(): void {
    if (this.isTold) this.dispose();
    this.isTold = false;
    this.isNew = false;
    this.patienceMs = PATIENCE_MS;
  }

  dispose(): void {
    this.timers.clear(this.timer);
    this.timer = undefined;
  }

  private act(): void {
    this.timer = undefined;
    // Who asked meanwhile has what was new.
    if (!this.isNew) return;
    this.isTold = true;
    this.timer = this.timers.set(() => this.act(), this.patienceMs);
    this.patienceMs *= 2;
    this.tell();
  }
}
