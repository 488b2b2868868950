import assert from 'node:assert/strict';
import fc from 'fast-check';
import { hiddenActivations } from '../../src/core/activations';
import { cost, forward, propagation, type Propagation } from '../../src/core/equations';
import { matrix, type Matrix } from '../../src/core/matrix';
import {
  flatten,
  outputKinds,
  parameterCount,
  unflatten,
  type Network,
  type OutputKind,
  type Parameters,
} from '../../src/core/network';
import { optimizers, type EpochOptions, type Optimizer } from '../../src/core/optimizer';
import { random, type Random } from '../../src/core/random';
import { ReferenceTrainer } from '../../src/core/reference';
import { untilDone, type Examples, type Measure, type Trainer } from '../../src/core/trainer';
import { SimdTrainer, type SimdOptions } from '../../src/kernel/simdTrainer';
import { plain } from './training';

// ------------------------------------------------------------------------------------- problems

interface Problem {
  readonly network: Network;
  readonly initial: Float64Array;
  readonly train: Examples;
  readonly test: Examples;
}

interface Shape {
  readonly nx: number;
  readonly hiddenSizes: readonly number[];
  readonly hidden: Network['hidden'];
  readonly output: OutputKind;
  readonly classes: number;
  readonly m: number;
  readonly weighted: boolean;
  readonly data: number;
}

/** Group of 8, block of 256, one shard below 129: sizes beside all of them. */
const EDGES = [1, 2, 3, 7, 8, 9, 15, 16, 17, 103, 104, 105, 120, 127, 128, 129, 130, 136, 255, 256, 257, 384];

const units = fc.integer({ min: 1, max: 40 });
const anyShape = ({ most = 600, layers = 6 } = {}): fc.Arbitrary<Shape> =>
  fc.record({
    nx: units,
    hiddenSizes: fc.array(units, { maxLength: layers, size: 'max' }),
    hidden: fc.constantFrom(...hiddenActivations),
    output: fc.constantFrom(...outputKinds),
    classes: fc.integer({ min: 2, max: 9 }),
    m: fc.oneof(fc.constantFrom(...EDGES.filter((m) => m <= most)), fc.integer({ min: 1, max: most })),
    weighted: fc.boolean(),
    data: fc.nat(),
  });

/** So near to a kink or to the boundary of two classes, float32 may come out on the other side. */
const MARGIN = 3e-5;

/** Moderate numbers that float32 holds exactly; no example stands on a kink or on a boundary. */
function problem({ nx, hiddenSizes, hidden, output, classes, m, weighted, data }: Shape): Problem {
  const stream = random(data, 'sample');
  const ny = output === 'softmax' ? classes : 1;
  const network: Network = { sizes: [nx, ...hiddenSizes, ny], hidden, output };
  const parameters = unflatten(network, new Float64Array(parameterCount(network)));
  const gain = hidden === 'relu' || hidden === 'leakyRelu' ? Math.SQRT2 : 1;
  for (const { W, b } of parameters) {
    W.data.forEach((_, k) => (W.data[k] = Math.fround((gain * stream.normal()) / Math.sqrt(W.cols))));
    // Where a weight is 0, so is the slope of |W|.
    W.data.forEach((_, k) => stream.uniform() < 0.05 && (W.data[k] = 0));
    // Not so near to 0 that a unit without inputs stands on its kink.
    b.forEach(
      (_, i) => (b[i] = Math.fround((stream.uniform() < 0.5 ? -1 : 1) * (0.01 + 0.5 * stream.uniform()))),
    );
  }
  return {
    network,
    initial: flatten(parameters),
    train: examplesFor(network, parameters, m, weighted, stream),
    test: examplesFor(network, parameters, 1 + stream.below(50), weighted, stream),
  };
}

function examplesFor(
  network: Network,
  parameters: Parameters,
  m: number,
  weighted: boolean,
  stream: Random,
): Examples {
  const ny = network.sizes[network.sizes.length - 1];
  const X = matrix(network.sizes[0], m);
  const Y = matrix(ny, m);
  const normal = () => Math.fround(stream.normal());
  let next = Array.from({ length: m }, (_, j) => j);
  for (let tries = 0; next.length > 0; tries++) {
    // A shape of which every example stands on a kink says nothing: another one is tried.
    fc.pre(tries < 1000);
    for (const j of next) for (let k = 0; k < X.rows; k++) X.data[k * m + j] = normal();
    const p = propagation(network, X);
    forward(p, parameters);
    next = next.filter((j) => isClose(p, j));
  }
  for (let j = 0; j < m; j++) {
    if (network.output === 'linear') Y.data[j] = normal();
    else if (network.output === 'sigmoid') Y.data[j] = stream.below(2);
    else Y.data[stream.below(ny) * m + j] = 1;
  }
  const weights = Float64Array.from({ length: m }, () => Math.fround(0.25 + 2 * stream.uniform()));
  return weighted ? { X, Y, weights } : { X, Y };
}

