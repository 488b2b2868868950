import type { TrainingRun } from './run';
import type { EpochState } from './runState';

/** Where a training can go on from, to the last bit. */
export interface Kept {
  readonly epoch: number;
  readonly parameters: Float64Array;
  /** As `TrainingRun.state` gives it; empty: of a training that has just begun. */
  readonly state: Float64Array;
  /** How many marks of the timeline came before. */
  readonly marks: number;
  /** What was seen there; null where nobody has looked. */
  readonly seen: Seen | null;
}

type Seen = Omit<EpochState, 'parameters'>;

/** A run after its last whole epoch. */
export const keptOf = (run: TrainingRun, marks: number): Kept => ({
  ...{ epoch: run.epoch, parameters: run.parameters(), state: run.state(), marks },
  seen: { measure: run.measure(), learningRate: run.learningRate, penalty: run.penalty() },
});

/** Why one is kept: for the distance to the next alone, or because something happened there. */
type Reason = 'even' | 'edit' | 'always';

/** Memory that the snapshots of a training may take. */
const BUDGET = 48e6;
/** As fine as any timeline is drawn. */
const MOST = 1024;
const FEWEST = 4;

const bytesOf = ({ parameters, state }: Kept): number => parameters.byteLength + state.byteLength;

/**
 * States of a training at epochs spread evenly: multiples of a stride that doubles whenever they take too much memory. The
 * first stays always, those at edits for as long as they are few.
 */
export class Snapshots {
  private kept: { readonly snapshot: Kept; readonly reason: Reason }[] = [];
  private stride = 1;

  /** @param budget in bytes; a few are kept whatever they take */
  constructor(private readonly budget = BUDGET) {}

  get epochs(): number[] {
    return this.kept.map(({ snapshot }) => snapshot.epoch);
  }

  wants(epoch: number): boolean {
    return epoch % this.stride === 0 && epoch !== this.kept.at(-1)?.snapshot.epoch;
  }

  /** The first epoch after this one that is wanted. */
  nextWanted(epoch: number): number {
    return (Math.floor(epoch / this.stride) + 1) * this.stride;
  }

  /** Adds a state that is not earlier than any other; a later one of the same epoch takes the place of the one before. */
  add(snapshot: Kept, reason: Reason = 'even'): void {
    const before = this.kept.at(-1);
    if (before && before.snapshot.epoch > snapshot.epoch) return;
    const isSame = before?.snapshot.epoch === snapshot.epoch;
    if (isSame) this.kept.pop();
    const stays = this.kept.length === 0 || (isSame && before.reason === 'always');
    this.kept.push({ snapshot, reason: stays ? 'always' : reason });
    const most = Math.max(FEWEST, Math.min(MOST, Math.floor(this.budget / bytesOf(snapshot))));
    while (this.kept.length > most && this.thin());
  }

  /** The training has gone back: what comes after this epoch holds no more. */
  cutBack(epoch: number): void {
    this.kept = this.kept.filter(({ snapshot }) => snapshot.epoch <= epoch);
  }

  /** The last at or before an epoch; null where all are later. */
  before(epoch: number): Kept | null {
    return this.kept.findLast(({ snapshot }) => snapshot.epoch <= epoch)?.snapshot ?? null;
  }

  /** The one that is nearest to an epoch; null where there is none. */
  nearest(epoch: number): Kept | null {
    let nearest: Kept | null = null;
    for (const { snapshot } of this.kept) {
      const isNearer = nearest && Math.abs(snapshot.epoch - epoch) < Math.abs(nearest.epoch - epoch);
      if (!nearest || isNearer) nearest = snapshot;
    }
    return nearest;
  }

  /** Doubles the stride; where edits take the room, every other of them goes. False when nothing has gone. */
  private thin(): boolean {
    const { length } = this.kept;
    this.stride *= 2;
    const isEven = ({ snapshot }: { snapshot: Kept }) => snapshot.epoch % this.stride === 0;
    const odd = this.kept.filter(({ reason }) => reason === 'edit').filter((_, k) => k % 2 === 1);
    const dropsEdits = odd.length > length / 4;
    this.kept = this.kept.filter(
      (each) =>
        each.reason === 'always' ||
        isEven(each) ||
        (each.reason === 'edit' && !(dropsEdits && odd.includes(each))),
    );
    return this.kept.length < length || this.stride <= (this.kept.at(-1)?.snapshot.epoch ?? 0);
  }
}
