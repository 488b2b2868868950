import { generator } from './random';

/**
 * The order of the examples in an epoch: a permutation of 0 … order.length − 1 that follows from seed and
 * epoch alone, so that a training can go on from any epoch (Fisher and Yates).
 */
export function epochOrder(seed: number, epoch: number, order: Int32Array): void {
  const next = generator(seed, 'order', epoch);
  for (let j = 0; j < order.length; j++) order[j] = j;
  for (let i = order.length - 1; i > 0; i--) {
    // 32 random bits times i + 1, over 2³²: whole, and uneven by less than i / 2³².
    const j = Math.floor(((next() >>> 0) * (i + 1)) / 0x1_0000_0000);
    const kept = order[i];
    order[i] = order[j];
    order[j] = kept;
  }
}
