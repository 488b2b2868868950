import { hiddenActivations, type HiddenActivation } from '../core/activations';
import { initializations, type Initialization } from '../core/initialization';
import { outputKinds, type OutputKind } from '../core/network';
import { optimizers, type Optimizer } from '../core/optimizer';
import { schedules, type Schedule } from '../core/schedule';

/** Every setting of `neuronLens.*`, clamped and typed. */
export interface Settings {
  'model.hiddenLayers': number[];
  'model.hiddenActivation': HiddenActivation;
  'model.output': 'auto' | OutputKind;
  'model.initialization': Initialization;
  'model.initializationScale': number;
  'training.learningRate': number | 'auto';
  'training.learningRateSchedule': Schedule;
  'training.learningRateDecay': number;
  'training.learningRateStep': number;
  'training.epochs': number;
  'training.batchSize': number;
  'training.optimizer': Optimizer;
  'training.momentum': number;
  'training.l2': number;
  'training.l1': number;
  'training.classWeights': 'none' | 'balanced';
  'training.earlyStopping.patience': number;
  'training.earlyStopping.minDelta': number;
  'training.seed': number;
  'training.testFraction': number;
  'training.engine': Engine;
  'training.threads': number;
  'training.memoryBudget': number;
  'data.target': string;
  'data.ignoredColumns': string[];
  'data.standardize': boolean;
  'data.includedColumns': string[];
  'data.missingValues': MissingValues;
  'data.splitColumn': string;
  'csv.delimiter': string;
  'csv.header': 'auto' | 'present' | 'absent';
  'csv.decimalSeparator': 'auto' | '.' | ',';
  'csv.quote': string;
  'csv.commentPrefixes': string[];
  'csv.skipLines': number;
  'csv.missingTokens': string[];
  'csv.encoding': string;
  'csv.maxRows': number;
  'codeLens.enabled': boolean;
  'view.epochsPerSecond': number;
  'view.maxFramesPerSecond': number;
}
export type SettingKey = keyof Settings;

export const engines = ['simd', 'reference'] as const;
export type Engine = (typeof engines)[number];
export const missingValues = ['impute', 'dropRows', 'refuse'] as const;
export type MissingValues = (typeof missingValues)[number];

interface NumberRange {
  readonly minimum: number;
  readonly maximum: number;
  readonly whole?: boolean;
}
type Kind =
  | ({ readonly kind: 'number' } & NumberRange)
  | ({ readonly kind: 'numberOrAuto' } & NumberRange)
  | ({ readonly kind: 'numbers'; readonly longest: number } & NumberRange)
  | { readonly kind: 'choice'; readonly choices: Readonly<Record<string, string>> }
  | { readonly kind: 'text' }
  | { readonly kind: 'texts' }
  | { readonly kind: 'boolean' };

export type Definition<T> = Kind & {
  readonly default: T;
  readonly description: string;
  /** `live`: acts on the running training; `restart`: the next one; `view`: pictures only. */
  readonly acts: 'live' | 'restart' | 'view';
};

const described = (descriptions: Record<string, string>, keys: readonly string[]) =>
  Object.fromEntries(keys.map((key) => [key, descriptions[key]]));

