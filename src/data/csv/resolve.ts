import { unwrapped } from './amounts';
import { commonestAnswer, hasToBeValue, type Answer } from './answers';
import { countCells, MISSING, NUMBER, type ColumnCells } from './columnBuilder';
import { readAmounts, type ColumnTexts } from './columnAmounts';
import { codesIn, codesInTexts, letteredCodes, pairsIn, type Codes } from './codes';
import { listIn } from './columnLists';
import type { LoseWord } from './lostWords';
import type { Calendar } from './dateColumn';
import type { FoundList } from './lists';
import { areDatesBeside } from './numberDates';
import { areNames } from './names';
import { placesIn } from './firstPlaces';
import { asNumbers, nameUnlikeUnits } from './numberColumn';
import { formIn } from './numberForms';
import { spellingKey, spellingsOf, type Spellings } from './spellings';
import { areTruths, truthsAmong, type Truths } from './truthWords';
import type { Unit } from './units';
import { hindranceIn, wordAmongAmounts } from './unreadNumbers';
import { distinctNumbers, MOST_CATEGORIES } from './types';
import { holdsNumbers, plainNumbersOf } from './vote';
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
  /** Cells among the missing ones in which nothing is written; left out where that is not known. */
  readonly empty?: number;
  /** Texts that stand for a missing cell, the first few. */
  readonly missingTexts?: readonly string[];
  /** The commonest word for a missing value that may be an answer; left out where there is none. */
  readonly answer?: Answer;
  /** The list of answers that its cells are, or may be. */
  readonly list?: FoundList | null;
  /** How commas inside its numbers were read, if there are any. */
  readonly commas: 'decimal' | 'thousands' | null;
  /** `numbers`: what stands before their fraction; a point where it is left out. */
  readonly decimalMark?: ',';
  /** How numbers are written that are not written as JavaScript would; null when there are too many for classes. */
  readonly numberTexts: ReadonlyMap<number, string> | null;
  /** `texts`: what they are as dates or times of day, if they are such; its values are those of the texts. */
  readonly calendar?: Calendar;
  /** `numbers`: what was taken off them; left out where nothing was. */
  readonly unit?: Unit | null;
  /** `numbers`: cells that are no numbers, or not quite; left out where there are none. */
  readonly odd?: OddCells | null;
  /** `texts`: whether they are names, few enough to be categories, however many: 1 to 22, X and Y. */
  readonly areNames?: boolean;
  /** `texts`: whether they are whole numbers of more digits than a number keeps. */
  readonly areLong?: boolean;
  /** `texts`: whether spellings of one name were made one. */
  readonly isMerged?: boolean;
}

/** Cells of a column of numbers that are words, or numbers with a mark such as 3+, in the order of their rows. */
export interface OddCells {
  readonly rows: Int32Array;
  /** Which text each of them is. */
  readonly codes: Int32Array;
  readonly texts: readonly string[];
}

/** Texts that stand for a missing cell, as many as a sentence holds. */
const MOST_MISSING_TEXTS = 3;

/** Results of tests: +, ++, 2+. */
const PLUSES = /^[1-4]?\+{1,4}$/;

/** The texts of a column, and how many of its cells are missing. */
export interface KnownTexts extends ColumnTexts {
  readonly missing: number;
}

/** How one column is resolved. */
export interface Resolving {
  readonly name: string;
  /** Whether a column next to it is called a date. */
  readonly isBesideDates: boolean;
  /** Texts that mean that a cell is missing, in any column. */
  readonly missing: ReadonlySet<string>;
  /** The decimal mark of the file. */
  readonly mark: '.' | ',';
  /** Whether its cells were kept as they are written, none of them a number. */
  readonly asWritten: boolean;
  /** What a person says that it holds. */
  readonly wanted: ColumnKind | undefined;
  /** Texts that mean that a cell is missing in this column; as numbers, where it holds numbers. */
  readonly placeholders: readonly string[];
  /** Whether spellings of one name become one. */
  readonly mergeSpellings: boolean;
  /** The line of each row. */
  readonly lines: Int32Array;
  readonly problems: Problems;
  /** Takes down the word in a cell that is taken for missing. */
  readonly lose: LoseWord;
}

/**
 * Decides what a column holds. Null when it turns out to hold texts, but some were read as numbers, which has lost how
 * they are written: the file is then read once more, with the column as it is written.
 */
