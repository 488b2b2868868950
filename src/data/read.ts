import { asUtf8, encodingOf, type Encoding } from './encoding';
import { ColumnBuilder } from './columnBuilder';
import { detect, MISSING, startsWith, syntaxOf, type Dialect, type ReadOptions } from './detect';
import { parseNumber } from './number';
import { Problems } from './problems';
import { resolveColumn, type ReadColumn } from './resolve';
import { BackslashEscapes, cellText, ESCAPED, PLAIN, Tokens, type Syntax } from './tokens';

/** A table as it was read: typed columns, the line of each row, and everything a person should know of it. */
export interface ReadTable {
  readonly encoding: Encoding;
  readonly lineEnding: 'LF' | 'CRLF' | 'CR' | 'mixed';
  readonly dialect: Dialect | null;
  readonly header: boolean;
  readonly columns: readonly ReadColumn[];
  readonly rows: number;
  /** Physical line on which each row starts, from 1. */
  readonly lines: Int32Array;
  /** Where the name of each column stands; without a header, where the table starts. */
  readonly namePlaces: readonly Spot[];
  readonly problems: Problems;
}

/** Bytes from the start of the file that its dialect is found from. */
export const HEAD = 65536;
const END_MARK = 26;
const APOSTROPHE = 39;
const encoder = new TextEncoder();

/** Reads a table from bytes that can be gone through several times. Never throws for what the bytes hold. */
export function readTable(chunks: () => Iterable<Uint8Array>, options: ReadOptions = {}): ReadTable {
  const head = headOf(chunks());
  const found = options.encoding && options.encoding !== 'auto' ? options.encoding : encodingOf(head.bytes);
  if (found === 'binary') return refused('binary-file', 'This is no text file.');
  const first = new Reading(chunks, found, options).read();
  if (first.guess === null) return first.table;
  // No UTF-8, and nothing in the file that speaks for it: what Windows wrote.
  const { table } = new Reading(chunks, 'windows-1252', options).read();
  const [line, column, endColumn] = first.guess;
  table.problems.add(
    'guessed-encoding',
    ...([line, column, endColumn] as const),
    'The file is not UTF-8; it is read as Windows-1252. If names look wrong, save it as UTF-8.',
  );
  return table;
}

function refused(code: 'binary-file' | 'empty-file', message: string): ReadTable {
  const problems = new Problems();
  problems.add(code, 1, 1, 2, message);
  return {
    ...{ encoding: 'utf-8', lineEnding: 'LF', dialect: null, header: false, columns: [], rows: 0 },
    ...{ lines: new Int32Array(), namePlaces: [], problems },
  };
}

/** The first bytes, and whether they are all. */
function headOf(chunks: Iterable<Uint8Array>): { bytes: Uint8Array; whole: boolean } {
  const parts: Uint8Array[] = [];
  let size = 0;
  for (const chunk of chunks) {
    parts.push(chunk);
    size += chunk.length;
    if (size > HEAD) break;
  }
  const bytes = new Uint8Array(Math.min(size, HEAD));
  let at = 0;
  for (const part of parts) {
    const some = part.subarray(0, bytes.length - at);
    bytes.set(some, at);
    at += some.length;
  }
  return { bytes, whole: size <= HEAD };
}

/** A place on one line; columns are characters from 1, the end is behind the last. */
export type Spot = [line: number, column: number, endColumn: number];

/** One pass over a file in one encoding. */
class Reading {
  private problems = new Problems();
  private dialect!: Dialect;
  private names: string[] = [];
  private namePlaces: Spot[] = [];
  private columns: ColumnBuilder[] = [];
  private lines = new Int32Array(1024);
  private rows = 0;
  private width = 0;
  /** Columns that are kept: the others have neither name nor cell. */
  private kept = 0;
  private missing: ReadonlySet<string>;
  /** The numbers among the missing tokens. */
  private missingNumbers: ReadonlySet<number>;
  private broken: Spot | null = null;
  private foreignLetters = 0;
  private comments = { count: 0, line: 0 };
  /** A lone cell of text: a footer if nothing follows. */
  private lone: Spot | null = null;
  private forcedText = new Set<number>();

  constructor(
    private readonly chunks: () => Iterable<Uint8Array>,
    private readonly encoding: Encoding,
    private readonly options: ReadOptions,
  ) {
    this.missing = new Set(options.missingTokens ?? MISSING);
    this.missingNumbers = new Set(
      [...this.missing]
        .filter((text) => text !== '')
        .map(Number)
        .filter(Number.isFinite),
    );
  }

