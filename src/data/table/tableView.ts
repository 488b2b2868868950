import { rounded } from '../../core/format';
import { roleOf, statistics, type CheckedColumn, type CheckedTable } from './check';
import { dialectOf } from '../csv/delimiters';
import { answersIn } from '../csv/lists';
import { missingIn, type KnownColumn, type Role } from './known';
import { textCounts } from './textCounts';
import type { Evidence, Message, Reason, TaskReason } from '../message';
import type { Problem, Problems } from '../problems';
import type { ColumnType } from '../csv/types';

/** A column as a person looks at it. */
export interface ColumnView extends Pick<CheckedColumn, 'min' | 'max' | 'mean'> {
  readonly name: string;
  readonly role: Role;
  readonly type: ColumnType;
  /** Why it has that type. */
  readonly evidence: Evidence;
  readonly missing: number;
  /** Infinite when there are more than were counted. */
  readonly distinct: number;
  /** How the values are distributed: rows in each of a few equal ranges, or of the commonest texts. */
  readonly bars: readonly { readonly label: string; readonly rows: number }[];
  /** Whether an ignored or left out column could be a feature. */
  readonly usable: boolean;
}

/** A table as a person looks at it before it is trained on. */
export interface TableView {
  /** Rows in the table, and those of them that become examples; null when only its head has been read. */
  readonly rows: number | null;
  readonly usableRows: number | null;
  readonly names: readonly string[];
  /** The first columns of a wide table. */
  readonly columns: readonly ColumnView[];
  /** How it was read; null for what is no table. */
  readonly dialect: Message<'dialect'> | null;
  /** Empty when there is none. */
  readonly target: string;
  readonly targetReason: Reason | null;
  /** As what it is predicted, and why; null when it cannot be. */
  readonly taskReason: TaskReason | null;
  readonly problems: readonly Problem[];
  /** Problems in all. */
  readonly problemCount: number;
  /** The first thing that keeps it from being trained on. */
  readonly error: Problem | null;
}

/** Columns that are shown one by one. */
export const MOST_COLUMNS = 1000;
const BARS = 8;
const MOST_PROBLEMS = 300;

/** Shows a table that was checked. `complete`: all of it was read. */
export function viewOf(checked: CheckedTable, complete = true): TableView {
  const { table, columns, chosen, usable } = checked;
  const { problems } = table;
  const listed = problems.inOrder();
  return {
    rows: complete ? table.rows : null,
    usableRows: complete ? usable.length : null,
    names: columns.map(({ read }) => read.name),
    columns: columns
      .slice(0, MOST_COLUMNS)
      .map((column, index) => columnView(column, roleOf(checked, index))),
    dialect: dialectOf(table),
    target: columns[chosen.index]?.read.name ?? '',
    targetReason: chosen.reason,
    taskReason: checked.target?.taskReason ?? null,
    problems: [
      ...listed.filter(({ severity }) => severity === 'error'),
      ...listed.filter(({ severity }) => severity !== 'error'),
    ].slice(0, MOST_PROBLEMS),
    problemCount: problems.total,
    error: problems.list.find(({ severity }) => severity === 'error') ?? null,
  };
}

/** The same table with more to be said of it. */
export const withProblems = (
  view: TableView,
  { list, total }: Pick<Problems, 'list' | 'total'>,
): TableView => ({
  ...view,
  problems: [...view.problems, ...list].slice(0, MOST_PROBLEMS),
  problemCount: view.problemCount + total,
});

function columnView(column: KnownColumn, role: Role): ColumnView {
  const { read, typed } = column;
  return {
    name: read.name,
    role,
    type: typed.type,
    evidence: typed.evidence,
    missing: missingIn(column, role === 'target'),
    distinct: typed.distinct,
    ...statistics(typed),
    bars: barsOf(column),
    usable: typed.type !== 'constant',
  };
}

function barsOf(column: KnownColumn): ColumnView['bars'] {
  const { read, typed } = column;
  switch (typed.type) {
    case 'number':
    case 'date':
      return ranges(typed.values, typed.type === 'date' ? dayText : numberText);
    case 'time':
      return ranges(typed.values, clockText);
    case 'boolean':
    case 'category': {
      const counts = new Int32Array(read.texts.length);
      for (const code of read.codes) if (code >= 0) counts[code]++;
      return read.texts
        .map((label, code) => ({ label, rows: counts[code] }))
        .filter(({ rows }) => rows > 0)
        .sort((a, b) => b.rows - a.rows)
        .slice(0, BARS);
    }
    case 'ticked':
      return [...(textCounts(column) ?? [])].map(([label, rows]) => ({ label, rows }));
    case 'list':
      return answerBars(read, typed.list?.separator ?? '');
    case 'text':
    case 'identifier':
    case 'constant':
      return [];
    default:
      return typed.type satisfies never;
  }
}

/** The rows that have each answer; a row may have several. */
function answerBars({ texts, codes }: KnownColumn['read'], separator: string): ColumnView['bars'] {
  const counts = new Int32Array(texts.length);
  for (const code of codes) if (code >= 0) counts[code]++;
  const rows = new Map<string, number>();
  texts.forEach((text, code) => {
    if (counts[code] === 0) return;
    for (const answer of answersIn(text, separator)) rows.set(answer, (rows.get(answer) ?? 0) + counts[code]);
  });
  return [...rows]
    .map(([label, count]) => ({ label, rows: count }))
    .sort((a, b) => b.rows - a.rows)
    .slice(0, BARS);
}

const numberText = (value: number) => String(rounded(value));
const isoText = (days: number) => new Date(days * 86_400_000).toISOString();
const dayText = (days: number) => isoText(days).slice(0, 10);
/** The last moment of a day is not called midnight. */
const clockText = (part: number) => isoText(Math.min(part, 1 - 1 / 1440)).slice(11, 16);

/** How many values lie in each of a few equal ranges; whole numbers of a few values have a bar each. */
function ranges(values: Float64Array, text: (value: number) => string): ColumnView['bars'] {
  let least = Infinity;
  let most = -Infinity;
  let whole = true;
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    if (value < least) least = value;
    if (value > most) most = value;
    whole &&= Number.isInteger(value);
  }
  if (!(least < most)) return [];
  const single = whole && most - least < BARS;
  const count = single ? most - least + 1 : BARS;
  const size = (single ? count : most - least) / count;
  const rows = new Float64Array(count);
  for (const value of values) {
    if (!Number.isNaN(value)) rows[Math.min(count - 1, Math.floor((value - least) / size))]++;
  }
  return Array.from(rows, (each, k) => ({
    label: single ? text(least + k) : `${text(least + k * size)} … ${text(least + (k + 1) * size)}`,
    rows: each,
  }));
}
