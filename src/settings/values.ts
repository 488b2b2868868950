import { automaticKeys, type Automatic } from './automatic';
import type { Definition, NumberRange } from './definition';
import { defaults, definitions, settingKeys, type SettingKey, type Settings } from './settings';

/** Why a value cannot be used. */
export type Fault =
  | { readonly code: 'wrong-kind'; readonly expected: string }
  | { readonly code: 'below' | 'above'; readonly number: string; readonly bound: number }
  | { readonly code: 'not-whole'; readonly number: string }
  | { readonly code: 'too-many'; readonly most: number }
  | { readonly code: 'no-choice'; readonly choices: readonly string[] };

/** A value that cannot be used, and what is used in its stead. */
export interface ValueProblem {
  readonly key: SettingKey;
  readonly fault: Fault;
  /** The value, short enough to be shown. */
  readonly shown: string;
  /** What is used: the value that was valid last, or the default. */
  readonly used: { readonly from: 'last' | 'default'; readonly shown: string };
}

/** Raw values by key, as they come from VS Code, the command line or a record. */
export type RawSettings = Readonly<Partial<Record<SettingKey, unknown>>>;

/**
 * All settings from raw values. A key that `raw` lacks takes its default; one whose value cannot be used stays what it
 * was in `lastValid`, or takes its default where there is nothing it was. No value is ever bent to fit.
 */
export function readValues(
  raw: RawSettings,
  lastValid?: Settings,
): { settings: Settings; problems: ValueProblem[] } {
  const settings: Settings = { ...defaults };
  const problems: ValueProblem[] = [];
  const read = <K extends SettingKey>(key: K) => {
    const value = raw[key];
    if (value === undefined) return;
    const fault = faultOf(definitions[key], value);
    if (fault === undefined) {
      // VS Code gives maps as proxies, which cannot cross to another thread.
      settings[key] = (isMap(value) ? copyOf(value) : value) as Settings[K];
      return;
    }
    settings[key] = (lastValid ?? defaults)[key];
    const used = { from: lastValid ? 'last' : 'default', shown: shownValue(settings[key]) } as const;
    problems.push({ key, fault, shown: shownValue(value), used });
  };
  settingKeys.forEach(read);
  return { settings, problems };
}

/** All settings from a record of ours. Throws a RangeError, a sentence, for the first value that cannot be used. */
export function recordedSettings(raw: RawSettings): Settings {
  const { settings, problems } = readValues(raw);
  if (problems.length > 0) throw new RangeError(`neuronLens.${problems[0].key}: ${faultText(problems[0])}.`);
  return settings;
}

/** Likewise of what each `auto` stands for; one that stands for `auto` again is left to be found. */
export function recordedAutomatic(raw: RawSettings): Partial<Automatic> {
  const settings = recordedSettings(raw);
  return Object.fromEntries(
    automaticKeys
      .filter((key) => raw[key] !== undefined && settings[key] !== 'auto')
      .map((key) => [key, settings[key]]),
  );
}

/** What is wrong with a value: `0 is below 1`. */
export function faultText({ fault, shown }: Pick<ValueProblem, 'fault' | 'shown'>): string {
  switch (fault.code) {
    case 'wrong-kind':
      return `${shown} is not ${fault.expected}`;
    case 'below':
    case 'above':
      return `${fault.number} is ${fault.code} ${fault.bound}`;
    case 'not-whole':
      return `${fault.number} is not a whole number`;
    case 'too-many':
      return `${shown} has more than ${fault.most} numbers`;
    case 'no-choice':
      return `${shown} is none of ${fault.choices.join(', ')}`;
    default:
      return fault satisfies never;
  }
}

/** What is wrong and what is used instead, in a sentence. */
export function problemText(problem: ValueProblem): string {
  const { key, used } = problem;
  const instead = used.from === 'last' ? `it stays ${used.shown}` : `the default ${used.shown} is used`;
  return `neuronLens.${key}: ${faultText(problem)}; ${instead}`;
}

function faultOf(definition: Definition<unknown>, raw: unknown): Fault | undefined {
  const wrongKind = (expected: string): Fault => ({ code: 'wrong-kind', expected });
  switch (definition.kind) {
    case 'number':
      return isNumber(raw) ? rangeFault(definition, raw) : wrongKind('a number');
    case 'numberOrAuto':
      if (raw === 'auto') return undefined;
      return isNumber(raw) ? rangeFault(definition, raw) : wrongKind('a number or "auto"');
    case 'numbersOrAuto':
      if (raw === 'auto') return undefined;
      return Array.isArray(raw) && raw.every(isNumber)
        ? faultOf({ ...definition, kind: 'numbers' }, raw)
        : wrongKind('a list of numbers or "auto"');
    case 'numbers':
      if (!Array.isArray(raw) || !raw.every(isNumber)) return wrongKind('a list of numbers');
      if (raw.length > definition.longest) return { code: 'too-many', most: definition.longest };
      for (const number of raw) {
        const fault = rangeFault(definition, number);
        if (fault) return fault;
      }
      return undefined;
    case 'choice': {
      const { choices } = definition;
      return typeof raw === 'string' && choices.includes(raw) ? undefined : { code: 'no-choice', choices };
    }
    case 'text':
      return typeof raw === 'string' ? undefined : wrongKind('a text');
    case 'texts':
      return isTexts(raw) ? undefined : wrongKind('a list of texts');
    case 'choiceByColumn':
      if (!isMap(raw)) return wrongKind('a map from columns to types');
      return Object.values(raw)
        .map((value): Fault | undefined => faultOf({ ...definition, kind: 'choice' }, value))
        .find((fault) => fault !== undefined);
    case 'textsByColumn':
      return isMap(raw) && Object.values(raw).every((value) => isTexts(value))
        ? undefined
        : wrongKind('a map from columns to lists of texts');
    case 'boolean':
      return typeof raw === 'boolean' ? undefined : wrongKind('true or false');
    default:
      return definition satisfies never;
  }
}

export const isMap = (raw: unknown): raw is Readonly<Record<string, unknown>> =>
  typeof raw === 'object' && raw !== null && !Array.isArray(raw);

/** A map as a plain object: what a proxy gives as JSON may be nothing. */
const copyOf = (map: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(map).map(([name, value]) => [name, Array.isArray(value) ? Array.from(value) : value]),
  );

const isTexts = (raw: unknown) => Array.isArray(raw) && raw.every((item) => typeof item === 'string');

const isNumber = (raw: unknown): raw is number => typeof raw === 'number' && !Number.isNaN(raw);

function rangeFault({ minimum, maximum, whole }: NumberRange, raw: number): Fault | undefined {
  const number = String(raw);
  if (raw < minimum) return { code: 'below', number, bound: minimum };
  if (raw > maximum) return { code: 'above', number, bound: maximum };
  return whole && !Number.isInteger(raw) ? { code: 'not-whole', number } : undefined;
}

/** Characters of a value that are shown. */
const LONGEST_SHOWN = 60;

/** A value as a person would write it, cut short; whatever is nested in a list or map in it is left out. */
export function shownValue(raw: unknown): string {
  const flat = (value: unknown): string => {
    if (typeof value === 'string') return JSON.stringify(value.slice(0, LONGEST_SHOWN));
    if (Array.isArray(value)) return value.length === 0 ? '[]' : '[…]';
    return typeof value === 'object' && value !== null ? '{…}' : String(value);
  };
  const text = Array.isArray(raw) ? `[${raw.slice(0, LONGEST_SHOWN).map(flat).join(', ')}]` : flat(raw);
  return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN - 1)}…` : text;
}
