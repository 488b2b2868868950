import { CR, LF } from '../data/csv/cells';

/** Lines as they stand in a file, byte for byte. */
export interface Lines {
  /** Without what ends the last of them. */
  readonly content: Uint8Array;
  readonly end: Uint8Array;
}

const NOTHING = new Uint8Array();

/**
 * The bytes of a file, given out in whole lines: LF, CR LF and a lone CR each end one. These are bytes of their own in all
 * encodings that are read, but in UTF-16, where they are two bytes each.
 */
export class RawLines {
  private bytes: Uint8Array = NOTHING;
  private at = 0;
  private readonly size: 1 | 2;
  private readonly low: 0 | 1;

  constructor(encoding: string) {
    this.size = encoding.startsWith('utf-16') ? 2 : 1;
    this.low = encoding === 'utf-16be' ? 1 : 0;
  }

  push(chunk: Uint8Array): void {
    const rest = this.bytes.subarray(this.at);
    const bytes = new Uint8Array(rest.length + chunk.length);
    bytes.set(rest);
    bytes.set(chunk, rest.length);
    this.bytes = bytes;
    this.at = 0;
  }

  /** The next lines, as many as are asked for, of which the last may have no end; nothing where there are none. */
  take(lines: number): Lines {
    const { bytes, size, at: from } = this;
    let at = from;
    let [content, end] = [from, from];
    for (let line = 0; line < lines && at < bytes.length; line++) {
      while (at < bytes.length && !this.is(at, LF) && !this.is(at, CR)) at += size;
      content = Math.min(at, bytes.length);
      if (at < bytes.length) at += this.is(at, CR) && this.is(at + size, LF) ? 2 * size : size;
      at = Math.min(at, bytes.length);
      end = at;
    }
    this.at = end;
    return { content: bytes.subarray(from, content), end: bytes.subarray(content, end) };
  }

  /** All that has not been given out. */
  rest(): Uint8Array {
    const rest = this.bytes.subarray(this.at);
    this.at = this.bytes.length;
    return rest;
  }

  private is(at: number, character: number): boolean {
    const { bytes, size, low } = this;
    if (size === 1) return bytes[at] === character;
    return bytes[at + low] === character && bytes[at + 1 - low] === 0;
  }
}