  read(): { table: ReadTable; guess: Spot | null } {
    const head = headOf(asUtf8(this.chunks(), this.encoding));
    if (head.whole && head.bytes.every((byte) => byte <= 32)) {
      return {
        table: refused('empty-file', 'The file is empty. A header line and rows are needed.'),
        guess: null,
      };
    }
    this.dialect = detect(head.bytes, head.whole, this.options);
    let tokens: Tokens;
    try {
      tokens = this.pass();
    } catch (error) {
      if (!(error instanceof BackslashEscapes)) throw error;
      this.dialect = { ...this.dialect, syntax: { ...this.dialect.syntax, escape: 92 } };
      tokens = this.pass();
    }
    let columns = this.resolve();
    const lost = columns.flatMap((column, c) => (column === null ? [c] : []));
    if (lost.length > 0) {
      // Numbers that a column of text turned out to hold have lost their letters: they are read anew.
      this.forcedText = new Set(lost);
      tokens = this.pass();
      columns = this.resolve();
    }
    const guess =
      this.broken && this.foreignLetters === 0 && this.encoding === 'utf-8' && !this.options.encoding
        ? this.broken
        : null;
    if (this.broken && !guess) {
      this.problems.add(
        'broken-character',
        ...this.broken,
        'These bytes are no UTF-8; the cell is taken for missing.',
      );
    }
    const { lf, crlf, cr } = tokens.lineEnds;
    const kinds = Number(lf > 0) + Number(crlf > 0) + Number(cr > 0);
    return {
      guess,
      table: {
        encoding: this.encoding,
        lineEnding: kinds > 1 ? 'mixed' : crlf > 0 ? 'CRLF' : cr > 0 ? 'CR' : 'LF',
        dialect: this.dialect,
        header: this.dialect.header,
        columns: columns.filter((column) => column !== null),
        rows: this.rows,
        lines: this.lines.slice(0, this.rows),
        namePlaces: this.columns.map((_, c) => this.namePlaces[c]),
        problems: this.problems,
      },
    };
  }

  private resolve(): (ReadColumn | null)[] {
    return this.columns.map((column, c) =>
      resolveColumn(
        column,
        this.names[c],
        this.missing,
        this.dialect.decimalMark,
        this.forcedText.has(c),
        this.problems,
      ),
    );
  }

  /** Goes through the whole file once. */
  private pass(): Tokens {
    const { dialect } = this;
    this.problems = new Problems();
    this.columns = [];
    this.names = [];
    this.namePlaces = [];
    this.rows = 0;
    this.lone = null;
    this.broken = null;
    this.foreignLetters = 0;
    this.comments = { count: 0, line: 0 };
    this.width = dialect.width;
    const tokens = new Tokens(dialect.syntax, this.problems);
    const prefixes = dialect.commentPrefixes.map((prefix) => encoder.encode(prefix));
    const chunks = asUtf8(this.chunks(), this.encoding)[Symbol.iterator]();
    let present = chunks.next();
    let ended = false;
    while (!present.done && !ended) {
      const following = chunks.next();
      tokens.push(present.value, following.done === true);
      while (!ended && tokens.next()) ended = !this.record(tokens, prefixes);
      if (tokens.overlong) {
        this.problems.add(
          'row-too-long',
          tokens.line,
          1,
          2,
          'This row is longer than 64 MB: a quote may not be closed, or the file is no table.',
        );
        ended = true;
      }
      present = following;
    }
    this.finish();
    return tokens;
  }

  /** Takes up the present record; false when nothing after it is wanted. */
  private record(tokens: Tokens, prefixes: readonly Uint8Array[]): boolean {
    const { dialect, options } = this;
    const { bytes, count } = tokens;
    if (tokens.line <= (options.skipLines ?? 0) || count === 0) return true;
    if (count === 1 && tokens.starts[0] === tokens.ends[0]) return true;
    if (tokens.line < dialect.firstLine) {
      const what = startsWith(bytes, tokens.recordStart, prefixes);
      if (what) this.comment(tokens.line);
      else
        this.problems.add(
          'preamble',
          ...tokens.cellPlace(0),
          'This line is above the table and is passed over.',
        );
      return true;
    }
    // A mark of two bytes or a table of one column leave no doubt; a full row that starts like one is data.
    if ((count !== this.width || this.width === 1) && startsWith(bytes, tokens.recordStart, prefixes)) {
      this.comment(tokens.line);
      return true;
    }
    if (this.names.length === 0) {
      if (this.takeHeader(tokens)) return true;
    }
    if (tokens.unterminated) return false;
    if (count === 1 && bytes[tokens.starts[0]] === END_MARK && tokens.ends[0] === tokens.starts[0] + 1)
      return true;
    if (this.lone) {
      this.problems.add('ragged-row', ...this.lone, this.raggedText(1));
      this.lone = null;
    }
    if (count !== this.width) this.irregular(tokens);
    else if (!this.isWords(tokens)) this.row(tokens);
    const most = options.maxRows ?? 0;
    return most === 0 || this.rows < most;
  }

