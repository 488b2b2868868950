import { exactLosses } from '../core/exactLosses';
import { initialize } from '../core/initialization';
import { flatten, unflatten, type Network } from '../core/network';
import { random } from '../core/random';
import { untilDone } from '../core/trainer';
import type { Dataset } from '../data/dataset';
import { examples } from '../data/examples';
import { foldChance, foldsOf } from '../data/folds';
import type { Parts } from '../data/table/split';
import type { Machine } from '../kernel/passes';
import { SimdTrainer } from '../kernel/simdTrainer';
import type { Automatic } from '../settings/automatic';
import { median } from './halving';

/** What is trained in the trial, and how; always under Adam. */
export type Tried = Omit<Automatic, 'training.learningRate'>;

export interface LineTrial {
  readonly dataset: Dataset;
  readonly seed: number;
  readonly network: Tried;
  readonly line: Tried;
  /** How much each example counts, in what is learnt and in what is compared; null: all the same. */
  readonly weights: Float64Array | null;
  readonly machine: Machine | undefined;
}

const FOLDS = 5;
/** So many examples that are left out tell enough: no further fold is looked at. */
const ENOUGH = 2000;
/** Numbers of as many examples, times outputs, that are tried on: a quarter of a second’s work. */
const MOST_NUMBERS = 100_000;
/** Standard errors by which the network has to be better than the line. */
const CLEARLY = 2;
/** Where it is better by so many, no further fold is looked at. */
const AT_ONCE = 5;
/** That of Adam, as the rules have it. */
const LEARNING_RATE = 0.01;
/** The scale of small random numbers, where the network has few units. */
const SMALL = 0.01;

/** Whether the trial keeps the first picture waiting for about a quarter of a second at most. */
export const isSoonTried = (trainRows: number, features: number, outputs: number): boolean =>
  Math.min(trainRows, ENOUGH) * features * outputs <= MOST_NUMBERS;

/**
 * Whether hidden units gain anything: a network and a straight line are trained on the same folds of the training part, and
 * compared by the losses of the examples that are left out of them. The network has to be better by two standard errors,
 * after as many epochs as were best in the folds, on the median. It follows from the data set, the seed, how much each example
 * counts and what is tried alone; engine, threads and other settings have no part in it.
 */
export function isBetterThanLine(trial: LineTrial): boolean {
  const { weights } = trial;
  const seen: { readonly rows: Int32Array; readonly ofLine: Float64Array; readonly network: Trained }[] = [];
  let errors = 0;
  const { train: part, apart, classOf } = trial.dataset;
  // Of folds in order the last is trained on the most.
  for (const fold of foldsOf({ part, apart, classOf }, FOLDS, foldChance(trial.seed)).reverse()) {
    const line = trainOn(fold, trial.line, trial);
    const network = trainOn(fold, trial.network, trial);
    seen.push({ rows: fold.test, ofLine: line.lossesAt(line.best), network });
    const epoch = median(seen.map(({ network }) => network.best));
    const gains = seen.flatMap((each) => {
      const losses = each.network.lossesAt(epoch);
      const weightOf = (k: number) => (weights ? weights[each.rows[k]] : 1);
      return Array.from(each.ofLine, (loss, k) => (loss - losses[k]) * weightOf(k));
    });
    errors = standardErrors(gains);
    if (errors > AT_ONCE || gains.length >= ENOUGH) break;
  }
  return errors > CLEARLY;
}

/** How many standard errors of their mean some numbers are above 0, on the mean. */
function standardErrors(numbers: readonly number[]): number {
  const mean = numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
  const squares = numbers.reduce((sum, value) => sum + (value - mean) * (value - mean), 0);
  return mean / Math.sqrt(squares / (numbers.length - 1) / numbers.length);
}

const nothing = (): void => undefined;

interface Trained {
  /** The epoch after which the examples that are left out cost least; 0 where nothing is to stop it. */
  readonly best: number;
  /** Their losses after so many epochs; 0, or more than it had: after the last one. */
  lossesAt(epoch: number): Float64Array;
}

function trainOn(fold: Parts, how: Tried, { dataset, seed, weights, machine }: LineTrial): Trained {
  const { X, Y, output } = dataset;
  const network: Network = { sizes: [X.rows, ...how['model.hiddenLayers'], Y.rows], hidden: 'tanh', output };
  const initial = flatten(initialize(network, 'auto', SMALL, random(seed, 'weights')));
  const part = (indices: Int32Array) => ({ X, Y, indices, ...(weights && { weights }) });
  const trainer = new SimdTrainer(network, initial, part(fold.train), part(fold.test), {
    ...{ optimizer: 'adam', seed, ...(machine && { machine }) },
  });
  const options = {
    ...{ learningRate: LEARNING_RATE, momentum: 0, l1: 0, l2: how['training.l2'] },
    batchSize: how['training.batchSize'],
  };
  /** The parameters after each epoch, or the last alone; they are float32. */
  const after: Float32Array[] = [];
  const patience = how['training.earlyStopping.patience'];
  const epochs = how['training.epochs'];
  let [best, lowest] = [0, Infinity];
  if (patience === 0) {
    const ahead = { most: epochs, learningRate: () => LEARNING_RATE, wants: () => false, measured: nothing };
    while (trainer.epoch < epochs && trainer.advance(options, untilDone, ahead) === 'epoch') continue;
    after.push(Float32Array.from(trainer.parameters()));
  }
  while (patience > 0 && trainer.epoch < epochs && trainer.epoch < best + patience) {
    if (trainer.advance(options, untilDone) !== 'epoch') break;
    after.push(Float32Array.from(trainer.parameters()));
    const cost = trainer.testCost() ?? Infinity;
    if (cost < lowest) [best, lowest] = [trainer.epoch, cost];
  }
  trainer.dispose();
  return {
    best,
    lossesAt: (epoch) => {
      const parameters = after[epoch - 1] ?? after.at(-1);
      if (!parameters) return new Float64Array(fold.test.length).fill(Infinity);
      const { X, Y } = examples(dataset, fold.test);
      return exactLosses(network, unflatten(network, Float64Array.from(parameters)), X, Y);
    },
  };
}
