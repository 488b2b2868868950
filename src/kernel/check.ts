import * as at from './assembly/addresses';
import { allocate, instantiate, writeConstants } from './kernel';

/** Bytes of the memory that the loops are tried in. */
const SIZE = 65_536;
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

type Loop = (...args: number[]) => void;

/** How each loop that V8 may widen is called; all of it stays inside the memory. */
const CALLS: Readonly<Record<string, readonly number[]>> = {
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

/** What each loop leaves in the memory, as {@link hashOf} has it: found on 128-bit machines, and the same on all. */
const EXPECTED: Readonly<Record<string, number>> = {
  forwardProduct: -2042569924,
  addPanel: 457735251,
  backwardTanh: -614156178,
  backwardSigmoid: 511403236,
  backwardRelu: 904607307,
  backwardLeakyRelu: 139409303,
  backwardLinear: -1267386455,
  gradientProduct: -2076967227,
  biasGradient: 1274139853,
  activateTanh: 261835391,
  activateSigmoid: -1520709972,
  activateRelu: 726307389,
  activateLeakyRelu: -1568432540,
  sigmoidOutput: 690921297,
  softmaxOutput: -1798163368,
  linearOutput: 1255587043,
  meanGradient: 292937365,
  addPenalties: -1922507917,
  stepDescent: -1604687173,
  stepMomentum: -343127833,
  stepNesterov: -206145202,
  stepAdam: 13671139,
};

/** The names of the loops that V8 may widen. */
export const loopNames = Object.keys(CALLS);

/**
 * Runs every loop that V8 may widen on fixed numbers, in the tiles for wide machines, and returns the names of those
 * whose bits are not the ones that they should be. `after` may look at what a loop has left.
 */
export function wrongLoops(
  module: WebAssembly.Module,
  after: (name: string, words: Int32Array) => void = () => undefined,
): string[] {
  const hashes = loopHashes(module, 8, after);
  return loopNames.filter((name) => hashes[name] !== EXPECTED[name]);
}

/** What each loop leaves in the memory. */
export function loopHashes(
  module: WebAssembly.Module,
  lanes: 4 | 8,
  after: (name: string, words: Int32Array) => void = () => undefined,
): Record<string, number> {
  const memory = allocate(SIZE);
  const loops = instantiate(module, memory) as unknown as Readonly<Record<string, Loop>>;
  const words = new Int32Array(memory.buffer);
  writeConstants(memory);
  writeNumbers(memory, lanes);
  const before = words.slice();
  return Object.fromEntries(
    Object.entries(CALLS).map(([name, args]) => {
      words.set(before);
      loops[name](...args);
      after(name, words);
      return [name, hashOf(words)];
    }),
  );
}

/** FNV-1a over words. */
function hashOf(words: Int32Array): number {
  let hash = 0x811c9dc5 | 0;
  for (let k = at.FINITE / 4; k < words.length; k++) hash = Math.imul(hash ^ words[k], 0x01000193);
  return hash;
}

/** Fills the memory with moderate numbers, the same everywhere. */
function writeNumbers({ buffer }: WebAssembly.Memory, lanes: 4 | 8): void {
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
