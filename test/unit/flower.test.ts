import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { backward, forward, propagation } from '../../src/core/equations';
import { flatten, unflatten, type Network } from '../../src/core/network';
import { ReferenceTrainer } from '../../src/core/reference';
import { readDataset } from '../../src/data/dataset';
import { examples } from '../../src/data/examples';
import { SimdTrainer } from '../../src/kernel/simdTrainer';

import { step } from './training';
import { course } from './course';

interface Reference {
  initial: { W1: number[][]; b1: number[]; W2: number[][]; b2: number[] };
  gradientAtIteration0: { dW1: number[][]; db1: number[]; dW2: number[][]; db2: number[] };
  cost: Record<string, number>;
}

const reference = JSON.parse(readFileSync('test/fixtures/flower-reference.json', 'utf8')) as Reference;
const { W1, b1, W2, b2 } = reference.initial;
const network: Network = { sizes: [2, 4, 1], hidden: 'tanh', output: 'sigmoid' };
const initial = () => unflatten(network, Float64Array.from([...W1.flat(), ...b1, ...W2.flat(), ...b2]));
const dataset = readDataset(readFileSync('samples/flower.csv', 'utf8'), {
  ...course,
  'data.standardize': false,
  'training.engine': 'reference',
  'training.testFraction': 0,
});
const all = examples(dataset, dataset.train);

describe('the flower of the course (400 rows, 2-4-1, rate 1.2, features as they are)', () => {
  it('is read as 400 examples of two features and two classes, none of them for testing', () => {
    assert.deepEqual([all.X.rows, all.X.cols, all.Y.rows, all.Y.cols], [2, 400, 1, 400]);
    assert.deepEqual(
      [...all.X.data].filter((_, k) => k % 400 === 0),
      [1.2044422922543192, 3.576114148128845],
    );
    assert.equal(dataset.test.length, 0);
    assert.deepEqual(dataset.classes, ['0', '1']);
  });

  it('has the reference gradients before the first update, to 1e-12', () => {
    const parameters = initial();
    const p = propagation(network, all.X);
    forward(p, parameters);
    backward(p, parameters, all.Y);
    const { dW1, db1, dW2, db2 } = reference.gradientAtIteration0;
    for (const [actual, expected] of [
      [p.gradients[1].W.data, dW1.flat()],
      [p.gradients[1].b, db1],
      [p.gradients[2].W.data, dW2.flat()],
      [p.gradients[2].b, db2],
    ] as const) {
      assert.equal(actual.length, expected.length);
      expected.forEach((value, k) =>
        assert.ok(Math.abs(actual[k] - value) <= 1e-12, `${actual[k]} is not ${value}`),
      );
    }
  });

  it('has the reference costs through 7,000 iterations, to 1e-9', () => {
    const trainer = new ReferenceTrainer(network, initial(), all, null);
    const epochs = Object.keys(reference.cost)
      .map(Number)
      .filter((epoch) => epoch <= 7000);
    assert.deepEqual(epochs, [0, 1, 2, 5, 10, 100, 1000, 2000, 3000, 4000, 5000, 6000, 7000]);
    for (const epoch of epochs) {
      while (trainer.epoch < epoch) assert.ok(step(trainer, 1.2));
      const expected = reference.cost[epoch];
      assert.ok(
        Math.abs(trainer.measure().trainCost - expected) <= 1e-9,
        `epoch ${epoch}: ${trainer.measure().trainCost}, not ${expected}`,
      );
    }
    // As the course prints it.
    assert.equal(trainer.measure().trainCost.toFixed(6), '0.217504');
  });

  it('has the costs the course prints under the simd engine too, through 7,000 iterations to 2e-6', () => {
    const trainer = new SimdTrainer(network, flatten(initial()), all, null);
    for (const [epoch, expected] of Object.entries(reference.cost)) {
      if (Number(epoch) > 7000) break;
      while (trainer.epoch < Number(epoch)) assert.ok(step(trainer, 1.2));
      const { trainCost } = trainer.measure();
      assert.ok(Math.abs(trainCost - expected) <= 2e-6, `epoch ${epoch}: ${trainCost}, not ${expected}`);
    }
  });
});
