/** The output layer: from Z[L] to loss, score and dZ[L] = (A[L] − Y) ∗ weight of the example, in place. */
import { exp, log1p, log1pOfUnit, one, sigmoidFrom, signBit } from './math';

/** Adds the four lanes of `value` to two sums in float64. */
@inline
function accumulate(sums: v128, value: v128): v128 {
  const high = v128.shuffle<f32>(value, value, 2, 3, 0, 1);
  return f64x2.add(sums, f64x2.add(f64x2.promote_low_f32x4(value), f64x2.promote_low_f32x4(high)));
}

/** Counts, in each lane, the masks that are set where the example's weight is not 0. */
@inline
function tally(counts: v128, mask: v128, weight: v128): v128 {
  // A mask that is set is −1.
  return i32x4.sub(counts, v128.andnot(mask, f32x4.eq(weight, f32x4.splat(0))));
}

/** Adds the sums of a block to a shard's result (two f64). */
@inline
function add(result: usize, cost: v128, score: f64): void {
  const sum = f64x2.extract_lane(cost, 0) + f64x2.extract_lane(cost, 1);
  store<f64>(result, load<f64>(result) + sum);
  store<f64>(result, load<f64>(result, 8) + score, 8);
}

@inline
function total(counts: v128): f64 {
  const all =
    i32x4.extract_lane(counts, 0) +
    i32x4.extract_lane(counts, 1) +
    i32x4.extract_lane(counts, 2) +
    i32x4.extract_lane(counts, 3);
  return <f64>all;
}

/** Groups whose losses are added in float32 before they go into the float64 sum: 64 examples. */
const GROUPS_IN_FLOAT: i32 = 8;

/** Adds cost and right predictions of `groups` groups to `result` (two f64) and leaves dZ in `z`. */
export function sigmoidOutput(
  z: usize,
  stride: usize,
  y: usize,
  weights: usize,
  groups: i32,
  result: usize,
): void {
  let cost = f64x2.splat(0);
  let right = i32x4.splat(0);
  do {
    let some = min(groups, GROUPS_IN_FLOAT);
    groups -= some;
    let sum = f32x4.splat(0);
    do {
      const w0 = v128.load(weights);
      right = tally(right, sigmoidIsRight(z, y), w0);
      sum = f32x4.add(sum, sigmoidLoss(z, y, w0));
      const w1 = v128.load(weights, 16);
      right = tally(right, sigmoidIsRight(z + 16, y + 16), w1);
      sum = f32x4.add(sum, sigmoidLoss(z + 16, y + 16, w1));
      z += stride;
      y += 32;
      weights += 32;
    } while (--some);
    cost = accumulate(cost, sum);
  } while (groups > 0);
  add(result, cost, total(right));
}

/** Whether z > 0, which predicts the second class, is what y says. */
@inline
function sigmoidIsRight(z: usize, y: usize): v128 {
  const predicted = f32x4.gt(v128.load(z), f32x4.splat(0));
  return i32x4.eq(predicted, f32x4.gt(v128.load(y), f32x4.splat(0)));
}

/** The weighted losses of four examples; dZ takes the place of z. */
@inline
function sigmoidLoss(z: usize, y: usize, weight: v128): v128 {
  const zs = v128.load(z);
  const ys = v128.load(y);
  // −|z|
  const e = exp(v128.or(zs, signBit()));
  v128.store(z, f32x4.mul(f32x4.sub(sigmoidFrom(e, zs), ys), weight));
  // max(z, 0) − z y + ln(1 + e^−|z|)
  const above = f32x4.pmax(zs, f32x4.splat(0));
  const loss = f32x4.add(f32x4.sub(above, f32x4.mul(zs, ys)), log1pOfUnit(e));
  return f32x4.mul(loss, weight);
}

/** As above for the identity: half squared errors, and as score their unweighted sum of squares. */
export function linearOutput(
  z: usize,
  stride: usize,
  y: usize,
  weights: usize,
  groups: i32,
  result: usize,
): void {
  let cost = f64x2.splat(0);
  let squares = f64x2.splat(0);
  do {
    let half = 2;
    do {
      const weight = v128.load(weights);
      const error = f32x4.sub(v128.load(z), v128.load(y));
      const square = f32x4.mul(error, error);
      cost = accumulate(cost, f32x4.mul(square, weight));
      squares = accumulate(squares, v128.andnot(square, f32x4.eq(weight, f32x4.splat(0))));
      v128.store(z, f32x4.mul(error, weight));
      z += 16;
      y += 16;
      weights += 16;
    } while (--half);
    z += stride - 32;
  } while (--groups);
  add(
    result,
    f64x2.mul(cost, f64x2.splat(0.5)),
    f64x2.extract_lane(squares, 0) + f64x2.extract_lane(squares, 1),
  );
}

/** As above for softmax over `units` classes; y holds the class of each example. */
export function softmaxOutput(
  z: usize,
  stride: usize,
  y: usize,
  weights: usize,
  units: i32,
  groups: i32,
  result: usize,
): void {
  let cost = f64x2.splat(0);
  let right = i32x4.splat(0);
  do {
    let half = 2;
    let first = z;
    do {
      const ys = v128.load(y);
      const weight = v128.load(weights);
      let largest = v128.load(first);
      let p = first + 32;
      let k = units - 1;
      while (k > 0) {
        largest = f32x4.pmax(largest, v128.load(p));
        p += 32;
        k--;
      }
      // Σ e^(z − largest), without the one summand that is e⁰.
      let others = f32x4.splat(0);
      // z of the right class less the largest, and the first class that has the largest.
      let own = f32x4.splat(0);
      let predicted = f32x4.splat(-1);
      let label = f32x4.splat(0);
      p = first;
      k = units;
      do {
        const shifted = f32x4.sub(v128.load(p), largest);
        const e = exp(shifted);
        const isLargest = v128.and(
          f32x4.eq(shifted, f32x4.splat(0)),
          f32x4.lt(predicted, f32x4.splat(0)),
        );
        others = f32x4.add(others, v128.andnot(e, isLargest));
        predicted = v128.bitselect(label, predicted, isLargest);
        own = v128.bitselect(shifted, own, f32x4.eq(label, ys));
        v128.store(p, e);
        label = f32x4.add(label, one());
        p += 32;
      } while (--k);
      const loss = f32x4.sub(log1p(others), own);
      cost = accumulate(cost, f32x4.mul(loss, weight));
      right = tally(right, f32x4.eq(predicted, ys), weight);
      const scale = f32x4.div(weight, f32x4.add(one(), others));
      label = f32x4.splat(0);
      p = first;
      k = units;
      do {
        const hit = v128.and(weight, f32x4.eq(label, ys));
        v128.store(p, f32x4.sub(f32x4.mul(v128.load(p), scale), hit));
        label = f32x4.add(label, one());
        p += 32;
      } while (--k);
      first += 16;
      y += 16;
      weights += 16;
    } while (--half);
    z += stride;
  } while (--groups);
  add(result, cost, total(right));
}
