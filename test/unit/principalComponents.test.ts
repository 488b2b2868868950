import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { matrix } from '../../src/core/matrix';
import { principalComponents } from '../../src/core/principalComponents';
import { readDataset } from '../../src/data/dataset';
import { course } from './course';

const near = (actual: number, expected: number, within = 1e-9) =>
  assert.ok(Math.abs(actual - expected) <= within, `${actual}, not ${expected}`);
const dot = (a: Float64Array, b: Float64Array) => a.reduce((sum, x, k) => sum + x * b[k], 0);

/** Covariance times a vector, by loops that share nothing with the code. */
function covarianceTimes({ rows, cols, data }: ReturnType<typeof matrix>, v: Float64Array): number[] {
  const means = Array.from({ length: rows }, (_, i) => {
    let sum = 0;
    for (let j = 0; j < cols; j++) sum += data[i * cols + j];
    return sum / cols;
  });
  return means.map((mean, i) => {
    let result = 0;
    for (let k = 0; k < rows; k++) {
      let covariance = 0;
      for (let j = 0; j < cols; j++)
        covariance += (data[i * cols + j] - mean) * (data[k * cols + j] - means[k]);
      result += (covariance / cols) * v[k];
    }
    return result;
  });
}

describe('two principal components', () => {
  it('of an ellipse are its axes, with their shares of the variance', () => {
    // Lengths 3 and 1 at 30°, no variance in the third feature: variances 9/2 and 1/2.
    const m = 360;
    const X = matrix(3, m);
    for (let j = 0; j < m; j++) {
      const [a, b] = [3 * Math.cos((2 * Math.PI * j) / m), Math.sin((2 * Math.PI * j) / m)];
      X.data[j] = 5 + a * Math.cos(Math.PI / 6) - b * Math.sin(Math.PI / 6);
      X.data[m + j] = a * Math.sin(Math.PI / 6) + b * Math.cos(Math.PI / 6);
      X.data[2 * m + j] = -2;
    }
    const { mean, first, second, shares } = principalComponents(X);
    [5, 0, -2].forEach((value, i) => near(mean[i], value));
    [Math.sqrt(3) / 2, 0.5, 0].forEach((value, i) => near(first[i], value));
    [-0.5, Math.sqrt(3) / 2, 0].forEach((value, i) => near(second[i], value));
    near(shares[0], 0.9);
    near(shares[1], 0.1);
  });

  it('of iris, standardised, are the textbook’s', () => {
    const { X } = readDataset(readFileSync('samples/iris.csv', 'utf8'), {
      ...course,
      'training.testFraction': 0,
    });
    const { first, second, shares } = principalComponents(matrix(X.rows, X.cols, Float64Array.from(X.data)));
    // scikit-learn: PCA(2).fit(StandardScaler().fit_transform(iris.data)).
    near(shares[0], 0.72962445, 1e-6);
    near(shares[1], 0.22850762, 1e-6);
    [0.52106591, 0.26934744, 0.5804131, 0.56485654].forEach((value, i) =>
      near(Math.abs(first[i]), value, 1e-5),
    );
    near(Math.abs(second[1]), 0.92329566, 1e-5);
  });

  it('are eigenvectors of the covariance at right angles, the larger first', () => {
    const points = fc
      .tuple(fc.integer({ min: 2, max: 9 }), fc.integer({ min: 3, max: 40 }))
      .chain(([rows, cols]) =>
        fc
          .array(fc.double({ min: -5, max: 5, noNaN: true }), {
            minLength: rows * cols,
            maxLength: rows * cols,
          })
          .map((all) => matrix(rows, cols, Float64Array.from(all))),
      );
    fc.assert(
      fc.property(points, (X) => {
        const { first, second, shares } = principalComponents(X);
        near(dot(first, first), 1);
        near(dot(second, second), 1);
        near(dot(first, second), 0);
        assert.ok(shares[0] >= shares[1] - 1e-9 && shares[0] + shares[1] <= 1 + 1e-9);
        const along = dot(Float64Array.from(covarianceTimes(X, first)), first);
        // No direction of a feature has more variance than the first.
        for (let i = 0; i < X.rows; i++) {
          const e = new Float64Array(X.rows);
          e[i] = 1;
          assert.ok(covarianceTimes(X, e)[i] <= along * (1 + 1e-6) + 1e-9);
        }
      }),
      { numRuns: 50 },
    );
  });

  it('are the same on any scale, however small or large its squares', () => {
    const points = matrix(3, 4, Float64Array.from([1, 2, -3, 0.5, 0, 1, -1, 2, 4, -1, 0, 1]));
    const expected = principalComponents(points);
    for (const scale of [1e-300, 1e-160, 1e160, 1e300]) {
      const { first, second, shares } = principalComponents(
        matrix(
          3,
          4,
          points.data.map((value) => value * scale),
        ),
      );
      expected.first.forEach((value, i) => near(first[i], value));
      expected.second.forEach((value, i) => near(second[i], value));
      expected.shares.forEach((value, k) => near(shares[k], value));
    }
    const { first, second } = principalComponents(
      matrix(2, 5, Float64Array.of(0, 0, 0, -5.8e-144, 0, 0, 0, 0, 0, 0)),
    );
    near(dot(first, first), 1);
    near(dot(second, second), 1);
    near(dot(first, second), 0);
  });

  it('of more features than examples come from the examples', () => {
    const [rows, cols] = [500, 60];
    const X = matrix(rows, cols);
    for (let j = 0; j < cols; j++) {
      const [a, b] = [Math.sin(j), Math.cos(3 * j)];
      for (let i = 0; i < rows; i++) X.data[i * cols + j] = 4 * a * Math.sin(i) + b * Math.cos(2 * i);
    }
    const { first, second, shares, examples } = principalComponents(X);
    assert.equal(examples, 60);
    near(shares[0] + shares[1], 1, 1e-9);
    near(dot(first, second), 0, 1e-9);
    near(dot(first, first), 1);
  });

  it('of points that are all the same are some two directions, with no share', () => {
    const { first, second, shares } = principalComponents(matrix(3, 4, new Float64Array(12).fill(2)));
    assert.deepEqual(shares, [0, 0]);
    near(dot(first, second), 0);
    near(dot(second, second), 1);
  });
});
