import { areClasses, type Bound } from './bounds';
import type { ColumnTexts } from './columnAmounts';
import type { SplitAmount } from './splitAmount';
import { openClass } from './writtenNames';

/** Whether numbers with marks are names of classes or grades, which the numbers alone would not tell apart. */
export function areNamed(
  marked: readonly (Bound & { readonly code: number })[],
  column: ColumnTexts,
  values: Float64Array,
): boolean {
  if (areGrades(marked, column, values) || areResults(marked, column)) return true;
  const words = column.plainNumbers > 0 ? [] : column.texts.filter((_, code) => !column.isMissing[code]);
  if (openClass(column.name, words)?.isSure) return true;
  const bounds = marked.filter(({ value }) => Number.isFinite(value));
  if (bounds.length < 2) return false;
  const marks = new Set(bounds.map(({ code }) => code));
  const plain = [...values.keys()].filter((code) => Number.isFinite(values[code]) && !marks.has(code));
  return areClasses(bounds, {
    cells: plain.reduce((sum, code) => sum + column.counts[code], column.plainNumbers),
    distinct: () => new Set(plain.map((code) => values[code])).size + column.distinct(),
  });
}

/** Whether a plus and a minus stand behind numbers, and not only behind the greatest and the least of all: 80+ and 10-. */
function areGrades(marked: readonly Bound[], { range }: ColumnTexts, values: Float64Array): boolean {
  const isOpen = marked.some(({ mark }) => mark === '+') && marked.some(({ mark }) => mark === '-');
  if (!isOpen) return false;
  let [least, largest] = range();
  for (const value of values) {
    if (value < least) least = value;
    if (value > largest) largest = value;
  }
  return marked.some(
    ({ value, mark }) => (mark === '+' && value < largest) || (mark === '-' && value > least),
  );
}

/** Whether pluses are results of tests: +/- beside 1+ and 2+. */
function areResults(marked: readonly Bound[], { texts, isMissing }: ColumnTexts): boolean {
  const pluses = marked.filter(({ mark, value }) => mark === '+' && value >= 1 && value <= MOST_PLUSES);
  const isBetween = (text: string, code: number) => !isMissing[code] && /^(?:\+ ?\/? ?-|-\/\+|±)$/.test(text);
  return pluses.length > 0 && pluses.length === marked.length && texts.some(isBetween);
}
const MOST_PLUSES = 5;

/** Marked texts that are no numbers: a lone <5 may be a slip, and says little. */
export function slipsAmong(
  splits: ReadonlyMap<number, SplitAmount>,
  marked: readonly number[],
  counts: Int32Array,
): number[] {
  const bounds = marked.filter((code) => !/[*†‡+\]-]/u.test(splits.get(code)?.mark ?? ''));
  return bounds.length === 1 && counts[bounds[0]] === 1 ? bounds : [];
}