/** The one table of keys, defaults and bounds: the manifest, the CLI's help and the README come from it. */
export const definitions: { readonly [K in SettingKey]: Definition<Settings[K]> } = {
  'model.hiddenLayers': {
    kind: 'numbers',
    longest: 6,
    minimum: 1,
    maximum: 1024,
    whole: true,
    default: [4],
    acts: 'restart',
    description:
      'Units in each hidden layer, from the input on; at most 6 layers. An empty list is logistic regression (or linear, for a number).',
  },
  'model.hiddenActivation': {
    kind: 'choice',
    choices: described(
      {
        tanh: 'Hyperbolic tangent, −1 to 1.',
        sigmoid: 'Logistic function, 0 to 1.',
        relu: 'max(0, z).',
        leakyRelu: 'max(0.01 z, z).',
        linear: 'z itself: the network is then linear, however many layers it has.',
      },
      hiddenActivations,
    ),
    default: 'tanh',
    acts: 'restart',
    description: 'Activation g of the hidden units.',
  },
  'model.output': {
    kind: 'choice',
    choices: described(
      {
        auto: 'By the target: sigmoid for two classes, softmax for more, linear for numbers.',
        sigmoid: 'One unit, the probability of the second of two classes.',
        softmax: 'One unit a class, their probabilities.',
        linear: 'Regression: the target is a number.',
      },
      ['auto', ...outputKinds],
    ),
    default: 'auto',
    acts: 'restart',
    description: 'What the output layer computes.',
  },
  'model.initialization': {
    kind: 'choice',
    choices: described(
      {
        auto: 'smallRandom up to one hidden layer; else xavier, or he for the ReLUs.',
        smallRandom: 'Normal numbers times the initialization scale.',
        xavier: 'Normal numbers times √(1 / inputs of the layer).',
        he: 'Normal numbers times √(2 / inputs of the layer).',
        zeros: 'All zero: hidden units stay identical, which is why one does not.',
      },
      initializations,
    ),
    default: 'auto',
    acts: 'restart',
    description: 'How the weights start; biases start at 0.',
  },
  'model.initializationScale': {
    kind: 'number',
    minimum: 0,
    maximum: 10,
    default: 0.01,
    acts: 'restart',
    description: 'Standard deviation of the initial weights under smallRandom.',
  },
  'training.learningRate': {
    kind: 'numberOrAuto',
    minimum: 1e-8,
    maximum: 1000,
    default: 'auto',
    acts: 'live',
    description:
      'Step size α of gradient descent. `auto`: 1.2 for two classes, 0.3 for more classes or from 3 hidden layers on, 0.1 for regression.',
  },
  'training.learningRateSchedule': {
    kind: 'choice',
    choices: described(
      {
        constant: 'α in every epoch.',
        inverse: 'α / (1 + decay · epoch).',
        exponential: 'α · (1 − decay)^epoch.',
        step: 'α · (1 − decay)^⌊epoch / step⌋, with the step in epochs from the learning rate step.',
      },
      schedules,
    ),
    default: 'constant',
    acts: 'live',
    description: 'How the learning rate α changes over the epochs, counted from 0.',
  },
  'training.learningRateDecay': {
    kind: 'number',
    minimum: 0,
    maximum: 1,
    default: 0.01,
    acts: 'live',
    description: 'Decay of the learning rate under the schedules inverse, exponential and step.',
  },
  'training.learningRateStep': {
    kind: 'number',
    minimum: 1,
    maximum: 10_000_000,
    whole: true,
    default: 100,
    acts: 'live',
    description: 'Epochs between two steps of the learning rate under the schedule step.',
  },
  'training.epochs': {
    kind: 'number',
    minimum: 1,
    maximum: 10_000_000,
    whole: true,
    default: 10_000,
    acts: 'live',
    description: 'Passes over the training set before training is done.',
  },
  'training.batchSize': {
    kind: 'number',
    minimum: 0,
    maximum: 10_000_000,
    whole: true,
    default: 0,
    acts: 'live',
    description:
      'Examples in a mini-batch, which are shuffled anew each epoch; 0: all examples at once (full batch).',
  },
  'training.optimizer': {
    kind: 'choice',
    choices: described(
      {
        gradientDescent: 'w ← w − α g.',
        momentum: 'v ← β v + α g; w ← w − v.',
        nesterov: 'v ← β v + α g; w ← w − (β v + α g).',
        adam: 'Steps scaled by running means of g and g² (β₁ 0.9, β₂ 0.999, ε 1e−8); a usual learning rate is 0.001.',
      },
      optimizers,
    ),
    default: 'gradientDescent',
    acts: 'restart',
    description: 'How the gradient g changes the weights w.',
  },
  'training.momentum': {
    kind: 'number',
    minimum: 0,
    maximum: 0.9999,
    default: 0.9,
    acts: 'live',
    description: 'β of the optimizers momentum and nesterov.',
  },
  'training.l2': {
    kind: 'number',
    minimum: 0,
    maximum: 100,
    default: 0,
    acts: 'live',
    description:
      'L2 regularization λ: ½ λ Σ W² is added to the cost of an example; biases are left out. The costs shown are without it.',
  },
  'training.l1': {
    kind: 'number',
    minimum: 0,
    maximum: 100,
    default: 0,
    acts: 'live',
    description:
      'L1 regularization λ: λ Σ |W| is added to the cost of an example; biases are left out. The costs shown are without it.',
  },
  'training.classWeights': {
    kind: 'choice',
    choices: {
      none: 'Every example counts the same.',
      balanced:
        'Examples of a class count m / (classes · examples of the class), so that rare classes are not passed over.',
    },
    default: 'none',
    acts: 'restart',
    description: 'What the loss of an example counts, by its class.',
  },
  'training.earlyStopping.patience': {
    kind: 'number',
    minimum: 0,
    maximum: 10_000_000,
    whole: true,
    default: 0,
    acts: 'live',
    description:
      'Stop when the test cost has not improved for this many epochs, and put back the weights of the best epoch; 0: never.',
  },
  'training.earlyStopping.minDelta': {
    kind: 'number',
    minimum: 0,
    maximum: 1000,
    default: 0,
    acts: 'live',
    description: 'An improvement of the test cost by no more than this does not count for early stopping.',
  },
  'training.seed': {
    kind: 'number',
    minimum: 0,
    maximum: 2_147_483_647,
    whole: true,
    default: 1,
    acts: 'restart',
    description: 'Seed of the initial weights and of the train/test split.',
  },
  'training.testFraction': {
    kind: 'number',
    minimum: 0,
    maximum: 0.9,
    default: 0.2,
    acts: 'restart',
    description: 'Share of the rows kept for testing, stratified by class. Below 50 rows all are trained on.',
  },
  'training.engine': {
    kind: 'choice',
    choices: described(
      {
        simd: 'Fast and the same to the last bit on every machine: 32-bit numbers, four at once, on several threads.',
        reference: 'Slow and readable: 64-bit numbers, written like the equations.',
      },
      engines,
    ),
    default: 'simd',
    acts: 'restart',
    description: 'What computes the training.',
  },
  'training.threads': {
    kind: 'number',
    minimum: 0,
    maximum: 64,
    whole: true,
    default: 0,
    acts: 'restart',
    description:
      'Threads that train; 0: all cores, in the editor one less. Small problems stay on one. Results do not depend on it.',
  },
  'training.memoryBudget': {
    kind: 'number',
    minimum: 16,
    maximum: 4000,
    default: 2000,
    acts: 'restart',
    description:
      'Megabytes that the engine may use for one training; what needs more is refused before it starts.',
  },
  'data.target': {
    kind: 'text',
    default: '',
    acts: 'restart',
    description:
      'Column to predict. Empty: a column with a usual name (label, target, class, y, …), else the last one if it is a class, else the last number.',
  },
  'data.ignoredColumns': {
    kind: 'texts',
    default: [],
    acts: 'restart',
    description: 'Columns that are neither features nor target.',
  },
  'data.standardize': {
    kind: 'boolean',
    default: true,
    acts: 'restart',
    description: 'Scale number features to mean 0 and standard deviation 1 over the training part.',
  },
  'data.includedColumns': {
    kind: 'texts',
    default: [],
    acts: 'restart',
    description:
      'Columns to use as features although they would be left out: identifiers, and free text, of which the 20 commonest values count.',
  },
  'data.missingValues': {
    kind: 'choice',
    choices: described(
      {
        impute:
          'A missing number becomes the mean of its column, anything else the commonest value, both over the training part; a feature of its own, “… is missing”, says where.',
        dropRows: 'Rows that miss a value are left out.',
        refuse: 'A missing value is an error.',
      },
      missingValues,
    ),
    default: 'impute',
    acts: 'restart',
    description: 'What becomes of features that are missing. Rows without a target are always left out.',
  },
  'data.splitColumn': {
    kind: 'text',
    default: '',
    acts: 'restart',
    description:
      'Column that decides what is trained on and what is tested on. Values such as train and test decide for themselves; otherwise rows with the same value stay together.',
  },
  'csv.delimiter': {
    kind: 'text',
    default: 'auto',
    acts: 'restart',
    description:
      'What separates the cells: one character, or comma, semicolon, tab, pipe, space; auto: found from the first 64 kB.',
  },
  'csv.header': {
    kind: 'choice',
    choices: {
      auto: 'A first row of words is a header.',
      present: 'The first row holds the names of the columns.',
      absent: 'The first row is data.',
    },
    default: 'auto',
    acts: 'restart',
    description: 'Whether the table has a header.',
  },
  'csv.decimalSeparator': {
    kind: 'choice',
    choices: { auto: 'Found from the first 64 kB.', '.': '1.5', ',': '1,5' },
    default: 'auto',
    acts: 'restart',
    description: 'The decimal mark of numbers.',
  },
  'csv.quote': {
    kind: 'text',
    default: 'auto',
    acts: 'restart',
    description:
      'The character around cells that hold delimiters; empty: quotes are text like any other; auto: " unless all cells stand in apostrophes.',
  },
  'csv.commentPrefixes': {
    kind: 'texts',
    default: ['#', '//', '%'],
    acts: 'restart',
    description: 'Lines that start with one of these are comments, unless they are full rows.',
  },
  'csv.skipLines': {
    kind: 'number',
    minimum: 0,
    maximum: 10_000_000,
    whole: true,
    default: 0,
    acts: 'restart',
    description: 'Lines to pass over at the start of the file.',
  },
  'csv.missingTokens': {
    kind: 'texts',
    default: [
      ...['NA', 'N/A', 'NaN', 'null', '?', '-', '.'],
      ...['na', 'n/a', 'nan', 'NAN', 'Null', 'NULL', '#N/A', 'None', 'none'],
      ...['<NA>', 'NaT', '[NULL]', '\\N'],
    ],
    acts: 'restart',
    description: 'Texts that mean that a cell is missing, besides empty cells.',
  },
  'csv.encoding': {
    kind: 'text',
    default: 'auto',
    acts: 'restart',
    description:
      'Encoding of the file, such as utf-8, utf-16le, windows-1252, latin1 or shift_jis; auto: found.',
  },
  'csv.maxRows': {
    kind: 'number',
    minimum: 0,
    maximum: 1_000_000_000,
    whole: true,
    default: 0,
    acts: 'restart',
    description: 'Rows to read at most; 0: all.',
  },
  'codeLens.enabled': {
    kind: 'boolean',
    default: true,
    acts: 'view',
    description: 'Show Train above the first line of CSV files.',
  },
  'view.epochsPerSecond': {
    kind: 'number',
    minimum: 0,
    maximum: 1_000_000,
    default: 1000,
    acts: 'view',
    description:
      'Pace of a training that is being watched, in epochs per second; 0 is full speed. Results do not depend on it.',
  },
  'view.maxFramesPerSecond': {
    kind: 'number',
    minimum: 1,
    maximum: 60,
    default: 20,
    acts: 'view',
    description: 'How often the pictures are drawn anew, at most.',
  },
};

