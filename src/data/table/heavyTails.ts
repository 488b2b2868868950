import { fitReshape, reshaperOf } from '../reshape';
import { sampled } from './wildValues';

const FEWEST_VALUES = 50;
const MOST_SAMPLED = 10_000;
/** The middle half of a normal distribution is 1.35 deviations wide; of one with a heavy tail, less than this. */
const SQUEEZED = 0.3;
/** As a logarithm, the middle half has to come near to that. */
const EVEN = 0.6;

/**
 * Whether standardising leaves next to no room for the middle half of a column, and a logarithm gives it back. Columns
 * that are mostly one value have no such middle. NaN is no value; by a sample.
 */
export function hasHeavyTail(values: Float64Array): boolean {
  const sample = sampled(values, MOST_SAMPLED);
  if (sample.length < FEWEST_VALUES) return false;
  sample.sort();
  const quarter = Math.floor(sample.length / 4);
  const isMostlyOneValue =
    sample[quarter] === sample[2 * quarter] || sample[2 * quarter] === sample[3 * quarter];
  if (isMostlyOneValue) return false;
  const share = middleShare(sample);
  if (!(share > 0 && share < SQUEEZED)) return false;
  const all = Int32Array.from(sample, (_, row) => row);
  return middleShare(sample.map(reshaperOf(fitReshape('log', sample, all)))) > EVEN;
}

/** The width of the middle half in standard deviations. */
function middleShare(values: Float64Array): number {
  const sorted = values.slice().sort();
  const quarter = Math.floor(sorted.length / 4);
  let [count, mean, squares] = [0, 0, 0];
  for (const value of sorted) {
    const distance = value - mean;
    mean += distance / ++count;
    squares += distance * (value - mean);
  }
  return (sorted[sorted.length - 1 - quarter] - sorted[quarter]) / Math.sqrt(squares / count);
}
