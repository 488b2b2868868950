import { NUMBER, type ColumnCells } from './columnBuilder';
import type { Spot } from '../problems';

/** Where texts stand first. */
export function placesIn({ codes, places }: ColumnCells, rows: number, lines: Int32Array) {
  const known = new Map<number, Spot>();
  for (const { row, line, column, endColumn } of places) {
    const code = codes?.[row] ?? NUMBER;
    if (code >= 0 && !known.has(code)) known.set(code, [line, column, endColumn]);
  }
  const rowOf = (row: number): Spot => [lines[row] ?? 1, 1, 2];
  // Found once for all texts: to look for each of many would take the square of their number.
  let firstRows: Map<number, number> | undefined;
  const firstRow = (code: number) => (firstRows ??= firstRowsOf(codes, rows)).get(code) ?? 0;
  return {
    of: (code: number): Spot => known.get(code) ?? rowOf(firstRow(code)),
    ofRow: rowOf,
  };
}

function firstRowsOf(codes: ColumnCells['codes'], rows: number): Map<number, number> {
  const first = new Map<number, number>();
  codes?.subarray(0, rows).forEach((code, row) => {
    if (code >= 0 && !first.has(code)) first.set(code, row);
  });
  return first;
}
