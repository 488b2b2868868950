/** A thread that trains variants of an experiment, one after the other; to end one, the thread is ended. */
import { parentPort, workerData } from 'node:worker_threads';
import type { Dataset } from '../data/dataset';
import { failureOf } from '../data/failure';
import type { Machine } from '../kernel/passes';
import type { Settings } from '../settings/settings';
import { VariantTraining } from '../train/experiment';
import type { Trained } from '../train/questions';

/** What a thread is given: numbers that it shares with the others, and how it may use the machine. */
export interface VariantData {
  readonly dataset: Dataset;
  readonly machine: Pick<Machine, 'module' | 'lanes'>;
}

export interface VariantTask {
  readonly index: number;
  readonly settings: Settings;
}

/** How often a variant says how it stands, in milliseconds. */
const TELL_MS = 250;

const { dataset, machine } = workerData as VariantData;
const now = () => performance.now();
const port = parentPort;
const post = (trained: Trained) => port?.postMessage(trained);

port?.on('message', ({ index, settings }: VariantTask) => {
  let training: VariantTraining | undefined;
  try {
    training = new VariantTraining(index, dataset, settings, { count: 1, machine: { ...machine, now } });
    let over = false;
    while (!over) {
      const from = now();
      over = training.advance(() => now() - from >= TELL_MS);
      const { trained } = training;
      if (trained) post(trained);
    }
  } catch (error) {
    post({ index, status: 'failed', state: null, failure: failureOf(error) });
  } finally {
    training?.dispose();
  }
});
