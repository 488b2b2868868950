import type { Settings } from '../../settings/settings';
import type { KnownColumn } from './known';
import type { ProblemMessages } from '../message';
import type { ProblemCode } from '../problems';
import type { ReadTable } from '../csv/read';
import { indexesIn } from './cellValues';
import { textCounts, type Target } from './target';

/** Fewer rows than this say little, and what they seem to show may be chance. */
const FEW_ROWS = 20;
/** A class with less than this share of what it would have among equals is rare. */
const RARE_SHARE = 0.2;
/** A feature that follows the target this closely does not predict it, it is it. */
const SAME = 0.999999;

/** Features beyond this train badly unless they are standardised. */
const UNLIKE = 100;

/**
 * Adds to a table's problems what a person should know of its columns before anything is trained on them. `chosen` is
 * the column to predict, even where it cannot be and `target` is null.
 */
export function advise(
  table: ReadTable,
  columns: readonly KnownColumn[],
  chosen: number,
  target: Target | null,
  settings: Pick<Settings, 'data.missingValues' | 'data.standardize' | 'training.classWeights'>,
): void {
  const { problems, rows, namePlaces } = table;
  const classOf =
    target && target.task !== 'regression' ? indexesIn(columns[target.index].read, target.classes) : null;
  columns.forEach((column, index) => {
    const { role, typed } = column;
    const { name, missing } = column.read;
    const { type, evidence } = typed;
    const isTarget = index === chosen;
    const add = <C extends ProblemCode>(code: C, args: ProblemMessages[C]) =>
      problems.add(code, namePlaces[index], args);
    if (role === 'ignored' || (role === 'split' && !isTarget)) return;
    if (missing > 0 && type !== 'constant') {
      const rule = settings['data.missingValues'];
      const then = isTarget ? 'dropRows' : role !== 'feature' || rule === 'refuse' ? 'nothing' : rule;
      add('missing-values', { column: name, missing, rows, then });
    }
    const placeholder = type === 'number' ? placeholderOf(column.typed.values) : undefined;
    if (placeholder !== undefined) {
      const text = column.read.numberTexts?.get(placeholder) ?? String(placeholder);
      add('placeholder-value', { column: name, text });
    }
    if (isTarget) return;
    if (type === 'constant') add('constant-column', { column: name, evidence });
    else if (role === 'leftOut' && type === 'identifier')
      add('identifier-column', { column: name, evidence });
    else if (role === 'leftOut') add('free-text', { column: name, evidence });
    else if (type === 'identifier') add('identifier-feature', { column: name, evidence });
    if (target && rows >= FEW_ROWS && givesAway(column, columns[target.index], target, classOf)) {
      add('leakage', { column: name, target: columns[target.index].read.name });
    }
  });
  if (target)
    adviseTarget(table, columns[target.index], target, settings['training.classWeights'] === 'balanced');
  if (!settings['data.standardize']) adviseScales(table, columns, chosen);
  if (rows > 0 && rows < FEW_ROWS) {
    problems.add('too-few-rows', [table.lines[0], 1, 2], { rows });
  }
  const total = totalOf(columns, rows);
  if (total !== undefined) {
    problems.add('total-row', [table.lines[rows - 1], 1, 2], { text: total }, { rows: rows - 1 });
  }
  const repeated = repeatedRows(columns, rows);
  if (repeated.count > 0) {
    problems.add('duplicate-rows', [table.lines[repeated.first], 1, 2], { rows: repeated.count });
  }
}

/** Beyond others by this factor, a number of nines is no measure. */
const FAR = 5;

/** A number of nines, such as −999, that stands in several rows and is far from all others. */
function placeholderOf(values: Float64Array): number | undefined {
  let [min, max] = [Infinity, -Infinity];
  for (const value of values) {
    if (value < min) min = value;
    if (value > max) max = value;
  }
  return [min, max].find((suspect) => {
    if (!/^-?99+$/.test(String(suspect))) return false;
    let count = 0;
    let most = 0;
    for (const value of values) {
      if (value === suspect) count++;
      else if (Math.abs(value) > most) most = Math.abs(value);
    }
    return count > 1 && Math.abs(suspect) > FAR * most;
  });
}

const TOTAL = /^(?:(?:grand |sub)?totals?|sums?|averages?|means?|summe|gesamt)$/i;

/** What the last row is called, where it sums up the others. */
function totalOf(columns: readonly KnownColumn[], rows: number): string | undefined {
  if (rows < 3 || !columns.some(({ read }) => read.holds === 'numbers')) return undefined;
  for (const { read } of columns) {
    const code = read.holds === 'texts' ? read.codes[rows - 1] : -1;
    if (code >= 0 && TOTAL.test(read.texts[code]) && read.codes.indexOf(code) === rows - 1)
      return read.texts[code];
  }
  return undefined;
}

