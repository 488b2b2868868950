/**
 * The matrix products. Examples stand in lanes: a matrix (n, m) lies in groups of 8 examples, within a group
 * unit by unit, so that a unit's 8 examples are two v128; `stride` is the bytes from a group to the next.
 *
 * Weights W (units, inputs) are packed: each 4 units as [input][unit of the 4], what is left over unit by
 * unit. Gradients lie in the same order.
 */
import { LEAKY_RELU, LINEAR, RELU, SIGMOID, TANH } from './codes';
import { one, signBit, slope, sigmoid, tanhPair } from './math';


/**
 * out = W·a + b over `groups` groups of 8 examples; `bias` 0: without b. With `derivative` ≥ 0, out is
 * instead W·a ∗ g′(A), where A is what out held before.
 */
@inline
function multiply(
  weights: usize,
  bias: usize,
  input: usize,
  strideIn: usize,
  output: usize,
  strideOut: usize,
  inputs: i32,
  units: i32,
  groups: i32,
  backward: bool,
  derivative: i32,
): void {
  const fours = units >> 2;
  do {
    let w = weights;
    let b = bias;
    let out = output;
    let tile = fours;
    while (tile > 0) {
      let c00: v128, c10: v128, c20: v128, c30: v128;
      if (backward) {
        c00 = c10 = c20 = c30 = f32x4.splat(0);
      } else {
        c00 = v128.load32_splat(b);
        c10 = v128.load32_splat(b, 4);
        c20 = v128.load32_splat(b, 8);
        c30 = v128.load32_splat(b, 12);
      }
      let c01 = c00,
        c11 = c10,
        c21 = c20,
        c31 = c30;
      let a = input;
      let x0: v128, x1: v128, v: v128;
      let k = inputs & 3;
      while (k > 0) {
        x0 = v128.load(a);
        x1 = v128.load(a, 16);
        v = v128.load32_splat(w);
        c00 = f32x4.add(c00, f32x4.mul(v, x0));
        c01 = f32x4.add(c01, f32x4.mul(v, x1));
        v = v128.load32_splat(w, 4);
        c10 = f32x4.add(c10, f32x4.mul(v, x0));
        c11 = f32x4.add(c11, f32x4.mul(v, x1));
        v = v128.load32_splat(w, 8);
        c20 = f32x4.add(c20, f32x4.mul(v, x0));
        c21 = f32x4.add(c21, f32x4.mul(v, x1));
        v = v128.load32_splat(w, 12);
        c30 = f32x4.add(c30, f32x4.mul(v, x0));
        c31 = f32x4.add(c31, f32x4.mul(v, x1));
        a += 32;
        w += 16;
        k--;
      }
      k = inputs >> 2;
      if (k > 0) {
        do {
          // A splat takes no offset of its own for nothing: a pointer each for the four inputs is cheaper.
          const w1 = w + 16;
          const w2 = w + 32;
          const w3 = w + 48;
          x0 = v128.load(a);
          x1 = v128.load(a, 16);
          v = v128.load32_splat(w);
          c00 = f32x4.add(c00, f32x4.mul(v, x0));
          c01 = f32x4.add(c01, f32x4.mul(v, x1));
          v = v128.load32_splat(w, 4);
          c10 = f32x4.add(c10, f32x4.mul(v, x0));
          c11 = f32x4.add(c11, f32x4.mul(v, x1));
          v = v128.load32_splat(w, 8);
          c20 = f32x4.add(c20, f32x4.mul(v, x0));
          c21 = f32x4.add(c21, f32x4.mul(v, x1));
          v = v128.load32_splat(w, 12);
          c30 = f32x4.add(c30, f32x4.mul(v, x0));
          c31 = f32x4.add(c31, f32x4.mul(v, x1));
          x0 = v128.load(a, 32);
          x1 = v128.load(a, 48);
          v = v128.load32_splat(w1);
          c00 = f32x4.add(c00, f32x4.mul(v, x0));
          c01 = f32x4.add(c01, f32x4.mul(v, x1));
          v = v128.load32_splat(w1, 4);
          c10 = f32x4.add(c10, f32x4.mul(v, x0));
          c11 = f32x4.add(c11, f32x4.mul(v, x1));
          v = v128.load32_splat(w1, 8);
          c20 = f32x4.add(c20, f32x4.mul(v, x0));
          c21 = f32x4.add(c21, f32x4.mul(v, x1));
          v = v128.load32_splat(w1, 12);
          c30 = f32x4.add(c30, f32x4.mul(v, x0));
          c31 = f32x4.add(c31, f32x4.mul(v, x1));
          x0 = v128.load(a, 64);
          x1 = v128.load(a, 80);
          v = v128.load32_splat(w2);
          c00 = f32x4.add(c00, f32x4.mul(v, x0));
          c01 = f32x4.add(c01, f32x4.mul(v, x1));
          v = v128.load32_splat(w2, 4);
          c10 = f32x4.add(c10, f32x4.mul(v, x0));
          c11 = f32x4.add(c11, f32x4.mul(v, x1));
          v = v128.load32_splat(w2, 8);
          c20 = f32x4.add(c20, f32x4.mul(v, x0));
          c21 = f32x4.add(c21, f32x4.mul(v, x1));
          v = v128.load32_splat(w2, 12);
          c30 = f32x4.add(c30, f32x4.mul(v, x0));
          c31 = f32x4.add(c31, f32x4.mul(v, x1));
          x0 = v128.load(a, 96);
          x1 = v128.load(a, 112);
          v = v128.load32_splat(w3);
          c00 = f32x4.add(c00, f32x4.mul(v, x0));
          c01 = f32x4.add(c01, f32x4.mul(v, x1));
          v = v128.load32_splat(w3, 4);
          c10 = f32x4.add(c10, f32x4.mul(v, x0));
          c11 = f32x4.add(c11, f32x4.mul(v, x1));
          v = v128.load32_splat(w3, 8);
          c20 = f32x4.add(c20, f32x4.mul(v, x0));
          c21 = f32x4.add(c21, f32x4.mul(v, x1));
          v = v128.load32_splat(w3, 12);
          c30 = f32x4.add(c30, f32x4.mul(v, x0));
          c31 = f32x4.add(c31, f32x4.mul(v, x1));
          a += 128;
          w += 64;
        } while (--k);
      }
      put(out, c00, backward, derivative);
      put(out + 16, c01, backward, derivative);
      put(out + 32, c10, backward, derivative);
      put(out + 48, c11, backward, derivative);
      put(out + 64, c20, backward, derivative);
      put(out + 80, c21, backward, derivative);
      put(out + 96, c30, backward, derivative);
      put(out + 112, c31, backward, derivative);
      b += 16;
      out += 128;
      tile--;
    }
    let rest = units & 3;
    if (rest >= 2) {
      // Two at a time: one alone would mostly wait for its own last addition.
      const second = <usize>inputs << 2;
      let c00 = backward ? f32x4.splat(0) : v128.load32_splat(b);
      let c10 = backward ? f32x4.splat(0) : v128.load32_splat(b, 4);
      let c01 = c00;
      let c11 = c10;
      let a = input;
      let k = inputs;
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
      w += second;
      put(out, c00, backward, derivative);
      put(out + 16, c01, backward, derivative);
      put(out + 32, c10, backward, derivative);
      put(out + 48, c11, backward, derivative);
      b += 8;
      out += 64;
      rest -= 2;
    }
    while (rest > 0) {
      let c0 = backward ? f32x4.splat(0) : v128.load32_splat(b);
      let c1 = c0;
      let a = input;
      let k = inputs;
      do {
        const w0 = v128.load32_splat(w);
        c0 = f32x4.add(c0, f32x4.mul(w0, v128.load(a)));
        c1 = f32x4.add(c1, f32x4.mul(w0, v128.load(a, 16)));
        a += 32;
        w += 4;
      } while (--k);
      put(out, c0, backward, derivative);
      put(out + 16, c1, backward, derivative);
      b += 4;
      out += 32;
      rest--;
    }
    input += strideIn;
    output += strideOut;
  } while (--groups);
}

