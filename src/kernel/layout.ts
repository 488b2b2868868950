import { parameterCount, type Network } from '../core/network';
import * as at from './assembly/addresses';

/** Examples that a register holds two of: groups of 8 lie together in memory. */
export const GROUP = 8;
export const MOST_SHARDS = 16;
/** Examples in a shard, at least, as long as there are fewer than {@link MOST_SHARDS}. */
const SMALL_SHARD = 128;
/** A block's activations are meant to stay in this much cache. */
const CACHE = 640 * 1024;
const LARGEST_BLOCK = 256;
const SMALLEST_BLOCK = 32;
/** Kernels that copy rows four numbers at a time may touch this much beyond them. */
const SLACK = 128;
/** Full-batch epochs that one call trains at most. */
export const MOST_EPOCHS = 512;
/** Bytes for the sums of two tiles while their lanes are apart. */
const LANES = 512;

const roundUp = (value: number, unit: number) => Math.ceil(value / unit) * unit;

/** How m examples are divided among threads: by m alone, so that the sums do not depend on the threads. */
export function shards(m: number): { readonly count: number; readonly size: number } {
  const wanted = Math.min(MOST_SHARDS, Math.max(1, Math.ceil(m / SMALL_SHARD)));
  const size = Math.max(GROUP, roundUp(Math.ceil(m / wanted), GROUP));
  return { count: Math.ceil(m / size), size };
}

/** Where one layer is; `W` and `b` are offsets in numbers into the parameters. */
export interface LayerLayout {
  readonly inputs: number;
  readonly units: number;
  readonly W: number;
  readonly b: number;
  readonly transposed: number;
  /** Offset of its activations in a thread's scratch, and the bytes of 8 examples of them. */
  readonly activations: number;
  readonly stride: number;
}

/** Where the examples of one part are. `m` is rounded up to groups. */
export interface PartLayout {
  readonly m: number;
  readonly X: number;
  readonly Y: number;
  readonly weights: number;
}

/** Where everything is in the kernels' memory, in bytes unless said otherwise. */
export interface Layout {
  readonly layers: readonly LayerLayout[];
  /** Numbers in the parameters, each W and b rounded up to multiples of 8. */
  readonly count: number;
  readonly block: number;
  readonly parameters: number;
  readonly moments: number;
  /** Parameters and moments at the start of the epoch. */
  readonly previous: number;
  readonly gradients: number;
  readonly results: number;
  /** What is asked of epochs, and what they came to. */
  readonly records: number;
  readonly scratch: number;
  readonly scratchSize: number;
  /** Offsets in a thread's scratch. */
  readonly losses: number;
  readonly scores: number;
  readonly lanes: number;
  readonly gathered: { readonly X: number; readonly Y: number; readonly weights: number };
  readonly train: PartLayout;
  readonly test: PartLayout;
  readonly order: number;
  /** Offsets of the frozen parameters. */
  readonly frozen: number;
  readonly size: number;
}

/** Lays out the memory for a network, its examples and threads. */
export function layOut(network: Network, trainCount: number, testCount: number, threads: number): Layout {
  const { sizes } = network;
  const nx = sizes[0];
  let count = 0;
  let next = at.FREE;
  const take = (bytes: number) => {
    const from = next;
    next = roundUp(next + bytes, 64);
    return from;
  };

  const perExample = 4 * sizes.reduce((sum, n) => sum + n, 0);
  let block = LARGEST_BLOCK;
  while (block > SMALLEST_BLOCK && perExample * block > CACHE) block /= 2;

  let inScratch = 0;
  const inThread = (bytes: number) => {
    const from = inScratch;
    inScratch = roundUp(inScratch + bytes, 64);
    return from;
  };
  const gathered = {
    X: inThread(4 * nx * block + SLACK),
    Y: inThread(4 * block),
    weights: inThread(4 * block),
  };
  const losses = inThread(4 * block);
  const scores = inThread(4 * block);
  const lanes = inThread(LANES);
  const layers = sizes.slice(1).map((units, index): LayerLayout => {
    const inputs = sizes[index];
    const W = count;
    const b = W + roundUp(inputs * units, GROUP);
    count = b + roundUp(units, GROUP);
    const stride = strideOf(units);
    return {
      inputs,
      units,
      W,
      b,
      transposed: index === 0 ? 0 : take(4 * inputs * units + SLACK),
      activations: inThread((stride * block) / GROUP + SLACK),
      stride,
    };
  });
  const part = (m: number): PartLayout => {
    const groups = roundUp(m, GROUP);
    return { m, X: take(4 * nx * groups + SLACK), Y: take(4 * groups), weights: take(4 * groups) };
  };
  return {
    layers,
    count,
    block,
    parameters: take(3 * 4 * count),
    moments: 4 * count,
    previous: take(3 * 4 * count),
    gradients: take(4 * count * MOST_SHARDS),
    results: take(16 * MOST_SHARDS),
    records: take(at.RECORD_SIZE * MOST_EPOCHS),
    scratch: take(inScratch * threads),
    scratchSize: inScratch,
    gathered,
    losses,
    scores,
    lanes,
    train: part(trainCount),
    test: part(testCount),
    order: take(4 * trainCount),
    frozen: take(4 * count),
    size: next + SLACK,
  };
}

/** Bytes of 8 examples of a layer: an odd number of cache lines where a power of two would crowd one cache set. */
function strideOf(units: number): number {
  const bytes = 4 * GROUP * units;
  return bytes % 256 === 0 ? bytes + 64 : bytes;
}

/** The most that 32-bit addresses reach, less a little. */
const MOST_BYTES = 65_000 * 65_536;

/** The training needs more memory than it may have. Nothing has been allocated. */
export class TooLargeError extends Error {
  constructor(
    readonly needed: number,
    readonly allowed: number,
  ) {
    super(`needs ${needed} bytes, ${allowed} are allowed`);
  }
}

/** As {@link layOut}, with as many of the threads as fit into `budget` bytes. Throws TooLargeError when not even one does. */
export function layOutWithin(
  budget: number | undefined,
  network: Network,
  trainCount: number,
  testCount: number,
  threads: number,
): { readonly layout: Layout; readonly threads: number } {
  const allowed = Math.min(budget ?? MOST_BYTES, MOST_BYTES);
  for (let wanted = threads; ; wanted--) {
    const layout = layOut(network, trainCount, testCount, wanted);
    if (layout.size <= allowed) return { layout, threads: wanted };
    if (!(wanted > 1)) throw new TooLargeError(layout.size, allowed);
  }
}

/** Calls `each` with the place of every parameter: its index in the packed order and in that of `flatten`. */
export function eachParameter(layout: Layout, each: (packed: number, flat: number) => void): void {
  let flat = 0;
  for (const { inputs, units, W, b } of layout.layers) {
    const tiled = units - (units % 4);
    for (let i = 0; i < units; i++) {
      for (let k = 0; k < inputs; k++) {
        const within = i < tiled ? (i - (i % 4)) * inputs + 4 * k + (i % 4) : i * inputs + k;
        each(W + within, flat++);
      }
    }
    for (let i = 0; i < units; i++) each(b + i, flat++);
  }
}

/** Floating-point operations of forward and backward on one example, multiplications and additions each. */
export const operations = (network: Network): number =>
  network.sizes.slice(1).reduce((sum, n, l) => sum + n * network.sizes[l] * (l === 0 ? 4 : 6), 0) +
  2 * parameterCount(network);
