import {
  digitsOfNamed,
  isNamedClassification,
  isNamedCode,
  isNamedLettered,
  isNamedPadded,
  isNamedRoom,
  isNamedVersion,
} from './codeNames';
import { NUMBER, type ColumnCells } from './columnBuilder';
import { isNamedDigitClock } from './timeNames';
import {
  countsAmong,
  mayBeWrittenNames,
  numberedPart,
  openClass,
  pairAmong,
  tenthStep,
} from './writtenNames';

/** What makes codes of what could be read as numbers. */
export type CodeSign =
  | 'zeros'
  | 'fractions'
  | 'exponents'
  | 'digits'
  | 'name'
  | 'letters'
  | 'lost'
  | 'spellings'
  | 'signs'
  | 'pairs';

/** Codes that look like numbers, and one of them that shows it. */
export interface Codes {
  readonly why: CodeSign;
  readonly text: string;
  /** The same number otherwise written: 0 beside 00. */
  readonly like?: string;
  /** Whether the name of the column says so too. */
  readonly isSure: boolean;
}

const TIMES = /time|hour|hhmm|year|month|day|date|uhr|zeit/i;
const isNamedTime = (name: string) => TIMES.test(name) || isNamedDigitClock(name);

/** Different numbers that are looked at. */
const MOST_LOOKED_AT = 1000;
/** So many codes with zeros in front, and so long ones, say something without a name; one of the longer does. */
const FEWEST_PADDED = 3;
const SHORTEST_PADDED = 3;
const SHORTEST_ALONE = 4;
/** Different codes of one length, among which one with a zero in front says something. */
const FEWEST_OF_A_LENGTH = 3;

/** +447700900123: a country and a telephone; nobody writes so great an amount with a plus. */
const TELEPHONE = /^\+[1-9]\d{8,14}$/;
const FEWEST_TELEPHONES = 3;

/** So many of the numbers under the name of a code at most, but for one, are too short: they stand for none. */
const MOST_SHORT = 0.1;
const SHORTEST_NAMED = 3;

/** Whether numbers under the name of what is only numbered, such as postcodes, are as long as such numbers are. */
function areNumbered(name: string, texts: readonly string[]): boolean {
  const digits = digitsOfNamed(name);
  if (digits === undefined) return false;
  const wholes = texts.flatMap((text) => /^(\d+)(?:\.0+)?$/.exec(text)?.[1] ?? []);
  const isPart = wholes.length < texts.length && texts.some((text) => /\.\d*[1-9]/.test(text));
  const long = wholes.filter((text) => text.length >= SHORTEST_NAMED);
  const areLong = texts.length - long.length <= Math.max(1, MOST_SHORT * texts.length);
  return !isPart && areLong && long.some(({ length }) => length >= digits);
}

/**
 * The codes among numbers as they are written, each once; null where nothing speaks for codes: zeros in front, digits that
 * float64 loses, the name of what is only numbered, and under the names of codes and versions 12E4 and 1.10 beside 1.1.
 */
