import { numbersFor } from './table/cellValues';
import type { KnownColumn } from './table/known';
import type { ColumnShape, TargetTransform } from './transform';

/** What is known of how the cells of one column were read, beside its transform. */
export interface ColumnReading {
  /** What stands before the fraction of its numbers. */
  readonly decimalMark: '.' | ',';
  /** The least and the largest number or date of the training part; null of other columns, and where there is none. */
  readonly range: readonly [least: number, largest: number] | null;
}

/**
 * How a table was read and how far its numbers reached: what is needed to read the same columns in another file, and to
 * say which of its cells are unlike those that were trained on. No feature follows from it.
 */
export interface Reading {
  /** In the order of the columns of the transform. */
  readonly columns: readonly ColumnReading[];
  readonly target: ColumnReading;
}

/** Of a column as it was read; the range is that of these rows, which are those of the training part. */
export function columnReading(
  column: KnownColumn,
  shape: ColumnShape | TargetTransform,
  rows: Int32Array,
): ColumnReading {
  const decimalMark = column.read.decimalMark ?? '.';
  if (shape.kind !== 'number' && shape.kind !== 'date') return { decimalMark, range: null };
  const { values } = numbersFor(column, shape);
  let [least, largest] = [Infinity, -Infinity];
  for (const row of rows) {
    const value = values[row];
    if (value < least) least = value;
    if (value > largest) largest = value;
  }
  // + 0: the two zeros are one number.
  return { decimalMark, range: least <= largest ? [least + 0, largest + 0] : null };
}

/** How far the numbers of two tables reached that were read by one transform. */
export function widened(a: Reading | undefined, b: Reading): Reading {
  if (!a) return b;
  return { columns: a.columns.map((own, k) => wider(own, b.columns[k])), target: wider(a.target, b.target) };
}

function wider(own: ColumnReading, other: ColumnReading): ColumnReading {
  if (!own.range || !other.range) return { ...own, range: own.range ?? other.range };
  return {
    ...own,
    range: [Math.min(own.range[0], other.range[0]), Math.max(own.range[1], other.range[1])],
  };
}
