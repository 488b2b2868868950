import { baselinesOf, type Baselines } from '../core/baselines';
import type { Dataset } from '../data/dataset';
import type { Clock } from '../train/clock';
import { inSlices } from './slices';

/**
 * Finds the baselines of a data set between the slices of a training. Where they are no finite numbers, nothing is found.
 * Returns what ends the work.
 */
export function findBaselines(
  { X, Y, output, train, test }: Dataset,
  seed: number,
  clock: Clock,
  found: (baselines: Baselines) => void,
): () => void {
  return inSlices(baselinesOf({ X, Y, output, train, test }, seed), clock, (baselines) => {
    if (baselines) found(baselines);
  });
}
