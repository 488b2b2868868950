import { NUMBER, type ColumnCells } from './columnBuilder';
import type { Amounts } from './columnAmounts';
import { decimalComma } from './amounts';
import { isLettered } from './codes';
import { placesIn } from './firstPlaces';
import type { LoseWord } from './lostWords';
import { LONGEST_AMOUNT } from './number';
import { nameForms } from './numberForms';
import { withPlainDigits } from './otherDigits';
import type { KnownTexts, OddCells, ReadColumn, Resolving } from './resolve';
import { unlikeUnits } from './units';

/** More numbers than this are no classes; how they are written is not kept. */
const MOST_NUMBER_TEXTS = 1000;

/**
 * Takes a column for one of numbers, and says which of its texts are none, or not quite. `areCodesNamed`: its codes with
 * letters in front have been named.
 */
export function asNumbers(
  column: ColumnCells,
  rows: number,
  known: KnownTexts,
  amounts: Amounts,
  how: Resolving,
  areCodesNamed = false,
): ReadColumn {
  const { name, texts, counts, isMissing, mark, withFraction, plainNumbers } = known;
  const { values, style } = amounts;
  // In place: nobody else has the column.
  const numbers = column.numbers.subarray(0, rows);
  const isOdd = new Uint8Array(texts.length);
  for (const code of amounts.marked) isOdd[code] = 1;
  let unusable = 0;
  texts.forEach((_, code) => {
    if (isMissing[code] || Number.isFinite(values[code])) return;
    isOdd[code] = 1;
    unusable += counts[code];
  });
  if (column.codes) {
    for (let row = 0; row < rows; row++) {
      const code = column.codes[row];
      if (code < 0) continue;
      const isLost = !Number.isFinite(values[code]);
      // <21 is not the same as 21.
      if (isLost || isOdd[code] === 1) how.lose(row, code);
      numbers[row] = isLost ? NaN : values[code];
    }
  }
  const takenAway = takeAway(
    numbers,
    how.placeholders.map((text) => style(withPlainDigits(text, mark))),
    how.lose,
  );
  nameOddTexts(column, rows, known, amounts, how, areCodesNamed);
  nameForms(column, rows, known, amounts, how);
  const words = texts.filter((_, code) => !isMissing[code]);
  const styled = counts.reduce((sum, count, code) => (Number.isFinite(values[code]) ? sum + count : sum), 0);
  const commas = () => {
    if (mark === ',') return withFraction || styled > 0 ? 'decimal' : null;
    if (styled === 0 || !words.some((text) => text.includes(','))) return null;
    return style === decimalComma ? 'decimal' : 'thousands';
  };
  return {
    ...{ name, rows, holds: 'numbers', numbers, codes: new Int32Array(), texts: [] },
    missing: known.missing + takenAway + unusable,
    commas: commas(),
    ...(style === decimalComma && { decimalMark: ',' }),
    numberTexts: numberTextsOf(column, amounts, texts, plainNumbers),
    unit: amounts.unit,
    odd: isOdd.includes(1) ? oddCells(column, rows, texts, isOdd) : null,
  };
}

/** Makes the cells that hold one of these numbers missing; says how many. */
function takeAway(numbers: Float64Array, placeholders: readonly number[], lose: LoseWord): number {
  const away = new Set(placeholders.filter((value) => !Number.isNaN(value)));
  if (away.size === 0) return 0;
  let count = 0;
  for (let row = 0; row < numbers.length; row++) {
    if (!away.has(numbers[row])) continue;
    lose(row, -2 - placeholders.indexOf(numbers[row]));
    numbers[row] = NaN;
    count++;
  }
  return count;
}

/** How numbers are written, units and all, where these are not those of every number: as names of classes. */
function numberTextsOf(
  { numberTexts }: ColumnCells,
  { values, withUnit, form }: Amounts,
  texts: readonly string[],
  plainNumbers: number,
): ReadColumn['numberTexts'] {
  const written = form ? [...texts.keys()] : withUnit.map(({ code }) => code);
  if (written.length === 0 || numberTexts === null) return numberTexts;
  if (numberTexts.size + written.length > MOST_NUMBER_TEXTS) return plainNumbers > 0 ? numberTexts : null;
  const all = new Map(numberTexts);
  for (const code of written) {
    if (Number.isFinite(values[code]) && !all.has(values[code])) all.set(values[code], texts[code]);
  }
  return all;
}

function oddCells(
  { codes }: ColumnCells,
  rows: number,
  texts: readonly string[],
  isOdd: Uint8Array,
): OddCells | null {
  if (!codes) return null;
  const at: number[] = [];
  for (let row = 0; row < rows; row++) if (codes[row] >= 0 && isOdd[codes[row]] === 1) at.push(row);
  return { rows: Int32Array.from(at), codes: Int32Array.from(at, (row) => codes[row]), texts };
}

/** So many texts that differ in their digits alone are named as one. */
const FEWEST_ALIKE = 3;
const LONGEST_ALIKE = 60;

/**
 * What texts that differ in their digits alone have in common: [43] and [7]. A code, which begins with letters right before
 * digits, is one of its own.
 */
const shapeOf = (text: string) =>
  text.length <= LONGEST_ALIKE && !/^\p{L}+\d/u.test(text) ? text.replace(/\d+(?:[.,]\d+)*/g, '0') : text;

