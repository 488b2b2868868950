// One column between others, for tests that have a line for each habit.
import type { Settings } from '../../src/settings/settings';
import { checked, notes } from './reading';

export const many = (make: (i: number) => string): string[] => Array.from({ length: 40 }, (_, i) => make(i));
export const oneOf = (...texts: readonly string[]): string[] =>
  many((i) => texts[(i * 7 + (i >> 2)) % texts.length]);

/** A table with these cells in its first column. */
export const tableWith = (name: string, cells: readonly string[], delimiter = ','): string => {
  const rows = cells.map((cell, i) => [cell, String((i * 5) % 13), 'uv'[((i * 7) % 11) % 2]]);
  return [[name, 'y', 'z'], ...rows].map((row) => `${row.join(delimiter)}\n`).join('');
};

/** Type, first numbers and notes of a column with these cells. */
export function brief(
  name: string,
  cells: readonly string[],
  { delimiter = ',', settings = {} }: { delimiter?: string | undefined; settings?: Partial<Settings> } = {},
): string {
  const table = checked(tableWith(name, cells, delimiter), { 'data.target': 'z', ...settings });
  const { read, typed } = table.columns[0];
  const numbers = read.holds === 'numbers' ? [...read.numbers.slice(0, 2)].map(String) : [];
  return [typed.type, ...numbers, ...notes(table, 'duplicate-rows', 'missing-values')].join(' ');
}

/** What a column is, how it comes, and between what. */
export type Case = readonly [
  what: string,
  name: string,
  cells: readonly string[],
  came: string,
  delimiter?: string,
];
