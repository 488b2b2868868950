/**
 * Tiles of the gradient products: sums over the examples that stay in registers, the eight lanes of a group apart.
 * `d` is the first error, `x` the first input, `t` 256 bytes where the sums are left: eight lanes for each pair of
 * unit and input, the units of an input side by side. See `tiles.ts` for the shape of the loops.
 */

/** Four units and two inputs. */
@inline
export function wideTile(d: usize, strideOut: usize, x: usize, strideIn: usize, groups: i32, t: usize): void {
  let a00 = f32x4.splat(0);
  let b00 = f32x4.splat(0);
  let a01 = f32x4.splat(0);
  let b01 = f32x4.splat(0);
  let a10 = f32x4.splat(0);
  let b10 = f32x4.splat(0);
  let a11 = f32x4.splat(0);
  let b11 = f32x4.splat(0);
  let a20 = f32x4.splat(0);
  let b20 = f32x4.splat(0);
  let a21 = f32x4.splat(0);
  let b21 = f32x4.splat(0);
  let a30 = f32x4.splat(0);
  let b30 = f32x4.splat(0);
  let a31 = f32x4.splat(0);
  let b31 = f32x4.splat(0);
  let p = d;
  let q = x;
  let n = groups;
  do {
    const xa0 = v128.load(q);
    const xb0 = v128.load(q, 16);
    const xa1 = v128.load(q, 32);
    const xb1 = v128.load(q, 48);
    const da0 = v128.load(p);
    const db0 = v128.load(p, 16);
    a00 = f32x4.add(a00, f32x4.mul(da0, xa0));
    b00 = f32x4.add(b00, f32x4.mul(db0, xb0));
    a01 = f32x4.add(a01, f32x4.mul(da0, xa1));
    b01 = f32x4.add(b01, f32x4.mul(db0, xb1));
    const da1 = v128.load(p, 32);
    const db1 = v128.load(p, 48);
    a10 = f32x4.add(a10, f32x4.mul(da1, xa0));
    b10 = f32x4.add(b10, f32x4.mul(db1, xb0));
    a11 = f32x4.add(a11, f32x4.mul(da1, xa1));
    b11 = f32x4.add(b11, f32x4.mul(db1, xb1));
    const da2 = v128.load(p, 64);
    const db2 = v128.load(p, 80);
    a20 = f32x4.add(a20, f32x4.mul(da2, xa0));
    b20 = f32x4.add(b20, f32x4.mul(db2, xb0));
    a21 = f32x4.add(a21, f32x4.mul(da2, xa1));
    b21 = f32x4.add(b21, f32x4.mul(db2, xb1));
    const da3 = v128.load(p, 96);
    const db3 = v128.load(p, 112);
    a30 = f32x4.add(a30, f32x4.mul(da3, xa0));
    b30 = f32x4.add(b30, f32x4.mul(db3, xb0));
    a31 = f32x4.add(a31, f32x4.mul(da3, xa1));
    b31 = f32x4.add(b31, f32x4.mul(db3, xb1));
    p += strideOut;
    q += strideIn;
  } while (--n);
  v128.store(t, a00);
  v128.store(t, b00, 16);
  v128.store(t, a10, 32);
  v128.store(t, b10, 48);
  v128.store(t, a20, 64);
  v128.store(t, b20, 80);
  v128.store(t, a30, 96);
  v128.store(t, b30, 112);
  v128.store(t, a01, 128);
  v128.store(t, b01, 144);
  v128.store(t, a11, 160);
  v128.store(t, b11, 176);
  v128.store(t, a21, 192);
  v128.store(t, b21, 208);
  v128.store(t, a31, 224);
  v128.store(t, b31, 240);
}

