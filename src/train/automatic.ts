import { FEWEST_ROWS_TO_FEATURE } from '../core/lineReason';
import { resolveLearningRate } from '../core/trainer';
import type { Dataset } from '../data/dataset';
import { FEWEST_ROWS_TO_SPLIT } from '../data/table/split';
import { COURSE, plainSettings, type Automatic, type PlainSettings } from '../settings/automatic';
import type { Machine } from '../kernel/passes';
import type { Settings } from '../settings/settings';
import { balancedWeights } from './makeTrainer';
import { isBetterThanLine, isSoonTried } from './lineTrial';

/** What the rules look at of a table. */
interface TableFacts {
  /** Examples that are trained on, and all. */
  readonly trainRows: number;
  readonly rows: number;
  readonly features: number;
  readonly outputs: number;
  /** Whether all features are numbers. */
  readonly onlyNumbers: boolean;
}

type Chosen = Omit<Automatic, 'training.learningRate'>;

/**
 * What each `auto` stands for on a table: a function of the table and the settings alone.
 * @param machine how the kernels may be used for trying; it changes nothing
 */
export function automaticOf(dataset: Dataset, settings: Settings, machine?: Machine): Automatic {
  const facts = factsOf(dataset);
  const bySize = chosenFor(facts);
  const isOpen = settings['model.hiddenLayers'] === 'auto' && isTried(facts);
  const isBalanced = settings['training.classWeights'] === 'balanced' && dataset.classOf !== null;
  const trial = {
    ...{ dataset, seed: settings['training.seed'], network: bySize, line: lineFor(facts), machine },
    weights: isBalanced ? balancedWeights(dataset) : null,
  };
  return automaticFrom(isOpen && !isBetterThanLine(trial) ? trial.line : bySize, dataset, settings);
}

/** The largest network that {@link automaticOf} may find, without a trial. */
export const largestOf = (dataset: Dataset, settings: Settings): Automatic =>
  automaticFrom(chosenFor(factsOf(dataset)), dataset, settings);

function automaticFrom(chosen: Chosen, dataset: Dataset, settings: Settings): Automatic {
  const plain = plainSettings(settings, chosen);
  const network = {
    sizes: [dataset.X.rows, ...plain['model.hiddenLayers'], dataset.Y.rows],
    hidden: settings['model.hiddenActivation'],
    output: dataset.output,
  };
  return {
    ...chosen,
    'training.learningRate': resolveLearningRate('auto', network, {
      optimizer: plain['training.optimizer'],
      momentum: settings['training.momentum'],
      batchSize: plain['training.batchSize'],
      examples: dataset.train.length,
    }),
  };
}

function factsOf({ X, Y, train, test, transform }: Dataset): TableFacts {
  return {
    trainRows: train.length,
    rows: train.length + test.length,
    features: X.rows,
    outputs: Y.rows,
    onlyNumbers: transform.columns.every(({ kind }) => kind === 'number'),
  };
}

/** Tables of the course: a few numbers, few rows. */
const COURSE_FEATURES = 2;
const COURSE_ROWS = 1000;
/** From so many rows on there is something to learn for more units. */
const MANY_ROWS = 10_000;
/** Examples that have to go by without gain before it is stopped. */
const PATIENCE_EXAMPLES = 50_000;
/** Examples that go by in all, at most. */
const MOST_EXAMPLES = 5e6;

/**
 * What fits a table by its size; settings that are set do not change what the others stand for. Found by trials on made
 * tables, with `npm run bench -- --only defaults`.
 */
function chosenFor(facts: TableFacts): Chosen {
  const { trainRows, features } = facts;
  if (isOfCourse(facts)) return COURSE;
  if (trainRows < FEWEST_ROWS_TO_FEATURE * features) return lineFor(facts);
  const { optimizer, batchSize, epochs, patience } = scheduleFor(trainRows);
  return {
    'model.hiddenLayers': [trainRows < MANY_ROWS ? 32 : 64],
    'training.optimizer': optimizer,
    'training.batchSize': batchSize,
    'training.epochs': epochs,
    'training.l2': rounded(2 / trainRows),
    // A part of fewer examples cannot be cut again.
    'training.earlyStopping.patience': trainRows < FEWEST_ROWS_TO_SPLIT ? 0 : patience,
  };
}

/** How a network is trained on so many rows that is watched by others. */
export interface Schedule {
  readonly optimizer: PlainSettings['training.optimizer'];
  readonly batchSize: number;
  /** The most epochs, and how many without gain end it. */
  readonly epochs: number;
  readonly patience: number;
}

export const scheduleFor = (trainRows: number): Schedule => ({
  optimizer: 'adam',
  batchSize: doubled(trainRows / 100, 64, 256),
  epochs: within(Math.ceil(MOST_EXAMPLES / trainRows), 50, 1000),
  patience: within(Math.ceil(PATIENCE_EXAMPLES / trainRows), 10, 200),
});

/** Logistic or ridge regression. */
const lineFor = ({ trainRows }: TableFacts): Chosen => ({
  'model.hiddenLayers': [],
  'training.optimizer': 'adam',
  'training.batchSize': 0,
  'training.epochs': 1000,
  // That of scikit-learn's.
  'training.l2': rounded(1 / trainRows),
  'training.earlyStopping.patience': 0,
});

const isOfCourse = ({ onlyNumbers, features, rows }: TableFacts): boolean =>
  onlyNumbers && features <= COURSE_FEATURES && rows <= COURSE_ROWS;

/** Whether a network and a straight line are tried before one of them is chosen. */
function isTried(facts: TableFacts): boolean {
  const { trainRows, features, outputs } = facts;
  if (isOfCourse(facts) || trainRows < FEWEST_ROWS_TO_FEATURE * features) return false;
  return trainRows <= MANY_ROWS && isSoonTried(trainRows, features, outputs);
}

const within = (x: number, least: number, most: number): number => Math.min(most, Math.max(least, x));

/** The largest `least` · 2ⁿ that is at most x, and at most `most`. */
function doubled(x: number, least: number, most: number): number {
  let power = least;
  while (2 * power <= Math.min(x, most)) power *= 2;
  return power;
}

/** To two digits: a person reads it. */
const rounded = (x: number): number => Number(x.toPrecision(2));
