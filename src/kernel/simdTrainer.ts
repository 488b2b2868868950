import type { HiddenActivation } from '../core/activations';
import { engineNames } from '../core/engines';
import type { Table } from '../core/matrix';
import { parameterCount, type Network, type OutputKind } from '../core/network';
import {
  adamCorrections,
  BETA_1,
  BETA_2,
  EPSILON,
  type EpochOptions,
  type Optimizer,
} from '../core/optimizer';
import { epochOrder } from '../core/shuffle';
import { untilDone, type Advance, type Measure, type Trainer } from '../core/trainer';
import * as at from './assembly/addresses';
import * as codes from './assembly/codes';
import { allocate, instantiate, kernelModule, writeConstants, type Kernel } from './kernel';
import {
  bytesNeeded,
  eachParameter,
  GROUP,
  layOut,
  operations,
  shards,
  type Layout,
  type PartLayout,
} from './layout';

/** Names the arithmetic. It changes whenever the same training would end in other bits. */
export const SIMD_ENGINE = engineNames.simd;

/** Threads that work beside the one that trains. */
export interface Helpers {
  readonly count: number;
  /** A clock in milliseconds. */
  now(): number;
  /** Throws when a helper has died. */
  check(): void;
  dispose(): void;
}
export type StartHelpers = (module: WebAssembly.Module, memory: WebAssembly.Memory, count: number) => Helpers;

/** As the core's examples, but the numbers may be float32. */
export interface SimdExamples {
  readonly X: Table;
  readonly Y: Table;
  readonly weights?: Float64Array;
  /** The columns of X and Y, and the weights, that are meant; all when left out. */
  readonly indices?: Int32Array;
}

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

/** The training needs more memory than it may have. Nothing has been allocated. */
export class TooLargeError extends Error {
  constructor(
    readonly needed: number,
    readonly allowed: number,
  ) {
    super(`needs ${needed} bytes, ${allowed} are allowed`);
  }
}

const HIDDEN: Readonly<Record<HiddenActivation, number>> = {
  tanh: codes.TANH,
  sigmoid: codes.SIGMOID,
  relu: codes.RELU,
  leakyRelu: codes.LEAKY_RELU,
  linear: codes.LINEAR,
};
const OUTPUT: Readonly<Record<OutputKind, number>> = {
  sigmoid: codes.OUTPUT_SIGMOID,
  softmax: codes.OUTPUT_SOFTMAX,
  linear: codes.OUTPUT_LINEAR,
};
const OPTIMIZER: Readonly<Record<Optimizer, number>> = {
  gradientDescent: codes.GRADIENT_DESCENT,
  momentum: codes.MOMENTUM,
  nesterov: codes.NESTEROV,
  adam: codes.ADAM,
};

/** A pass with fewer operations than this is done sooner by one thread than two threads meet. */
const WORTH_THREADS = 400_000;
/** Operations between two looks at the clock: a few milliseconds. */
const SLICE = 5e7;
/** The most that 32-bit addresses reach, less a little. */
const MOST_BYTES = 65_000 * 65_536;
/** Only a weight or an example larger than this lets a cost overflow, but for networks that no training reaches. */
const LARGE_WEIGHT = 100;
const LARGE_EXAMPLE = 1e6;
const SPIN_MICROSECONDS = 20;
const CALIBRATION_TURNS = 2_000;
const JOIN_MS = 20;

type Part = 'train' | 'test';