/** Stores a sum, in backward times g′ of the activation that stands there. */
@inline
function put(out: usize, sum: v128, backward: bool, derivative: i32): void {
  if (backward) {
    const a = v128.load(out);
    if (derivative == TANH) sum = f32x4.mul(sum, f32x4.sub(one(), f32x4.mul(a, a)));
    else if (derivative == SIGMOID) sum = f32x4.mul(sum, f32x4.mul(a, f32x4.sub(one(), a)));
    // The ReLUs leave the sign of z in the sign bit of a.
    else if (derivative == RELU) sum = v128.andnot(sum, i32x4.shr_s(a, 31));
    else if (derivative == LEAKY_RELU)
      sum = v128.bitselect(f32x4.mul(sum, slope()), sum, i32x4.shr_s(a, 31));
  }
  v128.store(out, sum);
}

/** Z = W·A + b. */
export function forwardProduct(
  weights: usize,
  bias: usize,
  input: usize,
  strideIn: usize,
  output: usize,
  strideOut: usize,
  inputs: i32,
  units: i32,
  groups: i32,
): void {
  multiply(weights, bias, input, strideIn, output, strideOut, inputs, units, groups, false, 0);
}

/** dZ[l−1] = W[l]ᵀ·dZ[l] ∗ g′(A[l−1]), written over A[l−1]. `weights` is W transposed. */
export function backwardProduct(
  weights: usize,
  input: usize,
  strideIn: usize,
  output: usize,
  strideOut: usize,
  inputs: i32,
  units: i32,
  groups: i32,
  hidden: i32,
): void {
  if (hidden == TANH)
    multiply(weights, 0, input, strideIn, output, strideOut, inputs, units, groups, true, TANH);
  else if (hidden == SIGMOID)
    multiply(weights, 0, input, strideIn, output, strideOut, inputs, units, groups, true, SIGMOID);
  else if (hidden == RELU)
    multiply(weights, 0, input, strideIn, output, strideOut, inputs, units, groups, true, RELU);
  else if (hidden == LEAKY_RELU)
    multiply(weights, 0, input, strideIn, output, strideOut, inputs, units, groups, true, LEAKY_RELU);
  else multiply(weights, 0, input, strideIn, output, strideOut, inputs, units, groups, true, LINEAR);
}

