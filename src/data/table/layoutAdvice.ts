// What a person should know of a table that was laid out to be looked at, not to be read.
import type { ReadTable } from '../csv/read';
import { dittoMarks } from './dittoMarks';
import type { KnownColumn } from './known';
import { mergedCells } from './mergedCells';
import { noteRows } from './noteRows';
import { sectionRows } from './sectionRows';

/** Lines and texts that are named. */
const MOST_LINES = 500;
const MOST_TEXTS = 12;

/** Names the rows that are notes, and returns them. */
export function adviseNotes(table: ReadTable, columns: readonly KnownColumn[]): ReadonlySet<number> {
  const { rows, areBelow } = noteRows(table, columns);
  if (rows.length > 0) {
    const { codes, texts } = columns[0].read;
    const [first] = rows;
    const lines = rows.slice(0, MOST_LINES).map((row) => table.lines[row]);
    const args = { text: texts[codes[first]], lines, areBelow };
    table.problems.add('note-rows', [table.lines[first], 1, 2], args, { rows: first });
  }
  return new Set(rows);
}

/** Names rows that are titles of sections, columns of merged cells, and marks for “as above”. `notes`: rows that are none. */
export function adviseLayout(
  table: ReadTable,
  columns: readonly KnownColumn[],
  notes: ReadonlySet<number>,
): void {
  const { problems, lines } = table;
  const sections = sectionRows(table, columns);
  if (sections.length > 0) {
    const { codes, texts } = columns[0].read;
    const args = {
      texts: sections.slice(0, MOST_TEXTS).map((row) => texts[codes[row]]),
      lines: sections.slice(0, MOST_LINES).map((row) => lines[row]),
      more: Math.max(0, sections.length - MOST_LINES),
    };
    problems.add('section-rows', [lines[sections[0]], 1, 2], args, { rows: sections[0] });
  }
  // A column with titles of sections is filled there alone.
  let areAllMerged = sections.length === 0;
  for (const column of columns) {
    const { name } = column.read;
    const merged = column.role === 'ignored' ? null : mergedCells(column, areAllMerged, notes);
    areAllMerged &&= merged !== null;
    if (merged) {
      const { row, blocks } = merged;
      problems.add('merged-cells', [lines[row], 1, 2], { column: name, blocks }, { rows: row });
    }
    const areWords = column.read.holds === 'texts' && column.role !== 'ignored';
    const ditto = areWords ? dittoMarks(column.read) : null;
    if (ditto) {
      const { texts, count, first } = ditto;
      problems.add('ditto-marks', [lines[first], 1, 2], { column: name, texts, count }, { rows: first });
    }
  }
}
