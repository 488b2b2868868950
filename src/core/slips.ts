import type { QuantityKey } from './chain';
import type { Matrix } from './matrix';
import type { Parameters } from './network';
import { cook, RIGHT, transpose, type AllNumbers, type Situation } from './recipe';
import { backwardSlips } from './slipsBackward';
import { forwardSlips } from './slipsForward';
import type { Slip } from './slip';

export type { Slip } from './slip';

/** A slip in what is taken for the quantity at last. */
const misread = (
  code: string,
  sentence: string,
  read: (right: AllNumbers, key: QuantityKey, s: Situation) => Matrix | null,
): Slip => ({ code, sentence, numbers: (s, key) => read(cook(RIGHT, s), key, s) });

const ofReading: Slip[] = [
  misread('transposed', 'It is the transpose.', (right, key) => {
    const M = right.get(key);
    return M && M.data.length > 1 ? transpose(M) : null;
  }),
  {
    code: 'one-update-later',
    sentence: 'It is that of one epoch later: one update too many.',
    numbers: (s, key) => {
      const next = nextParameters(s);
      return (next && cook(RIGHT, { ...s, parameters: next }).get(key)) ?? null;
    },
  },
];

/** All slips that are known. */
export const slips: readonly Slip[] = [...forwardSlips, ...backwardSlips, ...ofReading];

function nextParameters(s: Situation): Parameters | null {
  const right = cook(RIGHT, s);
  const next = s.parameters.map((_, k) => {
    const [W, b] = [right.get(`newW${k + 1}`), right.get(`newb${k + 1}`)];
    return W && b ? { W, b: b.data } : null;
  });
  return next.every((layer) => layer !== null) ? next : null;
}
