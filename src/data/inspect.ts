import type { Settings } from '../settings';
import { readKnown } from './dataset';
import { delimiterName } from './delimiters';

/** What the CodeLens shows of a table before it is trained on. */
export interface Inspection {
  readonly rows: number;
  readonly columns: number;
  readonly delimiter: string;
  readonly target: string;
  readonly targetReason: string;
  readonly names: readonly string[];
}

/** What a table is, without making examples of it. Throws UserError as {@link readKnown} does. */
export function inspect(
  source: string | Uint8Array,
  settings: Pick<Settings, 'data.target' | 'data.ignoredColumns'>,
): Inspection {
  const { table, columns, chosen } = readKnown(source, settings);
  const names = columns.map(({ read }) => read.name);
  return {
    rows: table.rows,
    columns: names.length,
    delimiter: delimiterName(table.dialect?.syntax.delimiter ?? 0),
    target: names[chosen.index],
    targetReason: chosen.reason,
    names,
  };
}
