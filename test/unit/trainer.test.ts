import assert from 'node:assert/strict';
import { curvePoint } from '../../src/core/history';
import { readFileSync } from 'node:fs';
import { hiddenActivations, type HiddenActivation } from '../../src/core/activations';
import { initialize } from '../../src/core/initialization';
import { matrix } from '../../src/core/matrix';
import { flatten, outputKinds, unflatten, type Network } from '../../src/core/network';
import { random } from '../../src/core/random';
import { ReferenceTrainer } from '../../src/core/reference';
import {
  resolveLearningRate,
  untilDone,
  type Examples,
  type Measure,
  type RateConditions,
} from '../../src/core/trainer';

import { type TrainingRun, type Step } from '../../src/train/run';
import { step, runOn } from './training';
import { course } from './course';

const rows = (...values: number[][]) =>
  matrix(values.length, values[0].length, Float64Array.from(values.flat()));

/** y = 2x + 1 on four points. */
const onALine: Examples = { X: rows([0, 1, 2, 3]), Y: rows([1, 3, 5, 7]) };
const linear: Network = { sizes: [1, 1], hidden: 'tanh', output: 'linear' };
function lineTrainer(test: Examples | null = null, epoch = 0): ReferenceTrainer {
  const trainer = new ReferenceTrainer(linear, unflatten(linear, new Float64Array(2)), onALine, test);
  trainer.restore(epoch, new Float64Array(2), Float64Array.of(0));
  return trainer;
}

describe('gradient descent', () => {
  it('takes the step of linear regression worked out by hand', () => {
    const trainer = lineTrainer();
    // From 0: a − y = −1, −3, −5, −7; J = ½ · 84/4; dw = −(3 + 10 + 21)/4, db = −16/4.
    assert.equal(trainer.measure().trainCost, 10.5);
    assert.equal(step(trainer, 0.125), true);
    assert.deepEqual([...flatten(trainer.parametersNow)], [1.0625, 0.5]);
    assert.equal(trainer.epoch, 1);
    // a − y = −0.5, −1.4375, −2.375, −3.3125.
    assert.equal(trainer.measure().trainCost, (0.5 ** 2 + 1.4375 ** 2 + 2.375 ** 2 + 3.3125 ** 2) / 8);
  });

  it('finds the line through points that lie on one', () => {
    const trainer = lineTrainer();
    for (let i = 0; i < 3000; i++) assert.equal(step(trainer, 0.1), true);
    const [w, b] = flatten(trainer.parametersNow);
    assert.ok(Math.abs(w - 2) < 1e-9 && Math.abs(b - 1) < 1e-9, `${w}, ${b}`);
    const measure = trainer.measure();
    assert.equal(measure.epoch, 3000);
    assert.ok(measure.trainCost < 1e-18);
    assert.ok(measure.trainScore > 1 - 1e-12);
  });

  it('lowers the cost of logistic regression at every small step', () => {
    const network: Network = { sizes: [2, 1], hidden: 'tanh', output: 'sigmoid' };
    const examples: Examples = { X: rows([0, 1, 2, -1, 1], [1, 1, -1, 0, 2]), Y: rows([0, 1, 0, 1, 1]) };
    const trainer = new ReferenceTrainer(
      network,
      unflatten(network, Float64Array.of(0.5, -1, 0.25)),
      examples,
      null,
    );
    for (let i = 0; i < 500; i++) {
      const before = trainer.measure().trainCost;
      step(trainer, 0.1);
      assert.ok(trainer.measure().trainCost < before);
    }
  });

  it('measures the test set without learning from it', () => {
    const test: Examples = { X: rows([10, 0]), Y: rows([0, 4]) };
    const trainer = lineTrainer(test);
    step(trainer, 0.125);
    const measure = trainer.measure();
    // w = 1.0625, b = 0.5: a = 11.125 and 0.5; ȳ = 2, so the total is 8.
    assert.equal(measure.testCost, (11.125 ** 2 + 3.5 ** 2) / 4);
    assert.equal(measure.testScore, 1 - (11.125 ** 2 + 3.5 ** 2) / 8);
    assert.deepEqual(flatten(trainer.parametersNow), flatten(trained(1)));
    trainer.measure();
    step(trainer, 0.125);
    assert.deepEqual(flatten(trainer.parametersNow), flatten(trained(2)));

    function trained(steps: number) {
      const alone = lineTrainer();
      for (let i = 0; i < steps; i++) step(alone, 0.125);
      return alone.parametersNow;
    }
  });

  it('says null for the test scores when there is no test set', () => {
    const measure = lineTrainer().measure();
    assert.deepEqual([measure.testCost, measure.testScore], [null, null]);
  });

  it('counts on from the epoch it starts at', () => {
    const trainer = lineTrainer(null, 41);
    step(trainer, 0.01);
    assert.equal(trainer.epoch, 42);
    assert.equal(trainer.measure().epoch, 42);
  });
});

