import type { ReadTable } from '../csv/read';
import { isPresent, missingIn, type KnownColumn } from './known';

/** Fewer columns have rows with one value. */
const FEWEST_COLUMNS = 3;
/** As titles of sections are marked: --- Fruit ---, # Fruit, Fruit: */
const MARKED = /^(?:[-=*#_~>]{2}|# )|(?:[-=*_~]{2}|:)$/;
/** More of the rows are no titles. */
const MOST_SHARE = 1 / 3;

/**
 * The rows that have nothing but a text in the first column, such as `Fruit,,,` above the rows of fruit: one at the top
 * and others below, or all marked as titles; none at the end, none twice, and none called as a full row is.
 */
export function sectionRows({ rows }: ReadTable, columns: readonly KnownColumn[]): number[] {
  const [first, ...others] = columns;
  if (columns.length < FEWEST_COLUMNS || first.read.holds !== 'texts') return [];
  if (others.some((column) => missingIn(column) === 0)) return [];
  const { codes, texts } = first.read;
  const isLone = (row: number) => codes[row] >= 0 && others.every((column) => !isPresent(column, row));
  const found: number[] = [];
  const full = new Set<number>();
  for (let row = 0; row < rows; row++) {
    if (isLone(row)) found.push(row);
    else full.add(codes[row]);
  }
  const titles = found.map((row) => codes[row]);
  const areAlone = found.every((row, k) => row + 1 < rows && found[k + 1] !== row + 1);
  if (found.length < 2 || found.length > MOST_SHARE * rows || !areAlone) return [];
  if (new Set(titles).size < titles.length || titles.some((code) => full.has(code))) return [];
  return found[0] === 0 || titles.every((code) => MARKED.test(texts[code])) ? found : [];
}
