import { csv, type CsvSettings } from './csv';
import { data, type DataSettings } from './data';
import type { Definitions } from './definition';
import { model, type ModelSettings } from './model';
import { runs, type RunsSettings } from './runs';
import { training, type TrainingSettings } from './training';
import { view, type ViewSettings } from './view';

/** Every setting of `neuronLens.*`, valid and typed. */
export interface Settings
  extends ModelSettings, TrainingSettings, DataSettings, CsvSettings, ViewSettings, RunsSettings {}
export type SettingKey = keyof Settings;
/** Keys whose values are numbers or words and act on a running training. */
export type LiveKey = {
  [K in SettingKey]: Settings[K] extends number | string ? K : never;
}[SettingKey];

/** The one table of keys, defaults and bounds: the manifest, the command line and the docs come from it. */
export const definitions: Definitions<Settings> = {
  ...model,
  ...training,
  ...data,
  ...csv,
  ...view,
  ...runs,
};

export const settingKeys = Object.keys(definitions) as SettingKey[];

/** The keys that `neuronLens.datasets` may override for some files. */
export const datasetKeys = settingKeys.filter((key) => /^(model|training|data|csv)\./.test(key));

/** The keys that act on a running training, from its next epoch on. */
export const liveKeys = settingKeys.filter((key): key is LiveKey => definitions[key].acts === 'live');

const alsoOfData: readonly string[] = [
  ...['model.output', 'training.engine', 'training.seed', 'training.testFraction'],
  'training.classWeights',
];
/** The keys that a table's data set and what is said of it follow from, besides the file. */
export const dataKeys = settingKeys.filter(
  (key) => (/^(data|csv)\./.test(key) && definitions[key].acts !== 'view') || alsoOfData.includes(key),
);

export const defaults = Object.fromEntries(
  settingKeys.map((key) => [key, definitions[key].default]),
) as unknown as Settings;
