import { isWeekday, monthNamed, plainWords } from './dateWords';
import { MOST_CATEGORIES } from './types';
import type { Amounts, ColumnTexts } from './columnAmounts';

/** What keeps the texts of a column from being numbers or dates. */
export type Hindrance =
  | 'formulas'
  | 'tolerances'
  | 'hidden'
  | 'two numbers'
  | 'two marks'
  | 'days without a year'
  | 'a word among amounts';

const MONTHS =
  /^(?:jan|feb|mar|mär|maj|apr|may|mai|jun|jul|aug|sep|oct|okt|nov|dec|dez|janv|févr|avr|juin|juil|août|déc|ene|abr|ago|dic)/i;
const NUMBER = String.raw`[-+]?\d{1,3}(?:,\d{3})*(?:[.,]\d+)?`;
const AREA = String.raw`(?:\s?(?:㎡|m²|m2|sqm|sq\.? ?m|sq\.? ?ft|sqft|평|坪))`;
/** 112/84.97㎡: a fraction or an area says that it is no date. */
const WITH_FRACTION = new RegExp(
  String.raw`^\d{1,4}(?:[.,]\d{1,2})?${AREA}?\s*/\s*\d{1,4}(?:[.,]\d{1,2})?${AREA}?$`,
);
const matches = (pattern: RegExp) => (text: string) => pattern.test(text);
const HINDRANCES: readonly (readonly [Hindrance, (text: string) => boolean])[] = [
  ['formulas', matches(/^=[-+(]*(?:[A-Z]{2,}\(|\$?[A-Z]{1,3}\$?\d+(?:[-+*/^&:,;)]|$))/)],
  ['tolerances', matches(/^[-+]?\d[\d.,]*\s*(?:±|\+\/-|\+-)\s*\d[\d.,]*\s*\p{L}{0,6}$/u)],
  ['hidden', matches(/^#{4,}$/)],
  [
    'two numbers',
    matches(
      new RegExp(
        String.raw`^(?:${NUMBER}\s*[([]\s*${NUMBER}%?(?:\s*(?:[-–,;]|to)\s*${NUMBER}%?)?\s*[)\]]|[1-9]\d{1,2}\s*/\s*[1-9]\d{1,2}(?:\s?mm ?Hg)?)$`,
      ),
    ),
  ],
  ['two numbers', (text) => WITH_FRACTION.test(text) && /[.,]\d|[^\d\s/]$/.test(text)],
  ['two marks', matches(/^[-+]?\d+[.,]\d+$/)],
  ['days without a year', isDayOfMonth],
];

const DAY_NAME = /^\d\d?\.?[ -](\p{L}+)\.?$/u;
const NAME_DAY = /^(\p{L}+)\.? \d\d?$/u;
/** 9 Mar, Mar 9 and 9. März, with or without a weekday; 9/3 behind one. */
function isDayOfMonth(text: string): boolean {
  const front = /^(\p{L}+)\.?,? (?=\S)/u.exec(text);
  const hasWeekday = front !== null && isWeekday(plainWords(front[1]));
  const day = hasWeekday ? text.slice(front[0].length) : text;
  if (hasWeekday && /^\d\d?[./]\d\d?\.?$/.test(day)) return true;
  // Mar is a Tuesday in Spanish.
  const parts = DAY_NAME.exec(day) ?? NAME_DAY.exec(day) ?? NAME_DAY.exec(text);
  // “Set” is September in some languages, and begins many a name.
  return parts !== null && MONTHS.test(parts[1]) && monthNamed(plainWords(parts[1])) !== undefined;
}

/** From this share of the texts on nearly all are such. */
const NEARLY_ALL = 0.9;
/** Texts are looked at this far. */
const MOST_LOOKED_AT = 2000;
const LONGEST = 100;

/** So many different amounts at least, and so many times as many as there are words. */
const FEWEST_AMOUNTS = 3;
const AMOUNTS_TO_A_WORD = 2;

/** The first word beside a few amounts of money, which are all else that stands in a column; null where it is not so. */
export function wordAmongAmounts(
  { texts, counts, isMissing }: ColumnTexts,
  { values, signOf }: Pick<Amounts, 'values' | 'signOf'>,
): number | null {
  const words: number[] = [];
  let amounts = 0;
  for (let code = 0; code < texts.length; code++) {
    if (isMissing[code] || counts[code] === 0) continue;
    if (Number.isNaN(values[code])) words.push(code);
    else if (['', '%'].includes(signOf(code))) return null;
    else amounts++;
  }
  const areMost = amounts >= FEWEST_AMOUNTS && amounts >= AMOUNTS_TO_A_WORD * words.length;
  return areMost ? (words[0] ?? null) : null;
}

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
  for (const [why, matches] of HINDRANCES) {
    const isSuch = (code: number) => texts[code].length <= LONGEST && matches(texts[code]);
    // Most columns show by their first texts that they are none.
    if (!codes.slice(0, 3).some(isSuch)) continue;
    const found = codes.filter(isSuch);
    const some = (pattern: RegExp) => found.some((code) => pattern.test(texts[code]));
    if (why === 'two marks' && !(some(/,/) && some(/\./))) continue;
    // 6/20 may be a day or a month; a few such as 86/92 are sizes.
    const areWhole = some(/^\d+\s?\/\s?\d+$/);
    const mayBeDates = () => !some(/^(?:3[2-9]|[4-9]\d|\d{3})\s?\//);
    if (why === 'two numbers' && areWhole && (codes.length <= MOST_CATEGORIES || mayBeDates())) continue;
    if (found.length >= NEARLY_ALL * codes.length) return { code: found[0], why };
  }
  return null;
}
