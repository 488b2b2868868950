import { shuffle, type Random } from '../../core/random';

/** How it was chosen which examples are tested on; `words`: a column says so, as train and test. */
export type PartsBy = 'chance' | 'words' | 'groups' | 'order';

/** Examples that are trained on, and those that are tested on, both in file order. */
export interface Parts {
  readonly train: Int32Array;
  readonly test: Int32Array;
}

/** Below this many rows all are trained on: a test set of a handful says nothing. */
export const FEWEST_ROWS_TO_SPLIT = 50;

/**
 * Example indices by class, each group shuffled; `classOf` null puts all in one group. Groups come in the
 * order of their class number.
 */
function shuffledGroups(m: number, classOf: Int32Array | null, random: Random): number[][] {
  const groups: number[][] = [];
  for (let i = 0; i < m; i++) (groups[classOf ? classOf[i] : 0] ??= []).push(i);
  return groups.filter((group) => group !== undefined).map((group) => shuffle(group, random));
}

/** A seeded split, stratified by class, both parts in file order. A class keeps at least one example to train on. */
export function split(m: number, classOf: Int32Array | null, testFraction: number, random: Random): Parts {
  const isTest = new Uint8Array(m);
  if (m >= FEWEST_ROWS_TO_SPLIT) {
    for (const group of shuffledGroups(m, classOf, random)) {
      const count = Math.min(group.length - 1, Math.round(group.length * testFraction));
      for (const i of group.slice(0, count)) isTest[i] = 1;
    }
  }
  const part = (wanted: number) =>
    Int32Array.from({ length: m }, (_, i) => i).filter((i) => isTest[i] === wanted);
  return { train: part(0), test: part(1) };
}

const TEST_WORDS = /^(?:test|testing|tst|validation|valid|val|dev|eval|holdout|hold-out)$/i;
const TRAIN_WORDS = /^(?:train|training|trn|fit)$/i;

/** Whether a value of a column to split by means the test part. */
export const meansTesting = (value: string): boolean => TEST_WORDS.test(value);

/** Whether values to split by say themselves what is trained and what is tested on. */
export const sayParts = (values: readonly string[]): boolean =>
  values.every((value) => meansTesting(value) || TRAIN_WORDS.test(value));

/** A split by words such as train and test. */
export const splitByWords = (words: readonly string[]): Parts => partsOf(words.map(meansTesting));

/**
 * Examples of the same value stay together, and values go to the test part, in seeded order, until it has its share.
 * Those without a value, null, are trained on.
 */
export function splitByGroups(
  values: readonly (string | null)[],
  testFraction: number,
  random: Random,
): Parts {
  const counts = new Map<string, number>();
  for (const value of values) if (value !== null) counts.set(value, (counts.get(value) ?? 0) + 1);
  const distinct = [...counts.keys()];
  const tested = new Set<string>();
  // Something is always left to train on.
  let left = Math.min(values.length - 1, Math.round(values.length * testFraction));
  for (const k of shuffle(
    distinct.map((_, k) => k),
    random,
  )) {
    const count = counts.get(distinct[k]) ?? 0;
    if (count > left) continue;
    tested.add(distinct[k]);
    left -= count;
  }
  return partsOf(values.map((value) => value !== null && tested.has(value)));
}

/**
 * The last examples by a value are tested on, about the fraction of those that have one: equal values stay on one side,
 * the one that comes nearer to the fraction. Those without a value, NaN, are trained on; so are all, where all that have
 * one have the same.
 */
export function splitByOrder(values: Float64Array, testFraction: number): Parts {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort();
  const count = Math.round(sorted.length * testFraction);
  const from = count === 0 ? Infinity : sorted[nearestCut(sorted, sorted.length - count)];
  return partsOf(Array.from(values, (value) => value >= from));
}

/** The place nearest to `wanted` at which an ascending list changes, the later of two; its end where it never does. */
function nearestCut(sorted: Float64Array, wanted: number): number {
  const isCut = (at: number) => at > 0 && at < sorted.length && sorted[at - 1] < sorted[at];
  for (let apart = 0; apart < sorted.length; apart++) {
    if (isCut(wanted + apart)) return wanted + apart;
    if (isCut(wanted - apart)) return wanted - apart;
  }
  return sorted.length;
}

function partsOf(isTested: readonly boolean[]): Parts {
  const part = (wanted: boolean) =>
    Int32Array.from(isTested.flatMap((tested, j) => (tested === wanted ? [j] : [])));
  return { train: part(false), test: part(true) };
}

/** At most `most` examples, in file order, each class with its share and at least one. */
export function stratifiedSample(
  m: number,
  classOf: Int32Array | null,
  most: number,
  random: Random,
): Int32Array {
  if (m <= most) return Int32Array.from({ length: m }, (_, i) => i);
  const groups = shuffledGroups(m, classOf, random).slice(0, most);
  const rest = (most - groups.length) / (m - groups.length);
  const chosen = groups.flatMap((group) => group.slice(0, 1 + Math.floor((group.length - 1) * rest)));
  return Int32Array.from(chosen).sort();
}
