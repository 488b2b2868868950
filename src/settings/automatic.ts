import type { SettingKey, Settings } from './settings';

/** The settings whose `auto` follows from the table, and from the other settings. */
export const automaticKeys = [
  ...(['model.hiddenLayers', 'training.optimizer', 'training.batchSize', 'training.learningRate'] as const),
  ...(['training.epochs', 'training.l2', 'training.earlyStopping.patience'] as const),
];
export type AutomaticKey = (typeof automaticKeys)[number];

/** What each `auto` stands for in a run: decided when it begins, and kept with it. */
export type Automatic = { readonly [K in AutomaticKey]: Exclude<Settings[K], 'auto'> };

/** Settings in which nothing is left to be found. */
export type PlainSettings = Omit<Settings, AutomaticKey> & Automatic;

/** The course's values: what `auto` stands for on its tables, and where nothing is known of a table yet. */
export const COURSE: Automatic = {
  'model.hiddenLayers': [4],
  'training.optimizer': 'gradientDescent',
  'training.batchSize': 0,
  'training.learningRate': 1.2,
  'training.epochs': 10_000,
  'training.l2': 0,
  'training.earlyStopping.patience': 0,
};

/** The settings, with what each `auto` stands for. */
export function plainSettings(settings: Settings, automatic: Partial<Automatic>): PlainSettings {
  const plain: Record<string, unknown> = { ...settings };
  for (const key of automaticKeys) if (settings[key] === 'auto') plain[key] = automatic[key] ?? COURSE[key];
  return plain as unknown as PlainSettings;
}

/** Those of the keys that are left to be found. */
export const leftToBeFound = (settings: Settings): AutomaticKey[] =>
  automaticKeys.filter((key) => settings[key] === 'auto');

/** The keys that a search for a good network finds values for, but for those that a person has set. */
export const foundKeys = [
  ...(['model.hiddenLayers', 'model.hiddenActivation', 'training.optimizer', 'training.batchSize'] as const),
  ...(['training.learningRate', 'training.epochs', 'training.l2', 'data.transform'] as const),
  'training.earlyStopping.patience',
] as const satisfies readonly SettingKey[];
