import { definitions, datasetKeys, type SettingKey } from './settings';

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

/** The raw value of a setting from the text of its option; what cannot be read stays text, to be refused. */
function rawValue(key: SettingKey, text: string): unknown {
  const number = text.trim() === '' ? NaN : Number(text);
  switch (definitions[key].kind) {
    case 'number':
    case 'numberOrAuto':
      return Number.isNaN(number) ? text : number;
    case 'numbers':
      if (text === 'none' || text === '') return [];
      return text.split(',').map((part) => (part.trim() === '' ? part : Number(part)));
    case 'texts':
      return text === '' ? [] : text.split(',');
    case 'boolean':
      return text === 'true' ? true : text === 'false' ? false : text;
    case 'choice':
    case 'text':
      return text;
  }
}

/** Raw settings from parsed options. */
export function settingsFrom(values: Readonly<Record<string, string | boolean | undefined>>) {
  const raw: Partial<Record<SettingKey, unknown>> = {};
  for (const [name, key] of options) {
    const text = values[name];
    if (typeof text === 'string') raw[key] = rawValue(key, text);
  }
  return raw;
}

/** The help lines of all the options that are settings. */
export function optionsHelp(): string {
  return [...options]
    .map(([name, key]) => {
      const definition = definitions[key];
      const value = Array.isArray(definition.default) ? definition.default.join(',') : definition.default;
      const choices = definition.kind === 'choice' ? ` ${Object.keys(definition.choices).join(' | ')}.` : '';
      return `  ${`--${name}`.padEnd(30)}  ${definition.description}${choices}${value === '' ? '' : ` Default: ${String(value)}.`}`;
    })
    .join('\n');
}
