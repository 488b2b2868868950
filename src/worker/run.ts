import { createHash } from 'node:crypto';
import { History } from '../core/history';
import { initialize } from '../core/initialization';
import { flatten, unflatten, type Network, type Parameters } from '../core/network';
import { random } from '../core/random';
import { resolveLearningRate, Trainer, type Measure } from '../core/trainer';
import { examples, readDataset, type Dataset } from '../data/dataset';
import { UserError } from '../data/userError';
import type { Settings } from '../settings';

/** A training that needs more than this would bring most machines to a stop. */
const MOST_BYTES = 4e9;

export const ENGINE = 'float64-reference';

/** Where a training continues from. */
export interface Start {
  readonly epoch: number;
  /** As {@link flatten} gives them. */
  readonly parameters: Float64Array;
  /** Epochs between two points of the curve so far. */
  readonly interval: number;
}

/** One training from a CSV text: the dataset, the network on it and the curve, in the worker and the CLI. */
export class TrainingRun {
  readonly dataset: Dataset;
  readonly network: Network;
  readonly history: History;
  readonly trainer: Trainer;
  learningRate: number;
  epochs: number;

  /** Throws UserError when the text cannot be trained on, RangeError when `start` does not fit it. */
  constructor(
    text: string,
    readonly settings: Settings,
    start?: Start | ((network: Network) => Parameters),
  ) {
    this.history = new History([], typeof start === 'object' ? start.interval : 1);
    this.dataset = readDataset(text, settings);
    this.network = {
      sizes: [this.dataset.X.rows, ...settings['model.hiddenLayers'], this.dataset.Y.rows],
      hidden: settings['model.hiddenActivation'],
      output: this.dataset.output,
    };
    const parameters =
      typeof start === 'function'
        ? start(this.network)
        : start
          ? unflatten(this.network, start.parameters)
          : initialize(
              this.network,
              settings['model.initialization'],
              settings['model.initializationScale'],
              random(settings['training.seed'], 'weights'),
            );
    const { dataset } = this;
    refuseTooLarge(this.network, dataset.X.cols);
    this.trainer = new Trainer(
      this.network,
      parameters,
      examples(dataset, dataset.train),
      dataset.test.length > 0 ? examples(dataset, dataset.test) : null,
      typeof start === 'object' ? start.epoch : 0,
    );
    this.learningRate = resolveLearningRate(settings['training.learningRate'], this.network);
    this.epochs = settings['training.epochs'];
    this.record();
  }

  get epoch(): number {
    return this.trainer.epoch;
  }

  /**
   * One epoch. Returns the new point when the curve gets one, null when not, and `diverged` when the
   * update made a cost or weight that is not finite; it is then undone.
   */
  step(): Measure | null | 'diverged' {
    if (!this.trainer.step(this.learningRate)) return 'diverged';
    return this.history.wants(this.epoch) ? this.record() : null;
  }

  measure(): Measure {
    return this.trainer.measure();
  }

  parameters(): Float64Array {
    return flatten(this.trainer.parameters);
  }

  private record(): Measure {
    const measure = this.measure();
    this.history.push(measure);
    return measure;
  }
}

/** Z, A and dZ of every layer, and X, in float64. Throws UserError, before anything is allocated. */
function refuseTooLarge({ sizes }: Network, m: number): void {
  const bytes = 8 * m * sizes.reduce((sum, n, l) => sum + (l === 0 ? 2 : 3) * n, 0);
  if (bytes <= MOST_BYTES) return;
  const gigabytes = (value: number) => (value / 1e9).toFixed(value === MOST_BYTES ? 0 : 1);
  throw new UserError(
    `A ${sizes.join('-')} network on ${m} rows needs ${gigabytes(bytes)} GB of memory; at most ${gigabytes(MOST_BYTES)} GB are used. Use smaller hidden layers or fewer rows.`,
  );
}

/** SHA-256 of parameters in their own width, little-endian, in the order of {@link flatten}. */
export function weightsHash(parameters: Float64Array): string {
  const bytes = new DataView(new ArrayBuffer(parameters.length * 8));
  parameters.forEach((value, k) => bytes.setFloat64(k * 8, value, true));
  return createHash('sha256').update(bytes).digest('hex');
}
