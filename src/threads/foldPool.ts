import path from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Machine } from '../kernel/passes';
import type { Settings } from '../settings/settings';
import type { FoldData, FoldResult } from '../train/trainFold';
import { sharedNumbers } from '../train/experiment';
import type { FoldWorkerData, FromFoldWorker, ToFoldWorker } from './foldWorker';

/** The script beside the present one, as the build puts it. */
export const foldScript = (folder: string): string => path.join(folder, 'foldWorker.js');

/** A candidate's training on a fold. */
export interface FoldJob {
  /** Names the data: equal keys, equal data. */
  readonly key: string;
  readonly data: () => FoldData;
  readonly settings: Settings;
  readonly patience: number;
  /** Hears how many seconds it took. */
  readonly took?: (seconds: number) => void;
}

interface Thread {
  readonly worker: Worker;
  readonly knows: Set<string>;
  /** The place of the job that it works on; −1: none. */
  job: number;
  began: number;
}

/** Threads that train candidates on folds, and share the numbers of these. */
export class FoldPool {
  private readonly threads: Thread[];
  private readonly shared = new Map<string, FoldData>();
  private round:
    | {
        readonly jobs: readonly FoldJob[];
        readonly results: FoldResult[];
        next: number;
        open: number;
        readonly done: (results: FoldResult[] | null) => void;
        readonly failed: (error: unknown) => void;
      }
    | undefined;
  private isOver = false;

  constructor(script: string, count: number, { module, lanes }: Machine) {
    const workerData: FoldWorkerData = { ...(module && { module }), ...(lanes && { lanes }) };
    this.threads = Array.from({ length: count }, () => {
      const worker = new Worker(script, { workerData });
      const thread: Thread = { worker, knows: new Set(), job: -1, began: 0 };
      worker.on('message', (message: FromFoldWorker) => this.hear(thread, message));
      worker.on('error', (error) => this.fail(error));
      worker.on('exit', (code) => this.fail(new Error(`A thread ended unexpectedly (exit code ${code}).`)));
      return thread;
    });
  }

  /** Trains all of them, and gives what came of each in their order; null: the pool was ended before. */
  run(jobs: readonly FoldJob[]): Promise<FoldResult[] | null> {
    if (this.isOver) return Promise.resolve(null);
    if (jobs.length === 0) return Promise.resolve([]);
    return new Promise((done, failed) => {
      this.round = { jobs, results: [], next: 0, open: jobs.length, done, failed };
      this.threads.forEach((thread) => this.begin(thread));
    });
  }

  dispose(): void {
    if (this.isOver) return;
    this.isOver = true;
    for (const { worker } of this.threads) void worker.terminate();
    this.round?.done(null);
    this.round = undefined;
  }

  private begin(thread: Thread): void {
    const { round } = this;
    const job = round?.jobs[round.next];
    if (!round || !job) return;
    thread.job = round.next++;
    thread.began = performance.now();
    const post = (message: ToFoldWorker) => thread.worker.postMessage(message);
    if (!thread.knows.has(job.key)) {
      let data = this.shared.get(job.key);
      if (!data) this.shared.set(job.key, (data = sharedNumbers(job.data())));
      thread.knows.add(job.key);
      post({ type: 'data', key: job.key, data });
    }
    const { key, settings, patience } = job;
    post({ type: 'task', id: thread.job, key, settings, patience });
  }

  private hear(thread: Thread, message: FromFoldWorker): void {
    const { round } = this;
    if (!round || this.isOver) return;
    if (message.type === 'failed') {
      this.fail(new Error(message.failure.detail));
      return;
    }
    round.results[message.id] = message.result;
    round.jobs[message.id].took?.((performance.now() - thread.began) / 1000);
    round.open--;
    if (round.open > 0) {
      this.begin(thread);
      return;
    }
    this.round = undefined;
    round.done(round.results);
  }

  private fail(error: unknown): void {
    if (this.isOver) return;
    const { round } = this;
    this.round = undefined;
    this.dispose();
    round?.failed(error);
  }
}
