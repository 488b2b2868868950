import type { KnownColumn } from './known';
import type { ReadTable } from '../csv/read';
import { message, type Reason, type TaskReason } from '../message';
import { guessTask, isRepeated, MOST_CLASSES } from './task';
import { textCounts } from './textCounts';
import { UserError } from '../userError';

export type Task = 'binary' | 'multiclass' | 'regression';

export interface Target {
  readonly index: number;
  readonly task: Task;
  /** The texts of the classes in their order; empty for regression. */
  readonly classes: readonly string[];
  /** Why this column: shown where the target is. */
  readonly reason: Reason | null;
  /** Why it is predicted as classes, or as a number. */
  readonly taskReason: TaskReason;
  /** Whether its whole numbers may as well be the other. */
  readonly isTaskInDoubt: boolean;
}

/** The column to predict, whether or not it can be; −1 when there is none. */
export interface Chosen {
  readonly index: number;
  readonly reason: Reason | null;
}

/** The surest first: beside a label, y is mostly a coordinate. */
const usualNames = ['label', 'labels', 'target', 'class', 'outcome', 'output', 'response', 'diagnosis', 'y'];
/** Beside these, a class is one of passengers or of flights: something that is known beforehand. */
const surerThanClass = [
  ...['outcome', 'diagnosis', 'survived', 'churn', 'churned', 'exited', 'attrition', 'readmitted'],
  ...['default', 'defaulted', 'purchased', 'converted', 'delayed', 'cancelled', 'satisfaction'],
];
/** So many columns are named to somebody who asks for one that is not there. */
const MOST_NAMED = 12;

/**
 * Chooses the target: the named one; else a usual name, one surer than “class” before that; else the last column if it is text, boolean or whole numbers
 * that are taken for classes, each in two rows or more; else the last number.
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
  if (usual !== undefined && names[usual] === 'class') {
    const surer = surerThanClass
      .map((name) => names.indexOf(name))
      .find((index) => index >= 0 && canBeClasses(columns[index]) && isRepeated(columns[index]));
    if (surer !== undefined)
      return { index: surer, reason: message('usual-name', { name: columns[surer].read.name }) };
  }
  if (usual !== undefined) {
    return { index: usual, reason: message('usual-name', { name: columns[usual].read.name }) };
  }
  const last = open.lastIndexOf(true);
  if (last < 0) throw new UserError(message('all-ignored', {}));
  if (canBeClasses(columns[last]) && isRepeated(columns[last])) {
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
  const guess = guessTask(column);
  const isAsked = output !== 'auto';
  const why = isAsked ? message('output-is-set', {}) : guess.why;
  const isTaskInDoubt = !isAsked && guess.doubtful;
  if (output === 'linear' || (!isAsked && guess.as === 'number')) {
    const hasNumbers = read.holds === 'numbers' ? typed.distinct > 1 : typed.values.length > 0;
    if (hasNumbers) {
      const taskReason = message('as-number', { why });
      return { index, task: 'regression', classes: [], reason, taskReason, isTaskInDoubt };
    }
    if (typed.type !== 'constant') {
      const row = read.codes.findIndex((code) => code >= 0);
      const text = read.texts[read.codes[row]];
      throw new UserError(message('target-holds-text', { target: name, text }), { line: table.lines[row] });
    }
  }
  if (!isAsked && typed.type === 'identifier') {
    throw new UserError(message('target-all-differs', { target: name }), place);
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
  const task = classes.length === 2 ? 'binary' : 'multiclass';
  const taskReason = message('as-classes', { classes: classes.length, why });
  return { index, task, classes, reason, taskReason, isTaskInDoubt };
}

/** Whether something is given in a column, and nothing, in more than a few rows: else it is a remark. */
function isOftenBoth({ typed, read }: KnownColumn): boolean {
  const share = typed.values.reduce((sum, value) => sum + value, 0) / read.rows;
  return share >= FEWEST_GIVEN && share <= 1 - FEWEST_GIVEN;
}
const FEWEST_GIVEN = 0.05;

/** Whether a last column is one to be told apart. */
function canBeClasses(column: KnownColumn): boolean {
  switch (column.typed.type) {
    case 'number':
    case 'boolean':
    case 'category':
    case 'list':
    case 'text':
      return guessTask(column).as === 'classes';
    case 'ticked':
      return isOftenBoth(column);
    case 'date':
    case 'time':
    case 'identifier':
    case 'constant':
      return false;
    default:
      return column.typed.type satisfies never;
  }
}
