import type { Clock } from '../train/clock';

/** A slice of work between two slices of the training, in milliseconds. */
const SLICE_MS = 12;

/**
 * Does work between the slices of a training, which goes on meanwhile and does not know of it. Returns what ends it; what
 * has been ended finds nothing.
 */
export function inSlices<T>(work: Generator<void, T>, clock: Clock, found: (result: T) => void): () => void {
  let isOver = false;
  const slice = () => {
    const from = clock.now();
    while (!isOver) {
      const next = work.next();
      if (next.done) {
        isOver = true;
        found(next.value);
      } else if (clock.now() - from >= SLICE_MS) {
        clock.soon(slice);
        return;
      }
    }
  };
  clock.soon(slice);
  return () => {
    isOver = true;
  };
}
