import { NUMBER, type ColumnCells } from './columnBuilder';
import type { ColumnTexts } from './columnAmounts';

/** More different numbers, or greater ones, name nothing beside words. */
const MOST_NUMBERS = 50;
const GREATEST = 99;
/** Numbers that name something leave few out between the least and the greatest. */
const FEWEST_USED = 0.8;
/** Who does not know, does not answer, or was not asked. */
const NO_ANSWERS = new Set(['NA', 'DK', 'RF', 'ND', 'NR', 'NK', 'NS', 'NP', 'NI', 'NE', 'NC', 'NO', 'KA']);
const CHROMOSOME = /^(?:chr|chrom|chromosomes?|chrno|contig)$|[_\s.](?:chr|chrom|chromosome)$/i;

/**
 * Whether the words of a column and the numbers beside them are names: 1 to 22, X, Y and MT. They are few and repeat, the
 * words two capitals at most, the numbers small, whole and mostly without gaps. One word alone may as well be a slip,
 * except under the name of chromosomes.
 */
export function areNames(
  { numbers, codes }: ColumnCells,
  rows: number,
  { name, texts, counts, isMissing }: ColumnTexts,
): boolean {
  const cellsOf = new Map<number, number>();
  let words = 0;
  for (const [code, text] of texts.entries()) {
    if (isMissing[code] || counts[code] === 0) continue;
    if (/^\d\d?$/.test(text)) cellsOf.set(Number(text), counts[code]);
    else if (!/^\p{Lu}{1,2}$/u.test(text) || NO_ANSWERS.has(text) || counts[code] < 2) return false;
    else words++;
  }
  if (words === 0 || (words === 1 && !CHROMOSOME.test(name.slice(0, 100)))) return false;
  for (let row = 0; row < rows; row++) {
    if (codes && codes[row] !== NUMBER) continue;
    const value = numbers[row];
    if (!Number.isInteger(value) || value < 0 || value > GREATEST) return false;
    cellsOf.set(value, (cellsOf.get(value) ?? 0) + 1);
  }
  const values = [...cellsOf.keys()];
  const cells = [...cellsOf.values()].reduce((sum, count) => sum + count, 0);
  const span = Math.max(...values) - Math.min(...values) + 1;
  return (
    values.length > 1 &&
    values.length <= MOST_NUMBERS &&
    words <= values.length &&
    cells >= 2 * values.length &&
    values.length >= FEWEST_USED * span
  );
}
