import type { Failure } from '../data/failure';
import type { FromTrainer, ToTrainer } from '../protocol/trainer';
import type { Disposable } from './emitter';
import type { Timers } from './timers';

/** A trainer as the host holds it: a process, or a thread. */
export interface TrainerChannel {
  post(message: ToTrainer): void;
  dispose(): void;
}

/** Starts a trainer; after a failure or `dispose` nothing more is heard of it. */
export type StartTrainer = (
  onMessage: (message: FromTrainer) => void,
  onFailure: (failure: Failure) => void,
) => TrainerChannel;

/** A run that uses a trainer. */
export interface TrainerClient {
  readonly id: string;
  receive(message: FromTrainer): void;
  /** The trainer has died. */
  died(failure: Failure): void;
  /** Another run has got the trainer; what it was told before, it still answers. */
  lost(): void;
  /** The trainer is gone: nothing more is heard of it. */
  ended(): void;
}

/** A trainer that nothing is wanted of goes after this long, and its data and threads with it. */
export const IDLE_MS = 60_000;

/**
 * The trainers, one a file: runs on the same file take turns and share the data that was read. A trainer that reads hears
 * nothing, so one whose run is given up meanwhile is ended, and the next run gets a new one.
 */
export class Trainers implements Disposable {
  private readonly byFile = new Map<string, FileTrainer>();

  constructor(
    private readonly start: StartTrainer,
    private readonly timers: Timers,
  ) {}

  /** Gives a file's trainer to a run; what another run still gets of it is what it asked for before. */
  acquire(uri: string, client: TrainerClient): FileTrainer {
    let trainer = this.byFile.get(uri);
    if (!trainer) {
      trainer = new FileTrainer(this.start, this.timers, (ended) => {
        for (const [key, each] of this.byFile) if (each === ended) this.byFile.delete(key);
      });
      this.byFile.set(uri, trainer);
    }
    trainer.give(client);
    return trainer;
  }

  /** A file has another name; the trainer of a file that had that name still answers, and may go to one of the old name. */
  rename(from: string, to: string): void {
    const trainer = this.byFile.get(from);
    if (!trainer) return;
    const replaced = this.byFile.get(to);
    this.byFile.delete(from);
    this.byFile.set(to, trainer);
    if (replaced) this.byFile.set(from, replaced);
  }

  dispose(): void {
    [...this.byFile.values()].forEach((trainer) => trainer.end());
  }
}

/** One file's trainer. */
export class FileTrainer {
  private readonly channel: TrainerChannel;
  private readonly clients = new Map<string, TrainerClient>();
  private current: TrainerClient | undefined;
  private idle: Disposable | undefined;

  constructor(
    start: StartTrainer,
    private readonly timers: Timers,
    private readonly onEnd: (trainer: FileTrainer) => void,
  ) {
    this.channel = start(
      (message) => this.clients.get(message.run)?.receive(message),
      (failure) => {
        this.onEnd(this);
        this.idle?.dispose();
        const { current, clients } = this;
        current?.died(failure);
        for (const client of clients.values()) if (client !== current) client.ended();
      },
    );
  }

  give(client: TrainerClient): void {
    const before = this.current;
    this.current = client;
    this.clients.set(client.id, client);
    this.busy();
    if (before !== client) before?.lost();
  }

  post(message: ToTrainer): void {
    this.channel.post(message);
  }

  /** Something is wanted of it. */
  busy(): void {
    this.idle?.dispose();
    this.idle = undefined;
  }

  /** Nothing is wanted of it for now. */
  rest(): void {
    this.busy();
    this.idle = this.timers.after(IDLE_MS, () => {
      this.end();
    });
  }

  end(): void {
    this.idle?.dispose();
    this.onEnd(this);
    this.channel.dispose();
    const clients = [...this.clients.values()];
    this.clients.clear();
    this.current = undefined;
    clients.forEach((client) => client.ended());
  }
}
