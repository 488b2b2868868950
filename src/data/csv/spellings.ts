import { namesByShortForm } from './shortForms';

/** More different texts than this are no names that repeat. */
const MOST_TEXTS = 1000;
/** With more different texts to a cell than this, they do not repeat. */
const REPEATED = 0.5;

const NOTHING_SEEN = /[\u200B-\u200D\u2060\uFEFF\u00AD]/gu;

/** A text without what does not count: case, blanks, what cannot be seen, the form of its letters, a final period. */
export function spellingKey(text: string): string {
  return text
    .normalize('NFC')
    .replace(NOTHING_SEEN, '')
    .replace(/\s+/gu, ' ')
    .trim()
    .replace(/\.$/u, '')
    .toLowerCase();
}

/** Texts that are written in more than one way. */
export interface Spellings {
  /** For each text the commonest that differs from it in nothing that counts: itself mostly. */
  readonly merged: Int32Array;
  /** How many names have more than one spelling, and how many spellings these have. */
  readonly names: number;
  readonly spellings: number;
}

/** Finds spellings of one name among the texts of a column; null where each name has one. */
export function spellingsOf(
  texts: readonly string[],
  counts: Int32Array,
  isMissing: readonly boolean[],
): Spellings | null {
  const codes: number[] = [];
  for (let code = 0; code < texts.length && codes.length <= MOST_TEXTS; code++)
    if (!isMissing[code] && counts[code] > 0) codes.push(code);
  const cells = codes.reduce((sum, code) => sum + counts[code], 0);
  // Names repeat; what is written freely does not.
  if (codes.length > MOST_TEXTS || codes.length > REPEATED * cells) return null;
  const groups = new Map<string, number[]>();
  const keyOf = nameKeys(codes.map((code) => texts[code]));
  for (const code of codes) {
    const key = keyOf(texts[code]);
    const group = groups.get(key);
    if (group) group.push(code);
    else if (key !== '') groups.set(key, [code]);
  }
  const several = [...groups.values()].filter((group) => group.length > 1);
  if (several.length === 0 || hasCases(several, texts)) return null;
  const merged = Int32Array.from(texts.keys());
  for (const group of several) {
    const commonest = group.reduce((best, code) => (counts[code] > counts[best] ? code : best));
    for (const code of group) merged[code] = commonest;
  }
  return {
    merged,
    names: several.length,
    spellings: several.reduce((sum, group) => sum + group.length, 0),
  };
}

/**
 * Gives for each text of a column what counts of it, and the same for a name and its short form, where there are such.
 * `inOne`: where the names themselves are known, and a short form may be still to come.
 */
export function nameKeys(texts: readonly string[], inOne = false): (text: string) => string {
  const byForm = namesByShortForm([...new Set(texts.map(spellingKey))], inOne);
  return (text) => {
    const key = spellingKey(text);
    return byForm?.get(key) ?? key;
  };
}

/** Whether capitals tell apart: the genotypes AA, Aa and aa, or three letters and more that are both large and small. */
function hasCases(several: readonly (readonly number[])[], texts: readonly string[]): boolean {
  const all = (group: readonly number[], pattern: RegExp) => group.every((code) => pattern.test(texts[code]));
  return (
    several.some((group) => all(group, /^(\p{L})\1$/iu)) ||
    (several.length > 2 && several.every((group) => all(group, /^\p{L}$/u)))
  );
}
