import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { untilDone, type Measure } from '../../src/core/trainer';
import type { Settings } from '../../src/settings/settings';
import type { Threads } from '../../src/train/makeTrainer';
import { type TrainingRun } from '../../src/train/run';
import { runOn } from './training';
import { says } from './sayings';
import { course } from './course';

const text = readFileSync('samples/moons.csv', 'utf8');
const iris = readFileSync('samples/iris.csv', 'utf8');
const settings = (changed: Partial<Settings>): Settings => ({ ...course, ...changed });
/** Asks whether to yield after every block of examples. */
const OFTEN: Threads = { count: 1, machine: { slice: 1 } };
const train = (run: TrainingRun, epoch: number, shouldYield = untilDone) => {
  while (run.epoch < epoch) if (run.step(shouldYield) === 'diverged') throw new Error('diverged');
  return run;
};

describe('edited settings', () => {
  const start = settings({ 'training.optimizer': 'momentum', 'training.learningRate': 0.1 });
  const edits: [epoch: number, changed: Partial<Settings>][] = [
    [10, { 'training.batchSize': 16 }],
    [13, { 'training.learningRateSchedule': 'exponential', 'training.learningRateDecay': 0.02 }],
    [20, { 'training.l2': 0.01, 'training.l1': 0.001, 'training.momentum': 0.5 }],
    [25, { 'training.batchSize': 0, 'training.learningRate': 0.3 }],
    [32, { 'training.batchSize': 7 }],
  ];
  /** The training with the edits at their epochs; `shouldYield` interrupts, `edit` may come in the middle of an epoch. */
  const edited = (shouldYield: () => boolean) => {
    const run = runOn(text, start, undefined, OFTEN);
    let all = start;
    for (const [epoch, changed] of edits) {
      train(run, epoch, shouldYield);
      all = { ...all, ...changed };
      run.apply(all);
    }
    return train(run, 40, shouldYield);
  };

  it('replayed at the same epochs end in the same bits, however often interrupted', () => {
    let calls = 0;
    const often = () => ++calls % 3 === 0;
    assert.deepEqual(edited(often).parameters(), edited(untilDone).parameters());
    assert.ok(calls > 10);
  });

  it('that come in the middle of an epoch act as if they had come before it', () => {
    const changed = { ...start, 'training.batchSize': 16, 'training.l2': 0.1 };
    const before = train(runOn(text, { ...start, 'training.batchSize': 32 }), 5);
    before.apply(changed);
    const amid = train(runOn(text, { ...start, 'training.batchSize': 32 }, undefined, OFTEN), 5);
    assert.equal(
      amid.step(() => true),
      'more',
    );
    amid.apply(changed);
    assert.deepEqual(train(amid, 9).parameters(), train(before, 9).parameters());
  });

  it('survive a reload together with the optimizer: the bits are those of a training that went on', () => {
    for (const optimizer of ['gradientDescent', 'momentum', 'nesterov', 'adam'] as const) {
      const all = settings({
        ...{ 'training.optimizer': optimizer, 'training.learningRate': 0.05, 'training.batchSize': 20 },
        ...{ 'training.earlyStopping.patience': 50 },
      });
      const whole = train(runOn(text, all), 30);
      const first = train(runOn(text, all), 12);
      const second = runOn(text, all, {
        ...{ epoch: 12, parameters: first.parameters(), state: first.state(), interval: 1 },
      });
      assert.deepEqual(train(second, 30).parameters(), whole.parameters(), optimizer);
      assert.deepEqual(second.state(), whole.state(), optimizer);
    }
  });
});

