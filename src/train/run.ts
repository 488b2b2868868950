import { History, type CurvePoint } from '../core/history';
import { initialize, turnDeadUnits } from '../core/initialization';
import { layerPoint, nextLayers, wantsLayers, type LayerNorms, type LayerPoint } from '../core/layerCurve';
import { flatten, unflatten, type Network, type Parameters } from '../core/network';
import { penalty, type EpochOptions } from '../core/optimizer';
import { random } from '../core/random';
import { scheduledRate } from '../core/schedule';
import type { Advance, Ahead, Measure, Trainer } from '../core/trainer';
import type { Dataset } from '../data/dataset';
import type { Divergence } from './divergence';
import { validationOf } from '../data/validation';
import { plainSettings, type Automatic, type PlainSettings } from '../settings/automatic';
import { liveKeys, type Settings } from '../settings/settings';
import { automaticOf, largestOf } from './automatic';
import { EarlyStopping } from './earlyStopping';
import { frozenBehind, type Frozen, type HandChange } from '../core/handEdits';
import { balancedWeights, makeTrainer, type Threads } from './makeTrainer';
import { RateProbe } from './probe';
import { partsOf, stateOf } from './stateParts';
import { ValidationWatch } from './validationWatch';

/** Where a training continues from. */
export interface Start {
  readonly epoch: number;
  /** As {@link flatten} gives them. */
  readonly parameters: Float64Array;
  /** As {@link TrainingRun.state} gave it; empty: a fresh optimizer. */
  readonly state: Float64Array;
  /** Epochs between two points of the curve so far. */
  readonly interval: number;
  /** Parameters that no update changes; none when left out. */
  readonly frozen?: Frozen;
  /** What `auto` stood for when the run began; by today's rules where it is left out, key by key. */
  readonly automatic?: Partial<Automatic>;
}

/** Weights of an epoch, with the state of the optimizer then. */
type Kept = Pick<Start, 'epoch' | 'parameters' | 'state'>;

/** `more`: interrupted in the middle of an epoch, or of the probe after a divergence. */
export type Step = 'more' | 'epoch' | 'diverged' | 'stoppedEarly';

const NOTHING_FROZEN: Frozen = new Set();

/** One training: a dataset, the network on it and the curve, in the worker and the CLI. */
export class TrainingRun {
  readonly network: Network;
  readonly history: History;
  readonly trainer: Trainer;
  readonly automatic: Automatic;
  epochs: number;
  diverged: Divergence | null = null;
  /** The epoch at which it stopped early, before it went back. */
  stoppedAt = -1;
  /** Where it stood when it stopped early, before it went back; null while it has not, and once it has gone on. */
  private beforeBack: Kept | null = null;
  /** The settings that act, as a person has them, and with what each `auto` stands for. */
  private live: Settings;
  private plain: PlainSettings;
  private held = NOTHING_FROZEN;
  private early = new EarlyStopping();
  private watch: ValidationWatch | null = null;
  /** What each example's loss counts, (m); null: 1. */
  private readonly weights: Float64Array | null;
  /** A divergence for which a smaller rate is still looked for. */
  private probing: {
    readonly divergence: Omit<Divergence, 'suggestedRate'>;
    readonly probe: RateProbe;
  } | null = null;

  /** Throws UserError when the training needs too much memory, RangeError when `start` does not fit it. */
  constructor(
    readonly dataset: Dataset,
    readonly settings: Settings,
    start?: Start | ((network: Network) => Parameters),
    private readonly threads?: Threads,
  ) {
    const kept = typeof start === 'object' ? start.automatic : undefined;
    // What is kept is not tried again.
    const found = kept?.['model.hiddenLayers']
      ? largestOf(dataset, settings)
      : automaticOf(dataset, settings, threads?.machine);
    this.automatic = { ...found, ...kept };
    this.live = settings;
    this.plain = plainSettings(settings, this.automatic);
    this.history = new History([], typeof start === 'object' ? start.interval : 1);
    this.network = {
      sizes: [dataset.X.rows, ...this.plain['model.hiddenLayers'], dataset.Y.rows],
      hidden: settings['model.hiddenActivation'],
      output: dataset.output,
    };
    this.weights = settings['training.classWeights'] === 'balanced' ? balancedWeights(dataset) : null;
    const initial = typeof start === 'function' ? start(this.network) : this.initialParameters();
    this.trainer = makeTrainer({
      network: this.network,
      initial,
      dataset,
      weights: this.weights,
      settings: this.plain,
      threads,
    });
    this.epochs = this.plain['training.epochs'];
    if (typeof start === 'object') this.restore(start, settings);
    this.record();
  }

  get epoch(): number {
    return this.trainer.epoch;
  }

  /** The rate of the next epoch. */
  get learningRate(): number {
    return this.rateAt(this.epoch);
  }

  /** The rate of an epoch by how many came before it. */
  private rateAt(epoch: number): number {
    const { plain } = this;
    return scheduledRate(
      plain['training.learningRate'],
      plain['training.learningRateSchedule'],
      plain['training.learningRateDecay'],
      plain['training.learningRateStep'],
      epoch,
    );
  }

