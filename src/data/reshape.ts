import { naturalLogarithm } from '../core/logarithm';
import { distinctNumbers } from './csv/types';

/**
 * What is done to the numbers of a feature before they are scaled, as data. `log`: sign(x) · ln(1 + |x| / median).
 * `rank`: the share of the training part that is below x, from 0 to 1; `below` has it for each of `values`, which rise.
 */
export type Reshape =
  | { readonly kind: 'log'; readonly median: number }
  | { readonly kind: 'rank'; readonly values: readonly number[]; readonly below: readonly number[] };

/** So many different numbers are kept of a column for its ranks; of more, as many that stand equally far apart. */
export const MOST_RANKS = 10_000;

/** Fits what is done to numbers on these rows, which are those of the training part. */
export function fitReshape(kind: Reshape['kind'], values: Float64Array, rows: Int32Array): Reshape {
  const present = Float64Array.from(rows, (row) => values[row]).filter((value) => !Number.isNaN(value));
  if (kind === 'log') return { kind, median: medianOf(present.map(Math.abs)) || 1 };
  present.sort();
  const apart = Number.isFinite(distinctNumbers(present, MOST_RANKS)) ? 1 : present.length / MOST_RANKS;
  const kept: number[] = [];
  const below: number[] = [];
  let next = 0;
  present.forEach((value, count) => {
    if (count > 0 && value === present[count - 1]) return;
    if (count < next && value < present[present.length - 1]) return;
    // + 0: the two zeros are one number.
    kept.push(value + 0);
    below.push(count / present.length);
    next = count + apart;
  });
  return { kind, values: kept, below };
}

/** What a reshaping makes of numbers that are not missing. */
export function reshaperOf(reshape: Reshape): (value: number) => number {
  switch (reshape.kind) {
    case 'log': {
      const { median } = reshape;
      const log = naturalLogarithm();
      return (value) => {
        const ratio = Math.abs(value) / median;
        const sum = 1 + ratio;
        // Where 1 + ratio is rounded, the logarithm is corrected by what was lost; where it overflows, taken apart.
        const size =
          sum === Infinity
            ? log(Math.abs(value)) - log(median)
            : sum === 1
              ? ratio
              : log(sum) * (ratio / (sum - 1));
        return value < 0 ? -size : size;
      };
    }
    case 'rank': {
      const { values, below } = reshape;
      return (value) => {
        let low = 0;
        let high = values.length;
        while (low < high) {
          const middle = (low + high) >>> 1;
          if (values[middle] < value) low = middle + 1;
          else high = middle;
        }
        return low < values.length ? below[low] : 1;
      };
    }
    default:
      return reshape satisfies never;
  }
}

/** The median of numbers, which are sorted for it; NaN of none. */
export function medianOf(numbers: Float64Array): number {
  numbers.sort();
  const half = numbers.length >> 1;
  if (numbers.length % 2 === 1) return numbers[half];
  // Each halved before they are added: the sum might be beyond float64.
  return numbers.length === 0 ? NaN : numbers[half - 1] / 2 + numbers[half] / 2;
}
