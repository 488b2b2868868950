/**
 * Tiles of the products: some units times one or two groups of 8 examples, whose sums stay in registers. `w`, `b`, `a`
 * and `out` are the first weight, bias, input and output; `k` is the number of inputs, at least 1. Each returns where
 * its weights end; with `second`, those of the second unit begin so many bytes after those of the first.
 *
 * The loops are shaped for V8 to widen them to 256 bits: the two halves of a group are loaded, computed and stored
 * side by side, and nothing is stored between the loads of a pair. A sum adds up in the same order in all tiles.
 */
import { LEAKY_RELU, RELU, SIGMOID, TANH } from './codes';
import { one, slope } from './math';

/** What a sum starts from: the bias, 0, or what stands in the output. */
export const FROM_BIAS = 0;
export const FROM_ZERO = 1;
export const FROM_OUTPUT = 2;

/** No derivative: the sum is stored as it is. */
export const NONE = -1;

@inline
function begin(start: i32, bias: usize, out: usize): v128 {
  if (start == FROM_BIAS) return v128.load32_splat(bias);
  if (start == FROM_OUTPUT) return v128.load(out);
  return f32x4.splat(0);
}

/** Stores the sums of a unit's 8 examples, times g′ of the activations that stand there. */
@inline
function put(out: usize, c0: v128, c1: v128, derivative: i32): void {
  if (derivative != NONE) {
    const a0 = v128.load(out);
    const a1 = v128.load(out, 16);
    if (derivative == TANH) {
      const slope0 = f32x4.sub(one(), f32x4.mul(a0, a0));
      const slope1 = f32x4.sub(one(), f32x4.mul(a1, a1));
      c0 = f32x4.mul(c0, slope0);
      c1 = f32x4.mul(c1, slope1);
    } else if (derivative == SIGMOID) {
      const slope0 = f32x4.mul(a0, f32x4.sub(one(), a0));
      const slope1 = f32x4.mul(a1, f32x4.sub(one(), a1));
      c0 = f32x4.mul(c0, slope0);
      c1 = f32x4.mul(c1, slope1);
    } else {
      // The ReLUs leave the sign of z in the sign bit of a.
      const below0 = i32x4.shr_s(a0, 31);
      const below1 = i32x4.shr_s(a1, 31);
      if (derivative == RELU) {
        c0 = v128.andnot(c0, below0);
        c1 = v128.andnot(c1, below1);
      } else {
        // Read once, ahead of both stores: a load between them would keep them apart.
        const k = slope();
        const scaled0 = f32x4.mul(c0, k);
        const scaled1 = f32x4.mul(c1, k);
        c0 = v128.bitselect(scaled0, c0, below0);
        c1 = v128.bitselect(scaled1, c1, below1);
      }
    }
  }
  v128.store(out, c0);
  v128.store(out, c1, 16);
}

