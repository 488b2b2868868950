import { decimal, optionName, options, settingsFrom } from '../settings/commandLine';
import { dataKeys, type SettingKey, type Settings } from '../settings/settings';
import { UsageError } from './errors';
import { NOTHING_TO_COMPARE, otherFoldsText } from './compareText';
import { limitText, settingProblemText } from './text';

/** What is compared. */
export interface CompareAsked {
  /** What each of the settings that are compared sets besides what all have. */
  readonly candidates: readonly Partial<Settings>[];
  /** The keys that vary, in the order in which they were named. */
  readonly keys: readonly SettingKey[];
  readonly seeds: number;
}

/** Settings that the table follows from all the same, and that leave its rows and their parts alone. */
const OF_FEATURES: readonly SettingKey[] = [
  ...(['data.transform', 'data.standardize', 'training.classWeights', 'training.engine'] as const),
];

/**
 * What `--grid`, `--try` and `--seeds` ask for: all combinations of the values of a grid, and each `--try` besides. Throws
 * UsageError for what is none of these, and for settings under which the folds would not be the same.
 */
export function compareAsked(
  grids: readonly string[],
  tries: readonly string[],
  seeds: string | undefined,
): CompareAsked {
  const axes = grids.map((grid) => {
    const { name, value } = assignment(grid, 'grid');
    // A list of numbers has commas in it.
    const values = value.split(value.includes(';') ? ';' : ',');
    return values.map((one) => settingOf(name, one, 'grid'));
  });
  const product = axes.reduce<Partial<Settings>[]>(
    (before, axis) => before.flatMap((one) => axis.map((setting) => ({ ...one, ...setting }))),
    [{}],
  );
  const listed = tries.map((each) =>
    each
      .trim()
      .split(/\s+/)
      .reduce<Partial<Settings>>((before, part) => {
        const { name, value } = assignment(part, 'try');
        return { ...before, ...settingOf(name, value, 'try') };
      }, {}),
  );
  const all = [...(axes.length > 0 ? product : []), ...listed];
  const candidates = [...new Map(all.map((each) => [JSON.stringify(each), each])).values()];
  if (candidates.length === 0) throw new UsageError(NOTHING_TO_COMPARE);
  const count = seeds === undefined ? 1 : decimal(seeds);
  if (count === undefined || !Number.isInteger(count) || count < 1)
    throw new UsageError(limitText('seeds', seeds ?? '', 'a whole number above 0'));
  const keys = [...new Set(candidates.flatMap((each) => Object.keys(each) as SettingKey[]))];
  return { candidates, keys, seeds: count };
}

function assignment(given: string, option: string): { name: string; value: string } {
  const at = given.indexOf('=');
  if (at <= 0) throw new UsageError(limitText(option, given, 'key=value'));
  return { name: given.slice(0, at), value: given.slice(at + 1) };
}

/** One setting from its name, as an option or in full, and the text of its value. */
function settingOf(name: string, value: string, option: string): Partial<Settings> {
  const key = options.get(name) ?? [...options.values()].find((each) => each === name);
  if (!key) throw new UsageError(limitText(option, name, 'the name of a setting'));
  if (dataKeys.includes(key) && !OF_FEATURES.includes(key))
    throw new UsageError(otherFoldsText(option, optionName(key)));
  const read = settingsFrom({ [optionName(key)]: value });
  if ('problem' in read) throw new UsageError(settingProblemText(read.problem));
  return { [key]: read.settings[key] };
}
