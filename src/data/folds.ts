import { random, shuffle, type Random } from '../core/random';
import type { Parts } from './table/split';
import type { Apart } from './validation';

/** What examples are cut into folds by. */
export interface ToFold {
  /** Examples, as numbers of the rest. */
  readonly part: Int32Array;
  readonly apart: Apart;
  /** Class of each example; null for numbers. */
  readonly classOf: Int32Array | null;
}

/**
 * Cuts examples into `count` folds as the table was cut into training and test part: by chance and stratified, with what
 * is in a group together, or in order. Of each fold, `test` is the fold and `train` what it is predicted from: all others,
 * in order those before it. There are fewer folds where there are fewer groups, or places in the order; by chance, where
 * there are not two of them.
 */
export function foldsOf({ part, apart, classOf }: ToFold, count: number, chance: Random): Parts[] {
  switch (apart.kind) {
    case 'chance':
      break;
    case 'groups': {
      const folds = withoutEach(part, byGroups(part, apart.groupOf, count, chance));
      if (folds.length > 1) return folds;
      break;
    }
    case 'order': {
      const folds = afterEach(part, apart.values, count);
      if (folds.length > 1) return folds;
      break;
    }
    default:
      apart satisfies never;
  }
  return withoutEach(part, byChance(part, classOf, count, chance));
}

/** The numbers that the folds of a seed are drawn with; each repetition has others. */
export const foldChance = (seed: number, repetition = 0): Random => random(seed + 7919 * repetition, 'folds');

/** The fold of each of the examples: those of a class are dealt out one by one. */
function byChance(part: Int32Array, classOf: Int32Array | null, count: number, chance: Random): Int32Array {
  const foldOf = new Int32Array(part.length);
  const byClass = new Map<number, number[]>();
  part.forEach((j, k) => {
    const ofClass = classOf ? classOf[j] : 0;
    const members = byClass.get(ofClass);
    if (members) members.push(k);
    else byClass.set(ofClass, [k]);
  });
  let dealt = 0;
  for (const [, members] of [...byClass].sort(([a], [b]) => a - b))
    for (const k of shuffle(members, chance)) foldOf[k] = dealt++ % count;
  return foldOf;
}

/** The largest groups first, each into the fold that has fewest examples; an example without a group is in none: −1. */
function byGroups(part: Int32Array, groupOf: Int32Array, count: number, chance: Random): Int32Array {
  const members = new Map<number, number[]>();
  part.forEach((j, k) => {
    if (groupOf[j] < 0) return;
    const group = members.get(groupOf[j]);
    if (group) group.push(k);
    else members.set(groupOf[j], [k]);
  });
  const groups = [...members.values()];
  const drawn = shuffle([...groups.keys()], chance).map((k) => groups[k]);
  drawn.sort((a, b) => b.length - a.length);
  const sizes = new Array<number>(count).fill(0);
  const foldOf = new Int32Array(part.length).fill(-1);
  for (const group of drawn) {
    const fold = sizes.indexOf(Math.min(...sizes));
    sizes[fold] += group.length;
    for (const k of group) foldOf[k] = fold;
  }
  return foldOf;
}

function withoutEach(part: Int32Array, foldOf: Int32Array): Parts[] {
  const count = foldOf.reduce((most, fold) => Math.max(most, fold), -1) + 1;
  return Array.from({ length: count }, (_, fold) => ({
    train: part.filter((_j, k) => foldOf[k] !== fold),
    test: part.filter((_j, k) => foldOf[k] === fold),
  })).filter(({ train, test }) => train.length > 0 && test.length > 0);
}

/** Folds that follow one another; the first piece is only trained on. Examples without a place in the order are trained on. */
function afterEach(part: Int32Array, values: Float64Array, count: number): Parts[] {
  const sorted = Float64Array.from(part, (j) => values[j])
    .filter((value) => !Number.isNaN(value))
    .sort();
  const cuts = Array.from(
    { length: count },
    (_, k) => sorted[Math.round(((k + 1) * sorted.length) / (count + 1))],
  );
  const starts = [...new Set(cuts)].filter((value) => value > sorted[0]);
  return starts.map((start, k) => {
    const end = starts[k + 1] ?? Infinity;
    return {
      train: part.filter((j) => !(values[j] >= start)),
      test: part.filter((j) => values[j] >= start && (values[j] < end || end === Infinity)),
    };
  });
}
