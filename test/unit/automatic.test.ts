import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { untilDone } from '../../src/core/trainer';
import { readDataset } from '../../src/data/dataset';
import { validationOf } from '../../src/data/validation';
import { specialties } from '../../src/host/trainingText';
import { COURSE, leftToBeFound, plainSettings } from '../../src/settings/automatic';
import { defaults, type Settings } from '../../src/settings/settings';
import { automaticOf } from '../../src/train/automatic';
import type { TrainingRun } from '../../src/train/run';
import type { Start } from '../../src/train/start';
import { partsOf } from '../../src/train/stateParts';
import { runOn } from './training';

const sample = (name: string) => readFileSync(`samples/${name}.csv`, 'utf8');
const CARS = { ...defaults, 'data.target': 'Miles_per_Gallon' };

/** A table of numbers, a class and what else is asked for; the same for the same sizes. */
function table(rows: number, features: number, more: Record<string, (row: number) => string> = {}): string {
  let seed = 7;
  const next = () => (seed = (Math.imul(seed, 48271) >>> 0) % 2147483647) / 2147483647;
  const names = Array.from({ length: features }, (_, k) => `x${k + 1}`);
  const lines = Array.from({ length: rows }, (_, row) => {
    const x = names.map(() => next().toFixed(4));
    const isYes = Number(x[0]) + 0.3 * next() > 0.6;
    return [...x, ...Object.values(more).map((of) => of(row)), isYes ? 'yes' : 'no'].join();
  });
  return [[...names, ...Object.keys(more), 'label'].join(), ...lines].join('\n');
}

/** A stream of numbers that are about normal. */
function normals(): () => number {
  let seed = 11;
  const next = () => (seed = (Math.imul(seed, 48271) >>> 0) % 2147483647) / 2147483647;
  return () => Array.from({ length: 6 }, next).reduce((sum, value) => sum + value - 0.5, 0) * Math.SQRT2;
}

/** A table of normal features and a number made of them and a normal error; perhaps with a column that says the part. */
function numbers(
  rows: number,
  features: number,
  of: (x: number[], error: number) => number,
  part?: (row: number) => string,
): string {
  const normal = normals();
  const names = Array.from({ length: features }, (_, k) => `x${k + 1}`);
  const lines = Array.from({ length: rows }, (_, row) => {
    const x = names.map(normal);
    return [...x, ...(part ? [part(row)] : []), of(x, normal())]
      .map((cell) => (typeof cell === 'number' ? cell.toFixed(4) : cell))
      .join();
  });
  return [[...names, ...(part ? ['part'] : []), 'y'].join(), ...lines].join('\n');
}

/** A table of normal features and a class, by a logit of them. */
function classes(rows: number, features: number, logit: (x: number[]) => number): string {
  const made = numbers(rows, features, (x, e) => logit(x) + e);
  return made.replace(/,(-?)[\d.]+$/gm, (_, sign) => (sign === '-' ? ',no' : ',yes'));
}

/** Trains until it ends. */
function trained(run: TrainingRun, shouldYield: () => boolean = untilDone): TrainingRun {
  for (let step = 'epoch'; run.epoch < run.epochs && (step === 'epoch' || step === 'more');)
    step = run.step(shouldYield, undefined, run.epochs - run.epoch);
  return run;
}

const startOf = (run: TrainingRun): Start => ({
  ...{ epoch: run.epoch, parameters: run.parameters(), state: run.state(), interval: 1 },
  automatic: run.automatic,
});

