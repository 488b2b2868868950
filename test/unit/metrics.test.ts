import assert from 'node:assert/strict';
import { score, forward, propagation } from '../../src/core/equations';
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
