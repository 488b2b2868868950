import assert from 'node:assert/strict';
import { hiddenActivations, type HiddenActivation } from '../../src/core/activations';
import { backward, cost, forward, propagation } from '../../src/core/equations';
import { matrix } from '../../src/core/matrix';
import { outputKinds, unflatten, type Network, type OutputKind } from '../../src/core/network';

const M = 6;
const NX = 3;
/** Of the layers that are there, in this order. */
const HIDDEN = [4, 3, 5];
const STEP = 1e-4;
/** No hidden z is nearer to the kink of the ReLUs than this: a step cannot cross it. */
const MARGIN = 0.02;
const TOLERANCE = 1e-7;

/** Numbers in [−1, 1) (Park and Miller), of the test's own. */
function numbersFrom(seed: number): () => number {
  let state = seed * 7919 + 1;
  const next = () => {
    state = (state * 48271) % 2147483647;
    return (2 * state) / 2147483647 - 1;
  };
  for (let i = 0; i < 10; i++) next();
  return next;
}

const textbook: Record<HiddenActivation, (z: number) => number> = {
  tanh: (z) => (Math.exp(2 * z) - 1) / (Math.exp(2 * z) + 1),
  sigmoid: (z) => 1 / (1 + Math.exp(-z)),
  relu: (z) => Math.max(0, z),
  leakyRelu: (z) => Math.max(0.01 * z, z),
  linear: (z) => z,
};

interface Case {
  network: Network;
  flat: Float64Array;
  X: number[][];
  Y: number[][];
}

/** The cost written out for one example at a time with plain arrays, and the |z| nearest to 0. */
function textbookCost({ network, X, Y }: Case, flat: Float64Array): { J: number; nearest: number } {
  const L = network.sizes.length - 1;
  let J = 0;
  let nearest = Infinity;
  X.forEach((x, j) => {
    let a = x;
    let at = 0;
    for (let l = 1; l <= L; l++) {
      const [n, k] = [network.sizes[l], network.sizes[l - 1]];
      const z = Array.from({ length: n }, (_, i) => {
        let sum = flat[at + n * k + i];
        for (let t = 0; t < k; t++) sum += flat[at + i * k + t] * a[t];
        return sum;
      });
      at += n * (k + 1);
      if (l < L) {
        nearest = Math.min(nearest, ...z.map(Math.abs));
        a = z.map(textbook[network.hidden]);
      } else a = z;
    }
    const y = Y[j];
    switch (network.output) {
      case 'sigmoid': {
        const p = 1 / (1 + Math.exp(-a[0]));
        J -= y[0] * Math.log(p) + (1 - y[0]) * Math.log(1 - p);
        break;
      }
      case 'softmax': {
        const total = a.reduce((sum, z) => sum + Math.exp(z), 0);
        J -= a.reduce((sum, z, i) => sum + y[i] * Math.log(Math.exp(z) / total), 0);
        break;
      }
      case 'linear':
        J += (a[0] - y[0]) ** 2 / 2;
    }
  });
  return { J: J / X.length, nearest };
}

/** Central differences over five points, whose error is of the order STEP⁴. */
function numericGradient(each: Case): Float64Array {
  return each.flat.map((_, k) => {
    const at = (steps: number) => {
      const moved = each.flat.slice();
      moved[k] += steps * STEP;
      return textbookCost(each, moved).J;
    };
    return (8 * (at(1) - at(-1)) - (at(2) - at(-2))) / (12 * STEP);
  });
}

const norm = (values: Float64Array) => Math.hypot(...values);
const relativeError = (a: Float64Array, b: Float64Array) =>
  norm(a.map((v, k) => v - b[k])) / (norm(a) + norm(b));

/** The parts of a flat vector of parameters: dW1, db1, dW2, … */
function parts(network: Network, flat: Float64Array): [name: string, values: Float64Array][] {
  let at = 0;
  return network.sizes.slice(1).flatMap((n, index): [string, Float64Array][] => {
    const W = flat.slice(at, (at += n * network.sizes[index]));
    const b = flat.slice(at, (at += n));
    return [
      [`dW[${index + 1}]`, W],
      [`db[${index + 1}]`, b],
    ];
  });
}

/** The first seed whose hidden z stay clear of 0 and whose gradients are all alive. */
function makeCase(hidden: HiddenActivation, output: OutputKind, hiddenLayers: number): Case {
  const ny = output === 'softmax' ? 3 : 1;
  const network: Network = { sizes: [NX, ...HIDDEN.slice(0, hiddenLayers), ny], hidden, output };
  for (let seed = 1; seed < 5000; seed++) {
    const next = numbersFrom(seed);
    const count = network.sizes.slice(1).reduce((sum, n, l) => sum + n * (network.sizes[l] + 1), 0);
    const each: Case = {
      network,
      flat: Float64Array.from({ length: count }, next),
      X: Array.from({ length: M }, () => Array.from({ length: NX }, () => 1.5 * next())),
      Y: Array.from({ length: M }, (_, j) =>
        output === 'softmax'
          ? [0, 1, 2].map((k) => Number(k === j % 3))
          : [output === 'sigmoid' ? j % 2 : 2 * next()],
      ),
    };
    if (textbookCost(each, each.flat).nearest < MARGIN) continue;
    if (parts(network, numericGradient(each)).every(([, values]) => norm(values) > 1e-3)) return each;
  }
  throw new Error('no seed stays clear of the kinks');
}

const transpose = (values: number[][]) =>
  matrix(
    values[0].length,
    values.length,
    Float64Array.from(values[0].flatMap((_, i) => values.map((row) => row[i]))),
  );

describe('backpropagation agrees with finite differences of the textbook cost', () => {
  for (const output of outputKinds) {
    for (const hiddenLayers of [0, 1, 2, 3]) {
      for (const hidden of hiddenActivations) {
        it(`${hiddenLayers} hidden layers of ${hidden}, ${output} output`, () => {
          const each = makeCase(hidden, output, hiddenLayers);
          const parameters = unflatten(each.network, each.flat);
          const p = propagation(each.network, transpose(each.X));
          const Y = transpose(each.Y);
          forward(p, parameters);
          backward(p, parameters, Y);

          const expectedCost = textbookCost(each, each.flat).J;
          assert.ok(Math.abs(cost(p, Y) - expectedCost) < 1e-13, `cost ${cost(p, Y)} is not ${expectedCost}`);

          const numeric = parts(each.network, numericGradient(each));
          p.gradients.slice(1).forEach(({ W, b }, index) => {
            [W.data, b].forEach((analytic, which) => {
              const [name, values] = numeric[2 * index + which];
              const error = relativeError(values, analytic);
              assert.ok(error < TOLERANCE, `${name}: relative error ${error}`);
            });
          });
        });
      }
    }
  }
});
