/** What TypeScript writes into the kernels' memory and reads from it: the network, parameters, moments, an update. */
import type { HiddenActivation } from '../core/activations';
import type { LayerNumbers } from '../core/layerCurve';
import { parameterCount, type Network, type OutputKind } from '../core/network';
import { BETA_1, BETA_2, EPSILON, type EpochOptions, type Optimizer } from '../core/optimizer';
import * as at from './assembly/addresses';
import * as codes from './assembly/codes';
import { allocate, instantiate, kernelModule, writeConstants, type Kernel } from './kernel';
import { eachParameter, GROUP, shards, type Layout, type PartLayout } from './layout';

/** Sums over the examples of a pass. */
export interface Sums {
  readonly cost: number;
  /** Right predictions, or the squared errors of a linear output. */
  readonly score: number;
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
/** Arrays of moments, one number for each parameter. */
const MOMENT_ARRAYS: Readonly<Record<Optimizer, number>> = {
  gradientDescent: 0,
  momentum: 1,
  nesterov: 1,
  adam: 2,
};

/** The kernels over a memory of their own, for one network and one optimizer. */
export class KernelMemory {
  readonly memory: WebAssembly.Memory;
  readonly kernel: Kernel;
  readonly words: Int32Array;
  readonly floats: Float32Array;
  readonly doubles: Float64Array;
  /** What the list of frozen parameters was made from. */
  private frozen: EpochOptions['frozen'];

  constructor(
    readonly network: Network,
    readonly layout: Layout,
    private readonly optimizer: Optimizer,
    readonly module = kernelModule(),
  ) {
    this.memory = allocate(layout.size);
    this.kernel = instantiate(this.module, this.memory);
    this.words = new Int32Array(this.memory.buffer);
    this.floats = new Float32Array(this.memory.buffer);
    this.doubles = new Float64Array(this.memory.buffer);
    writeConstants(this.memory);
    this.writeNetwork();
    this.writeOptimizer();
  }

  /** Of the last whole epoch, as `flatten` gives them. */
  parameters(): Float64Array {
    return this.readArray(0);
  }

  /** Means over the examples of the last pass over the training part, as the update makes them of the shards' sums. */
  gradients(): Float64Array {
    const { layout, floats } = this;
    const { m } = layout.train;
    const from = layout.gradients / 4;
    const scale = Math.fround(1 / m);
    const out = new Float64Array(parameterCount(this.network));
    eachParameter(layout, (packed, flat) => {
      let sum = floats[from + packed];
      for (let s = 1; s < shards(m).count; s++)
        sum = Math.fround(sum + floats[from + s * layout.count + packed]);
      out[flat] = Math.fround(sum * scale);
    });
    return out;
  }

  /**
   * The numbers of each layer's W in the order in which they are packed.
   * @param gradient `sums`: the shards' of the last pass over the training part; `mean`: what the last update made of those
   * of its mini-batch, penalties included; null: none
   * @param hasPrevious whether the weights before the epoch are there
   */
  layerNumbers(gradient: 'sums' | 'mean' | null, hasPrevious: boolean): LayerNumbers[] {
    const { layout, floats } = this;
    return layout.layers.map(({ inputs, units, W }) => {
      const array = (address: number) => floats.subarray(address / 4 + W, address / 4 + W + inputs * units);
      return {
        W: array(layout.parameters),
        before: hasPrevious ? array(layout.previous) : null,
        gradient:
          gradient === 'sums' ? this.meanOfShards(W, inputs * units) : gradient && array(layout.gradients),
      };
    });
  }

  /** As the update makes it of the shards' sums, `count` numbers of the packed parameters. */
  private meanOfShards(from: number, count: number): Float32Array {
    const { layout, floats } = this;
    const { m } = layout.train;
    const first = layout.gradients / 4 + from;
    const mean = floats.slice(first, first + count);
    for (let s = 1; s < shards(m).count; s++) {
      const next = floats.subarray(first + s * layout.count, first + s * layout.count + count);
      for (let k = 0; k < count; k++) mean[k] += next[k];
    }
    const scale = Math.fround(1 / m);
    for (let k = 0; k < count; k++) mean[k] *= scale;
    return mean;
  }

  /** The steps so far and the moments of the last whole epoch, as {@link restore} takes them. */
  state(): Float64Array {
    const arrays = MOMENT_ARRAYS[this.optimizer];
    const count = parameterCount(this.network);
    const state = new Float64Array(1 + arrays * count);
    state[0] = this.doubles[at.STEPS / 8];
    for (let k = 0; k < arrays; k++) state.set(this.readArray(k + 1), 1 + k * count);
    return state;
  }

  /** A state of one number alone is that of a fresh optimizer. Throws RangeError when they do not fit. */
  restore(parameters: Float64Array, state: Float64Array): void {
    const { layout, floats } = this;
    const count = parameterCount(this.network);
    const arrays = state.length === 1 ? 0 : MOMENT_ARRAYS[this.optimizer];
    if (parameters.length !== count || state.length !== 1 + arrays * count) {
      throw new RangeError(`${count} parameters are needed, got ${parameters.length}`);
    }
    const from = layout.parameters / 4;
    floats.fill(0, from, from + 3 * layout.count);
    eachParameter(layout, (packed, flat) => {
      floats[from + packed] = parameters[flat];
      for (let k = 0; k < arrays; k++) {
        floats[from + (k + 1) * layout.count + packed] = state[1 + k * count + flat];
      }
    });
    this.doubles[at.STEPS / 8] = state[0];
    this.kernel.transposeWeights();
  }

