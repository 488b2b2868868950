import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { predictRow, type Model } from '../../src/runs/model';
import { MODEL_VERSION, parseModel, writeModel } from '../../src/runs/modelFile';
import { contentHash, ModelError, parseJson, writeJson } from '../../src/runs/modelJson';
import { TrainingRun } from '../../src/train/run';
import { fits } from './jsonSchema';
import { everyKind, trained } from './models';
import { bytesOf } from './reading';

const FIXTURE = 'test/fixtures/model-1.neuron.json';
const open = (text: string) => parseModel(bytesOf(text));
type Json = Record<string, unknown>;
/** What the file of a model holds, as far as it is changed here. */
interface Content extends Json {
  task: unknown;
  labels: unknown[];
  decision: unknown;
  network: { sizes: number[] } & Json;
  training: Json;
  settings: Json;
  transform: { version: unknown; columns: Json[] };
  weights: { layers: { W: unknown[][]; b: unknown[] }[] };
  optimizer: Json;
}
const parsed = (text: string) => JSON.parse(text) as Json & { model: Content };
/** A model's file after something was done to what it holds, with a checksum that fits. */
function changed(text: string, change: (content: Content) => unknown): string {
  const whole = parsed(text);
  change(whole.model);
  return writeJson({ ...whole, sha256: contentHash(whole.model) });
}

/** The hash that docs/model-file.md describes, written from its table. */
function documentedHash(value: unknown): string {
  const pieces: Buffer[] = [];
  const float64 = (number: number) => {
    const bytes = Buffer.alloc(8);
    bytes.writeDoubleBE(number);
    return bytes;
  };
  const add = (each: unknown): void => {
    if (each === null || typeof each === 'boolean') pieces.push(Buffer.from(String(each)[0]));
    else if (typeof each === 'number') pieces.push(Buffer.from('d'), float64(each));
    else if (typeof each === 'string') {
      const bytes = Buffer.from(each);
      pieces.push(Buffer.from('s'), float64(bytes.length), bytes);
    } else if (Array.isArray(each)) {
      pieces.push(Buffer.from('['), float64(each.length));
      each.forEach(add);
    } else {
      const fields = Object.entries(each as Json).sort(([a], [b]) => (a < b ? -1 : 1));
      pieces.push(Buffer.from('{'), float64(fields.length));
      fields.forEach((field) => field.forEach(add));
    }
  };
  add(value);
  return createHash('sha256').update(Buffer.concat(pieces)).digest('hex');
}

/** JSON with its keys in reverse, on lines that end as on Windows. */
function turned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(turned);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, each]) => [key, turned(each)]),
  );
}

