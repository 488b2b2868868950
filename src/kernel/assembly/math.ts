/**
 * exp, log1p, tanh and sigmoid on four floats at once, by strict arithmetic alone, so that every machine
 * gets the same bits. Bounds in units in the last place (ulp) are of the float32 result against the exact
 * value; test/unit/kernel.math.test.ts samples them over the whole range. NaN stays NaN.
 *
 * Coefficients come from memory: a constant inside a loop is made anew at each use by today's compilers.
 */
import { CONSTANTS } from './addresses';
import {
  E0, E1, E2, E3, E4, L0, L1, L2, L3, LEAST_EXP, LN2_HIGH, LN2_LOW, LOG2_E, MANTISSA, MINUS_ONE, ONE, P0, Q0, ROUNDER,
  SIGN, SLOPE, TANH_LEAST, TANH_MOST, TWO,
} from './codes';

@inline
function constant(index: i32): v128 {
  return v128.load32_splat(CONSTANTS + 16 * index);
}

@inline
export function one(): v128 {
  return constant(ONE);
}
/** The slope of leaky ReLU below 0. */
@inline
export function slope(): v128 {
  return constant(SLOPE);
}
@inline
export function signBit(): v128 {
  return constant(SIGN);
}

/** expm1(r) for |r| ≤ ½ ln 2; its polynomial in pairs (Estrin), so that less waits for the step before. */
@inline function expm1Reduced(r: v128): v128 {
  const r2 = f32x4.mul(r, r);
  const low = f32x4.add(constant(E0), f32x4.mul(constant(E1), r));
  const high = f32x4.add(
    f32x4.add(constant(E2), f32x4.mul(constant(E3), r)),
    f32x4.mul(r2, constant(E4)),
  );
  return f32x4.add(r, f32x4.mul(r2, f32x4.add(low, f32x4.mul(r2, high))));
}

/** x − n ln 2, with n = `shifted` − ROUNDER the nearest whole number to x / ln 2. */
@inline function reduce(x: v128, shifted: v128): v128 {
  const n = f32x4.sub(shifted, constant(ROUNDER));
  return f32x4.sub(f32x4.sub(x, f32x4.mul(n, constant(LN2_HIGH))), f32x4.mul(n, constant(LN2_LOW)));
}

/** 2ⁿ for the n in the low bits of ROUNDER + n, −126 ≤ n ≤ 127. */
@inline function powerOfTwo(shifted: v128): v128 {
  return i32x4.add(i32x4.shl(shifted, 23), constant(ONE));
}

/** e^x for −87.3 ≤ x ≤ 0; below, that of −87.3, the least normal float. At most 1.1 ulp. */
@inline export function exp(x: v128): v128 {
  const held = f32x4.pmax(x, constant(LEAST_EXP));
  const shifted = f32x4.add(f32x4.mul(held, constant(LOG2_E)), constant(ROUNDER));
  const e = f32x4.add(constant(ONE), expm1Reduced(reduce(held, shifted)));
  return f32x4.mul(e, powerOfTwo(shifted));
}

/**
 * tanh x = x P(x²) / Q(x²) with x held within ±8.2, where tanh is 1 to 2 ulp, and the result within ±1.
 * At most 6 ulp. A quotient of two short polynomials waits less for itself than expm1 does: it is twice as fast.
 */
@inline export function tanh(x: v128): v128 {
  const held = f32x4.pmin(f32x4.pmax(x, constant(TANH_LEAST)), constant(TANH_MOST));
  const t = f32x4.mul(held, held);
  const t2 = f32x4.mul(t, t);
  const p = quartic(t, t2, P0);
  const q = quartic(t, t2, Q0);
  const y = f32x4.div(f32x4.mul(held, p), q);
  return f32x4.pmin(f32x4.pmax(y, constant(MINUS_ONE)), constant(ONE));
}

/** c0 + c1 t + c2 t² + c3 t³ + c4 t⁴, in pairs (Estrin), with its coefficients from `first` on. */
@inline function quartic(t: v128, t2: v128, first: i32): v128 {
  const low = f32x4.add(constant(first), f32x4.mul(constant(first + 1), t));
  const middle = f32x4.add(constant(first + 2), f32x4.mul(constant(first + 3), t));
  return f32x4.add(low, f32x4.mul(t2, f32x4.add(middle, f32x4.mul(t2, constant(first + 4)))));
}

