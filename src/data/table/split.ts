import { shuffle, type Random } from '../../core/random';

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
export function split(
  m: number,
  classOf: Int32Array | null,
  testFraction: number,
  random: Random,
): { train: Int32Array; test: Int32Array } {
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

/**
 * A split by a value each example has. Words such as train and test decide for themselves; otherwise examples of the
 * same value stay together, and values go to the test part, in seeded order, until it has its share.
 */
export function splitByColumn(
  values: readonly string[],
  testFraction: number,
  random: Random,
): { train: Int32Array; test: Int32Array } {
  const distinct = [...new Set(values)];
  const decided = distinct.every((value) => meansTesting(value) || TRAIN_WORDS.test(value));
  const isTest = new Set<string>();
  if (decided) {
    for (const value of distinct) if (meansTesting(value)) isTest.add(value);
  } else {
    const counts = new Map<string, number>();
    for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
    // Something is always left to train on.
    let left = Math.min(values.length - 1, Math.round(values.length * testFraction));
    for (const k of shuffle(
      distinct.map((_, k) => k),
      random,
    )) {
      const count = counts.get(distinct[k]) ?? 0;
      if (count > left) continue;
      isTest.add(distinct[k]);
      left -= count;
    }
  }
  const part = (wanted: boolean) =>
    Int32Array.from(values.flatMap((value, j) => (isTest.has(value) === wanted ? [j] : [])));
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
