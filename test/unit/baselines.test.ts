import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { baselinesOf, type Scores } from '../../src/core/baselines';
import { besideBaselines, whatBaselinesAre } from '../../src/sentences/baselines';
import { matrix, type Matrix } from '../../src/core/matrix';
import type { OutputKind } from '../../src/core/network';
import { random } from '../../src/core/random';
import { fitLine } from '../../src/core/straightLine';

// What scikit-learn made of the same tables: see test/fixtures/lines/README.md.
const { cases } = JSON.parse(readFileSync('test/fixtures/lines/lines.json', 'utf8')) as {
  cases: {
    readonly name: string;
    readonly output: OutputKind;
    readonly X: readonly (readonly number[])[];
    readonly y: readonly number[];
    readonly trained: number;
    readonly W: readonly (readonly number[])[];
    readonly b: readonly number[];
    readonly guess: Required<Scores>;
    readonly line: Required<Scores>;
  }[];
};

/** The examples of a case, a column each. */
function examplesOf({ X: rows, y, output, trained }: (typeof cases)[number]) {
  const m = rows.length;
  const X = matrix(rows[0].length, m);
  rows.forEach((row, j) => row.forEach((value, i) => (X.data[i * m + j] = value)));
  const Y = matrix(output === 'softmax' ? Math.max(...y) + 1 : 1, m);
  y.forEach((value, j) => {
    if (output === 'softmax') Y.data[value * m + j] = 1;
    else Y.data[j] = value;
  });
  const all = Int32Array.from(y, (_, j) => j);
  return { X, Y, output, train: all.subarray(0, trained), test: all.subarray(trained) };
}

/** Baselines of examples that have some. */
function found(...args: Parameters<typeof baselinesOf>) {
  const { result } = ended(baselinesOf(...args));
  assert.ok(result);
  return result;
}

/** What a generator returns, and how often it yields before. */
function ended<T>(generator: Generator<void, T>): { readonly result: T; readonly yields: number } {
  for (let yields = 0; ; yields++) {
    const { done, value } = generator.next();
    if (done) return { result: value, yields };
  }
}

const part = (A: Matrix, columns: number): Matrix =>
  matrix(
    A.rows,
    columns,
    Float64Array.from({ length: A.rows * columns }, (_, at) => {
      return A.data[Math.floor(at / columns) * A.cols + (at % columns)];
    }),
  );

const isNear = (got: number | null, wanted: number | null, within: number, what: string) =>
  assert.ok(Math.abs((got ?? NaN) - (wanted ?? NaN)) <= within, `${what}: ${got}, ${wanted}`);

describe('the straight line', () => {
  for (const each of cases) {
    it(`has the weights of scikit-learn's: ${each.name}`, () => {
      const { X, Y, output } = examplesOf(each);
      const { W, b } = ended(fitLine(part(X, each.trained), part(Y, each.trained), output)).result;
      const wanted = each.W.flat();
      assert.equal(W.data.length, wanted.length);
      W.data.forEach((value, at) => {
        isNear(value, wanted[at], 1e-6, `weight ${at}`);
      });
      // Of the b of more classes than two, the differences alone count.
      const mean = (values: ArrayLike<number>) =>
        output === 'softmax' ? Array.from(values).reduce((sum, value) => sum + value, 0) / values.length : 0;
      b.forEach((value, k) => {
        isNear(value - mean(b), each.b[k] - mean(each.b), 1e-6, `b ${k}`);
      });
    });
  }

  it('is the same whenever it is fitted, and may be left between two passes', () => {
    const { X, Y, output } = examplesOf(cases[0]);
    const [one, other] = [ended(fitLine(X, Y, output)), ended(fitLine(X, Y, output))];
    assert.deepEqual(one, other);
    assert.ok(one.result.isBest);
    assert.ok(one.yields > 3);
  });

  it('ends where features have very different scales, do not vary, or are huge', () => {
    const { normal } = random(3, 'sample');
    const m = 200;
    for (const scales of [[1e-6, 1e6], [1, 0], [1e12, 1]]) {
      const X = matrix(2, m, Float64Array.from({ length: 2 * m }, (_, at) => scales[at < m ? 0 : 1] * normal()));
      const Y = matrix(1, m, Float64Array.from({ length: m }, (_, j) => Number(X.data[j] > 0)));
      const { W, b } = ended(fitLine(X, Y, 'sigmoid')).result;
      assert.ok([...W.data, ...b].every(Number.isFinite), String(scales));
    }
  }); // prettier-ignore
});

