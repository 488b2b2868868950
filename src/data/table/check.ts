import type { Settings } from '../../settings/settings';
import { cut } from '../../core/format';
import { advise, type AdviceSettings, type Depth } from './advice';
import { classesIn } from './cellValues';
import { isPresent, knowColumns, missingIn, type ColumnSettings, type KnownColumn, type Role } from './known';
import { message, type Reason, type TaskReason } from '../message';
import { columnOf, type Problem } from '../problems';
import type { ReadTable } from '../csv/read';
import { ownOf } from '../csv/readOptions';
import { mustSplit } from './splitColumn';
import { chooseTarget, placeOf, resolveTarget } from './target';
import type { Chosen, Target, Task } from './target';
import { guessTask } from './task';
import { withWordClasses } from './wordClasses';
import { UserError } from '../userError';
import { distinctNumbers, type ColumnType, type TypedColumn } from '../csv/types';

export type CheckSettings = ColumnSettings &
  AdviceSettings &
  Pick<Settings, 'data.target' | 'data.splitBy' | 'model.output'>;

/** A table, what its columns are for, and the rows that become examples. */
export interface CheckedTable {
  readonly table: ReadTable;
  readonly columns: readonly KnownColumn[];
  /** The column to predict, whether or not it can be; −1 when there is none. */
  readonly chosen: Chosen;
  /** Null when the chosen column cannot be predicted. */
  readonly target: Target | null;
  /** Rows that become examples, in the order of the file. */
  readonly usable: Int32Array;
}

/**
 * Finds out whether and how a table can be trained on, and adds what is wrong with it to its problems; a `quick` look
 * passes over what takes its time.
 */
export function checkTable(table: ReadTable, settings: CheckSettings, depth: Depth = 'full'): CheckedTable {
  let columns: readonly KnownColumn[] = knowColumns(table, settings);
  const { problems } = table;
  problems.dismiss(settings['data.ignoredColumns']);
  let chosen: Chosen = { index: -1, reason: null };
  let target: Target | null = null;
  const orProblem = (code: 'no-target' | 'no-examples', attempt: () => void) => {
    try {
      attempt();
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      const { line = 1, column = 1, endColumn = column + 1 } = error.place ?? {};
      problems.add(code, [line, column, endColumn], { why: error.said });
    }
  };
  if (table.rows > 0) {
    orProblem('no-target', () => {
      chosen = chooseTarget(table, columns, settings['data.target']);
      columns = withClassesOfWords(table, columns, chosen.index, settings);
      target = resolveTarget(table, columns, chosen, settings['model.output']);
    });
    advise(table, columns, chosen.index, target, settings, depth);
  }
  const usable = usableRows(table, columns, chosen.index, settings['data.missingValues'] === 'dropRows');
  const found: CheckedTable = { table, columns, chosen, target, usable };
  orProblem('no-examples', () => {
    if (found.target && !problems.blocked) mustHaveExamples(found, found.target, settings);
  });
  problems.gatherHabits();
  return found;
}

/** The columns, that of the target with the words among its numbers as classes, if it looks like one of classes. */
function withClassesOfWords(
  { problems, namePlaces }: ReadTable,
  columns: readonly KnownColumn[],
  index: number,
  settings: CheckSettings,
): readonly KnownColumn[] {
  const target = columns[index];
  const { name } = target.read;
  const asNumber =
    settings['model.output'] === 'linear' || ownOf(settings['data.columnTypes'], name) === 'number';
  if (asNumber || guessTask(target).as !== 'classes') return columns;
  const found = withWordClasses(target);
  if (!found) return columns;
  const shown = problems.list.filter((problem) => columnOf(problem) === cut(name));
  const texts = new Set(found.words.map(({ text }) => cut(text)));
  problems.takeBack(name, (problem) => 'text' in problem.args && texts.has(problem.args.text));
  for (const { text, rows } of found.words) {
    const said = shown.find(({ args }) => 'text' in args && args.text === cut(text));
    const { line, column, endColumn } = said ?? placeOf({ namePlaces }, index);
    problems.add('word-is-class', [line, column, endColumn], { column: name, text, count: rows });
  }
  return columns.with(index, found.column);
}

/** Throws the first thing that keeps a table from being trained on. */
export function mustBeUsable(checked: CheckedTable): asserts checked is CheckedTable & { target: Target } {
  const error = checked.table.problems.list.find(({ severity }) => severity === 'error');
  if (!error) return;
  const { line, column, endColumn } = error;
  throw new UserError(error, { line, column, endColumn });
}

