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

/** Where a key leads from a cell; null when it is none that leads anywhere. */
export function cellAfter(key: string, from: Cell | null, rows: number, cols: number): Cell | null {
  const { row, col } = from ?? { row: 0, col: 0 };
  const cell = nextCell(key, row, col, cols);
  if (!cell) return null;
  return from ? clamped(cell, rows, cols) : { row: 0, col: 0 };
}

function nextCell(key: string, row: number, col: number, cols: number): Cell | null {
  const page = Math.max(1, Math.round(cols / 10));
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
      return { row, col: col - page };
    case 'PageDown':
      return { row, col: col + page };
    case 'Home':
      return { row, col: 0 };
    case 'End':
      return { row, col: cols - 1 };
    default:
      return null;
  }
}

const clamped = ({ row, col }: Cell, rows: number, cols: number): Cell => ({
  row: Math.max(0, Math.min(rows - 1, row)),
  col: Math.max(0, Math.min(cols - 1, col)),
});
