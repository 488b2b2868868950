import { ByteWindow } from './byteWindow';
import { CR, LF, PLAIN, SPACE, startsWith, TAB, type Syntax } from './cells';
import { Places } from './places';
import { BackslashEscapes, QuotedCells, type QuoteProblem } from './quotedCells';
import { Problems, type Spot } from '../problems';

/** Problems of one record that are placed; of the others only the line is said. */
const MOST_FOUND = 100;

/** What starts like a comment and is no row up to here is a comment, whatever quotes are in it. */
const MOST_COMMENT = 65_536;

/** How many lines end how. */
export interface LineEnds {
  lf: number;
  crlf: number;
  cr: number;
}

/** What is passed over whatever quotes are in it. */
export interface PassedOver {
  readonly skipLines: number;
  /** How comments start. */
  readonly prefixes: readonly Uint8Array[];
  /** Lines on which records begin that are left out. */
  readonly leftOut?: ReadonlySet<number>;
  /** Cells in a row, where that is known: a line that starts like a comment may be one. */
  readonly width?: number;
}
const NOTHING: PassedOver = { skipLines: 0, prefixes: [] };

/** Where the line ends that holds an offset, −1 when that is not in the bytes. */
function lineEndIn(bytes: Uint8Array, from: number): number {
  let at = from;
  while (at < bytes.length && bytes[at] !== LF && bytes[at] !== CR) at++;
  return at < bytes.length ? at : -1;
}

/**
 * Splits bytes into records and cells, a record at a time: a state machine that never goes back. The present
 * record's cells are in `starts`, `ends` and `kinds`, as offsets into `bytes`.
 */
export class Tokens extends ByteWindow {
  /** Cells of the present record. */
  count = 0;
  starts: Int32Array = new Int32Array(64);
  ends: Int32Array = new Int32Array(64);
  kinds = new Uint8Array(64);
  /** Physical line on which the present record starts, from 1, and where that line starts in `bytes`. */
  line = 1;
  recordStart = 0;
  private readonly quotes: QuotedCells;
  /** Problems of the present record: it may have to be looked at again. */
  private found: [code: QuoteProblem, place: Spot][] = [];
  /** Where a quote opens behind which more than one line came, if there is something wrong with its cell. */
  oddQuote: Spot | null = null;
  private readonly places = new Places();
  /** Line ends seen: LF, CR LF, CR. */
  readonly lineEnds: LineEnds = { lf: 0, crlf: 0, cr: 0 };
  /** On which line the next record starts. */
  nextLine = 1;
  private readonly longestPrefix: number;
  /** The present record is a line of comment, and has no cells. */
  comment = false;
  /** The present record is to be left out, and none of its problems was told. */
  leftOut = false;

  constructor(
    readonly syntax: Syntax,
    private readonly problems: Problems = new Problems(),
    private readonly passing: PassedOver = NOTHING,
  ) {
    super();
    this.quotes = new QuotedCells(syntax, (code, start, end) => this.find(code, start, end));
    this.longestPrefix = Math.max(0, ...passing.prefixes.map(({ length }) => length));
  }

  /** Goes to the next record; false when there is none in the bytes so far. */
  next(): boolean {
    // There is no more to see than the last time.
    if (this.waits) return false;
    this.found = [];
    this.oddQuote = null;
    this.comment = false;
    const outcome = this.passOver() ?? this.record();
    if (outcome) {
      this.leftOut = !this.comment && this.passing.leftOut?.has(this.line) === true;
      if (!this.leftOut) this.report();
      return true;
    }
    this.wait();
    return false;
  }

  /** Says what is wrong with the present record. Of one that is left out nobody needs to know. */
  report(): void {
    const { line: recordLine } = this;
    for (const [code, place] of this.found) this.problems.add(code, place, {}, { recordLine });
    this.found = [];
  }

  /**
   * Passes over the lines to be skipped and goes to a comment, in both of which quotes mean nothing. Undefined when a
   * record comes, false when that cannot be known yet.
   */
  private passOver(): boolean | undefined {
    const { prefixes, width, skipLines } = this.passing;
    while (this.nextLine <= skipLines) if (!this.passLine()) return this.at < this.bytes.length && this.final;
    const rest = this.bytes.length - this.at;
    if (!this.final && rest < this.longestPrefix) return rest > 0 ? false : undefined;
    if (!startsWith(this.bytes, this.at, prefixes)) return undefined;
    // A full row that starts like a comment is data; a table of one column leaves no doubt.
    const isWhole = rest <= MOST_COMMENT && this.final;
    const attempt = new Tokens(this.syntax);
    attempt.over(this.bytes.subarray(this.at, this.at + MOST_COMMENT), isWhole);
    try {
      const isRecord = attempt.next();
      if (!isRecord && !isWhole && rest < MOST_COMMENT) return false;
      const fits = width === undefined || (width > 1 && attempt.count === width);
      if (isRecord && attempt.found.length === 0 && fits) return undefined;
    } catch (error) {
      if (!(error instanceof BackslashEscapes)) throw error;
    }
    this.comment = true;
    this.count = 0;
    this.recordStart = this.at;
    this.line = this.nextLine;
    this.places.from(this.bytes, this.recordStart, this.line);
    return this.passLine() || this.final;
  }

