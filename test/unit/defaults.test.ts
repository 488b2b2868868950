import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { untilDone } from '../../src/core/trainer';
import { defaults, type Settings } from '../../src/settings/settings';
import { runOn } from './training';

/** The scores after the 10,000 epochs of the defaults. */
function scores(sample: string, seed: number, changed: Partial<Settings>) {
  const text = readFileSync(`samples/${sample}.csv`, 'utf8');
  const run = runOn(text, { ...defaults, ...changed, 'training.seed': seed });
  assert.equal(run.epochs, 10_000);
  while (run.epoch < run.epochs) assert.equal(run.step(untilDone), 'epoch', `diverged at epoch ${run.epoch}`);
  return run.measure();
}

describe('nothing but the defaults', () => {
  const promises: [sample: string, atLeast: number, score: string, changed?: Partial<Settings>][] = [
    ['flower', 0.87, 'accuracy'],
    ['moons', 0.89, 'accuracy'],
    ['circles', 0.98, 'accuracy'],
    ['iris', 0.98, 'accuracy'],
    ['spiral', 0.94, 'accuracy'],
    ['sine', 0.94, 'R²'],
    ['cars', 0.75, 'R²', { 'data.target': 'Miles_per_Gallon' }],
    ['xor', 1, 'accuracy', { 'model.initialization': 'xavier' }],
  ];
  for (const [sample, atLeast, score, changed = {}] of promises) {
    const but = Object.entries(changed).map(([key, value]) => ` but ${key} ${JSON.stringify(value)}`);
    for (const seed of [1, 2, 3]) {
      it(`gives ${sample}.csv a training ${score} of at least ${atLeast}${but.join('')} (seed ${seed})`, () => {
        const found = scores(sample, seed, changed).trainScore;
        assert.ok(found >= atLeast, `${found} is below ${atLeast}`);
      });
    }
  }
});

describe('nothing but the target', () => {
  const promises: [sample: string, target: string, atLeast: number, score: string][] = [
    ['penguins', 'Species', 0.98, 'accuracy'],
    ['penguins', 'Sex', 0.84, 'accuracy'],
    ['cars', 'Miles_per_Gallon', 0.82, 'R²'],
  ];
  for (const [sample, target, atLeast, score] of promises) {
    for (const seed of [1, 2, 3]) {
      it(`gives ${sample}.csv, ${target}, an ${score} of at least ${atLeast} in rows not trained on (seed ${seed})`, () => {
        const found = scores(sample, seed, { 'data.target': target }).testScore;
        assert.ok(found !== null && found >= atLeast, `${found} is below ${atLeast}`);
      });
    }
  }
});
