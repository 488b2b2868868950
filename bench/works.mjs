// What the speed benchmark trains: the works, what is asked of us on each, and their data.
import { createHash } from 'node:crypto';
import { createWriteStream, writeFileSync } from 'node:fs';
import path from 'node:path';

const GD = { batch: 0, optimizer: 'gradientDescent', rate: 0.5, seed: 1 };
const ADAM = { batch: 200, optimizer: 'adam', rate: 0.001, seed: 1 };
const tanh = { activation: 'tanh', output: 'sigmoid', ny: 1 };
const TUNED = { must: 1, aim: 1.3 };

/**
 * `must` and `aim`: how many times as fast as the best peer we have to be, and mean to be; `tuned`: the same beside
 * PyTorch rewritten by hand.
 */
export const WORKS = [
  {
    ...{ work: 'flower', title: 'flower, full batch', rows: 400, nx: 2, hidden: [4] },
    ...{ ...tanh, how: { ...GD, rate: 1.2 }, must: 10, aim: 14, tuned: TUNED },
  },
  {
    ...{ work: 'table', title: 'table, full batch', rows: 100_000, nx: 20, hidden: [32] },
    ...{ ...tanh, how: GD, must: 5, aim: 7, tuned: TUNED },
  },
  {
    ...{ work: 'wide', title: 'wide, full batch', rows: 100_000, nx: 100, hidden: [64] },
    ...{ ...tanh, how: GD, must: 2.5, aim: 3.5, tuned: TUNED },
  },
  {
    ...{ work: 'minibatch', title: 'mini-batch 200, Adam', rows: 100_000, nx: 20, hidden: [32] },
    ...{ ...tanh, how: ADAM, must: 7, aim: 10, tuned: TUNED },
  },
  {
    ...{ work: 'digits', title: 'digits-like, softmax, batch 200 Adam', rows: 60_000, nx: 64, hidden: [50] },
    ...{ ny: 10, activation: 'relu', output: 'softmax', how: ADAM, must: 3, aim: 4, tuned: TUNED },
  },
  {
    ...{ work: 'image', title: 'image-like, full batch', rows: 20_000, nx: 784, hidden: [128] },
    ...{ ...tanh, how: GD, must: 0.7, aim: 0.9, tuned: { must: 0.7, aim: 1.3 } },
  },
  {
    ...{ work: 'million', title: 'one million rows, full batch', rows: 1_000_000, nx: 20, hidden: [32] },
    ...{ ...tanh, how: GD, must: 7, aim: 10, tuned: TUNED },
  },
];

export const workNamed = (name) => WORKS.find(({ work }) => work === name);

export const shape = ({ nx, hidden, ny }) => [nx, ...hidden, ny].join('-');

/**
 * Floating-point operations of an epoch, products alone: forward W·A and backward dZ·Aᵀ two each for every weight and
 * example, and Wᵀ·dZ two more for every weight but those of the first layer. Activations, cost and update count as none.
 */
export function productOperations({ rows, nx, hidden, ny }) {
  const sizes = [nx, ...hidden, ny];
  return sizes.slice(1).reduce((sum, n, l) => sum + 2 * rows * n * sizes[l] * (l === 0 ? 2 : 3), 0);
}

/** A small seeded generator (xorshift32), as the data need no better. */
export function uniform(seed) {
  let x = seed >>> 0 || 1;
  return () => {
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    return (x >>> 0) / 0x1_0000_0000;
  };
}

/** Writes X, y and initial weights of a work; returns what `load` takes. */
export async function writeProblem(folder, { work, rows, nx, hidden, ny, activation, output }) {
  const next = uniform(Number.parseInt(createHash('sha256').update(work).digest('hex').slice(0, 8), 16));
  const files = {
    x: path.join(folder, `${work}.x`),
    y: path.join(folder, `${work}.y`),
    weights: path.join(folder, `${work}.json`),
  };
  const teacher = Array.from({ length: ny }, () => Array.from({ length: nx }, () => next() - 0.5));
  const x = createWriteStream(files.x);
  const y = new Float32Array(rows);
  const CHUNK = 10_000;
  for (let from = 0; from < rows; from += CHUNK) {
    const count = Math.min(CHUNK, rows - from);
    const values = new Float32Array(count * nx);
    for (let j = 0; j < count; j++) {
      const sums = new Array(ny).fill(0);
      for (let k = 0; k < nx; k++) {
        const value = (next() - 0.5) * Math.sqrt(12);
        values[j * nx + k] = value;
        for (let i = 0; i < ny; i++) sums[i] += teacher[i][k] * value;
      }
      y[from + j] = ny === 1 ? Number(sums[0] + next() - 0.5 > 0) : sums.indexOf(Math.max(...sums));
    }
    if (!x.write(Buffer.from(values.buffer))) await new Promise((resolve) => x.once('drain', resolve));
  }
  await new Promise((resolve) => x.end(resolve));
  writeFileSync(files.y, Buffer.from(y.buffer));
  const weights = {};
  [nx, ...hidden, ny].forEach((n, l, sizes) => {
    if (l === 0) return;
    const scale = Math.sqrt(3 / sizes[l - 1]);
    weights[`W${l}`] = Array.from({ length: n }, () =>
      Array.from({ length: sizes[l - 1] }, () => (2 * next() - 1) * scale),
    );
    weights[`b${l}`] = new Array(n).fill(0);
  });
  writeFileSync(files.weights, JSON.stringify(weights));
  return { cmd: 'load', work, rows, nx, hidden, ny, activation, output, ...files };
}
