import {
  amountIn,
  areBelowZero,
  decimalComma,
  doubtfulParentheses,
  signIn,
  styleOf,
  thousandsByComma,
  TRIANGLE,
  unwrapped,
  withoutTriangle,
  type Style,
} from './amounts';
import { areFlags, areFlagsOfStatistics, labelledIn } from './labels';
import { isDebit, isNamedCoordinate } from './letters';
import { areNamed, slipsAmong } from './markedNumbers';
import { LONGEST_AMOUNT } from './number';
import type { NumberForm } from './numberForms';
import { withPlainDigits, withPlainPower } from './otherDigits';
import { splitAmount, type SplitAmount } from './splitAmount';
import type { UnitsByCase } from './unitCase';
import { isHundredth } from './unitTable';
import { readUnits, times, type Unit, type UnitReading, type UnitText } from './units';
import { areAddresses } from './writtenNames';

/** The texts of a column, and what is known of it besides. */
export interface ColumnTexts {
  readonly name: string;
  /** Whether a column of dates is beside it: then its times are times of day. */
  readonly isBesideDates: boolean;
  readonly texts: readonly string[];
  /** How many cells hold each text. */
  readonly counts: Int32Array;
  readonly isMissing: readonly boolean[];
  /** The file's decimal mark. */
  readonly mark: '.' | ',';
  /** Cells that are numbers as they stand, and whether one of them has a fraction. */
  readonly plainNumbers: number;
  readonly withFraction: boolean;
  /** The least and the largest of them: ∞ and −∞ where there are none. */
  readonly range: () => readonly [least: number, largest: number];
  /** How many different ones there are; infinite where these are many. */
  readonly distinct: () => number;
}

/** What the texts of a column are as numbers. */
export interface Amounts {
  readonly style: Style;
  /** The number of each text, NaN where it is none. */
  readonly values: Float64Array;
  /** What was taken off them; null where nothing was. */
  readonly unit: Unit | null;
  /** Texts whose number is not quite the one that is written: <21, 12*, 10,000+. */
  readonly marked: readonly number[];
  /** Texts that are numbers with a unit, and those of them to whose unit nothing tells the factor. */
  readonly withUnit: readonly UnitText[];
  readonly foreign: readonly UnitText[];
  /** Whether numbers of one unit were found, and whether a number without it is one in doubt. */
  readonly unitIsRead: boolean;
  readonly needsUnit: boolean;
  /** Whether numbers with marks are names: 6-, 6, 6+, or <=50K and >50K. */
  readonly areNamed: boolean;
  /** A text with a letter that is read as a word for many, and may be something else; null where none is. */
  readonly doubt: number | null;
  /** Texts in parentheses that are read as amounts below zero, where nothing else says so, and debits. */
  readonly negatives: readonly number[];
  /** The currency or percent sign of a text. */
  readonly signOf: (code: number) => string;
  /** Units that only capitals tell apart. */
  readonly byCase: UnitsByCase | null;
  /** The form in which they are written where it is none of the usual ones, and the first text that shows it. */
  readonly form: (NumberForm & { readonly code: number }) | null;
}

export const NO_AMOUNTS: Omit<Amounts, 'values'> = {
  ...{ style: thousandsByComma, unit: null, marked: [], withUnit: [], foreign: [] },
  ...{ unitIsRead: false, needsUnit: false, areNamed: false, doubt: null, negatives: [], signOf: () => '' },
  ...{ form: null, byCase: null },
};

/** Of so many texts, a few are looked at first. */
const MANY = 2000;
const SAMPLE = 200;
/** Below this share of numbers among the few, the others are not looked at. */
const FEWEST_NUMBERS = 0.1;

const isWrapped = (text: string) => text.startsWith('="') || text.startsWith("'");
/** Names of what is written in groups of digits and is no quantity. */
const NUMBERED = /phone|tel|fax|mobile|zip|postal|postcode|plz|\bpin|siren|siret|iban|account|card|\bid$/i;

/**
 * Reads the texts of a column as numbers, whatever the column turns out to hold; where it plainly holds texts, only if
 * numbers are `asked` for.
 */
