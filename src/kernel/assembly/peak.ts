import * as at from './addresses';

// What the processor can do at most: multiplications and additions that do not wait for each other or for memory.
// Their speed is what the products' speed is compared with.

/** `turns` times 12 multiplications and 12 additions of four floats. */
export function peak(turns: i32): f32 {
  const c = v128.load(at.CONSTANTS);
  const d = v128.load(at.CONSTANTS, 16);
  let a0 = f32x4.splat(0),
    a1 = a0,
    a2 = a0,
    a3 = a0,
    a4 = a0,
    a5 = a0,
    a6 = a0,
    a7 = a0,
    a8 = a0,
    a9 = a0,
    a10 = a0,
    a11 = a0;
  do {
    a0 = f32x4.add(f32x4.mul(a0, c), d);
    a1 = f32x4.add(f32x4.mul(a1, c), d);
    a2 = f32x4.add(f32x4.mul(a2, c), d);
    a3 = f32x4.add(f32x4.mul(a3, c), d);
    a4 = f32x4.add(f32x4.mul(a4, c), d);
    a5 = f32x4.add(f32x4.mul(a5, c), d);
    a6 = f32x4.add(f32x4.mul(a6, c), d);
    a7 = f32x4.add(f32x4.mul(a7, c), d);
    a8 = f32x4.add(f32x4.mul(a8, c), d);
    a9 = f32x4.add(f32x4.mul(a9, c), d);
    a10 = f32x4.add(f32x4.mul(a10, c), d);
    a11 = f32x4.add(f32x4.mul(a11, c), d);
  } while (--turns);
  const sum = f32x4.add(
    f32x4.add(f32x4.add(a0, a1), f32x4.add(a2, a3)),
    f32x4.add(f32x4.add(a4, a5), f32x4.add(a6, a7)),
  );
  return f32x4.extract_lane(f32x4.add(sum, f32x4.add(f32x4.add(a8, a9), f32x4.add(a10, a11))), 0);
}

/**
 * The same of eight floats, as pairs that V8 can pack into 256 bits; the last 384 bytes are stored at `out`. Without
 * packing they do not fit into the registers: `peak` is the measure there.
 */
export function peakPairs(turns: i32, out: usize): void {
  // The same in both halves of a pair: what V8 packs as one.
  const c = v128.load32_splat(at.CONSTANTS);
  const d = v128.load32_splat(at.CONSTANTS + 16);
  let a0 = f32x4.splat(0),
    b0 = a0,
    a1 = a0,
    b1 = a0,
    a2 = a0,
    b2 = a0,
    a3 = a0,
    b3 = a0,
    a4 = a0,
    b4 = a0,
    a5 = a0,
    b5 = a0,
    a6 = a0,
    b6 = a0,
    a7 = a0,
    b7 = a0,
    a8 = a0,
    b8 = a0,
    a9 = a0,
    b9 = a0,
    a10 = a0,
    b10 = a0,
    a11 = a0,
    b11 = a0;
  do {
    a0 = f32x4.add(f32x4.mul(a0, c), d);
    b0 = f32x4.add(f32x4.mul(b0, c), d);
    a1 = f32x4.add(f32x4.mul(a1, c), d);
    b1 = f32x4.add(f32x4.mul(b1, c), d);
    a2 = f32x4.add(f32x4.mul(a2, c), d);
    b2 = f32x4.add(f32x4.mul(b2, c), d);
    a3 = f32x4.add(f32x4.mul(a3, c), d);
    b3 = f32x4.add(f32x4.mul(b3, c), d);
    a4 = f32x4.add(f32x4.mul(a4, c), d);
    b4 = f32x4.add(f32x4.mul(b4, c), d);
    a5 = f32x4.add(f32x4.mul(a5, c), d);
    b5 = f32x4.add(f32x4.mul(b5, c), d);
    a6 = f32x4.add(f32x4.mul(a6, c), d);
    b6 = f32x4.add(f32x4.mul(b6, c), d);
    a7 = f32x4.add(f32x4.mul(a7, c), d);
    b7 = f32x4.add(f32x4.mul(b7, c), d);
    a8 = f32x4.add(f32x4.mul(a8, c), d);
    b8 = f32x4.add(f32x4.mul(b8, c), d);
    a9 = f32x4.add(f32x4.mul(a9, c), d);
    b9 = f32x4.add(f32x4.mul(b9, c), d);
    a10 = f32x4.add(f32x4.mul(a10, c), d);
    b10 = f32x4.add(f32x4.mul(b10, c), d);
    a11 = f32x4.add(f32x4.mul(a11, c), d);
    b11 = f32x4.add(f32x4.mul(b11, c), d);
  } while (--turns);
  v128.store(out, a0);
  v128.store(out, b0, 16);
  v128.store(out, a1, 32);
  v128.store(out, b1, 48);
  v128.store(out, a2, 64);
  v128.store(out, b2, 80);
  v128.store(out, a3, 96);
  v128.store(out, b3, 112);
  v128.store(out, a4, 128);
  v128.store(out, b4, 144);
  v128.store(out, a5, 160);
  v128.store(out, b5, 176);
  v128.store(out, a6, 192);
  v128.store(out, b6, 208);
  v128.store(out, a7, 224);
  v128.store(out, b7, 240);
  v128.store(out, a8, 256);
  v128.store(out, b8, 272);
  v128.store(out, a9, 288);
  v128.store(out, b9, 304);
  v128.store(out, a10, 320);
  v128.store(out, b10, 336);
  v128.store(out, a11, 352);
  v128.store(out, b11, 368);
}
