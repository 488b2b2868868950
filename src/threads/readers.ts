import path from 'node:path';
import { MessageChannel, receiveMessageOnPort, Worker, type MessagePort } from 'node:worker_threads';
import type { Header } from '../data/csv/header';
import type { Ahead } from '../data/csv/read';
import type { Part, Plan } from '../data/csv/rows';

/** A file that is open, for threads that open it too. */
export interface OpenFile {
  readonly path: string;
  readonly size: number;
  /** Which file is meant: another one may have taken its path. */
  readonly device: bigint;
  readonly inode: bigint;
}

/** What a reading thread is given once. */
export interface ReaderData {
  readonly port: MessagePort;
  /** Answers given in all, and bytes read of the present part in units of {@link UNIT}. */
  readonly counts: Int32Array;
}
/** A part of a file, for a reading thread. */
export interface ToReader {
  readonly file: OpenFile;
  readonly from: number;
  readonly to: number;
  /** Whether to hash the file once the part is read. */
  readonly hash: boolean;
  readonly plan: Plan;
  readonly header: Header;
}
export type FromReader = { readonly part: Part | null } | { readonly hash: string };

export const ANSWERS = 0;
export const PROGRESS = 1;
export const UNIT = 1024;
/** A thread of which nothing has been heard for so long has died. */
const PATIENCE_MS = 10_000;
const LOOK_MS = 50;
/** A thread that has read stays for the next file, as it is quicker than a new one; but no longer than this. */
const IDLE_MS = 30_000;

export const readerScript = (folder: string): string => path.join(folder, 'reader.js');

/** Threads that read later parts of a file, from the bytes `starts` on. They are asked, and waited for, in blocking calls. */
export function startReaders(
  script: string,
  file: OpenFile,
  starts: readonly number[],
  hash: boolean,
  onProgress?: (share: number) => void,
): { ahead: Ahead[]; progress(own: number): void; hash(): string; dispose(): void } {
  const { size } = file;
  let own = 0;
  const report = () => {
    const others = readers.reduce((sum, reader) => sum + reader.progress(), 0);
    onProgress?.(Math.min(1, (own + others) / size));
  };
  // Who waits for the others has read its own part.
  const whileWaiting = () => {
    own = starts[0];
    report();
  };
  const readers = starts.map(
    (from, k) =>
      new Reader(script, file, from, starts[k + 1] ?? size, hash && k === starts.length - 1, whileWaiting),
  );
  return {
    ahead: readers,
    progress: (bytes) => {
      own = Math.min(bytes, starts[0] ?? size);
      report();
    },
    hash: () => readers.at(-1)?.hash() ?? '',
    dispose: () => readers.forEach((reader) => reader.dispose()),
  };
}

/** A thread that reads one part after another. */
class Thread {
  readonly counts = new Int32Array(new SharedArrayBuffer(8));
  readonly port: MessagePort;
  private readonly worker: Worker;
  private asked = 0;
  private taken = 0;
  private idle: NodeJS.Timeout | undefined;

  private constructor(private readonly script: string) {
    const { port1, port2 } = new MessageChannel();
    this.port = port1;
    const workerData: ReaderData = { port: port2, counts: this.counts };
    this.worker = new Worker(script, { workerData, transferList: [port2] });
    this.worker.unref();
    // One that dies while it reads is noticed by its silence.
    this.worker.on('error', () => undefined);
    this.worker.on('exit', () => this.forget());
  }

  private static readonly unused: Thread[] = [];

  /** One that has read before, or a new one. */
  static get(script: string): Thread {
    const k = Thread.unused.findIndex((thread) => thread.script === script);
    if (k < 0) return new Thread(script);
    const [thread] = Thread.unused.splice(k, 1);
    clearTimeout(thread.idle);
    return thread;
  }

  ask(message: ToReader): void {
    this.asked += message.hash ? 2 : 1;
    this.port.postMessage(message);
  }

  /** Waits for the next answer. Null when none is to come, or none comes. */
  answer(report: () => void): FromReader | null {
    if (this.taken === this.asked) return null;
    let heard = performance.now();
    let progress = -1;
    while (Atomics.load(this.counts, ANSWERS) === this.taken) {
      Atomics.wait(this.counts, ANSWERS, this.taken, LOOK_MS);
      const now = Atomics.load(this.counts, PROGRESS);
      if (now !== progress) heard = performance.now();
      progress = now;
      if (performance.now() - heard > PATIENCE_MS) return null;
      report();
    }
    this.taken++;
    return (receiveMessageOnPort(this.port)?.message as FromReader | undefined) ?? null;
  }

  /** Nothing more is wanted of it for now: it is ended unless it has given all its answers. */
  release(): void {
    if (this.taken < this.asked) {
      this.end();
      return;
    }
    Atomics.store(this.counts, PROGRESS, 0);
    Thread.unused.push(this);
    this.idle = setTimeout(() => this.end(), IDLE_MS).unref();
  }

  private end(): void {
    this.forget();
    this.port.close();
    void this.worker.terminate();
  }

  private forget(): void {
    clearTimeout(this.idle);
    const k = Thread.unused.indexOf(this);
    if (k >= 0) Thread.unused.splice(k, 1);
  }
}

/** A part of a file that a thread reads. */
class Reader implements Ahead {
  private readonly thread: Thread;

  constructor(
    script: string,
    private readonly file: OpenFile,
    readonly from: number,
    private readonly to: number,
    private readonly wantsHash: boolean,
    private readonly report: () => void,
  ) {
    this.thread = Thread.get(script);
  }

  /** Bytes read. */
  progress(): number {
    return Math.min(this.to - this.from, Atomics.load(this.thread.counts, PROGRESS) * UNIT);
  }

  start(plan: Plan, header: Header): void {
    const { file, from, to, wantsHash: hash } = this;
    const capacity = Math.ceil((plan.capacity * (to - from)) / file.size) + 1;
    this.thread.ask({ file, from, to, hash, plan: { ...plan, capacity }, header });
  }

  take(): Part | null {
    const answer = this.thread.answer(this.report);
    this.report();
    return answer && 'part' in answer ? answer.part : null;
  }

  hash(): string {
    const answer = this.thread.answer(this.report);
    return answer && 'hash' in answer ? answer.hash : '';
  }

  dispose(): void {
    this.thread.release();
  }
}
