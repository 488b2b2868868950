import { LONGEST_RECORD } from './limits';
import { CR, LF } from './cells';
import type { Dialect } from './dialect';
import { textsOf } from './header';
import { respelledHead } from './respelling';
import { Tokens } from './tokens';

/** What is enough for most records, before more bytes are waited for. */
const ENOUGH = 4096;

/** Finds the record that begins on a line of a file, with its cells as they are written, in bytes that come in pieces. */
export class RecordAt {
  /** The line that the next byte is on, from 1. */
  private line = 1;
  private wasCr = false;
  /** The bytes from the line on; null before it has come. */
  private found: Uint8Array | null = null;
  /** As many bytes are worth a look. */
  private enough = ENOUGH;

  constructor(
    private readonly dialect: Pick<Dialect, 'syntax' | 'respelling'>,
    private readonly wanted: number,
  ) {}

  /**
   * Takes the next bytes, as UTF-8 without a mark. Returns the cells once the record is whole, null before that.
   * @param final there are no more: where there is no such line, it has no cells
   */
  take(chunk: Uint8Array, final: boolean): readonly string[] | null {
    const start = this.found ? 0 : this.startIn(chunk);
    if (start >= 0) this.found = joined(this.found, chunk.subarray(start));
    if (!this.found) return final ? [] : null;
    if (!final && this.found.length < this.enough) return null;
    this.enough = 2 * this.found.length;
    return this.cellsOf(this.found, final || this.found.length > LONGEST_RECORD);
  }

  /** Where the line begins in the bytes; −1 where it does not. */
  private startIn(chunk: Uint8Array): number {
    for (let at = 0; at < chunk.length; at++) {
      const byte = chunk[at];
      if (this.wasCr && byte !== LF) this.line++;
      this.wasCr = byte === CR;
      if (this.line >= this.wanted) return at;
      if (byte === LF) this.line++;
    }
    return -1;
  }

  private cellsOf(bytes: Uint8Array, final: boolean): readonly string[] | null {
    const { syntax, respelling } = this.dialect;
    const tokens = new Tokens(syntax);
    tokens.over(respelling ? respelledHead(bytes, respelling, syntax.quote) : bytes, final);
    if (tokens.next()) return textsOf(tokens, syntax);
    return final ? [] : null;
  }
}

function joined(first: Uint8Array | null, second: Uint8Array): Uint8Array {
  if (!first) return second.slice();
  const both = new Uint8Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}
