import { matrix, selectColumns, type Matrix } from '../core/matrix';
import type { OutputKind } from '../core/network';
import { random } from '../core/random';
import type { Examples } from '../core/trainer';
import type { Settings } from '../settings';
import { delimiterName } from './delimiters';
import { readTable, type ReadTable } from './read';
import { split } from './split';
import { chooseTarget, classOfRows, resolveTarget, type KnownColumn, type Task } from './target';
import { distinctTexts, typeOf } from './types';
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

/** A table, what its columns are, and the one to predict; whether it can be is for `resolveTarget` to say. */
export interface KnownTable {
  readonly table: ReadTable;
  readonly columns: readonly KnownColumn[];
  readonly chosen: { readonly index: number; readonly reason: string };
}

/**
 * Reads a table and chooses its target. Throws UserError, with line and column, for what keeps it from being trained
 * on.
 */
export function readKnown(
  source: string | Uint8Array,
  settings: Pick<Settings, 'data.target' | 'data.ignoredColumns'>,
): KnownTable {
  const bytes = typeof source === 'string' ? new TextEncoder().encode(source) : source;
  const table = readTable(() => [bytes]);
  const error = table.problems.list.find(({ severity }) => severity === 'error');
  if (error) throw new UserError(error.message, error);
  const columns = table.columns.map((read) => ({ read, typed: typeOf(read) }));
  const ignored = new Set(settings['data.ignoredColumns']);
  const chosen = chooseTarget(table, columns, settings['data.target'], ignored);
  return { table, columns, chosen };
}

/** Reads a CSV file's bytes, or its text, into a dataset. Throws UserError as {@link readKnown} does. */
export function readDataset(source: string | Uint8Array, settings: DataSettings): Dataset {
  const { table, columns, chosen } = readKnown(source, settings);
  const target = resolveTarget(table, columns, chosen, settings['model.output']);
  const names = columns.map(({ read }) => read.name);
  const ignored = new Set(settings['data.ignoredColumns']);
  const notices = settings['data.ignoredColumns']
    .filter((name) => !names.includes(name))
    .map((name) => `neuronLens.data.ignoredColumns names “${name}”, which is not a column of this file.`);
  notices.push(...table.problems.list.map(({ line, message }) => `Line ${line}: ${message}`));
  const targetColumn = columns[target.index];

  const raw: RawFeature[] = [];
  columns.forEach((column, index) => {
    const { name } = column.read;
    if (index === target.index || ignored.has(name)) return;
    const encoded = encode(column);
    if (encoded === null) notices.push(`“${name}” is left out: ${column.typed.evidence}.`);
    else raw.push(...encoded);
  });
  for (const { read } of columns) {
    if (ignored.has(read.name) || !read.commas) continue;
    notices.push(
      read.commas === 'decimal'
        ? `“${read.name}” is read with a decimal comma.`
        : `The commas in “${read.name}” are read as separators of thousands.`,
    );
  }
  if (raw.length === 0) {
    throw new UserError(
      `No column is left to predict “${targetColumn.read.name}” from. ${notices.join(' ')}`.trim(),
    );
  }

  const usable: number[] = [];
  for (let row = 0; row < table.rows; row++) {
    if (isPresent(targetColumn, row) && raw.every(({ values }) => !Number.isNaN(values[row])))
      usable.push(row);
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
  const classOfRow = task === 'regression' ? null : classOfRows(targetColumn, classes);
  const classOf = classOfRow && Int32Array.from(usable, (row) => classOfRow[row]);
  if (classOf && new Set(classOf).size < 2) {
    throw new UserError(
      `Only the class “${classes[classOf[0]]}” of “${targetColumn.read.name}” is left after rows with missing values were skipped.`,
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
  const { Y, targetScale } = labels(output, classOf, classes.length, targetColumn, usable, parts.train);
  return {
    features,
    X,
    Y,
    classOf,
    target: targetColumn.read.name,
    targetReason: target.reason,
    task,
    output,
    classes,
    targetScale,
    ...parts,
    lines: Int32Array.from(usable, (row) => table.lines[row]),
    rows: table.rows,
    columns: names.length,
    columnNames: names,
    delimiter: delimiterName(table.dialect?.syntax.delimiter ?? 0),
    skippedRows,
    notices,
  };
}

/** X and Y of one part of the dataset, (nx, |part|) and (ny, |part|). */
export function examples({ X, Y }: Dataset, part: Int32Array): Examples {
  return { X: selectColumns(X, part), Y: selectColumns(Y, part) };
}

const isPresent = ({ read }: KnownColumn, row: number): boolean =>
  read.holds === 'numbers' ? !Number.isNaN(read.numbers[row]) : read.codes[row] >= 0;

/** The features a column makes, or null when it makes none. */
function encode({ read, typed }: KnownColumn): RawFeature[] | null {
  const { name } = read;
  switch (typed.type) {
    case 'number':
    case 'date':
      return [{ name, values: typed.values, scaled: true }];
    case 'boolean':
      return [{ name, values: typed.values, scaled: false }];
    case 'category':
      return distinctTexts(read).map((text) => {
        const own = read.texts.indexOf(text);
        const values = Float64Array.from(read.codes, (code) => (code < 0 ? NaN : Number(code === own)));
        return { name: `${name} = ${text}`, values, scaled: false };
      });
    case 'text':
    case 'identifier':
    case 'constant':
      return null;
    default:
      return typed.type satisfies never;
  }
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
  { read, typed }: KnownColumn,
  usable: readonly number[],
  train: Int32Array,
): Pick<Dataset, 'Y' | 'targetScale'> {
  const m = usable.length;
  const unit = { mean: 0, deviation: 1 };
  if (!classOf) {
    const numbers = read.holds === 'numbers' ? read.numbers : typed.values;
    const values = Float64Array.from(usable, (row) => numbers[row]);
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