/** {@link tanh} of the eight floats at `p`, in place: the same bits, with each constant read once for both. */
@inline export function tanhPair(p: usize): void {
  let c = constant(TANH_LEAST);
  let x0 = f32x4.pmax(v128.load(p), c);
  let x1 = f32x4.pmax(v128.load(p, 16), c);
  c = constant(TANH_MOST);
  x0 = f32x4.pmin(x0, c);
  x1 = f32x4.pmin(x1, c);
  const t0 = f32x4.mul(x0, x0);
  const t1 = f32x4.mul(x1, x1);
  const s0 = f32x4.mul(t0, t0);
  const s1 = f32x4.mul(t1, t1);
  c = constant(P0 + 4);
  let a0 = f32x4.mul(s0, c);
  let a1 = f32x4.mul(s1, c);
  c = constant(P0 + 3);
  let b0 = f32x4.mul(c, t0);
  let b1 = f32x4.mul(c, t1);
  c = constant(P0 + 2);
  a0 = f32x4.mul(s0, f32x4.add(f32x4.add(c, b0), a0));
  a1 = f32x4.mul(s1, f32x4.add(f32x4.add(c, b1), a1));
  c = constant(P0 + 1);
  b0 = f32x4.mul(c, t0);
  b1 = f32x4.mul(c, t1);
  c = constant(P0);
  x0 = f32x4.mul(x0, f32x4.add(f32x4.add(c, b0), a0));
  x1 = f32x4.mul(x1, f32x4.add(f32x4.add(c, b1), a1));
  c = constant(Q0 + 4);
  a0 = f32x4.mul(s0, c);
  a1 = f32x4.mul(s1, c);
  c = constant(Q0 + 3);
  b0 = f32x4.mul(c, t0);
  b1 = f32x4.mul(c, t1);
  c = constant(Q0 + 2);
  a0 = f32x4.mul(s0, f32x4.add(f32x4.add(c, b0), a0));
  a1 = f32x4.mul(s1, f32x4.add(f32x4.add(c, b1), a1));
  c = constant(Q0 + 1);
  b0 = f32x4.mul(c, t0);
  b1 = f32x4.mul(c, t1);
  c = constant(Q0);
  x0 = f32x4.div(x0, f32x4.add(f32x4.add(c, b0), a0));
  x1 = f32x4.div(x1, f32x4.add(f32x4.add(c, b1), a1));
  c = constant(MINUS_ONE);
  x0 = f32x4.pmax(x0, c);
  x1 = f32x4.pmax(x1, c);
  c = constant(ONE);
  v128.store(p, f32x4.pmin(x0, c));
  v128.store(p, f32x4.pmin(x1, c), 16);
}

/** The same for sixteen floats at `p`: a wide machine waits less for the constants. */
@inline export function tanhFour(p: usize): void {
  let c = constant(TANH_LEAST);
  let x0 = f32x4.pmax(v128.load(p), c);
  let x1 = f32x4.pmax(v128.load(p, 16), c);
  let x2 = f32x4.pmax(v128.load(p, 32), c);
  let x3 = f32x4.pmax(v128.load(p, 48), c);
  c = constant(TANH_MOST);
  x0 = f32x4.pmin(x0, c);
  x1 = f32x4.pmin(x1, c);
  x2 = f32x4.pmin(x2, c);
  x3 = f32x4.pmin(x3, c);
  const t0 = f32x4.mul(x0, x0);
  const t1 = f32x4.mul(x1, x1);
  const t2 = f32x4.mul(x2, x2);
  const t3 = f32x4.mul(x3, x3);
  const s0 = f32x4.mul(t0, t0);
  const s1 = f32x4.mul(t1, t1);
  const s2 = f32x4.mul(t2, t2);
  const s3 = f32x4.mul(t3, t3);
  c = constant(P0 + 4);
  let a0 = f32x4.mul(s0, c);
  let a1 = f32x4.mul(s1, c);
  let a2 = f32x4.mul(s2, c);
  let a3 = f32x4.mul(s3, c);
  c = constant(P0 + 3);
  let b0 = f32x4.mul(c, t0);
  let b1 = f32x4.mul(c, t1);
  let b2 = f32x4.mul(c, t2);
  let b3 = f32x4.mul(c, t3);
  c = constant(P0 + 2);
  a0 = f32x4.mul(s0, f32x4.add(f32x4.add(c, b0), a0));
  a1 = f32x4.mul(s1, f32x4.add(f32x4.add(c, b1), a1));
  a2 = f32x4.mul(s2, f32x4.add(f32x4.add(c, b2), a2));
  a3 = f32x4.mul(s3, f32x4.add(f32x4.add(c, b3), a3));
  c = constant(P0 + 1);
  b0 = f32x4.mul(c, t0);
  b1 = f32x4.mul(c, t1);
  b2 = f32x4.mul(c, t2);
  b3 = f32x4.mul(c, t3);
  c = constant(P0);
  x0 = f32x4.mul(x0, f32x4.add(f32x4.add(c, b0), a0));
  x1 = f32x4.mul(x1, f32x4.add(f32x4.add(c, b1), a1));
  x2 = f32x4.mul(x2, f32x4.add(f32x4.add(c, b2), a2));
  x3 = f32x4.mul(x3, f32x4.add(f32x4.add(c, b3), a3));
  c = constant(Q0 + 4);
  a0 = f32x4.mul(s0, c);
  a1 = f32x4.mul(s1, c);
  a2 = f32x4.mul(s2, c);
  a3 = f32x4.mul(s3, c);
  c = constant(Q0 + 3);
  b0 = f32x4.mul(c, t0);
  b1 = f32x4.mul(c, t1);
  b2 = f32x4.mul(c, t2);
  b3 = f32x4.mul(c, t3);
  c = constant(Q0 + 2);
  a0 = f32x4.mul(s0, f32x4.add(f32x4.add(c, b0), a0));
  a1 = f32x4.mul(s1, f32x4.add(f32x4.add(c, b1), a1));
  a2 = f32x4.mul(s2, f32x4.add(f32x4.add(c, b2), a2));
  a3 = f32x4.mul(s3, f32x4.add(f32x4.add(c, b3), a3));
  c = constant(Q0 + 1);
  b0 = f32x4.mul(c, t0);
  b1 = f32x4.mul(c, t1);
  b2 = f32x4.mul(c, t2);
  b3 = f32x4.mul(c, t3);
  c = constant(Q0);
  x0 = f32x4.div(x0, f32x4.add(f32x4.add(c, b0), a0));
  x1 = f32x4.div(x1, f32x4.add(f32x4.add(c, b1), a1));
  x2 = f32x4.div(x2, f32x4.add(f32x4.add(c, b2), a2));
  x3 = f32x4.div(x3, f32x4.add(f32x4.add(c, b3), a3));
  c = constant(MINUS_ONE);
  x0 = f32x4.pmax(x0, c);
  x1 = f32x4.pmax(x1, c);
  x2 = f32x4.pmax(x2, c);
  x3 = f32x4.pmax(x3, c);
  c = constant(ONE);
  v128.store(p, f32x4.pmin(x0, c));
  v128.store(p, f32x4.pmin(x1, c), 16);
  v128.store(p, f32x4.pmin(x2, c), 32);
  v128.store(p, f32x4.pmin(x3, c), 48);
}

