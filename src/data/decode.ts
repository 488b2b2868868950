import { UserError } from './userError';

/** Exists in Node and in browsers alike, but in no library of the language itself. */
declare class TextDecoder {
  constructor(label: string, options: { fatal: boolean });
  decode(bytes: Uint8Array): string;
}

/** V8's longest string is 2²⁹ − 24 characters. */
const LONGEST_TEXT = 2 ** 29 - 24;

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
  if (zero >= 0) throw new UserError(`This is not a text file: byte ${zero + 1} is zero.`, { line: 1 });
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    throw new UserError(
      'The file is not valid UTF-8 text. Save it with the encoding UTF-8 (“Save with Encoding” in the status bar).',
      { line: firstUndecodableLine(bytes, encoding) },
    );
  }
}

function firstUndecodableLine(bytes: Uint8Array, encoding: string): number {
  if (encoding !== 'utf-8') return 1;
  const decoder = new TextDecoder(encoding, { fatal: true });
  let line = 1;
  for (let from = 0; from < bytes.length; line++) {
    const found = bytes.indexOf(10, from);
    const to = found < 0 ? bytes.length : found + 1;
    try {
      decoder.decode(bytes.subarray(from, to));
    } catch {
      return line;
    }
    from = to;
  }
  return line;
}