export const settingKeys = Object.keys(definitions) as SettingKey[];
/** The keys that `neuronLens.datasets` may override for some files. */
export const datasetKeys = settingKeys.filter((key) => /^(model|training|data|csv)\./.test(key));
export const defaults = Object.fromEntries(
  settingKeys.map((key) => [key, definitions[key].default]),
) as unknown as Settings;

/** The keys that act on a running training, from its next epoch on. */
export const liveKeys = settingKeys.filter((key) => definitions[key].acts === 'live');

/** The nearest valid value to `raw`, and why it differs. */
export function clamp<K extends SettingKey>(key: K, raw: unknown): { value: Settings[K]; problem?: string } {
  const definition: Definition<unknown> = definitions[key];
  const [value, problem] = clampTo(definition, raw);
  return problem === undefined
    ? { value: value as Settings[K] }
    : {
        value: value as Settings[K],
        problem: `neuronLens.${key}: ${problem}; ${JSON.stringify(value)} is used`,
      };
}

/** All settings from raw values; keys that `raw` lacks take their defaults. */
export function clampAll(raw: Partial<Record<SettingKey, unknown>>): {
  settings: Settings;
  problems: string[];
} {
  const settings: Settings = { ...defaults };
  const problems: string[] = [];
  const set = <K extends SettingKey>(key: K) => {
    if (raw[key] === undefined) return;
    const { value, problem } = clamp(key, raw[key]);
    settings[key] = value;
    if (problem !== undefined) problems.push(problem);
  };
  settingKeys.forEach(set);
  return { settings, problems };
}

