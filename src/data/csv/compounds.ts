// Numbers in two parts or with their most: 5'11", 5 lb 3 oz, 40°26'46"N, 14/20.
import type { ColumnTexts } from './columnAmounts';

/** What the texts of a column are, all in one such form. */
export interface Compounds {
  /** The number of each text, NaN for what is none. */
  readonly values: Float64Array;
  /** The first text that shows the form. */
  readonly code: number;
  /** What the numbers are in: in, oz, °, or /20. */
  readonly unit: string;
}

const LONGEST = 40;
const N = String.raw`(\d+(?:[.,]\d+)?)`;
const FEET = new RegExp(
  String.raw`^(?:(\d{1,3}) ?(?:'|’|′|ft\.?|feet|foot)[ -]?)?(?:${N} ?(?:"|”|″|''|’’|in\.?|inch|inches)?)?$`,
  'i',
);
const POUNDS = new RegExp(
  String.raw`^(?:(\d{1,4}) ?(?:lbs?\.?|pounds?|#),? ?(?:and )?)?(?:${N} ?(?:oz\.?|ounces?))?$`,
  'i',
);
const STONES = new RegExp(
  String.raw`^(?:(\d{1,3}) ?(?:st\.?|stones?),? ?(?:and )?)?(?:${N} ?(?:lbs?\.?|pounds?))?$`,
  'i',
);
/** 40°26'46"N, N 40° 26.767', 40 26 46 N: the letter or the sign of degrees says what it is. */
const DEGREES =
  /^([NSEW]?) ?([-+]?\d{1,3})(?: ?[°º] ?|[ -])([0-5]?\d(?:[.,]\d+)?)(?: ?['’′] ?| |$)(?:([0-5]?\d(?:[.,]\d+)?) ?(?:"|”|″|''|’’)?)? ?([NSEW]?)$/;

const decimal = (text = '0') => Number(text.replace(',', '.'));

/** A number in two parts: the greater is so many of the smaller; undefined for any other text. */
function partsIn(pattern: RegExp, most: number, text: string): Part | undefined {
  const found = text.length <= LONGEST ? pattern.exec(text) : null;
  if (!found || (found[1] === undefined && found[2] === undefined)) return undefined;
  const [, large, small] = found;
  // 5 alone is no height.
  if (large === undefined && /\d$/.test(text)) return undefined;
  if (large !== undefined && decimal(small) >= most) return undefined;
  return {
    value: most * Number(large ?? 0) + decimal(small),
    isWhole: large !== undefined && small !== undefined,
  };
}
interface Part {
  readonly value: number;
  /** Whether all parts are there. */
  readonly isWhole: boolean;
}

function degreesIn(text: string): Part | undefined {
  const found = text.length <= LONGEST ? DEGREES.exec(text) : null;
  if (!found) return undefined;
  const [, before, degrees, minutes, seconds, behind] = found;
  const letter = before || behind;
  if ((letter === '' && !/[°º]/.test(text)) || (before !== '' && behind !== '')) return undefined;
  const size = Math.abs(Number(degrees)) + decimal(minutes) / 60 + decimal(seconds) / 3600;
  if (size > (/[NS]/.test(letter) ? 90 : 180)) return undefined;
  const isBelow = /[SW]/.test(letter) || degrees.startsWith('-');
  return { value: isBelow ? -size : size, isWhole: true };
}

/** The forms, each with the unit that its numbers are in. */
const FORMS: readonly (readonly [unit: string, read: (text: string) => Part | undefined])[] = [
  ['in', (text) => partsIn(FEET, 12, text)],
  ['oz', (text) => partsIn(POUNDS, 16, text)],
  ['lb', (text) => partsIn(STONES, 14, text)],
  ['°', degreesIn],
];

/** 14/20, 7 of 10, 4.7 out of 5 stars, 7 von 10. */
const OUT_OF = /^(\d+(?:[.,]\d+)?) ?(?:\/|of|out of|von|sur|de|di|su|из) ?(\d{1,3})(?: \p{L}+){0,2}$/iu;
function outOfIn(text: string): { readonly value: number; readonly most: number } | undefined {
  const found = text.length <= LONGEST ? OUT_OF.exec(text) : null;
  if (!found) return undefined;
  const [value, most] = [decimal(found[1]), Number(found[2])];
  return value <= most ? { value, most } : undefined;
}

/** From this share of the different texts on nearly all are in one form. */
const NEARLY_ALL = 0.9;
/** Of less than so many, 3/4 is a fraction or a measure of music, and a few values alone are names as well. */
const FEWEST_MOST = 5;
const FEWEST_VALUES = 4;
/** Texts beyond these are of that form if some of these are. */
const GLANCE = 20;

/**
 * The numbers that the texts of a column are in one of these forms. Null where another explains as much: heights in feet
 * alone are numbers with a unit. `forced`: a person says that they are numbers.
 */
export function compoundsIn(column: ColumnTexts, forced: boolean): Compounds | null {
  const { texts, counts, isMissing, plainNumbers } = column;
  if (plainNumbers > 0) return null;
  const codes = [...texts.keys()].filter((code) => !isMissing[code] && counts[code] > 0);
  const glance = codes
    .filter((_, k) => k < GLANCE || k % Math.ceil(codes.length / GLANCE) === 0)
    .slice(0, 2 * GLANCE);
  for (const [unit, read] of FORMS) {
    if (!glance.some((code) => read(texts[code])?.isWhole === true)) continue;
    const found = codes.flatMap((code) => {
      const part = read(texts[code]);
      return part ? [[code, part] as const] : [];
    });
    const whole = found.find(([, { isWhole }]) => isWhole);
    if (!whole || found.length < NEARLY_ALL * codes.length) continue;
    return { ...filled(texts.length, found), code: whole[0], unit };
  }
  return outOf(column, codes, glance, forced);
}

function outOf(
  { texts }: ColumnTexts,
  codes: readonly number[],
  glance: readonly number[],
  forced: boolean,
): Compounds | null {
  const first = glance.map((code) => outOfIn(texts[code])).find((found) => found !== undefined);
  if (!first || (first.most < FEWEST_MOST && !forced)) return null;
  const found = codes.flatMap((code) => {
    const part = outOfIn(texts[code]);
    return part?.most === first.most ? [[code, part] as const] : [];
  });
  const values = new Set(found.map(([, { value }]) => value));
  // 3/24 may be a month.
  const mayBeDates = first.most > 12 && texts[found[0][0]].includes('/') && Math.max(...values) <= 12;
  if (mayBeDates && !forced) return null;
  if (values.size < FEWEST_VALUES || found.length < NEARLY_ALL * codes.length) return null;
  return { ...filled(texts.length, found), code: found[0][0], unit: `/${first.most}` };
}

function filled(size: number, found: readonly (readonly [code: number, { readonly value: number }])[]) {
  const values = new Float64Array(size).fill(NaN);
  for (const [code, { value }] of found) values[code] = value;
  return { values };
}

/** The number in a text of such a form, in the unit of the column; NaN for any other text. */
export function compoundIn(text: string, unit: string): number {
  const read = FORMS.find(([name]) => name === unit)?.[1];
  if (read) return read(text)?.value ?? NaN;
  const found = unit.startsWith('/') ? outOfIn(text) : undefined;
  return found && `/${found.most}` === unit ? found.value : NaN;
}