  /** Goes behind the present line; false when its end is not in the bytes. */
  private passLine(): boolean {
    const { bytes, final } = this;
    const end = lineEndIn(bytes, this.at);
    if (end < 0 || (bytes[end] === CR && end + 1 === bytes.length && !final)) {
      if (final) this.at = bytes.length;
      return false;
    }
    const isPair = bytes[end] === CR && bytes[end + 1] === LF;
    if (isPair) this.lineEnds.crlf++;
    else if (bytes[end] === CR) this.lineEnds.cr++;
    else this.lineEnds.lf++;
    this.at = end + (isPair ? 2 : 1);
    this.nextLine++;
    return true;
  }

  private record(): boolean {
    const { bytes, syntax } = this;
    const { delimiter, quote, blanks, tabs } = syntax;
    const size = bytes.length;
    let at = this.at;
    if (at >= size) return false;
    this.count = 0;
    this.quotes.innerBreaks = 0;
    this.recordStart = at;
    this.line = this.nextLine;
    this.places.from(this.bytes, this.recordStart, this.line);
    for (;;) {
      // A cell starts at `at`.
      while (at < size && (bytes[at] === SPACE || (bytes[at] === TAB && delimiter !== TAB))) at++;
      const start = at;
      let end: number;
      let kind = PLAIN;
      if (at < size && bytes[at] === quote) {
        const close = this.quotes.close(bytes, at, this.final);
        if (close === -1) return false;
        kind = this.quotes.kind;
        end = close + 1;
        at = end;
        while (at < size && (bytes[at] === SPACE || (bytes[at] === TAB && delimiter !== TAB))) at++;
      } else {
        let byte = 0;
        while (at < size && (byte = bytes[at]) !== delimiter && byte !== LF && byte !== CR) {
          if (tabs && byte === TAB) break;
          at++;
        }
        end = at;
        while (end > start && (bytes[end - 1] === SPACE || (bytes[end - 1] === TAB && delimiter !== TAB)))
          end--;
      }
      if (at >= size && !this.final) return false;
      if (!(blanks && start === end && kind === PLAIN)) this.add(start, end, kind);
      if (at >= size) {
        this.at = size;
        this.nextLine = this.line + this.quotes.innerBreaks + 1;
        return this.count > 0 || start > this.recordStart;
      }
      const byte = bytes[at];
      if (byte === delimiter) {
        at++;
        continue;
      }
      if (byte === CR) {
        // Whether a line feed follows is only known with the next bytes.
        if (at + 1 >= size && !this.final) return false;
        if (bytes[at + 1] === LF) {
          this.lineEnds.crlf++;
          at += 2;
        } else {
          this.lineEnds.cr++;
          at++;
        }
      } else if (byte === LF) {
        this.lineEnds.lf++;
        at++;
      } else {
        // Blanks as delimiters, and a quoted cell without one behind it.
        continue;
      }
      this.at = at;
      this.nextLine = this.line + this.quotes.innerBreaks + 1;
      return true;
    }
  }

  /** A quote of the present record was never closed: what follows it is no row. */
  get unterminated(): boolean {
    return this.quotes.unterminated;
  }

  private find(code: QuoteProblem, start: number, end: number): void {
    if (this.quotes.innerBreaks > 0) this.oddQuote ??= this.place(start, end);
    this.found.push([code, this.found.length < MOST_FOUND ? this.place(start, end) : [this.line, 1, 2]]);
  }

  /** Line, column and end column of bytes of the present record, in characters; a place ends with its line. */
  place(start: number, end?: number): Spot {
    return this.places.of(start, end);
  }

  /** The place of cell `index` of the present record. */
  cellPlace(index: number): Spot {
    return this.place(this.starts[index], this.ends[index]);
  }

  private add(start: number, end: number, kind: number): void {
    if (this.count === this.starts.length) {
      this.starts = grown(this.starts);
      this.ends = grown(this.ends);
      const kinds = new Uint8Array(this.kinds.length * 2);
      kinds.set(this.kinds);
      this.kinds = kinds;
    }
    this.starts[this.count] = start;
    this.ends[this.count] = end;
    this.kinds[this.count++] = kind;
  }
}

function grown(array: Int32Array): Int32Array {
  const larger = new Int32Array(array.length * 2);
  larger.set(array);
  return larger;
}
