import { rounded } from '../core/format';
import { checkTable, describe, type Check } from '../data/table/check';
import { dialectText } from '../data/csv/delimiters';
import { readOptionsOf } from '../data/csv/readOptions';
import type { Settings } from '../settings/settings';
import { resolveThreads } from '../threads/cores';
import { PartReaders, readerScript } from '../threads/readers';
import { readTableFile } from '../threads/tableFile';

/** `check FILE`: what the table is and what is wrong with it. Returns the exit status: 2 when it cannot be trained on. */
export function checkFile(file: string, settings: Settings, json: boolean): number {
  const reading = {
    threads: resolveThreads(settings['training.threads'], 0),
    readers: new PartReaders(readerScript(__dirname)),
  };
  const { table } = readTableFile(file, readOptionsOf(settings), reading);
  const found = describe(checkTable(table, settings));
  if (json) {
    const problems = found.problems.map(({ code, severity, line, column, endColumn, message }) => ({
      ...{ code, severity, line, column, endColumn, message },
    }));
    process.stdout.write(`${JSON.stringify({ ...found, problems })}\n`);
  } else print(file, found, dialectText(table), table.problems.total);
  return table.problems.blocked ? 2 : 0;
}

const short = (value: number | null) => (value === null ? '' : String(rounded(value)));

function print(file: string, found: Check, dialect: string, total: number): void {
  const { header, encoding, lineEnding, rows, skippedRows, columns, target, task, problems } = found;
  console.log(
    `${file}: ${rows} usable rows × ${columns.length} columns; ${[dialect, ...(header ? ['a header'] : []), ...(encoding === 'utf-8' ? [encoding] : []), lineEnding].filter((part) => part !== '').join(', ')}` +
      (skippedRows > 0 ? `; ${skippedRows === 1 ? '1 row misses' : `${skippedRows} rows miss`} a value` : ''),
  );
  if (target !== null) console.log(`Target ${target}, ${task}`);
  const rowsOfText = columns.map(({ name, type, missing, distinct, min, max, mean }) => [
    ...[name, type, String(missing), String(distinct)],
    ...[short(min), short(max), short(mean)],
  ]);
  const cells = [['column', 'type', 'missing', 'distinct', 'min', 'max', 'mean'], ...rowsOfText];
  const widths = cells[0].map((_, c) => Math.max(...cells.map((row) => row[c].length)));
  for (const row of cells)
    console.log(
      row
        .map((cell, c) => (c < 2 ? cell.padEnd(widths[c]) : cell.padStart(widths[c])))
        .join('  ')
        .trimEnd(),
    );
  for (const { severity, line, column, message } of problems) {
    console.log(`${file}:${line}:${column}: ${severity}: ${message}`);
  }
  if (total > problems.length) console.log(`And ${total - problems.length} more problems like these.`);
}