export function readAmounts(column: ColumnTexts, asked: boolean): Amounts {
  const { texts, counts, isMissing, withFraction, plainNumbers } = column;
  const mark = hasPointsOfItsOwn(column) ? '.' : column.mark;
  const values = new Float64Array(texts.length).fill(NaN);
  if (texts.length === 0) return { ...NO_AMOUNTS, values, style: styleOf([], mark, withFraction) };
  if (!asked && plainNumbers === 0 && areFreeTexts(column)) return { ...NO_AMOUNTS, values };
  const fallen = areBelowZero(texts, column.range) ? withoutTriangle : (text: string) => text;
  const bare = texts.map((text) => withPlainPower(withPlainDigits(fallen(unwrapped(text)), mark)));
  const codes = [...texts.keys()].filter((code) => !isMissing[code] && texts[code].length <= LONGEST_AMOUNT);
  // Who keeps the zeros in front from being lost does not mean a number: ="007".
  if (codes.some((code) => isWrapped(texts[code]) && /^0\d/.test(bare[code]))) {
    return { ...NO_AMOUNTS, values };
  }
  if (plainNumbers === 0 && areAddresses(codes.map((code) => bare[code]))) return { ...NO_AMOUNTS, values };
  const splits = splitsOf(codes, bare);
  const style = styleOf(
    codes.map((code) => splits.get(code)?.core ?? bare[code]),
    mark,
    withFraction,
  );
  let direct = plainNumbers;
  for (const code of codes) {
    if (splits.has(code)) continue;
    values[code] = amountIn(bare[code], style);
    if (Number.isFinite(values[code])) direct += counts[code];
  }
  if (isNumbering(column, codes, bare)) {
    for (const code of codes) if (BY_BLANK.test(bare[code]) || BY_POINT.test(bare[code])) values[code] = NaN;
  }
  const areAccounts = codes.some((code) => bare[code].endsWith('-') && Number.isFinite(values[code]));
  // What is a bound beside percentages is one, too.
  const arePercent = codes.some(
    (code) => !splits.has(code) && signIn(bare[code]) === '%' && Number.isFinite(values[code]),
  );
  const signBy = ({ currency, unit }: SplitAmount) => (arePercent && unit === '%' ? '%' : currency);
  const signOf = (code: number) => {
    const split = splits.get(code);
    return split ? signBy(split) : signIn(bare[code]);
  };
  let withUnit: UnitText[] = [];
  const marked: number[] = [];
  for (const [code, split] of splits) {
    const value = amountIn(split.core, style);
    if (!Number.isFinite(value)) continue;
    if (areAccounts && split.mark === '-') {
      values[code] = -value;
      continue;
    }
    if (split.mark !== '') marked.push(code);
    if (split.unit !== '' && signBy(split) !== '%')
      withUnit.push({ ...split, code, value, cells: counts[code] });
    else {
      values[code] = value;
      direct += counts[code];
    }
  }
  const alone = new Map(
    areFlags(withUnit, column) || areFlagsOfStatistics(withUnit, column)
      ? withUnit.map(({ code, value }) => [code, value])
      : [],
  );
  if (alone.size > 0) withUnit = [];
  // 95p beside £1.20
  if (withUnit.some(({ unit }) => isHundredth(unit))) {
    const signs = new Set(codes.map((code) => (Number.isFinite(values[code]) ? signOf(code) : '')));
    signs.delete('');
    const [currency = ''] = signs;
    const areCents = ({ unit, isBefore }: UnitText) => !isBefore && isHundredth(unit, currency);
    const cents = signs.size === 1 ? withUnit.filter(areCents) : [];
    for (const { code, value } of cents) values[code] = times(value, 0.01);
    direct += cents.reduce((sum, { cells }) => sum + cells, 0);
    withUnit = withUnit.filter(({ code }) => Number.isNaN(values[code]));
  }
  const others = codes.filter((code) => Number.isNaN(values[code]) && !splits.has(code));
  for (const [code, value] of [...alone, ...labelledIn(column, others)]) {
    values[code] = value;
    marked.push(code);
    direct += counts[code];
  }
  const read = readUnits(withUnit, { cells: direct, range: column.range }, column.name);
  for (const [code, value] of read?.values ?? []) values[code] = value;
  for (const code of slipsAmong(splits, marked, counts)) values[code] = NaN;
  return {
    style,
    values,
    form: null,
    byCase: read?.byCase ?? null,
    unit: unitOf(
      read,
      signsIn(
        codes.filter((code) => Number.isFinite(values[code])),
        counts,
        signOf,
      ),
    ),
    marked: marked.filter((code) => Number.isFinite(values[code])),
    withUnit,
    foreign: withUnit.filter(({ code }) => Number.isNaN(values[code])),
    unitIsRead: read !== null,
    needsUnit: read?.inOnes === false,
    areNamed: areNamed(
      marked.map((code) => ({
        value: values[code],
        mark: splits.get(code)?.mark ?? '',
        cells: counts[code],
        code,
      })),
      column,
      values,
    ),
    doubt: read?.doubt ?? null,
    negatives: [
      ...doubtfulParentheses(
        column.name,
        codes.flatMap((code) =>
          Number.isFinite(values[code]) ? [{ code, text: bare[code], value: values[code] }] : [],
        ),
        () => column.range()[0],
      ),
      ...codes.filter((code) => bare[code] !== texts[code] && TRIANGLE.test(texts[code]) && values[code] < 0),
      ...withUnit.flatMap(({ code, unit, value }) =>
        isDebit(unit, read?.unit.name ?? '') && value > 0 && values[code] < 0 ? [code] : [],
      ),
    ],
    signOf,
  };
}

