/** A number that is written as a bound, as in <5, >=50K and 65+. */
export interface Bound {
  readonly value: number;
  /** What stands before or behind it. */
  readonly mark: string;
  /** Cells that hold it. */
  readonly cells: number;
}

/** From this share of the cells on nearly all are bounds. */
const NEARLY_ALL = 0.9;
/** Of more numbers each is hardly the name of a class. */
const MOST_CLASSES = 20;

const BELOW = /^(?:<=?|[≤⩽]|-)$/u;
const ABOVE = /^(?:>=?|[≥⩾]|\+)$/u;

/**
 * Whether the bounds of a column are names of classes: <=50K and >50K, <65 and 65+. As the numbers alone two of them
 * would be one. Limits of what can be measured stand beside plain numbers, or have all the same mark.
 * @param others how many cells hold another number, and how many different ones these are, as far as it matters
 */
export function areClasses(
  bounds: readonly Bound[],
  others: { readonly cells: number; readonly distinct: () => number },
): boolean {
  const told = bounds.filter(({ mark }) => BELOW.test(mark) || ABOVE.test(mark));
  const below = told.filter(({ mark }) => BELOW.test(mark));
  const above = told.filter(({ mark }) => ABOVE.test(mark));
  const cells = told.reduce((sum, { cells }) => sum + cells, 0);
  const distinct = new Set(told.map(({ value, mark }) => `${value} ${mark}`)).size;
  if (distinct < 2 || distinct > MOST_CLASSES) return false;
  const isNearlyAll = cells >= NEARLY_ALL * (cells + others.cells);
  if (isNearlyAll) {
    // One mark before different numbers keeps their order and tells them apart.
    const areTold = new Set(told.map(({ value }) => value)).size === distinct;
    return (below.length > 0 && above.length > 0) || !areTold;
  }
  const values = new Set(below.map(({ value }) => value));
  return above.some(({ value }) => values.has(value)) && distinct + others.distinct() <= MOST_CLASSES;
}
