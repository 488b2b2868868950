import { DELIMITERS, syntaxOf, type Syntax } from './cells';
import { commentedNames, type NamesAbove } from './commentedNames';
import { decimalMarkOf } from './decimalMark';
import { secondHeaders } from './headerRows';
import { areDistinct, hasYears, isRepeated, mayBeHeader, mixesYears, recurs } from './headerSigns';
import type { HeadCell, HeadRecord } from './headRecords';
import { DEFAULT_COMMENTS, MISSING, type ReadOptions } from './readOptions';
import type { Respelling } from './respelling';
import type { unsplitBy } from './separators';
import { spanningHeader } from './spanningHeader';
import { namesFit } from './trailingDelimiter';

/** How a file is written, found from its head. */
export interface Dialect {
  readonly syntax: Syntax;
  /** How the bytes are spelt before they are split; null: as they are. */
  readonly respelling: Respelling | null;
  readonly decimalMark: '.' | ',';
  /** Columns whose marks might as well be the others: all that is seen there is like 1,234 or 1.234. */
  readonly marksInDoubt: readonly number[];
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
  /** Whether a header that has as many names fewer is surely that of the first columns. */
  readonly namesFit: boolean;
  /** Which columns hold numbers in the head. */
  readonly numeric: readonly boolean[];
  readonly commentPrefixes: readonly string[];
  /** What may separate cells in lines that are read as one cell each. */
  readonly unsplit: ReturnType<typeof unsplitBy>;
  /** Names of the columns that stand in no row. */
  readonly namesAbove: NamesAbove | null;
  /** Which columns have a cell in each row of the head, in some, in none. */
  readonly filled: readonly Filled[];
  /** Lines of rows that are more of the header. */
  readonly secondHeaders: readonly number[];
  /** For each column of numbers, the words in it that stand beside numbers of other columns. */
  readonly wordsBeside: readonly (readonly string[])[];
}

const isMissing = (text: string, options: ReadOptions) =>
  text === '' || (options.missingTokens ?? MISSING).includes(text);

/** How many rows have a cell in a column. */
export type Filled = 'all' | 'some' | 'none';

/** The head of a file, split into cells. */
export interface Split {
  readonly syntax: Syntax;
  readonly respelling: Respelling | null;
  readonly records: readonly HeadRecord[];
  readonly width: number;
}

