import type { ReadColumn } from '../csv/resolve';
import { isPresent, type KnownColumn } from './known';

/** Where a column is empty first, and how many of its cells are not. */
export interface MergedCells {
  readonly row: number;
  readonly blocks: number;
}

/** Fewer rows and blocks may be so by chance; and so may blocks of one size anywhere in a table. */
const FEWEST_ROWS = 6;
const FEWEST_BLOCKS = 2;
const FEWEST_SAME = 4;
/** The largest block has at most so many times the rows of the smallest. */
const MOST_UNLIKE = 4;

/**
 * Tells whether a column is filled in the first row of each block of rows only, as merged cells of a spreadsheet are
 * saved: the first row is, no neighbours are, and the blocks are alike. A column that is not among the first has to have
 * texts, in blocks of one size. `isFirst`: all columns before it are merged cells, or it is the first; `notes`: rows that
 * are none.
 */
export function mergedCells(
  column: KnownColumn,
  isFirst: boolean,
  notes: ReadonlySet<number>,
): MergedCells | null {
  const { read, typed } = column;
  if (
    read.missing === 0 ||
    read.rows < FEWEST_ROWS ||
    typed.type === 'ticked' ||
    typed.type === 'list' ||
    !isPresent(column, 0)
  )
    return null;
  const starts: number[] = [];
  const sizes: number[] = [];
  let size = 0;
  for (let row = 0; row < read.rows; row++) {
    if (notes.has(row)) continue;
    if (isPresent(column, row)) {
      if (size === 1) return null;
      if (starts.length > 0) sizes.push(size);
      starts.push(row);
      size = 0;
    }
    size++;
  }
  sizes.push(size);
  // The last block may end with the file.
  const whole = sizes.length > 2 ? sizes.slice(0, -1) : sizes;
  let [least, most] = [Infinity, 0];
  for (const size of whole) {
    if (size < least) least = size;
    if (size > most) most = size;
  }
  if (starts.length < FEWEST_BLOCKS || least < 2 || most > MOST_UNLIKE * least) return null;
  const areSame = least === most && (sizes.at(-1) ?? 0) <= most;
  const areWords = typed.type === 'category' || typed.type === 'text';
  const isPlain = isFirst
    ? areSame || areDistinct(read, starts)
    : areSame && areWords && starts.length >= FEWEST_SAME;
  return isPlain ? { row: 1, blocks: starts.length } : null;
}

/** Whether each of these rows has a value of its own. */
function areDistinct({ holds, numbers, codes }: ReadColumn, rows: readonly number[]): boolean {
  return new Set(rows.map((row) => (holds === 'numbers' ? numbers[row] : codes[row]))).size === rows.length;
}
