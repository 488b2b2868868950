import { matrix, type Matrix, type Table } from '../core/matrix';
import type { OutputKind } from '../core/network';
import { standardised, UNSCALED, type Scale } from '../core/scale';
import type { Settings } from '../settings/settings';
import { checkTable, mustBeUsable, type CheckedTable, type CheckSettings } from './table/check';
import { dialectOf } from './csv/delimiters';
import { readOptionsOf } from './csv/readOptions';
import { message, type Message, type Notice, type Reason, type TaskReason } from './message';
import { classesIn, numbersFor } from './table/cellValues';
import type { KnownColumn } from './table/known';
import { listedInVain } from './table/listedInVain';
import { isOfReading } from './problems';
import { readTable } from './csv/read';
import type { Parts, PartsBy } from './table/split';
import { splitOf, type Split } from './table/splitColumn';
import { TRANSFORM_VERSION } from './versions';
import type { Task } from './table/target';
import { columnsUnder, mustSuit, targetUnder, type Under } from './under';
import type { Apart } from './validation';
import { columnReading, widened, type ColumnReading } from './reading';
import { fitColumn, fitTarget, shapeOf } from './fitTransform';
import {
  applyColumn,
  emptyTable,
  featureCount,
  featuresOf,
  FITTED,
  type Feature,
  type TargetTransform,
  type Transform,
} from './transform';

/** A table turned into examples. */
export interface Dataset {
  /** How its rows became numbers. */
  readonly transform: Transform;
  readonly features: readonly Feature[];
  /** (nx, m), scaled; float32 for the engine that computes in it. */
  readonly X: Table;
  /** (ny, m): 0/1, one-hot, or the standardised number. */
  readonly Y: Matrix;
  /** Class of each example, or null for regression. */
  readonly classOf: Int32Array | null;
  readonly target: string;
  readonly targetReason: Reason | null;
  readonly task: Task;
  /** Why it is predicted as classes, or as a number. */
  readonly taskReason: TaskReason;
  readonly output: OutputKind;
  readonly classes: readonly string[];
  /** Regression: y = standardised · deviation + mean, in the target's own unit. */
  readonly targetScale: Scale;
  /** Indices of the examples of each part, in file order. */
  readonly train: Int32Array;
  readonly test: Int32Array;
  readonly partsBy: PartsBy;
  readonly apart: Apart;
  /** The line of the file each example came from. */
  readonly lines: Int32Array;
  readonly rows: number;
  readonly columns: number;
  /** How the file was read. */
  readonly dialect: Message<'dialect'> | null;
  readonly skippedRows: number;
  /** What a person should know: columns left out, rows skipped, and why. */
  readonly notices: readonly Notice[];
}

export type DataSettings = CheckSettings &
  Pick<
    Settings,
    'training.engine' | 'training.seed' | 'training.testFraction' | 'data.placeholders' | 'data.transform'
  >;

/** How a data set may be made otherwise than a training wants it. */
export interface MakeOptions {
  /** The parts, as indices of the usable rows; those that the settings give when left out. */
  readonly parts?: Parts;
  /** The columns stay, for another data set. */
  readonly keepsColumns?: boolean;
  /** How rows become numbers for weights that are trained further; fitted on the training part when left out. */
  readonly under?: Under;
}

/**
 * Makes examples of a table. Takes the columns with it, unless they are to be kept: each is let go of once it has been
 * rounded into X. Throws UserError, with line and column, for what keeps the table from being trained on.
 */
export function makeDataset(
  checked: CheckedTable,
  settings: DataSettings,
  { parts: given, keepsColumns = false, under }: MakeOptions = {},
): Dataset {
  mustBeUsable(checked);
  const { table, columns, target, usable } = checked;
  const notices = noticesOf(checked, settings);
  const targetColumn = columns[target.index];
  const m = usable.length;

  if (under) mustSuit(under, checked);
  const { classes, task } = under ? targetUnder(under) : target;
  const classOfRow = task === 'regression' ? null : classesIn(targetColumn, classes);
  const classOf = classOfRow && Int32Array.from(usable, (row) => classOfRow[row]);
  const {
    parts,
    by: partsBy,
    apart,
    notices: ofSplit,
  } = given ? asGiven(given) : splitOf(checked, classOf, settings);
  notices.push(...ofSplit);
  const asked = settings['model.output'] !== 'auto' ? settings['model.output'] : outputOf(task);
  const output = under?.output ?? asked;
  const trainRows = Int32Array.from(parts.train, (j) => usable[j]);
  const targetTransform = under?.transform.target ?? fitTarget(target, targetColumn, trainRows);
  const Y = labels(output, classOf, targetTransform, targetColumn, usable);

  const used = under
    ? columnsUnder(under, columns)
    : columns
        .filter(({ role }, index) => index !== target.index && role === 'feature')
        .map((column) => ({ column, shape: shapeOf(column, usable) }));
  const filled = used.filter(({ shape }) => shape.missingFeature).map(({ shape }) => shape.name);
  if (filled.length > 0) {
    const columns = filled.slice(0, MOST_FILLED);
    notices.push(message('filled-in', { columns, more: filled.length - columns.length }));
  }
  const nx = used.reduce((sum, { shape }) => sum + featureCount(shape), 0);
  const X = emptyTable(nx, m, settings['training.engine']);
  let feature = 0;
  const readings: ColumnReading[] = [];
  const fitted = used.map(({ column, shape }, k) => {
    const fit =
      under?.transform.columns[k] ??
      fitColumn(shape, column, trainRows, settings['data.standardize'], settings['data.transform']);
    applyColumn(fit, column, usable, X, feature);
    feature += featureCount(fit);
    readings.push(columnReading(column, shape, trainRows));
    if (!keepsColumns) letGo(column);
    return fit;
  });
  const reading = { columns: readings, target: columnReading(targetColumn, targetTransform, trainRows) };
  const transform: Transform = {
    ...{ version: TRANSFORM_VERSION, fitted: FITTED },
    ...{ columns: fitted, target: targetTransform },
    reading: under ? widened(under.transform.reading, reading) : reading,
  };

  return {
    transform,
    features: featuresOf(transform),
    X,
    Y,
    classOf,
    target: targetColumn.read.name,
    targetReason: target.reason,
    task,
    taskReason: target.taskReason,
    output,
    classes,
    targetScale: scaleOf(targetTransform),
    ...parts,
    ...{ partsBy, apart },
    lines: Int32Array.from(usable, (row) => table.lines[row]),
    rows: table.rows,
    columns: columns.length,
    dialect: dialectOf(table),
    skippedRows: table.rows - m,
    notices,
  };
}

