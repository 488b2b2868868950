import type { UnitGroup, Unitless } from './units';

/** What letters behind the numbers of a column stand for. */
export interface Letters {
  /** The groups that have such a letter. */
  readonly used: readonly UnitGroup[];
  /** What the numbers of each of them are multiplied by. */
  readonly factors: readonly number[];
  /** What they are in then. */
  readonly name: string;
}

const lastWord = (words: string) => new RegExp(`(?:^|[^\\p{L}])(?:${words})(?:$|[^\\p{L}])`, 'iu');
/** A name as words: FileSize, file_size. */
const wordsOf = (name: string) => name.slice(0, 100).replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2');

const COORDINATES = lastWord(
  'lat|latitude|lon|lng|long|longitude|coords?|coordinates?|gps|geo|breite|breitengrad|l(?:ä|ae)nge|l(?:ä|ae)ngengrad',
);
/** Whether a column is called a latitude or longitude. */
export const isNamedCoordinate = (name: string): boolean => COORDINATES.test(wordsOf(name));
/** What is measured in newtons, seconds or siemens, and watts. */
const NO_COORDINATES = lastWord(
  'watts?|power|leistung|load|consumption|lamps?|bulbs?|force|thrust|newtons?|kraft|seconds?|time|duration|conductance',
);
const AGES = lastWord('ages?|sex|agesex|sexage|gender|alter|geschlecht|persons?|patients?');
const SIZES = lastWord('sizes?|bytes?|memory|mem|ram|disk|storage|files?|filesize|space|used|length|quota');
const GOLD = lastWord('karats?|carats?|gold|purity|fineness|kt');
const ELECTRIC = lastWord(
  'ohms?|resistors?|resistance|impedance|capacitors?|capacitance|capacity|farads?|inductors?|inductance|henrys?|volts?|voltage|current|amps?|amperes?|watts?|power|frequency|freq|hertz|hz',
);

/** What programs are given of processors: 250m is a quarter of one. */
const PROCESSORS = lastWord('v?cpus?|cores?');
const NO_PROCESSORS = lastWord('time|seconds|minutes|usage time');

const SIZE_FACTORS: Readonly<Record<string, number>> = { B: 1, k: 1e3, K: 1e3, M: 1e6, G: 1e9, T: 1e12 };
const PREFIXES: Readonly<Record<string, number>> = {
  ...{ p: 1e-12, n: 1e-9, u: 1e-6, µ: 1e-6, μ: 1e-6, m: 1e-3 },
  ...{ k: 1e3, K: 1e3, M: 1e6, G: 1e9 },
};

/** From this share of the cells on, letters explain nearly all of them. */
const NEARLY_ALL = 0.95;
/** Places behind the point from which on a number is no rough one. */
const EXACT = /[.,]\d{2,}$/;

export const unitOf = ({ members: [{ unit }] }: UnitGroup) => unit;
const isMoney = (groups: readonly UnitGroup[]) =>
  groups.some(({ members }) => members.some(({ currency }) => currency !== ''));

/**
 * What letters stand for where they are no words for many: hemispheres, bytes, karats, the prefixes of ohms; the sex of
 * a person beside an age is `sexes`. Undefined for any others. `name`: of the column.
 */
export function lettersOf(groups: readonly UnitGroup[], name: string): Letters | 'sexes' | undefined {
  const words = wordsOf(name);
  const found = hemispheres(groups, words) ?? sidesOf(groups) ?? erasOf(groups);
  if (found) return found;
  const units = groups.map(unitOf);
  const are = (letters: string) => units.every((unit) => unit.length === 1 && letters.includes(unit));
  const as = (factors: readonly number[], unit: string): Letters => ({ used: groups, factors, name: unit });
  if (are('MmFf') && !isMoney(groups)) {
    const others = units.filter((unit) => /[Ff]/.test(unit));
    if (others.length > 0 && others.length < units.length && areAges(groups)) return 'sexes';
    if (AGES.test(words) && areAges(groups)) return units.length > 1 ? 'sexes' : as([1], units[0]);
  }
  if (are('BkKMGT') && units.includes('B') && units.length > 1 && !isMoney(groups)) {
    // Bytes are whole, and of 1.5T and 607B alone neither is a size.
    const areWhole = groups.every((group) => unitOf(group) !== 'B' || haveWhole(group));
    const has = (unit: string) => units.includes(unit);
    const mayBeSizes = has('G') || (has('T') && (has('k') || has('K')));
    if (areWhole && (mayBeSizes || SIZES.test(words)))
      return as(
        units.map((unit) => SIZE_FACTORS[unit]),
        'bytes',
      );
  }
  if (are('kK') && GOLD.test(words))
    return as(
      units.map(() => 1),
      units[0],
    );
  if (are('m') && PROCESSORS.test(words) && !NO_PROCESSORS.test(words)) return as([0.001], '');
  if (units.every((unit) => Object.hasOwn(PREFIXES, unit)) && ELECTRIC.test(words)) {
    return as(
      units.map((unit) => PREFIXES[unit]),
      '',
    );
  }
  return undefined;
}

/** Soll and Haben are shortened to S and H, which are the south, seconds and hours as well. */
const CREDIT = /^(?:cr(?:edit)?|haben)$/i;
const DEBIT = /^(?:dr|debit|od|overdrawn|soll)$/i;
const [HABEN, SOLL] = ['H', 'S'];
/** Whether a unit says that an amount is below zero, beside others in this one. */
export const isDebit = (unit: string, name: string): boolean =>
  DEBIT.test(unit) || (unit === SOLL && name === HABEN);
