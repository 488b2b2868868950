import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  backward,
  cost,
  forward,
  loss,
  outputOf,
  predictedClass,
  propagation,
  score,
} from '../../src/core/equations';
import {
  matrix,
  multiplyAddColumn,
  multiplyTranspose,
  selectColumns,
  transposeMultiply,
} from '../../src/core/matrix';
import { flatten, parameterCount, unflatten, type Network, type OutputKind } from '../../src/core/network';

const close = (actual: number, expected: number, tolerance = 1e-14) =>
  assert.ok(Math.abs(actual - expected) <= tolerance, `${actual} is not ${expected} ± ${tolerance}`);

const rows = (...values: number[][]) =>
  matrix(values.length, values[0].length, Float64Array.from(values.flat()));
const column = (...values: number[]) => matrix(values.length, 1, Float64Array.from(values));

describe('matrices', () => {
  const entry = fc.integer({ min: -9, max: 9 });
  /** n, k, m and room for two matrices: integers, so that sums are exact in any order. */
  const sizes = fc.tuple(
    fc.integer({ min: 1, max: 5 }),
    fc.integer({ min: 1, max: 5 }),
    fc.integer({ min: 1, max: 5 }),
  );
  const numbers = (count: number) =>
    fc.array(entry, { minLength: count, maxLength: count }).map((list) => Float64Array.from(list));

  it('multiply as the definition says: W·A + b, Wᵀ·D and D·Aᵀ', () => {
    const cases = sizes.chain(([n, k, m]) =>
      fc.record({
        W: numbers(n * k).map((data) => matrix(n, k, data)),
        A: numbers(k * m).map((data) => matrix(k, m, data)),
        D: numbers(n * m).map((data) => matrix(n, m, data)),
        b: numbers(n),
      }),
    );
    fc.assert(
      fc.property(cases, ({ W, A, D, b }) => {
        const [n, k, m] = [W.rows, W.cols, A.cols];
        const wa = matrix(n, m);
        multiplyAddColumn(W, A, b, wa);
        const wd = matrix(k, m);
        transposeMultiply(W, D, wd);
        const da = matrix(n, k);
        multiplyTranspose(D, A, 0.5, da);
        for (let i = 0; i < n; i++)
          for (let j = 0; j < m; j++) {
            let sum = b[i];
            for (let t = 0; t < k; t++) sum += W.data[i * k + t] * A.data[t * m + j];
            assert.ok(wa.data[i * m + j] === sum);
          }
        for (let t = 0; t < k; t++)
          for (let j = 0; j < m; j++) {
            let sum = 0;
            for (let i = 0; i < n; i++) sum += W.data[i * k + t] * D.data[i * m + j];
            assert.ok(wd.data[t * m + j] === sum);
          }
        for (let i = 0; i < n; i++)
          for (let t = 0; t < k; t++) {
            let sum = 0;
            for (let j = 0; j < m; j++) sum += D.data[i * m + j] * A.data[t * m + j];
            assert.ok(da.data[i * k + t] === sum / 2);
          }
      }),
    );
  });

  it('refuse data of the wrong length', () => {
    assert.throws(() => matrix(2, 3, new Float64Array(5)), RangeError);
  });

  it('select columns in the order asked for, repeats included', () => {
    const chosen = selectColumns(rows([1, 2, 3], [4, 5, 6]), [2, 0, 2]);
    assert.deepEqual([chosen.rows, chosen.cols, [...chosen.data]], [2, 3, [3, 1, 3, 6, 4, 6]]);
  });
});

describe('parameters in one array', () => {
  const network: Network = { sizes: [2, 3, 1], hidden: 'tanh', output: 'sigmoid' };

  it('count (n[l−1] + 1) · n[l] in each layer', () => {
    assert.equal(parameterCount(network), 3 * 3 + 4 * 1);
    assert.equal(parameterCount({ ...network, sizes: [7, 2] }), 16);
  });

  it('lie layer by layer, W row-major and then b', () => {
    const flat = Float64Array.from({ length: 13 }, (_, k) => k + 1);
    const [first, second] = unflatten(network, flat);
    assert.deepEqual([...first.W.data], [1, 2, 3, 4, 5, 6]);
    assert.deepEqual([first.W.rows, first.W.cols], [3, 2]);
    assert.deepEqual([...first.b], [7, 8, 9]);
    assert.deepEqual([...second.W.data], [10, 11, 12]);
    assert.deepEqual([...second.b], [13]);
    assert.deepEqual(flatten([first, second]), flat);
  });

  it('are refused when there are too few or too many', () => {
    assert.throws(() => unflatten(network, new Float64Array(12)), RangeError);
    assert.throws(() => unflatten(network, new Float64Array(14)), RangeError);
  });
});

