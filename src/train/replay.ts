import { message } from '../data/message';
import { UserError } from '../data/userError';
import type { TrainingRun } from './run';
import { keptOf, type Kept } from './snapshots';
import type { Timeline } from './timeline';

/**
 * Trains again from a snapshot to a later epoch, on a run that nobody else uses: the same engine, the same edits at the
 * same epochs, so that the state is equal to the last bit to what it was.
 */
export class Replay {
  private mark: number;
  private found: Kept | null = null;
  private readonly from: number;

  /** @param scratch a run on the same data, whose weights are of no use to anybody */
  constructor(
    private readonly scratch: TrainingRun,
    private readonly timeline: Timeline,
    start: Kept,
    private readonly epoch: number,
  ) {
    this.mark = start.marks;
    this.from = start.epoch;
    const frozen = timeline.frozenAfter(start.marks);
    scratch.restore({ ...start, frozen }, timeline.settingsAfter(start.marks));
  }

  /** How much of the way is done. */
  get share(): number {
    const way = this.epoch - this.from;
    return way <= 0 ? 1 : Math.min(1, Math.max(0, (this.scratch.epoch - this.from) / way));
  }

  /** Works until it is at the epoch, or `shouldYield` says so: then null, and the next call goes on. */
  advance(shouldYield: () => boolean): Kept | null {
    const { scratch } = this;
    while (!this.isThere) {
      const { end } = this;
      if (scratch.epoch === end) this.passMark();
      else if (!this.train(end, shouldYield)) return null;
      if (shouldYield() && !this.isThere) return null;
    }
    return (this.found ??= keptOf(scratch, this.mark));
  }

  /** At the epoch, with the edits that were made there. */
  private get isThere(): boolean {
    const { scratch, timeline, mark, epoch } = this;
    const next = timeline.at(mark);
    const isEditHere = (next?.kind === 'edit' || next?.kind === 'hand') && next.epoch === epoch;
    return scratch.epoch === epoch && mark >= timeline.beginOf(epoch) && !isEditHere;
  }

  /** The epoch up to which nothing happens but training. */
  private get end(): number {
    const mark = this.timeline.at(this.mark);
    const isLast = this.mark >= this.timeline.beginOf(this.epoch);
    const at = mark ? (mark.kind === 'stoppedEarly' ? mark.at : mark.epoch) : Infinity;
    return isLast ? Math.min(at, this.epoch) : at;
  }

  private passMark(): void {
    const mark = this.timeline.at(this.mark++);
    switch (mark?.kind) {
      case 'edit':
        this.scratch.apply(this.timeline.settingsAfter(this.mark));
        return;
      case 'hand':
        this.scratch.editByHand(mark.change);
        return;
      case 'note':
        // What an edit changed is not known of the oldest trainings.
        throw new UserError(message('cannot-go-back', { why: 'old edits' }));
      case 'stoppedEarly':
      case undefined:
        throw new Error(`came to epoch ${this.scratch.epoch}, where the training went back`);
      default:
        mark satisfies never;
    }
  }

  /** False where it was interrupted. */
  private train(end: number, shouldYield: () => boolean): boolean {
    const { scratch } = this;
    const next = this.timeline.at(this.mark);
    // The epoch at which a training is done may have been moved since: only where it went back it ended.
    scratch.epochs = next?.kind === 'stoppedEarly' ? next.at : Infinity;
    const outcome = scratch.step(shouldYield, undefined, end - scratch.epoch);
    switch (outcome) {
      case 'more':
        return false;
      case 'epoch':
        return true;
      case 'stoppedEarly': {
        const mark = this.timeline.at(this.mark++);
        if (mark?.kind === 'stoppedEarly' && mark.epoch === scratch.epoch && mark.at === scratch.stoppedAt)
          return true;
        throw new Error(`went back to epoch ${scratch.epoch}, which the training did not`);
      }
      case 'diverged':
        throw new Error(`diverged after epoch ${scratch.epoch}, which the training did not`);
      default:
        return outcome satisfies never;
    }
  }
}
