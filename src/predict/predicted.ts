import type { CellValue } from '../data/rowTransform';
import type { RowPrediction } from '../runs/model';
import type { Score } from './score';

/** What became of a file. */
export interface Predicted {
  readonly rows: number;
  readonly predicted: number;
  /** Rows with something unlike what was trained on. */
  readonly outside: number;
  /** Cells with an unknown category, or with what could not be read, and cells without a value. */
  readonly unknown: number;
  readonly missing: number;
  readonly score: Score | null;
  /** The first rows without a prediction, and why. */
  readonly refused: readonly { readonly line: number; readonly note: string }[];
  /** Cells of the file that look like formulas, and the first of their columns. */
  readonly formulas: { readonly count: number; readonly columns: readonly string[] };
  /** Labels that got an apostrophe. */
  readonly apostrophes: number;
}

/** A row of a file as the model took it, for whoever shows it. */
export interface SeenRow {
  readonly line: number;
  /** The cells as they are written, in the order of the model's columns; none where the record is not whole. */
  readonly texts: readonly string[];
  readonly values: readonly CellValue[];
  /** Null where there is none, for the reason in `note`. */
  readonly prediction: RowPrediction | null;
  /** The class as an index into the labels, −1 for one that the model does not know; the number; null where none is given. */
  readonly answer: number | null;
  readonly outside: readonly string[];
  readonly unread: readonly string[];
  readonly note: string;
}

export interface PredictionOptions {
  readonly escapeFormulas?: boolean;
  /** Is told of each row, in the order of the file. What is written is then of no use to anybody. */
  readonly see?: ((row: SeenRow) => void) | undefined;
}
