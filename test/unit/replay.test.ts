import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { untilDone } from '../../src/core/trainer';
import { optimizers } from '../../src/core/optimizer';
import { schedules } from '../../src/core/schedule';
import type { Settings } from '../../src/settings/settings';
import { TrainingLoop } from '../../src/train/loop';
import type { Mark } from '../../src/train/marks';
import { Replay } from '../../src/train/replay';
import { copyOf } from '../../src/train/respondent';
import type { TrainingRun } from '../../src/train/run';
import { Snapshots, type Kept } from '../../src/train/snapshots';
import { Timeline } from '../../src/train/timeline';
import { runOn } from './training';
import { course } from './course';

const moons = readFileSync('samples/moons.csv', 'utf8');

/** A loop that trains as far as it is told, within one call. */
class Driven {
  readonly loop: TrainingLoop;
  readonly marks: Mark[] = [];
  private readonly tasks: (() => void)[] = [];
  private time = 0;

  constructor(run: TrainingRun, restored: ConstructorParameters<typeof TrainingLoop>[3] = null) {
    const clock = {
      now: () => this.time++,
      soon: (task: () => void) => void this.tasks.push(task),
      later: (task: () => void) => void this.tasks.push(task),
    };
    this.loop = new TrainingLoop(
      run,
      clock,
      {
        progress: ({ marks }) => {
          this.marks.push(...marks);
          this.loop?.taken();
        },
        snapshot: () => undefined,
        failed: (error) => {
          throw error;
        },
      },
      restored,
    );
  }

  /** Trains up to an epoch, or until it ends. */
  trainTo(epoch: number): void {
    const { loop } = this;
    if (loop.run.epoch >= epoch) return;
    loop.continue(epoch - loop.run.epoch);
    for (let task = this.tasks.shift(); task; task = this.tasks.shift()) task();
  }
}

/** A training in which `auto` stands for a patience of 3 epochs, which is short enough for it to stop. */
function begun(settings: Settings): TrainingRun {
  const fresh = runOn(moons, settings);
  const automatic = { ...fresh.automatic, 'training.earlyStopping.patience': 3 };
  return runOn(moons, settings, { ...startOf(fresh), interval: 1, automatic });
}

/** What a fresh training came to after each epoch that counts in the end. */
function statesOf(settings: Settings, edits: readonly Edit[], last: number) {
  const driven = new Driven(begun(settings));
  const states = new Map<number, Float64Array>([[0, driven.loop.run.parameters()]]);
  let acting = settings;
  const { loop } = driven;
  for (const { epoch, changed } of [...edits, { epoch: last, changed: {} }]) {
    for (let guard = 0; loop.run.epoch < epoch && guard < 500; guard++) {
      driven.trainTo(loop.run.epoch + 1);
      states.set(loop.run.epoch, loop.run.parameters());
    }
    acting = { ...acting, ...changed };
    loop.apply(acting, loop.run.epochs);
  }
  const end = loop.run.epoch;
  for (const epoch of states.keys()) if (epoch > end) states.delete(epoch);
  return { driven, states, acting, end };
}

interface Edit {
  readonly epoch: number;
  readonly changed: Partial<Settings>;
}

const anyChange: fc.Arbitrary<Partial<Settings>> = fc.oneof(
  fc.record({ 'training.learningRate': fc.constantFrom(0.01, 0.1, 0.5, 'auto' as const) }),
  fc.record({ 'training.batchSize': fc.constantFrom(0, 7, 32, 200) }),
  fc.record({ 'training.momentum': fc.constantFrom(0, 0.5, 0.9) }),
  fc.record({ 'training.l1': fc.constantFrom(0, 0.001), 'training.l2': fc.constantFrom(0, 0.01) }),
  fc.record({
    'training.learningRateSchedule': fc.constantFrom(...schedules),
    'training.learningRateDecay': fc.constantFrom(0.01, 0.2),
  }),
  fc.record({ 'training.earlyStopping.patience': fc.constantFrom(0, 2, 4, 'auto' as const) }),
);

