import { NUMBER, type ColumnCells } from './columnBuilder';
import type { Amounts } from './columnAmounts';
import { areNames } from './names';
import type { KnownTexts } from './resolve';
import { distinctNumbers, MOST_CATEGORIES } from './types';

/** From this share of numbers on a column holds numbers, and a text in it is an error. */
const NUMBER_SHARE = 0.5;
/** Words that are as many cells as this, and repeat, may outvote numbers. */
const WORDS_SHARE = 0.2;
/** So many different numbers to one word outvote it, however many cells it has. */
const NUMBERS_TO_A_WORD = 5;
/** Different numbers are counted this far. */
const MOST_COUNTED = 10_000;

/**
 * Whether a column holds numbers. What counts is how many different numbers and words there are: one word that stands
 * in most cells makes no words of the numbers in the others.
 */
export function holdsNumbers(
  column: ColumnCells,
  rows: number,
  known: KnownTexts,
  { values, areNamed, foreign }: Amounts,
): boolean {
  const { counts, isMissing, plainNumbers, missing } = known;
  const present = rows - missing;
  if (present === 0) return true;
  if (areNamed || areNames(column, rows, known)) return false;
  let words = 0;
  let wordCells = 0;
  let amounts = 0;
  counts.forEach((count, code) => {
    if (isMissing[code] || count === 0) return;
    if (Number.isFinite(values[code])) amounts++;
    else {
      words++;
      wordCells += count;
    }
  });
  const isMost = present - wordCells >= NUMBER_SHARE * present;
  const repeat = wordCells >= 2 * words;
  if (words === 0 || (isMost ? wordCells < WORDS_SHARE * present || !repeat : !repeat && words > 1))
    return isMost;
  const plain = plainNumbers > 0 ? distinctNumbers(plainNumbersOf(column, rows), MOST_COUNTED) : 0;
  const numbers = plain + amounts;
  if (isMost) return numbers >= words && !(plain + foreign.length === 0 && areFewNames(numbers, words));
  // What few words and numbers there are is kept best as categories.
  const areMany = numbers > MOST_CATEGORIES || present - wordCells < 2 * numbers;
  return areMany && numbers >= NUMBERS_TO_A_WORD * words;
}

/** Whether a few numbers, none of which stands alone, are names beside a word that stands often: 5k, 10k and half. */
const areFewNames = (numbers: number, words: number) =>
  numbers < NUMBERS_TO_A_WORD * words && numbers + words <= MOST_NAMES;
const MOST_NAMES = 6;

/** The cells that are numbers as they stand. */
export function plainNumbersOf({ numbers, codes }: ColumnCells, rows: number): Float64Array {
  return numbers.subarray(0, rows).filter((_, row) => !codes || codes[row] === NUMBER);
}