/** The fast engine: float32 in strict SIMD128, fused over blocks of examples, on one or more threads. */
export class SimdTrainer implements Trainer {
  readonly engine = SIMD_ENGINE;
  epoch = 0;
  private readonly layout: Layout;
  private readonly kernel: Kernel;
  private readonly words: Int32Array;
  private readonly floats: Float32Array;
  private readonly results: Float64Array;
  private readonly helpers: Helpers | null;
  private readonly optimizer: Optimizer;
  private readonly seed: number;
  private readonly perExample: number;
  /** Σ (y − ȳ)² of each part: what R² compares with. */
  private readonly variation: Record<Part, number>;
  /** Whether X of the training part lies example by example, as mini-batches want it. */
  private byExample = false;
  private steps = 0;
  /** Sums over the training part at the last whole epoch; null when they have to be found first. */
  private current: Sums | null = null;
  private started = false;
  private batchFrom = 0;
  /** Whether X or Y of the training part has a number so large that a cost may overflow with small weights. */
  private readonly largeExamples: boolean;
  /** The options of the present epoch. */
  private acting: EpochOptions = { learningRate: 0, momentum: 0, l1: 0, l2: 0, batchSize: 0 };
  private pass: { shard: number; block: number; readonly slice: number } | null = null;

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
    const {
      optimizer = 'gradientDescent',
      seed = 0,
      threads = 1,
      startHelpers,
      memoryBudget = MOST_BYTES,
    } = options;
    this.optimizer = optimizer;
    this.seed = seed;
    if (train.X.rows !== network.sizes[0]) {
      throw new RangeError(`the network takes ${network.sizes[0]} features, X has ${train.X.rows}`);
    }
    const m = countOf(train);
    this.perExample = operations(network);
    const most = m * this.perExample < WORTH_THREADS ? 1 : Math.min(threads, shards(m).count);
    let wanted = startHelpers ? most : 1;
    const allowed = Math.min(memoryBudget, MOST_BYTES);
    const bytes = () => bytesNeeded(network, m, test ? countOf(test) : 0, wanted);
    while (wanted > 1 && bytes() > allowed) wanted--;
    const needed = bytes();
    if (needed > allowed) throw new TooLargeError(needed, allowed);

