import { open } from 'node:fs/promises';
import * as vscode from 'vscode';
import { checkTable } from '../data/table/check';
import { readOptionsOf } from '../data/csv/readOptions';
import { HEAD } from '../data/csv/head';
import { readHead } from '../data/csv/read';
import { viewOf, type TableView } from '../data/table/tableView';
import { CR, LF } from '../data/csv/cells';
import { failureOf } from '../data/failure';
import type { Failure } from '../data/failure';
import { datasetKeys } from '../settings/settings';
import { WorkerClient } from '../threads/channel';
import type { FileSettings } from './settings';
import { sourceOf } from './source';

export type Checked = { readonly table: TableView } | { readonly failure: Failure };

/** A worker with nothing to do for this long ends. */
const IDLE_MS = 30_000;

/** The key of what is known of a file that no editor shows. */
const UNOPENED = 'unopened';

/** What is known, or asked for, of a file. */
interface Known {
  readonly key: string;
  readonly result: Promise<Checked | undefined>;
  checked?: Checked;
}

interface Job {
  readonly uri: vscode.Uri;
  readonly onProgress: ((share: number) => void) | undefined;
  readonly resolve: (checked: Checked | undefined) => void;
}

/** What tables are, read in a worker of its own, one after the other, and remembered as long as they stay the same. */
export class Tables implements vscode.Disposable {
  private readonly known = new Map<string, Known>();
  private readonly read = new vscode.EventEmitter<vscode.Uri>();
  private readonly forgotten = new vscode.EventEmitter<vscode.Uri>();
  /** A table has been read. */
  readonly onDidRead = this.read.event;
  /** What was known of a table does not hold any more. */
  readonly onDidForget = this.forgotten.event;
  private readonly jobs: Job[] = [];
  private current: Job | undefined;
  private worker: WorkerClient | undefined;
  private idle: NodeJS.Timeout | undefined;
  private readonly disposables: vscode.Disposable;

