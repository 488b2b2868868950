import { arrayOf, fieldsOf, numberFrom, oneOf } from './jsonFields';
import type { ColumnReading, Reading } from './reading';

const MARKS = ['.', ','] as const;

/** A reading as plain data for JSON. */
export const readingToJson = ({ columns, target }: Reading): unknown => ({
  columns: columns.map(columnToJson),
  target: columnToJson(target),
});

const columnToJson = ({ decimalMark, range }: ColumnReading) => ({ decimalMark, range });

/** The inverse of {@link readingToJson}, for `count` columns. Throws RangeError, with the place, for what it has not written. */
export function readingFrom(json: unknown, count: number, at: string): Reading {
  const fields = fieldsOf(json, at, ['columns', 'target']);
  const columns = arrayOf(fields['columns'], `${at}.columns`);
  if (columns.length !== count) throw new RangeError(`${at}.columns: it is not as long as transform.columns`);
  return {
    columns: columns.map((column, k) => columnFrom(column, `${at}.columns[${k}]`)),
    target: columnFrom(fields['target'], `${at}.target`),
  };
}

function columnFrom(json: unknown, at: string): ColumnReading {
  const fields = fieldsOf(json, at, ['decimalMark', 'range']);
  const decimalMark = oneOf(MARKS, fields['decimalMark'], `${at}.decimalMark`);
  if (fields['range'] === null) return { decimalMark, range: null };
  const numbers = arrayOf(fields['range'], `${at}.range`).map((each, k) =>
    numberFrom(each, `${at}.range[${k}]`),
  );
  const [least, largest] = numbers;
  if (numbers.length !== 2 || !Number.isFinite(least) || !(least <= largest) || !Number.isFinite(largest))
    throw new RangeError(`${at}.range: it is not from a number to one that is no less`);
  return { decimalMark, range: [least, largest] };
}
