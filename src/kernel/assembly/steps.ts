/**
 * The loops of an update: the mean gradient, the penalties, and a step of each optimizer as core/optimizer.ts has it.
 * Each takes eight numbers a turn, in two halves: see `tiles.ts`. `g`: gradients, `p`: parameters, `m1` and `m2`: moments.
 */
import * as at from './addresses';
import { signBit } from './math';

@inline
function splatAt(address: i32): v128 {
  return v128.load32_splat(address);
}

/** The mean over the examples, from the sums of the shards in their order; it stands where the first shard's sum stood. */
export function meanGradient(g: usize, count: i32): void {
  const shards = load<i32>(at.PASS_SHARDS);
  const size = <usize>(load<i32>(at.PARAMETER_COUNT) * 4);
  do {
    let sum0 = v128.load(g);
    let sum1 = v128.load(g, 16);
    let next = g + size;
    let s = shards - 1;
    while (s > 0) {
      sum0 = f32x4.add(sum0, v128.load(next));
      sum1 = f32x4.add(sum1, v128.load(next, 16));
      next += size;
      s--;
    }
    const mean0 = f32x4.mul(sum0, splatAt(at.UPDATE_SCALE));
    const mean1 = f32x4.mul(sum1, splatAt(at.UPDATE_SCALE));
    v128.store(g, mean0);
    v128.store(g, mean1, 16);
    g += 32;
    count -= 8;
  } while (count > 0);
}

/** λ₂ w + λ₁ sign(w), which is 0 where w is 0, added to the gradients. */
export function addPenalties(g: usize, p: usize, count: i32): void {
  do {
    const sum0 = withPenalties(v128.load(g), v128.load(p));
    const sum1 = withPenalties(v128.load(g, 16), v128.load(p, 16));
    v128.store(g, sum0);
    v128.store(g, sum1, 16);
    g += 32;
    p += 32;
    count -= 8;
  } while (count > 0);
}

@inline
function withPenalties(gradient: v128, w: v128): v128 {
  const signed = v128.or(v128.and(w, signBit()), splatAt(at.UPDATE_L1));
  return f32x4.add(
    f32x4.add(gradient, f32x4.mul(w, splatAt(at.UPDATE_L2))),
    v128.andnot(signed, f32x4.eq(w, f32x4.splat(0))),
  );
}

/** w ← w − α dw; leaves at FINITE what is 0 where all numbers are finite, as the other steps do. */
export function stepDescent(g: usize, p: usize, count: i32): void {
  let finite0 = f32x4.splat(0);
  let finite1 = f32x4.splat(0);
  do {
    const w0 = f32x4.sub(v128.load(p), f32x4.mul(v128.load(g), splatAt(at.UPDATE_RATE)));
    const w1 = f32x4.sub(v128.load(p, 16), f32x4.mul(v128.load(g, 16), splatAt(at.UPDATE_RATE)));
    v128.store(p, w0);
    v128.store(p, w1, 16);
    finite0 = f32x4.add(finite0, f32x4.sub(w0, w0));
    finite1 = f32x4.add(finite1, f32x4.sub(w1, w1));
    g += 32;
    p += 32;
    count -= 8;
  } while (count > 0);
  v128.store(at.FINITE, finite0);
  v128.store(at.FINITE, finite1, 16);
}

@inline
function velocity(moment: v128, scaled: v128): v128 {
  return f32x4.add(f32x4.mul(moment, splatAt(at.UPDATE_MOMENTUM)), scaled);
}

/** v ← μ v + α dw; w ← w − v. */
export function stepMomentum(g: usize, p: usize, m1: usize, count: i32): void {
  stepWithVelocity(g, p, m1, count, false);
}

/** v ← μ v + α dw; w ← w − (μ v + α dw). */
export function stepNesterov(g: usize, p: usize, m1: usize, count: i32): void {
  stepWithVelocity(g, p, m1, count, true);
}

