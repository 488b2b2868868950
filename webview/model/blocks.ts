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

export function blocksOf(W: Matrix): Blocks {
  const tall = Math.ceil(W.rows / MOST_ROWS);
  const wide = Math.ceil(W.cols / MOST_COLS);
  if (tall === 1 && wide === 1) return { cells: W, tall, wide };
  const cells = matrix(Math.ceil(W.rows / tall), Math.ceil(W.cols / wide));
  for (let i = 0; i < W.rows; i++) {
    const row = Math.floor(i / tall) * cells.cols;
    for (let k = 0; k < W.cols; k++) {
      const w = W.data[i * W.cols + k];
      const at = row + Math.floor(k / wide);
      if (Math.abs(w) > Math.abs(cells.data[at])) cells.data[at] = w;
    }
  }
  return { cells, tall, wide };
}
