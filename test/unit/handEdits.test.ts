import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { cost, forward, propagation } from '../../src/core/equations';
import { matrix } from '../../src/core/matrix';
import { parameterCount, unflatten, type Network } from '../../src/core/network';
import { optimizers, type EpochOptions, type Optimizer } from '../../src/core/optimizer';
import { parameterIndex, parameterName, parameterPlace, unitIndices } from '../../src/core/parameterIndex';
import { random } from '../../src/core/random';
import { ReferenceTrainer } from '../../src/core/reference';
import { untilDone, type Trainer } from '../../src/core/trainer';
import { examples } from '../../src/data/examples';
import { UserError } from '../../src/data/userError';
import { shownMarks } from '../../src/host/trainingText';
import { SimdTrainer, type SimdOptions } from '../../src/kernel/simdTrainer';
import { parse, serialize } from '../../src/runs/record';
import type { Settings } from '../../src/settings/settings';
import { startHelpers } from '../../src/threads/pool';
import { addMark, frozenAfter, lastByHand, type HandEdit } from '../../src/core/handEdits';
import { TrainingLoop } from '../../src/train/loop';
import type { Mark } from '../../src/train/marks';
import { Replay } from '../../src/train/replay';
import { copyOf } from '../../src/train/respondent';
import { TrainingRun } from '../../src/train/run';
import type { Kept } from '../../src/train/snapshots';
import { Timeline } from '../../src/train/timeline';
import { plain, runOn } from './training';
import { TestWorld, until } from './sessionWorld';
import { course } from './course';

const moons = readFileSync('samples/moons.csv', 'utf8');

// ------------------------------------------------------------------------------------- frozen parameters

const network: Network = { sizes: [3, 5, 4, 1], hidden: 'tanh', output: 'sigmoid' };
const M = 150;

function problemOf({ sizes }: Network, m: number) {
  const { normal } = random(5, 'sample');
  const X = matrix(sizes[0], m);
  X.data.forEach((_, k) => (X.data[k] = Math.fround(normal())));
  const Y = matrix(1, m);
  Y.data.forEach((_, j) => (Y.data[j] = Number(X.data[j] + 0.3 * normal() > 0)));
  const stream = random(9, 'weights');
  const initial = Float64Array.from(
    { length: parameterCount({ sizes, hidden: 'tanh', output: 'sigmoid' }) },
    () => Math.fround(0.4 * stream.normal()),
  );
  return { examples: { X, Y }, initial };
}

const { examples: train, initial } = problemOf(network, M);
const fast = (optimizer: Optimizer, options: SimdOptions = {}) =>
  new SimdTrainer(network, initial, train, null, { optimizer, seed: 3, ...options });
const slow = (optimizer: Optimizer) =>
  new ReferenceTrainer(network, unflatten(network, initial), train, null, optimizer, 3);

function epochs(trainer: Trainer, how: EpochOptions, count: number, shouldYield = untilDone): void {
  const ahead = {
    most: count,
    learningRate: () => how.learningRate,
    wants: () => false,
    measured: () => undefined,
  };
  const last = trainer.epoch + count;
  while (trainer.epoch < last) {
    const outcome = trainer.advance(how, shouldYield, { ...ahead, most: last - trainer.epoch });
    assert.ok(outcome === 'epoch' || outcome === 'more', 'diverged');
  }
}

/** The moments of parameters: of each array those with these indices. */
function momentsOf(trainer: Trainer, indices: readonly number[]): number[] {
  const count = initial.length;
  const moments = trainer.state().slice(1);
  const arrays = moments.length / count;
  return Array.from({ length: arrays }, (_, a) => indices.map((k) => moments[a * count + k])).flat();
}

const ways = fc.record({
  optimizer: fc.constantFrom(...optimizers),
  batchSize: fc.constantFrom(0, 1, 7, 32, 149, 150, 400),
  l1: fc.constantFrom(0, 0.01),
  l2: fc.constantFrom(0, 0.05),
  frozen: fc.uniqueArray(fc.integer({ min: 0, max: initial.length - 1 }), { maxLength: initial.length }),
});