describe('early stopping', () => {
  const all = settings({
    ...{ 'training.optimizer': 'adam', 'training.learningRate': 0.1, 'model.hiddenLayers': [64] },
    ...{ 'training.batchSize': 10, 'training.earlyStopping.patience': 15, 'training.testFraction': 0.4 },
  });

  it('ends when the test cost has not improved for the patience, with the weights of the best epoch', () => {
    const run = runOn(text, all);
    const costs: Measure[] = [];
    let outcome = 'epoch';
    while (outcome === 'epoch' && costs.length < 5000)
      outcome = run.step(untilDone, (point) => costs.push(point));
    assert.equal(outcome, 'stoppedEarly');
    const testCosts = costs.map(({ testCost }) => testCost ?? NaN);
    const best = testCosts.indexOf(Math.min(...testCosts));
    assert.equal(run.epoch, best + 1);
    assert.equal(run.measure().testCost, testCosts[best]);
    assert.equal(costs.length, best + 1 + 15);
    const again = train(runOn(text, { ...all, 'training.earlyStopping.patience': 0 }), run.epoch);
    assert.deepEqual(run.parameters(), again.parameters());
  });

  it('takes an improvement by no more than the minimum for none', () => {
    const run = runOn(text, { ...all, 'training.earlyStopping.minDelta': 10 });
    let epochs = 0;
    while (run.step(untilDone) === 'epoch') epochs++;
    assert.equal(epochs, 15);
    assert.equal(run.epoch, 1);
  });

  /** Trains until it stops early; returns the epochs it made. */
  const untilItStops = (run: TrainingRun, onPoint?: (point: Measure) => void) => {
    let steps = 1;
    while (run.step(untilDone, onPoint) === 'epoch') if (++steps > 5000) throw new Error('it never stops');
    return steps;
  };

  it('cuts the curve back to the best epoch, and what comes then follows on it', () => {
    const run = runOn(text, all);
    untilItStops(run, () => {});
    const best = run.epoch;
    assert.deepEqual(
      run.history.points.map(({ epoch }) => epoch),
      Array.from({ length: best + 1 }, (_, epoch) => epoch),
    );
    const points: Measure[] = [];
    run.step(untilDone, (point) => points.push(point));
    assert.deepEqual(points, [run.history.points.at(-1)]);
    assert.equal(points[0].epoch, best + 1);
  });

  it('of a training that goes on after it stopped lets it train for the patience more, and gets further', () => {
    const run = runOn(text, all);
    let best = 0;
    for (let times = 0; times < 4; times++) {
      const steps = untilItStops(run);
      assert.ok(steps >= 15, `${steps} epochs`);
      if (times > 0) assert.ok(run.epoch >= best + 15, `from epoch ${best} back to ${run.epoch}`);
      best = run.epoch;
      const again = train(runOn(text, { ...all, 'training.earlyStopping.patience': 0 }), best);
      assert.deepEqual(run.parameters(), again.parameters());
    }
  });

  it('that is switched off keeps no best epoch, and switched on again starts from there', () => {
    const off = { ...all, 'training.earlyStopping.patience': 0 };
    const run = train(runOn(text, all), 5);
    run.apply(off);
    train(run, 60);
    assert.deepEqual(run.state(), train(runOn(text, off), 60).state());
    run.apply(all);
    const steps = untilItStops(run);
    assert.ok(steps >= 15, `it stopped after ${steps} epochs`);
    assert.ok(run.epoch > 60, `it went back to epoch ${run.epoch}`);
  });

  it('goes on to the same bits after a reload, wherever that was', () => {
    const whole = runOn(text, all);
    untilItStops(whole);
    untilItStops(whole);
    const first = runOn(text, all);
    untilItStops(first);
    for (const more of [0, 3, 15, 17]) {
      const part = runOn(text, all, {
        ...{ epoch: first.epoch, parameters: first.parameters(), state: first.state(), interval: 1 },
      });
      train(part, first.epoch + more);
      const reloaded = runOn(text, all, {
        ...{ epoch: part.epoch, parameters: part.parameters(), state: part.state(), interval: 1 },
      });
      untilItStops(reloaded);
      assert.equal(reloaded.epoch, whole.epoch, `reloaded after ${more} epochs`);
      assert.deepEqual(reloaded.state(), whole.state());
    }
  });
});

describe('class weights', () => {
  it('balanced let a class of a few rows count as much as the others', () => {
    const lines = iris.trim().split('\n');
    const rare = [lines[0], ...lines.slice(1).filter((line, i) => !line.endsWith('setosa') || i % 10 === 0)];
    const costs = (weights: Settings['training.classWeights']) => {
      const all = settings({ 'training.classWeights': weights, 'model.initialization': 'zeros' });
      return runOn(rare.join('\n'), all).measure().trainCost;
    };
    // From zero every example costs ln 3; the weights have mean 1.
    assert.ok(Math.abs(costs('none') - Math.log(3)) < 1e-6);
    assert.ok(Math.abs(costs('balanced') - Math.log(3)) < 1e-6);
    const trained = (weights: Settings['training.classWeights']) =>
      train(runOn(rare.join('\n'), settings({ 'training.classWeights': weights })), 50).parameters();
    assert.notDeepEqual(trained('balanced'), trained('none'));
  });
});

