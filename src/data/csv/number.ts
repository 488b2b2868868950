/** Powers of ten that a float64 holds exactly. */
export const POWERS = Float64Array.from({ length: 23 }, (_, n) => Number(`1e${n}`));
const MOST_EXACT = 0x1f_ffff_ffff_ffff;

export const MINUS = 45;
export const PLUS = 43;
export const POINT = 46;
export const ZERO = 48;
const NINE = 57;
const LETTER_E = 101;

const ascii = new TextDecoder('latin1');

/**
 * A longer text is no amount such as $1,200.50, nor a date. Regular expressions look only at shorter ones: V8 gives each
 * step that it may have to take back a place on a stack, which a cell of many megabytes overflows.
 */
export const LONGEST_AMOUNT = 10_000;

/** What {@link parseNumber} gives for what is no number. */
export const NO_NUMBER = NaN;

/**
 * The number in bytes[start, end), or NaN when it is none: sign, digits with one decimal mark among or beside them,
 * exponent, and nothing else. Linear in its length. Rounded correctly: up to 15 digits with a power of ten that
 * float64 holds take one exact operation (Clinger 1990), the rest goes through Number. Beyond float64 it is ±∞.
 */
export function parseNumber(bytes: Uint8Array, start: number, end: number, mark: number = POINT): number {
  let at = start;
  let byte = bytes[at];
  const negative = byte === MINUS;
  if (negative || byte === PLUS) byte = bytes[++at];
  let mantissa = 0;
  let digits = 0;
  const from = at;
  while (at < end && byte >= ZERO && byte <= NINE) {
    mantissa = mantissa * 10 + (byte - ZERO);
    byte = bytes[++at];
  }
  digits = at - from;
  let exponent = 0;
  if (at < end && byte === mark) {
    const fraction = ++at;
    byte = bytes[at];
    while (at < end && byte >= ZERO && byte <= NINE) {
      mantissa = mantissa * 10 + (byte - ZERO);
      byte = bytes[++at];
    }
    exponent = fraction - at;
    digits += at - fraction;
  }
  if (digits === 0) return NO_NUMBER;
  if (at < end && (byte | 32) === LETTER_E) {
    byte = bytes[++at];
    const shrinks = byte === MINUS;
    if (shrinks || byte === PLUS) byte = bytes[++at];
    if (at >= end) return NO_NUMBER;
    let power = 0;
    while (at < end && byte >= ZERO && byte <= NINE) {
      if (power < 100_000) power = power * 10 + (byte - ZERO);
      byte = bytes[++at];
    }
    exponent += shrinks ? -power : power;
  }
  if (at !== end) return NO_NUMBER;
  // The mantissa is exact as long as it is below 2⁵³: no digit has been lost.
  if (mantissa <= MOST_EXACT && exponent >= -22 && exponent <= 22) {
    const value = exponent < 0 ? mantissa / POWERS[-exponent] : mantissa * POWERS[exponent];
    return negative ? -value : value;
  }
  const text = ascii.decode(bytes.subarray(start, end));
  return Number(mark === POINT ? text : text.replace(String.fromCharCode(mark), '.'));
}

/** Whether a number may be written otherwise than JavaScript writes it: 007, 1.50, +1, 5., .5, 1e3 and the like. */
export function isOddlyWritten(bytes: Uint8Array, start: number, end: number): boolean {
  const first = bytes[start] === MINUS ? start + 1 : start;
  // More digits may not come back as they were; below 1e−6 there is an exponent.
  if (end - first > 15) return true;
  let at = first;
  while (at < end && bytes[at] >= ZERO && bytes[at] <= NINE) at++;
  const digits = at - first;
  if (digits === 0 || (bytes[first] === ZERO && (digits > 1 || end - start === 2))) return true;
  if (at === end) return false;
  if (bytes[at] !== POINT || bytes[end - 1] === ZERO || end - at < 2 || end - at > 7) return true;
  for (at++; at < end; at++) if (bytes[at] < ZERO || bytes[at] > NINE) return true;
  return false;
}
