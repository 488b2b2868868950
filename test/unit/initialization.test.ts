import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { hiddenActivations, type HiddenActivation } from '../../src/core/activations';
import { initialize, resolveInitialization, type Initialization } from '../../src/core/initialization';
import { flatten, type Network } from '../../src/core/network';
import { random } from '../../src/core/random';
import { readDataset } from '../../src/data/dataset';
import { split } from '../../src/data/table/split';
import { defaults } from '../../src/settings/settings';

const network = (sizes: number[], hidden: HiddenActivation = 'tanh'): Network => ({
  sizes,
  hidden,
  output: 'sigmoid',
});
const start = (shape: Network, method: Initialization, scale = 0.01, seed = 1) =>
  initialize(shape, method, scale, random(seed, 'weights'));

function statistics(values: Float64Array): { mean: number; deviation: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, deviation: Math.sqrt(squares / values.length) };
}

describe('initial weights', () => {
  // 300 inputs, then 100: xavier and he have another deviation in each layer.
  const shape = network([300, 100, 200, 1]);
  const deviations: [Initialization, number, [number, number]][] = [
    ['smallRandom', 0.01, [0.01, 0.01]],
    ['smallRandom', 2.5, [2.5, 2.5]],
    ['xavier', 0.01, [0.05773502691896258, 0.1]],
    ['he', 0.01, [0.08164965809277261, 0.1414213562373095]],
  ];
  for (const [method, scale, expected] of deviations) {
    it(`of ${method} at scale ${scale} have mean 0 and deviation ${expected.map((d) => d.toFixed(3)).join(', ')}`, () => {
      const parameters = start(shape, method, scale);
      expected.forEach((deviation, l) => {
        const { W } = parameters[l];
        assert.ok(W.data.length >= 20_000);
        const found = statistics(W.data);
        // The standard error of the deviation of 20,000 numbers is 0.5 %.
        assert.ok(Math.abs(found.deviation / deviation - 1) < 0.02, `layer ${l + 1}: ${found.deviation}`);
        assert.ok(Math.abs(found.mean) < 0.03 * deviation, `layer ${l + 1}: mean ${found.mean}`);
      });
    });
  }

  it('have biases of 0, whatever the method', () => {
    for (const method of ['auto', 'smallRandom', 'xavier', 'he', 'zeros'] as const) {
      start(network([3, 5, 4, 1]), method).forEach(({ b }) => assert.ok(b.every((value) => value === 0)));
    }
  });

  it('are all 0 under zeros, and none is 0 under the others', () => {
    start(network([3, 5, 1]), 'zeros').forEach(({ W }) => assert.ok(W.data.every((value) => value === 0)));
    for (const method of ['smallRandom', 'xavier', 'he'] as const) {
      start(network([3, 5, 1]), method).forEach(({ W }) => assert.ok(W.data.every((value) => value !== 0)));
    }
  });

  it('have the shape (n[l], n[l−1])', () => {
    const parameters = start(network([3, 5, 2, 1]), 'he');
    assert.deepEqual(
      parameters.map(({ W, b }) => [W.rows, W.cols, b.length]),
      [
        [5, 3, 5],
        [2, 5, 2],
        [1, 2, 1],
      ],
    );
  });

  it('are the same for the same seed and others for another', () => {
    const flat = (seed: number) => flatten(start(network([2, 4, 1]), 'xavier', 0.01, seed));
    assert.deepEqual(flat(12), flat(12));
    assert.notDeepEqual(flat(12), flat(13));
  });

  it('are the ones they have always been: smallRandom, seed 1, a 2-2-1 network', () => {
    // The first normal numbers of seed 1 (see random.test.ts) times 0.01, layer by layer.
    const expected = [
      -0.0075579589518241395, -0.00202114395878572, 0.008971853938583936, -0.0065649146274762826,
    ];
    const [first] = start(network([2, 2, 1]), 'smallRandom');
    first.W.data.forEach((value, k) => assert.ok(Math.abs(value - expected[k]) < 1e-17, `${value}`));
  });
});