function clampTo(
  definition: Definition<unknown>,
  raw: unknown,
): [value: unknown, problem?: string | undefined] {
  const shown = typeof raw === 'number' ? String(raw) : JSON.stringify(raw);
  switch (definition.kind) {
    case 'number':
      return typeof raw === 'number' && !Number.isNaN(raw)
        ? clampNumber(definition, raw)
        : [definition.default, `${shown} is not a number`];
    case 'numberOrAuto':
      if (raw === 'auto') return [raw];
      return typeof raw === 'number' && !Number.isNaN(raw)
        ? clampNumber(definition, raw)
        : [definition.default, `${shown} is neither a number nor "auto"`];
    case 'numbers': {
      if (!Array.isArray(raw)) return [definition.default, `${shown} is not a list of numbers`];
      const numbers = raw.filter((item): item is number => typeof item === 'number' && !Number.isNaN(item));
      const parts = numbers.slice(0, definition.longest).map((item) => clampNumber(definition, item));
      const problem =
        numbers.length < raw.length
          ? `${shown} holds something that is not a number`
          : numbers.length > definition.longest
            ? `${shown} has more than ${definition.longest} numbers`
            : parts.find(([, problem]) => problem !== undefined)?.[1];
      return [parts.map(([value]) => value), problem];
    }
    case 'choice':
      return typeof raw === 'string' && Object.hasOwn(definition.choices, raw)
        ? [raw]
        : [definition.default, `${shown} is none of ${Object.keys(definition.choices).join(', ')}`];
    case 'text':
      return typeof raw === 'string' ? [raw] : [definition.default, `${shown} is not a text`];
    case 'texts': {
      if (!Array.isArray(raw)) return [definition.default, `${shown} is not a list of texts`];
      const texts = raw.filter((item) => typeof item === 'string');
      return texts.length === raw.length ? [raw] : [texts, `${shown} holds something that is not a text`];
    }
    case 'boolean':
      return typeof raw === 'boolean' ? [raw] : [definition.default, `${shown} is neither true nor false`];
    default:
      return definition satisfies never;
  }
}

function clampNumber(range: NumberRange, raw: number): [value: number, problem?: string] {
  if (raw < range.minimum) return [range.minimum, `${raw} is below ${range.minimum}`];
  if (raw > range.maximum) return [range.maximum, `${raw} is above ${range.maximum}`];
  if (range.whole && !Number.isInteger(raw)) return [Math.round(raw), `${raw} is not a whole number`];
  return [raw];
}
