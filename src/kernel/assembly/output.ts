/**
 * The output layer: from Z[L] to loss, score and dZ[L] = (A[L] − Y) ∗ weight of the example, in place. Losses and
 * scores are stored example by example, so that V8 can widen the loops (see `multiply.ts`), and added afterwards.
 */
import { exp, log1p, log1pOfUnit, one, sigmoidFrom, signBit } from './math';

/** Adds the four lanes of `value` to two sums in float64. */
@inline
function accumulate(sums: v128, value: v128): v128 {
  const high = v128.shuffle<f32>(value, value, 2, 3, 0, 1);
  return f64x2.add(sums, f64x2.add(f64x2.promote_low_f32x4(value), f64x2.promote_low_f32x4(high)));
}

@inline
function total(sums: v128): f64 {
  return f64x2.extract_lane(sums, 0) + f64x2.extract_lane(sums, 1);
}

@inline
function addTo(address: usize, value: f64): void {
  store<f64>(address, load<f64>(address) + value);
}

/** Groups whose losses are added in float32 before they go into the float64 sum: 64 examples. */
const GROUPS_IN_FLOAT: i32 = 8;

/** Adds to the two f64 at `result` the losses of `groups` groups and the number of scores that are set (−1). */
export function addClasses(losses: usize, scores: usize, groups: i32, result: usize): void {
  let cost = f64x2.splat(0);
  let right = i32x4.splat(0);
  do {
    let some = min(groups, GROUPS_IN_FLOAT);
    groups -= some;
    let sum = f32x4.splat(0);
    do {
      sum = f32x4.add(sum, v128.load(losses));
      sum = f32x4.add(sum, v128.load(losses, 16));
      right = i32x4.sub(right, i32x4.add(v128.load(scores), v128.load(scores, 16)));
      losses += 32;
      scores += 32;
    } while (--some);
    cost = accumulate(cost, sum);
  } while (groups > 0);
  addTo(result, total(cost));
  const all =
    i32x4.extract_lane(right, 0) +
    i32x4.extract_lane(right, 1) +
    i32x4.extract_lane(right, 2) +
    i32x4.extract_lane(right, 3);
  addTo(result + 8, <f64>all);
}

/** Adds to the two f64 at `result` half the weighted squares of `groups` groups, and the squares. */
export function addSquares(losses: usize, scores: usize, groups: i32, result: usize): void {
  let cost = f64x2.splat(0);
  let squares = f64x2.splat(0);
  do {
    cost = accumulate(cost, v128.load(losses));
    cost = accumulate(cost, v128.load(losses, 16));
    squares = accumulate(squares, v128.load(scores));
    squares = accumulate(squares, v128.load(scores, 16));
    losses += 32;
    scores += 32;
  } while (--groups);
  addTo(result, total(f64x2.mul(cost, f64x2.splat(0.5))));
  addTo(result + 8, total(squares));
}

/** The masks that are set where the example's weight is not 0. */
@inline
function counted(mask: v128, weight: v128): v128 {
  return v128.andnot(mask, f32x4.eq(weight, f32x4.splat(0)));
}

/** Leaves dZ in `z`, and loss and score (−1: right) of each example. */
export function sigmoidOutput(
  z: usize,
  stride: usize,
  y: usize,
  weights: usize,
  groups: i32,
  losses: usize,
  scores: usize,
): void {
  do {
    const z0 = v128.load(z);
    const z1 = v128.load(z, 16);
    const y0 = v128.load(y);
    const y1 = v128.load(y, 16);
    const w0 = v128.load(weights);
    const w1 = v128.load(weights, 16);
    // e^−|z|
    const e0 = exp(v128.or(z0, signBit()));
    const e1 = exp(v128.or(z1, signBit()));
    const d0 = f32x4.mul(f32x4.sub(sigmoidFrom(e0, z0), y0), w0);
    const d1 = f32x4.mul(f32x4.sub(sigmoidFrom(e1, z1), y1), w1);
    const loss0 = f32x4.mul(sigmoidLoss(z0, y0, e0), w0);
    const loss1 = f32x4.mul(sigmoidLoss(z1, y1, e1), w1);
    const score0 = counted(sigmoidIsRight(z0, y0), w0);
    const score1 = counted(sigmoidIsRight(z1, y1), w1);
    v128.store(z, d0);
    v128.store(z, d1, 16);
    v128.store(losses, loss0);
    v128.store(losses, loss1, 16);
    v128.store(scores, score0);
    v128.store(scores, score1, 16);
    z += stride;
    y += 32;
    weights += 32;
    losses += 32;
    scores += 32;
  } while (--groups);
}

/** Whether z > 0, which predicts the second class, is what y says. */
@inline
function sigmoidIsRight(z: v128, y: v128): v128 {
  const predicted = f32x4.gt(z, f32x4.splat(0));
  return i32x4.eq(predicted, f32x4.gt(y, f32x4.splat(0)));
}

/** max(z, 0) − z y + ln(1 + e^−|z|), with e = e^−|z|. */
@inline
function sigmoidLoss(z: v128, y: v128, e: v128): v128 {
  const above = f32x4.pmax(z, f32x4.splat(0));
  return f32x4.add(f32x4.sub(above, f32x4.mul(z, y)), log1pOfUnit(e));
}