  private comment(line: number): void {
    if (this.comments.count++ === 0) this.comments.line = line;
  }

  /** Names the columns; true when the present record was their header. */
  private takeHeader(tokens: Tokens): boolean {
    const { dialect } = this;
    const { width } = dialect;
    let texts: string[] = [];
    if (dialect.header) {
      texts =
        dialect.headerSyntax === dialect.syntax
          ? this.texts(tokens)
          : this.resplit(tokens, dialect.headerSyntax);
      const spot: Spot = [tokens.line, 1, tokens.place(tokens.starts[0], tokens.ends[tokens.count - 1])[2]];
      if (dialect.headerSyntax !== dialect.syntax) {
        this.problems.add('mended-row', ...spot, 'The header has another delimiter than the rows.');
      }
      if (dialect.surplus > 0 && texts.length === width - dialect.surplus) {
        // The rows end with delimiters, the header does not.
        texts = [...texts, ...new Array<string>(dialect.surplus).fill('')];
      } else if (texts.length === width - 1) {
        this.shortHeader = spot;
        texts = ['', ...texts];
      } else if (texts.length > width && texts.slice(width).every((text) => text === '')) {
        texts = texts.slice(0, width);
      } else if (texts.length !== width) {
        this.problems.add(
          'header-mismatch',
          ...spot,
          `The header has ${texts.length} names, the rows have ${width} cells.`,
        );
        texts = Array.from({ length: width }, (_, c) => texts[c] ?? '');
      }
    }
    this.headerTexts = texts;
    const seen = new Map<string, number>();
    this.kept = width - dialect.surplus;
    for (let c = 0; c < width; c++) {
      const text = texts[c] ?? '';
      let name = text === '' ? `column ${c + 1}` : text;
      const times = (seen.get(name) ?? 0) + 1;
      seen.set(name, times);
      if (times > 1) {
        const spot: Spot = c < tokens.count ? tokens.cellPlace(c) : [tokens.line, 1, 2];
        if (text !== '') {
          this.problems.add(
            'duplicate-header',
            ...spot,
            `“${name}” is the name of two columns; this one is called “${name} (${times})”.`,
          );
        }
        name = `${name} (${times})`;
        seen.set(name, 1);
      }
      this.names.push(name);
      const shown = dialect.header && dialect.headerSyntax === dialect.syntax && c < tokens.count;
      this.namePlaces.push(shown ? tokens.cellPlace(c) : [tokens.line, 1, 2]);
      if (text.includes('\uFFFD')) this.broken ??= tokens.cellPlace(Math.min(c, tokens.count - 1));
      else if (/[\u0080-\uffff]/.test(text)) this.foreignLetters++;
      if (c < this.kept) this.columns.push(new ColumnBuilder());
    }
    this.numericColumns = dialect.numeric.flatMap((is, c) => (is && c < this.kept ? [c] : []));
    return dialect.header;
  }

  private headerTexts: string[] = [];
  private numericColumns: number[] = [];
  private shortHeader: Spot | null = null;

  private texts(tokens: Tokens): string[] {
    return Array.from({ length: tokens.count }, (_, c) => this.text(tokens, c));
  }

  private text(tokens: Tokens, c: number): string {
    return cellText(tokens.bytes, tokens.starts[c], tokens.ends[c], tokens.kinds[c], this.dialect.syntax);
  }

  /** The present record under another syntax. */
  private resplit(tokens: Tokens, syntax: Syntax): string[] {
    const other = new Tokens(syntax, new Problems());
    other.push(tokens.bytes.slice(tokens.recordStart, tokens.ends[tokens.count - 1]), true);
    if (!other.next()) return [];
    return Array.from({ length: other.count }, (_, c) =>
      cellText(other.bytes, other.starts[c], other.ends[c], other.kinds[c], syntax),
    );
  }

  private raggedText(count: number): string {
    const named = this.dialect.header ? 'header' : 'first row';
    return (
      `This row has ${count} ${count === 1 ? 'cell' : 'cells'}, the ${named} has ${this.width}. ` +
      (count < this.width
        ? 'Add what is missing, or remove the row.'
        : 'Quote cells that hold the delimiter, or remove the extra ones.')
    );
  }

