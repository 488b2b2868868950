// Laboratories write what is below a limit of detection as that limit below zero: -0.01 among 0.02 and 3.4.

/** A value at the lower end of a column, and in how many rows it stands. */
interface End {
  readonly value: number;
  readonly count: number;
}

const FEWEST_ROWS = 5;
const MOST_LIMITS = 2;
const FEWEST_DISTINCT = 20;
/** It stands in so many times as many rows as the least of the others do. */
const COMMONER = 3;
/** Rows that hold it, of all. */
const FEWEST_OF_ALL = 0.02;
/** The limit is not far above the least that was measured. */
const NEAR = 2;

/** The only numbers below zero where they are such limits; `low`: the least values of the column, in order. */
export function limitsBelow(low: readonly End[], present: number, distinct: number): readonly number[] {
  const below = low.filter(({ value }) => value < 0);
  const above = low.slice(below.length);
  if (below.length === 0 || below.length > MOST_LIMITS || above.length < 2 || above[0].value === 0) return [];
  const rows = below.reduce((sum, { count }) => sum + count, 0);
  const most = Math.max(...above.map(({ count }) => count));
  // What counts or rates has rules of its own for -1.
  const areLimits = below.every(
    ({ value, count }) => value !== -1 && -value <= NEAR * above[0].value && count > 1,
  );
  const areMany = rows >= FEWEST_ROWS && rows >= FEWEST_OF_ALL * present && rows > COMMONER * most;
  return areLimits && areMany && distinct >= FEWEST_DISTINCT ? below.map(({ value }) => value) : [];
}
