import { engineNames } from '../core/engines';
import { layerNorms, type LayerNorms, type Penalties } from '../core/layerCurve';
import type { Network } from '../core/network';
import type { EpochOptions, Optimizer } from '../core/optimizer';
import { epochOrder } from '../core/shuffle';
import { untilDone, type Advance, type Ahead, type Measure, type Trainer } from '../core/trainer';
import * as at from './assembly/addresses';
import { DIVERGED, DONE, STAGE_BEGIN } from './assembly/codes';
import { countOf, hasLarge, writeExamples, type SimdExamples } from './examples';
import { close, startOver, type Helpers, type StartHelpers } from './helpers';
import { layOutWithin, MOST_EPOCHS, operations, shards } from './layout';
import { KernelMemory, type Sums } from './memory';
import { PartScores } from './partScores';
import { Passes, type Machine } from './passes';

/** Names the arithmetic. It changes whenever the same training would end in other bits. */
export const SIMD_ENGINE = engineNames.simd;

export interface SimdOptions {
  readonly optimizer?: Optimizer;
  readonly seed?: number;
  /** Threads at most, the present one among them. */
  readonly threads?: number;
  /** How to start the others; without it there are none. */
  readonly startHelpers?: StartHelpers;
  /** Bytes at most; see {@link TooLargeError}. */
  readonly memoryBudget?: number;
  readonly machine?: Machine;
}

/** Passes with fewer operations take less time than threads need to meet: none are started for them. */
const WORTH_THREADS = 100_000;

/** Only a weight, or an example, larger than some bound lets a cost overflow, but for networks that no training reaches. */
const LARGE_WEIGHT = 100;

/** The fast engine: float32 in strict SIMD128, fused over blocks of examples, on one or more threads. */
export class SimdTrainer implements Trainer {
  readonly engine = SIMD_ENGINE;
  epoch = 0;
  private readonly memory: KernelMemory;
  private readonly helpers: Helpers | null;
  private readonly passes: Passes;
  private readonly seed: number;
  private readonly scores: PartScores;
  /** Whether X or Y of the training part has a number so large that a cost may overflow with small weights. */
  private readonly largeExamples: boolean;
  /** Sums over the training part at the last whole epoch; null when they have to be found first. */
  private current: Sums | null = null;
  /** Those over the test part, where they are known. */
  private tested: Sums | null = null;
  /** Whether the gradient sums in memory belong to the present parameters, or a pass that finds them has been begun. */
  private gradient: 'unknown' | 'begun' | 'known' = 'unknown';
  private started = false;
  /** Whether the examples are on their way to the order that the epoch wants. */
  private arranging = false;
  /** Whether the batches of an epoch are done, and the cost of all examples after them is being found. */
  private measuring = false;
  /** What the last epoch was; null: the parameters come from elsewhere. */
  private last: 'full' | 'batches' | null = null;
  /** Epochs of those asked for that have been heard of. */
  private heard = 0;
  /** What the epochs in hand were asked with. */
  private acting: { readonly options: EpochOptions; readonly ahead: Ahead | undefined } | null = null;

  /**
   * @param initial as `flatten` gives them; rounded to float32
   * Throws RangeError when nx does not fit or Y is not one-hot for softmax, TooLargeError.
   */
  constructor(
    readonly network: Network,
    initial: Float64Array,
    train: SimdExamples,
    test: SimdExamples | null,
    options: SimdOptions = {},
  ) {
    const { optimizer = 'gradientDescent', seed = 0, threads = 1, startHelpers, memoryBudget } = options;
    const { machine = {} } = options;
    this.seed = seed;
    if (train.X.rows !== network.sizes[0]) {
      throw new RangeError(`the network takes ${network.sizes[0]} features, X has ${train.X.rows}`);
    }
    const m = countOf(train);
    const worth = m * operations(network) < WORTH_THREADS ? 1 : Math.min(threads, shards(m).count);
    const wanted = startHelpers ? worth : 1;
    const fitting = layOutWithin(memoryBudget, network, m, test ? countOf(test) : 0, wanted);
    this.memory = new KernelMemory(network, fitting.layout, optimizer, machine.module);
    const { floats, layout } = this.memory;
    this.scores = new PartScores(
      network.output,
      { m: layout.train.m, variation: writeExamples(floats, layout.train, network, train) },
      { m: layout.test.m, variation: test ? writeExamples(floats, layout.test, network, test) : 0 },
    );
    this.largeExamples = hasLarge(train);
    this.memory.restore(initial, new Float64Array(1));
    this.helpers = startOver(this.memory, startHelpers, fitting.threads - 1);
    this.passes = new Passes(this.memory, this.helpers, machine);
  }

