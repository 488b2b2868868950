import { byteOf, CR, DELIMITERS, LF, syntaxOf, TAB } from './cells';
import { dialectOf, type Dialect, type Split } from './dialect';
import { HEAD } from './head';
import { commonWidth, recordsOf, type HeadRecord } from './headRecords';
import { bareDelimiter, DEFAULT_COMMENTS, type ReadOptions } from './readOptions';
import { respelledHead, type Respelling } from './respelling';
import {
  freeByte,
  gapsOf,
  hasRunsOfBlanks,
  isPlainSeparator,
  linesOf,
  rareSeparators,
  respellingOf,
  tabsAreBlanks,
  unsplitBy,
} from './separators';

/** What a table of one column is read with. */
const ONE_COLUMN = '\t';
/** What a candidate loses when all its records have something wrong with their quotes. */
const BROKEN = 0.9;
/** Fewer lines may be in columns by chance. */
const FEWEST_ALIGNED = 3;
/** Share of numbers in one column at least of such a table. */
const MOSTLY = 0.8;

interface Start {
  readonly bytes: Uint8Array;
  /** Whether these are all there are. */
  readonly whole: boolean;
  readonly fromLine: number;
}

/** How the head looks under a separator, and how much speaks for that; 0 when it has no columns. */
interface Attempt extends Split {
  readonly score: number;
  /** Whether no other delimiter is left inside words. */
  readonly isClean: boolean;
}

/** What separates the cells: a delimiter of one byte, or whatever bytes are spelt anew for. */
type Separator = string | Respelling;

/**
 * @param others what else may separate cells: a word that has it inside speaks against this separator
 * @param tabs whether tabs are blanks
 */
function attempt(
  { bytes: head, whole, fromLine }: Start,
  separator: Separator,
  options: ReadOptions,
  others: readonly string[] = [],
  tabs = false,
): Attempt {
  const quote = options.quote ?? '"';
  const respelling = typeof separator === 'string' ? null : separator;
  const bytes = respelling ? respelledHead(head, respelling, byteOf(quote)) : head;
  const delimiter = typeof separator === 'string' ? separator : String.fromCharCode(separator.to);
  let syntax = { ...syntaxOf(delimiter, quote), tabs: tabs && delimiter === ' ' };
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
  const split = { syntax, respelling, records, width };
  if (width === 1) return { score: 0, ...split, isClean: false };
  const cells = rows.flatMap((record) => record.cells);
  const numbers = cells.filter(({ point, comma }) => point || comma);
  const hasOther = (text: string) =>
    others.some((other) => text.includes(other) && !text.startsWith(other) && !text.endsWith(other));
  // A word with a semicolon in it speaks for semicolons, not for this delimiter.
  const clean = cells.filter(
    ({ text, quoted, comma }) => quoted || comma || (!/[;\t|,]/.test(text) && !hasOther(text)),
  );
  // So does text behind a closing quote.
  const broken = rows.filter((record) => record.broken).length / rows.length;
  // Rows of another width count twice against it: numbers are found under many a wrong delimiter.
  const score =
    (count / rows.length) *
    (count / rows.length) *
    (1 + numbers.length / cells.length) *
    (clean.length / cells.length) *
    (1 - BROKEN * broken);
  return { score, ...split, isClean: clean.length === cells.length };
}

