import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { hiddenActivations, type HiddenActivation } from '../../src/core/activations';
import { forward, propagation } from '../../src/core/equations';
import {
  initialize,
  resolveInitialization,
  turnDeadUnits,
  type Initialization,
} from '../../src/core/initialization';
import { matrix, type Matrix } from '../../src/core/matrix';
import { flatten, type Network } from '../../src/core/network';
import { random } from '../../src/core/random';
import { readDataset } from '../../src/data/dataset';
import { split } from '../../src/data/table/split';
import { course } from './course';

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
  it('is smallRandom up to one hidden layer of at most eight units other than ReLUs', () => {
    for (const hidden of hiddenActivations) {
      assert.equal(resolveInitialization('auto', [], hidden), 'smallRandom');
      if (hidden !== 'relu' && hidden !== 'leakyRelu')
        for (const units of [1, 4, 8])
          assert.equal(resolveInitialization('auto', [units], hidden), 'smallRandom');
    }
  });

  it('is he for the ReLUs at any depth, and xavier for the others from nine units or two hidden layers on', () => {
    for (const layers of [[1], [60], [4, 4], [4, 3, 2], [1, 2, 3, 4, 5, 6]]) {
      assert.equal(resolveInitialization('auto', layers, 'relu'), 'he');
      assert.equal(resolveInitialization('auto', layers, 'leakyRelu'), 'he');
    }
    for (const layers of [[9], [60], [4, 4], [4, 3, 2], [1, 2, 3, 4, 5, 6]])
      for (const hidden of ['tanh', 'sigmoid', 'linear'] as const)
        assert.equal(resolveInitialization('auto', layers, hidden), 'xavier');
  });

  it('gives way to a method that is named', () => {
    assert.equal(resolveInitialization('zeros', [4, 3, 2], 'relu'), 'zeros');
    assert.equal(resolveInitialization('xavier', [], 'relu'), 'xavier');
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

describe('the start of ReLUs under he', () => {
  const rowsOf = ({ rows, cols, data }: Matrix) =>
    Array.from({ length: rows }, (_, i) => [...data.subarray(i * cols, (i + 1) * cols)]);
  const dot = (a: number[], b: number[]) => a.reduce((sum, x, k) => sum + x * b[k], 0);

  for (const hidden of ['relu', 'leakyRelu'] as const) {
    it(`is in pairs of opposite units that end in opposite weights: ${hidden}`, () => {
      const [first, second, last] = start(network([3, 6, 5, 1], hidden), 'he').map(({ W }) => rowsOf(W));
      for (const layer of [first, second])
        for (let k = 1; k < layer.length; k += 2)
          assert.deepEqual(
            layer[k],
            layer[k - 1].map((w) => -w),
          );
      const [output] = last;
      assert.equal(output[1], -output[0]);
      assert.equal(output[3], -output[2]);
      assert.ok(Math.abs(output[4]) > 0);
    });
  }

  it('is along directions at right angles, all of the length √2', () => {
    const rows = rowsOf(start(network([3, 6, 1], 'relu'), 'he')[0].W).filter((_, k) => k % 2 === 0);
    rows.forEach((row, k) => {
      assert.ok(Math.abs(dot(row, row) - 2) < 1e-12);
      for (const other of rows.slice(0, k)) assert.ok(Math.abs(dot(row, other)) < 1e-12);
    });
  });

  it('has the deviation of he in wide layers too', () => {
    const [{ W }, { W: second }] = start(network([300, 100, 40, 1], 'relu'), 'he');
    assert.ok(Math.abs(statistics(W.data).deviation / Math.sqrt(2 / 300) - 1) < 0.001);
    assert.ok(Math.abs(statistics(second.data).deviation / Math.sqrt(2 / 100) - 1) < 0.001);
  });

  it('leaves other units drawn one by one', () => {
    const [{ W }] = start(network([2, 4, 1]), 'he');
    const [a, b] = rowsOf(W);
    assert.notEqual(b[0], -a[0]);
  });
});

describe('ReLUs that would begin flat', () => {
  /** X (2, 4): no feature is ever below 0. */
  const X = matrix(2, 4, Float64Array.of(1, 2, 3, 4, 0, 0.5, 2, 1));
  const all = Int32Array.of(0, 1, 2, 3);
  const outputs = (W: Matrix, x: readonly [number, number]) =>
    Array.from({ length: W.rows }, (_, u) => W.data[2 * u] * x[0] + W.data[2 * u + 1] * x[1]);
  const aliveSomewhere = (W: Matrix) => {
    const z = [0, 1, 2, 3].map((j) => outputs(W, [X.data[j], X.data[4 + j]]));
    return Array.from({ length: W.rows }, (_, u) => z.some((each) => each[u] >= 0));
  };

  it('are turned round, and only they', () => {
    for (let seed = 1; seed <= 20; seed++) {
      const shape = network([2, 7, 1], 'relu');
      const [before] = start(shape, 'he', 0.01, seed);
      const parameters = start(shape, 'he', 0.01, seed);
      turnDeadUnits(shape, parameters, X, all);
      const alive = aliveSomewhere(before.W);
      assert.ok(aliveSomewhere(parameters[0].W).every(Boolean));
      for (let k = 0; k < before.W.data.length; k++) {
        const sign = alive[Math.floor(k / 2)] ? 1 : -1;
        assert.equal(parameters[0].W.data[k], sign * before.W.data[k]);
      }
    }
  });

  it('are found in every hidden layer', () => {
    const shape = network([2, 4, 6, 1], 'relu');
    for (let seed = 1; seed <= 20; seed++) {
      const parameters = start(shape, 'he', 0.01, seed);
      turnDeadUnits(shape, parameters, X, all);
      const p = propagation(shape, X);
      forward(p, parameters);
      for (const layer of [1, 2]) {
        const { rows, cols, data } = p.Z[layer];
        for (let u = 0; u < rows; u++)
          assert.ok(
            data.subarray(u * cols, (u + 1) * cols).some((z) => z >= 0),
            `seed ${seed}, layer ${layer}`,
          );
      }
    }
  });

  it('are a matter of ReLUs alone', () => {
    const shape = network([2, 7, 1], 'tanh');
    const parameters = start(shape, 'xavier');
    turnDeadUnits(shape, parameters, X, all);
    assert.deepEqual(flatten(parameters), flatten(start(shape, 'xavier')));
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
    const dataset = withoutTranscendentals(() => readDataset(text, course));
    assert.ok(dataset.test.length > 0);
  });
});
