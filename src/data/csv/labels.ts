// Numbers with a word that says no more than the number does: 10 (best), 5 - Strongly agree, 28.6 H.
import type { ColumnTexts } from './columnAmounts';
import type { UnitText } from './units';
import { isNamedVolume } from './unitInName';
import { isKnownUnit } from './unitTable';
import { MOST_CATEGORIES } from './types';

/** A number of a scale and what it stands for. */
const LABELLED = /^(-?\d{1,3}) ?(?:[-–—=:.] ?|\()(\p{L}[\p{L}\p{M}\s'’,./-]{0,80})\)?$/u;
/** What a spreadsheet made of 5-9 is a day, and no label: 9-May. */
const MONTH =
  /^(?:jan|feb|fév|mar|mär|apr|abr|avr|may|mai|jun|jui|jul|aug|ago|aoû|sep|oct|okt|nov|dec|dez|déc|dic|ene)/i;
/** So many different numbers have a label at most. */
const MOST_LABELS = 12;

/**
 * The numbers of texts such as “10 (best)” beside plain numbers of one scale, by their codes: each number has one label,
 * and each label one number. Empty where they may be anything else.
 */
export function labelledIn(
  { counts, texts, plainNumbers, withFraction, distinct, range }: ColumnTexts,
  codes: readonly number[],
): ReadonlyMap<number, number> {
  const none = new Map<number, number>();
  if (plainNumbers === 0 || withFraction || codes.length > MOST_LABELS) return none;
  const found = new Map<number, number>();
  const labels = new Set<string>();
  for (const code of codes) {
    if (counts[code] === 0) continue;
    const label = LABELLED.exec(texts[code]);
    if (!label || MONTH.test(label[2])) continue;
    found.set(code, Number(label[1]));
    labels.add(label[2].trim().toLowerCase());
  }
  const numbers = new Set(found.values());
  if (found.size === 0 || numbers.size < found.size || labels.size < found.size) return none;
  if (distinct() > MOST_CATEGORIES) return none;
  // They go on with the scale of the others, or end it.
  const [least, largest] = range();
  const isOnScale = (value: number) => value >= least - found.size && value <= largest + found.size;
  return [...numbers].every(isOnScale) ? found : none;
}

const HIGH = /^(?:H{1,3}|HI|HIGH|\(H{1,2}\)|crit(?:ical)? high)$/i;
const LOW = /^(?:L{1,3}|LO|LOW|\(L{1,2}\)|crit(?:ical)? low)$/i;

/**
 * Whether what stands behind some numbers are the flags of a laboratory: H behind those above all others, L behind those
 * below them. Those without are the most.
 */
export function areFlags(
  withUnit: readonly UnitText[],
  { name, plainNumbers, range }: Pick<ColumnTexts, 'name' | 'plainNumbers' | 'range'>,
): boolean {
  if (withUnit.length === 0 || plainNumbers === 0) return false;
  const [least, largest] = range();
  if (areLitres(withUnit, name, least)) return false;
  let cells = 0;
  for (const { unit, isBefore, value, currency, cells: own } of withUnit) {
    cells += own;
    if (isBefore || currency !== '') return false;
    const isRight = HIGH.test(unit) ? value >= largest : LOW.test(unit) && value <= least;
    if (!isRight) return false;
  }
  return cells <= plainNumbers && new Set(withUnit.map(({ value }) => value)).size > 1;
}

/** Far below all others is what is below this share of the least. */
const FAR_BELOW = 0.1;

/** Whether an L stands for litres: 1.2L among 350 and 800, or under a name that says so. */
function areLitres(withUnit: readonly UnitText[], name: string, least: number): boolean {
  const litres = withUnit.filter(({ unit }) => /^l$/i.test(unit));
  if (litres.length === 0) return false;
  if (isNamedVolume(name)) return true;
  // Beside an H it is a flag, however low.
  const areFar = least > 0 && litres.some(({ value }) => value < FAR_BELOW * least);
  return areFar && !withUnit.some(({ unit }) => HIGH.test(unit));
}

/** What statistical offices put behind a number, with a blank: break in the series, provisional, estimated, unreliable. */
const OF_STATISTICS = /^[bcdefinprsuz]{1,2}$/;

/** Whether what stands behind some numbers are such flags: several of them, or one beside the colon for a missing value. */
export function areFlagsOfStatistics(
  withUnit: readonly UnitText[],
  { plainNumbers, texts }: Pick<ColumnTexts, 'plainNumbers' | 'texts'>,
): boolean {
  if (withUnit.length === 0 || plainNumbers === 0) return false;
  const isFlag = ({ unit, isBefore, hasGap, currency }: UnitText) =>
    hasGap && !isBefore && currency === '' && OF_STATISTICS.test(unit);
  if (!withUnit.every(isFlag)) return false;
  const flags = new Set(withUnit.map(({ unit }) => unit));
  const areUnits = [...flags].every((flag) => isKnownUnit(flag));
  const cells = withUnit.reduce((sum, each) => sum + each.cells, 0);
  const isMarked = texts.some((text) => /^:(?: [a-z]{1,2})?$/.test(text)) || (flags.size > 1 && !areUnits);
  return isMarked && cells <= plainNumbers;
}
