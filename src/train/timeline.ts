import type { Settings } from '../settings/settings';
import { addMark, frozenAfter, lastByHand, type Frozen, type HandMark } from '../core/handEdits';
import type { Mark } from './marks';

/**
 * What happened to a training, in the order in which it happened: with the first state and the settings it began with, all
 * that training again to any of its epochs needs. An early stop went back, so that some epochs have been trained twice; the
 * later ones count.
 */
export class Timeline {
  private readonly marks: Mark[];

  /** @param first the settings that the training began with */
  constructor(
    private readonly first: Settings,
    marks: readonly Mark[] = [],
  ) {
    this.marks = [...marks];
  }

  /** Of a training that was kept: its marks say what to take back of the settings that act now. */
  static upTo(acting: Settings, marks: readonly Mark[]): Timeline {
    const changes = marks.flatMap((mark) => (mark.kind === 'edit' ? mark.changes : []));
    // The first edit of a key says what it was.
    const before = Object.fromEntries(changes.toReversed().map((change) => [change.key, change.before]));
    return new Timeline({ ...acting, ...before }, marks);
  }

  add(mark: Mark): void {
    addMark(this.marks, mark);
  }

  /** How many marks there are: the next one's number. */
  get length(): number {
    return this.marks.length;
  }

  /** The mark of a number, from 0; undefined behind the last. */
  at(number: number): Mark | undefined {
    return this.marks[number];
  }

  /** The settings that act behind the first `count` marks. */
  settingsAfter(count: number): Settings {
    const changes = this.marks.slice(0, count).flatMap((mark) => (mark.kind === 'edit' ? mark.changes : []));
    return { ...this.first, ...Object.fromEntries(changes.map(({ key, after }) => [key, after])) };
  }

  /** What is frozen behind the first `count` marks. */
  frozenAfter(count: number): Frozen {
    return frozenAfter(this.marks.slice(0, count));
  }

  /** The last change by hand that can be taken back; null where all are. */
  get lastByHand(): HandMark | null {
    return lastByHand(this.marks);
  }

  /** The first mark that an epoch may stand before: the one behind the last way back to an earlier epoch. */
  beginOf(epoch: number): number {
    return this.marks.findLastIndex((mark) => mark.kind === 'stoppedEarly' && mark.epoch < epoch) + 1;
  }
}
