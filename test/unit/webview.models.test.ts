import assert from 'node:assert/strict';
import { signal } from '@preact/signals';
import { forward, propagation } from '../../src/core/equations';
import { matrix, type Matrix } from '../../src/core/matrix';
import { zeroParameters, type Network, type Parameters } from '../../src/core/network';
import { random } from '../../src/core/random';
import { Choices } from '../../webview/choices';
import { placeOf } from '../../webview/model/answers';
import { drawnInputs, layoutOf } from '../../webview/model/diagram';
import { blocksOf } from '../../webview/model/blocks';
import { createModels } from '../../webview/model/models';
import {
  examplesInSlice,
  examplesToPass,
  sideOfMap,
  SLICE,
  SlicedForward,
  workOfExample,
} from '../../webview/model/passes';
import { outputNumbers } from '../../webview/pictures/outputNumbers';
import type { RunSignals } from '../../webview/store';

const small: Network = { sizes: [2, 4, 1], hidden: 'tanh', output: 'sigmoid' };
const largest: Network = {
  sizes: [64, 1024, 1024, 1024, 1024, 1024, 1024, 1],
  hidden: 'tanh',
  output: 'sigmoid',
};

function numbers(count: number, seed = 1): Float64Array {
  const source = random(seed, 'weights');
  return Float64Array.from({ length: count }, () => source.below(1000) / 500 - 1);
}
function parametersFor(network: Network, seed = 1): Parameters {
  return zeroParameters(network).map(({ W, b }, l) => ({
    W: matrix(W.rows, W.cols, numbers(W.data.length, seed + l)),
    b: numbers(b.length, seed + 100 + l),
  }));
}

const columnOf = ({ rows, cols, data }: Matrix, j: number) =>
  Float64Array.from({ length: rows }, (_, i) => data[i * cols + j]);

/** A run of `network` on `count` examples, as the store would hold it. */
function runOf(network: Network, count: number) {
  const nx = network.sizes[0];
  const parameters = signal<Parameters | null>(parametersFor(network));
  const run = {
    id: 'a',
    view: signal({ uri: 'file:///a.csv', network, dataset: { task: 'binary' } }),
    features: signal(Array.from({ length: nx }, (_, i) => ({ name: `x${i + 1}`, mean: i, deviation: 2 }))),
    sample: signal({
      X: matrix(nx, count, numbers(nx * count, 9)),
      y: Float64Array.from({ length: count }, (_, j) => j % 2),
      test: new Float64Array(count),
      lines: Float64Array.from({ length: count }, (_, j) => j + 2),
      order: Array.from({ length: count }, (_, j) => j),
    }),
    parameters,
    measure: signal(null),
    live: signal({ status: 'running' }),
  } as unknown as RunSignals;
  return { run, parameters };
}

const choices = () => new Choices({ getState: () => undefined, setState: () => undefined });

/** What is put off until the screen has been drawn, done one at a time. */
function later() {
  const waiting: (() => void)[] = [];
  const next = () => {
    const work = waiting.shift();
    work?.();
    return work !== undefined;
  };
  return { put: (work: () => void) => void waiting.push(work), next };
}

const atOnce = (work: () => void): void => work();

