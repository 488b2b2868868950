import { descriptions } from './descriptions';
import { definitions, datasetKeys, settingKeys, type SettingKey, type Settings } from './settings';
import { readValues, type ValueProblem } from './values';
import { rawValue } from './written';

/** `training.learningRate` is `--learning-rate`, `training.earlyStopping.patience` `--early-stopping-patience`. */
export const optionName = (key: SettingKey): string =>
  key
    .slice(key.indexOf('.') + 1)
    .replaceAll('.', '-')
    .replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** The settings that are command-line options, by option name. */
export const options: ReadonlyMap<string, SettingKey> = new Map(
  datasetKeys.map((key) => [optionName(key), key]),
);

/**
 * The settings that parsed options say and the keys that they name, or, where one has no valid value, what is wrong with
 * the first such: here nothing is used in its stead.
 */
export function settingsFrom(
  values: Readonly<Record<string, unknown>>,
): { readonly settings: Settings; readonly given: SettingKey[] } | { readonly problem: ValueProblem } {
  const raw: Partial<Record<SettingKey, unknown>> = {};
  for (const [name, key] of options) {
    const text = values[name];
    if (typeof text === 'string') raw[key] = rawValue(key, text);
  }
  const { settings, problems } = readValues(raw);
  if (problems.length > 0) return { problem: problems[0] };
  return { settings, given: settingKeys.filter((key) => key in raw) };
}

/** How a map is written in a line, where settings.json has it as JSON. */
const FORMS: Readonly<Record<string, string>> = {
  choiceByColumn: ' Here also as zip=category,"a, b"=number.',
  textsByColumn: ' Here also as age=99,age=-1.',
};

/** The help lines of all the options that are settings. */
export function optionsHelp(): string {
  return [...options]
    .map(([name, key]) => {
      const definition = definitions[key];
      const value = defaultText(definition.default);
      const choices =
        definition.kind === 'choice' || definition.kind === 'choiceByColumn'
          ? ` ${definition.choices.join(' | ')}.`
          : '';
      const form = FORMS[definition.kind] ?? '';
      return `  ${`--${name}`.padEnd(30)}  ${descriptions[key]}${choices}${form}${value === '' ? '' : ` Default: ${value}.`}`;
    })
    .join('\n');
}

function defaultText(value: Settings[SettingKey]): string {
  if (typeof value !== 'object') return String(value);
  return Array.isArray(value) ? value.join(',') : '';
}
