import { cut } from '../core/format';

// Parts of what was parsed from JSON, each of them checked: what is wrong is a RangeError that says where.

export type Fields = Readonly<Record<string, unknown>>;

/** What JSON has no number for is written as text: no bit of a number is lost. */
const NAMED_NUMBERS = new Map([
  ['-0', -0],
  ['NaN', NaN],
  ['Infinity', Infinity],
  ['-Infinity', -Infinity],
]);

/** A number as JSON can hold it. */
export function numberToJson(value: number): number | string {
  if (Object.is(value, -0)) return '-0';
  return Number.isFinite(value) ? value : String(value);
}

/** The inverse of {@link numberToJson}. */
export function numberFrom(json: unknown, at: string): number {
  if (typeof json === 'number' && Number.isFinite(json)) return json;
  const named = typeof json === 'string' ? NAMED_NUMBERS.get(json) : undefined;
  if (named === undefined) throw new RangeError(`${at}: ${shown(json)} is no number`);
  return named;
}

export function kindOf<K extends string>(json: unknown, kinds: readonly K[], at: string): K {
  if (typeof json !== 'object' || json === null || !Object.hasOwn(json, 'kind')) {
    throw new RangeError(`${at}: it has no kind`);
  }
  return oneOf(kinds, (json as Fields)['kind'], `${at}.kind`);
}

export function oneOf<T>(allowed: readonly T[], json: unknown, at: string): T {
  const found = allowed.find((each) => each === json);
  if (found === undefined) throw new RangeError(`${at}: ${shown(json)} does not fit`);
  return found;
}

/** An object with exactly these fields, and perhaps some others. */
export function fieldsOf(
  json: unknown,
  at: string,
  names: readonly string[],
  optional: readonly string[] = [],
): Fields {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    throw new RangeError(`${at}: ${shown(json)} is no object`);
  }
  for (const name of names)
    if (!Object.hasOwn(json, name)) throw new RangeError(`${at}.${name}: it is missing`);
  for (const name of Object.keys(json)) {
    if (!names.includes(name) && !optional.includes(name))
      throw new RangeError(`${at}: ${shown(name)} is not known`);
  }
  return json as Fields;
}

export function arrayOf(json: unknown, at: string): readonly unknown[] {
  if (!Array.isArray(json)) throw new RangeError(`${at}: ${shown(json)} is no list`);
  return json;
}

export function text(json: unknown, at: string): string {
  if (typeof json !== 'string') throw new RangeError(`${at}: ${shown(json)} is no text`);
  return json;
}

export function textsOf(json: unknown, at: string): string[] {
  const texts = arrayOf(json, at).map((each, k) => text(each, `${at}[${k}]`));
  mustDiffer(texts, at);
  if (texts.length === 0) throw new RangeError(`${at}: there is none`);
  return texts;
}

export function mustDiffer(texts: readonly string[], at: string): void {
  if (new Set(texts).size < texts.length) throw new RangeError(`${at}: two have the same name`);
}

/** A value as an error shows it. */
export function shown(value: unknown): string {
  if (typeof value === 'object' && value !== null) return Array.isArray(value) ? 'a list' : 'an object';
  return typeof value === 'string' ? JSON.stringify(cut(value)) : String(value);
}
