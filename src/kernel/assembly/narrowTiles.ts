/** Tiles of one group, whose registers a narrow machine has; see `tiles.ts`. */
import { FROM_BIAS, FROM_OUTPUT, NONE, timesDerivative } from './tiles';

/** Four units. */
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
  let c00 = f32x4.splat(0);
  let c01 = f32x4.splat(0);
  let c10 = f32x4.splat(0);
  let c11 = f32x4.splat(0);
  let c20 = f32x4.splat(0);
  let c21 = f32x4.splat(0);
  let c30 = f32x4.splat(0);
  let c31 = f32x4.splat(0);
  if (start == FROM_BIAS) {
    const b0 = v128.load32_splat(b);
    c00 = b0;
    c01 = b0;
    const b1 = v128.load32_splat(b, 4);
    c10 = b1;
    c11 = b1;
    const b2 = v128.load32_splat(b, 8);
    c20 = b2;
    c21 = b2;
    const b3 = v128.load32_splat(b, 12);
    c30 = b3;
    c31 = b3;
  } else if (start == FROM_OUTPUT) {
    c00 = v128.load(out);
    c01 = v128.load(out, 16);
    c10 = v128.load(out, 32);
    c11 = v128.load(out, 48);
    c20 = v128.load(out, 64);
    c21 = v128.load(out, 80);
    c30 = v128.load(out, 96);
    c31 = v128.load(out, 112);
  }
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
  if (derivative != NONE) {
    c00 = timesDerivative(c00, v128.load(out), derivative);
    c01 = timesDerivative(c01, v128.load(out, 16), derivative);
    c10 = timesDerivative(c10, v128.load(out, 32), derivative);
    c11 = timesDerivative(c11, v128.load(out, 48), derivative);
    c20 = timesDerivative(c20, v128.load(out, 64), derivative);
    c21 = timesDerivative(c21, v128.load(out, 80), derivative);
    c30 = timesDerivative(c30, v128.load(out, 96), derivative);
    c31 = timesDerivative(c31, v128.load(out, 112), derivative);
  }
  v128.store(out, c00);
  v128.store(out, c01, 16);
  v128.store(out, c10, 32);
  v128.store(out, c11, 48);
  v128.store(out, c20, 64);
  v128.store(out, c21, 80);
  v128.store(out, c30, 96);
  v128.store(out, c31, 112);
  return w;
}

/** Two units. */
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
  let c00 = f32x4.splat(0);
  let c01 = f32x4.splat(0);
  let c10 = f32x4.splat(0);
  let c11 = f32x4.splat(0);
  if (start == FROM_BIAS) {
    const b0 = v128.load32_splat(b);
    c00 = b0;
    c01 = b0;
    const b1 = v128.load32_splat(b, 4);
    c10 = b1;
    c11 = b1;
  } else if (start == FROM_OUTPUT) {
    c00 = v128.load(out);
    c01 = v128.load(out, 16);
    c10 = v128.load(out, 32);
    c11 = v128.load(out, 48);
  }
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
  if (derivative != NONE) {
    c00 = timesDerivative(c00, v128.load(out), derivative);
    c01 = timesDerivative(c01, v128.load(out, 16), derivative);
    c10 = timesDerivative(c10, v128.load(out, 32), derivative);
    c11 = timesDerivative(c11, v128.load(out, 48), derivative);
  }
  v128.store(out, c00);
  v128.store(out, c01, 16);
  v128.store(out, c10, 32);
  v128.store(out, c11, 48);
  return w;
}

/** One unit. */
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
  let c00 = f32x4.splat(0);
  let c01 = f32x4.splat(0);
  if (start == FROM_BIAS) {
    const b0 = v128.load32_splat(b);
    c00 = b0;
    c01 = b0;
  } else if (start == FROM_OUTPUT) {
    c00 = v128.load(out);
    c01 = v128.load(out, 16);
  }
  do {
    const x0 = v128.load(a);
    const x1 = v128.load(a, 16);
    const w0 = v128.load32_splat(w);
    c00 = f32x4.add(c00, f32x4.mul(w0, x0));
    c01 = f32x4.add(c01, f32x4.mul(w0, x1));
    a += 32;
    w += 4;
  } while (--k);
  if (derivative != NONE) {
    c00 = timesDerivative(c00, v128.load(out), derivative);
    c01 = timesDerivative(c01, v128.load(out, 16), derivative);
  }
  v128.store(out, c00);
  v128.store(out, c01, 16);
  return w;
}