  /** Settings with what each `auto` stands for in this run. */
  plainOf(settings: Settings): PlainSettings {
    return plainSettings(settings, this.automatic);
  }

  /** The settings that act now. */
  get acting(): Settings {
    return this.live;
  }

  /** Parameters that no update changes. */
  get frozen(): Frozen {
    return this.held;
  }

  /**
   * Takes the live ones among edited settings, from the next epoch on: one that has been begun starts anew, and so
   * does one that diverged while a rate is still looked for.
   */
  apply(settings: Settings): void {
    this.rest();
    this.probing = null;
    this.live = { ...this.live, ...Object.fromEntries(liveKeys.map((key) => [key, settings[key]])) };
    this.plain = this.plainOf(this.live);
    if (this.stopsBy !== 'validation') this.stopWatching();
  }

  /** Gives up an epoch that has been begun, back to the last whole one; no thread works on after it. */
  rest(): void {
    this.trainer.rest();
    this.watch?.rest(this.epoch);
  }

  /**
   * Takes what a person has done to the weights, between two epochs; the optimizer's moments stay. The best epoch that early
   * stopping knows is forgotten: to go back to it would take the edit back.
   */
  editByHand(change: HandChange): void {
    const { trainer } = this;
    this.rest();
    this.probing = this.diverged = null;
    this.held = frozenBehind(this.held, change);
    this.early.forget();
    if (change.weights.length === 0) return;
    const parameters = trainer.parameters();
    for (const { index, after } of change.weights) parameters[index] = after;
    this.watch?.edit(this.epoch, change.weights);
    trainer.restore(this.epoch, parameters, trainer.state());
    this.measured = null;
  }

  /**
   * Works on the next epochs, `most` of them, until they are done or `shouldYield` says so; after a divergence, on the
   * search for a rate that would have been stable. Epochs that somebody has to look at the weights of come one by one.
   * New points of the curve go to `onPoint`, and to `onLayers` those of the layers; without them none are measured. A
   * training that stops early is back at its best epoch, and so is its curve.
   */
  step(
    shouldYield: () => boolean,
    onPoint?: (point: CurvePoint) => void,
    most = 1,
    onLayers?: (point: LayerPoint) => void,
  ): Step {
    if (!this.probing) {
      const { stopsBy } = this;
      if (stopsBy === 'validation') {
        this.watch ??= this.startWatching();
        const optionsOf = (epoch: number) => this.optionsAt(epoch);
        if (!this.watch.advanceTo(this.epoch + 1, optionsOf, shouldYield)) return 'more';
      }
      // Weights can be looked at only where a call ends.
      const upToLayers = onLayers ? nextLayers(this.epoch) - this.epoch : Infinity;
      const tellLayers = () => {
        if (onLayers && wantsLayers(this.epoch)) onLayers(layerPoint(this.epoch, this.norms()));
      };
      const ahead: Ahead = {
        most: stopsBy ? 1 : Math.max(1, Math.min(most, upToLayers)),
        found: tellLayers,
        learningRate: (epoch) => this.rateAt(epoch),
        wants: (epoch) => onPoint !== undefined && this.history.wants(epoch),
        measured: (measure) => {
          this.measured = measure;
          const point = this.history.push(measure);
          if (point) onPoint?.(point);
        },
      };
      const outcome: Advance = this.trainer.advance(this.options(), shouldYield, ahead);
      if (outcome === 'more') return 'more';
      if (outcome === 'epoch') {
        const ended = this.endEpoch();
        if (ended === 'epoch') tellLayers();
        return ended;
      }
      const options = this.options();
      this.probing = {
        divergence: { epoch: this.epoch + 1, layer: outcome.layer, learningRate: options.learningRate },
        probe: this.rateProbe(options),
      };
    }
    const { divergence, probe } = this.probing;
    const found = probe.advance(shouldYield);
    if (found === 'more') return 'more';
    this.probing = null;
    this.diverged = { ...divergence, suggestedRate: found.rate };
    return 'diverged';
  }

  /** The part whose cost says when to stop; null: it goes on to its last epoch. */
  private get stopsBy(): 'test' | 'validation' | null {
    if (this.plain['training.earlyStopping.patience'] === 0) return null;
    if (this.live['training.earlyStopping.patience'] === 'auto') return 'validation';
    return this.dataset.test.length > 0 ? 'test' : null;
  }

  private startWatching(): ValidationWatch {
    const { dataset, weights, network, plain, threads } = this;
    const parts = validationOf(dataset, plain['training.seed']);
    const task = { network, weights, settings: plain, threads, initial: this.initialParameters() };
    return new ValidationWatch(makeTrainer({ ...task, dataset: { ...dataset, ...parts } }));
  }

  private stopWatching(): void {
    this.watch?.dispose();
    this.watch = null;
  }

