import { readOptionsOf } from '../data/csv/readOptions';
import type { Dataset } from '../data/dataset';
import { makeUnder } from '../data/likeBefore';
import { checkTable, type CheckedTable } from '../data/table/check';
import { splitQuestions, type SplitQuestion } from '../data/table/splitQuestions';
import type { Model } from '../runs/model';
import { plainSettings } from '../settings/automatic';
import { optionName } from '../settings/commandLine';
import { liveKeys, type SettingKey, type Settings } from '../settings/settings';
import { resolveThreads } from '../threads/cores';
import { PartReaders, readerScript } from '../threads/readers';
import { readSource } from '../threads/tableFile';
import { stateOfModel } from '../train/continued';
import type { Start } from '../train/start';
import { UsageError } from './errors';
import { inputSource } from './input';
import { modelIn } from './modelIn';
import { OF_FILE } from './predictOptions';
import * as text from './text';

/** A model that is trained further, and under which settings: its own, with what may be set anew. */
export interface Continuing {
  readonly model: Model;
  readonly settings: Settings;
}

/** What may be said of a training that goes on: what acts on one that runs, how its file is written, and what changes no result. */
const MAY_BE_SAID: readonly SettingKey[] = [
  ...liveKeys,
  ...OF_FILE,
  ...(['training.threads', 'training.memoryBudget'] as const),
];

/**
 * What `--continue` asks for; undefined where it is not given. Throws UsageError for a setting that a model has already, and
 * for an end that it is past; FileError for what is no model.
 */
export async function continuingFrom(
  file: string | undefined,
  said: { readonly settings: Settings; readonly given: readonly SettingKey[] },
): Promise<Continuing | undefined> {
  if (file === undefined) return undefined;
  const other = said.given.find((key) => !MAY_BE_SAID.includes(key));
  if (other !== undefined) throw new UsageError(text.ofModelText(optionName(other)));
  const model = await modelIn(file);
  const { epoch, automatic } = model.training;
  const own = Object.fromEntries(said.given.map((key) => [key, said.settings[key]]));
  const settings: Settings = { ...model.settings, ...own };
  const { 'training.epochs': asked } = plainSettings(settings, automatic);
  const isSaid = said.given.includes('training.epochs');
  if (isSaid && asked <= epoch) throw new UsageError(text.pastEpochsText(epoch));
  return { model, settings: { ...settings, 'training.epochs': isSaid ? asked : epoch + asked } };
}

/** Throws UsageError for an option that says how a training begins, which one that goes on does not. */
export function mustGoWith(file: string | undefined, values: Readonly<Record<string, unknown>>): void {
  const other = ['initial-parameters', 'folds', 'repeats'].find((name) => values[name] !== undefined);
  if (file !== undefined && other !== undefined) throw new UsageError(`--${other}: ${text.WITH_CONTINUE}`);
}

export interface Continued {
  readonly checked: CheckedTable;
  readonly dataset: Dataset;
  readonly tableHash: string;
  readonly questions: readonly SplitQuestion[];
  readonly start: Start;
  /** Whether it is the file that the model was trained on. */
  readonly isSameFile: boolean;
}

/** The data set of a file under a model's transform, and where its training goes on. Throws UserError where it does not suit. */
export async function continued({ model, settings }: Continuing, file: string): Promise<Continued> {
  const source = await inputSource(file);
  const how = {
    hash: true,
    threads: resolveThreads(settings['training.threads'], 0),
    readers: new PartReaders(readerScript(__dirname)),
  };
  const read = (as: Settings) => {
    const { table, hash } = readSource(source, readOptionsOf(as), how);
    const checked = checkTable(table, as);
    // Its columns go into the data set.
    return { checked, hash, questions: splitQuestions(checked, as) };
  };
  const { transform, network } = model;
  const made = makeUnder(read, settings, { transform, output: network.output });
  const { checked, hash, questions } = made.read;
  return {
    ...{
      checked,
      questions,
      dataset: made.dataset,
      tableHash: hash,
      isSameFile: hash === model.training.tableHash,
    },
    start: startOf(model, hash === model.training.tableHash),
  };
}

function startOf({ training, weights, optimizer, settings }: Model, isSameFile: boolean): Start {
  const { epoch, automatic } = training;
  const plain = plainSettings(settings, automatic);
  const from = { epoch, epochs: plain['training.epochs'], sameFile: isSameFile };
  const patience = plain['training.earlyStopping.patience'];
  return {
    ...{ epoch, automatic, interval: 1, parameters: Float64Array.from(weights) },
    state: stateOfModel(from, { state: optimizer.state, epoch, patience, count: weights.length }),
    frozen: new Set(optimizer.frozen),
  };
}