describe('frozen parameters', () => {
  it('are touched by no update, nor are their moments, and the others learn as the reference has it', () => {
    fc.assert(
      fc.property(ways, ({ optimizer, frozen, ...rest }) => {
        const how: EpochOptions = { ...plain(0.02), ...rest, frozen: new Set(frozen) };
        const [engine, reference] = [fast(optimizer), slow(optimizer)];
        // With moments that are not 0.
        for (const trainer of [engine, reference]) epochs(trainer, { ...plain(0.02), ...rest }, 2);
        const at = (trainer: Trainer) => frozen.map((k) => trainer.parameters()[k]);
        for (const trainer of [engine, reference]) {
          const before = { values: at(trainer), moments: momentsOf(trainer, frozen) };
          epochs(trainer, how, 5);
          assert.deepEqual({ values: at(trainer), moments: momentsOf(trainer, frozen) }, before);
        }
        const [is, shall] = [engine.parameters(), reference.parameters()];
        const learning = is.findIndex((_, k) => !frozen.includes(k));
        if (learning >= 0) assert.notEqual(is[learning], initial[learning]);
        // Beside the kink of |w| float32 may step to the other side.
        if (rest.l1 > 0) return;
        const steps = 7 * (how.batchSize === 0 ? 1 : Math.ceil(M / how.batchSize));
        const most = 1e-5 * steps * (optimizer === 'adam' ? 20 : 1);
        is.forEach((w, k) => assert.ok(Math.abs(w - shall[k]) < most, `${k}: ${w}, not ${shall[k]}`));
      }),
      { numRuns: 30 },
    );
  });

  it('change no bit of the training while there are none, however it was before', () => {
    for (const optimizer of optimizers)
      for (const batchSize of [0, 16]) {
        const how = { ...plain(0.02), batchSize };
        const [with_, without] = [fast(optimizer), fast(optimizer)];
        epochs(with_, { ...how, frozen: new Set([1, 2]) }, 3);
        with_.restore(0, initial, Float64Array.of(0));
        epochs(with_, { ...how, frozen: new Set<number>() }, 6);
        epochs(without, how, 6);
        assert.deepEqual(with_.parameters(), without.parameters());
        assert.deepEqual(with_.state(), without.state());
      }
  });

  it('come to the same bits however often interrupted, and an epoch that is given up leaves nothing', () => {
    for (const batchSize of [0, 16]) {
      const how = { ...plain(0.02), batchSize, frozen: new Set(unitIndices(network, 1, 2)) };
      const [whole, torn] = [fast('adam'), fast('adam', { machine: { slice: 1 } })];
      epochs(whole, how, 6);
      let calls = 0;
      epochs(torn, how, 3, () => ++calls % 3 === 0);
      torn.advance(how, () => true);
      torn.rest();
      epochs(torn, how, 3, () => ++calls % 2 === 0);
      assert.deepEqual(torn.parameters(), whole.parameters());
      assert.deepEqual(torn.state(), whole.state());
    }
  });

  it('come to the same bits on one thread and on several', () => {
    const large: Network = { sizes: [20, 32, 1], hidden: 'tanh', output: 'sigmoid' };
    const problem = problemOf(large, 4000);
    const frozen = new Set([
      ...unitIndices(large, 1, 7),
      parameterIndex(large, { layer: 2, unit: 0, input: 3 }),
    ]);
    for (const batchSize of [0, 1000]) {
      const of = (threads: number) => {
        const trainer = new SimdTrainer(large, problem.initial, problem.examples, null, {
          ...{ optimizer: 'nesterov', seed: 3, threads },
          startHelpers: startHelpers(path.resolve('out', 'programs', 'helper.js')),
        });
        epochs(trainer, { ...plain(0.02), batchSize, frozen }, 4);
        const found = [trainer.parameters(), trainer.state()];
        trainer.dispose();
        return found;
      };
      const one = of(1);
      assert.deepEqual(of(3), one);
      frozen.forEach((k) => assert.equal(one[0][k], problem.initial[k]));
    }
  });
});

describe('the index of a parameter', () => {
  it('is where `flatten` puts it, and back', () => {
    const parameters = unflatten(
      network,
      Float64Array.from(initial, (_, k) => k),
    );
    parameters.forEach(({ W, b }, l) => {
      W.data.forEach((index, k) => {
        const place = { layer: l + 1, unit: Math.floor(k / W.cols), input: k % W.cols };
        assert.equal(parameterIndex(network, place), index);
        assert.deepEqual(parameterPlace(network, index), place);
      });
      b.forEach((index, unit) => {
        assert.equal(parameterIndex(network, { layer: l + 1, unit, input: null }), index);
        assert.deepEqual(parameterPlace(network, index), { layer: l + 1, unit, input: null });
      });
    });
    const [{ W, b }] = parameters;
    assert.deepEqual(unitIndices(network, 1, 4), [...W.data.slice(12, 15), b[4]]);
    assert.equal(parameterName({ layer: 1, unit: 1, input: 2 }), 'W[1](2,3)');
    assert.equal(parameterName({ layer: 2, unit: 0, input: null }), 'b[2](1)');
  });

  it('is none of what is not there', () => {
    for (const place of [
      ...[
        { layer: 0, unit: 0, input: 0 },
        { layer: 4, unit: 0, input: 0 },
      ],
      ...[
        { layer: 1, unit: 5, input: 0 },
        { layer: 1, unit: 0, input: 3 },
        { layer: 1, unit: 0.5, input: null },
      ],
    ])
      assert.throws(() => parameterIndex(network, place), RangeError);
    assert.equal(parameterPlace(network, initial.length), null);
    assert.equal(parameterPlace(network, -1), null);
  });
});