  get midEpoch(): boolean {
    return this.started || this.arranging || this.gradient === 'begun';
  }

  get lanes(): number {
    return this.passes.lanesInUse;
  }

  advance(options: EpochOptions, shouldYield: () => boolean, ahead?: Ahead): Advance {
    const acting = (this.midEpoch ? this.acting : null) ?? { options, ahead };
    this.acting = acting;
    const isFull = acting.options.batchSize === 0;
    if (!this.midEpoch) this.arranging = !this.passes.isArranged(!isFull);
    if (this.arranging) {
      if (!this.passes.arrange(!isFull, shouldYield)) return 'more';
      this.arranging = false;
      this.gradient = 'unknown';
    }
    const outcome = isFull ? this.fullBatch(acting, shouldYield) : this.miniBatches(acting, shouldYield);
    if (outcome !== 'more' && outcome !== 'epoch') this.undo();
    return outcome;
  }

  rest(): void {
    if (!this.midEpoch) return;
    this.arranging = false;
    this.passes.cancel();
    if (this.gradient === 'begun') this.gradient = 'unknown';
    if (this.started) this.undo();
  }

  measure(): Measure {
    this.mustBeWhole();
    const { passes, memory } = this;
    if (!this.current) {
      this.current = passes.whole(at.TRAIN_PART);
      this.gradient = 'unknown';
    }
    // A pass over the test part leaves the gradient as it is.
    if (memory.layout.test.m > 0) this.tested ??= passes.whole(at.TEST_PART);
    return this.scores.measure(this.epoch, this.current, this.tested);
  }

  testCost(): number | null {
    this.mustBeWhole();
    if (this.memory.layout.test.m === 0) return null;
    this.tested ??= this.passes.whole(at.TEST_PART);
    return this.scores.testCost(this.tested);
  }

  parameters(): Float64Array {
    this.mustBeWhole();
    return this.memory.parameters();
  }

  gradients(): Float64Array {
    this.mustBeWhole();
    const { passes, memory } = this;
    if (this.gradient !== 'known') {
      passes.arrange(false, untilDone);
      this.current = passes.whole(at.TRAIN_PART, true);
      this.gradient = 'known';
    }
    return memory.gradients();
  }

  norms({ l1, l2 }: Penalties): LayerNorms {
    this.mustBeWhole();
    if (this.gradient === 'known') {
      return layerNorms(this.memory.layerNumbers('sums', this.last !== null), { l1, l2 });
    }
    const ofBatch = this.last === 'batches' ? 'mean' : null;
    // What the penalties add is in it.
    return layerNorms(this.memory.layerNumbers(ofBatch, this.last !== null), { l1: 0, l2: 0 });
  }

  state(): Float64Array {
    this.mustBeWhole();
    return this.memory.state();
  }

  restore(epoch: number, parameters: Float64Array, state: Float64Array): void {
    this.rest();
    this.memory.restore(parameters, state);
    this.epoch = epoch;
    this.forget();
  }

  dispose(): void {
    if (this.helpers) close(this.memory, this.helpers);
  }

  /** The gradient is known from the pass that found the cost: a step, and the pass at where it leads. */
  private fullBatch(
    { options, ahead }: NonNullable<typeof this.acting>,
    shouldYield: () => boolean,
  ): Advance {
    const { memory, passes } = this;
    const { kernel, words } = memory;
    if (!this.started) {
      // After a load or a mini-batch epoch the gradient is still to be found.
      if (this.gradient === 'unknown') {
        passes.open(at.TRAIN_PART, true);
        this.gradient = 'begun';
      }
      if (this.gradient === 'begun') {
        if (passes.run(() => kernel.proceed(), shouldYield) !== DONE) return 'more';
        this.current = memory.sums();
        this.gradient = 'known';
        ahead?.found?.();
      }
      this.askForEpochs(options, ahead);
      this.started = true;
    }
    const outcome = passes.run(() => kernel.epochs(), shouldYield);
    if (words[at.EPOCHS_DONE / 4] > 0) this.last = 'full';
    while (this.heard < words[at.EPOCHS_DONE / 4]) this.endEpoch(memory.resultOfEpoch(this.heard++), ahead);
    if (outcome === DIVERGED) return { layer: words[at.BAD_LAYER / 4] };
    // Between two epochs of those asked for all is whole.
    this.started = outcome !== DONE && words[at.STAGE / 4] !== STAGE_BEGIN;
    return this.started ? 'more' : 'epoch';
  }

