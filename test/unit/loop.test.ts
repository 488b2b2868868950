import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { Settings } from '../../src/settings/settings';
import { TrainingLoop } from '../../src/train/loop';
import type { Progress, Snapshot } from '../../src/train/progress';
import type { LoopStatus } from '../../src/train/runState';
import { FakeClock } from './fakeClock';
import { runOn } from './training';
import { course } from './course';

const xor = readFileSync('samples/xor.csv', 'utf8');

function start(
  settings: Partial<Settings>,
  restored: { readonly status: LoopStatus; readonly epochs: number } | null = null,
) {
  const clock = new FakeClock();
  const heard: Progress[] = [];
  const snapshots: Snapshot[] = [];
  const failures: unknown[] = [];
  const run = runOn(xor, { ...course, 'training.threads': 1, ...settings });
  const outbox = {
    progress: (progress: Progress) => void heard.push(progress),
    snapshot: (snapshot: Snapshot) => void snapshots.push(snapshot),
    failed: (error: unknown) => void failures.push(error),
  };
  const loop = new TrainingLoop(run, clock, outbox, restored);
  return { loop, clock, run, heard, snapshots, failures, last: () => heard[heard.length - 1] };
}

describe('the loop of a training', () => {
  it('trains to its last epoch, says so, and then does nothing more', () => {
    const { loop, clock, run, last } = start({ 'training.epochs': 300 });
    loop.resume();
    clock.pass(60_000);
    assert.equal(last().status, 'finished');
    assert.equal(last().measure.epoch, 300);
    clock.pass(60_000);
    assert.equal(run.epoch, 300);
  });

  it('goes as fast as the pace allows, and no burst follows a wait', () => {
    const { loop, clock, run } = start({ 'training.epochs': 100_000 });
    loop.setPace({ epochsPerSecond: 100, framesPerSecond: 20 });
    loop.resume();
    clock.pass(1000);
    assert.ok(run.epoch >= 80 && run.epoch <= 111, String(run.epoch));
    loop.pause();
    clock.pass(60_000);
    const before = run.epoch;
    loop.resume();
    clock.pass(1000);
    assert.ok(run.epoch - before <= 111, String(run.epoch - before));
  });

  it('ends in the same weights at every pace', () => {
    const weights = [0, 7, 100].map((epochsPerSecond) => {
      const { loop, clock, last } = start({ 'training.epochs': 50 });
      loop.setPace({ epochsPerSecond, framesPerSecond: 20 });
      loop.resume();
      clock.pass(20_000);
      assert.equal(last().status, 'finished');
      return last().parameters;
    });
    assert.deepEqual(weights[1], weights[0]);
    assert.deepEqual(weights[2], weights[0]);
  });

  it('has one progress on its way at a time', () => {
    const { loop, clock, heard } = start({ 'training.epochs': 10_000_000 });
    loop.setPace({ epochsPerSecond: 0, framesPerSecond: 20 });
    loop.resume();
    const first = heard.length;
    clock.pass(500);
    assert.equal(heard.length, first);
    loop.taken();
    clock.pass(500);
    assert.equal(heard.length, first + 1);
  });

  it('pauses, steps one epoch and resumes; every point of the curve is said once', () => {
    const { loop, clock, run, heard, last } = start({ 'training.epochs': 200 });
    loop.setPace({ epochsPerSecond: 100, framesPerSecond: 20 });
    loop.resume();
    clock.pass(300);
    loop.pause();
    assert.equal(last().status, 'paused');
    const at = run.epoch;
    loop.step();
    assert.equal(run.epoch, at + 1);
    assert.equal(last().status, 'paused');
    loop.resume();
    clock.pass(60_000);
    assert.equal(last().status, 'finished');
    const epochs = heard.flatMap(({ points }) => points.map(({ epoch }) => epoch));
    assert.deepEqual(
      epochs,
      Array.from({ length: 201 }, (_, epoch) => epoch),
    );
  });

  it('a step ends at a pause or a stop, as all else, also while a rate is looked for after it diverged', () => {
    for (const end of ['pause', 'stop'] as const) {
      const { loop, clock, run, last } = start({
        ...{ 'training.learningRate': 1e12, 'training.optimizer': 'gradientDescent', 'training.epochs': 50 },
        'model.hiddenActivation': 'relu',
      });
      // Two looks at the clock are a slice: an epoch of so small a table fits into one, a search for a rate does not.
      clock.lookMs = 5;
      for (let k = 0; k < 50 && loop.status === 'paused'; k++) loop.step();
      assert.equal(loop.status, 'running', 'it has diverged, and looks for a rate');
      loop[end]();
      assert.equal(last().status, end === 'pause' ? 'paused' : 'stopped');
      const { epoch } = run;
      clock.pass(60_000);
      assert.deepEqual([loop.status, run.epoch], [end === 'pause' ? 'paused' : 'stopped', epoch]);
    }
  });

  it('says an edit as what it changed and at which epoch, with what auto stands for', () => {
    const { loop, run, last } = start({ 'training.epochs': 200 });
    loop.step();
    loop.apply({ ...run.settings, 'training.learningRate': 0.5 }, 150);
    const changes = [
      { key: 'training.learningRate', before: 1.2, after: 0.5 },
      { key: 'training.epochs', before: 200, after: 150 },
    ];
    assert.deepEqual(last().marks, [{ kind: 'edit', epoch: 1, changes }]);
    assert.equal(last().live['training.learningRate'], 0.5);
    assert.equal(last().learningRate, 0.5);
  });

  it('goes on to its end where it is told of fewer epochs than are done, and takes the rest of the edit', () => {
    const { loop, run, clock, last } = start({ 'training.epochs': 2000 });
    loop.setPace({ epochsPerSecond: 100, framesPerSecond: 20 });
    loop.resume();
    clock.pass(500);
    assert.ok(run.epoch > 10 && run.epoch < 100);
    loop.apply(
      { ...run.settings, 'training.epochs': run.epoch - 1, 'training.learningRate': 0.5 },
      run.epoch - 1,
    );
    assert.deepEqual([last().status, last().epochs], ['running', 2000]);
    assert.deepEqual([last().live['training.epochs'], last().live['training.learningRate']], [2000, 0.5]);
    loop.apply({ ...run.acting, 'training.epochs': run.epoch }, run.epoch);
    assert.deepEqual(
      [last().status, last().epochs, last().measure.epoch],
      ['finished', run.epoch, run.epoch],
    );
  });

  it('continues for as many epochs as it is told', () => {
    const { loop, clock, last } = start({ 'training.epochs': 20 });
    loop.resume();
    clock.pass(1000);
    loop.continue(30);
    clock.pass(1000);
    assert.equal(last().status, 'finished');
    assert.equal(last().measure.epoch, 50);
  });

  it('gives what going on needs, of the same epoch as the progress before it', () => {
    const { loop, clock, snapshots, last } = start({ 'training.epochs': 10_000_000 });
    loop.resume();
    clock.pass(100);
    loop.snapshot();
    clock.pass(100);
    assert.equal(snapshots.length, 1);
    assert.equal(snapshots[0].epoch, last().measure.epoch);
    assert.deepEqual(snapshots[0].parameters, last().parameters);
  });

  it('says the first measure of a fresh run, and not again that of a restored one', () => {
    const fresh = start({});
    fresh.loop.report();
    assert.deepEqual(
      fresh.last().points.map(({ epoch }) => epoch),
      [0],
    );
    const restored = start({}, { status: 'finished', epochs: 77 });
    restored.loop.report();
    assert.deepEqual(restored.last().points, []);
    assert.equal(restored.last().status, 'finished');
    assert.equal(restored.last().epochs, 77);
  });

  it('goes back in the curve where it stops early', () => {
    const text = readFileSync('samples/moons.csv', 'utf8');
    const clock = new FakeClock();
    const heard: Progress[] = [];
    const settings: Settings = {
      ...course,
      ...{ 'training.learningRate': 5, 'training.earlyStopping.patience': 20, 'training.epochs': 5000 },
    };
    const loop = new TrainingLoop(runOn(text, settings), clock, {
      progress: (progress) => {
        heard.push(progress);
        loop.taken();
      },
      snapshot: () => undefined,
      failed: (error) => assert.fail(String(error)),
    });
    loop.resume();
    clock.pass(600_000);
    const last = heard[heard.length - 1];
    const mark = last.marks.find(({ kind }) => kind === 'stoppedEarly');
    assert.ok(mark?.kind === 'stoppedEarly', JSON.stringify(last.marks));
    assert.equal(last.backTo, last.measure.epoch);
    assert.equal(mark.epoch, last.measure.epoch);
    assert.ok(mark.at > mark.epoch);
    assert.ok(last.points.every(({ epoch }) => epoch <= mark.epoch));
  });
});
