import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { readDataset } from '../../src/data/dataset';
import type { Settings } from '../../src/settings/settings';
import { TrainingRun } from '../../src/train/run';
import { course } from './course';
import { tableOfKinds } from './exportModels';
import { costsIn, hasTorch, TrainJobs } from './trainJobs';

const flower = readFileSync(path.resolve('samples', 'flower.csv'), 'utf8');

/** What the engine `reference` has after epochs: the costs of both parts. */
function referenceCosts(table: string, settings: Partial<Settings>, epochs: readonly number[]) {
  const all: Settings = { ...course, ...settings, 'training.engine': 'reference' };
  const run = new TrainingRun(readDataset(table, all), all);
  const costs = new Map<number, readonly [number, number | null]>();
  for (const epoch of epochs) {
    while (run.epoch < epoch) run.step(() => false);
    const { trainCost, testCost } = run.measure();
    costs.set(epoch, [trainCost, testCost]);
  }
  run.dispose();
  return costs;
}

type Costs = ReturnType<typeof referenceCosts>;
function assertNear(found: Costs, expected: Costs, most: number): void {
  assert.deepEqual([...found.keys()], [...expected.keys()]);
  for (const [epoch, parts] of expected)
    parts.forEach((cost, k) => {
      const own = found.get(epoch)?.[k];
      if (cost === null || own === null || own === undefined) assert.equal(own, cost, `epoch ${epoch}`);
      else assert.ok(Math.abs(own - cost) <= most, `epoch ${epoch}: ${own}, not ${cost}`);
    });
}

const ADAM = {
  'training.optimizer': 'adam',
  'training.learningRate': 0.01,
  'training.batchSize': 16,
} as const;
/** A table of every kind of column, by task: under Adam with batches, a softmax, a regression. */
const TABLES: Readonly<Record<string, Partial<Settings>>> = {
  'two classes, by Adam in batches': { 'data.target': 'two', ...ADAM, 'training.l2': 0.001 },
  'three classes, by momentum': {
    ...{ 'data.target': 'kind', 'training.optimizer': 'momentum', 'training.learningRate': 0.02 },
    ...{ 'training.classWeights': 'balanced', 'model.hiddenActivation': 'leakyRelu' },
    'training.learningRateSchedule': 'inverse',
  },
  'a number, with logarithms': {
    'data.target': 'size',
    'data.transform': 'log',
    'training.learningRate': 0.05,
  },
  'a number, with ranks, in batches': {
    ...{ 'data.target': 'size', 'data.transform': 'rank', 'training.learningRate': 0.02 },
    ...{ 'training.batchSize': 10, 'training.optimizer': 'nesterov', 'training.l1': 0.001 },
  },
};

describe('a training as a script for PyTorch', () => {
  let jobs: TrainJobs;
  before(function () {
    if (!hasTorch()) this.skip();
  });
  beforeEach(() => (jobs = new TrainJobs()));
  afterEach(() => jobs?.dispose());

  const done = (ends: Awaited<ReturnType<TrainJobs['run']>>) => {
    ends.forEach(({ code, signal, stderr }) => assert.deepEqual([code, signal, stderr], [0, null, '']));
    return ends[0].stdout;
  };

  it('goes the way of the engine “reference” through 5,000 epochs of flower', async function () {
    this.timeout(60_000);
    // With the course's rate of 1.2 the way is chaotic from epoch 3,000: the last bit decides.
    const settings = { 'training.learningRate': 0.6, 'training.epochs': 5000 } as const;
    await jobs.export(flower, settings, 'flower.csv');
    const costs = costsIn(done(await jobs.run(['--report-every', '1000'])));
    assertNear(costs, referenceCosts(flower, settings, [0, 1000, 2000, 3000, 4000, 5000]), 1e-5);
  });

  for (const [name, own] of Object.entries(TABLES))
    it(`goes the same way on a table of every kind of column: ${name}`, async function () {
      this.timeout(60_000);
      const settings = { ...own, 'training.epochs': 200 };
      await jobs.export(tableOfKinds(90), settings);
      const costs = costsIn(done(await jobs.run(['--report-every', '50'])));
      assertNear(costs, referenceCosts(tableOfKinds(90), settings, [0, 50, 100, 150, 200]), 1e-5);
    });

  it('ends in the same on 1, 2 and 3 processes, and on more than there are rows for', async function () {
    this.timeout(120_000);
    await jobs.export(tableOfKinds(), {
      ...TABLES['two classes, by Adam in batches'],
      'training.epochs': 20,
    });
    const every = ['--force', '--report-every', '10'];
    const costs = costsIn(done(await jobs.run(every)));
    for (const processes of [2, 3])
      assertNear(costsIn(done(await jobs.run(every, { processes }))), costs, 1e-9);
    const seven = `a,y\n${[1, 2, 3, 4, 5, 6, 7].map((k) => `${k},${k % 3 === 0 ? 'n' : 'y'}`).join('\n')}\n`;
    await jobs.export(seven, { 'training.epochs': 10, 'training.batchSize': 2 });
    const alone = costsIn(done(await jobs.run(['--force'])));
    assertNear(costsIn(done(await jobs.run(['--force'], { processes: 3 }))), alone, 1e-9);
  });

  it('runs under torchrun', async function () {
    this.timeout(60_000);
    await jobs.export(flower, { 'training.epochs': 20 }, 'flower.csv');
    const { code, stdout } = await jobs.torchrun(2);
    assert.equal(code, 0);
    assert.match(stdout, /320 rows to train on, 80 to test on; .* processes: 2/);
    assertNear(costsIn(stdout), costsIn(done(await jobs.run(['--force']))), 1e-9);
  });

  it('writes a model that is opened and says what the script said', async function () {
    this.timeout(60_000);
    for (const own of Object.values(TABLES)) {
      await jobs.export(tableOfKinds(), { ...own, 'training.epochs': 5 });
      const told = done(await jobs.run(['--force']));
      const model = jobs.model();
      const { measure, epoch, engine, trainRows, testRows, baselines } = model.training;
      assert.deepEqual([measure.trainCost, measure.testCost], costsIn(told).get(5));
      assert.deepEqual([epoch, engine], [5, 'float64-torch']);
      assert.ok(told.startsWith(`${trainRows} rows to train on, ${testRows} to test on;`));
      assert.ok(baselines && model.weights instanceof Float64Array);
    }
    const left = readdirSync(jobs.folder).sort();
    assert.deepEqual(left, ['table.csv', 'train.checkpoint.pt', 'train.neuron.json', 'train.py']);
  });
});
