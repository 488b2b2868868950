/** Forward, cost and backward over a shard, a block of examples at a time: the block stays in the cache. */
import * as at from './addresses';
import { OUTPUT_SIGMOID, OUTPUT_SOFTMAX } from './codes';
import { activate } from './activation';
import { gather } from './gather';
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
export function one(scratch: usize, gradient: usize, result: usize, start: i32, n: i32): void {
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
