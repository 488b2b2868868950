import { matrix, type Matrix } from '../../src/core/matrix';

/** Rows and columns that a picture of a matrix shows at most: a screen has no more. */
const MOST_ROWS = 128;
const MOST_COLS = 256;

/** A matrix as it is drawn: each cell stands for a block of `tall` × `wide` entries, for the one farthest from 0. */
export interface Blocks {
  readonly cells: Matrix;
  readonly tall: number;
  readonly wide: number;
}

/** Entries that one cell stands for, down and across. */
export const blockSize = ({ rows, cols }: Matrix): { readonly tall: number; readonly wide: number } => ({
  tall: Math.ceil(rows / MOST_ROWS),
  wide: Math.ceil(cols / MOST_COLS),
});

export function blocksOf(W: Matrix): Blocks {
  const { tall, wide } = blockSize(W);
  if (tall === 1 && wide === 1) return { cells: W, tall, wide };
  const cells = matrix(Math.ceil(W.rows / tall), Math.ceil(W.cols / wide));
  for (let i = 0; i < W.rows; i++) {
    const row = Math.floor(i / tall) * cells.cols;
    for (let col = 0; col < cells.cols; col++) {
      const end = Math.min((col + 1) * wide, W.cols);
      let farthest = cells.data[row + col];
      for (let k = col * wide; k < end; k++) {
        const w = W.data[i * W.cols + k];
        if (Math.abs(w) > Math.abs(farthest)) farthest = w;
      }
      cells.data[row + col] = farthest;
    }
  }
  return { cells, tall, wide };
}
