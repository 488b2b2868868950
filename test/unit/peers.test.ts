import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { HiddenActivation } from '../../src/core/activations';
import { backward, cost, forward, propagation } from '../../src/core/equations';
import { matrix, selectColumns } from '../../src/core/matrix';
import { flatten, parameterCount, unflatten, type Network, type OutputKind } from '../../src/core/network';
import { Updates, type EpochOptions, type Optimizer } from '../../src/core/optimizer';
import { ReferenceTrainer } from '../../src/core/reference';
import { scheduledRate, type Schedule } from '../../src/core/schedule';
import { untilDone, type Examples } from '../../src/core/trainer';
import { SimdTrainer } from '../../src/kernel/simdTrainer';

// What scikit-learn and PyTorch made of the same runs: see test/fixtures/peers/README.md.

interface Case {
  readonly name: string;
  readonly by: 'sklearn' | 'torch';
  readonly data: string;
  readonly sizes: readonly number[];
  readonly hidden: HiddenActivation;
  readonly output: OutputKind;
  readonly initial: Arrays;
  readonly final: Arrays;
  readonly training: {
    readonly optimizer: 'sgd' | 'momentum' | 'nesterov' | 'adam';
    readonly learningRate: number;
    readonly momentum: number;
    readonly batchSize: number;
    readonly l1: number;
    readonly l2: number;
    readonly classWeights: 'none' | 'balanced';
    readonly learningRateSchedule: Schedule;
    readonly decay?: number;
    readonly decayEvery?: number;
    readonly epochs: number;
  };
  /** The examples of each epoch in the order of their use; left out when an epoch is one update. */
  readonly orders?: readonly (readonly number[])[];
  readonly epochsRecorded: readonly number[];
  readonly costs: readonly number[];
  readonly weightedCosts?: readonly number[];
}
type Arrays = Readonly<Record<string, readonly (number | readonly number[])[]>>;

const { data, cases } = JSON.parse(readFileSync('test/fixtures/peers/peers.json', 'utf8')) as {
  data: Record<string, { X: number[][]; y: number[] }>;
  cases: Case[];
};

/** W1, b1, W2, … in the order of `flatten`. */
const flat = (arrays: Arrays, { sizes }: Case) =>
  Float64Array.from(
    sizes.slice(1).flatMap((_, l) => [arrays[`W${l + 1}`].flat(), arrays[`b${l + 1}`].flat()].flat()),
  );

function examplesOf({ data: name, output, training }: Case): Examples {
  const { X: rows, y } = data[name];
  const m = rows.length;
  const X = matrix(
    rows[0].length,
    m,
    Float64Array.from(rows[0].flatMap((_, k) => rows.map((row) => row[k]))),
  );
  const classes = Math.max(...y) + 1;
  const Y = output === 'softmax' ? matrix(classes, m) : matrix(1, m, Float64Array.from(y));
  if (output === 'softmax') y.forEach((c, j) => (Y.data[c * m + j] = 1));
  if (training.classWeights === 'none') return { X, Y };
  const count = (c: number) => y.filter((other) => other === c).length;
  return { X, Y, weights: Float64Array.from(y, (c) => m / (classes * count(c))) };
}

const networkOf = ({ sizes, hidden, output }: Case): Network => ({ sizes, hidden, output });
const optimizerOf = ({ training: { optimizer } }: Case): Optimizer =>
  optimizer === 'sgd' ? 'gradientDescent' : optimizer;

/** The options of an epoch as a full batch; where their decay is a factor, ours is what it takes away. */
function optionsOf({ training }: Case, epoch: number): EpochOptions {
  const { learningRate, learningRateSchedule, decay = 0, decayEvery = 1, momentum, l1, l2 } = training;
  const ours = learningRateSchedule === 'inverse' ? decay : 1 - decay;
  const rate = scheduledRate(learningRate, learningRateSchedule, ours, decayEvery, epoch);
  return { learningRate: rate, momentum, l1, l2, batchSize: 0 };
}

/** The batches of each epoch; null: all examples at once. */
const batchesOf = ({ orders, training: { batchSize, epochs } }: Case): (readonly number[])[][] | null =>
  orders?.slice(0, epochs).map((order) => {
    const starts = Array.from({ length: Math.ceil(order.length / batchSize) }, (_, k) => k * batchSize);
    return starts.map((from) => order.slice(from, from + batchSize));
  }) ?? null;

const select = ({ X, Y, weights }: Examples, batch: readonly number[]): Examples => ({
  X: selectColumns(X, batch),
  Y: selectColumns(Y, batch),
  ...(weights && { weights: Float64Array.from(batch, (j) => weights[j]) }),
});

/** The mean loss of all examples, in float64, without and with their weights. */
function costsAt(each: Case, parameters: Float64Array): { cost: number; weighted: number } {
  const { X, Y, weights } = examplesOf(each);
  const p = propagation(networkOf(each), X);
  forward(p, unflatten(networkOf(each), parameters));
  return { cost: cost(p, Y), weighted: cost(p, Y, weights) };
}

interface Trained {
  /** Parameters before training and after every epoch. */
  readonly parameters: Float64Array[];
  /** The engine's own cost at these, with the weights of the classes. */
  readonly costs: number[];
}