describe('what a frame of the Lens computes', () => {
  it('is finer for small networks than for large ones, and follows from their sizes alone', () => {
    assert.equal(sideOfMap(small), 72);
    assert.equal(sideOfMap({ ...small, sizes: [2, 64, 64, 1] }), 72);
    assert.equal(sideOfMap({ ...small, sizes: [2, 200, 200, 1] }), 27);
    assert.equal(sideOfMap({ ...largest, sizes: [2, ...largest.sizes.slice(1)] }), 12);
    assert.equal(examplesToPass(small, 2000), 2000);
    assert.equal(examplesToPass(largest, 2000), 48);
    assert.equal(examplesToPass({ ...small, sizes: [100_000, 1] }, 2000), 48);
  });

  it('is bounded in one slice, whatever the settings allow', () => {
    for (const sizes of [small.sizes, [64, 100, 1], [1000, 1024, 1024, 10], largest.sizes]) {
      const network = { ...small, sizes };
      const slice = examplesInSlice(network) * workOfExample(network);
      // One example is the least that can be computed.
      assert.ok(slice <= Math.max(SLICE, workOfExample(network)), sizes.join('–'));
    }
  });

  it('is the same in slices as at once', () => {
    const network: Network = { ...small, sizes: [3, 2000, 100, 2] };
    const X = matrix(3, 130, numbers(390));
    const sliced = new SlicedForward(network, X);
    assert.equal(sliced.slices, Math.ceil(130 / examplesInSlice(network)));
    assert.ok(sliced.slices > 2);
    const parameters = parametersFor(network);
    const atOnce = propagation(network, X);
    forward(atOnce, parameters);
    for (let pass = 0; pass < 2; pass++) {
      sliced.begin(parameters);
      for (let slice = 1; slice < sliced.slices; slice++) assert.equal(sliced.advance(), false);
      assert.equal(sliced.advance(), true);
      sliced.A.forEach((A, l) => assert.deepEqual(A, atOnce.A[l]));
    }
  });
});

