/** Forward, cost and backward over a shard, a block of examples at a time: the block stays in the cache. */
import * as at from './addresses';
import { OUTPUT_SIGMOID, OUTPUT_SOFTMAX } from './codes';
import { activate } from './activation';
import { biasGradient, gradientProduct } from './gradient';
import { backwardProduct, forwardProduct } from './multiply';
import { addClasses, addSquares, linearOutput, sigmoidOutput, softmaxOutput } from './output';

@inline
function word(address: i32): i32 {
  return load<i32>(address);
}

/**
 * Works on at most `most` blocks of a shard, from `block` on. Returns the next block, or −1 at the shard's
 * end. The shard's gradient sums and results start at 0 with its first block.
 */
export function shard(thread: i32, index: i32, block: i32, most: i32): i32 {
  const gradient = <usize>(word(at.GRADIENTS) + index * word(at.PARAMETER_COUNT) * 4);
  const result = <usize>(word(at.RESULTS) + index * 16);
  const scratch = <usize>(word(at.SCRATCH) + thread * word(at.SCRATCH_SIZE));
  const size = word(at.PASS_SHARD_SIZE);
  const from = index * size;
  const end = min(from + size, word(at.PASS_COUNT));
  const step = word(at.BLOCK);
  if (block == 0) {
    if (word(at.PASS_BACKWARD)) clear(gradient, word(at.PARAMETER_COUNT));
    store<f64>(result, 0);
    store<f64>(result, 0, 8);
  }
  let start = from + block * step;
  while (most > 0 && start < end) {
    one(scratch, gradient, result, start, min(step, end - start));
    start += step;
    block++;
    most--;
  }
  return start < end ? block : -1;
}

/** Zeroes `count` floats, a multiple of 4: for the few of a small network a loop is quicker than memory.fill. */
function clear(to: usize, count: i32): void {
  while (count > 0) {
    v128.store(to, f32x4.splat(0));
    to += 16;
    count -= 4;
  }
}

/** One block: examples `start` to `start + n`. */
function one(scratch: usize, gradient: usize, result: usize, start: i32, n: i32): void {
  const groups = (n + 7) >> 3;
  const nx = load<i32>(at.LAYERS + at.N_IN);
  let x = <usize>word(at.PASS_X);
  let y = <usize>word(at.PASS_Y);
  let weights = <usize>word(at.PASS_WEIGHTS);
  if (word(at.PASS_GATHERS)) {
    gather(scratch, x, y, weights, start, n, nx);
    x = scratch + <usize>word(at.GATHERED_X);
    y = scratch + <usize>word(at.GATHERED_Y);
    weights = scratch + <usize>word(at.GATHERED_WEIGHTS);
  } else {
    x += (<usize>start * <usize>nx) << 2;
    y += <usize>start << 2;
    weights += <usize>start << 2;
  }
  const count = word(at.LAYER_COUNT);
  const parameters = <usize>word(at.PARAMETERS);
  const hidden = word(at.HIDDEN);

  let layer: usize = at.LAYERS;
  let input = x;
  let l = 1;
  for (;;) {
    const output = scratch + <usize>load<i32>(layer, at.A);
    const strideOut = <usize>load<i32>(layer, at.STRIDE_OUT);
    const units = load<i32>(layer, at.N_OUT);
    forwardProduct(
      parameters + <usize>load<i32>(layer, at.W),
      parameters + <usize>load<i32>(layer, at.B),
      input,
      <usize>load<i32>(layer, at.STRIDE_IN),
      output,
      strideOut,
      load<i32>(layer, at.N_IN),
      units,
      groups,
    );
    if (l == count) break;
    activate(output, strideOut, units, groups, hidden);
    input = output;
    layer += at.LAYER_SIZE;
    l++;
  }

  const z = scratch + <usize>load<i32>(layer, at.A);
  const stride = <usize>load<i32>(layer, at.STRIDE_OUT);
  const kind = word(at.OUTPUT);
  const losses = scratch + <usize>word(at.LOSSES);
  const scores = scratch + <usize>word(at.SCORES);
  if (kind == OUTPUT_SIGMOID) sigmoidOutput(z, stride, y, weights, groups, losses, scores);
  else if (kind == OUTPUT_SOFTMAX)
    softmaxOutput(z, stride, y, weights, load<i32>(layer, at.N_OUT), groups, losses, scores);
  else linearOutput(z, stride, y, weights, groups, losses, scores);
  if (kind == OUTPUT_SIGMOID || kind == OUTPUT_SOFTMAX) addClasses(losses, scores, groups, result);
  else addSquares(losses, scores, groups, result);
  if (!word(at.PASS_BACKWARD)) return;

  for (;;) {
    const errors = scratch + <usize>load<i32>(layer, at.A);
    const below = l == 1 ? x : scratch + <usize>load<i32>(layer - at.LAYER_SIZE, at.A);
    const strideIn = <usize>load<i32>(layer, at.STRIDE_IN);
    const strideOut = <usize>load<i32>(layer, at.STRIDE_OUT);
    const inputs = load<i32>(layer, at.N_IN);
    const units = load<i32>(layer, at.N_OUT);
    const lanes = scratch + <usize>word(at.LANES);
    gradientProduct(
      errors,
      strideOut,
      below,
      strideIn,
      gradient + <usize>load<i32>(layer, at.W),
      inputs,
      units,
      groups,
      lanes,
    );
    biasGradient(errors, strideOut, gradient + <usize>load<i32>(layer, at.B), units, groups, lanes);
    if (l == 1) return;
    backwardProduct(
      <usize>load<i32>(layer, at.W_TRANSPOSED),
      errors,
      strideOut,
      below,
      strideIn,
      units,
      inputs,
      groups,
      hidden,
    );
    layer -= at.LAYER_SIZE;
    l--;
  }
}

