/** Examples one by one, as mini-batches take them, into groups of 8, as the products want them, and back. */
import * as at from './addresses';

@inline
function word(address: i32): i32 {
  return load<i32>(address);
}

/** Brings `n` examples of the pass, from `start` on, into a thread's scratch. */
export function gather(
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
