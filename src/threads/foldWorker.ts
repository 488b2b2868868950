/** A thread that trains candidates on folds, one after the other; to end one, the thread is ended. */
import { parentPort, workerData } from 'node:worker_threads';
import { failureOf, type Failure } from '../data/failure';
import { UserError } from '../data/userError';
import type { Machine } from '../kernel/passes';
import type { Settings } from '../settings/settings';
import { HOPELESS, trainFold, type FoldData, type FoldResult } from '../train/trainFold';

/** A fold's numbers come once, before the first task on it. */
export type ToFoldWorker =
  | { readonly type: 'data'; readonly key: string; readonly data: FoldData }
  | {
      readonly type: 'task';
      readonly id: number;
      readonly key: string;
      readonly settings: Settings;
      readonly patience: number;
    };

export type FromFoldWorker =
  | { readonly type: 'done'; readonly id: number; readonly result: FoldResult }
  | { readonly type: 'failed'; readonly id: number; readonly failure: Failure };

export type FoldWorkerData = Pick<Machine, 'module' | 'lanes'>;

const machine: Machine = { ...(workerData as FoldWorkerData), now: () => performance.now() };
const known = new Map<string, FoldData>();
const port = parentPort;
const post = (message: FromFoldWorker) => port?.postMessage(message);

port?.on('message', (message: ToFoldWorker) => {
  if (message.type === 'data') {
    known.set(message.key, message.data);
    return;
  }
  const { id, key, settings, patience } = message;
  try {
    const data = known.get(key);
    if (!data) throw new Error(`No data ${key}.`);
    post({ type: 'done', id, result: trainFold(data, settings, patience, { count: 1, machine }) });
  } catch (error) {
    // A network that is too large for the memory is out of the question, and the others are not.
    if (error instanceof UserError) post({ type: 'done', id, result: HOPELESS });
    else post({ type: 'failed', id, failure: failureOf(error) });
  }
});
