import assert from 'node:assert/strict';
import { hiddenActivations } from '../../src/core/activations';
import { stepsOf, traceChain } from '../../src/core/chain';
import { cost, forward, propagation } from '../../src/core/equations';
import { gradientCheck, judged, wholeError, type CheckedCell } from '../../src/core/gradientCheck';
import { matrix, type Matrix } from '../../src/core/matrix';
import { outputKinds, zeroParameters, type Network, type OutputKind } from '../../src/core/network';
import { storyOf, valueOf, type CellStory } from '../../src/core/origins';
import { cook, RIGHT } from '../../src/core/recipe';

const wave = (count: number, phase: number) =>
  Float64Array.from({ length: count }, (_, k) => 0.9 * Math.sin(2.3 * k + phase));

function caseOf(network: Network, m = 6) {
  const parameters = zeroParameters(network).map(({ W, b }, l) => ({
    W: matrix(W.rows, W.cols, wave(W.data.length, l + 1)),
    b: wave(b.length, l + 9),
  }));
  const ny = network.sizes.at(-1)!;
  const X = matrix(network.sizes[0], m, wave(network.sizes[0] * m, 0.3));
  const Y = matrix(ny, m);
  for (let j = 0; j < m; j++) {
    if (network.output === 'softmax') Y.data[(j % ny) * m + j] = 1;
    else Y.data[j] = network.output === 'sigmoid' ? j % 2 : Math.cos(j);
  }
  return {
    network,
    parameters,
    X,
    Y,
    weights: Float64Array.from({ length: m }, (_, j) => 0.5 + (j % 3) / 2),
  };
}
const networkOf = (output: OutputKind, hidden: number[] = [4, 3]): Network => ({
  sizes: [2, ...hidden, output === 'softmax' ? 3 : 1],
  hidden: 'tanh',
  output,
});

describe('the chain of equations', () => {
  it('goes forward, to the cost, back and to the next weights, at every depth', () => {
    assert.deepEqual(
      stepsOf({ sizes: [2, 4, 1] }).map(({ key }) => key),
      ['Z1', 'A1', 'Z2', 'A2', 'J', 'dZ2', 'dW2', 'db2', 'dZ1', 'dW1', 'db1', 'update1', 'update2'],
    );
    assert.deepEqual(
      stepsOf({ sizes: [2, 1] }).map(({ key, phase }) => `${phase} ${key}`),
      [
        'forward Z1',
        'forward A1',
        'cost J',
        'backward dZ1',
        'backward dW1',
        'backward db1',
        'update update1',
      ],
    );
    assert.equal(stepsOf({ sizes: [2, 3, 3, 3, 3, 3, 3, 1] }).length, 6 * 7 + 1);
  });

  for (const output of outputKinds) {
    for (const hidden of [[], [4], [4, 3], [3, 3, 3, 3, 3, 3]]) {
      for (const weighted of [false, true]) {
        const { weights, ...each } = caseOf(networkOf(output, hidden));
        const { network, parameters, X, Y } = each;
        const c = weighted ? weights : undefined;
        const trace = traceChain(network, parameters, X, Y, c);
        const what = `${output}, layers ${network.sizes.join('–')}${weighted ? ', weighted' : ''}`;

        it(`has the cost of the equations, and every quantity in its shape (${what})`, () => {
          const p = propagation(network, X);
          forward(p, parameters);
          assert.ok(Math.abs(trace.get('J')!.data[0] - cost(p, Y, c)) < 1e-15);
          const shape = (M: Matrix | null) => M && [M.rows, M.cols];
          network.sizes.forEach((n, l) => {
            assert.deepEqual(shape(trace.get(`A${l}`)), [n, X.cols]);
            if (l === 0) return;
            assert.deepEqual(shape(trace.get(`W${l}`)), [n, network.sizes[l - 1]]);
            assert.deepEqual(shape(trace.get(`dW${l}`)), [n, network.sizes[l - 1]]);
            assert.deepEqual(shape(trace.get(`db${l}`)), [n, 1]);
            assert.deepEqual(shape(trace.get(`dZ${l}`)), [n, X.cols]);
          });
          assert.equal(trace.get('Z0'), null);
          assert.equal(trace.get('c') !== null, weighted);
        });

        it(`writes out how each cell came about (${what})`, () => {
          let sums = 0;
          for (const step of stepsOf(network)) {
            if (step.kind === 'update') continue;
            const result = trace.get(step.key)!;
            for (let k = 0; k < result.data.length; k++) {
              const story: CellStory = storyOf(
                trace,
                step,
                step.key,
                Math.floor(k / result.cols),
                k % result.cols,
              )!;
              assert.equal(story.value, result.data[k]);
              if (story.made.kind !== 'sum' && story.made.kind !== 'difference') continue;
              sums++;
              assert.ok(Math.abs(valueOf(story.made) - story.value) < 1e-14, `${step.key} ${k}`);
              assert.ok(story.origins.length > 0);
            }
          }
          assert.ok(sums > 10);
        });

        it(`is what a right recipe cooks (${what})`, () => {
          const cooked = cook(RIGHT, {
            ...each,
            ...(c && { weights: c }),
            epoch: 1,
            rule: null,
            raw: null,
            others: null,
          });
          for (const key of trace.keys) {
            if (key === 'c') continue;
            const expected = trace.get(key)!;
            cooked.get(key)!.data.forEach((x, k) => {
              assert.ok(Math.abs(x - expected.data[k]) < 1e-14, `${key} ${k}`);
            });
          }
        });
      }
    }
  }

  it('points at the row and the column, or the one cell, that made a cell', () => {
    const { network, parameters, X, Y } = caseOf(networkOf('sigmoid', [4]));
    const trace = traceChain(network, parameters, X, Y);
    const steps = stepsOf(network);
    const origins = (key: string, row: number, col: number) =>
      storyOf(
        trace,
        steps.find((step) => step.key === key)!,
        key as 'J',
        row,
        col,
      )?.origins;
    assert.deepEqual(origins('Z1', 2, 5), [
      { quantity: 'W1', part: { kind: 'row', row: 2 } },
      { quantity: 'A0', part: { kind: 'column', col: 5 } },
      { quantity: 'b1', part: { kind: 'cell', row: 2, col: 0 } },
    ]);
    assert.deepEqual(origins('A1', 3, 1), [{ quantity: 'Z1', part: { kind: 'cell', row: 3, col: 1 } }]);
    assert.deepEqual(origins('dW1', 1, 0), [
      { quantity: 'dZ1', part: { kind: 'row', row: 1 } },
      { quantity: 'A0', part: { kind: 'row', row: 0 } },
    ]);
    assert.deepEqual(origins('dZ1', 3, 4), [
      { quantity: 'W2', part: { kind: 'column', col: 3 } },
      { quantity: 'dZ2', part: { kind: 'column', col: 4 } },
      { quantity: 'slope1', part: { kind: 'cell', row: 3, col: 4 } },
    ]);
    assert.deepEqual(origins('J', 0, 0), [{ quantity: 'loss', part: { kind: 'all' } }]);
    assert.equal(origins('Z1', 4, 0), undefined);
  });
});

