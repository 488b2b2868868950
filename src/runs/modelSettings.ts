import { fieldsOf } from '../data/jsonFields';
import { datasetKeys, defaults, definitions, type Settings } from '../settings/settings';
import { recordedSettings, type RawSettings } from '../settings/values';

/** What is kept of settings: all that a result follows from. */
const keys = datasetKeys;

const isByColumn = (key: keyof Settings) => /ByColumn$/.test(definitions[key].kind);

/** The settings as plain data; names of columns, which may be any text, stand in lists and never as keys. */
export const settingsToJson = (settings: Settings): unknown =>
  Object.fromEntries(
    keys.map((key) => [key, isByColumn(key) ? Object.entries(settings[key]) : settings[key]]),
  );

/** The inverse of {@link settingsToJson}. Throws RangeError for the first setting that has no valid value. */
export function settingsFrom(json: unknown): Settings {
  const fields = fieldsOf(json, 'settings', [], keys);
  const raw: RawSettings = Object.fromEntries(
    keys
      .filter((key) => Object.hasOwn(fields, key))
      .map((key) => [key, isByColumn(key) ? mapFrom(fields[key], key) : fields[key]]),
  );
  return { ...defaults, ...recordedSettings(raw) };
}

function mapFrom(json: unknown, key: string): unknown {
  const isPair = (each: unknown) => Array.isArray(each) && each.length === 2 && typeof each[0] === 'string';
  if (!Array.isArray(json) || !json.every(isPair))
    throw new RangeError(`settings.${key}: it is no list of names with what each has`);
  return Object.fromEntries(json as readonly [string, unknown][]);
}
