import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { engineNames } from '../../src/core/engines';
import { curvePoint } from '../../src/core/history';
import { layerPoint } from '../../src/core/layerCurve';
import { readDataset } from '../../src/data/dataset';
import { Claims } from '../../src/runs/claims';
import { parse, serialize, type RunRecord } from '../../src/runs/record';
import { RunStore, type SetAside } from '../../src/runs/store';
import { readVersion2 } from '../../src/runs/version2';

import { failing } from './failingFiles';
import { runOn } from './training';
import { course } from './course';

const measure = (epoch: number) => ({
  ...{ epoch, trainCost: 0.283, testCost: 0.3, trainScore: 0.9, testScore: 0.88 },
});

const record = (changes: Partial<RunRecord> = {}): RunRecord => ({
  id: '3f0c9a52-0000-4000-8000-000000000001',
  uri: 'file:///flower.csv',
  startedAt: 1_700_000_000_000,
  shownAt: 1_700_000_000_500,
  settings: { ...course, 'training.seed': 3 },
  given: ['training.seed'],
  automatic: { 'training.learningRate': 1.2 },
  engine: 'simd-1',
  readingVersion: 1,
  transformVersion: 1,
  status: 'paused',
  epochs: 10_000,
  learningRate: 1.2,
  network: { sizes: [2, 1], hidden: 'tanh', output: 'sigmoid' },
  transform: null,
  measure: measure(412),
  points: [measure(0), measure(400)].map(curvePoint),
  interval: 400,
  marks: [
    { kind: 'edit', epoch: 100, changes: [{ key: 'training.learningRate', before: 1.2, after: 0.5 }] },
    { kind: 'stoppedEarly', epoch: 200, at: 300 },
  ],
  parameters: Float64Array.of(1, 2, 3),
  state: Float64Array.of(3, 0.5),
  penalty: 0.25,
  diverged: { epoch: 413, layer: 2, learningRate: 9, suggestedRate: null },
  target: 'petal',
  task: 'binary',
  hash: 'ab'.repeat(32),
  ...changes,
});