function checkAll(...args: Parameters<typeof gradientCheck>): CheckedCell[] {
  const check = gradientCheck(...args);
  const cells: CheckedCell[] = [];
  for (let cell = check.next(); cell; cell = check.next()) cells.push(cell);
  assert.equal(cells.length, check.total);
  return cells;
}

describe('the gradient check', () => {
  for (const output of outputKinds) {
    for (const hidden of hiddenActivations) {
      it(`agrees with the equations: ${hidden}, ${output}`, () => {
        const { parameters, X, Y, weights, network } = caseOf({ ...networkOf(output), hidden });
        const cells = checkAll(network, parameters, X, Y, weights);
        assert.equal(cells.length, cells.filter(({ verdict }) => verdict === 'agrees').length);
        assert.ok(wholeError(cells) < 1e-7, String(wholeError(cells)));
        for (const { analytic, numeric, noise } of cells) {
          assert.ok(Math.abs(analytic - numeric) < noise + 1e-9, `${analytic} and ${numeric}`);
        }
      });
    }
  }

  it('finds a gradient that is wrong: twice, the other sign, a third digit', () => {
    const { network, parameters, X, Y } = caseOf(networkOf('sigmoid', [4]));
    for (const { analytic, numeric, noise } of checkAll(network, parameters, X, Y)) {
      for (const factor of [2, -1, 1.001]) {
        assert.equal(judged(factor * analytic, numeric, noise, 0).verdict, 'differs', String(factor));
      }
    }
  });

  it('leaves the weights as they are', () => {
    const { network, parameters, X, Y } = caseOf(networkOf('linear'));
    const before = parameters.map(({ W, b }) => [...W.data, ...b]);
    checkAll(network, parameters, X, Y);
    assert.deepEqual(
      parameters.map(({ W, b }) => [...W.data, ...b]),
      before,
    );
  });

  it('says of a kink of ReLU that the difference is no derivative there, and names how many', () => {
    const network: Network = { sizes: [1, 1, 1], hidden: 'relu', output: 'linear' };
    const parameters = [
      { W: matrix(1, 1, Float64Array.of(1)), b: Float64Array.of(0) },
      { W: matrix(1, 1, Float64Array.of(1)), b: Float64Array.of(0) },
    ];
    // z is exactly 0 in the first two examples.
    const X = matrix(1, 3, Float64Array.of(0, 0, 1));
    const Y = matrix(1, 3, Float64Array.of(2, -1, 0.5));
    const cells = checkAll(network, parameters, X, Y);
    const bias = cells.find(({ layer, of }) => layer === 1 && of === 'b')!;
    assert.equal(bias.kinks, 2);
    assert.equal(bias.verdict, 'kink');
    assert.ok(Math.abs(bias.analytic - bias.numeric) > 0.1);
    const other = cells.find(({ layer, of }) => layer === 2 && of === 'b')!;
    assert.deepEqual([other.kinks, other.verdict], [0, 'agrees']);
    assert.ok(wholeError(cells) < 1e-7, 'the kink is left out');
  });

  it('looks at cells spread over all layers where it may not look at all', () => {
    const { network, parameters, X, Y } = caseOf(networkOf('sigmoid', [30, 20]));
    const check = gradientCheck(network, parameters, X, Y, undefined, { most: 40 });
    assert.deepEqual([check.total, check.isWhole], [40, false]);
    const layers = new Set<number>();
    for (let cell = check.next(); cell; cell = check.next()) layers.add(cell.layer);
    assert.deepEqual([...layers], [1, 2, 3]);
  });
});