/** The same, of one half of each group. */
@inline
export function narrowTile(
  d: usize,
  strideOut: usize,
  x: usize,
  strideIn: usize,
  groups: i32,
  t: usize,
  half: usize,
): void {
  let c00 = f32x4.splat(0);
  let c01 = f32x4.splat(0);
  let c10 = f32x4.splat(0);
  let c11 = f32x4.splat(0);
  let c20 = f32x4.splat(0);
  let c21 = f32x4.splat(0);
  let c30 = f32x4.splat(0);
  let c31 = f32x4.splat(0);
  let p = d + half;
  let q = x + half;
  let n = groups;
  do {
    const x0 = v128.load(q);
    const x1 = v128.load(q, 32);
    const d0 = v128.load(p);
    c00 = f32x4.add(c00, f32x4.mul(d0, x0));
    c01 = f32x4.add(c01, f32x4.mul(d0, x1));
    const d1 = v128.load(p, 32);
    c10 = f32x4.add(c10, f32x4.mul(d1, x0));
    c11 = f32x4.add(c11, f32x4.mul(d1, x1));
    const d2 = v128.load(p, 64);
    c20 = f32x4.add(c20, f32x4.mul(d2, x0));
    c21 = f32x4.add(c21, f32x4.mul(d2, x1));
    const d3 = v128.load(p, 96);
    c30 = f32x4.add(c30, f32x4.mul(d3, x0));
    c31 = f32x4.add(c31, f32x4.mul(d3, x1));
    p += strideOut;
    q += strideIn;
  } while (--n);
  v128.store(t + half, c00);
  v128.store(t + half, c10, 32);
  v128.store(t + half, c20, 64);
  v128.store(t + half, c30, 96);
  v128.store(t + half, c01, 128);
  v128.store(t + half, c11, 160);
  v128.store(t + half, c21, 192);
  v128.store(t + half, c31, 224);
}

/** Four units and one input. */
@inline
export function column(d: usize, strideOut: usize, x: usize, strideIn: usize, groups: i32, t: usize): void {
  let a00 = f32x4.splat(0);
  let b00 = f32x4.splat(0);
  let a10 = f32x4.splat(0);
  let b10 = f32x4.splat(0);
  let a20 = f32x4.splat(0);
  let b20 = f32x4.splat(0);
  let a30 = f32x4.splat(0);
  let b30 = f32x4.splat(0);
  let p = d;
  let q = x;
  let n = groups;
  do {
    const xa0 = v128.load(q);
    const xb0 = v128.load(q, 16);
    const da0 = v128.load(p);
    const db0 = v128.load(p, 16);
    a00 = f32x4.add(a00, f32x4.mul(da0, xa0));
    b00 = f32x4.add(b00, f32x4.mul(db0, xb0));
    const da1 = v128.load(p, 32);
    const db1 = v128.load(p, 48);
    a10 = f32x4.add(a10, f32x4.mul(da1, xa0));
    b10 = f32x4.add(b10, f32x4.mul(db1, xb0));
    const da2 = v128.load(p, 64);
    const db2 = v128.load(p, 80);
    a20 = f32x4.add(a20, f32x4.mul(da2, xa0));
    b20 = f32x4.add(b20, f32x4.mul(db2, xb0));
    const da3 = v128.load(p, 96);
    const db3 = v128.load(p, 112);
    a30 = f32x4.add(a30, f32x4.mul(da3, xa0));
    b30 = f32x4.add(b30, f32x4.mul(db3, xb0));
    p += strideOut;
    q += strideIn;
  } while (--n);
  v128.store(t, a00);
  v128.store(t, b00, 16);
  v128.store(t, a10, 32);
  v128.store(t, b10, 48);
  v128.store(t, a20, 64);
  v128.store(t, b20, 80);
  v128.store(t, a30, 96);
  v128.store(t, b30, 112);
}

