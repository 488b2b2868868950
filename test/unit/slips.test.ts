import assert from 'node:assert/strict';
import { checkGuess, checkingNumbers, checkNumbers, type Verdict } from '../../src/core/checkNumbers';
import { inSlices } from '../../webview/model/slices';
import { matrix } from '../../src/core/matrix';
import type { Network } from '../../src/core/network';
import type { QuantityKey } from '../../src/core/chain';
import type { Situation } from '../../src/core/recipe';
import { slips } from '../../src/core/slips';

// The mistakes are made here, by loops over rows of numbers that share nothing with src/.

type M = number[][];
type F = (x: number) => number;
const rows = (n: number, k: number, f: (i: number, j: number) => number): M =>
  Array.from({ length: n }, (_, i) => Array.from({ length: k }, (_, j) => f(i, j)));
const T = (A: M): M => A[0].map((_, j) => A.map((row) => row[j]));
const dot = (A: M, B: M): M =>
  A.map((row) => B[0].map((_, j) => row.reduce((s, a, k) => s + a * B[k][j], 0)));
const on = (A: M, f: F): M => A.map((row) => row.map(f));
const zip = (A: M, B: M, f: (a: number, b: number) => number): M =>
  A.map((row, i) => row.map((a, j) => f(a, B[i % B.length][j % B[0].length])));
const plusB = (A: M, b: number[]): M => A.map((row, i) => row.map((a) => a + b[i]));
const sum = (xs: number[]): number => xs.reduce((s, x) => s + x, 0);
const flat = (A: M): number[] => A.flat();
const sigma: F = (z) => 1 / (1 + Math.exp(-z));
const relu: F = (z) => Math.max(0, z);

const wave = (phase: number) => (i: number, j: number) => Math.sin(1.7 * i + 0.9 * j + phase) + 0.1 * j;

// Two features, three tanh units, one sigmoid unit, seven examples.
const m = 7;
const W1 = rows(3, 2, wave(0.4));
const b1 = [0.3, -0.2, 0.15];
const W2 = rows(1, 3, wave(1.9));
const b2 = [-0.35];
const X = rows(2, m, wave(2.6));
const Y = [[1, 0, 0, 1, 1, 0, 1]];
const scales = [
  { mean: 3, deviation: 2.5 },
  { mean: -1, deviation: 0.4 },
];
const RAW = X.map((row, i) => row.map((x) => x * scales[i].deviation + scales[i].mean));
const OTHER_X = rows(2, 3, wave(5.1));
const OTHER_Y = [[0, 1, 1]];
const RATE = 0.7;

interface Made {
  [key: string]: M;
}
/** The right way, in which a part may be done otherwise. */
function compute(
  otherwise: {
    W1?: M;
    W2?: M;
    b1?: number[];
    b2?: number[];
    X?: M;
    Y?: M;
    g?: F;
    out?: F;
    slope?: (z: number, a: number) => number;
    dZ2?: (A2: M, Y: M) => M;
    error?: (W: M, dZ2: M, slope: M, dW2: M) => M;
    gradient?: (dZ: M, before: M, own: M) => M;
  } = {},
): Made {
  const w = { W1, W2, b1, b2, X, Y, ...otherwise };
  const mean = w.X[0].length;
  const g = otherwise.g ?? Math.tanh;
  const Z1 = plusB(dot(w.W1, w.X), w.b1);
  const A1 = on(Z1, g);
  const Z2 = plusB(dot(w.W2, A1), w.b2);
  const A2 = on(Z2, otherwise.out ?? sigma);
  const dZ2 = otherwise.dZ2?.(A2, w.Y) ?? zip(A2, w.Y, (a, y) => a - y);
  const gradient = otherwise.gradient ?? ((dZ: M, before: M) => on(dot(dZ, T(before)), (x) => x / mean));
  const dW2 = gradient(dZ2, A1, A2);
  const db2 = dZ2.map((row) => [sum(row) / mean]);
  const slope = zip(Z1, A1, otherwise.slope ?? ((_z, a) => 1 - a ** 2));
  const dZ1 = otherwise.error?.(w.W2, dZ2, slope, dW2) ?? zip(dot(T(w.W2), dZ2), slope, (d, s) => d * s);
  const dW1 = gradient(dZ1, w.X, A1);
  const db1 = dZ1.map((row) => [sum(row) / mean]);
  const losses = zip(A2, w.Y, (a, y) => -(y * Math.log(a) + (1 - y) * Math.log(1 - a)));
  return { Z1, A1, Z2, A2, dZ2, dW2, db2, dZ1, dW1, db1, J: [[sum(flat(losses)) / mean]], losses };
}
const right = compute();
const costOf = (f: (a: number, y: number) => number): M => [[sum(flat(zip(right.A2, Y, f)))]];