describe('a training that diverges', () => {
  it('names epoch and layer and suggests a rate that is then stable', () => {
    const csv = `x,y\n${Array.from({ length: 60 }, (_, i) => `${i},${(i * 7) % 31}.5`).join('\n')}\n`;
    const all = settings({
      ...{ 'training.learningRate': 500, 'model.hiddenActivation': 'relu', 'data.target': 'y' },
    });
    const run = runOn(csv, all);
    let outcome = 'epoch';
    while (outcome === 'epoch') outcome = run.step(untilDone);
    assert.equal(outcome, 'diverged');
    const { diverged } = run;
    assert.ok(diverged);
    assert.equal(diverged.epoch, run.epoch + 1);
    assert.ok(diverged.layer === 1 || diverged.layer === 2);
    assert.equal(diverged.learningRate, 500);
    assert.ok(run.parameters().every(Number.isFinite));
    assert.ok(diverged.suggestedRate && diverged.suggestedRate < 500);
    const calm = runOn(csv, { ...all, 'training.learningRate': diverged.suggestedRate });
    for (let i = 0; i < 100; i++) assert.equal(calm.step(untilDone), 'epoch');
  });

  const wild = settings({
    'training.learningRate': 500,
    'model.hiddenActivation': 'relu',
    'model.initialization': 'smallRandom',
    'data.target': 'y',
  });
  const line = `x,y\n${Array.from({ length: 60 }, (_, i) => `${i},${(i * 7) % 31}.5`).join('\n')}\n`;

  it('suggests a rate for the weights of its classes', () => {
    // Of the rare class each row counts for many.
    const rows = Array.from(
      { length: 200 },
      (_, i) => `${i % 40 === 0 ? 90 + (i % 7) : (i % 13) / 13},${i % 40 === 0 ? 'x' : 'y'}`,
    );
    const rateOf = (weights: 'none' | 'balanced') => {
      const run = runOn(
        `a,label\n${rows.join('\n')}\n`,
        settings({
          ...{ 'training.learningRate': 30, 'training.classWeights': weights, 'data.standardize': false },
          ...{ 'model.hiddenActivation': 'leakyRelu', 'model.hiddenLayers': [8, 8, 8] },
        }),
      );
      for (let k = 0; k < 5000 && !run.diverged; k++) run.step(untilDone);
      return run.diverged?.suggestedRate;
    };
    const [light, heavy] = [rateOf('none'), rateOf('balanced')];
    assert.ok(light && heavy && heavy < light, `${heavy} beside ${light}`);
  });

  it('can be interrupted while a stable rate is looked for, and finds the same one', () => {
    const whole = runOn(line, wild);
    while (whole.step(untilDone) === 'epoch');
    const run = runOn(line, wild);
    train(run, whole.epoch);
    let slices = 0;
    let outcome = 'more';
    while (outcome === 'more') {
      outcome = run.step(() => true);
      slices++;
      if (slices > 10_000) throw new Error('it never ends');
    }
    assert.equal(outcome, 'diverged');
    assert.ok(slices > 30, `${slices} slices`);
    assert.deepEqual(run.diverged, whole.diverged);
    assert.deepEqual(run.parameters(), whole.parameters());
  });

  it('is not held to have diverged when the rate is edited while one is looked for', () => {
    const run = runOn(line, wild);
    const { epoch } = run;
    let outcome = run.step(untilDone);
    while (outcome === 'epoch') outcome = run.step(untilDone);
    const again = runOn(line, wild);
    train(again, run.epoch);
    for (let slice = 0; slice < 3; slice++)
      assert.equal(
        again.step(() => true),
        'more',
      );
    assert.equal(again.diverged, null);
    again.apply({ ...wild, 'training.learningRate': 1e-12 });
    while (again.epoch < epoch + 10) assert.equal(again.step(untilDone), 'epoch');
    assert.equal(again.diverged, null);
  });
});

describe('a memory budget', () => {
  for (const engine of ['simd', 'reference'] as const) {
    it(`that is too small is named with the numbers, before anything is allocated (${engine})`, () => {
      const all = settings({
        'training.engine': engine,
        'training.memoryBudget': 16,
        'model.hiddenLayers': [1024, 1024, 1024, 1024],
      });
      assert.throws(
        () => runOn(text, all),
        says(
          /A 2–1,024–1,024–1,024–1,024–1 network on 240 rows needs \d+ MB of memory; neuronLens\.training\.memoryBudget allows 16\./,
        ),
      );
    });
  }
});
