import type { Settings } from '../../settings/settings';
import type { ReadTable } from '../csv/read';
import type { ReadColumn } from '../csv/resolve';
import { ownOf } from '../csv/readOptions';
import { typeOf, type TypedColumn } from '../csv/types';

/** What a column is used for. `leftOut`: it says nothing that could be learnt from. */
export type Role = 'target' | 'feature' | 'ignored' | 'leftOut' | 'split';

/** A column as it was read, and what it was found to be. */
export interface KnownColumn {
  readonly read: ReadColumn;
  readonly typed: TypedColumn;
  /** Whether the settings say so, or how it is typed. */
  readonly role: Exclude<Role, 'target'>;
}

export type ColumnSettings = Pick<
  Settings,
  'data.ignoredColumns' | 'data.includedColumns' | 'data.splitColumn' | 'data.columnTypes'
>;

/** The columns of a table with what each would be used for, were it not the target. */
export function knowColumns({ columns }: ReadTable, settings: ColumnSettings): KnownColumn[] {
  const ignored = new Set(settings['data.ignoredColumns']);
  const included = new Set(settings['data.includedColumns']);
  return columns.map((read) => {
    const typed = typeOf(read, ownOf(settings['data.columnTypes'], read.name));
    const role = (): KnownColumn['role'] => {
      if (settings['data.splitColumn'] !== '' && read.name === settings['data.splitColumn']) return 'split';
      if (ignored.has(read.name)) return 'ignored';
      if (typed.type === 'constant') return 'leftOut';
      if (typed.type === 'identifier' || typed.type === 'text')
        return included.has(read.name) ? 'feature' : 'leftOut';
      return 'feature';
    };
    return { read, typed, role: role() };
  });
}

/** Whether an empty cell of a column says something: that nothing is given, or none of the answers. */
const emptySays = ({ typed }: KnownColumn, isTarget: boolean): boolean =>
  typed.type === 'ticked' || (typed.type === 'list' && !isTarget);

/** Whether a column has a value in a row, as a feature or as the target. */
export const isPresent = (column: KnownColumn, row: number, isTarget = false): boolean => {
  const { holds, numbers, codes } = column.read;
  return emptySays(column, isTarget) || (holds === 'numbers' ? !Number.isNaN(numbers[row]) : codes[row] >= 0);
};

/** Rows in which a column has no value, as a feature or as the target. */
export const missingIn = (column: KnownColumn, isTarget = false): number =>
  emptySays(column, isTarget) ? 0 : column.read.missing;
