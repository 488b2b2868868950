import { short, whole } from '../core/format';
import { checkTable, describe, type Check } from '../data/table/check';
import { adviseSplit } from '../data/table/splitAdvice';
import { splitQuestions } from '../data/table/splitQuestions';
import { dialectOf } from '../data/csv/delimiters';
import type { Problem } from '../data/problems';
import { readOptionsOf } from '../data/csv/readOptions';
import type { Settings } from '../settings/settings';
import { inputName, readInput } from './input';
import { print, printJson, shown } from './output';
import { COLUMN_HEADS, moreProblemsText, tableText, targetText, textOf } from './text';

type Printed = Omit<Check, 'problems'> & {
  readonly problems: readonly (Pick<Problem, 'code' | 'severity' | 'line' | 'column' | 'endColumn'> & {
    readonly message: string;
  })[];
};

/** `check FILE`: what the table is and what is wrong with it. Returns the exit status: 2 when it cannot be trained on. */
export async function checkFile(file: string, settings: Settings, json: boolean): Promise<number> {
  const { table } = await readInput(file, readOptionsOf(settings), settings);
  const checked = checkTable(table, settings);
  adviseSplit(splitQuestions(checked, settings), table.problems);
  const found = describe(checked);
  const problems = found.problems.map((problem) => {
    const { code, severity, line, column, endColumn } = problem;
    return { code, severity, line, column, endColumn, message: textOf(problem) };
  });
  const reasons = { targetReason: textOf(found.targetReason), taskReason: textOf(found.taskReason) };
  if (json) printJson({ ...found, ...(found.target !== null && reasons), problems });
  else printTable(inputName(file), { ...found, problems }, textOf(dialectOf(table)), table.problems.total);
  return table.problems.blocked ? 2 : 0;
}

const shortOrNone = (value: number | null) => (value === null ? '' : short(value));

/** `found` with its columns as a table, and its problems as compilers print theirs. */
function printTable(file: string, found: Printed, dialect: string, total: number): void {
  const { columns, target, problems } = found;
  print(tableText(file, found, dialect));
  if (target !== null) print(targetText(shown(target), found));
  const rowsOfText = columns.map(({ name, type, missing, distinct, min, max, mean }) => [
    ...[shown(name), type, whole(missing), whole(distinct)],
    ...[shortOrNone(min), shortOrNone(max), shortOrNone(mean)],
  ]);
  const cells = [COLUMN_HEADS, ...rowsOfText];
  const widths = cells[0].map((_, c) => Math.max(...cells.map((row) => row[c].length)));
  for (const row of cells)
    print(
      row
        .map((cell, c) => (c < 2 ? cell.padEnd(widths[c]) : cell.padStart(widths[c])))
        .join('  ')
        .trimEnd(),
    );
  for (const { severity, line, column, message } of problems) {
    print(`${file}:${line}:${column}: ${severity}: ${message}`);
  }
  if (total > problems.length) print(moreProblemsText(total - problems.length));
}
