import { encodePoints } from '../core/curveNumbers';
import { thinned } from '../core/history';
import { numbersOf } from '../core/measures';
import type { Network } from '../core/network';
import type { Dataset } from '../data/dataset';
import { layOut } from '../kernel/layout';
import { plainSettings } from '../settings/automatic';
import type { Settings } from '../settings/settings';
import { largestOf } from './automatic';
import type { Threads } from './makeTrainer';
import type { Trained } from './questions';
import { TrainingRun } from './run';

/** A curve beside others is small. */
const MOST_POINTS = 200;

/** Trains one variant from the beginning, as a run with these settings is trained. */
export class VariantTraining {
  private readonly run: TrainingRun;
  private status: 'running' | 'finished' | 'diverged' = 'running';

  /** Throws UserError when it needs too much memory. */
  constructor(
    private readonly index: number,
    dataset: Dataset,
    settings: Settings,
    threads?: Threads,
  ) {
    this.run = new TrainingRun(dataset, settings, undefined, threads);
  }

  /** Trains on until it is over, or `shouldYield` says so; true when it is over. */
  advance(shouldYield: () => boolean): boolean {
    const { run } = this;
    while (this.status === 'running') {
      if (run.epoch >= run.epochs) this.status = 'finished';
      else {
        const step = run.step(shouldYield, () => undefined, run.epochs - run.epoch);
        if (step === 'stoppedEarly') this.status = 'finished';
        else if (step === 'diverged') this.status = 'diverged';
        if (shouldYield()) break;
      }
    }
    return this.status !== 'running';
  }

  /** How it stands; null in the middle of an epoch. */
  get trained(): Trained | null {
    const { run, index, status } = this;
    if (run.trainer.midEpoch) return null;
    const { points } = run.history;
    const step = Math.ceil(points.length / MOST_POINTS);
    return {
      ...{ index, status, failure: null },
      state: {
        network: run.network,
        learningRate: run.learningRate,
        measure: numbersOf([run.measure()]),
        points: encodePoints(thinned(points, (_, isLast, k) => isLast || k % step === 0)),
        parameters: run.parameters(),
        diverged: run.diverged,
      },
    };
  }

  dispose(): void {
    this.run.dispose();
  }
}

/** How many of the variants may be trained at a time: as many as there are threads, and as fit into the memory. */
export function variantsAtOnce(dataset: Dataset, variants: readonly Settings[], threads: number): number {
  const [first] = variants;
  if (!first) return 1;
  const { X, Y, train, test } = dataset;
  const sizes = variants.map((settings) => {
    const network: Network = {
      sizes: [X.rows, ...plainSettings(settings, largestOf(dataset, settings))['model.hiddenLayers'], Y.rows],
      hidden: settings['model.hiddenActivation'],
      output: dataset.output,
    };
    return layOut(network, train.length, test.length, 1).size;
  });
  const fit = Math.floor((first['training.memoryBudget'] * 1e6) / Math.max(...sizes));
  return Math.max(1, Math.min(threads, variants.length, fit));
}

/** The data set with its numbers in memory that threads share: each of them reads the same. */
export const sharedDataset = (dataset: Dataset): Dataset => ({
  ...sharedNumbers(dataset),
  lines: shared(dataset.lines),
});

/** Likewise of what a training needs of a data set. */
export function sharedNumbers<T extends Pick<Dataset, 'X' | 'Y' | 'classOf' | 'train' | 'test'>>(data: T): T {
  const { X, Y, classOf, train, test } = data;
  return {
    ...data,
    X: { ...X, data: X.data instanceof Float32Array ? shared(X.data) : shared(X.data) },
    Y: { ...Y, data: shared(Y.data) },
    classOf: classOf && shared(classOf),
    ...{ train: shared(train), test: shared(test) },
  };
}

function shared(values: Float64Array): Float64Array;
function shared(values: Float32Array): Float32Array;
function shared(values: Int32Array): Int32Array;
function shared(values: Float64Array | Float32Array | Int32Array): Float64Array | Float32Array | Int32Array {
  const buffer = new SharedArrayBuffer(values.byteLength);
  const copy =
    values instanceof Float64Array
      ? new Float64Array(buffer)
      : values instanceof Float32Array
        ? new Float32Array(buffer)
        : new Int32Array(buffer);
  copy.set(values);
  return copy;
}
