import { byteOf, DELIMITERS, syntaxOf, type Syntax } from './cells';
import type { HeadCell, HeadRecord } from './headRecords';
import { DEFAULT_COMMENTS, MISSING, type ReadOptions } from './readOptions';

/** How a file is written, found from its head. */
export interface Dialect {
  readonly syntax: Syntax;
  readonly decimalMark: '.' | ',';
  readonly header: boolean;
  /** Whether the first row, taken for data, might be the header all the same. */
  readonly headerInDoubt: boolean;
  /** The physical line the table starts on, its header if it has one. */
  readonly firstLine: number;
  /** The header's syntax where it is not that of the rows. */
  readonly headerSyntax: Syntax;
  /** Cells in a row. */
  readonly width: number;
  /** Last cells of each row that are empty and have no name. */
  readonly surplus: number;
  /** Which columns hold numbers in the head. */
  readonly numeric: readonly boolean[];
  readonly commentPrefixes: readonly string[];
}

const isMissing = (text: string, options: ReadOptions) =>
  text === '' || (options.missingTokens ?? MISSING).includes(text);

/** Where the table starts, whether it has a header, and what its columns hold. */
export function dialectOf(
  { syntax, records, width }: { syntax: Syntax; records: readonly HeadRecord[]; width: number },
  fromLine: number,
  options: ReadOptions,
): Dialect {
  const isComment = ({ comment, cells }: HeadRecord) => comment && (cells.length !== width || width === 1);
  const rows = records.filter((record) => !isComment(record));
  const full = rows.filter(({ cells }) => cells.length === width);
  const decimalMark = decimalMarkOf(full, syntax, options);
  const isNumber = ({ point, comma }: HeadCell) => (decimalMark === ',' ? comma : point);
  // The first line of its kind may be the header.
  const body = full.slice(full.length > 1 ? 1 : 0);
  const numeric = Array.from({ length: width }, (_, c) => {
    const known = body.filter(({ cells }) => !isMissing(cells[c].text, options));
    return known.length > 0 && known.filter(({ cells }) => isNumber(cells[c])).length > known.length / 2;
  });
  const wordy = ({ cells }: HeadRecord) => !cells.some(isNumber) && cells.some(({ text }) => text !== '');
  const lone = ({ cells }: HeadRecord) =>
    cells.filter(({ text }) => text !== '').length === 1 && cells.length > 2;
  const base = {
    syntax,
    decimalMark,
    headerSyntax: syntax,
    headerInDoubt: false,
    commentPrefixes: options.commentPrefixes ?? DEFAULT_COMMENTS,
  };
  const start = rows.findIndex(({ cells }) => cells.length === width);
  const at = Math.max(0, start);
  // A title filled up with delimiters is one cell above a header.
  const first =
    options.header !== 'absent' &&
    rows[at] &&
    lone(rows[at]) &&
    rows[at + 1] &&
    wordy(rows[at + 1]) &&
    !lone(rows[at + 1])
      ? at + 1
      : at;
  const found = rows[first] as HeadRecord | undefined;
  if (!found) {
    return { ...base, header: false, firstLine: fromLine, width, surplus: 0, numeric };
  }
  const surplus = surplusOf(full, width, found, options);
  const wanted = options.header ?? 'auto';
  const header = wanted === 'auto' ? wordy(found) : wanted === 'present';
  const headerInDoubt = wanted === 'auto' && !header && mayBeHeader(found, full, numeric);
  const plain = { ...base, header, headerInDoubt, firstLine: found.line, width, surplus, numeric };
  if (header || wanted === 'absent' || first === 0) return plain;
  // The rows start without a header: the line above may be one, with another number of cells.
  const above = rows[first - 1];
  const other = DELIMITERS.map((delimiter) => syntaxOf(delimiter)).find(
    (candidate) => cellsUnder(above, syntax, candidate).length === width && above.cells.length < width,
  );
  if (above.cells.length === 1 && width > 2 && !other) return plain;
  if (other) return { ...plain, header: true, firstLine: above.line, headerSyntax: other };
  if (!wordy(above) && wanted === 'auto') return plain;
  return { ...plain, header: true, firstLine: above.line };
}

/** A first row among fewer others tells nothing. */
const FEWEST_FOR_DOUBT = 20;
/** So many whole numbers that count on, as years do, may be names. */
const FEWEST_NAMES = 3;

/**
 * Whether a row with numbers looks like names: by whole numbers that count on as in no other row, or by a text that no
 * other row has in a column of repeated ones.
 */
function mayBeHeader(first: HeadRecord, full: readonly HeadRecord[], numeric: readonly boolean[]): boolean {
  const others = full.filter((record) => record !== first);
  if (others.length < FEWEST_FOR_DOUBT) return false;
  const countsOn = ({ cells }: HeadRecord) => {
    const numbers = cells
      .filter((_, c) => numeric[c])
      .map(({ text }) => (/^\d+$/.test(text) ? Number(text) : NaN));
    return (
      numbers.length >= FEWEST_NAMES && numbers.every((value, k) => k === 0 || value === numbers[k - 1] + 1)
    );
  };
  if (countsOn(first) && !others.some(countsOn)) return true;
  return numeric.some((isNumeric, c) => {
    const { text } = first.cells[c];
    if (isNumeric || text === '') return false;
    const counts = new Map<string, number>();
    for (const { cells } of others) counts.set(cells[c].text, (counts.get(cells[c].text) ?? 0) + 1);
    return !counts.has(text) && [...counts.values()].every((count) => count > 1);
  });
}

/** A record's line under another syntax; cells in quotes are left as they are. */
function cellsUnder(record: HeadRecord, syntax: Syntax, other: Syntax): string[] {
  if (record.cells.some(({ quoted }) => quoted)) return [];
  const line = record.cells.map(({ text }) => text).join(String.fromCharCode(syntax.delimiter));
  const pieces = line.split(String.fromCharCode(other.delimiter)).map((text) => text.trim());
  return other.blanks ? pieces.filter((text) => text !== '') : pieces;
}

/** How many last columns have neither a name nor, in the head, a cell. */
function surplusOf(
  full: readonly HeadRecord[],
  width: number,
  header: HeadRecord,
  options: ReadOptions,
): number {
  let surplus = 0;
  while (
    surplus < width - 1 &&
    full.every(({ cells }) => cells[width - 1 - surplus].text === '' && !cells[width - 1 - surplus].quoted) &&
    header.cells.length === width
  ) {
    surplus++;
  }
  return options.header === 'absent' ? 0 : surplus;
}

/** The mark that the numbers with a fraction have; a comma only where it can be no delimiter of thousands. */
function decimalMarkOf(rows: readonly HeadRecord[], syntax: Syntax, options: ReadOptions): '.' | ',' {
  if (options.decimalSeparator === '.' || options.decimalSeparator === ',') return options.decimalSeparator;
  let commas = 0;
  let points = 0;
  let short = 0;
  for (const { cells } of rows) {
    for (const { text } of cells) {
      if (/^[-+]?\d+,\d+(?:[eE][-+]?\d+)?$/.test(text)) {
        commas++;
        if (!/^[-+]?[1-9]\d{0,2},\d{3}$/.test(text)) short++;
      } else if (/^[-+]?\d*\.\d+(?:[eE][-+]?\d+)?$/.test(text)) points++;
    }
  }
  if (commas > points && (short > 0 || syntax.delimiter !== byteOf(','))) return ',';
  return '.';
}
