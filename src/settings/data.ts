import type { Definitions } from './definition';

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
  },
  'data.ignoredColumns': {
    kind: 'texts',
    default: [],
    acts: 'restart',
  },
  'data.standardize': {
    kind: 'boolean',
    default: true,
    acts: 'restart',
  },
  'data.includedColumns': {
    kind: 'texts',
    default: [],
    acts: 'restart',
  },
  'data.missingValues': {
    kind: 'choice',
    choices: missingValues,
    default: 'impute',
    acts: 'restart',
  },
  'data.splitColumn': {
    kind: 'text',
    default: '',
    acts: 'restart',
  },
};