function codesAmong(name: string, texts: readonly string[], words: readonly string[]): Codes | null {
  const long = texts.find((text) => /^[-+]?\d{16,}$/.test(text) && isLost(text));
  if (long !== undefined && !texts.some((text) => text.includes('.')))
    return { why: 'digits', text: long, isSure: true };
  const isCode = isNamedCode(name);
  const shortened = shortenedAmong(name, texts);
  if (shortened) return shortened;
  const padded = texts.filter((text) => /^0\d+$/.test(text));
  const anyPadded = texts.find((text) => /^0\d+(?:\.\d+)?$/.test(text));
  if (anyPadded !== undefined && (isNamedPadded(name) || isNamedClassification(name)))
    return { why: 'zeros', text: anyPadded, isSure: true };
  if (isNamedClassification(name) && texts.every((text) => /^\d+(?:\.\d+)?$/.test(text)))
    return { why: 'name', text: texts[0], isSure: true };
  const fewest =
    padded.length > 0 && padded[0].length >= SHORTEST_ALONE && texts.length >= FEWEST_OF_A_LENGTH
      ? 1
      : FEWEST_PADDED;
  if (padded.length >= fewest && padded[0].length >= SHORTEST_PADDED && !isNamedTime(name)) {
    const { length } = padded[0];
    if (texts.every((text) => text.length === length && /^\d+$/.test(text)))
      return { why: 'zeros', text: padded[0], isSure: false };
  }
  if (texts.length >= FEWEST_TELEPHONES && texts.every((text) => TELEPHONE.test(text)))
    return { why: 'name', text: texts[0], isSure: true };
  const isVersion = isNamedVersion(name);
  const exponent = texts.find((text) => /^\d+[eE]\d+$/.test(text));
  const areRooms = () => areLikeRooms(texts) && (isNamedRoom(name) || haveOtherLetters(words));
  if (exponent !== undefined && (isCode || isVersion || areRooms()))
    return { why: 'exponents', text: exponent, isSure: true };
  if (areNumbered(name, texts)) return { why: 'name', text: texts[0], isSure: true };
  const pairs = pairsIn(texts);
  if (pairs) return pairs;
  const open = openClass(name, [...texts, ...words.filter((text) => /^[\u2013\u2212]/.test(text))]);
  if (open) return { why: 'signs', ...open };
  if (!isVersion) {
    const tenth = tenthStep(texts) ?? numberedPart(texts);
    return tenth === undefined ? null : { why: 'fractions', text: tenth, isSure: false };
  }
  const fractions = texts.map((text) => /^\d+(?:\.(\d+))?$/.exec(text)?.[1]);
  const lengths = new Set(fractions.flatMap((fraction) => fraction?.length ?? []));
  if (lengths.size < 2) return null;
  const isTenth = (fraction: string | undefined) => fraction !== undefined && /[1-9]0+$/.test(fraction);
  const tenth = texts.find((_, k) => isTenth(fractions[k]));
  if (tenth !== undefined) return { why: 'fractions', text: tenth, isSure: true };
  const longer = texts.find((_, k) => (fractions[k]?.length ?? 0) === Math.max(...lengths));
  return { why: 'fractions', text: longer ?? texts[0], isSure: false };
}

/** Numbers with a comma that may be two; null where none are. `besidePoints`: the decimal mark of the file is a point. */
export function pairsIn(texts: readonly string[], besidePoints = false): Codes | null {
  const text = pairAmong(texts) ?? (besidePoints ? countsAmong(texts) : undefined);
  return text === undefined ? null : { why: 'pairs', text, isSure: false };
}

/** What spreadsheets make of numbers with more than eleven digits: 4.00638E+12. */
const SHORTENED = /^[1-9](?:\.\d{1,5})?E\+(1[1-9])$/;
/** From this share on nearly all are so written. */
const MOST_SHORTENED = 0.8;

/** Codes whose digits a spreadsheet has taken away; under no telling name they have to be of one length. */
function shortenedAmong(name: string, texts: readonly string[]): Codes | null {
  const shortened = texts.filter((text) => SHORTENED.test(text));
  if (shortened.length === 0 || shortened.length < MOST_SHORTENED * texts.length) return null;
  if (isNamedCode(name) || digitsOfNamed(name) !== undefined)
    return { why: 'lost', text: shortened[0], isSure: true };
  const lengths = new Set(shortened.map((text) => SHORTENED.exec(text)?.[1]));
  const areFull = 2 * shortened.filter((text) => /\.\d{5}E/.test(text)).length > shortened.length;
  const areSome = shortened.length >= FEWEST_OF_A_LENGTH && shortened.length === texts.length;
  return areSome && areFull && lengths.size === 1 ? { why: 'lost', text: shortened[0], isSure: false } : null;
}

/** Whether all that has an exponent is like 4E2, which may be a room as well as 400. */
const areLikeRooms = (texts: readonly string[]) =>
  texts.every((text) => !/[eE]/.test(text) || /^\d{1,3}E\d{1,3}$/.test(text));

/** Whether words beside 4E2 are of the same form with other letters, 3B1 and 2A7, and not one alone. */
function haveOtherLetters(words: readonly string[]): boolean {
  const alike = words.filter((text) => /^\d{1,3}[A-Z]\d{1,3}$/.test(text));
  return alike.length > 1 && 2 * alike.length >= words.length;
}

/** Whether a whole number has digits that are lost; zeros at its end say nothing. */
const isLost = (text: string) => Math.abs(Number(text)) > Number.MAX_SAFE_INTEGER && !text.endsWith('0000');

