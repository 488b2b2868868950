import type { ColumnTexts } from './columnAmounts';

/** Fractions that the texts of a column are: 12 3/8, 3/8, 12⅜. */
export interface Fractions {
  /** The number of each text, NaN for what is none. */
  readonly values: Float64Array;
  /** The first text that is one. */
  readonly code: number;
}

/** What the numbers of a column are in that have fractions such as 3/8. */
export const FRACTIONS = 'fractions';

const LONGEST = 30;
const UNITS = String.raw`["″]|in\.?|inch|inches|s|sec\.?|sm|mi\.?|miles?|ft\.?|feet|cups?|h|hrs?\.?|hours?|lbs?\.?|acres?`;
/** A whole number or none, a fraction, and a unit or none: 12 3/8, 12-3/8", 3/8, 1 1/2SM. */
const FRACTION = new RegExp(
  String.raw`^([-+]?)(?:(\d{1,5})(?: | ?- ?| and ))?(\d{1,3})\/(\d{1,4}) ?(${UNITS})?$`,
  'i',
);
const IN_UNIT = new RegExp(String.raw`^[-+]?\d{1,6}(?:\.\d+)? ?(${UNITS})$`, 'i');
/** ½, ⅜ and the like. */
const SIGNS = /[\u00bc-\u00be\u2150-\u215e]/;

/** A fraction in its parts; null of any other text. */
interface Fraction {
  readonly value: number;
  readonly whole: number | null;
  readonly over: number;
  readonly under: number;
  /** Whether it was written with a sign such as ½. */
  readonly isSign: boolean;
  /** The first letter of its unit, which tells them apart; empty without one. */
  readonly unit: string;
}

const keyOf = (unit = ''): string => {
  const small = unit.toLowerCase();
  return /^["\u2033]/.test(small) ? 'i' : small === 'sm' ? small : small.slice(0, 1);
};

function partsIn(text: string): Fraction | null {
  if (text.length > LONGEST || !(text.includes('/') || SIGNS.test(text))) return null;
  const isSign = SIGNS.test(text);
  // 12⅜ would become 123/8.
  const plain = isSign ? text.replace(SIGNS, ' $&').normalize('NFKC').replace('\u2044', '/').trim() : text;
  const found = FRACTION.exec(plain.replace(/^([-+]) /, '$1').replace(/ {2,}/g, ' '));
  if (!found) return null;
  const [, sign, whole, over, under, unit] = found as (string | undefined)[];
  if (Number(under) === 0) return null;
  const value = Number(whole ?? 0) + Number(over) / Number(under);
  return {
    value: sign === '-' ? -value : value,
    whole: whole === undefined ? null : Number(whole),
    ...{ over: Number(over), under: Number(under), isSign, unit: keyOf(unit) },
  };
}

/** The number in a text with a fraction; NaN for what is none. */
export const fractionIn = (text: string): number => partsIn(text)?.value ?? NaN;

/** From this share of the cells on, fractions and whole numbers explain nearly all of them. */
const NEARLY_ALL = 0.95;
/** So many different fractions at least, without a whole number before any of them, are measures and no dates. */
const FEWEST_ALONE = 4;
/** What is divided into halves again and again, as inches are. */
const isBinary = (under: number) => [2, 4, 8, 16, 32, 64].includes(under);
const isReduced = ({ over, under }: Fraction) => over % 2 === 1 || !isBinary(under);
/** Names of dates and scores, of shots made and tried, of measures of music. */
const OTHERS =
  /(?:^|[^a-z])(?:date|day|month|when|score|scores|result|grade|marks?|points?|quiz|test|exam|odds|ratio|won|wins|record|fg|ft|meter|signature|beat|page|vision|visus|bp|pressure|scale|unit|apt|house|address|room|season)(?:[^a-z]|$)/i;

/**
 * The fractions that the texts of a column are. Null where they may be dates (3/8), scores of so many (3/8), or anything
 * else of two numbers. `forced`: whatever they may be else.
 */
export function fractionsIn(
  { name, texts, isMissing, counts, plainNumbers }: ColumnTexts,
  forced: boolean,
): Fractions | null {
  const codes = [...texts.keys()].filter((code) => !isMissing[code] && counts[code] > 0);
  if (!codes.some((code) => texts[code].includes('/') || SIGNS.test(texts[code]))) return null;
  const values = new Float64Array(texts.length).fill(NaN);
  const found: Fraction[] = [];
  const units = new Set<string>();
  let [cells, all, first] = [plainNumbers, plainNumbers, -1];
  for (const code of codes) {
    // Where ½ is written, a dash stands for none.
    if (/^[-–—]{1,2}$/.test(texts[code])) continue;
    all += counts[code];
    const parts = partsIn(texts[code]);
    if (parts) {
      if (first < 0) first = code;
      found.push(parts);
    }
    const unit = parts?.unit ?? keyOf(IN_UNIT.exec(texts[code])?.[1]);
    if (!parts && unit === '') continue;
    if (unit !== '') units.add(unit);
    values[code] = parts?.value ?? parseFloat(texts[code]);
    cells += counts[code];
  }
  if (first < 0 || cells < NEARLY_ALL * all || units.size > 1) return null;
  return forced || areMeasures(name, found) ? { values, code: first } : null;
}

const isNamedOther = (name: string) => OTHERS.test(name.slice(0, 200).replace(/([a-z])([A-Z])/g, '$1 $2'));

/** No day and no month is beyond this. */
const LAST_DAY = 31;

/** Whether fractions are parts of one, as exposures are, and no dates: 1/250 and 1/8. */
function areParts(name: string, found: readonly Fraction[]): boolean {
  if (isNamedOther(name) || !found.every(({ whole, over }) => whole === null && over === 1)) return false;
  const unders = new Set(found.map(({ under }) => under));
  return unders.size >= FEWEST_ALONE && [...unders].some((under) => under > LAST_DAY);
}

function areMeasures(name: string, found: readonly Fraction[]): boolean {
  if (areParts(name, found)) return true;
  if (found.some(({ over, under }) => over >= under)) return false;
  if (found.some(({ whole, isSign, unit }) => isSign || whole !== null || unit !== '')) return true;
  if (isNamedOther(name)) return false;
  // Scores have one denominator, or are not reduced; dates have any.
  const unders = new Set(found.map(({ under }) => under));
  const distinct = new Set(found.map(({ value }) => value));
  return (
    distinct.size >= FEWEST_ALONE &&
    unders.size > 1 &&
    found.every((each) => isBinary(each.under) && isReduced(each))
  );
}
