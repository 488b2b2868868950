import { defaults, type Settings } from '../settings';
import { HEAD } from './head';
import { parseNumber } from './number';
import { Problems } from './problems';
import { cellText, CR, LF, PLAIN, startsWith, type Syntax } from './cells';
import { BackslashEscapes, Tokens } from './tokens';

/** What a person may say about how a file is to be read; all of it is found otherwise. */
export interface ReadOptions {
  readonly delimiter?: string;
  readonly header?: 'auto' | 'present' | 'absent';
  readonly decimalSeparator?: 'auto' | '.' | ',';
  readonly commentPrefixes?: readonly string[];
  readonly skipLines?: number;
  readonly missingTokens?: readonly string[];
  readonly encoding?: string;
  readonly quote?: string;
  /** Rows to read at most; 0: all. */
  readonly maxRows?: number;
}

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

/** The comment prefixes and missing tokens of readers that are told none. */
export const DEFAULT_COMMENTS = defaults['csv.commentPrefixes'];
export const MISSING = defaults['csv.missingTokens'];

const NAMED = new Map([
  ['comma', ','],
  ['semicolon', ';'],
  ['tab', '\t'],
  ['pipe', '|'],
  ['space', ' '],
]);
type CsvKey = Extract<keyof Settings, `csv.${string}`>;

/** What the settings say about how a file is to be read. */
export function readOptionsOf(settings: Pick<Settings, CsvKey>): ReadOptions {
  const delimiter = settings['csv.delimiter'];
  const quote = settings['csv.quote'];
  return {
    delimiter: NAMED.get(delimiter) ?? delimiter,
    header: settings['csv.header'],
    decimalSeparator: settings['csv.decimalSeparator'],
    commentPrefixes: settings['csv.commentPrefixes'],
    skipLines: settings['csv.skipLines'],
    missingTokens: settings['csv.missingTokens'],
    encoding: settings['csv.encoding'],
    maxRows: settings['csv.maxRows'],
    ...(quote !== 'auto' && { quote }),
  };
}

interface HeadCell {
  readonly text: string;
  readonly quoted: boolean;
  /** Whether it is a number with a decimal point, and with a decimal comma. */
  readonly point: boolean;
  readonly comma: boolean;
}
interface HeadRecord {
  readonly line: number;
  readonly cells: readonly HeadCell[];
  readonly comment: boolean;
  /** Whether something is wrong with its quotes. */
  readonly broken: boolean;
}

/** The first is taken when two do equally well: commas stand in texts, tabs hardly ever do. */
const CANDIDATES = ['\t', ';', '|', ',', ' '];
/** What a table of one column is read with. */
const ONE_COLUMN = '\t';
/** What a candidate loses when all its records have something wrong with their quotes. */
const BROKEN = 0.9;
const encoder = new TextEncoder();
const byteOf = (character: string) => character.charCodeAt(0);

export const syntaxOf = (delimiter: string, quote = '"', escape = 0): Syntax => ({
  delimiter: byteOf(delimiter),
  blanks: delimiter === ' ',
  quote: byteOf(quote),
  escape,
});

/** Amounts such as 12%, $1,200.50, € 12, 1.234,56 €: numbers with more about them than digits. */
const AMOUNT = /^[-+]?[$€£¥]?[^\S\t]?[-+]?\d(?:[\d.,]|[^\S\t])*[%$€£¥]?$/u;
const isAmount = (text: string) => /\d/.test(text) && AMOUNT.test(text);
const isMissing = (text: string, options: ReadOptions) =>
  text === '' || (options.missingTokens ?? MISSING).includes(text);

/** The records of the head under a syntax. `whole`: the head is the whole file. */
function recordsOf(
  head: Uint8Array,
  whole: boolean,
  syntax: Syntax,
  options: ReadOptions,
): HeadRecord[] | null {
  const problems = new Problems();
  const prefixes = (options.commentPrefixes ?? DEFAULT_COMMENTS).map((prefix) => encoder.encode(prefix));
  const tokens = new Tokens(syntax, problems, { skipLines: options.skipLines ?? 0, prefixes });
  const records: HeadRecord[] = [];
  let before = 0;
  try {
    tokens.over(head, whole);
    while (tokens.next()) {
      const cells = Array.from({ length: tokens.count }, (_, c): HeadCell => {
        const kind = tokens.kinds[c];
        const text = cellText(tokens.bytes, tokens.starts[c], tokens.ends[c], kind, syntax);
        const quoted = kind !== PLAIN;
        const [start, end] = [tokens.starts[c] + Number(quoted), tokens.ends[c] - Number(quoted)];
        const isNumber = (mark: string) => !Number.isNaN(parseNumber(tokens.bytes, start, end, byteOf(mark)));
        const amount = isAmount(text);
        return { text, quoted, point: amount || isNumber('.'), comma: amount || isNumber(',') };
      });
      const comment = tokens.comment || startsWith(tokens.bytes, tokens.recordStart, prefixes);
      if (!comment && (cells.length === 0 || (cells.length === 1 && cells[0].text === ''))) continue;
      const { total } = problems;
      records.push({ line: tokens.line, cells, comment, broken: total > before });
      before = total;
    }
  } catch (error) {
    if (error instanceof BackslashEscapes) return null;
    throw error;
  }
  return records;
}

