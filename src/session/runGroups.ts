import { REASONS, type Reason } from '../core/apart';
import type { Task } from '../data/table/target';
import { settingKeys, type Settings } from '../settings/settings';

/** What of a run decides with which others it can be ranked. */
export interface Rankable {
  /** SHA-256 of the file. */
  readonly fileHash: string | null;
  readonly targetName: string;
  /** Null before it is known. */
  readonly task: Task | null;
  readonly settings: Settings;
}

/** To which of several groups a run belongs, and why it is not in that of the shown one. */
export interface Ranked {
  /** 0: that of the shown run. */
  readonly group: number;
  readonly apart: readonly Reason[];
}

/** Columns that are left out take rows along where a row with a missing value is dropped. */
const columnKeys = ['data.ignoredColumns', 'data.includedColumns', 'data.columnTypes'] as const;

/** How the file is read. */
const readKeys = settingKeys.filter((key) => key.startsWith('csv.'));

/** What the training and the test part follow from besides the file. */
function splitOf(settings: Settings): unknown[] {
  const { 'data.splitColumn': column, 'data.splitBy': by, 'data.missingValues': missing } = settings;
  return [
    ...[column, column === '' ? '' : by, missing, settings['data.placeholders']],
    // By order nothing is left to chance; by a column's groups something is.
    ...[by === 'order' && column !== '' ? 0 : settings['training.seed'], settings['training.testFraction']],
    ...readKeys.map((key) => settings[key]),
    ...(missing === 'dropRows' ? columnKeys.map((key) => settings[key]) : []),
  ];
}

/** What is empty is not known yet. */
const kinOf = ({ fileHash, targetName, task, settings }: Rankable): Record<Reason, string> => ({
  file: fileHash ?? '',
  target: targetName,
  task: task ?? '',
  split: JSON.stringify(splitOf(settings)),
});

/** Groups runs by file, target, task and split: only within one scores can be ranked. In the order of the runs. */
export function runGroups(runs: readonly Rankable[], shown: Rankable): Ranked[] {
  const own = kinOf(shown);
  const groups = new Map([[JSON.stringify(own), 0]]);
  return runs.map((run) => {
    const kin = kinOf(run);
    const key = JSON.stringify(kin);
    const group = groups.get(key) ?? groups.size;
    groups.set(key, group);
    const isOther = (reason: Reason) =>
      kin[reason] !== own[reason] && kin[reason] !== '' && own[reason] !== '';
    return { group, apart: REASONS.filter(isOther) };
  });
}