export function resolveColumn(column: ColumnCells, rows: number, how: Resolving): ReadColumn | null {
  const { name, isBesideDates, missing: tokens, mark, asWritten, wanted, placeholders } = how;
  const { texts } = column;
  const counts = new Int32Array(texts.length);
  if (column.codes)
    for (let row = 0; row < rows; row++) if (column.codes[row] >= 0) counts[column.codes[row]]++;
  // Beside a plus, a minus is the other class.
  const areSigns =
    texts.some((text) => PLUSES.test(text)) &&
    (column.codes?.subarray(0, rows).includes(NUMBER) !== true ||
      texts.every((text) => PLUSES.test(text) || tokens.has(text)));
  const isMissing = texts.map(
    (text) => placeholders.includes(text) || (tokens.has(text) && !(areSigns && text === '-')),
  );
  const cells = countCells(column, rows);
  const plainNumbers = rows - cells.missing - cells.texts;
  const all = {
    ...{ name, isBesideDates, texts, counts, mark, plainNumbers },
    withFraction: plainNumbers > 0 && hasFraction(column, rows),
    range: () => rangeOf(column, rows),
    distinct: () => (plainNumbers > 0 ? distinctNumbers(plainNumbersOf(column, rows), MOST_CATEGORIES) : 0),
  };
  const commonest = commonestAnswer(texts, counts, isMissing);
  const mayBeKept = placeholders.length === 0 && (wanted === undefined || wanted === 'category');
  const isAnswer = mayBeKept && hasToBeValue(commonest, all, isMissing, rows);
  if (isAnswer && plainNumbers > 0) return null;
  if (isAnswer) isMissing[commonest] = false;
  const missingByToken = counts.reduce((sum, count, code) => (isMissing[code] ? sum + count : sum), 0);
  const known: KnownTexts = { ...all, isMissing, missing: cells.missing + missingByToken };
  if (wanted === undefined && plainNumbers > 0 && areTruths(column, rows, isMissing)) return null;
  const mayHaveForm = wanted === undefined || wanted === 'number';
  const amounts =
    (mayHaveForm ? formIn(known, wanted === 'number') : null) ?? readAmounts(known, wanted === 'number');
  const list = wanted === undefined ? listIn(column, rows, known) : null;
  const isFound =
    wanted === undefined && !isAnswer && !list?.sure && holdsNumbers(column, rows, known, amounts);
  const areNumbers = isFound || wanted === 'number';
  const missingTexts = texts
    .filter((text, code) => isMissing[code] && counts[code] > 0 && text !== '')
    .slice(0, MOST_MISSING_TEXTS);
  const also = {
    ...{ list, empty: cells.missing },
    ...(missingTexts.length > 0 && { missingTexts }),
    ...(commonest >= 0 && {
      answer: {
        ...{ text: texts[commonest], count: counts[commonest], isKept: isAnswer },
        row: column.codes?.indexOf(commonest) ?? 0,
      },
    }),
  };
  if (!asWritten && areNumbers) {
    const words = texts.filter((_, code) => !isMissing[code]);
    if (wanted === undefined && areDatesBeside(name, words, column.numbers.subarray(0, rows))) return null;
    const none = () => texts.filter((_, code) => !isMissing[code] && Number.isNaN(amounts.values[code]));
    const codesAmong = () =>
      plainNumbers > 0
        ? (codesIn(name, column, rows, known.withFraction) ?? letteredCodes(name, none(), known.withFraction))
        : pairsIn(
            texts.filter((_, code) => !isMissing[code]),
            mark === '.',
          );
    const codes = wanted === undefined ? codesAmong() : null;
    if (codes?.isSure) return null;
    if (codes) nameCodes(column, rows, name, codes, how);
    return { ...asNumbers(column, rows, known, amounts, how, codes?.why === 'letters'), ...also };
  }
  if (plainNumbers > 0) return null;
  if (wanted === undefined) {
    nameUnlikeUnits(column, rows, known, amounts, how);
    const word = wordAmongAmounts(known, amounts);
    const hindrance =
      word === null ? hindranceIn(known) : { code: word, why: 'a word among amounts' as const };
    if (hindrance) {
      const { code, why } = hindrance;
      const place = placesIn(column, rows, how.lines).of(code);
      how.problems.add('unread-numbers', place, { column: name, text: texts[code], why });
    }
  }
  const words = asWritten && wanted === undefined ? texts.filter((_, code) => !isMissing[code]) : [];
  const codes = words.length > 0 ? codesInTexts(name, words) : null;
  if (codes) nameCodes(column, rows, name, codes, how);
  const areLong = codes?.why === 'digits';
  return {
    ...asTexts(column, rows, known, how),
    ...also,
    ...(areLong && { areLong }),
    ...(areNames(column, rows, known) && { areNames: true }),
  };
}

