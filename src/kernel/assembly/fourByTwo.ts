/** The tile that does most of the work on a wide machine, two groups and four units; see `tiles.ts`. */
import { FROM_BIAS, FROM_OUTPUT, NONE, timesDerivative } from './tiles';

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
  let c00 = f32x4.splat(0);
  let c01 = f32x4.splat(0);
  let c02 = f32x4.splat(0);
  let c03 = f32x4.splat(0);
  let c10 = f32x4.splat(0);
  let c11 = f32x4.splat(0);
  let c12 = f32x4.splat(0);
  let c13 = f32x4.splat(0);
  let c20 = f32x4.splat(0);
  let c21 = f32x4.splat(0);
  let c22 = f32x4.splat(0);
  let c23 = f32x4.splat(0);
  let c30 = f32x4.splat(0);
  let c31 = f32x4.splat(0);
  let c32 = f32x4.splat(0);
  let c33 = f32x4.splat(0);
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
    const b2 = v128.load32_splat(b, 8);
    c20 = b2;
    c21 = b2;
    c22 = b2;
    c23 = b2;
    const b3 = v128.load32_splat(b, 12);
    c30 = b3;
    c31 = b3;
    c32 = b3;
    c33 = b3;
  } else if (start == FROM_OUTPUT) {
    c00 = v128.load(out);
    c01 = v128.load(out, 16);
    c02 = v128.load(out2);
    c03 = v128.load(out2, 16);
    c10 = v128.load(out, 32);
    c11 = v128.load(out, 48);
    c12 = v128.load(out2, 32);
    c13 = v128.load(out2, 48);
    c20 = v128.load(out, 64);
    c21 = v128.load(out, 80);
    c22 = v128.load(out2, 64);
    c23 = v128.load(out2, 80);
    c30 = v128.load(out, 96);
    c31 = v128.load(out, 112);
    c32 = v128.load(out2, 96);
    c33 = v128.load(out2, 112);
  }
  let a2 = a + strideIn;
  if (k & 1) {
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
  }
  // Two inputs a turn: half as many steps of the pointers, which take the processor as long as some of the products.
  k >>= 1;
  if (k > 0) {
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
      const x4 = v128.load(a, 32);
      const x5 = v128.load(a, 48);
      const x6 = v128.load(a2, 32);
      const x7 = v128.load(a2, 48);
      const w4 = v128.load32_splat(w, 16);
      c00 = f32x4.add(c00, f32x4.mul(w4, x4));
      c01 = f32x4.add(c01, f32x4.mul(w4, x5));
      c02 = f32x4.add(c02, f32x4.mul(w4, x6));
      c03 = f32x4.add(c03, f32x4.mul(w4, x7));
      const w5 = v128.load32_splat(w, 20);
      c10 = f32x4.add(c10, f32x4.mul(w5, x4));
      c11 = f32x4.add(c11, f32x4.mul(w5, x5));
      c12 = f32x4.add(c12, f32x4.mul(w5, x6));
      c13 = f32x4.add(c13, f32x4.mul(w5, x7));
      const w6 = v128.load32_splat(w, 24);
      c20 = f32x4.add(c20, f32x4.mul(w6, x4));
      c21 = f32x4.add(c21, f32x4.mul(w6, x5));
      c22 = f32x4.add(c22, f32x4.mul(w6, x6));
      c23 = f32x4.add(c23, f32x4.mul(w6, x7));
      const w7 = v128.load32_splat(w, 28);
      c30 = f32x4.add(c30, f32x4.mul(w7, x4));
      c31 = f32x4.add(c31, f32x4.mul(w7, x5));
      c32 = f32x4.add(c32, f32x4.mul(w7, x6));
      c33 = f32x4.add(c33, f32x4.mul(w7, x7));
      a += 64;
      a2 += 64;
      w += 32;
    } while (--k);
  }
  if (derivative != NONE) {
    c00 = timesDerivative(c00, v128.load(out), derivative);
    c01 = timesDerivative(c01, v128.load(out, 16), derivative);
    c02 = timesDerivative(c02, v128.load(out2), derivative);
    c03 = timesDerivative(c03, v128.load(out2, 16), derivative);
    c10 = timesDerivative(c10, v128.load(out, 32), derivative);
    c11 = timesDerivative(c11, v128.load(out, 48), derivative);
    c12 = timesDerivative(c12, v128.load(out2, 32), derivative);
    c13 = timesDerivative(c13, v128.load(out2, 48), derivative);
    c20 = timesDerivative(c20, v128.load(out, 64), derivative);
    c21 = timesDerivative(c21, v128.load(out, 80), derivative);
    c22 = timesDerivative(c22, v128.load(out2, 64), derivative);
    c23 = timesDerivative(c23, v128.load(out2, 80), derivative);
    c30 = timesDerivative(c30, v128.load(out, 96), derivative);
    c31 = timesDerivative(c31, v128.load(out, 112), derivative);
    c32 = timesDerivative(c32, v128.load(out2, 96), derivative);
    c33 = timesDerivative(c33, v128.load(out2, 112), derivative);
  }
  v128.store(out, c00);
  v128.store(out, c01, 16);
  v128.store(out2, c02);
  v128.store(out2, c03, 16);
  v128.store(out, c10, 32);
  v128.store(out, c11, 48);
  v128.store(out2, c12, 32);
  v128.store(out2, c13, 48);
  v128.store(out, c20, 64);
  v128.store(out, c21, 80);
  v128.store(out2, c22, 64);
  v128.store(out2, c23, 80);
  v128.store(out, c30, 96);
  v128.store(out, c31, 112);
  v128.store(out2, c32, 96);
  v128.store(out2, c33, 112);
  return w;
}
