import type { HeadRecord } from './headRecords';

/** Rows below the header that may be more of it. */
const MOST_ROWS = 3;
/** Other rows that are needed to tell. */
const FEWEST_OTHERS = 5;
/** In a column of texts that repeat, each stands so often on average. */
const REPEATS = 2;

/** How a row of the head is looked at. */
export interface Looking {
  /** Which columns hold numbers. */
  readonly numeric: readonly boolean[];
  /** The cells of a record that are numbers, and those that are missing. */
  isNumber(record: HeadRecord, c: number): boolean;
  isMissing(record: HeadRecord, c: number): boolean;
}

/**
 * The lines of rows below the header that are more of it: units, questions, second names. Such a row has no number in
 * any column of numbers, and texts that stand in no other row of a column whose texts repeat.
 * @param rows the full records below the header
 */
export function secondHeaders(
  rows: readonly HeadRecord[],
  { numeric, isNumber, isMissing }: Looking,
): number[] {
  const others = rows.slice(MOST_ROWS);
  if (others.length < FEWEST_OTHERS) return [];
  const numbers = numeric.flatMap((is, c) => (is ? [c] : []));
  const lacksNumbers = (record: HeadRecord) => numbers.every((c) => !isNumber(record, c));
  if (numbers.length > 0 && others.some(lacksNumbers)) return [];
  const texts = numeric.map((_, c) => {
    const counts = new Map<string, number>();
    let present = 0;
    for (const record of rows) {
      if (isMissing(record, c)) continue;
      const { text } = record.cells[c];
      counts.set(text, (counts.get(text) ?? 0) + 1);
      present++;
    }
    return { counts, repeats: present > FEWEST_OTHERS && present >= REPEATS * counts.size };
  });
  const lines: number[] = [];
  for (const record of rows.slice(0, MOST_ROWS)) {
    const told = record.cells.flatMap(({ text }, c) => (isMissing(record, c) ? [] : [{ text, c }]));
    // In a column without repeats, any text stands alone.
    const repeated = told.filter(({ c }) => numeric[c] || texts[c].repeats);
    const odd = repeated.filter(({ text, c }) => texts[c].counts.get(text) === 1);
    const isOdd =
      numbers.length > 1
        ? odd.length > 0
        : odd.length > 1 && odd.length === repeated.length && numbers.every((c) => !isMissing(record, c));
    if (!lacksNumbers(record) || !isOdd) break;
    lines.push(record.line);
  }
  return lines;
}
