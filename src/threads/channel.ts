import { Worker } from 'node:worker_threads';
import type { FromTrainer, ToTrainer } from '../protocol/trainer';
import type { Failure } from '../data/failure';
import { failureOf } from '../data/failure';

/**
 * A worker thread as the host sees it: messages in and out, and exactly one failure however it dies
 * (an error thrown, memory gone, `process.exit`). After a failure or `dispose` nothing more is heard.
 * The types of the messages are those of the trainer unless others are named.
 */
export class WorkerClient<To = ToTrainer, From = FromTrainer> {
  private readonly worker: Worker;
  private ended = false;

  /** @param script the path of the worker's bundle */
  constructor(
    script: string,
    private readonly onMessage: (message: From) => void,
    private readonly onFailure: (failure: Failure) => void,
    resourceLimits: { maxOldGenerationSizeMb?: number } = {},
  ) {
    this.worker = new Worker(script, { resourceLimits });
    this.worker.on('message', (message: From) => {
      if (!this.ended) this.onMessage(message);
    });
    this.worker.on('error', (error) => this.fail(failureOf(error)));
    this.worker.on('messageerror', (error) => this.fail(failureOf(error)));
    this.worker.on('exit', (code) =>
      this.fail(failureOf(new Error(`The thread ended unexpectedly (exit code ${code}).`))),
    );
  }

  post(message: To): void {
    if (!this.ended) this.worker.postMessage(message);
  }

  dispose(): void {
    this.ended = true;
    void this.worker.terminate();
  }

  private fail(failure: Failure): void {
    if (this.ended) return;
    this.dispose();
    this.onFailure(failure);
  }
}