// ------------------------------------------------------------------------------------- edits of a training

/** A loop that trains as far as it is told, within one call. */
class Driven {
  readonly loop: TrainingLoop;
  readonly marks: Mark[] = [];
  private readonly tasks: (() => void)[] = [];
  private time = 0;

  constructor(run: TrainingRun) {
    const clock = {
      now: () => this.time++,
      soon: (task: () => void) => void this.tasks.push(task),
      later: (task: () => void) => void this.tasks.push(task),
    };
    this.loop = new TrainingLoop(run, clock, {
      progress: ({ marks }) => {
        marks.forEach((mark) => addMark(this.marks, mark));
        this.loop?.taken();
      },
      snapshot: () => undefined,
      failed: (error) => {
        throw error;
      },
    });
  }

  trainTo(epoch: number): void {
    const { loop } = this;
    if (loop.run.epoch >= epoch) return;
    loop.continue(epoch - loop.run.epoch);
    for (let task = this.tasks.shift(); task; task = this.tasks.shift()) task();
  }
}

const firstOf = (run: TrainingRun): Kept => ({
  ...{ epoch: 0, parameters: copyOf(run).parameters(), state: new Float64Array(), marks: 0, seen: null },
});

const SIZES = [2, 3, 1];
const COUNT = 3 * 3 + 4;

const anyEdit: fc.Arbitrary<HandEdit> = fc.oneof(
  fc.record({
    kind: fc.constant('set' as const),
    index: fc.integer({ min: 0, max: COUNT - 1 }),
    value: fc.double({ min: -3, max: 3, noNaN: true }),
  }),
  fc.record({
    kind: fc.constant('freeze' as const),
    indices: fc.constantFrom(
      ...[unitIndices({ sizes: SIZES }, 1, 0), unitIndices({ sizes: SIZES }, 1, 2), [12], [0, 5]],
    ),
    frozen: fc.boolean(),
  }),
  fc.constant({ kind: 'undo' as const }),
);

const anyTraining = fc.record({
  settings: fc.record({
    'training.optimizer': fc.constantFrom(...optimizers),
    'training.batchSize': fc.constantFrom(0, 16, 33),
    'training.earlyStopping.patience': fc.constantFrom(0, 0, 2),
    'training.l2': fc.constantFrom(0, 0.01),
    'training.engine': fc.constantFrom('simd' as const, 'reference' as const),
  }),
  edits: fc.array(
    fc.record({
      epoch: fc.integer({ min: 0, max: 28 }),
      edit: anyEdit,
      drag: fc.integer({ min: 0, max: 3 }),
      rate: fc.constantFrom(null, null, 0.02, 0.1),
    }),
    { maxLength: 8 },
  ),
});

