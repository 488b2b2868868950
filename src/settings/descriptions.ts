import type { ColumnKind } from './data';
import type { Settings, SettingKey } from './settings';

/** The keys whose values are one of a few words. */
type ChoiceKey = {
  [K in SettingKey]: Settings[K] extends string ? (string extends Settings[K] ? never : K) : never;
}[SettingKey];

/** What a person reads of each setting. It is apart from the settings themselves because the editor does not load it: the manifest has it. */
export const descriptions: { readonly [K in SettingKey]: string } = {
  'model.hiddenLayers':
    'Units in each hidden layer, from the input on; at most 6 layers. An empty list is logistic regression (or linear, for a number). `auto`: 4 on small tables of one or two numbers (at most 1,000 rows); none with fewer than 10 rows to train on for each feature, or where a straight line does as well (tried on folds of the training part); else 32, from 10,000 such rows on 64.',
  'model.hiddenActivation': 'Activation g of the hidden units.',
  'model.output': 'What the output layer computes.',
  'model.initialization': 'How the weights start; biases start at 0.',
  'model.initializationScale': 'Standard deviation of the initial weights under smallRandom.',
  'training.learningRate':
    'Step size α. `auto`: 0.01 for adam; else 1.2 for two classes, 0.3 for more classes or from 3 hidden layers on, 0.1 for regression (with ReLUs at most 2 / units of the widest layer), times 1 − β for momentum and nesterov, times √(batch size / 256) for smaller mini-batches. A training keeps the rate that it began with.',
  'training.learningRateSchedule': 'How the learning rate α changes over the epochs, counted from 0.',
  'training.learningRateDecay':
    'Decay of the learning rate under the schedules inverse, exponential and step.',
  'training.learningRateStep': 'Epochs between two steps of the learning rate under the schedule step.',
  'training.epochs':
    'Passes over the training set before training is done. `auto`: 10,000 on small tables of one or two numbers; else so many that about five million examples go by, at least 50 and at most 1,000.',
  'training.batchSize':
    'Examples in a mini-batch, which are shuffled anew each epoch; 0: all examples at once (full batch). `auto`: 0 on small tables of one or two numbers and without hidden layers; else 64, from 12,800 rows to train on more, up to 256.',
  'training.optimizer': 'How the gradient g changes the weights w.',
  'training.momentum': 'β of the optimizers momentum and nesterov.',
  'training.l2':
    'L2 regularization λ: ½ λ Σ W² is added to the cost of an example; biases are left out. The costs shown are without it. `auto`: 0 on small tables of one or two numbers; else 2 / rows to train on, without hidden layers 1 / rows.',
  'training.l1':
    'L1 regularization λ: λ Σ |W| is added to the cost of an example; biases are left out. The costs shown are without it.',
  'training.classWeights': 'What the loss of an example counts, by its class.',
  'training.earlyStopping.patience':
    'Stop when the test cost has not improved for this many epochs, and put back the weights of the best epoch; 0: never. The test score is then no longer one of data that nobody has looked at. `auto` never looks at the test part: a fifth of the training part is set aside, the same network is trained without it beside the run, and the run ends at the epoch at which that was best. On small tables of one or two numbers, and without hidden layers, it is 0.',
  'training.earlyStopping.minDelta':
    'An improvement of the test cost by no more than this does not count for early stopping.',
  'training.seed': 'Seed of the initial weights and of the train/test split.',
  'training.testFraction':
    'Share of the rows kept for testing, stratified by class. Below 50 rows all are trained on.',
  'training.engine': 'What computes the training.',
  'training.threads':
    'Threads that train; 0: all cores. Small problems stay on one. Results do not depend on it.',
  'training.memoryBudget':
    'Megabytes that the engine may use for one training; what needs more is refused before it starts.',
  'data.target':
    'Column to predict. Empty: a column with a usual name (label, target, class, y, …), else the last one if it is a class, else the last number.',
  'data.ignoredColumns': 'Columns that are neither features nor target.',
  'data.standardize': 'Scale number features to mean 0 and standard deviation 1 over the training part.',
  'data.includedColumns':
    'Columns to use as features although they would be left out: identifiers, and free text, of which the 20 commonest values count.',
  'data.missingValues':
    'What becomes of features that are missing. Rows without a target are always left out.',
  'data.splitColumn':
    'Column that decides what is trained on and what is tested on. Values such as train and test decide for themselves; otherwise rows with the same value stay together.',
  'data.splitBy': 'How `data.splitColumn` parts the rows.',
  'data.columnTypes':
    'What some columns hold, by their names, whatever is found in them: `{ "zip": "category" }`.',
  'data.placeholders':
    'Texts that mean that a cell is missing in one column, by its name: `{ "age": ["99", "-1"] }`. In a column of numbers they are compared as numbers.',
  'data.mergeSpellings':
    'Take texts of a column that differ only in case, blanks, invisible characters or a final period for one, and so short forms (y, m) beside their words (yes, male).',
  'data.transform': 'What is done to number features before they are scaled.',
  'data.mutedChecks':
    'Checks of the model that say nothing, by their codes; docs/checks.md in the repository lists them.',
  'csv.delimiter':
    'What separates the cells: one character or a few signs such as ::, or comma, semicolon, tab, pipe, space; auto: found from the first 64 kB.',
  'csv.header': 'Whether the table has a header.',
  'csv.decimalSeparator': 'The decimal mark of numbers.',
  'csv.quote':
    'The character around cells that hold delimiters; empty: quotes are text like any other; auto: " unless all cells stand in apostrophes.',
  'csv.commentPrefixes': 'Lines that start with one of these are comments, unless they are full rows.',
  'csv.skipLines': 'Lines to pass over at the start of the file.',
  'csv.leaveOutLines':
    'Lines, from 1, on which rows begin that are left out: of a row over several lines, its first. Mostly for one file, through `datasets`.',
  'csv.missingTokens': 'Texts that mean that a cell is missing, besides empty cells.',
  'csv.encoding':
    'Encoding of the file, such as utf-8, utf-16le, windows-1252, latin1 or shift_jis; auto: found.',
  'csv.maxRows': 'Rows to read at most; 0: all.',
  'codeLens.enabled': 'Show Train above the first line of CSV files.',
  'view.epochsPerSecond':
    'Pace of a training that is being watched, in epochs per second; 0 is full speed. Results do not depend on it.',
  'view.maxFramesPerSecond': 'How often the pictures are drawn anew, at most.',
  'runs.location':
    'A folder of the workspace, relative to the workspace folder, in which new trainings are kept as text files that can be committed: a readable one for each, its weights beside. They stay until somebody deletes them. Empty: the storage of VS Code, which keeps ten of a file and those with a star.',
};

