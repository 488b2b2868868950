import { UserError, type Place } from './userError';

export const delimiters = [',', ';', '\t', '|'] as const;
export type Delimiter = (typeof delimiters)[number];
export const delimiterNames: Record<Delimiter, string> = {
  ',': 'comma',
  ';': 'semicolon',
  '\t': 'tab',
  '|': 'pipe',
};

export interface Dialect {
  readonly delimiter: Delimiter;
  readonly header: boolean;
}

/** A read table: `columns[c][r]` is the text of a cell, blank lines left out. */
export interface Table {
  readonly dialect: Dialect;
  readonly names: readonly string[];
  readonly columns: readonly (readonly string[])[];
  readonly rows: number;
  /** The line on which each row starts, from 1. */
  readonly lines: readonly number[];
  /** Where a cell is: row −1 is the header. */
  locate(row: number, column: number): Place;
}

const HEAD = 65536;
const LINE_BREAK = /\r\n|\n|\r/g;
const QUOTE = 34;
const LF = 10;
const CR = 13;

/** One record of the file; `cells` is reused between calls. Returning false ends the reading. */
type Visit = (cells: string[], line: number, offset: number) => boolean | void;

/**
 * Splits a CSV text (RFC 4180; LF, CRLF or CR; quoted cells may hold delimiters, doubled quotes and line
 * breaks; unquoted cells are trimmed) into records, passing over blank lines.
 * Throws UserError for an unterminated quote and for text after a closing quote.
 */
function eachRecord(
  text: string,
  delimiter: string,
  visit: Visit,
  onCell?: (start: number, end: number) => void,
): void {
  const stop = delimiter.charCodeAt(0);
  const cells: string[] = [];
  let at = 0;
  let line = 1;
  let recordLine = 1;
  let offset = 0;
  let lineStart = 0;
  while (at < text.length) {
    let start = at;
    while (text.charCodeAt(start) === 32) start++;
    if (text.charCodeAt(start) === QUOTE) {
      const opening = { line, column: start - lineStart + 1 };
      let cell = '';
      let from = start + 1;
      for (;;) {
        const close = text.indexOf('"', from);
        if (close < 0) {
          throw new UserError('This quote is never closed. Close it, or remove it.', opening);
        }
        const piece = text.slice(from, close);
        for (const { index, 0: found } of piece.matchAll(LINE_BREAK)) {
          line++;
          lineStart = from + index + found.length;
        }
        cell += piece;
        from = close + 1;
        if (text.charCodeAt(from) !== QUOTE) break;
        cell += '"';
        from++;
      }
      at = from;
      onCell?.(start, at);
      while (text.charCodeAt(at) === 32) at++;
      const next = text.charCodeAt(at);
      if (at < text.length && next !== stop && next !== LF && next !== CR) {
        throw new UserError('There is text after the closing quote. Double the quotes inside the cell.', {
          line,
          column: at - lineStart + 1,
        });
      }
      cells.push(cell);
    } else {
      at = start;
      let code = text.charCodeAt(at);
      while (at < text.length && code !== stop && code !== LF && code !== CR) code = text.charCodeAt(++at);
      const cell = text.slice(start, at).trim();
      onCell?.(start, start + cell.length);
      cells.push(cell);
    }
    if (text.charCodeAt(at) === stop) {
      at++;
      if (at < text.length) continue;
      onCell?.(at, at);
      cells.push('');
    }
    if (text.charCodeAt(at) === CR && text.charCodeAt(at + 1) === LF) at++;
    at++;
    line++;
    lineStart = at;
    if (!(cells.length === 1 && cells[0] === '') && visit(cells, recordLine, offset) === false) return;
    cells.length = 0;
    recordLine = line;
    offset = at;
  }
}

/** Whether the text of a cell is a number: sign, digits, one decimal point, exponent; nothing else. */
export const isNumber = (cell: string): boolean => /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(cell);

/** `1,5`: a number with a decimal comma, which an unquoted cell has only where the delimiter is another. */
export const hasDecimalComma = (cell: string): boolean => /^[+-]?\d+,\d+$/.test(cell);

/**
 * The delimiter under which, in the first 64 kB, the most records have as many cells as the first and the
 * most cells are numbers; between equals the one that makes more columns. The first record is a header
 * when none of its cells is a number.
 */
