import assert from 'node:assert/strict';
import type { Model } from '../../src/runs/model';
import { predictByHand, startOf } from '../../src/predict/byHand';
import { everyKind, trained } from './models';
import { predicted, recordsOf } from './predictions';

const { model } = trained(everyKind(), { 'data.target': 'kind' }, 40);
const { model: number } = trained(everyKind(), { 'data.target': 'size' }, 40);
const { model: dropping } = trained(
  everyKind(),
  { 'data.target': 'kind', 'data.missingValues': 'dropRows' },
  40,
);

/** The rows of the table, unlike ones, and cells that hold nothing or nothing that can be read. */
const ROWS: readonly (readonly string[])[] = [
  ...recordsOf(everyKind(20)).map((record) => Object.values(record)),
  ['1000', '-5 kg', 'violet', '2031-01-01', '25:99', 'gold', 'maybe', '"', 'a'],
  ['', '', '', '', '', '', '', '', ''],
  ['much', '4 g', 'Red', 'soon', 'noon', 'milk;cheese', 'x', '1,050.5', 'b'],
  ['NA', '12,5 kg', 'red', '12.03.2011', '7:05', 'tea', '', '2,100.25', 'c'],
];

const NAMES = everyKind(1).split('\n')[0].split(',');
const cell = (text: string) => `"${text.replaceAll('"', '""')}"`;

describe('a row that is predicted by hand', () => {
  const same = (of: Model, cells: readonly string[]) => {
    const taken = of.transform.columns.map(({ name }) => cells[NAMES.indexOf(name)]);
    const byHand = predictByHand(of, taken);
    const told = { delimiter: ',', header: 'present' } as const;
    // One row alone, as a file of which all that is known is how it is written.
    const file = `${NAMES.map(cell).join(',')}\n${cells.map(cell).join(',')}\n`;
    const [record] = recordsOf(predicted(of, file, { told }).text);
    const outputs =
      of.labels.length > 0
        ? of.labels.map((label) => record[`probability ${label}`])
        : [record['prediction']];
    assert.deepEqual(byHand.outputs.map(String), byHand.prediction === null ? [] : outputs, cells.join('|'));
    if (of.labels.length > 0) assert.equal(byHand.prediction ?? '', record['prediction']);
    else assert.equal(byHand.prediction === null, record['prediction'] === '');
    assert.equal(byHand.outside.join(';'), record['outside']);
    assert.equal(byHand.note, record['note']);
    return byHand;
  };

  it('gets the bits of predict on the file of that one row: prediction, probabilities, outside and note', () => {
    const classes = ROWS.map((cells) => same(model, cells));
    const numbers = ROWS.map((cells) => same(number, cells));
    const dropped = ROWS.map((cells) => same(dropping, cells));
    // Else the rows show too little.
    assert.ok(classes.some(({ outside }) => outside.length > 2) && classes.some(({ note }) => note !== ''));
    assert.ok(numbers.every(({ prediction }) => prediction !== null));
    assert.ok(dropped.some(({ note }) => note.startsWith('no value: ')));
  });

  it('is said how each of its cells was read', () => {
    const texts = ['1000', '2.5 kg', 'violet', '2014-01-02', '7:05', 'milk;gold', 'x', ''];
    const { read } = predictByHand(model, texts);
    const [size, weight, colour, born, at, owns, paid, price] = read;
    assert.equal(size, '1000: outside what was trained on');
    assert.equal(weight, '2.5 kg');
    assert.equal(colour, '“violet”: outside, the model does not know it');
    assert.equal(born, '2014-01-02');
    assert.equal(at, '07:05:00');
    assert.equal(owns, '“milk”, “gold”: outside, the model does not know it');
    assert.equal(paid, 'given');
    assert.match(price, /^missing: taken as /);
    assert.match(predictByHand(model, ['much', ...texts.slice(1)]).read[0], /^not read: taken as /);
  });

  it('starts from what the model can read: means and the commonest', () => {
    const start = startOf(model);
    const { prediction, outside, read, note } = predictByHand(model, start);
    assert.ok(prediction !== null);
    assert.deepEqual([outside, note], [[], '']);
    const [, , colour] = model.transform.columns;
    assert.equal(start[2], colour.kind === 'category' && colour.standIn);
    for (const [k, { kind }] of model.transform.columns.entries())
      if (kind !== 'ticked') assert.doesNotMatch(read[k], /missing|not read/);
  });
});
