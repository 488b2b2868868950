/** Tiles of two groups and one or two units; see `tiles.ts`. */
import { FROM_BIAS, FROM_OUTPUT, NONE, timesDerivative } from './tiles';

/** Two units. */
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
  let c00 = f32x4.splat(0);
  let c01 = f32x4.splat(0);
  let c02 = f32x4.splat(0);
  let c03 = f32x4.splat(0);
  let c10 = f32x4.splat(0);
  let c11 = f32x4.splat(0);
  let c12 = f32x4.splat(0);
  let c13 = f32x4.splat(0);
  if (start == FROM_BIAS) {
    const b0 = v128.load32_splat(b);
    c00 = b0;
    c01 = b0;
    c02 = b0;
    c03 = b0;
    const b1 = v128.load32_splat(b, 4);
    c10 = b1;
    c11 = b1;
    c12 = b1;
    c13 = b1;
  } else if (start == FROM_OUTPUT) {
    c00 = v128.load(out);
    c01 = v128.load(out, 16);
    c02 = v128.load(out2);
    c03 = v128.load(out2, 16);
    c10 = v128.load(out, 32);
    c11 = v128.load(out, 48);
    c12 = v128.load(out2, 32);
    c13 = v128.load(out2, 48);
  }
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
  if (derivative != NONE) {
    c00 = timesDerivative(c00, v128.load(out), derivative);
    c01 = timesDerivative(c01, v128.load(out, 16), derivative);
    c02 = timesDerivative(c02, v128.load(out2), derivative);
    c03 = timesDerivative(c03, v128.load(out2, 16), derivative);
    c10 = timesDerivative(c10, v128.load(out, 32), derivative);
    c11 = timesDerivative(c11, v128.load(out, 48), derivative);
    c12 = timesDerivative(c12, v128.load(out2, 32), derivative);
    c13 = timesDerivative(c13, v128.load(out2, 48), derivative);
  }
  v128.store(out, c00);
  v128.store(out, c01, 16);
  v128.store(out2, c02);
  v128.store(out2, c03, 16);
  v128.store(out, c10, 32);
  v128.store(out, c11, 48);
  v128.store(out2, c12, 32);
  v128.store(out2, c13, 48);
  return w;
}

/** One unit. */
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
  let c00 = f32x4.splat(0);
  let c01 = f32x4.splat(0);
  let c02 = f32x4.splat(0);
  let c03 = f32x4.splat(0);
  if (start == FROM_BIAS) {
    const b0 = v128.load32_splat(b);
    c00 = b0;
    c01 = b0;
    c02 = b0;
    c03 = b0;
  } else if (start == FROM_OUTPUT) {
    c00 = v128.load(out);
    c01 = v128.load(out, 16);
    c02 = v128.load(out2);
    c03 = v128.load(out2, 16);
  }
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
  if (derivative != NONE) {
    c00 = timesDerivative(c00, v128.load(out), derivative);
    c01 = timesDerivative(c01, v128.load(out, 16), derivative);
    c02 = timesDerivative(c02, v128.load(out2), derivative);
    c03 = timesDerivative(c03, v128.load(out2, 16), derivative);
  }
  v128.store(out, c00);
  v128.store(out, c01, 16);
  v128.store(out2, c02);
  v128.store(out2, c03, 16);
  return w;
}
