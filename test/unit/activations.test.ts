import assert from 'node:assert/strict';
import fc from 'fast-check';
import { activations, hiddenActivations, sigmoid } from '../../src/core/activations';

const close = (actual: number, expected: number, tolerance: number) =>
  assert.ok(Math.abs(actual - expected) <= tolerance, `${actual} is not ${expected} ± ${tolerance}`);

describe('activations', () => {
  it('come in five kinds: tanh, sigmoid, relu, leakyRelu and linear', () => {
    assert.deepEqual([...hiddenActivations], ['tanh', 'sigmoid', 'relu', 'leakyRelu', 'linear']);
    assert.deepEqual(Object.keys(activations).sort(), [...hiddenActivations].sort());
  });

  it('take the textbook values at z = −2, −0.5, 0, 0.5 and 2', () => {
    // tanh and σ to 15 digits from tables; the rest by hand.
    const expected: Record<string, number[]> = {
      tanh: [-0.964027580075817, -0.46211715726001, 0, 0.46211715726001, 0.964027580075817],
      sigmoid: [0.119202922022118, 0.377540668798145, 0.5, 0.622459331201855, 0.880797077977882],
      relu: [0, 0, 0, 0.5, 2],
      leakyRelu: [-0.02, -0.005, 0, 0.5, 2],
      linear: [-2, -0.5, 0, 0.5, 2],
    };
    for (const kind of hiddenActivations) {
      [-2, -0.5, 0, 0.5, 2].forEach((z, k) => close(activations[kind].g(z), expected[kind][k], 2e-15));
    }
  });

  it('give g′(0) = 1 for relu and leakyRelu, as the course does', () => {
    assert.equal(activations.relu.derivative(0, 0), 1);
    assert.equal(activations.leakyRelu.derivative(0, 0), 1);
  });

  it('give relu the slope 0 and leakyRelu the slope 0.01 below zero', () => {
    assert.equal(activations.relu.derivative(-1e-300, 0), 0);
    assert.equal(activations.leakyRelu.derivative(-1e-300, -1e-302), 0.01);
  });

  for (const kind of hiddenActivations) {
    it(`have derivatives that are the slope of g: ${kind}`, () => {
      const { g, derivative } = activations[kind];
      fc.assert(
        fc.property(
          fc.double({ min: 0.01, max: 6, noNaN: true }),
          fc.constantFrom(-1, 1),
          (magnitude, sign) => {
            const z = sign * magnitude;
            const h = 1e-4;
            // Five points: the error is of the order h⁴.
            const slope = (8 * (g(z + h) - g(z - h)) - (g(z + 2 * h) - g(z - 2 * h))) / (12 * h);
            close(derivative(z, g(z)), slope, 1e-10);
          },
        ),
      );
    });

    it(`pass a NaN on, so that divergence is seen: ${kind}`, () => {
      assert.ok(Number.isNaN(activations[kind].g(NaN)));
    });
  }

  it('have a sigmoid that overflows nowhere: exactly 0 or 1 in the limit, e^z where z is very negative', () => {
    assert.equal(sigmoid(1000), 1);
    assert.equal(sigmoid(-1000), 0);
    assert.equal(sigmoid(Infinity), 1);
    assert.equal(sigmoid(-Infinity), 0);
    // 1/(1+e^700) = e^−700 (1 − e^−700 …); e^−700 = 9.85967654375977e−305.
    close(sigmoid(-700) / 9.85967654375977e-305, 1, 1e-13);
  });

  it('have a sigmoid that is symmetric: σ(−z) = 1 − σ(z)', () => {
    fc.assert(
      fc.property(fc.double({ min: -40, max: 40, noNaN: true }), (z) =>
        close(sigmoid(-z), 1 - sigmoid(z), 2.3e-16),
      ),
    );
  });
});