@inline
function stepWithVelocity(g: usize, p: usize, m1: usize, count: i32, nesterov: bool): void {
  let finite0 = f32x4.splat(0);
  let finite1 = f32x4.splat(0);
  do {
    const scaled0 = f32x4.mul(v128.load(g), splatAt(at.UPDATE_RATE));
    const scaled1 = f32x4.mul(v128.load(g, 16), splatAt(at.UPDATE_RATE));
    const velocity0 = velocity(v128.load(m1), scaled0);
    const velocity1 = velocity(v128.load(m1, 16), scaled1);
    const w0 = f32x4.sub(v128.load(p), nesterov ? velocity(velocity0, scaled0) : velocity0);
    const w1 = f32x4.sub(v128.load(p, 16), nesterov ? velocity(velocity1, scaled1) : velocity1);
    v128.store(m1, velocity0);
    v128.store(m1, velocity1, 16);
    v128.store(p, w0);
    v128.store(p, w1, 16);
    finite0 = f32x4.add(finite0, f32x4.sub(w0, w0));
    finite1 = f32x4.add(finite1, f32x4.sub(w1, w1));
    g += 32;
    p += 32;
    m1 += 32;
    count -= 8;
  } while (count > 0);
  v128.store(at.FINITE, finite0);
  v128.store(at.FINITE, finite1, 16);
}

@inline
function firstMoment(moment: v128, gradient: v128): v128 {
  return f32x4.add(
    f32x4.mul(moment, splatAt(at.UPDATE_BETA_1)),
    f32x4.mul(gradient, splatAt(at.UPDATE_REST_1)),
  );
}

@inline
function secondMoment(moment: v128, gradient: v128): v128 {
  return f32x4.add(
    f32x4.mul(moment, splatAt(at.UPDATE_BETA_2)),
    f32x4.mul(f32x4.mul(gradient, gradient), splatAt(at.UPDATE_REST_2)),
  );
}

@inline
function adamChange(first: v128, second: v128): v128 {
  const root = f32x4.mul(f32x4.sqrt(second), splatAt(at.UPDATE_CORRECTION_2));
  const ratio = f32x4.div(
    f32x4.mul(first, splatAt(at.UPDATE_CORRECTION_1)),
    f32x4.add(root, splatAt(at.UPDATE_EPSILON)),
  );
  return f32x4.mul(ratio, splatAt(at.UPDATE_RATE));
}

/** Adam, with both moments corrected for their start at 0. */
export function stepAdam(g: usize, p: usize, m1: usize, m2: usize, count: i32): void {
  let finite0 = f32x4.splat(0);
  let finite1 = f32x4.splat(0);
  do {
    const gradient0 = v128.load(g);
    const gradient1 = v128.load(g, 16);
    const first0 = firstMoment(v128.load(m1), gradient0);
    const first1 = firstMoment(v128.load(m1, 16), gradient1);
    const second0 = secondMoment(v128.load(m2), gradient0);
    const second1 = secondMoment(v128.load(m2, 16), gradient1);
    const w0 = f32x4.sub(v128.load(p), adamChange(first0, second0));
    const w1 = f32x4.sub(v128.load(p, 16), adamChange(first1, second1));
    v128.store(m1, first0);
    v128.store(m1, first1, 16);
    v128.store(m2, second0);
    v128.store(m2, second1, 16);
    v128.store(p, w0);
    v128.store(p, w1, 16);
    finite0 = f32x4.add(finite0, f32x4.add(f32x4.sub(second0, second0), f32x4.sub(w0, w0)));
    finite1 = f32x4.add(finite1, f32x4.add(f32x4.sub(second1, second1), f32x4.sub(w1, w1)));
    g += 32;
    p += 32;
    m1 += 32;
    m2 += 32;
    count -= 8;
  } while (count > 0);
  v128.store(at.FINITE, finite0);
  v128.store(at.FINITE, finite1, 16);
}
