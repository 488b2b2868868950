import { byteOf, CR, DELIMITERS, LF, syntaxOf, type Syntax } from './cells';
import { dialectOf, type Dialect } from './dialect';
import { HEAD } from './head';
import { commonWidth, recordsOf, type HeadRecord } from './headRecords';
import { bareDelimiter, type ReadOptions } from './readOptions';

/** What a table of one column is read with. */
const ONE_COLUMN = '\t';
/** What a candidate loses when all its records have something wrong with their quotes. */
const BROKEN = 0.9;

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
  /** Whether no other delimiter is left inside words. */
  readonly isClean: boolean;
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
  if (width === 1) return { score: 0, syntax, records, width, isClean: false };
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
  return { score, syntax, records, width, isClean: clean.length === cells.length };
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
  if (given !== undefined) return dialectOf(under(given), start.fromLine, options);
  const attempts = DELIMITERS.filter((delimiter) => bytes.includes(byteOf(delimiter)))
    .map(under)
    .filter(({ score }) => score > 0);
  const [best = under(ONE_COLUMN)] = attempts
    .filter((each) => !isChance(each, attempts))
    .sort((a, b) => b.score - a.score || b.width - a.width);
  return dialectOf(best, start.fromLine, options);
}

/**
 * What does not separate the first record as it does the others is no delimiter if another one does so in every record
 * and leaves none inside words: commas may stand in all numbers, and blanks between those of one cell. Nor are blanks
 * then, if all between them is words.
 */
function isChance(each: Attempt, attempts: readonly Attempt[]): boolean {
  const { syntax, records, width } = each;
  if (records.find(({ comment }) => !comment)?.cells.length === width) return false;
  const fitsAll = (other: Attempt) =>
    other.isClean && other.records.every(({ cells, comment }) => comment || cells.length === other.width);
  const hasNumbers = records.some(({ cells }) => cells.some(({ point, comma }) => point || comma));
  return (syntax.blanks && !hasNumbers) || attempts.some((other) => other !== each && fitsAll(other));
}

/** The delimiter of lines that are too long to be tried with each: the one that both of the first two have most of. */
function likelyDelimiter(head: Uint8Array, options: ReadOptions): string {
  const quote = byteOf(options.quote ?? '"');
  const counts = DELIMITERS.map(() => [0, 0]);
  let quoted = false;
  let line = 0;
  for (let at = 0; at < head.length && line < 2; at++) {
    const byte = head[at];
    if (byte === quote) quoted = !quoted;
    else if (quoted) continue;
    else if (byte === LF || (byte === CR && head[at + 1] !== LF)) line++;
    else DELIMITERS.forEach((delimiter, k) => (counts[k][line] += Number(byte === byteOf(delimiter))));
  }
  const least = counts.map(([first, second]) => Math.min(first, second));
  return DELIMITERS[least.indexOf(Math.max(...least))];
}

/** Whether every cell that is not empty stands in apostrophes. */
const singleQuoted = (records: readonly HeadRecord[]) =>
  records.length > 1 &&
  records.every(({ cells }) =>
    cells.every(({ text }) => text === '' || (text.length > 1 && text.startsWith("'") && text.endsWith("'"))),
  );