/** A = g(Z) in place. */
export function activate(at: usize, stride: usize, units: i32, groups: i32, hidden: i32): void {
  do {
    let p = at;
    let k = units;
    if (hidden == TANH) {
      do {
        tanhPair(p);
        p += 32;
      } while (--k);
    } else if (hidden == SIGMOID) {
      do {
        v128.store(p, sigmoid(v128.load(p)));
        v128.store(p, sigmoid(v128.load(p, 16)), 16);
        p += 32;
      } while (--k);
    } else if (hidden == RELU || hidden == LEAKY_RELU) {
      // z + 0 makes +0 of −0, so that the sign bit says z < 0; relu leaves −0 there.
      const below = hidden == RELU ? signBit() : slope();
      do {
        relu(p, below, hidden == RELU);
        relu(p + 16, below, hidden == RELU);
        p += 32;
      } while (--k);
    }
    at += stride;
  } while (--groups);
}

@inline
function relu(p: usize, below: v128, flat: bool): void {
  const z = f32x4.add(v128.load(p), f32x4.splat(0));
  const negative = f32x4.lt(z, f32x4.splat(0));
  v128.store(p, v128.bitselect(flat ? below : f32x4.mul(z, below), z, negative));
}

/** Lane u is the sum over the lanes of cu. */
@inline
function sums(c0: v128, c1: v128, c2: v128, c3: v128): v128 {
  const low = f32x4.add(
    v128.shuffle<f32>(c0, c1, 0, 4, 1, 5),
    v128.shuffle<f32>(c0, c1, 2, 6, 3, 7),
  );
  const high = f32x4.add(
    v128.shuffle<f32>(c2, c3, 0, 4, 1, 5),
    v128.shuffle<f32>(c2, c3, 2, 6, 3, 7),
  );
  return f32x4.add(
    v128.shuffle<f32>(low, high, 0, 1, 4, 5),
    v128.shuffle<f32>(low, high, 2, 3, 6, 7),
  );
}

