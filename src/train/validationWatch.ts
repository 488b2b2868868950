import type { HandChange } from '../core/handEdits';
import type { EpochOptions } from '../core/optimizer';
import type { Trainer } from '../core/trainer';

/** What going back to the last epoch that both have ended needs. */
interface Held {
  readonly epoch: number;
  readonly parameters: Float64Array;
  readonly state: Float64Array;
}

/**
 * A second training of the same network beside a run, on the training part without the examples that it is watched by. It
 * goes one epoch ahead of the run, with the same options; its cost on those examples says when the run is to stop.
 */
export class ValidationWatch {
  private held: Held | null = null;
  private ended = false;

  /** @param trainer trains on what is left of the training part, and tests on what is set aside */
  constructor(private readonly trainer: Trainer) {}

  /**
   * Works until it has ended an epoch, or `shouldYield` says so: then false. Where the run is further, it first catches up.
   * One that diverges trains no more.
   */
  advanceTo(epoch: number, optionsOf: (epoch: number) => EpochOptions, shouldYield: () => boolean): boolean {
    const { trainer } = this;
    while (!this.ended && trainer.epoch < epoch) {
      if (!trainer.midEpoch) this.held = this.now;
      const outcome = trainer.advance(optionsOf(trainer.epoch), shouldYield);
      if (outcome === 'more') return false;
      if (outcome !== 'epoch') this.ended = true;
      if (shouldYield() && trainer.epoch < epoch) return this.ended;
    }
    return true;
  }

  /** The cost after its last epoch, of the examples that are set aside; infinite once it has diverged. */
  get cost(): number {
    return this.ended ? Infinity : (this.trainer.testCost() ?? Infinity);
  }

  /** Gives up what it is ahead of the run, which has ended `epoch` epochs. */
  rest(epoch: number): void {
    const { trainer, held } = this;
    trainer.rest();
    if (held && trainer.epoch > epoch) trainer.restore(held.epoch, held.parameters, held.state);
    this.held = null;
  }

  /** All that going on beside a run that has ended `epoch` epochs needs. */
  stateAt(epoch: number): Float64Array {
    const { trainer, held } = this;
    const isAhead = trainer.midEpoch || trainer.epoch > epoch;
    const { epoch: done, parameters, state } = isAhead && held ? held : this.now;
    const all = new Float64Array(2 + parameters.length + state.length);
    all.set([this.ended ? 1 : 0, done]);
    all.set(parameters, 2);
    all.set(state, 2 + parameters.length);
    return all;
  }

  /** Goes on from what {@link stateAt} gave. Throws RangeError where it does not fit. */
  restore(all: Float64Array, parameterCount: number): void {
    this.held = null;
    this.ended = all[0] === 1;
    this.trainer.restore(all[1], all.slice(2, 2 + parameterCount), all.slice(2 + parameterCount));
  }

  /** Has the same weights set by hand as the run, which has ended `epoch` epochs. */
  edit(epoch: number, weights: HandChange['weights']): void {
    this.rest(epoch);
    const { parameters, state } = this.now;
    for (const { index, after } of weights) parameters[index] = after;
    this.trainer.restore(this.trainer.epoch, parameters, state);
  }

  dispose(): void {
    this.trainer.dispose();
  }

  private get now(): Held {
    const { trainer } = this;
    return { epoch: trainer.epoch, parameters: trainer.parameters(), state: trainer.state() };
  }
}
