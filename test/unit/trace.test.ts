import assert from 'node:assert/strict';
import { outputKinds, unflatten, type Network, type OutputKind } from '../../src/core/network';
import { derivativeAt, traceNeuron } from '../../src/core/trace';

const SIZES = [3, 4, 2];
const x = Float64Array.of(0.7, -1.3, 0.4);

/** Weights that are no multiples of each other, none near a kink. */
const numbers = (count: number) =>
  Float64Array.from({ length: count }, (_, k) => 0.8 * Math.sin(2.7 * k + 0.9));

interface Case {
  network: Network;
  flat: Float64Array;
  y: Float64Array;
}
function makeCase(output: OutputKind, target = 1): Case {
  const ny = output === 'softmax' ? 3 : 1;
  const sizes = [...SIZES, ny];
  const count = sizes.slice(1).reduce((sum, n, l) => sum + n * (sizes[l] + 1), 0);
  return {
    network: { sizes, hidden: 'tanh', output },
    flat: numbers(count),
    y:
      output === 'softmax'
        ? Float64Array.from({ length: 3 }, (_, k) => Number(k === target))
        : Float64Array.of(output === 'sigmoid' ? target : 0.35),
  };
}

/** z and a of every layer, and the loss, by the textbook; `nudge` is added to z of one unit. */
function textbook(
  { network, y }: Case,
  flat: Float64Array,
  nudge: { layer: number; unit: number; z?: number; a?: number } = { layer: 0, unit: 0 },
): { z: number[][]; a: number[][]; loss: number } {
  const L = network.sizes.length - 1;
  const [z, a]: number[][][] = [[[]], [[...x]]];
  let at = 0;
  for (let l = 1; l <= L; l++) {
    const [n, k] = [network.sizes[l], network.sizes[l - 1]];
    z[l] = Array.from(
      { length: n },
      (_, i) =>
        flat[at + n * k + i] + a[l - 1].reduce((sum, value, t) => sum + flat[at + i * k + t] * value, 0),
    );
    at += n * (k + 1);
    if (nudge.layer === l) z[l][nudge.unit] += nudge.z ?? 0;
    const total = z[l].reduce((sum, value) => sum + Math.exp(value), 0);
    a[l] = z[l].map((value) =>
      l < L
        ? Math.tanh(value)
        : network.output === 'sigmoid'
          ? 1 / (1 + Math.exp(-value))
          : network.output === 'softmax'
            ? Math.exp(value) / total
            : value,
    );
    if (nudge.layer === l) a[l][nudge.unit] += nudge.a ?? 0;
  }
  const out = a[L];
  const loss =
    network.output === 'sigmoid'
      ? -y[0] * Math.log(out[0]) - (1 - y[0]) * Math.log(1 - out[0])
      : network.output === 'softmax'
        ? -out.reduce((sum, value, k) => sum + (y[k] === 0 ? 0 : y[k] * Math.log(value)), 0)
        : (out[0] - y[0]) ** 2 / 2;
  return { z, a, loss };
}

/** Five-point central difference of `f` at 0. */
const slope = (f: (step: number) => number, h = 1e-3) =>
  (8 * (f(h) - f(-h)) - (f(2 * h) - f(-2 * h))) / (12 * h);
const close = (actual: number, expected: number, what: string, tolerance = 1e-9) =>
  assert.ok(Math.abs(actual - expected) <= tolerance, `${what}: ${actual} is not ${expected}`);

