import { matrix, selectColumns, type Matrix } from '../core/matrix';
import type { OutputKind } from '../core/network';
import { random } from '../core/random';
import type { Examples } from '../core/trainer';
import type { Settings } from '../settings';
import { distinctTexts, isMissing, readColumn, type Column } from './columns';
import { delimiterNames, readTable, type Table } from './csv';
import { split } from './split';
import { chooseTarget, resolveTarget, type Task } from './target';
import { UserError } from './userError';

/** One row of X. A standardised value is (x − mean) / deviation; others have mean 0 and deviation 1. */
export interface Feature {
  readonly name: string;
  readonly mean: number;
  readonly deviation: number;
}

/** A table turned into examples. */
export interface Dataset {
  readonly features: readonly Feature[];
  /** (nx, m), scaled. */
  readonly X: Matrix;
  /** (ny, m): 0/1, one-hot, or the standardised number. */
  readonly Y: Matrix;
  /** Class of each example, or null for regression. */
  readonly classOf: Int32Array | null;
  readonly target: string;
  readonly targetReason: string;
  readonly task: Task;
  readonly output: OutputKind;
  readonly classes: readonly string[];
  /** Regression: y = standardised · deviation + mean, in the target's own unit. */
  readonly targetScale: { readonly mean: number; readonly deviation: number };
  /** Indices of the examples of each part, in file order. */
  readonly train: Int32Array;
  readonly test: Int32Array;
  /** The line of the file each example came from. */
  readonly lines: Int32Array;
  readonly rows: number;
  readonly columns: number;
  readonly columnNames: readonly string[];
  readonly delimiter: string;
  readonly skippedRows: number;
  /** What a person should know: columns left out, rows skipped, and why. */
  readonly notices: readonly string[];
}

type DataSettings = Pick<
  Settings,
  | 'model.output'
  | 'training.seed'
  | 'training.testFraction'
  | 'data.target'
  | 'data.ignoredColumns'
  | 'data.standardize'
>;

/** A feature before scaling: one value an example row of the table, NaN where missing. */
interface RawFeature {
  readonly name: string;
  readonly values: Float64Array;
  readonly scaled: boolean;
}

/** Reads a CSV text into a dataset. Throws UserError with line and column for what cannot be used. */
export function readDataset(text: string, settings: DataSettings): Dataset {
  const table = readTable(text);
  const columns = table.names.map((_, index) => readColumn(table, index));
  const ignored = new Set(settings['data.ignoredColumns']);
  const notices = settings['data.ignoredColumns']
    .filter((name) => !table.names.includes(name))
    .map((name) => `neuronLens.data.ignoredColumns names “${name}”, which is not a column of this file.`);
  const target = resolveTarget(
    table,
    chooseTarget(table, columns, settings['data.target'], ignored),
    settings['model.output'],
  );

  const raw: RawFeature[] = [];
  for (const column of columns) {
    if (column === target.column || ignored.has(column.name)) continue;
    const encoded = encode(table, column);
    if (typeof encoded === 'string') notices.push(`“${column.name}” is left out: ${encoded}.`);
    else raw.push(...encoded);
  }
  for (const column of columns) {
    if (ignored.has(column.name) || !column.commas || column.type !== 'number') continue;
    notices.push(
      column.commas === 'decimal'
        ? `“${column.name}” is read with a decimal comma.`
        : `The commas in “${column.name}” are read as separators of thousands.`,
    );
  }
  if (raw.length === 0) {
    throw new UserError(
      `No column is left to predict “${target.column.name}” from. ${notices.join(' ')}`.trim(),
    );
  }

  const usable: number[] = [];
  for (let row = 0; row < table.rows; row++) {
    const known = !isMissing(table.columns[target.column.index][row]);
    if (known && raw.every(({ values }) => !Number.isNaN(values[row]))) usable.push(row);
  }
  const skippedRows = table.rows - usable.length;
  if (skippedRows > 0) {
    const first = usable.findIndex((row, i) => row !== i);
    notices.push(
      `${skippedRows} of ${table.rows} rows are skipped because a value is missing, the first on line ${table.lines[first < 0 ? usable.length : first]}.`,
    );
  }
  const m = usable.length;
  if (m < 2) {
    throw new UserError(
      `Only ${m} of ${table.rows} rows can be used: the others miss a value. At least 2 are needed.`,
      { line: table.lines[0] },
    );
  }

  const { classes, task } = target;
  const classOf = task === 'regression' ? null : classIndices(table, target.column, classes, usable);
  if (classOf && new Set(classOf).size < 2) {
    throw new UserError(
      `Only the class “${classes[classOf[0]]}” of “${target.column.name}” is left after rows with missing values were skipped.`,
      { line: table.lines[usable[0]] },
    );
  }
  const seed = settings['training.seed'];
  const parts = split(m, classOf, settings['training.testFraction'], random(seed, 'split'));

  const X = matrix(raw.length, m);
  const features = raw.map(({ name, values, scaled }, i): Feature => {
    const row = X.data.subarray(i * m, (i + 1) * m);
    usable.forEach((from, j) => (row[j] = values[from]));
    const scale =
      scaled && settings['data.standardize'] ? fitScale(row, parts.train) : { mean: 0, deviation: 1 };
    for (let j = 0; j < m; j++) row[j] = (row[j] - scale.mean) / scale.deviation;
    return { name, ...scale };
  });

  const output = settings['model.output'] !== 'auto' ? settings['model.output'] : outputOf(task);
  const { Y, targetScale } = labels(output, classOf, classes.length, target.column, usable, parts.train);
  return {
    features,
    X,
    Y,
    classOf,
    target: target.column.name,
    targetReason: target.reason,
    task,
    output,
    classes,
    targetScale,
    ...parts,
    lines: Int32Array.from(usable, (row) => table.lines[row]),
    rows: table.rows,
    columns: table.names.length,
    columnNames: table.names,
    delimiter: delimiterNames[table.dialect.delimiter],
    skippedRows,
    notices,
  };
}

