import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { signal } from '@preact/signals';
import { forward, forwardPass, predictedClass } from '../../src/core/equations';
import { matrix } from '../../src/core/matrix';
import { zeroParameters, type Network, type Parameters } from '../../src/core/network';
import { random } from '../../src/core/random';
import { readDataset } from '../../src/data/dataset';
import { defaults } from '../../src/settings/settings';
import { sampleOf as sampleOfDataset } from '../../src/train/sample';
import { Choices } from '../../webview/choices';
import { firstAxes, rankedFeatures } from '../../webview/model/association';
import { whyThese } from '../../webview/model/firstLook';
import { byInfluence, influence } from '../../webview/model/influence';
import type { RunSignals, SampleView } from '../../webview/store';

function numbers(count: number, seed: number): Float64Array {
  const source = random(seed, 'weights');
  return Float64Array.from({ length: count }, () => source.below(1000) / 500 - 1);
}

describe('the axes that a Lens begins with, while a network has learned nothing,', () => {
  const sampleOf = (y: number[], ...rows: number[][]) =>
    ({
      X: matrix(rows.length, y.length, Float64Array.from(rows.flat())),
      y: Float64Array.from(y),
    }) as SampleView;
  const axesBy = (sample: SampleView, isClass: boolean) => firstAxes(sample, rankedFeatures(sample, isClass));
  const y = Array.from({ length: 60 }, (_, j) => j % 3);
  const noise = (seed: number) => [...numbers(60, seed)];
  const telling = y.map((k, j) => k + 0.2 * noise(5)[j]);

  it('are the features that tell most of the class, in the order of the file', () => {
    const half = y.map((k, j) => k + 3 * noise(6)[j]);
    assert.deepEqual(axesBy(sampleOf(y, noise(7), half, noise(8), telling), true), [1, 3]);
  });

  it('are those that go with a number, if that is predicted', () => {
    const target = noise(9);
    const opposite = target.map((t, j) => -t + 0.1 * noise(10)[j]);
    const near = target.map((t, j) => t + 2 * noise(11)[j]);
    assert.deepEqual(axesBy(sampleOf(target, noise(12), opposite, near), false), [1, 2]);
  });

  it('are no copies of each other, nor flags where there are numbers', () => {
    const copy = telling.map((x) => 2 * x + 1);
    const flag = y.map((k) => Number(k === 0));
    assert.deepEqual(axesBy(sampleOf(y, telling, copy, flag, noise(13)), true), [0, 3]);
  });

  it('are length and width of the petals for iris', () => {
    const text = readFileSync('samples/iris.csv', 'utf8');
    const dataset = readDataset(text, defaults);
    const { X, y: species } = sampleOfDataset(dataset, 0);
    const sample = { X: matrix(dataset.features.length, species.length, X), y: species } as SampleView;
    const names = axesBy(sample, true).map((feature) => dataset.features[feature].name);
    assert.deepEqual(names, ['petal length (cm)', 'petal width (cm)']);
  });

  it('are all there is, if that is less', () => {
    assert.deepEqual(axesBy(sampleOf(y, telling), true), [0, 0]);
    assert.deepEqual(axesBy(sampleOf(y, telling, telling), true), [0, 1]);
  });
});

/** What a network says of x, (nx): its output; of several, the probability of class `k`. */
function outputAt(network: Network, parameters: Parameters, x: Float64Array, k?: number) {
  const pass = forwardPass(network, matrix(x.length, 1, x));
  forward(pass, parameters);
  const A = pass.A[pass.A.length - 1];
  const predicted = network.output === 'softmax' ? predictedClass('softmax', A, 0) : 0;
  return { predicted, a: A.data[k ?? predicted] };
}

describe('how much a feature matters to a network', () => {
  const networks: Network[] = [
    { sizes: [3, 1], hidden: 'tanh', output: 'sigmoid' },
    { sizes: [3, 4, 1], hidden: 'tanh', output: 'linear' },
    { sizes: [3, 5, 4, 3], hidden: 'sigmoid', output: 'softmax' },
  ];
  const m = 20;

  for (const network of networks) {
    it(`is the mean slope of its output times the deviation: ${network.output} after ${network.sizes.join('–')}`, () => {
      const parameters = zeroParameters(network).map(({ W, b }, l) => ({
        W: matrix(W.rows, W.cols, numbers(W.data.length, 20 + l)),
        b: numbers(b.length, 30 + l),
      }));
      const X = matrix(3, m, numbers(3 * m, 40));
      const order = Array.from({ length: m }, (_, j) => j);
      const found = influence(network, parameters, { X, order });
      const h = 1e-5;
      for (let i = 0; i < 3; i++) {
        const row = X.data.subarray(i * m, (i + 1) * m);
        const mean = row.reduce((sum, x) => sum + x, 0) / m;
        const deviation = Math.sqrt(row.reduce((sum, x) => sum + (x - mean) ** 2, 0) / m);
        const slopes = order.map((j) => {
          const x = Float64Array.from({ length: 3 }, (_, k) => X.data[k * m + j]);
          const { predicted } = outputAt(network, parameters, x);
          const moved = (by: number) => outputAt(network, parameters, x.with(i, x[i] + by), predicted).a;
          return Math.abs(moved(h) - moved(-h)) / (2 * h);
        });
        const expected = (slopes.reduce((sum, slope) => sum + slope, 0) / m) * deviation;
        assert.ok(Math.abs(found[i] - expected) < 1e-8, `${found[i]}, by differences ${expected}`);
      }
    });
  }

  it('puts those first that matter most, equal ones in the order of the file', () => {
    assert.deepEqual(byInfluence(Float64Array.of(0, 2, 0, 5)), [3, 1, 0, 2]);
  });
});