function isClose({ network, Z, m }: Propagation, j: number): boolean {
  const column = ({ data, rows }: Matrix) => Array.from({ length: rows }, (_, i) => data[i * m + j]);
  const L = network.sizes.length - 1;
  if (network.hidden === 'relu' || network.hidden === 'leakyRelu') {
    for (let l = 1; l < L; l++) if (column(Z[l]).some((z) => Math.abs(z) < MARGIN)) return true;
  }
  const outputs = column(Z[L]);
  if (network.output === 'sigmoid') return Math.abs(outputs[0]) < MARGIN;
  if (network.output === 'linear') return false;
  const [first, second] = outputs.sort((a, b) => b - a);
  return first - second < MARGIN;
}

// ------------------------------------------------------------------------------------- trainers

/** Asks whether to yield after every block. */
const fast = ({ network, initial, train, test }: Problem, options: SimdOptions = {}) =>
  new SimdTrainer(network, initial, train, test, { machine: { slice: 1 }, ...options });
const slow = ({ network, initial, train, test }: Problem, optimizer: Optimizer, seed: number) =>
  new ReferenceTrainer(network, unflatten(network, initial), train, test, optimizer, seed);

/** Everything that a trainer is at a whole epoch. */
const all = (trainer: Trainer) => ({
  epoch: trainer.epoch,
  parameters: trainer.parameters(),
  state: trainer.state(),
  measure: trainer.measure(),
});

function epochs(trainer: Trainer, how: EpochOptions, count: number): void {
  for (let done = 0; done < count; done++) assert.equal(trainer.advance(how, untilDone), 'epoch');
}

const largest = (values: ArrayLike<number>) =>
  Array.from(values).reduce((most, value) => Math.max(most, Math.abs(value)), 0);

/** The largest difference of two arrays, each layer's relative to the largest entry of that layer of `expected`. */
function layerError(network: Network, actual: Float64Array, expected: Float64Array): number {
  const [as, es] = [unflatten(network, actual), unflatten(network, expected)];
  const together = ({ W, b }: Parameters[number]) => [...W.data, ...b];
  return Math.max(
    ...es.map((layer, l) => {
      const e = together(layer);
      const difference = largest(together(as[l]).map((value, k) => value - e[k]));
      return difference === 0 ? 0 : difference / largest(e);
    }),
  );
}

/** Sizes of what costs are made of: for a linear output, whose errors cancel, the squares before they do. */
function costScale({ network }: Problem, { X, Y, weights }: Examples, flat: Float64Array): number {
  const p = propagation(network, X);
  forward(p, unflatten(network, flat));
  const J = cost(p, Y, weights);
  if (network.output !== 'linear') return J;
  const A = p.A[network.sizes.length - 1].data;
  return A.reduce((sum, a, j) => sum + (weights?.[j] ?? 1) * (a * a + Y.data[j] * Y.data[j]), 0) / p.m;
}

const options = fc.record({
  learningRate: fc.constantFrom(0.003, 0.01, 0.03),
  momentum: fc.constantFrom(0, 0.5, 0.9),
  l1: fc.constantFrom(0, 0, 0.001, 0.05),
  l2: fc.constantFrom(0, 0, 0.001, 0.1),
  batchSize: fc.constantFrom(0, 0, 1, 3, 8, 16, 50, 128, 130, 700),
});
const optimizer = fc.constantFrom(...optimizers);
const seed = fc.integer({ min: 0, max: 2147483647 });

/** Tired now and then. */
function moody(data: number): () => boolean {
  const stream = random(data, 'sample');
  return () => stream.uniform() < 0.4;
}
/** Says to yield at the call of this number, from 1. */
function yieldAt(call: number): () => boolean {
  let calls = 0;
  return () => ++calls === call;
}

/** What a few epochs come to, whether or not they diverge. */
function outcomes(
  trainer: SimdTrainer,
  how: EpochOptions,
  count: number,
  shouldYield = untilDone,
): unknown[] {
  const list: unknown[] = [];
  while (list.length < count) {
    const outcome = trainer.advance(how, shouldYield);
    if (outcome !== 'more') list.push(outcome);
  }
  return [...list, all(trainer)];
}

