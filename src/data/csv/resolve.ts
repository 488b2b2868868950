import { countCells, MISSING, NUMBER, type ColumnCells } from './columnBuilder';
import type { Calendar } from './dateColumn';
import { LONGEST_AMOUNT } from './number';
import { areDatesBeside } from './numberDates';
import type { ColumnKind } from '../../settings/data';
import type { Problems } from '../problems';

/** A column whose cells are known: numbers, or texts, and which are missing. Its cells may be let go of. */
export interface ReadColumn {
  readonly name: string;
  readonly holds: 'numbers' | 'texts';
  readonly rows: number;
  /** `numbers`: every cell, NaN where it is missing or no number. Empty for `texts`. */
  numbers: Float64Array;
  /** `texts`: which text every cell is, −1 where it is missing. Empty for `numbers`. */
  codes: Int32Array;
  readonly texts: readonly string[];
  readonly missing: number;
  /** How commas inside its numbers were read, if there are any. */
  readonly commas: 'decimal' | 'thousands' | null;
  /** How numbers are written that are not written as JavaScript would; null when there are too many for classes. */
  readonly numberTexts: ReadonlyMap<number, string> | null;
  /** `texts`: what they are as dates or times of day, if they are such; its values are those of the texts. */
  readonly calendar?: Calendar;
}

/** From this share of numbers on a column holds numbers, and a text in it is an error. */
const NUMBER_SHARE = 0.5;

