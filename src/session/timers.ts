import type { Disposable } from './emitter';

/** Time, as sessions need it: the real one, or a test's. */
export interface Timers {
  /** Milliseconds since 1970. */
  now(): number;
  /** Does something once, later, unless it is let go of before. */
  after(ms: number, task: () => void): Disposable;
}

export const realTimers: Timers = {
  now: () => Date.now(),
  after: (ms, task) => {
    const timer = setTimeout(task, ms);
    timer.unref();
    return { dispose: () => clearTimeout(timer) };
  },
};