describe('a run on disk', () => {
  it('keeps the curve of its layers, and opens without one as earlier versions wrote it', () => {
    const norms = { gradient: [0.5, 2], update: [NaN, 0.001] };
    const layers = [layerPoint(0, norms), layerPoint(400, { gradient: [0.25, 1], update: [0.1, 0.2] })];
    assert.deepEqual(parse(serialize(record({ layers }))).layers, layers);
    assert.ok(!serialize(record()).includes('"layers"'));
    assert.equal(parse(serialize(record())).layers, undefined);
  });

  it('keeps what guessing and a straight line score, and opens without', () => {
    const scores = { trainCost: 0.5, trainScore: 0.7, testCost: null, testScore: null };
    const baselines = {
      guess: scores,
      line: { ...scores, testScore: 0.75 },
      lineRows: 320,
      lineIsBest: true,
    };
    assert.deepEqual(parse(serialize(record({ baselines }))).baselines, baselines);
    assert.equal(parse(serialize(record())).baselines, undefined);
  });

  it('keeps how sure its score is, and opens without', () => {
    const summary = { folds: 5, repeats: 1, by: 'chance', isRegression: false } as const;
    const folds = { ...summary, mean: 0.9, deviation: 0.1, guess: 0.5, line: null };
    for (const sure of [
      { epoch: 3, interval: [0.25, 0.75] as const, folds: null },
      { epoch: 3, interval: null, folds },
    ])
      assert.deepEqual(parse(serialize(record({ sure }))).sure, sure);
    assert.equal(parse(serialize(record())).sure, undefined);
  });

  it('reads back equal, its weights to the last bit', () => {
    const finite = fc.double({ noNaN: true, noDefaultInfinity: true });
    fc.assert(
      fc.property(fc.array(finite, { minLength: 3, maxLength: 3 }), (values) => {
        const before = record({ parameters: Float64Array.from(values) });
        assert.deepEqual(parse(serialize(before)), before);
      }),
    );
  });

  /** What was written, changed by somebody who knows the checksum. */
  const rewritten = (written: string, change: (run: Record<string, unknown>) => void) => {
    const outer = JSON.parse(written) as { sha256: string; run: Record<string, unknown> };
    change(outer.run);
    return JSON.stringify({
      ...outer,
      sha256: createHash('sha256').update(JSON.stringify(outer.run)).digest('hex'),
    });
  };
  const { transform } = readDataset(readFileSync('samples/penguins.csv', 'utf8'), course);

  it('has the transform of its table, which older files of this version lack', () => {
    const written = serialize(record({ transform }));
    assert.deepEqual(parse(written).transform, transform);
    assert.deepEqual(parse(rewritten(written, (run) => delete run['transform'])), record());
  });

  it('keeps what each auto stood for, in the form of an earlier version too, and no auto among it', () => {
    const written = serialize(record());
    const of = (automatic: object) =>
      parse(rewritten(written, (run) => (run['automatic'] = automatic))).automatic;
    const all = { 'model.hiddenLayers': [32], 'training.epochs': 400, 'training.optimizer': 'adam' };
    assert.deepEqual(of(all), all);
    assert.deepEqual(of({ learningRate: 0.3 }), { 'training.learningRate': 0.3 });
    assert.deepEqual(of({ ...all, 'training.epochs': 'auto' }), {
      ...{ 'model.hiddenLayers': [32], 'training.optimizer': 'adam' },
    });
    assert.throws(() => of({ 'training.epochs': -1 }), RangeError);
  });

  it('is shown without the transform where that is of another version', () => {
    const written = serialize(record({ transform, transformVersion: 3 }));
    assert.equal(parse(rewritten(written, (run) => (run['transform'] = { version: 3 }))).transform, null);
  });

  it('is refused with a transform that does not fit', () => {
    const written = serialize(record({ transform }));
    assert.throws(
      () => parse(rewritten(written, (run) => (run['transform'] = { version: 1 }))),
      /transform\.fitted: it is missing/,
    );
  });

  it('is refused when a weight is not finite', () => {
    assert.throws(() => serialize(record({ parameters: Float64Array.of(1, NaN, 2) })), /not finite/);
  });

  it('keeps a penalty that has grown beyond all bounds', () => {
    assert.equal(parse(serialize(record({ penalty: Infinity }))).penalty, Infinity);
  });

  it('keeps a test cost that is not finite as missing', () => {
    const after = parse(serialize(record({ measure: { ...measure(412), testCost: Infinity } })));
    assert.equal(after.measure.testCost, null);
  });

  it('is refused when one to three of its bytes are others', () => {
    const text = Buffer.from(serialize(record()));
    fc.assert(
      fc.property(
        fc.array(fc.record({ at: fc.nat(text.length - 2), byte: fc.integer({ min: 32, max: 126 }) }), {
          minLength: 1,
          maxLength: 3,
        }),
        (garbled) => {
          const bytes = Buffer.from(text);
          for (const { at, byte } of garbled) bytes[at] = byte;
          if (bytes.equals(text)) return;
          let read: RunRecord | undefined;
          try {
            read = parse(bytes.toString());
          } catch {
            return;
          }
          // A blank between two words of JSON may change; what it says may not.
          assert.deepEqual(read, record());
        },
      ),
      { numRuns: 2000 },
    );
  });

  const unfit: [what: string, changes: Partial<RunRecord>, why: RegExp][] = [
    ['an epoch that is no whole number', { measure: measure(412.5) }, /no whole number/],
    ['a curve beyond its epoch', { points: [measure(0), measure(800)].map(curvePoint) }, /does not fit/],
    ['weights for another network', { parameters: Float64Array.of(1, 2) }, /do not fit its network/],
    ['no weights', { parameters: new Float64Array(), network: null }, /do not fit/],
    ['an address without a scheme', { uri: 'flower.csv' }, /uri|Invalid/],
    [
      'a setting out of range',
      { settings: { ...course, 'training.epochs': 0 } },
      /neuronLens\.training\.epochs/,
    ],
  ];
  for (const [what, changes, why] of unfit)
    it(`is refused with ${what}`, () => {
      assert.throws(() => parse(serialize(record(changes))), why);
    });
});