describe('the file of a model', () => {
  const { model, run } = trained(everyKind(), { 'data.transform': 'rank' });
  const text = writeModel(model);

  it('holds every kind of column, and gives back the model to the bit', () => {
    const kinds = new Set(model.transform.columns.map(({ kind }) => kind));
    assert.deepEqual([...kinds].sort(), ['category', 'date', 'list', 'number', 'ticked', 'time']);
    assert.deepEqual(open(text), model);
    assert.equal(parsed(writeModel(open(text)))['sha256'], parsed(text)['sha256']);
  });

  it('gives back whatever weights to the bit, in either precision', () => {
    const bits = fc.array(fc.integer({ min: 0, max: 0xff_ff_ff_ff }), { minLength: 40, maxLength: 40 });
    const finite = (numbers: Float32Array | Float64Array) =>
      numbers.map((x) => (Number.isFinite(x) ? x : -0));
    const { model: small } = trained('x,y\n1,2\n2,3\n3,5\n4,9\n5,2.5\n', { 'model.hiddenLayers': [13] }, 0);
    assert.equal(small.weights.length, 40);
    fc.assert(
      fc.property(bits, bits, (low, high) => {
        const float32 = finite(new Float32Array(Uint32Array.from(low).buffer));
        const float64 = finite(new Float64Array(Uint32Array.from([...low, ...high]).buffer));
        for (const weights of [float32, float64]) {
          const back = open(writeModel({ ...small, weights }));
          assert.deepEqual(back.weights, weights);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('has decimal text that reads back to the same bits, whichever width it is read in', () => {
    const numbers = (
      parsed(text).model['weights'] as { layers: { W: number[][]; b: number[] }[] }
    ).layers.flatMap(({ W, b }) => [...W.flat(), ...b]);
    assert.deepEqual(numbers, [...model.weights]);
    assert.deepEqual(Float32Array.from(numbers), model.weights);
  });

  it('goes on to the bits of an uninterrupted training', () => {
    for (const optimizer of ['gradientDescent', 'momentum', 'adam'] as const) {
      const settings = { 'training.optimizer': optimizer, 'training.batchSize': 16 } as const;
      const half = trained(everyKind(), settings, 10);
      const whole = trained(everyKind(), settings, 20);
      const saved = open(writeModel(half.model));
      const again = new TrainingRun(half.dataset, saved.settings, {
        ...{ epoch: saved.training.epoch, parameters: Float64Array.from(saved.weights) },
        ...{ state: saved.optimizer.state, interval: 1, automatic: saved.training.automatic },
      });
      while (again.epoch < 20) again.step(() => false);
      assert.deepEqual(Float32Array.from(again.parameters()), whole.model.weights);
    }
    assert.equal(run.epoch, 20);
  });

  it('has the checksum that the documentation describes', () => {
    const { model: content, sha256 } = parsed(text);
    assert.equal(documentedHash(content), sha256);
  });

  it('may be indented otherwise, have other line ends, another order of keys, and a byte order mark', () => {
    const content = turned(parsed(text));
    for (const written of [
      JSON.stringify(content),
      JSON.stringify(content, null, '\t').replaceAll('\n', '\r\n'),
      `\ufeff${text}`,
    ]) {
      assert.deepEqual(open(written), model);
    }
  });

  it('has one of version 1 that every later version opens', () => {
    const old = open(readFileSync(FIXTURE, 'utf8'));
    const { outputs, index } = predictRow(old, [3.5, 'red', 17_500, 0.5, ['bread', 'tea'], 1, null]);
    assert.equal(old.labels[index], 'a');
    // By a program of twenty lines that knows docs/model-file.md alone.
    const wanted = [0.7090733989123625, 0.24578369238344358, 0.04514290870419402];
    wanted.forEach((p, k) => assert.ok(Math.abs(p - outputs[k]) < 1e-12, `${outputs[k]}`));
  });

  it('fits the published schema, which refuses what opening refuses by its form', () => {
    const schema = JSON.parse(readFileSync('docs/neuron-model.schema.json', 'utf8')) as Json;
    const others = [
      trained('x,y\n1,2\n2,3\n3,5\n4,9\n5,2.5\n', {}, 0).model,
      trained(everyKind(), { 'training.engine': 'reference', 'data.transform': 'log' }, 0).model,
    ].map(writeModel);
    const chosen = { ...model, training: { ...model.training, chosenByTest: true as const } };
    assert.deepEqual(open(writeModel(chosen)), chosen);
    for (const each of [text, readFileSync(FIXTURE, 'utf8'), writeModel(chosen), ...others])
      assert.equal(fits(schema, JSON.parse(each)), '');
    const faults: ((content: Content) => unknown)[] = [
      (content) => (content.task = 'guessing'),
      (content) => Reflect.deleteProperty(content, 'weights'),
      (content) => (content.rows = [[1, 2]]),
      (content) => (content.transform.columns[0].deviation = 0),
      (content) => (content.transform.columns[0].more = 1),
      (content) => (content.network.sizes = [1.5, 2]),
      (content) => (content.settings.telephone = 1),
      (content) => (content.training.tableHash = 'abc'),
      (content) => (content.training.chosenByTest = false),
    ];
    for (const fault of faults) {
      const wrong = changed(text, fault);
      assert.notEqual(fits(schema, JSON.parse(wrong)), '', String(fault));
      assert.throws(() => open(wrong), ModelError, String(fault));
    }
  });

  const refused: readonly [what: string, change: (content: Content) => unknown, said: RegExp][] = [
    [
      'a layer that is too short',
      (m) => m.weights.layers[0].W.pop(),
      /weights\.layers\[0\]\.W: it is 2 long/,
    ],
    ['a row that is too long', (m) => m.weights.layers[1].W[0].push(1), /layers\[1\]\.W\[0\]: it is 4 long/],
    ['a weight that is text', (m) => (m.weights.layers[0].b[0] = '1'), /a weight in it is no number/],
    ['a weight that is no float32', (m) => (m.weights.layers[0].b[0] = 0.1), /a weight in it is no float32/],
    ['sizes that nothing could hold', (m) => (m.network.sizes = [1e9, 1e3, 3]), /takes 1000000000 features/],
    ['a layer beyond all bounds', (m) => (m.network.sizes[1] = 1e9), /a hidden layer is too large/],
    ['other labels', (m) => m.labels.reverse(), /the labels are not the classes/],
    ['another task', (m) => (m.task = 'regression'), /the task is regression, with 3 classes/],
    ['another decision', (m) => (m.decision = 'aboveHalf'), /the decision is not that of softmax/],
    ['a mean that is not finite', (m) => (m.transform.columns[0].mean = 'NaN'), /not finite/],
    ['a later transform', (m) => (m.transform.version = 99), /transform is of version 99, made by a later/],
    ['a setting out of its bounds', (m) => (m.settings['training.seed'] = -1), /training\.seed/],
    ['frozen weights that are not there', (m) => (m.optimizer.frozen = [1e6]), /optimizer\.frozen/],
    ['a state that is cut off', (m) => (m.optimizer.state = 'AAAA'), /cut off or garbled/],
    [
      'a key that steers JavaScript',
      (m) => (m.settings = JSON.parse('{"__proto__": {}}') as Json),
      /the key “__proto__”/,
    ],
    ['a constructor', (m) => Object.assign(m.network, { constructor: 1 }), /the key “constructor”/],
  ];
  for (const [what, change, said] of refused) {
    it(`is refused with ${what}, though its checksum fits`, () => {
      assert.throws(
        () => open(changed(text, change)),
        (error) => error instanceof ModelError && said.test(error.message),
      );
    });
  }

  it('is refused in a sentence where it is no model, of a later version, damaged, too deep or not finite', () => {
    const says = (content: string | Uint8Array, sentence: RegExp) =>
      assert.throws(
        () => parseModel(bytesOf(content)),
        (error) => error instanceof ModelError && sentence.test(error.message),
      );
    says('', /no JSON, or is cut off/);
    says('{"a": 1}', /no model of Neuron Lens/);
    says('null', /no model of Neuron Lens/);
    says(
      text.replace('"neuronLensModel": 1', '"neuronLensModel": 2'),
      /of version 2, made by a later.*up to 1/,
    );
    says(text.replace('"neuronLensModel": 1', '"neuronLensModel": 0.5'), /version is none that there is/);
    says(text.replace('"epoch": 20', '"epoch": 21'), /checksum does not fit/);
    says(text.replace('"epoch": 20', '"epoch": 1e999'), /not finite/);
    says('['.repeat(1e6), /too deep in one another/);
    says(`[${'[],'.repeat(1e6)}[]]`, /more than a model of its size/);
    says(Uint8Array.of(0x22, 0xff, 0x22), /no text in UTF-8/);
    says(new Uint8Array(256 * 0x10_0000 + 1), /larger than 256 MB/);
    assert.equal(MODEL_VERSION, 1);
  });

  it('is not written where a number is not finite', () => {
    const broken: Model = { ...model, weights: model.weights.map(() => NaN) };
    assert.throws(() => writeModel(broken), ModelError);
  });

  it('can be read again however short its numbers are', () => {
    const zeros = trained('x,y\n1,2\n2,3\n3,5\n4,9\n5,2.5\n', { 'model.hiddenLayers': [600, 600] }, 0).model;
    const still = { ...zeros, weights: zeros.weights.map(() => 0) };
    assert.deepEqual(open(writeModel(still)).weights, still.weights);
  });

  it('is JSON of which brackets in texts are no lists', () => {
    assert.deepEqual(parseJson(bytesOf(JSON.stringify(['['.repeat(100), '\\"[[[[[[[[[[[[[[[']))), [
      '['.repeat(100),
      '\\"[[[[[[[[[[[[[[[',
    ]);
  });
});
