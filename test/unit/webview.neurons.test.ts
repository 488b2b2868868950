import assert from 'node:assert/strict';
import { forward, forwardPass, loss, predictedClass, type ForwardPass } from '../../src/core/equations';
import { matrix } from '../../src/core/matrix';
import { parameterCount, unflatten, type Network, type Parameters } from '../../src/core/network';
import { random } from '../../src/core/random';
import { spreadOf } from '../../src/core/verdicts/spread';
import { rowOf } from '../../src/core/verdicts/unitFacts';
import { chosenUnit, unitsOnPage, UNITS_A_PAGE } from '../../webview/model/chosenUnit';
import { contributionsOf, MOST_CONTRIBUTIONS } from '../../webview/model/contributions';
import {
  busiestPair,
  classBorders,
  hiddenSpace,
  lineThrough,
  outputAtPoint,
  outputOver,
} from '../../webview/model/hiddenSpace';
import { BINS, binOf, edgesOf, histogramOf, isFlat, rangeOfA, rangeOfZ } from '../../webview/model/histogram';
import type { ExampleInputs } from '../../webview/model/models';
import { lossesOf, ORDERS, orderOf } from '../../webview/model/order';
import type { PassResult } from '../../webview/model/passes';
import type { Choices } from '../../webview/choices';
import type { RunSignals, SampleView } from '../../webview/store';

/** A network with random weights on random examples. */
function passed(network: Network, m = 60, seed = 3): { pass: ForwardPass; parameters: Parameters } {
  const { normal } = random(seed, 'weights');
  const numbers = (count: number) => Float64Array.from({ length: count }, () => normal());
  const parameters = unflatten(network, numbers(parameterCount(network)));
  const pass = forwardPass(network, matrix(network.sizes[0], m, numbers(network.sizes[0] * m)));
  forward(pass, parameters);
  return { pass, parameters };
}
const binary: Network = { sizes: [3, 5, 1], hidden: 'tanh', output: 'sigmoid' };
const near = (x: number, y: number) =>
  assert.ok(Math.abs(x - y) <= 1e-12 * Math.max(1, Math.abs(y)), `${x} is not ${y}`);

describe('the histogram of a unit', () => {
  it('counts each example once, in the bin that holds its z, by class', () => {
    const { pass } = passed(binary);
    const z = rowOf(pass.Z[1], 2);
    const range = rangeOfZ(z, 'tanh');
    const { groups, most } = histogramOf(z, range, (j) => j % 3, 3);
    assert.deepEqual(
      groups.map((counts) => counts.reduce((sum, n) => sum + n, 0)),
      [20, 20, 20],
    );
    for (let bin = 0; bin < BINS; bin++) {
      const { from, to } = edgesOf(range, bin);
      const inside = [...z].filter((value) => value >= from && value < to).length;
      assert.equal(
        groups.reduce((sum, counts) => sum + counts[bin], 0),
        inside,
      );
      assert.ok(inside <= most);
    }
    assert.equal(binOf(range, 1e9), BINS - 1);
    assert.equal(binOf(range, -1e9), 0);
  });

  it('is as wide as the z, and never too narrow to show how the activation bends', () => {
    const small = Float64Array.of(-0.1, 0.2);
    assert.deepEqual(rangeOfZ(small, 'tanh'), { from: -3.06, to: 3.06 });
    assert.deepEqual(rangeOfZ(Float64Array.of(-50, 2, NaN, Infinity), 'sigmoid'), { from: -51, to: 51 });
    assert.deepEqual(rangeOfA('relu', { from: -2, to: 2 }), { from: 0, to: 2 });
    for (const [g, z, flat] of [
      ['tanh', 3, true],
      ['tanh', 2.9, false],
      ['relu', -0.1, true],
      ['relu', 0, false],
    ] as const) {
      assert.equal(isFlat(g, z), flat, `${g} at ${z}`);
    }
  });
});

/** What adds up in a unit of the first layer. */
const adding = (parameters: Parameters, { A, Z }: ForwardPass, unit: number) =>
  contributionsOf(
    parameters[0],
    A[0],
    Array.from({ length: A[0].rows }, (_, k) => spreadOf(rowOf(A[0], k))),
    rowOf(Z[1], unit),
    unit,
  );