/** One unit and four inputs. */
@inline
export function row(d: usize, strideOut: usize, x: usize, strideIn: usize, groups: i32, t: usize): void {
  let a00 = f32x4.splat(0);
  let b00 = f32x4.splat(0);
  let a01 = f32x4.splat(0);
  let b01 = f32x4.splat(0);
  let a02 = f32x4.splat(0);
  let b02 = f32x4.splat(0);
  let a03 = f32x4.splat(0);
  let b03 = f32x4.splat(0);
  let p = d;
  let q = x;
  let n = groups;
  do {
    const xa0 = v128.load(q);
    const xb0 = v128.load(q, 16);
    const xa1 = v128.load(q, 32);
    const xb1 = v128.load(q, 48);
    const xa2 = v128.load(q, 64);
    const xb2 = v128.load(q, 80);
    const xa3 = v128.load(q, 96);
    const xb3 = v128.load(q, 112);
    const da0 = v128.load(p);
    const db0 = v128.load(p, 16);
    a00 = f32x4.add(a00, f32x4.mul(da0, xa0));
    b00 = f32x4.add(b00, f32x4.mul(db0, xb0));
    a01 = f32x4.add(a01, f32x4.mul(da0, xa1));
    b01 = f32x4.add(b01, f32x4.mul(db0, xb1));
    a02 = f32x4.add(a02, f32x4.mul(da0, xa2));
    b02 = f32x4.add(b02, f32x4.mul(db0, xb2));
    a03 = f32x4.add(a03, f32x4.mul(da0, xa3));
    b03 = f32x4.add(b03, f32x4.mul(db0, xb3));
    p += strideOut;
    q += strideIn;
  } while (--n);
  v128.store(t, a00);
  v128.store(t, b00, 16);
  v128.store(t, a01, 32);
  v128.store(t, b01, 48);
  v128.store(t, a02, 64);
  v128.store(t, b02, 80);
  v128.store(t, a03, 96);
  v128.store(t, b03, 112);
}

/** One unit and one input. */
@inline
export function single(d: usize, strideOut: usize, x: usize, strideIn: usize, groups: i32, t: usize): void {
  let a00 = f32x4.splat(0);
  let b00 = f32x4.splat(0);
  let p = d;
  let q = x;
  let n = groups;
  do {
    const xa0 = v128.load(q);
    const xb0 = v128.load(q, 16);
    const da0 = v128.load(p);
    const db0 = v128.load(p, 16);
    a00 = f32x4.add(a00, f32x4.mul(da0, xa0));
    b00 = f32x4.add(b00, f32x4.mul(db0, xb0));
    p += strideOut;
    q += strideIn;
  } while (--n);
  v128.store(t, a00);
  v128.store(t, b00, 16);
}

/** Four units, for the biases. */
@inline
export function biasColumn(d: usize, strideOut: usize, groups: i32, t: usize): void {
  let a0 = f32x4.splat(0);
  let b0 = f32x4.splat(0);
  let a1 = f32x4.splat(0);
  let b1 = f32x4.splat(0);
  let a2 = f32x4.splat(0);
  let b2 = f32x4.splat(0);
  let a3 = f32x4.splat(0);
  let b3 = f32x4.splat(0);
  let p = d;
  let n = groups;
  do {
    a0 = f32x4.add(a0, v128.load(p));
    b0 = f32x4.add(b0, v128.load(p, 16));
    a1 = f32x4.add(a1, v128.load(p, 32));
    b1 = f32x4.add(b1, v128.load(p, 48));
    a2 = f32x4.add(a2, v128.load(p, 64));
    b2 = f32x4.add(b2, v128.load(p, 80));
    a3 = f32x4.add(a3, v128.load(p, 96));
    b3 = f32x4.add(b3, v128.load(p, 112));
    p += strideOut;
  } while (--n);
  v128.store(t, a0);
  v128.store(t, b0, 16);
  v128.store(t, a1, 32);
  v128.store(t, b1, 48);
  v128.store(t, a2, 64);
  v128.store(t, b2, 80);
  v128.store(t, a3, 96);
  v128.store(t, b3, 112);
}

/** One unit, for the biases. */
@inline
export function biasSingle(d: usize, strideOut: usize, groups: i32, t: usize): void {
  let a0 = f32x4.splat(0);
  let b0 = f32x4.splat(0);
  let p = d;
  let n = groups;
  do {
    a0 = f32x4.add(a0, v128.load(p));
    b0 = f32x4.add(b0, v128.load(p, 16));
    p += strideOut;
  } while (--n);
  v128.store(t, a0);
  v128.store(t, b0, 16);
}