  constructor(
    private readonly workerScript: string,
    private readonly fileSettings: FileSettings,
  ) {
    this.disposables = vscode.Disposable.from(
      fileSettings.onDidSettle((change) => {
        for (const [name, { key }] of [...this.known]) {
          const uri = vscode.Uri.parse(name, true);
          if (!change.affects(uri, datasetKeys)) continue;
          // What was read under the new settings already, holds.
          if (key !== this.keyOf(uri)) this.known.delete(name);
          this.forgotten.fire(uri);
        }
      }),
      vscode.workspace.onDidSaveTextDocument(({ uri }) => this.forget(uri)),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.forget(uri)),
    );
  }

  /**
   * All of a table, from memory if the document is still the same. Undefined when it was cancelled.
   */
  check(
    uri: vscode.Uri,
    onProgress?: (share: number) => void,
    cancelled?: vscode.CancellationToken,
  ): Promise<Checked | undefined> {
    const key = this.keyOf(uri);
    const before = this.known.get(uri.toString());
    if (before?.key === key) return before.result;
    const result = new Promise<Checked | undefined>((resolve) => {
      const job: Job = { uri, onProgress, resolve };
      this.jobs.push(job);
      cancelled?.onCancellationRequested(() => this.cancel(job));
    }).then((checked) => {
      if (checked) known.checked = checked;
      else if (this.known.get(uri.toString()) === known) this.known.delete(uri.toString());
      if (checked) this.read.fire(uri);
      return checked;
    });
    const known: Known = { key, result };
    this.known.set(uri.toString(), known);
    this.next();
    return result;
  }

  /** All of a table if it has been read already and the document is still the same. */
  checked(uri: vscode.Uri): Checked | undefined {
    const known = this.known.get(uri.toString());
    return known?.key === this.keyOf(uri) ? known.checked : undefined;
  }

  /** As {@link check}, but anew where nothing tells whether the file is still the same. */
  recheck(
    uri: vscode.Uri,
    onProgress?: (share: number) => void,
    cancelled?: vscode.CancellationToken,
  ): Promise<Checked | undefined> {
    if (!openDocument(uri)) this.known.delete(uri.toString());
    return this.check(uri, onProgress, cancelled);
  }

  /**
   * What the head of a document shows, at once; all of it follows by {@link onDidRead}. Null when the first line is
   * longer than the head.
   */
  async head(document: vscode.TextDocument): Promise<Checked | null> {
    try {
      const { bytes, whole } = await headOf(document);
      if (!whole && !bytes.includes(LF) && !bytes.includes(CR)) return null;
      const { settings } = this.fileSettings.read(document.uri);
      return { table: viewOf(checkTable(readHead(bytes, whole, readOptionsOf(settings)), settings), whole) };
    } catch (error) {
      return { failure: failureOf(error) };
    }
  }

  dispose(): void {
    clearTimeout(this.idle);
    this.worker?.dispose();
    this.worker = undefined;
    this.disposables.dispose();
    this.read.dispose();
    this.forgotten.dispose();
  }

  /** What a table follows from: the text of the document, where there is one, and the settings. */
  private keyOf(uri: vscode.Uri): string {
    const document = openDocument(uri);
    const { settings } = this.fileSettings.read(uri);
    const read = JSON.stringify(datasetKeys.map((key) => settings[key]));
    return `${document ? `${document.version} ${document.isDirty}` : UNOPENED} ${read}`;
  }

  private forget(uri: vscode.Uri): void {
    this.known.delete(uri.toString());
    this.forgotten.fire(uri);
  }

  private next(): void {
    if (this.current) return;
    clearTimeout(this.idle);
    const job = (this.current = this.jobs.shift());
    if (!job) {
      this.idle = setTimeout(() => {
        this.worker?.dispose();
        this.worker = undefined;
      }, IDLE_MS);
      return;
    }
    const { settings } = this.fileSettings.read(job.uri);
    sourceOf(job.uri).then(
      (source) => {
        if (this.current === job) this.client().post({ type: 'check', source, settings });
      },
      (error: unknown) => this.done(job, { failure: failureOf(error) }),
    );
  }

  private done(job: Job | undefined, checked: Checked | undefined): void {
    if (!job || this.current !== job) return;
    this.current = undefined;
    job.resolve(checked);
    this.next();
  }

  /** A worker that reads hears nothing: it is ended. */
  private cancel(job: Job): void {
    const waiting = this.jobs.indexOf(job);
    if (waiting >= 0) {
      this.jobs.splice(waiting, 1);
      job.resolve(undefined);
    } else if (this.current === job) {
      this.worker?.dispose();
      this.worker = undefined;
      this.done(job, undefined);
    }
  }

  private client(): WorkerClient {
    return (this.worker ??= new WorkerClient(
      this.workerScript,
      (message) => {
        if (message.type === 'reading') this.current?.onProgress?.(message.share);
        else if (message.type === 'checked') this.done(this.current, { table: message.table });
        else if (message.type === 'failed') this.done(this.current, { failure: message.failure });
      },
      (failure) => {
        this.worker = undefined;
        this.done(this.current, { failure });
      },
    ));
  }
}

export const openDocument = (uri: vscode.Uri): vscode.TextDocument | undefined =>
  vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());

/** The first bytes of a document: of its file where that is the same, as only that shows the encoding. */
async function headOf(document: vscode.TextDocument): Promise<{ bytes: Uint8Array; whole: boolean }> {
  if (document.uri.scheme === 'file' && !document.isDirty) {
    const file = await open(document.uri.fsPath, 'r');
    try {
      const { bytesRead, buffer } = await file.read(new Uint8Array(HEAD + 1), 0, HEAD + 1, 0);
      return { bytes: buffer.subarray(0, Math.min(bytesRead, HEAD)), whole: bytesRead <= HEAD };
    } finally {
      await file.close();
    }
  }
  const lines: string[] = [];
  let size = 0;
  let line = 0;
  for (; line < document.lineCount && size < HEAD; line++) {
    const { text } = document.lineAt(line);
    lines.push(text);
    size += text.length + 1;
  }
  const whole = line === document.lineCount;
  return { bytes: new TextEncoder().encode(lines.join('\n') + (whole ? '' : '\n')), whole };
}