describe('weights that are changed by hand', () => {
  it('are replayed to the bit, with what was frozen and the settings edits between', () => {
    fc.assert(
      fc.property(anyTraining, ({ settings: changed, edits }) => {
        const settings: Settings = {
          ...{ ...course, ...changed, 'model.hiddenLayers': [3] },
          ...{ 'training.learningRate': 0.05, 'training.epochs': 30 },
        };
        const driven = new Driven(runOn(moons, settings));
        const { loop } = driven;
        const states = new Map([[0, loop.run.parameters()]]);
        let acting = settings;
        for (const { epoch, edit, drag, rate } of [
          ...edits.toSorted((a, b) => a.epoch - b.epoch),
          { epoch: 30, edit: null, drag: 0, rate: null },
        ]) {
          for (let guard = 0; loop.run.epoch < epoch && guard < 300; guard++) {
            driven.trainTo(loop.run.epoch + 1);
            states.set(loop.run.epoch, loop.run.parameters());
          }
          if (rate !== null)
            loop.apply((acting = { ...acting, 'training.learningRate': rate }), loop.run.epochs);
          if (!edit || (edit.kind === 'undo' && !loop.timeline.lastByHand)) continue;
          loop.editByHand(edit, drag);
          states.set(loop.run.epoch, loop.run.parameters());
        }
        const end = loop.run.epoch;
        assert.equal(driven.marks.length, loop.timeline.length, 'the host counts as the trainer does');
        // As it comes out of a record.
        const kept = JSON.parse(JSON.stringify(driven.marks)) as Mark[];
        const told = Timeline.upTo(acting, kept);
        const copy = copyOf(loop.run);
        for (const [epoch, parameters] of states) {
          if (epoch > end) continue;
          const near = loop.snapshots.before(epoch);
          assert.ok(near);
          assert.deepEqual(
            new Replay(copy, loop.timeline, near, epoch).advance(untilDone)?.parameters,
            parameters,
          );
          const far = new Replay(copy, told, firstOf(loop.run), epoch).advance(untilDone);
          assert.deepEqual(far?.parameters, parameters, `epoch ${epoch} from the first`);
        }
        assert.deepEqual(frozenAfter(kept), loop.run.frozen);
      }),
      { numRuns: 15 },
    );
  });

  it('have the cost that the float64 equations have, and the curve goes on from it', () => {
    const driven = new Driven(runOn(moons, { ...course, 'model.hiddenLayers': [3] }));
    const { loop } = driven;
    driven.trainTo(10);
    const before = loop.run.measure().trainCost;
    loop.editByHand({ kind: 'set', index: 4, value: 1.2345678901 });
    const { run } = loop;
    assert.equal(run.parameters()[4], Math.fround(1.2345678901));
    const { X, Y } = examples(run.dataset, run.dataset.train);
    const p = propagation(run.network, X);
    forward(p, unflatten(run.network, run.parameters()));
    assert.ok(Math.abs(cost(p, Y) - run.measure().trainCost) < 1e-6);
    assert.notEqual(run.measure().trainCost, before);
    const last = run.history.points.at(-1);
    assert.equal(last?.trainCost, run.measure().trainCost);
    assert.equal(Math.max(before, run.measure().trainCost), last.highestTrainCost);
    assert.equal(run.epoch, 10);
  });

  it('are taken back one edit after the other, a drag at once', () => {
    const driven = new Driven(runOn(moons, { ...course, 'model.hiddenLayers': [3] }));
    const { loop, marks } = driven;
    driven.trainTo(5);
    const first = loop.run.parameters();
    loop.editByHand({ kind: 'set', index: 0, value: 1 }, 0);
    for (const value of [2, 3, 4]) loop.editByHand({ kind: 'set', index: 1, value }, 1);
    loop.editByHand({ kind: 'freeze', indices: [0, 1], frozen: true }, 2);
    assert.equal(marks.length, 3);
    const texts = () => shownMarks(marks, loop.run.network).map(({ text }) => text);
    assert.match(texts()[1], /^W\[1\]\(1,2\) -?[\d.]+ → 4$/);
    assert.equal(texts()[2], '2 weights of unit 1 of layer 1 frozen');
    loop.editByHand({ kind: 'undo' }, 3);
    assert.equal(loop.run.frozen.size, 0);
    loop.editByHand({ kind: 'undo' }, 4);
    assert.deepEqual([loop.run.parameters()[0], loop.run.parameters()[1]], [1, first[1]]);
    assert.equal(texts().length, 1, 'what was taken back at once is no mark on the curve');
    driven.trainTo(6);
    loop.editByHand({ kind: 'undo' }, 5);
    assert.equal(loop.run.parameters()[0], first[0]);
    assert.match(texts()[1], /→ .*, taken back$/);
    assert.equal(lastByHand(marks), null);
    assert.throws(() => loop.editByHand({ kind: 'undo' }), UserError);
  });

  it('are refused where the cost would be no number, and while the training runs', () => {
    const { loop } = new Driven(runOn(moons, { ...course, 'model.hiddenActivation': 'relu' }));
    const before = [loop.run.parameters(), loop.run.measure()];
    for (const value of [NaN, Infinity, 1e39])
      assert.throws(() => loop.editByHand({ kind: 'set', index: 0, value }), UserError);
    assert.deepEqual([loop.run.parameters(), loop.run.measure()], before);
    assert.equal(loop.timeline.length, 0);
    assert.throws(() => loop.editByHand({ kind: 'set', index: 10_000, value: 1 }), RangeError);
    loop.resume();
    assert.throws(() => loop.editByHand({ kind: 'set', index: 0, value: 1 }), /edited-while-running|pause/i);
  });

  it('are not undone by early stopping: the best epoch before an edit counts no more', () => {
    const settings: Settings = {
      ...{ ...course, 'training.optimizer': 'adam', 'training.learningRate': 0.3, 'training.epochs': 500 },
      ...{ 'training.earlyStopping.patience': 3, 'model.hiddenLayers': [8], 'training.batchSize': 16 },
    };
    const driven = new Driven(runOn(moons, settings));
    const { loop } = driven;
    driven.trainTo(2);
    const unit = unitIndices(loop.run.network, 1, 3);
    loop.editByHand({ kind: 'set', index: unit[0], value: 0.5 });
    loop.editByHand({ kind: 'freeze', indices: unit, frozen: true });
    const held = unit.map((index) => loop.run.parameters()[index]);
    driven.trainTo(400);
    const stop = driven.marks.find(({ kind }) => kind === 'stoppedEarly');
    assert.ok(stop && stop.epoch > 2, 'it stopped, and went back to an epoch behind the edit');
    assert.equal(loop.run.epoch, stop.epoch);
    assert.deepEqual(
      unit.map((index) => loop.run.parameters()[index]),
      held,
    );
  });

  it('stay frozen when the run gets another number of threads', () => {
    const driven = new Driven(runOn(moons, { ...course, 'model.hiddenLayers': [3] }));
    const { loop } = driven;
    driven.trainTo(4);
    loop.editByHand({ kind: 'freeze', indices: [0, 5], frozen: true });
    const held = [0, 5].map((index) => loop.run.parameters()[index]);
    loop.replace((run, start) => {
      const { automatic, history } = run;
      return new TrainingRun(run.dataset, run.acting, { ...start, automatic, interval: history.interval });
    });
    driven.trainTo(9);
    assert.deepEqual(
      [0, 5].map((index) => loop.run.parameters()[index]),
      held,
    );
    const first = firstOf(loop.run);
    const again = new Replay(copyOf(loop.run), loop.timeline, first, 9).advance(untilDone);
    assert.deepEqual(again?.parameters, loop.run.parameters());
  });

  it('let a training go on that had diverged', () => {
    const settings: Settings = {
      ...{ ...course, 'training.learningRate': 1e30, 'model.hiddenLayers': [] },
      ...{ 'model.hiddenActivation': 'linear', 'training.epochs': 50 },
    };
    const driven = new Driven(runOn('x,y\n1,2.5\n2,3.7\n3,6.1\n4,8.3\n5,9.9\n6,12.2\n', settings));
    driven.trainTo(50);
    const { loop } = driven;
    assert.equal(loop.status, 'diverged');
    loop.editByHand({ kind: 'freeze', indices: [0, 1], frozen: true });
    assert.equal(loop.status, 'paused');
    assert.equal(loop.run.diverged, null);
  });
});