/** Whether the points in a column are decimal marks in a file with decimal commas: latitudes from a map among prices. */
const hasPointsOfItsOwn = ({ name, texts, mark }: ColumnTexts) =>
  mark === ',' && isNamedCoordinate(name) && !texts.some((text) => /,|\d\.\d+\./.test(text));

/** What was taken off: units, and the currency before them. */
function unitOf(read: UnitReading | null, signs: readonly string[]): Unit | null {
  if (!read) return signs.length > 0 ? { name: signs[0], taken: signs } : null;
  const { name, taken } = read.unit;
  return { name: `${signs[0] ?? ''}${name}`, taken: [...taken, ...signs] };
}

/** The currencies and percent signs of texts, the commonest first. */
function signsIn(codes: readonly number[], counts: Int32Array, signOf: (code: number) => string): string[] {
  const cells = new Map<string, number>();
  for (const code of codes) {
    const sign = signOf(code);
    if (sign !== '') cells.set(sign, (cells.get(sign) ?? 0) + counts[code]);
  }
  return [...cells].sort(([, a], [, b]) => b - a).map(([sign]) => sign);
}

/** The parts of texts that are no numbers as accounts write them, but may have one in them. */
function splitsOf(codes: readonly number[], bare: readonly string[]): Map<number, SplitAmount> {
  if (codes.length > MANY && areFewNumbers(codes, (code) => bare[code])) return new Map();
  const splits = new Map<number, SplitAmount>();
  for (const code of codes) {
    if (isDirect(bare[code])) continue;
    const split = splitAmount(bare[code]);
    if (split) splits.set(code, split);
  }
  return splits;
}

const isDirect = (text: string) =>
  Number.isFinite(amountIn(text, thousandsByComma)) || Number.isFinite(amountIn(text, decimalComma));

/** Whether hardly any of many texts is a number, from a few of them. */
function areFewNumbers(codes: ArrayLike<number>, textOf: (code: number) => string): boolean {
  const few = Array.from({ length: SAMPLE }, (_, k) => codes[Math.floor((k * codes.length) / SAMPLE)]);
  const numbers = few.map(textOf).filter((text) => isDirect(text) || mayHaveUnit(text));
  return numbers.length < FEWEST_NUMBERS * SAMPLE;
}

/** Cells to a text, up to which hardly any text repeats. */
const MOST_CELLS_TO_A_TEXT = 1.5;

/** Whether a column has many texts that hardly repeat, hardly any of them a number. */
function areFreeTexts({ texts, counts }: ColumnTexts): boolean {
  if (texts.length <= MANY) return false;
  let cells = 0;
  for (const count of counts) cells += count;
  return (
    cells <= MOST_CELLS_TO_A_TEXT * texts.length &&
    areFewNumbers([...texts.keys()], (code) => withPlainPower(withPlainDigits(unwrapped(texts[code]), '.')))
  );
}

/** Codes such as A17 are many, and have no unit in front. */
function mayHaveUnit(text: string): boolean {
  const split = splitAmount(text);
  return split !== null && !(split.isBefore && /^\d+$/.test(split.core));
}

const BY_BLANK = /^\d{1,3}(?:\s\d{3})+$/;
/** Persons and firms are numbered in thousands in South America. */
const OF_PERSONS = /(?:^|[^a-z])(?:cnpj|cpf|dni|rut|nit|cuit|c[eé]dula|documento)(?:[^a-z]|$)/i;
const BY_POINT = /^\d{1,3}(?:\.\d{3})+$/;
const LIKE_TELEPHONE = /^\d{3}(?:\s\d{3}){2,}$/;

/** Whether digits in groups number something: telephones, accounts, places. */
function isNumbering({ name, plainNumbers }: ColumnTexts, codes: readonly number[], bare: readonly string[]) {
  if (plainNumbers === 0 && OF_PERSONS.test(name.slice(0, 100))) return true;
  const grouped = codes.filter((code) => BY_BLANK.test(bare[code]));
  if (grouped.length === 0 || plainNumbers > 0) return false;
  return NUMBERED.test(name.slice(0, 100)) || grouped.every((code) => LIKE_TELEPHONE.test(bare[code]));
}
