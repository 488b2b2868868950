/** A = g(Z) in place, a pair of halves at a time: see `multiply.ts` for the shape. */
import { WIDE } from './addresses';
import { LEAKY_RELU, RELU, SIGMOID, TANH } from './codes';
import { sigmoid, signBit, slope, tanhFour, tanhPair } from './math';

/** A = g(Z) in place for the hidden activation `hidden`, over `groups` groups. */
export function activate(at: usize, stride: usize, units: i32, groups: i32, hidden: i32): void {
  if (hidden == TANH) activateTanh(at, stride, units, groups);
  else if (hidden == SIGMOID) activateSigmoid(at, stride, units, groups);
  else if (hidden == RELU) activateRelu(at, stride, units, groups);
  else if (hidden == LEAKY_RELU) activateLeakyRelu(at, stride, units, groups);
}

export function activateTanh(at: usize, stride: usize, units: i32, groups: i32): void {
  const wide = load<i32>(WIDE);
  do {
    let p = at;
    let k = units;
    if (wide) {
      while (k > 1) {
        tanhFour(p);
        p += 64;
        k -= 2;
      }
    }
    while (k > 0) {
      tanhPair(p);
      p += 32;
      k--;
    }
    at += stride;
  } while (--groups);
}

export function activateSigmoid(at: usize, stride: usize, units: i32, groups: i32): void {
  do {
    let p = at;
    let k = units;
    do {
      const a0 = sigmoid(v128.load(p));
      const a1 = sigmoid(v128.load(p, 16));
      v128.store(p, a0);
      v128.store(p, a1, 16);
      p += 32;
    } while (--k);
    at += stride;
  } while (--groups);
}

/** Leaves −0 where z < 0, so that the sign bit says it. */
export function activateRelu(at: usize, stride: usize, units: i32, groups: i32): void {
  do {
    let p = at;
    let k = units;
    do {
      // z + 0 makes +0 of −0.
      const z0 = f32x4.add(v128.load(p), f32x4.splat(0));
      const z1 = f32x4.add(v128.load(p, 16), f32x4.splat(0));
      const a0 = v128.bitselect(signBit(), z0, f32x4.lt(z0, f32x4.splat(0)));
      const a1 = v128.bitselect(signBit(), z1, f32x4.lt(z1, f32x4.splat(0)));
      v128.store(p, a0);
      v128.store(p, a1, 16);
      p += 32;
    } while (--k);
    at += stride;
  } while (--groups);
}

export function activateLeakyRelu(at: usize, stride: usize, units: i32, groups: i32): void {
  do {
    let p = at;
    let k = units;
    do {
      const z0 = f32x4.add(v128.load(p), f32x4.splat(0));
      const z1 = f32x4.add(v128.load(p, 16), f32x4.splat(0));
      const a0 = v128.bitselect(f32x4.mul(z0, slope()), z0, f32x4.lt(z0, f32x4.splat(0)));
      const a1 = v128.bitselect(f32x4.mul(z1, slope()), z1, f32x4.lt(z1, f32x4.splat(0)));
      v128.store(p, a0);
      v128.store(p, a1, 16);
      p += 32;
    } while (--k);
    at += stride;
  } while (--groups);
}
