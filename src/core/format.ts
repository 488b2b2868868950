/** How numbers, counts and texts of a file are written for a person: one short and one full form, the same everywhere. */

/** Texts of a file are cut to this many characters wherever they are shown or sent. */
export const LONGEST_TEXT = 200;

/** `value` to 4 significant digits. */
export const rounded = (value: number): number => Number(value.toPrecision(4));

/** From here on the short form has an exponent: zeros behind 4 digits say nothing. */
const LARGE = 1e10;

/** The short form of a number: 4 significant digits, with a real minus sign. */
export function short(value: number): string {
  if (!Number.isFinite(value)) return notFinite(value);
  const digits = rounded(value);
  return typographic(Math.abs(digits) < LARGE ? String(digits) : digits.toExponential());
}

/** An accuracy or R²: with the same digits whatever it is, so that a 1 is seen to be exact to all of them. */
export const score = (value: number): string =>
  Math.abs(value) <= 1 ? typographic(value.toFixed(4)) : short(value);

/** The full form: every digit that tells this float64 from its neighbours. */
export const full = (value: number): string =>
  Number.isFinite(value) ? typographic(String(value)) : notFinite(value);

/** A count or an epoch with its thousands apart: `10,000`. */
export const whole = (n: number): string => typographic(String(n).replace(/\B(?=(\d{3})+$)/g, ','));

/** `1 example`, `2,000 examples`. */
export const count = (n: number, noun: string): string => `${whole(n)} ${noun}${n === 1 ? '' : 's'}`;

/** The units of each layer, from the features to the outputs: `2–1,024–1`. */
export const layers = (sizes: readonly number[]): string => sizes.map(whole).join('–');

/** A text of a file, cut to `most` characters with an ellipsis at its end; no character is cut in half. */
export function cut(text: string, most = LONGEST_TEXT): string {
  if (text.length <= most) return text;
  const end = text.charCodeAt(most - 2) >= 0xd800 && text.charCodeAt(most - 2) < 0xdc00 ? most - 2 : most - 1;
  return `${text.slice(0, end)}…`;
}

/** Whether a text that went through {@link cut} is still all of it, so that it may stand for the cell or the name. */
export const isWhole = (text: string): boolean => text.length < LONGEST_TEXT - 1 || !text.endsWith('…');

/**
 * Characters that are not seen or that act on what is around them: control characters and line ends, formats such as
 * zero-width characters and turns of the writing direction, halves of characters, and what has no glyph by Unicode's
 * Default_Ignorable_Code_Point, such as the letters that fill a place and numbers kept for later formats.
 */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{DI}]/gu;
/** Formats that are seen: signs of Arabic and Syriac numbers, and which form of a character is meant, as in emoji. */
const SEEN = /[\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\p{VS}]/u;
/** Joiners belong to the spelling of Persian, of Indian languages and of emoji. */
const JOINER = /[\u200c\u200d]/;
const JOINED = /[\u0600-\u{10ffff}]/u;

/**
 * A text with a picture or the number of each character that cannot be seen: `␛[31m` and `a‹U+202E›b`. What is seen
 * stays as it is, so the text cannot steer a terminal, turn what follows around or look like another one.
 */
export const visible = (text: string): string =>
  text.replace(UNSEEN, (character: string, at: number) => {
    if (SEEN.test(character)) return character;
    if (JOINER.test(character) && JOINED.test(text.charAt(at - 1)) && JOINED.test(text.charAt(at + 1))) {
      return character;
    }
    const code = character.codePointAt(0) ?? 0;
    if (code < 32) return String.fromCharCode(0x2400 + code);
    if (code === 127) return '\u2421';
    return `‹U+${code.toString(16).toUpperCase().padStart(4, '0')}›`;
  });

const typographic = (text: string) => text.replaceAll('-', '−');
const notFinite = (value: number) => (value > 0 ? '∞' : value < 0 ? '−∞' : 'not a number');

/** The name of a file by its address, without its folder. */
export function nameOf(uri: string): string {
  const path = uri.replace(/[?#].*$/, '');
  const name = path.slice(path.lastIndexOf('/') + 1);
  try {
    return cut(decodeURIComponent(name));
  } catch {
    return cut(name);
  }
}
