import { cut } from '../core/format';

/**
 * Texts for one message of a page: as they are while all of them together have at most `most` characters, else each of them
 * cut to its share. Lists of many long names stay small, and those that people have are whole.
 */
export function within(texts: readonly string[], most: number): string[] {
  if (lengthOf(texts) <= most) return [...texts];
  const share = Math.floor(most / texts.length);
  return texts.map((text) => cut(text, share));
}

/** The same for texts that are of no use where they are cut: one that is too long is empty. */
export function wholeWithin(texts: readonly string[], most: number): string[] {
  if (lengthOf(texts) <= most) return [...texts];
  const share = Math.floor(most / texts.length);
  return texts.map((text) => (text.length <= share ? text : ''));
}

export const lengthOf = (texts: readonly string[]): number =>
  texts.reduce((sum, text) => sum + text.length, 0);
