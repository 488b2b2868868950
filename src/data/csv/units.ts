import { doubtfulLetter, lettersOf, unitOf } from './letters';
import { POWERS } from './number';
import type { SplitAmount } from './splitAmount';
import { unitsByCase, type UnitsByCase } from './unitCase';
import { unitInName } from './unitInName';
import { factorsOf, isKnownUnit } from './unitTable';

/** What was taken off the numbers of a column. */
export interface Unit {
  /** What its numbers are in: a unit, %, or a currency; empty for numbers in ones. */
  readonly name: string;
  /** All that was taken off, the commonest first. Between several there is a factor, which was applied. */
  readonly taken: readonly string[];
}

/** One of the texts of a column that may be a number with a unit. */
export interface UnitText extends SplitAmount {
  readonly code: number;
  readonly value: number;
  /** Cells that hold it. */
  readonly cells: number;
}

/** What the units of a column come to. */
export interface UnitReading {
  readonly unit: Unit;
  /** The number of each text, in that unit; texts that are left out are no numbers. */
  readonly values: ReadonlyMap<number, number>;
  /** Whether numbers are in ones, those without a word for many among them. */
  readonly inOnes: boolean;
  /** A text whose letter is read as a word for many, and may be something else. */
  readonly doubt: number | null;
  /** Units that only capitals tell apart. */
  readonly byCase: UnitsByCase | null;
}

/** From this share of the cells on, units explain nearly all of them. */
const NEARLY_ALL = 0.95;
/** So many numbers at most may stand without the unit that the others have. */
const MOST_WITHOUT = 0.1;
/** Up to so many different whole numbers behind a word are names: class 1, Q3. */
const FEW = 20;
/** What versions and parts are called. */
const NAMED_BY_NUMBERS =
  /^(?:v|ver|version|rel|release|rev|r|no|nr|id|fig|figure|table|part|section|sec|sect|chapter|ch|level|step|python|android|ios|java|php|windows|§)\.?$/i;

/** Texts with the same unit. */
export interface UnitGroup {
  readonly key: string;
  readonly members: readonly UnitText[];
  readonly cells: number;
}
interface Group extends UnitGroup {
  readonly members: UnitText[];
  cells: number;
}

/** The name that units have in common: Kg and kg, view and views. */
function keyOf(unit: string): string {
  if (unit.length === 1 || isKnownUnit(unit)) return unit;
  const small = unit.toLowerCase();
  return small.length > 3 && small.endsWith('s') ? small.slice(0, -1) : small;
}

function groupsOf(texts: readonly UnitText[]): Group[] {
  const groups = new Map<string, Group>();
  for (const text of texts) {
    const key = `${text.isBefore ? '<' : ''}${keyOf(text.unit)}`;
    const group = groups.get(key) ?? { key, members: [], cells: 0 };
    group.members.push(text);
    group.cells += text.cells;
    groups.set(key, group);
  }
  return [...groups.values()].sort((a, b) => b.cells - a.cells);
}

/** Groups whose word is a unit. Beside another letter for many, each is one: 512B and 4K. */
function unitGroupsOf(texts: readonly UnitText[]): Group[] {
  const groups = groupsOf(texts);
  const isLetter = ({ members: [{ unit, isBefore }] }: Group) => !isBefore && /^[BkKMGTNSEWFf]$/.test(unit);
  const letters = groups.filter(isLetter).length;
  // 7F beside -15°C
  const areDegrees = groups.some((group) => /^°\s?[CF]$/.test(unitOf(group)));
  const isDegree = (group: Group) => areDegrees && /^[CF]$/.test(unitOf(group));
  // 6w beside 9y
  const areAges = groups.some((group) => /^(?:y|yrs?|years?)$/.test(unitOf(group)));
  const isWeeks = (group: Group) => areAges && unitOf(group) === 'w';
  // Classes of schools: 5а, 5б, 5в, 5г
  const areClasses = groups.some((group) => /^[абв]$/.test(unitOf(group)));
  const isOfClasses = (group: Group) => areClasses && unitOf(group) === 'г';
  return groups.filter(
    (group) =>
      !isOfClasses(group) &&
      (isUnit(group) || (letters > 1 && isLetter(group)) || isDegree(group) || isWeeks(group)),
  );
}

