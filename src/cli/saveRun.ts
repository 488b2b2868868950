import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Baselines } from '../core/baselines';
import { ModelError } from '../runs/modelJson';
import type { RunRecord } from '../runs/record';
import { recordOfModel } from '../runs/recordOfModel';
import { recordOfRun } from '../runs/recordOfRun';
import { writeRun } from '../runs/runFile';
import { LocationRefused, resolveLocation } from '../runs/runLocation';
import { pairFiles, writePair } from '../runs/runPair';
import { tablePathOf } from '../runs/tablePath';
import type { SettingKey } from '../settings/settings';
import type { TrainingRun } from '../train/run';
import type { Continuing } from './continued';
import { FileError, UsageError } from './errors';
import { STANDARD_INPUT } from './input';
import * as text from './text';

/** Where a run is saved, as the extension would keep it, and the way from there to its table. */
export interface RunSaving {
  readonly folder: string;
  /** The folder as it was named. */
  readonly named: string;
  readonly table: string;
  readonly startedAt: number;
}

/**
 * What `--save-run` asks for; undefined where it is not given. The folder and the table have to lie in the folder that the
 * command runs in, as in a workspace: the way from one to the other then names nothing of this machine. Throws UsageError for
 * what cannot be, before anything is trained.
 */
export async function runSavingOf(
  named: string | undefined,
  file: string,
  initialParameters: string | undefined,
): Promise<RunSaving | undefined> {
  if (named === undefined) return undefined;
  if (initialParameters !== undefined) throw new UsageError(text.RUN_WITH_PARAMETERS);
  const root = process.cwd();
  const folder = path.resolve(root, named);
  const table = file === STANDARD_INPUT ? null : tablePathOf(path.resolve(root, file), { folder, root });
  if (table === null) throw new UsageError(text.RUN_WITHOUT_TABLE);
  try {
    await resolveLocation(root, named);
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    if (error instanceof LocationRefused) throw new UsageError(`--save-run: ${text.RUN_OUTSIDE}`);
    throw new FileError(named, error instanceof Error ? error.message : String(error));
  }
  return { folder, named, table, startedAt: Date.now() };
}

/** What is known of a training besides the run itself. */
interface Facts {
  readonly given: readonly SettingKey[];
  readonly tableHash: string;
  readonly baselines: Baselines | null;
  readonly from: Continuing | undefined;
}

/** Saves a training that has ended as a run. Returns its id. */
export async function saveRun(saving: RunSaving, run: TrainingRun, facts: Facts): Promise<string> {
  const record = recordOf(run, saving.startedAt, facts);
  try {
    const texts = writeRun(record, saving.table);
    await writePair(pairFiles(saving.folder, record.id), texts, null);
    return record.id;
  } catch (error) {
    if (error instanceof ModelError || error instanceof RangeError)
      throw new FileError('--save-run', error.message);
    throw error;
  }
}

function recordOf(
  run: TrainingRun,
  startedAt: number,
  { given, tableHash: hash, baselines, from }: Facts,
): RunRecord {
  // Where its table is on this machine is not in its files.
  const beside = { id: randomUUID(), uri: '', startedAt, hash };
  const record = recordOfRun(run, { ...beside, given, ...(baselines && { baselines }) });
  if (!from) return record;
  const note = text.continuedMark(from.model.training.epoch);
  const { fromModel, marks } = recordOfModel(from.model, { ...beside, note });
  return { ...record, fromModel, marks: [...marks, ...record.marks] };
}