  /** A record with the wrong number of cells: mended where there is one way to, else a problem. */
  private irregular(tokens: Tokens): void {
    const { count } = tokens;
    const { width } = this;
    if (count > width) {
      let last = count;
      while (last > width && tokens.starts[last - 1] === tokens.ends[last - 1]) last--;
      if (last === width) {
        this.problems.add(
          'mended-row',
          ...tokens.place(tokens.starts[width] - 1),
          'This row ends with delimiters too many; the empty cells are left out.',
        );
        this.row(tokens);
        return;
      }
      this.problems.add('ragged-row', ...tokens.cellPlace(width), this.raggedText(count));
      return;
    }
    const zeros = tokens.bytes.subarray(tokens.starts[0], tokens.ends[count - 1]);
    if (zeros.length > 0 && zeros.every((byte) => byte === 0)) {
      this.problems.add(
        'zero-bytes',
        ...tokens.cellPlace(0),
        'Zero bytes stand where rows should be: the end of the file is lost.',
      );
      return;
    }
    for (const delimiter of [',', ';', '\t', '|', ' ']) {
      const syntax = syntaxOf(delimiter);
      if (syntax.delimiter === this.dialect.syntax.delimiter) continue;
      const texts = this.resplit(tokens, syntax);
      if (texts.length !== width || !this.fits(texts)) continue;
      this.problems.add(
        'mended-row',
        ...tokens.place(tokens.starts[0], tokens.ends[count - 1]),
        'This row has another delimiter than the others; its cells fit the columns and are read.',
      );
      this.addTexts(tokens, texts);
      return;
    }
    if (count === 1 && tokens.kinds[0] === PLAIN && Number.isNaN(this.number(tokens, 0))) {
      this.lone = tokens.cellPlace(0);
      return;
    }
    this.problems.add('ragged-row', ...tokens.cellPlace(count - 1), this.raggedText(count));
  }

  /** Whether the cells of a mended row are numbers where the columns hold numbers. */
  private fits(texts: readonly string[]): boolean {
    return (
      this.numericColumns.length > 0 &&
      this.numericColumns.every((c) => {
        if (texts[c] === '' || this.missing.has(texts[c])) return true;
        const bytes = encoder.encode(texts[c]);
        return !Number.isNaN(parseNumber(bytes, 0, bytes.length, this.dialect.decimalMark.charCodeAt(0)));
      })
    );
  }

  /**
   * Whether the present row has a word in every column of numbers: the header once more, units, a second table.
   * It is passed over or made a problem.
   */
  private isWords(tokens: Tokens): boolean {
    const { numericColumns } = this;
    // Nearly every row ends here, at its first number.
    if (!numericColumns.every((c) => this.isWord(tokens, c))) return false;
    if (numericColumns.length === 0 && !this.dialect.header) return false;
    const repeats =
      this.dialect.header &&
      this.text(tokens, 0) === this.headerTexts[0] &&
      this.texts(tokens).every((text, c) => text === this.headerTexts[c]);
    if (!repeats && numericColumns.length < 2) return false;
    const whole = tokens.place(tokens.starts[0], tokens.ends[tokens.count - 1]);
    if (repeats) {
      this.problems.add('repeated-header', ...whole, 'The header once more; it is passed over.');
      return true;
    }
    const texts = this.texts(tokens);
    const bare = texts.map((text) =>
      text.length > 1 && text.startsWith("'") && text.endsWith("'") ? text.slice(1, -1) : text,
    );
    if (tokens.bytes[tokens.starts[0]] === APOSTROPHE && this.fits(bare)) {
      this.problems.add(
        'mended-row',
        ...whole,
        'The cells of this row stand in apostrophes; they are read without them.',
      );
      this.addTexts(tokens, bare);
      return true;
    }
    this.problems.add(
      'words-in-numbers',
      ...whole,
      'A line of words over columns of numbers: units, a second header or another table. Remove it.',
    );
    return true;
  }

  private isWord(tokens: Tokens, c: number): boolean {
    const start = tokens.starts[c];
    const end = tokens.ends[c];
    if (start === end) return false;
    const byte = tokens.bytes[tokens.kinds[c] === PLAIN ? start : start + 1];
    // A digit, a sign or a point may start a number.
    if ((byte >= 48 && byte <= 57) || byte === 43 || byte === 45 || byte === 46) return false;
    const text = this.text(tokens, c);
    return (
      (text !== '' && !this.missing.has(text) && !/\d/.test(text.replace(/^'|'$/g, '').slice(0, 1))) ||
      byte === APOSTROPHE
    );
  }

