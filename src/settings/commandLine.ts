import { descriptions } from './descriptions';
import { definitions, datasetKeys, settingKeys, type SettingKey, type Settings } from './settings';
import { readValues, type ValueProblem } from './values';

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

/** A number in plain decimal notation, `0.5`, `-3` or `1e-3`; undefined for any other text, `0x10` among them. */
export const decimal = (text: string): number | undefined =>
  /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text.trim()) ? Number(text) : undefined;

/**
 * A map from `age=number,"a, b"=list`: names and values are quoted as in CSV where a comma, an equals sign or a quote is
 * in them. What cannot be read stays text, to be refused.
 */
function byColumn<T>(text: string, add: (before: T | undefined, value: string) => T): unknown {
  const part = /("(?:[^"]|"")*"|[^",=]*)/y;
  const map = new Map<string, T>();
  const take = (from: number) => {
    part.lastIndex = from;
    const found = part.exec(text)?.[0] ?? '';
    const bare = found.startsWith('"') ? found.slice(1, -1).replaceAll('""', '"') : found;
    return { bare, end: from + found.length };
  };
  for (let at = 0; at < text.length;) {
    const name = take(at);
    if (text[name.end] !== '=') return text;
    const value = take(name.end + 1);
    if (value.end < text.length && text[value.end] !== ',') return text;
    map.set(name.bare, add(map.get(name.bare), value.bare));
    at = value.end + 1;
  }
  return Object.fromEntries(map);
}

/** The raw value of a setting from the text of its option; what cannot be read stays text, to be refused. */
function rawValue(key: SettingKey, text: string): unknown {
  switch (definitions[key].kind) {
    case 'number':
    case 'numberOrAuto':
      return decimal(text) ?? text;
    case 'numbers':
    case 'numbersOrAuto':
      if (text === 'auto') return text;
      if (text === 'none' || text === '') return [];
      return text.split(',').map((part) => decimal(part) ?? part);
    case 'texts':
      return text === '' ? [] : text.split(',');
    case 'choiceByColumn':
      return byColumn(text, (_, value) => value);
    case 'textsByColumn':
      return byColumn(text, (before: string[] | undefined, value) => [...(before ?? []), value]);
    case 'boolean':
      return text === 'true' ? true : text === 'false' ? false : text;
    case 'choice':
    case 'text':
      return text;
  }
}

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
      return `  ${`--${name}`.padEnd(30)}  ${descriptions[key]}${choices}${value === '' ? '' : ` Default: ${value}.`}`;
    })
    .join('\n');
}

function defaultText(value: Settings[SettingKey]): string {
  if (typeof value !== 'object') return String(value);
  return Array.isArray(value) ? value.join(',') : '';
}
