import assert from 'node:assert/strict';
import { random } from '../../src/core/random';
import { contentHash, ModelError, writeJson } from '../../src/runs/modelJson';
import type { RunRecord } from '../../src/runs/record';
import { readHead, readRun, writeRun, type RunTexts } from '../../src/runs/runFile';
import { defaults, settingKeys } from '../../src/settings/settings';
import { bytesOf } from './reading';
import { recordOfKinds } from './runRecords';

const record = recordOfKinds({ name: 'three units', note: 'the first\nthat worked', starred: true });
const { uri, shownAt } = record;
const TABLE = '../data/kinds.csv';
const texts = writeRun(record, TABLE);

const readBack = ({ run, weights }: RunTexts): RunRecord =>
  readRun(readHead(bytesOf(run)), bytesOf(weights), { uri, shownAt });

/** A record as it comes back: what only views follow from is none of a run's settings. */
const withoutViews = (of: RunRecord): RunRecord => ({
  ...of,
  settings: {
    ...of.settings,
    ...Object.fromEntries(
      settingKeys.filter((key) => /^(view|codeLens|runs)\./.test(key)).map((key) => [key, defaults[key]]),
    ),
  },
});

/** What was written, changed by somebody who knows the checksum. */
function rewritten(change: (run: Record<string, unknown>) => void): RunTexts {
  const outer = JSON.parse(texts.run) as { sha256: string; run: Record<string, unknown> };
  change(outer.run);
  return { ...texts, run: writeJson({ ...outer, sha256: contentHash(outer.run) }) };
}

describe('a run as text', () => {
  it('reads back equal, its weights, its curve and what was done by hand to the last bit', () => {
    assert.deepEqual(readBack(texts), withoutViews(record));
    const reference = recordOfKinds({
      engine: 'float64-reference',
      parameters: record.parameters.map((w) => w / 3),
    });
    assert.deepEqual(readBack(writeRun(reference, TABLE)), withoutViews(reference));
  });

  it('is written the same again after it was read, so that nothing changes where nobody has changed anything', () => {
    assert.deepEqual(writeRun(readBack(texts), TABLE), texts);
  });

  it('is a line for each thing that may differ: settings, points of the curve, the weights of a unit', () => {
    const lines = texts.run.split('\n');
    assert.ok(lines.includes('      "training.seed": 3,'));
    assert.equal(
      lines.filter((line) => /^ {6}\[\d+(, (-?[\d.e-]+|null)){4,8}\],?$/.test(line)).length,
      record.points.length,
    );
    const units = record.network?.sizes.slice(1).reduce((sum, size) => sum + size) ?? 0;
    assert.equal(texts.weights.split('\n').filter((line) => /^ {10}\[/.test(line)).length, units);
    assert.ok(lines.every((line) => line.length < 2000));
  });

  it('is read whatever its line ends and indentation are, as tools leave them', () => {
    const crlf = (text: string) => text.replaceAll('\n', '\r\n');
    assert.deepEqual(readBack({ run: crlf(texts.run), weights: crlf(texts.weights) }), withoutViews(record));
    const flat = (text: string) => JSON.stringify(JSON.parse(text));
    // JSON.stringify writes 0 for −0, which is another number.
    assert.throws(() => readBack({ ...texts, run: flat(texts.run) }), /checksum/);
  });

  it('takes what people say of it as they have said it, by hand or in a merge', () => {
    const merged = texts.run
      .replace('"name": "three units"', '"name": "3 units"')
      .replace('  "starred": true,\n', '');
    const { name, note, starred } = readBack({ ...texts, run: merged });
    assert.deepEqual([name, note, starred], ['3 units', 'the first\nthat worked', undefined]);
    const long = readBack({ ...texts, run: texts.run.replace('three units', 'x'.repeat(100_000)) });
    assert.equal(long.name?.length, 80);
  });

  it('names its table from where it lies, and holds nothing of where that is on this machine', () => {
    const all = texts.run + texts.weights;
    assert.ok(texts.run.includes(`"table": "${TABLE}"`));
    assert.ok(!all.includes('file:') && !all.includes('/work/') && !all.includes('shownAt'));
  });

  it('is refused with weights that are not those beside it', () => {
    const others = writeRun({ ...record, parameters: record.parameters.map((w) => w * 2) }, TABLE);
    assert.throws(
      () => readBack({ ...texts, weights: others.weights }),
      /Its weights are not those beside it/,
    );
  });

  it('is refused when anything in it was changed', () => {
    assert.throws(() => readBack({ ...texts, run: texts.run.replace('"kind"', '"kidn"') }), /checksum/);
    assert.throws(() => readHead(bytesOf(`<<<<<<< HEAD\n${texts.run}`)), /no JSON/);
    assert.throws(() => readHead(bytesOf('{"name": "another tool’s"}')), /no run of Neuron Lens/);
    const later = texts.run.replace('"neuronLensRunFile": 1', '"neuronLensRunFile": 2');
    assert.throws(() => readHead(bytesOf(later)), /another version/);
  });

  it('is refused where its parts contradict each other, whoever has made the checksum fit', () => {
    const wrong: [why: RegExp, change: (run: Record<string, unknown>) => void][] = [
      [/sizes|long/, (run) => (run['network'] = { ...record.network, sizes: [1, 1] })],
      [
        /none of its network/,
        (run) =>
          (run['marks'] = [{ kind: 'hand', epoch: 1, change: { weights: [], frozen: [1e9], thawed: [] } }]),
      ],
      [/given|Invalid/, (run) => (run['given'] = ['__proto__.x'])],
      [/-1 is below 1/, (run) => (run['settings'] = { 'training.epochs': -1 })],
      [/incomplete/, (run) => (run['points'] = [[0, 1]])],
      [/incomplete|layers/, (run) => (run['layers'] = [[0, 1], [2]])],
      [/measure/, (run) => (run['measure'] = null)],
    ];
    for (const [why, change] of wrong) assert.throws(() => readBack(rewritten(change)), why);
  });

  it('is refused, or says the same, after whatever was done to the bytes of either file', () => {
    let refused = 0;
    for (let seed = 0; seed < 3000; seed++) {
      const { below } = random(seed, 'sample');
      const which = below(2) === 0 ? 'run' : 'weights';
      const bytes = Buffer.from(texts[which]);
      const at = below(bytes.length);
      const garbled =
        below(3) === 0
          ? bytes.subarray(0, at)
          : below(2) === 0
            ? bytes.with(at, below(256))
            : Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1 + below(40))]);
      try {
        const head = readHead(which === 'run' ? garbled : bytesOf(texts.run));
        const weights = which === 'weights' ? garbled : bytesOf(texts.weights);
        const read = readRun(head, weights, { uri, shownAt });
        const { name: _n, note: _o, starred: _s, picked: _p, ...rest } = read;
        const { name, note, starred, picked, ...expected } = withoutViews(record);
        assert.ok([name, note, starred, picked]);
        assert.deepEqual(rest, expected);
      } catch (error) {
        assert.ok(error instanceof Error && !(error instanceof assert.AssertionError), String(error));
        assert.ok(error instanceof ModelError || error.name === 'ValiError' || error instanceof RangeError);
        refused++;
      }
    }
    assert.ok(refused > 2500, `${refused} were refused`);
  });
});
