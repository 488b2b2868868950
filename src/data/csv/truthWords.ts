import { NUMBER, type ColumnCells } from './columnBuilder';

/** 1 or 0 for a word that is a truth value. */
const WORDS: ReadonlyMap<string, 0 | 1> = new Map([
  ['true', 1],
  ['false', 0],
  ['yes', 1],
  ['no', 0],
]);
export const booleanOf = (text: string): 0 | 1 | undefined => WORDS.get(text.toLowerCase());

const digitOf = (text: string): 0 | 1 | undefined =>
  /^[01](?:\.0+)?$/.test(text) ? (text.startsWith('1') ? 1 : 0) : undefined;

/** A digit among words for true and false, and the word that it stands for. */
export interface TruthDigit {
  readonly code: number;
  readonly word: number;
}

/** The texts of a column that say the same: TRUE beside 1, no beside 0. */
export interface Truths {
  /** For each text the one that it is read as. */
  readonly merged: Int32Array;
  readonly first: TruthDigit;
}

/** Whether a column has words for true and false, and its numbers are 1 and 0. */
export function areTruths(
  { numbers, codes, texts }: ColumnCells,
  rows: number,
  isMissing: readonly boolean[],
): boolean {
  const areWords = texts.every((text, code) => isMissing[code] || booleanOf(text) !== undefined);
  if (!codes || !areWords || isMissing.every(Boolean)) return false;
  for (let row = 0; row < rows; row++)
    if (codes[row] === NUMBER && numbers[row] !== 0 && numbers[row] !== 1) return false;
  return true;
}

/** The digits among words for true and false, as these words; null where a text is neither, or there are not both. */
export function truthsAmong(
  texts: readonly string[],
  counts: ArrayLike<number>,
  isMissing: readonly boolean[],
): Truths | null {
  const used = [...texts.keys()].filter((code) => counts[code] > 0 && !isMissing[code]);
  const wordFor = new Map<0 | 1, number>();
  for (const code of used) {
    const value = booleanOf(texts[code]);
    if (value !== undefined && !wordFor.has(value)) wordFor.set(value, code);
    if (value === undefined && digitOf(texts[code]) === undefined) return null;
  }
  // A digit whose word does not stand there is a value of its own.
  const digits = used.flatMap((code): TruthDigit[] => {
    const digit = digitOf(texts[code]);
    const word = digit === undefined ? undefined : wordFor.get(digit);
    return word === undefined ? [] : [{ code, word }];
  });
  if (digits.length === 0) return null;
  const merged = Int32Array.from(texts, (_, code) => code);
  for (const { code, word } of digits) merged[code] = word;
  return { merged, first: digits[0] };
}
