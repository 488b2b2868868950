import type { QuantityKey } from './chain';
import { hiddenActivations, type HiddenActivation } from './activations';
import type { Matrix } from './matrix';
import { cook, RIGHT, type Recipe, type Situation } from './recipe';

/** A mistake that is often made, and what numbers it gives: those of the whole computation with the mistake in it. */
export interface Slip {
  readonly code: string;
  /** What was done, in a sentence, and what it should be. */
  readonly sentence: string;
  /** The numbers of a quantity; null where the mistake cannot be made. */
  numbers(s: Situation, key: QuantityKey): Matrix | null;
}

/** A slip that is another recipe. */
export function slip(code: string, sentence: string, change: (s: Situation) => Partial<Recipe> | null): Slip {
  return {
    code,
    sentence,
    numbers: (s, key) => {
      const changed = change(s);
      return (changed && cook({ ...RIGHT, ...changed }, s).get(key)) ?? null;
    },
  };
}

export const isBinary = ({ network }: Situation) => network.output === 'sigmoid';
export const hasHidden = ({ network }: Situation) => network.sizes.length > 2;

export const wordFor: Record<HiddenActivation, string> = {
  tanh: 'tanh',
  sigmoid: 'the sigmoid',
  relu: 'ReLU',
  leakyRelu: 'leaky ReLU',
  linear: 'the identity',
};

/** Those that may be taken for another one. */
export const curved = hiddenActivations.filter((other) => other !== 'linear');
