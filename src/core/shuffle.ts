import { mix } from './random';

/** The step of SplitMix32: 2³² divided by the golden ratio. */
const GOLDEN = 0x9e3779b9;
const PER_BIT = 1 / 0x1_0000_0000;

/**
 * The order of the examples in an epoch: a permutation of 0 … order.length − 1 that follows from seed and
 * epoch alone, so that a training can go on from any epoch. Fisher and Yates with SplitMix32 (Steele et al.
 * 2014), which is quick: on small networks the shuffle would otherwise cost as much as the training.
 */
export function epochOrder(seed: number, epoch: number, order: Int32Array): void {
  let state = mix(mix(seed) + epoch);
  for (let j = 0; j < order.length; j++) order[j] = j;
  for (let i = order.length - 1; i > 0; i--) {
    state = (state + GOLDEN) | 0;
    // 32 random bits times i + 1, over 2³²: uneven by less than i / 2³².
    const j = Math.floor((mix(state) >>> 0) * PER_BIT * (i + 1));
    const kept = order[i];
    order[i] = order[j];
    order[j] = kept;
  }
}
