/** What follows a pass: the shards' gradients are added in their order, and the parameters take a step. */
import * as at from './addresses';
import { ADAM, GRADIENT_DESCENT, MOMENTUM, NESTEROV } from './codes';
import { addPenalties, meanGradient, stepAdam, stepDescent, stepMomentum, stepNesterov } from './steps';

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
  if (load<i32>(at.FROZEN_COUNT) > 0) putBackFrozen();
  transposeWeights();
  return bad;
}

/** Frozen parameters, and their moments, are what they were at the start of the epoch. */
function putBackFrozen(): void {
  const to = <usize>load<i32>(at.PARAMETERS);
  const from = <usize>load<i32>(at.PREVIOUS);
  const arraySize = <usize>(load<i32>(at.PARAMETER_COUNT) * 4);
  const size = stateSize();
  let next = <usize>load<i32>(at.FROZEN);
  const end = next + (<usize>load<i32>(at.FROZEN_COUNT) << 2);
  while (next < end) {
    let offset = <usize>load<i32>(next);
    while (offset < size) {
      store<f32>(to + offset, load<f32>(from + offset));
      offset += arraySize;
    }
    next += 4;
  }
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
export function step(offset: i32, count: i32, penalized: bool): bool {
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
