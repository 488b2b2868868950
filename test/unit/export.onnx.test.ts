import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { exportModel, type FormatName } from '../../src/export/formats';
import { message } from '../../src/export/protobuf';
import type { Model } from '../../src/runs/model';
import { exportMatrix, hostileModel, modelFor, withWeight } from './exportModels';

const PYTHON = '/usr/bin/python3';
const FORMATS = ['onnx', 'onnx-columns'] as const;

interface Tensor {
  readonly data: ArrayLike<number | bigint | string>;
  readonly dims: readonly number[];
}
interface Runtime {
  readonly Tensor: new (type: string, data: unknown, dims: readonly number[]) => Tensor;
  readonly InferenceSession: {
    create(
      model: Uint8Array,
    ): Promise<{ run(feeds: Record<string, Tensor>): Promise<Record<string, Tensor>> }>;
  };
}

/** onnxruntime-web, installed here or where ONNXRUNTIME_WEB says. */
function runtime(): Runtime | undefined {
  const from = process.env['ONNXRUNTIME_WEB'] ?? process.cwd();
  try {
    return createRequire(path.join(from, 'x.js'))('onnxruntime-web') as Runtime;
  } catch {
    return undefined;
  }
}

const written = (model: Model, format: FormatName) =>
  exportModel(model, format, { file: 'm.onnx' }).content as Uint8Array;
const all = () => [...exportMatrix, { name: 'hostile names', model: () => hostileModel() }];

describe('a model as ONNX', () => {
  it('is written in the wire format of protocol buffers', () => {
    assert.deepEqual([...message([[1, 150]])], [0x08, 0x96, 0x01]);
    assert.deepEqual([...message([[2, 'testing']])], [0x12, 7, ...Buffer.from('testing')]);
    assert.deepEqual([...message([[3, [[1, 150]]]])], [0x1a, 3, 0x08, 0x96, 0x01]);
    assert.deepEqual([...message([[1, -1]])], [0x08, ...new Array<number>(9).fill(0xff), 0x01]);
  });

  describe('by the checker of onnx', () => {
    let folder = '';
    before(function () {
      this.timeout(60_000);
      if (spawnSync(PYTHON, ['-c', 'import onnx']).status !== 0) this.skip();
      folder = mkdtempSync(path.join(tmpdir(), 'neuron-onnx-'));
    });
    after(() => rmSync(folder, { recursive: true, force: true }));

    it('is sound, with types and shapes that follow from one another', function () {
      this.timeout(60_000);
      const files = all().flatMap(({ model }, k) =>
        FORMATS.map((format) => {
          const file = path.join(folder, `${k}.${format}`);
          writeFileSync(file, written(model(), format));
          return file;
        }),
      );
      const input =
        'import json, sys, onnx\n' +
        `for file in json.loads(${JSON.stringify(JSON.stringify(files))}):\n` +
        '    model = onnx.load(file)\n    onnx.checker.check_model(model, full_check=True)\n' +
        '    onnx.shape_inference.infer_shapes(model, check_type=True, strict_mode=True, data_prop=True)\n' +
        '    assert model.SerializeToString() and model.ir_version == 7\nprint("sound")\n';
      const { stdout, stderr } = spawnSync(PYTHON, ['-'], { input, encoding: 'utf8' });
      assert.deepEqual([stdout, stderr], ['sound\n', '']);
    });
  });

  describe('in onnxruntime', () => {
    let ort: Runtime;
    before(function () {
      const found = runtime();
      if (!found) this.skip();
      ort = found;
    });

    /** What the file itself says to check by: inputs, outputs, classes. */
    function metadataOf(bytes: Uint8Array): Record<string, string> {
      const found: Record<string, string> = {};
      const read = (at: number): [number, number] => {
        let [value, shift] = [0, 1];
        for (;;) {
          const byte = bytes[at++];
          value += (byte & 127) * shift;
          if (byte < 128) return [value, at];
          shift *= 128;
        }
      };
      for (let at = 0; at < bytes.length;) {
        const [tag, next] = read(at);
        const [value, after] = read(next);
        at = tag % 8 === 2 ? after + value : after;
        if (tag >> 3 !== 14) continue;
        const [length, text] = read(after + 1);
        const [size, start] = read(text + length + 1);
        const decode = (from: number, n: number) => new TextDecoder().decode(bytes.subarray(from, from + n));
        found[decode(text, length)] = decode(start, size);
      }
      return found;
    }

    async function agrees(model: Model, format: FormatName, as = model): Promise<boolean> {
      const metadata = metadataOf(written(as, format));
      const inputs = JSON.parse(metadata['check_inputs']) as Record<string, (number | string | null)[][]>;
      const expected = JSON.parse(metadata['check_outputs']) as number[][];
      const indexes = JSON.parse(metadata['check_labels']) as number[];
      const unit = Number(metadata['unit']);
      const feeds = Object.entries(inputs).map(([name, rows]): [string, Tensor] => {
        const values = rows.flat();
        const isText = values.some((value) => typeof value === 'string');
        const data = isText
          ? values.map((value) => value ?? '')
          : Float32Array.from(values, (value) => (value === null ? NaN : Number(value)));
        return [name, new ort.Tensor(isText ? 'string' : 'float32', data, [rows.length, rows[0].length])];
      });
      const session = await ort.InferenceSession.create(written(model, format));
      const outputs = await session.run(Object.fromEntries(feeds));
      const { data, dims } = outputs['probabilities'] ?? outputs['variable'];
      assert.deepEqual(dims, [expected.length, expected[0].length]);
      const areClose = expected.flat().every((value, k) => {
        const apart = Math.abs(Number(data[k]) - value) / unit;
        return apart <= 1e-5 * Math.max(1, Math.abs(value / unit));
      });
      const { label } = outputs;
      const areLabels = indexes.every((index, j) => {
        const [best, second] = [...expected[j]].sort((a, b) => b - a);
        return index < 0 || best - second <= 1e-5 || String(label.data[j]) === model.labels[index];
      });
      return areClose && areLabels;
    }

    it('gives the numbers of the model for every task, activation, depth and kind of column', async function () {
      this.timeout(60_000);
      for (const { name, model } of all())
        for (const format of FORMATS) assert.ok(await agrees(model(), format), `${name} as ${format}`);
    });

    it('is found to be another where a weight, a sign or the order of categories is', async function () {
      this.timeout(60_000);
      const model = modelFor('three classes');
      const { columns } = model.transform;
      const k = columns.findIndex(({ kind }) => kind === 'category');
      const column = columns[k];
      assert.ok(column.kind === 'category');
      const swapped = { ...column, categories: column.categories.toReversed() };
      const others: Model[] = [
        withWeight(model, 3, (w) => w + 1e-3),
        withWeight(model, model.weights.length - 1, (w) => -w),
        { ...model, transform: { ...model.transform, columns: columns.with(k, swapped) } },
      ];
      for (const other of others) assert.equal(await agrees(other, 'onnx-columns', model), false);
      for (const other of others.slice(0, 2)) assert.equal(await agrees(other, 'onnx', model), false);
    });
  });
});
