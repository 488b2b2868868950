import { readFileSync } from 'node:fs';
import { check, type Check } from './data/check';
import { delimiterName } from './data/delimiters';
import { readTable } from './data/read';
import type { Settings } from './settings';
import { unpack } from './worker/unpack';

/** `check FILE`: what the table is and what is wrong with it. Returns the exit status: 2 when it cannot be trained on. */
export function checkFile(file: string, settings: Settings, json: boolean): number {
  const bytes = unpack(readFileSync(file));
  const table = readTable(() => [bytes]);
  const found = check(table, settings);
  if (json) process.stdout.write(`${JSON.stringify(found)}\n`);
  else print(file, found, table.problems.total);
  return table.problems.blocked ? 2 : 0;
}

const short = (value: number | null) => (value === null ? '' : Number(value.toPrecision(4)).toString());

function print(file: string, found: Check, total: number): void {
  const { delimiter, header, encoding, lineEnding, rows, skippedRows, columns, target, task, problems } =
    found;
  console.log(
    `${file}: ${rows} usable rows × ${columns.length} columns; ${delimiter === null ? 'no delimiter' : delimiterName(delimiter.charCodeAt(0))}, ${header ? 'a header' : 'no header'}, ${encoding}, ${lineEnding}` +
      (skippedRows > 0 ? `; ${skippedRows} rows miss a value` : ''),
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
