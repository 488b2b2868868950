import type { ReadTable } from '../csv/read';
import type { ReadColumn } from '../csv/resolve';
import type { KnownColumn } from './known';

/** So many different numbers of several digits, and of three or more, all of whose digits rise, are no chance. */
const FEWEST_SEVERAL = 8;
const FEWEST_THREE = 3;

/** Whether the digits of a number rise from 1 on: 135, not 153, 133 or 105. */
function rises(value: number): boolean {
  let [rest, last] = [value, 10];
  while (rest > 0) {
    const digit = rest % 10;
    if (digit === 0 || digit >= last) return false;
    last = digit;
    rest = (rest - digit) / 10;
  }
  return true;
}

/**
 * The first row with three or more digits in a column of numbers that seem to be several answers each, 135 for 1, 3 and 5;
 * −1 where there are none. 0 is no answer.
 */
function firstAnswers({ numbers }: ReadColumn): number {
  const several = new Set<number>();
  for (const value of numbers) {
    if (Number.isNaN(value) || value === 0) continue;
    if (!(value >= 1 && value <= 123_456_789) || value % 1 !== 0 || !rises(value)) return -1;
    if (value > 9) several.add(value);
  }
  const three = [...several].filter((value) => value > 99);
  const firsts = new Set([...several].map((value) => String(value)[0]));
  const areAnswers =
    several.size >= FEWEST_SEVERAL &&
    three.length >= FEWEST_THREE &&
    three.length < several.size &&
    firsts.size > 1;
  return areAnswers ? numbers.findIndex((value) => value > 99) : -1;
}

/** Names numbers that seem to be several answers each; says whether they do. */
export function adviseAnswers({ problems, lines }: ReadTable, { read, typed }: KnownColumn): boolean {
  const row = typed.evidence.code === 'chosen-type' ? -1 : firstAnswers(read);
  if (row < 0) return false;
  const args = {
    column: read.name,
    text: String(read.numbers[row]),
    why: 'answers',
    areTexts: false,
  } as const;
  problems.add('codes-like-numbers', [lines[row], 1, 2], args);
  return true;
}
