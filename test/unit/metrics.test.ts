import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { cost, score, forward, propagation } from '../../src/core/equations';
import { wilson } from '../../src/core/intervals';
import { matrix } from '../../src/core/matrix';
import { rootMeanSquaredError, rSquared, variation } from '../../src/core/metrics';
import { inOwnUnit, standardised, UNSCALED } from '../../src/core/scale';

describe('R²', () => {
  it('is one less the share of the variation that the errors leave', () => {
    assert.equal(variation(Float64Array.of(1, 2, 3, 4)), 5);
    assert.equal(rSquared(2, 5), 1 - 2 / 5);
    assert.equal(rSquared(0, 5), 1);
    assert.equal(rSquared(5, 5), 0);
  });

  it('is a number even when the target does not vary: 1 when met exactly, else 0', () => {
    assert.equal(rSquared(0, 0), 1);
    assert.equal(rSquared(3, 0), 0);
  });

  it('takes equal numbers for equal, whatever their mean rounds to', () => {
    const equal = new Float64Array(3).fill(0.1);
    assert.notEqual((0.1 + 0.1 + 0.1) / 3, 0.1);
    assert.equal(variation(equal), 0);
    assert.equal(variation(Float32Array.from(equal)), 0);
  });

  it('of the readable engine is 1 for equal numbers that it meets exactly', () => {
    const network = { sizes: [1, 1], hidden: 'tanh', output: 'linear' } as const;
    const p = propagation(network, matrix(1, 3));
    forward(p, [{ W: matrix(1, 1), b: Float64Array.of(0.1) }]);
    assert.equal(score(p, matrix(1, 3, new Float64Array(3).fill(0.1))), 1);
  });
});

describe('the root mean squared error', () => {
  it('is in the unit of the target: errors of 1 and 3 on a scale of 10 are √5 · 10', () => {
    const cost = (0.5 * (1 * 1 + 3 * 3)) / 2;
    assert.equal(rootMeanSquaredError(cost, { mean: 7, deviation: 10 }), 10 * Math.sqrt(5));
    assert.equal(rootMeanSquaredError(0, UNSCALED), 0);
  });
});

describe('a scale', () => {
  const scale = { mean: 20, deviation: 4 };

  it('centres and shrinks, and back', () => {
    assert.equal(standardised(26, scale), 1.5);
    assert.equal(inOwnUnit(1.5, scale), 26);
    assert.equal(inOwnUnit(standardised(-3, scale), scale), -3);
  });

  it('that is none leaves a number as it is', () => {
    assert.equal(standardised(0.1, UNSCALED), 0.1);
    assert.equal(inOwnUnit(0.1, UNSCALED), 0.1);
  });
});

describe('cost and score of recorded predictions', () => {
  interface Case {
    readonly output: 'sigmoid' | 'softmax' | 'linear';
    readonly z: number[][];
    readonly y: number[];
    readonly cost: number;
    readonly score: number;
    readonly wilson?: [number, number];
  }
  const { cases } = JSON.parse(readFileSync('test/fixtures/metrics/metrics.json', 'utf8')) as {
    cases: Record<string, Case>;
  };
  const isNear = (ours: number, theirs: number, what: string) =>
    assert.ok(
      Math.abs(ours - theirs) <= 1e-12 * Math.max(1, Math.abs(theirs)),
      `${what}: ${ours}, ${theirs}`,
    );

  for (const [name, { output, z, y, ...theirs }] of Object.entries(cases))
    it(`are scikit-learn’s, and the interval SciPy’s: ${name}`, () => {
      const [ny, m] = [z.length, y.length];
      // A network whose outputs before g are what it is given.
      const W = matrix(ny, ny);
      for (let i = 0; i < ny; i++) W.data[i * ny + i] = 1;
      const p = propagation(
        { sizes: [ny, ny], hidden: 'tanh', output },
        matrix(ny, m, Float64Array.from(z.flat())),
      );
      forward(p, [{ W, b: new Float64Array(ny) }]);
      const Y = matrix(ny, m);
      y.forEach((each, j) => (Y.data[ny > 1 ? each * m + j : j] = ny > 1 ? 1 : each));
      isNear(cost(p, Y), theirs.cost, 'cost');
      isNear(score(p, Y), theirs.score, 'score');
      if (!theirs.wilson) return;
      const [low, high] = wilson(score(p, Y), m);
      isNear(low, theirs.wilson[0], 'low');
      isNear(high, theirs.wilson[1], 'high');
    });
});