describe('what adds up in a unit', () => {
  it('is sorted by how much it varies, and adds up to z', () => {
    const { pass, parameters } = passed({ ...binary, sizes: [40, 2, 1] });
    const { largest, rest, bias, z } = adding(parameters, pass, 1);
    assert.equal(largest.length, MOST_CONTRIBUTIONS);
    assert.equal(rest?.count, 40 - MOST_CONTRIBUTIONS);
    const deviations = largest.map(({ spread }) => spread.deviation);
    assert.deepEqual(
      deviations,
      [...deviations].sort((a, b) => b - a),
    );
    const sum = largest.reduce((total, { spread }) => total + spread.mean, bias + (rest?.spread.mean ?? 0));
    near(sum, z.mean);
    near(z.lowest, Math.min(...rowOf(pass.Z[1], 1)));
    const [{ input, weight, spread }] = largest;
    near(weight, parameters[0].W.data[40 + input]);
    near(spread.highest, Math.max(...rowOf(pass.A[0], input).map((x) => weight * x)));
  });

  it('names all of them where there are few, and leaves no single one over', () => {
    for (const features of [1, MOST_CONTRIBUTIONS, MOST_CONTRIBUTIONS + 1]) {
      const { pass, parameters } = passed({ ...binary, sizes: [features, 2, 1] });
      const { largest, rest } = adding(parameters, pass, 0);
      assert.equal(largest.length, features);
      assert.equal(rest, null);
    }
  });
});

describe('the hidden space', () => {
  it('begins with the units from which the largest weights lead out', () => {
    assert.deepEqual(busiestPair(matrix(2, 4, Float64Array.of(1, -3, 0, 2, 0.5, 1, -5, 2))), [2, 1]);
    assert.deepEqual(busiestPair(matrix(1, 1, Float64Array.of(1))), [0, null]);
  });

  it('has the answer of the network itself where it has two hidden units', () => {
    for (const output of ['sigmoid', 'linear', 'softmax'] as const) {
      const network: Network = { sizes: [3, 2, output === 'softmax' ? 3 : 1], hidden: 'tanh', output };
      const { pass, parameters } = passed(network);
      const space = hiddenSpace(network, parameters[1], pass.A[1], [1, 0]);
      for (let j = 0; j < pass.m; j++) {
        const answer = outputAtPoint(space, pass.A[1].data[pass.m + j], pass.A[1].data[j]);
        answer.forEach((value, i) => near(value, pass.A[2].data[i * pass.m + j]));
      }
      const { cols, rows, data } = outputOver(space, 8, 10);
      assert.deepEqual([rows, cols], [network.sizes[2], 80]);
      const corner = outputAtPoint(
        space,
        space.x.from + 0.05 * (space.x.to - space.x.from),
        space.y.to - (0.5 / 8) * (space.y.to - space.y.from),
      );
      near(data[0], corner[0]);
    }
  });

  it('draws the line where the output is one half, the other units at their mean', () => {
    const { pass, parameters } = passed(binary);
    const space = hiddenSpace(binary, parameters[1], pass.A[1], [0, 3]);
    const ends = lineThrough(space);
    assert.ok(ends);
    for (const { x, y } of ends) {
      near(outputAtPoint(space, x, y)[0], 0.5);
      assert.ok(x >= space.x.from - 1e-9 && x <= space.x.to + 1e-9);
      assert.ok(y >= space.y.from - 1e-9 && y <= space.y.to + 1e-9);
    }
    const far = { ...space, line: { wx: 1, wy: 1, c: 1e6 } };
    assert.equal(lineThrough(far), null, 'it passes by');
  });

  it('draws the borders of a softmax where two classes are the likeliest, and no others', () => {
    let drawn = 0;
    for (const [hidden, classes] of [
      [2, 3],
      [4, 5],
      [3, 26],
    ]) {
      const network: Network = { sizes: [3, hidden, classes], hidden: 'tanh', output: 'softmax' };
      const { pass, parameters } = passed(network);
      // As wide as the classes are apart.
      parameters[1].b.fill(0);
      const space = hiddenSpace(network, parameters[1], pass.A[1], [0, 1]);
      const borders = classBorders(space);
      drawn += borders.length;
      for (const { classes: pair, from, to } of borders) {
        for (const t of [0.01, 0.5, 0.99]) {
          const p = outputAtPoint(space, from.x + t * (to.x - from.x), from.y + t * (to.y - from.y));
          const likeliest = [...p.keys()].sort((a, b) => p[b] - p[a]).slice(0, 2);
          near(p[pair[0]], p[pair[1]]);
          near(p[pair[0]], p[likeliest[0]]);
        }
      }
      // Whatever classes lie beside each other on the map have a border.
      const [rows, cols] = [60, 60];
      const map = outputOver(space, rows, cols);
      const best = Array.from({ length: rows * cols }, (_, at) => predictedClass('softmax', map, at));
      const pairs = new Set(borders.map(({ classes: pair }) => pair.join('-')));
      let missing = 0;
      for (let at = 0; at + 1 < best.length; at++) {
        const pair = [best[at], best[at + 1]].sort((a, b) => a - b);
        if ((at + 1) % cols !== 0 && pair[0] !== pair[1] && !pairs.has(pair.join('-'))) missing++;
      }
      // A third class may be narrower than a cell.
      assert.ok(missing <= 3, `${missing} neighbours without a border`);
    }
    assert.ok(drawn >= 5, `${drawn} borders`);
  });

  it('is a line of points where there is one hidden unit', () => {
    const network = { ...binary, sizes: [3, 1, 1] };
    const { pass, parameters } = passed(network);
    const space = hiddenSpace(network, parameters[1], pass.A[1], [0, null]);
    near(outputAtPoint(space, pass.A[1].data[7], 0)[0], pass.A[2].data[7]);
    assert.equal(outputOver(space, 1, 10).cols, 10);
  });
});