/** 1 / (1 + e^−x). At most 2.5 ulp. */
@inline export function sigmoid(x: v128): v128 {
  const e = exp(v128.or(x, constant(SIGN)));
  return sigmoidFrom(e, x);
}

/** σ(x) from e = e^−|x|. */
@inline export function sigmoidFrom(e: v128, x: v128): v128 {
  const numerator = v128.bitselect(e, constant(ONE), i32x4.shr_s(x, 31));
  return f32x4.div(numerator, f32x4.add(constant(ONE), e));
}

/** 2 artanh(s) − 2 s for 0 ≤ s ≤ ⅓. */
@inline function artanhRest(s: v128): v128 {
  const s2 = f32x4.mul(s, s);
  const low = f32x4.add(constant(L0), f32x4.mul(constant(L1), s2));
  const high = f32x4.add(constant(L2), f32x4.mul(constant(L3), s2));
  return f32x4.mul(f32x4.mul(s, s2), f32x4.add(low, f32x4.mul(f32x4.mul(s2, s2), high)));
}

/** ln(1 + x) for 0 ≤ x ≤ 1, as 2 artanh(x / (2 + x)). At most 2 ulp. */
@inline export function log1pOfUnit(x: v128): v128 {
  const s = f32x4.div(x, f32x4.add(constant(TWO), x));
  return f32x4.add(f32x4.add(s, s), artanhRest(s));
}

/** ln(1 + x) for x ≥ 0; NaN for ∞. At most 2 ulp. */
@inline export function log1p(x: v128): v128 {
  const u = f32x4.add(constant(ONE), x);
  const exponent = i32x4.sub(i32x4.shr_u(u, 23), i32x4.shr_u(constant(ONE), 23));
  const mantissa = v128.or(v128.and(u, constant(MANTISSA)), constant(ONE));
  // Below 1, x itself is what the mantissa of 1 + x has rounded.
  const small = i32x4.eq(exponent, i32x4.sub(exponent, exponent));
  const f = v128.bitselect(x, f32x4.sub(mantissa, constant(ONE)), small);
  const s = f32x4.div(f, f32x4.add(constant(TWO), f));
  const s3q = artanhRest(s);
  const k = f32x4.convert_i32x4_s(exponent);
  const rest = f32x4.add(f32x4.mul(k, constant(LN2_LOW)), s3q);
  const sum = f32x4.add(f32x4.mul(k, constant(LN2_HIGH)), f32x4.add(f32x4.add(s, s), rest));
  // x − x is 0, or NaN.
  return f32x4.add(sum, f32x4.sub(x, x));
}
