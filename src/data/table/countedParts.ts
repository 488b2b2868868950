import { isNamedCoordinate } from '../csv/letters';
import type { ReadColumn } from '../csv/resolve';

/** Numbers some of whose digits count parts, and the first that shows it. */
export interface CountedParts {
  readonly row: number;
  /** How many of the parts are a whole: 5.2 innings are five, and two thirds of one; 513045 has minutes and seconds. */
  readonly parts: 3 | 6 | 7 | 60;
}

const KINDS: readonly { readonly parts: CountedParts['parts']; readonly name: RegExp }[] = [
  { parts: 3, name: /^(?:ip|inn|inns?(?:ings?)?(?:[ _-]?pitched)?)$/i },
  { parts: 6, name: /^(?:ov|overs?(?:[ _-]?bowled)?)$/i },
  {
    parts: 7,
    name: /^(?:ga|ssw)$|(?:^|[^a-z])(?:gestation|gestational|gest)(?:[^a-z]|$)|schwangerschaftswoche/i,
  },
];
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
  const [different, digits] = [new Set<number>(), new Set<number>()];
  let [count, first] = [0, -1];
  for (let row = 0; row < numbers.length; row++) {
    const value = numbers[row];
    if (Number.isNaN(value)) continue;
    const digit = Math.round(10 * value) % 10;
    if (value < 0 || Math.round(10 * value) / 10 !== value || digit >= kind.parts) return null;
    count++;
    if (digit > 0 && first < 0) first = row;
    digits.add(digit);
    different.add(value);
  }
  const areEnough = count >= FEWEST && different.size >= FEWEST_DIFFERENT && digits.size > 2;
  return areEnough && first >= 0 ? { row: first, parts: kind.parts } : null;
}
