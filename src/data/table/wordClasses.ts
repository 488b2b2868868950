import { NUMBER } from '../csv/columnBuilder';
import type { OddCells, ReadColumn } from '../csv/resolve';
import { typeOf } from '../csv/types';
import type { KnownColumn } from './known';

/** A target in which words stand among digits, as classes, and how many rows have each of the words. */
export interface WordClasses {
  readonly column: KnownColumn;
  readonly words: readonly { readonly text: string; readonly rows: number }[];
}

/**
 * A column of numbers that look like classes as a column of texts, in which the words and marked numbers among them are
 * classes as well: 0, 1, 2, 3+ and other. Null where no such word repeats; what stands in one row may be a slip.
 */
export function withWordClasses({ read, role }: KnownColumn): WordClasses | null {
  const { odd } = read;
  if (!odd) return null;
  const counts = new Int32Array(odd.texts.length);
  for (const code of odd.codes) counts[code]++;
  const words = odd.texts.flatMap((text, code) => (counts[code] > 1 ? [{ text, rows: counts[code] }] : []));
  if (words.length === 0) return null;
  const texts = asTexts(read, odd, counts);
  return { column: { read: texts, typed: typeOf(texts), role }, words };
}

function asTexts(read: ReadColumn, odd: OddCells, counts: Int32Array): ReadColumn {
  const { name, rows, numbers, numberTexts } = read;
  const texts: string[] = [];
  const codeOf = new Map<string, number>();
  const codeFor = (text: string) => {
    const known = codeOf.get(text);
    if (known !== undefined) return known;
    codeOf.set(text, texts.length);
    return texts.push(text) - 1;
  };
  const oddAt = new Int32Array(rows).fill(NUMBER);
  odd.rows.forEach((row, k) => (oddAt[row] = odd.codes[k]));
  let missing = 0;
  const codes = Int32Array.from({ length: rows }, (_, row) => {
    const code = oddAt[row];
    if (code >= 0 && counts[code] > 1) return codeFor(odd.texts[code]);
    const value = numbers[row];
    if (!Number.isNaN(value)) return codeFor(numberTexts?.get(value) ?? String(value));
    missing++;
    return -1;
  });
  return {
    ...{ name, rows, holds: 'texts', numbers: new Float64Array(), codes, texts, missing },
    ...{ commas: null, numberTexts },
  };
}