describe('the initialization auto', () => {
  it('is smallRandom up to one hidden layer, for every activation', () => {
    for (const hidden of hiddenActivations) {
      assert.equal(resolveInitialization('auto', 0, hidden), 'smallRandom');
      assert.equal(resolveInitialization('auto', 1, hidden), 'smallRandom');
    }
  });

  it('is he for the ReLUs and xavier for the others from two hidden layers on', () => {
    for (const layers of [2, 3, 6]) {
      assert.equal(resolveInitialization('auto', layers, 'relu'), 'he');
      assert.equal(resolveInitialization('auto', layers, 'leakyRelu'), 'he');
      assert.equal(resolveInitialization('auto', layers, 'tanh'), 'xavier');
      assert.equal(resolveInitialization('auto', layers, 'sigmoid'), 'xavier');
      assert.equal(resolveInitialization('auto', layers, 'linear'), 'xavier');
    }
  });

  it('gives way to a method that is named', () => {
    assert.equal(resolveInitialization('zeros', 3, 'relu'), 'zeros');
    assert.equal(resolveInitialization('xavier', 0, 'relu'), 'xavier');
  });

  it('gives the numbers of the method it stands for', () => {
    assert.deepEqual(
      flatten(start(network([3, 8, 8, 1], 'relu'), 'auto')),
      flatten(start(network([3, 8, 8, 1], 'relu'), 'he')),
    );
    assert.deepEqual(
      flatten(start(network([3, 8, 1]), 'auto')),
      flatten(start(network([3, 8, 1]), 'smallRandom')),
    );
  });
});

describe('what the seed decides', () => {
  /** Runs `body` while every function whose last bit may differ between engines throws. */
  function withoutTranscendentals<T>(body: () => T): T {
    const names = [
      ...['log', 'log2', 'log10', 'log1p', 'exp', 'expm1', 'pow', 'cbrt', 'hypot', 'random'],
      ...[
        'sin',
        'cos',
        'tan',
        'asin',
        'acos',
        'atan',
        'atan2',
        'sinh',
        'cosh',
        'tanh',
        'asinh',
        'acosh',
        'atanh',
      ],
    ] as (keyof Math)[];
    const table = Math as unknown as Record<string, unknown>;
    const before = names.map((name) => table[name as string]);
    names.forEach((name) => {
      table[name as string] = () => {
        throw new Error(`Math.${String(name)} was called`);
      };
    });
    try {
      return body();
    } finally {
      names.forEach((name, k) => (table[name as string] = before[k]));
    }
  }

  it('has a guard that sees a forbidden call, and takes itself away again', () => {
    assert.throws(() => withoutTranscendentals(() => Math.log(2)), /Math\.log was called/);
    assert.throws(() => withoutTranscendentals(() => Math.random()), /Math\.random was called/);
    assert.equal(Math.exp(0), 1);
  });

  it('needs no function that differs between engines: weights', () => {
    for (const method of ['smallRandom', 'xavier', 'he'] as const) {
      const guarded = withoutTranscendentals(() => flatten(start(network([20, 30, 1]), method)));
      assert.equal(guarded.length, 20 * 30 + 30 + 30 + 1);
      assert.ok(guarded.every(Number.isFinite));
    }
  });

  it('needs no function that differs between engines: the split, and the whole dataset', () => {
    const classOf = Int32Array.from({ length: 500 }, (_, i) => i % 3);
    const { test } = withoutTranscendentals(() => split(500, classOf, 0.2, random(1, 'split')));
    assert.ok(test.length > 90);
    const text = readFileSync('samples/penguins.csv', 'utf8');
    const dataset = withoutTranscendentals(() => readDataset(text, defaults));
    assert.ok(dataset.test.length > 0);
  });
});