/** Whether the word beside these numbers is a unit, not a part of names. */
function isUnit({ members }: Group): boolean {
  const [{ unit, isBefore, hasGap }] = members;
  const values = new Set(members.map(({ value }) => value));
  let fractions = 0;
  for (const value of values) if (!Number.isInteger(value)) fractions++;
  const isMany = values.size > FEW;
  if (isBefore) {
    if (NAMED_BY_NUMBERS.test(unit) || 2 * fractions < values.size) return false;
    return isMany || (unit.length > 1 && isKnownUnit(unit));
  }
  // 04103 Leipzig and 09013KT are codes.
  if (!isKnownUnit(unit) && members.some(({ core }) => /^0\d+$/.test(core))) return false;
  // 09013KT has a direction in front.
  if (/^kts?$/i.test(unit) && members.some(({ core }) => /^\d{5}$/.test(core))) return false;
  // 0845h is a quarter to nine.
  if (/^(?:h|hrs?|hours|uhr)$/i.test(unit) && areDigitTimes(members)) return false;
  if (unit.length > 1 || hasGap || isMany || fractions > 0) return true;
  // 3G, 1A and 2B are names; 5V and 10m are not.
  return /[a-z°%µ"'″′]/.test(unit) || (isKnownUnit(unit) && !/^[A-Z]/.test(unit))
    ? isKnownUnit(unit)
    : /^[VWLMK千万萬만亿億억]$/u.test(unit);
}

/** Whether numbers are hours and minutes in four digits, some with a zero in front. */
const areDigitTimes = (members: readonly UnitText[]): boolean =>
  members.every(({ core }) => /^(?:[01]\d|2[0-4])[0-5]\d$/.test(core)) &&
  members.some(({ core }) => core.startsWith('0'));

/** The numbers of a column that have no unit. */
export interface Unitless {
  readonly cells: number;
  /** The least and the largest of those that nothing is around: ∞ and −∞ where there are none. */
  readonly range: () => readonly [least: number, largest: number];
}

/**
 * Finds the unit in which the numbers of a column are. Null when no unit, nor several with known factors, explains nearly
 * all cells.
 */
export function readUnits(texts: readonly UnitText[], without: Unitless, name: string): UnitReading | null {
  const groups = unitGroupsOf(texts);
  if (groups.length === 0) return null;
  const letters = lettersOf(groups, name);
  if (letters === 'sexes') return null;
  const named = letters ? null : inUnitOfName(groups, without, name);
  if (named) return named;
  const { used, factors, base } = letters
    ? { ...letters, base: letters.name }
    : factorsAmong(groups, without.cells > 0);
  const all = groups.reduce((sum, { cells }) => sum + cells, 0);
  const explained = used.reduce((sum, { cells }) => sum + cells, 0);
  if (explained < NEARLY_ALL * all) return null;
  const inOnes = base === '';
  if (!inOnes && base !== 'bytes' && without.cells > MOST_WITHOUT * (without.cells + explained)) return null;
  const byCase = letters ? null : unitsByCase(used, factors);
  const likeOther = byCase?.then === 'same' ? used.findIndex((group) => unitOf(group) === byCase.like) : -1;
  const values = new Map<number, number>();
  used.forEach(({ members }, k) => {
    for (const { code, value, scale, unit } of members) {
      const scaled = times(value, scale);
      const isSame = byCase !== null && likeOther >= 0 && unit.toLowerCase() === byCase.like.toLowerCase();
      const factor = factors[isSame ? likeOther : k];
      // What is below zero in the south is so once.
      values.set(code, factor < 0 ? 0 - Math.abs(scaled) : times(scaled, factor));
    }
  });
  const doubtful = inOnes && !letters ? doubtfulLetter(used, name, without) : undefined;
  return {
    unit: { name: base, taken: used.map(unitOf) },
    ...{ values, inOnes, doubt: doubtful?.members[0].code ?? null, byCase },
  };
}

/** Numbers may be so many times above and below those without a unit, for the name to mean these. */
const NEAR = 100;

/**
 * Numbers in the unit that the name of the column gives to those that stand alone: 4.10kg among 3632 under “weight (g)”.
 * Null where it gives none to which theirs has a factor, or would put them far from the others.
 */
function inUnitOfName(groups: readonly Group[], without: Unitless, name: string): UnitReading | null {
  const own = without.cells > 0 ? unitInName(name) : undefined;
  if (own === undefined) return null;
  const [least, largest] = without.range();
  const values = new Map<number, number>();
  const used = groups.filter((group) => {
    const factor = group.key.startsWith('<') ? undefined : factorBetween(unitOf(group), own);
    if (factor === undefined) return false;
    const scaled = group.members.map((each) => times(times(each.value, each.scale), factor));
    if (scaled.some((value) => value * NEAR < least || value > NEAR * largest)) return false;
    group.members.forEach(({ code }, k) => values.set(code, scaled[k]));
    return true;
  });
  if (used.length === 0) return null;
  const unit = { name: own, taken: used.map(unitOf) };
  return { unit, values, inOnes: true, doubt: null, byCase: null };
}

/** Groups with known factors between them, these, and the unit that they lead to; empty: numbers are in ones. */
function factorsAmong(
  groups: readonly Group[],
  areSomeWithout: boolean,
): { used: readonly Group[]; factors: readonly number[]; base: string } {
  const [main] = groups;
  const withOnes = areSomeWithout ? [''] : [];
  let used = groups;
  let known = factorsOf([...groups.map(unitOf), ...withOnes]) ?? factorsOf(groups.map(unitOf));
  if (!known) {
    // What has a factor to the commonest unit, or is that; the rest has to be little.
    used = groups.filter((group) => group === main || factorsOf([unitOf(main), unitOf(group)]) !== undefined);
    known = factorsOf(used.map(unitOf));
    if (!known) used = [main];
  }
  const { factors = [1], areMagnitudes = false } = known ?? {};
  if (areMagnitudes && !isSymbol(used)) return { used, factors, base: '' };
  return { used, factors: factors.map((factor) => factor / factors[0]), base: unitOf(main) };
}

/** 300 K and 512 B, with a blank between, are a temperature and a size. */
const isSymbol = ([{ members }, ...others]: readonly Group[]) =>
  others.length === 0 && /^[KB]$/.test(members[0].unit) && members.every(({ hasGap }) => hasGap);

/** A product as it would be written: 2.3 · 1e6 is 2300000. */
export function times(value: number, factor: number): number {
  const power = powerOf(factor);
  const text = String(value);
  return power === undefined || text.includes('e') ? value * factor : Number(`${text}e${power}`);
}

/** Which power of ten a factor is. */
function powerOf(factor: number): number | undefined {
  const isOne = (value: number) => Math.abs(value - 1) < 1e-12;
  const up = POWERS.findIndex((power) => isOne(factor / power));
  if (up >= 0) return up;
  const down = POWERS.findIndex((power) => isOne(factor * power));
  return down > 0 ? -down : undefined;
}

/** What a number in one unit is multiplied by to be in another; undefined where nothing tells. */
export function factorBetween(from: string, to: string): number | undefined {
  if (keyOf(from) === keyOf(to)) return 1;
  const known = factorsOf([from, to]);
  return known && known.factors[0] / known.factors[1];
}

/** Columns with more units are texts of another kind. */
const MOST_UNITS = 4;

/** The sides of an account. */
const SIDES = /^(?:cr|dr|db)$/i;

/**
 * The first text with another unit than the first one has, and that one's unit, where nearly all of a column's `words`
 * are numbers with one of a few units and two of these are known by name, or one beside numbers that have none, the
 * `plain` ones.
 */
export function unlikeUnits(
  texts: readonly UnitText[],
  words: number,
  plain: readonly number[],
): { readonly code: number; readonly like: string } | undefined {
  const groups = unitGroupsOf(texts.filter(({ isBefore }) => !isBefore));
  const members = groups.reduce((sum, group) => sum + group.members.length, 0);
  const areKnown = groups.filter((group) => isKnownUnit(unitOf(group))).length > 1;
  const areSexes = lettersOf(groups, '') === 'sexes';
  // 60F and 15C
  const areTemperatures = ['C', 'F'].every((letter) => groups.some(({ key }) => key === letter));
  const isWord = (group: Group) =>
    unitOf(group).length > 1 && (isKnownUnit(unitOf(group)) || SIDES.test(unitOf(group)));
  const areOneWord = groups.every((group) => isWord(group) || !/\s/.test(unitOf(group)));
  const isOneKnown = areOneWord && groups.some(isWord) && groups.length + (plain.length > 0 ? 1 : 0) > 1;
  if (!(areKnown || areSexes || areTemperatures || isOneKnown) || groups.length > MOST_UNITS)
    return undefined;
  if (members + plain.length < 0.9 * words || members === 0) return undefined;
  const [{ unit: like, code: first }] = texts;
  if (plain.length > 0) return first < plain[0] ? { code: plain[0], like } : { code: first, like: '' };
  // Beside 3 Monate, 2 Wochen is the other unit, not 1 Monat.
  const other =
    texts.find(({ unit }) => !((factorBetween(unit, like) ?? 0) > 0)) ??
    texts.find(({ unit }) => keyOf(unit) !== keyOf(like));
  return other && { code: other.code, like };
}
