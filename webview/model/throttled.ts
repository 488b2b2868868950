import { effect, signal, untracked, type ReadonlySignal } from '@preact/signals';

/** The time, and how to be called back; returns how not to be. */
export interface Clock {
  now(): number;
  after(milliseconds: number, work: () => void): () => void;
}

export const pageClock: Clock = {
  now: () => performance.now(),
  after: (milliseconds, work) => {
    const timer = setTimeout(work, milliseconds);
    return () => clearTimeout(timer);
  },
};

/** A text that changes more often cannot be read. */
export const READABLE_MS = 400;
/** What is derived may take this share of the time. */
const SHARE = 1 / 20;

/**
 * What `derive` makes of a source, anew at most every {@link READABLE_MS}, and more rarely where it takes long; the
 * latest value of the source is never left out. Nothing is done while nobody looks at it.
 */
export function throttled<S, T>(
  source: ReadonlySignal<S>,
  derive: (value: S) => T,
  clock: Clock = pageClock,
): ReadonlySignal<T | null> {
  let [due, stop]: [number, () => void] = [-Infinity, () => undefined];
  return signal<T | null>(null, {
    watched() {
      let cancel = () => undefined as void;
      const renew = (value: S) => {
        const start = clock.now();
        this.value = derive(value);
        const end = clock.now();
        due = end + Math.max(READABLE_MS, (end - start) / SHARE);
      };
      const end = effect(() => {
        const value = source.value;
        cancel();
        untracked(() => {
          const wait = due - clock.now();
          if (wait <= 0) renew(value);
          else cancel = clock.after(wait, () => renew(source.peek()));
        });
      });
      stop = () => {
        end();
        cancel();
      };
    },
    unwatched() {
      stop();
      due = -Infinity;
    },
  });
}
