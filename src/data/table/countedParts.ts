import { isNamedCoordinate } from '../csv/letters';
import type { ReadColumn } from '../csv/resolve';

/** Numbers some of whose digits count parts, and the first that shows it. */
export interface CountedParts {
  readonly row: number;
  /** How many of the parts are a whole: 5.2 innings are five, and two thirds of one; 513045 has minutes and seconds. */
  readonly parts: 3 | 6 | 7 | 60 | 'months' | 'pounds' | 'ounces' | 'inches' | 'seconds';
}

interface Kind {
  readonly parts: CountedParts['parts'];
  /** How many of them are a whole, and in how many digits they stand. */
  readonly whole: number;
  readonly digits: 1 | 2;
  readonly name: RegExp;
}
const KINDS: readonly Kind[] = [
  { parts: 3, whole: 3, digits: 1, name: /^(?:ip|inn|inns?(?:ings?)?(?:[ _-]?pitched)?)$/i },
  { parts: 6, whole: 6, digits: 1, name: /^(?:ov|overs?(?:[ _-]?bowled)?)$/i },
  {
    ...{ parts: 7, whole: 7, digits: 1 },
    name: /^(?:ga|ssw)$|(?:^|[^a-z])(?:gestation|gestational|gest)(?:[^a-z]|$)|schwangerschaftswoche/i,
  },
  {
    ...{ parts: 'months', whole: 12, digits: 2 },
    name: /(?:^|[^a-z])(?:y{1,2}\.m{1,2}|yrs?\.mths?|years?\.months?|(?:reading|spelling|mental) age)(?:[^a-z]|$)/i,
  },
  {
    parts: 'pounds',
    whole: 14,
    digits: 2,
    name: /(?:^|[^a-z])(?:st|stones?)\.(?:lbs?|pounds?)(?:[^a-z]|$)/i,
  },
  {
    parts: 'ounces',
    whole: 16,
    digits: 2,
    name: /(?:^|[^a-z])(?:lbs?|pounds?)\.(?:oz|ounces?)(?:[^a-z]|$)/i,
  },
  { parts: 'inches', whole: 12, digits: 2, name: /(?:^|[^a-z])(?:ft|feet)\.(?:in|inch|inches)(?:[^a-z]|$)/i },
  {
    ...{ parts: 'seconds', whole: 60, digits: 2 },
    name: /(?:^|[^a-z])(?:m{1,2}\.ss|mins?\.secs?|lap|laps|pace|split|splits|(?:5|10|15|20)k|parkrun|marathon|(?:400|800|1500|3000|5000|10000) ?m|(?:run|race|swim|finish|lap|5k|10k|best)(?:ning|ing)? ?times?|zeit|laufzeit)(?:[^a-z]|$)/i,
  },
];
/** Of parts in two digits so many different ones have to be there. */
const FEWEST_PARTS = 8;
/** Numbers that have to be there for the other digits not to lack by chance, and different ones of them. */
const FEWEST = 20;
const FEWEST_DIFFERENT = 8;

/** No degree is beyond this. */
const LAST_DEGREE = 180;
const inDegrees = [
  // 513045: degrees, minutes and seconds; 5130.75: degrees and minutes, as receivers write them
  { degrees: 10_000, minutes: 100, fewest: 10_000 },
  { degrees: 100, minutes: 1, fewest: LAST_DEGREE },
] as const;

/** Coordinates whose digits are degrees, minutes and seconds, one after the other; null of any other numbers. */
function packedDegrees({ name, numbers, unit }: ReadColumn): CountedParts | null {
  if (!(isNamedCoordinate(name) || /^[NSEW]$/.test(unit?.name ?? ''))) return null;
  const different = new Set<number>();
  const left = new Set<(typeof inDegrees)[number]>(inDegrees);
  let first = -1;
  for (let row = 0; row < numbers.length && left.size > 0; row++) {
    const size = Math.abs(numbers[row]);
    if (Number.isNaN(size)) continue;
    if (first < 0) first = row;
    different.add(size);
    for (const each of left) {
      const [degrees, minutes] = [size / each.degrees, (size / each.minutes) % 100];
      const areSixtieths = Math.floor(minutes) < 60 && size % 100 < 60;
      if (size < each.fewest || degrees > LAST_DEGREE + 1 || !areSixtieths) left.delete(each);
    }
  }
  return left.size > 0 && different.size >= FEWEST_DIFFERENT ? { row: first, parts: 60 } : null;
}

/** Whether the digit behind the point is one that counts parts, as far as name and digits tell; null where they do not. */
export function countedParts(read: ReadColumn): CountedParts | null {
  const { name, numbers, unit } = read;
  const packed = packedDegrees(read);
  if (packed) return packed;
  const kind = name.length <= 60 ? KINDS.find((each) => each.name.test(name.trim())) : undefined;
  if (!kind || (unit && !/^(?:w|wks?|weeks?)$/i.test(unit.name))) return null;
  const scale = kind.digits === 1 ? 10 : 100;
  const [different, digits] = [new Set<number>(), new Set<number>()];
  let [count, first] = [0, -1];
  for (let row = 0; row < numbers.length; row++) {
    const value = numbers[row];
    if (Number.isNaN(value)) continue;
    const digit = Math.round(scale * value) % scale;
    if (value < 0 || Math.round(scale * value) / scale !== value || digit >= kind.whole) return null;
    count++;
    if (digit > 0 && first < 0) first = row;
    digits.add(digit);
    different.add(value);
  }
  const fewest = kind.digits === 1 ? 3 : Math.min(FEWEST_PARTS, kind.whole / 2);
  const areEnough = count >= FEWEST && different.size >= FEWEST_DIFFERENT && digits.size >= fewest;
  return areEnough && first >= 0 ? { row: first, parts: kind.parts } : null;
}
