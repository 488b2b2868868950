import type { Frozen } from '../core/handEdits';
import type { EpochOptions } from '../core/optimizer';
import { scheduledRate } from '../core/schedule';
import { plainSettings, type Automatic, type PlainSettings } from '../settings/automatic';
import { liveKeys, type Settings } from '../settings/settings';

/** The settings that act on a run now, and what follows from them for an epoch. */
export class ActingSettings {
  /** With what each `auto` stands for. */
  plain: PlainSettings;

  /** @param live as a person has them */
  constructor(
    public live: Settings,
    private readonly automatic: Automatic,
  ) {
    this.plain = this.plainOf(live);
  }

  /** Settings with what each `auto` stands for in this run. */
  plainOf(settings: Settings): PlainSettings {
    return plainSettings(settings, this.automatic);
  }

  /** Takes the live ones among edited settings. */
  take(settings: Settings): void {
    this.live = { ...this.live, ...Object.fromEntries(liveKeys.map((key) => [key, settings[key]])) };
    this.plain = this.plainOf(this.live);
  }

  /** The rate of an epoch by how many came before it. */
  rateAt(epoch: number): number {
    const { plain } = this;
    return scheduledRate(
      plain['training.learningRate'],
      plain['training.learningRateSchedule'],
      plain['training.learningRateDecay'],
      plain['training.learningRateStep'],
      epoch,
    );
  }

  get penalties(): { readonly l1: number; readonly l2: number } {
    return { l1: this.plain['training.l1'], l2: this.plain['training.l2'] };
  }

  /** What acts on an epoch, by how many came before it. */
  optionsAt(epoch: number, frozen: Frozen): EpochOptions {
    const { plain } = this;
    return {
      learningRate: this.rateAt(epoch),
      momentum: plain['training.momentum'],
      ...this.penalties,
      batchSize: plain['training.batchSize'],
      ...(frozen.size > 0 && { frozen }),
    };
  }
}
