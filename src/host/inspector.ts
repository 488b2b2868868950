import * as vscode from 'vscode';
import type { Inspection } from '../data/inspect';
import type { Failure } from '../protocol';
import { WorkerClient } from '../workerClient';
import { readSettings } from './settings';
import { sourceOf } from './source';

export type Inspected = { readonly inspection: Inspection } | { readonly failure: Failure };

/** A worker with nothing to do for this long ends. */
const IDLE_MS = 30_000;

/** Reads tables for the CodeLens and the target picker in a worker of its own, one after the other. */
export class Inspector implements vscode.Disposable {
  private worker: WorkerClient | undefined;
  private answer: ((inspected: Inspected) => void) | undefined;
  private queue: Promise<unknown> = Promise.resolve();
  private idle: NodeJS.Timeout | undefined;

  constructor(private readonly workerScript: string) {}

  inspect(uri: vscode.Uri): Promise<Inspected> {
    const next = this.queue.then(() => this.run(uri));
    this.queue = next;
    return next;
  }

  dispose(): void {
    clearTimeout(this.idle);
    this.worker?.dispose();
    this.worker = undefined;
  }

  private async run(uri: vscode.Uri): Promise<Inspected> {
    clearTimeout(this.idle);
    const { settings } = readSettings(uri);
    const inspected = await new Promise<Inspected>((resolve) => {
      this.answer = resolve;
      sourceOf(uri).then(
        (source) => this.client().post({ type: 'inspect', source, settings }),
        (error: unknown) =>
          resolve({ failure: { message: String(error), place: null, bug: false, detail: String(error) } }),
      );
    });
    this.idle = setTimeout(() => this.dispose(), IDLE_MS);
    return inspected;
  }

  private client(): WorkerClient {
    return (this.worker ??= new WorkerClient(
      this.workerScript,
      (message) => {
        if (message.type === 'inspected') this.answer?.({ inspection: message.inspection });
        else if (message.type === 'failed') this.answer?.({ failure: message.failure });
      },
      (failure) => {
        this.worker = undefined;
        this.answer?.({ failure });
      },
    ));
  }
}