function byReference(each: Case): Trained {
  const network = networkOf(each);
  const train = examplesOf(each);
  const layers = unflatten(network, flat(each.initial, each));
  const measuring = new ReferenceTrainer(network, unflatten(network, flatten(layers)), train, null);
  const trainer = new ReferenceTrainer(network, layers, train, null, optimizerOf(each));
  const batches = batchesOf(each);
  const updates = new Updates(optimizerOf(each), parameterCount(network));
  const trained: Trained = { parameters: [], costs: [] };
  for (let epoch = 0; ; epoch++) {
    trained.parameters.push(flatten(layers));
    measuring.restore(epoch, flatten(layers), Float64Array.of(0));
    trained.costs.push(measuring.measure().trainCost);
    if (epoch === each.training.epochs) return trained;
    if (!batches) assert.equal(trainer.advance(optionsOf(each, epoch)), 'epoch');
    for (const batch of batches?.[epoch] ?? []) {
      const { X, Y, weights } = select(train, batch);
      const p = propagation(network, X);
      forward(p, layers);
      backward(p, layers, Y, weights);
      updates.step(layers, p.gradients.slice(1), optionsOf(each, epoch));
    }
  }
}

/** An order of examples is none of the engine's own: a trainer for each batch goes on from the one before. */
function byFastEngine(each: Case): Trained {
  const network = networkOf(each);
  const train = examplesOf(each);
  const options = { optimizer: optimizerOf(each) };
  const initial = flat(each.initial, each);
  const trainer = new SimdTrainer(network, initial, train, null, options);
  const batches = batchesOf(each);
  const trained: Trained = { parameters: [], costs: [] };
  for (let epoch = 0; ; epoch++) {
    trained.parameters.push(trainer.parameters());
    trained.costs.push(trainer.measure().trainCost);
    if (epoch === each.training.epochs) return trained;
    if (!batches) assert.equal(trainer.advance(optionsOf(each, epoch), untilDone), 'epoch');
    for (const batch of batches?.[epoch] ?? []) {
      const of = new SimdTrainer(network, initial, select(train, batch), null, options);
      of.restore(epoch, trainer.parameters(), trainer.state());
      assert.equal(of.advance(optionsOf(each, epoch), untilDone), 'epoch');
      trainer.restore(epoch + 1, of.parameters(), of.state());
    }
  }
}

const largest = (values: ArrayLike<number>) =>
  Array.from(values).reduce((most, value) => Math.max(most, Math.abs(value)), 0);

/**
 * The largest difference in each layer, relative to its largest entry: in an array of its own, a bias that ends
 * near 0 would be all that counts.
 */
function parameterError(each: Case, actual: Float64Array): number {
  const network = networkOf(each);
  const expected = unflatten(network, flat(each.final, each));
  return Math.max(
    ...unflatten(network, actual).map(({ W, b }, l) => {
      const es = [...expected[l].W.data, ...expected[l].b];
      return largest([...W.data, ...b].map((value, k) => value - es[k])) / largest(es);
    }),
  );
}

interface Errors {
  readonly cost: number;
  readonly parameters: number;
}

/** The largest relative differences from what the peer recorded. */
function errorsOf(each: Case, { parameters, costs }: Trained): Errors {
  const epochs = [0, ...each.epochsRecorded];
  assert.equal(each.costs.length, epochs.length);
  const errors = epochs.flatMap((epoch, k) => {
    const plain = costsAt(each, parameters[epoch]);
    const expected = each.weightedCosts ?? each.costs;
    return [plain.cost / each.costs[k] - 1, plain.weighted / expected[k] - 1, costs[epoch] / expected[k] - 1];
  });
  return { cost: largest(errors), parameters: parameterError(each, parameters[each.training.epochs]) };
}

const bothAre = ({ cost, parameters }: Errors, most: Errors) => {
  assert.ok(cost <= most.cost, `costs differ by ${cost}`);
  assert.ok(parameters <= most.parameters, `parameters differ by ${parameters}`);
};
const shown = ({ cost, parameters }: Errors) =>
  `: costs to ${cost.toExponential(0)}, parameters to ${parameters.toExponential(0)}`;

/** scikit-learn adds the ε of adam at another place: see README.md. */
const otherEpsilon = ({ by, training }: Case) => by === 'sklearn' && training.optimizer === 'adam';
const THE_OTHER_EPSILON: Errors = { cost: 2e-5, parameters: 1e-3 };

describe('training as scikit-learn and PyTorch do it', () => {
  it('is compared in 32 cases, of every optimizer, schedule and output', () => {
    assert.equal(cases.length, 32);
    const of = (value: (each: Case) => string) => [...new Set(cases.map(value))].sort();
    assert.deepEqual(
      of(({ training }) => training.optimizer),
      ['adam', 'momentum', 'nesterov', 'sgd'],
    );
    assert.deepEqual(
      of(({ training }) => training.learningRateSchedule),
      ['constant', 'exponential', 'inverse', 'step'],
    );
    assert.deepEqual(
      of(({ output }) => output),
      ['linear', 'sigmoid', 'softmax'],
    );
    assert.deepEqual(
      of(({ by }) => by),
      ['sklearn', 'torch'],
    );
    assert.ok(cases.some(({ orders }) => orders));
    for (const each of cases) assert.equal(each.epochsRecorded.at(-1), each.training.epochs);
  });

  for (const each of cases) {
    it(`${each.name}: the reference engine`, function () {
      const errors = errorsOf(each, byReference(each));
      this.test!.title += shown(errors);
      bothAre(errors, otherEpsilon(each) ? THE_OTHER_EPSILON : { cost: 1e-8, parameters: 1e-8 });
    });

    it(`${each.name}: the fast engine`, function () {
      const errors = errorsOf(each, byFastEngine(each));
      this.test!.title += shown(errors);
      bothAre(errors, otherEpsilon(each) ? THE_OTHER_EPSILON : { cost: 1e-6, parameters: 3e-6 });
    });
  }
});
