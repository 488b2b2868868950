import { NUMBER, type ColumnCells } from './columnBuilder';
import type { ColumnTexts } from './columnAmounts';
import { findList, mayHoldLists, type FoundList } from './lists';

/** More different numbers are no answers. */
const MOST_NUMBERS = 200;

/** The list of answers that a column is or may be, its numbers among them; null where it is none. */
export function listIn(
  { numbers, numberTexts, codes }: ColumnCells,
  rows: number,
  { texts, counts, isMissing, plainNumbers }: ColumnTexts,
): FoundList | null {
  // Where commas are decimal marks, "2,3" has been read as a number.
  const isCandidate =
    mayHoldLists(texts) ||
    (plainNumbers > 0 && numberTexts !== null && mayHoldLists([...numberTexts.values()]));
  if (!isCandidate) return null;
  const rowsOf = Array.from(counts, (count, code) => (isMissing[code] ? 0 : count));
  if (plainNumbers === 0) return findList({ texts, rows: rowsOf });
  const byNumber = new Map<number, number>();
  for (let row = 0; row < rows; row++) {
    if (codes && codes[row] !== NUMBER) continue;
    byNumber.set(numbers[row], (byNumber.get(numbers[row]) ?? 0) + 1);
    if (byNumber.size > MOST_NUMBERS) return null;
  }
  const written = Array.from(byNumber.keys(), (value) => numberTexts?.get(value) ?? String(value));
  return findList({ texts: [...texts, ...written], rows: [...rowsOf, ...byNumber.values()] });
}
