import { cellText, PLAIN } from '../data/csv/cells';
import type { Tokens } from '../data/csv/tokens';
import { isFormulaLike } from './answers';
import type { Encode } from './encode';
import type { FileHead } from './head';

/** So many columns are named. */
const MOST_NAMED = 5;
const FIRST = new Set(Array.from('=+-@\t\r', (character) => character.charCodeAt(0)));
const MARKS = [
  [0xef, 0xbb, 0xbf],
  [0xff, 0xfe],
  [0xfe, 0xff],
];
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** Counts the cells of a file that a spreadsheet would take for formulas, and puts an apostrophe before them where that is asked. */
export class Formulas {
  private count = 0;
  private readonly columns: string[] = [];

  constructor(
    private readonly head: FileHead,
    private readonly encode: Encode,
    private readonly escapes: boolean,
  ) {}

  get found(): { readonly count: number; readonly columns: readonly string[] } {
    return { count: this.count, columns: this.columns };
  }

  /** Looks at the cells of the present record; returns its bytes, which are those of the file unless they are to be changed. */
  see(tokens: Tokens, raw: Uint8Array): Uint8Array {
    const { bytes, starts, ends, kinds, count, syntax } = tokens;
    const places: number[] = [];
    for (let c = 0; c < count; c++) {
      const start = starts[c] + (kinds[c] === PLAIN ? 0 : 1);
      if (start >= ends[c] || !FIRST.has(bytes[start])) continue;
      if (!isFormulaLike(cellText(bytes, starts[c], ends[c], kinds[c], syntax))) continue;
      this.count++;
      const name = this.head.names[c] ?? `column ${c + 1}`;
      if (this.columns.length < MOST_NAMED && !this.columns.includes(name)) this.columns.push(name);
      places.push(start);
    }
    return this.escapes && places.length > 0 ? this.escaped(tokens, raw, places) : raw;
  }

  private escaped(
    { bytes, recordStart, line }: Tokens,
    raw: Uint8Array,
    places: readonly number[],
  ): Uint8Array {
    const parts: Uint8Array[] = [];
    // A mark before the first line is no part of what was split.
    const mark = line === 1 ? MARKS.find((each) => each.every((byte, k) => raw[k] === byte))?.length : 0;
    let from = 0;
    for (const place of places) {
      const to = (mark ?? 0) + this.lengthOf(bytes.subarray(recordStart, place));
      parts.push(raw.subarray(from, to), this.encode("'") ?? new Uint8Array());
      from = to;
    }
    return Buffer.concat([...parts, raw.subarray(from)]);
  }

  /** How many bytes the file has for these of UTF-8. */
  private lengthOf(utf8: Uint8Array): number {
    return this.encode(decoder.decode(utf8))?.length ?? utf8.length;
  }
}
