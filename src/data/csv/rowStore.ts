import { ColumnBuilder } from './columnBuilder';
import { cellText, ESCAPED, PLAIN } from './cells';
import { parseNumber } from './number';
import type { Part, Plan } from './part';
import type { Problems, Spot } from '../problems';
import type { Tokens } from './tokens';

const encoder = new TextEncoder();

/** Stands for a character that could not be read. */
const LOST = '\uFFFD';

/** A text that holds such, and where it is. */
export interface Damaged {
  readonly text: string;
  readonly place: Spot;
}

/** The rows of a file so far: a column for each that is kept, and the line of each row. */
export class RowStore {
  readonly columns: ColumnBuilder[];
  lines: Int32Array;
  rows = 0;
  capacity: number;
  /** The first cell that is no UTF-8. */
  broken: Spot | null = null;
  /** The first text with a sign for a character that was lost before. */
  damaged: Damaged | null = null;
  /** Whether a letter beyond ASCII has been seen. */
  foreign = false;
  /** The cells of the header: no text that is known, or a row like it might pass for a plain one. */
  names: readonly string[] = [];
  private readonly mark: number;
  private readonly quote: string;
  /** The numbers among the missing tokens. */
  private readonly missingNumbers: ReadonlySet<number>;

  constructor(
    private readonly plan: Plan,
    private readonly problems: Problems,
  ) {
    const { dialect, missing, capacity } = plan;
    // NaN, which stands for none, becomes a zero byte: no text that comes here has one.
    this.quote = String.fromCharCode(dialect.syntax.quote);
    this.mark = dialect.decimalMark.charCodeAt(0);
    this.missingNumbers = numbersAmong(missing);
    this.capacity = capacity;
    this.lines = new Int32Array(capacity);
    const kept = dialect.width - dialect.surplus;
    this.columns = Array.from({ length: kept }, () => new ColumnBuilder(capacity));
  }

  /** Looks at a text that is no cell for what the encoding of the file follows from. */
  see(text: string, bytes: Uint8Array, place: Spot): void {
    if (text.includes(LOST)) {
      if (isUtf8(bytes)) this.damaged ??= { text, place };
      else this.broken ??= place;
    } else this.foreign ||= isForeign(text);
  }

  /** Adds the present record as a row. */
  add(tokens: Tokens): void {
    if (this.rows === this.capacity) this.grow();
    const { bytes, starts, ends, kinds } = tokens;
    for (let c = 0; c < this.columns.length; c++) {
      const column = this.columns[c];
      const quoted = kinds[c] === PLAIN ? 0 : 1;
      const start = starts[c] + quoted;
      const end = ends[c] - quoted;
      if (start >= end) {
        column.setMissing(this.rows);
        continue;
      }
      if (kinds[c] !== ESCAPED && !this.plan.texts.has(c)) {
        const value = parseNumber(bytes, start, end, this.mark);
        if (this.missingNumbers.has(value) && this.plan.missing.has(this.text(tokens, c))) {
          column.setMissing(this.rows);
          continue;
        }
        if (value - value === 0) {
          column.setNumber(this.rows, value, bytes, start, end);
          continue;
        }
      }
      this.setText(tokens, c, this.text(tokens, c));
    }
    this.lines[this.rows++] = tokens.line;
  }

  private setText(tokens: Tokens, c: number, text: string): void {
    const column = this.columns[c];
    if (text.includes(LOST)) {
      if (!isUtf8(tokens.bytes.subarray(tokens.starts[c], tokens.ends[c]))) {
        this.broken ??= tokens.cellPlace(c);
        column.setMissing(this.rows);
        return;
      }
      this.damaged ??= { text, place: tokens.cellPlace(c) };
    }
    if (text.includes('\0')) {
      this.problems.add('zero-bytes', tokens.cellPlace(c), { where: 'cell' }, { recordLine: tokens.line });
      column.setMissing(this.rows);
      return;
    }
    if (text.trim() === '') {
      column.setMissing(this.rows);
      return;
    }
    this.foreign ||= isForeign(text);
    const isUnquoted = tokens.kinds[c] === PLAIN;
    const hasQuote = isUnquoted && text.includes(this.quote);
    if (hasQuote && opensIn(text, this.quote) && this.closesBehind(tokens, c)) {
      const { line: recordLine } = tokens;
      this.problems.add('quote-in-cell', tokens.cellPlace(c), {}, { recordLine });
    }
    const quoted = tokens.kinds[c] === PLAIN ? 0 : 1;
    const bytes =
      tokens.kinds[c] === ESCAPED || hasQuote || text === this.names[c]
        ? undefined
        : tokens.bytes.subarray(tokens.starts[c] + quoted, tokens.ends[c] - quoted);
    const place = () => {
      const [line, from, to] = tokens.cellPlace(c);
      return { row: this.rows, line, column: from, endColumn: to };
    };
    if (column.setText(this.rows, text, place, bytes) && MISREAD.test(text)) {
      this.problems.add('suspicious-encoding', tokens.cellPlace(c), { text });
    }
  }

