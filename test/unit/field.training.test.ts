import assert from 'node:assert/strict';
import { hiddenActivations } from '../../src/core/activations';
import { random } from '../../src/core/random';
import { untilDone } from '../../src/core/trainer';
import type { Settings } from '../../src/settings/settings';
import { fieldFile } from '../field/reading';
import { FieldResults } from '../field/results';
import { runOn } from './training';
import { course } from './course';

const results = new FieldResults('training');
const SEEDS = [1, 2, 3, 4, 5];

/** Scores on the test part, or of all rows where there is none, a seed each. */
function scores(text: string, changed: Partial<Settings>): number[] {
  return SEEDS.map((seed) => {
    const run = runOn(text, { ...course, ...changed, 'training.seed': seed });
    while (run.epoch < run.epochs)
      assert.equal(run.step(untilDone, undefined, 1000), 'epoch', `seed ${seed}`);
    const { testScore, trainScore } = run.measure();
    run.dispose();
    return testScore ?? trainScore;
  });
}

/** Two features and two classes: `label` says which, or none for a point that is left out. */
function table(n: number, label: (x: number, y: number) => number | null): string {
  const { uniform } = random(1, 'sample');
  const lines = ['x1,x2,label'];
  while (lines.length <= n) {
    const [x, y] = [6 * uniform() - 3, 6 * uniform() - 3];
    const of = label(x, y);
    if (of !== null) lines.push(`${x.toFixed(4)},${y.toFixed(4)},${of}`);
  }
  return lines.join('\n');
}

const tables: [file: string, text: () => string, atLeast: number][] = [
  ['T1-moons.csv', () => fieldFile('T1-moons.csv'), 0.97],
  ['a ring', () => table(400, (x, y) => gap(Math.hypot(x, y) - 1.8)), 0.95],
  ['a wedge', () => table(400, (x, y) => gap(y - Math.abs(x))), 0.95],
  ['a stripe', () => table(400, (x, y) => gap(Math.abs(x + y) - 1.5)), 0.95],
  ['a corner', () => table(400, (x, y) => gap(Math.min(x, y))), 0.95],
];
/** Which side of a border of width 0.3. */
const gap = (distance: number) => (Math.abs(distance) < 0.15 ? null : Number(distance > 0));

describe('what is left on its default', () => {
  after(() => results.print());

  const ways: [name: string, changed: Partial<Settings>][] = [
    ['ReLU', { 'model.hiddenActivation': 'relu' }],
    [
      'Adam, batches of 32, 16 tanh units',
      { 'training.optimizer': 'adam', 'training.batchSize': 32, 'model.hiddenLayers': [16] },
    ],
    [
      'Adam, batches of 32, 16 ReLUs',
      {
        'training.optimizer': 'adam',
        'training.batchSize': 32,
        'model.hiddenLayers': [16],
        'model.hiddenActivation': 'relu',
      },
    ],
  ];
  for (const [file, text, atLeast] of tables)
    for (const [way, changed] of ways)
      it(`fits ${file} with ${way}, at each of five seeds`, () => {
        const found = scores(text(), changed);
        results.add(
          `${file}: ${way}`,
          `least test accuracy ${Math.min(...found).toFixed(4)}`,
          `≥ ${atLeast}`,
        );
        assert.ok(Math.min(...found) >= atLeast, found.join(', '));
      });

  const optimizers: [name: string, changed: Partial<Settings>][] = [
    ['momentum', { 'training.optimizer': 'momentum' }],
    ['Nesterov momentum', { 'training.optimizer': 'nesterov' }],
    ['batches of 32', { 'training.batchSize': 32, 'training.epochs': 2000 }],
    ['batches of 4', { 'training.batchSize': 4, 'training.epochs': 1000 }],
    [
      'momentum and batches of 16',
      { 'training.optimizer': 'momentum', 'training.batchSize': 16, 'training.epochs': 1000 },
    ],
  ];
  for (const [way, changed] of optimizers)
    it(`fits T1-moons.csv with ${way}, at each of five seeds`, () => {
      const found = scores(fieldFile('T1-moons.csv'), changed);
      results.add(`T1-moons.csv: ${way}`, `least test accuracy ${Math.min(...found).toFixed(4)}`, '≥ 0.95');
      assert.ok(Math.min(...found) >= 0.95, found.join(', '));
    });
});

describe('one ReLU on four rows', () => {
  for (const standardize of [true, false])
    for (const hidden of hiddenActivations.filter((each) => each === 'relu' || each === 'leakyRelu'))
      it(`starts alive in some row: ${hidden}, ${standardize ? 'standardized' : 'as they are'}`, () => {
        for (let seed = 1; seed <= 20; seed++) {
          const run = runOn(fieldFile('T10-four-rows.csv'), {
            ...course,
            'model.hiddenLayers': [1],
            'model.hiddenActivation': hidden,
            'data.standardize': standardize,
            'training.seed': seed,
          });
          const [w] = run.parameters();
          const z = Array.from(run.dataset.X.data, (x) => w * x);
          run.dispose();
          assert.ok(
            z.some((each) => each > 0),
            `seed ${seed}`,
          );
        }
        results.add(`T10-four-rows.csv: ${hidden}`, 'alive at 20 seeds', 'does not start dead');
      });
});
