import { UserError, type Place } from './userError';

/** Exists in Node and in browsers alike, but in no library of the language itself. */
declare class TextDecoder {
  constructor(label: string, options: { fatal: boolean });
  decode(bytes: Uint8Array): string;
}

const LF = 10;
const CR = 13;

/** V8's longest string is 2²⁹ − 24 characters. */
const LONGEST_TEXT = 0x2000_0000 - 24;

/**
 * The text of a CSV file: UTF-8, or UTF-16 when its byte order mark says so; a mark is taken off.
 * Throws UserError for other encodings, binary files and files above 512 MB.
 */
export function decode(bytes: Uint8Array): string {
  if (bytes.length > LONGEST_TEXT) {
    throw new UserError(
      `The file has ${Math.round(bytes.length / 1e6)} MB; at most ${Math.floor(LONGEST_TEXT / 1e6)} MB can be read. Train on a part of its rows.`,
    );
  }
  const encoding =
    bytes[0] === 0xff && bytes[1] === 0xfe
      ? 'utf-16le'
      : bytes[0] === 0xfe && bytes[1] === 0xff
        ? 'utf-16be'
        : 'utf-8';
  const zero = encoding === 'utf-8' ? bytes.subarray(0, 65536).indexOf(0) : -1;
  if (zero >= 0) {
    throw new UserError(`This is not a text file: byte ${zero + 1} is zero.`, placeOf(bytes, zero));
  }
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    throw new UserError(
      'The file is not valid UTF-8 text. Save it with the encoding UTF-8 (“Save with Encoding” in the status bar).',
      encoding === 'utf-8' ? firstUndecodable(bytes) : { line: 1, column: 1 },
    );
  }
}

/** The line and column of a byte, lines ending in LF, CRLF or CR. */
function placeOf(bytes: Uint8Array, at: number): Place {
  let line = 1;
  let lineStart = 0;
  for (let k = 0; k < at; k++) {
    if (bytes[k] !== LF && (bytes[k] !== CR || bytes[k + 1] === LF)) continue;
    line++;
    lineStart = k + 1;
  }
  const before = new TextDecoder('utf-8', { fatal: false }).decode(bytes.subarray(lineStart, at));
  return { line, column: before.length + 1 };
}

/** Where the first byte is that UTF-8 does not allow (RFC 3629), in a text that has one. */
function firstUndecodable(bytes: Uint8Array): Place {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let at = 0;
  while (at < bytes.length) {
    const lead = bytes[at];
    const length = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    if (length > 1) {
      try {
        decoder.decode(bytes.subarray(at, at + length));
      } catch {
        break;
      }
    }
    at += length;
  }
  return placeOf(bytes, at);
}
