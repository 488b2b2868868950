import { forward, forwardPass } from '../../src/core/equations';
import { matrix, type Matrix } from '../../src/core/matrix';
import type { Layer, Network } from '../../src/core/network';
import { rowOf } from '../../src/core/verdicts/unitFacts';
import type { Range } from './answers';

/** The examples in the coordinates of two units of the last hidden layer, and what the output makes of these. */
export interface HiddenSpace {
  /** The last hidden layer. */
  readonly layer: number;
  /** Units, from 0; up is null where the layer has one. */
  readonly across: number;
  readonly up: number | null;
  readonly x: Range;
  readonly y: Range;
  /** Where the output unit's z is 0: wx · ax + wy · ay + c = 0; null for a softmax, which has one for each pair. */
  readonly line: { readonly wx: number; readonly wy: number; readonly c: number } | null;
  /** The output layer alone, over the two units, the others at their mean. */
  readonly output: { readonly network: Network; readonly parameters: readonly Layer[] };
}

/** The two units from which the largest weights lead out, the larger first; one where there is one. */
export function busiestPair({ rows, cols, data }: Matrix): readonly [number, number | null] {
  const largest = Array.from({ length: cols }, (_, k) => {
    let most = 0;
    for (let i = 0; i < rows; i++) most = Math.max(most, Math.abs(data[i * cols + k]));
    return most;
  });
  const [first, second = null] = Array.from(largest.keys()).sort((i, k) => largest[k] - largest[i] || i - k);
  return [first, second];
}

/** @param A the activations of the last hidden layer, (n, m) */
export function hiddenSpace(
  network: Network,
  { W, b }: Layer,
  A: Matrix,
  [across, up]: readonly [number, number | null],
): HiddenSpace {
  const axes = up === null ? [across] : [across, up];
  const reduced = matrix(W.rows, axes.length);
  const bias = b.slice();
  const means = Array.from({ length: A.rows }, (_, k) => mean(rowOf(A, k)));
  for (let i = 0; i < W.rows; i++) {
    axes.forEach((unit, k) => (reduced.data[i * axes.length + k] = W.data[i * W.cols + unit]));
    for (let k = 0; k < W.cols; k++) if (!axes.includes(k)) bias[i] += W.data[i * W.cols + k] * means[k];
  }
  const { hidden, output } = network;
  return {
    layer: network.sizes.length - 2,
    across,
    up,
    x: rangeOf(rowOf(A, across)),
    y: up === null ? { from: -1, to: 1 } : rangeOf(rowOf(A, up)),
    line:
      output === 'softmax'
        ? null
        : { wx: reduced.data[0], wy: up === null ? 0 : reduced.data[1], c: bias[0] },
    output: {
      network: { sizes: [axes.length, W.rows], hidden, output },
      parameters: [{ W: reduced, b: bias }],
    },
  };
}

/** The output (ny, rows · cols) on a grid over the space, row 0 on top. */
export function outputOver({ x, y, up, output }: HiddenSpace, rows: number, cols: number): Matrix {
  const X = matrix(up === null ? 1 : 2, rows * cols);
  for (let row = 0; row < rows; row++) {
    for (let col = 0; col < cols; col++) {
      const at = row * cols + col;
      X.data[at] = x.from + ((col + 0.5) / cols) * (x.to - x.from);
      if (up !== null) X.data[X.cols + at] = y.to - ((row + 0.5) / rows) * (y.to - y.from);
    }
  }
  return outputFor(output, X);
}

/** The output (ny) at one point of the space. */
export const outputAtPoint = ({ up, output }: HiddenSpace, ax: number, ay: number): Float64Array =>
  outputFor(output, matrix(up === null ? 1 : 2, 1, Float64Array.from(up === null ? [ax] : [ax, ay]))).data;

function outputFor({ network, parameters }: HiddenSpace['output'], X: Matrix): Matrix {
  const pass = forwardPass(network, X);
  forward(pass, parameters);
  return pass.A[1];
}

/** Where the line runs through the space, from one side to the other; null where it passes by. */
export function lineThrough({
  line,
  x,
  y,
}: Pick<HiddenSpace, 'line' | 'x' | 'y'>): readonly [Point, Point] | null {
  if (!line) return null;
  const { wx, wy, c } = line;
  const candidates: Point[] = [
    ...[x.from, x.to].map((ax) => ({ x: ax, y: -(wx * ax + c) / wy })),
    ...[y.from, y.to].map((ay) => ({ x: -(wy * ay + c) / wx, y: ay })),
  ];
  const inside = candidates.filter(
    (point) =>
      point.x >= x.from - 1e-9 &&
      point.x <= x.to + 1e-9 &&
      point.y >= y.from - 1e-9 &&
      point.y <= y.to + 1e-9,
  );
  // A line through a corner meets two sides there.
  const farthest = (from: Point) =>
    inside.reduce((best, point) => (distance(from, point) > distance(from, best) ? point : best), from);
  if (inside.length === 0) return null;
  const far = farthest(inside[0]);
  return far === inside[0] ? null : [inside[0], far];
}

/** A border of two classes that are the likeliest there: a part of the straight line on which their z are equal. */
export interface Border {
  readonly classes: readonly [number, number];
  readonly from: Point;
  readonly to: Point;
}

/**
 * The borders between the classes of a softmax, in the space: of each pair the part of its line on which no third class has
 * a larger z. They are exact on the plane.
 */
export function classBorders({ x, y, up, output }: HiddenSpace): Border[] {
  const [{ W, b }] = output.parameters;
  const count = up === null ? 1 : 2;
  const z = (k: number) => ({
    x: W.data[k * count],
    y: up === null ? 0 : W.data[k * count + 1],
    c: b[k],
  });
  const all = Array.from({ length: W.rows }, (_, k) => z(k));
  return all.flatMap((first, i) =>
    all.slice(i + 1).flatMap((second, d): Border[] => {
      const line = { wx: first.x - second.x, wy: first.y - second.y, c: first.c - second.c };
      const ends = lineThrough({ line, x, y });
      if (!ends) return [];
      const [a, e] = ends;
      const at = (t: number): Point => ({ x: a.x + t * (e.x - a.x), y: a.y + t * (e.y - a.y) });
      // Where the two are not below any third, from one end of the line (0) to the other (1).
      let [from, to] = [0, 1];
      all.forEach((third, k) => {
        if (k === i || k === i + 1 + d) return;
        const over = (p: Point) => (first.x - third.x) * p.x + (first.y - third.y) * p.y + first.c - third.c;
        const [start, end] = [over(a), over(e)];
        if (start < 0 && end < 0) [from, to] = [1, 0];
        else if (start < 0) from = Math.max(from, start / (start - end));
        else if (end < 0) to = Math.min(to, start / (start - end));
      });
      return to - from > 1e-9 ? [{ classes: [i, i + 1 + d], from: at(from), to: at(to) }] : [];
    }),
  );
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

const distance = (a: Point, b: Point) => (a.x - b.x) * (a.x - b.x) + (a.y - b.y) * (a.y - b.y);

function mean(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}

/** All values, with a margin around them. */
function rangeOf(values: Float64Array): Range {
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  const margin = (high - low) * 0.06 || 0.5;
  return { from: low - margin, to: high + margin };
}
