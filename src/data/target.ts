import { distinctTexts, isMissing, type Column } from './columns';
import { isNumber, type Table } from './csv';
import { UserError } from './userError';

export type Task = 'binary' | 'multiclass' | 'regression';

export interface Target {
  readonly column: Column;
  readonly task: Task;
  /** The texts of the classes in their order; empty for regression. */
  readonly classes: readonly string[];
  /** Why this column: shown where the target is. */
  readonly reason: string;
}

const usualNames = ['label', 'labels', 'target', 'class', 'y', 'outcome', 'output', 'response', 'diagnosis'];
/** An integer column with at most this many values is taken for classes. */
const MOST_INTEGER_CLASSES = 20;
const MOST_CLASSES = 100;

/** Whether each distinct text of the column stands in at least two rows. */
function repeated(table: Table, { index }: Column): boolean {
  const counts = new Map<string, number>();
  for (const cell of table.columns[index])
    if (!isMissing(cell)) counts.set(cell, (counts.get(cell) ?? 0) + 1);
  return [...counts.values()].every((count) => count >= 2);
}

function looksLikeClasses(table: Table, column: Column): boolean {
  if (column.type === 'boolean' || column.type === 'category') return true;
  return (
    column.type === 'number' &&
    column.distinct <= MOST_INTEGER_CLASSES &&
    column.numbers.every((value) => Number.isNaN(value) || Number.isInteger(value)) &&
    repeated(table, column)
  );
}

/**
 * Chooses the target: the named one; else a usual name; else the last column if it is text, boolean or an
 * integer with at most 20 values, each in two rows or more; else the last number.
 * Throws UserError when a named column is missing or nothing can be a target.
 */
export function chooseTarget(
  table: Table,
  columns: readonly Column[],
  named: string,
  ignored: ReadonlySet<string>,
): { column: Column; reason: string } {
  if (named !== '') {
    const column = columns.find(({ name }) => name === named);
    if (column) return { column, reason: 'chosen in the settings' };
    throw new UserError(
      `There is no column “${named}” to predict. The columns are ${listed(table.names)}.`,
      table.dialect.header ? table.locate(-1, 0) : undefined,
    );
  }
  const candidates = columns.filter(({ name }) => !ignored.has(name));
  const usual = candidates.find(({ name }) => usualNames.includes(name.toLowerCase()));
  if (usual) return { column: usual, reason: `“${usual.name}” is a usual name for a target` };
  const last = candidates.at(-1);
  if (last && repeated(table, last) && (last.type === 'text' || looksLikeClasses(table, last))) {
    return { column: last, reason: 'the last column, which holds classes' };
  }
  const number = candidates.findLast(({ type }) => type === 'number');
  if (number) return { column: number, reason: 'the last column of numbers' };
  if (last) return { column: last, reason: 'the last column' };
  throw new UserError('No column can be predicted: all are ignored.');
}

/**
 * The task that the target column and `model.output` make. Throws UserError when they do not fit, when
 * there is a single class, and when a number column holds text.
 */
export function resolveTarget(
  table: Table,
  { column, reason }: { column: Column; reason: string },
  output: 'auto' | 'sigmoid' | 'softmax' | 'linear',
): Target {
  if (column.missing === table.rows) {
    throw new UserError(`The target “${column.name}” has no values.`, table.locate(0, column.index));
  }
  if (
    output === 'linear' ||
    (output === 'auto' && column.type === 'number' && !looksLikeClasses(table, column))
  ) {
    if (column.type === 'number' || column.type === 'boolean' || column.type === 'date') {
      return { column, task: 'regression', classes: [], reason };
    }
    if (column.type !== 'constant') {
      const row =
        column.firstText ?? table.columns[column.index].findIndex((c) => !isMissing(c) && !isNumber(c));
      throw new UserError(
        `The target “${column.name}” holds the text “${table.columns[column.index][row]}”; a linear output needs numbers.`,
        table.locate(row, column.index),
      );
    }
  }
  const classes = distinctTexts(table, column.index);
  if (classes.length < 2) {
    throw new UserError(
      `The target “${column.name}” has only one class, “${classes[0]}”. At least two are needed.`,
      table.locate(
        table.columns[column.index].findIndex((cell) => !isMissing(cell)),
        column.index,
      ),
    );
  }
  if (column.type === 'mixed') {
    const row = column.firstText ?? 0;
    throw new UserError(
      `“${table.columns[column.index][row]}” is no number, in the target “${column.name}” that otherwise holds numbers. Mend the cell.`,
      table.locate(row, column.index),
    );
  }
  if (classes.length > MOST_CLASSES) {
    throw new UserError(
      `The target “${column.name}” has ${classes.length} classes; at most ${MOST_CLASSES} can be told apart. Choose another target.`,
    );
  }
  if (output === 'sigmoid' && classes.length > 2) {
    throw new UserError(
      `A sigmoid output tells two classes apart; “${column.name}” has ${classes.length}. Set neuronLens.model.output to auto or softmax.`,
    );
  }
  return { column, task: classes.length === 2 ? 'binary' : 'multiclass', classes, reason };
}

const listed = (names: readonly string[]) =>
  names.length <= 12 ? names.join(', ') : `${names.slice(0, 12).join(', ')} and ${names.length - 12} more`;
