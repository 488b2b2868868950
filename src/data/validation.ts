import { random } from '../core/random';
import type { Dataset } from './dataset';
import { split, splitByGroups, splitByOrder, type Parts } from './table/split';

/** What keeps examples of the training part together, or in order, when a part of it is set aside. */
export type Apart =
  | { readonly kind: 'chance' }
  /** The group of each example; −1: it has none. */
  | { readonly kind: 'groups'; readonly groupOf: Int32Array }
  /** Each example's place in the order; NaN: it has none. */
  | { readonly kind: 'order'; readonly values: Float64Array };

/** Share of the training part that is set aside. */
const FRACTION = 0.2;

/**
 * Cuts the training part once more, as the table was cut into training and test part: by chance and stratified, by groups,
 * or by order. `test` is the part that is set aside; nothing is, below 50 examples. It reads no label of the test part.
 */
export function validationOf(
  { apart, train, classOf }: Pick<Dataset, 'apart' | 'train' | 'classOf'>,
  seed: number,
): Parts {
  const { train: rest, test: aside } = cut(apart, train, classOf, seed);
  const examples = (part: Int32Array) => Int32Array.from(part, (k) => train[k]);
  return { train: examples(rest), test: examples(aside) };
}

function cut(apart: Apart, train: Int32Array, classOf: Int32Array | null, seed: number): Parts {
  const chance = random(seed, 'validation');
  const classes = classOf && Int32Array.from(train, (j) => classOf[j]);
  const byChance = () => split(train.length, classes, FRACTION, chance);
  switch (apart.kind) {
    case 'chance':
      return byChance();
    case 'groups': {
      const groups = Array.from(train, (j) => (apart.groupOf[j] < 0 ? null : String(apart.groupOf[j])));
      const parts = splitByGroups(groups, FRACTION, chance);
      return parts.test.length > 0 ? parts : byChance();
    }
    case 'order': {
      const parts = splitByOrder(
        Float64Array.from(train, (j) => apart.values[j]),
        FRACTION,
      );
      return parts.test.length > 0 ? parts : byChance();
    }
    default:
      return apart satisfies never;
  }
}
