import path from 'node:path';
import { failureOf, type Failure } from '../data/failure';
import type { FromTrainer, OfTrainer, ToTrainer } from '../protocol/trainer';
import { ThreadChannel, type Channel } from './channel';
import { ProcessChannel } from './processChannel';
import { WITH_FLAGS } from './v8Flags';

/** What a trainer can run in, the best first: a process with V8's flags set, one without, a thread of the host. */
export const trainerKinds = ['process with flags', 'process', 'thread'] as const;
export type TrainerKind = (typeof trainerKinds)[number];

type OpenTrainer = (
  kind: TrainerKind,
  onMessage: (message: FromTrainer | OfTrainer) => void,
  onFailure: (failure: Failure) => void,
) => Channel<ToTrainer>;

/** What the starter needs of the world around it. */
export interface StarterWorld {
  readonly open: OpenTrainer;
  /** Does something once, later, unless it is let go of before. */
  after(ms: number, task: () => void): { dispose(): void };
  log(text: string): void;
  /** From now on trainers run in this. */
  onKind(kind: TrainerKind): void;
}

/** A process that waits for a training ends after this long. */
export const SPARE_MS = 60_000;
/** When one has been taken, the next is started later: the training that has just begun comes first. */
export const NEXT_SPARE_MS = 1_000;

/**
 * Starts trainers in the best kind that works in this window. A kind works once one of it says that it is ready; one that
 * fails before that is not tried again. One process is kept ready for the next training.
 */
export class TrainerStarter {
  private readonly failed = new Set<TrainerKind>();
  private spare: StartingTrainer | undefined;
  private timer: { dispose(): void } | undefined;

  constructor(private readonly world: StarterWorld) {}

  /** What the next trainer runs in. */
  get kind(): TrainerKind {
    return trainerKinds.find((kind) => !this.failed.has(kind)) ?? 'thread';
  }

  start(
    onMessage: (message: FromTrainer) => void,
    onFailure: (failure: Failure) => void,
  ): Channel<ToTrainer> {
    const trainer = this.spare ?? this.open();
    this.spare = undefined;
    trainer.take(onMessage, onFailure);
    this.later(NEXT_SPARE_MS, () => this.keepSpare());
    return trainer;
  }

  /** A training may come soon: has a process ready for it, for a while. */
  keepSpare(): void {
    if (this.kind === 'thread') return;
    this.spare ??= this.open();
    this.later(SPARE_MS, () => this.endSpare());
  }

  dispose(): void {
    this.timer?.dispose();
    this.endSpare();
  }

  private open(): StartingTrainer {
    const trainer = new StartingTrainer(this.world, {
      kind: () => this.kind,
      giveUp: (kind, failure) => this.giveUp(kind, failure),
      // One that dies while it waits is nobody's failure.
      unused: () => {
        if (this.spare === trainer) this.spare = undefined;
      },
    });
    return trainer;
  }

  /** Whether there is another kind to try instead. */
  private giveUp(kind: TrainerKind, { detail }: Failure): boolean {
    if (kind === 'thread') return false;
    if (!this.failed.has(kind)) {
      this.failed.add(kind);
      this.world.log(`A trainer cannot run in a ${kind}, so it runs in a ${this.kind}: ${detail}`);
      this.world.onKind(this.kind);
    }
    return true;
  }

  private endSpare(): void {
    this.spare?.dispose();
    this.spare = undefined;
  }

  private later(ms: number, task: () => void): void {
    this.timer?.dispose();
    this.timer = this.world.after(ms, task);
  }
}

interface Kinds {
  kind(): TrainerKind;
  giveUp(kind: TrainerKind, failure: Failure): boolean;
  unused(): void;
}
interface Listener {
  onMessage(message: FromTrainer): void;
  onFailure(failure: Failure): void;
}

/** A trainer on its way: what it is told waits until it is ready, and goes to the next kind if it never is. */
class StartingTrainer implements Channel<ToTrainer> {
  private channel: Channel<ToTrainer>;
  private waiting: ToTrainer[] | null = [];
  private listener: Listener | undefined;

  constructor(
    private readonly world: StarterWorld,
    private readonly kinds: Kinds,
  ) {
    this.channel = this.open();
  }

  take(onMessage: Listener['onMessage'], onFailure: Listener['onFailure']): void {
    this.listener = { onMessage, onFailure };
  }

  post(message: ToTrainer): void {
    if (this.waiting) this.waiting.push(message);
    else this.channel.post(message);
  }

  dispose(): void {
    this.channel.dispose();
  }

  private open(): Channel<ToTrainer> {
    const kind = this.kinds.kind();
    try {
      return this.world.open(
        kind,
        (message) => this.hear(kind, message),
        (failure) => this.fail(kind, failure),
      );
    } catch (error) {
      // Where no process may be started, or there is no room for one, Node says so at once.
      if (!this.kinds.giveUp(kind, failureOf(error))) throw error;
      return this.open();
    }
  }

  private hear(kind: TrainerKind, message: FromTrainer | OfTrainer): void {
    switch (message.type) {
      case 'ready': {
        this.world.log(`A trainer is ready in a ${kind} (${message.pid}).`);
        const waiting = this.waiting ?? [];
        this.waiting = null;
        waiting.forEach((each) => this.channel.post(each));
        return;
      }
      case 'log':
        this.world.log(message.text);
        return;
      default:
        this.listener?.onMessage(message);
    }
  }

  private fail(kind: TrainerKind, failure: Failure): void {
    if (this.waiting && this.kinds.giveUp(kind, failure)) this.channel = this.open();
    else if (this.listener) this.listener.onFailure(failure);
    else this.kinds.unused();
  }
}

/**
 * How the real ones are started.
 * @param folder where the build puts the scripts
 * @param log hears what a process says on stderr
 * @param inspect the port at which an inspector reaches a process, 0: any; without it there is none
 */
export function openTrainer(folder: string, log: (text: string) => void, inspect?: string): OpenTrainer {
  const script = path.join(folder, 'trainer.js');
  return (kind, onMessage, onFailure) => {
    switch (kind) {
      case 'process with flags':
      case 'process':
        return new ProcessChannel(script, onMessage, onFailure, {
          args: kind === 'process' ? [] : [WITH_FLAGS],
          onStderr: log,
          execArgv: inspect === undefined ? [] : [`--inspect=127.0.0.1:${inspect}`],
        });
      case 'thread':
        return new ThreadChannel(script, onMessage, onFailure);
      default:
        return kind satisfies never;
    }
  };
}
