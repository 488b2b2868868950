import { CR, LF } from './cells';
import type { Spot } from '../problems';

/** UTF-16 characters, as editors count them, that begin with a byte of UTF-8. */
const charactersOf = (byte: number): number => ((byte & 0xc0) === 0x80 ? 0 : byte >= 0xf0 ? 2 : 1);

/** Finds the places of bytes in lines and columns, of which the next is mostly behind the last. */
export class Places {
  private bytes: Uint8Array = new Uint8Array();
  /** A line that starts at `origin`, and a place behind it that was asked for. */
  private origin = 0;
  private firstLine = 1;
  private at = 0;
  private line = 1;
  private column = 1;

  /** Counts from a line, the one with number `line`, that starts at an offset. */
  from(bytes: Uint8Array, origin: number, line: number): void {
    this.bytes = bytes;
    this.origin = origin;
    this.firstLine = line;
    this.rewind();
  }

  /** Line, column and end column of bytes, in characters; a place ends with its line. */
  of(start: number, end = start + 1): Spot {
    const { bytes } = this;
    if (this.at > start) this.rewind();
    let { at, line, column } = this;
    for (; at < start; at++) {
      const byte = bytes[at];
      if (byte === LF || (byte === CR && bytes[at + 1] !== LF)) {
        line++;
        column = 1;
      } else column += charactersOf(byte);
    }
    this.at = at;
    this.line = line;
    this.column = column;
    let endColumn = column;
    for (const stop = Math.min(end, bytes.length); at < stop && bytes[at] !== LF && bytes[at] !== CR; at++)
      endColumn += charactersOf(bytes[at]);
    return [line, column, endColumn];
  }

  private rewind(): void {
    this.at = this.origin;
    this.line = this.firstLine;
    this.column = 1;
  }
}
