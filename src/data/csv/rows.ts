import { ColumnBuilder, countCells, type ColumnCells } from './columnBuilder';
import type { Dialect } from './dialect';
import { readHeader, type Header } from './header';
import { parseNumber } from './number';
import { isOfNumbers, OddRows, ragged } from './oddRows';
import { PlainRows } from './plainRows';
import { Problems, type Spot } from '../problems';
import { cellText, ESCAPED, PLAIN, startsWith } from './cells';
import { type LineEnds, type PassedOver, type Tokens } from './tokens';

const END_MARK = 26;
const encoder = new TextEncoder();

/** How the rows of a file are to be read: the same for all of its parts. */
export interface Plan {
  readonly dialect: Dialect;
  readonly skipLines: number;
  /** Rows at most; 0: all. */
  readonly maxRows: number;
  /** Texts that mean that a cell is missing. */
  readonly missing: ReadonlySet<string>;
  /** Columns whose numbers are kept as they are written. */
  readonly texts: ReadonlySet<number>;
  /** Rows that are expected. */
  readonly capacity: number;
}

/** What is passed over in a file, or in a later part of one. */
export const passedOver = ({ dialect, skipLines }: Plan): PassedOver => ({
  skipLines,
  prefixes: dialect.commentPrefixes.map((prefix) => encoder.encode(prefix)),
  width: dialect.width,
});

/** The rows of a part of a file, in the form in which they cross threads. Lines count from the part's first. */
export interface Part {
  readonly rows: number;
  readonly columns: readonly ColumnCells[];
  readonly lines: Int32Array;
  readonly problems: Pick<Problems, 'list' | 'counts'>;
  /** Lines in the part, and how they end. */
  readonly lineCount: number;
  readonly lineEnds: LineEnds;
  /** The first cell that is no UTF-8. */
  readonly broken: Spot | null;
  /** Whether a letter beyond ASCII has been seen. */
  readonly foreign: boolean;
  readonly comments: { readonly count: number; readonly line: number };
  /** A lone cell of text at the end: a footer if nothing follows. */
  readonly lone: Spot | null;
  /** Whether anything but blank lines and comments is in the part. */
  readonly begun: boolean;
}

/** Takes up records as rows of typed columns. */
export class RowReader {
  readonly problems = new Problems();
  columns: ColumnBuilder[] = [];
  lines: Int32Array;
  rows = 0;
  broken: Spot | null = null;
  foreign = false;
  comments = { count: 0, line: 0 };
  lone: Spot | null = null;
  begun = false;
  header: Header | null;
  private readonly mark: number;
  /** Columns that are kept: the others have neither name nor cell. */
  private readonly kept: number;
  private readonly prefixes: readonly Uint8Array[];
  private readonly numericColumns: readonly number[];
  /** The numbers among the missing tokens. */
  private readonly missingNumbers: ReadonlySet<number>;
  /** Null where the dialect has rows that need a second look. */
  private readonly plainRows: PlainRows | null;
  private readonly odd: OddRows;
  private capacity: number;

  /** @param header that of the file, for a part that does not start with it */
  constructor(
    private readonly plan: Plan,
    header: Header | null = null,
  ) {
    const { dialect, missing } = plan;
    this.header = header;
    this.mark = dialect.decimalMark.charCodeAt(0);
    this.kept = dialect.width - dialect.surplus;
    this.prefixes = passedOver(plan).prefixes;
    this.numericColumns = dialect.numeric.flatMap((is, c) => (is && c < this.kept ? [c] : []));
    this.missingNumbers = new Set(
      [...missing]
        .filter((text) => text !== '')
        .map(Number)
        .filter(Number.isFinite),
    );
    this.odd = new OddRows(dialect, missing, this.numericColumns, this.problems);
    this.capacity = plan.capacity;
    this.lines = new Int32Array(this.capacity);
    this.columns = Array.from({ length: this.kept }, () => new ColumnBuilder(this.capacity));
    const isPlain =
      !dialect.syntax.blanks &&
      dialect.syntax.escape === 0 &&
      dialect.width > 1 &&
      this.kept === dialect.width &&
      this.numericColumns.length > 0 &&
      this.missingNumbers.size === 0 &&
      plan.texts.size === 0 &&
      !this.prefixes.some(([first]) => isOfNumbers(first, this.mark));
    this.plainRows = isPlain ? new PlainRows(this.columns, this.numericColumns, this.mark) : null;
  }