const FILE = 'file:///data/xor.csv';

describe('a session whose weights are changed by hand', () => {
  it('keeps the edits, goes on with them after a restart, and branches with them', async () => {
    const world = new TestWorld();
    const session = await world.finished(FILE, { 'training.epochs': 20, 'training.optimizer': 'adam' });
    assert.ok(session.network && session.parameters);
    const unit = unitIndices(session.network, 1, 0);
    await session.editByHand({ kind: 'set', index: unit[0], value: 0.25 });
    await session.editByHand({ kind: 'freeze', indices: unit, frozen: true });
    assert.deepEqual([...session.frozen], unit);
    const held = unit.map((index) => session.parameters?.[index]);
    assert.equal(held[0], 0.25);
    await until(() => session.record?.marks.length === 2);
    assert.ok(session.record);
    assert.deepEqual(parse(serialize(session.record)).marks, session.record.marks);

    const next = await world.another();
    const again = next.sessions.get(FILE);
    assert.ok(again);
    assert.deepEqual([...again.frozen], unit);
    await again.continue();
    await until(() => again.status === 'finished' && again.measure?.epoch === 40);
    assert.deepEqual(
      unit.map((index) => again.parameters?.[index]),
      held,
    );
    const at = await again.ask({ kind: 'at', epoch: 31 }, 'test');
    assert.deepEqual(
      unit.map((index) => at?.parameters[index]),
      held,
    );
    assert.deepEqual([...(at?.frozen ?? [])], unit);
    const early = await again.ask({ kind: 'at', epoch: 19 }, 'test');
    assert.deepEqual([early?.exact, ...(early?.frozen ?? [])], [true]);
    const branch = await again.branchAt(25, 1);
    assert.deepEqual(branch?.marks.filter(({ kind }) => kind === 'hand').length, 2);
    await again.editByHand({ kind: 'undo' });
    assert.equal(again.frozen.size, 0);
    await assert.rejects(again.editByHand({ kind: 'set', index: 0, value: 1e39 }), UserError);
    assert.equal(again.status, 'finished');
  });
});