  private number(tokens: Tokens, c: number): number {
    const quoted = tokens.kinds[c] === PLAIN ? 0 : 1;
    return parseNumber(
      tokens.bytes,
      tokens.starts[c] + quoted,
      tokens.ends[c] - quoted,
      this.dialect.decimalMark.charCodeAt(0),
    );
  }

  /** Adds the present record as a row. */
  private row(tokens: Tokens): void {
    const { bytes, starts, ends, kinds } = tokens;
    const mark = this.dialect.decimalMark.charCodeAt(0);
    for (let c = 0; c < this.kept; c++) {
      const column = this.columns[c];
      const quoted = kinds[c] === PLAIN ? 0 : 1;
      const start = starts[c] + quoted;
      const end = ends[c] - quoted;
      if (start >= end) {
        column.addMissing();
        continue;
      }
      if (kinds[c] !== ESCAPED && !this.forcedText.has(c)) {
        const value = parseNumber(bytes, start, end, mark);
        if (
          this.missingNumbers.size > 0 &&
          this.missingNumbers.has(value) &&
          this.missing.has(this.text(tokens, c))
        ) {
          column.addMissing();
          continue;
        }
        if (value - value === 0) {
          column.addNumber(value);
          if (column.wantsText(value)) column.keepText(value, this.text(tokens, c));
          continue;
        }
      }
      this.addText(tokens, c, this.text(tokens, c));
    }
    this.endRow(tokens.line);
  }

  private addText(tokens: Tokens, c: number, text: string): void {
    const column = this.columns[c];
    if (text.includes('\uFFFD')) {
      this.broken ??= tokens.cellPlace(c);
      column.addMissing();
      return;
    }
    if (text.includes('\0')) {
      this.problems.add(
        'zero-bytes',
        ...tokens.cellPlace(c),
        'A zero byte stands in this cell: what was there is lost.',
      );
      column.addMissing();
      return;
    }
    if (text.trim() === '') {
      column.addMissing();
      return;
    }
    if (this.foreignLetters === 0 && /[\u0080-\uffff]/.test(text)) this.foreignLetters++;
    column.addText(text, () => {
      const [line, from, to] = tokens.cellPlace(c);
      return { row: this.rows, line, column: from, endColumn: to };
    });
  }

  /** Adds a mended row. */
  private addTexts(tokens: Tokens, texts: readonly string[]): void {
    for (let c = 0; c < this.kept; c++) {
      const bytes = encoder.encode(texts[c]);
      const value = parseNumber(bytes, 0, bytes.length, this.dialect.decimalMark.charCodeAt(0));
      const column = this.columns[c];
      if (texts[c] === '') column.addMissing();
      else if (value - value === 0 && !this.forcedText.has(c)) {
        column.addNumber(value);
        if (column.wantsText(value)) column.keepText(value, texts[c]);
      } else {
        column.addText(texts[c], () => ({ row: this.rows, line: tokens.line, column: 1, endColumn: 2 }));
      }
    }
    this.endRow(tokens.line);
  }

  private endRow(line: number): void {
    if (this.rows === this.lines.length) {
      const lines = new Int32Array(this.lines.length * 2);
      lines.set(this.lines);
      this.lines = lines;
    }
    this.lines[this.rows++] = line;
  }

  private finish(): void {
    const { comments, lone } = this;
    if (comments.count > 0) {
      this.problems.add(
        'comments',
        comments.line,
        1,
        2,
        `${comments.count} lines of comment are passed over, this the first of them.`,
      );
    }
    if (lone) this.problems.add('footer', ...lone, 'A lone cell below the table; it is passed over.');
    if (this.rows === 0 && !this.problems.blocked) {
      this.problems.add('no-rows', this.dialect.firstLine, 1, 2, 'The file has a header but no rows.');
    }
    this.settleHeader();
  }

  /** With a name fewer than cells, the first column has none: fine when it counts or names the rows. */
  private settleHeader(): void {
    if (!this.shortHeader) return;
    const [first] = this.columns;
    const last = this.columns.at(-1);
    const empty = (column: ColumnBuilder | undefined) => column && column.missing === column.rows;
    if (empty(last)) {
      // Every row ends with a delimiter: the names belong one column further left.
      this.names = [...this.names.slice(1), `column ${this.names.length}`];
      this.columns.pop();
      this.shortHeader = null;
      return;
    }
    const counts =
      first.textCount === 0
        ? first.numbers.subarray(1, first.rows).every((value, k) => value === first.numbers[k] + 1)
        : first.dictionary.texts.length === first.rows;
    if (!counts) {
      this.problems.add(
        'header-mismatch',
        ...this.shortHeader,
        `The header has ${this.width - 1} names, the rows have ${this.width} cells.`,
      );
    }
    this.shortHeader = null;
  }
}