export function detectDialect(text: string): Dialect {
  let head = text.slice(0, HEAD);
  if (head.length < text.length) head = head.slice(0, head.lastIndexOf('\n') + 1) || head;
  const readings = delimiters.map((delimiter) => {
    const first: string[] = [];
    let [records, same, cells, numbers] = [0, 0, 0, 0];
    const isNumeric = (cell: string) => isNumber(cell) || hasDecimalComma(cell);
    try {
      eachRecord(head, delimiter, (record) => {
        if (records++ === 0) first.push(...record);
        if (record.length === first.length) same++;
        cells += record.length;
        numbers += record.filter(isNumeric).length;
      });
    } catch (error) {
      // What is wrong with the file is said when it is read; here only the delimiter is looked for.
      if (!(error instanceof UserError)) throw error;
    }
    const score = first.length > 1 ? (same / records) * (1 + numbers / cells) : 0;
    return { delimiter, score, width: first.length, header: !first.some(isNumeric) };
  });
  const [best] = readings.sort((a, b) => b.score - a.score || b.width - a.width);
  return { delimiter: best.score > 0 ? best.delimiter : ',', header: best.header };
}

/**
 * Reads a whole table. Columns without a name are called `column 1`, `column 2`, …; a last column
 * without name and content (a delimiter at the end of every line) is left out.
 * Throws UserError for a file without rows, a ragged row and duplicate names, with the place.
 */
export function readTable(text: string): Table {
  const empty = () =>
    new UserError('The file is empty. A header line and rows are needed.', { line: 1, column: 1 });
  if (text.trim() === '') throw empty();
  const dialect = detectDialect(text);
  const columns: string[][] = [];
  const lines: number[] = [];
  const offsets: number[] = [];
  let names: string[] | undefined;
  let lastIsNamed = true;
  let headerOffset = 0;
  let headerLine = 1;
  eachRecord(text, dialect.delimiter, (cells, line, offset) => {
    if (!names) {
      names = cells.map((cell, c) => (dialect.header && cell !== '' ? cell : `column ${c + 1}`));
      lastIsNamed = !dialect.header || cells.at(-1) !== '';
      names.forEach(() => columns.push([]));
      headerOffset = offset;
      headerLine = line;
      if (dialect.header) return;
    }
    if (cells.length !== names.length) {
      const short = cells.length < names.length;
      throw new UserError(
        `This row has ${cells.length} cells, the ${dialect.header ? 'header' : 'first row'} has ${names.length}. ` +
          (short
            ? 'Add what is missing, or remove the row.'
            : 'Quote cells that hold the delimiter, or remove the extra ones.'),
        cellPlace(text, dialect.delimiter, offset, line, short ? cells.length - 1 : names.length),
      );
    }
    for (let c = 0; c < cells.length; c++) columns[c].push(cells[c]);
    lines.push(line);
    offsets.push(offset);
  });
  if (!names) throw empty();
  if (names.length > 1 && !lastIsNamed && columns.at(-1)?.every((cell) => cell === '')) {
    names.pop();
    columns.pop();
  }
  if (lines.length === 0) {
    throw new UserError('The file has a header but no rows.', { line: headerLine, column: 1 });
  }
  const locate = (row: number, column: number): Place =>
    cellPlace(
      text,
      dialect.delimiter,
      row < 0 ? headerOffset : offsets[row],
      row < 0 ? headerLine : lines[row],
      column,
    );
  const firstAt = new Map<string, number>();
  names.forEach((name, c) => {
    const earlier = firstAt.get(name);
    if (earlier !== undefined) {
      throw new UserError(
        `Columns ${earlier + 1} and ${c + 1} are both named “${name}”. Rename one.`,
        locate(-1, c),
      );
    }
    firstAt.set(name, c);
  });
  return { dialect, names, columns, rows: lines.length, lines, locate };
}

/** The place of cell `column` of the record that starts at `offset` on `line`. */
function cellPlace(text: string, delimiter: string, offset: number, line: number, column: number): Place {
  const record = text.slice(offset);
  const cells: [start: number, end: number][] = [];
  try {
    eachRecord(
      record,
      delimiter,
      () => false,
      (start, end) => cells.push([start, end]),
    );
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
  }
  const [start, end] = cells[Math.min(column, cells.length - 1)];
  const breaks = [...record.slice(0, start).matchAll(LINE_BREAK)];
  const last = breaks.at(-1);
  const lineStart = last ? last.index + last[0].length : 0;
  const from = start - lineStart + 1;
  return { line: line + breaks.length, column: from, endColumn: from + Math.max(1, end - start) };
}