describe('the models of a run', () => {
  it('compute what is static once: a frame keeps the inputs, and brings a new result', () => {
    const { run, parameters } = runOf({ ...small, sizes: [5, 4, 1] }, 30);
    const models = createModels(run, choices(), atOnce);
    const [plane, grid, examples] = [models.plane.value, models.grid.value, models.examples.value];
    assert.ok(plane && grid && examples);
    parameters.value = parametersFor({ ...small, sizes: [5, 4, 1] }, 7);
    assert.equal(models.plane.value, plane);
    assert.notEqual(models.grid.value, grid);
    assert.equal(models.grid.value?.inputs, grid.inputs);
    assert.equal(models.grid.value?.A, grid.A, 'in the same room');
    assert.notEqual(models.examples.value, examples);
    assert.equal(models.examples.value?.inputs, examples.inputs);
    models.dispose();
  });

  it('give the map that the whole network would give with the other features at their mean', () => {
    const network: Network = { ...small, sizes: [5, 4, 3, 1] };
    const { run } = runOf(network, 30);
    const chosen = choices();
    chosen.axes.value = [3, 1];
    const models = createModels(run, chosen, atOnce);
    const [grid, plane] = [models.grid.value, models.plane.value];
    assert.ok(grid && plane?.y);
    const { rows, cols } = grid.inputs;
    for (const [row, col] of [
      [0, 0],
      [rows - 1, cols - 1],
      [10, 50],
    ]) {
      const x = plane.x.from + ((col + 0.5) / cols) * (plane.x.to - plane.x.from);
      const y = plane.y.to - ((row + 0.5) / rows) * (plane.y.to - plane.y.from);
      const whole = models.outputAt(x, y)?.[0] ?? NaN;
      assert.ok(Math.abs((grid.A.at(-1)?.data[row * cols + col] ?? NaN) - whole) < 1e-12);
    }
    models.dispose();
  });

  it('give the map over the chosen row, and over two principal components, that the whole network would give', () => {
    const network: Network = { ...small, sizes: [5, 4, 3, 1] };
    const { run, parameters } = runOf(network, 30);
    const X = run.sample.value?.X;
    assert.ok(X && parameters.value);
    const answers = propagation(network, X);
    forward(answers, parameters.value);
    for (const kind of ['row', 'components'] as const) {
      const chosen = choices();
      chosen.axes.value = [3, 1];
      chosen.plane.value = kind;
      chosen.example.value = 7;
      const models = createModels(run, chosen, atOnce);
      const [grid, plane] = [models.grid.value, models.plane.value];
      assert.ok(grid && plane?.y);
      assert.equal(plane.kind, kind);
      const { rows, cols } = grid.inputs;
      const at = (row: number, col: number): [number, number] => [
        plane.x.from + ((col + 0.5) / cols) * (plane.x.to - plane.x.from),
        (plane.y?.to ?? 0) - ((row + 0.5) / rows) * ((plane.y?.to ?? 0) - (plane.y?.from ?? 0)),
      ];
      for (const [row, col] of [
        [0, 0],
        [10, 50],
      ]) {
        const whole = models.outputAt(...at(row, col))?.[0] ?? NaN;
        assert.ok(Math.abs((grid.A.at(-1)?.data[row * cols + col] ?? NaN) - whole) < 1e-12, kind);
      }
      if (kind === 'row') {
        const { x, y } = placeOf(run, plane, 7);
        const own = models.outputAt(x, y)?.[0] ?? NaN;
        assert.ok(
          Math.abs(own - (answers.A.at(-1)?.data[7] ?? NaN)) < 1e-12,
          'the row itself lies on its plane',
        );
      } else {
        // Places along the components are those of the centred examples, spread by their shares.
        const spread = [0, 1].map((k) => {
          const own = Array.from({ length: 30 }, (_, j) => plane.places?.data[k * 30 + j] ?? NaN);
          assert.ok(Math.abs(own.reduce((sum, each) => sum + each, 0)) < 1e-9);
          return own.reduce((sum, each) => sum + each * each, 0);
        });
        const [first, second] = plane.components?.shares ?? [NaN, NaN];
        assert.ok(Math.abs(spread[0] / spread[1] - first / second) < 1e-6);
      }
      models.dispose();
    }
  });

  it('spread a large network over frames, each of a few examples, and follow with the newest weights', () => {
    const network: Network = { ...small, sizes: [64, 300, 300, 1] };
    const { run, parameters } = runOf(network, 400);
    const wait = later();
    const models = createModels(run, choices(), wait.put);
    const shown = () => models.examples.value;
    assert.equal(shown(), null, 'the first slice alone is not shown');
    const newest = parametersFor(network, 3);
    parameters.value = parametersFor(network, 2);
    parameters.value = newest;
    let steps = 0;
    while (wait.next()) steps++;
    const result = shown();
    assert.ok(result && steps > 2);
    assert.ok(result.isBehind);
    const atOnce = propagation(network, result.inputs.X);
    forward(atOnce, newest);
    assert.deepEqual(result.A.at(-1), atOnce.A.at(-1));
    models.dispose();
  });

  it('pass all examples through a small network, and evenly chosen ones through a large one', () => {
    const few = createModels(runOf(small, 5).run, choices(), atOnce);
    assert.deepEqual(few.examples.value?.inputs.columns, [0, 1, 2, 3, 4]);
    assert.deepEqual([few.examples.value.isBehind, few.grid.value?.isBehind], [false, false]);
    few.dispose();
    const wait = later();
    const network: Network = { ...small, sizes: [64, 300, 300, 1] };
    const many = createModels(runOf(network, 580).run, choices(), wait.put);
    while (wait.next());
    const columns = many.examples.value?.inputs.columns ?? [];
    assert.equal(columns.length, examplesToPass(network, 580));
    assert.deepEqual(columns.slice(0, 3), [1, 3, 5]);
    many.dispose();
  });

  it('know which examples are taken for another class than their own, of those that are passed through', () => {
    const output = (kind: Network['output'], sizes: number[], count: number) => {
      const { run, parameters } = runOf({ ...small, output: kind, sizes }, count);
      const models = createModels(run, choices(), atOnce);
      const answers = (j: number): number => {
        const network = { ...small, output: kind, sizes };
        const pass = propagation(network, matrix(sizes[0], 1, columnOf(run.sample.value!.X, j)));
        forward(pass, parameters.value!);
        const { data } = pass.A[sizes.length - 1];
        return data.length > 1 ? data.indexOf(Math.max(...data)) : Number(data[0] > 0.5);
      };
      return { wrong: [...models.wrong.value], answers, y: [...run.sample.value!.y], models };
    };
    for (const kind of ['sigmoid', 'softmax'] as const) {
      const { wrong, answers, y, models } = output(kind, [3, 4, kind === 'sigmoid' ? 1 : 2], 40);
      assert.deepEqual(
        wrong,
        y.map((k, j) => Number(answers(j) !== k)),
      );
      assert.ok(wrong.includes(1) && wrong.includes(0), kind);
      models.dispose();
    }
    const number = output('linear', [3, 4, 1], 40);
    assert.ok(!number.wrong.includes(1), 'a number is no class to be taken for another');
    number.models.dispose();
  });

  it('are saved with the examples, each with its line, its class and its own answer, classes by name', () => {
    const { run } = runOf(small, 5);
    run.view.value.dataset = { task: 'binary', target: 'petal', classes: ['red', 'blue'] } as never;
    const models = createModels(run, choices(), atOnce);
    const file = outputNumbers({ run, models }, 'whole');
    assert.deepEqual(file.columns, ['of', 'x1', 'x2', 'P(petal = blue)', 'line', 'petal']);
    assert.equal(file.rows.length, 72 * 72 + 5);
    assert.ok(file.rows.slice(0, 72 * 72).every(([of, , , , line]) => of === 'map' && line === ''));
    const [plane, pass] = [models.plane.value, models.examples.value];
    assert.ok(plane && pass);
    const { x, y } = placeOf(run, plane, 3);
    assert.deepEqual(file.rows.at(-2), ['training', x, y, pass.A[2].data[3], 5, 'blue']);
    const page = outputNumbers({ run, models }, 'shown');
    assert.deepEqual(page.columns, ['x1', 'x2', 'P(petal = blue)']);
    models.dispose();
  });

  it('have nothing to show for axes that the file does not have', () => {
    const { run } = runOf(small, 10);
    const chosen = choices();
    chosen.axes.value = [7, 0];
    const models = createModels(run, chosen, atOnce);
    assert.equal(models.plane.value, null);
    assert.equal(models.grid.value, null);
    const unfollow = chosen.follow(run);
    assert.deepEqual(chosen.axes.value, [0, 1], 'the choice is made to fit');
    assert.ok(models.grid.value);
    unfollow();
    models.dispose();
  });
});