function nameOddTexts(
  column: ColumnCells,
  rows: number,
  known: KnownTexts,
  amounts: Amounts,
  { problems, lines, wanted }: Resolving,
  areCodesNamed: boolean,
): void {
  const { name, texts, counts, isMissing, mark, plainNumbers } = known;
  const { values, marked, negatives, signOf } = amounts;
  // A letter in front is part of a code: A12 is in no unit.
  const foreign = amounts.foreign.filter(({ isBefore }) => !isBefore);
  const places = placesIn(column, rows, lines);
  const unit = amounts.unit?.name ?? '';
  const foreignUnits = new Map(foreign.map((each) => [each.code, each.unit]));
  const cellsByUnit = new Map<string, number>();
  for (const each of foreign) cellsByUnit.set(each.unit, (cellsByUnit.get(each.unit) ?? 0) + each.cells);
  const cellsOf = (unit: string) => cellsByUnit.get(unit) ?? 0;
  const named = new Set<string>();
  const mixed: number[] = [];
  const alike = new Map<string, number[]>();
  texts.forEach((text, code) => {
    if (isMissing[code] || counts[code] === 0 || Number.isFinite(values[code])) return;
    if (areCodesNamed && isLettered(text)) return;
    const isMixed =
      text.length <= LONGEST_AMOUNT && (mark === '.' ? /^[-+]?\d+,\d+$/ : /^[-+]?\d+\.\d+$/).test(text);
    const place = places.of(code);
    const other = foreignUnits.get(code);
    if (isMixed) mixed.push(code);
    else if (other !== undefined && (amounts.unitIsRead || cellsOf(other) > 1)) {
      const args = { column: name, text, unit, count: cellsOf(other), then: 'missing' } as const;
      if (!named.has(other)) problems.add('other-unit', place, args);
      named.add(other);
    } else {
      const shape = shapeOf(text);
      const like = alike.get(shape);
      if (like) like.push(code);
      else alike.set(shape, [code]);
    }
  });
  const cellsIn = (codes: readonly number[]) => codes.reduce((sum, code) => sum + counts[code], 0);
  if (mixed.length > 0) {
    const [code] = mixed;
    problems.add('mixed-decimals', places.of(code), {
      column: name,
      text: texts[code],
      count: cellsIn(mixed),
    });
  }
  for (const codes of alike.values()) {
    const areAlike = codes.length >= FEWEST_ALIKE;
    for (const code of areAlike ? codes.slice(0, 1) : codes) {
      const args = { column: name, text: texts[code], count: areAlike ? cellsIn(codes) : counts[code] };
      problems.add('text-in-numbers', places.of(code), areAlike ? { ...args, areAlike } : args);
    }
  }
  if (marked.length > 0) {
    const [code] = marked;
    problems.add('marked-numbers', places.of(code), {
      column: name,
      text: texts[code],
      count: cellsIn(marked),
    });
  }
  if (negatives.length > 0 && wanted === undefined) {
    const count = cellsIn(negatives);
    const [code] = negatives;
    problems.add('doubtful-negatives', places.of(code), { column: name, text: texts[code], count });
  }
  if (amounts.doubt !== null && wanted === undefined) {
    const code = amounts.doubt;
    const args = { column: name, text: texts[code], value: values[code] };
    problems.add('doubtful-letter', places.of(code), args);
  }
  const used = [...texts.keys()].filter((code) => Number.isFinite(values[code]) && counts[code] > 0);
  const odd = oddSign(used, signOf, plainNumbers > 0);
  if (odd !== undefined) problems.add('mixed-units', places.of(odd), { column: name, text: texts[odd] });
  if (amounts.unitIsRead && plainNumbers > 0 && amounts.needsUnit) {
    const numbers = column.numbers.subarray(0, rows);
    const row = numbers.findIndex((value, at) => value !== 0 && column.codes?.[at] === NUMBER);
    const text = row < 0 ? '' : (column.numberTexts?.get(numbers[row]) ?? String(numbers[row]));
    if (row >= 0)
      problems.add('other-unit', places.ofRow(row), { column: name, text, unit, count: 1, then: 'same' });
  }
}

/** The first amount whose sign is not that of the one before; a number without one may be in any but percent. */
function oddSign(
  codes: readonly number[],
  signOf: (code: number) => string,
  withoutSigns: boolean,
): number | undefined {
  const signs = codes.map(signOf);
  const first = signs.find((sign) => sign !== '');
  if (first === undefined) return undefined;
  const other = signs.findIndex((sign) => sign !== first && (sign !== '' || first === '%'));
  if (other >= 0) return codes[other];
  return withoutSigns && first === '%' ? codes[signs.indexOf('%')] : undefined;
}

/** Says of a column of texts that would be one of numbers, did something tell the factor between its units. */
export function nameUnlikeUnits(
  column: ColumnCells,
  rows: number,
  { name, texts, counts, isMissing }: KnownTexts,
  { foreign, withUnit, values }: Amounts,
  { problems, lines }: Resolving,
): void {
  // Nearly all texts have no unit: they are not counted.
  if (foreign.length === 0) return;
  const words = [...texts.keys()].filter((code) => !isMissing[code] && counts[code] > 0);
  const haveUnits = new Set(withUnit.map(({ code }) => code));
  const plain = words.filter((code) => Number.isFinite(values[code]) && !haveUnits.has(code));
  const found = unlikeUnits(foreign, words.length, plain);
  if (!found) return;
  const place = placesIn(column, rows, lines).of(found.code);
  problems.add('other-unit', place, {
    column: name,
    text: texts[found.code],
    unit: found.like,
    count: 1,
    then: 'text',
  });
}