/** X and Y of one part of the dataset, (nx, |part|) and (ny, |part|). */
export function examples({ X, Y }: Dataset, part: Int32Array): Examples {
  return { X: selectColumns(X, part), Y: selectColumns(Y, part) };
}

/** The features a column makes, or why it makes none. Throws UserError for text in a number column. */
function encode(table: Table, column: Column): RawFeature[] | string {
  const { name, index, numbers } = column;
  switch (column.type) {
    case 'number':
    case 'date':
      return [{ name, values: numbers, scaled: true }];
    case 'boolean':
      return [{ name, values: numbers, scaled: false }];
    case 'category': {
      const cells = table.columns[index];
      return distinctTexts(table, index).map((text) => ({
        name: `${name} = ${text}`,
        values: Float64Array.from(cells, (cell) => (isMissing(cell) ? NaN : Number(cell === text))),
        scaled: false,
      }));
    }
    case 'text':
      return `it holds text with ${column.distinct} different values`;
    case 'constant':
      return column.distinct === 0 ? 'all its values are missing' : 'all its values are the same';
    case 'mixed': {
      const row = column.firstText ?? 0;
      throw new UserError(
        `“${table.columns[index][row]}” is no number, in the column “${name}” that otherwise holds numbers. Mend the cell, or name the column in neuronLens.data.ignoredColumns.`,
        table.locate(row, index),
      );
    }
    default:
      return column.type satisfies never;
  }
}

function classIndices(
  table: Table,
  column: Column,
  classes: readonly string[],
  usable: readonly number[],
): Int32Array {
  const indexOf = new Map(classes.map((text, k) => [text, k]));
  return Int32Array.from(usable, (row) => indexOf.get(table.columns[column.index][row]) ?? 0);
}

const outputOf = (task: Task): OutputKind =>
  task === 'binary' ? 'sigmoid' : task === 'multiclass' ? 'softmax' : 'linear';

/** Mean and standard deviation (over m, not m − 1) of the training part; a constant is only centred. */
function fitScale(values: Float64Array, train: Int32Array): { mean: number; deviation: number } {
  let mean = 0;
  for (const j of train) mean += values[j];
  mean /= train.length;
  let squares = 0;
  for (const j of train) squares += (values[j] - mean) * (values[j] - mean);
  return { mean, deviation: Math.sqrt(squares / train.length) || 1 };
}

function labels(
  output: OutputKind,
  classOf: Int32Array | null,
  classCount: number,
  column: Column,
  usable: readonly number[],
  train: Int32Array,
): Pick<Dataset, 'Y' | 'targetScale'> {
  const m = usable.length;
  const unit = { mean: 0, deviation: 1 };
  if (!classOf) {
    const values = Float64Array.from(usable, (row) => column.numbers[row]);
    const targetScale = fitScale(values, train);
    return {
      Y: matrix(
        1,
        m,
        values.map((y) => (y - targetScale.mean) / targetScale.deviation),
      ),
      targetScale,
    };
  }
  if (output !== 'softmax') return { Y: matrix(1, m, Float64Array.from(classOf)), targetScale: unit };
  const Y = matrix(classCount, m);
  classOf.forEach((k, j) => (Y.data[k * m + j] = 1));
  return { Y, targetScale: unit };
}
