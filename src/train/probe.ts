import { parameterCount, type Network } from '../core/network';
import type { EpochOptions, Optimizer } from '../core/optimizer';
import { random } from '../core/random';
import type { Dataset } from '../data/dataset';
import { stratifiedSample } from '../data/table/split';
import type { Machine } from '../kernel/passes';
import { SimdTrainer } from '../kernel/simdTrainer';

const MOST_EXAMPLES = 1000;
const EPOCHS = 30;
/** Each rate tried is a third of the one before. */
const SHRINK = 3;
const TRIALS = 8;
/** Larger networks are not probed: a person waits for the message. */
const MOST_PARAMETERS = 200_000;

/** The training that is probed. */
export interface Probed {
  readonly network: Network;
  readonly dataset: Pick<Dataset, 'X' | 'Y' | 'train' | 'classOf'>;
  /** What the loss of each example counts, (m); null: 1. */
  readonly weights: Float64Array | null;
  /** As `flatten` gives them. */
  readonly initial: Float64Array;
  readonly optimizer: Optimizer;
  readonly seed: number;
  readonly machine?: Machine | undefined;
}

/** The largest rate found stable, or null when there is none. */
export interface Probe {
  readonly rate: number | null;
}

interface Trial {
  readonly trainer: SimdTrainer;
  readonly rate: number;
  readonly costBefore: number;
}

/**
 * Looks for the largest of a few smaller learning rates with which some epochs from the initial weights, on a sample
 * of the training set, stay finite and end no higher than they began. It works in slices, so that a person who stops
 * the training need not wait for it.
 */
export class RateProbe {
  private readonly indices: Int32Array;
  private rate: number;
  private trials = 0;
  private trial: Trial | null = null;

  constructor(
    private readonly probed: Probed,
    private readonly options: EpochOptions,
  ) {
    const { train, classOf } = probed.dataset;
    const classes = classOf && Int32Array.from(train, (j) => classOf[j]);
    const chosen = stratifiedSample(train.length, classes, MOST_EXAMPLES, random(probed.seed, 'sample'));
    this.indices = Int32Array.from(chosen, (k) => train[k]);
    this.rate = options.learningRate;
  }

  /** Works until it is done, or `shouldYield` says so: then `more`, and the next call goes on. */
  advance(shouldYield: () => boolean): 'more' | Probe {
    if (parameterCount(this.probed.network) > MOST_PARAMETERS) return { rate: null };
    while (this.trial || this.trials < TRIALS) {
      const trial = (this.trial ??= this.nextTrial());
      const outcome = this.run(trial, shouldYield);
      if (outcome === 'more') return 'more';
      if (outcome === 'stable') return { rate: trial.rate };
      this.trial = null;
      if (shouldYield()) return 'more';
    }
    return { rate: null };
  }

  private nextTrial(): Trial {
    const { network, dataset, weights, initial, optimizer, seed, machine } = this.probed;
    this.trials++;
    this.rate /= SHRINK;
    const rate = Number(this.rate.toPrecision(1));
    const sample = { X: dataset.X, Y: dataset.Y, indices: this.indices, ...(weights && { weights }) };
    const trainer = new SimdTrainer(network, initial, sample, null, {
      ...{ optimizer, seed },
      ...(machine && { machine }),
    });
    return { trainer, rate, costBefore: trainer.measure().trainCost };
  }

  private run(
    { trainer, rate, costBefore }: Trial,
    shouldYield: () => boolean,
  ): 'more' | 'stable' | 'unstable' {
    const options = { ...this.options, learningRate: rate };
    while (trainer.epoch < EPOCHS) {
      const outcome = trainer.advance(options, shouldYield);
      if (outcome === 'more') return 'more';
      if (outcome !== 'epoch') return 'unstable';
      if (shouldYield() && trainer.epoch < EPOCHS) return 'more';
    }
    return trainer.measure().trainCost <= costBefore ? 'stable' : 'unstable';
  }
}