  /** Whether a parameter, padding included, is beyond ±`bound`. */
  hasWeightBeyond(bound: number): boolean {
    const from = this.layout.parameters / 4;
    return this.floats.subarray(from, from + this.layout.count).some((w) => Math.abs(w) > bound);
  }

  /** Says how the next updates are made, but for the learning rate of {@link askForEpochs}. */
  writeOptions({ learningRate, momentum, l1, l2, frozen }: EpochOptions): void {
    const { floats } = this;
    floats[at.UPDATE_RATE / 4] = learningRate;
    floats[at.UPDATE_MOMENTUM / 4] = momentum;
    floats[at.UPDATE_L1 / 4] = l1;
    floats[at.UPDATE_L2 / 4] = l2;
    if (frozen !== this.frozen) this.writeFrozen(frozen);
  }

  /** Asks for full-batch epochs, each with its learning rate, and whether the test part is measured after it. */
  askForEpochs(asked: readonly { readonly learningRate: number; readonly tests: boolean }[]): void {
    const { words, floats } = this;
    asked.forEach(({ learningRate, tests }, k) => {
      const record = this.record(k);
      floats[(record + at.RECORD_RATE) / 4] = learningRate;
      words[(record + at.RECORD_TESTS) / 4] = Number(tests);
    });
    words[at.EPOCHS_WANTED / 4] = asked.length;
    words[at.EPOCHS_DONE / 4] = 0;
  }

  /** What the `k`-th epoch that was asked for came to; `test` is null where it was not measured. */
  resultOfEpoch(k: number): { readonly train: Sums; readonly test: Sums | null } {
    const record = this.record(k);
    const sums = (cost: number, score: number): Sums => ({
      cost: this.doubles[(record + cost) / 8],
      score: this.doubles[(record + score) / 8],
    });
    const tests = this.words[(record + at.RECORD_TESTS) / 4] === 1;
    return {
      train: sums(at.RECORD_COST, at.RECORD_SCORE),
      test: tests ? sums(at.RECORD_TEST_COST, at.RECORD_TEST_SCORE) : null,
    };
  }

  /** Asks for the mini-batches of an epoch, whose order stands in memory. */
  askForBatches(size: number): void {
    const { words, layout } = this;
    const { m } = layout.train;
    const whole = shards(Math.min(size, m));
    const last = shards(m % size || Math.min(size, m));
    words[at.BATCH_FROM / 4] = 0;
    words[at.BATCH_SIZE / 4] = Math.min(size, m);
    words[at.BATCH_SHARDS / 4] = whole.count;
    words[at.BATCH_SHARD_SIZE / 4] = whole.size;
    words[at.LAST_SHARDS / 4] = last.count;
    words[at.LAST_SHARD_SIZE / 4] = last.size;
  }

  /** The sums of the last pass. */
  sums(): Sums {
    return { cost: this.doubles[at.SUM_COST / 8], score: this.doubles[at.SUM_SCORE / 8] };
  }

  private writeFrozen(frozen: EpochOptions['frozen']): void {
    const { layout, words } = this;
    let next = layout.frozen / 4;
    if (frozen && frozen.size > 0) {
      eachParameter(layout, (packed, flat) => {
        if (frozen.has(flat)) words[next++] = 4 * packed;
      });
    }
    words[at.FROZEN_COUNT / 4] = next - layout.frozen / 4;
    this.frozen = frozen;
  }

  private record(k: number): number {
    return this.layout.records + k * at.RECORD_SIZE;
  }

  /** Parameters (0) or moments (1, 2). */
  private readArray(array: number): Float64Array {
    const { layout, floats } = this;
    const from = layout.parameters / 4 + array * layout.count;
    const out = new Float64Array(parameterCount(this.network));
    eachParameter(layout, (packed, flat) => (out[flat] = floats[from + packed]));
    return out;
  }

  private writeNetwork(): void {
    const { layout, words, network } = this;
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
    set(at.LOSSES, layout.losses);
    set(at.SCORES, layout.scores);
    set(at.LANES, layout.lanes);
    set(at.RECORDS, layout.records);
    set(at.ORDER, layout.order);
    set(at.FROZEN, layout.frozen);
    this.writePart(at.TRAIN_PART, layout.train);
    this.writePart(at.TEST_PART, layout.test);
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
  }

  private writePart(address: number, { m, X, Y, weights }: PartLayout): void {
    const { count, size } = shards(m);
    // In the order of the words from PASS_X on; X lies in groups at first.
    this.words.set([X, Y, weights, m, 0, count, size], address / 4);
  }

  private writeOptimizer(): void {
    const { words, floats, doubles } = this;
    doubles[at.BETA_1 / 8] = BETA_1;
    doubles[at.BETA_2 / 8] = BETA_2;
    words[at.UPDATE_OPTIMIZER / 4] = OPTIMIZER[this.optimizer];
    floats[at.UPDATE_BETA_1 / 4] = BETA_1;
    floats[at.UPDATE_REST_1 / 4] = 1 - BETA_1;
    floats[at.UPDATE_BETA_2 / 4] = BETA_2;
    floats[at.UPDATE_REST_2 / 4] = 1 - BETA_2;
    floats[at.UPDATE_EPSILON / 4] = EPSILON;
  }
}