  /** Whether a cell further right ends with a quote that it does not begin with. */
  private closesBehind({ bytes, starts, ends, kinds, count, syntax: { quote } }: Tokens, c: number): boolean {
    for (let k = c + 1; k < count; k++) {
      if (kinds[k] !== PLAIN) return false;
      if (ends[k] > starts[k] && bytes[ends[k] - 1] === quote) return true;
    }
    return false;
  }

  /** Adds a mended row. */
  addTexts(tokens: Tokens, texts: readonly string[]): void {
    if (this.rows === this.capacity) this.grow();
    for (let c = 0; c < this.columns.length; c++) {
      const bytes = encoder.encode(texts[c]);
      const value = parseNumber(bytes, 0, bytes.length, this.mark);
      const column = this.columns[c];
      if (texts[c] === '') column.setMissing(this.rows);
      else if (value - value === 0 && !this.plan.texts.has(c)) {
        column.setNumber(this.rows, value, bytes, 0, bytes.length);
      } else {
        const { rows: row } = this;
        column.setText(row, texts[c], () => ({ row, line: tokens.line, column: 1, endColumn: 2 }));
      }
    }
    this.lines[this.rows++] = tokens.line;
  }

  grow(capacity = Math.max(64, Math.ceil(this.capacity * 1.5))): void {
    this.capacity = capacity;
    for (const column of this.columns) column.resize(capacity);
    const lines = new Int32Array(capacity);
    lines.set(this.lines);
    this.lines = lines;
  }

  /** Goes on behind what there is with the rows of a later part, whose first line is `line` + 1. */
  append(later: Part, line: number): void {
    const before = this.rows;
    this.rows += later.rows;
    if (this.rows > this.capacity) this.grow(this.rows);
    this.columns.forEach((column, c) => column.append(later.columns[c], before, later.rows, line));
    for (let row = 0; row < later.rows; row++) this.lines[before + row] = later.lines[row] + line;
    if (later.damaged)
      this.damaged ??= { text: later.damaged.text, place: movedBy(line, later.damaged.place) };
    if (later.broken) this.broken ??= movedBy(line, later.broken);
    this.foreign ||= later.foreign;
  }

  private text(tokens: Tokens, c: number): string {
    const { syntax } = this.plan.dialect;
    return cellText(tokens.bytes, tokens.starts[c], tokens.ends[c], tokens.kinds[c], syntax);
  }
}

/** A place so many lines further down. */
export const movedBy = (lines: number, [line, column, endColumn]: Spot): Spot => [
  line + lines,
  column,
  endColumn,
];

/** The numbers among texts that mean that a cell is missing. */
export const numbersAmong = (missing: ReadonlySet<string>): ReadonlySet<number> =>
  new Set(
    [...missing]
      .filter((text) => text !== '')
      .map(Number)
      .filter(Number.isFinite),
  );

/** What the bytes of UTF-8 for accented letters, dashes and quotes become in Windows-1252. */
const MISREAD =
  /[\u00c3\u00c2][\u0080-\u00bf]|\u00e2\u20ac[\u0090-\u009d\u02dc\u0153\u201c\u201d\u2122\u00a6]/;

const strict = new TextDecoder('utf-8', { fatal: true });
/** Whether a replacement character is one that somebody wrote. */
function isUtf8(bytes: Uint8Array): boolean {
  try {
    strict.decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** Whether a quote inside a text may open a cell: there is text behind it, and no other quote that could close it. */
const opensIn = (text: string, quote: string): boolean => {
  const single = text.replaceAll(quote + quote, '').split(quote);
  return single.length % 2 === 0 && !text.startsWith(quote) && !text.endsWith(quote);
};

const isForeign = (text: string) => /[\u0080-\uffff]/.test(text);