describe('the fast engine, against float64 on random problems', () => {
  /** A power of two, so that the first velocity of momentum is the gradient's own bits times it. */
  const RATE = 2 ** -20;

  /** The gradient of the first update, to the bit. */
  function gradientOf(each: Problem, how: Pick<EpochOptions, 'l1' | 'l2'>): Float64Array {
    const trainer = fast(each, { optimizer: 'momentum' });
    assert.equal(trainer.advance({ ...plain(RATE), ...how }, untilDone), 'epoch');
    return trainer
      .state()
      .slice(1)
      .map((velocity) => velocity / RATE);
  }

  it('has its gradients, penalty included, to 1e-4 of the largest gradient in the same layer', function () {
    let worst = 0;
    const penalties = fc.constantFrom(
      { l1: 0, l2: 0 },
      { l1: 0.01, l2: 0 },
      { l1: 0, l2: 0.1 },
      { l1: 0.3, l2: 2 },
    );
    fc.assert(
      fc.property(anyShape(), penalties, (shape, how) => {
        const each = problem(shape);
        const expected = slow(each, 'momentum', 0);
        expected.advance({ ...plain(1), ...how });
        const gradient = expected.state().slice(1);
        const error = layerError(each.network, gradientOf(each, how), gradient);
        worst = Math.max(worst, error);
        assert.ok(error <= 1e-4, `relative error ${error}`);
      }),
      { numRuns: 150 },
    );
    this.test!.title += `: at most ${worst.toExponential(1)}`;
  });

  const large: [what: string, shape: Partial<Shape>][] = [
    ...[2048, 2049, 2056, 5003].map((m): [string, Partial<Shape>] => [`${m} examples`, { m }]),
    ['one layer of 1024 units', { hiddenSizes: [1024], m: 70 }],
    ['layers of 513 and 258 units', { hiddenSizes: [513, 258], m: 70 }],
    ['257 features', { nx: 257, m: 130 }],
    ['130 classes', { output: 'softmax', classes: 130, m: 260 }],
  ];
  for (const [what, shape] of large) {
    it(`has its gradients also for ${what}`, function () {
      const usual = { nx: 5, hiddenSizes: [7], hidden: 'tanh', output: 'sigmoid', classes: 2 } as const;
      const each = problem({ ...usual, m: 9, weighted: true, data: 1, ...shape });
      const expected = slow(each, 'momentum', 0);
      expected.advance(plain(1));
      const gradient = gradientOf(each, { l1: 0, l2: 0 });
      const error = layerError(each.network, gradient, expected.state().slice(1));
      this.test!.title += `: to ${error.toExponential(1)}`;
      assert.ok(error <= 1e-4, `relative error ${error}`);
    });
  }

  it('has its costs, to 1e-5, and its scores', function () {
    let worst = 0;
    fc.assert(
      fc.property(anyShape(), (shape) => {
        const each = problem(shape);
        const [measure, expected] = [fast(each).measure(), slow(each, 'gradientDescent', 0).measure()];
        const parts = [
          [each.train, measure.trainCost, expected.trainCost, measure.trainScore, expected.trainScore],
          [each.test, measure.testCost!, expected.testCost!, measure.testScore!, expected.testScore!],
        ] as const;
        for (const [part, actualCost, expectedCost, actualScore, expectedScore] of parts) {
          const error = Math.abs(actualCost - expectedCost) / costScale(each, part, each.initial);
          worst = Math.max(worst, error);
          assert.ok(error <= 1e-5, `relative error ${error}`);
          if (each.network.output !== 'linear') assert.equal(actualScore, expectedScore);
          else if (part.X.cols > 1) {
            // 1 − R² is the cost over the variation.
            const off = Math.abs(actualScore - expectedScore) / (1 + Math.abs(1 - expectedScore));
            assert.ok(off <= 1e-4, `R² ${actualScore}, not ${expectedScore}`);
          }
        }
      }),
      { numRuns: 150 },
    );
    this.test!.title += `: at most ${worst.toExponential(1)}`;
  });

  it('takes the same way through epochs of any optimizer and batch size, to 5e-4 of the largest parameter in the same layer', function () {
    let worst = 0;
    fc.assert(
      fc.property(
        anyShape({ most: 200, layers: 3 }),
        options,
        optimizer,
        seed,
        fc.integer({ min: 1, max: 5 }),
        (shape, how, optimizer, seed, count) => {
          const each = problem(shape);
          const [actual, expected] = [fast(each, { optimizer, seed }), slow(each, optimizer, seed)];
          // Steps small enough that a difference does not grow by itself: the larger the sums, the smaller. No l1:
          // weights around 0 are pushed to and fro by it, and rounding says which.
          const width = each.network.sizes.reduce((sum, n) => sum + n, 0);
          const learningRate = optimizer === 'adam' ? 0.001 : ((1 - how.momentum) * 0.3) / width;
          for (const trainer of [actual, expected]) epochs(trainer, { ...how, learningRate, l1: 0 }, count);
          const error = layerError(each.network, actual.parameters(), expected.parameters());
          worst = Math.max(worst, error);
          assert.ok(error <= 5e-4, `relative error ${error}`);
          const [a, e] = [actual.measure(), expected.measure()];
          const off =
            Math.abs(a.trainCost - e.trainCost) / costScale(each, each.train, expected.parameters());
          assert.ok(off <= 5e-4, `cost ${a.trainCost}, not ${e.trainCost}`);
          assert.equal(actual.state()[0], expected.state()[0]);
        },
      ),
      { numRuns: 120 },
    );
    this.test!.title += `: at most ${worst.toExponential(1)}`;
  });
});

