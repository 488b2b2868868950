import { failureOf, type Failure } from '../data/failure';
import { message } from '../data/message';
import type { Source } from '../protocol/source';
import type { FromTrainer, ToTrainer } from '../protocol/trainer';
import type { FileTrainer, TrainerClient } from './trainers';

/** A session, as the way to its trainer knows it. */
export interface LinkedSession {
  readonly id: string;
  /** The table's present content. */
  source(): Promise<Source>;
  /** The file's trainer, for this session from now on. */
  acquire(client: TrainerClient): FileTrainer;
  /** What a trainer that it has just got is told first; `load` is the last of it. */
  openingMessages(source: Source): ToTrainer[];
  receive(message: FromTrainer): void;
  /** More of the file has been read. */
  readingChanged(): void;
  /** The file cannot be read, or the trainer is dead: there is no way any more. */
  fail(failure: Failure): void;
  /** The trainer was taken away, maybe while it read. */
  lost(wasReading: boolean): void;
  /** The trainer is gone, and with it what it would have answered. */
  ended(): void;
}

/** The way from a session to its file's trainer, which is given the table once and hears commands from then on. */
export class TrainerLink implements TrainerClient {
  /** Share of the file that has been read, while it is; else null. */
  reading: number | null = null;
  private trainer: FileTrainer | undefined;
  private loading: Promise<boolean> | undefined;
  /** Counts the loads: one that was given up while it waited for the table finds another number here. */
  private current = 0;

  constructor(private readonly session: LinkedSession) {}

  get id(): string {
    return this.session.id;
  }

  /** Whether the trainer has this run, so that it hears commands: those that come while it reads wait. */
  get isOpen(): boolean {
    return this.trainer !== undefined;
  }

  /** Gives the table to the trainer, once; false when it could not, or was given up meanwhile. */
  load(): Promise<boolean> {
    return (this.loading ??= this.open(++this.current));
  }

  /** Says something to the trainer, if it has this run. */
  send(message: ToTrainer): void {
    this.trainer?.post(message);
  }

  /** Something is wanted of the trainer, or nothing for now. */
  use(busy: boolean): void {
    if (busy) this.trainer?.busy();
    else this.trainer?.rest();
  }

  /** A trainer that reads hears nothing: it is ended, and the next load begins anew. */
  cancel(): void {
    const { trainer } = this;
    this.letGo();
    trainer?.end();
  }

  /** The trainer is left to other runs; the next load begins anew. */
  release(): void {
    this.trainer?.rest();
    this.letGo();
  }

  receive(message: FromTrainer): void {
    switch (message.type) {
      case 'reading':
        this.reading = message.share;
        this.session.readingChanged();
        return;
      case 'loaded':
      case 'progress':
        this.reading = null;
        break;
      case 'otherFile':
      case 'otherReading':
        this.release();
        break;
      case 'checked':
      case 'baselines':
      case 'sure':
      case 'looked':
      case 'snapshot':
      case 'answered':
      case 'nearly':
      case 'refused':
      case 'failed':
        break;
      default:
        message satisfies never;
    }
    this.session.receive(message);
  }

  died(failure: Failure): void {
    this.letGo();
    this.session.fail(failure);
  }

  lost(): void {
    const wasReading = this.reading !== null;
    this.letGo();
    this.session.lost(wasReading);
  }

  ended(): void {
    this.lost();
    this.session.ended();
  }

  private async open(load: number): Promise<boolean> {
    const isGivenUp = () => load !== this.current;
    this.reading = 0;
    this.session.readingChanged();
    try {
      const source = await this.session.source();
      if (isGivenUp()) return false;
      const trainer = this.session.acquire(this);
      this.session.openingMessages(source).forEach((message) => trainer.post(message));
      this.trainer = trainer;
      return true;
    } catch (error) {
      if (!isGivenUp()) this.session.fail(cannotRead(error));
      return false;
    }
  }

  private letGo(): void {
    this.reading = null;
    this.trainer = undefined;
    this.loading = undefined;
    this.current++;
  }
}

/** Whatever a file system says of a file is the person's to mend, not a bug. */
function cannotRead(error: unknown): Failure {
  const failure = failureOf(error);
  if (!failure.bug) return failure;
  const text = error instanceof Error ? error.message : String(error);
  return { ...failure, message: message('other', { text }), bug: false };
}