/** The role of a column, the target's among them. */
export const roleOf = ({ columns, chosen }: CheckedTable, index: number): Role =>
  index === chosen.index ? 'target' : columns[index].role;

/** Rows in which the target is not missing, nor a feature when `complete` are asked for. */
function usableRows(
  { rows }: ReadTable,
  columns: readonly KnownColumn[],
  target: number,
  complete: boolean,
): Int32Array {
  const usable = new Uint8Array(rows).fill(1);
  for (const [index, column] of columns.entries()) {
    const isTarget = index === target;
    const isNeeded = isTarget || (complete && column.role === 'feature');
    if (!isNeeded || missingIn(column, isTarget) === 0) continue;
    for (let row = 0; row < rows; row++) if (!isPresent(column, row, isTarget)) usable[row] = 0;
  }
  const found = new Int32Array(rows);
  let count = 0;
  for (let row = 0; row < rows; row++) if (usable[row] === 1) found[count++] = row;
  return found.subarray(0, count);
}

function mustHaveExamples(checked: CheckedTable, target: Target, settings: CheckSettings): void {
  const { table, columns, usable } = checked;
  const features = columns.filter(({ role }, index) => index !== target.index && role === 'feature');
  const { name } = columns[target.index].read;
  if (features.length === 0) {
    const leftOut = columns
      .filter(({ role }) => role === 'leftOut')
      .slice(0, 5)
      .map(({ read, typed }) => ({ column: read.name, evidence: typed.evidence }));
    throw new UserError(message('no-features', { target: name, leftOut }), placeOf(table, target.index));
  }
  if (settings['data.missingValues'] === 'refuse') {
    for (const column of features) {
      const row = usable.find((each) => !isPresent(column, each));
      if (row === undefined) continue;
      throw new UserError(message('missing-value-refused', { column: column.read.name }), {
        line: table.lines[row],
      });
    }
  }
  if (usable.length < 2) {
    const said = message('too-few-usable', { usable: usable.length, rows: table.rows });
    throw new UserError(said, { line: table.lines[0] });
  }
  mustSplit(checked, settings);
  if (target.task === 'regression') return;
  const classes = classesIn(columns[target.index], target.classes);
  const [first] = usable;
  if (usable.every((row) => classes[row] === classes[first])) {
    const said = message('one-class-left', { target: name, text: target.classes[classes[first]] });
    throw new UserError(said, { line: table.lines[first] });
  }
}

/** What is said of a column when a file is checked. */
export interface CheckedColumn {
  readonly name: string;
  readonly type: ColumnType;
  readonly missing: number;
  readonly distinct: number;
  /** Null where the column holds no numbers. */
  readonly min: number | null;
  readonly max: number | null;
  readonly mean: number | null;
}

/** A file as it can be read, and all that is wrong with it. */
export interface Check {
  /** The character itself; null for a file that is no table. */
  readonly delimiter: string | null;
  readonly header: boolean;
  readonly encoding: string;
  readonly lineEnding: string;
  readonly rows: number;
  readonly skippedRows: number;
  readonly columns: readonly CheckedColumn[];
  readonly target: string | null;
  readonly task: Task | null;
  readonly targetReason: Reason | null;
  /** As what it is predicted, and why. */
  readonly taskReason: TaskReason | null;
  readonly problems: readonly Problem[];
}

/** Describes a table that was checked. */
export function describe({ table, columns, target, usable }: CheckedTable): Check {
  const { dialect, header, encoding, lineEnding, rows } = table;
  return {
    delimiter: dialect && String.fromCharCode(dialect.syntax.delimiter),
    header,
    encoding,
    lineEnding,
    rows: usable.length,
    skippedRows: rows - usable.length,
    columns: columns.map(({ read: { name, missing, holds, numbers }, typed }) => ({
      name,
      type: typed.type,
      missing,
      distinct: holds === 'numbers' ? distinctNumbers(numbers, Infinity) : typed.distinct,
      ...statistics(typed),
    })),
    target: target && columns[target.index].read.name,
    task: target && target.task,
    targetReason: target && target.reason,
    taskReason: target && target.taskReason,
    problems: table.problems.inOrder(),
  };
}

/** Least, greatest and mean of a column of numbers. */
export function statistics({ type, values }: TypedColumn): Pick<CheckedColumn, 'min' | 'max' | 'mean'> {
  if (type !== 'number') return { min: null, max: null, mean: null };
  let [min, max, mean, count] = [Infinity, -Infinity, 0, 0];
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    if (value < min) min = value;
    if (value > max) max = value;
    // A running mean: a sum might be beyond float64.
    count++;
    mean += (value - mean) / count;
  }
  return { min, max, mean };
}
