import { MOST_CATEGORIES } from './types';
import type { ColumnTexts } from './columnAmounts';

/** What keeps the texts of a column from being numbers or dates. */
export type Hindrance =
  'formulas' | 'tolerances' | 'hidden' | 'two numbers' | 'two marks' | 'days without a year';

const MONTHS =
  'jan|feb|mar|apr|may|mai|jun|jul|aug|sep|oct|okt|nov|dec|dez|janv|févr|avr|juin|juil|août|déc|ene|abr|ago|dic';
const NUMBER = String.raw`[-+]?\d{1,3}(?:,\d{3})*(?:[.,]\d+)?`;
const HINDRANCES: readonly (readonly [Hindrance, RegExp])[] = [
  ['formulas', /^=[-+(]*(?:[A-Z]{2,}\(|\$?[A-Z]{1,3}\$?\d+(?:[-+*/^&:,;)]|$))/],
  ['tolerances', /^[-+]?\d[\d.,]*\s*(?:±|\+\/-|\+-)\s*\d[\d.,]*\s*\p{L}{0,6}$/u],
  ['hidden', /^#{4,}$/],
  [
    'two numbers',
    new RegExp(
      String.raw`^(?:${NUMBER}\s*[([]\s*${NUMBER}%?(?:\s*(?:[-–,;]|to)\s*${NUMBER}%?)?\s*[)\]]|[1-9]\d{1,2}\s*/\s*[1-9]\d{1,2}(?:\s?mm ?Hg)?)$`,
    ),
  ],
  ['two marks', /^[-+]?\d+[.,]\d+$/],
  [
    'days without a year',
    new RegExp(`^(?:\\d\\d?\\.?[ -](?:${MONTHS})[a-z]{0,6}\\.?|(?:${MONTHS})[a-z]{0,6}\\.? \\d\\d?)$`, 'i'),
  ],
];
/** From this share of the texts on nearly all are such. */
const NEARLY_ALL = 0.9;
/** Texts are looked at this far. */
const MOST_LOOKED_AT = 2000;
const LONGEST = 100;

/** The first text of a column that shows what keeps nearly all of them from being read as more than texts; null if nothing. */
export function hindranceIn({
  texts,
  counts,
  isMissing,
}: ColumnTexts): { readonly code: number; readonly why: Hindrance } | null {
  const codes: number[] = [];
  for (let code = 0; code < texts.length && codes.length < MOST_LOOKED_AT; code++)
    if (!isMissing[code] && counts[code] > 0) codes.push(code);
  if (codes.length === 0) return null;
  for (const [why, pattern] of HINDRANCES) {
    const isSuch = (code: number) => texts[code].length <= LONGEST && pattern.test(texts[code]);
    // Most columns show by their first texts that they are none.
    if (!codes.slice(0, 3).some(isSuch)) continue;
    // A few days are as good as categories.
    if (why === 'days without a year' && codes.length <= MOST_CATEGORIES) continue;
    const found = codes.filter(isSuch);
    const some = (pattern: RegExp) => found.some((code) => pattern.test(texts[code]));
    if (why === 'two marks' && !(some(/,/) && some(/\./))) continue;
    // 6/20 may be a day or a month; a few texts are as good as categories.
    const mayBeDates = () => some(/^\d+\s?\//) && !some(/^(?:3[2-9]|[4-9]\d|\d{3})\s?\//);
    if (why === 'two numbers' && (codes.length <= MOST_CATEGORIES || mayBeDates())) continue;
    if (found.length >= NEARLY_ALL * codes.length) return { code: found[0], why };
  }
  return null;
}