/** The dialect under which most records have the same number of cells and most cells are numbers. */
export function detect(bytes: Uint8Array, whole: boolean, options: ReadOptions): Dialect {
  // A spreadsheet's own line about its delimiter.
  const declared = /^(?:\uFEFF)?sep=(.)\r?\n?/.exec(new TextDecoder().decode(bytes.subarray(0, 16)))?.[1];
  const start = { bytes, whole, fromLine: declared === undefined ? 1 : 2 };
  const to = freeByte(bytes);
  const given =
    options.delimiter !== undefined && options.delimiter !== 'auto'
      ? bareDelimiter(options.delimiter)
      : // A head is longer only when its lines are: it is not cut up with every delimiter.
        (declared ?? (bytes.length > HEAD ? likelyDelimiter(bytes, options) : undefined));
  if (given !== undefined) {
    const separator = isPlainSeparator(given) ? given : respellingOf(given, to);
    return dialectOf(attempt(start, separator, options), start.fromLine, options);
  }
  const lines = linesOf(bytes, whole, options.commentPrefixes ?? DEFAULT_COMMENTS, options.skipLines ?? 0);
  const rare = rareSeparators(lines);
  const sure = rare.filter(({ isSure }) => isSure).map(({ text }) => text);
  const tabs = tabsAreBlanks(lines);
  const under = (separator: Separator) => attempt(start, separator, options, sure, tabs);
  const usual = DELIMITERS.filter(
    (delimiter) => bytes.includes(byteOf(delimiter)) && !sure.some((text) => text.includes(delimiter)),
  ).map(under);
  const others = rare.map(({ text }) => under(isPlainSeparator(text) ? text : respellingOf(text, to)));
  const byTabs = usual.find(isWholeByTabs);
  const byBlanks = usual.find((each) => each.syntax.blanks && isWhole(each));
  // Of two that divide each line, blanks are meant where they divide what stands between tabs into numbers or columns.
  const lesser = byTabs && (byBlanks && tabs ? byTabs : usual.find(({ syntax }) => syntax.blanks));
  const attempts = [...usual, ...others].filter((each) => each.score > 0 && each !== lesser);
  const [best = under(ONE_COLUMN)] = attempts
    .filter((each) => !isChance(each, attempts))
    .sort(
      (a, b) => b.score - a.score || Number(a.syntax.blanks) - Number(b.syntax.blanks) || b.width - a.width,
    );
  const found = alignedBetter(best, lines, to, under) ?? best;
  return {
    ...dialectOf(found, start.fromLine, options),
    unsplit: found.width === 1 ? unsplitBy(lines) : null,
  };
}

/** Whether each record has the same number of cells; the first may have one less. */
const isWhole = ({ records, width }: Split): boolean => {
  const [first, ...others] = records.filter(({ comment }) => !comment);
  if (width === 1 || others.length === 0) return false;
  return others.every(({ cells }) => cells.length === width) && first.cells.length >= width - 1;
};
const isWholeByTabs = (split: Split): boolean => split.syntax.delimiter === TAB && isWhole(split);

/** The head as a table whose columns are made by runs of blanks, or stand at fixed places, if no delimiter does as well. */
function alignedBetter(
  best: Attempt,
  lines: readonly string[],
  to: number,
  under: (separator: Separator) => Attempt,
): Attempt | undefined {
  if (!hasRunsOfBlanks(lines) || (best.score > 0 && isWhole(best))) return undefined;
  const gaps = gapsOf(lines);
  const ways: Respelling[] = [
    { how: 'runs of blanks', to },
    ...(gaps.length > 0 ? [{ how: 'fixed width', gaps, to } as const] : []),
  ];
  const hasNumbers = ({ records, width }: Attempt) =>
    Array.from({ length: width }, (_, c) => c).some((c) => {
      const fitting = records.filter(({ cells }) => cells[c].text === '' || cells[c].point || cells[c].comma);
      return fitting.length >= MOSTLY * (records.length - 1);
    });
  return ways
    .map(under)
    .find(
      (each) =>
        isWhole(each) &&
        hasNumbers(each) &&
        each.score > Math.max(1, best.score) &&
        each.records.length >= FEWEST_ALIGNED,
    );
}

/** Hardly ever stand in texts: where one is as often in each line, it separates. */
const SURE_DELIMITERS = [byteOf(';'), byteOf('|'), TAB];

/**
 * What does not separate the first record as it does the others is no delimiter if another one does so in every record
 * and leaves none inside words: commas may stand in all numbers, and blanks between those of one cell. A semicolon in
 * every record may leave some, as in 1 mai 2023;100,50 EUR, and goes before blanks that happen to divide a header of words
 * as they do the others. Nor are blanks then, if all between them is words.
 */
function isChance(each: Attempt, attempts: readonly Attempt[]): boolean {
  const { syntax, records, width } = each;
  const first = records.find(({ comment }) => !comment);
  const dividesFirst = first?.cells.length === width;
  const isWordy = first?.cells.every(({ point, comma }) => !point && !comma) === true;
  const fitsAll = (other: Attempt) =>
    (other.isClean || SURE_DELIMITERS.includes(other.syntax.delimiter)) &&
    other.records.every(({ cells, comment }) => comment || cells.length === other.width);
  const isBetter = (other: Attempt) =>
    other !== each && fitsAll(other) && (!dividesFirst || SURE_DELIMITERS.includes(other.syntax.delimiter));
  if (dividesFirst) return syntax.blanks && !each.isClean && isWordy && attempts.some(isBetter);
  const hasNumbers = records.some(({ cells }) => cells.some(({ point, comma }) => point || comma));
  return (syntax.blanks && !hasNumbers) || attempts.some(isBetter);
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