const network: Network = { sizes: [2, 3, 1], hidden: 'tanh', output: 'sigmoid' };
const of = (A: M) => matrix(A.length, A[0].length, Float64Array.from(A.flat()));
const situation: Situation = {
  network,
  parameters: [
    { W: of(W1), b: Float64Array.from(b1) },
    { W: of(W2), b: Float64Array.from(b2) },
  ],
  X: of(X),
  Y: of(Y),
  epoch: 3,
  rule: { learningRate: RATE, l1: 0, l2: 0 },
  raw: of(RAW),
  others: { X: of(OTHER_X), Y: of(OTHER_Y) },
};

/** As NumPy prints an array. */
const numpy = (A: M, digits = 8) =>
  `array([${A.map((row) => `[${row.map((x) => x.toFixed(digits)).join(', ')}]`).join(',\n       ')}])`;

const codesOf = (verdict: Verdict): string[] =>
  verdict.kind === 'slips'
    ? verdict.slips.map(({ code }) => code)
    : verdict.kind === 'tooFewDigits'
      ? verdict.alike.map(({ code }) => code)
      : [];

type Case = [code: string, key: QuantityKey, made: () => M, change?: Partial<Situation>];
const beforeTraining = { epoch: 0 };
const updated = (W: M, d: M, rate: number) => zip(W, d, (w, g) => w - rate * g);

