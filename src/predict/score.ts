import type { Model, RowPrediction } from '../runs/model';
import { keyedIndex } from '../data/table/cellValues';
import { EMPTY } from '../data/table/textCounts';
import { quantityReader, type MissingTexts, type Written } from './cells';

/** How right predictions are, of the rows whose answer stands in the file. */
export interface Score {
  /** Rows that have an answer and a prediction. */
  readonly rows: number;
  /** The share of right classes, or R² (null where all answers are the same). */
  readonly value: number | null;
  /** Rows with a class that the model does not know: wrong, whatever is predicted. */
  readonly unknown: number;
}

/** Compares predictions with the answers, a row at a time. */
export class Scoring {
  private rows = 0;
  private right = 0;
  private unknown = 0;
  private errors = 0;
  private mean = 0;
  private variation = 0;
  private readonly answerIn: (cell: Written) => number | null;

  constructor({ transform, labels }: Model, missing: MissingTexts) {
    const { target, reading } = transform;
    if (target.kind !== 'classes') {
      const read = quantityReader(target, reading?.target, missing);
      this.answerIn = (cell) => {
        const { value } = read(cell);
        return typeof value === 'number' ? value : null;
      };
      return;
    }
    const indexOf = keyedIndex(labels);
    const numbers = new Map(
      labels.flatMap((label, k) => (Number.isFinite(Number(label)) ? [[Number(label), k] as const] : [])),
    );
    const isTicked = labels[0] === EMPTY;
    this.answerIn = ({ text }) => {
      const index = indexOf(text);
      if (index !== undefined) return index;
      if (text.trim() === '' || missing.tokens.has(text) || missing.placeholders.includes(text))
        return isTicked ? 0 : null;
      // 1.0 is 1.
      return numbers.get(Number(text)) ?? UNKNOWN;
    };
  }

  /** Returns the answer: the class as an index, −1 for one that is not known; the number; null where there is none. */
  see(cell: Written, { outputs, index }: RowPrediction): number | null {
    const answer = this.answerIn(cell);
    if (answer === null) return null;
    this.rows++;
    if (index >= 0) {
      if (answer === UNKNOWN) this.unknown++;
      if (answer === index) this.right++;
      return answer;
    }
    this.errors += (answer - outputs[0]) ** 2;
    const before = answer - this.mean;
    this.mean += before / this.rows;
    this.variation += before * (answer - this.mean);
    return answer;
  }

  /** Null where no row has an answer. */
  score(isRegression: boolean): Score | null {
    const { rows, right, unknown, errors, variation } = this;
    if (rows === 0) return null;
    if (!isRegression) return { rows, value: right / rows, unknown };
    return { rows, value: variation > 0 ? 1 - errors / variation : null, unknown };
  }
}

const UNKNOWN = -1;