/** Names the features that are out of scale, where nothing scales them. */
function adviseScales(
  { problems, namePlaces }: ReadTable,
  columns: readonly KnownColumn[],
  chosen: number,
): void {
  const spreads = columns.map(({ role, typed }, index) => {
    if (index === chosen || role !== 'feature' || typed.type !== 'number') return NaN;
    let largest = 0;
    for (const value of typed.values) if (Math.abs(value) > largest) largest = Math.abs(value);
    return largest;
  });
  spreads.forEach((spread, index) => {
    const { name } = columns[index].read;
    if (spread > UNLIKE) {
      problems.add('unscaled-features', namePlaces[index], { column: name, largest: spread });
    }
  });
}

function adviseTarget(
  { problems, namePlaces }: ReadTable,
  column: KnownColumn,
  target: Target,
  isBalanced: boolean,
): void {
  const place = namePlaces[target.index];
  const { name } = column.read;
  const counts = target.task === 'regression' ? null : textCounts(column);
  if (!counts || isBalanced) return;
  const present = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const [rarest, count] = [...counts].reduce((least, each) => (each[1] < least[1] ? each : least));
  if (count < (RARE_SHARE * present) / counts.size) {
    problems.add('class-imbalance', place, { target: name, text: rarest, count, rows: present });
  }
}

/** Whether a feature equals the target, or separates its classes without an error. */
function givesAway(
  { read, typed }: KnownColumn,
  target: KnownColumn,
  { classes }: Target,
  classOf: Int32Array | null,
): boolean {
  if (!classOf)
    return typed.values.length > 0 && Math.abs(correlation(typed.values, target.typed.values)) > SAME;
  if (read.holds === 'texts') {
    const meant = new Int32Array(read.texts.length).fill(-1);
    for (let row = 0; row < read.rows; row++) {
      const code = read.codes[row];
      if (code < 0 || classOf[row] < 0) continue;
      if (meant[code] >= 0 && meant[code] !== classOf[row]) return false;
      meant[code] = classOf[row];
    }
    // Texts that each stand in a row or two say nothing.
    return typed.distinct <= read.rows / 4 && new Set(meant.filter((k) => k >= 0)).size > 1;
  }
  const ranges = classes.map(() => [Infinity, -Infinity]);
  for (let row = 0; row < read.rows; row++) {
    const value = read.numbers[row];
    const k = classOf[row];
    if (k < 0 || Number.isNaN(value)) continue;
    if (value < ranges[k][0]) ranges[k][0] = value;
    if (value > ranges[k][1]) ranges[k][1] = value;
  }
  const sorted = ranges.filter(([least, most]) => least <= most).sort((a, b) => a[0] - b[0]);
  return sorted.length > 1 && sorted.every(([least], k) => k === 0 || least > sorted[k - 1][1]);
}

/** Pearson's correlation over the rows that have both. */
function correlation(x: Float64Array, y: Float64Array): number {
  let [count, meanX, meanY, xx, yy, xy] = [0, 0, 0, 0, 0, 0];
  for (let row = 0; row < x.length; row++) {
    if (Number.isNaN(x[row]) || Number.isNaN(y[row])) continue;
    count++;
    const dx = x[row] - meanX;
    const dy = y[row] - meanY;
    meanX += dx / count;
    meanY += dy / count;
    xx += dx * (x[row] - meanX);
    yy += dy * (y[row] - meanY);
    xy += dx * (y[row] - meanY);
  }
  return xx > 0 && yy > 0 ? xy / Math.sqrt(xx * yy) : 0;
}

/** How many rows are the same as an earlier one in every column, and the first of them. */
function repeatedRows(columns: readonly KnownColumn[], rows: number): { count: number; first: number } {
  const bits = new Float64Array(1);
  const words = new Int32Array(bits.buffer);
  const hashes = new Int32Array(rows);
  const cellsOf = ({ read }: KnownColumn) => (read.holds === 'numbers' ? read.numbers : read.codes);
  for (const column of columns) {
    const cells = cellsOf(column);
    for (let row = 0; row < rows; row++) {
      bits[0] = cells[row];
      const hash = Math.imul(hashes[row] ^ words[0], 0x85ebca6b) ^ Math.imul(words[1], 0xc2b2ae35);
      hashes[row] = (hash << 13) | (hash >>> 19);
    }
  }
  // An open hash table of the rows that are unlike all before; 0 is an empty slot.
  let size = 1;
  while (size < 2 * rows) size *= 2;
  const slots = new Int32Array(size);
  const mask = slots.length - 1;
  const same = (a: number, b: number) =>
    columns.every((column) => {
      const cells = cellsOf(column);
      return Object.is(cells[a], cells[b]);
    });
  let count = 0;
  let first = -1;
  for (let row = 0; row < rows; row++) {
    const hash = hashes[row];
    for (let slot = (hash ^ (hash >>> 16)) & mask; ; slot = (slot + 1) & mask) {
      const earlier = slots[slot] - 1;
      if (earlier < 0) {
        slots[slot] = row + 1;
        break;
      }
      if (hashes[earlier] === hash && same(earlier, row)) {
        if (count++ === 0) first = row;
        break;
      }
    }
  }
  return { count, first };
}
