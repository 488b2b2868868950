import { SPACE, TAB } from './cells';
import type { Tokens } from './tokens';

/** Signs that lines between cells are drawn with, beside the delimiter. */
const SIGNS = new Set(Array.from('-=+|:', (sign) => sign.charCodeAt(0)));
const PLUS = 43;
/** So many strokes in a row are no mark for what is missing. */
const FEWEST = 3;
/** U+2500 to U+257F in UTF-8: E2 94 80 to E2 95 BF. */
const isBox = (bytes: Uint8Array, at: number) =>
  bytes[at] === 0xe2 && (bytes[at + 1] === 0x94 || bytes[at + 1] === 0x95);

/**
 * Whether the present record only draws the table: `---|---`, `+-----+-----+`, `=====`. Below the first row, only a line
 * in one piece is one: dashes in cells of their own may stand for what is missing.
 */
export function isRule(tokens: Tokens, isAboveRows: boolean): boolean {
  const { bytes, recordStart, ends, count, syntax } = tokens;
  const end = ends[count - 1];
  let at = recordStart;
  while (at < end && (bytes[at] === SPACE || bytes[at] === TAB)) at++;
  const first = bytes[at];
  if (!SIGNS.has(first) && first !== syntax.delimiter && !isBox(bytes, at)) return false;
  if (!isAboveRows && count > 1 && first !== PLUS) return false;
  let run = 0;
  let longest = 0;
  for (; at < end; at++) {
    const byte = bytes[at];
    if (isBox(bytes, at)) {
      at += 2;
      run++;
    } else if (byte === 45 || byte === 61) run++;
    else if (SIGNS.has(byte) || byte === SPACE || byte === TAB || byte === syntax.delimiter) run = 0;
    else return false;
    longest = Math.max(longest, run);
  }
  return longest >= FEWEST;
}
