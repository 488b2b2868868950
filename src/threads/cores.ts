import { availableParallelism } from 'node:os';

/** Cores that an automatic number of threads leaves to the editor. */
export const SPARE_CORES = 1;

/** `training.threads`: 0 is every core but the `spare` ones. */
export const resolveThreads = (threads: number, spare: number): number =>
  threads > 0 ? threads : Math.max(1, availableParallelism() - spare);