/** How often most records have the same number of cells, and that number. */
function commonWidth(records: readonly HeadRecord[]): { width: number; count: number } {
  const counts = new Map<number, number>();
  for (const { cells } of records) counts.set(cells.length, (counts.get(cells.length) ?? 0) + 1);
  let best = { width: 1, count: 0 };
  for (const [width, count] of counts) {
    if (count > best.count || (count === best.count && width > best.width)) best = { width, count };
  }
  return best;
}

interface Start {
  readonly bytes: Uint8Array;
  /** Whether these are all there are. */
  readonly whole: boolean;
  readonly fromLine: number;
}

/** How the head looks under a delimiter, and how much speaks for that; 0 when it has no columns. */
interface Attempt {
  readonly score: number;
  readonly syntax: Syntax;
  readonly records: readonly HeadRecord[];
  readonly width: number;
}

function attempt({ bytes, whole, fromLine }: Start, delimiter: string, options: ReadOptions): Attempt {
  let syntax = syntaxOf(delimiter, options.quote ?? '"');
  const recordsUnder = () => recordsOf(bytes, whole, syntax, options)?.filter(({ line }) => line >= fromLine);
  let records = recordsUnder();
  if (!records) {
    syntax = { ...syntax, escape: 92 };
    records = recordsUnder() ?? [];
  }
  if (options.quote === undefined && singleQuoted(records)) {
    syntax = { ...syntax, quote: byteOf("'") };
    records = recordsUnder() ?? [];
  }
  const data = records.filter(({ comment }) => !comment);
  const rows = data.length > 0 ? data : records.filter(({ cells }) => cells.length > 0);
  const { width, count } = commonWidth(rows);
  if (width === 1) return { score: 0, syntax, records, width };
  const cells = rows.flatMap((record) => record.cells);
  const numbers = cells.filter(({ point, comma }) => point || comma);
  // A word with a semicolon in it speaks for semicolons, not for this delimiter.
  const clean = cells.filter(({ text, quoted, comma }) => quoted || comma || !/[;\t|,]/.test(text));
  // So does text behind a closing quote.
  const broken = rows.filter((record) => record.broken).length / rows.length;
  // Rows of another width count twice against it: numbers are found under many a wrong delimiter.
  const score =
    (count / rows.length) *
    (count / rows.length) *
    (1 + numbers.length / cells.length) *
    (clean.length / cells.length) *
    (1 - BROKEN * broken);
  return { score, syntax, records, width };
}

/** The dialect under which most records have the same number of cells and most cells are numbers. */
export function detect(bytes: Uint8Array, whole: boolean, options: ReadOptions): Dialect {
  // A spreadsheet's own line about its delimiter.
  const declared = /^(?:\uFEFF)?sep=(.)\r?\n?/.exec(new TextDecoder().decode(bytes.subarray(0, 16)))?.[1];
  const start = { bytes, whole, fromLine: declared === undefined ? 1 : 2 };
  const under = (delimiter: string) => attempt(start, delimiter, options);
  const given =
    options.delimiter !== undefined && options.delimiter !== 'auto'
      ? bareDelimiter(options.delimiter)
      : // A head is longer only when its lines are: it is not cut up with every delimiter.
        (declared ?? (bytes.length > HEAD ? likelyDelimiter(bytes, options) : undefined));
  const attempts =
    given === undefined
      ? CANDIDATES.filter((delimiter) => bytes.includes(byteOf(delimiter)))
          .map(under)
          .filter(({ score }) => score > 0)
      : [under(given)];
  const [best = under(ONE_COLUMN)] = attempts.sort((a, b) => b.score - a.score || b.width - a.width);
  return shape(best, start.fromLine, options);
}

/** A delimiter with blanks beside it is the delimiter: blanks around cells never count. */
export const bareDelimiter = (delimiter: string): string =>
  delimiter.length > 1 ? delimiter.trim() || ' ' : delimiter;

/** The delimiter of lines that are too long to be tried with each: the one that both of the first two have most of. */
function likelyDelimiter(head: Uint8Array, options: ReadOptions): string {
  const quote = byteOf(options.quote ?? '"');
  const counts = CANDIDATES.map(() => [0, 0]);
  let quoted = false;
  let line = 0;
  for (let at = 0; at < head.length && line < 2; at++) {
    const byte = head[at];
    if (byte === quote) quoted = !quoted;
    else if (quoted) continue;
    else if (byte === LF || (byte === CR && head[at + 1] !== LF)) line++;
    else CANDIDATES.forEach((delimiter, k) => (counts[k][line] += Number(byte === byteOf(delimiter))));
  }
  const least = counts.map(([first, second]) => Math.min(first, second));
  return CANDIDATES[least.indexOf(Math.max(...least))];
}

/** Whether every cell that is not empty stands in apostrophes. */
const singleQuoted = (records: readonly HeadRecord[]) =>
  records.length > 1 &&
  records.every(({ cells }) =>
    cells.every(({ text }) => text === '' || (text.length > 1 && text.startsWith("'") && text.endsWith("'"))),
  );

/** Where the table starts, whether it has a header, and what its columns hold. */
function shape({ syntax, records, width }: Attempt, fromLine: number, options: ReadOptions): Dialect {
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
  const other = CANDIDATES.map((delimiter) => syntaxOf(delimiter)).find(
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
