import { READING_VERSION } from '../data/versions';
import type { Model } from '../runs/model';
import { MODEL_ENDING, writeModel } from '../runs/modelFile';
import { ModelError } from '../runs/modelJson';
import { modelOf } from '../runs/modelOf';
import { mustBeFree, OutputRefused, writeOutput, type Output } from '../runs/outputFile';
import type { TrainingRun } from '../train/run';
import { FileError, UsageError } from './errors';
import { STANDARD_INPUT } from './input';
import * as text from './text';

/** Where a model is saved, and the weights of which epoch: where that is not said, those with which the run ended. */
export interface Saving extends Output {
  readonly weights: 'best' | 'last' | undefined;
}

/** The descriptor of standard input, which may be a file. */
const STDIN = 0;

/** What the options say of saving; undefined where nothing is saved. Throws UsageError for what cannot be. */
export function savingOf(
  values: Readonly<Record<string, unknown>>,
  reads: readonly (string | undefined)[],
): Saving | undefined {
  const { save: file, weights, force } = values;
  if (typeof file !== 'string') {
    const lone = ['weights', 'force'].find((name) => values[name] !== undefined);
    if (lone !== undefined) throw new UsageError(text.withoutSaveText(lone));
    return undefined;
  }
  if (weights !== undefined && weights !== 'best' && weights !== 'last')
    throw new UsageError(text.weightsText(JSON.stringify(weights)));
  if (!file.endsWith(MODEL_ENDING)) throw new UsageError(text.modelEndingText(file));
  return { file, reads: readsOf(reads), force: force === true, weights };
}

/** What is read, as what must not be written over. */
export const readsOf = (files: readonly (string | undefined)[]): (string | number)[] =>
  files.flatMap((file) => (file === undefined ? [] : [file === STANDARD_INPUT ? STDIN : file]));

/** Throws FileError where a model could not be saved, before anything is trained for it. */
export const mustBeSavable = (saving: Saving): void => refusedInWords(() => mustBeFree(saving));

/** The model of a training that has ended, with the weights it has now. */
export function modelOfRun(
  run: TrainingRun,
  facts: Pick<Model['training'], 'weightsOf' | 'tableHash' | 'baselines' | 'chosenByTest'>,
): Model {
  const { network, automatic, epoch, frozen } = run;
  const { transform, task, train, test } = run.dataset;
  return modelOf({
    ...{ network, transform, task, automatic, epoch, frozen, readingVersion: READING_VERSION },
    ...{ settings: run.acting, engine: run.trainer.engine, measure: run.measure() },
    ...{ parameters: run.parameters(), state: run.state() },
    ...{ trainRows: train.length, testRows: test.length },
    ...facts,
  });
}

/** Saves a run that has ended, with the weights that are asked for. Returns the epoch that these are of. */
export async function saveModel(
  saving: Saving,
  run: TrainingRun,
  facts: Pick<Model['training'], 'tableHash' | 'baselines' | 'chosenByTest'>,
): Promise<number> {
  const { weights } = saving;
  if (weights !== undefined && !run.goTo(weights)) throw new FileError(saving.file, text.NO_BEST);
  const model = modelOfRun(run, { ...facts, weightsOf: weights ?? 'end' });
  await refusedInWords(() => writeOutput(saving, writeModel(model)));
  return run.epoch;
}

/** Does what writes a file, and says in words why nothing is written. */
export function refusedInWords<T>(write: () => T): T {
  const told = (error: unknown): never => {
    if (error instanceof OutputRefused) throw new FileError(error.file, text.refusalText(error.why));
    if (error instanceof ModelError) throw new FileError('--save', error.message);
    throw error;
  };
  try {
    const written = write();
    return written instanceof Promise ? (written.catch(told) as T) : written;
  } catch (error) {
    return told(error);
  }
}
