import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { decodePoints } from '../../src/core/curveNumbers';
import { areValues, FIRST_VALUES, MOST_VARIANTS, readValues, variantsOf } from '../../src/core/experiments';
import { measuresOf } from '../../src/core/measures';
import { readDataset } from '../../src/data/dataset';
import { parse, serialize } from '../../src/runs/record';
import { UserError } from '../../src/data/userError';
import type { Search } from '../../src/session/finding';
import { Lab, type Experiment } from '../../src/session/lab';
import { LabMemory, MOST_FILES } from '../../src/session/labMemory';
import { readValues as readSettings } from '../../src/settings/values';
import type { Settings } from '../../src/settings/settings';
import { sharedDataset, variantsAtOnce, VariantTraining } from '../../src/train/experiment';
import type { TileView } from '../../src/protocol/lab';
import {
  AskedFor,
  commonRange,
  heightOf,
  sweepOf,
  Turns,
  type Experiment as Shown,
} from '../../webview/model/lab';
import { statusIs, TestWorld, until } from './sessionWorld';
import { runOn } from './training';
import { course } from './course';

const FILE = 'file:///data/xor.csv';
const xor = 'x1,x2,xor\n0,0,0\n0,1,1\n1,0,1\n1,1,0\n';
const flower = () => readFileSync(path.resolve('samples', 'flower.csv'), 'utf8');

/** The same training alone. */
function fresh(text: string, settings: Settings) {
  const run = runOn(text, settings);
  const { epochs } = run;
  while (run.epoch < epochs) {
    if (
      run.step(
        () => false,
        () => undefined,
        epochs - run.epoch,
      ) === 'diverged'
    )
      break;
  }
  return run;
}

describe('the variants of an experiment', () => {
  it('are settings that can be written, each with what it varies alone', () => {
    for (const kind of ['initialization', 'hiddenSize', 'learningRate'] as const) {
      const variants = variantsOf(kind, FIRST_VALUES[kind], 'sigmoid');
      assert.ok(areValues(kind, FIRST_VALUES[kind]));
      assert.equal(new Set(variants.map(({ label }) => label)).size, variants.length);
      for (const { changes } of variants) {
        const read = readSettings(changes);
        assert.deepEqual(read.problems, []);
        for (const [key, value] of Object.entries(changes))
          assert.deepEqual(read.settings[key as keyof Settings], value);
      }
    }
    assert.deepEqual(
      variantsOf('initialization', [], 'sigmoid').map(({ label }) => label),
      ['Zeros', '×0.01', '×1', '×100', 'Xavier', 'He'],
    );
    assert.deepEqual(
      variantsOf('hiddenSize', [0, 1, 5], 'sigmoid').map(({ label, changes }) => [label, changes]),
      [
        ['Logistic regression', { 'model.hiddenLayers': [] }],
        ['1 unit', { 'model.hiddenLayers': [1] }],
        ['5 units', { 'model.hiddenLayers': [5] }],
      ],
    );
    assert.equal(variantsOf('hiddenSize', [0, 1], 'linear')[0].label, 'Linear regression');
  });

  it('are read from what somebody types, rising, each once', () => {
    assert.deepEqual(readValues('hiddenSize', ' 5, 1;1 20'), [1, 5, 20]);
    assert.deepEqual(readValues('learningRate', '1e-2,12'), [0.01, 12]);
    assert.match(
      String(readValues('hiddenSize', '1, 2.5')),
      /“2.5” cannot be used: type whole numbers from 0 to 1024/,
    );
    assert.match(String(readValues('learningRate', '0, 1')), /“0” cannot be used/);
    assert.match(String(readValues('hiddenSize', 'four')), /“four” cannot be used/);
    assert.match(String(readValues('hiddenSize', '4')), /Two values at least/);
    const many = Array.from({ length: MOST_VARIANTS + 1 }, (_, k) => k).join();
    assert.match(String(readValues('hiddenSize', many)), /16 values at most/);
    assert.equal(areValues('hiddenSize', [2, 1]), false);
    assert.equal(areValues('hiddenSize', [1, 2.5]), false);
    assert.equal(areValues('initialization', [1]), false);
  });
});

