import assert from 'node:assert/strict';
import { random } from '../../src/core/random';
import { predictRow, type Model } from '../../src/runs/model';
import { parseModel, writeModel } from '../../src/runs/modelFile';
import { contentHash, ModelError } from '../../src/runs/modelJson';
import { everyKind, trained } from './models';
import { bytesOf } from './reading';

/** Texts that have done harm somewhere: quotes, line ends, formulas, code, names of JavaScript, letters that turn or steer. */
const HOSTILE = [
  ...['"', "'", '\\', '\n', '\r\n', '\t', ',', ';', '=1+1', '+1', '-1', '@SUM(A1)', '\u0000', '\u001b[31m'],
  ...[
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
    '${1}',
    '`rm -rf`',
    '</script>',
    '{{x}}',
    '[',
    '{',
  ],
  ...[
    '\u202eevil',
    '\u2066a\u2069',
    '\u200b',
    '\ufeff',
    '👩‍👩‍👧',
    'é',
    'e\u0301',
    '-0',
    'NaN',
    'Infinity',
    '1e999',
    '',
  ],
  'x'.repeat(100_000),
];

const { model } = trained(everyKind(), { 'data.transform': 'rank' });
const text = writeModel(model);

/** What opening a file comes to: the model, or null where it was refused in a sentence; any other error is thrown. */
function opened(content: string | Uint8Array): Model | null {
  try {
    return parseModel(bytesOf(content));
  } catch (error) {
    assert.ok(error instanceof ModelError, `${String(error)} is no sentence`);
    assert.match(error.message, /^It |^Its |^A /);
    assert.ok(error.message.length < 500);
    return null;
  }
}

type Draw = (below: number) => number;
const drawing = (seed: number): Draw => random(seed, 'sample').below;

/** Values that a hostile file may have anywhere. */
const VALUES: readonly unknown[] = [
  ...[
    null,
    true,
    false,
    0,
    -0,
    1,
    -1,
    0.5,
    1e308,
    -1e308,
    5e-324,
    2 ** 53,
    4294967296,
    [],
    {},
    [[]],
    [0],
    'NaN',
    '',
  ],
  ...['number', 'category', '__proto__', { kind: 'rank', values: [], below: [] }, { length: 1e9 }, [null]],
];

const STEERING = { value: { x: 1 }, enumerable: true, configurable: true, writable: true };

type Holder = Record<string | number, unknown>;
type Place = [holder: Holder | unknown[], key: string];

/** Every place in parsed JSON: what holds it, and its key. */
function placesIn(value: unknown, found: Place[] = []): Place[] {
  if (typeof value !== 'object' || value === null) return found;
  const holder = value as Holder | unknown[];
  for (const key of Object.keys(holder)) {
    found.push([holder, key]);
    placesIn((holder as Holder)[key], found);
  }
  return found;
}

/** Does one thing to what a file holds. */
function damage(content: unknown, draw: Draw): void {
  const places = placesIn(content);
  const [at, key] = places[draw(places.length)];
  const [other, otherKey] = places[draw(places.length)];
  const holder = at as Holder;
  const before = holder[key];
  const value = structuredClone(VALUES[draw(VALUES.length)]);
  switch (draw(7)) {
    case 0:
      if (Array.isArray(at)) at.splice(Number(key), 1);
      else Reflect.deleteProperty(at, key);
      return;
    case 1:
      if (Array.isArray(at)) at.splice(Number(key), 0, before);
      else holder[`${key}2`] = before;
      return;
    case 2:
      holder[key] = HOSTILE[draw(HOSTILE.length - 1)];
      return;
    case 3:
      holder[key] = typeof before === 'number' ? -before * [1, 2, 1e-30, 1e30][draw(4)] : value;
      return;
    case 4:
      holder[key] = structuredClone((other as Holder)[otherKey]);
      (other as Holder)[otherKey] = structuredClone(before);
      return;
    case 5:
      if (Array.isArray(at)) at.push(...structuredClone(at));
      else Object.defineProperty(at, '__proto__', STEERING);
      return;
    default:
      holder[key] = value;
  }
}