describe('forward and backward propagation', () => {
  it('do the worked example of a 2-2-1 network by hand', () => {
    // z1 = [1·1 − 1·2 + 0.5, 0.5·1 + 1·2 − 1] = [−0.5, 1.5]; relu gives a1 = [0, 1.5];
    // z2 = 2·0 − 1·1.5 + 0.25 = −1.25; a linear output has a2 = z2; with y = −1: dz2 = −0.25, J = ½ · 0.0625.
    const network: Network = { sizes: [2, 2, 1], hidden: 'relu', output: 'linear' };
    const parameters = unflatten(network, Float64Array.of(1, -1, 0.5, 1, 0.5, -1, 2, -1, 0.25));
    const p = propagation(network, column(1, 2));
    forward(p, parameters);
    assert.deepEqual([...p.Z[1].data], [-0.5, 1.5]);
    assert.deepEqual([...p.A[1].data], [0, 1.5]);
    assert.deepEqual([...outputOf(p).data], [-1.25]);
    assert.equal(cost(p, column(-1)), 0.03125);
    backward(p, parameters, column(-1));
    // dW2 = dz2 a1ᵀ; dz1 = W2ᵀ dz2 ∗ relu′ = [−0.5 · 0, 0.25 · 1]; dW1 = dz1 xᵀ.
    assert.deepEqual(
      [...p.gradients[2].W.data].map((w) => w + 0),
      [0, -0.375],
    );
    assert.deepEqual([...p.gradients[2].b], [-0.25]);
    assert.deepEqual(
      [...p.gradients[1].W.data].map((w) => w + 0),
      [0, 0, 0.25, 0.5],
    );
    assert.deepEqual(
      [...p.gradients[1].b].map((b) => b + 0),
      [0, 0.25],
    );
  });

  it('average the gradient over the examples', () => {
    // Logistic regression from zero: a = ½, dW = 1/4 Σ (½ − y) x, db = 1/4 Σ (½ − y).
    const network: Network = { sizes: [1, 1], hidden: 'tanh', output: 'sigmoid' };
    const parameters = unflatten(network, Float64Array.of(0, 0));
    const p = propagation(network, rows([1, 2, 3, 4]));
    forward(p, parameters);
    backward(p, parameters, rows([0, 0, 0, 1]));
    assert.deepEqual([...p.gradients[1].W.data], [(1 + 2 + 3 - 4) / 2 / 4]);
    assert.deepEqual([...p.gradients[1].b], [0.25]);
  });

  it('give an example the same output alone as among others', () => {
    const network: Network = { sizes: [2, 3, 3], hidden: 'tanh', output: 'softmax' };
    const parameters = unflatten(
      network,
      Float64Array.from({ length: 21 }, (_, k) => Math.sin(7 * k + 1)),
    );
    const together = propagation(network, rows([0.3, -2, 5], [1, 0.1, -4]));
    forward(together, parameters);
    [0, 1, 2].forEach((j) => {
      const alone = propagation(network, column([0.3, -2, 5][j], [1, 0.1, -4][j]));
      forward(alone, parameters);
      [0, 1, 2].forEach((i) => assert.equal(outputOf(alone).data[i], outputOf(together).data[i * 3 + j]));
    });
  });

  it('refuse X with another number of features than the network takes', () => {
    const network: Network = { sizes: [2, 1], hidden: 'tanh', output: 'sigmoid' };
    assert.throws(() => propagation(network, column(1, 2, 3)), RangeError);
  });

  it('make softmax outputs probabilities: positive or zero, and 1 together', () => {
    const network: Network = { sizes: [1, 4], hidden: 'tanh', output: 'softmax' };
    const big = fc.double({ min: -1000, max: 1000, noNaN: true });
    fc.assert(
      fc.property(fc.array(big, { minLength: 4, maxLength: 4 }), (z) => {
        const p = propagation(network, column(0));
        forward(p, unflatten(network, Float64Array.of(0, 0, 0, 0, ...z)));
        const a = [...outputOf(p).data];
        assert.ok(a.every((value) => value >= 0 && value <= 1 + 1e-12));
        close(
          a.reduce((sum, value) => sum + value, 0),
          1,
          1e-12,
        );
      }),
    );
  });
});