describe('a training that diverges', () => {
  /** Steps until the trainer refuses; gives the parameters, epoch and cost before that step. */
  function diverge(trainer: ReferenceTrainer, rate: number) {
    for (let i = 0; i < 10_000; i++) {
      const before = {
        flat: flatten(trainer.parametersNow),
        epoch: trainer.epoch,
        cost: trainer.measure().trainCost,
      };
      if (!step(trainer, rate)) return before;
    }
    throw new Error('did not diverge');
  }

  it('stops with false, and keeps the last finite epoch, parameters and cost', () => {
    const trainer = lineTrainer();
    const before = diverge(trainer, 100);
    assert.ok(before.epoch > 3);
    assert.equal(trainer.epoch, before.epoch);
    assert.deepEqual(flatten(trainer.parametersNow), before.flat);
    assert.ok(before.flat.every(Number.isFinite));
    assert.equal(trainer.measure().trainCost, before.cost);
    assert.ok(Number.isFinite(trainer.measure().trainCost));
  });

  it('measures what it kept, not what it undid', () => {
    const trainer = lineTrainer();
    const { flat, epoch } = diverge(trainer, 100);
    const fresh = lineTrainer();
    fresh.restore(epoch, flat, Float64Array.of(0));
    assert.deepEqual(trainer.measure(), fresh.measure());
  });

  it('refuses each further step of that size, and goes on at a smaller one', () => {
    const trainer = lineTrainer();
    const { flat, epoch } = diverge(trainer, 100);
    assert.equal(step(trainer, 100), false);
    assert.deepEqual(flatten(trainer.parametersNow), flat);
    const cost = trainer.measure().trainCost;
    assert.equal(step(trainer, 0.1), true);
    assert.equal(trainer.epoch, epoch + 1);
    assert.ok(trainer.measure().trainCost < cost);
  });

  for (const hidden of hiddenActivations) {
    it(`is seen through hidden layers of ${hidden}: weights never become NaN`, () => {
      const network: Network = { sizes: [1, 3, 1], hidden, output: 'linear' };
      const parameters = initialize(network, 'xavier', 1, random(1, 'weights'));
      const trainer = new ReferenceTrainer(network, parameters, onALine, null);
      let refused = false;
      for (let i = 0; i < 3000 && !refused; i++) refused = !step(trainer, 1000);
      assert.ok(flatten(trainer.parametersNow).every(Number.isFinite));
      assert.ok(Number.isFinite(trainer.measure().trainCost));
      assert.ok(Number.isFinite(trainer.measure().trainCost));
      if (hidden === 'linear') assert.ok(refused, 'a linear network at rate 1000 must diverge');
    });
  }

  it('is seen when a weight is infinite though the cost is not', () => {
    // a1 = 0, dz2 = 3, dz1 = 3 and dW1 = 3 · 1e308: W1 would be −∞, and tanh(−∞) = −1 gives a finite cost.
    const network: Network = { sizes: [1, 1, 1], hidden: 'tanh', output: 'linear' };
    const flat = Float64Array.of(0, 0, 1, 0);
    const examples: Examples = { X: rows([1e308]), Y: rows([-3]) };
    const trainer = new ReferenceTrainer(network, unflatten(network, flat), examples, null);
    assert.equal(step(trainer, 1), false);
    assert.equal(trainer.epoch, 0);
    assert.deepEqual(flatten(trainer.parametersNow), flat);
    assert.equal(trainer.measure().trainCost, 4.5);
  });

  it('is reported by the run as diverged, at the last finite epoch', () => {
    const settings = { ...course, 'training.learningRate': 1000, 'data.target': 'y' };
    const run = runOn('x,y\n1,2.5\n2,3.5\n3,4.25\n4,6.5\n', settings);
    let result: Step = 'epoch';
    for (let i = 0; i < 5000 && result !== 'diverged'; i++) result = run.step(untilDone, () => undefined);
    assert.equal(result, 'diverged');
    assert.ok(run.epoch > 0);
    assert.ok(run.parameters().every(Number.isFinite));
    assert.ok(run.history.points.every(({ trainCost }) => Number.isFinite(trainCost)));
  });
});