const anyTraining = fc.record({
  settings: fc.record({
    'training.optimizer': fc.constantFrom(...optimizers),
    'training.batchSize': fc.constantFrom(0, 16, 33),
    'training.learningRate': fc.constantFrom(0.02, 0.1, 'auto' as const),
    'training.earlyStopping.patience': fc.constantFrom(0, 0, 3, 'auto' as const, 'auto' as const),
    'training.seed': fc.integer({ min: 1, max: 50 }),
    'training.engine': fc.constantFrom('simd' as const, 'reference' as const),
    'model.hiddenLayers': fc.constantFrom<number[]>([3], [5, 2]),
  }),
  edits: fc.array(fc.record({ epoch: fc.integer({ min: 0, max: 38 }), changed: anyChange }), {
    maxLength: 5,
  }),
  /** Which of the snapshots are there. */
  every: fc.integer({ min: 1, max: 60 }),
});

describe('replaying a training', () => {
  it('comes to the same bits at every epoch, whatever was edited on the way and wherever it starts', () => {
    fc.assert(
      fc.property(anyTraining, ({ settings: changed, edits, every }) => {
        const settings: Settings = { ...course, ...changed, 'training.epochs': 40 };
        const sorted = edits.toSorted((a, b) => a.epoch - b.epoch);
        const { driven, states, acting, end } = statesOf(settings, sorted, 40);
        const { loop } = driven;
        const copy = copyOf(loop.run);
        // As the trainer of a run that was kept finds them: from the marks alone.
        const told = Timeline.upTo(acting, driven.marks);
        let calls = 0;
        for (let epoch = 0; epoch <= end; epoch += 1 + (calls % 3)) {
          const kept = loop.snapshots.before(epoch);
          assert.ok(kept);
          const nearest = new Replay(copy, loop.timeline, kept, epoch).advance(untilDone);
          assert.deepEqual(nearest?.parameters, states.get(epoch), `epoch ${epoch}, from ${kept.epoch}`);
          const first: Kept = { ...kept, ...startOf(loop.run), marks: 0 };
          const replay = new Replay(copy, told, first, epoch);
          let found = replay.advance(() => ++calls % every === 0);
          while (!found) found = replay.advance(() => ++calls % every === 0);
          assert.deepEqual(found.parameters, states.get(epoch), `epoch ${epoch}, from the first`);
        }
      }),
      { numRuns: 30 },
    );
  });

  it('goes both ways of a training that stopped early and went on', () => {
    const settings: Settings = {
      ...{
        ...course,
        'training.optimizer': 'adam',
        'training.learningRate': 0.3,
        'training.batchSize': 16,
      },
      ...{ 'training.earlyStopping.patience': 3, 'model.hiddenLayers': [8], 'training.epochs': 200 },
    };
    const driven = new Driven(begun(settings));
    const { loop } = driven;
    const states = new Map<number, Float64Array>();
    const stops: number[] = [];
    while (stops.length < 2) {
      const before = loop.run.epoch;
      driven.trainTo(before + 1);
      if (loop.run.epoch <= before) stops.push(before + 1);
      states.set(loop.run.epoch, loop.run.parameters());
    }
    const [back] = driven.marks.filter(({ kind }) => kind === 'stoppedEarly');
    assert.ok(loop.run.epoch > back.epoch, 'the second way leads further');
    const copy = copyOf(loop.run);
    for (const epoch of [1, back.epoch, back.epoch + 1, loop.run.epoch]) {
      const first: Kept = { ...startOf(loop.run), marks: 0, seen: null };
      const found = new Replay(copy, loop.timeline, first, epoch).advance(untilDone);
      assert.deepEqual(found?.parameters, states.get(epoch), `epoch ${epoch}`);
    }
  });

  it('says how far it is', () => {
    const loop = new Driven(runOn(moons, { ...course, 'training.batchSize': 16 })).loop;
    const kept = loop.snapshots.before(0);
    assert.ok(kept);
    const replay = new Replay(copyOf(loop.run), loop.timeline, kept, 50);
    const shares: number[] = [replay.share];
    while (!replay.advance(() => true)) shares.push(replay.share);
    assert.ok(shares[0] === 0 && shares.every((share, k) => share >= (shares[k - 1] ?? 0) && share <= 1));
    assert.ok(shares.length > 10);
    assert.equal(replay.share, 1);
  });

  it('does not guess where an edit was not kept', () => {
    const { loop } = new Driven(runOn(moons, course));
    const timeline = new Timeline(course, [{ kind: 'note', epoch: 3, text: 'learning rate 1 → 2' }]);
    const kept = loop.snapshots.before(0);
    assert.ok(kept);
    assert.throws(() => new Replay(copyOf(loop.run), timeline, kept, 4).advance(untilDone), /old edits/);
    assert.equal(new Replay(copyOf(loop.run), timeline, kept, 2).advance(untilDone)?.epoch, 2);
  });
});