/** Does one thing to the bytes of a file. */
function garble(bytes: Uint8Array, draw: Draw): Uint8Array {
  const at = draw(bytes.length);
  const to = Math.min(bytes.length, at + 1 + draw(40));
  switch (draw(5)) {
    case 0:
      return bytes.with(at, draw(256));
    case 1:
      return Uint8Array.from([...bytes.subarray(0, at), ...bytes.subarray(to)]);
    case 2:
      return Uint8Array.from([...bytes.subarray(0, to), ...bytes.subarray(at)]);
    case 3:
      return bytes.with(at, bytes[at] ^ (1 << draw(8)));
    default:
      return Uint8Array.from([...bytes.subarray(0, at), ...bytesOf('{"a":[{'), ...bytes.subarray(at)]);
  }
}

/** What is opened must be a model all the same: it predicts, and it can be saved again. */
function mustBeWhole(found: Model): void {
  const row = found.transform.columns.map((column) => (column.kind === 'category' ? 'red' : 1));
  predictRow(found, row);
  assert.deepEqual(parseModel(bytesOf(writeModel(found))), found);
}

describe('hostile files of models', () => {
  it('are refused in a sentence, or are models, after whatever was done to what they hold and the checksum made to fit', () => {
    let [whole, refused] = [0, 0];
    for (let seed = 0; seed < 5000; seed++) {
      const draw = drawing(seed);
      const content: unknown = JSON.parse(text);
      const { model: inner } = content as { model: unknown };
      for (let times = 1 + draw(2); times > 0; times--) damage(inner, draw);
      let sha256 = '';
      try {
        sha256 = contentHash(inner);
      } catch (error) {
        assert.ok(error instanceof ModelError);
      }
      const found = opened(JSON.stringify({ neuronLensModel: 1, sha256, model: inner }));
      if (found) mustBeWhole(found);
      if (found) whole++;
      else refused++;
    }
    assert.ok(refused > 3000 && whole > 50, `${refused} refused, ${whole} whole`);
  });

  it('are refused, or say the same as before, after whatever was done to their bytes', () => {
    const bytes = bytesOf(text);
    let same = 0;
    for (let seed = 0; seed < 5000; seed++) {
      const found = opened(garble(bytes, drawing(seed)));
      if (!found) continue;
      same++;
      assert.deepEqual(found, model);
    }
    assert.ok(same > 0 && same < 1000, `${same} were the same`);
  });

  it('are refused when they are cut off, wherever', () => {
    const bytes = bytesOf(text.trimEnd());
    for (let end = 0; end < bytes.length; end++) assert.equal(opened(bytes.subarray(0, end)), null, `${end}`);
  });

  it('may have any names of columns, classes and categories, and any texts in settings', () => {
    const { columns, target } = model.transform;
    for (const [k, hostile] of HOSTILE.entries()) {
      const named: Model = {
        ...model,
        labels: [hostile, 'b', 'c'],
        settings: {
          ...model.settings,
          'data.target': hostile,
          'data.columnTypes': Object.fromEntries([[hostile, 'number']]),
          'data.placeholders': Object.fromEntries([[hostile, [hostile]]]),
        },
        transform: {
          ...model.transform,
          columns: columns.map((column, c) => {
            const name = c === 0 ? hostile : column.name;
            if (column.kind !== 'category') return { ...column, name };
            return { ...column, name, categories: [hostile, 'green', 'red'], standIn: hostile };
          }),
          target: { ...target, name: `the target ${k}`, kind: 'classes', classes: [hostile, 'b', 'c'] },
        },
      };
      assert.deepEqual(opened(writeModel(named)), named);
    }
    assert.equal(({} as Record<string, unknown>)['x'], undefined);
  });
});
