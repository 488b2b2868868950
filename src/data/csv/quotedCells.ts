import { CR, ESCAPED, LF, QUOTED, SPACE, TAB, type Syntax } from './cells';

/** The file shows that quotes are escaped by a backslash: it has to be read anew. */
export class BackslashEscapes extends Error {}

export type QuoteProblem = 'unterminated-quote' | 'text-after-quote' | 'inner-quote';

/** Finds where quoted cells end. */
export class QuotedCells {
  /** How the last cell was written: {@link QUOTED} or {@link ESCAPED}. */
  kind = QUOTED;
  /** Line breaks inside quotes since this was set to 0. */
  innerBreaks = 0;
  /** A quote was never closed: what follows it is no row. */
  unterminated = false;

  /** @param find is told what is wrong with a cell, and from where to where */
  constructor(
    private readonly syntax: Syntax,
    private readonly find: (code: QuoteProblem, start: number, end: number) => void,
  ) {}

  /**
   * The offset of the closing quote of the cell that opens at `open`, −1 when it is not in the bytes so far.
   * Adds a problem for a quote that never closes and for text after a closing quote.
   */
  close(bytes: Uint8Array, open: number, final: boolean): number {
    const { quote, escape, delimiter } = this.syntax;
    const size = bytes.length;
    this.kind = QUOTED;
    let at = open + 1;
    const breaks = this.innerBreaks;
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
        this.kind = ESCAPED;
        at++;
        continue;
      }
      if (at + 1 >= size && !final) return -1;
      if (bytes[at + 1] === quote) {
        this.kind = ESCAPED;
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
      const isOver = this.innerBreaks > breaks;
      // A quote lines below that stands where one opens is no closing one: that of this cell is the odd one.
      const opensBelow =
        isOver && (bytes[at - 1] === delimiter || bytes[at - 1] === LF || bytes[at - 1] === CR);
      if (bytes[last] === quote && at > open + 1 && !opensBelow) {
        if (isOver) this.find('inner-quote', open, open + 1);
        else this.find('inner-quote', at, last + 1);
        this.kind = ESCAPED;
        return last;
      }
      // Of a cell of several lines, the quote is the one to look at: there it should not be.
      if (isOver) this.find('text-after-quote', open, open + 1);
      else this.find('text-after-quote', behind, stop);
      return last;
    }
  }
}