/** The examples of a pass, as the Lens holds them. */
function examplesOf(network: Network, y: (j: number) => number) {
  const { pass, parameters } = passed(network);
  const columns = Array.from({ length: pass.m }, (_, j) => pass.m - 1 - j);
  const sample = {
    y: Float64Array.from({ length: pass.m }, (_, j) => y(j)),
    lines: Float64Array.from({ length: pass.m }, (_, j) => 2 + ((7 * j) % pass.m)),
  } as unknown as SampleView;
  const inputs = { network, X: pass.A[0], columns, parametersOf: (all) => all } satisfies ExampleInputs;
  const result: PassResult<ExampleInputs> = { inputs, parameters, Z: pass.Z, A: pass.A, isBehind: false };
  return { result, sample, columns, pass };
}

describe('the order of the examples in a heatmap', () => {
  const { result, sample, columns, pass } = examplesOf(binary, (j) => j % 2);
  const ordered = (order: (typeof ORDERS)[number]) => orderOf(order, result, sample, { layer: 1, unit: 4 });

  it('is that of the pass, of a unit, of the file, or of the loss, and leaves nobody out', () => {
    for (const order of ORDERS) {
      assert.deepEqual(
        [...ordered(order)].sort((a, b) => a - b),
        [...columns.keys()],
        order,
      );
    }
    assert.deepEqual(ordered('target'), [...columns.keys()]);
    const values = ordered('value').map((k) => pass.A[1].data[4 * pass.m + k]);
    assert.deepEqual(
      values,
      [...values].sort((a, b) => a - b),
    );
    const lines = ordered('file').map((k) => sample.lines[columns[k]]);
    assert.deepEqual(
      lines,
      [...lines].sort((a, b) => a - b),
    );
  });

  it('has the loss of core for each example', () => {
    for (const network of [binary, { ...binary, sizes: [3, 4, 3], output: 'softmax' as const }]) {
      const { result: one, sample: of, columns: from, pass: its } = examplesOf(network, (j) => j % 2);
      const losses = lossesOf(one, of);
      for (let j = 0; j < its.m; j++) {
        const Y = matrix(network.sizes[2], its.m);
        const y = of.y[from[j]];
        if (network.output === 'softmax') Y.data[y * its.m + j] = 1;
        else Y.data[j] = y;
        near(losses[j], loss(network.output, its.Z[2], Y, j));
      }
      const order = orderOf('loss', one, of, { layer: 1, unit: 0 });
      assert.ok(order.every((k, at) => at === 0 || losses[order[at - 1]] >= losses[k]));
    }
  });
});

describe('the chosen unit', () => {
  const run = (sizes: number[]) =>
    ({ view: { value: { network: { ...binary, sizes } } } }) as unknown as RunSignals;
  const choices = (neuron: { layer: number; unit: number } | null) =>
    ({ neuron: { value: neuron } }) as unknown as Choices;

  it('is the first until one is chosen, and is one that there is', () => {
    assert.deepEqual(chosenUnit(run([2, 4, 1]), choices(null)), {
      layer: 1,
      unit: 0,
      units: 4,
      isOutput: false,
      curve: 'tanh',
    });
    assert.deepEqual(chosenUnit(run([2, 4, 1]), choices({ layer: 2, unit: 0 })), {
      layer: 2,
      unit: 0,
      units: 1,
      isOutput: true,
      curve: 'sigmoid',
    });
    assert.deepEqual(chosenUnit(run([2, 4, 1]), choices({ layer: 9, unit: 9 }))?.layer, 2);
    assert.equal(
      chosenUnit(run([2, 1]), choices(null))?.isOutput,
      true,
      'logistic regression has its output alone',
    );
  });

  it('is among the units on its page', () => {
    for (const unit of [0, UNITS_A_PAGE - 1, UNITS_A_PAGE, 63]) {
      const shown = unitsOnPage({ unit, units: 64 });
      assert.ok(shown.includes(unit) && shown.length <= UNITS_A_PAGE && shown.every((k) => k < 64));
    }
  });
});