describe('training a variant', () => {
  const settings = { ...course, 'training.epochs': 150 };

  it('ends in the same bits as the training alone, however it is cut up, on shared data', () => {
    const dataset = sharedDataset(readDataset(flower(), settings));
    assert.ok(dataset.X.data.buffer instanceof SharedArrayBuffer);
    for (const changes of [
      { 'model.hiddenLayers': [5] },
      { 'model.initialization': 'xavier' as const },
      { 'model.hiddenLayers': [] },
    ]) {
      const varied = { ...settings, ...changes };
      const training = new VariantTraining(3, dataset, varied);
      while (!training.advance(() => true));
      const { trained } = training;
      const alone = fresh(flower(), varied);
      assert.equal(trained?.index, 3);
      assert.equal(trained.status, 'finished');
      assert.deepEqual(trained.state?.parameters, alone.parameters());
      assert.deepEqual(measuresOf(trained.state.measure), [alone.measure()]);
      assert.equal(decodePoints(trained.state.points).at(-1)?.trainCost, alone.measure().trainCost);
      training.dispose();
    }
  });

  it('says where it diverged', () => {
    const regression = 'x,y\n1,2\n2,4\n3,7\n4,8\n5,10\n6,12\n';
    const varied = { ...settings, 'training.learningRate': 1000, 'data.target': 'y' };
    const training = new VariantTraining(0, readDataset(regression, varied), varied);
    while (!training.advance(() => false));
    assert.equal(training.trained?.status, 'diverged');
    assert.ok((training.trained.state?.diverged?.epoch ?? 0) > 0);
  });

  it('goes side by side on as many threads as there are, and as fit into the memory', () => {
    const dataset = readDataset(flower(), settings);
    const variants = [settings, settings, settings];
    assert.equal(variantsAtOnce(dataset, variants, 8), 3);
    assert.equal(variantsAtOnce(dataset, variants, 2), 2);
    const wide = variants.map((each) => ({
      ...each,
      'model.hiddenLayers': [1024, 1024],
      'training.memoryBudget': 40,
    }));
    assert.equal(variantsAtOnce(dataset, wide, 8), 1);
  });
});

describe('the lab of a run', () => {
  it('trains the variants of the settings that act, and tells of each', async () => {
    const world = new TestWorld();
    const session = await world.finished(FILE, { 'training.epochs': 40, 'training.l2': 0.1 });
    const lab = new Lab(session);
    await lab.start('hiddenSize', [0, 3]);
    const [experiment] = lab.experiments;
    assert.equal(experiment.status, 'done');
    for (const { settings, trained } of experiment.tiles) {
      assert.equal(settings['training.l2'], 0.1);
      assert.equal(trained?.status, 'finished');
      assert.deepEqual(trained.state?.parameters, fresh(xor, settings).parameters());
    }
    assert.equal(session.measure?.epoch, 40);
  });

  it('refuses at once what cannot be trained, so that whoever asked is told', async () => {
    const session = await new TestWorld().finished(FILE, { 'training.epochs': 40 });
    const lab = new Lab(session);
    for (const values of [[], [3], [3, 3], [0.5, 2]])
      assert.throws(
        () => void lab.start('hiddenSize', values),
        (error) => error instanceof UserError && error.said.code === 'nothing-to-compare',
      );
    assert.deepEqual(lab.experiments, []);
  });

  it('ends at once when it is told to, and keeps what it has found', async () => {
    const world = new TestWorld();
    const session = await world.finished(FILE, { 'training.epochs': 10_000 });
    const lab = new Lab(session);
    const over = lab.start('learningRate', [0.1, 1, 2]);
    await until(() => lab.experiments[0]?.tiles[0].trained !== null);
    lab.end();
    await over;
    assert.equal(lab.experiments[0].status, 'cancelled');
    assert.equal(lab.experiments[0].tiles[2].trained, null);
  });

  it('ends with its run when another one of the file begins', async () => {
    const world = new TestWorld();
    const session = await world.finished(FILE, { 'training.epochs': 10_000 });
    const lab = new Lab(session);
    const over = lab.start('initialization', []);
    await until(() => lab.experiments[0]?.tiles[0].trained !== null);
    const next = world.sessions.start(FILE);
    await over;
    assert.equal(lab.experiments[0].status, 'cancelled');
    await statusIs(next, 'finished');
  });

  it('knows the settings of a variant that are not those of the file', async () => {
    const world = new TestWorld();
    const session = await world.finished(FILE, { 'training.epochs': 20 });
    const lab = new Lab(session);
    await lab.start('initialization', []);
    const today = { ...session.settings, 'training.l2': 0.5, 'view.epochsPerSecond': 7 };
    assert.deepEqual(lab.changesOf('initialization', 3, today), {
      ...{ 'model.initialization': 'smallRandom', 'model.initializationScale': 100 },
      'training.l2': session.settings['training.l2'],
    });
    assert.deepEqual(lab.variedBy('initialization', 3), [
      'model.initialization',
      'model.initializationScale',
    ]);
    assert.throws(() => lab.changesOf('hiddenSize', 0, today));
  });

  it('marks what was chosen by looking, for as long as that holds', async () => {
    const world = new TestWorld();
    await world.finished(FILE, { 'training.epochs': 20, 'model.hiddenLayers': [3] });
    const adopted = world.sessions.start(FILE, ['model.hiddenLayers']);
    await statusIs(adopted, 'finished');
    await until(() => adopted.record !== null);
    assert.deepEqual(adopted.record?.chosen, ['model.hiddenLayers']);
    assert.deepEqual(adopted.record && parse(serialize(adopted.record)).chosen, ['model.hiddenLayers']);
    const again = world.sessions.start(FILE);
    assert.deepEqual(again.chosen, ['model.hiddenLayers']);
    await statusIs(again, 'finished');
    world.edit({ 'model.hiddenLayers': [2] });
    assert.deepEqual(world.sessions.start(FILE).chosen, []);
  });
});

