import { sampled } from './wildValues';
import { isNamedYear } from './yearAdvice';

/** Zeros fewer than this may be chance, and many are what a column is like. */
const FEWEST = 3;
const MOST = 0.1;
/** The same where the name says that nothing is ever 0 there. */
const MOST_OF_NEVER = 0.6;
/** Different values, besides zero, of what is measured. */
const FEWEST_DISTINCT = 15;
/** Values that the middle of a column is judged by. */
const MOST_SAMPLED = 10_000;
/** The least of most values is so many times as far from zero as it is from the greatest of them. */
const APART = 0.7;
/** No value is nearer to zero than this share of the least of most values. */
const NEAREST = 0.25;
/** Neighbouring rows with zeros, of all with zeros, from which on something stood still. */
const IN_STRETCHES = 0.4;

/** There is no year 0; of years in which something was built, or last mended, many may lack. */
const FIRST_YEAR = 1000;
const LAST_YEAR = 2200;
const MOST_OF_YEARS = 0.98;

/** What nothing alive or there has none of. */
const NEVER_ZERO =
  /(?:^|[^a-z])(?:glucose|bmi|body ?mass|insulin|cholesterol|blood ?pressure|pressure|systolic|diastolic|bp|pulse|heart ?rate|hr|hemoglobin|haemoglobin|height|skin ?thickness|resting ?bp|trestbps|chol|thalach)(?:$|[^a-z])/;

/**
 * Whether zeros stand for missing values in a column of numbers that are otherwise all greater: repeated, few, and far
 * below all that is usual; or under a name of what is never 0.
 */
export function areZerosMissing(name: string, values: Float64Array, distinct: number): boolean {
  let [zeros, others, beside, least] = [0, 0, 0, Infinity];
  for (let row = 0; row < values.length; row++) {
    const value = values[row];
    if (value < 0) return false;
    if (value > 0) {
      others++;
      if (value < least) least = value;
    } else if (value === 0) {
      zeros++;
      if (values[row - 1] === 0) beside++;
    }
  }
  const share = zeros / (zeros + others);
  if (least >= FIRST_YEAR && zeros >= FEWEST && distinct > FEWEST && isNamedYear(name)) {
    const isNone = (value: number) => value > LAST_YEAR || (!Number.isNaN(value) && value % 1 !== 0);
    return share <= MOST_OF_YEARS && !values.some(isNone);
  }
  const words = name.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
  const isNever = name.length < 100 && NEVER_ZERO.test(words.replace(/[_-]/g, ' '));
  if (zeros < FEWEST || distinct - 1 < FEWEST_DISTINCT || share > (isNever ? MOST_OF_NEVER : MOST))
    return false;
  const sorted = sampled(values, MOST_SAMPLED)
    .filter((value) => value > 0)
    .sort();
  const at = (part: number) => sorted[Math.floor(part * (sorted.length - 1))];
  const [low, high] = [at(0.05), at(0.95)];
  // What is measured in whole numbers from 1 on goes on to 0.
  if (isNever) return least >= 4 * smallestStep(sorted);
  const doesStandStill = beside > IN_STRETCHES * zeros && beside > 2 * share * zeros;
  return (
    low >= APART * (high - low) &&
    least >= NEAREST * low &&
    least >= 4 * smallestStep(sorted) &&
    !doesStandStill
  );
}

/** The least step between different values in order. */
function smallestStep(sorted: Float64Array): number {
  let step = Infinity;
  for (let k = 1; k < sorted.length; k++) {
    const gap = sorted[k] - sorted[k - 1];
    if (gap > 0 && gap < step) step = gap;
  }
  return step;
}
