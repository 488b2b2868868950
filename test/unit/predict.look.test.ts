import assert from 'node:assert/strict';
import * as v from 'valibot';
import { fieldsOf, modelTableView, withRest } from '../../src/host/modelTableView';
import { MOST_FIELDS } from '../../src/host/modelView';
import { predictByHand } from '../../src/predict/byHand';
import { lookThrough, rowOnLine } from '../../src/predict/lookThrough';
import { CannotPredict, notShownText } from '../../src/predict/sentences';
import { MOST_SHOWN } from '../../src/predict/tableLook';
import { BARS } from '../../src/predict/unitBars';
import { toModelPage } from '../../src/protocol/modelPage';
import type { Model } from '../../src/runs/model';
import { everyKind, trained } from './models';
import { predicted, recordsOf } from './predictions';
import { bytesOf } from './reading';

const { model } = trained(everyKind(), { 'data.target': 'kind' }, 40);
const { model: number } = trained(everyKind(), { 'data.target': 'size' }, 40);
/** Two numbers, and a class that is 1 where they are alike in sign. */
const flower = (rows: number) =>
  `x1,x2,petal\n${Array.from({ length: rows }, (_, k) => {
    const [x1, x2] = [((k * 37) % 101) - 50, ((k * 53) % 97) - 48];
    return `${x1},${x2},${x1 * x2 > 0 ? 1 : 0}`;
  }).join('\n')}\n`;
const { model: small } = trained(flower(120), { 'model.hiddenLayers': [4], 'data.target': 'petal' }, 200);

/** A file in pieces. */
async function* pieces(file: string | Uint8Array, size = 1000): AsyncGenerator<Uint8Array> {
  const bytes = bytesOf(file);
  for (let at = 0; at < bytes.length; at += size) yield await Promise.resolve(bytes.slice(at, at + size));
}
const refusalOf = async (of: Model, file: string): Promise<string> => {
  const error: unknown = await lookThrough(of, pieces(file)).then(
    () => null,
    (why: unknown) => why,
  );
  assert.ok(error instanceof CannotPredict, String(error));
  return notShownText(error);
};
const viewOf = async (of: Model, file: string, isSame = false) =>
  modelTableView(of, 'a.csv', await lookThrough(of, pieces(file)), isSame);

