import { flatten, type Network, type Parameters } from '../core/network';
import { ReferenceTrainer } from '../core/reference';
import type { Examples, Trainer } from '../core/trainer';
import type { Dataset } from '../data/dataset';
import { examples } from '../data/examples';
import { message } from '../data/message';
import { UserError } from '../data/userError';
import type { SimdExamples } from '../kernel/examples';
import type { StartHelpers } from '../kernel/helpers';
import { TooLargeError } from '../kernel/layout';
import type { Machine } from '../kernel/passes';
import { SimdTrainer } from '../kernel/simdTrainer';
import type { PlainSettings } from '../settings/automatic';

/** What a training may use of the machine; nothing of it changes a bit. */
export interface Threads {
  readonly count: number;
  /** How to start threads beside the present one; without it there are none. */
  readonly start?: StartHelpers;
  readonly machine?: Machine;
}

/** What a trainer is made for. */
interface Task {
  readonly network: Network;
  readonly initial: Parameters;
  readonly dataset: Pick<Dataset, 'X' | 'Y' | 'train' | 'test'>;
  /** What each example's loss counts, (m); null: 1. */
  readonly weights: Float64Array | null;
  readonly settings: PlainSettings;
  /** Threads that may train; without it there is the present one. */
  readonly threads?: Threads | undefined;
}

const BYTES_IN_MEGABYTE = 1e6;

/** The trainer of the engine that the settings name. Throws UserError when it needs more memory than they allow. */
export function makeTrainer(task: Task): Trainer {
  const memoryBudget = task.settings['training.memoryBudget'] * BYTES_IN_MEGABYTE;
  const engine = task.settings['training.engine'];
  try {
    switch (engine) {
      case 'reference':
        return referenceTrainer(task, memoryBudget);
      case 'simd':
        return simdTrainer(task, memoryBudget);
      default:
        return engine satisfies never;
    }
  } catch (error) {
    if (!(error instanceof TooLargeError)) throw error;
    const megabytes = (bytes: number) => Math.ceil(bytes / BYTES_IN_MEGABYTE);
    const said = message('network-too-large', {
      sizes: task.network.sizes,
      rows: task.dataset.train.length,
      megabytes: megabytes(error.needed),
      allowed: megabytes(error.allowed),
    });
    throw new UserError(said);
  }
}

function referenceTrainer({ network, initial, dataset, weights, settings }: Task, memoryBudget: number) {
  const { X, Y, train, test } = dataset;
  // Z, A and dZ of every layer, and X, in float64.
  const needed = 8 * train.length * network.sizes.reduce((sum, n, l) => sum + (l === 0 ? 2 : 3) * n, 0);
  if (needed > memoryBudget) throw new TooLargeError(needed, memoryBudget);
  const part = (indices: Int32Array): Examples => ({
    ...examples({ X, Y }, indices),
    ...(weights && { weights: Float64Array.from(indices, (j) => weights[j]) }),
  });
  return new ReferenceTrainer(
    network,
    initial,
    part(train),
    test.length > 0 ? part(test) : null,
    settings['training.optimizer'],
    settings['training.seed'],
  );
}

function simdTrainer({ network, initial, dataset, weights, settings, threads }: Task, memoryBudget: number) {
  const { X, Y, train, test } = dataset;
  const part = (indices: Int32Array): SimdExamples => ({ X, Y, indices, ...(weights && { weights }) });
  return new SimdTrainer(network, flatten(initial), part(train), test.length > 0 ? part(test) : null, {
    optimizer: settings['training.optimizer'],
    seed: settings['training.seed'],
    memoryBudget,
    ...(threads && { threads: threads.count }),
    ...(threads?.start && { startHelpers: threads.start }),
    ...(threads?.machine && { machine: threads.machine }),
  });
}

/** m / (classes · examples of the class), counted over the training part. Ones for regression. */
export function balancedWeights({ classOf, classes, train, X }: Dataset): Float64Array {
  if (!classOf) return new Float64Array(X.cols).fill(1);
  const counts = new Float64Array(classes.length);
  for (const j of train) counts[classOf[j]]++;
  // A class that training never sees counts once in the test.
  return Float64Array.from(classOf, (k) =>
    counts[k] === 0 ? 1 : train.length / (classes.length * counts[k]),
  );
}