describe('weights that start at zero', () => {
  const X = rows([0.3, -1, 2, 0.7, -0.2, 1.5], [1, 0.25, -0.6, -2, 0.9, 0.1]);
  for (const output of outputKinds) {
    const ny = output === 'softmax' ? 3 : 1;
    const Y =
      output === 'softmax'
        ? rows([1, 0, 0, 1, 0, 0], [0, 1, 0, 0, 1, 0], [0, 0, 1, 0, 0, 1])
        : rows(output === 'sigmoid' ? [0, 1, 1, 0, 1, 1] : [0.4, -1.2, 2, 0, 1, -0.7]);
    for (const hidden of hiddenActivations) {
      it(`keep the units of a hidden layer identical to the last bit: ${hidden}, ${output}`, () => {
        const network: Network = { sizes: [2, 4, 3, ny], hidden, output };
        const parameters = initialize(network, 'zeros', 0.01, random(1, 'weights'));
        const trainer = new ReferenceTrainer(network, parameters, { X, Y }, null);
        for (let epoch = 0; epoch < 200; epoch++) assert.ok(step(trainer, 0.3));
        parameters.slice(0, -1).forEach(({ W, b }, l) => {
          const next = parameters[l + 1].W;
          for (let unit = 1; unit < W.rows; unit++) {
            for (let k = 0; k < W.cols; k++) assert.equal(W.data[unit * W.cols + k], W.data[k]);
            assert.equal(b[unit], b[0]);
            for (let i = 0; i < next.rows; i++)
              assert.equal(next.data[i * next.cols + unit], next.data[i * next.cols]);
          }
        });
        // σ(0) = ½ lets signals through, so here they move together; elsewhere they never leave 0.
        const moved = parameters[0].W.data.some((w) => w !== 0);
        assert.equal(moved, hidden === 'sigmoid');
      });
    }
  }
});

describe('the learning rate auto', () => {
  const network = (hidden: number[], output: Network['output'], activation: HiddenActivation = 'tanh') => ({
    sizes: [2, ...hidden, output === 'softmax' ? 3 : 1],
    hidden: activation,
    output,
  });
  const plain: RateConditions = {
    optimizer: 'gradientDescent',
    momentum: 0.9,
    batchSize: 0,
    examples: 320,
  };
  const auto = (of: Network, but: Partial<RateConditions> = {}) =>
    resolveLearningRate('auto', of, { ...plain, ...but });
  const deep = (layers: number) => new Array<number>(layers).fill(4);
  const close = (found: number, expected: number) =>
    assert.ok(Math.abs(found / expected - 1) < 1e-12, `${found}, not ${expected}`);

  it('is 1.2 for two classes, 0.3 from three hidden layers on', () => {
    assert.deepEqual(
      [0, 1, 2, 3, 4].map((layers) => auto(network(deep(layers), 'sigmoid'))),
      [1.2, 1.2, 1.2, 0.3, 0.3],
    );
  });

  it('is 0.3 for a softmax and 0.1 for regression, at every depth', () => {
    for (const layers of [0, 1, 3]) {
      assert.equal(auto(network(deep(layers), 'softmax')), 0.3);
      assert.equal(auto(network(deep(layers), 'linear')), 0.1);
    }
  });

  it('is less for wide layers of ReLUs that end in a number', () => {
    for (const hidden of ['relu', 'leakyRelu'] as const) {
      assert.deepEqual(
        [[4], [20], [64], [8, 256]].map((layers) => auto(network(layers, 'linear', hidden))),
        [0.1, 0.1, 2 / 64, 2 / 256],
      );
      assert.equal(auto(network([256], 'sigmoid', hidden)), 1.2);
    }
    assert.equal(auto(network([256], 'linear')), 0.1);
  });

  it('is 0.01 for Adam, whatever the rest', () => {
    for (const output of ['sigmoid', 'softmax', 'linear'] as const)
      for (const batchSize of [0, 1, 32])
        assert.equal(auto(network([16], output), { optimizer: 'adam', batchSize }), 0.01);
  });

  it('is divided by 1 / (1 − β) for momentum', () => {
    for (const optimizer of ['momentum', 'nesterov'] as const) {
      close(auto(network([4], 'sigmoid'), { optimizer }), 0.12);
      close(auto(network([4], 'linear'), { optimizer, momentum: 0.99 }), 0.001);
      assert.equal(auto(network([4], 'softmax'), { optimizer, momentum: 0 }), 0.3);
    }
  });

  it('is less for small mini-batches, and the same for those that are all examples or many', () => {
    const rates = [1, 16, 64, 256, 1000].map((batchSize) =>
      auto(network([4], 'sigmoid'), { batchSize, examples: 10_000 }),
    );
    [1.2 / 16, 0.3, 0.6, 1.2, 1.2].forEach((rate, k) => close(rates[k], rate));
    for (const batchSize of [100, 101])
      assert.equal(auto(network([4], 'sigmoid'), { batchSize, examples: 100 }), 1.2);
    close(auto(network([4], 'sigmoid'), { optimizer: 'momentum', batchSize: 64 }), 0.06);
  });

  it('gives way to a number', () => {
    assert.equal(resolveLearningRate(0.05, network([4], 'sigmoid'), plain), 0.05);
  });

  it('stays what it was when a training goes on', () => {
    const settings = { ...course, 'training.optimizer': 'adam' as const, 'training.epochs': 20 };
    const text = readFileSync('samples/moons.csv', 'utf8');
    const start = runOn(text, settings);
    assert.equal(start.learningRate, 0.01);
    const kept = { epoch: 0, parameters: start.parameters(), state: start.state(), interval: 1 };
    const before = runOn(text, settings, { ...kept, automatic: { 'training.learningRate': 1.2 } });
    assert.equal(before.learningRate, 1.2);
  });
});

