import { random } from '../core/random';
import type { Model, RowPrediction } from '../runs/model';
import type { SeenRow } from './predicted';

/** Rows that are drawn, and values of rows that are held for it. */
export const MOST_SHOWN = 2000;
const MOST_VALUES = 2_000_000;
/** More classes make no table that anybody reads. */
const MOST_TOLD_APART = 12;

/** A row with its prediction, as far as it is drawn. */
export type ShownRow = Pick<SeenRow, 'line' | 'values' | 'answer' | 'outside'> & {
  readonly prediction: RowPrediction;
};

/** Draws rows of a file by chance as they come, and counts what is said of all of them. */
export class TableLook {
  private readonly kept: ShownRow[] = [];
  private readonly most: number;
  private readonly source: ReturnType<typeof random>;
  private predicted = 0;
  private readonly unread = new Map<string, number>();
  private rows = 0;
  /** How many rows of each class got each prediction, (classes, classes); null where it is no table. */
  readonly confusion: readonly Uint32Array[] | null;

  constructor(private readonly model: Model) {
    const { transform, labels, training } = model;
    this.most = Math.max(
      1,
      Math.min(MOST_SHOWN, Math.floor(MOST_VALUES / Math.max(1, transform.columns.length))),
    );
    this.source = random(training.seed, 'sample');
    const classes = labels.length;
    this.confusion =
      classes > 0 && classes <= MOST_TOLD_APART
        ? Array.from({ length: classes }, () => new Uint32Array(classes))
        : null;
  }

  see(row: SeenRow): void {
    this.rows++;
    for (const name of row.unread) this.unread.set(name, (this.unread.get(name) ?? 0) + 1);
    const { prediction, line, values, answer, outside } = row;
    if (!prediction) return;
    if (answer !== null && answer >= 0 && this.confusion) this.confusion[answer][prediction.index]++;
    // Each row is as likely as any other to be among those that are kept (Vitter's algorithm R).
    const at = this.predicted < this.most ? this.predicted : this.source.below(this.predicted + 1);
    this.predicted++;
    if (at < this.most) this.kept[at] = { line, values, answer, outside, prediction };
  }

  /** Rows with a prediction, in the order of the file. */
  get shown(): readonly ShownRow[] {
    return this.kept.toSorted((a, b) => a.line - b.line);
  }

  /** Names of columns in which nothing could be read: not one row has a cell of their kind. */
  get unreadable(): readonly string[] {
    return this.model.transform.columns
      .map(({ name }) => name)
      .filter((name) => this.rows > 0 && this.unread.get(name) === this.rows);
  }
}
