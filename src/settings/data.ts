import type { Definitions } from './definition';

export const missingValues = ['impute', 'dropRows', 'refuse'] as const;
export type MissingValues = (typeof missingValues)[number];

/** What a column can be said to hold. */
export const columnKinds = ['number', 'category', 'date', 'time', 'list', 'ticked', 'text'] as const;
export type ColumnKind = (typeof columnKinds)[number];

export const numberTransforms = ['auto', 'none', 'log', 'rank'] as const;
export type NumberTransform = (typeof numberTransforms)[number];

export const splitRules = ['auto', 'groups', 'order'] as const;
export type SplitRule = (typeof splitRules)[number];

/** What becomes of the columns of a table: `data.*`. */
export interface DataSettings {
  'data.target': string;
  'data.ignoredColumns': string[];
  'data.standardize': boolean;
  'data.includedColumns': string[];
  'data.missingValues': MissingValues;
  'data.splitColumn': string;
  'data.splitBy': SplitRule;
  'data.columnTypes': Readonly<Record<string, ColumnKind>>;
  'data.placeholders': Readonly<Record<string, readonly string[]>>;
  'data.mergeSpellings': boolean;
  'data.transform': NumberTransform;
  'data.mutedChecks': string[];
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
  'data.splitBy': {
    kind: 'choice',
    choices: splitRules,
    default: 'auto',
    acts: 'restart',
  },
  'data.columnTypes': {
    kind: 'choiceByColumn',
    choices: columnKinds,
    default: {},
    acts: 'restart',
  },
  'data.placeholders': {
    kind: 'textsByColumn',
    default: {},
    acts: 'restart',
  },
  'data.mergeSpellings': {
    kind: 'boolean',
    default: false,
    acts: 'restart',
  },
  'data.transform': {
    kind: 'choice',
    choices: numberTransforms,
    default: 'auto',
    acts: 'restart',
  },
  'data.mutedChecks': {
    kind: 'texts',
    default: [],
    acts: 'view',
  },
};
