import type { Baselines } from '../core/baselines';
import type { Dataset } from '../data/dataset';
import { readOptionsOf } from '../data/csv/readOptions';
import { checkTable, type CheckedTable } from '../data/table/check';
import type { Settings } from '../settings/settings';
import { resolveThreads } from '../threads/cores';
import { ownMachine } from '../threads/machine';
import { helperScript, startHelpers } from '../threads/pool';
import type { Threads } from '../train/makeTrainer';
import type { TrainingRun } from '../train/run';
import { inputName, readInput } from './input';
import { print, printError, printJson, shown } from './output';
import { mustBeSavable, saveModel, type Saving } from './save';
import * as text from './text';

// What `find` and `compare` have in common: a table whose training part is searched on, and the network that is saved.

/** Reads the table, if what comes of it can be saved where that is wanted. */
export async function readToSearch(
  file: string,
  settings: Settings,
  saving: Saving | undefined,
): Promise<{ readonly checked: CheckedTable; readonly tableHash: string }> {
  if (saving) mustBeSavable(saving);
  const options = readOptionsOf(settings);
  const { table, hash: tableHash } = await readInput(file, options, settings, saving !== undefined);
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

/** Saves the network that was trained anew, where that is wanted and there is one. */
export async function saveFound(
  saving: Saving | undefined,
  run: TrainingRun | null,
  of: { readonly tableHash: string; readonly baselines: Baselines | null },
  json: boolean,
): Promise<void> {
  if (!saving) return;
  if (!run || run.diverged) {
    printError(text.NOTHING_TO_SAVE);
    return;
  }
  const epoch = await saveModel(saving, run, of);
  if (json) printJson({ event: 'saved', file: saving.file, epoch });
  else print(text.savedText(saving.file, epoch));
}