describe('a training run', () => {
  const text = readFileSync('samples/moons.csv', 'utf8');
  const after = (run: TrainingRun, epochs: number) => {
    for (let i = 0; i < epochs; i++) run.step(untilDone, () => undefined);
    return run;
  };

  it('gives the same weights to the last bit each time', () => {
    assert.deepEqual(
      after(runOn(text, course), 100).parameters(),
      after(runOn(text, course), 100).parameters(),
    );
  });

  it('that is stopped and continued gives the same weights as one that was not', () => {
    const stopped = after(runOn(text, course), 60);
    const start = {
      epoch: stopped.epoch,
      parameters: stopped.parameters(),
      state: stopped.state(),
      interval: 1,
    };
    const continued = after(runOn(text, course, start), 40);
    assert.equal(continued.epoch, 100);
    assert.deepEqual(continued.parameters(), after(runOn(text, course), 100).parameters());
  });

  it('gives the same weights whether or not it is measured on the way', () => {
    const measured = runOn(text, course);
    for (let i = 0; i < 50; i++) {
      measured.step(untilDone);
      measured.measure();
    }
    assert.deepEqual(measured.parameters(), after(runOn(text, course), 50).parameters());
  });

  it('has its first point before the first update', () => {
    const run = runOn(text, course);
    assert.deepEqual(run.history.points, [curvePoint(run.measure())]);
    assert.equal(run.measure().epoch, 0);
    assert.ok(Math.abs(run.measure().trainCost - Math.LN2) < 1e-3);
  });

  it('returns each new point of the curve as it comes', () => {
    const run = runOn(text, course);
    const points: Measure[] = [];
    for (let i = 0; i < 20; i++) run.step(untilDone, (point) => points.push(point));
    assert.deepEqual(points, run.history.points.slice(1));
    assert.equal(run.history.points.length, 21);
  });

  it('refuses to continue from parameters of another network', () => {
    assert.throws(
      () =>
        runOn(text, course, {
          epoch: 1,
          parameters: new Float64Array(5),
          state: new Float64Array(),
          interval: 1,
        }),
      RangeError,
    );
  });

  it('has no hidden layer when the list of them is empty: logistic regression', () => {
    const run = runOn(text, { ...course, 'model.hiddenLayers': [] });
    assert.deepEqual(run.network.sizes, [2, 1]);
    assert.equal(run.parameters().length, 3);
  });
});