describe('a folder of runs', () => {
  let folder: string;
  let aside: SetAside[];
  const open = () => new RunStore(folder, (each) => aside.push(each));
  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'neuron-lens-runs-'));
    aside = [];
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const idOf = (k: number) => `run-${k}`;

  it('gives back what was written, once the window before has closed', async () => {
    const first = open();
    await first.open();
    for (const k of [1, 2]) await first.write(record({ id: idOf(k), startedAt: k }));
    await first.close();
    const second = open();
    const found = await second.open();
    assert.deepEqual(
      found.map(({ id }) => id),
      ['run-1', 'run-2'],
    );
    assert.deepEqual(await second.read('run-2'), record({ id: 'run-2', startedAt: 2 }));
    await second.close();
  });

  it('is shared by two windows: neither takes up what the other has', async () => {
    const [one, two] = [open(), open()];
    await one.open();
    await one.write(record({ id: idOf(1) }));
    assert.deepEqual(await two.open(), []);
    await two.write(record({ id: idOf(2) }));
    await Promise.all([one.close(), two.close()]);
    const next = open();
    assert.equal((await next.open()).length, 2);
    await next.close();
  });

  it('is taken over from a window that has died', async () => {
    const first = open();
    await first.open();
    await first.write(record({ id: idOf(1) }));
    // As a killed window leaves it: its file is there, its process is not.
    for (const name of readdirSync(path.join(folder, 'windows')).filter((each) => each.endsWith('.window')))
      writeFileSync(path.join(folder, 'windows', name), '4194305');
    const second = open();
    assert.equal((await second.open()).length, 1);
    await second.close();
    await first.close();
  });

  it('is taken over by one window where two come at once', async () => {
    const gone = new Claims(folder);
    await gone.open();
    for (let round = 0; round < 100; round++) {
      const id = idOf(round);
      writeFileSync(path.join(folder, `${id}.claim`), '3f0c9a52-0000-4000-8000-000000000001');
      const windows = Array.from({ length: 4 }, () => new Claims(folder));
      await Promise.all(windows.map((window) => window.open()));
      const got = await Promise.all(windows.map((window) => window.claim(id)));
      assert.equal(got.filter(Boolean).length, 1, `round ${round}`);
      await Promise.all(windows.map((window) => window.close()));
    }
    await gone.close();
    assert.deepEqual(readdirSync(folder), []);
  });

  it('sets a garbled run aside under a new name, says so, and reads the others', async () => {
    const first = open();
    await first.open();
    for (const k of [1, 2]) await first.write(record({ id: idOf(k), startedAt: k }));
    await first.close();
    const file = path.join(folder, 'run-1.run.json');
    const garbled = readFileSync(file, 'utf8').replace('"petal"', '"pedal"');
    writeFileSync(file, garbled);
    const second = open();
    await second.open();
    await assert.rejects(second.read('run-1'), /checksum/);
    assert.equal(aside.length, 1);
    assert.equal(aside[0].uri, 'file:///flower.csv');
    assert.equal(readFileSync(aside[0].file, 'utf8'), garbled);
    assert.equal((await second.read('run-2')).id, 'run-2');
    await second.close();
    const third = open();
    assert.deepEqual(
      (await third.open()).map(({ id }) => id),
      ['run-2'],
    );
    await third.close();
  });

  it('says of which table a garbled run was, also where no index knows of it', async () => {
    const first = open();
    await first.open();
    for (const k of [1, 2]) await first.write(record({ id: idOf(k), startedAt: k }));
    await first.close();
    for (const [k, text] of [
      [1, (whole: string) => whole.replace('"petal"', '"pedal"')],
      [2, (whole: string) => whole.replace('"uri"', '"url"').replace('"petal"', '"pedal"')],
    ] as const) {
      const file = path.join(folder, `run-${k}.run.json`);
      writeFileSync(file, text(readFileSync(file, 'utf8')));
    }
    rmSync(path.join(folder, 'index.json'));
    const second = open();
    assert.deepEqual(await second.open(), []);
    assert.deepEqual(aside.map(({ uri }) => uri).sort(), ['file:///flower.csv', null].sort());
    await second.close();
  });

  it('is whole at any moment: a write that was interrupted leaves the run as it was', async () => {
    const store = open();
    await store.open();
    await store.write(record({ id: idOf(1) }));
    writeFileSync(path.join(folder, 'run-1.run.json.0000.tmp'), '{"neuronLensRun":3,"sha');
    assert.deepEqual(await store.read('run-1'), record({ id: 'run-1' }));
    await store.close();
  });

  it('without its index is read from its files', async () => {
    const first = open();
    await first.open();
    await first.write(record({ id: idOf(1) }));
    await first.close();
    writeFileSync(path.join(folder, 'index.json'), 'no JSON');
    const second = open();
    assert.equal((await second.open()).length, 1);
    await second.close();
  });

  it('keeps what pictures are drawn from for the last twenty tables', async () => {
    for (let k = 0; k < 25; k++) {
      const file = path.join(folder, `${k}.data.json`);
      writeFileSync(file, '{}');
      utimesSync(file, 1_000_000 + k, 1_000_000 + k);
    }
    const store = open();
    await store.open();
    const left = readdirSync(folder).filter((name) => name.endsWith('.data.json'));
    assert.deepEqual(
      left.map((name) => Number.parseInt(name, 10)).sort((a, b) => a - b),
      [...Array.from({ length: 20 }, (_, k) => k + 5)],
    );
    await store.close();
  });

  it('rejects, and ends nothing, where the disk cannot be written to', async () => {
    const file = path.join(folder, 'a-file');
    writeFileSync(file, '');
    const store = new RunStore(path.join(file, 'below'), () => undefined);
    await assert.rejects(store.open());
    await assert.rejects(store.write(record()));
  });
});

