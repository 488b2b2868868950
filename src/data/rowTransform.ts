import { cosineOfTurn, sineOfTurn } from '../core/circle';
import { reshaperOf } from './reshape';
import { keyedIndex } from './table/cellValues';
import { featureCount, type ColumnTransform, type Transform } from './transform';

/**
 * What a cell holds once it is read: a number without its unit, a date as days since 1970-01-01, a time as the part of the
 * day that is over (seconds / 86,400), a boolean or a tick as 0 or 1; a category as its text; a list as its answers.
 * Null or NaN: nothing.
 */
export type CellValue = number | string | readonly string[] | null;

/** Writes the features of one column of a row: `X[at]`, `X[at + apart]`, … */
type Write = (value: CellValue, X: Float64Array, at: number, apart: number) => void;

/**
 * The features of single rows, in float64 and to the bit what `applyTransform` makes of them in a table. What a column
 * does not know, or holds what is not of its kind, is treated as there: a category of no feature, a missing number.
 */
export class RowTransform {
  /** How many features there are. */
  readonly count: number;
  private readonly writers: readonly { readonly at: number; readonly write: Write }[];

  constructor({ columns }: Pick<Transform, 'columns'>) {
    let at = 0;
    this.writers = columns.map((column) => {
      const writer = { at, write: writerOf(column) };
      at += featureCount(column);
      return writer;
    });
    this.count = at;
  }

  /**
   * Writes row `j` of `m` into X (nx, m), which is zero there. Throws RangeError unless there is a value for every column
   * of the transform, in its order.
   */
  write(row: readonly CellValue[], X: Float64Array, j = 0, m = 1): void {
    const { writers } = this;
    if (row.length !== writers.length)
      throw new RangeError(`the transform has ${writers.length} columns, the row ${row.length} values`);
    writers.forEach(({ at, write }, k) => write(row[k], X, at * m + j, m));
  }
}

/** The number in a value; NaN where there is none. */
export const numberOf = (value: CellValue): number => (typeof value === 'number' ? value : NaN);

function writerOf(column: ColumnTransform): Write {
  const { missingFeature } = column;
  switch (column.kind) {
    case 'category': {
      const { categories, standIn, isMerged } = column;
      const indexOf = keyedIndex(categories, isMerged);
      const instead = standIn === null ? -1 : categories.indexOf(standIn);
      return (value, X, at, apart) => {
        if (typeof value === 'string') {
          const k = indexOf(value);
          if (k !== undefined) X[at + k * apart] = 1;
          return;
        }
        if (missingFeature) X[at + categories.length * apart] = 1;
        if (instead >= 0) X[at + instead * apart] = 1;
      };
    }
    case 'list': {
      const index = new Map(column.answers.map((answer, k) => [answer, k]));
      return (value, X, at, apart) => {
        if (typeof value !== 'object' || value === null) return;
        for (const answer of value) {
          const k = index.get(answer);
          if (k !== undefined) X[at + k * apart] = 1;
        }
      };
    }
    case 'time': {
      const { sine, cosine } = column;
      return (value, X, at, apart) => {
        const turns = numberOf(value);
        const isMissing = Number.isNaN(turns);
        if (isMissing && missingFeature) X[at + 2 * apart] = 1;
        X[at] = ((isMissing ? sine.standIn : sineOfTurn(turns)) - sine.mean) / sine.deviation;
        X[at + apart] = ((isMissing ? cosine.standIn : cosineOfTurn(turns)) - cosine.mean) / cosine.deviation;
      };
    }
    case 'number':
    case 'date':
    case 'boolean':
    case 'ticked': {
      const { mean, deviation, standIn, reshape } = column;
      const reshaped = reshape && reshaperOf(reshape);
      return (value, X, at, apart) => {
        let number = numberOf(value);
        if (Number.isNaN(number)) {
          if (missingFeature) X[at + apart] = 1;
          number = standIn;
        } else if (reshaped) number = reshaped(number);
        X[at] = (number - mean) / deviation;
      };
    }
    default:
      return column satisfies never;
  }
}
