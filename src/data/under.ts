import { cut } from '../core/format';
import type { OutputKind } from '../core/network';
import { message } from './message';
import { classesIn, numbersFor } from './table/cellValues';
import type { CheckedTable } from './table/check';
import type { KnownColumn } from './table/known';
import type { Target, Task } from './table/target';
import type { ColumnTransform, Transform } from './transform';
import { UserError } from './userError';

/** What stays of a model that is trained further, whatever table it is trained on. */
export interface Under {
  readonly transform: Transform;
  readonly output: OutputKind;
}

/** Names of columns and classes that are told of many. */
const MOST_NAMED = 5;

/** What the target of such a model is, whichever of its classes a table has. */
export function targetUnder({ transform: { target } }: Under): { task: Task; classes: readonly string[] } {
  if (target.kind !== 'classes') return { task: 'regression', classes: [] };
  return { task: target.classes.length === 2 ? 'binary' : 'multiclass', classes: target.classes };
}

/** The columns of a table that such a model takes, in its order. */
export const columnsUnder = (
  { transform }: Under,
  columns: readonly KnownColumn[],
): { column: KnownColumn; shape: ColumnTransform }[] =>
  transform.columns.flatMap((shape) => {
    const column = columns.find(({ read }) => read.name === shape.name);
    return column ? [{ column, shape }] : [];
  });

/** Throws UserError, with names, for columns that the model takes and the table does not have. */
export function mustHaveColumns({ transform }: Pick<Under, 'transform'>, names: readonly string[]): void {
  const wanted = [...transform.columns, transform.target].map(({ name }) => name);
  const absent = wanted.filter((name) => !names.includes(name));
  if (absent.length === 0) return;
  const shown = absent.slice(0, MOST_NAMED).map((name) => cut(name));
  throw new UserError(message('model-column-absent', { names: shown, more: absent.length - shown.length }));
}

/** Throws UserError for a table that such a model cannot be trained further on: another task, a class it does not know. */
export function mustSuit(
  under: Under,
  { table, columns, usable, target }: CheckedTable & { target: Target },
): void {
  mustHaveColumns(
    under,
    columns.map(({ read }) => read.name),
  );
  const column = columns[target.index];
  const { target: own } = under.transform;
  const { name } = column.read;
  if (own.kind === 'classes') {
    const classes = classesIn(column, own.classes);
    const row = usable.find((each) => classes[each] < 0);
    if (row === undefined) return;
    const { numbers, texts, codes, holds } = column.read;
    const text = holds === 'texts' ? texts[codes[row]] : String(numbers[row]);
    const shown = own.classes.slice(0, MOST_NAMED);
    throw new UserError(
      message('model-class-new', {
        target: name,
        text,
        classes: shown,
        more: own.classes.length - shown.length,
      }),
      { line: table.lines[row] },
    );
  }
  const { values } = numbersFor(column, own);
  const row = usable.find((each) => Number.isNaN(values[each]));
  if (target.task === 'regression' && row === undefined) return;
  throw new UserError(
    message('model-takes-number', { target: name }),
    row === undefined ? undefined : { line: table.lines[row] },
  );
}
