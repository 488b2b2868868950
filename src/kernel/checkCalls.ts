import * as at from './assembly/addresses';
import * as codes from './assembly/codes';

/** Bytes of the memory that the loops are tried in. */
export const SIZE = 65_536;
const INPUT = 8_192;
const WEIGHTS = 40_960;
const BIAS = 47_104;
const OUTPUT = 49_152;
const LABELS = 57_344;
const EXAMPLE_WEIGHTS = 57_856;
const LOSSES = 58_368;
const SCORES = 58_880;
const LANES = 59_392;
/** Numbers that are not negative: Adam takes their roots. */
const POSITIVE = 60_416;

// Tiles of four, two and one units, two groups and one, and more inputs than fit into a panel.
const [INPUTS, UNITS, GROUPS, MANY] = [37, 7, 5, 260];
const IN = 32 * INPUTS;
const OUT = 32 * UNITS;
const COUNT = 64;

/** A network over the same numbers, for the functions into which V8 takes copies of the loops: where its parts lie. */
const SIZES = [INPUTS, UNITS, GROUPS];
const EXAMPLES = 21;
const TRANSPOSED = 45_056;
const GRADIENT = 32_768;
const PREVIOUS = 36_864;
const RESULT = 61_440;
const ORDER = 62_464;
const MOMENTS = 63_488;

export type Words = Readonly<Record<number, number>>;

/** How each loop that V8 may widen is called; all of it stays inside the memory. */
export const CALLS: Readonly<Record<string, readonly number[]>> = {
  forwardProduct: [WEIGHTS, BIAS, INPUT, IN, OUTPUT, OUT, INPUTS, UNITS, GROUPS],
  addPanel: [WEIGHTS, INPUT, 32 * MANY, OUTPUT, OUT, MANY, 5, 3, 256],
  backwardTanh: [WEIGHTS, INPUT, IN, OUTPUT, OUT, INPUTS, UNITS, GROUPS],
  backwardSigmoid: [WEIGHTS, INPUT, IN, OUTPUT, OUT, INPUTS, UNITS, GROUPS],
  backwardRelu: [WEIGHTS, INPUT, IN, OUTPUT, OUT, INPUTS, UNITS, GROUPS],
  backwardLeakyRelu: [WEIGHTS, INPUT, IN, OUTPUT, OUT, INPUTS, UNITS, GROUPS],
  backwardLinear: [WEIGHTS, INPUT, IN, OUTPUT, OUT, INPUTS, UNITS, GROUPS],
  gradientProduct: [OUTPUT, OUT, INPUT, IN, WEIGHTS, INPUTS, UNITS, GROUPS, LANES],
  biasGradient: [OUTPUT, OUT, BIAS, UNITS, GROUPS, LANES],
  activateTanh: [OUTPUT, OUT, UNITS, GROUPS],
  activateSigmoid: [OUTPUT, OUT, UNITS, GROUPS],
  activateRelu: [OUTPUT, OUT, UNITS, GROUPS],
  activateLeakyRelu: [OUTPUT, OUT, UNITS, GROUPS],
  sigmoidOutput: [OUTPUT, OUT, LABELS, EXAMPLE_WEIGHTS, GROUPS, LOSSES, SCORES],
  softmaxOutput: [OUTPUT, OUT, LABELS, EXAMPLE_WEIGHTS, UNITS, GROUPS, LOSSES, SCORES],
  linearOutput: [OUTPUT, OUT, LABELS, EXAMPLE_WEIGHTS, GROUPS, LOSSES, SCORES],
  meanGradient: [INPUT, COUNT],
  addPenalties: [INPUT, WEIGHTS, COUNT],
  stepDescent: [INPUT, WEIGHTS, COUNT],
  stepMomentum: [INPUT, WEIGHTS, BIAS, COUNT],
  stepNesterov: [INPUT, WEIGHTS, BIAS, COUNT],
  stepAdam: [INPUT, WEIGHTS, BIAS, POSITIVE, COUNT],
};

/** A call of a function that V8 takes copies of the loops into, and what is set for it. */
export interface WholeCall {
  readonly call: 'block' | 'update';
  readonly args: readonly number[];
  readonly words: Words;
}

/** How the functions that work through a block, and that update, are called. */
export const WHOLE: Readonly<Record<string, WholeCall>> = {
  'block of tanh': block(codes.TANH, codes.OUTPUT_SIGMOID, 1),
  'block of sigmoid': block(codes.SIGMOID, codes.OUTPUT_SOFTMAX, 3),
  'block of ReLU': block(codes.RELU, codes.OUTPUT_LINEAR, 1),
  'block of leaky ReLU': block(codes.LEAKY_RELU, codes.OUTPUT_SIGMOID, 1),
  'block of the identity': block(codes.LINEAR, codes.OUTPUT_SOFTMAX, 3),
  'gradient descent': update(codes.GRADIENT_DESCENT),
  momentum: update(codes.MOMENTUM),
  'Nesterov’s momentum': update(codes.NESTEROV),
  Adam: update(codes.ADAM),
};

function block(hidden: number, output: number, outputs: number): WholeCall {
  const words = { ...networkOf(outputs), [at.HIDDEN]: hidden, [at.OUTPUT]: output };
  return { call: 'block', args: [OUTPUT, GRADIENT, RESULT, 3, EXAMPLES], words };
}

