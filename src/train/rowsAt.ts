import { selectColumns } from '../core/matrix';
import type { Dataset } from '../data/dataset';
import type { RowsAt } from './questions';

const MOST_ROWS = 500;
/** Features of all rows together, 4 MB of float64. */
const MOST_NUMBERS = 500_000;

/** The examples on the lines `from` to `to` of the file, the first of them where there are many. */
export function rowsAt(
  { X, Y, classOf, test, lines }: Pick<Dataset, 'X' | 'Y' | 'classOf' | 'test' | 'lines'>,
  from: number,
  to: number,
): RowsAt {
  const most = Math.min(MOST_ROWS, Math.max(1, Math.floor(MOST_NUMBERS / X.rows)));
  const chosen: number[] = [];
  for (let j = 0; j < lines.length && chosen.length < most; j++) {
    if (lines[j] >= from && lines[j] <= to) chosen.push(j);
  }
  const places = new Map(chosen.map((j, k) => [j, k]));
  const isTest = new Float64Array(chosen.length);
  for (const j of test) {
    const k = places.get(j);
    if (k !== undefined) isTest[k] = 1;
  }
  return {
    kind: 'rows',
    X: selectColumns(X, Int32Array.from(chosen)).data,
    y: Float64Array.from(chosen, (j) => (classOf ? classOf[j] : Y.data[j])),
    test: isTest,
    lines: Float64Array.from(chosen, (j) => lines[j]),
  };
}
