import type { KnownColumn } from './known';
import type { ReadTable } from '../csv/read';
import { distinctNumbers, distinctTexts, MOST_COUNTED } from '../csv/types';
import { message, type Reason } from '../message';
import { UserError } from '../userError';

export type Task = 'binary' | 'multiclass' | 'regression';

export interface Target {
  readonly index: number;
  readonly task: Task;
  /** The texts of the classes in their order; empty for regression. */
  readonly classes: readonly string[];
  /** Why this column: shown where the target is. */
  readonly reason: Reason | null;
}

/** The column to predict, whether or not it can be; −1 when there is none. */
export interface Chosen {
  readonly index: number;
  readonly reason: Reason | null;
}

/** The surest first: beside a label, y is mostly a coordinate. */
const usualNames = ['label', 'labels', 'target', 'class', 'outcome', 'output', 'response', 'diagnosis', 'y'];
/** An integer column with at most this many values is taken for classes. */
const MOST_INTEGER_CLASSES = 20;
const MOST_CLASSES = 100;
/** So many columns are named to somebody who asks for one that is not there. */
const MOST_NAMED = 12;

/**
 * How many rows have each text, texts in alphabetical order and numbers in theirs; null for a column of more
 * different numbers than are kept as texts.
 */
export function textCounts({ read }: KnownColumn): Map<string, number> | null {
  const counts = new Map<string, number>();
  if (read.holds === 'texts') {
    const byCode = new Int32Array(read.texts.length);
    for (const code of read.codes) if (code >= 0) byCode[code]++;
    const codeOf = new Map(read.texts.map((text, code) => [text, code]));
    for (const text of distinctTexts(read)) counts.set(text, byCode[codeOf.get(text) ?? 0]);
    return counts;
  }
  if (!read.numberTexts || !Number.isFinite(distinctNumbers(read.numbers, MOST_COUNTED))) return null;
  const byNumber = new Map<number, number>();
  for (const value of read.numbers) {
    if (!Number.isNaN(value)) byNumber.set(value, (byNumber.get(value) ?? 0) + 1);
  }
  for (const value of [...byNumber.keys()].sort((a, b) => a - b)) {
    counts.set(read.numberTexts.get(value) ?? String(value), byNumber.get(value) ?? 0);
  }
  return counts;
}

const isRepeated = (counts: Map<string, number> | null) =>
  counts !== null && [...counts.values()].every((count) => count >= 2);

/** Whether a column, were it the target, would be one of classes. */
export function looksLikeClasses(column: KnownColumn): boolean {
  const { read, typed } = column;
  if (typed.type === 'boolean' || typed.type === 'category') return true;
  return (
    typed.type === 'number' &&
    typed.distinct <= MOST_INTEGER_CLASSES &&
    read.numbers.every((value) => Number.isNaN(value) || Number.isInteger(value)) &&
    isRepeated(textCounts(column))
  );
}

/**
 * Chooses the target: the named one; else a usual name; else the last column if it is text, boolean or an
 * integer with at most 20 values, each in two rows or more; else the last number.
 * Throws UserError when a named column is missing or nothing can be a target.
 */
export function chooseTarget(table: ReadTable, columns: readonly KnownColumn[], named: string): Chosen {
  if (named !== '') {
    const index = columns.findIndex(({ read }) => read.name === named);
    if (index >= 0) return { index, reason: message('chosen', {}) };
    const names = columns.slice(0, MOST_NAMED).map(({ read }) => read.name);
    throw new UserError(
      message('no-such-target', { name: named, names, more: columns.length - names.length }),
      table.header ? placeOf(table, 0) : undefined,
    );
  }
  const open = columns.map(({ role }) => role !== 'ignored' && role !== 'split');
  const names = columns.map(({ read }, index) => (open[index] ? read.name.toLowerCase() : ''));
  const usual = usualNames.map((name) => names.indexOf(name)).find((index) => index >= 0);
  if (usual !== undefined) {
    return { index: usual, reason: message('usual-name', { name: columns[usual].read.name }) };
  }
  const last = open.lastIndexOf(true);
  if (last < 0) throw new UserError(message('all-ignored', {}));
  const { type } = columns[last].typed;
  if ((type === 'text' || looksLikeClasses(columns[last])) && isRepeated(textCounts(columns[last]))) {
    return { index: last, reason: message('last-classes', {}) };
  }
  const number = columns.findLastIndex(({ typed }, index) => open[index] && typed.type === 'number');
  if (number >= 0) return { index: number, reason: message('last-numbers', {}) };
  return { index: last, reason: message('last-column', {}) };
}

/** Where the name of a column stands. */
export function placeOf({ namePlaces }: Pick<ReadTable, 'namePlaces'>, index: number) {
  const [line, column, endColumn] = namePlaces[index];
  return { line, column, endColumn };
}

/**
 * The task that the target column and `model.output` make. Throws UserError when they do not fit and when there
 * is a single class.
 */
export function resolveTarget(
  table: ReadTable,
  columns: readonly KnownColumn[],
  { index, reason }: Chosen,
  output: 'auto' | 'sigmoid' | 'softmax' | 'linear',
): Target {
  const column = columns[index];
  const { read, typed } = column;
  const place = placeOf(table, index);
  const { name } = read;
  if (read.missing === read.rows) throw new UserError(message('target-empty', { target: name }), place);
  const isNumber = typed.type === 'number' || typed.type === 'identifier';
  if (output === 'linear' || (output === 'auto' && isNumber && !looksLikeClasses(column))) {
    if (read.holds === 'numbers' && typed.distinct > 1)
      return { index, task: 'regression', classes: [], reason };
    if (typed.type === 'boolean' || typed.type === 'date' || typed.type === 'time')
      return { index, task: 'regression', classes: [], reason };
    if (typed.type !== 'constant') {
      const row = read.codes.findIndex((code) => code >= 0);
      const text = read.texts[read.codes[row]];
      throw new UserError(message('target-holds-text', { target: name, text }), { line: table.lines[row] });
    }
  }
  const counts = textCounts(column);
  const classes = [...(counts ?? new Map<string, number>()).keys()];
  if (counts && classes.length < 2) {
    throw new UserError(message('one-class', { target: name, text: classes[0] }), place);
  }
  const many = counts ? classes.length : typed.distinct;
  if (many > MOST_CLASSES) {
    throw new UserError(
      message('too-many-classes', { target: name, classes: many, most: MOST_CLASSES }),
      place,
    );
  }
  if (output === 'sigmoid' && classes.length > 2) {
    throw new UserError(message('not-two-classes', { target: name, classes: classes.length }), place);
  }
  return { index, task: classes.length === 2 ? 'binary' : 'multiclass', classes, reason };
}
