import type { Settings } from '../settings';
import { advise } from './advice';
import type { Problem } from './problems';
import type { ReadTable } from './read';
import { chooseTarget, resolveTarget, type KnownColumn, type Target, type Task } from './target';
import { UserError } from './userError';
import { typeOf, type ColumnType, type TypedColumn } from './types';

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
  readonly problems: readonly Problem[];
}

/** Describes a table that was read, with the target it would be trained on. */
export function check(
  table: ReadTable,
  settings: Pick<Settings, 'data.target' | 'data.ignoredColumns' | 'model.output'>,
): Check {
  const { dialect, header, encoding, lineEnding, rows, columns, problems } = table;
  const known = columns.map((read) => ({ read, typed: typeOf(read) }));
  let target: Target | null = null;
  if (rows > 0) {
    try {
      const chosen = chooseTarget(
        table,
        known,
        settings['data.target'],
        new Set(settings['data.ignoredColumns']),
      );
      target = resolveTarget(table, known, chosen, settings['model.output']);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      const { line = 1, column = 1, endColumn = column + 1 } = error.place ?? {};
      problems.add('no-target', line, column, endColumn, error.message);
    }
    advise(table, known, target);
  }
  const usable = usableRows(table, known, target?.index ?? -1);
  return {
    delimiter: dialect && String.fromCharCode(dialect.syntax.delimiter),
    header,
    encoding,
    lineEnding,
    rows: usable,
    skippedRows: rows - usable,
    columns: known.map(({ read: { name, missing }, typed }) => ({
      name,
      type: typed.type,
      missing,
      distinct: typed.distinct,
      ...statistics(typed),
    })),
    target: target && columns[target.index].name,
    task: target && target.task,
    problems: problems.list.toSorted((a, b) => a.line - b.line || a.column - b.column),
  };
}

/** Rows in which neither the target nor a feature is missing. */
function usableRows({ rows }: ReadTable, known: readonly KnownColumn[], target: number): number {
  const used = known.filter(
    ({ typed: { type } }, index) => index === target || !['constant', 'identifier', 'text'].includes(type),
  );
  let usable = 0;
  for (let row = 0; row < rows; row++) {
    if (
      used.every(({ read }) =>
        read.holds === 'numbers' ? !Number.isNaN(read.numbers[row]) : read.codes[row] >= 0,
      )
    )
      usable++;
  }
  return usable;
}

function statistics({ type, values }: TypedColumn): Pick<CheckedColumn, 'min' | 'max' | 'mean'> {
  if (type !== 'number') return { min: null, max: null, mean: null };
  let [min, max, sum, count] = [Infinity, -Infinity, 0, 0];
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    if (value < min) min = value;
    if (value > max) max = value;
    sum += value;
    count++;
  }
  return { min, max, mean: sum / count };
}
