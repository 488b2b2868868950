import { cosineOfTurn, sineOfTurn } from '../core/circle';
import type { Table } from '../core/matrix';
import { UNSCALED, type Scale } from '../core/scale';
import { answersIn, type AnswerList } from './csv/lists';
import type { Reading } from './reading';
import { reshaperOf, type Reshape } from './reshape';
import {
  indexesIn,
  NO_SUCH_TEXT,
  NO_VALUE,
  numbersFor,
  textsIn,
  type Cells,
  type Quantity,
} from './table/cellValues';

/** What a column makes: which features, whatever the scales and stand-ins. */
export type ColumnShape = {
  readonly name: string;
  /** Whether one more feature says, by 1, where the column has no value. */
  readonly missingFeature: boolean;
} & (
  | Quantity
  | {
      readonly kind: 'category';
      /** One feature each, 0 or 1, in this order: all texts of the column in their order, or the commonest of many. */
      readonly categories: readonly string[];
      /** Spellings of one name count as one. */
      readonly isMerged?: true;
    }
  /** One feature for each answer, 0 or 1, in this order; a cell may have several of them, an empty one has none. */
  | ({ readonly kind: 'list' } & AnswerList)
);

/**
 * A column as features. `standIn` takes the place of a missing value; null: of no category. Scale and stand-in of numbers
 * that are reshaped are those of what they are reshaped to.
 */
export type ColumnTransform =
  | (Extract<ColumnShape, Exclude<Quantity, { kind: 'time' }>> & Fitted & { readonly reshape?: Reshape })
  | TimeTransform
  | Extract<ColumnShape, { kind: 'list' }>
  | (Extract<ColumnShape, { kind: 'category' }> & { readonly standIn: string | null });

/** A feature of numbers: its scale, and what takes the place of a missing value. */
export type Fitted = Scale & { readonly standIn: number };

/** Times of day as places on a circle: 23:59 is beside 0:00. */
export type TimeTransform = Extract<ColumnShape, { kind: 'time' }> & {
  readonly sine: Fitted;
  readonly cosine: Fitted;
};

/** The target as the network is to give it. */
export type TargetTransform = { readonly name: string } & (
  { readonly kind: 'classes'; readonly classes: readonly string[] } | (Quantity & Scale)
);

/** Which rows the parts of a transform follow from. */
export const FITTED = {
  scales: 'training part',
  standIns: 'training part',
  categories: 'whole table',
  missingFeatures: 'whole table',
} as const;

/**
 * How the rows of a table become numbers, as data: what a network needs beside its weights. Scales and stand-ins are
 * fitted on the training part; which categories there are, and which columns have a feature for missing values, is
 * taken from all rows of the table, those of the test part among them.
 */
export interface Transform {
  readonly version: number;
  readonly fitted: typeof FITTED;
  /** In the order of their features. */
  readonly columns: readonly ColumnTransform[];
  readonly target: TargetTransform;
  /** How the cells were read, and how far they reached; left out where that was not kept. */
  readonly reading?: Reading | undefined;
}

/** One row of X. A standardised value is (x − mean) / deviation; others have mean 0 and deviation 1. */
export interface Feature extends Scale {
  readonly name: string;
}

/** How many features a column makes. */
export const featureCount = (shape: ColumnShape): number => ownFeatures(shape) + Number(shape.missingFeature);

function ownFeatures(shape: ColumnShape): number {
  if (shape.kind === 'category') return shape.categories.length;
  if (shape.kind === 'list') return shape.answers.length;
  return shape.kind === 'time' ? 2 : 1;
}

/** The features in their order: the rows of X. */
export const featuresOf = ({ columns }: Pick<Transform, 'columns'>): Feature[] =>
  columns.flatMap((column): Feature[] => {
    const unscaled = (name: string): Feature => ({ name, ...UNSCALED });
    const scaled = (name: string, { mean, deviation }: Scale): Feature => ({ name, mean, deviation });
    const own = (): Feature[] => {
      switch (column.kind) {
        case 'category':
          return column.categories.map((category) => unscaled(`${column.name} = ${category}`));
        case 'list':
          return column.answers.map((answer) => unscaled(`${column.name} = ${answer}`));
        case 'time':
          return [
            scaled(`${column.name} (sine of the day)`, column.sine),
            scaled(`${column.name} (cosine of the day)`, column.cosine),
          ];
        case 'number':
        case 'date':
        case 'boolean':
        case 'ticked':
          return [scaled(nameOf(column), column)];
        default:
          return column satisfies never;
      }
    };
    return column.missingFeature ? [...own(), unscaled(`${column.name} is missing`)] : own();
  });

/** A number that is reshaped has another unit, and says so. */
const nameOf = ({ name, reshape }: Exclude<ColumnTransform, { kind: 'category' | 'list' | 'time' }>) =>
  reshape ? `${name} (${reshape.kind})` : name;

