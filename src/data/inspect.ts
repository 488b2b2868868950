import type { Settings } from '../settings';
import { readColumn } from './columns';
import { delimiterNames, readTable } from './csv';
import { chooseTarget } from './target';

/** What the CodeLens shows of a table before it is trained on. */
export interface Inspection {
  readonly rows: number;
  readonly columns: number;
  readonly delimiter: string;
  readonly target: string;
  readonly targetReason: string;
  readonly names: readonly string[];
}

/** What a table is, without making examples of it. Throws UserError as {@link readTable} does. */
export function inspect(
  text: string,
  settings: Pick<Settings, 'data.target' | 'data.ignoredColumns'>,
): Inspection {
  const table = readTable(text);
  const columns = table.names.map((_, index) => readColumn(table, index));
  const { column, reason } = chooseTarget(
    table,
    columns,
    settings['data.target'],
    new Set(settings['data.ignoredColumns']),
  );
  return {
    rows: table.rows,
    columns: table.names.length,
    delimiter: delimiterNames[table.dialect.delimiter],
    target: column.name,
    targetReason: reason,
    names: table.names,
  };
}
