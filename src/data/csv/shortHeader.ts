// Whose names those of a header are that has one fewer than the rows have cells.
import { byteOf, type Syntax } from './cells';
import { countCells, type ColumnBuilder } from './columnBuilder';
import { mayBeNamedDate } from './dateNames';
import { isNamedTime } from './timeNames';
import { distinctNumbers, isIdentifierName } from './types';

/** A header as it is written, in front of which a name may be missing. */
export interface ShortNames {
  readonly names: readonly string[];
  /** Whether all names stand in quotes, as R writes them. */
  readonly areQuoted: boolean;
}

/** What becomes of it: the names are those behind a first column of row names, for sure or in doubt, or nobody knows. */
export interface ShortHeader {
  readonly is: 'sure' | 'in doubt' | 'mismatch';
  /** The name of numbers whose decimal commas may have divided them; null where none are. */
  readonly divided: string | null;
}

/** Behind a decimal comma stand three digits at most, else it is another number. */
const MOST_DIGITS = 3;
const TOO_LARGE = 1000;
const DATED = /^(?:\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}(?:\D|$)|\d{1,2}:\d\d(?:\D|$))/;

/**
 * Tells by the cells whether the first column names the rows. Dates under the name of a date do not, nor does what
 * repeats; and where the delimiter may be the decimal comma of a column as well, the names behind it would all shift.
 */
export function judgeShortHeader(
  { names, areQuoted }: ShortNames,
  columns: readonly ColumnBuilder[],
  rows: number,
  syntax: Syntax,
): ShortHeader {
  const [first, second] = columns;
  const at = syntax.delimiter === byteOf(',') ? dividedAt(columns, rows) : -1;
  const divided = at < 0 ? null : names[at];
  if (!namesRows(first, rows)) return { is: 'mismatch', divided };
  const isDated = areDated(first, rows);
  const isNamedSo = isDated && (mayBeNamedDate(names[0]) || isNamedTime(names[0]));
  const isShifted = isNamedSo || (divided !== null && !areQuoted);
  if (isDated && isShifted && !areDated(second, rows)) return { is: 'mismatch', divided };
  if (areQuoted) return { is: 'sure', divided };
  // An identifier that repeats is none: its name belongs to the first column. Nor do whole numbers begin with 0.
  const isKey = isIdentifierName(names[0]) && repeats(second, rows);
  const hasNoughts = [...(columns[at + 1]?.numberTexts?.values() ?? [])].some((text) => /^0\d/.test(text));
  if (divided !== null && (isKey || hasNoughts)) return { is: 'mismatch', divided };
  return { is: isKey || isDated || divided !== null ? 'in doubt' : 'sure', divided };
}

/** Whether a column counts the rows, or has a text of its own for each. */
function namesRows(column: ColumnBuilder, rows: number): boolean {
  return countCells(column, rows).texts === 0
    ? column.numbers.subarray(1, rows).every((value, k) => value === column.numbers[k] + 1)
    : column.texts.length === rows;
}

const areDated = (column: ColumnBuilder, rows: number): boolean =>
  countCells(column, rows).texts === rows && column.texts.every((text) => DATED.test(text));

function repeats(column: ColumnBuilder, rows: number): boolean {
  const { texts } = countCells(column, rows);
  if (texts > 0) return column.texts.length < texts;
  return distinctNumbers(column.numbers.subarray(0, rows), rows) < rows;
}

/** The first column of whole numbers before one of few digits, which may have stood behind a comma; −1 for none. */
function dividedAt(columns: readonly ColumnBuilder[], rows: number): number {
  const areWhole = columns.map(({ numbers }) => numbers.subarray(0, rows).every(Number.isInteger));
  const hasPoint = columns.some(({ numbers }) =>
    numbers.subarray(0, rows).some((value) => !Number.isNaN(value) && !Number.isInteger(value)),
  );
  if (hasPoint) return -1;
  const areDigits = ({ numbers, numberTexts }: ColumnBuilder) =>
    numbers.subarray(0, rows).every((value) => value >= 0 && value < TOO_LARGE) &&
    [...(numberTexts?.values() ?? [])].every((text) => /^\d+$/.test(text) && text.length <= MOST_DIGITS);
  return columns.findIndex((_, c) => c > 0 && areWhole[c] && areWhole[c + 1] && areDigits(columns[c + 1]));
}
