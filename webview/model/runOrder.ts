import type { Measure } from '../../src/core/trainer';
import type { Reason } from '../../src/core/apart';
import type { ListedRun } from './otherRuns';

/** What the runs are sorted by: their start, or a number of their last epoch or of their best one. */
export const RUN_ORDERS = [
  ...(['newest', 'last.testScore', 'last.testCost', 'last.trainScore', 'last.trainCost'] as const),
  ...(['best.testScore', 'best.testCost', 'best.trainScore', 'best.trainCost'] as const),
] as const;
export type RunOrder = (typeof RUN_ORDERS)[number];

/** Runs that can be ranked with one another, in order. */
export interface RunGroup {
  readonly rows: readonly ListedRun[];
  /** What is another one than that of the shown run. */
  readonly apart: readonly Reason[];
  /** The best of at least two by what they are sorted by; null where they are not, or none is. */
  readonly best: string | null;
}

/** Whether an order looks at the test part: early stopping without a part set aside finds its best epoch by it, too. */
export const looksAtTest = (order: RunOrder): boolean => order.startsWith('best.') || order.includes('.test');

/** The number of a run that an order goes by; null where it has none. */
export function orderedBy(
  { measure, best }: Pick<ListedRun, 'measure' | 'best'>,
  order: RunOrder,
): number | null {
  if (order === 'newest') return null;
  const [which, metric] = order.split('.') as ['last' | 'best', Exclude<keyof Measure, 'epoch'>];
  return (which === 'last' ? measure : best)?.[metric] ?? null;
}

/** The orders that some of the runs have a number for. */
export const ordersOf = (rows: readonly ListedRun[]): RunOrder[] =>
  RUN_ORDERS.filter((order) => order === 'newest' || rows.some((row) => orderedBy(row, order) !== null));

/** The runs in groups that can be ranked, that of the shown run first; without a number they stand last, the newest first. */
export function runsInOrder(rows: readonly ListedRun[], order: RunOrder): RunGroup[] {
  const groups = [...new Set(rows.map(({ group }) => group))].sort((a, b) => a - b);
  // Costs are the better the lower they are.
  const sign = order.endsWith('Cost') ? -1 : 1;
  const rank = (row: ListedRun) => {
    const value = orderedBy(row, order);
    return value === null ? -Infinity : sign * value;
  };
  return groups.map((group) => {
    const own = rows.filter((row) => row.group === group);
    const sorted = order === 'newest' ? own : own.toSorted((a, b) => rank(b) - rank(a) || 0);
    const [first] = sorted;
    const ranked = sorted.filter((row) => orderedBy(row, order) !== null);
    return {
      rows: sorted,
      apart: first?.apart ?? [],
      best: ranked.length > 1 ? ranked[0].id : null,
    };
  });
}
