import { Worker } from 'node:worker_threads';
import type { Failure } from '../data/failure';
import { failureOf } from '../data/failure';

/**
 * The way to a thread or a process: messages in and out, and exactly one failure however it dies (an error thrown, memory
 * gone, `process.exit`, a signal). After a failure or `dispose` nothing more is heard, and nothing of it is left.
 */
export interface Channel<To> {
  post(message: To): void;
  dispose(): void;
}

/** Starts a thread or a process that runs a script, and gives the way to it. */
export type OpenChannel<To, From> = (
  onMessage: (message: From) => void,
  onFailure: (failure: Failure) => void,
) => Channel<To>;

/** A worker thread of the present process. */
export class ThreadChannel<To, From> implements Channel<To> {
  private readonly worker: Worker;
  private ended = false;

  /** @param script the path of the worker's bundle */
  constructor(
    script: string,
    onMessage: (message: From) => void,
    private readonly onFailure: (failure: Failure) => void,
    resourceLimits: { maxOldGenerationSizeMb?: number } = {},
  ) {
    this.worker = new Worker(script, { resourceLimits });
    this.worker.on('message', (message: From) => {
      if (!this.ended) onMessage(message);
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
