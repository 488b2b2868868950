import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { exportModel, type FormatName } from '../../src/export/formats';
import type { Model } from '../../src/runs/model';
import { exportMatrix, hostileModel, modelFor, withWeight } from './exportModels';

const PYTHON = '/usr/bin/python3';

describe('a model as PyTorch', () => {
  let folder = '';
  before(function () {
    this.timeout(60_000);
    if (spawnSync(PYTHON, ['-c', 'import torch']).status !== 0) this.skip();
    folder = mkdtempSync(path.join(tmpdir(), 'neuron-torch-'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  const exported = (model: Model, format: FormatName) => exportModel(model, format, { file: 'm' }).content;
  const written = (model: Model) => String(exported(model, 'pytorch'));
  /** Scripts one after the other in one Python, each with its own argument where it has one. */
  function run(scripts: readonly string[], weights: readonly string[] = []) {
    const input =
      `import json, sys, torch\nweights = ${JSON.stringify(weights)}\n` +
      `for k, text in enumerate(json.loads(${JSON.stringify(JSON.stringify(scripts))})):\n` +
      '    sys.argv = ["model.py"] + weights[k:k + 1]\n    try:\n' +
      '        exec(compile(text, "model.py", "exec"), {"__name__": "__main__"})\n' +
      '    except SystemExit as end:\n        print(end.code)\n';
    const { stdout, stderr } = spawnSync(PYTHON, ['-'], { input, encoding: 'utf8' });
    return { stdout, stderr };
  }
  const AGREE = 'The numbers agree.\n';
  const DIFFER = 'These are not the numbers of the model that was exported.\n';

  it('gives the numbers of the model for every task, activation, depth and kind of column', function () {
    this.timeout(60_000);
    const models = [...exportMatrix.map(({ model }) => model()), hostileModel()];
    assert.deepEqual(run(models.map(written)), { stdout: AGREE.repeat(models.length), stderr: '' });
  });

  it('finds by itself that a weight, a sign or the order of categories is another', function () {
    this.timeout(60_000);
    const model = modelFor('three classes');
    const good = written(model);
    const checked = (text: string) =>
      text.slice(0, text.indexOf('\nLABELS')) + good.slice(good.indexOf('\nLABELS'));
    const changed = [
      checked(written(withWeight(model, 3, (w) => w + 1e-5))),
      checked(written(withWeight(model, model.weights.length - 1, (w) => -w))),
      good.replace('"blue", "green"', '"green", "blue"'),
    ];
    for (const text of changed) assert.notEqual(text, good);
    assert.equal(run(changed).stdout, DIFFER.repeat(3));
  });

  it('takes the weights of a safetensors file, and finds others', function () {
    this.timeout(60_000);
    const model = modelFor('three classes', 'relu', [5, 3]);
    const wide: Model = { ...model, weights: Float64Array.from(model.weights, (w) => w / 3) };
    const save = (of: Model, name: string) => {
      writeFileSync(path.join(folder, name), exported(of, 'safetensors'));
      return path.join(folder, name);
    };
    const files = [
      save(model, 'single'),
      save(wide, 'double'),
      save(
        withWeight(model, 9, (w) => -w),
        'other',
      ),
    ];
    // The script has none of these weights by itself.
    const blank = (of: Model) => {
      const text = written(of);
      const none = written({ ...of, weights: of.weights.map(() => 0) });
      return none.slice(0, none.indexOf('\nLABELS')) + text.slice(text.indexOf('\nLABELS'));
    };
    const { stdout, stderr } = run([blank(model), blank(wide), blank(model)], files);
    assert.deepEqual([stdout, stderr], [AGREE + AGREE + DIFFER, '']);
    assert.equal(run([blank(model)]).stdout, DIFFER);
  });

  it('has in a safetensors file what the layout asks for, and rows to check by', () => {
    const bytes = exported(modelFor('number'), 'safetensors') as Uint8Array;
    const view = new DataView(bytes.buffer, bytes.byteOffset);
    const size = Number(view.getBigUint64(0, true));
    const head = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + size))) as Record<
      string,
      { dtype: string; shape: number[]; data_offsets: [number, number] }
    >;
    const { __metadata__: metadata, ...tensors } = head;
    assert.ok(Object.values(metadata).every((value) => typeof value === 'string'));
    let at = 0;
    for (const {
      dtype,
      shape,
      data_offsets: [start, end],
    } of Object.values(tensors)) {
      assert.equal(start, at);
      at = end;
      assert.equal(end - start, shape.reduce((a, b) => a * b, 1) * (dtype === 'F32' ? 4 : 8));
    }
    assert.deepEqual([size % 8, 8 + size + at], [0, bytes.length]);
    assert.ok(tensors['check.features'].shape[0] >= 10);
  });
});
