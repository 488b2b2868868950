import { variation } from '../core/metrics';
import type { Dataset } from '../data/dataset';
import type { Column } from './columnsOf';

/** What rows are to be predicted as: classes, or numbers. */
export type Answers =
  { readonly classOf: Int32Array; readonly classes: number } | { readonly y: Float64Array };

/** So many rows of the other half with the nearest numbers say what a row is. */
const NEIGHBOURS = 5;
/** What the texts of a category say is what the rows of the other half with that text say, up to so many. */
const MOST_ALIKE = 200;

/** What the commonest class scores, or the mean. */
export function guessOf(answers: Answers): number {
  if ('y' in answers) return 0;
  const counts = new Float64Array(answers.classes);
  for (const k of answers.classOf) counts[k]++;
  return Math.max(...counts) / answers.classOf.length;
}

/**
 * What one column scores alone, each row predicted from those of the other half that are like it: the accuracy, or R². Null of
 * what has no such order.
 * @param half 0 or 1 for each of the rows
 */
export function scoreAlone(
  column: Column,
  X: Dataset['X'],
  rows: Int32Array,
  half: Uint8Array,
  answers: Answers,
): number | null {
  const values = valuesOf(column, X, rows);
  if (!values || rows.length === 0) return null;
  const order = Int32Array.from(values, (_, k) => k).sort((a, b) => values[a] - values[b] || a - b);
  const most = column.kind === 'category' ? MOST_ALIKE : NEIGHBOURS;
  const isAlike = (k: number, other: number) => column.kind !== 'category' || values[k] === values[other];
  const said = new Array<number>(rows.length);
  const near: number[] = [];
  order.forEach((k, at) => {
    let [below, above] = [at - 1, at + 1];
    near.length = 0;
    while (near.length < most && (below >= 0 || above < order.length)) {
      const takesBelow =
        above >= order.length ||
        (below >= 0 && values[k] - values[order[below]] <= values[order[above]] - values[k]);
      const other = takesBelow ? order[below--] : order[above++];
      if (!isAlike(k, other)) {
        if (takesBelow) below = -1;
        else above = order.length;
      } else if (half[other] !== half[k]) near.push(other);
    }
    said[k] = saidBy(near, answers);
  });
  return scoreOf(said, answers);
}

/** A number for each row: of a category which text it is; null of columns that are no one thing. */
function valuesOf({ kind, from, own }: Column, X: Dataset['X'], rows: Int32Array): Float64Array | null {
  const at = (feature: number, j: number) => X.data[feature * X.cols + j];
  if (kind === 'list' || kind === 'time') return null;
  if (kind !== 'category') return Float64Array.from(rows, (j) => at(from, j));
  return Float64Array.from(rows, (j) => {
    for (let k = 0; k < own; k++) if (at(from + k, j) > 0) return k + 1;
    return 0;
  });
}

/** The commonest class of rows, −1 of none; or their mean. */
function saidBy(near: readonly number[], answers: Answers): number {
  if ('y' in answers)
    return near.length > 0 ? near.reduce((sum, j) => sum + answers.y[j], 0) / near.length : 0;
  const counts = new Int32Array(answers.classes);
  let most = -1;
  for (const j of near) {
    const k = answers.classOf[j];
    counts[k]++;
    if (most < 0 || counts[k] > counts[most]) most = k;
  }
  return most;
}

function scoreOf(said: readonly number[], answers: Answers): number {
  if ('classOf' in answers) return said.filter((k, j) => k === answers.classOf[j]).length / said.length;
  const { y } = answers;
  const whole = variation(y);
  const errors = said.reduce((sum, value, j) => sum + (y[j] - value) * (y[j] - value), 0);
  return whole > 0 ? 1 - errors / whole : 0;
}
