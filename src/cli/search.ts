import type { Baselines } from '../core/baselines';
import type { Dataset } from '../data/dataset';
import { readOptionsOf } from '../data/csv/readOptions';
import { checkTable, type CheckedTable } from '../data/table/check';
import { settingKeys, type SettingKey, type Settings } from '../settings/settings';
import { resolveThreads } from '../threads/cores';
import { ownMachine } from '../threads/machine';
import { helperScript, startHelpers } from '../threads/pool';
import type { Threads } from '../train/makeTrainer';
import type { TrainingRun } from '../train/run';
import { inputName, readInput } from './input';
import { print, printError, printJson, shown } from './output';
import { mustBeSavable, saveModel, type Saving } from './save';
import { saveRun, type RunSaving } from './saveRun';
import * as text from './text';

// What `find` and `compare` have in common: a table whose training part is searched on, and the network that is saved.

/** Where what is found is kept: as a model, as a run, as both or not at all. */
export interface Keeping {
  readonly saving: Saving | undefined;
  readonly savingRun: RunSaving | undefined;
}

/** Reads the table, if what comes of it can be saved where that is wanted. */
export async function readToSearch(
  file: string,
  settings: Settings,
  { saving, savingRun }: Keeping,
): Promise<{ readonly checked: CheckedTable; readonly tableHash: string }> {
  if (saving) mustBeSavable(saving);
  const options = readOptionsOf(settings);
  const { table, hash: tableHash } = await readInput(
    file,
    options,
    settings,
    (saving ?? savingRun) !== undefined,
  );
  return { checked: checkTable(table, settings), tableHash };
}

export const threadsToSearch = (settings: Settings): Threads => ({
  count: resolveThreads(settings['training.threads'], 0),
  start: startHelpers(helperScript(__dirname)),
  machine: ownMachine(printError),
});

/** Says which table it is, and what it predicts. */
export function printHead(file: string, dataset: Dataset): void {
  print(text.datasetText(inputName(file), dataset));
  print(text.targetLine(shown(dataset.target), dataset));
}

/** What is known of the network that was trained anew besides itself. */
interface FoundFacts {
  readonly tableHash: string;
  readonly baselines: Baselines | null;
  /** The settings that were named, and those that were found: a run's own. */
  readonly given: readonly SettingKey[];
  readonly found: Partial<Settings>;
}

/** Keeps the network that was trained anew, where that is wanted and there is one. */
export async function keepFound(
  { saving, savingRun }: Keeping,
  run: TrainingRun | null,
  { tableHash, baselines, given, found }: FoundFacts,
  json: boolean,
): Promise<void> {
  if (!saving && !savingRun) return;
  if (!run) {
    printError(text.NOTHING_TO_SAVE);
    return;
  }
  if (savingRun) {
    const own = settingKeys.filter((key) => given.includes(key) || found[key] !== undefined);
    const id = await saveRun(savingRun, run, { tableHash, baselines, given: own, from: undefined });
    if (json) printJson({ event: 'run', id, folder: savingRun.named });
    else print(text.savedRunText(id, savingRun.named));
  }
  if (!saving) return;
  if (run.diverged) {
    printError(text.NOTHING_TO_SAVE);
    return;
  }
  const epoch = await saveModel(saving, run, { tableHash, baselines });
  if (json) printJson({ event: 'saved', file: saving.file, epoch });
  else print(text.savedText(saving.file, epoch));
}
