import { LEAKY_SLOPE } from '../core/activations';
import * as at from './assembly/addresses';
import * as codes from './assembly/codes';
import bytes from './kernel.wasm';

/** What the AssemblyScript modules export; addresses and sizes are in bytes, outcomes are those of codes.ts. */
export interface Kernel {
  openPart(part: number, backward: boolean): void;
  proceed(): number;
  epochs(): number;
  batches(): number;
  help(thread: number, generation: number): void;
  snapshot(): void;
  undo(): void;
  transposeWeights(): void;
  regroup(x: number, groups: number, nx: number, toGroups: boolean, spare: number): void;
  finish(): void;
  join(milliseconds: number): number;
  cancel(): void;
  spin(turns: number): void;
  peak(turns: number): number;
  peakPairs(turns: number, out: number): void;
  apply(f: number, at: number, count: number): void;
}

let compiled: WebAssembly.Module | undefined;
/** The compiled kernels, which threads may share. */
export const kernelModule = (): WebAssembly.Module => (compiled ??= compileKernels());

/** A section that says nothing: V8 compiles the same bytes only once. */
const NOTHING = [0, 2, 1, 0x20];

/** Compiles the kernels under the flags that V8 has now; `anew`: even where it has done so before. */
export const compileKernels = ({ anew = false } = {}): WebAssembly.Module =>
  new WebAssembly.Module(anew ? Uint8Array.of(...bytes, ...NOTHING) : bytes);

/** The kernels over a memory. */
export function instantiate(module: WebAssembly.Module, memory: WebAssembly.Memory): Kernel {
  return new WebAssembly.Instance(module, { env: { memory } }).exports as unknown as Kernel;
}

const PAGE = 65536;

/** A memory of at least `size` bytes that cannot grow. */
export function allocate(size: number): WebAssembly.Memory {
  const pages = Math.ceil(size / PAGE);
  return new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true });
}

const float = (value: number) => new Uint32Array(Float32Array.of(value).buffer)[0];

/** The bits of the kernels' constants, each at its code; the polynomials are least-maximum fits of ours. */
const CONSTANTS: Readonly<Record<number, number>> = {
  [codes.ONE]: float(1),
  [codes.TWO]: float(2),
  [codes.LOG2_E]: float(Math.LOG2E),
  // The first part is so short that its product with a small whole number is exact (Cody and Waite).
  [codes.LN2_HIGH]: float(0.693359375),
  [codes.LN2_LOW]: float(-2.1219444005469057e-4),
  // 1.5 · 2²³ leaves the whole number in the low bits.
  [codes.ROUNDER]: float(12582912),
  [codes.LEAST_EXP]: float(-87.33654),
  [codes.MINUS_ONE]: float(-1),
  // expm1, relative error 1.3e-8
  [codes.E0]: float(0.4999999701976776),
  [codes.E1]: float(0.1666654348373413),
  [codes.E2]: float(0.04166720062494278),
  [codes.E3]: float(0.008366547524929047),
  [codes.E4]: float(0.0013882514322176576),
  // 2 artanh, relative error 4.5e-9
  [codes.L0]: float(0.666664183139801),
  [codes.L1]: float(0.4002152681350708),
  [codes.L2]: float(0.2800181210041046),
  [codes.L3]: float(0.2801195979118347),
  [codes.SIGN]: 0x80000000,
  [codes.MANTISSA]: 0x007fffff,
  [codes.SLOPE]: float(LEAKY_SLOPE),
  [codes.TANH_LEAST]: float(-8.2),
  [codes.TANH_MOST]: float(8.2),
  // tanh: relative error 8e-9 before rounding; neighbours were tried for the least rounding error
  [codes.P0]: float(1),
  [codes.P0 + 1]: float(0.1343211531639099),
  [codes.P0 + 2]: float(0.003556677373126149),
  [codes.P0 + 3]: float(2.1637120880768634e-5),
  [codes.P0 + 4]: float(1.4840347617450789e-8),
  [codes.Q0]: float(1),
  [codes.Q0 + 1]: float(0.46765440702438354),
  [codes.Q0 + 2]: float(0.026108266785740852),
  [codes.Q0 + 3]: float(0.00033864256693050265),
  [codes.Q0 + 4]: float(8.370518003175675e-7),
};

/** Writes what the kernels' functions read. */
export function writeConstants(memory: WebAssembly.Memory): void {
  const words = new Uint32Array(memory.buffer);
  for (const [code, bits] of Object.entries(CONSTANTS)) {
    const from = at.CONSTANTS / 4 + 4 * Number(code);
    words.fill(bits, from, from + 4);
  }
}

/** What a helper thread does until it is closed; see `help` in assembly/training.ts. It may begin late. */
export function serve(module: WebAssembly.Module, memory: WebAssembly.Memory, thread: number): void {
  const kernel = instantiate(module, memory);
  const words = new Int32Array(memory.buffer);
  const generation = Atomics.load(words, at.GENERATION / 4);
  Atomics.add(words, at.READY / 4, 1);
  Atomics.notify(words, at.READY / 4);
  // After closing no generation comes any more that it could wait for.
  if (Atomics.load(words, at.CLOSED / 4) === 1) return;
  try {
    kernel.help(thread, generation);
  } catch (error) {
    // The leader, which may be waiting for this thread's shard, has to learn of it at once.
    Atomics.store(words, at.FAILED / 4, 1);
    kernel.finish();
    throw error;
  }
}
