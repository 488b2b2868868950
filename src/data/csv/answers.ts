import type { KnownTexts } from './resolve';

/** A word for a missing value that may be an answer as well, and the row that has it first. */
export interface Answer {
  readonly text: string;
  readonly count: number;
  readonly row: number;
  /** Whether it is taken for a value, since the column has a single one beside it. */
  readonly isKept: boolean;
}

/** No garage, not applicable. What programs write where there is nothing is not among them. */
const ANSWERS = new Set(['none', 'na', 'n/a', '?', '-', '.']);
/** Fewer rows of a word, or of the one value beside it, are an oversight. */
const FEWEST_ROWS = 2;
const FEWEST_SHARE = 0.05;

/** The commonest of the texts that stand for a missing value and may be answers; its code, or −1. */
export function commonestAnswer(
  texts: readonly string[],
  counts: Int32Array,
  isMissing: readonly boolean[],
): number {
  let found = -1;
  texts.forEach((text, code) => {
    if (!isMissing[code] || counts[code] === 0 || !ANSWERS.has(text.toLowerCase())) return;
    if (found < 0 || counts[code] > counts[found]) found = code;
  });
  return found;
}

/**
 * Whether a word for a missing value has to be a value, since the column has a single one beside it: “none” beside
 * “completed”, “-” beside “garage”.
 */
export function hasToBeValue(
  answer: number,
  { texts, counts, plainNumbers, distinct, range }: Omit<KnownTexts, 'isMissing' | 'missing'>,
  isMissing: readonly boolean[],
  rows: number,
): boolean {
  if (answer < 0 || counts[answer] < Math.max(FEWEST_ROWS, FEWEST_SHARE * rows)) return false;
  const values: number[] = [];
  for (let code = 0; code < texts.length && values.length < 2; code++)
    if (!isMissing[code] && counts[code] > 0) values.push(code);
  if (plainNumbers === 0) return values.length === 1 && counts[values[0]] >= FEWEST_ROWS;
  // A number is a mark where it counts: a 1, not 9.81 and not 0.
  const [number] = range();
  const isMark = plainNumbers >= FEWEST_ROWS && number !== 0 && Number.isInteger(number);
  return values.length === 0 && isMark && distinct() === 1;
}