  /** Takes up all whole records there are; false when nothing after them is wanted. */
  take(tokens: Tokens): boolean {
    for (;;) {
      if (this.plainRows && this.header && !this.lone) this.takePlain(tokens, this.plainRows);
      this.problems.rowsAbove = this.rows;
      if (!tokens.next()) return true;
      if (!this.record(tokens)) return false;
    }
  }

  /** All that was taken up, as a part of the file. */
  part({ nextLine, lineEnds }: Tokens): Part {
    const { rows, lines, columns, problems, broken, foreign, comments, lone, begun } = this;
    return {
      rows,
      columns: columns.map(({ numbers, codes, texts, numberTexts, places }) => ({
        ...{ numbers, codes, texts, numberTexts, places },
      })),
      lines,
      problems: { list: problems.list, counts: problems.counts },
      lineCount: nextLine - 1,
      lineEnds,
      ...{ broken, foreign, comments, lone, begun },
    };
  }

  /** Goes on behind what there is with a later part, whose first line is `line` + 1. */
  append(later: Part, line: number): void {
    this.problems.rowsAbove = this.rows;
    if (this.lone && later.begun) this.raggedLone();
    const before = this.rows;
    this.rows += later.rows;
    if (this.rows > this.capacity) this.grow(this.rows);
    this.columns.forEach((column, c) => column.append(later.columns[c], before, later.rows, line));
    for (let row = 0; row < later.rows; row++) this.lines[before + row] = later.lines[row] + line;
    const moved = (spot: Spot | null): Spot | null => spot && [spot[0] + line, spot[1], spot[2]];
    this.problems.append(later.problems, line, before);
    this.broken ??= moved(later.broken);
    this.foreign ||= later.foreign;
    if (this.comments.count === 0) this.comments.line = later.comments.line + line;
    this.comments.count += later.comments.count;
    if (later.begun) this.lone = moved(later.lone);
  }

  /** Says what can only be said at the end of the file. */
  finish(): void {
    this.problems.rowsAbove = this.rows;
    const { comments, lone, problems, header } = this;
    if (comments.count > 0) {
      problems.add('comments', [comments.line, 1, 2], { lines: comments.count });
    }
    if (lone) problems.add('footer', lone, {});
    if (this.rows === 0 && !problems.blocked) {
      problems.add('no-rows', [this.plan.dialect.firstLine, 1, 2], {});
    }
    if (header?.short) this.settleHeader(header, header.short);
  }

  // ------------------------------------------------------------------------------------ records

  /** Records to pass over before the next try for plain rows: the more often there were none, the more. */
  private pause = 0;
  private patience = 0;

  /** Takes up rows that need no second look, as nearly all do. */
  private takePlain(tokens: Tokens, plainRows: PlainRows): void {
    if (this.pause > 0) {
      this.pause--;
      return;
    }
    const most = this.plan.maxRows === 0 ? Infinity : this.plan.maxRows - 1;
    const before = this.rows;
    while (this.rows < most) {
      if (this.rows === this.capacity) this.grow();
      const limit = Math.min(this.capacity, most);
      this.rows = plainRows.read(tokens, this.lines, this.rows, limit);
      if (this.rows < this.capacity) break;
    }
    if (this.rows > before) {
      this.begun = true;
      this.patience = 0;
    } else {
      this.pause = this.patience;
      this.patience = Math.min(1000, 2 * this.patience + 1);
    }
  }

