import { hasDecimalComma, isNumber, type Table } from './csv';

export type ColumnType = 'number' | 'boolean' | 'date' | 'category' | 'text' | 'mixed' | 'constant';

/** What a column holds, and the evidence. `values` and `codes` describe its distinct texts. */
export interface Column {
  readonly name: string;
  readonly index: number;
  readonly type: ColumnType;
  readonly missing: number;
  readonly distinct: number;
  /** Every cell as a number: NaN where missing, and for `category`, `text` and `mixed` where it is text. */
  readonly numbers: Float64Array;
  /** How commas inside its numbers were read, if there are any. */
  readonly commas: 'decimal' | 'thousands' | null;
  /** `mixed`: the first row whose cell is no number. */
  readonly firstText?: number;
}

const missingTokens = new Set(['', 'NA', 'N/A', 'n/a', 'NaN', 'nan', 'null', 'NULL', '?', '-', '.']);
export const isMissing = (cell: string): boolean => missingTokens.has(cell);

/** More distinct texts than this are free text, not categories. */
export const MOST_CATEGORIES = 20;
/** From this share of numbers on, a text among them is taken for an error rather than a category. */
const NUMBER_COLUMN_SHARE = 0.5;
const MS_PER_DAY = 86_400_000;

const booleans = new Map([
  ['true', 1],
  ['false', 0],
  ['yes', 1],
  ['no', 0],
]);
const withThousands = /^[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?$/;
const isoDate = /^(\d{4})-(\d\d)-(\d\d)(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?Z?)?$/;

/** Days since 1970-01-01 of an ISO 8601 date, or NaN. */
function days(cell: string): number {
  const found = isoDate.exec(cell);
  if (!found) return NaN;
  const time = Date.parse(cell.length === 10 ? cell : cell.replace(' ', 'T').replace(/Z?$/, 'Z'));
  // 2020-02-30 parses, as the 1st of March.
  return new Date(time).getUTCDate() === Number(found[3]) ? time / MS_PER_DAY : NaN;
}

/**
 * How the commas inside a column's numbers are meant. A file whose delimiter is the comma quotes them and,
 * when all stand before three digits, means thousands; else they are decimal commas.
 */
function commasOf({ dialect }: Table, cells: readonly string[]): Column['commas'] {
  const withComma = cells.filter((cell) => cell.includes(','));
  if (withComma.length === 0) return null;
  if (dialect.delimiter === ',' && withComma.every((cell) => withThousands.test(cell))) return 'thousands';
  return withComma.every(hasDecimalComma) ? 'decimal' : null;
}

/** Finds the type of column `index`: the strictest of number, boolean, date, category, text that fits all. */
export function readColumn(table: Table, index: number): Column {
  const cells = table.columns[index];
  const name = table.names[index];
  const numbers = new Float64Array(cells.length).fill(NaN);
  const distinct = new Set<string>();
  const commas = commasOf(table, cells);
  let missing = 0;
  let numeric = 0;
  let firstText: number | undefined;
  cells.forEach((cell, row) => {
    if (isMissing(cell)) {
      missing++;
      return;
    }
    distinct.add(cell);
    const text =
      commas === 'decimal'
        ? cell.replace(',', '.')
        : commas === 'thousands'
          ? cell.replaceAll(',', '')
          : cell;
    // With a decimal comma, a point is not a decimal point.
    if (isNumber(text) && Number.isFinite(Number(text)) && !(commas === 'decimal' && cell.includes('.'))) {
      numbers[row] = Number(text);
      numeric++;
    } else firstText ??= row;
  });
  const present = cells.length - missing;
  const column = { name, index, missing, distinct: distinct.size, numbers, commas };
  if (distinct.size <= 1) return { ...column, type: 'constant' };
  if (numeric === present) return { ...column, type: 'number' };
  if (numeric >= NUMBER_COLUMN_SHARE * present)
    return { ...column, type: 'mixed', firstText: firstText ?? 0 };
  const asNumber = (read: (cell: string) => number | undefined) => {
    const out = numbers.map((_, row) => (isMissing(cells[row]) ? NaN : (read(cells[row]) ?? NaN)));
    return out.filter((value) => !Number.isNaN(value)).length === present ? out : undefined;
  };
  const flags = asNumber((cell) => booleans.get(cell.toLowerCase()));
  if (flags) return { ...column, type: 'boolean', numbers: flags };
  const dates = asNumber(days);
  if (dates) return { ...column, type: 'date', numbers: dates };
  return { ...column, type: distinct.size <= MOST_CATEGORIES ? 'category' : 'text' };
}

/** The distinct texts of a column, numbers in their order, else in alphabetical order. */
export function distinctTexts(table: Table, index: number): string[] {
  const texts = [...new Set(table.columns[index].filter((cell) => !isMissing(cell)))];
  return texts.every(isNumber)
    ? texts.sort((a, b) => Number(a) - Number(b))
    : texts.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}