describe('settings that are found', () => {
  it('are the course’s on small tables of one or two numbers, whichever others are set', () => {
    for (const name of ['flower', 'moons', 'circles', 'spiral', 'xor', 'sine'])
      for (const set of [{}, { 'model.hiddenLayers': [60] }, { 'training.optimizer': 'adam' as const }]) {
        const settings = { ...defaults, ...set };
        const { 'training.learningRate': _, ...found } = automaticOf(
          readDataset(sample(name), settings),
          settings,
        );
        const { 'training.learningRate': __, ...course } = COURSE;
        assert.deepEqual(found, course, name);
      }
  });

  it('are others from three features, 1,001 rows or a word among the features on', () => {
    const of = (text: string) => {
      const found = automaticOf(readDataset(text, defaults), defaults);
      return [found['model.hiddenLayers'], found['training.optimizer'], found['training.batchSize']];
    };
    const course = [[4], 'gradientDescent', 0];
    const automatic = [[32], 'adam', 64];
    assert.deepEqual(of(table(1000, 2)), course);
    assert.deepEqual(of(table(1001, 2)), automatic);
    assert.deepEqual(of(table(300, 3)), automatic);
    assert.deepEqual(of(table(300, 1, { word: (row) => (row % 2 ? 'red' : 'blue') })), automatic);
  });

  it('are a straight line with the L2 of scikit-learn’s where there are fewer than ten rows to a feature', () => {
    const settings = { ...defaults, 'training.testFraction': 0 };
    const of = (rows: number) => automaticOf(readDataset(table(rows, 10), settings), settings);
    assert.deepEqual(of(99)['model.hiddenLayers'], []);
    assert.equal(of(99)['training.l2'], 0.01);
    assert.equal(of(99)['training.earlyStopping.patience'], 0);
    assert.deepEqual(of(100)['training.l2'], 0.01);
  });

  const chosenFor = (text: string, set: Partial<Settings> = {}) => {
    const settings = { ...defaults, ...set };
    return automaticOf(readDataset(text, settings), settings);
  };

  it('are a straight line where hidden units find no more than that, for each seed and kind of target', () => {
    for (const seed of [1, 2, 3])
      for (const made of [numbers(400, 6, (x, e) => x[0] + 3 * e), classes(600, 5, (x) => x[0] - x[1])]) {
        const found = chosenFor(made, { 'training.seed': seed });
        const { train } = readDataset(made, defaults);
        assert.deepEqual(found['model.hiddenLayers'], []);
        assert.equal(found['training.batchSize'], 0);
        assert.equal(found['training.epochs'], 1000);
        assert.equal(found['training.l2'], Number((1 / train.length).toPrecision(2)));
        assert.equal(found['training.earlyStopping.patience'], 0);
      }
  });

  it('are hidden units where they find more than that', () => {
    for (const seed of [1, 2, 3])
      for (const made of [
        numbers(400, 6, (x, e) => x[0] * x[1] + 0.3 * e),
        classes(600, 5, (x) => 3 * x[0] * x[0] - 3),
      ])
        assert.deepEqual(chosenFor(made, { 'training.seed': seed })['model.hiddenLayers'], [32]);
  });

  it('follow from the table and the seed, whatever else is set', () => {
    const line = numbers(400, 6, (x, e) => x[0] + 3 * e);
    const set: Partial<Settings>[] = [
      { 'training.engine': 'reference' },
      { 'model.initialization': 'zeros' },
      { 'model.hiddenActivation': 'relu' },
      { 'training.learningRate': 5 },
      { 'training.epochs': 1, 'training.earlyStopping.patience': 3 },
    ];
    for (const each of set) {
      const { 'training.learningRate': _, ...found } = chosenFor(line, each);
      const { 'training.learningRate': __, ...expected } = chosenFor(line);
      assert.deepEqual(found, expected);
    }
  });

  it('count each class the same in the trial, where that is set', () => {
    // Of few rows of the rare class, each of which counts for many, nothing is sure.
    const rare = classes(300, 6, (x) => x[0] * x[0] - 4);
    assert.deepEqual(chosenFor(rare)['model.hiddenLayers'], [32]);
    assert.deepEqual(chosenFor(rare, { 'training.classWeights': 'balanced' })['model.hiddenLayers'], []);
    const number = numbers(400, 6, (x, e) => x[0] * x[1] + 0.3 * e);
    const set = { 'training.classWeights': 'balanced' } as const;
    assert.deepEqual(chosenFor(number, set), chosenFor(number), 'a number has no classes');
  });

  it('go by the size alone where the hidden layers are set', () => {
    const found = chosenFor(
      numbers(400, 6, (x, e) => x[0] + 3 * e),
      { 'model.hiddenLayers': [3] },
    );
    assert.equal(found['training.batchSize'], 64);
    assert.equal(found['training.earlyStopping.patience'], 157);
  });

  it('go by the size alone where trying would keep the first picture waiting', () => {
    const settings = { ...defaults, 'training.testFraction': 0 };
    const of = (rows: number, features: number) =>
      chosenFor(
        numbers(rows, features, (x, e) => x[0] + 3 * e),
        settings,
      )['model.hiddenLayers'];
    assert.deepEqual(of(1000, 100), []);
    assert.deepEqual(of(1020, 100), [32]);
    assert.deepEqual(of(10_000, 3), []);
    assert.deepEqual(of(10_001, 3), [64]);
  });

  it('are the course’s where tests say them, but for the rate', async () => {
    const script = pathToFileURL(path.resolve('scripts/server.mjs')).href;
    const { COURSE_SETTINGS } = (await import(script)) as { COURSE_SETTINGS: Record<string, unknown> };
    const { 'training.learningRate': _, ...course } = COURSE;
    const said = Object.entries(course).map(([key, value]) => [`neuronLens.${key}`, value]);
    assert.deepEqual(COURSE_SETTINGS, Object.fromEntries(said));
  });

  it('are not tried again by a run that goes on', () => {
    const text = numbers(400, 6, (x, e) => x[0] + 3 * e);
    const kept = { ...COURSE, 'model.hiddenLayers': [5] };
    const start = {
      ...{ epoch: 0, parameters: new Float64Array(5 * 7 + 6), state: new Float64Array() },
      ...{ interval: 1, automatic: kept },
    };
    assert.deepEqual(runOn(text, defaults, start).network.sizes, [6, 5, 1]);
  });

  it('set nothing aside of fewer than 50 rows, and train for all epochs', () => {
    const settings = { ...defaults, 'training.testFraction': 0 };
    const of = (rows: number) => runOn(table(rows, 3), settings);
    assert.equal(of(50).automatic['training.earlyStopping.patience'], 200);
    assert.equal(trained(of(49)).epoch, 1000);
  });

  it('say which they are', () => {
    assert.deepEqual(leftToBeFound({ ...defaults, 'training.epochs': 5, 'training.l2': 0 }), [
      ...['model.hiddenLayers', 'training.optimizer', 'training.batchSize', 'training.learningRate'],
      'training.earlyStopping.patience',
    ]);
  });

  const part = (row: number) => (row % 5 === 2 ? 'test' : 'train');

  it('never read the test part when a line is tried: with all its numbers turned the weights are the same', () => {
    for (const of of [
      (x: number[], e: number) => x[0] + 3 * e,
      (x: number[], e: number) => x[0] * x[1] + e,
    ]) {
      const text = numbers(400, 5, of, part);
      const turned = text.replace(/test,-?/g, (was) => (was.endsWith('-') ? 'test,' : 'test,-'));
      assert.notEqual(text, turned);
      const set = { 'data.splitColumn': 'part', 'data.ignoredColumns': ['part'] };
      const [first, second] = [text, turned].map((each) => trained(runOn(each, { ...defaults, ...set })));
      assert.notEqual(first.measure().testScore, second.measure().testScore);
      assert.deepEqual(first.automatic, second.automatic);
      assert.deepEqual(first.parameters(), second.parameters());
    }
  });

  it('never read the test part: with all its labels turned the weights are the same', () => {
    const text = table(400, 5, { part });
    const settings = {
      ...{ ...defaults, 'training.seed': 3, 'data.splitColumn': 'part' },
      'data.ignoredColumns': ['part'],
    };
    const turned = text.replace(/test,(yes|no)$/gm, (_, was) => `test,${was === 'yes' ? 'no' : 'yes'}`);
    const [first, second] = [text, turned].map((each) => trained(runOn(each, settings)));
    assert.ok(first.stoppedAt > 0);
    assert.notEqual(first.measure().testScore, second.measure().testScore);
    assert.equal(first.epoch, second.epoch);
    assert.deepEqual(first.parameters(), second.parameters());
  });
});