describe('the trace of a neuron', () => {
  for (const output of outputKinds) {
    for (const target of output === 'linear' ? [0] : output === 'sigmoid' ? [0, 1] : [0, 2]) {
      const each = makeCase(output, target);
      const { network, flat, y } = each;
      const L = network.sizes.length - 1;
      const trace = (layer: number, unit: number) =>
        traceNeuron(network, unflatten(network, flat), x, y, layer, unit);
      const units = network.sizes.flatMap((n, l) =>
        l === 0 ? [] : Array.from({ length: n }, (_, unit) => ({ layer: l, unit })),
      );

      describe(`with a ${output} output and the target ${[...y].join(', ')}`, () => {
        it('adds up: the terms and b make z, and a is g(z)', () => {
          const expected = textbook(each, flat);
          for (const { layer, unit } of units) {
            const t = trace(layer, unit);
            assert.deepEqual([t.layer, t.unit], [layer, unit]);
            assert.deepEqual(
              [...t.terms],
              [...t.weights].map((w, k) => w * t.inputs[k]),
            );
            close(
              t.terms.reduce((sum, term) => sum + term, t.b),
              t.z,
              'Σ terms + b',
              1e-14,
            );
            close(t.z, expected.z[layer][unit], 'z', 1e-13);
            close(t.a, expected.a[layer][unit], 'a', 1e-13);
            [...t.inputs].forEach((input, k) => close(input, expected.a[layer - 1][k], 'input', 1e-13));
          }
        });

        it('shows the row of W and the b of its own unit', () => {
          let at = 0;
          for (let l = 1; l <= L; l++) {
            const [n, k] = [network.sizes[l], network.sizes[l - 1]];
            for (let unit = 0; unit < n; unit++) {
              const t = trace(l, unit);
              assert.deepEqual([...t.weights], [...flat.slice(at + unit * k, at + (unit + 1) * k)]);
              assert.equal(t.b, flat[at + n * k + unit]);
            }
            at += n * (k + 1);
          }
        });

        it('has the loss of the example', () => {
          for (const { layer, unit } of units) {
            close(trace(layer, unit).loss, textbook(each, flat).loss, 'loss', 1e-13);
          }
        });

        it('has a dz that finite differences of the loss confirm, for hidden and output units', () => {
          for (const { layer, unit } of units) {
            const numeric = slope((z) => textbook(each, flat, { layer, unit, z }).loss);
            close(trace(layer, unit).dz, numeric, `dz of unit ${unit} in layer ${layer}`);
          }
        });

        it('has a dw that finite differences of the loss confirm, for hidden and output units', () => {
          let at = 0;
          for (let l = 1; l <= L; l++) {
            const [n, k] = [network.sizes[l], network.sizes[l - 1]];
            for (let unit = 0; unit < n; unit++) {
              const { dw } = trace(l, unit);
              assert.equal(dw.length, k);
              dw.forEach((value, t) => {
                const numeric = slope((step) => {
                  const moved = flat.slice();
                  moved[at + unit * k + t] += step;
                  return textbook(each, moved).loss;
                });
                close(value, numeric, `dw ${t} of unit ${unit} in layer ${l}`);
              });
            }
            at += n * (k + 1);
          }
        });

        it('has a da that finite differences of the loss confirm', () => {
          for (const { layer, unit } of units) {
            const numeric = slope((a) => textbook(each, flat, { layer, unit, a }).loss, 1e-4);
            close(trace(layer, unit).da, numeric, `da of unit ${unit} in layer ${layer}`, 1e-7);
          }
        });

        it('has a da that times g′(z) is dz', () => {
          for (const { layer, unit } of units) {
            // The softmax mixes its units: there dz is not da · a(1 − a) alone, unless y is 1.
            if (layer === L && output === 'softmax' && y[unit] !== 1) continue;
            const t = trace(layer, unit);
            close(t.da * derivativeAt(network, layer, t.z, t.a), t.dz, 'da g′(z)', 1e-13);
          }
        });
      });
    }
  }

  it('follows a relu that is off: a = 0 and nothing comes back', () => {
    const network: Network = { sizes: [1, 1, 1], hidden: 'relu', output: 'linear' };
    const parameters = unflatten(network, Float64Array.of(2, -10, 3, 0.5));
    const t = traceNeuron(network, parameters, Float64Array.of(1), Float64Array.of(0), 1, 0);
    // z = 2 − 10; the output is b2 = 0.5, so dz2 = 0.5 and da1 = 3 · 0.5.
    assert.deepEqual([t.z, t.a, t.da], [-8, 0, 1.5]);
    assert.equal(t.dz + 0, 0);
    assert.equal(t.dw[0] + 0, 0);
    assert.equal(t.loss, 0.125);
  });

  it('stays a number when a softmax is so sure that another class has the probability 0', () => {
    const network: Network = { sizes: [1, 2], hidden: 'tanh', output: 'softmax' };
    const parameters = unflatten(network, Float64Array.of(1000, -1000, 0, 0));
    const t = traceNeuron(network, parameters, Float64Array.of(1), Float64Array.of(1, 0), 1, 1);
    assert.deepEqual([t.z, t.a, t.da, t.dz, t.loss], [-1000, 0, 0, 0, 0]);
  });

  it('refuses units that do not exist', () => {
    const { network, flat, y } = makeCase('sigmoid');
    const parameters = unflatten(network, flat);
    for (const [layer, unit] of [
      [0, 0],
      [4, 0],
      [1, 4],
      [1, -1],
      [3, 1],
    ]) {
      assert.throws(() => traceNeuron(network, parameters, x, y, layer, unit), RangeError);
    }
  });
});
