import assert from 'node:assert/strict';
import { matrix } from '../../src/core/matrix';
import { sampleOf } from '../../src/train/sample';

/** m examples of nx features, in two classes; every fifth is of the test set. */
const data = (nx: number, m: number) => ({
  X: { rows: nx, cols: m, data: new Float32Array(nx * m).map((_, k) => k % m) },
  Y: matrix(1, m),
  classOf: Int32Array.from({ length: m }, (_, j) => j % 2),
  test: Int32Array.from({ length: Math.floor(m / 5) }, (_, k) => 5 * k),
  lines: Int32Array.from({ length: m }, (_, j) => j + 2),
});

describe('the sample that pictures are drawn from', () => {
  it('is all of a small table', () => {
    const { count, lines } = sampleOf(data(2, 30), 1);
    assert.equal(count, 30);
    assert.deepEqual(
      [...lines],
      Array.from({ length: 30 }, (_, j) => j + 2),
    );
  });

  it('is 2,000 examples at most, each with its features, class, set and line', () => {
    const { count, X, y, test, lines } = sampleOf(data(3, 100_000), 1);
    assert.equal(count, 2000);
    assert.equal(X.length, 3 * 2000);
    for (let k = 0; k < count; k++) {
      const j = lines[k] - 2;
      assert.deepEqual([X[k], X[count + k], y[k], test[k]], [j, j, j % 2, Number(j % 5 === 0)]);
    }
  });

  for (const [nx, count] of [
    [125, 2000],
    [1000, 250],
    [10_000, 25],
    [60_000, 4],
  ]) {
    it(`is ${count} examples of ${nx} features, 2 MB at most`, () => {
      const sample = sampleOf({ ...data(nx, nx < 10_000 ? 2100 : 100), classOf: null }, 1);
      assert.equal(sample.count, count);
      assert.ok(sample.X.byteLength <= 2_000_000, `${sample.X.byteLength} bytes`);
    });
  }

  it('is one example at least, however wide the table', () => {
    assert.equal(sampleOf(data(300_000, 20), 1).count, 1);
  });
});
