import type { Clock } from '../../src/train/clock';

/** Time that passes when the test says so; every look at it costs a little, as work does. */
export class FakeClock implements Clock {
  private time = 0;
  private tasks: { at: number; task: () => void }[] = [];
  constructor(public lookMs = 1) {}
  now = () => (this.time += this.lookMs);
  soon = (task: () => void) => void this.tasks.push({ at: this.time, task });
  later = (task: () => void, ms: number) => void this.tasks.push({ at: this.time + ms, task });
  /** Does what is due, one after the other, until `ms` have passed. */
  pass(ms: number): void {
    const end = this.time + ms;
    for (;;) {
      this.tasks.sort((a, b) => a.at - b.at);
      const next = this.tasks[0];
      if (!next || next.at > end) break;
      this.tasks.shift();
      this.time = Math.max(this.time, next.at);
      next.task();
    }
    this.time = Math.max(this.time, end);
  }
}