describe('the baselines of a training', () => {
  const names = ['trainCost', 'testCost', 'trainScore', 'testScore'] as const;
  for (const each of cases) {
    it(`have the scores of scikit-learn's: ${each.name}`, () => {
      const { guess, line, lineRows } = found(examplesOf(each), 1);
      assert.equal(lineRows, each.trained);
      for (const name of names) {
        isNear(guess[name], each.guess[name], 1e-12, `${name} of guessing`);
        isNear(line[name], each.line[name], 1e-7, `${name} of the line`);
      }
    });
  }

  it('have no score of a test part that is not there', () => {
    const { guess, line } = found({ ...examplesOf(cases[0]), test: new Int32Array() }, 1);
    assert.deepEqual(
      [guess.testCost, guess.testScore, line.testCost, line.testScore],
      [null, null, null, null],
    );
  });

  it('fit the line to a sample of a large table, which the seed draws, and score all of it', () => {
    const m = 60_000;
    const nx = 70;
    const { normal } = random(5, 'sample');
    const X = matrix(nx, m, Float64Array.from({ length: nx * m }, () => normal()));
    const Y = matrix(1, m, Float64Array.from({ length: m }, (_, j) => Number(X.data[j] + X.data[m + j] > 0)));
    const all = Int32Array.from({ length: m }, (_, j) => j);
    const examples = { X, Y, output: 'sigmoid' as const, train: all.subarray(0, 50_000), test: all.subarray(50_000) };
    const [one, again, other] = [1, 1, 2].map((seed) => found(examples, seed));
    assert.ok(one.lineRows < 50_000 && one.lineRows > 20_000);
    assert.deepEqual(one, again);
    assert.notDeepEqual(one.line, other.line);
    assert.deepEqual(one.guess, other.guess);
    assert.ok((one.line.testScore ?? 0) > 0.98);
  }); // prettier-ignore

  it('are none where rows are too large to be summed', () => {
    const each = examplesOf(cases[0]);
    const { cols } = each.X;
    const isTest = (at: number) => at % cols >= each.train.length;
    const X = matrix(
      each.X.rows,
      cols,
      each.X.data.map((value, at) => (isTest(at) ? 1e308 * Math.sign(value) : value)),
    );
    assert.equal(ended(baselinesOf({ ...each, X }, 1)).result, null);
  });

  it('know of a class that the training part has none of', () => {
    const Y = matrix(3, 4, Float64Array.of(1, 0, 1, 0, 0, 1, 0, 0, 0, 0, 0, 1));
    const X = matrix(1, 4, Float64Array.of(1, -1, 2, 0));
    const examples = { X, Y, output: 'softmax' as const, train: Int32Array.of(0, 1, 2), test: Int32Array.of(3) };
    const { guess, line } = found(examples, 1);
    assert.equal(guess.testScore, 0);
    assert.ok(guess.testCost !== null && guess.testCost > 100);
    assert.ok(line.testCost !== null && Number.isFinite(line.testCost));
  }); // prettier-ignore
});

describe('what is said of the baselines', () => {
  const scores = (trainScore: number, testScore: number | null) => {
    return { trainScore, testScore, trainCost: 1, testCost: testScore && 1 };
  };
  const both = { guess: scores(0.6, 0.5), line: scores(0.8, 0.7), lineRows: 100, lineIsBest: true };

  it('is of the test part, or where there is none of the training', () => {
    assert.equal(
      besideBaselines(scores(0.95, 0.9), both, false, [0.81466, 0.94849]),
      'Test accuracy 0.9000 (0.815 to 0.948); guessing gives 0.5000, a straight line 0.7000',
    );
    assert.equal(
      besideBaselines(scores(0.95, 0.9), both, false, null, { value: 0.96, interval: [0.9149, 0.99251] }),
      'Test accuracy 0.9000, ROC area 0.960 (0.915 to 0.993); guessing gives 0.5000, a straight line 0.7000',
    );
    const untested = { ...both, guess: scores(0, null), line: scores(-0.25, null) };
    assert.equal(
      besideBaselines(scores(0.95, null), untested, true, null),
      'R² in training 0.9500; guessing gives 0.0000, a straight line −0.2500',
    );
  });

  it('names the line, its sample, and where it was cut short', () => {
    const isOf = (trainRows: number, isRegression: boolean, lineIsBest = true) =>
      whatBaselinesAre({ ...both, lineIsBest }, { trainRows, isRegression, hasInterval: false });
    assert.match(
      isOf(100, false),
      /^Guessing is the most frequent class .* logistic regression on the same features and rows\.$/,
    );
    assert.match(isOf(1000, true), /the mean of .* ridge regression .*, fitted to 100 of its 1,000 rows\.$/);
    const about = { trainRows: 100, isRegression: false, hasInterval: false, hasArea: true };
    assert.match(whatBaselinesAre(both, about), / The area under the ROC curve is the chance that /);
    assert.match(isOf(100, true, false), /rows, as far as two seconds of work brought it\.$/);
  });
});
