import type { Settings } from '../../src/settings/settings';
import { checked, notes } from './reading';

/** What is said about dates and times. */
const OF_DATES =
  /^(?:text-in-dates|counted-dates|dates-in-numbers|times-in-numbers|undecided-dates|settled-dates|future-dates|far-date) /;
export const said = (table: ReturnType<typeof checked>): string[] =>
  notes(table).filter((note) => OF_DATES.test(note));

/** A table whose first column has these cells, beside numbers to predict. */
export const tableOf = (name: string, cells: readonly string[]): string =>
  `"${name}",z\n${cells.map((cell, i) => `"${cell}",${(i * 7) % 11}.5`).join('\n')}\n`;

/** The first column of such a table: type, format, values, missing cells and what is said of its dates. */
export function column(cells: readonly string[], name = 'when', changed: Partial<Settings> = {}) {
  const table = checked(tableOf(name, cells), { 'data.target': 'z', ...changed });
  const { read, typed } = table.columns[0];
  const { type, format, values } = typed;
  return { type, format, values: [...values], missing: read.missing, notes: said(table) };
}

/** Such a column in a line. */
export const brief = ({ type, format, missing, notes: list }: ReturnType<typeof column>): string =>
  [`${type}${format ? ` (${format})` : ''}`, ...(missing > 0 ? [`${missing} missing`] : []), ...list].join(
    '; ',
  );