/** Four units, two groups. */
@inline
export function fourByTwo(
  w: usize,
  b: usize,
  a: usize,
  strideIn: usize,
  out: usize,
  strideOut: usize,
  k: i32,
  start: i32,
  derivative: i32,
): usize {
  const out2 = out + strideOut;
  let c00 = begin(start, b, out);
  let c01 = begin(start, b, out + 16);
  let c02 = begin(start, b, out2);
  let c03 = begin(start, b, out2 + 16);
  let c10 = begin(start, b + 4, out + 32);
  let c11 = begin(start, b + 4, out + 48);
  let c12 = begin(start, b + 4, out2 + 32);
  let c13 = begin(start, b + 4, out2 + 48);
  let c20 = begin(start, b + 8, out + 64);
  let c21 = begin(start, b + 8, out + 80);
  let c22 = begin(start, b + 8, out2 + 64);
  let c23 = begin(start, b + 8, out2 + 80);
  let c30 = begin(start, b + 12, out + 96);
  let c31 = begin(start, b + 12, out + 112);
  let c32 = begin(start, b + 12, out2 + 96);
  let c33 = begin(start, b + 12, out2 + 112);
  let a2 = a + strideIn;
  do {
    const x0 = v128.load(a);
    const x1 = v128.load(a, 16);
    const x2 = v128.load(a2);
    const x3 = v128.load(a2, 16);
    const w0 = v128.load32_splat(w);
    c00 = f32x4.add(c00, f32x4.mul(w0, x0));
    c01 = f32x4.add(c01, f32x4.mul(w0, x1));
    c02 = f32x4.add(c02, f32x4.mul(w0, x2));
    c03 = f32x4.add(c03, f32x4.mul(w0, x3));
    const w1 = v128.load32_splat(w, 4);
    c10 = f32x4.add(c10, f32x4.mul(w1, x0));
    c11 = f32x4.add(c11, f32x4.mul(w1, x1));
    c12 = f32x4.add(c12, f32x4.mul(w1, x2));
    c13 = f32x4.add(c13, f32x4.mul(w1, x3));
    const w2 = v128.load32_splat(w, 8);
    c20 = f32x4.add(c20, f32x4.mul(w2, x0));
    c21 = f32x4.add(c21, f32x4.mul(w2, x1));
    c22 = f32x4.add(c22, f32x4.mul(w2, x2));
    c23 = f32x4.add(c23, f32x4.mul(w2, x3));
    const w3 = v128.load32_splat(w, 12);
    c30 = f32x4.add(c30, f32x4.mul(w3, x0));
    c31 = f32x4.add(c31, f32x4.mul(w3, x1));
    c32 = f32x4.add(c32, f32x4.mul(w3, x2));
    c33 = f32x4.add(c33, f32x4.mul(w3, x3));
    a += 32;
    a2 += 32;
    w += 16;
  } while (--k);
  put(out, c00, c01, derivative);
  put(out2, c02, c03, derivative);
  put(out + 32, c10, c11, derivative);
  put(out2 + 32, c12, c13, derivative);
  put(out + 64, c20, c21, derivative);
  put(out2 + 64, c22, c23, derivative);
  put(out + 96, c30, c31, derivative);
  put(out2 + 96, c32, c33, derivative);
  return w;
}

/** Two units, two groups. */
@inline
export function twoByTwo(
  w: usize,
  second: usize,
  b: usize,
  a: usize,
  strideIn: usize,
  out: usize,
  strideOut: usize,
  k: i32,
  start: i32,
  derivative: i32,
): usize {
  const out2 = out + strideOut;
  let c00 = begin(start, b, out);
  let c01 = begin(start, b, out + 16);
  let c02 = begin(start, b, out2);
  let c03 = begin(start, b, out2 + 16);
  let c10 = begin(start, b + 4, out + 32);
  let c11 = begin(start, b + 4, out + 48);
  let c12 = begin(start, b + 4, out2 + 32);
  let c13 = begin(start, b + 4, out2 + 48);
  let a2 = a + strideIn;
  do {
    const x0 = v128.load(a);
    const x1 = v128.load(a, 16);
    const x2 = v128.load(a2);
    const x3 = v128.load(a2, 16);
    const w0 = v128.load32_splat(w);
    c00 = f32x4.add(c00, f32x4.mul(w0, x0));
    c01 = f32x4.add(c01, f32x4.mul(w0, x1));
    c02 = f32x4.add(c02, f32x4.mul(w0, x2));
    c03 = f32x4.add(c03, f32x4.mul(w0, x3));
    const w1 = v128.load32_splat(w + second);
    c10 = f32x4.add(c10, f32x4.mul(w1, x0));
    c11 = f32x4.add(c11, f32x4.mul(w1, x1));
    c12 = f32x4.add(c12, f32x4.mul(w1, x2));
    c13 = f32x4.add(c13, f32x4.mul(w1, x3));
    a += 32;
    a2 += 32;
    w += 4;
  } while (--k);
  put(out, c00, c01, derivative);
  put(out2, c02, c03, derivative);
  put(out + 32, c10, c11, derivative);
  put(out2 + 32, c12, c13, derivative);
  return w;
}

