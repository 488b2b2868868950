import { CR, ESCAPED, LF, PLAIN, QUOTED, SPACE, startsWith, TAB, type Syntax } from './cells';
import { Places } from './places';
import { Problems, type Spot } from '../problems';

/** A record longer than this is no row: a quote was not closed, or the file is no table. */
export const LONGEST_RECORD = 16 * 0x10_0000;

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

/** The file shows that quotes are escaped by a backslash: it has to be read anew. */
export class BackslashEscapes extends Error {}

type QuoteProblem = 'unterminated-quote' | 'text-after-quote' | 'inner-quote';

/**
 * Splits bytes into records and cells, a record at a time: a state machine that never goes back. The present
 * record's cells are in `starts`, `ends` and `kinds`, as offsets into `bytes`.
 */
export class Tokens {
  bytes: Uint8Array = new Uint8Array();
  /** Cells of the present record. */
  count = 0;
  starts: Int32Array = new Int32Array(64);
  ends: Int32Array = new Int32Array(64);
  kinds = new Uint8Array(64);
  /** Physical line on which the present record starts, from 1, and where that line starts in `bytes`. */
  line = 1;
  recordStart = 0;
  /** Line breaks inside the quotes of the present record. */
  private innerBreaks = 0;
  /** Problems of the present record: it may have to be looked at again. */
  private found: [code: QuoteProblem, place: Spot][] = [];
  private readonly places = new Places();
  /** Line ends seen: LF, CR LF, CR. */
  readonly lineEnds: LineEnds = { lf: 0, crlf: 0, cr: 0 };
  /** Where the next record starts in `bytes`, and on which line. */
  at = 0;
  nextLine = 1;
  private final = false;
  /** Holds the bytes, those that wait among them, up to `end`. */
  private store: Uint8Array = new Uint8Array();
  private owned = true;
  private end = 0;
  /** Whether bytes wait until the record that could not be finished is worth another look. */
  private waits = false;
  private enough = 0;
  private readonly longestPrefix: number;
  /** The present record is a line of comment, and has no cells. */
  comment = false;

  constructor(
    readonly syntax: Syntax,
    private readonly problems: Problems = new Problems(),
    private readonly passing: PassedOver = NOTHING,
  ) {
    this.longestPrefix = Math.max(0, ...passing.prefixes.map(({ length }) => length));
  }

  /** Adds a copy of bytes; `final`: there are no more. What is left of the bytes before is kept. */
  push(chunk: Uint8Array, final: boolean): void {
    this.final = final;
    const rest = this.end - this.at;
    if (!this.owned || this.end + chunk.length > this.store.length) {
      const size = rest + chunk.length;
      const left = this.store.subarray(this.at, this.end);
      if (!this.owned || size > this.store.length) {
        this.store = new Uint8Array(Math.max(size, 2 * this.store.length));
        this.owned = true;
      }
      this.store.set(left);
      this.at = 0;
      this.end = rest;
    }
    this.store.set(chunk, this.end);
    this.end += chunk.length;
    this.waits = !final && this.end - this.at < this.enough;
    if (this.waits) this.bytes = this.store.subarray(0, this.at);
    else this.join();
  }

  /** Takes bytes without a copy: they have to stay as they are. What was left of others is dropped. */
  over(bytes: Uint8Array, final: boolean): void {
    this.final = final;
    this.store = bytes;
    this.owned = false;
    this.at = 0;
    this.end = bytes.length;
    this.join();
  }

  /** Takes up the bytes that wait. */
  join(): void {
    this.waits = false;
    this.bytes = this.store.subarray(0, this.end);
  }

  /** Whether all bytes so far belong to whole records. */
  get empty(): boolean {
    return this.at === this.end;
  }

  /** Whether the record that is not finished yet is longer than any row. */
  get overlong(): boolean {
    return this.end - this.at > LONGEST_RECORD;
  }

