import path from 'node:path';
import { MessageChannel, receiveMessageOnPort, Worker, type MessagePort } from 'node:worker_threads';
import type { Header } from '../data/header';
import type { Ahead } from '../data/read';
import type { Part, Plan } from '../data/rows';

/** A file that is open, for threads that open it too. */
export interface OpenFile {
  readonly path: string;
  readonly size: number;
  /** Which file is meant: another one may have taken its path. */
  readonly device: bigint;
  readonly inode: bigint;
}

/** What a reading thread is given. */
export interface ReaderData extends OpenFile {
  readonly from: number;
  readonly to: number;
  /** Whether to hash the file once the part is read. */
  readonly hash: boolean;
  readonly port: MessagePort;
  /** Answers given, and bytes read so far in units of {@link UNIT}. */
  readonly counts: Int32Array;
}
export interface ToReader {
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
  const readers = starts.map(
    (from, k) =>
      new Reader(script, file, from, starts[k + 1] ?? size, hash && k === starts.length - 1, report),
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

class Reader implements Ahead {
  private readonly worker: Worker;
  private readonly port: MessagePort;
  private readonly counts = new Int32Array(new SharedArrayBuffer(8));
  private taken = 0;

  constructor(
    script: string,
    private readonly file: OpenFile,
    readonly from: number,
    private readonly to: number,
    hash: boolean,
    private readonly report: () => void,
  ) {
    const { port1, port2 } = new MessageChannel();
    this.port = port1;
    const workerData: ReaderData = { ...file, from, to, hash, port: port2, counts: this.counts };
    this.worker = new Worker(script, { workerData, transferList: [port2] });
    this.worker.unref();
    // One that dies is noticed by its silence.
    this.worker.on('error', () => undefined);
  }

  /** Bytes read. */
  progress(): number {
    return Math.min(this.to - this.from, Atomics.load(this.counts, PROGRESS) * UNIT);
  }

  start(plan: Plan, header: Header): void {
    const share = (this.to - this.from) / this.file.size;
    const message: ToReader = { plan: { ...plan, capacity: Math.ceil(plan.capacity * share) + 1 }, header };
    this.port.postMessage(message);
  }

  take(): Part | null {
    const answer = this.answer();
    return answer && 'part' in answer ? answer.part : null;
  }

  hash(): string {
    const answer = this.answer();
    return answer && 'hash' in answer ? answer.hash : '';
  }

  dispose(): void {
    this.port.close();
    void this.worker.terminate();
  }

  private answer(): FromReader | null {
    let heard = performance.now();
    let progress = -1;
    while (Atomics.load(this.counts, ANSWERS) === this.taken) {
      Atomics.wait(this.counts, ANSWERS, this.taken, LOOK_MS);
      const now = Atomics.load(this.counts, PROGRESS);
      if (now !== progress) heard = performance.now();
      progress = now;
      if (performance.now() - heard > PATIENCE_MS) return null;
      this.report();
    }
    this.taken++;
    return (receiveMessageOnPort(this.port)?.message as FromReader | undefined) ?? null;
  }
}