describe('the features that a Lens looks at first', () => {
  const network: Network = { sizes: [4, 1], hidden: 'tanh', output: 'sigmoid' };
  const m = 40;
  const y = Float64Array.from({ length: m }, (_, j) => j % 2);
  /** The first two go with the class; the network goes by the last two. */
  const X = matrix(
    4,
    m,
    Float64Array.from([
      ...Array.from(numbers(m, 1), (x, j) => y[j] + x / 10),
      ...Array.from(numbers(m, 2), (x, j) => y[j] + x / 5),
      ...numbers(m, 3),
      ...numbers(m, 4),
    ]),
  );
  const order = Array.from({ length: m }, (_, j) => j);
  const sample = { X, y, order, lines: new Float64Array(m), test: new Float64Array(m) };
  const [BY_TARGET, BY_NETWORK] = [
    [0, 1],
    [2, 3],
  ];

  function runOf(status: string, { id = 'a', epoch = 100 } = {}) {
    const run = {
      id,
      view: signal({ id, uri: 'file:///a.csv', network, dataset: { task: 'binary' } }),
      live: signal({ status }),
      measure: signal({ epoch }),
      sample: signal(sample),
      parameters: signal<Parameters | null>([
        { W: matrix(1, 4, Float64Array.of(0.1, 0.1, 2, 3)), b: Float64Array.of(0) },
      ]),
    };
    return { run: run as unknown as RunSignals, ...run };
  }
  let state: unknown;
  beforeEach(() => (state = undefined));
  const open = () => new Choices({ getState: () => state, setState: (next) => (state = next) });
  const why = ({ firstLook }: Choices, shown = 'a') => {
    const ranking = firstLook.ranking.value;
    return ranking && whyThese(ranking, shown);
  };

  it('are those that matter most to a network that is there and rests', () => {
    for (const status of ['finished', 'paused', 'stopped']) {
      state = undefined;
      const choices = open();
      choices.follow(runOf(status).run)();
      assert.deepEqual(choices.axes.value, BY_NETWORK, status);
      assert.deepEqual(choices.firstLook.ranking.value?.features, [3, 2, 1, 0]);
      assert.equal(why(choices), 'matter most to the network');
    }
  });

  it('are those that tell most of the target while it trains, or before its first epoch', () => {
    for (const run of [runOf('running'), runOf('paused', { epoch: 0 })]) {
      state = undefined;
      const choices = open();
      choices.follow(run.run)();
      assert.deepEqual(choices.axes.value, BY_TARGET);
      assert.equal(why(choices), 'tell most of the target');
    }
  });

  it('stay while somebody looks: neither epochs nor the end of the training change them', () => {
    const choices = open();
    const { run, live, parameters, sample: drawn } = runOf('running');
    const unfollow = choices.follow(run);
    parameters.value = [{ W: matrix(1, 4, Float64Array.of(0, 9, 0, 9)), b: Float64Array.of(0) }];
    live.value = { status: 'finished' };
    drawn.value = { ...sample };
    assert.deepEqual(choices.axes.value, BY_TARGET);
    unfollow();
  });

  it('go by the network when it is opened again, unless somebody has chosen', () => {
    for (const chosen of [undefined, [0, 2] as const]) {
      state = undefined;
      const first = open();
      first.follow(runOf('running').run)();
      if (chosen) first.axes.value = chosen;
      const again = open();
      again.follow(runOf('finished').run)();
      assert.deepEqual(again.axes.value, chosen ?? BY_NETWORK);
      assert.equal(why(again), 'matter most to the network');
    }
  });

  it('wait for the weights of a run that comes in parts', () => {
    const choices = open();
    const { run, parameters } = runOf('finished');
    const { value } = parameters;
    parameters.value = null;
    const unfollow = choices.follow(run);
    assert.deepEqual(choices.axes.value, BY_TARGET);
    parameters.value = value;
    assert.deepEqual(choices.axes.value, BY_NETWORK);
    unfollow();
  });

  it('stay with the next run of the file, and say whose network it was', () => {
    const choices = open();
    choices.follow(runOf('finished').run)();
    choices.follow(runOf('running', { id: 'b' }).run)();
    assert.deepEqual(choices.axes.value, BY_NETWORK);
    assert.equal(why(choices, 'b'), 'mattered most to the network of another run');
  });
});
