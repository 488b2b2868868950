import { optionName, options } from '../settings/commandLine';
import {
  axisOf,
  canVary,
  combinationCount,
  combinationsOf,
  MOST_TRAININGS,
  unlike,
  valueOf,
} from '../settings/grid';
import type { SettingKey, Settings } from '../settings/settings';
import { decimal } from '../settings/written';
import { UsageError } from './errors';
import { NOTHING_TO_COMPARE, otherFoldsText, tooManyTrainingsText } from './compareText';
import { limitText, settingProblemText } from './text';

/** What is compared. */
export interface CompareAsked {
  /** What each of the settings that are compared sets besides what all have. */
  readonly candidates: readonly Partial<Settings>[];
  /** The keys that vary, in the order in which they were named. */
  readonly keys: readonly SettingKey[];
  readonly seeds: number;
}

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
    const read = axisOf(keyOf(name, 'grid'), value);
    if ('problem' in read) throw new UsageError(settingProblemText(read.problem));
    return read.axis;
  });
  const listed = tries.map((each) =>
    each
      .trim()
      .split(/\s+/)
      .reduce<Partial<Settings>>((before, part) => {
        const { name, value } = assignment(part, 'try');
        const read = valueOf(keyOf(name, 'try'), value);
        if ('problem' in read) throw new UsageError(settingProblemText(read.problem));
        return { ...before, ...read.setting };
      }, {}),
  );
  const size = combinationCount(axes);
  if (size > MOST_TRAININGS) throw new UsageError(tooManyTrainingsText(size, 1, 1, MOST_TRAININGS));
  const candidates = unlike([...(axes.length > 0 ? combinationsOf(axes) : []), ...listed]);
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

/** A key by its name, as an option or in full. */
function keyOf(name: string, option: string): SettingKey {
  const key = options.get(name) ?? [...options.values()].find((each) => each === name);
  if (!key) throw new UsageError(limitText(option, name, 'the name of a setting'));
  if (!canVary(key)) throw new UsageError(otherFoldsText(option, optionName(key)));
  return key;
}
