import { definitions, type SettingKey, type Settings } from './settings';

// Values of settings as they are written in a line: an option of the command line, a field of the Lens.

/** A number in plain decimal notation, `0.5`, `-3` or `1e-3`; undefined for any other text, `0x10` among them. */
export const decimal = (text: string): number | undefined =>
  /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text.trim()) ? Number(text) : undefined;

/**
 * A map from `age=number,"a, b"=list`: names and values are quoted as in CSV where a comma, an equals sign or a quote is
 * in them; or from JSON. What cannot be read stays text, to be refused.
 */
function byColumn<T>(text: string, add: (before: T | undefined, value: string) => T): unknown {
  if (text.trimStart().startsWith('{')) return fromJson(text);
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

/** As it stands in settings.json. */
function fromJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

/** The raw value of a setting as it is written in a line; what cannot be read stays text, to be refused. */
export function rawValue(key: SettingKey, text: string): unknown {
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

/** A name or a value in a map, quoted where it has to be. */
const quoted = (text: string): string => (/[",=]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** What {@link rawValue} reads as a value; null where a line cannot hold it, as a comma in a name of a list. */
export function writtenValue(key: SettingKey, value: Settings[SettingKey]): string | null {
  const written = Array.isArray(value)
    ? value.join(',') || (definitions[key].kind === 'texts' ? '' : 'none')
    : typeof value === 'object'
      ? Object.entries(value as Readonly<Record<string, string | readonly string[]>>)
          .flatMap(([name, own]) => [own].flat().map((each) => `${quoted(name)}=${quoted(each)}`))
          .join(',')
      : String(value);
  return JSON.stringify(rawValue(key, written)) === JSON.stringify(value) ? written : null;
}