describe('the cost', () => {
  it('is −y ln a − (1 − y) ln(1 − a) for a sigmoid output', () => {
    fc.assert(
      fc.property(fc.double({ min: -8, max: 8, noNaN: true }), fc.constantFrom(0, 1), (z, y) => {
        const a = 1 / (1 + Math.exp(-z));
        close(loss('sigmoid', column(z), column(y), 0), -y * Math.log(a) - (1 - y) * Math.log(1 - a), 1e-12);
      }),
    );
  });

  it('is −Σ y ln a for a softmax output', () => {
    const z3 = fc.array(fc.double({ min: -8, max: 8, noNaN: true }), { minLength: 3, maxLength: 3 });
    fc.assert(
      fc.property(z3, fc.integer({ min: 0, max: 2 }), (z, k) => {
        const total = z.reduce((sum, value) => sum + Math.exp(value), 0);
        const y = [0, 1, 2].map((i) => Number(i === k));
        close(loss('softmax', column(...z), column(...y), 0), -Math.log(Math.exp(z[k]) / total), 1e-12);
      }),
    );
  });

  it('is half the squared error for a linear output', () => {
    assert.equal(loss('linear', column(3), column(1), 0), 2);
    assert.equal(loss('linear', column(-0.5), column(1), 0), 1.125);
  });

  it('does not overflow at |z| = 1000: it is the limit, exactly', () => {
    assert.equal(loss('sigmoid', column(1000), column(1), 0), 0);
    assert.equal(loss('sigmoid', column(1000), column(0), 0), 1000);
    assert.equal(loss('sigmoid', column(-1000), column(1), 0), 1000);
    assert.equal(loss('sigmoid', column(-1000), column(0), 0), 0);
    assert.equal(loss('softmax', column(1000, -1000, 0), column(1, 0, 0), 0), 0);
    assert.equal(loss('softmax', column(1000, -1000, 0), column(0, 1, 0), 0), 2000);
    assert.equal(loss('softmax', column(1000, -1000, 0), column(0, 0, 1), 0), 1000);
    close(loss('softmax', column(-1000, -1000), column(1, 0), 0), Math.LN2, 1e-12);
    close(loss('softmax', column(1000, 1000), column(1, 0), 0), Math.LN2, 1e-12);
  });

  it('keeps the small loss of a sure and right answer instead of rounding it to 0', () => {
    // ln(1 + e^−50) = e^−50 = 1.928749847963918e−22 to 16 digits.
    close(loss('sigmoid', column(50), column(1), 0) / 1.928749847963918e-22, 1, 1e-12);
  });

  it('of a network without an opinion is ln 2 for two classes and ln n for n', () => {
    for (const [output, ny, expected] of [
      ['sigmoid', 1, Math.LN2],
      ['softmax', 3, Math.log(3)],
      ['softmax', 5, Math.log(5)],
    ] as const) {
      const network: Network = { sizes: [1, ny], hidden: 'tanh', output };
      const p = propagation(network, rows([1, 2, 3]));
      forward(p, unflatten(network, new Float64Array(2 * ny)));
      const Y = matrix(ny, 3);
      Y.data.fill(1, 0, 3);
      close(cost(p, Y), expected, 1e-15);
    }
  });

  it('is the mean of the losses over the examples', () => {
    const network: Network = { sizes: [1, 1], hidden: 'tanh', output: 'linear' };
    const p = propagation(network, rows([1, 2, 3]));
    forward(p, unflatten(network, Float64Array.of(1, 0)));
    // Errors 1, 2 and −1: (½ + 2 + ½) / 3.
    assert.equal(cost(p, rows([0, 0, 4])), 1);
  });
});

describe('the score', () => {
  /** The score of a network whose output has the logits Z. */
  const scoreOf = (output: OutputKind, Z: number[][], Y: number[][]) => {
    const network: Network = { sizes: [Z.length, Z.length], hidden: 'tanh', output };
    const identity = Z.map((_, i) => Z.map((__, k) => Number(i === k)));
    const p = propagation(network, rows(...Z));
    forward(p, unflatten(network, Float64Array.from([...identity.flat(), ...Z.map(() => 0)])));
    return score(p, rows(...Y));
  };

  it('is the share of examples on the right side of ½ for a sigmoid', () => {
    assert.equal(scoreOf('sigmoid', [[3, -2, 0.1, -0.1]], [[1, 0, 0, 0]]), 0.75);
  });

  it('counts a sigmoid of exactly ½ as the first class', () => {
    assert.equal(scoreOf('sigmoid', [[0]], [[0]]), 1);
    assert.equal(scoreOf('sigmoid', [[0]], [[1]]), 0);
  });

  it('is the share of examples whose class is the most probable for a softmax, ties to the first', () => {
    const Z = [
      [5, 0, 0, 1],
      [0, 5, 0, 1],
      [0, 0, 5, 0],
    ];
    const Y = [
      [1, 0, 0, 1],
      [0, 0, 0, 0],
      [0, 1, 1, 0],
    ];
    assert.equal(scoreOf('softmax', Z, Y), 0.75);
    assert.equal(predictedClass('softmax', column(0.4, 0.4, 0.2), 0), 0);
  });

  it('is R² = 1 − Σ(y − a)² / Σ(y − ȳ)² for a linear output', () => {
    // y = 1, 2, 3, 4, ȳ = 2.5, total 5; residuals 0, 1, 0, −1.
    close(scoreOf('linear', [[1, 1, 3, 5]], [[1, 2, 3, 4]]), 1 - 2 / 5);
    assert.equal(scoreOf('linear', [[2.5, 2.5, 2.5, 2.5]], [[1, 2, 3, 4]]), 0);
    assert.equal(scoreOf('linear', [[1, 2]], [[1, 2]]), 1);
  });

  it('is a number even when the target does not vary: 1 when met exactly, else 0', () => {
    assert.equal(scoreOf('linear', [[7, 7]], [[7, 7]]), 1);
    assert.equal(scoreOf('linear', [[7, 8]], [[7, 7]]), 0);
  });
});