/** One unit, two groups. */
@inline
export function oneByTwo(
  w: usize,
  b: usize,
  a: usize,
  strideIn: usize,
  out: usize,
  strideOut: usize,
  k: i32,
  start: i32,
  derivative: i32,
): usize {
  const out2 = out + strideOut;
  let c00 = begin(start, b, out);
  let c01 = begin(start, b, out + 16);
  let c02 = begin(start, b, out2);
  let c03 = begin(start, b, out2 + 16);
  let a2 = a + strideIn;
  do {
    const x0 = v128.load(a);
    const x1 = v128.load(a, 16);
    const x2 = v128.load(a2);
    const x3 = v128.load(a2, 16);
    const w0 = v128.load32_splat(w);
    c00 = f32x4.add(c00, f32x4.mul(w0, x0));
    c01 = f32x4.add(c01, f32x4.mul(w0, x1));
    c02 = f32x4.add(c02, f32x4.mul(w0, x2));
    c03 = f32x4.add(c03, f32x4.mul(w0, x3));
    a += 32;
    a2 += 32;
    w += 4;
  } while (--k);
  put(out, c00, c01, derivative);
  put(out2, c02, c03, derivative);
  return w;
}

/** Four units, one group. */
@inline
export function fourByOne(
  w: usize,
  b: usize,
  a: usize,
  out: usize,
  k: i32,
  start: i32,
  derivative: i32,
): usize {
  let c00 = begin(start, b, out);
  let c01 = begin(start, b, out + 16);
  let c10 = begin(start, b + 4, out + 32);
  let c11 = begin(start, b + 4, out + 48);
  let c20 = begin(start, b + 8, out + 64);
  let c21 = begin(start, b + 8, out + 80);
  let c30 = begin(start, b + 12, out + 96);
  let c31 = begin(start, b + 12, out + 112);
  do {
    const x0 = v128.load(a);
    const x1 = v128.load(a, 16);
    const w0 = v128.load32_splat(w);
    c00 = f32x4.add(c00, f32x4.mul(w0, x0));
    c01 = f32x4.add(c01, f32x4.mul(w0, x1));
    const w1 = v128.load32_splat(w, 4);
    c10 = f32x4.add(c10, f32x4.mul(w1, x0));
    c11 = f32x4.add(c11, f32x4.mul(w1, x1));
    const w2 = v128.load32_splat(w, 8);
    c20 = f32x4.add(c20, f32x4.mul(w2, x0));
    c21 = f32x4.add(c21, f32x4.mul(w2, x1));
    const w3 = v128.load32_splat(w, 12);
    c30 = f32x4.add(c30, f32x4.mul(w3, x0));
    c31 = f32x4.add(c31, f32x4.mul(w3, x1));
    a += 32;
    w += 16;
  } while (--k);
  put(out, c00, c01, derivative);
  put(out + 32, c10, c11, derivative);
  put(out + 64, c20, c21, derivative);
  put(out + 96, c30, c31, derivative);
  return w;
}

/** Two units, one group. */
@inline
export function twoByOne(
  w: usize,
  second: usize,
  b: usize,
  a: usize,
  out: usize,
  k: i32,
  start: i32,
  derivative: i32,
): usize {
  let c00 = begin(start, b, out);
  let c01 = begin(start, b, out + 16);
  let c10 = begin(start, b + 4, out + 32);
  let c11 = begin(start, b + 4, out + 48);
  do {
    const x0 = v128.load(a);
    const x1 = v128.load(a, 16);
    const w0 = v128.load32_splat(w);
    c00 = f32x4.add(c00, f32x4.mul(w0, x0));
    c01 = f32x4.add(c01, f32x4.mul(w0, x1));
    const w1 = v128.load32_splat(w + second);
    c10 = f32x4.add(c10, f32x4.mul(w1, x0));
    c11 = f32x4.add(c11, f32x4.mul(w1, x1));
    a += 32;
    w += 4;
  } while (--k);
  put(out, c00, c01, derivative);
  put(out + 32, c10, c11, derivative);
  return w;
}

/** One unit, one group. */
@inline
export function oneByOne(
  w: usize,
  b: usize,
  a: usize,
  out: usize,
  k: i32,
  start: i32,
  derivative: i32,
): usize {
  let c00 = begin(start, b, out);
  let c01 = begin(start, b, out + 16);
  do {
    const x0 = v128.load(a);
    const x1 = v128.load(a, 16);
    const w0 = v128.load32_splat(w);
    c00 = f32x4.add(c00, f32x4.mul(w0, x0));
    c01 = f32x4.add(c01, f32x4.mul(w0, x1));
    a += 32;
    w += 4;
  } while (--k);
  put(out, c00, c01, derivative);
  return w;
}
