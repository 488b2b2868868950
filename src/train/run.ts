import { frozenBehind, type Frozen, type HandChange } from '../core/handEdits';
import { History, type CurvePoint } from '../core/history';
import { initialize, turnDeadUnits } from '../core/initialization';
import { layerPoint, nextLayers, wantsLayers, type LayerNorms, type LayerPoint } from '../core/layerCurve';
import { flatten, unflatten, type Network, type Parameters } from '../core/network';
import { penalty, type EpochOptions } from '../core/optimizer';
import { random } from '../core/random';
import type { Advance, Ahead, Measure, Trainer } from '../core/trainer';
import type { Dataset } from '../data/dataset';
import { validationOf } from '../data/validation';
import type { Automatic, PlainSettings } from '../settings/automatic';
import type { Settings } from '../settings/settings';
import { ActingSettings } from './actingSettings';
import { automaticOf, largestOf } from './automatic';
import type { Divergence } from './divergence';
import { balancedWeights, makeTrainer, type Threads } from './makeTrainer';
import { RateProbe } from './probe';
import type { Start } from './start';
import { partsOf, stateOf } from './stateParts';
import { Stopping } from './stopping';

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
  private readonly settingsNow: ActingSettings;
  private readonly stopping: Stopping;
  private held = NOTHING_FROZEN;
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
    this.settingsNow = new ActingSettings(settings, this.automatic);
    const { plain } = this.settingsNow;
    this.history = new History([], typeof start === 'object' ? start.interval : 1);
    this.network = {
      sizes: [dataset.X.rows, ...plain['model.hiddenLayers'], dataset.Y.rows],
      hidden: settings['model.hiddenActivation'],
      output: dataset.output,
    };
    this.weights = settings['training.classWeights'] === 'balanced' ? balancedWeights(dataset) : null;
    const initial = typeof start === 'function' ? start(this.network) : this.initialParameters();
    const { network, weights } = this;
    this.trainer = makeTrainer({ network, initial, dataset, weights, settings: plain, threads });
    const hasTestPart = dataset.test.length > 0;
    this.stopping = new Stopping(this.trainer, this.settingsNow, hasTestPart, () => this.trainerBeside());
    this.epochs = plain['training.epochs'];
    if (typeof start === 'object') this.restore(start, settings);
    this.history.push(this.measure());
  }

  get epoch(): number {
    return this.trainer.epoch;
  }

  /** The rate of the next epoch. */
  get learningRate(): number {
    return this.settingsNow.rateAt(this.epoch);
  }

  /** The epoch at which it stopped early, before it went back; −1 while it has not. */
  get stoppedAt(): number {
    return this.stopping.stoppedAt;
  }

  /** Settings with what each `auto` stands for in this run. */
  plainOf(settings: Settings): PlainSettings {
    return this.settingsNow.plainOf(settings);
  }

  /** The settings that act now. */
  get acting(): Settings {
    return this.settingsNow.live;
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
    this.settingsNow.take(settings);
    this.stopping.settle();
  }

  /** Gives up an epoch that has been begun, back to the last whole one; no thread works on after it. */
  rest(): void {
    this.trainer.rest();
    this.stopping.rest();
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
    this.stopping.forget();
    if (change.weights.length === 0) return;
    const parameters = trainer.parameters();
    for (const { index, after } of change.weights) parameters[index] = after;
    this.stopping.edit(change.weights);
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
      const { stopping } = this;
      if (!stopping.watchNext((epoch) => this.settingsNow.optionsAt(epoch, this.held), shouldYield))
        return 'more';
      // Weights can be looked at only where a call ends.
      const upToLayers = onLayers ? nextLayers(this.epoch) - this.epoch : Infinity;
      const tellLayers = () => {
        if (onLayers && wantsLayers(this.epoch)) onLayers(layerPoint(this.epoch, this.norms()));
      };
      const ahead: Ahead = {
        most: stopping.by ? 1 : Math.max(1, Math.min(most, upToLayers)),
        found: tellLayers,
        learningRate: (epoch) => this.settingsNow.rateAt(epoch),
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

  /** The trainer of a watch: on what is left of the training part, with what is set aside of it to test on. */
  private trainerBeside(): Trainer {
    const { dataset, weights, network, threads } = this;
    const { plain } = this.settingsNow;
    const parts = validationOf(dataset, plain['training.seed']);
    const task = { network, weights, settings: plain, threads, initial: this.initialParameters() };
    return makeTrainer({ ...task, dataset: { ...dataset, ...parts } });
  }

  private endEpoch(): Step {
    this.diverged = null;
    const ended = this.stopping.endEpoch(() => this.measure().testCost, this.epochs);
    if (ended === 'stoppedEarly') {
      this.measured = null;
      this.history.cutBack(this.epoch);
    }
    return ended;
  }

  private rateProbe(options: EpochOptions): RateProbe {
    const { network, dataset, settings, weights } = this;
    const { plain } = this.settingsNow;
    return new RateProbe(
      {
        ...{ network, dataset, weights, initial: flatten(this.initialParameters()) },
        ...{ optimizer: plain['training.optimizer'], seed: settings['training.seed'] },
        machine: this.threads?.machine,
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
    return this.trainer.norms(this.settingsNow.penalties);
  }

  /** What regularization adds to the cost. */
  penalty(): number {
    const { l1, l2 } = this.settingsNow.penalties;
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
    const kept = this.stopping.weightsOf(which);
    if (kept === undefined) return false;
    if (!kept) return true;
    this.rest();
    this.trainer.restore(kept.epoch, kept.parameters, kept.state);
    this.measured = null;
    return true;
  }

  /** All that going on to the last bit needs besides epoch and parameters. */
  state(): Float64Array {
    const { ofEarly, ofWatch } = this.stopping.state();
    return stateOf(this.trainer.state(), ofEarly, ofWatch);
  }

  initialParameters(): Parameters {
    const { network, settings, dataset } = this;
    const { 'model.initialization': kind, 'model.initializationScale': scale } = settings;
    const parameters = initialize(network, kind, scale, random(settings['training.seed'], 'weights'));
    turnDeadUnits(network, parameters, dataset.X, dataset.train);
    return parameters;
  }

  dispose(): void {
    this.stopping.dispose();
    this.trainer.dispose();
  }

  /** Goes on from there, under these settings. Throws RangeError when it does not fit. */
  restore({ epoch, parameters, state, frozen }: Omit<Start, 'interval'>, settings: Settings): void {
    this.apply(settings);
    this.held = frozen ?? NOTHING_FROZEN;
    this.diverged = this.measured = null;
    const { ofTrainer, ofEarly, ofWatch } = partsOf(state);
    this.trainer.restore(epoch, parameters, ofTrainer);
    this.stopping.restore(ofEarly, ofWatch, parameters.length);
  }

  /** What acts on the next epoch. */
  options(): EpochOptions {
    return this.settingsNow.optionsAt(this.epoch, this.held);
  }
}
