import { selectColumns } from '../core/matrix';
import { flatten, parameterCount } from '../core/network';
import type { EpochOptions } from '../core/optimizer';
import { random } from '../core/random';
import { untilDone } from '../core/trainer';
import { stratifiedSample } from '../data/table/split';
import { SimdTrainer } from '../kernel/simdTrainer';
import type { TrainingRun } from './run';

const MOST_EXAMPLES = 1000;
const EPOCHS = 30;
/** Each rate tried is a third of the one before. */
const SHRINK = 3;
const TRIALS = 8;
/** Larger networks are not probed: a person waits for the message. */
const MOST_PARAMETERS = 200_000;

/**
 * The largest of a few smaller learning rates with which some epochs from the initial weights, on a sample of
 * the training set, stay finite and end no higher than they began; null when there is none.
 */
export function suggestRate(run: TrainingRun, options: EpochOptions): number | null {
  const { network, dataset, settings } = run;
  if (parameterCount(network) > MOST_PARAMETERS) return null;
  const seed = settings['training.seed'];
  const { train, classOf } = dataset;
  const classes = classOf && Int32Array.from(train, (j) => classOf[j]);
  const chosen = stratifiedSample(train.length, classes, MOST_EXAMPLES, random(seed, 'sample'));
  const indices = Int32Array.from(chosen, (k) => train[k]);
  const sample = { X: selectColumns(dataset.X, indices), Y: selectColumns(dataset.Y, indices) };
  const initial = flatten(run.initialParameters());
  for (let trial = 0, rate = options.learningRate; trial < TRIALS; trial++) {
    rate /= SHRINK;
    const tried = Number(rate.toPrecision(1));
    const trainer = new SimdTrainer(network, initial, sample, null, {
      optimizer: settings['training.optimizer'],
      seed,
    });
    const before = trainer.measure().trainCost;
    let stable = true;
    for (let epoch = 0; stable && epoch < EPOCHS; epoch++) {
      stable = trainer.advance({ ...options, learningRate: tried }, untilDone) === 'epoch';
    }
    if (stable && trainer.measure().trainCost <= before) return tried;
  }
  return null;
}