/** An amount with hundredths, as accounts have them. */
const WITH_HUNDREDTHS = /[.,]\d\d$/;

/** The sides of an account, both of which stand there: what is taken from it, or lacks in it, is below zero. */
function sidesOf(groups: readonly UnitGroup[]): Letters | undefined {
  const areLetters = groups.every((group) => [HABEN, SOLL].includes(unitOf(group)));
  const areAmounts = () =>
    groups.every(({ members }) => members.every(({ core }) => WITH_HUNDREDTHS.test(core)));
  const areSides = areLetters
    ? areAmounts()
    : groups.every((group) => CREDIT.test(unitOf(group)) || DEBIT.test(unitOf(group)));
  const debits = groups.map((group) => DEBIT.test(unitOf(group)) || (areLetters && unitOf(group) === SOLL));
  if (!areSides || !debits.includes(true) || !debits.includes(false)) return undefined;
  return {
    used: groups,
    factors: debits.map((debit) => (debit ? -1 : 1)),
    name: unitOf(groups[debits.indexOf(false)]),
  };
}

const BEFORE_ERA = /^(?:BCE?|B\.C|v\. ?Chr)$/;
const OF_ERA = /^(?:AD|CE|A\.D|n\. ?Chr)$/;

/** Years of which some are before the beginning of our count, and below zero. */
function erasOf(groups: readonly UnitGroup[]): Letters | undefined {
  const are = groups.map((group) =>
    BEFORE_ERA.test(unitOf(group)) ? -1 : OF_ERA.test(unitOf(group)) ? 1 : 0,
  );
  if (are.includes(0) || !are.includes(-1) || !are.includes(1) || !groups.every(haveWhole)) return undefined;
  return { used: groups, factors: are, name: unitOf(groups[are.indexOf(1)]) };
}

const haveWhole = ({ members }: UnitGroup) => members.every(({ value }) => Number.isInteger(value));

/** Degrees of latitude or longitude: those south and west are below zero. */
function hemispheres(groups: readonly UnitGroup[], words: string): Letters | undefined {
  const all = groups.reduce((sum, { cells }) => sum + cells, 0);
  for (const [positive, negative, most] of [
    ['N', 'S', 90],
    ['E', 'W', 180],
  ] as const) {
    const letterOf = (group: UnitGroup) => unitOf(group).replace(/^°\s?/u, '');
    const used = groups.filter((group) => [positive, negative].some((letter) => letterOf(group) === letter));
    const cells = used.reduce((sum, group) => sum + group.cells, 0);
    if (cells === 0 || cells < NEARLY_ALL * all) continue;
    const members = used.flatMap((group) => group.members);
    if (members.some(({ value }) => Math.abs(value) > most)) continue;
    const exact = members.filter(({ core }) => EXACT.test(core)).length;
    const areCoordinates =
      used.some((group) => unitOf(group).startsWith('°')) ||
      new Set(used.map(letterOf)).size > 1 ||
      COORDINATES.test(words) ||
      (2 * exact > members.length && !NO_COORDINATES.test(words));
    if (!areCoordinates) continue;
    const degree = unitOf(used[0]).slice(0, -1);
    return {
      used,
      factors: used.map((group) => (letterOf(group) === negative ? -1 : 1)),
      name: `${degree}${positive}`,
    };
  }
  return undefined;
}

const OLDEST = 120;
const areAges = (groups: readonly UnitGroup[]) =>
  groups.every(({ members }) =>
    members.every(({ value }) => Number.isInteger(value) && value >= 0 && value <= OLDEST),
  );

/** Names of what is counted or paid in thousands and millions. */
const AMOUNTS =
  /price|cost|salar|income|wage|pay|revenue|sales|budget|profit|amount|value|worth|fund|loan|debt|view|follow|like|subscri|download|install|review|visit|click|play|stream|popul|people|users|member|count|size|volume|distance|mileage|km|odometer|capital|cap$|gross|turnover|transfer|fee|rent|market|total|num/i;
/** Up to so many different whole numbers with one letter behind them may be names. */
const FEW = 20;
/** Who writes numbers of this size has no need of a letter for thousands. */
const LARGE = 1000;

/**
 * The letter that is read as a word for many and may be something else: 21K of gold, 4K beside 1080, 22m for
 * thousandths. Undefined where there is no such doubt.
 */
export function doubtfulLetter(
  groups: readonly UnitGroup[],
  name: string,
  without: Unitless,
): UnitGroup | undefined {
  const members = groups.flatMap((group) => group.members);
  if (isMoney(groups) || AMOUNTS.test(name.slice(0, 100))) return undefined;
  if (members.some(({ unit, scale }) => unit.length > 1 || scale !== 1)) return undefined;
  const billions = groups.find((group) => /[Bb]/.test(unitOf(group)));
  if (billions && groups.length > 1) return haveWhole(billions) ? billions : undefined;
  if (groups.length > 1) return groups.find((group) => unitOf(group) === 'm');
  const [only] = groups;
  const isName =
    without.cells === 0
      ? new Set(members.map(({ value }) => value)).size <= FEW
      : without.range()[1] >= LARGE;
  return haveWhole(only) && isName ? only : undefined;
}
