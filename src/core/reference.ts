import { engineNames } from './engines';
import { backward, cost, forward, propagation, score, type Propagation } from './equations';
import { layerNorms, type LayerNorms, type Penalties } from './layerCurve';
import { matrix, selectColumns } from './matrix';
import {
  allFinite,
  copyParameters,
  flatten,
  parameterCount,
  unflatten,
  zeroParameters,
  type Network,
  type Parameters,
} from './network';
import { Updates, type EpochOptions, type Optimizer } from './optimizer';
import { epochOrder } from './shuffle';
import type { Advance, Ahead, Examples, Measure, Trainer } from './trainer';

/** The readable engine: float64, written like the equations. The fast one is tested against it. */
export class ReferenceTrainer implements Trainer {
  readonly engine = engineNames.reference;
  readonly midEpoch = false;
  readonly lanes = 1;
  readonly parametersNow: Parameters;
  epoch = 0;
  private readonly train: Propagation;
  private readonly test: Propagation | null;
  private readonly previous: Parameters;
  /** Whether `previous` are the weights before the last epoch. */
  private hasPrevious = false;
  /** dW and db over the last mini-batch; null: the last epoch had all examples at once. */
  private lastBatch: Parameters | null = null;
  private updates: Updates;
  private currentCost: number;

  /** @param initial parameters, changed in place as training goes on */
  constructor(
    readonly network: Network,
    initial: Parameters,
    private readonly trainExamples: Examples,
    private readonly testExamples: Examples | null,
    private readonly optimizer: Optimizer = 'gradientDescent',
    private readonly seed = 0,
  ) {
    this.parametersNow = initial;
    this.train = propagation(network, trainExamples.X);
    this.test = testExamples ? propagation(network, testExamples.X) : null;
    this.previous = zeroParameters(network);
    this.updates = this.freshUpdates();
    this.currentCost = this.costNow();
  }

  /** One epoch, never interrupted. */
  advance(options: EpochOptions, _shouldYield?: () => boolean, ahead?: Ahead): Advance {
    if (!this.hasPrevious && options.batchSize === 0) ahead?.found?.();
    copyParameters(this.parametersNow, this.previous);
    const before = this.state();
    if (options.batchSize === 0) this.fullBatch(options);
    else this.miniBatches(options);
    const next = this.costNow();
    const layer = this.parametersNow.findIndex((each) => !allFinite([each])) + 1;
    if (layer === 0 && Number.isFinite(next)) {
      this.currentCost = next;
      this.epoch++;
      this.hasPrevious = true;
      if (ahead?.wants(this.epoch)) ahead.measured(this.measure());
      return 'epoch';
    }
    this.restore(this.epoch, flatten(this.previous), before);
    return { layer: layer || this.parametersNow.length };
  }

  measure(): Measure {
    const trainScore = score(this.train, this.trainExamples.Y);
    const measure = { epoch: this.epoch, trainCost: this.currentCost, trainScore };
    if (!this.test || !this.testExamples) return { ...measure, testCost: null, testScore: null };
    return { ...measure, testCost: this.testCost(), testScore: score(this.test, this.testExamples.Y) };
  }

  testCost(): number | null {
    if (!this.test || !this.testExamples) return null;
    forward(this.test, this.parametersNow);
    const { Y, weights } = this.testExamples;
    return cost(this.test, Y, weights);
  }

  parameters(): Float64Array {
    return flatten(this.parametersNow);
  }

  gradients(): Float64Array {
    const { Y, weights } = this.trainExamples;
    forward(this.train, this.parametersNow);
    backward(this.train, this.parametersNow, Y, weights);
    return flatten(this.train.gradients.slice(1));
  }

  norms(penalties: Penalties): LayerNorms {
    if (!this.lastBatch) this.gradients();
    const gradients = this.lastBatch ?? this.train.gradients.slice(1);
    const layers = this.parametersNow.map(({ W }, k) => ({
      W: W.data,
      before: this.hasPrevious ? this.previous[k].W.data : null,
      gradient: gradients[k].W.data,
    }));
    return layerNorms(layers, penalties);
  }

  state(): Float64Array {
    const { steps, first, second } = this.updates;
    const state = new Float64Array(1 + first.length + second.length);
    state[0] = steps;
    state.set(first, 1);
    state.set(second, 1 + first.length);
    return state;
  }

  restore(epoch: number, parameters: Float64Array, state: Float64Array): void {
    const restored = unflatten(this.network, parameters);
    const updates = this.freshUpdates();
    const { first, second } = updates;
    // One number alone is a fresh optimizer's.
    if (state.length !== 1 && state.length !== 1 + first.length + second.length) {
      throw new RangeError(`the state holds ${state.length} numbers`);
    }
    if (state.length > 1) {
      first.set(state.subarray(1, 1 + first.length));
      second.set(state.subarray(1 + first.length));
    }
    updates.steps = state[0];
    this.updates = updates;
    copyParameters(restored, this.parametersNow);
    this.epoch = epoch;
    this.hasPrevious = false;
    this.lastBatch = null;
    this.currentCost = this.costNow();
  }

  rest(): void {}
  dispose(): void {}

  /** One update by the gradient over all examples, whose forward pass has been made. */
  private fullBatch(options: EpochOptions): void {
    const { Y, weights } = this.trainExamples;
    this.lastBatch = null;
    backward(this.train, this.parametersNow, Y, weights);
    this.updates.step(this.parametersNow, this.train.gradients.slice(1), options);
  }

  /** An update for each mini-batch of the shuffled examples; the last may be smaller. */
  private miniBatches(options: EpochOptions): void {
    const { X, Y, weights } = this.trainExamples;
    const order = new Int32Array(X.cols);
    epochOrder(this.seed, this.epoch, order);
    for (let from = 0; from < order.length; from += options.batchSize) {
      const batch = order.subarray(from, from + options.batchSize);
      const p = propagation(this.network, selectColumns(X, batch));
      const batchWeights = weights && selectColumns(matrix(1, weights.length, weights), batch).data;
      forward(p, this.parametersNow);
      backward(p, this.parametersNow, selectColumns(Y, batch), batchWeights);
      this.lastBatch = p.gradients.slice(1);
      this.updates.step(this.parametersNow, this.lastBatch, options);
    }
  }

  private freshUpdates = (): Updates => new Updates(this.optimizer, parameterCount(this.network));

  private costNow(): number {
    forward(this.train, this.parametersNow);
    return cost(this.train, this.trainExamples.Y, this.trainExamples.weights);
  }
}
