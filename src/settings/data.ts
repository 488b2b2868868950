import { described, type Definitions } from './definition';

export const missingValues = ['impute', 'dropRows', 'refuse'] as const;
export type MissingValues = (typeof missingValues)[number];

/** What becomes of the columns of a table: `data.*`. */
export interface DataSettings {
  'data.target': string;
  'data.ignoredColumns': string[];
  'data.standardize': boolean;
  'data.includedColumns': string[];
  'data.missingValues': MissingValues;
  'data.splitColumn': string;
}

export const data: Definitions<DataSettings> = {
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
};