describe('what is found', () => {
  it('is the same whatever the kernels and the clock are like', () => {
    let time = 0;
    // A clock that says of every other call that it took a minute.
    const now = () => (time += time % 2 === 0 ? 60_001 : 1);
    for (const text of [sample('penguins'), table(500, 6), numbers(400, 5, (x, e) => x[0] * x[1] + e)]) {
      const dataset = readDataset(text, defaults);
      const found = automaticOf(dataset, defaults);
      for (const lanes of [4, 8, 'measured'] as const)
        assert.deepEqual(automaticOf(dataset, defaults, { lanes, now }), found);
    }
  });

  it('is the same on any number of threads', () => {
    const text = table(500, 6);
    const found = [1, 3].map((count) => runOn(text, defaults, undefined, { count }).automatic);
    assert.deepEqual(found[0], found[1]);
  });
});

describe('a number of epochs without gain that a person has set', () => {
  it('is said in the header to go by the test part; one that is found, by a part set aside', () => {
    const dataset = { features: ['a', 'b', 'c'], trainRows: 400, testRows: 100 };
    const said = (patience: number | 'auto') => {
      const settings: Settings = { ...defaults, 'training.earlyStopping.patience': patience };
      const plain = plainSettings(settings, { ...COURSE, 'training.earlyStopping.patience': 40 });
      return specialties(plain, settings, dataset as never).join('; ');
    };
    assert.match(
      said(7),
      /stops after 7 epochs without gain of the test part, whose score is then not one of unseen rows/,
    );
    assert.match(
      said('auto'),
      /ends where a fifth of the training part, set aside, was best \(after 40 epochs/,
    );
    assert.doesNotMatch(said(0), /without gain/);
  });
});

describe('the part of the training part that is set aside', () => {
  const asideOf = (text: string, settings: Settings) => {
    const dataset = readDataset(text, settings);
    return { dataset, parts: validationOf(dataset, settings['training.seed']) };
  };

  it('is a fifth of it, stratified, and nothing of the test part', () => {
    const { dataset, parts } = asideOf(table(500, 3), defaults);
    assert.deepEqual([...parts.train, ...parts.test].sort(), [...dataset.train].sort());
    assert.equal(parts.test.length, 80);
    const share = (part: Int32Array) =>
      part.reduce((sum, j) => sum + (dataset.classOf?.[j] ?? 0), 0) / part.length;
    assert.ok(Math.abs(share(parts.train) - share(parts.test)) < 0.02);
  });

  it('has whole groups, where the table is split by groups', () => {
    const text = table(500, 3, { person: (row) => `p${row % 40}` });
    const settings = { ...defaults, 'data.splitColumn': 'person', 'data.splitBy': 'groups' as const };
    const { parts } = asideOf(text, settings);
    assert.ok(parts.test.length > 50);
    const people = (part: Int32Array) => new Set(Array.from(part, (j) => j % 40));
    assert.deepEqual(
      [...people(parts.train)].filter((person) => people(parts.test).has(person)),
      [],
    );
  });

  it('is the latest, where the table is split by order', () => {
    const text = table(500, 3, { day: (row) => String(1000 + ((row * 7) % 500)) });
    const settings = { ...defaults, 'data.splitColumn': 'day', 'data.splitBy': 'order' as const };
    const { parts } = asideOf(text, settings);
    const day = (j: number) => (j * 7) % 500;
    assert.ok(Math.min(...Array.from(parts.test, day)) > Math.max(...Array.from(parts.train, day)));
  });
});

describe('a training that ends by the part that is set aside', () => {
  it('has the weights of one on the whole training part for that many epochs', () => {
    const found = trained(runOn(sample('cars'), CARS));
    assert.ok(found.stoppedAt > found.epoch && found.epoch > 0, `${found.stoppedAt}, ${found.epoch}`);
    const { ...automatic } = found.automatic;
    const plain = trained(
      runOn(sample('cars'), {
        ...{ ...CARS, ...automatic, 'model.hiddenLayers': [...automatic['model.hiddenLayers']] },
        ...{ 'training.epochs': found.epoch, 'training.earlyStopping.patience': 0 },
      }),
    );
    assert.deepEqual(found.parameters(), plain.parameters());
  });

  it('ends with the same bits however often it is interrupted, and from wherever it goes on', () => {
    for (const engine of ['simd', 'reference'] as const) {
      const settings = {
        ...CARS,
        'training.engine': engine,
        'training.epochs': engine === 'simd' ? 400 : 12,
      };
      const whole = trained(runOn(sample('cars'), settings));
      let calls = 0;
      assert.deepEqual(
        trained(runOn(sample('cars'), settings), () => ++calls % 3 === 0).parameters(),
        whole.parameters(),
      );
      for (const at of engine === 'simd' ? [1, 7, 60] : [1, 7, 11]) {
        const first = runOn(sample('cars'), settings);
        while (first.epoch < at) first.step(untilDone);
        // In the middle of an epoch of the training beside it, too.
        let steps = 0;
        first.step(() => ++steps > 1, undefined, 1);
        first.rest();
        const second = trained(runOn(sample('cars'), settings, startOf(first)));
        assert.equal(second.epoch, whole.epoch, `${engine}, from ${at}`);
        assert.deepEqual(second.parameters(), whole.parameters(), `${engine}, from ${at}`);
      }
    }
  });

  it('is at its end where that part was best, also when its epochs are over before the patience', () => {
    const settings = { ...CARS, 'training.epochs': 60 };
    const run = trained(runOn(sample('cars'), settings));
    assert.equal(run.stoppedAt, 60);
    assert.ok(run.epoch < 60);
  });

  it('goes back with the training beside it, so that what is changed then acts on both', () => {
    const settings = { ...CARS, 'training.epochs': 60 };
    const stopped = trained(runOn(sample('cars'), settings));
    const best = stopped.epoch;
    // One that was taken up between its best epoch and its end knows of it as well.
    const half = runOn(sample('cars'), settings);
    while (half.epoch < best + 2) half.step(untilDone);
    const takenUp = trained(runOn(sample('cars'), settings, startOf(half)));
    const there = runOn(sample('cars'), settings);
    while (there.epoch < best) there.step(untilDone);
    there.rest();
    const weights = [{ index: 0, before: there.parameters()[0], after: 0.25 }];
    const beside = [stopped, takenUp, there].map((run) => {
      assert.equal(run.epoch, best);
      run.apply({ ...settings, 'training.learningRate': 0.003 });
      run.editByHand({ weights, frozen: [], thawed: [] });
      const from = partsOf(run.state()).ofWatch;
      run.epochs = 60;
      for (let k = 0; k < 3; k++) run.step(untilDone);
      run.rest();
      return [from, partsOf(run.state()).ofWatch, run.parameters()];
    });
    assert.equal(beside[0][0]?.[1], best);
    assert.deepEqual(beside[0], beside[2]);
    assert.deepEqual(beside[1], beside[2]);
  });

  it('that is continued has the patience more each time, and gets further', () => {
    const run = runOn(sample('cars'), CARS);
    let last = 0;
    for (let times = 0; times < 4; times++) {
      run.epochs = 100_000;
      let steps = 0;
      for (let step = run.step(untilDone); step !== 'stoppedEarly'; step = run.step(untilDone)) steps++;
      assert.ok(steps >= 15, `${steps} epochs`);
      assert.ok(run.epoch > last, `from epoch ${last} back to ${run.epoch}`);
      last = run.epoch;
    }
  });

  it('goes on from there when it is continued, one epoch too', () => {
    const run = trained(runOn(sample('cars'), { ...CARS, 'training.epochs': 60 }));
    const { epoch } = run;
    run.epochs = epoch + 1;
    assert.equal(run.step(untilDone), 'epoch');
    assert.equal(run.epoch, epoch + 1);
  });

  it('keeps what each setting stood for when it is taken up again, where that was found', () => {
    const run = runOn(sample('cars'), CARS);
    const kept = { ...startOf(run), automatic: { 'training.batchSize': 16, 'training.epochs': 33 } };
    const restored = runOn(sample('cars'), CARS, kept);
    assert.equal(restored.options().batchSize, 16);
    assert.equal(restored.epochs, 33);
    assert.equal(restored.automatic['training.l2'], run.automatic['training.l2']);
  });

  it('stands by its settings when one of the others is edited', () => {
    const run = runOn(sample('cars'), CARS);
    while (run.epoch < 5) run.step(untilDone);
    const { automatic } = run;
    run.apply({ ...CARS, 'training.batchSize': 8 });
    assert.deepEqual(run.automatic, automatic);
    assert.deepEqual([run.options().batchSize, run.options().l2], [8, automatic['training.l2']]);
  });

  it('watches the test part, as ever, where a number is set', () => {
    const settings = { ...CARS, 'training.earlyStopping.patience': 5 };
    const run = trained(runOn(sample('cars'), settings));
    const costs: number[] = [];
    const again = runOn(sample('cars'), { ...settings, 'training.earlyStopping.patience': 0 });
    while (again.epoch < run.stoppedAt) {
      again.step(untilDone);
      costs.push(again.measure().testCost ?? NaN);
    }
    assert.equal(costs.indexOf(Math.min(...costs)) + 1, run.epoch);
  });
});