  private askForEpochs(options: EpochOptions, ahead: Ahead | undefined): void {
    const { memory, epoch, passes } = this;
    const { words } = memory;
    const count = ahead ? Math.min(ahead.most, passes.epochsInCall, MOST_EPOCHS) : 1;
    memory.writeOptions(options);
    memory.askForEpochs(
      Array.from({ length: count }, (_, k) => ({
        learningRate: k === 0 || !ahead ? options.learningRate : ahead.learningRate(epoch + k),
        tests: memory.layout.test.m > 0 && (ahead?.wants(epoch + k + 1) ?? false),
      })),
    );
    words[at.STAGE / 4] = STAGE_BEGIN;
    this.heard = 0;
  }

  private miniBatches(
    { options, ahead }: NonNullable<typeof this.acting>,
    shouldYield: () => boolean,
  ): Advance {
    const { memory, passes } = this;
    const { layers, order, train } = memory.layout;
    const { kernel, words } = memory;
    if (!this.started) {
      epochOrder(this.seed, this.epoch, new Int32Array(memory.memory.buffer, order, train.m));
      memory.writeOptions(options);
      memory.askForBatches(options.batchSize);
      kernel.snapshot();
      words[at.STAGE / 4] = STAGE_BEGIN;
      this.gradient = 'unknown';
      this.started = true;
    }
    if (!this.measuring) {
      const outcome = passes.run(() => kernel.batches(), shouldYield);
      if (outcome === DIVERGED) return { layer: words[at.BAD_LAYER / 4] };
      if (outcome !== DONE) return 'more';
      // No batch comes after the last one to show that its update went too far. Where that is possible at all, the
      // cost of all examples does.
      const mayOverflow = this.largeExamples || memory.hasWeightBeyond(LARGE_WEIGHT);
      this.measuring = mayOverflow || (ahead?.wants(this.epoch + 1) ?? false);
      if (this.measuring) passes.open(at.TRAIN_PART, false);
    }
    // In slices: it takes about a third as long as the batches, and a person may want to stop meanwhile.
    if (this.measuring && passes.run(() => kernel.proceed(), shouldYield) !== DONE) return 'more';
    const whole = this.measuring ? memory.sums() : null;
    this.measuring = false;
    if (whole && !Number.isFinite(whole.cost)) return { layer: layers.length };
    this.started = false;
    this.last = 'batches';
    this.endEpoch({ train: whole, test: null }, ahead);
    return 'epoch';
  }

  /** An epoch is whole; the sums over its parts are known or not. */
  private endEpoch(
    { train, test }: { train: Sums | null; test: Sums | null },
    ahead: Ahead | undefined,
  ): void {
    const { epoch } = this;
    this.epoch = epoch + 1;
    this.current = train;
    this.tested = test;
    if (!ahead?.wants(this.epoch)) return;
    // The epochs that were asked for together are measured as they went by.
    ahead.measured(train && this.started ? this.scores.measure(this.epoch, train, test) : this.measure());
  }

  /** Back to the last whole epoch. */
  private undo(): void {
    this.memory.kernel.undo();
    this.started = this.measuring = false;
    // Its sums are known still, but the gradient is another one, and what was before it is gone.
    this.gradient = 'unknown';
    this.last = null;
  }

  /** The parameters are others. */
  private forget(): void {
    this.current = this.tested = null;
    this.gradient = 'unknown';
    this.last = null;
    this.started = this.measuring = false;
  }

  private mustBeWhole(): void {
    if (this.midEpoch) throw new Error('an epoch has been begun: finish it, or rest');
  }
}
