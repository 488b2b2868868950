import { LONGEST_AMOUNT } from './number';

/** The zeros of scripts that have digits of their own, each followed by its nine others. */
const ZEROS = [
  // Arabic, Persian and Urdu, Devanagari, Bengali, Gurmukhi, Gujarati, Odia, Tamil, Telugu, Kannada, Malayalam
  ...[0x0660, 0x06f0, 0x0966, 0x09e6, 0x0a66, 0x0ae6, 0x0b66, 0x0be6, 0x0c66, 0x0ce6, 0x0d66],
  // Thai, Lao, Tibetan, Myanmar, Khmer, Mongolian, full width
  ...[0x0e50, 0x0ed0, 0x0f20, 0x1040, 0x17e0, 0x1810, 0xff10],
];
const DIGIT_OF = new Map(
  ZEROS.flatMap((zero) =>
    Array.from({ length: 10 }, (_, k) => [String.fromCharCode(zero + k), String(k)] as const),
  ),
);
const [FIRST] = ZEROS;
const OTHER_DIGIT = new RegExp(`[${[...DIGIT_OF.keys()].join('')}]`, 'g');
const HAS_OTHER_DIGIT = new RegExp(OTHER_DIGIT.source);
/** Marks of direction, which cannot be seen. */
const DIRECTIONS = /[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]/g;
/** Signs that are used with such digits. */
const SIGNS: Readonly<Record<string, string>> = {
  ...{ '\u066a': '%', '\uff05': '%', '\uff0e': '.', '\uff0c': ',', '\uff0b': '+', '\uff0d': '-' },
};

/** Whether a text has digits of another script. */
export function hasOtherDigits(text: string): boolean {
  if (text.length > LONGEST_AMOUNT) return false;
  // Nearly all texts are found to have none in the time that it takes to look at them once.
  for (let k = 0; k < text.length; k++) if (text.charCodeAt(k) >= FIRST) return HAS_OTHER_DIGIT.test(text);
  return false;
}

/** A text with ASCII's digits in the place of others, and the file's decimal mark in the place of theirs. */
export function withPlainDigits(text: string, mark: '.' | ','): string {
  if (!hasOtherDigits(text)) return text;
  return text
    .replace(DIRECTIONS, '')
    .replace(OTHER_DIGIT, (digit) => DIGIT_OF.get(digit) ?? digit)
    .replace(/(?<=\d)\u066c(?=\d{3})/g, '')
    .replace(/\u066b(?=\d)/g, mark)
    .replace(/[\u066a\uff05\uff0e\uff0c\uff0b\uff0d]/g, (sign) => SIGNS[sign] ?? sign);
}

/** 1.2x10^3, 1.2×10³, 1.2*10^3, 1.2·10⁻³; 1.2 x 10-3 has lost what raised its power */
const TIMES_TEN =
  /(\d[.,]?)\s?[x×*·⋅]\s?10(?:(?:(?:\^|\*\*)\s?[({]?|(?<=[.,]\d+\s?[x×*·⋅]\s?10)(?=[-\u2212]))([-+\u2212]?\d{1,3})[)}]?|([⁺⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3}))(?![\d.,⁰¹²³⁴-⁹])/iu;
const POWER_OF_TEN = /^([-+]?)10\^([-+]?\d{1,2})$/;
const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** A text whose power of ten is written as programs write it: 1.2e3. */
export function withPlainPower(text: string): string {
  // Most texts have none.
  if (text.length > LONGEST_AMOUNT || !text.includes('10')) return text;
  const alone = POWER_OF_TEN.exec(text);
  if (alone) return `${alone[1]}1e${alone[2]}`;
  return text.replace(
    TIMES_TEN,
    (_, digits: string, power: string | undefined, raised: string | undefined) => {
      const plain = raised
        ?.replace('⁻', '-')
        .replace('⁺', '')
        .replace(/[⁰¹²³⁴-⁹]/gu, (sign) => String(SUPERSCRIPTS.indexOf(sign)));
      return `${digits}e${(power ?? plain ?? '').replace('\u2212', '-')}`;
    },
  );
}
