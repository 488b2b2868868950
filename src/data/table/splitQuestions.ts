import { matrix } from '../../core/matrix';
import { random, shuffle } from '../../core/random';
import type { Settings } from '../../settings/settings';
import { fitColumn, fitTarget, shapeOf } from '../fitTransform';
import { applyColumn, emptyTable, featureCount } from '../transform';
import { indexesIn, numbersFor } from './cellValues';
import type { CheckedTable } from './check';
import { comesInGroups, FEWEST_GROUPS, FEWEST_IN_GROUP } from './groups';
import { isPresent, type KnownColumn } from './known';
import { orderOf } from './splitColumn';
import type { TrialData } from './splitTrial';
import type { Target } from './target';

export type SplitAdviceSettings = Pick<Settings, 'data.splitColumn'>;

/** Share of the rows at an end of an order that are told from the others. */
const END = 0.2;

/** Rows of a trial, and rows times features: so that all trials of a table take less than a second. */
const MOST_ROWS = 360;
const MOST_CELLS = 4000;
/** With fewer rows a difference says little. */
const FEWEST_ROWS = 100;
/** Columns that are tried. */
const MOST_TRIED = 2;
/** Rows at an end of an order, fewer than which say nothing. */
const FEWEST_AT_END = 8;

/** A question whether rows by chance flatter, with all that its answer needs. */
export type SplitQuestion = {
  readonly column: string;
  readonly place: CheckedTable['table']['namePlaces'][number];
  readonly data: TrialData;
} & (
  | {
      readonly kind: 'order';
      /** The features that the column itself makes. */
      readonly own: readonly [from: number, to: number];
      /** The last part by the column, from this example on; examples are in its order. */
      readonly from: number;
    }
  | { readonly kind: 'groups'; readonly groupOf: Int32Array; readonly groups: number }
);

/**
 * What may be asked of a table: whether its rows follow a date, or come in groups, so that rows drawn by chance are easier
 * to predict than new ones will be. It copies what the answers need, and so does not hold the table.
 */
export function splitQuestions(checked: CheckedTable, settings: SplitAdviceSettings): SplitQuestion[] {
  const { target, usable, table } = checked;
  if (!target || table.problems.blocked || usable.length < FEWEST_ROWS) return [];
  if (settings['data.splitColumn'] !== '') return [];
  const inOrder = checked.columns.findIndex(
    (column, k) => k !== target.index && followsOrder(column, usable),
  );
  const grouping = checked.columns.flatMap((column, k) =>
    k !== target.index && comesInGroups(column, usable.length) ? [k] : [],
  );
  const asked = [
    ...(inOrder < 0 ? [] : orderQuestion(checked, target, inOrder)),
    ...grouping.slice(0, MOST_TRIED).flatMap((k) => groupQuestion(checked, target, k)),
  ];
  return asked.slice(0, MOST_TRIED);
}

// ------------------------------------------------------------------------------------------ which columns
/** Names of a column that says when a row was written, wherever the row stands. */
const TIMES = /^(?:date|time|datetime|date[ _-]?time|timestamp|zeit|datum)$/i;
/** Share of neighbouring rows whose dates rise where rows follow them. */
const IN_ORDER = 0.95;

/** Whether rows stand in the order of a column of dates. */
function followsOrder(column: KnownColumn, usable: Int32Array): boolean {
  const { role, read, typed } = column;
  if (role === 'ignored') return false;
  const isDate = typed.type === 'date' || (read.holds === 'numbers' && TIMES.test(read.name));
  if (!isDate || typed.distinct < FEWEST_ROWS / 2) return false;
  if (TIMES.test(read.name)) return true;
  const values = orderOf(column, usable);
  let [up, down] = [0, 0];
  for (let j = 1; j < values.length; j++) {
    if (values[j] > values[j - 1]) up++;
    else if (values[j] < values[j - 1]) down++;
  }
  return Math.max(up, down) >= IN_ORDER * (up + down) && up + down > values.length / 10;
}

// ------------------------------------------------------------------------------------------ their rows
function orderQuestion(checked: CheckedTable, target: Target, index: number): SplitQuestion[] {
  const column = checked.columns[index];
  const values = orderOf(column, checked.usable);
  const inOrder = Array.from(values.keys())
    .filter((j) => !Number.isNaN(values[j]))
    .sort((a, b) => values[a] - values[b]);
  const asked = asTrial(checked, target, -1, (most) => spread(inOrder, most));
  if (!asked) return [];
  const { data, examples, ranges } = asked;
  const wanted = Math.round(examples.length * (1 - END));
  const from = examples.findIndex((j, k) => k >= wanted && values[j] > values[examples[wanted - 1]]);
  const own = ranges.get(index) ?? [0, 0];
  if (from < 0 || examples.length - from < FEWEST_AT_END || own[1] - own[0] === data.X.rows) return [];
  return [
    { kind: 'order', column: column.read.name, place: checked.table.namePlaces[index], data, own, from },
  ];
}