describe('what the lab has found', () => {
  const experiment = { kind: 'initialization', tiles: [] } as unknown as Experiment;
  const search = { tried: [] } as unknown as Search;

  it('is remembered for the files that were looked at last, and let go of for the others, their labs too', () => {
    const memory = new LabMemory(() => false);
    const keep = (file: string) => {
      const found = memory.of(file);
      found.experiments.set('initialization', experiment);
      found.search = search;
      return found;
    };
    const first = keep('0');
    for (let k = 1; k < MOST_FILES; k++) keep(String(k));
    assert.equal(memory.of('0'), first);
    const second = memory.of('1');
    memory.of('2');
    memory.of('0');
    memory.of('new');
    assert.equal(memory.of('1').experiments.size, 1, 'looked at since');
    assert.deepEqual([second.experiments.size, second.search], [1, search]);
    const { experiments, search: other } = memory.of('3');
    assert.deepEqual([experiments.size, other], [0, null]);
    assert.equal(memory.of('0').experiments.size, 1);
  });

  it('stays while its file is shown, or at work', () => {
    const shown = new Set(['a', 'b']);
    const memory = new LabMemory((file) => shown.has(file));
    const keep = (file: string) => {
      const found = memory.of(file);
      found.experiments.set('initialization', experiment);
      return found;
    };
    const found = ['a', 'b'].map(keep);
    for (let k = 0; k < 3 * MOST_FILES; k++) keep(String(k));
    assert.deepEqual(
      found.map(({ experiments }) => experiments.size),
      [1, 1],
    );
    shown.delete('a');
    memory.of('another');
    assert.deepEqual(
      found.map(({ experiments }) => experiments.size),
      [0, 1],
    );
  });
});

describe('what the page of the lab makes of it', () => {
  const view = (at: number, train: number, test: number | null): TileView => ({
    ...{ label: String(at), at, status: 'finished', epochs: 10, sizes: [2, at, 1], initialization: 'auto' },
    ...{ learningRate: 1, diverged: null, why: '' },
    measure: Float64Array.of(10, 0.5, test === null ? NaN : 0.6, train, test ?? NaN),
  });

  it('is a curve over the size, by log(1 + n)', () => {
    const points = sweepOf('hiddenSize', [view(0, 0.5, 0.4), view(1, 0.7, 0.6), view(3, 0.9, null)]);
    assert.deepEqual(
      points.map(({ at, train, test }) => [at, train, test]),
      [
        [0, 0.5, 0.4],
        [1, 0.7, 0.6],
        [3, 0.9, null],
      ],
    );
    assert.deepEqual(
      points.map(({ across }) => across),
      [0, 0.5, 1],
    );
  });

  it('is a curve over the rate by powers, without what has no score', () => {
    const waiting = { ...view(1, 0, 0), measure: null, status: 'waiting' as const };
    const points = sweepOf('learningRate', [view(0.01, 0.5, 0.4), waiting, view(100, 0.9, 0.8)]);
    assert.deepEqual(
      points.map(({ at, across }) => [at, across]),
      [
        [0.01, 0],
        [100, 1],
      ],
    );
    assert.deepEqual(sweepOf('initialization', [{ ...view(1, 0, 0), at: null }]), []);
  });

  it('is one scale for all costs', () => {
    const measure = (trainCost: number) => ({
      epoch: 0,
      trainCost,
      testCost: null,
      trainScore: 0,
      testScore: null,
    });
    assert.deepEqual(commonRange([[measure(2)], [measure(1), measure(Infinity)]]), {
      ...{ from: 0, to: 2, isLogarithmic: false },
    });
    const range = commonRange([[measure(0.01)], [measure(100)]]);
    assert.ok(range?.isLogarithmic);
    assert.ok(Math.abs(heightOf(1, range) - 0.5) < 1e-12);
    assert.equal(heightOf(1000, range), 1);
    assert.equal(commonRange([[], []]), null);
  });

  it('is not taken for an experiment that is on its way, until that begins or is refused', () => {
    const [first, second] = [{}, {}] as Shown[];
    const asked = new AskedFor();
    assert.equal(asked.isBefore(undefined), false, 'where there is none yet, none is in the way');
    const answered = asked.ask(first);
    assert.equal(asked.isBefore(first), true);
    answered(true);
    assert.equal(asked.isBefore(first), true, 'it is done, and not shown yet');
    assert.equal(asked.isBefore(second), false, 'it has begun');
    const refused = asked.ask(second);
    assert.equal(asked.isBefore(second), true);
    refused(false);
    assert.equal(asked.isBefore(second), false, 'what was found before is all there is');
  });

  it('does one piece of work a frame, the latest of each', () => {
    const frames: (() => void)[] = [];
    const done: string[] = [];
    const turns = new Turns((work) => frames.push(work));
    turns.ask('a', () => done.push('a1'));
    turns.ask('a', () => done.push('a2'));
    turns.ask('b', () => done.push('b'));
    assert.equal(frames.length, 1);
    frames.shift()?.();
    assert.deepEqual(done, ['a2']);
    frames.shift()?.();
    assert.deepEqual(done, ['a2', 'b']);
    assert.equal(frames.length, 0);
  });
});