const cases: Case[] = [
  ['raw-inputs', 'Z1', () => compute({ X: RAW }).Z1],
  ['raw-inputs', 'dW1', () => compute({ X: RAW }).dW1],
  [
    'test-examples',
    'dW2',
    () => compute({ X: X.map((row, i) => [...row, ...OTHER_X[i]]), Y: [[...Y[0], ...OTHER_Y[0]]] }).dW2,
  ],
  ['initial-times-0.01', 'W1', () => on(W1, (w) => w / 100), beforeTraining],
  [
    'initial-times-0.1',
    'dW2',
    () => compute({ W1: on(W1, (w) => w / 10), W2: on(W2, (w) => w / 10) }).dW2,
    beforeTraining,
  ],
  ['initial-times-10', 'A1', () => compute({ W1: on(W1, (w) => 10 * w) }).A1, beforeTraining],
  ['initial-times-100', 'W2', () => on(W2, (w) => 100 * w), beforeTraining],
  ['no-b', 'Z1', () => dot(W1, X)],
  ['no-b', 'dW1', () => compute({ b1: [0, 0, 0], b2: [0] }).dW1],
  ['no-activation', 'A1', () => right.Z1],
  ['activation-sigmoid', 'A1', () => on(right.Z1, sigma)],
  ['activation-relu', 'A2', () => compute({ g: relu }).A2],
  ['activation-leakyRelu', 'A1', () => on(right.Z1, (z) => (z > 0 ? z : 0.01 * z))],
  ['output-hidden', 'A2', () => on(right.Z2, Math.tanh)],
  ['output-none', 'dZ2', () => zip(right.Z2, Y, (z, y) => z - y)],
  ['sigmoid-sign', 'A2', () => on(right.Z2, (z) => 1 / (1 + Math.exp(z)))],
  ['cost-log10', 'J', () => costOf((a, y) => -(y * Math.log10(a) + (1 - y) * Math.log10(1 - a)) / m)],
  ['cost-log2', 'J', () => costOf((a, y) => -(y * Math.log2(a) + (1 - y) * Math.log2(1 - a)) / m)],
  [
    'cost-outer',
    'J',
    () => {
      const ones = dot(T(Y), on(right.A2, Math.log));
      const zeros = dot(
        T(on(Y, (y) => 1 - y)),
        on(right.A2, (a) => Math.log(1 - a)),
      );
      return [[-(sum(flat(ones)) + sum(flat(zeros))) / m]];
    },
  ],
  ['cost-half', 'J', () => costOf((a, y) => (-y * Math.log(a)) / m)],
  ['cost-sign', 'J', () => costOf((a, y) => (y * Math.log(a) + (1 - y) * Math.log(1 - a)) / m)],
  ['cost-no-mean', 'J', () => [[sum(flat(right.losses))]]],
  ['y-minus-a', 'dZ2', () => zip(Y, right.A2, (y, a) => y - a)],
  ['y-minus-a', 'dW1', () => compute({ dZ2: (A, y) => zip(y, A, (t, a) => t - a) }).dW1],
  ['output-slope', 'dZ2', () => zip(right.dZ2, right.A2, (d, a) => d * a * (1 - a))],
  ['rounded', 'dW2', () => compute({ dZ2: (A, y) => zip(A, y, (a, t) => (a > 0.5 ? 1 : 0) - t) }).dW2],
  ['no-slope', 'dZ1', () => dot(T(W2), right.dZ2)],
  ['z-squared', 'dZ1', () => compute({ slope: (z) => 1 - z ** 2 }).dZ1],
  ['a-not-squared', 'dW1', () => compute({ slope: (_z, a) => 1 - a }).dW1],
  ['slope-sigmoid', 'dZ1', () => compute({ slope: (_z, a) => a * (1 - a) }).dZ1],
  ['slope-relu', 'dW1', () => compute({ slope: (z) => (z > 0 ? 1 : 0) }).dW1],
  ['slope-leakyRelu', 'db1', () => compute({ slope: (z) => (z > 0 ? 1 : 0.01) }).db1],
  ['slope-of-a', 'dZ1', () => compute({ slope: (_z, a) => 1 - Math.tanh(a) ** 2 }).dZ1],
  [
    'new-weights',
    'dZ1',
    () =>
      compute({
        error: (W, dZ2, slope, dW2) => zip(dot(T(updated(W, dW2, RATE)), dZ2), slope, (d, s) => d * s),
      }).dZ1,
  ],
  ['no-mean', 'dW1', () => dot(right.dZ1, T(X))],
  ['no-mean', 'db2', () => right.dZ2.map((row) => [sum(row)])],
  ['mean-twice', 'dW2', () => on(dot(right.dZ2, T(right.A1)), (x) => x / m / m)],
  ['m-of-rows', 'dW1', () => on(dot(right.dZ1, T(X)), (x) => x / X.length)],
  ['m-of-rows', 'J', () => [[sum(flat(right.losses)) / X.length]]],
  ['own-activation', 'dW2', () => on(dot(right.dZ2, T(right.A2)), (x) => x / m)],
  ['inputs-for-activation', 'dW2', () => on(dot(right.dZ2, T(X)), (x) => x / m)],
  ['elementwise-gradient', 'dW2', () => zip(right.A1, right.dZ2, (a, d) => (a * d) / m)],
  ['sum-without-axis', 'db1', () => [[sum(flat(right.dZ1)) / m]]],
  ['sum-axis-0', 'db1', () => [T(right.dZ1).map((column) => sum(column) / m)]],
  ['ascent', 'newW1', () => updated(W1, right.dW1, -RATE)],
  ['no-rate', 'newW2', () => updated(W2, right.dW2, 1)],
  [
    'no-rate',
    'newb1',
    () =>
      updated(
        b1.map((b) => [b]),
        right.db1,
        1,
      ),
  ],
  ['transposed', 'W1', () => T(W1)],
  ['transposed', 'dW1', () => T(right.dW1)],
  [
    'one-update-later',
    'A2',
    () =>
      compute({
        W1: updated(W1, right.dW1, RATE),
        W2: updated(W2, right.dW2, RATE),
        b1: updated([b1], T(right.db1), RATE)[0],
        b2: updated([b2], T(right.db2), RATE)[0],
      }).A2,
  ],
];