    this.layout = layOut(network, m, test ? countOf(test) : 0, wanted);
    const memory = allocate(this.layout.size);
    const module = kernelModule();
    this.kernel = instantiate(module, memory);
    this.words = new Int32Array(memory.buffer);
    this.floats = new Float32Array(memory.buffer);
    this.results = new Float64Array(memory.buffer, this.layout.results, 2 * 16);
    writeConstants(memory);
    this.writeNetwork();
    this.variation = {
      train: this.write(this.layout.train, train),
      test: test ? this.write(this.layout.test, test) : 0,
    };
    this.largeExamples = hasLarge(train);
    this.restore(0, initial, new Float64Array(1));
    this.helpers = wanted > 1 && startHelpers ? startHelpers(module, memory, wanted - 1) : null;
    if (this.helpers) this.calibrate(this.helpers);
  }

  get midEpoch(): boolean {
    return this.started || this.pass !== null;
  }

  advance(options: EpochOptions, tired: () => boolean): Advance {
    if (!this.midEpoch) {
      this.acting = options;
      this.arrange(options.batchSize > 0);
    }
    const { acting } = this;
    const outcome = acting.batchSize === 0 ? this.fullBatch(acting, tired) : this.miniBatches(acting, tired);
    if (outcome === 'epoch') {
      this.started = false;
      this.epoch++;
    } else if (outcome !== 'more') this.undo();
    return outcome;
  }

  rest(): void {
    this.cancel();
    if (this.started) this.undo();
  }

  measure(): Measure {
    this.mustBeWhole();
    this.current ??= this.whole('train');
    const train = this.shown('train', this.current);
    const test = this.layout.test.m > 0 ? this.shown('test', this.whole('test')) : null;
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
    return this.read(0);
  }

  state(): Float64Array {
    this.mustBeWhole();
    const arrays = this.momentArrays();
    const count = parameterCount(this.network);
    const state = new Float64Array(1 + arrays * count);
    state[0] = this.steps;
    for (let k = 0; k < arrays; k++) state.set(this.read(k + 1), 1 + k * count);
    return state;
  }

  restore(epoch: number, parameters: Float64Array, state: Float64Array): void {
    this.cancel();
    const count = parameterCount(this.network);
    const arrays = state.length === 1 ? 0 : this.momentArrays();
    if (parameters.length !== count || state.length !== 1 + arrays * count) {
      throw new RangeError(`${count} parameters are needed, got ${parameters.length}`);
    }
    const from = this.layout.parameters / 4;
    this.floats.fill(0, from, from + 3 * this.layout.count);
    eachParameter(this.layout, (packed, flat) => {
      this.floats[from + packed] = parameters[flat];
      for (let k = 0; k < arrays; k++) {
        this.floats[from + (k + 1) * this.layout.count + packed] = state[1 + k * count + flat];
      }
    });
    this.kernel.transposeWeights();
    this.epoch = epoch;
    this.steps = state[0];
    this.current = null;
    this.started = false;
  }

  dispose(): void {
    if (this.helpers) {
      // Whatever a helper still works on is not waited for: it may have died.
      Atomics.store(this.words, at.CANCELLED / 4, 1);
      Atomics.store(this.words, at.CLOSED / 4, 1);
      Atomics.add(this.words, at.GENERATION / 4, 1);
      Atomics.add(this.words, at.WAKE / 4, 1);
      Atomics.notify(this.words, at.WAKE / 4);
      this.helpers.dispose();
    }
  }

  // ------------------------------------------------------------------------------------- epochs

  /** What undo puts back besides parameters and moments. */
  private before: { readonly steps: number; readonly sums: Sums | null } = { steps: 0, sums: null };

  /** The gradient is known from the pass that found the cost: a step, and the pass at where it leads. */
  private fullBatch(options: EpochOptions, tired: () => boolean): Advance {
    if (!this.started) {
      // After a load or a mini-batch epoch the gradient is still to be found.
      if (!this.current?.gradient) {
        const sums = this.proceed('train', true, tired);
        if (!sums) return 'more';
        this.current = sums;
      }
      this.begin();
      const layer = this.step(options, this.layout.train.m);
      if (layer > 0) return { layer };
    }
    const sums = this.proceed('train', true, tired);
    if (!sums) return 'more';
    if (!Number.isFinite(sums.cost)) return { layer: this.layout.layers.length };
    this.current = sums;
    return 'epoch';
  }

  private miniBatches(options: EpochOptions, tired: () => boolean): Advance {
    const { m, X, Y, weights } = this.layout.train;
    if (!this.started) {
      epochOrder(this.seed, this.epoch, new Int32Array(this.words.buffer, this.layout.order, m));
      this.begin();
      this.batchFrom = 0;
    }
    while (this.batchFrom < m) {
      const size = Math.min(options.batchSize, m - this.batchFrom);
      const batch = { m: size, X, Y, weights };
      const sums = this.proceed(batch, true, tired, this.layout.order + 4 * this.batchFrom);
      if (!sums) return 'more';
      if (!Number.isFinite(sums.cost)) return { layer: this.layout.layers.length };
      const layer = this.step(options, size);
      if (layer > 0) return { layer };
      this.batchFrom += size;
      if (this.batchFrom < m && tired()) return 'more';
    }
    // No batch comes after the last one to show that its update went too far. Where that is possible at all, the
    // cost of all examples does.
    const from = this.layout.parameters / 4;
    const large = this.floats
      .subarray(from, from + this.layout.count)
      .some((w) => Math.abs(w) > LARGE_WEIGHT);
    this.current = large || this.largeExamples ? this.whole('train') : null;
    if (this.current && !Number.isFinite(this.current.cost)) return { layer: this.layout.layers.length };
    return 'epoch';
  }

  private begin(): void {
    this.kernel.snapshot();
    this.before = { steps: this.steps, sums: this.current && { ...this.current, gradient: false } };
    this.started = true;
  }

  /** Back to the last whole epoch. */
  private undo(): void {
    this.kernel.undo();
    this.steps = this.before.steps;
    this.current = this.before.sums;
    this.started = false;
  }

  private mustBeWhole(): void {
    if (this.midEpoch) throw new Error('an epoch has been begun: finish it, or rest');
  }

  /** One update by the gradients of the last pass, over `count` examples. */
  private step({ learningRate, momentum, l1, l2 }: EpochOptions, count: number): number {
    const { floats } = this;
    this.words[at.PASS_SHARDS / 4] = shards(count).count;
    this.steps++;
    floats[at.UPDATE_SCALE / 4] = 1 / count;
    floats[at.UPDATE_RATE / 4] = learningRate;
    floats[at.UPDATE_MOMENTUM / 4] = momentum;
    floats[at.UPDATE_L1 / 4] = l1;
    floats[at.UPDATE_L2 / 4] = l2;
    if (this.optimizer === 'adam') {
      const [first, second] = adamCorrections(this.steps);
      floats[at.UPDATE_CORRECTION_1 / 4] = first;
      floats[at.UPDATE_CORRECTION_2 / 4] = second;
    }
    return this.kernel.update();
  }

  // ------------------------------------------------------------------------------------- passes

  /** A pass forward over one part, to its end. */
  private whole(part: Part): Sums {
    const sums = this.proceed(part, false, untilDone);
    if (!sums) throw new Error('a pass that nobody interrupts has an end');
    return sums;
  }

  /**
   * Goes on with a pass, or begins it: forward and, with `backward`, the gradient sums. Returns null when
   * `tired` came first.
   */
  private proceed(part: Part | PartLayout, backward: boolean, tired: () => boolean, order = 0): Sums | null {
    const { kernel, words } = this;
    const pass = (this.pass ??= this.open(part, backward, order));
    while (pass.shard >= 0) {
      pass.block = kernel.shard(0, pass.shard, pass.block, pass.slice);
      if (pass.block < 0) {
        kernel.finish();
        pass.shard = kernel.claim();
        pass.block = 0;
      } else if (tired()) return null;
    }
    while (kernel.join(JOIN_MS) === 0) {
      this.helpers?.check();
      if (tired()) return null;
    }
    this.pass = null;
    if (words[at.FAILED / 4] !== 0) throw new Error('A training thread has failed.');
    const sums = { cost: 0, score: 0, gradient: backward };
    for (let s = 0; s < words[at.PASS_SHARDS / 4]; s++) {
      sums.cost += this.results[2 * s];
      sums.score += this.results[2 * s + 1];
    }
    return sums;
  }

  /** Gives up a pass: no thread works on after it. */
  private cancel(): void {
    if (!this.pass) return;
    this.kernel.cancel();
    if (this.pass.shard >= 0) this.kernel.finish();
    while (this.kernel.join(JOIN_MS) === 0) this.helpers?.check();
    this.pass = null;
  }

  private open(part: Part | PartLayout, backward: boolean, order: number): NonNullable<SimdTrainer['pass']> {
    const { words } = this;
    const { m, X, Y, weights } = typeof part === 'string' ? this.layout[part] : part;
    const { count, size } = shards(m);
    words[at.PASS_X / 4] = X;
    words[at.PASS_Y / 4] = Y;
    words[at.PASS_WEIGHTS / 4] = weights;
    words[at.PASS_COUNT / 4] = m;
    words[at.PASS_GATHERS / 4] = Number(part !== 'test' && this.byExample);
    words[at.PASS_ORDER / 4] = order;
    words[at.PASS_SHARDS / 4] = count;
    words[at.PASS_SHARD_SIZE / 4] = size;
    words[at.PASS_BACKWARD / 4] = Number(backward);
    this.kernel.open(this.helpers !== null && m * this.perExample >= WORTH_THREADS);
    const slice = Math.max(1, Math.round(SLICE / (this.layout.block * this.perExample)));
    return { shard: this.kernel.claim(), block: 0, slice };
  }

  private shown(part: Part, { cost, score }: Sums): { cost: number; score: number } {
    const { m } = this.layout[part];
    if (this.network.output !== 'linear') return { cost: cost / m, score: score / m };
    const total = this.variation[part];
    return { cost: cost / m, score: total === 0 ? Number(score === 0) : 1 - score / total };
  }

  // ------------------------------------------------------------------------------------- memory

  private momentArrays(): number {
    return this.optimizer === 'gradientDescent' ? 0 : this.optimizer === 'adam' ? 2 : 1;
  }

  /** Parameters (0) or moments (1, 2) of the last whole epoch. */
  private read(array: number): Float64Array {
    const { layout, floats } = this;
    const from = layout.parameters / 4 + array * layout.count;
    const out = new Float64Array(parameterCount(this.network));
    eachParameter(layout, (packed, flat) => (out[flat] = floats[from + packed]));
    return out;
  }

  /** Puts X of the training part in the order that full or mini-batches want. */
  private arrange(byExample: boolean): void {
    if (byExample === this.byExample) return;
    const { train, scratch, gathered } = this.layout;
    const groups = Math.ceil(train.m / GROUP);
    this.kernel.regroup(train.X, groups, this.network.sizes[0], !byExample, scratch + gathered.X);
    this.byExample = byExample;
    if (this.current) this.current = { ...this.current, gradient: false };
  }

  /** Copies examples into the kernels' memory; returns Σ (y − ȳ)². */
  private write(part: PartLayout, examples: SimdExamples): number {
    const { X, Y, weights, indices } = examples;
    const { floats } = this;
    const nx = X.rows;
    const m = countOf(examples);
    for (let k = 0; k < nx; k++) {
      const from = k * X.cols;
      const to = part.X / 4 + k * GROUP;
      for (let j = 0; j < m; j++) {
        floats[to + (j - (j % GROUP)) * nx + (j % GROUP)] = X.data[from + (indices ? indices[j] : j)];
      }
    }
    const ys = floats.subarray(part.Y / 4, part.Y / 4 + m);
    for (let j = 0; j < m; j++) {
      const i = indices ? indices[j] : j;
      ys[j] = this.network.output === 'softmax' ? classOf(Y, i) : Y.data[i];
      floats[part.weights / 4 + j] = weights ? weights[i] : 1;
    }
    // Against the first one, so that equal numbers vary by exactly 0.
    const mean = ys[0] + ys.reduce((sum, y) => sum + (y - ys[0]), 0) / m;
    let variation = 0;
    for (const y of ys) variation += (y - mean) * (y - mean);
    return variation;
  }

  private writeNetwork(): void {
    const { layout, words, floats, network } = this;
    const set = (address: number, value: number) => (words[address / 4] = value);
    set(at.LAYER_COUNT, layout.layers.length);
    set(at.HIDDEN, HIDDEN[network.hidden]);
    set(at.OUTPUT, OUTPUT[network.output]);
    set(at.BLOCK, layout.block);
    set(at.PARAMETER_COUNT, layout.count);
    set(at.PARAMETERS, layout.parameters);
    set(at.PREVIOUS, layout.previous);
    set(at.MOMENT_1, layout.parameters + layout.moments);
    set(at.MOMENT_2, layout.parameters + 2 * layout.moments);
    set(at.GRADIENTS, layout.gradients);
    set(at.RESULTS, layout.results);
    set(at.SCRATCH, layout.scratch);
    set(at.SCRATCH_SIZE, layout.scratchSize);
    set(at.GATHERED_X, layout.gathered.X);
    set(at.GATHERED_Y, layout.gathered.Y);
    set(at.GATHERED_WEIGHTS, layout.gathered.weights);
    layout.layers.forEach(({ inputs, units, W, b, transposed, activations, stride }, index) => {
      const layer = at.LAYERS + index * at.LAYER_SIZE;
      set(layer + at.N_IN, inputs);
      set(layer + at.N_OUT, units);
      set(layer + at.W, 4 * W);
      set(layer + at.B, 4 * b);
      set(layer + at.W_TRANSPOSED, transposed);
      set(layer + at.A, activations);
      set(layer + at.STRIDE_IN, index === 0 ? 4 * GROUP * inputs : layout.layers[index - 1].stride);
      set(layer + at.STRIDE_OUT, stride);
      set(layer + at.W_COUNT, b - W);
      set(layer + at.B_COUNT, (layout.layers[index + 1]?.W ?? layout.count) - b);
    });
    set(at.UPDATE_OPTIMIZER, OPTIMIZER[this.optimizer]);
    floats[at.UPDATE_BETA_1 / 4] = BETA_1;
    floats[at.UPDATE_REST_1 / 4] = 1 - BETA_1;
    floats[at.UPDATE_BETA_2 / 4] = BETA_2;
    floats[at.UPDATE_REST_2 / 4] = 1 - BETA_2;
    floats[at.UPDATE_EPSILON / 4] = EPSILON;
  }

  /** Finds how many turns a waiting thread may spin. */
  private calibrate({ now }: Helpers): void {
    this.kernel.spin(CALIBRATION_TURNS);
    const from = now();
    this.kernel.spin(CALIBRATION_TURNS);
    const microseconds = Math.max(1e-3, (now() - from) * 1000);
    this.words[at.SPIN_LIMIT / 4] = Math.round((SPIN_MICROSECONDS * CALIBRATION_TURNS) / microseconds);
  }
}

/** Sums over the examples of a part, and whether the gradient sums belong to them. */
interface Sums {
  readonly cost: number;
  readonly score: number;
  readonly gradient: boolean;
}

const countOf = ({ X, indices }: SimdExamples): number => indices?.length ?? X.cols;

function hasLarge({ X, Y, indices }: SimdExamples): boolean {
  return [X, Y].some(({ data, rows, cols }) => {
    const count = indices?.length ?? cols;
    for (let i = 0; i < rows; i++) {
      for (let j = 0; j < count; j++) {
        if (Math.abs(data[i * cols + (indices ? indices[j] : j)]) > LARGE_EXAMPLE) return true;
      }
    }
    return false;
  });
}

/** The class of column j of a one-hot Y. Throws RangeError when it is something else. */
function classOf(Y: Table, j: number): number {
  let found = -1;
  for (let i = 0; i < Y.rows; i++) {
    const y = Y.data[i * Y.cols + j];
    if (y === 1 && found < 0) found = i;
    else if (y !== 0) throw new RangeError(`column ${j} of Y is not one-hot`);
  }
  if (found < 0) throw new RangeError(`column ${j} of Y is not one-hot`);
  return found;
}