  private endEpoch(): Step {
    const { trainer, early, plain, stopsBy } = this;
    this.diverged = this.beforeBack = null;
    if (!stopsBy) {
      early.forget();
      return 'epoch';
    }
    const cost = (stopsBy === 'validation' ? this.watch?.cost : this.measure().testCost) ?? Infinity;
    const minDelta = plain['training.earlyStopping.minDelta'];
    // At its end, too, a training by a validation part is where that was best; one that was continued goes on from there.
    const isLast = stopsBy === 'validation' && this.epoch >= this.epochs && !early.hasStopped;
    const patience = isLast ? 0 : plain['training.earlyStopping.patience'];
    const verdict = early.see(this.epoch, cost, minDelta, patience);
    switch (verdict) {
      case 'best':
        early.keep(trainer.parameters(), trainer.state());
        return 'epoch';
      case 'wait':
        return 'epoch';
      case 'stop':
        this.stoppedAt = this.epoch;
        this.beforeBack = { epoch: this.epoch, parameters: trainer.parameters(), state: trainer.state() };
        trainer.restore(early.epoch, early.parameters, early.state);
        this.measured = null;
        this.history.cutBack(early.epoch);
        return 'stoppedEarly';
      default:
        return verdict satisfies never;
    }
  }

  private rateProbe(options: EpochOptions): RateProbe {
    const { network, dataset, settings, weights, plain } = this;
    return new RateProbe(
      {
        ...{ network, dataset, weights, initial: flatten(this.initialParameters()) },
        ...{ optimizer: plain['training.optimizer'], seed: settings['training.seed'] },
      },
      // A restart, which is what the rate is for, begins with nothing frozen.
      { ...options, frozen: NOTHING_FROZEN },
    );
  }

  private measured: Measure | null = null;
  /** Costs and scores now. */
  measure(): Measure {
    if (this.measured?.epoch !== this.epoch) this.measured = this.trainer.measure();
    return this.measured;
  }

  /** How large gradient and last change of each layer are, in the gradient what regularization adds. */
  norms(): LayerNorms {
    return this.trainer.norms({ l1: this.plain['training.l1'], l2: this.plain['training.l2'] });
  }

  /** What regularization adds to the cost. */
  penalty(): number {
    const { 'training.l1': l1, 'training.l2': l2 } = this.plain;
    if (l1 === 0 && l2 === 0) return 0;
    return penalty(unflatten(this.network, this.parameters()), { l1, l2 });
  }

  parameters(): Float64Array {
    return this.trainer.parameters();
  }

  /**
   * Goes to the weights of the last epoch that was trained, or to those of the best one by the part that says when to stop,
   * as far as such a one was looked for; false where it was not.
   */
  goTo(which: 'last' | 'best'): boolean {
    const { early, beforeBack } = this;
    const kept = which === 'best' ? early : beforeBack;
    if (which === 'best' && early.epoch < 0) return false;
    if (!kept || kept.epoch === this.epoch) return true;
    this.rest();
    this.trainer.restore(kept.epoch, kept.parameters, kept.state);
    this.measured = null;
    return true;
  }

  /** All that going on to the last bit needs besides epoch and parameters. */
  state(): Float64Array {
    return stateOf(this.trainer.state(), this.early.toArray(), this.watch?.stateAt(this.epoch) ?? null);
  }

  initialParameters(): Parameters {
    const parameters = initialize(
      this.network,
      this.settings['model.initialization'],
      this.settings['model.initializationScale'],
      random(this.settings['training.seed'], 'weights'),
    );
    turnDeadUnits(this.network, parameters, this.dataset.X, this.dataset.train);
    return parameters;
  }

  dispose(): void {
    this.stopWatching();
    this.trainer.dispose();
  }

  /** Goes on from there, under these settings. Throws RangeError when it does not fit. */
  restore({ epoch, parameters, state, frozen }: Omit<Start, 'interval'>, settings: Settings): void {
    this.apply(settings);
    this.held = frozen ?? NOTHING_FROZEN;
    this.diverged = this.measured = null;
    const { ofTrainer, ofEarly, ofWatch } = partsOf(state);
    this.trainer.restore(epoch, parameters, ofTrainer);
    this.early = EarlyStopping.from(ofEarly, parameters.length);
    this.stopWatching();
    if (!ofWatch || this.stopsBy !== 'validation') return;
    this.watch = this.startWatching();
    this.watch.restore(ofWatch, parameters.length);
  }

  /** What acts on the next epoch. */
  options(): EpochOptions {
    return this.optionsAt(this.epoch);
  }

  /** What acts on an epoch, by how many came before it. */
  private optionsAt(epoch: number): EpochOptions {
    const { plain } = this;
    return {
      learningRate: this.rateAt(epoch),
      momentum: plain['training.momentum'],
      l1: plain['training.l1'],
      l2: plain['training.l2'],
      batchSize: plain['training.batchSize'],
      ...(this.held.size > 0 && { frozen: this.held }),
    };
  }

  private record(): CurvePoint | null {
    return this.history.push(this.measure());
  }
}