describe('a table that is chosen for a model', () => {
  it('has for each row what predict says of it, to the bit', async () => {
    const file = everyKind();
    const records = recordsOf(predicted(model, file).text);
    const { look, done } = await lookThrough(model, pieces(file, 77));
    assert.equal(look.shown.length, records.length);
    look.shown.forEach(({ line, prediction, answer, outside }, k) => {
      assert.equal(line, k + 2);
      assert.deepEqual(
        [...prediction.outputs].map(String),
        model.labels.map((label) => records[k][`probability ${label}`]),
      );
      assert.equal(model.labels[prediction.index], records[k]['prediction']);
      assert.equal(answer === null ? null : model.labels[answer], records[k]['kind']);
      assert.equal(outside.join(';'), records[k]['outside']);
    });
    assert.deepEqual(done.result, predicted(model, file).result);
  });

  it('counts how often each class was predicted, and sends what the page parses', async () => {
    const view = await viewOf(small, flower(120), true);
    const counts = [0, 1].map((answer) =>
      [0, 1].map(
        (prediction) =>
          view.lines.filter((_, k) => view.answers[k] === answer && view.predictions[k] === prediction)
            .length,
      ),
    );
    assert.deepEqual(
      view.confusion,
      counts.map((each) => Float64Array.from(each)),
    );
    assert.deepEqual(
      view.places.map((place) => place[0]),
      [-50, -48],
    );
    assert.ok(view.sure.every((p) => p >= 0.5 && p <= 1));
    assert.match(view.said.join(' '), /Accuracy .* on 120 rows .*This is the file that was trained on/);
    assert.doesNotMatch((await viewOf(small, flower(80))).said.join(' '), /trained on:/);
    assert.deepEqual(v.parse(toModelPage, { type: 'table', table: view }), { type: 'table', table: view });
  });

  it('has the numbers themselves where a number is predicted', async () => {
    const view = await viewOf(number, everyKind());
    const records = recordsOf(predicted(number, everyKind()).text);
    assert.deepEqual(
      [...view.predictions].map(String),
      records.map((record) => record['prediction']),
    );
    assert.deepEqual(
      [...view.answers].map((size) => (Number.isNaN(size) ? '' : String(size))),
      records.map((record) => record['size']),
    );
    assert.deepEqual([view.confusion, view.places, view.sure.length], [null, [], 0]);
  });

  it('says where the activations of each hidden unit lie', async () => {
    const { units, unitRows } = await viewOf(small, flower(120));
    assert.equal(unitRows, 120);
    assert.deepEqual(
      units.map(({ layer, unit }) => [layer, unit]),
      [0, 1, 2, 3].map((unit) => [1, unit]),
    );
    for (const { bars, mean, from, to, flat } of units) {
      assert.deepEqual([bars.length, bars.reduce((sum, rows) => sum + rows), from, to], [BARS, 120, -1, 1]);
      const middle = bars.reduce((sum, rows, k) => sum + rows * (((k + 0.5) * 2) / BARS - 1), 0) / 120;
      assert.ok(Math.abs(middle - mean) < 1 / BARS, `${middle} and ${mean}`);
      assert.ok(flat >= 0 && flat <= 1);
    }
  });

  it('is drawn by at most 2,000 rows, the same ones each time, from all of the file', async () => {
    const file = flower(9000);
    const { lines, predicted: all, confusion } = await viewOf(small, file);
    assert.deepEqual([lines.length, all], [MOST_SHOWN, 9000]);
    assert.deepEqual((await viewOf(small, file)).lines, lines);
    assert.deepEqual(
      [...lines].toSorted((a, b) => a - b),
      [...lines],
    );
    assert.equal(new Set(lines).size, MOST_SHOWN);
    const perThird = [0, 1, 2].map(
      (third) => lines.filter((line) => Math.floor((line - 2) / 3000) === third).length,
    );
    for (const rows of perThird) assert.ok(Math.abs(rows - MOST_SHOWN / 3) < 100, perThird.join());
    assert.equal(
      confusion?.flatMap((counts) => [...counts]).reduce((sum, rows) => sum + rows),
      9000,
    );
  });

  it('may have no row with a prediction: then nothing is drawn, and the reasons are said', async () => {
    const strict: Model = { ...small, settings: { ...small.settings, 'data.missingValues': 'dropRows' } };
    const view = await viewOf(strict, 'x1,x2,petal\n1,,0\n,2,1\n');
    assert.deepEqual([view.predicted, view.lines.length, view.units.length], [0, 0, 0]);
    assert.match(view.said.join(' '), /2 rows without a prediction: +line 2: no value: x2/);
    assert.deepEqual(v.parse(toModelPage, { type: 'table', table: view }), { type: 'table', table: view });
  });

  it('is refused by name where a column is absent, or holds nothing of its kind', async () => {
    assert.match(await refusalOf(small, 'x1,petal\n1,0\n'), /“x2”, which the model takes/);
    assert.equal(
      await refusalOf(small, 'x1,x2,petal\n1,high,0\n2,low,1\n'),
      'It cannot be this model’s table: “x2” has no cell of the kind that the model takes.',
    );
    // One cell that cannot be read is a cell, not another table.
    assert.equal((await viewOf(small, 'x1,x2,petal\n1,high,0\n2,3,1\n')).lines.length, 2);
    assert.match(
      await refusalOf(small, '{"x1":1,"x2":2}\n{"x1":1,"x2":2}\n'),
      /JSON Lines.* once it is saved as CSV/,
    );
  });

  it('needs no encoding that can hold the labels: nothing is written', async () => {
    const file = 'x,y\n1,α\n2,β\n3,α\n4,β\n5,α\n6,β\n';
    const { model: greek } = trained(file, { 'data.target': 'y' }, 5);
    const latin = Buffer.from('x,grün\n1,ü\n2,ä\n', 'latin1');
    assert.throws(() => predicted(greek, latin), CannotPredict);
    const { look } = await lookThrough(greek, pieces(latin));
    assert.equal(look.shown.length, 2);
  });
});