/** As above for the identity: the weighted squared error, and as score the unweighted one. */
export function linearOutput(
  z: usize,
  stride: usize,
  y: usize,
  weights: usize,
  groups: i32,
  losses: usize,
  scores: usize,
): void {
  do {
    const w0 = v128.load(weights);
    const w1 = v128.load(weights, 16);
    const error0 = f32x4.sub(v128.load(z), v128.load(y));
    const error1 = f32x4.sub(v128.load(z, 16), v128.load(y, 16));
    const square0 = f32x4.mul(error0, error0);
    const square1 = f32x4.mul(error1, error1);
    const loss0 = f32x4.mul(square0, w0);
    const loss1 = f32x4.mul(square1, w1);
    const score0 = counted(square0, w0);
    const score1 = counted(square1, w1);
    const d0 = f32x4.mul(error0, w0);
    const d1 = f32x4.mul(error1, w1);
    v128.store(z, d0);
    v128.store(z, d1, 16);
    v128.store(losses, loss0);
    v128.store(losses, loss1, 16);
    v128.store(scores, score0);
    v128.store(scores, score1, 16);
    z += stride;
    y += 32;
    weights += 32;
    losses += 32;
    scores += 32;
  } while (--groups);
}

/** As the first, for softmax over `units` classes; y holds the class of each example. */
export function softmaxOutput(
  z: usize,
  stride: usize,
  y: usize,
  weights: usize,
  units: i32,
  groups: i32,
  losses: usize,
  scores: usize,
): void {
  do {
    const y0 = v128.load(y);
    const y1 = v128.load(y, 16);
    const w0 = v128.load(weights);
    const w1 = v128.load(weights, 16);
    let largest0 = v128.load(z);
    let largest1 = v128.load(z, 16);
    let p = z + 32;
    let k = units - 1;
    while (k > 0) {
      largest0 = f32x4.pmax(largest0, v128.load(p));
      largest1 = f32x4.pmax(largest1, v128.load(p, 16));
      p += 32;
      k--;
    }
    // Σ e^(z − largest), without the one summand that is e⁰.
    let others0 = f32x4.splat(0);
    let others1 = f32x4.splat(0);
    // z of the right class less the largest, and the first class that has the largest.
    let own0 = f32x4.splat(0);
    let own1 = f32x4.splat(0);
    let predicted0 = f32x4.splat(-1);
    let predicted1 = f32x4.splat(-1);
    let label0 = f32x4.splat(0);
    let label1 = f32x4.splat(0);
    p = z;
    k = units;
    do {
      const shifted0 = f32x4.sub(v128.load(p), largest0);
      const shifted1 = f32x4.sub(v128.load(p, 16), largest1);
      const e0 = exp(shifted0);
      const e1 = exp(shifted1);
      const isLargest0 = isFirst(shifted0, predicted0);
      const isLargest1 = isFirst(shifted1, predicted1);
      others0 = f32x4.add(others0, v128.andnot(e0, isLargest0));
      others1 = f32x4.add(others1, v128.andnot(e1, isLargest1));
      predicted0 = v128.bitselect(label0, predicted0, isLargest0);
      predicted1 = v128.bitselect(label1, predicted1, isLargest1);
      own0 = v128.bitselect(shifted0, own0, f32x4.eq(label0, y0));
      own1 = v128.bitselect(shifted1, own1, f32x4.eq(label1, y1));
      v128.store(p, e0);
      v128.store(p, e1, 16);
      label0 = f32x4.add(label0, one());
      label1 = f32x4.add(label1, one());
      p += 32;
    } while (--k);
    const loss0 = f32x4.mul(f32x4.sub(log1p(others0), own0), w0);
    const loss1 = f32x4.mul(f32x4.sub(log1p(others1), own1), w1);
    const score0 = counted(f32x4.eq(predicted0, y0), w0);
    const score1 = counted(f32x4.eq(predicted1, y1), w1);
    v128.store(losses, loss0);
    v128.store(losses, loss1, 16);
    v128.store(scores, score0);
    v128.store(scores, score1, 16);
    const scale0 = f32x4.div(w0, f32x4.add(one(), others0));
    const scale1 = f32x4.div(w1, f32x4.add(one(), others1));
    label0 = f32x4.splat(0);
    label1 = f32x4.splat(0);
    p = z;
    k = units;
    do {
      const hit0 = v128.and(w0, f32x4.eq(label0, y0));
      const hit1 = v128.and(w1, f32x4.eq(label1, y1));
      const d0 = f32x4.sub(f32x4.mul(v128.load(p), scale0), hit0);
      const d1 = f32x4.sub(f32x4.mul(v128.load(p, 16), scale1), hit1);
      v128.store(p, d0);
      v128.store(p, d1, 16);
      label0 = f32x4.add(label0, one());
      label1 = f32x4.add(label1, one());
      p += 32;
    } while (--k);
    z += stride;
    y += 32;
    weights += 32;
    losses += 32;
    scores += 32;
  } while (--groups);
}

/** Whether a class has the largest z (less which it is `shifted`) and none before it has. */
@inline
function isFirst(shifted: v128, predicted: v128): v128 {
  return v128.and(f32x4.eq(shifted, f32x4.splat(0)), f32x4.lt(predicted, f32x4.splat(0)));
}
