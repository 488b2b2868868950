import { dataKeys, datasetKeys, definitions, type SettingKey, type Settings } from './settings';
import { readValues, type ValueProblem } from './values';
import { rawValue } from './written';

/** More trainings are no comparison any more, but a search. */
export const MOST_TRAININGS = 500;

/** Settings that the table follows from all the same, and that leave its rows and their parts alone. */
export const ofFeatures: readonly SettingKey[] = [
  ...(['data.transform', 'data.standardize', 'training.classWeights', 'training.engine'] as const),
];

/** Whether settings that differ in a key can be compared on the same folds. */
export const canVary = (key: SettingKey): boolean => !dataKeys.includes(key) || ofFeatures.includes(key);

/** The keys of which several values can be compared, and make a difference. */
export const variableKeys = datasetKeys.filter((key) => canVary(key) && definitions[key].acts !== 'view');

/** What one key takes in turn. */
export type Axis = readonly Partial<Settings>[];

/** A value of a key, written as on the command line. */
export function valueOf(
  key: SettingKey,
  text: string,
): { readonly setting: Partial<Settings> } | { readonly problem: ValueProblem } {
  const { settings, problems } = readValues({ [key]: rawValue(key, text) });
  return problems.length > 0 ? { problem: problems[0] } : { setting: { [key]: settings[key] } };
}

/** Several, between commas, or between semicolons where a value has commas in it. */
export function axisOf(
  key: SettingKey,
  text: string,
): { readonly axis: Axis } | { readonly problem: ValueProblem } {
  const axis: Partial<Settings>[] = [];
  for (const one of text.split(text.includes(';') ? ';' : ',')) {
    const value = valueOf(key, one.trim());
    if ('problem' in value) return value;
    axis.push(value.setting);
  }
  return { axis };
}

/** How many combinations they have: to be looked at first, as there is no end to what can be typed. */
export const combinationCount = (axes: readonly Axis[]): number =>
  axes.reduce((count, axis) => count * unlike(axis).length, 1);

/** All combinations of what the axes take, none of them twice; what is set by none of them is one of them. */
export function combinationsOf(axes: readonly Axis[]): Partial<Settings>[] {
  const all = axes.reduce<Partial<Settings>[]>(
    (before, axis) => before.flatMap((one) => axis.map((setting) => ({ ...one, ...setting }))),
    [{}],
  );
  return unlike(all);
}

/** Those that differ. */
export const unlike = (all: readonly Partial<Settings>[]): Partial<Settings>[] => [
  ...new Map(all.map((each) => [JSON.stringify(each), each])).values(),
];
