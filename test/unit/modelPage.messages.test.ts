import assert from 'node:assert/strict';
import { serialize } from 'node:v8';
import { fieldsOf, modelTableView } from '../../src/host/modelTableView';
import { modelView } from '../../src/host/modelView';
import { lookThrough } from '../../src/predict/lookThrough';
import type { ToModelPage } from '../../src/protocol/modelPage';
import type { Settings } from '../../src/settings/settings';
import { MOST_BYTES } from './lensWorld';
import { trained } from './models';
import { bytesOf } from './reading';

/** A table of many columns whose names and categories are as long as they come. */
function wide(columns: number, rows: number): string {
  const long = (text: string) => text.padEnd(400, '名');
  const names = Array.from({ length: columns }, (_, k) => long(`column_${k}_`));
  const cell = (row: number, k: number) =>
    k % 2 === 0 ? String((row * 37 + k * 11) % 101) : long(`text_${(row * 7 + k) % 12}_`);
  const line = (row: number) => [...names.map((_, k) => cell(row, k)), `class_${row % 3}`].join(',');
  return [[...names, 'kind'].join(','), ...Array.from({ length: rows }, (_, row) => line(row)), ''].join(
    '\n',
  );
}

const sizeOf = (message: ToModelPage): number =>
  Math.max(serialize(message).length, Buffer.byteLength(JSON.stringify(message)));
const MANY: Partial<Settings> = {
  'csv.delimiter': ',',
  'csv.header': 'present',
  'data.target': 'kind',
  'model.hiddenLayers': [8],
};

describe('what the page of a model gets', () => {
  const text = wide(260, 60);
  const { model } = trained(text, MANY, 1);

  it('is never more than 256 kB in one message, whatever the names and categories are', async () => {
    const shown: ToModelPage = { type: 'model', model: modelView(model, 'wide.neuron.json') };
    const pieces = (async function* () {
      yield await Promise.resolve(bytesOf(text));
    })();
    const looked = await lookThrough(model, pieces);
    const table: ToModelPage = { type: 'table', table: modelTableView(model, 'wide.csv', looked, true) };
    for (const message of [shown, table])
      assert.ok(sizeOf(message) <= MOST_BYTES, `${message.type}: ${sizeOf(message)} bytes`);
    const { columns, more } = shown.model;
    assert.deepEqual([columns.length, more], [200, 60]);
    assert.ok(columns.every(({ name }, k) => name.startsWith(`column_${k}`)));
    assert.ok(
      columns.every(({ choices }, k) => k % 2 === 0 || choices.length > 0),
      'each field offers some',
    );
  });

  it('has the cells of a row, or why they are too many for a form', () => {
    const row = (cell: string) => ({
      texts: model.transform.columns.map(() => cell),
      note: '',
    });
    const seen = (cell: string) => fieldsOf(model, row(cell) as never, 2);
    assert.equal(seen('x'.repeat(100)).texts?.length, 200);
    const { texts, why } = seen('x'.repeat(900));
    assert.equal(texts, null);
    assert.match(why, /^The row on line 2 is longer than a form takes: its cells have 180,000 characters\.$/);
  });

  it('keeps what people have as it is', () => {
    const small = trained(
      'size,colour,kind\n1,red,a\n2,blue,b\n3,red,a\n4,blue,b\n5,red,a\n6,blue,b\n',
      MANY,
      1,
    );
    const { columns, features } = modelView(small.model, 'small.neuron.json');
    assert.deepEqual(
      columns.map(({ name, choices, start }) => [name, choices, start]),
      [
        ['size', [], columns[0].start],
        ['colour', ['blue', 'red'], columns[1].start],
      ],
    );
    assert.notEqual(columns[0].start, '');
    assert.equal(features.length, small.model.network.sizes[0]);
  });
});