describe('the diagram of a network', () => {
  it('has every unit of a small one, large', () => {
    const { units, size, height, top } = layoutOf({ sizes: [2, 4, 1] }, [0, 1]);
    assert.deepEqual(units, [[0, 1], [0, 1, 2, 3], [0]]);
    assert.equal(size, 40);
    assert.ok(top(1, 3) + size <= height);
    assert.equal(top(2, 0) - top(1, 0), top(1, 3) - top(2, 0), 'a column stands in the middle');
  });

  it('has of a large layer a window, and every unit in one of them', () => {
    const seen = [0, 10, 20].flatMap((start) => layoutOf({ sizes: [2, 25, 1] }, [0, 1], [0, start]).units[1]);
    assert.deepEqual(
      seen,
      Array.from({ length: 25 }, (_, k) => k),
    );
    const { height } = layoutOf({ sizes: [200, 1024, 26] }, drawnInputs(seen, [0, 1]));
    assert.ok(height < 500, `${height} pixels`);
  });

  it('has room for each column beside the next, its units, its title, and the way to its other units', () => {
    const pitch = (sizes: number[]) => layoutOf({ sizes }, [0, 1]).narrowest / (sizes.length - 1);
    assert.ok(pitch([2, 4, 1]) > 40, 'units that are drawn large');
    assert.ok(pitch([2, 8, 8, 8, 8, 1]) > 32, 'titles');
    assert.ok(pitch([2, 64, 64, 1]) > 110, 'windows of neighbours');
    const far = pitch([2, 64, 8, 8, 64, 1]);
    assert.ok(far > 36 && far < 60, `${far}: windows that are columns apart`);
    assert.ok(pitch([2, 1024, 1024, 1]) > pitch([2, 64, 64, 1]));
  });

  it('has of many features those of the axes and those that tell most, in the order of the file', () => {
    const ranked = [9, 3, 20, 5, 6, 7, 8, 1, 2, 4, 0];
    assert.deepEqual(drawnInputs(ranked, [2, 0]), [0, 2, 3, 5, 6, 7, 9, 20]);
    assert.deepEqual(drawnInputs([1, 0], [0, 1]), [0, 1]);
    assert.deepEqual(drawnInputs([0], [0, 0]), [0]);
  });
});

