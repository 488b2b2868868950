import { engineNames } from '../core/engines';
import { rSquared } from '../core/metrics';
import type { Network } from '../core/network';
import type { EpochOptions, Optimizer } from '../core/optimizer';
import { epochOrder } from '../core/shuffle';
import type { Advance, Measure, Trainer } from '../core/trainer';
import { countOf, hasLarge, writeExamples, type SimdExamples } from './examples';
import { close, startOver, type Helpers, type StartHelpers } from './helpers';
import { layOutWithin, operations, shards, type PartLayout } from './layout';
import { KernelMemory } from './memory';
import { Passes, WORTH_THREADS, type Sums } from './passes';

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
}

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
  /** Σ (y − ȳ)² of each part: what R² compares with. */
  private readonly variation: { readonly train: number; readonly test: number };
  /** Whether X or Y of the training part has a number so large that a cost may overflow with small weights. */
  private readonly largeExamples: boolean;
  private steps = 0;
  /** Sums over the training part at the last whole epoch; null when they have to be found first. */
  private current: Sums | null = null;
  private started = false;
  private batchFrom = 0;
  /** The options of the present epoch. */
  private acting: EpochOptions = { learningRate: 0, momentum: 0, l1: 0, l2: 0, batchSize: 0 };
  /** What undo puts back besides parameters and moments. */
  private before: { readonly steps: number; readonly sums: Sums | null } = { steps: 0, sums: null };

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
    this.seed = seed;
    if (train.X.rows !== network.sizes[0]) {
      throw new RangeError(`the network takes ${network.sizes[0]} features, X has ${train.X.rows}`);
    }
    const m = countOf(train);
    const worth = m * operations(network) < WORTH_THREADS ? 1 : Math.min(threads, shards(m).count);
    const wanted = startHelpers ? worth : 1;
    const fitting = layOutWithin(memoryBudget, network, m, test ? countOf(test) : 0, wanted);
    this.memory = new KernelMemory(network, fitting.layout, optimizer);
    const { floats, layout } = this.memory;
    this.variation = {
      train: writeExamples(floats, layout.train, network, train),
      test: test ? writeExamples(floats, layout.test, network, test) : 0,
    };
    this.largeExamples = hasLarge(train);
    this.memory.restore(initial, new Float64Array(1));
    this.helpers = startOver(this.memory, startHelpers, fitting.threads - 1);
    this.passes = new Passes(this.memory, this.helpers);
  }

  get midEpoch(): boolean {
    return this.started || this.passes.midPass;
  }

  advance(options: EpochOptions, shouldYield: () => boolean): Advance {
    if (!this.midEpoch) {
      this.acting = options;
      const rearranged = this.passes.arrange(options.batchSize > 0);
      if (rearranged && this.current) this.current = { ...this.current, gradient: false };
    }
    const { acting } = this;
    const outcome =
      acting.batchSize === 0 ? this.fullBatch(acting, shouldYield) : this.miniBatches(acting, shouldYield);
    if (outcome === 'epoch') {
      this.started = false;
      this.epoch++;
    } else if (outcome !== 'more') this.undo();
    return outcome;
  }

  rest(): void {
    this.passes.cancel();
    if (this.started) this.undo();
  }

  measure(): Measure {
    this.mustBeWhole();
    const { passes } = this;
    const parts = this.memory.layout;
    this.current ??= passes.whole(parts.train);
    const train = this.shown(this.current, parts.train.m, this.variation.train);
    const test =
      parts.test.m > 0 ? this.shown(passes.whole(parts.test), parts.test.m, this.variation.test) : null;
    return {
      epoch: this.epoch,
      trainCost: train.cost,
      testCost: test?.cost ?? null,
      trainScore: train.score,
      testScore: test?.score ?? null,
    };
  }

  parameters(): Float64Array {
    this.mustBeWhole();
    return this.memory.parameters();
  }

  state(): Float64Array {
    this.mustBeWhole();
    return this.memory.state(this.steps);
  }

  restore(epoch: number, parameters: Float64Array, state: Float64Array): void {
    this.passes.cancel();
    this.memory.restore(parameters, state);
    this.epoch = epoch;
    this.steps = state[0];
    this.current = null;
    this.started = false;
  }

  dispose(): void {
    if (this.helpers) close(this.memory, this.helpers);
  }

  /** The gradient is known from the pass that found the cost: a step, and the pass at where it leads. */
  private fullBatch(options: EpochOptions, shouldYield: () => boolean): Advance {
    const { train, layers } = this.memory.layout;
    if (!this.started) {
      // After a load or a mini-batch epoch the gradient is still to be found.
      if (!this.current?.gradient) {
        const sums = this.passes.proceed(train, true, shouldYield);
        if (!sums) return 'more';
        this.current = sums;
      }
      this.begin();
      const layer = this.update(options, train.m);
      if (layer > 0) return { layer };
    }
    const sums = this.passes.proceed(train, true, shouldYield);
    if (!sums) return 'more';
    if (!Number.isFinite(sums.cost)) return { layer: layers.length };
    this.current = sums;
    return 'epoch';
  }

  private miniBatches(options: EpochOptions, shouldYield: () => boolean): Advance {
    const { train, layers, order } = this.memory.layout;
    const { m } = train;
    if (!this.started) {
      epochOrder(this.seed, this.epoch, new Int32Array(this.memory.words.buffer, order, m));
      this.begin();
      this.batchFrom = 0;
    }
    while (this.batchFrom < m) {
      const size = Math.min(options.batchSize, m - this.batchFrom);
      const batch: PartLayout = { ...train, m: size };
      const sums = this.passes.proceed(batch, true, shouldYield, order + 4 * this.batchFrom);
      if (!sums) return 'more';
      if (!Number.isFinite(sums.cost)) return { layer: layers.length };
      const layer = this.update(options, size);
      if (layer > 0) return { layer };
      this.batchFrom += size;
      if (this.batchFrom < m && shouldYield()) return 'more';
    }
    // No batch comes after the last one to show that its update went too far. Where that is possible at all, the
    // cost of all examples does.
    const mayOverflow = this.largeExamples || this.memory.hasWeightBeyond(LARGE_WEIGHT);
    this.current = mayOverflow ? this.passes.whole(train) : null;
    if (this.current && !Number.isFinite(this.current.cost)) return { layer: layers.length };
    return 'epoch';
  }

  private begin(): void {
    this.memory.kernel.snapshot();
    this.before = { steps: this.steps, sums: this.current && { ...this.current, gradient: false } };
    this.started = true;
  }

  /** Back to the last whole epoch. */
  private undo(): void {
    this.memory.kernel.undo();
    this.steps = this.before.steps;
    this.current = this.before.sums;
    this.started = false;
  }

  /** One update by the gradients of the last pass; returns the first layer with a number that is not finite, or 0. */
  private update(options: EpochOptions, count: number): number {
    this.steps++;
    return this.memory.update(options, count, this.steps);
  }

  private mustBeWhole(): void {
    if (this.midEpoch) throw new Error('an epoch has been begun: finish it, or rest');
  }

  /** Cost and score from the sums over m examples; `variation` is what R² compares with. */
  private shown({ cost, score }: Sums, m: number, variation: number): { cost: number; score: number } {
    if (this.network.output !== 'linear') return { cost: cost / m, score: score / m };
    return { cost: cost / m, score: rSquared(score, variation) };
  }
}
