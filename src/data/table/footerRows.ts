// Statistics and marks for comparison that stand below a table, or right below its header, called so in the first column.
import type { ReadTable } from '../csv/read';
import type { KnownColumn } from './known';
import { isNear } from './near';
import type { SummaryRows } from './summaryRows';
import { besideOf, type Beside, type Statistic } from './summaryWords';

/** More rows are no footer; and so many rows of the table at least say what its numbers are like. */
const MOST_ROWS = 12;
const FEWEST_ROWS = 4;
/** Columns of numbers that are looked at. */
const MOST_COLUMNS = 60;

interface Named {
  readonly row: number;
  readonly text: string;
  readonly says: Beside;
}

/**
 * Finds the last rows where they are called by words for statistics or for what the rows are compared with, as no other
 * row is, and the first or last row where it is called by the most that can be reached. They have to be that in their
 * numbers, or to be several. Null where there are none. `rows`: of the table, without the notes below it.
 */
export function footerRows(
  table: ReadTable,
  columns: readonly KnownColumn[],
  rows = table.rows,
): SummaryRows | null {
  const labels = labelsOf(table, columns);
  if (!labels) return null;
  const numbers = columns
    .filter(({ read, typed }) => read.holds === 'numbers' && typed.type !== 'identifier')
    .slice(0, MOST_COLUMNS)
    .map(({ read }) => read.numbers);
  const named = [...possible(rows, labels, numbers), ...trailing(rows, labels, numbers)];
  if (named.length === 0) return null;
  const first = named[0].row;
  // What stands above statistics is their title.
  const isTitle = (row: number) =>
    row > FEWEST_ROWS &&
    labels.at(row) !== undefined &&
    columns.every(({ read }, c) => c === labels.column || isEmpty(read, row));
  const title = isTitle(first - 1) ? [first - 1] : [];
  return {
    rows: [...title, ...named.map(({ row }) => row)],
    texts: [...new Set(named.map(({ text }) => text))],
  };
}

const isEmpty = ({ holds, numbers, codes }: KnownColumn['read'], row: number) =>
  holds === 'numbers' ? Number.isNaN(numbers[row]) : codes[row] < 0;

/** What the rows are called. */
interface Labels {
  readonly column: number;
  at(row: number): string | undefined;
  /** In how many rows a text stands. */
  countOf(text: string): number;
}

/** The texts of the first column, if it holds any, those among its numbers or dates too; else of the first that does. */
function labelsOf({ problems, lines }: ReadTable, columns: readonly KnownColumn[]): Labels | null {
  const hasTexts = ({ read }: KnownColumn) => read.texts.length > 0 || (read.odd?.texts.length ?? 0) > 0;
  const column = columns.findIndex(hasTexts);
  if (column < 0) return null;
  const { read } = columns[column];
  const { odd } = read;
  const [texts, codes] = odd ? [odd.texts, odd.codes] : [read.texts, read.codes];
  const among = new Map<number, string>();
  for (const { code, args, line } of problems.list)
    if (code === 'text-in-dates' && args.column === read.name) among.set(lines.indexOf(line), args.text);
  return {
    column,
    at: (row) => {
      const code = odd ? (odd.codes[odd.rows.indexOf(row)] ?? -1) : codes[row];
      return code >= 0 ? texts[code] : among.get(row);
    },
    countOf: (text) => {
      const code = texts.indexOf(text);
      return codes.reduce((count, each) => (each === code ? count + 1 : count), 0);
    },
  };
}

/** The first or the last row where it says how much can be reached, and nothing reaches further in most columns. */
function possible(rows: number, labels: Labels, numbers: readonly Float64Array[]): Named[] {
  if (rows <= FEWEST_ROWS) return [];
  return [0, rows - 1].flatMap((row) => {
    const text = labels.at(row);
    if (text === undefined || besideOf(text) !== 'possible') return [];
    const filled = numbers.filter((column) => !Number.isNaN(column[row]));
    const isMost = (column: Float64Array) =>
      column.every((value) => Number.isNaN(value) || value <= column[row]);
    const isBeyond = filled.length > 0 && 2 * filled.filter(isMost).length >= filled.length;
    return isBeyond ? [{ row, text, says: 'possible' as const }] : [];
  });
}

function trailing(rows: number, labels: Labels, numbers: readonly Float64Array[]): Named[] {
  const run: Named[] = [];
  for (let row = rows - 1; row >= Math.max(FEWEST_ROWS, rows - MOST_ROWS); row--) {
    const text = labels.at(row);
    const says = text === undefined ? null : besideOf(text);
    if (text === undefined || says === null || says === 'possible' || labels.countOf(text) > 1) break;
    run.unshift({ row, text, says });
  }
  const [first] = run;
  if (!first || new Set(run.map(({ text }) => text)).size < run.length) return [];
  const end = first.row;
  const proofs = run.map(({ row, says }) => {
    const filled = numbers.filter((column) => !Number.isNaN(column[row]));
    const fitting = filled.filter((column) => fits(says, column[row], column.subarray(0, end)));
    return { says, all: filled.length, fitting: fitting.length };
  });
  const proven = proofs.filter(({ all, fitting }) => fitting > 0 && 2 * fitting >= all);
  // A least or greatest number may be so by chance.
  const sure = proven.filter(({ says, fitting }) => says !== 'min' && says !== 'max' && fitting > 1);
  const kinds = new Set(run.map(({ says }) => says));
  const isCalledSo = kinds.has('mean') && kinds.has('deviation');
  return sure.length > 0 || new Set(proven.map(({ says }) => says)).size > 1 || isCalledSo ? run : [];
}

/** Whether a number is this statistic of those above it; one to compare with lies beyond them all, as their sum does. */
function fits(says: Beside, value: number, above: Float64Array): boolean {
  const numbers = above.filter((each) => !Number.isNaN(each));
  const { length } = numbers;
  if (length < FEWEST_ROWS) return false;
  if (says === 'compared') return numbers.every((each) => Math.abs(each) < Math.abs(value));
  return says !== 'possible' && statistics(says, numbers).some((each) => isNear(value, each, 0, 1));
}

/** What a statistic of numbers may be, by whoever works it out. */
function statistics(says: Statistic, numbers: Float64Array): number[] {
  const { length } = numbers;
  const mean = numbers.reduce((sum, value) => sum + value, 0) / length;
  const squares = numbers.reduce((sum, value) => sum + (value - mean) * (value - mean), 0);
  switch (says) {
    case 'mean':
      return [mean];
    case 'deviation':
      return [Math.sqrt(squares / (length - 1)), Math.sqrt(squares / length)];
    case 'variance':
      return [squares / (length - 1), squares / length];
    case 'median': {
      const sorted = numbers.slice().sort();
      const half = length >> 1;
      return [length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2];
    }
    case 'min':
      return [numbers.reduce((least, value) => Math.min(least, value))];
    case 'max':
      return [numbers.reduce((most, value) => Math.max(most, value))];
    case 'count':
      return [length];
    case 'other':
      return [];
    default:
      return says satisfies never;
  }
}