  /** Goes to the next record; false when there is none in the bytes so far. */
  next(): boolean {
    // There is no more to see than the last time.
    if (this.waits) return false;
    this.found = [];
    this.comment = false;
    const outcome = this.passOver() ?? this.record();
    if (outcome) {
      for (const [code, place] of this.found) this.problems.add(code, place, {});
      return true;
    }
    // Twice the bytes before the next look at them: a long record takes time in proportion to its length.
    this.enough = 2 * (this.bytes.length - this.at);
    return false;
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
    const { delimiter, quote, blanks } = syntax;
    const size = bytes.length;
    let at = this.at;
    if (at >= size) return false;
    this.count = 0;
    this.innerBreaks = 0;
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
        const close = this.quoted(at);
        if (close === -1) return false;
        kind = this.quotedKind;
        end = close + 1;
        at = end;
        while (at < size && (bytes[at] === SPACE || (bytes[at] === TAB && delimiter !== TAB))) at++;
      } else {
        let byte = 0;
        while (at < size && (byte = bytes[at]) !== delimiter && byte !== LF && byte !== CR) at++;
        end = at;
        while (end > start && (bytes[end - 1] === SPACE || (bytes[end - 1] === TAB && delimiter !== TAB)))
          end--;
      }
      if (at >= size && !this.final) return false;
      if (!(blanks && start === end && kind === PLAIN)) this.add(start, end, kind);
      if (at >= size) {
        this.at = size;
        this.nextLine = this.line + this.innerBreaks + 1;
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
      this.nextLine = this.line + this.innerBreaks + 1;
      return true;
    }
  }

  private quotedKind = QUOTED;

  /**
   * The offset of the closing quote of the cell that opens at `open`, −1 when it is not in the bytes so far.
   * Adds a problem for a quote that never closes and for text after a closing quote.
   */
  private quoted(open: number): number {
    const { bytes, final } = this;
    const { quote, escape, delimiter } = this.syntax;
    const size = bytes.length;
    this.quotedKind = QUOTED;
    let at = open + 1;
    for (;;) {
      while (at < size && bytes[at] !== quote && bytes[at] !== LF && bytes[at] !== CR) at++;
      if (at >= size) {
        if (!final) return -1;
        this.find('unterminated-quote', open, open + 1);
        this.unterminated = true;
        return size - 1;
      }
      const byte = bytes[at];
      if (byte !== quote) {
        if (byte === CR && at + 1 >= size && !final) return -1;
        at += byte === CR && bytes[at + 1] === LF ? 2 : 1;
        this.innerBreaks++;
        continue;
      }
      if (escape !== 0 && bytes[at - 1] === escape && at - 1 > open) {
        this.quotedKind = ESCAPED;
        at++;
        continue;
      }
      if (at + 1 >= size && !final) return -1;
      if (bytes[at + 1] === quote) {
        this.quotedKind = ESCAPED;
        at += 2;
        continue;
      }
      let behind = at + 1;
      while (behind < size && (bytes[behind] === SPACE || (bytes[behind] === TAB && delimiter !== TAB)))
        behind++;
      if (behind >= size && !final) return -1;
      const next = bytes[behind];
      if (
        behind >= size ||
        next === delimiter ||
        next === LF ||
        next === CR ||
        (delimiter === SPACE && behind > at + 1)
      )
        return at;
      // Text behind the quote. When the cell ends with a quote after all, the ones inside are text.
      let stop = behind;
      while (stop < size && bytes[stop] !== delimiter && bytes[stop] !== LF && bytes[stop] !== CR) stop++;
      if (stop >= size && !final) return -1;
      let last = stop - 1;
      while (last > behind && (bytes[last] === SPACE || bytes[last] === TAB)) last--;
      if (escape === 0 && bytes[at - 1] === 92 && at - 1 > open) throw new BackslashEscapes();
      if (bytes[last] === quote && at > open + 1) {
        this.find('inner-quote', at, last + 1);
        this.quotedKind = ESCAPED;
        return last;
      }
      this.find('text-after-quote', behind, stop);
      return last;
    }
  }

  private find(code: QuoteProblem, start: number, end: number): void {
    this.found.push([code, this.found.length < MOST_FOUND ? this.place(start, end) : [this.line, 1, 2]]);
  }

  /** A quote of the present record was never closed: what follows it is no row. */
  unterminated = false;

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
