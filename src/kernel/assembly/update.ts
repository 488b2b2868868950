/** What follows a pass: the shards' gradients are added in their order, and the parameters take a step. */
import * as at from './addresses';
import { ADAM, GRADIENT_DESCENT, MOMENTUM, NESTEROV } from './codes';
import { signBit } from './math';

@inline
function splatAt(address: i32): v128 {
  return v128.load32_splat(address);
}

/** The next step of every parameter. Returns the first layer with a number that is not finite, or 0. */
export function update(): i32 {
  const steps = load<f64>(at.STEPS) + 1;
  store<f64>(at.STEPS, steps);
  if (load<i32>(at.UPDATE_OPTIMIZER) == ADAM) correct(steps);
  const count = load<i32>(at.LAYER_COUNT);
  let layer: usize = at.LAYERS;
  let bad = 0;
  for (let l = 1; l <= count; l++) {
    const okW = step(load<i32>(layer, at.W), load<i32>(layer, at.W_COUNT), true);
    const okB = step(load<i32>(layer, at.B), load<i32>(layer, at.B_COUNT), false);
    if (bad == 0 && !(okW && okB)) bad = l;
    layer += at.LAYER_SIZE;
  }
  transposeWeights();
  return bad;
}

/** Adam's 1 / (1 − β₁ᵗ) and 1 / √(1 − β₂ᵗ) for step t. */
function correct(t: f64): void {
  store<f32>(at.UPDATE_CORRECTION_1, <f32>(1 / (1 - power(load<f64>(at.BETA_1), t))));
  store<f32>(at.UPDATE_CORRECTION_2, <f32>(1 / sqrt(1 - power(load<f64>(at.BETA_2), t))));
}

/** xⁿ for a whole n ≥ 0 by squaring, in the steps of core/optimizer.ts. */
function power(x: f64, n: f64): f64 {
  let result: f64 = 1;
  let square = x;
  while (n > 0) {
    const half = floor(n / 2);
    if (n - 2 * half == 1) result *= square;
    square *= square;
    n = half;
  }
  return result;
}

/** Updates `count` numbers at an offset, both multiples of 8; says whether all are finite. */
function step(offset: i32, count: i32, penalized: bool): bool {
  const optimizer = load<i32>(at.UPDATE_OPTIMIZER);
  const g = <usize>(load<i32>(at.GRADIENTS) + offset);
  const p = <usize>(load<i32>(at.PARAMETERS) + offset);
  const m1 = <usize>(load<i32>(at.MOMENT_1) + offset);
  const m2 = <usize>(load<i32>(at.MOMENT_2) + offset);
  meanGradient(g, count);
  if (penalized && (load<f32>(at.UPDATE_L1) != 0 || load<f32>(at.UPDATE_L2) != 0)) addPenalties(g, p, count);
  if (optimizer == GRADIENT_DESCENT) stepDescent(g, p, count);
  else if (optimizer == MOMENTUM) stepMomentum(g, p, m1, count);
  else if (optimizer == NESTEROV) stepNesterov(g, p, m1, count);
  else stepAdam(g, p, m1, m2, count);
  // x − x is 0, or NaN where x is not finite.
  const finite = v128.or(v128.load(at.FINITE), v128.load(at.FINITE, 16));
  return i32x4.all_true(i32x4.eq(finite, i32x4.splat(0)));
}

// Each of what follows takes eight numbers a turn, in two halves: see `multiply.ts`. `g`: gradients, `p`: parameters.

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

/** W[l]ᵀ for backward, l = 2 … L, packed as the products want it. */
export function transposeWeights(): void {
  const count = load<i32>(at.LAYER_COUNT);
  for (let l = 2; l <= count; l++) {
    const layer: usize = at.LAYERS + (l - 1) * at.LAYER_SIZE;
    const from = <usize>(load<i32>(at.PARAMETERS) + load<i32>(layer, at.W));
    const to = <usize>load<i32>(layer, at.W_TRANSPOSED);
    const inputs = load<i32>(layer, at.N_IN);
    const units = load<i32>(layer, at.N_OUT);
    const tiledInputs = inputs & ~3;
    for (let i = 0; i < units; i++) {
      const tiled = i < (units & ~3);
      let source = from + (<usize>(tiled ? (i & ~3) * inputs + (i & 3) : i * inputs) << 2);
      const sourceStep: usize = tiled ? 16 : 4;
      for (let k = 0; k < inputs; k++) {
        const target =
          k < tiledInputs ? (k & ~3) * units + i * 4 + (k & 3) : k * units + i;
        store<f32>(to + (<usize>target << 2), load<f32>(source));
        source += sourceStep;
      }
    }
  }
}

/** Copies `bytes`, a multiple of 32. */
function copy(to: usize, from: usize, bytes: usize): void {
  const end = from + bytes;
  while (from < end) {
    const low = v128.load(from);
    const high = v128.load(from, 16);
    v128.store(to, low);
    v128.store(to, high, 16);
    from += 32;
    to += 32;
  }
}

/** Bytes of the parameters and of the moments that the optimizer has; they lie one after the other. */
@inline
function stateSize(): usize {
  const count = load<i32>(at.PARAMETER_COUNT);
  const optimizer = load<i32>(at.UPDATE_OPTIMIZER);
  const arrays = optimizer == GRADIENT_DESCENT ? 1 : optimizer <= NESTEROV ? 2 : 3;
  return <usize>(count * 4 * arrays);
}

/** Keeps parameters, moments and the number of steps as they are. */
export function snapshot(): void {
  store<f64>(at.STEPS_BEFORE, load<f64>(at.STEPS));
  copy(<usize>load<i32>(at.PREVIOUS), <usize>load<i32>(at.PARAMETERS), stateSize());
}

/** Puts back what {@link snapshot} kept. */
export function undo(): void {
  store<f64>(at.STEPS, load<f64>(at.STEPS_BEFORE));
  copy(<usize>load<i32>(at.PARAMETERS), <usize>load<i32>(at.PREVIOUS), stateSize());
  transposeWeights();
}