/** The codes that a column of numbers holds. `withFraction`: whether any of them has one. */
export function codesIn(
  name: string,
  { numbers, codes, numberTexts, someTexts, texts, respelled }: ColumnCells,
  rows: number,
  withFraction: boolean,
): Codes | null {
  const odd = (numberTexts ? [...numberTexts.values()] : someTexts).map((text) => text.slice(0, LONGEST));
  const mayBe =
    odd.some((text) => MAY_BE_CODE.test(text)) ||
    isNamedClassification(name) ||
    mayBeWrittenNames(odd) ||
    (withFraction ? isNamedVersion(name) : digitsOfNamed(name) !== undefined);
  if (!mayBe) return null;
  const others = new Set<number>();
  let largest = 0;
  for (let row = 0; row < rows; row++) {
    const value = numbers[row];
    if (codes && codes[row] !== NUMBER) continue;
    if (value > largest) largest = value;
    if (others.size < MOST_LOOKED_AT && numberTexts?.has(value) === false) others.add(value);
  }
  // Of more spellings than are kept, one that is longer than these is seen by its size.
  if (!numberTexts && String(largest).length > odd[0].length) others.add(largest);
  const found = codesAmong(name, [...odd, ...Array.from(others, String)], texts);
  if (found || respelled === null || isNamedTime(name)) return found;
  const like = odd.find((text) => Number(text) === Number(respelled));
  return like === undefined ? null : { why: 'spellings', text: like, like: respelled, isSure: false };
}

/** More digits than any code has: a regular expression has a stack of its own, which a cell of megabytes can fill. */
const LONGEST = 1000;
const MAY_BE_CODE = /^0\d|^\+\d{9,15}$|^[-+]?\d{16}|^\d+[eE]|^\d\.\d+E\+1\d$/;

/** From this share of numbers on, codes among them are those that look like numbers. */
const NEARLY_ALL = 0.9;

/** The codes that a column holds whose numbers were kept as they are written; null where many other texts are among them. */
export function codesInTexts(name: string, texts: readonly string[]): Codes | null {
  const some = texts.slice(0, 2 * MOST_LOOKED_AT);
  const numbers = some.filter((text) => text.length <= LONGEST && /^[-+]?[\d.]+(?:[eE]\+?\d+)?$/.test(text));
  return numbers.length >= NEARLY_ALL * some.length ? codesAmong(name, numbers, some) : null;
}

/** V45, E909.1, PC 17599 and A/5 21171 */
export const isLettered = (text: string): boolean =>
  /^[A-Z](?:[A-Z\d./]{0,11}[ -])?[A-Z]{0,2}\d{1,7}(?:\.\d{1,3})?$/.test(text);

/** 12.10.2 and 1.2.3.4, among which 12.1 is no number; 1.234.567 may have its thousands apart. */
const isVersion = (text: string) =>
  /^v?\d{1,4}(?:\.\d{1,4}){2,3}$/i.test(text) && !/^\d{1,3}(?:\.\d{3})+$/.test(text);

/** Whether 5.1.2 beside 5.1, or beside 5 alone, is a part of it. One may be a slip, and 1.3.24 alone a date. */
const areParts = (name: string, words: readonly string[], withFraction: boolean): boolean =>
  isNamedVersion(name) ||
  (words.length > 1 && (withFraction || words.every((text) => /^v?\d+(?:\.\d){2,3}$/i.test(text))));

const DEPARTMENTS = /d[eé]p(?:t|artements?)?(?:$|[^\p{L}])/iu;
/** So many codes with a letter in front among numbers are no slips. */
const FEWEST_LETTERED = 3;

/** The codes among the numbers of a column, V45 and A12 or 12.10.2, from its words; null where there are none. */
export function letteredCodes(name: string, words: readonly string[], withFraction: boolean): Codes | null {
  // The two of Corsica among the departments of France.
  if (!withFraction && words.length > 0 && words.length < 3 && words.every((text) => /^2[AB]$/i.test(text)))
    return words.length === 2 || DEPARTMENTS.test(name)
      ? { why: 'name', text: words[0], isSure: true }
      : null;
  if (words.length > 0 && words.every(isVersion) && areParts(name, words, withFraction))
    return { why: 'fractions', text: words[0], isSure: true };
  const lettered = words.filter(isLettered);
  if (lettered.length < FEWEST_LETTERED || 2 * lettered.length < words.length) return null;
  return { why: 'letters', text: lettered[0], isSure: isNamedCode(name) || isNamedLettered(name) };
}