/** An empty X: float32 for the engine that computes in it, else float64. */
export function emptyTable(rows: number, cols: number, engine: 'simd' | 'reference'): Table {
  const Numbers = engine === 'simd' ? Float32Array : Float64Array;
  return { rows, cols, data: new Numbers(rows * cols) };
}

/** Rows as features, and how many cells of each column of the transform held what it does not know. */
export interface Applied {
  /** (nx, rows) */
  readonly X: Table;
  readonly unknown: readonly number[];
}

/**
 * The features of rows of any table that has the columns of the transform, by their names. A category that the
 * transform does not know is 0 in all of the column's features; what is no number, boolean, date or time in a column
 * of such is a missing value. Both are counted. Throws RangeError when a column is not there.
 */
export function applyTransform(
  { columns }: Transform,
  cells: readonly Cells[],
  rows: Int32Array,
  engine: 'simd' | 'reference',
): Applied {
  const byName = new Map(cells.map((each) => [each.read.name, each]));
  const nx = columns.reduce((sum, column) => sum + featureCount(column), 0);
  const X = emptyTable(nx, rows.length, engine);
  let feature = 0;
  const unknown = columns.map((column) => {
    const own = byName.get(column.name);
    if (!own) throw new RangeError(`the table has no column “${column.name}”`);
    const count = applyColumn(column, own, rows, X, feature);
    feature += featureCount(column);
    return count;
  });
  return { X, unknown };
}

/**
 * Writes the features of one column into the rows of an empty X from `feature` on: each in float64, rounded once on its
 * way. Returns how many cells held what the transform does not know.
 */
export function applyColumn(
  column: ColumnTransform,
  cells: Cells,
  rows: Int32Array,
  X: Table,
  feature: number,
): number {
  const own = X.data.subarray(feature * rows.length, (feature + featureCount(column)) * rows.length);
  if (column.kind === 'category') return writeCategories(column, cells, rows, own);
  if (column.kind === 'time') return writeTimes(column, cells, rows, own);
  if (column.kind === 'list') return writeAnswers(column, cells, rows, own);
  const { mean, deviation, standIn, missingFeature, reshape } = column;
  const { values, isUnknown } = numbersFor(cells, column);
  const reshaped = reshape && reshaperOf(reshape);
  const m = rows.length;
  let unknown = 0;
  for (let j = 0; j < m; j++) {
    let value = values[rows[j]];
    // Only NaN differs from itself: there is no value.
    if (value !== value) {
      if (isUnknown?.(rows[j])) unknown++;
      if (missingFeature) own[m + j] = 1;
      value = standIn;
    } else if (reshaped) value = reshaped(value);
    own[j] = (value - mean) / deviation;
  }
  return unknown;
}

function writeCategories(
  { categories, standIn, missingFeature, isMerged }: ColumnTransform & { kind: 'category' },
  cells: Cells,
  rows: Int32Array,
  own: Table['data'],
): number {
  const indexes = indexesIn(cells.read, categories, isMerged);
  const instead = standIn === null ? NO_VALUE : categories.indexOf(standIn);
  const m = rows.length;
  let unknown = 0;
  for (let j = 0; j < m; j++) {
    let k = indexes[rows[j]];
    if (k === NO_SUCH_TEXT) unknown++;
    if (k === NO_VALUE) {
      if (missingFeature) own[categories.length * m + j] = 1;
      k = instead;
    }
    if (k >= 0) own[k * m + j] = 1;
  }
  return unknown;
}

/** The two features of a time of day: sine and cosine of its part of the day, as of a turn. */
function writeTimes(column: TimeTransform, cells: Cells, rows: Int32Array, own: Table['data']): number {
  const { values, isUnknown } = numbersFor(cells, column);
  const { sine, cosine, missingFeature } = column;
  const m = rows.length;
  let unknown = 0;
  for (let j = 0; j < m; j++) {
    const value = values[rows[j]];
    const isMissing = Number.isNaN(value);
    if (isMissing && isUnknown?.(rows[j])) unknown++;
    if (isMissing && missingFeature) own[2 * m + j] = 1;
    own[j] = ((isMissing ? sine.standIn : sineOfTurn(value)) - sine.mean) / sine.deviation;
    own[m + j] = ((isMissing ? cosine.standIn : cosineOfTurn(value)) - cosine.mean) / cosine.deviation;
  }
  return unknown;
}

function writeAnswers(
  { answers, separator }: AnswerList,
  cells: Cells,
  rows: Int32Array,
  own: Table['data'],
): number {
  const { texts, codes } = textsIn(cells.read);
  const indexes = texts.map((text) => answersIn(text, separator).map((answer) => answers.indexOf(answer)));
  const m = rows.length;
  let unknown = 0;
  for (let j = 0; j < m; j++) {
    const code = codes[rows[j]];
    if (code < 0) continue;
    if (indexes[code].includes(-1)) unknown++;
    for (const k of indexes[code]) if (k >= 0) own[k * m + j] = 1;
  }
  return unknown;
}