describe('the fast engine, to the bit', () => {
  const small = anyShape({ most: 150, layers: 3 });

  it('gives back parameters in the order of flatten, rounded to float32, and nothing else as state', () => {
    fc.assert(
      fc.property(anyShape({ most: 9 }), optimizer, (shape, optimizer) => {
        const each = problem(shape);
        const given = each.initial.map((w) => w * 1.000000123);
        const trainer = fast({ ...each, initial: given }, { optimizer });
        assert.deepEqual(trainer.parameters(), given.map(Math.fround));
        const moments = { gradientDescent: 0, momentum: 1, nesterov: 1, adam: 2 }[optimizer];
        assert.deepEqual(trainer.state(), new Float64Array(1 + moments * given.length));
      }),
      { numRuns: 100 },
    );
  });

  it('does gradient descent as w ← w − α g in float32', () => {
    fc.assert(
      fc.property(small, fc.constantFrom(1e-3, 0.1, 1), (shape, rate) => {
        const each = problem(shape);
        const momentum = fast(each, { optimizer: 'momentum' });
        const descent = fast(each);
        const tiny = 2 ** -20;
        assert.equal(momentum.advance({ ...plain(tiny) }, untilDone), 'epoch');
        if (descent.advance(plain(rate), untilDone) !== 'epoch') return;
        const velocity = momentum.state().slice(1);
        const after = each.initial.map((w, k) =>
          Math.fround(w - Math.fround((velocity[k] / tiny) * Math.fround(rate))),
        );
        assert.deepEqual(
          descent.parameters().map((w) => w + 0),
          after.map((w) => w + 0),
        );
      }),
      { numRuns: 100 },
    );
  });

  it('repeats itself, measured on the way or not', () => {
    fc.assert(
      fc.property(small, options, optimizer, seed, (shape, how, optimizer, seed) => {
        const each = problem(shape);
        const [once, again] = [fast(each, { optimizer, seed }), fast(each, { optimizer, seed })];
        for (let k = 0; k < 3; k++) {
          outcomes(once, how, 1);
          again.advance(how, untilDone);
        }
        assert.deepEqual(all(again), all(once));
      }),
      { numRuns: 100 },
    );
  });

  it('ends in the same bits however often it is interrupted', () => {
    fc.assert(
      fc.property(small, options, optimizer, seed, fc.nat(), (shape, how, optimizer, seed, mood) => {
        const each = problem(shape);
        const expected = outcomes(fast(each, { optimizer, seed }), how, 3);
        assert.deepEqual(outcomes(fast(each, { optimizer, seed }), how, 3, moody(mood)), expected);
      }),
      { numRuns: 100 },
    );
  });

  it('ends in the same bits in tiles for narrow and for wide machines', () => {
    // More inputs than fit into a panel of either product.
    const wideShape = fc.record({ shape: small, nx: fc.constantFrom(31, 32, 33, 65, 255, 256, 257, 300) });
    fc.assert(
      fc.property(fc.oneof(small, wideShape), options, optimizer, seed, (given, how, optimizer, seed) => {
        const each = problem('shape' in given ? { ...given.shape, nx: given.nx } : given);
        const [narrow, wide] = ([4, 8] as const).map((lanes) =>
          outcomes(fast(each, { optimizer, seed, machine: { lanes } }), how, 3),
        );
        assert.deepEqual(wide, narrow);
      }),
      { numRuns: 150 },
    );
  });

  it('ends in the same bits, and measures the same, whether a call trains one epoch or many', () => {
    const rates = fc.array(fc.constantFrom(0.001, 0.01, 0.05, 1e30), { minLength: 12, maxLength: 12 });
    fc.assert(
      fc.property(small, options, optimizer, rates, fc.integer({ min: 1, max: 3 }), (shape, how, ...rest) => {
        const [optimizer, rates, apart] = rest;
        const each = problem(shape);
        const run = (most: number, slice: number) => {
          const trainer = fast(each, { optimizer, seed: 1, machine: { slice } });
          const measures: Measure[] = [];
          let outcome: unknown = 'epoch';
          while (outcome === 'epoch' && trainer.epoch < rates.length) {
            const learningRate = (epoch: number) => rates[epoch];
            outcome = trainer.advance({ ...how, learningRate: rates[trainer.epoch] }, untilDone, {
              most: Math.min(most, rates.length - trainer.epoch),
              learningRate,
              wants: (epoch) => epoch % apart === 0,
              measured: (measure) => measures.push(measure),
            });
          }
          return { outcome, measures, ...all(trainer) };
        };
        const expected = run(1, 1);
        assert.deepEqual(run(12, 1e9), expected);
        assert.deepEqual(run(5, 1e9), expected);
        assert.equal(expected.measures.length, Math.floor(expected.epoch / apart));
      }),
      { numRuns: 100 },
    );
  });

  it('rests in the middle of an epoch with all that the last whole one had, and goes on from there', () => {
    fc.assert(
      fc.property(
        small,
        options,
        optimizer,
        seed,
        fc.integer({ min: 1, max: 30 }),
        (shape, how, optimizer, seed, call) => {
          const each = problem(shape);
          const mini = { ...how, batchSize: Math.max(1, Math.min(how.batchSize, each.train.X.cols >> 2)) };
          const trainer = fast(each, { optimizer, seed });
          const uninterrupted = fast(each, { optimizer, seed });
          for (const before of [plain(0.01), mini]) {
            outcomes(trainer, before, 1);
            outcomes(uninterrupted, before, 1);
            const whole = all(trainer);
            const outcome = trainer.advance(mini, yieldAt(call));
            assert.equal(trainer.midEpoch, outcome === 'more');
            if (outcome === 'more') {
              assert.throws(() => trainer.measure());
              assert.throws(() => trainer.parameters());
              assert.throws(() => trainer.state());
              assert.equal(trainer.epoch, whole.epoch);
              trainer.rest();
              assert.equal(trainer.midEpoch, false);
              assert.deepEqual(all(trainer), whole);
            } else uninterrupted.advance(mini, untilDone);
            trainer.rest();
          }
          assert.deepEqual(outcomes(trainer, how, 2), outcomes(uninterrupted, how, 2));
        },
      ),
      { numRuns: 100 },
    );
  });

  it('goes on from parameters and state alone, in a trainer that has seen other things', () => {
    fc.assert(
      fc.property(small, options, options, optimizer, seed, (shape, how, then, optimizer, seed) => {
        const each = problem(shape);
        const first = fast(each, { optimizer, seed });
        outcomes(first, how, 3);
        const second = fast({ ...each, initial: each.initial.map((w) => 1 - w) }, { optimizer, seed });
        outcomes(second, then, 1);
        // In the middle of an epoch, if it has one.
        second.advance(then, () => true);
        second.restore(first.epoch, first.parameters(), first.state());
        assert.equal(second.midEpoch, false);
        assert.deepEqual(all(second), all(first));
        assert.deepEqual(outcomes(second, then, 3), outcomes(first, then, 3));
      }),
      { numRuns: 100 },
    );
  });

  it('may change between mini-batches and all at once from epoch to epoch', () => {
    const sizes = fc.array(fc.constantFrom(0, 0, 1, 5, 8, 64, 1000), { minLength: 2, maxLength: 6 });
    fc.assert(
      fc.property(small, sizes, options, optimizer, seed, (shape, sizes, how, optimizer, seed) => {
        const each = problem(shape);
        const changing = fast(each, { optimizer, seed });
        for (const batchSize of sizes) {
          const fresh = fast(each, { optimizer, seed });
          fresh.restore(changing.epoch, changing.parameters(), changing.state());
          const expected = outcomes(fresh, { ...how, batchSize }, 1);
          assert.deepEqual(outcomes(changing, { ...how, batchSize }, 1), expected);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('takes a batch of all examples or more for all at once, but for rounding', () => {
    fc.assert(
      fc.property(small, optimizer, seed, (shape, optimizer, seed) => {
        const each = problem(shape);
        const m = each.train.X.cols;
        const run = (batchSize: number) => {
          const trainer = fast(each, { optimizer, seed });
          epochs(trainer, { ...plain(0.0005), batchSize }, 2);
          return all(trainer);
        };
        const [full, batch] = [run(0), run(m)];
        assert.deepEqual(run(m + 1), batch);
        assert.deepEqual(run(10_000_000), batch);
        const error = layerError(each.network, batch.parameters, full.parameters);
        assert.ok(error <= 5e-4, `relative error ${error}`);
      }),
      { numRuns: 100 },
    );
  });

  it('measures a part alike whether it trains on it, tests on it, or has its examples in another layout', () => {
    fc.assert(
      fc.property(small, options, seed, (shape, how, seed) => {
        const each = problem(shape);
        const trainer = fast({ ...each, test: each.train }, { seed });
        const same = ({ trainCost, testCost, trainScore, testScore }: Measure) =>
          assert.deepEqual([trainCost, trainScore], [testCost, testScore]);
        same(trainer.measure());
        for (const batchSize of [8, 0, 3]) {
          trainer.advance({ ...how, batchSize }, untilDone);
          same(trainer.measure());
        }
      }),
      { numRuns: 100 },
    );
  });

  it('counts an example without a weight once', () => {
    fc.assert(
      fc.property(small, options, seed, (shape, how, seed) => {
        const each = problem({ ...shape, weighted: false });
        const ones = { ...each.train, weights: new Float64Array(each.train.X.cols).fill(1) };
        const expected = outcomes(fast(each, { seed }), how, 2);
        assert.deepEqual(outcomes(fast({ ...each, train: ones }, { seed }), how, 2), expected);
      }),
      { numRuns: 20 },
    );
  });

  it('keeps units that start alike alike, in every hidden layer', () => {
    const start = fc.constantFrom(0, 0.25);
    fc.assert(
      fc.property(
        anyShape({ most: 60, layers: 3 }),
        options,
        optimizer,
        start,
        (shape, how, optimizer, start) => {
          const each = problem({ ...shape, hiddenSizes: shape.hiddenSizes.map((n) => 1 + (n % 9)) });
          const { network, initial } = each;
          const trainer = fast({ ...each, initial: initial.map(() => start) }, { optimizer });
          for (let k = 0; k < 5; k++) trainer.advance(how, untilDone);
          const layers = unflatten(network, trainer.parameters());
          layers.forEach(({ W, b }, l) => {
            const at = (i: number, k: number) => W.data[i * W.cols + k];
            for (let i = 0; i < W.rows; i++) {
              for (let k = 0; k < W.cols; k++) {
                if (l < layers.length - 1) assert.equal(at(i, k), at(0, k), `W${l + 1}, unit ${i + 1}`);
                if (l > 0) assert.equal(at(i, k), at(i, 0), `W${l + 1}, input ${k + 1}`);
              }
              if (l < layers.length - 1) assert.equal(b[i], b[0], `b${l + 1}, unit ${i + 1}`);
            }
          });
        },
      ),
      { numRuns: 120 },
    );
  });
});

describe('the fast engine, interrupted in the middle of a pass over all examples', function () {
  /** So wide that a pass has several slices: three shards of two blocks. */
  const wide: Shape = {
    ...{ nx: 3, hiddenSizes: [700, 600], hidden: 'tanh', output: 'sigmoid', classes: 2 },
    ...{ m: 280, weighted: true, data: 5 },
  };
  const each = problem(wide);
  const how = { ...plain(0.01), l2: 0.001 };
  const make = () => fast(each, { optimizer: 'adam' });
  let calls = 0;
  const counting = () => ++calls < 0;
  let expected: unknown[];
  before(() => (expected = outcomes(make(), how, 2, counting)));

  it('has several places for it in each of its three passes', () => {
    assert.ok(calls >= 9, `${calls} places`);
  });

  it('ends in the same bits wherever that happens', () => {
    for (let call = 1; call <= calls; call++) {
      assert.deepEqual(outcomes(make(), how, 2, yieldAt(call)), expected, `call ${call}`);
    }
    assert.deepEqual(
      outcomes(make(), how, 2, () => true),
      expected,
    );
  });

  it('rests wherever that happens with all that the last whole epoch had', () => {
    for (let call = 1; call <= calls; call++) {
      const trainer = make();
      const shouldYield = yieldAt(call);
      let before = all(trainer);
      while (trainer.advance(how, shouldYield) === 'epoch') before = all(trainer);
      assert.equal(trainer.midEpoch, true);
      assert.throws(() => trainer.measure());
      trainer.rest();
      assert.deepEqual(all(trainer), before, `call ${call}`);
      outcomes(trainer, how, 2 - trainer.epoch);
      assert.deepEqual(all(trainer), expected[2]);
    }
  });

  it('may be restored, or go on in mini-batches, from there', () => {
    const trainer = make();
    const { parameters, state, epoch } = all(trainer);
    assert.equal(trainer.advance(how, yieldAt(3)), 'more');
    trainer.restore(epoch, parameters, state);
    assert.deepEqual(outcomes(trainer, how, 2), expected);
    const mini = { ...how, batchSize: 50 };
    const after = outcomes(trainer, mini, 1);
    const other = make();
    outcomes(other, how, 2);
    assert.equal(other.advance(how, yieldAt(1)), 'more');
    other.rest();
    assert.deepEqual(outcomes(other, mini, 1), after);
  });
});

describe('new options in the middle of an epoch', () => {
  const each = problem({
    ...{ nx: 3, hiddenSizes: [5], hidden: 'tanh', output: 'sigmoid', classes: 2 },
    ...{ m: 40, weighted: false, data: 8 },
  });
  const changes: [string, Partial<EpochOptions>][] = [
    ['the learning rate', { learningRate: 0.5 }],
    ['the momentum', { momentum: 0.1 }],
    ['the penalty', { l2: 0.5 }],
    ['the batch size', { batchSize: 5 }],
    ['all examples at once', { batchSize: 0 }],
  ];
  for (const [name, change] of changes) {
    it(`act from the one after it: ${name}`, () => {
      const how = { ...plain(0.1), batchSize: 8 };
      const [changed, expected] = [0, 1].map(() => fast(each, { optimizer: 'momentum', seed: 3 }));
      assert.equal(changed.advance(how, yieldAt(2)), 'more');
      assert.equal(changed.midEpoch, true);
      assert.equal(changed.advance({ ...how, ...change }, untilDone), 'epoch');
      assert.equal(expected.advance(how, untilDone), 'epoch');
      assert.deepEqual(all(changed), all(expected));
    });
  }
});

describe('a divergence of the fast engine', () => {
  const shape = anyShape({ most: 100, layers: 3 });
  const batches = fc.constantFrom(0, 1, 7, 64, 1000);
  const huge = fc.constantFrom(1e3, 1e6, 1e12, 1e20, 1e30, 1e38, 1e39);

  it('names a layer, and leaves everything as the last whole epoch left it', () => {
    fc.assert(
      fc.property(shape, batches, huge, optimizer, (shape, batchSize, learningRate, optimizer) => {
        const each = problem(shape);
        const trainer = fast(each, { optimizer });
        let before = all(trainer);
        for (let k = 0; k < 6; k++) {
          const outcome = trainer.advance({ ...plain(learningRate), batchSize }, untilDone);
          if (outcome === 'epoch') {
            before = all(trainer);
            continue;
          }
          assert.ok(outcome !== 'more');
          assert.ok(
            outcome.layer >= 1 && outcome.layer < each.network.sizes.length,
            `layer ${outcome.layer}`,
          );
          assert.equal(trainer.midEpoch, false);
          assert.deepEqual(all(trainer), before);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('is never passed over: after every epoch that counts, weights and measures are finite', () => {
    fc.assert(
      fc.property(shape, batches, huge, optimizer, (shape, batchSize, learningRate, optimizer) => {
        const trainer = fast(problem(shape), { optimizer });
        for (let k = 0; k < 6; k++) {
          trainer.advance({ ...plain(learningRate), batchSize }, untilDone);
          assert.ok(trainer.parameters().every(Number.isFinite), 'the parameters are finite');
          const { trainCost, trainScore } = trainer.measure();
          assert.ok(Number.isFinite(trainCost), `the cost is finite, not ${trainCost}`);
          assert.ok(Number.isFinite(trainScore), `the score is finite, not ${trainScore}`);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('is never passed over: after every epoch that counts, the moments are finite', () => {
    fc.assert(
      fc.property(shape, batches, huge, optimizer, (shape, batchSize, learningRate, optimizer) => {
        const trainer = fast(problem(shape), { optimizer });
        for (let k = 0; k < 6; k++) {
          trainer.advance({ ...plain(learningRate), batchSize }, untilDone);
          assert.ok(trainer.state().every(Number.isFinite));
        }
      }),
      { numRuns: 150 },
    );
    // Adam's squares overflow long before its steps do.
    const network: Network = { sizes: [1, 1], hidden: 'tanh', output: 'linear' };
    const one = (x: number) => matrix(1, 1, Float64Array.of(x));
    const train = { X: one(1e6), Y: one(1e15) };
    const adam = new SimdTrainer(network, new Float64Array(2), train, null, { optimizer: 'adam' });
    adam.advance(plain(0.001), untilDone);
    assert.ok(adam.state().every(Number.isFinite), `${adam.state().join(', ')}`);
  });

  it('leaves no trace: at a smaller rate training goes on as if it had not been', () => {
    fc.assert(
      fc.property(shape, batches, optimizer, (shape, batchSize, optimizer) => {
        const each = problem({ ...shape, output: 'linear' });
        const [tried, never] = [fast(each, { optimizer }), fast(each, { optimizer })];
        const small = { ...plain(1e-4), batchSize };
        assert.deepEqual(outcomes(tried, small, 1), outcomes(never, small, 1));
        const outcome = tried.advance({ ...plain(1e39), batchSize }, untilDone);
        assert.ok(typeof outcome === 'object', 'diverges');
        assert.deepEqual(outcomes(tried, small, 2), outcomes(never, small, 2));
        epochs(tried, small, 1);
      }),
      { numRuns: 100 },
    );
  });

  it('is seen in the layer whose weights overflow first', () => {
    // dz = 0 − 1e30; dW2 = dz · a1 = −1e30 · tanh(1), db2 = −1e30, dW1 = dz · w2 · g′: only w2 · 1e30 · 1e9 overflows.
    const network: Network = { sizes: [1, 1, 1], hidden: 'linear', output: 'linear' };
    const one = (x: number) => matrix(1, 1, Float64Array.of(x));
    const make = (w2: number) =>
      new SimdTrainer(network, Float64Array.of(0, 0, w2, 0), { X: one(1), Y: one(1e15) }, null);
    assert.deepEqual(make(1).advance(plain(1e25), untilDone), { layer: 1 });
    assert.deepEqual(make(0).advance(plain(1e25), untilDone), { layer: 2 });
  });
});

describe('what the fast engine measures', () => {
  const line: Network = { sizes: [1, 1], hidden: 'tanh', output: 'linear' };
  const row = (...values: number[]) => matrix(1, values.length, Float64Array.from(values));
  const scoreOf = (y: number[], w: number, b: number) =>
    new SimdTrainer(
      line,
      Float64Array.of(w, b),
      { X: row(...y.map((_, k) => k)), Y: row(...y) },
      null,
    ).measure().trainScore;

  for (const y of [[0.3], [3, 3, 3, 3, 3, 3, 3], [0.1, 0.1, 0.1], [1e-3, 1e-3]]) {
    it(`is R² 0 for a target that does not vary and is not met: ${y.join(', ')}`, () => {
      assert.equal(scoreOf(y, 0.5, 0.25), 0);
    });
    it(`is R² 1 for a target that does not vary and is met: ${y.join(', ')}`, () => {
      assert.equal(scoreOf(y, 0, y[0]), 1);
    });
  }

  it('is R² 0 for the mean of a target that varies, and 1 for the target itself', () => {
    assert.equal(scoreOf([1, 2, 3, 6], 0, 3), 0);
    assert.equal(scoreOf([1, 3, 5, 7], 2, 1), 1);
  });

  it('is a score in which a tie goes to the first class', () => {
    const two: Network = { sizes: [1, 1], hidden: 'tanh', output: 'sigmoid' };
    const trainer = new SimdTrainer(
      two,
      new Float64Array(2),
      { X: row(1, 2, 3, 4), Y: row(0, 0, 0, 1) },
      null,
    );
    assert.equal(trainer.measure().trainScore, 0.75);
    assert.ok(Math.abs(trainer.measure().trainCost - Math.LN2) < 1e-7);
    const three: Network = { sizes: [1, 3], hidden: 'tanh', output: 'softmax' };
    const Y = matrix(3, 4, Float64Array.of(1, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1));
    const tied = new SimdTrainer(three, new Float64Array(6), { X: row(1, 2, 3, 4), Y }, null);
    assert.equal(tied.measure().trainScore, 0.5);
    assert.ok(Math.abs(tied.measure().trainCost - Math.log(3)) < 1e-6);
  });

  it('has null for the test part when there is none', () => {
    const trainer = new SimdTrainer(line, new Float64Array(2), { X: row(1, 2), Y: row(1, 2) }, null);
    assert.deepEqual(trainer.measure(), {
      epoch: 0,
      trainCost: 1.25,
      testCost: null,
      trainScore: 1 - 5 / 0.5,
      testScore: null,
    });
  });

  it('keeps its precision far from the boundary', () => {
    const sure: Network = { sizes: [1, 1], hidden: 'tanh', output: 'sigmoid' };
    for (const z of [1, 5, 15, 16.5, 30, 60, 87]) {
      const costOf = (y: number) =>
        new SimdTrainer(sure, Float64Array.of(z, 0), { X: row(1), Y: row(y) }, null).measure().trainCost;
      const [right, wrong] = [Math.log1p(Math.exp(-z)), z + Math.log1p(Math.exp(-z))];
      assert.ok(Math.abs(costOf(1) / right - 1) < 1e-6, `z = ${z}: ${costOf(1)}, not ${right}`);
      assert.ok(Math.abs(costOf(0) / wrong - 1) < 1e-6, `z = ${z}: ${costOf(0)}, not ${wrong}`);
    }
  });
});

describe('the fast engine refuses', () => {
  const network: Network = { sizes: [2, 3], hidden: 'tanh', output: 'softmax' };
  const X = matrix(2, 2, Float64Array.of(1, 2, 3, 4));
  const make = (Y: number[], x = X) =>
    new SimdTrainer(network, new Float64Array(9), { X: x, Y: matrix(3, 2, Float64Array.from(Y)) }, null);

  it('another number of features than the network takes', () => {
    assert.throws(() => make([1, 0, 0, 1, 0, 0], matrix(1, 2)), RangeError);
  });

  for (const [what, Y] of [
    ['no class', [1, 0, 0, 0, 0, 0]],
    ['two classes', [1, 1, 0, 1, 0, 0]],
    ['half a class', [1, 0.5, 0, 0.5, 0, 0]],
    ['NaN', [1, NaN, 0, 1, 0, 0]],
  ] as const) {
    it(`a column of Y that says ${what}`, () => {
      assert.throws(() => make([...Y]), RangeError);
    });
  }

  it('parameters or a state of another length, and is as before', () => {
    const trainer = new SimdTrainer(
      network,
      new Float64Array(9).fill(0.5),
      { X, Y: matrix(3, 2, Float64Array.of(1, 0, 0, 1, 0, 0)) },
      null,
      { optimizer: 'adam' },
    );
    epochs(trainer, plain(0.01), 1);
    const before = all(trainer);
    const { parameters, state } = before;
    assert.throws(() => trainer.restore(0, parameters.slice(1), state), RangeError);
    assert.throws(() => trainer.restore(0, parameters, state.slice(1)), RangeError);
    assert.throws(() => trainer.restore(0, parameters, new Float64Array(1 + 9)), RangeError);
    assert.throws(() => trainer.restore(0, parameters, new Float64Array()), RangeError);
    assert.deepEqual(all(trainer), before);
  });
});
