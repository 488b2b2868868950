import path from 'node:path';
import { MessageChannel, receiveMessageOnPort, Worker, type MessagePort } from 'node:worker_threads';
import type { Header } from '../data/csv/header';
import type { Ahead } from '../data/csv/passes';
import type { Part, Plan } from '../data/csv/part';

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
  /**
   * Answers given in all; and bytes read of the present part, and then hashed of the file, in units of {@link UNIT}.
   */
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

/** The later parts of one file. */
export interface Parts {
  readonly ahead: Ahead[];
  /** Takes note of how many bytes the present thread has read. */
  progress(own: number): void;
  /** Waits for the hash. Empty when it is not to be had. */
  hash(): string;
  dispose(): void;
}

/**
 * Threads that read later parts of files. They are asked, and waited for, in blocking calls. Those that have read one file
 * wait for the next.
 */
export class PartReaders {
  private readonly unused: Thread[] = [];

  /**
   * @param script the path of dist/reader.js
   * @param patienceMs a thread of which nothing has been heard for so long is taken for dead
   */
  constructor(
    private readonly script: string,
    private readonly patienceMs = PATIENCE_MS,
  ) {}

  /** Reads a file from the bytes `starts` on: a part up to each next one, the last one to the end. */
  start(
    file: OpenFile,
    starts: readonly number[],
    hash: boolean,
    onProgress?: (share: number) => void,
  ): Parts {
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
    const readers = starts.map((from, k) => {
      const to = starts[k + 1] ?? size;
      return new Reader(this.take(), file, from, to, hash && k === starts.length - 1, whileWaiting);
    });
    return {
      ahead: readers,
      progress: (bytes) => {
        own = Math.min(bytes, starts[0] ?? size);
        report();
      },
      hash: () => readers.at(-1)?.hash() ?? '',
      dispose: () => readers.forEach(({ thread }) => this.release(thread)),
    };
  }

  /** Ends the threads that wait. */
  dispose(): void {
    for (const thread of this.unused.splice(0)) thread.end();
  }

  /** A thread that has read before, or a new one. */
  private take(): Thread {
    const thread: Thread =
      this.unused.pop() ?? new Thread(this.script, this.patienceMs, () => this.forget(thread));
    thread.wake();
    return thread;
  }

  /** Nothing more is wanted of a thread for now: it is ended unless it has given all its answers. */
  private release(thread: Thread): void {
    if (!thread.isFree) {
      thread.end();
      return;
    }
    this.unused.push(thread);
    thread.rest();
  }

  private forget(thread: Thread): void {
    const k = this.unused.indexOf(thread);
    if (k >= 0) this.unused.splice(k, 1);
  }
}

/** A thread that reads one part after another. */
class Thread {
  readonly counts = new Int32Array(new SharedArrayBuffer(8));
  readonly port: MessagePort;
  private readonly worker: Worker;
  private asked = 0;
  private taken = 0;
  private isDead = false;
  private idle: NodeJS.Timeout | undefined;

  constructor(
    script: string,
    private readonly patienceMs: number,
    private readonly onEnd: () => void,
  ) {
    const { port1, port2 } = new MessageChannel();
    this.port = port1;
    const workerData: ReaderData = { port: port2, counts: this.counts };
    this.worker = new Worker(script, { workerData, transferList: [port2] });
    this.worker.unref();
    // One that dies while it reads is noticed by its silence.
    this.worker.on('error', () => undefined);
    this.worker.on('exit', () => this.end());
  }

  /** Whether it has given all its answers. */
  get isFree(): boolean {
    return this.taken === this.asked;
  }

  ask(message: ToReader): void {
    this.asked += message.hash ? 2 : 1;
    this.port.postMessage(message);
  }

  /** Waits for the next answer. Null when none is to come, or none comes. */
  answer(report: () => void): FromReader | null {
    if (this.isFree || this.isDead) return null;
    let heard = performance.now();
    let progress = -1;
    while (Atomics.load(this.counts, ANSWERS) === this.taken) {
      Atomics.wait(this.counts, ANSWERS, this.taken, LOOK_MS);
      const now = Atomics.load(this.counts, PROGRESS);
      if (now !== progress) heard = performance.now();
      progress = now;
      this.isDead = performance.now() - heard > this.patienceMs;
      if (this.isDead) return null;
      report();
    }
    this.taken++;
    return (receiveMessageOnPort(this.port)?.message as FromReader | undefined) ?? null;
  }

  /** Nothing is wanted of it for now; it ends when that stays so. */
  rest(): void {
    Atomics.store(this.counts, PROGRESS, 0);
    this.idle = setTimeout(() => this.end(), IDLE_MS).unref();
  }

  wake(): void {
    clearTimeout(this.idle);
  }

  end(): void {
    clearTimeout(this.idle);
    this.port.close();
    void this.worker.terminate();
    this.onEnd();
  }
}

/** A part of a file that a thread reads. */
class Reader implements Ahead {
  constructor(
    readonly thread: Thread,
    private readonly file: OpenFile,
    readonly from: number,
    private readonly to: number,
    private readonly wantsHash: boolean,
    private readonly report: () => void,
  ) {}

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
}