describe('a row of a table that the form starts from', () => {
  const file = everyKind();
  const NAMES = file.split('\n')[0].split(',');

  it('gets the bits of predict on the file of that one row', async () => {
    const rows = file.trimEnd().split('\n');
    for (const of of [model, number])
      for (let at = 1; at < rows.length; at += 7) {
        const row = await rowOnLine(of, pieces(file, 90), at + 1);
        assert.ok(row);
        const { texts } = fieldsOf(of, row, at + 1);
        const one = `${rows[0]}\n${rows[at]}\n`;
        const [record] = recordsOf(predicted(of, one, { told: { delimiter: ',', header: 'present' } }).text);
        const { outputs, prediction, read } = predictByHand(of, texts ?? []);
        const wanted =
          of.labels.length > 0
            ? of.labels.map((label) => record[`probability ${label}`])
            : [record['prediction']];
        assert.deepEqual(outputs.map(String), wanted, rows[at]);
        assert.ok(prediction !== null && read.length === of.transform.columns.length);
      }
  });

  it('has its cells as they are written, in the order of the model', async () => {
    const row = await rowOnLine(model, pieces(file, 50), 4);
    const [record] = recordsOf(file).slice(2);
    assert.deepEqual(
      row?.texts,
      model.transform.columns.map(({ name }) => record[name]),
    );
    assert.ok(NAMES.includes('owns'));
  });

  it('is a row that is there, whole, and short enough for the fields', async () => {
    const why = async (text: string, line: number) =>
      fieldsOf(small, await rowOnLine(small, pieces(text), line), line).why;
    assert.equal(await why(flower(9), 1), 'No row begins on line 1.');
    assert.equal(await why(flower(9), 11), 'No row begins on line 11.');
    assert.equal(await why(`${flower(9)}7\n`, 11), 'The row on line 11 is not whole: 1 of 3 cells.');
    assert.equal(await why(flower(9), 10), '');
    assert.match(
      await why(`${flower(9)}${'7'.repeat(1001)},1,0\n`, 11),
      /“x1” on line 11 is longer than a field takes: it has 1,001 characters/,
    );
  });

  it('reads no more of the file than it takes', async () => {
    let taken = 0;
    const counted = async function* () {
      for await (const piece of pieces(flower(200_000), 65_536)) {
        taken += piece.length;
        yield piece;
      }
    };
    assert.equal((await rowOnLine(small, counted(), 20))?.line, 20);
    assert.ok(taken < 200_000, `${taken} bytes`);
  });

  it('keeps for columns without a field what the row has there', async () => {
    const names = Array.from({ length: MOST_FIELDS + 20 }, (_, k) => `c${k}`);
    const line = (k: number) => names.map((_, c) => ((k * (c + 3)) % 11) + k).join(',');
    const wide = `${names.join(',')},y\n${Array.from({ length: 30 }, (_, k) => `${line(k)},${k % 2}`).join('\n')}\n`;
    const { model: of } = trained(wide, { 'data.target': 'y' }, 3);
    const row = await rowOnLine(of, pieces(wide), 9);
    assert.ok(row && row.texts.length > MOST_FIELDS);
    const { texts } = fieldsOf(of, row, 9);
    assert.equal(texts?.length, MOST_FIELDS);
    const { outputs } = predictByHand(of, withRest(texts ?? [], row.texts));
    assert.deepEqual(outputs, [...(row.prediction?.outputs ?? [])]);
    assert.notDeepEqual(outputs, predictByHand(of, texts ?? []).outputs);
  });
});