/** Says at the first cell that shows it that numbers are codes, or may be. */
function nameCodes(
  { codes, texts, numbers, numberTexts }: ColumnCells,
  rows: number,
  name: string,
  { why, text, like, isSure }: Codes,
  { problems, lines }: Resolving,
): void {
  if (why === 'digits') return;
  const code = texts.indexOf(text);
  const row =
    isSure || code >= 0
      ? codes?.subarray(0, rows).indexOf(code)
      : numbers.subarray(0, rows).findIndex((value) => (numberTexts?.get(value) ?? String(value)) === text);
  const args = { column: name, text, why, areTexts: isSure, ...(like !== undefined && { like }) };
  problems.add('codes-like-numbers', [lines[Math.max(0, row ?? 0)], 1, 2], args);
}

function asTexts(column: ColumnCells, rows: number, known: KnownTexts, how: Resolving): ReadColumn {
  const { name, counts, isMissing, missing } = known;
  const isWrapped = known.texts.some((text) => text.startsWith('="'));
  const texts = isWrapped
    ? known.texts.map((text) => (text.startsWith('="') ? unwrapped(text) : text))
    : known.texts;
  const spellings = spellingsOf(texts, counts, isMissing);
  const isMerged = spellings !== null && how.mergeSpellings;
  const codes = column.codes?.subarray(0, rows) ?? new Int32Array();
  if (spellings && !isMerged) nameSpellings(column, rows, known, spellings, how);
  const truths = how.wanted === undefined ? truthsAmong(texts, counts, isMissing) : null;
  if (truths) nameTruths(column, rows, known, truths, how);
  const same = truths?.merged ?? (isWrapped ? sameTexts(texts) : null);
  const into = isMerged ? (same?.map((code) => spellings.merged[code]) ?? spellings.merged) : same;
  for (let row = 0; row < rows; row++) {
    const code = codes[row];
    if (code < 0) continue;
    if (isMissing[code]) how.lose(row, code);
    codes[row] = isMissing[code] ? MISSING : into ? into[code] : code;
  }
  return {
    ...{ name, rows, holds: 'texts', numbers: new Float64Array(), codes, texts, missing },
    ...{ commas: null, numberTexts: column.numberTexts, isMerged },
  };
}

/** For each text the first that is the same, now that nothing is around it; null where no two are. */
function sameTexts(texts: readonly string[]): Int32Array | null {
  const first = new Map<string, number>();
  texts.forEach((text, code) => {
    if (!first.has(text)) first.set(text, code);
  });
  return first.size === texts.length ? null : Int32Array.from(texts, (text) => first.get(text) ?? 0);
}

function nameSpellings(
  column: ColumnCells,
  rows: number,
  { name, texts }: KnownTexts,
  { merged, names, spellings }: Spellings,
  { problems, lines }: Resolving,
): void {
  const odd = column.codes?.subarray(0, rows).find((code) => code >= 0 && merged[code] !== code);
  if (odd === undefined) return;
  const place = placesIn(column, rows, lines).of(odd);
  const [text, like] = [texts[odd], texts[merged[odd]]];
  const isShort = spellingKey(text) !== spellingKey(like);
  const args = { column: name, text, like, names, spellings, isShort };
  problems.add('odd-spelling', place, args);
}

function nameTruths(
  column: ColumnCells,
  rows: number,
  { name, texts }: KnownTexts,
  { first: { code, word } }: Truths,
  { problems, lines }: Resolving,
): void {
  const args = { column: name, text: texts[code], like: texts[word] };
  problems.add('mixed-truths', placesIn(column, rows, lines).of(code), args);
}

function hasFraction({ numbers, codes }: ColumnCells, rows: number): boolean {
  for (let row = 0; row < rows; row++) {
    if ((!codes || codes[row] === NUMBER) && !Number.isInteger(numbers[row])) return true;
  }
  return false;
}

function rangeOf({ numbers, codes }: ColumnCells, rows: number): [least: number, largest: number] {
  let [least, largest] = [Infinity, -Infinity];
  for (let row = 0; row < rows; row++) {
    if (codes && codes[row] !== NUMBER) continue;
    if (numbers[row] < least) least = numbers[row];
    if (numbers[row] > largest) largest = numbers[row];
  }
  return [least, largest];
}
