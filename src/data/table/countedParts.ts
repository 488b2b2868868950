import type { ReadColumn } from '../csv/resolve';

/** Numbers whose digit behind the point counts parts, and the first that shows it. */
export interface CountedParts {
  readonly row: number;
  /** How many of the parts are a whole: 5.2 innings are five, and two thirds of one. */
  readonly parts: 3 | 6 | 7;
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

/** Whether the digit behind the point is one that counts parts, as far as name and digits tell; null where they do not. */
export function countedParts({ name, numbers, unit }: ReadColumn): CountedParts | null {
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
