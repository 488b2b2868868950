import type { Matrix } from './matrix';

/** The two directions in which points differ most. */
export interface PrincipalComponents {
  /** The mean of each feature, (nx). */
  readonly mean: Float64Array;
  /** Unit vectors, (nx) each, at right angles; the largest entry of each is positive. */
  readonly first: Float64Array;
  readonly second: Float64Array;
  /** The shares of the variance that lie along each, 0 to 1. */
  readonly shares: readonly [number, number];
  /** Examples that they were found from, of how many. */
  readonly examples: number;
  readonly from: number;
}

/** A larger covariance would take longer than a person waits. */
const MOST_FEATURES = 200;
/** Examples that are gone by where there are more features. */
const FEW_EXAMPLES = 200;
const MOST_ROUNDS = 2000;
const ENOUGH = 1e-14;

/**
 * The first two principal components of X (nx, m), nx ≥ 2: the eigenvectors of the largest eigenvalues of its covariance, by
 * power iteration on two vectors at once. With many features they are found from some of the examples, by the matrix of
 * their inner products, which has the same eigenvalues (Golub and Van Loan, Matrix Computations, §8.2).
 */
export function principalComponents(X: Matrix): PrincipalComponents {
  const isWide = X.rows > MOST_FEATURES;
  const count = isWide ? Math.min(X.cols, FEW_EXAMPLES) : X.cols;
  const chosen = Array.from({ length: count }, (_, k) => Math.floor((k * X.cols) / count));
  const mean = Float64Array.from(
    { length: X.rows },
    (_, i) => chosen.reduce((sum, j) => sum + X.data[i * X.cols + j], 0) / count,
  );
  const centred = Array.from({ length: X.rows }, (_, i) =>
    Float64Array.from(chosen, (j) => X.data[i * X.cols + j] - mean[i]),
  );
  // Directions and shares are the same on any scale; on this one no square is too small or too large for a number.
  const largest = centred.reduce((most, row) => Math.max(most, largestOf(row)), 0);
  const rows = largest > 0 ? centred.map((row) => row.map((value) => value / largest)) : centred;
  const side = isWide
    ? Array.from({ length: count }, (_, j) => Float64Array.from(rows, (row) => row[j]))
    : rows;
  const S = side.map((a) => Float64Array.from(side, (b) => dot(a, b) / count));
  const total = S.reduce((sum, row, k) => sum + row[k], 0);
  const pairs = largestPairs(S);
  const [first, second] = pairs.map(({ vector }) => (isWide ? unit(combined(side, vector)) : vector));
  const share = (value: number) => (total > 0 ? Math.max(0, value) / total : 0);
  return {
    mean,
    first: facing(first),
    second: facing(second),
    shares: [share(pairs[0].value), share(pairs[1].value)],
    examples: count,
    from: X.cols,
  };
}

interface Pair {
  readonly value: number;
  readonly vector: Float64Array;
}

/** The two largest eigenvalues of a symmetric matrix without negative ones, and their unit vectors. */
function largestPairs(S: readonly Float64Array[]): [Pair, Pair] {
  const n = S.length;
  // Any start will do that is no eigenvector of a smaller one.
  let [u, v] = orthonormal(
    Float64Array.from({ length: n }, (_, i) => 1 + i / n),
    Float64Array.from({ length: n }, (_, i) => ((i * 7919) % 101) / 101 - 0.5),
  );
  let values: [number, number] = [0, 0];
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const [Su, Sv] = [S.map((row) => dot(row, u)), S.map((row) => dot(row, v))].map((a) =>
      Float64Array.from(a),
    );
    // S within the plane of u and v; turned so that it is diagonal there.
    const [a, b, d] = [dot(u, Su), dot(u, Sv), dot(v, Sv)];
    const [c, s] = rotation(a, b, d);
    const turned = (x: Float64Array, y: Float64Array): [Float64Array, Float64Array] => [
      x.map((value, i) => c * value + s * y[i]),
      x.map((value, i) => c * y[i] - s * value),
    ];
    const [ritzU, ritzV] = turned(u, v);
    const [nextU, nextV] = turned(Su, Sv);
    values = [dot(ritzU, nextU), dot(ritzV, nextV)];
    const rest = squared(nextU, ritzU, values[0]) + squared(nextV, ritzV, values[1]);
    [u, v] = [ritzU, ritzV];
    if (rest <= ENOUGH * ENOUGH * (values[0] * values[0]) || values[0] <= 0) break;
    [u, v] = orthonormal(nextU, nextV);
  }
  return [
    { value: values[0], vector: u },
    { value: values[1], vector: v },
  ];
}

/** Cosine and sine of the turn that makes the matrix (a b; b d) diagonal, the larger value first. */
function rotation(a: number, b: number, d: number): [number, number] {
  const half = (a - d) / 2;
  const root = Math.sqrt(half * half + b * b);
  const [x, y] = half >= 0 ? [half + root, b] : [b, root - half];
  const length = Math.sqrt(x * x + y * y);
  return length > 0 ? [x / length, y / length] : [1, 0];
}

const dot = (a: Float64Array, b: Float64Array): number => {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += a[k] * b[k];
  return sum;
};

/** ‖a − λ b‖². */
const squared = (a: Float64Array, b: Float64Array, lambda: number): number => {
  let sum = 0;
  for (let k = 0; k < a.length; k++) {
    const rest = a[k] - lambda * b[k];
    sum += rest * rest;
  }
  return sum;
};

/** Both as unit vectors at right angles; where one is nothing, some unit vector takes its place. */
function orthonormal(a: Float64Array, b: Float64Array): [Float64Array, Float64Array] {
  const u = unit(a);
  // Twice: once leaves what rounding has left.
  const once = less(unit(b), u);
  const v = less(unit(once), u);
  if (dot(v, v) > 0.25) return [u, unit(v)];
  // A direction that u has least of.
  let least = 0;
  for (let k = 1; k < u.length; k++) if (Math.abs(u[k]) < Math.abs(u[least])) least = k;
  const other = new Float64Array(u.length);
  other[least] = 1;
  return [u, unit(less(other, u))];
}

const less = (b: Float64Array, u: Float64Array): Float64Array => {
  const along = dot(b, u);
  return b.map((value, k) => value - along * u[k]);
};

function unit(a: Float64Array): Float64Array {
  const largest = largestOf(a);
  if (largest > 0) {
    const scaled = a.map((value) => value / largest);
    const length = Math.sqrt(dot(scaled, scaled));
    return scaled.map((value) => value / length);
  }
  const first = new Float64Array(a.length);
  first[0] = 1;
  return first;
}

const largestOf = (a: Float64Array): number => a.reduce((most, value) => Math.max(most, Math.abs(value)), 0);

/** Σ weightₖ · itemₖ. */
function combined(items: readonly Float64Array[], weights: Float64Array): Float64Array {
  const sum = new Float64Array(items[0].length);
  items.forEach((item, k) => {
    for (let i = 0; i < sum.length; i++) sum[i] += weights[k] * item[i];
  });
  return sum;
}

/** The same direction or its opposite: the one whose largest entry is positive. */
function facing(a: Float64Array): Float64Array {
  let largest = 0;
  for (let k = 1; k < a.length; k++) if (Math.abs(a[k]) > Math.abs(a[largest]) + 1e-12) largest = k;
  return a[largest] < 0 ? a.map((value) => -value) : a;
}