/** What a person reads of each value of a setting that is one of a few words. */
const choiceDescriptions: { readonly [K in ChoiceKey]: { readonly [C in Settings[K]]: string } } = {
  'model.hiddenActivation': {
    tanh: 'Hyperbolic tangent, −1 to 1.',
    sigmoid: 'Logistic function, 0 to 1.',
    relu: 'max(0, z).',
    leakyRelu: 'max(0.01 z, z).',
    linear: 'z itself: the network is then linear, however many layers it has.',
  },
  'model.output': {
    auto: 'By the target: sigmoid for two classes, softmax for more, linear for numbers.',
    sigmoid: 'One unit, the probability of the second of two classes.',
    softmax: 'One unit a class, their probabilities.',
    linear: 'Regression: the target is a number.',
  },
  'model.initialization': {
    auto: 'he for the ReLUs; else smallRandom up to one hidden layer, xavier from two on.',
    smallRandom: 'Normal numbers times the initialization scale.',
    xavier: 'Normal numbers times √(1 / inputs of the layer).',
    he: 'Normal numbers times √(2 / inputs of the layer). ReLUs begin in pairs of opposite units, along directions at right angles.',
    zeros: 'All zero: hidden units stay identical, which is why one does not.',
  },
  'training.learningRateSchedule': {
    constant: 'α in every epoch.',
    inverse: 'α / (1 + decay · epoch).',
    exponential: 'α · (1 − decay)^epoch.',
    step: 'α · (1 − decay)^⌊epoch / step⌋, with the step in epochs from the learning rate step.',
  },
  'training.optimizer': {
    auto: 'gradientDescent on small tables of one or two numbers (at most 1,000 rows), else adam.',
    gradientDescent: 'w ← w − α g.',
    momentum: 'v ← β v + α g; w ← w − v.',
    nesterov: 'v ← β v + α g; w ← w − (β v + α g).',
    adam: 'Steps scaled by running means of g and g² (β₁ 0.9, β₂ 0.999, ε 1e−8); a usual learning rate is 0.001.',
  },
  'training.classWeights': {
    none: 'Every example counts the same.',
    balanced:
      'Examples of a class count m / (classes · examples of the class), so that rare classes are not passed over.',
  },
  'training.engine': {
    simd: 'Fast and the same to the last bit on every machine: 32-bit numbers, four at once, on several threads.',
    reference: 'Slow and readable: 64-bit numbers, written like the equations.',
  },
  'data.missingValues': {
    impute:
      'A missing number becomes the mean of its column, anything else the commonest value, both over the training part; a feature of its own, “… is missing”, says where.',
    dropRows: 'Rows that miss a value are left out.',
    refuse: 'A missing value is an error.',
  },
  'data.splitBy': {
    auto: 'Values such as train and test decide for themselves; otherwise rows with the same value stay together.',
    groups: 'Rows with the same value stay together.',
    order: 'The last rows by this column are tested on; equal values stay on one side.',
  },
  'data.transform': {
    auto: 'Nothing; where a column has a heavy tail, this is said.',
    none: 'Nothing.',
    log: 'sign(x) · ln(1 + |x| / s), s the median of |x| over the training part.',
    rank: 'The share of the training part that is smaller.',
  },
  'csv.header': {
    auto: 'A first row of words is a header.',
    present: 'The first row holds the names of the columns.',
    absent: 'The first row is data.',
  },
  'csv.decimalSeparator': {
    auto: 'Found from the first 64 kB.',
    '.': '1.5',
    ',': '1,5',
  },
};

const columnKindDescriptions: { readonly [K in ColumnKind]: string } = {
  number: 'A number; other cells are missing.',
  category: 'One feature for each text.',
  date: 'A date, with or without a time: days since 1970.',
  time: 'A time of day, as a point on a circle: two features.',
  list: 'A list of answers: one feature for each answer.',
  ticked: 'Given or not given: 1 where the cell holds anything, 0 where it is empty.',
  text: 'Free text, left out.',
};

/** The same for whoever knows the key only when it runs. */
const byKey: { readonly [K in SettingKey]?: Readonly<Record<string, string>> } = {
  ...choiceDescriptions,
  'data.columnTypes': columnKindDescriptions,
};

/** What a person reads of one of a setting's choices. */
export const choiceDescription = (key: SettingKey, choice: string): string => byKey[key]?.[choice] ?? choice;
