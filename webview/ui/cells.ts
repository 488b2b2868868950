/** A cell of a picture of rows and columns. */
export interface Cell {
  readonly row: number;
  readonly col: number;
}

/** The cell under the pointer, of `rows` × `cols` that fill the element below its first `top` pixels. */
export function cellAt(event: MouseEvent, rows: number, cols: number, top = 0): Cell {
  const box = (event.currentTarget as HTMLElement).getBoundingClientRect();
  const across = (event.clientX - box.left) / box.width;
  const down = (event.clientY - box.top - top) / (box.height - top);
  return clamped({ row: Math.floor(down * rows), col: Math.floor(across * cols) }, rows, cols);
}

/**
 * Where a key leads from a cell; null when it is none that leads anywhere. Home and End go to the ends of the row, or of the
 * only column.
 * @param page how far Page Up and Down go; along the row where none is told
 */
export function cellAfter(
  key: string,
  from: Cell | null,
  rows: number,
  cols: number,
  page: Cell = { row: 0, col: Math.max(1, Math.round(cols / 10)) },
): Cell | null {
  const { row, col } = from ?? { row: 0, col: 0 };
  const cell = nextCell(key, { row, col }, { row: rows - 1, col: cols - 1 }, page);
  if (!cell) return null;
  return from ? clamped(cell, rows, cols) : { row: 0, col: 0 };
}

function nextCell(key: string, { row, col }: Cell, last: Cell, page: Cell): Cell | null {
  switch (key) {
    case 'ArrowLeft':
      return { row, col: col - 1 };
    case 'ArrowRight':
      return { row, col: col + 1 };
    case 'ArrowUp':
      return { row: row - 1, col };
    case 'ArrowDown':
      return { row: row + 1, col };
    case 'PageUp':
      return { row: row - page.row, col: col - page.col };
    case 'PageDown':
      return { row: row + page.row, col: col + page.col };
    case 'Home':
      return { row: last.col === 0 ? 0 : row, col: 0 };
    case 'End':
      return { row: last.col === 0 ? last.row : row, col: last.col };
    default:
      return null;
  }
}

const clamped = ({ row, col }: Cell, rows: number, cols: number): Cell => ({
  row: Math.max(0, Math.min(rows - 1, row)),
  col: Math.max(0, Math.min(cols - 1, col)),
});