describe('a matrix of weights as it is drawn', () => {
  it('is itself while a screen has room for it', () => {
    const W = matrix(4, 3, numbers(12));
    assert.deepEqual(blocksOf(W), { cells: W, tall: 1, wide: 1 });
  });

  it('shows of each block the weight that is farthest from 0', () => {
    const W = matrix(256, 1000, new Float64Array(256_000));
    W.data[1 * 1000 + 5] = -2;
    W.data[0 * 1000 + 6] = 1;
    const { cells, tall, wide } = blocksOf(W);
    assert.deepEqual([tall, wide, cells.rows, cells.cols], [2, 4, 128, 250]);
    assert.equal(cells.data[1], -2);
    assert.equal(cells.data.filter((w) => w !== 0).length, 1);
  });
});

describe('what the person has chosen to look at', () => {
  it('is kept with the webview, and comes back', () => {
    let kept: unknown;
    const host = { getState: () => kept, setState: (state: unknown) => void (kept = state) };
    const { run } = runOf(small, 10);
    const first = new Choices(host);
    const unfollow = first.follow(run);
    first.axes.value = [1, 0];
    first.neuron.value = { layer: 1, unit: 3 };
    first.example.value = 4;
    unfollow();
    const second = new Choices(host);
    second.follow(run)();
    assert.deepEqual(
      [second.axes.value, second.neuron.value, second.example.value],
      [[1, 0], { layer: 1, unit: 3 }, 4],
    );
  });

  it('is kept beside the file that the Lens is on, for the tab that comes back, without a run too', () => {
    let kept: unknown;
    const host = { getState: () => kept, setState: (state: unknown) => void (kept = state) };
    new Choices(host).place.value = { uri: 'file:///bare.csv', pinned: true, back: null };
    const placeOf = ({ uri, pinned }: { uri?: unknown; pinned?: unknown }) => [uri, pinned];
    assert.deepEqual(placeOf(kept as object), ['file:///bare.csv', true]);
    const second = new Choices(host);
    second.example.value = 3;
    assert.deepEqual(placeOf(kept as object), ['file:///bare.csv', true], 'until the host says otherwise');
  });

  it('draws no curves of another file beside those of this one', () => {
    const { run } = runOf(small, 10);
    const chosen = choices();
    chosen.follow(run)();
    chosen.overlaid.value = ['b'];
    chosen.follow(run)();
    assert.deepEqual(chosen.overlaid.value, ['b'], 'another run of the same file');
    const view = { ...run.view.value, uri: 'file:///other.csv' };
    chosen.follow({ ...run, view: signal(view) })();
    assert.deepEqual(chosen.overlaid.value, []);
  });

  it('does not outlive a network that does not have it', () => {
    const { run } = runOf(small, 10);
    const chosen = choices();
    chosen.neuron.value = { layer: 1, unit: 9 };
    chosen.example.value = 99;
    chosen.follow(run)();
    assert.equal(chosen.neuron.value, null);
    assert.equal(chosen.example.value, 9);
  });
});
