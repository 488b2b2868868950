import path from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Dataset } from '../data/dataset';
import type { Machine } from '../kernel/passes';
import type { Settings } from '../settings/settings';
import { sharedDataset, variantsAtOnce } from '../train/experiment';
import type { Trained } from '../train/questions';
import type { VariantData, VariantTask } from './variant';

/** Whom an experiment tells of its variants. */
export interface Listener {
  moved(trained: Trained): void;
  /** All of them are over. */
  ended(): void;
  /** A thread has died: nothing more comes. */
  failed(error: unknown): void;
}

/** The script beside the present one, as the build puts it. */
export const variantScript = (folder: string): string => path.join(folder, 'variant.js');

/** Trains variants on the same data, each in one of a few threads that share it; `dispose` ends them at once. */
export class Experiment {
  private readonly workers: readonly Worker[];
  private next = 0;
  private over = 0;
  private disposed = false;

  /** @param threads threads that may train */
  constructor(
    script: string,
    dataset: Dataset,
    private readonly variants: readonly Settings[],
    threads: number,
    { module, lanes }: Machine,
    private readonly listener: Listener,
  ) {
    const workerData: VariantData = {
      dataset: sharedDataset(dataset),
      machine: { ...(module && { module }), ...(lanes && { lanes }) },
    };
    this.workers = Array.from({ length: variantsAtOnce(dataset, variants, threads) }, () => {
      const worker = new Worker(script, { workerData });
      worker.unref();
      worker.on('message', (trained: Trained) => this.hear(worker, trained));
      worker.on('error', (error) => this.fail(error));
      worker.on('exit', (code) => this.fail(new Error(`A thread ended unexpectedly (exit code ${code}).`)));
      this.begin(worker);
      return worker;
    });
  }

  /** The share of the variants that are over. */
  get share(): number {
    return this.over / Math.max(1, this.variants.length);
  }

  dispose(): void {
    this.disposed = true;
    for (const worker of this.workers) void worker.terminate();
  }

  private begin(worker: Worker): void {
    const index = this.next;
    const settings = this.variants[index];
    if (!settings) return;
    this.next++;
    const task: VariantTask = { index, settings };
    worker.postMessage(task);
  }

  private hear(worker: Worker, trained: Trained): void {
    if (this.disposed) return;
    if (trained.status !== 'running') this.over++;
    this.listener.moved(trained);
    if (trained.status === 'running') return;
    if (this.over === this.variants.length) {
      this.dispose();
      this.listener.ended();
    } else this.begin(worker);
  }

  private fail(error: unknown): void {
    if (this.disposed) return;
    this.dispose();
    this.listener.failed(error);
  }
}
