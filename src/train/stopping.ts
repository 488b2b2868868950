import type { HandChange } from '../core/handEdits';
import type { EpochOptions } from '../core/optimizer';
import type { Trainer } from '../core/trainer';
import type { ActingSettings } from './actingSettings';
import { EarlyStopping } from './earlyStopping';
import { ValidationWatch } from './validationWatch';

/** Weights of an epoch, with the state of the optimizer then. */
interface Kept {
  readonly epoch: number;
  readonly parameters: Float64Array;
  readonly state: Float64Array;
}

/** When a run stops early and by what, the training beside it that may say so, and the way back to its best epoch. */
export class Stopping {
  /** The epoch at which it stopped early, before it went back. */
  stoppedAt = -1;
  /** Where it stood when it stopped early, before it went back; null while it has not, and once it has gone on. */
  private beforeBack: Kept | null = null;
  private early = new EarlyStopping();
  private watch: ValidationWatch | null = null;

  /** @param trainerBeside makes the trainer of a watch, which has a validation part to test on */
  constructor(
    private readonly trainer: Trainer,
    private readonly acting: ActingSettings,
    private readonly hasTestPart: boolean,
    private readonly trainerBeside: () => Trainer,
  ) {}

  /** The part whose cost says when to stop; null: it goes on to its last epoch. */
  get by(): 'test' | 'validation' | null {
    const { live, plain } = this.acting;
    if (plain['training.earlyStopping.patience'] === 0) return null;
    if (live['training.earlyStopping.patience'] === 'auto') return 'validation';
    return this.hasTestPart ? 'test' : null;
  }

  /** Lets the watch, where there is one, go an epoch ahead; false where `shouldYield` says so before it has. */
  watchNext(optionsOf: (epoch: number) => EpochOptions, shouldYield: () => boolean): boolean {
    if (this.by !== 'validation') return true;
    this.watch ??= this.watchAnew();
    return this.watch.advanceTo(this.trainer.epoch + 1, optionsOf, shouldYield);
  }

  /**
   * An epoch has ended; one that stops early is back at its best epoch then.
   * @param epochs after which it is done
   */
  endEpoch(testCost: () => number | null, epochs: number): 'epoch' | 'stoppedEarly' {
    const { trainer, early, by } = this;
    const { plain } = this.acting;
    this.beforeBack = null;
    if (!by) {
      early.forget();
      return 'epoch';
    }
    const cost = (by === 'validation' ? this.watch?.cost : testCost()) ?? Infinity;
    const minDelta = plain['training.earlyStopping.minDelta'];
    // At its end, too, a training by a validation part is where that was best; one that was continued goes on from there.
    const isLast = by === 'validation' && trainer.epoch >= epochs && !early.hasStopped;
    const patience = isLast ? 0 : plain['training.earlyStopping.patience'];
    const verdict = early.see(trainer.epoch, cost, minDelta, patience);
    switch (verdict) {
      case 'best':
        early.keep(trainer.parameters(), trainer.state());
        if (by === 'validation') this.watch?.keepBest();
        return 'epoch';
      case 'wait':
        return 'epoch';
      case 'stop':
        this.stoppedAt = trainer.epoch;
        this.beforeBack = {
          epoch: trainer.epoch,
          parameters: trainer.parameters(),
          state: trainer.state(),
        };
        trainer.restore(early.epoch, early.parameters, early.state);
        if (by === 'validation') this.watch?.goBack();
        return 'stoppedEarly';
      default:
        return verdict satisfies never;
    }
  }

  /**
   * The weights of the last epoch that was trained, or of the best one as far as such a one was looked for: undefined where it
   * was not, null where the run is there.
   */
  weightsOf(which: 'last' | 'best'): Kept | null | undefined {
    const { early, beforeBack, trainer } = this;
    const kept = which === 'best' ? early : beforeBack;
    if (which === 'best' && early.epoch < 0) return undefined;
    return kept?.epoch === trainer.epoch ? null : kept;
  }

  /** Settings have changed: without a use for a watch there is none. */
  settle(): void {
    if (this.by !== 'validation') this.endWatch();
  }

  /** Gives up what the watch is ahead of the run. */
  rest(): void {
    this.watch?.rest(this.trainer.epoch);
  }

  /** The best epoch is forgotten: to go back to it would take back what a person has done since. */
  forget(): void {
    this.early.forget();
  }

  /** Has the same weights set by hand as the run. */
  edit(weights: HandChange['weights']): void {
    this.watch?.edit(this.trainer.epoch, weights);
  }

  /** What going on needs of it. */
  state(): { readonly ofEarly: Float64Array; readonly ofWatch: Float64Array | null } {
    return { ofEarly: this.early.toArray(), ofWatch: this.watch?.stateAt(this.trainer.epoch) ?? null };
  }

  /** Goes on from what {@link state} gave. */
  restore(ofEarly: Float64Array, ofWatch: Float64Array | null, parameterCount: number): void {
    this.early = EarlyStopping.from(ofEarly, parameterCount);
    this.endWatch();
    if (!ofWatch || this.by !== 'validation') return;
    this.watch = this.watchAnew();
    this.watch.restore(ofWatch, parameterCount);
  }

  dispose(): void {
    this.endWatch();
  }

  private watchAnew(): ValidationWatch {
    return new ValidationWatch(this.trainerBeside());
  }

  private endWatch(): void {
    this.watch?.dispose();
    this.watch = null;
  }
}
