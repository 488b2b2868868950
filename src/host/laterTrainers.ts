import { availableParallelism } from 'node:os';
import * as vscode from 'vscode';
import { failureOf } from '../data/failure';
import { realTimers } from '../session/timers';
import type { StartTrainer, TrainerChannel } from '../session/trainers';
import type { TrainerKind, TrainerStarter } from '../threads/trainerStarter';
import { safeLines } from './safeText';

/** Cores that a training in a thread leaves to the editor; a process has a lower priority, and may use all. */
const SPARE_CORES = 1;
/** The port at which an inspector reaches the trainers of a window. */
const INSPECT = 'NEURON_LENS_INSPECT_TRAINER';

/** The trainers of this window; what starts them is loaded when the first may be wanted soon. */
export class LaterTrainers implements vscode.Disposable {
  private starter: Promise<TrainerStarter> | undefined;
  private kind: TrainerKind = 'process with flags';

  /** @param folder where the build puts the scripts */
  constructor(
    private readonly folder: string,
    private readonly log: vscode.LogOutputChannel,
  ) {}

  readonly start: StartTrainer = (onMessage, onFailure) => {
    let isOver = false;
    const trainer = this.load().then((starter) => starter.start(onMessage, onFailure));
    // What starts trainers could not be loaded, as when an update has replaced the extension's files.
    trainer.catch((error: unknown) => {
      if (!isOver) onFailure(failureOf(error));
    });
    const withTrainer = (act: (each: TrainerChannel) => void) => void trainer.then(act, () => undefined);
    return {
      post: (message) => withTrainer((each) => each.post(message)),
      dispose: () => {
        isOver = true;
        withTrainer((each) => each.dispose());
      },
    };
  };

  /** Threads that training may use in all. */
  get cores(): number {
    return Math.max(1, availableParallelism() - (this.kind === 'thread' ? SPARE_CORES : 0));
  }

  /** A process is started for the next training, unless one waits already. */
  keepSpare(): void {
    void this.load().then((starter) => starter.keepSpare());
  }

  dispose(): void {
    void this.starter?.then((starter) => starter.dispose());
  }

  private load(): Promise<TrainerStarter> {
    const log = (text: string) => this.log.info(safeLines(text));
    return (this.starter ??= import('../threads/trainerStarter').then(
      ({ openTrainer, TrainerStarter: Starter }) =>
        new Starter({
          open: openTrainer(this.folder, log, process.env[INSPECT]),
          after: realTimers.after,
          log,
          onKind: (kind) => (this.kind = kind),
        }),
    ));
  }
}
