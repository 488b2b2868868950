import * as at from './assembly/addresses';
import { CALLS, SIZE, WHOLE, writeNumbers, type Words } from './checkCalls';
import { allocate, instantiate, writeConstants } from './kernel';

type Loop = (...args: number[]) => void;

/** What each leaves in the memory, as {@link hashOf} has it: found on 128-bit machines, and the same on all. */
const EXPECTED: Readonly<Record<string, number>> = {
  forwardProduct: -2042569924,
  addPanel: 457735251,
  backwardTanh: -614156178,
  backwardSigmoid: 511403236,
  backwardRelu: 904607307,
  backwardLeakyRelu: 139409303,
  backwardLinear: -1267386455,
  gradientProduct: 1344225758,
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
  'block of tanh': 2023120347,
  'block of sigmoid': -1707945377,
  'block of ReLU': -163957683,
  'block of leaky ReLU': 1277727661,
  'block of the identity': -1009748763,
  'gradient descent': 465614089,
  momentum: -1525046193,
  'Nesterov’s momentum': -1149188209,
  Adam: -119598290,
};

/** The names of the loops that V8 may widen. */
export const loopNames = Object.keys(CALLS);
/** Those of the functions that it may take copies of them into. */
export const wholeNames = Object.keys(WHOLE);

/**
 * Runs every loop that V8 may widen, and the functions that have copies of them, on fixed numbers, in the tiles for wide
 * machines and in those for narrow ones, which may be the faster ones there too. Returns the names of those whose bits are
 * not the ones that they should be. `after` may look at what each has left.
 */
export function wrongLoops(
  module: WebAssembly.Module,
  after: (name: string, words: Int32Array) => void = () => undefined,
): string[] {
  const [wide, narrow] = [loopHashes(module, 8, after), loopHashes(module, 4, after)];
  const isWrong = (name: string) => wide[name] !== EXPECTED[name] || narrow[name] !== EXPECTED[name];
  return [...loopNames, ...wholeNames].filter(isWrong);
}

/** What each leaves in the memory. */
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
  const hashes: Record<string, number> = {};
  const run = (name: string, loop: string, args: readonly number[], set: Words) => {
    words.set(before);
    for (const [address, word] of Object.entries(set)) words[Number(address) / 4] = word;
    loops[loop](...args);
    after(name, words);
    hashes[name] = hashOf(words);
  };
  for (const [name, args] of Object.entries(CALLS)) run(name, name, args, {});
  for (const [name, { call, args, words: set }] of Object.entries(WHOLE)) run(name, call, args, set);
  return hashes;
}

/** FNV-1a over words. */
function hashOf(words: Int32Array): number {
  let hash = 0x811c9dc5 | 0;
  for (let k = at.FINITE / 4; k < words.length; k++) hash = Math.imul(hash ^ words[k], 0x01000193);
  return hash;
}
