import type { HandChange } from '../core/handEdits';
import type { EpochOptions } from '../core/optimizer';
import type { Trainer } from '../core/trainer';
import { joined } from './stateParts';

/** What going back to an epoch that it has ended needs. */
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
  /** The last epoch that both have ended. */
  private held: Held | null = null;
  /** The epoch that was best, as {@link keepBest} was told. */
  private best: Held | null = null;
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

  /** Its last epoch is the best so far. */
  keepBest(): void {
    this.best = this.now;
  }

  /** Is at its best epoch again, as the run is that stops: what a person changes there acts on both. */
  goBack(): void {
    const { trainer, best } = this;
    if (!best) return;
    trainer.rest();
    trainer.restore(best.epoch, best.parameters, best.state);
    this.held = null;
    this.ended = false;
  }

  /** All that going on beside a run that has ended `epoch` epochs needs. */
  stateAt(epoch: number): Float64Array {
    const { trainer, held, best } = this;
    const isAhead = trainer.midEpoch || trainer.epoch > epoch;
    const { epoch: done, parameters, state } = isAhead && held ? held : this.now;
    const ended = this.ended ? 1 : 0;
    if (!best) return joined([ended, done], parameters, state);
    const head = [ended + 2, done, best.epoch, state.length];
    return joined(head, parameters, state, best.parameters, best.state);
  }

  /**
   * Goes on from what {@link stateAt} gave, which earlier versions gave without its best epoch. Throws RangeError where it
   * does not fit.
   */
  restore(all: Float64Array, parameterCount: number): void {
    const [flags, done, bestEpoch, stateLength] = all;
    const from = flags >= 2 ? 4 : 2;
    const state = from + parameterCount;
    const end = flags >= 2 ? state + stateLength : all.length;
    this.held = null;
    this.ended = flags % 2 === 1;
    this.trainer.restore(done, all.slice(from, state), all.slice(state, end));
    this.best =
      flags >= 2
        ? {
            epoch: bestEpoch,
            parameters: all.slice(end, end + parameterCount),
            state: all.slice(end + parameterCount),
          }
        : null;
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