  /** Takes up the present record; false when nothing after it is wanted. */
  private record(tokens: Tokens): boolean {
    const { dialect, maxRows } = this.plan;
    const { bytes, count } = tokens;
    if (tokens.comment) this.comment(tokens.line);
    if (count === 0) return true;
    if (count === 1 && tokens.starts[0] === tokens.ends[0]) return true;
    if (!this.header && tokens.line < dialect.firstLine) {
      this.problems.add('preamble', tokens.cellPlace(0), {});
      return true;
    }
    const isEnd =
      count === 1 && bytes[tokens.starts[0]] === END_MARK && tokens.ends[0] === tokens.starts[0] + 1;
    if (this.header && isEnd) return true;
    this.begun = true;
    if (!this.header) {
      this.header = readHeader(tokens, dialect, this.problems);
      for (const [c, name] of this.header.names.entries()) {
        if (name.includes('\uFFFD') && !isUtf8(bytes.subarray(tokens.recordStart, tokens.at)))
          this.broken ??= this.header.places[c];
        else this.foreign ||= isForeign(name);
      }
      for (const c of dialect.marksInDoubt) {
        const { names, places } = this.header;
        const args = { column: names[c], mark: dialect.decimalMark };
        this.problems.add('doubtful-decimals', places[c], args);
      }
      if (dialect.headerInDoubt) {
        this.problems.add('doubtful-header', tokens.place(tokens.starts[0], tokens.ends[count - 1]), {});
      }
      if (dialect.header || isEnd) return true;
    }
    if (tokens.unterminated) return false;
    if (this.lone) this.raggedLone();
    if (startsWith(bytes, tokens.recordStart, this.prefixes) && this.odd.isWords(tokens)) {
      // As many words as a row has cells, and none of the numbers that a row has.
      this.comment(tokens.line);
      return true;
    }
    const verdict = this.odd.judge(tokens, this.header);
    if (verdict === 'row') this.row(tokens);
    else if (verdict === 'lone') this.lone = tokens.cellPlace(0);
    else if (verdict !== 'nothing') this.rowOfTexts(tokens, verdict);
    return maxRows === 0 || this.rows < maxRows;
  }

  private comment(line: number): void {
    if (this.comments.count++ === 0) this.comments.line = line;
  }

  private raggedLone(): void {
    if (this.lone) this.problems.add('ragged-row', this.lone, ragged(1, this.plan.dialect));
    this.lone = null;
  }

  private text(tokens: Tokens, c: number): string {
    const { syntax } = this.plan.dialect;
    return cellText(tokens.bytes, tokens.starts[c], tokens.ends[c], tokens.kinds[c], syntax);
  }

  // --------------------------------------------------------------------------------------- rows

  /** Adds the present record as a row. */
  private row(tokens: Tokens): void {
    if (this.rows === this.capacity) this.grow();
    const { bytes, starts, ends, kinds } = tokens;
    for (let c = 0; c < this.kept; c++) {
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
    if (text.includes('\uFFFD') && !isUtf8(tokens.bytes.subarray(tokens.starts[c], tokens.ends[c]))) {
      this.broken ??= tokens.cellPlace(c);
      column.setMissing(this.rows);
      return;
    }
    if (text.includes('\0')) {
      this.problems.add('zero-bytes', tokens.cellPlace(c), { where: 'cell' });
      column.setMissing(this.rows);
      return;
    }
    if (text.trim() === '') {
      column.setMissing(this.rows);
      return;
    }
    this.foreign ||= isForeign(text);
    const quoted = tokens.kinds[c] === PLAIN ? 0 : 1;
    const bytes =
      tokens.kinds[c] === ESCAPED
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

  /** Adds a mended row. */
  private rowOfTexts(tokens: Tokens, texts: readonly string[]): void {
    if (this.rows === this.capacity) this.grow();
    for (let c = 0; c < this.kept; c++) {
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

  private grow(capacity = Math.max(64, Math.ceil(this.capacity * 1.5))): void {
    this.capacity = capacity;
    for (const column of this.columns) column.resize(capacity);
    this.plainRows?.resized();
    const lines = new Int32Array(capacity);
    lines.set(this.lines);
    this.lines = lines;
  }

  /** With a name fewer than cells, the first column has none: fine when it counts or names the rows. */
  private settleHeader(header: Header, short: Spot): void {
    const { rows } = this;
    const [first] = this.columns;
    const last = this.columns.at(-1);
    if (last && countCells(last, rows).missing === rows) {
      // Every row ends with a delimiter: the names belong one column further left.
      header.names.splice(0, 1);
      header.places.splice(0, 1);
      this.columns.pop();
      return;
    }
    const counts =
      countCells(first, rows).texts === 0
        ? first.numbers.subarray(1, rows).every((value, k) => value === first.numbers[k] + 1)
        : first.texts.length === rows;
    if (!counts) {
      const { width } = this.plan.dialect;
      this.problems.add('header-mismatch', short, { names: width - 1, cells: width });
    }
  }
}

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

const isForeign = (text: string) => /[\u0080-\uffff]/.test(text);
