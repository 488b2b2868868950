import { History, type CurvePoint } from '../core/history';
import { initialize, turnDeadUnits } from '../core/initialization';
import { layerPoint, nextLayers, wantsLayers, type LayerNorms, type LayerPoint } from '../core/layerCurve';
import { flatten, unflatten, type Network, type Parameters } from '../core/network';
import { penalty, type EpochOptions } from '../core/optimizer';
import { random } from '../core/random';
import { scheduledRate } from '../core/schedule';
import { resolveLearningRate, type Advance, type Ahead, type Measure, type Trainer } from '../core/trainer';
import type { Dataset } from '../data/dataset';
import type { Divergence } from './divergence';
import type { Automatic } from './progress';
import { liveKeys, type Settings } from '../settings/settings';
import { EarlyStopping } from './earlyStopping';
import { frozenBehind, type Frozen, type HandChange } from '../core/handEdits';
import { balancedWeights, makeTrainer, type Threads } from './makeTrainer';
import { RateProbe } from './probe';

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
  /** What `auto` stood for when the run began; by today's rules where it is left out. */
  readonly automatic?: Automatic;
}

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
  private live: Settings;
  private held = NOTHING_FROZEN;
  private early = new EarlyStopping();
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
    threads?: Threads,
  ) {
    this.history = new History([], typeof start === 'object' ? start.interval : 1);
    this.network = {
      sizes: [dataset.X.rows, ...settings['model.hiddenLayers'], dataset.Y.rows],
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
      settings,
      threads,
    });
    this.live = settings;
    this.automatic = (typeof start === 'object' ? start.automatic : undefined) ?? {
      learningRate: resolveLearningRate('auto', this.network, {
        optimizer: settings['training.optimizer'],
        momentum: settings['training.momentum'],
        batchSize: settings['training.batchSize'],
        examples: dataset.train.length,
      }),
    };
    this.epochs = settings['training.epochs'];
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
    return scheduledRate(
      this.rateOf(this.live),
      this.live['training.learningRateSchedule'],
      this.live['training.learningRateDecay'],
      this.live['training.learningRateStep'],
      epoch,
    );
  }

  /** The learning rate of settings before any schedule, with what `auto` stands for in this run. */
  rateOf({ 'training.learningRate': rate }: Settings): number {
    return rate === 'auto' ? this.automatic.learningRate : rate;
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
    this.trainer.rest();
    this.probing = null;
    this.live = { ...this.live, ...Object.fromEntries(liveKeys.map((key) => [key, settings[key]])) };
  }

  /**
   * Takes what a person has done to the weights, between two epochs; the optimizer's moments stay. The best epoch that early
   * stopping knows is forgotten: to go back to it would take the edit back.
   */
  editByHand(change: HandChange): void {
    const { trainer } = this;
    trainer.rest();
    this.probing = this.diverged = null;
    this.held = frozenBehind(this.held, change);
    this.early.forget();
    if (change.weights.length === 0) return;
    const parameters = trainer.parameters();
    for (const { index, after } of change.weights) parameters[index] = after;
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
      // Weights can be looked at only where a call ends.
      const upToLayers = onLayers ? nextLayers(this.epoch) - this.epoch : Infinity;
      const tellLayers = () => {
        if (onLayers && wantsLayers(this.epoch)) onLayers(layerPoint(this.epoch, this.norms()));
      };
      const ahead: Ahead = {
        most: this.stopsEarly ? 1 : Math.max(1, Math.min(most, upToLayers)),
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

  private get stopsEarly(): boolean {
    return this.live['training.earlyStopping.patience'] > 0 && this.dataset.test.length > 0;
  }

  private endEpoch(): Step {
    const { trainer, early } = this;
    this.diverged = null;
    const patience = this.live['training.earlyStopping.patience'];
    if (!this.stopsEarly) {
      early.forget();
      return 'epoch';
    }
    const cost = this.measure().testCost ?? Infinity;
    const minDelta = this.live['training.earlyStopping.minDelta'];
    const verdict = early.see(this.epoch, cost, minDelta, patience);
    switch (verdict) {
      case 'best':
        early.keep(trainer.parameters(), trainer.state());
        return 'epoch';
      case 'wait':
        return 'epoch';
      case 'stop':
        this.stoppedAt = this.epoch;
        trainer.restore(early.epoch, early.parameters, early.state);
        this.measured = null;
        this.history.cutBack(early.epoch);
        return 'stoppedEarly';
      default:
        return verdict satisfies never;
    }
  }

  private rateProbe(options: EpochOptions): RateProbe {
    const { network, dataset, settings, weights } = this;
    return new RateProbe(
      {
        ...{ network, dataset, weights, initial: flatten(this.initialParameters()) },
        ...{ optimizer: settings['training.optimizer'], seed: settings['training.seed'] },
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
    return this.trainer.norms({ l1: this.live['training.l1'], l2: this.live['training.l2'] });
  }

  /** What regularization adds to the cost. */
  penalty(): number {
    const { 'training.l1': l1, 'training.l2': l2 } = this.live;
    if (l1 === 0 && l2 === 0) return 0;
    return penalty(unflatten(this.network, this.parameters()), { l1, l2 });
  }

  parameters(): Float64Array {
    return this.trainer.parameters();
  }

  /** All that going on to the last bit needs besides epoch and parameters. */
  state(): Float64Array {
    const trainer = this.trainer.state();
    const early = this.early.toArray();
    const state = new Float64Array(1 + trainer.length + early.length);
    state[0] = trainer.length;
    state.set(trainer, 1);
    state.set(early, 1 + trainer.length);
    return state;
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
    this.trainer.dispose();
  }

  /** Goes on from there, under these settings. Throws RangeError when it does not fit. */
  restore({ epoch, parameters, state, frozen }: Omit<Start, 'interval'>, settings: Settings): void {
    this.apply(settings);
    this.held = frozen ?? NOTHING_FROZEN;
    this.diverged = this.measured = null;
    const length = state.length > 0 ? state[0] : 0;
    const fresh = state.length === 0 ? Float64Array.of(0) : state.slice(1, 1 + length);
    this.trainer.restore(epoch, parameters, fresh);
    this.early = EarlyStopping.from(state.slice(1 + length), parameters.length);
  }

  /** What acts on the next epoch. */
  options(): EpochOptions {
    return {
      learningRate: this.learningRate,
      momentum: this.live['training.momentum'],
      l1: this.live['training.l1'],
      l2: this.live['training.l2'],
      batchSize: this.live['training.batchSize'],
      ...(this.held.size > 0 && { frozen: this.held }),
    };
  }

  private record(): CurvePoint | null {
    return this.history.push(this.measure());
  }
}
