import { baselinesOf, type Baselines } from '../core/baselines';
import type { Dataset } from '../data/dataset';
import type { Clock } from '../train/loop';

/** A slice of the work between two slices of the training, in milliseconds. */
const SLICE_MS = 12;

/**
 * Finds the baselines of a data set between the slices of a training, which goes on meanwhile and does not know of it.
 * Where they are no finite numbers, nothing is found. Returns what ends the work.
 */
export function findBaselines(
  { X, Y, output, train, test }: Dataset,
  seed: number,
  clock: Clock,
  found: (baselines: Baselines) => void,
): () => void {
  const work = baselinesOf({ X, Y, output, train, test }, seed);
  let isOver = false;
  const slice = () => {
    const from = clock.now();
    while (!isOver) {
      const next = work.next();
      if (next.done) {
        isOver = true;
        if (next.value) found(next.value);
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
