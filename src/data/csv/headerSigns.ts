import type { HeadRecord } from './headRecords';
import { LONGEST_AMOUNT } from './number';

// What tells from the first row, and the rows below it, whether it names the columns.

/** Whether no text stands in a row twice. */
export const areDistinct = ({ cells }: HeadRecord): boolean =>
  new Set(cells.map(({ text }) => text)).size === cells.length;

/** Whether two rows hold the same texts, as far as the first of them goes. */
const isSame = (one: HeadRecord, other: HeadRecord): boolean =>
  one.cells.every(({ text }, c) => has(other, c, text));

/** Whether a record has the text in a column; it may have fewer of them than another. */
const has = ({ cells }: HeadRecord, c: number, text: string): boolean =>
  c < cells.length && cells[c].text === text;

/**
 * Whether the first row stands once more in the file, as a header that is repeated does: with a text where other rows
 * have numbers.
 */
export function isRepeated(
  first: HeadRecord,
  others: readonly HeadRecord[],
  isNumber: (record: HeadRecord, c: number) => boolean,
): boolean {
  const isWord = (c: number) => first.cells[c].text !== '' && !isNumber(first, c);
  const rest = others.filter((record) => !isSame(record, first));
  const areNumbers = (c: number) => rest.length > 1 && rest.every((record) => isNumber(record, c));
  return rest.length < others.length && first.cells.some((_, c) => isWord(c) && areNumbers(c));
}

/** A first row among fewer others tells nothing. */
const FEWEST_FOR_DOUBT = 5;
const FEWEST_FOR_TEXTS = 20;
/** So many whole numbers in equal steps may be names. */
const FEWEST_NAMES = 3;

/** Years apart from which names of columns are. */
const STEPS = [1, 2, 5, 10];

/** The whole numbers in a row's columns of numbers, if there is nothing else in them and each is a step beyond the last. */
function stepsOf({ cells }: HeadRecord, numeric: readonly boolean[]): number[] {
  const texts = cells.filter(({ text }, c) => numeric[c] && (c > 0 || text !== '')).map(({ text }) => text);
  const numbers = texts.map((text) =>
    text.length <= LONGEST_AMOUNT && /^\d+$/.test(text) ? Number(text) : NaN,
  );
  const step = numbers[1] - numbers[0];
  const isEven = step > 0 && numbers.every((value, k) => k === 0 || value - numbers[k - 1] === step);
  return isEven ? numbers : [];
}

/**
 * Whether a row names columns of numbers by years, or counts them from 0 behind a first cell without a name, as no other
 * row does.
 */
export function hasYears(
  first: HeadRecord,
  others: readonly HeadRecord[],
  numeric: readonly boolean[],
): boolean {
  const looksSo = (record: HeadRecord) => {
    const steps = stepsOf(record, numeric);
    const areYears =
      steps.every((value) => value >= 1800 && value <= 2100) && STEPS.includes(steps[1] - steps[0]);
    const doCount = record.cells[0].text === '' && steps.every((value, k) => value === k);
    return steps.length > 1 && (areYears || doCount);
  };
  return others.length > 1 && looksSo(first) && !others.some((each) => looksSo(each) && !isSame(each, first));
}

/** Whether a row has words and years over columns of numbers, none of which holds years. */
export function mixesYears(
  first: HeadRecord,
  others: readonly HeadRecord[],
  numeric: readonly boolean[],
): boolean {
  const isYear = (text: string) => /^(?:18|19|20)\d\d$/.test(text);
  const told = first.cells.map(({ text, point }, c) =>
    !numeric[c]
      ? 'text'
      : isYear(text) && !others.some((each) => isYear(each.cells[c].text) && !isSame(each, first))
        ? 'year'
        : point || text === ''
          ? 'other'
          : 'word',
  );
  return (
    others.length > FEWEST_NAMES && told.includes('year') && told.includes('word') && !told.includes('other')
  );
}

/**
 * Whether a row with numbers looks like names: by whole numbers in equal steps as in no other row, or by a text that no
 * other row has in a column of repeated ones.
 */
export function mayBeHeader(
  first: HeadRecord,
  others: readonly HeadRecord[],
  numeric: readonly boolean[],
): boolean {
  const hasSteps = (record: HeadRecord) => stepsOf(record, numeric).length >= FEWEST_NAMES;
  if (others.length >= FEWEST_FOR_DOUBT && hasSteps(first) && !others.some(hasSteps)) return true;
  if (others.length < FEWEST_FOR_TEXTS) return false;
  return numeric.some((isNumeric, c) => {
    const { text } = first.cells[c];
    if (isNumeric || text === '') return false;
    const counts = new Map<string, number>();
    for (const { cells } of others) counts.set(cells[c].text, (counts.get(cells[c].text) ?? 0) + 1);
    return !counts.has(text) && [...counts.values()].every((count) => count > 1);
  });
}

/** Whether each text of a row stands in its column once more, not because the whole row does. */
export function recurs(first: HeadRecord, others: readonly HeadRecord[]): boolean {
  const unlike = others.filter((each) => !isSame(each, first));
  return (
    first.cells.length > 1 &&
    unlike.length > 2 &&
    first.cells.every(({ text }, c) => unlike.some((each) => has(each, c, text)))
  );
}