describe('a training that version 2 has saved', () => {
  const content = readFileSync(path.join('test', 'fixtures', 'training-version-2.json'), 'utf8');
  /** Of the float64 numbers of its weights and its state, little-endian, as another program has decoded them. */
  const SHA256 = [
    'b9f79f613aabb900c46f86768071fec01e8bf85a3d1320989a495b7db45f868d',
    '4e5cee760e66c3a4b3ed73ab618cef68b4bd786474273d73aec37595057c68ed',
  ];
  const sha256 = (numbers: Float64Array) =>
    createHash('sha256').update(new Uint8Array(numbers.buffer)).digest('hex');

  it('is taken up, and the old file is set aside once the new one can be read', async () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'neuron-lens-version-2-'));
    try {
      writeFileSync(path.join(folder, `${'0a'.repeat(16)}.json`), content);
      const store = new RunStore(folder, () => assert.fail('nothing is wrong with it'));
      const [found] = await store.open();
      const { measure, parameters, state } = await store.read(found.id);
      assert.equal(measure.epoch, 150);
      assert.deepEqual([parameters, state].map(sha256), SHA256);
      const [kept] = readdirSync(path.join(folder, 'set-aside'));
      assert.equal(readFileSync(path.join(folder, 'set-aside', kept), 'utf8'), content);
      await store.close();
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('stays where the disk refuses its new form, and is taken up by the next window', async () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'neuron-lens-version-2-'));
    const name = `${'0a'.repeat(16)}.json`;
    try {
      writeFileSync(path.join(folder, name), content);
      const open = async () => {
        const store = new RunStore(folder, () => assert.fail('nothing is wrong with it'));
        const found = await store.open();
        await store.close();
        return found.length;
      };
      // Each operation of the disk in turn, until one fails that comes behind the last of these.
      let failed = 0;
      for (; readdirSync(folder).includes(name); failed++) {
        const { restore } = failing(failed + 1, 'ENOSPC');
        await open().finally(restore);
      }
      assert.ok(failed > 5, `${failed} operations`);
      assert.equal(await open(), 1);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('that cannot be taken over is set aside, and the Lens of its file can say so', async () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'neuron-lens-version-2-'));
    try {
      writeFileSync(path.join(folder, `${'0a'.repeat(16)}.json`), content.replace('"epoch"', '"epochs"'));
      const aside: (string | null)[] = [];
      const store = new RunStore(folder, ({ uri }) => aside.push(uri));
      assert.deepEqual(await store.open(), []);
      assert.deepEqual(aside, [(JSON.parse(content) as { uri: string }).uri]);
      await store.close();
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('is of the engine of its time, which today’s does not go on for', () => {
    const kept = parse(serialize(readVersion2(content, '0a', 0)));
    assert.equal(kept.engine, 'simd-1');
    assert.notEqual(kept.engine, engineNames.simd);
    // The numbers themselves fit: its pictures show its weights.
    const text = readFileSync(path.join('samples', 'flower.csv'), 'utf8');
    const { parameters, state, interval, automatic } = kept;
    const run = runOn(text, kept.settings, { epoch: 150, parameters, state, interval, automatic });
    assert.equal(run.measure().trainCost.toPrecision(5), kept.measure.trainCost.toPrecision(5));
  });
});