/** Where the table starts, whether it has a header, and what its columns hold. */
export function dialectOf(
  { syntax, respelling, records, width }: Split,
  fromLine: number,
  options: ReadOptions,
): Dialect {
  const isComment = ({ comment, cells }: HeadRecord) => comment && (cells.length !== width || width === 1);
  const rows = records.filter((record) => !isComment(record));
  const full = rows.filter(({ cells }) => cells.length === width);
  const { mark: decimalMark, inDoubt: marksInDoubt } = decimalMarkOf(full, width, syntax, options);
  const isNumber = ({ point, comma }: HeadCell) => (decimalMark === ',' ? comma : point);
  // The first line of its kind may be the header.
  const body = full.slice(full.length > 1 ? 1 : 0);
  const numeric = Array.from({ length: width }, (_, c) => {
    const known = body.filter(({ cells }) => !isMissing(cells[c].text, options));
    return known.length > 0 && known.filter(({ cells }) => isNumber(cells[c])).length > known.length / 2;
  });
  const filled = Array.from({ length: width }, (_, c): Filled => {
    const count = body.filter(({ cells }) => !isMissing(cells[c].text, options)).length;
    return count === 0 ? 'none' : count === body.length ? 'all' : 'some';
  });
  // Asked once a row and not once a cell: a head may be 100,000 columns wide.
  const withNumbers = body.filter(({ cells }) => cells.some((cell, c) => numeric[c] && isNumber(cell)));
  const wordsBeside = numeric.map((isNumeric, c) => {
    if (!isNumeric) return [];
    const beside = withNumbers.filter(({ cells }) => !isNumber(cells[c]));
    return [...new Set(beside.map(({ cells }) => cells[c].text))].filter((text) => !isMissing(text, options));
  });
  const wordy = ({ cells }: HeadRecord) => !cells.some(isNumber) && cells.some(({ text }) => text !== '');
  const isAllWords = ({ cells }: HeadRecord) =>
    cells.length === width && cells.every((cell) => cell.text !== '' && !isNumber(cell));
  const lone = ({ cells }: HeadRecord) =>
    cells.filter(({ text }) => text !== '').length === 1 && cells.length > 2;
  const base = {
    syntax,
    respelling,
    decimalMark,
    headerSyntax: syntax,
    marksInDoubt,
    headerInDoubt: false,
    unsplit: null,
    namesAbove: null,
    secondHeaders: [],
    namesFit: false,
    filled,
    wordsBeside,
    commentPrefixes: options.commentPrefixes ?? DEFAULT_COMMENTS,
  };
  const looksAt = {
    ...{ width, numeric, isNumber: ({ cells }: HeadRecord, c: number) => isNumber(cells[c]) },
    isMissing: ({ cells }: HeadRecord, c: number) => isMissing(cells[c].text, options),
  };
  const spanning = (options.header ?? 'auto') === 'auto' ? spanningHeader(rows, looksAt) : null;
  if (spanning) return { ...base, ...spanning, header: false, width, surplus: 0, numeric };
  const start = rows.findIndex(({ cells }) => cells.length === width);
  const at = Math.max(0, start);
  // Titles filled up with delimiters are lone cells above a header, with empty rows between them.
  const isBlank = ({ cells }: HeadRecord) => cells.every(({ text }) => text === '');
  const names = rows.findIndex((record, k) => k >= at && !lone(record) && !isBlank(record));
  const isAllNamed = (record: HeadRecord) =>
    isAllWords(record) &&
    areDistinct(record) &&
    !recurs(
      record,
      full.filter((each) => each !== record),
    );
  const isTitle =
    options.header !== 'absent' &&
    names > at &&
    names - at <= MOST_TITLES &&
    (names === at + 1 && lone(rows[at]) ? wordy(rows[names]) : isAllNamed(rows[names]));
  // A comment may happen to have as many cells as a row; names behind a mark stand right above the rows.
  const isRemark =
    options.header !== 'absent' &&
    rows[at]?.comment &&
    rows[at + 1] &&
    isAllWords(rows[at + 1]) &&
    numeric.includes(true);
  const first = isTitle ? names : isRemark ? at + 1 : at;
  const found = rows[first] as HeadRecord | undefined;
  if (!found) {
    return { ...base, header: false, firstLine: fromLine, width, surplus: 0, numeric };
  }
  const surplus = surplusOf(full, width, found.cells.length, options);
  const wanted = options.header ?? 'auto';
  const others = full.filter((record) => record !== found);
  const isLikeOthers = !numeric.includes(true) && recurs(found, others);
  const header =
    wanted === 'auto'
      ? (wordy(found) && !isLikeOthers) ||
        hasYears(found, others, numeric) ||
        mixesYears(found, others, numeric) ||
        isRepeated(found, others, (record, c) => numeric[c] && isNumber(record.cells[c]))
      : wanted === 'present';
  const headerInDoubt = wanted === 'auto' && !header && (isLikeOthers || mayBeHeader(found, others, numeric));
  const below = full.filter(({ line }) => line > found.line);
  const looking = {
    numeric: numeric.slice(0, width - surplus),
    isNumber: ({ cells }: HeadRecord, c: number) => isNumber(cells[c]),
    isMissing: ({ cells }: HeadRecord, c: number) => isMissing(cells[c].text, options),
  };
  const plain = {
    ...{ ...base, header, headerInDoubt, firstLine: found.line, width, surplus, numeric },
    secondHeaders: header ? secondHeaders(below, looking) : [],
  };
  if (!header && wanted === 'auto') {
    const above = records.slice(0, records.indexOf(found));
    const comments = above.slice(above.findLastIndex((record) => !isComment(record)) + 1);
    const namesAbove = commentedNames(comments, base.commentPrefixes, { syntax, width: width - surplus });
    if (namesAbove) return { ...plain, namesAbove, headerInDoubt: false };
  }
  if (header || wanted === 'absent' || first === 0) return plain;
  // The rows start without a header: the line above may be one, with another number of cells.
  const above = rows[first - 1];
  const other = DELIMITERS.map((delimiter) => syntaxOf(delimiter)).find(
    (candidate) => cellsUnder(above, syntax, candidate).length === width && above.cells.length < width,
  );
  if (above.cells.length === 1 && width > 2 && !other) return plain;
  const withSurplus = (names: HeadRecord) => {
    const surplus = surplusOf(full, width, names.cells.length, options);
    const isShort = surplus === 1 && names.cells.length === width - 1;
    return { surplus, namesFit: isShort && namesFit(names, full, isNumber) };
  };
  const named = {
    ...{ ...plain, header: true, headerInDoubt: false, firstLine: above.line },
    ...(!other && withSurplus(above)),
    secondHeaders: secondHeaders(full, looking),
  };
  if (other) return { ...named, headerSyntax: other };
  return !wordy(above) && wanted === 'auto' ? plain : named;
}

/** Lines above the header that may be titles. */
const MOST_TITLES = 6;

/** A record's line under another syntax; cells in quotes are left as they are. */
function cellsUnder(record: HeadRecord, syntax: Syntax, other: Syntax): string[] {
  if (record.cells.some(({ quoted }) => quoted)) return [];
  const line = record.cells.map(({ text }) => text).join(String.fromCharCode(syntax.delimiter));
  const pieces = line.split(String.fromCharCode(other.delimiter)).map((text) => text.trim());
  return other.blanks ? pieces.filter((text) => text !== '') : pieces;
}

/** How many last columns have neither a name, where there are `names`, nor, in the head, a cell. */
function surplusOf(full: readonly HeadRecord[], width: number, names: number, options: ReadOptions): number {
  if (options.header === 'absent') return 0;
  const isEmpty = ({ text, quoted }: HeadCell) => text === '' && !quoted;
  let surplus = 0;
  while (surplus < width - 1 && full.every(({ cells }) => isEmpty(cells[width - 1 - surplus]))) surplus++;
  return names < width ? (surplus >= width - names ? width - names : 0) : surplus;
}