function groupQuestion(checked: CheckedTable, target: Target, index: number): SplitQuestion[] {
  const column = checked.columns[index];
  const { usable, table } = checked;
  const byGroup = new Map<number, number[]>();
  const cells = column.read.holds === 'numbers' ? column.read.numbers : column.read.codes;
  usable.forEach((row, j) => {
    if (!isPresent(column, row)) return;
    const group = byGroup.get(cells[row]);
    if (group) group.push(j);
    else byGroup.set(cells[row], [j]);
  });
  const several = [...byGroup.values()].filter((group) => group.length > 1);
  const rows = several.reduce((sum, group) => sum + group.length, 0);
  if (several.length < FEWEST_GROUPS || rows < usable.length / 2) return [];
  const chosen = (most: number) => {
    const groups = spread(
      shuffle(Int32Array.from(several.keys()), random(1, 'sample')),
      most / FEWEST_IN_GROUP,
    );
    const each = Math.max(2, Math.floor(most / groups.length));
    return groups.flatMap((g) => spread(several[g], each));
  };
  const asked = asTrial(checked, target, index, chosen);
  if (!asked) return [];
  const numberOf = new Map<number, number>();
  const groupOf = Int32Array.from(asked.examples, (j) => {
    const cell = cells[usable[j]];
    const number = numberOf.get(cell) ?? numberOf.size;
    numberOf.set(cell, number);
    return number;
  });
  const { data } = asked;
  const place = table.namePlaces[index];
  return [{ kind: 'groups', column: column.read.name, place, data, groupOf, groups: numberOf.size }];
}

/** At most so many of some things, as far apart as can be. */
function spread<T>(things: ArrayLike<T>, most: number): T[] {
  const count = Math.min(things.length, Math.floor(most));
  return Array.from({ length: count }, (_, k) => things[Math.floor((k * things.length) / count)]);
}

/**
 * The features of some examples, and where those of each column stand; null where there are too many for a trial.
 * `without`: a column that is not to be one of them.
 */
function asTrial(
  { columns, usable }: CheckedTable,
  target: Target,
  without: number,
  choose: (most: number) => number[],
): { data: TrialData; examples: number[]; ranges: Map<number, readonly [number, number]> } | null {
  const used = columns.flatMap((column, index) =>
    index !== target.index && index !== without && column.role === 'feature' ? [index] : [],
  );
  if (used.length === 0 || used.length > MOST_CELLS / FEWEST_ROWS) return null;
  const shapes = used.map((index) => shapeOf(columns[index], usable));
  const nx = shapes.reduce((sum, shape) => sum + featureCount(shape), 0);
  const examples = choose(Math.min(MOST_ROWS, Math.floor(MOST_CELLS / nx)));
  if (examples.length < FEWEST_ROWS) return null;
  const rows = Int32Array.from(examples, (j) => usable[j]);
  const X = emptyTable(nx, rows.length, 'reference');
  const ranges = new Map<number, readonly [number, number]>();
  let feature = 0;
  shapes.forEach((shape, k) => {
    const column = columns[used[k]];
    applyColumn(fitColumn(shape, column, rows, true, 'none'), column, rows, X, feature);
    ranges.set(used[k], [feature, (feature += featureCount(shape))]);
  });
  const data = {
    X: matrix(nx, rows.length, Float64Array.from(X.data)),
    ...labelsOf(columns[target.index], target, rows),
  };
  return { data, examples, ranges };
}

function labelsOf(column: KnownColumn, target: Target, rows: Int32Array): Omit<TrialData, 'X'> {
  const m = rows.length;
  const fitted = fitTarget(target, column, rows);
  if (fitted.kind !== 'classes') {
    const { values } = numbersFor(column, fitted);
    const { mean, deviation } = fitted;
    return {
      Y: matrix(
        1,
        m,
        Float64Array.from(rows, (row) => (values[row] - mean) / deviation),
      ),
      output: 'linear',
    };
  }
  const classOf = indexesIn(column.read, target.classes);
  if (target.classes.length === 2)
    return {
      Y: matrix(
        1,
        m,
        Float64Array.from(rows, (row) => classOf[row]),
      ),
      output: 'sigmoid',
    };
  const Y = matrix(target.classes.length, m);
  rows.forEach((row, j) => (Y.data[classOf[row] * m + j] = 1));
  return { Y, output: 'softmax' };
}