/** Brings `n` examples that lie one by one into groups of 8, as the products want them. */
function gather(
  scratch: usize,
  x: usize,
  y: usize,
  weights: usize,
  start: i32,
  n: i32,
  nx: i32,
): void {
  const order = <usize>word(at.PASS_ORDER);
  const toX = scratch + <usize>word(at.GATHERED_X);
  const toY = scratch + <usize>word(at.GATHERED_Y);
  const toWeights = scratch + <usize>word(at.GATHERED_WEIGHTS);
  const groupBytes = <usize>nx << 5;
  const size = <usize>nx << 2;
  touch(order, x, size, start, n);
  for (let j = 0; j < n; j += 8) {
    const at0 = toX + (<usize>j >> 3) * groupBytes;
    const p0 = x + example(order, start, j, n) * size;
    const p1 = x + example(order, start, j + 1, n) * size;
    const p2 = x + example(order, start, j + 2, n) * size;
    const p3 = x + example(order, start, j + 3, n) * size;
    transpose(at0, p0, p1, p2, p3, nx);
    const p4 = x + example(order, start, j + 4, n) * size;
    const p5 = x + example(order, start, j + 5, n) * size;
    const p6 = x + example(order, start, j + 6, n) * size;
    const p7 = x + example(order, start, j + 7, n) * size;
    transpose(at0 + 16, p4, p5, p6, p7, nx);
    for (let k = j; k < j + 8; k++) {
      const from = example(order, start, k, n) << 2;
      const offset = <usize>k << 2;
      store<f32>(toY + offset, load<f32>(y + from));
      // What fills up the last group weighs nothing.
      store<f32>(toWeights + offset, k < n ? load<f32>(weights + from) : 0);
    }
  }
}

const CACHE_LINE: usize = 64;

/**
 * Reads a word of each cache line of the rows to come: shuffled rows lie far apart, and many can be on their
 * way at once, where copying waits for each group of them.
 */
function touch(order: usize, x: usize, size: usize, start: i32, n: i32): i32 {
  let sum = 0;
  for (let j = 0; j < n; j++) {
    let p = x + example(order, start, j, n) * size;
    const end = p + size;
    do {
      sum += load<i32>(p);
      p += CACHE_LINE;
    } while (p < end);
  }
  return sum;
}

@inline
function example(order: usize, start: i32, j: i32, n: i32): usize {
  const position = start + (j < n ? j : 0);
  return order ? <usize>load<i32>(order + (<usize>position << 2)) : <usize>position;
}

/** Four rows of `nx` floats become the halves of `nx` pairs; reads and writes up to three floats further. */
@inline
function transpose(to: usize, p0: usize, p1: usize, p2: usize, p3: usize, nx: i32): void {
  let k = nx;
  do {
    const r0 = v128.load(p0);
    const r1 = v128.load(p1);
    const r2 = v128.load(p2);
    const r3 = v128.load(p3);
    const t0 = v128.shuffle<f32>(r0, r1, 0, 4, 1, 5);
    const t1 = v128.shuffle<f32>(r2, r3, 0, 4, 1, 5);
    v128.store(to, v128.shuffle<f32>(t0, t1, 0, 1, 4, 5));
    if (k > 1) v128.store(to, v128.shuffle<f32>(t0, t1, 2, 3, 6, 7), 32);
    if (k > 2) {
      const t2 = v128.shuffle<f32>(r0, r1, 2, 6, 3, 7);
      const t3 = v128.shuffle<f32>(r2, r3, 2, 6, 3, 7);
      v128.store(to, v128.shuffle<f32>(t2, t3, 0, 1, 4, 5), 64);
      if (k > 3) v128.store(to, v128.shuffle<f32>(t2, t3, 2, 3, 6, 7), 96);
    }
    p0 += 16;
    p1 += 16;
    p2 += 16;
    p3 += 16;
    to += 128;
    k -= 4;
  } while (k > 0);
}

/**
 * Turns `count` groups of 8 examples at `x` from groups into examples one by one, or back, each in its
 * place by way of `spare` (8 · nx floats).
 */
export function regroup(x: usize, count: i32, nx: i32, toGroups: bool, spare: usize): void {
  const bytes = <usize>nx << 5;
  while (count > 0) {
    memory.copy(spare, x, bytes);
    for (let j = 0; j < 8; j++) {
      for (let k = 0; k < nx; k++) {
        const grouped = <usize>(k * 8 + j) << 2;
        const single = <usize>(j * nx + k) << 2;
        store<f32>(x + (toGroups ? grouped : single), load<f32>(spare + (toGroups ? single : grouped)));
      }
    }
    x += bytes;
    count--;
  }
}
