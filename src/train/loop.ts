import { changeBy, type HandEdit } from '../core/handEdits';
import { flatten } from '../core/network';
import { message } from '../data/message';
import { UserError } from '../data/userError';
import { liveKeys, type Settings } from '../settings/settings';
import { editRun } from './editRun';
import { liveChanges } from './liveChanges';
import type { Mark } from './marks';
import { Pacing } from './pacing';
import type { Outbox, Pace } from './progress';
import type { LoopStatus } from './runState';
import type { TrainingRun } from './run';
import type { Start } from './start';
import { keptOf, Snapshots, type Kept } from './snapshots';
import { Timeline } from './timeline';
import { Untold } from './untold';
import type { Clock } from './clock';

/** A slice of training between two looks at the messages, in milliseconds. */
const SLICE_MS = 12;
/** How long a paced training waits before it looks at the clock again, in milliseconds. */
const PACE_WAIT_MS = 4;

/**
 * Drives one run in slices, so that it can be paused, paced and edited between them. One progress at a time is on its
 * way: the next is sent once {@link taken} says that the last was taken up, or when the training pauses or ends.
 * Neither pace nor reports change a result.
 */
export class TrainingLoop {
  status: LoopStatus = 'paused';
  readonly timeline: Timeline;
  readonly snapshots = new Snapshots();
  private readonly pacing = new Pacing();
  private readonly untold: Untold;
  private awaiting = false;
  private lastProgress = 0;
  /** Counts the slices: one that was to come is none any more once another has come before it. */
  private turn = 0;
  private snapshotWanted = false;
  /** The epoch at which one step is done; null: no single step is asked for. */
  private pauseAt: number | null = null;
  private whenWhole: (() => void)[] = [];
  private disposed = false;

  /** @param restored what a saved run goes on with; its curve is known already, and its marks */
  constructor(
    public run: TrainingRun,
    private readonly clock: Clock,
    private readonly outbox: Outbox,
    restored: {
      readonly status: LoopStatus;
      readonly epochs: number;
      readonly marks?: readonly Mark[] | undefined;
    } | null = null,
  ) {
    this.timeline = Timeline.upTo(run.acting, restored?.marks ?? []);
    if (run.epoch > 0) this.snapshots.add(firstState(run));
    this.keepState('even');
    this.untold = new Untold(restored ? [] : [...run.history.points]);
    if (restored) {
      run.epochs = restored.epochs;
      this.status = restored.status;
    }
  }

  resume(): void {
    if (this.status === 'paused') this.start();
  }

  /** Trains `more` epochs from the present weights. */
  continue(more: number): void {
    if (this.status === 'running') return;
    this.run.epochs = this.run.epoch + more;
    this.start();
  }

  pause(): void {
    if (this.status === 'running') this.settle('paused');
  }

  stop(): void {
    if (this.status === 'running' || this.status === 'paused') this.settle('stopped');
  }

  /** Trains one epoch, in slices as all others; a run that is done gets one more. */
  step(): void {
    const { run } = this;
    if (this.status === 'running') return;
    if (run.epoch >= run.epochs) run.epochs = run.epoch + 1;
    this.pauseAt = run.epoch + 1;
    this.status = 'running';
    this.slice();
  }

  /**
   * Takes edited settings, of which the live ones act from the next epoch on, and a new number of epochs. One that is below
   * those done ends no training: whoever sent it knew of fewer, and hears of what is done.
   */
  apply(settings: Settings, wanted: number, drag?: number): void {
    const { run } = this;
    const isPassed = this.status === 'running' && wanted < run.epoch;
    const epochs = isPassed ? run.epochs : wanted;
    const changes = liveChanges(run, settings, epochs);
    if (changes.length === 0 && !isPassed) return;
    run.apply(isPassed ? { ...settings, 'training.epochs': run.acting['training.epochs'] } : settings);
    run.epochs = Math.max(epochs, 1);
    if (changes.length > 0) {
      this.mark({ kind: 'edit', epoch: run.epoch, changes, ...(drag !== undefined && { drag }) });
      this.keepState('edit');
    }
    if (this.status === 'running' && run.epoch >= run.epochs) this.settle('finished');
    else this.report();
  }

  /**
   * Does to the weights what a person asks for, while it rests; one that had diverged can go on from there.
   * @param drag edits of one drag have the same number
   * Throws UserError where it runs, there is nothing to take back, or the cost would be no number: nothing has changed then.
   */
  editByHand(edit: HandEdit, drag?: number): void {
    const { run } = this;
    if (this.status === 'running') throw new UserError(message('edited-while-running', {}));
    const undone = edit.kind === 'undo' ? this.timeline.lastByHand : null;
    if (edit.kind === 'undo' && !undone) throw new UserError(message('nothing-to-undo', {}));
    const change = changeBy(edit, run.parameters(), run.frozen, undone?.change);
    if (change.weights.length + change.frozen.length + change.thawed.length === 0) {
      this.report();
      return;
    }
    const made = editRun(run, change, this.stateNow());
    this.mark({
      ...{ kind: 'hand', epoch: run.epoch, change: made },
      ...(drag !== undefined && { drag }),
      ...(undone && { isUndo: true }),
    });
    const point = made.weights.length > 0 ? run.history.replaceLast(run.measure()) : null;
    if (point) this.untold.replaceLast(point);
    if (this.status === 'diverged') this.status = 'paused';
    this.keepState('edit');
    this.report();
  }

  setPace(pace: Pace): void {
    this.pacing.set(pace, this.clock.now(), this.run.epoch);
  }

