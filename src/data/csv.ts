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
function eachRecord(text: string, delimiter: string, visit: Visit, onCell?: (start: number) => void): void {
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
    onCell?.(start);
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
        for (let k = piece.indexOf('\n'); k >= 0; k = piece.indexOf('\n', k + 1)) {
          line++;
          lineStart = from + k + 1;
        }
        cell += piece;
        from = close + 1;
        if (text.charCodeAt(from) !== QUOTE) break;
        cell += '"';
        from++;
      }
      at = from;
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
      cells.push(text.slice(start, at).trim());
    }
    if (text.charCodeAt(at) === stop) {
      at++;
      if (at < text.length) continue;
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

/**
 * The delimiter under which the first 64 kB fall into the most columns of equal count, and whether the
 * first record is a header: none of its cells is a number, none is empty but the last.
 */
export function detectDialect(text: string): Dialect {
  let head = text.slice(0, HEAD);
  if (head.length < text.length) head = head.slice(0, head.lastIndexOf('\n') + 1) || head;
  let best: Delimiter = ',';
  let bestScore = 0;
  let first: string[] = [];
  for (const delimiter of delimiters) {
    let width = 0;
    let same = 0;
    let records = 0;
    let firstCells: string[] = [];
    try {
      eachRecord(head, delimiter, (cells) => {
        if (records++ === 0) {
          width = cells.length;
          firstCells = [...cells];
        }
        if (cells.length === width) same++;
      });
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
    }
    const score = width > 1 ? (same / records) * (width - 1) + same / records : 0;
    if (score > bestScore || (first.length === 0 && firstCells.length > 0)) {
      if (score > bestScore) best = delimiter;
      bestScore = Math.max(score, bestScore);
      first = firstCells;
    }
  }
  const named = first.slice(0, -1).every((cell) => cell !== '');
  return { delimiter: best, header: named && !first.some(isNumber) };
}

/**
 * Reads a whole table. Columns without a header are called `column 1`, `column 2`, …; a last column
 * without name and content (a delimiter at the end of every line) is left out.
 * Throws UserError for a file without rows, a ragged row and duplicate names, with the place.
 */
export function readTable(text: string): Table {
  if (text.trim() === '')
    throw new UserError('The file is empty. A header line and rows are needed.', { line: 1 });
  const dialect = detectDialect(text);
  const columns: string[][] = [];
  const lines: number[] = [];
  const offsets: number[] = [];
  let names: string[] | undefined;
  let headerOffset = 0;
  let headerLine = 1;
  eachRecord(text, dialect.delimiter, (cells, line, offset) => {
    if (!names) {
      names = dialect.header ? [...cells] : cells.map((_, c) => `column ${c + 1}`);
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
  if (!names) throw new UserError('The file is empty. A header line and rows are needed.', { line: 1 });
  if (names.length > 1 && names.at(-1) === '' && columns.at(-1)?.every((cell) => cell === '')) {
    names.pop();
    columns.pop();
  }
  if (lines.length === 0) {
    throw new UserError('The file has a header but no rows.', { line: headerLine });
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
    if (name === '') throw new UserError(`Column ${c + 1} has no name. Give it one.`, locate(-1, c));
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
  const starts: number[] = [];
  let place: Place = { line };
  const read = () =>
    eachRecord(
      record,
      delimiter,
      (cells) => {
        const c = Math.min(column, starts.length - 1);
        const before = record.slice(0, starts[c]);
        const breaks = before.match(/\r\n|\n|\r/g)?.length ?? 0;
        const lastBreak = Math.max(before.lastIndexOf('\n'), before.lastIndexOf('\r'));
        const start = starts[c] - lastBreak;
        place = { line: line + breaks, column: start, endColumn: start + Math.max(1, cells[c].length) };
        return false;
      },
      (start) => starts.push(start),
    );
  try {
    read();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
  }
  return place;
}
