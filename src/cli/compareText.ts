import { count, short, whole } from '../core/format';
import { durationText } from '../sentences/duration';
import { scoreName } from '../sentences/score';
import { settingKeys, type SettingKey, type Settings } from '../settings/settings';
import type { Summary } from '../train/compared';
import { optionsText, settingName } from './text';

// What the command line says of settings that are compared.

export const NOTHING_TO_COMPARE = 'compare: --grid KEY=A,B or --try "KEY=A KEY=B" is missing';
export const otherFoldsText = (option: string, name: string): string =>
  `--${option}: other values of ${name} are other rows, another split or another table, which are not compared on the same folds`;
export const tooManyTrainingsText = (settings: number, seeds: number, folds: number, most: number): string =>
  `${whole(settings)} settings × ${count(seeds, 'seed')} × ${count(folds, 'fold')} are ${whole(settings * seeds * folds)} trainings; at most ${whole(most)} are compared`;

export const planText = (settings: number, seeds: number, folds: number, seconds: number): string =>
  `${whole(settings)} settings × ${count(seeds, 'seed')} × ${count(folds, 'fold')}: ${count(settings * seeds * folds, 'training')}, in about ${durationText(seconds)}`;

export const comparedText = (candidate: Partial<Settings>, score: number): string =>
  `${optionsText(candidate)}: ${short(score)}`;

export const comparedHeads = (keys: readonly SettingKey[], isRegression: boolean): string[] => [
  ...keys.map((key) => settingName(key).slice(2)),
  ...[scoreName(isRegression), '± seeds', '± folds', 'loss', 'to the best'],
];

/** Settings as cells of a table: deviations from seed to seed and from fold to fold apart. */
export function comparedCells(
  candidate: Partial<Settings>,
  keys: readonly SettingKey[],
  { score, loss, overSeeds, overFolds, toBest }: Summary,
  seeds: number,
): string[] {
  return [
    ...keys.map((key) => (key in candidate ? valueText(candidate, key) : '')),
    ...[short(score), seeds > 1 ? short(overSeeds) : '', short(overFolds), short(loss)],
    toBest ? `${short(toBest.mean)} ± ${short(toBest.deviation)}` : 'best',
  ];
}

/** A value as its option has it. */
function valueText(candidate: Partial<Settings>, key: SettingKey): string {
  return optionsText({ [key]: candidate[key] }).slice(settingName(key).length + 1);
}

export function adoptedText(settings: Partial<Settings>): string {
  const isEmpty = settingKeys.every((key) => settings[key] === undefined);
  return `Adopted, the simplest within one standard error of the best: ${isEmpty ? 'the settings as they are' : optionsText(settings)}`;
}