@inline
function addTo(at: usize, value: v128): void {
  v128.store(at, f32x4.add(v128.load(at), value));
}

@inline
function addScalar(at: usize, c: v128): void {
  const halves = f32x4.add(c, v128.shuffle<f32>(c, c, 2, 3, 0, 1));
  store<f32>(at, load<f32>(at) + (f32x4.extract_lane(halves, 0) + f32x4.extract_lane(halves, 1)));
}

/** dW += dZ·Aᵀ and db += Σ dZ over `groups` groups; gradients in the order of the packed weights. */
export function gradientProduct(
  errors: usize,
  strideOut: usize,
  input: usize,
  strideIn: usize,
  gradient: usize,
  biasGradient: usize,
  inputs: i32,
  units: i32,
  groups: i32,
): void {
  let g = gradient;
  let gb = biasGradient;
  let d = errors;
  let tile = units >> 2;
  while (tile > 0) {
    let a = input;
    let pairs = inputs >> 1;
    while (pairs > 0) {
      let c00 = f32x4.splat(0);
      let c10 = c00,
        c20 = c00,
        c30 = c00,
        c01 = c00,
        c11 = c00,
        c21 = c00,
        c31 = c00;
      let p = d;
      let q = a;
      let n = groups;
      do {
        let x0 = v128.load(q);
        let x1 = v128.load(q, 32);
        const d0 = v128.load(p);
        c00 = f32x4.add(c00, f32x4.mul(d0, x0));
        c01 = f32x4.add(c01, f32x4.mul(d0, x1));
        const d1 = v128.load(p, 32);
        c10 = f32x4.add(c10, f32x4.mul(d1, x0));
        c11 = f32x4.add(c11, f32x4.mul(d1, x1));
        const d2 = v128.load(p, 64);
        c20 = f32x4.add(c20, f32x4.mul(d2, x0));
        c21 = f32x4.add(c21, f32x4.mul(d2, x1));
        const d3 = v128.load(p, 96);
        c30 = f32x4.add(c30, f32x4.mul(d3, x0));
        c31 = f32x4.add(c31, f32x4.mul(d3, x1));
        x0 = v128.load(q, 16);
        x1 = v128.load(q, 48);
        const e0 = v128.load(p, 16);
        c00 = f32x4.add(c00, f32x4.mul(e0, x0));
        c01 = f32x4.add(c01, f32x4.mul(e0, x1));
        const e1 = v128.load(p, 48);
        c10 = f32x4.add(c10, f32x4.mul(e1, x0));
        c11 = f32x4.add(c11, f32x4.mul(e1, x1));
        const e2 = v128.load(p, 80);
        c20 = f32x4.add(c20, f32x4.mul(e2, x0));
        c21 = f32x4.add(c21, f32x4.mul(e2, x1));
        const e3 = v128.load(p, 112);
        c30 = f32x4.add(c30, f32x4.mul(e3, x0));
        c31 = f32x4.add(c31, f32x4.mul(e3, x1));
        p += strideOut;
        q += strideIn;
      } while (--n);
      addTo(g, sums(c00, c10, c20, c30));
      addTo(g + 16, sums(c01, c11, c21, c31));
      g += 32;
      a += 64;
      pairs--;
    }
    if (inputs & 1) {
      let c0 = f32x4.splat(0);
      let c1 = c0,
        c2 = c0,
        c3 = c0;
      let p = d;
      let q = a;
      let n = groups;
      do {
        const x0 = v128.load(q);
        const x1 = v128.load(q, 16);
        c0 = f32x4.add(f32x4.add(c0, f32x4.mul(v128.load(p), x0)), f32x4.mul(v128.load(p, 16), x1));
        c1 = f32x4.add(f32x4.add(c1, f32x4.mul(v128.load(p, 32), x0)), f32x4.mul(v128.load(p, 48), x1));
        c2 = f32x4.add(f32x4.add(c2, f32x4.mul(v128.load(p, 64), x0)), f32x4.mul(v128.load(p, 80), x1));
        c3 = f32x4.add(f32x4.add(c3, f32x4.mul(v128.load(p, 96), x0)), f32x4.mul(v128.load(p, 112), x1));
        p += strideOut;
        q += strideIn;
      } while (--n);
      addTo(g, sums(c0, c1, c2, c3));
      g += 16;
    }
    let c0 = f32x4.splat(0);
    let c1 = c0,
      c2 = c0,
      c3 = c0;
    let p = d;
    let n = groups;
    do {
      c0 = f32x4.add(c0, f32x4.add(v128.load(p), v128.load(p, 16)));
      c1 = f32x4.add(c1, f32x4.add(v128.load(p, 32), v128.load(p, 48)));
      c2 = f32x4.add(c2, f32x4.add(v128.load(p, 64), v128.load(p, 80)));
      c3 = f32x4.add(c3, f32x4.add(v128.load(p, 96), v128.load(p, 112)));
      p += strideOut;
    } while (--n);
    addTo(gb, sums(c0, c1, c2, c3));
    gb += 16;
    d += 128;
    tile--;
  }
  let rest = units & 3;
  while (rest > 0) {
    let a = input;
    let k = inputs;
    while (k >= 4) {
      let c0 = f32x4.splat(0);
      let c1 = c0,
        c2 = c0,
        c3 = c0;
      let p = d;
      let q = a;
      let n = groups;
      do {
        const d0 = v128.load(p);
        const d1 = v128.load(p, 16);
        c0 = f32x4.add(f32x4.add(c0, f32x4.mul(d0, v128.load(q))), f32x4.mul(d1, v128.load(q, 16)));
        c1 = f32x4.add(f32x4.add(c1, f32x4.mul(d0, v128.load(q, 32))), f32x4.mul(d1, v128.load(q, 48)));
        c2 = f32x4.add(f32x4.add(c2, f32x4.mul(d0, v128.load(q, 64))), f32x4.mul(d1, v128.load(q, 80)));
        c3 = f32x4.add(f32x4.add(c3, f32x4.mul(d0, v128.load(q, 96))), f32x4.mul(d1, v128.load(q, 112)));
        p += strideOut;
        q += strideIn;
      } while (--n);
      addTo(g, sums(c0, c1, c2, c3));
      g += 16;
      a += 128;
      k -= 4;
    }
    while (k > 0) {
      // In the order of the tiles above: units that start equal must stay equal to the last bit.
      let c = f32x4.splat(0);
      let p = d;
      let q = a;
      let n = groups;
      do {
        c = f32x4.add(c, f32x4.mul(v128.load(p), v128.load(q)));
        c = f32x4.add(c, f32x4.mul(v128.load(p, 16), v128.load(q, 16)));
        p += strideOut;
        q += strideIn;
      } while (--n);
      addScalar(g, c);
      g += 4;
      a += 32;
      k--;
    }
    let c = f32x4.splat(0);
    let p = d;
    let n = groups;
    do {
      c = f32x4.add(c, f32x4.add(v128.load(p), v128.load(p, 16)));
      p += strideOut;
    } while (--n);
    addScalar(gb, c);
    gb += 4;
    d += 32;
    rest--;
  }
}