describe('Check My Numbers: slips that are really made', () => {
  for (const [code, key, made, change] of cases) {
    it(`${code}, seen in ${key}`, () => {
      const numbers = made();
      const verdict = checkNumbers(numpy(numbers), { ...situation, ...change }, key);
      assert.equal(verdict.kind, 'slips', JSON.stringify(verdict));
      assert.ok(codesOf(verdict).includes(code), codesOf(verdict).join());
      assert.ok(codesOf(verdict).length <= 2, `named too: ${codesOf(verdict).join()}`);
      const row = numbers.length - 1;
      const exact = checkGuess(
        String(numbers[row].at(-1)),
        { ...situation, ...change },
        key,
        row,
        numbers[row].length - 1,
      );
      if (
        code !== 'transposed' &&
        !code.startsWith('sum') &&
        !code.startsWith('elementwise') &&
        code !== 'own-activation' &&
        code !== 'inputs-for-activation'
      )
        assert.ok(exact.kind === 'right' || codesOf(exact).includes(code), JSON.stringify(exact));
    });
  }

  it('the penalty on b', () => {
    const rule = { learningRate: RATE, l1: 0, l2: 0.05 };
    const numbers = b1.map((b, i) => [b - RATE * (right.db1[i][0] + 0.05 * b)]);
    const verdict = checkNumbers(numpy(numbers), { ...situation, rule }, 'newb1');
    assert.deepEqual(codesOf(verdict), ['penalised-b']);
    const W = zip(W1, right.dW1, (w, d) => w - RATE * (d + 0.05 * w));
    assert.equal(checkNumbers(numpy(W), { ...situation, rule }, 'newW1').kind, 'right');
  });

  it('keepdims', () => {
    const verdict = checkNumbers(`[${right.db1.map(([x]) => x.toFixed(8)).join(' ')}]`, situation, 'db1');
    assert.deepEqual(codesOf(verdict), ['no-keepdims']);
  });

  /** Three examples for three units: shapes with which `*` and `·` can be mixed up. */
  const square = (() => {
    const [Xs, Ys] = [X.map((row) => row.slice(0, 3)), [Y[0].slice(0, 3)]];
    return { Xs, Ys, s: { ...situation, X: of(Xs), Y: of(Ys), raw: null, others: null } };
  })();

  it('the product · for ∗ g′(Z), and ∗ for · where the shapes allow it', () => {
    const { Xs, Ys, s } = square;
    const own = compute({ X: Xs, Y: Ys });
    const slope = on(own.A1, (a) => 1 - a ** 2);
    assert.deepEqual(codesOf(checkNumbers(numpy(dot(dot(T(W2), own.dZ2), slope)), s, 'dZ1')), ['dot-slope']);
    const by = zip(own.A1, own.dZ2, (a, d) => (a * d) / 3);
    assert.ok(codesOf(checkNumbers(numpy(by), s, 'dW2')).includes('elementwise-gradient'));
    // W1 (3, 2) ∗ X (2, m) is refused by NumPy; with one example and two units of two features it is not.
    const two: Situation = {
      ...s,
      network: { ...network, sizes: [2, 2, 1] },
      parameters: [
        { W: of(W1.slice(0, 2)), b: Float64Array.from(b1.slice(0, 2)) },
        { W: of([W2[0].slice(0, 2)]), b: Float64Array.from(b2) },
      ],
      X: of(Xs.map((row) => row.slice(0, 2))),
      Y: of([Ys[0].slice(0, 2)]),
    };
    const product = plusB(
      zip(
        W1.slice(0, 2),
        Xs.map((row) => row.slice(0, 2)),
        (w, x) => w * x,
      ),
      b1,
    );
    assert.deepEqual(codesOf(checkNumbers(numpy(product), two, 'Z1')), ['elementwise-linear']);
  });

  it('with two layers of equal size: W not transposed, ∗ for Wᵀ · dZ', () => {
    const n = 3;
    const V = rows(n, n, wave(3.3));
    const c = [0.1, 0.2, -0.1];
    const deep: Situation = {
      ...situation,
      network: { ...network, sizes: [2, n, n, 1] },
      parameters: [
        { W: of(W1), b: Float64Array.from(b1) },
        { W: of(V), b: Float64Array.from(c) },
        { W: of(W2), b: Float64Array.from(b2) },
      ],
      X: square.s.X,
      Y: square.s.Y,
      raw: null,
      others: null,
    };
    const A1 = on(plusB(dot(W1, square.Xs), b1), Math.tanh);
    const A2 = on(plusB(dot(V, A1), c), Math.tanh);
    const A3 = on(plusB(dot(W2, A2), b2), sigma);
    const dZ3 = zip(A3, square.Ys, (a, y) => a - y);
    const dZ2 = zip(dot(T(W2), dZ3), A2, (d, a) => d * (1 - a * a));
    const wrong = zip(dot(V, dZ2), A1, (d, a) => d * (1 - a * a));
    assert.deepEqual(codesOf(checkNumbers(numpy(wrong), deep, 'dZ1')), ['not-transposed']);
    const star = zip(
      zip(T(V), dZ2, (w, d) => w * d),
      A1,
      (d, a) => d * (1 - a * a),
    );
    assert.deepEqual(codesOf(checkNumbers(numpy(star), deep, 'dZ1')), ['elementwise-error']);
  });

  it('of a softmax: over the wrong axis', () => {
    const V = rows(3, 2, wave(0.8));
    const s: Situation = {
      ...situation,
      network: { sizes: [2, 3], hidden: 'tanh', output: 'softmax' },
      parameters: [{ W: of(V), b: Float64Array.from(b1) }],
      Y: of(rows(3, m, (i, j) => (j % 3 === i ? 1 : 0))),
      raw: null,
      others: null,
    };
    const Z = plusB(dot(V, X), b1);
    const wrong = Z.map((row) => row.map((z) => Math.exp(z) / sum(row.map((each) => Math.exp(each)))));
    assert.deepEqual(codesOf(checkNumbers(numpy(wrong), s, 'A1')), ['softmax-axis']);
  });

  it('of a regression: the ½ left out', () => {
    const s: Situation = {
      ...situation,
      network: { sizes: [2, 1], hidden: 'tanh', output: 'linear' },
      parameters: [{ W: of([[0.4, -0.8]]), b: Float64Array.of(0.2) }],
      raw: null,
      others: null,
    };
    const Z = plusB(dot([[0.4, -0.8]], X), [0.2]);
    const J = sum(flat(zip(Z, Y, (z, y) => (z - y) ** 2))) / m;
    assert.deepEqual(codesOf(checkNumbers(J.toFixed(8), s, 'J')), ['cost-no-half']);
    assert.equal(checkNumbers((J / 2).toFixed(8), s, 'J').kind, 'right');
  });

  it('tests every slip there is, and there are more than 20', () => {
    const tested = new Set([
      ...cases.map(([code]) => code),
      ...['penalised-b', 'dot-slope', 'elementwise-linear', 'not-transposed', 'elementwise-error'],
      ...['softmax-axis', 'cost-no-half'],
      // Tested below, on a network whose activation is another.
      ...['activation-tanh', 'slope-tanh'],
    ]);
    assert.deepEqual(
      slips.map(({ code }) => code).filter((code) => !tested.has(code)),
      [],
    );
    assert.ok(slips.length > 20);
    assert.equal(new Set(slips.map(({ code }) => code)).size, slips.length);
  });

  it('tanh where the network has another activation', () => {
    const s: Situation = { ...situation, network: { ...network, hidden: 'relu' } };
    assert.deepEqual(codesOf(checkNumbers(numpy(right.A1), s, 'A1')), ['activation-tanh']);
    const mixed = compute({ g: relu, slope: (_z, a) => 1 - a ** 2 });
    assert.ok(codesOf(checkNumbers(numpy(mixed.dZ1), s, 'dZ1')).includes('slope-tanh'));
  });
});