type Style = (text: string) => number;
/** Most texts are not looked at any closer. */
const mayBeNumber = (text: string) => text.length <= LONGEST_AMOUNT && NUMBER_LIKE.test(text);
const NUMBER_LIKE = /^[\s(]*(?:[-+\u2212$€£¥₹\d.,]|CHF|EUR|USD|GBP|JPY|INR)[^a-df-z]*$/u;
const plain = /^[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?$/;
const read = (text: string) => (plain.test(text) ? Number(text) : NaN);
/**
 * The number in an amount as accounts have it: without currency or percent sign, with the minus in front, however the
 * minus is written: −5, (5), 5-.
 */
function withoutUnit(text: string): string {
  const signed = text
    .trim()
    .replace(/\u2212/g, '-')
    .replace(/^\(([^()]*)\)$/, '-$1')
    .replace(/^([^-+]*\d)-$/, '-$1');
  return signed
    .replace(/^([-+]?)\s*(?:[$€£¥₹]|(?:CHF|EUR|USD|GBP|JPY|INR)(?=[\s\d]))\s*([-+]?)/u, '$1$2')
    .replace(/\s?(?:[%$€£¥₹]|(?:CHF|EUR|USD|GBP|JPY|INR))$/u, '')
    .replace(
      /^([-+]?\d{1,3})((?:['’]\d{3})+)/u,
      (_, first: string, groups: string) => first + groups.replace(/['’]/gu, ''),
    );
}

/** Commas group thousands: 1,234.5 */
const thousandsByComma: Style = (text) => {
  const bare = withoutUnit(text);
  return /^[-+]?\d{1,3}(?:,\d{3})+(?:\.\d+)?$/.test(bare) ? Number(bare.replaceAll(',', '')) : read(bare);
};
/** A comma before the fraction, points or blanks between thousands: 1.234,5 */
const decimalComma: Style = (text) => {
  const bare = withoutUnit(text);
  if (/^[-+]?\d{1,3}(?:[.\s\u00a0]\d{3})+(?:,\d+)?$/.test(bare)) {
    return Number(bare.replace(/[.\s\u00a0]/g, '').replace(',', '.'));
  }
  return /^[-+]?\d*,\d+(?:[eE][-+]?\d+)?$/.test(bare) || /^[-+]?\d+$/.test(bare)
    ? Number(bare.replace(',', '.'))
    : NaN;
};
/** Whether a text with commas can only be meant in thousands. */
const surelyThousands = (text: string) => /^[-+]?[^\d]*\d{1,3}(?:,\d{3}){2,}|,\d{3}\./.test(text);

/** How one column is resolved. */
export interface Resolving {
  readonly name: string;
  /** Texts that mean that a cell is missing, in any column. */
  readonly missing: ReadonlySet<string>;
  readonly mark: '.' | ',';
  /** Whether its cells were kept as they are written, none of them a number. */
  readonly asWritten: boolean;
  /** What a person says that it holds. */
  readonly wanted: ColumnKind | undefined;
  /** Texts that mean that a cell is missing in this column; as numbers, where it holds numbers. */
  readonly placeholders: readonly string[];
}

/**
 * Decides what a column holds. Null when it turns out to hold texts, but some were read as numbers, which has lost how
 * they are written: the file is then read once more, with the column as it is written.
 */
export function resolveColumn(
  column: ColumnCells,
  rows: number,
  { name, missing: missingTokens, mark, asWritten, wanted, placeholders }: Resolving,
  problems: Problems,
): ReadColumn | null {
  const { texts, numberTexts } = column;
  const counts = new Int32Array(texts.length);
  if (column.codes)
    for (let row = 0; row < rows; row++) if (column.codes[row] >= 0) counts[column.codes[row]]++;
  // Beside a plus, a minus is the other class.
  const areSigns = texts.includes('+') && texts.every((text) => text === '+' || missingTokens.has(text));
  const isMissing = texts.map(
    (text) => placeholders.includes(text) || (missingTokens.has(text) && !(areSigns && text === '-')),
  );
  const missingByToken = counts.reduce((sum, count, code) => (isMissing[code] ? sum + count : sum), 0);
  const cells = countCells(column, rows);
  const missing = cells.missing + missingByToken;
  const present = rows - missing;
  const words = texts.filter((_, code) => !isMissing[code]);
  const plainNumbers = rows - cells.missing - cells.texts;
  const withFraction = plainNumbers > 0 && hasFraction(column, rows);
  const style = styleOf(
    words.filter((text) => text.length <= LONGEST_AMOUNT),
    mark,
    withFraction,
  );
  const values = texts.map((text, code) =>
    isMissing[code] || asWritten || !mayBeNumber(text) ? NaN : style(text),
  );
  const styled = counts.reduce((sum, count, code) => (Number.isFinite(values[code]) ? sum + count : sum), 0);
  const base = { name, rows, numberTexts };
  const areNumbers = present === 0 || plainNumbers + styled >= NUMBER_SHARE * present;
  if (!asWritten && (wanted === undefined ? areNumbers : wanted === 'number')) {
    // In place: nobody else has the column.
    const numbers = column.numbers.subarray(0, rows);
    if (wanted === undefined && areDatesBeside(name, words, numbers)) return null;
    let unusable = 0;
    let placed = 0;
    if (column.codes) {
      for (let row = 0; row < rows; row++) {
        const code = column.codes[row];
        if (code < 0) continue;
        numbers[row] = Number.isFinite(values[code]) ? values[code] : NaN;
        if (!isMissing[code] && !Number.isFinite(values[code])) unusable++;
      }
    }
    const marked = takeAway(numbers, placeholders.map(style));
    for (const { row, line, column: from, endColumn } of column.places) {
      const k = column.codes?.[row] ?? NUMBER;
      if (k < 0 || isMissing[k] || Number.isFinite(values[k])) continue;
      const text = texts[k];
      const isMixed =
        text.length <= LONGEST_AMOUNT && (mark === '.' ? /^[-+]?\d+,\d+$/ : /^[-+]?\d+\.\d+$/).test(text);
      placed++;
      const code = isMixed ? 'mixed-decimals' : 'text-in-numbers';
      problems.add(code, [line, from, endColumn], { column: name, text });
    }
    // Only the first are placed; all are counted.
    problems.count('text-in-numbers', unusable - placed);
    const odd = oddUnit(
      texts.filter((_, code) => Number.isFinite(values[code])),
      plainNumbers > 0,
    );
    const spot = odd && column.places.find(({ row }) => texts[column.codes?.[row] ?? NUMBER] === odd);
    if (odd && spot) {
      problems.add('mixed-units', [spot.line, spot.column, spot.endColumn], { column: name, text: odd });
    }
    return {
      ...base,
      holds: 'numbers',
      numbers,
      codes: new Int32Array(),
      texts: [],
      missing: missing + marked + unusable,
      commas: commasOf(words, style, mark, withFraction, styled),
    };
  }
  if (plainNumbers > 0) return null;
  const codes = column.codes?.subarray(0, rows) ?? new Int32Array();
  for (let row = 0; row < rows; row++) if (codes[row] >= 0 && isMissing[codes[row]]) codes[row] = MISSING;
  return { ...base, holds: 'texts', numbers: new Float64Array(), codes, texts, missing, commas: null };
}

/** Makes the cells that hold one of these numbers missing; says how many. */
function takeAway(numbers: Float64Array, placeholders: readonly number[]): number {
  const away = new Set(placeholders.filter((value) => !Number.isNaN(value)));
  if (away.size === 0) return 0;
  let count = 0;
  for (let row = 0; row < numbers.length; row++) {
    if (!away.has(numbers[row])) continue;
    numbers[row] = NaN;
    count++;
  }
  return count;
}

const UNIT = /[%$€£¥₹]|CHF|EUR|USD|GBP|JPY|INR/u;

/** The first amount whose unit is not that of the one before; a number without one may be in any but percent. */
function oddUnit(amounts: readonly string[], withoutUnits: boolean): string | undefined {
  const unitOf = (text: string) => UNIT.exec(text)?.[0] ?? '';
  const units = amounts.map(unitOf);
  const first = units.find((unit) => unit !== '');
  if (first === undefined) return undefined;
  const other = units.findIndex((unit) => unit !== first && (unit !== '' || first === '%'));
  if (other >= 0) return amounts[other];
  return withoutUnits && first === '%' ? amounts[units.indexOf('%')] : undefined;
}

function commasOf(
  words: readonly string[],
  style: Style,
  mark: '.' | ',',
  withFraction: boolean,
  styled: number,
): ReadColumn['commas'] {
  if (mark === ',') return withFraction || styled > 0 ? 'decimal' : null;
  if (styled === 0 || !words.some((text) => text.includes(','))) return null;
  return style === decimalComma ? 'decimal' : 'thousands';
}

function hasFraction({ numbers, codes }: ColumnCells, rows: number): boolean {
  for (let row = 0; row < rows; row++) {
    if ((!codes || codes[row] === NUMBER) && !Number.isInteger(numbers[row])) return true;
  }
  return false;
}

/** How the texts of a column that are numbers after all are written: one way for all of them. */
function styleOf(words: readonly string[], mark: '.' | ',', withFraction: boolean): Style {
  if (mark === ',') {
    // A column of its own kind, such as coordinates among prices.
    const isPoint = (text: string) => Number.isFinite(read(text)) && !Number.isFinite(decimalComma(text));
    return !withFraction && words.some(isPoint) && !words.some((text) => text.includes(','))
      ? read
      : decimalComma;
  }
  const commas = words.filter((text) => text.includes(','));
  if (commas.length === 0 || withFraction || commas.some(surelyThousands)) return thousandsByComma;
  // What is a number with neither tells nothing.
  const isDecimal = (text: string) =>
    Number.isFinite(decimalComma(text)) && !Number.isFinite(thousandsByComma(text));
  return commas.some(isDecimal) ? decimalComma : thousandsByComma;
}
