// What the tests of tables with habits have in common.
import { readdirSync, readFileSync } from 'node:fs';
import { untilDone } from '../../src/core/trainer';
import { checkTable, type CheckedTable } from '../../src/data/table/check';
import { readTable } from '../../src/data/csv/read';
import { readOptionsOf } from '../../src/data/csv/readOptions';
import type { Settings } from '../../src/settings/settings';
import { cleanTables } from '../damage/tables';
import { runOn } from '../unit/training';
import { course } from '../unit/course';

/** The text of a table of `test/field/`. */
export const fieldFile = (name: string): string => readFileSync(`test/field/${name}`, 'utf8');

/** Tables that nothing is wrong with: the samples, and those of the corpus before they are damaged. */
export function soundTables(): readonly { readonly name: string; readonly text: string }[] {
  const samples = readdirSync('samples').filter((file) => file.endsWith('.csv'));
  return [
    ...samples.map((file) => ({ name: `samples/${file}`, text: readFileSync(`samples/${file}`, 'utf8') })),
    ...[...cleanTables(1).values()].map(({ name, header, columns }) => {
      const lines = columns[0].map((_, row) => columns.map((column) => column[row] ?? '').join(','));
      return {
        name: `${name} of the corpus of damage`,
        text: [...(header ? [header.join(',')] : []), ...lines].join('\n'),
      };
    }),
  ];
}

/** A table as the settings read and check it. */
export function checked(text: string, changed: Partial<Settings> = {}): CheckedTable {
  const settings = { ...course, ...changed };
  const bytes = new TextEncoder().encode(text);
  return checkTable(
    readTable(() => [bytes], readOptionsOf(settings), { size: bytes.length }),
    settings,
  );
}

/** The codes of what is said of it, each with its line, as in `leakage 1`; without those of these codes. */
export const notes = ({ table }: CheckedTable, ...but: string[]): string[] =>
  table.problems
    .inOrder()
    .filter(({ code }) => !but.includes(code))
    .map(({ code, line }) => `${code} ${line}`);

/** Trains to the end, and returns the score of the rows that were not trained on. */
export function testScore(text: string, changed: Partial<Settings> = {}): number {
  const run = runOn(text, { ...course, ...changed });
  while (run.epoch < run.epochs && run.step(untilDone) === 'epoch');
  const { testScore: score } = run.measure();
  run.dispose();
  return score ?? NaN;
}
