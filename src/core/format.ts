/** How numbers, counts and texts of a file are written for a person: one short and one full form, the same everywhere. */

/** Texts of a file are cut to this many characters wherever they are shown or sent. */
export const LONGEST_TEXT = 200;

/** `value` to 4 significant digits. */
export const rounded = (value: number): number => Number(value.toPrecision(4));

/** The short form of a number: 4 significant digits, with a real minus sign. */
export function short(value: number): string {
  return Number.isFinite(value) ? typographic(String(rounded(value))) : notFinite(value);
}

/** The full form: every digit that tells this float64 from its neighbours. */
export const full = (value: number): string =>
  Number.isFinite(value) ? typographic(String(value)) : notFinite(value);

/** A count or an epoch with its thousands apart: `10,000`. */
export const whole = (n: number): string => typographic(String(n).replace(/\B(?=(\d{3})+$)/g, ','));

/** `1 example`, `2,000 examples`. */
export const count = (n: number, noun: string): string => `${whole(n)} ${noun}${n === 1 ? '' : 's'}`;

/** A text of a file, cut to `most` characters with an ellipsis at its end; no character is cut in half. */
export function cut(text: string, most = LONGEST_TEXT): string {
  if (text.length <= most) return text;
  const end = text.charCodeAt(most - 2) >= 0xd800 && text.charCodeAt(most - 2) < 0xdc00 ? most - 2 : most - 1;
  return `${text.slice(0, end)}…`;
}

const typographic = (text: string) => text.replaceAll('-', '−');
const notFinite = (value: number) => (value > 0 ? '∞' : value < 0 ? '−∞' : 'not a number');