/** Reads a CSV file's bytes, or its text, into a dataset. Throws UserError as {@link makeDataset} does. */
export function readDataset(
  source: string | Uint8Array,
  settings: DataSettings & Parameters<typeof readOptionsOf>[0],
): Dataset {
  const bytes = typeof source === 'string' ? new TextEncoder().encode(source) : source;
  const table = readTable(() => [bytes], readOptionsOf(settings), { size: bytes.length });
  return makeDataset(checkTable(table, settings), settings);
}

/** A column whose features are made is not needed any more: its memory is. */
function letGo({ read, typed }: KnownColumn): void {
  read.numbers = new Float64Array();
  read.codes = new Int32Array();
  typed.values = new Float64Array();
}

function noticesOf(checked: CheckedTable, settings: DataSettings): Notice[] {
  const { table, columns, target, usable } = checked;
  const names = columns.map(({ read }) => read.name);
  const notices: Notice[] = [];
  for (const key of ['data.ignoredColumns', 'data.includedColumns'] as const) {
    for (const name of settings[key]) {
      if (!names.includes(name)) notices.push(message('setting-names-no-column', { key, name }));
    }
  }
  for (const key of ['data.columnTypes', 'data.placeholders'] as const) {
    for (const name of Object.keys(settings[key])) {
      if (!names.includes(name)) notices.push(message('setting-names-no-column', { key, name }));
    }
  }
  notices.push(...listedInVain(checked, settings));
  const rest = table.problems.total - table.problems.list.length;
  for (const problem of table.problems.inOrder())
    if (isOfReading(problem.code)) notices.push(message('on-line', { line: problem.line, problem }));
  if (rest > 0) notices.push(message('more-problems', { count: rest }));
  columns.forEach(({ read, typed, role }, index) => {
    if (role === 'leftOut' && index !== target?.index)
      notices.push(message('left-out', { column: read.name, evidence: typed.evidence }));
  });
  for (const { read, role } of columns) {
    if (role === 'ignored' || !read.commas) continue;
    const code = read.commas === 'decimal' ? 'read-with-decimal-comma' : 'read-with-thousands';
    notices.push(message(code, { column: read.name }));
  }
  const skipped = table.rows - usable.length;
  if (skipped > 0) {
    const first = usable.findIndex((row, i) => row !== i);
    const line = table.lines[first < 0 ? usable.length : first];
    const misses = settings['data.missingValues'] === 'dropRows' ? 'value' : 'target';
    notices.push(message('rows-skipped', { skipped, rows: table.rows, line, misses }));
  }
  return notices;
}

const asGiven = (parts: Parts): Split => ({ parts, by: 'chance', apart: { kind: 'chance' }, notices: [] });

/** Columns that are named where missing values are filled in. */
const MOST_FILLED = 5;

const outputOf = (task: Task): OutputKind =>
  task === 'binary' ? 'sigmoid' : task === 'multiclass' ? 'softmax' : 'linear';

const scaleOf = (target: TargetTransform): Scale =>
  target.kind === 'classes' ? UNSCALED : { mean: target.mean, deviation: target.deviation };

function labels(
  output: OutputKind,
  classOf: Int32Array | null,
  target: TargetTransform,
  column: KnownColumn,
  usable: Int32Array,
): Matrix {
  const m = usable.length;
  if (target.kind !== 'classes') {
    const { values } = numbersFor(column, target);
    return matrix(
      1,
      m,
      Float64Array.from(usable, (row) => standardised(values[row], target)),
    );
  }
  if (output !== 'softmax') return matrix(1, m, Float64Array.from(classOf ?? []));
  const Y = matrix(target.classes.length, m);
  classOf?.forEach((k, j) => (Y.data[k * m + j] = 1));
  return Y;
}
