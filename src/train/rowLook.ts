import { drawn } from '../core/baselines';
import { random } from '../core/random';
import type { RowFacts } from '../core/verdicts/looks';
import type { Dataset } from '../data/dataset';
import { columnsOf, type Column } from './columnsOf';
import { guessOf, scoreAlone, type Answers } from './scoreAlone';

/** Rows of the training part that are looked at, and columns; those that are compared with one another. */
const MOST_ROWS = 2000;
const MOST_COLUMNS = 200;
const MOST_COMPARED = 100;
/** Numbers whose range is gone through in all, and between two yields. */
const MOST_NUMBERS = 2e8;
const SLICE = 1e6;
/** Beyond the range by this share of it. */
const MARGIN = 0.1;
const MOST_NAMED = 3;

type Looked = Pick<Dataset, 'transform' | 'X' | 'Y' | 'classOf' | 'classes' | 'train' | 'test' | 'lines'>;

/**
 * Looks at the columns one by one, and at pairs of them: on at most 2,000 rows of the training part, which the seed
 * draws, and 200 columns. No label of the test part is read. Yields every few milliseconds.
 */
export function* lookAtRows(dataset: Looked, seed: number): Generator<void, RowFacts> {
  const { X, Y, classOf, classes } = dataset;
  const rows = drawn(dataset.train, MOST_ROWS, seed);
  const all = columnsOf(dataset);
  const columns = all.slice(0, MOST_COLUMNS);
  const { uniform } = random(seed, 'sample');
  const half = Uint8Array.from(rows, () => (uniform() < 0.5 ? 0 : 1));
  const answers: Answers = classOf
    ? { classOf: Int32Array.from(rows, (j) => classOf[j]), classes: classes.length }
    : { y: Float64Array.from(rows, (j) => Y.data[j]) };

  let best: RowFacts['best'] = null;
  for (const column of columns) {
    const score = scoreAlone(column, X, rows, half, answers);
    yield;
    if (score === null) continue;
    if (!best || score > best.score) best = { column: column.name, score };
  }
  const numbers = columns.filter(({ kind, own }) => own === 1 && kind !== 'category' && kind !== 'list');
  return {
    ...{ rows: rows.length, columns: columns.length, ofColumns: all.length },
    ...{ guess: guessOf(answers), best },
    alike: yield* alikeOf(numbers.slice(0, MOST_COMPARED), X, rows),
    beyond: yield* beyondOf(numbers, dataset),
  };
}

/** The pairs of columns of numbers that are correlated most. */
function* alikeOf(
  numbers: readonly Column[],
  X: Dataset['X'],
  rows: Int32Array,
): Generator<void, RowFacts['alike']> {
  const scaled = numbers.flatMap(({ name, from }) => {
    const values = Float64Array.from(rows, (j) => X.data[from * X.cols + j]);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const length = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) * (value - mean), 0));
    return length > 0 ? [{ name, values: values.map((value) => (value - mean) / length) }] : [];
  });
  let found: { one: string; other: string; correlation: number }[] = [];
  for (let i = 0; i < scaled.length; i++) {
    for (let k = i + 1; k < scaled.length; k++) {
      const [{ name: one, values: a }, { name: other, values: b }] = [scaled[i], scaled[k]];
      const correlation = a.reduce((sum, value, j) => sum + value * b[j], 0);
      found.push({ one, other, correlation });
    }
    found = found.sort((a, b) => Math.abs(b.correlation) - Math.abs(a.correlation)).slice(0, MOST_NAMED);
    yield;
  }
  return found;
}

/** The columns of numbers with most test rows far beyond the range of the training part. */
function* beyondOf(
  numbers: readonly Column[],
  { X, train, test, lines }: Looked,
): Generator<void, RowFacts['beyond']> {
  const found: { column: string; rows: number; line: number }[] = [];
  if (test.length === 0) return found;
  const most = Math.max(1, Math.floor(MOST_NUMBERS / X.cols));
  for (const { name, from } of numbers.slice(0, most)) {
    let [low, high] = [Infinity, -Infinity];
    for (let at = 0; at < train.length; at++) {
      const value = X.data[from * X.cols + train[at]];
      if (value < low) low = value;
      if (value > high) high = value;
      if (at % SLICE === SLICE - 1) yield;
    }
    const margin = MARGIN * (high - low);
    let [rows, first] = [0, -1];
    for (const j of test) {
      const value = X.data[from * X.cols + j];
      if (value >= low - margin && value <= high + margin) continue;
      rows++;
      if (first < 0) first = j;
    }
    if (rows > 0) found.push({ column: name, rows, line: lines[first] });
    yield;
  }
  return found.sort((a, b) => b.rows - a.rows).slice(0, MOST_NAMED);
}
