import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { forward, forwardPass } from '../../src/core/equations';
import { matrix, selectColumns } from '../../src/core/matrix';
import { unflatten } from '../../src/core/network';
import { inOwnUnit } from '../../src/core/scale';
import { readTable } from '../../src/data/csv/read';
import { answersIn } from '../../src/data/csv/lists';
import { readOptionsOf } from '../../src/data/csv/readOptions';
import type { CellValue } from '../../src/data/rowTransform';
import { classesIn, numbersFor, textsIn, type Cells } from '../../src/data/table/cellValues';
import { checkTable } from '../../src/data/table/check';
import { applyTransform, type ColumnTransform } from '../../src/data/transform';
import { predictRow, Predictor } from '../../src/runs/model';
import { parseModel, writeModel } from '../../src/runs/modelFile';
import type { Settings } from '../../src/settings/settings';
import { everyKind, trained } from './models';
import { bytesOf } from './reading';

/** The values of a column of a table, as a row of a model has them. */
function valuesOf(column: ColumnTransform, cells: Cells): CellValue[] {
  const rows = cells.read.rows;
  if (column.kind === 'category' || column.kind === 'list') {
    const { texts, codes } = textsIn(cells.read);
    return Array.from({ length: rows }, (_, row) => {
      if (codes[row] < 0) return null;
      const text = texts[codes[row]];
      return column.kind === 'list' ? answersIn(text, column.separator) : text;
    });
  }
  return [...numbersFor(cells, column).values];
}

/** A table, and its rows as a model takes them. */
function rowsOf(text: string, columns: readonly ColumnTransform[], settings: Settings) {
  const bytes = bytesOf(text);
  const checked = checkTable(
    readTable(() => [bytes], readOptionsOf(settings)),
    settings,
  );
  const known = new Map(checked.columns.map((column) => [column.read.name, column]));
  const values = columns.map((column) => valuesOf(column, known.get(column.name)!));
  const rows = Array.from({ length: checked.table.rows }, (_, row) => values.map((each) => each[row]));
  return { checked, rows };
}

const TWO_LAYERS = { 'model.hiddenLayers': [4, 3], 'model.hiddenActivation': 'relu' } as const;

const SAMPLES: Readonly<Record<string, string>> = Object.fromEntries(
  ['flower', 'iris', 'penguins', 'sine', 'cars'].map((name) => [
    `samples/${name}.csv`,
    readFileSync(`samples/${name}.csv`, 'utf8'),
  ]),
);

describe('the answers of a model', () => {
  const cases = [
    ...Object.entries(SAMPLES).map(([name, text]) => ({ name, text, settings: {} })),
    { name: 'a column of each kind', text: everyKind(), settings: {} },
    { name: 'ranks', text: everyKind(), settings: { 'data.transform': 'rank' } as const },
    { name: 'logarithms', text: everyKind(), settings: { 'data.transform': 'log' } as const },
    { name: 'columns not standardised', text: everyKind(), settings: { 'data.standardize': false } },
    { name: 'two layers of relu', text: everyKind(), settings: TWO_LAYERS },
    {
      name: 'the engine reference',
      text: everyKind(),
      settings: { 'training.engine': 'reference' } as const,
    },
  ];

  for (const { name, text, settings } of cases) {
    it(`are those of the float64 transform and forward pass, saved or not: ${name}`, () => {
      const { model, settings: all } = trained(text, settings);
      const { checked, rows } = rowsOf(text, model.transform.columns, all);
      const every = Int32Array.from(rows.keys());
      const { X } = applyTransform(model.transform, checked.columns, every, 'reference');
      const pass = forwardPass(model.network, matrix(X.rows, X.cols, X.data as Float64Array));
      forward(pass, unflatten(model.network, Float64Array.from(model.weights)));
      const output = pass.A[pass.A.length - 1];

      const opened = parseModel(bytesOf(writeModel(model)));
      const together = new Predictor(opened).predict(rows);
      rows.forEach((row, j) => {
        const { outputs, index } = together[j];
        const own = Array.from({ length: output.rows }, (_, k) => output.data[k * X.cols + j]);
        const { target } = model.transform;
        const wanted =
          target.kind !== 'classes'
            ? [inOwnUnit(own[0], target)]
            : own.length === 1
              ? [1 - own[0], own[0]]
              : own;
        assert.deepEqual([...outputs], wanted);
        assert.deepEqual(predictRow(opened, row), { outputs, index });
      });
    });
  }

  it('are within 1e-4 of those of the engine', () => {
    const { run, dataset, model } = trained(everyKind());
    const pass = forwardPass(run.network, selectColumns(dataset.X, Int32Array.from(dataset.lines.keys())));
    forward(pass, unflatten(run.network, run.parameters()));
    const { rows } = rowsOf(everyKind(), model.transform.columns, run.settings);
    const [output] = pass.A.slice(-1);
    new Predictor(model)
      .predict(rows)
      .forEach(({ outputs }, j) =>
        outputs.forEach((p, k) => assert.ok(Math.abs(p - output.data[k * rows.length + j]) < 1e-4)),
      );
  });

  it('follow the decision rule: the second class only above a half, the first of the largest', () => {
    const { model } = trained('x,y\n1,a\n2,b\n3,a\n4,b\n', { 'model.hiddenLayers': [] }, 0);
    const still = { ...model, weights: new Float32Array(model.weights.length) };
    assert.deepEqual(predictRow(still, [1]), { outputs: Float64Array.of(0.5, 0.5), index: 0 });
    const { model: three } = trained('x,y\n1,a\n2,b\n3,c\n4,a\n5,b\n6,c\n', { 'model.hiddenLayers': [] }, 0);
    const level = { ...three, weights: new Float32Array(three.weights.length) };
    assert.equal(predictRow(level, [1]).index, 0);
  });

  it('take what is missing, unknown or of another kind as a table would', () => {
    const text = everyKind();
    const { model, settings } = trained(text);
    const { columns } = model.transform;
    const names = columns.map((column) => column.name);
    const { rows } = rowsOf(text, columns, settings);
    const predictor = new Predictor(model);
    const without = (name: string, value: CellValue) => {
      const row = rows[0].with(names.indexOf(name), value);
      return [...predictor.features([row])];
    };
    assert.deepEqual(without('size', null), without('size', NaN));
    assert.deepEqual(without('size', null), without('size', 'a text'));
    assert.notDeepEqual(without('colour', null), without('colour', 'violet'));
    assert.throws(() => predictor.predict([[1, 2]]), /the transform has \d+ columns, the row 2 values/);
  });

  it('know classes as the table has them', () => {
    const text = everyKind(200);
    const { model, settings } = trained(text, {}, 2000);
    const { checked, rows } = rowsOf(text, model.transform.columns, settings);
    const classes = classesIn(checked.columns[checked.columns.length - 1], model.labels);
    const right = new Predictor(model).predict(rows).filter(({ index }, row) => index === classes[row]);
    assert.ok(right.length > 0.9 * rows.length, `${right.length} of ${rows.length}`);
  });
});
