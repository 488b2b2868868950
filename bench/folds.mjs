// Repeated folds of the tables of the benchmark that are too small for one test part.
import { uniform } from './works.mjs';

const FOLDS = 5;

/** A table whose first column says which rows are tested on: a fold of the repeat that the seed is of, stratified by class. */
export function withFold({ csv, task }, seed) {
  const [header, ...rows] = csv().trimEnd().split('\n');
  const repeat = Math.floor((seed - 1) / FOLDS);
  const next = uniform(repeat + 1);
  const order = rows.map((row, j) => ({
    j,
    key: next(),
    group: task === 'number' ? '' : row.slice(row.lastIndexOf(',') + 1),
  }));
  order.sort((a, b) => (a.group < b.group ? -1 : a.group > b.group ? 1 : a.key - b.key));
  const foldOf = new Array(rows.length);
  order.forEach(({ j }, k) => (foldOf[j] = k % FOLDS));
  const fold = (seed - 1) % FOLDS;
  const lines = rows.map((row, j) => `${foldOf[j] === fold ? 'test' : 'train'},${row}`);
  return [`part,${header}`, ...lines, ''].join('\n');
}