function update(optimizer: number): WholeCall {
  const [low1, high1, low2, high2] = new Int32Array(Float64Array.of(0.9, 0.999).buffer);
  const words = {
    ...networkOf(3),
    [at.UPDATE_OPTIMIZER]: optimizer,
    ...{ [at.BETA_1]: low1, [at.BETA_1 + 4]: high1, [at.BETA_2]: low2, [at.BETA_2 + 4]: high2 },
  };
  return { call: 'update', args: [], words };
}

/** The words that describe a network of two hidden layers, a pass over examples in some order, and an update. */
function networkOf(outputs: number): Words {
  const words: Record<number, number> = {};
  const eights = (count: number) => 8 * Math.ceil(count / 8);
  const sizes = [...SIZES, outputs];
  const groups = Math.ceil(EXAMPLES / 8);
  let [parameters, scratch, transposed] = [0, 32 * groups * INPUTS, TRANSPOSED];
  const room = (bytes: number) => (scratch += bytes) - bytes;
  words[at.GATHERED_X] = 0;
  words[at.GATHERED_Y] = room(32 * groups);
  words[at.GATHERED_WEIGHTS] = room(32 * groups);
  for (let l = 1; l < sizes.length; l++) {
    const layer = at.LAYERS + (l - 1) * at.LAYER_SIZE;
    const [inputs, units] = [sizes[l - 1], sizes[l]];
    const [weights, biases] = [eights(inputs * units), eights(units)];
    words[layer + at.N_IN] = inputs;
    words[layer + at.N_OUT] = units;
    words[layer + at.W] = 4 * parameters;
    words[layer + at.B] = 4 * (parameters + weights);
    words[layer + at.W_COUNT] = weights;
    words[layer + at.B_COUNT] = biases;
    words[layer + at.W_TRANSPOSED] = transposed;
    words[layer + at.A] = room(32 * groups * units);
    words[layer + at.STRIDE_IN] = 32 * inputs;
    words[layer + at.STRIDE_OUT] = 32 * units;
    parameters += weights + biases;
    if (l > 1) transposed += 4 * weights;
  }
  words[at.LOSSES] = room(32 * groups);
  words[at.SCORES] = room(32 * groups);
  words[at.LANES] = room(512);
  words[at.LAYER_COUNT] = sizes.length - 1;
  words[at.PARAMETER_COUNT] = parameters;
  words[at.PARAMETERS] = WEIGHTS;
  words[at.MOMENT_1] = BIAS;
  words[at.MOMENT_2] = MOMENTS;
  words[at.PREVIOUS] = PREVIOUS;
  words[at.GRADIENTS] = INPUT;
  words[at.PASS_X] = INPUT;
  words[at.PASS_Y] = LABELS;
  words[at.PASS_WEIGHTS] = EXAMPLE_WEIGHTS;
  words[at.PASS_GATHERS] = 1;
  words[at.PASS_ORDER] = ORDER;
  words[at.PASS_BACKWARD] = 1;
  // 13 and 32 have no divisor in common: each place once.
  for (let k = 0; k < 32; k++) words[ORDER + 4 * k] = (13 * k + 5) % 32;
  return words;
}

/** Fills the memory with moderate numbers, the same everywhere. */
export function writeNumbers({ buffer }: WebAssembly.Memory, lanes: 4 | 8): void {
  const floats = new Float32Array(buffer);
  const words = new Int32Array(buffer);
  let state = 1;
  // Park and Miller; below 2³¹ · 48271, so exact.
  for (let k = at.FREE / 4; k < floats.length; k++) {
    state = (state * 48271) % 2147483647;
    floats[k] = state / 1073741824 - 1;
  }
  for (let k = POSITIVE / 4; k < floats.length; k++) floats[k] = Math.abs(floats[k]);
  for (let k = 0; k < 8 * GROUPS; k++) floats[LABELS / 4 + k] = k % 3;
  floats.fill(0, EXAMPLE_WEIGHTS / 4 + 8 * GROUPS - 3, EXAMPLE_WEIGHTS / 4 + 8 * GROUPS);
  words[at.WIDE / 4] = Number(lanes === 8);
  words[at.PASS_SHARDS / 4] = 3;
  words[at.PARAMETER_COUNT / 4] = 128;
  floats[at.UPDATE_SCALE / 4] = 1 / 48;
  floats[at.UPDATE_RATE / 4] = 0.05;
  floats[at.UPDATE_MOMENTUM / 4] = 0.9;
  floats[at.UPDATE_L1 / 4] = 0.001;
  floats[at.UPDATE_L2 / 4] = 0.01;
  floats[at.UPDATE_CORRECTION_1 / 4] = 5.26;
  floats[at.UPDATE_CORRECTION_2 / 4] = 22.4;
  floats[at.UPDATE_BETA_1 / 4] = 0.9;
  floats[at.UPDATE_REST_1 / 4] = 0.1;
  floats[at.UPDATE_BETA_2 / 4] = 0.999;
  floats[at.UPDATE_REST_2 / 4] = 0.001;
  floats[at.UPDATE_EPSILON / 4] = 1e-8;
}
