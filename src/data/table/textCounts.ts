import type { KnownColumn } from './known';
import { distinctNumbers, distinctTexts, MOST_COUNTED } from '../csv/types';

/** The classes of a column in which something is given or not. */
export const EMPTY = '(empty)';
const GIVEN = '(given)';

/**
 * How many rows have each text, texts in alphabetical order and numbers in theirs; null for a column of more
 * different numbers than are kept as texts.
 */
export function textCounts({ read, typed }: KnownColumn): Map<string, number> | null {
  const counts = new Map<string, number>();
  if (typed.type === 'ticked') {
    const given = typed.values.reduce((sum, value) => sum + value, 0);
    if (given < read.rows) counts.set(EMPTY, read.rows - given);
    if (given > 0) counts.set(typed.mark ?? GIVEN, given);
    return counts;
  }
  if (read.holds === 'texts') {
    const byCode = new Int32Array(read.texts.length);
    for (const code of read.codes) if (code >= 0) byCode[code]++;
    const codeOf = new Map(read.texts.map((text, code) => [text, code]));
    for (const text of distinctTexts(read)) counts.set(text, byCode[codeOf.get(text) ?? 0]);
    return counts;
  }
  if (!read.numberTexts || !Number.isFinite(distinctNumbers(read.numbers, MOST_COUNTED))) return null;
  const byNumber = new Map<number, number>();
  for (const value of read.numbers) {
    if (!Number.isNaN(value)) byNumber.set(value, (byNumber.get(value) ?? 0) + 1);
  }
  for (const value of [...byNumber.keys()].sort((a, b) => a - b)) {
    counts.set(read.numberTexts.get(value) ?? String(value), byNumber.get(value) ?? 0);
  }
  return counts;
}
