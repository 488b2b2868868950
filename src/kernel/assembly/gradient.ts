/**
 * The gradient products: sums over the examples of errors times inputs. The eight lanes of a group are summed apart,
 * stored side by side, and added once after the loop: so V8 can widen the loops to 256 bits, and a narrow machine that
 * takes one half after the other gets the same bits.
 */
import * as at from './addresses';
import { biasColumn, biasSingle, column, narrowTile, row, single, wideTile } from './gradientTiles';

/** Inputs whose examples stay in the first cache while all units take them. */
const PANEL: i32 = 32;
/** Bytes that a tile leaves its lanes in. */
const TILE: usize = 256;

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

/** Adds to four neighbouring gradients the lanes that stand at `t`, eight for each. */
@inline
function addFour(gradient: usize, t: usize): void {
  const c0 = f32x4.add(v128.load(t), v128.load(t, 16));
  const c1 = f32x4.add(v128.load(t, 32), v128.load(t, 48));
  const c2 = f32x4.add(v128.load(t, 64), v128.load(t, 80));
  const c3 = f32x4.add(v128.load(t, 96), v128.load(t, 112));
  v128.store(gradient, f32x4.add(v128.load(gradient), sums(c0, c1, c2, c3)));
}

/** The same for one gradient, in the same order: units that start equal must stay equal to the last bit. */
@inline
function addOne(gradient: usize, t: usize): void {
  const c = f32x4.add(v128.load(t), v128.load(t, 16));
  const pair = f32x4.add(c, v128.shuffle<f32>(c, c, 2, 3, 0, 1));
  const sum = f32x4.extract_lane(pair, 0) + f32x4.extract_lane(pair, 1);
  store<f32>(gradient, load<f32>(gradient) + sum);
}

/** dW += dZ·Aᵀ over `groups` groups, in the order of the packed weights; `t`: 512 bytes to work in. */
export function gradientProduct(
  errors: usize,
  strideOut: usize,
  input: usize,
  strideIn: usize,
  gradient: usize,
  inputs: i32,
  units: i32,
  groups: i32,
  t: usize,
): void {
  const wide = load<i32>(at.WIDE);
  let from = 0;
  do {
    const some = min(inputs - from, PANEL);
    let d = errors;
    let g = gradient + (<usize>from << 4);
    let tile = units >> 2;
    while (tile > 0) {
      let x = input;
      let pairs = some >> 1;
      // The lanes of a tile are added while the next one's products run, so that they need not be waited for.
      let place: usize = 0;
      let waiting = false;
      while (pairs > 0) {
        if (wide) {
          wideTile(d, strideOut, x, strideIn, groups, t + place);
        } else {
          narrowTile(d, strideOut, x, strideIn, groups, t + place, 0);
          narrowTile(d, strideOut, x, strideIn, groups, t + place, 16);
        }
        place ^= TILE;
        if (waiting) {
          addFour(g, t + place);
          addFour(g + 16, t + place + 128);
          g += 32;
        }
        waiting = true;
        x += 64;
        pairs--;
      }
      if (waiting) {
        place ^= TILE;
        addFour(g, t + place);
        addFour(g + 16, t + place + 128);
        g += 32;
      }
      if (some & 1) {
        column(d, strideOut, x, strideIn, groups, t);
        addFour(g, t);
        g += 16;
      }
      g += <usize>(inputs - some) << 4;
      d += 128;
      tile--;
    }
    g -= <usize>from * 12;
    let rest = units & 3;
    while (rest > 0) {
      let x = input;
      let k = some;
      while (k >= 4) {
        row(d, strideOut, x, strideIn, groups, t);
        addFour(g, t);
        g += 16;
        x += 128;
        k -= 4;
      }
      while (k > 0) {
        single(d, strideOut, x, strideIn, groups, t);
        addOne(g, t);
        g += 4;
        x += 32;
        k--;
      }
      g += <usize>(inputs - some) << 2;
      d += 32;
      rest--;
    }
    input += <usize>some << 5;
    from += some;
  } while (from < inputs);
}

/** db += Σ dZ over `groups` groups; `t` as above. */
export function biasGradient(
  errors: usize,
  strideOut: usize,
  gradient: usize,
  units: i32,
  groups: i32,
  t: usize,
): void {
  let d = errors;
  let g = gradient;
  let tile = units >> 2;
  while (tile > 0) {
    biasColumn(d, strideOut, groups, t);
    addFour(g, t);
    g += 16;
    d += 128;
    tile--;
  }
  let rest = units & 3;
  while (rest > 0) {
    biasSingle(d, strideOut, groups, t);
    addOne(g, t);
    g += 4;
    d += 32;
    rest--;
  }
}