const startOf = (run: TrainingRun) => ({
  ...{ epoch: 0, parameters: copyOf(run).parameters(), state: new Float64Array() },
});

describe('the snapshots of a training', () => {
  const snapshot = (epoch: number, numbers = 10): Kept => ({
    ...{ epoch, parameters: new Float64Array(numbers), state: new Float64Array(2 * numbers) },
    ...{ marks: 0, seen: null },
  });
  const kept = (last: number, budget?: number, numbers = 10) => {
    const snapshots = new Snapshots(budget);
    for (let epoch = 0; epoch <= last; epoch = snapshots.nextWanted(epoch))
      snapshots.add(snapshot(epoch, numbers));
    return snapshots;
  };

  it('are as many and as even at any length as their memory allows', () => {
    for (const last of [0, 5, 1000, 5000, 1_000_000]) {
      const { epochs } = kept(last);
      assert.ok(epochs.length <= 1024, String(epochs.length));
      assert.ok(last < 1024 ? epochs.length === last + 1 : epochs.length > 400, String(epochs.length));
      const gaps = new Set(epochs.slice(1).map((epoch, k) => epoch - epochs[k]));
      assert.ok(gaps.size <= 1, 'evenly');
    }
    const { epochs } = kept(10_000, 240 * 50);
    assert.ok(epochs.length <= 50 && epochs.length > 20, String(epochs.length));
    assert.equal(epochs[0], 0);
    assert.ok(kept(100, 1).epochs.length >= 2, 'a few whatever they take');
  });

  it('keep those at edits while they are few, and always the first and where it went back', () => {
    const snapshots = new Snapshots(240 * 40);
    const add = (epoch: number, reason?: 'edit' | 'always') => snapshots.add(snapshot(epoch), reason);
    for (let epoch = 0; epoch < 1000; epoch++) {
      if (epoch === 333) add(epoch, 'edit');
      else if (epoch === 555) add(epoch, 'always');
      else if (snapshots.wants(epoch)) add(epoch);
    }
    assert.ok([0, 333, 555].every((epoch) => snapshots.epochs.includes(epoch)));
    // Somebody who drags a slider edits at every epoch.
    for (let epoch = 1000; epoch < 2000; epoch++) add(epoch, 'edit');
    assert.ok(snapshots.epochs.length <= 40, String(snapshots.epochs.length));
    assert.ok([0, 555].every((epoch) => snapshots.epochs.includes(epoch)));
  });

  it('find the last before an epoch and the nearest, and forget what was gone back behind', () => {
    const snapshots = kept(5000);
    assert.equal(snapshots.before(4999)?.epoch, 4992);
    assert.equal(snapshots.nearest(4999)?.epoch, 5000);
    snapshots.cutBack(3000);
    assert.equal(snapshots.epochs.at(-1), 3000);
    assert.equal(new Snapshots().before(3), null);
  });

  it('has one of an epoch: the latest', () => {
    const snapshots = new Snapshots();
    snapshots.add(snapshot(0));
    snapshots.add({ ...snapshot(0), marks: 2 }, 'edit');
    assert.deepEqual(snapshots.epochs, [0]);
    assert.equal(snapshots.before(0)?.marks, 2);
  });
});