describe('Check My Numbers', () => {
  for (const key of ['Z1', 'A1', 'Z2', 'A2', 'dZ2', 'dW2', 'db2', 'dZ1', 'dW1', 'db1', 'J'] as const) {
    it(`finds nothing wrong with the right ${key}, at 4, 8 and 17 digits`, () => {
      for (const digits of [4, 8]) {
        const text = numpy(right[key], digits);
        assert.equal(checkNumbers(text, situation, key).kind, 'right', text);
      }
      assert.equal(checkNumbers(JSON.stringify(right[key]), situation, key).kind, 'right');
    });
  }

  it('says that the digits are too few to tell', () => {
    const [[J]] = right.J;
    const verdict = checkNumbers(J.toFixed(0), situation, 'J');
    assert.equal(verdict.kind, 'tooFewDigits', JSON.stringify(verdict));
    assert.ok(codesOf(verdict).length > 0);
    assert.equal(checkGuess(right.dW1[0][0].toFixed(0), situation, 'dW1', 0, 0).kind, 'tooFewDigits');
  });

  it('names all slips that fit, and says that more digits would tell them apart', () => {
    const verdict = checkNumbers('1', situation, 'J');
    if (verdict.kind === 'slips') assert.ok(verdict.apart);
    const two = checkNumbers((right.J[0][0] / Math.LN10).toFixed(1), situation, 'J');
    assert.equal(two.kind, 'slips');
    assert.ok(codesOf(two).includes('cost-log10'));
    assert.equal(two.kind === 'slips' && two.apart, codesOf(two).length > 1);
  });

  it('says which other quantity the numbers are', () => {
    assert.deepEqual(checkNumbers(numpy(right.Z2), situation, 'A2').kind, 'slips');
    assert.deepEqual(checkNumbers(numpy(right.dZ1), situation, 'A1'), { kind: 'elsewhere', keys: ['dZ1'] });
  });

  it('says which shape they have and should have', () => {
    const verdict = checkNumbers('[[1.5, 2.25], [3.5, 4.75]]', situation, 'A1');
    assert.deepEqual(verdict, { kind: 'shape', expected: [3, m], pasted: [2, 2] });
  });

  it('says which cell is farthest off where no slip is known', () => {
    const wrong = on(right.dW1, (x) => x);
    wrong[2][1] += 0.37;
    wrong[0][0] += 0.002;
    const verdict = checkNumbers(numpy(wrong), situation, 'dW1');
    assert.equal(verdict.kind, 'different');
    if (verdict.kind !== 'different') return;
    assert.deepEqual([verdict.row, verdict.col, verdict.wrong, verdict.compared], [2, 1, 2, 6]);
    assert.ok(Math.abs(verdict.exact - right.dW1[2][1]) < 1e-12);
  });

  it('passes over what NumPy left out with dots, and its own shape=', () => {
    const row = (r: number[]) => `[ ${r[0].toFixed(8)},  ${r[1].toFixed(8)}, ...,  ${r[m - 1].toFixed(8)}]`;
    const text = `array([${row(right.A1[0])},\n       ...,\n       ${row(right.A1[2])}], shape=(3, 7))`;
    assert.equal(checkNumbers(text, situation, 'A1').kind, 'right');
    assert.deepEqual(codesOf(checkNumbers(text.replaceAll('A1', 'x'), situation, 'Z1')), []);
    const sig = text.replace(right.A1[0][0].toFixed(8), '0.11111111');
    assert.equal(checkNumbers(sig, situation, 'A1').kind, 'different');
  });

  it('takes the wrong sign for a slip, of a number and of a matrix, where no other slip gives it', () => {
    const first = right.Z1[0][0];
    assert.deepEqual(codesOf(checkGuess(String(-first), situation, 'Z1', 0, 0)), ['sign']);
    assert.deepEqual(codesOf(checkNumbers(numpy(on(right.Z1, (x) => -x)), situation, 'Z1')), ['sign']);
    assert.equal(checkGuess(String(-first * 1.1), situation, 'Z1', 0, 0).kind, 'different');
  });

  it('says that a row stands in a column, not that it is a transpose', () => {
    const column = right.A2[0].map((a) => [a]);
    assert.deepEqual(codesOf(checkNumbers(numpy(column), situation, 'A2')), ['column']);
    const W = situation.parameters[0].W;
    const transposed = Array.from({ length: W.cols }, (_, j) =>
      Array.from({ length: W.rows }, (_, i) => W.data[i * W.cols + j]),
    );
    assert.deepEqual(codesOf(checkNumbers(numpy(transposed), situation, 'W1')), ['transposed']);
  });

  it('goes on in slices, a slip at a time, to the same end; one that is ended says nothing more', () => {
    const wrong = numpy(on(right.dW1, (x) => x * m));
    const shares: number[] = [];
    const waiting: (() => void)[] = [];
    let time = 0;
    // Each look at the clock is as long as a slice.
    const clock = {
      now: () => (time += 100),
      after: (_ms: number, work: () => void) => {
        waiting.push(work);
        return () => waiting.splice(waiting.indexOf(work), 1);
      },
    };
    const said: Verdict[] = [];
    const begin = () =>
      inSlices(
        checkingNumbers(wrong, situation, 'dW1'),
        (share) => shares.push(share),
        (verdict) => said.push(verdict),
        clock,
      );
    begin();
    while (waiting.length > 0) waiting.shift()?.();
    assert.ok(shares.length >= 40, `${shares.length} slices`);
    assert.deepEqual(
      shares,
      shares.toSorted((a, b) => a - b),
    );
    assert.deepEqual(said, [checkNumbers(wrong, situation, 'dW1')]);
    const end = begin();
    waiting.shift()?.();
    end();
    assert.deepEqual([waiting.length, said.length], [0, 1]);
  });

  it('says that a network over so many examples is too large, before it computes anything', () => {
    const sizes = [1000, 2000, 1];
    const X = matrix(1000, 20);
    const large = { ...situation, network: { ...situation.network, sizes }, X };
    const refused = { kind: 'tooLarge', examples: 20, most: Math.floor(1e7 / (1001 * 2000 + 2001)) };
    assert.deepEqual(checkNumbers('1.5', large, 'J'), refused);
    assert.deepEqual(checkGuess('1.5', large, 'dW1', 0, 0), refused);
    assert.equal(checkNumbers('banana', large, 'J').kind, 'unreadable');
  });
});
