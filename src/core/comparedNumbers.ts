import type { Matrix } from './matrix';
import type { Pasted, PastedNumbers, PastedRow } from './pastedNumbers';

/** What rounding on the way may do, relative to the largest entry: less than any slip. */
export const ROUNDING = 1e-7;

export const largest = (data: Float64Array): number =>
  data.reduce((most, x) => (Math.abs(x) > most ? Math.abs(x) : most), 0);

interface Comparison {
  readonly wrong: number;
  readonly compared: number;
  readonly worst: {
    readonly row: number;
    readonly col: number;
    readonly pasted: number;
    readonly exact: number;
  };
}

/** The pasted numbers beside a matrix; null where the shapes differ. */
export function compare(pasted: PastedNumbers, numbers: Matrix): Comparison | null {
  const cells = placed(pasted, numbers);
  if (!cells) return null;
  const size = largest(numbers.data);
  let wrong = 0;
  let worst = { row: 0, col: 0, pasted: NaN, exact: NaN };
  let most = -1;
  for (const { row, col, one } of cells) {
    const exact = numbers.data[row * numbers.cols + col];
    if (isClose(one, exact, size)) continue;
    wrong++;
    const off = Math.abs(one.value - exact);
    if (off > most || most < 0) {
      most = Number.isNaN(off) ? 0 : off;
      worst = { row, col, pasted: one.value, exact };
    }
  }
  return { wrong, compared: cells.length, worst };
}

export const isClose = ({ value, uncertainty }: Pasted, exact: number, size: number): boolean =>
  Object.is(value, exact) ||
  (Number.isNaN(value) && Number.isNaN(exact)) ||
  Math.abs(value - exact) <= uncertainty * (1 + ROUNDING) + ROUNDING * size;

interface PlacedCell {
  readonly row: number;
  readonly col: number;
  readonly one: Pasted;
}

/** Which cell of a matrix each pasted number stands for; null where the shapes differ. */
function placed({ dimensions, head, tail }: PastedNumbers, { rows, cols }: Matrix): PlacedCell[] | null {
  const isVector = rows === 1 || cols === 1;
  const isOneRow = tail === null && head.length === 1;
  if (dimensions === 0 && rows * cols !== 1) return null;
  if (dimensions === 1 || (dimensions === null && isOneRow && rows !== 1 && cols === 1)) {
    if (!isVector || !isOneRow) return null;
    return (
      inRow(head[0], rows * cols)?.map(({ col, one }) =>
        rows === 1 ? { row: 0, col, one } : { row: col, col: 0, one },
      ) ?? null
    );
  }
  const shown = head.length + (tail?.length ?? 0);
  if (tail === null ? shown !== rows : shown > rows) return null;
  const all = [
    ...head.map((row, i) => ({ row, i })),
    ...(tail ?? []).map((row, i) => ({ row, i: rows - (tail?.length ?? 0) + i })),
  ];
  const cells: PlacedCell[] = [];
  for (const { row, i } of all) {
    const placedRow = inRow(row, cols);
    if (!placedRow) return null;
    for (const { col, one } of placedRow) cells.push({ row: i, col, one });
  }
  return cells;
}

/** The columns that the numbers of a row stand in; null where they do not fit into `cols`. */
function inRow({ head, tail }: PastedRow, cols: number): { col: number; one: Pasted }[] | null {
  const shown = head.length + (tail?.length ?? 0);
  if (tail === null ? shown !== cols : shown > cols) return null;
  return [
    ...head.map((one, col) => ({ col, one })),
    ...(tail ?? []).map((one, k) => ({ col: cols - (tail?.length ?? 0) + k, one })),
  ];
}

export function shapeOf({ dimensions, head, tail }: PastedNumbers): (number | null)[] {
  const [first] = [...head, ...(tail ?? [])];
  const cols = first.tail === null ? first.head.length : null;
  if (dimensions === 0) return [];
  return dimensions === 1 ? [cols] : [tail === null ? head.length : null, cols];
}

/** The most significant digits that one of the numbers shows; others may have lost zeros at their end. */
export const digitsOf = ({ head, tail }: PastedNumbers): number =>
  [...head, ...(tail ?? [])]
    .flatMap((row) => [...row.head, ...(row.tail ?? [])])
    .reduce((most, { digits }) => Math.max(most, digits), 0);
