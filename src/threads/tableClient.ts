import type { Failure } from '../data/failure';
import type { TableView } from '../data/table/tableView';
import type { CheckRequest, FromReader, ToReader } from '../protocol/reader';
import { ThreadChannel } from './channel';

/** What became of a table; `hash` is empty where it was not asked for. */
export type Checked = { readonly table: TableView; readonly hash: string } | { readonly failure: Failure };

export interface CheckOptions {
  /** Share of the file that has been read, ten times a second at most. */
  readonly onProgress?: (share: number) => void;
  /** Whoever aborts gets no answer: the check resolves to undefined. */
  readonly signal?: AbortSignal;
}

/** A reader with nothing to do for this long ends. */
const IDLE_MS = 30_000;
/** A file of which nothing is heard for this long, as of a disk that does not answer, holds up no other. */
const SILENCE_MS = 3_000;
/** Readers at most, when files hang: more would each hold a thread as well. */
const MOST_READERS = 8;

interface Job {
  readonly id: number;
  readonly asked: CheckRequest;
  readonly onProgress: ((share: number) => void) | undefined;
  resolve(checked: Checked | undefined): void;
}

/** Has tables read and checked on a thread of their own, one after the other; what hangs is passed by. */
export class TableClient {
  private readonly jobs: Job[] = [];
  private readonly readers = new Set<Reader>();
  private lastId = 0;

  /** @param script the path of dist/tableReader.js */
  constructor(
    private readonly script: string,
    private readonly silenceMs = SILENCE_MS,
    private readonly idleMs = IDLE_MS,
  ) {}

  /** Reads and checks a table. Undefined when it was aborted, or the client disposed of. */
  check(asked: CheckRequest, { onProgress, signal }: CheckOptions = {}): Promise<Checked | undefined> {
    return new Promise((resolve) => {
      if (signal?.aborted) {
        resolve(undefined);
        return;
      }
      const job: Job = {
        id: ++this.lastId,
        asked,
        onProgress,
        resolve: (checked) => {
          signal?.removeEventListener('abort', abort);
          resolve(checked);
        },
      };
      const abort = () => this.abort(job);
      signal?.addEventListener('abort', abort);
      this.jobs.push(job);
      this.next();
    });
  }

  dispose(): void {
    const jobs = this.jobs.splice(0);
    for (const reader of [...this.readers]) {
      if (reader.job) jobs.push(reader.job);
      this.end(reader);
    }
    for (const job of jobs) job.resolve(undefined);
  }

  /** Gives the next job to a reader that is free; a new one is started when all that there are hang. */
  private next(): void {
    if (this.jobs.length === 0) return;
    const readers = [...this.readers];
    let free = readers.find(({ job }) => !job);
    if (!free) {
      if (readers.some(({ hangs }) => !hangs) || readers.length >= MOST_READERS) return;
      free = new Reader(this.script, this.silenceMs, this.idleMs, {
        done: (reader, checked) => this.done(reader, checked),
        hangs: () => this.next(),
        idle: (reader) => this.end(reader),
        died: (reader, failure) => {
          this.readers.delete(reader);
          reader.job?.resolve({ failure });
          this.next();
        },
      });
      this.readers.add(free);
    }
    const job = this.jobs.shift();
    if (job) free.take(job);
  }

  private done(reader: Reader, checked: Checked): void {
    const { job } = reader;
    // One is enough: a reader that hung and came back is ended.
    if (this.readers.size > 1) this.end(reader);
    else reader.rest();
    job?.resolve(checked);
    this.next();
  }

  /** A thread that reads hears nothing: it is ended. */
  private abort(job: Job): void {
    const waiting = this.jobs.indexOf(job);
    if (waiting >= 0) this.jobs.splice(waiting, 1);
    for (const reader of [...this.readers]) if (reader.job === job) this.end(reader);
    job.resolve(undefined);
    this.next();
  }

  private end(reader: Reader): void {
    this.readers.delete(reader);
    reader.dispose();
  }
}

interface Listener {
  done(reader: Reader, checked: Checked): void;
  hangs(reader: Reader): void;
  idle(reader: Reader): void;
  died(reader: Reader, failure: Failure): void;
}

/** A reading thread and what it is at. */
class Reader {
  job: Job | undefined;
  /** Whether nothing has been heard of its job for long. */
  hangs = false;
  private readonly worker: ThreadChannel<ToReader, FromReader>;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    script: string,
    private readonly silenceMs: number,
    private readonly idleMs: number,
    private readonly listener: Listener,
  ) {
    this.worker = new ThreadChannel<ToReader, FromReader>(
      script,
      (message) => this.hear(message),
      (failure) => {
        clearTimeout(this.timer);
        listener.died(this, failure);
      },
    );
  }

  take(job: Job): void {
    this.job = job;
    this.worker.post({ type: 'check', id: job.id, ...job.asked });
    this.listen();
  }

  /** It has nothing to do for now. */
  rest(): void {
    clearTimeout(this.timer);
    this.job = undefined;
    this.hangs = false;
    this.timer = setTimeout(() => this.listener.idle(this), this.idleMs).unref();
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.worker.dispose();
  }

  private listen(): void {
    clearTimeout(this.timer);
    this.hangs = false;
    this.timer = setTimeout(() => {
      this.hangs = true;
      this.listener.hangs(this);
    }, this.silenceMs).unref();
  }

  private hear(message: FromReader): void {
    if (message.id !== this.job?.id) return;
    switch (message.type) {
      case 'reading':
        this.listen();
        this.job.onProgress?.(message.share);
        return;
      case 'checked':
        this.listener.done(this, { table: message.table, hash: message.hash });
        return;
      case 'failed':
        this.listener.done(this, { failure: message.failure });
        return;
      default:
        message satisfies never;
    }
  }
}
