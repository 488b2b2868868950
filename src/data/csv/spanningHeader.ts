import type { NamesAbove } from './commentedNames';
import type { HeadRecord } from './headRecords';

/** Names on two lines, of which the upper one spans columns: “2022” over “Q1” and “Q2”. */
export interface SpanningHeader {
  readonly namesAbove: NamesAbove;
  /** The line of the first row below them. */
  readonly firstLine: number;
}

/** Lines of titles that may stand above the names. */
const MOST_TITLES = 3;
const FEWEST_ROWS = 3;

/** How cells are looked at: whether they are numbers, and whether a column holds such. */
interface Looking {
  readonly width: number;
  readonly numeric: readonly boolean[];
  isNumber(record: HeadRecord, c: number): boolean;
  /** Whether a cell says that there is no value. */
  isMissing(record: HeadRecord, c: number): boolean;
}

const isFilled = ({ cells }: HeadRecord, c: number) => cells[c].text !== '';
const isYear = (text: string) => /^(?:19|20)\d\d$/.test(text);

/**
 * Finds names on two lines at the top of a table, below titles: an upper line with gaps, each gap over a name of the
 * lower line, which has words alone. Null where the first lines are anything else.
 */
export function spanningHeader(records: readonly HeadRecord[], looking: Looking): SpanningHeader | null {
  const { width, numeric } = looking;
  const isTitle = ({ cells }: HeadRecord) => cells.filter(({ text }) => text !== '').length === 1;
  const at = records.findIndex((record) => !isTitle(record));
  if (at < 0 || at > MOST_TITLES || width < 3 || records.length < at + 2 + FEWEST_ROWS) return null;
  const [upper, lower, ...rows] = records.slice(at, at + 2 + FEWEST_ROWS);
  if ([upper, lower, ...rows].some(({ cells, comment }) => comment || cells.length !== width)) return null;
  const columns = Array.from({ length: width }, (_, c) => c);
  const first = columns.findIndex((c) => isFilled(upper, c));
  const gaps = columns.filter((c) => c > first && !isFilled(upper, c));
  const areNames = columns.every(
    (c) =>
      (isFilled(upper, c) || isFilled(lower, c)) &&
      (!isFilled(upper, c) || !looking.isNumber(upper, c) || isYear(upper.cells[c].text)) &&
      !(isFilled(lower, c) && (looking.isNumber(lower, c) || looking.isMissing(lower, c))),
  );
  // Above numbers, two names at least: one word there may be a slip.
  const isOverNumbers = columns.filter((c) => numeric[c] && isFilled(lower, c)).length > 1;
  const areRows = rows.every((row) => columns.some((c) => numeric[c] && looking.isNumber(row, c)));
  if (first < 0 || gaps.length === 0 || !areNames || !isOverNumbers || !areRows) return null;
  // A gap over a name belongs to what stands before it.
  let group = '';
  const names = columns.map((c) => {
    const [above, below] = [upper.cells[c].text, lower.cells[c].text];
    if (above !== '') group = above;
    return below === '' ? above : `${group} ${below}`.trim();
  });
  const length = upper.cells.reduce((sum, { text }) => sum + text.length + 1, 0);
  return {
    namesAbove: { line: upper.line, endColumn: Math.max(2, length), names, how: 'two lines' },
    firstLine: rows[0].line,
  };
}
