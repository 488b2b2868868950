/** What follows a pass: the shards' gradients are added in their order, and the parameters take a step. */
import * as at from './addresses';
import { GRADIENT_DESCENT, MOMENTUM, NESTEROV } from './codes';
import { signBit } from './math';

@inline
function splatAt(address: i32): v128 {
  return v128.load32_splat(address);
}

/** One step of every parameter. Returns the first layer with a number that is not finite, or 0. */
export function update(): i32 {
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

/** Updates `count` numbers at an offset, a multiple of 4; says whether all are finite. */
function step(offset: i32, count: i32, penalized: bool): bool {
  const shards = load<i32>(at.PASS_SHARDS);
  const size = <usize>(load<i32>(at.PARAMETER_COUNT) * 4);
  const optimizer = load<i32>(at.UPDATE_OPTIMIZER);
  let g = <usize>(load<i32>(at.GRADIENTS) + offset);
  let p = <usize>(load<i32>(at.PARAMETERS) + offset);
  let m1 = <usize>(load<i32>(at.MOMENT_1) + offset);
  let m2 = <usize>(load<i32>(at.MOMENT_2) + offset);
  const regularized =
    penalized && (load<f32>(at.UPDATE_L1) != 0 || load<f32>(at.UPDATE_L2) != 0);
  let finite = f32x4.splat(0);
  for (let k = 0; k < count; k += 4) {
    let sum = v128.load(g);
    let next = g + size;
    for (let s = 1; s < shards; s++) {
      sum = f32x4.add(sum, v128.load(next));
      next += size;
    }
    const w = v128.load(p);
    let gradient = f32x4.mul(sum, splatAt(at.UPDATE_SCALE));
    if (regularized) {
      gradient = f32x4.add(gradient, f32x4.mul(w, splatAt(at.UPDATE_L2)));
      // l1 with the sign of w; 0 where w is 0.
      const signed = v128.or(v128.and(w, signBit()), splatAt(at.UPDATE_L1));
      gradient = f32x4.add(gradient, v128.andnot(signed, f32x4.eq(w, f32x4.splat(0))));
    }
    let change: v128;
    if (optimizer == GRADIENT_DESCENT) {
      change = f32x4.mul(gradient, splatAt(at.UPDATE_RATE));
    } else if (optimizer <= NESTEROV) {
      const scaled = f32x4.mul(gradient, splatAt(at.UPDATE_RATE));
      const velocity = f32x4.add(f32x4.mul(v128.load(m1), splatAt(at.UPDATE_MOMENTUM)), scaled);
      v128.store(m1, velocity);
      change =
        optimizer == MOMENTUM
          ? velocity
          : f32x4.add(f32x4.mul(velocity, splatAt(at.UPDATE_MOMENTUM)), scaled);
    } else {
      const first = f32x4.add(
        f32x4.mul(v128.load(m1), splatAt(at.UPDATE_BETA_1)),
        f32x4.mul(gradient, splatAt(at.UPDATE_REST_1)),
      );
      const second = f32x4.add(
        f32x4.mul(v128.load(m2), splatAt(at.UPDATE_BETA_2)),
        f32x4.mul(f32x4.mul(gradient, gradient), splatAt(at.UPDATE_REST_2)),
      );
      v128.store(m1, first);
      v128.store(m2, second);
      finite = f32x4.add(finite, f32x4.sub(second, second));
      const root = f32x4.mul(f32x4.sqrt(second), splatAt(at.UPDATE_CORRECTION_2));
      const ratio = f32x4.div(
        f32x4.mul(first, splatAt(at.UPDATE_CORRECTION_1)),
        f32x4.add(root, splatAt(at.UPDATE_EPSILON)),
      );
      change = f32x4.mul(ratio, splatAt(at.UPDATE_RATE));
    }
    const stepped = f32x4.sub(w, change);
    v128.store(p, stepped);
    // x − x is 0, or NaN where x is not finite.
    finite = f32x4.add(finite, f32x4.sub(stepped, stepped));
    g += 16;
    p += 16;
    m1 += 16;
    m2 += 16;
  }
  return i32x4.all_true(f32x4.eq(finite, f32x4.splat(0)));
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

/** Copies `bytes`, a multiple of 16. */
function copy(to: usize, from: usize, bytes: usize): void {
  const end = from + bytes;
  while (from < end) {
    v128.store(to, v128.load(from));
    from += 16;
    to += 16;
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

/** Keeps parameters and moments as they are. */
export function snapshot(): void {
  copy(<usize>load<i32>(at.PREVIOUS), <usize>load<i32>(at.PARAMETERS), stateSize());
}

/** Puts back what {@link snapshot} kept. */
export function undo(): void {
  copy(<usize>load<i32>(at.PARAMETERS), <usize>load<i32>(at.PREVIOUS), stateSize());
  transposeWeights();
}
