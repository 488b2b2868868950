import { optionName } from '../settings/commandLine';
import { readOptionsOf } from '../data/csv/readOptions';
import type { Told } from '../predict/head';
import type { SettingKey, Settings } from '../settings/settings';
import { UsageError } from './errors';
import type { PredictOptions } from './predict';
import { readsOf } from './save';
import * as text from './text';

type Values = Readonly<Record<string, string | boolean | (string | boolean)[] | undefined>>;

/** The settings that say how a file is written; all else is the model's. */
export const OF_FILE: readonly SettingKey[] = [
  ...(['csv.encoding', 'csv.delimiter', 'csv.quote', 'csv.header', 'csv.skipLines'] as const),
];

/** What the options say of a prediction. Throws UsageError for a setting that a model has already. */
export function predictOptionsOf(
  values: Values,
  [model, file]: readonly string[],
  { settings, given }: { readonly settings: Settings; readonly given: readonly SettingKey[] },
): PredictOptions {
  const other = given.find((key) => !OF_FILE.includes(key));
  if (other !== undefined) throw new UsageError(text.ofModelText(optionName(other)));
  const { out: output, force, json, 'allow-missing': allowed = [], 'escape-formulas': escapes } = values;
  if (typeof output !== 'string' && force === true) throw new UsageError(text.withoutOutputText('force'));
  return {
    output:
      typeof output === 'string'
        ? { file: output, reads: readsOf([model, file]), force: force === true }
        : undefined,
    allowMissing: [allowed].flat().map(String),
    escapeFormulas: escapes === true,
    json: json === true,
    told: toldOf(settings, given),
  };
}

function toldOf(settings: Settings, given: readonly SettingKey[]): Told {
  const { encoding, delimiter, quote, header, skipLines } = readOptionsOf(settings);
  const told: Record<string, unknown> = { encoding, delimiter, quote, header, skipLines };
  const isSaid = (name: string) => given.includes(`csv.${name}` as SettingKey);
  return Object.fromEntries(
    Object.entries(told).filter(([name, value]) => isSaid(name) && value !== undefined),
  );
}
