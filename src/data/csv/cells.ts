export const LF = 10;
export const CR = 13;
export const TAB = 9;
export const SPACE = 32;

/** How cells stand in the bytes of a file. Delimiter, quote and escape are single bytes below 128. */
export interface Syntax {
  readonly delimiter: number;
  /** A run of blanks is one delimiter, and blanks at the ends of a line are none. */
  readonly blanks: boolean;
  /** So are tabs among blanks. */
  readonly tabs: boolean;
  readonly quote: number;
  /** A byte before a quote that makes it text; 0: quotes are doubled, as RFC 4180 has it. */
  readonly escape: number;
}

/** What may be a delimiter without being told. The first is taken when two do equally well: commas stand in texts, tabs hardly ever do. */
export const DELIMITERS = ['\t', ';', '|', ',', ' '];

export const byteOf = (character: string) => character.charCodeAt(0);

export const syntaxOf = (delimiter: string, quote = '"', escape = 0): Syntax => ({
  delimiter: byteOf(delimiter),
  blanks: delimiter === ' ',
  tabs: false,
  quote: byteOf(quote),
  escape,
});

/** How a cell was written. */
export const PLAIN = 0;
export const QUOTED = 1;
/** Quoted, with quotes inside: {@link cellText} takes them out. */
export const ESCAPED = 2;

/** Whether one of the prefixes stands at an offset. */
export function startsWith(bytes: Uint8Array, at: number, prefixes: readonly Uint8Array[]): boolean {
  return prefixes.some((prefix) => prefix.length > 0 && prefix.every((byte, k) => bytes[at + k] === byte));
}

const lenient = new TextDecoder('utf-8', { ignoreBOM: true });

/** The text of a cell, unquoted. A byte that is no UTF-8 becomes U+FFFD. */
export function cellText(
  bytes: Uint8Array,
  start: number,
  end: number,
  kind: number,
  syntax: Syntax,
): string {
  if (kind === PLAIN) return lenient.decode(bytes.subarray(start, end));
  if (kind === QUOTED) return lenient.decode(bytes.subarray(start + 1, end - 1));
  return lenient.decode(withoutEscapes(bytes, start + 1, end - 1, syntax));
}

/**
 * Bytes whose escaped quotes stand for themselves. Bytes, as to take millions of quotes out of a text is slow: what is
 * left of it is put together from as many pieces.
 */
function withoutEscapes(
  bytes: Uint8Array,
  start: number,
  end: number,
  { quote, escape }: Syntax,
): Uint8Array {
  const before = escape === 0 ? quote : escape;
  const out = new Uint8Array(end - start);
  let size = 0;
  for (let at = start; at < end; at++) {
    if (bytes[at] === before && at + 1 < end && bytes[at + 1] === quote) at++;
    out[size++] = bytes[at];
  }
  return out.subarray(0, size);
}