  /** The last progress was taken up. */
  taken(): void {
    this.awaiting = false;
  }

  /** Says how things stand. */
  report(): void {
    const { run } = this;
    const untold = this.untold.take();
    this.awaiting = true;
    this.lastProgress = this.clock.now();
    this.outbox.progress({
      status: this.status,
      epochs: run.epochs,
      learningRate: run.learningRate,
      measure: run.measure(),
      ...untold,
      parameters: run.parameters(),
      penalty: run.penalty(),
      diverged: run.diverged,
      live: Object.fromEntries(liveKeys.map((key) => [key, run.acting[key]])),
    });
  }

  /** Sends all that going on later needs, as soon as no epoch is half done: a long one is not given up for it. */
  snapshot(): void {
    this.snapshotWanted = true;
    if (this.status !== 'running' || !this.run.trainer.midEpoch) this.sendSnapshot();
  }

  /** Does something as soon as no epoch is half done: at once, where that is so. */
  atWhole(task: () => void): void {
    if (this.status === 'running' && this.run.trainer.midEpoch) this.whenWhole.push(task);
    else task();
  }

  /** The training after its last whole epoch. */
  stateNow(): Kept {
    return keptOf(this.run, this.timeline.length);
  }

  /** Goes on with another form of the same run, such as one on more threads; between two epochs. */
  replace(make: (run: TrainingRun, start: Omit<Start, 'interval'>) => TrainingRun): void {
    const { run } = this;
    run.rest();
    const { epoch, frozen } = run;
    const next = make(run, { epoch, parameters: run.parameters(), state: run.state(), frozen });
    next.epochs = run.epochs;
    next.diverged = run.diverged;
    run.dispose();
    this.run = next;
  }

  dispose(): void {
    this.disposed = true;
    this.run.dispose();
  }

  private start(): void {
    this.status = 'running';
    this.pacing.begin(this.clock.now(), this.run.epoch);
    this.report();
    this.slice();
  }

  /** Works for a slice of time, then lets the messages be looked at. */
  private slice(): void {
    const turn = ++this.turn;
    if (this.disposed || this.status !== 'running') return;
    const { run, clock } = this;
    const from = clock.now();
    const allowed = this.pauseAt ?? this.pacing.allowedEpoch(from, run.epoch);
    let ended: LoopStatus | null = run.epoch >= run.epochs ? 'finished' : null;
    try {
      const shouldYield = () => clock.now() - from >= SLICE_MS;
      while (!ended && run.epoch < allowed && !shouldYield()) {
        ended = this.work(shouldYield, Math.ceil(Math.min(allowed, run.epochs) - run.epoch));
      }
    } catch (error) {
      this.fail(error);
      return;
    }
    if (!ended && this.pauseAt !== null && run.epoch >= this.pauseAt) ended = 'paused';
    if (ended) {
      this.settle(ended);
      return;
    }
    const due = !this.awaiting && clock.now() - this.lastProgress >= this.pacing.frame;
    // In the middle of an epoch there is nothing whole to show.
    if (due && !run.trainer.midEpoch) this.report();
    if (this.snapshotWanted && !run.trainer.midEpoch) this.sendSnapshot();
    const next = () => {
      if (turn === this.turn) this.slice();
    };
    if (run.epoch >= allowed) clock.later(next, PACE_WAIT_MS);
    else clock.soon(next);
  }

  /** Works on the next epochs, `most` of them; returns how the training ended, if it did. */
  private work(shouldYield: () => boolean, most: number): LoopStatus | null {
    const { run, snapshots, untold } = this;
    const before = run.epoch;
    // So that it can be looked at there.
    const next = Math.min(most, snapshots.nextWanted(before) - before);
    const step = run.step(
      shouldYield,
      (point) => untold.points.push(point),
      next,
      (point) => untold.layers.push(point),
    );
    if (step === 'stoppedEarly') snapshots.cutBack(run.epoch);
    else if (run.epoch > before && !run.trainer.midEpoch && snapshots.wants(run.epoch))
      this.keepState('even');
    if (!run.trainer.midEpoch) this.whenWhole.splice(0).forEach((task) => task());
    switch (step) {
      case 'more':
        return null;
      case 'diverged':
        return 'diverged';
      case 'stoppedEarly':
        untold.cutBack(run.epoch);
        this.mark({ kind: 'stoppedEarly', epoch: run.epoch, at: run.stoppedAt });
        this.keepState('always');
        return 'finished';
      case 'epoch':
        return run.epoch >= run.epochs ? 'finished' : null;
    }
  }

  private mark(mark: Mark): void {
    this.untold.marks.push(mark);
    this.timeline.add(mark);
  }

  private keepState(reason: 'even' | 'edit' | 'always'): void {
    this.snapshots.add(this.stateNow(), reason);
  }

  /** Ends or pauses the training; this progress is sent whether or not the last one was taken up. */
  private settle(to: LoopStatus): void {
    this.status = to;
    this.pauseAt = null;
    this.run.rest();
    this.report();
  }

  private sendSnapshot(): void {
    this.snapshotWanted = false;
    this.report();
    const { run } = this;
    this.outbox.snapshot({ epoch: run.epoch, parameters: run.parameters(), state: run.state() });
  }

  private fail(error: unknown): void {
    this.status = 'stopped';
    this.pauseAt = null;
    this.outbox.failed(error);
  }
}

/** Where a run began, which follows from its settings and its data. */
export const firstState = (run: TrainingRun): Kept => ({
  ...{ epoch: 0, parameters: flatten(run.initialParameters()), state: new Float64Array() },
  ...{ marks: 0, seen: null },
});
