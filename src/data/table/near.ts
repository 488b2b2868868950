import { POWERS } from '../csv/number';

/** More digits behind the point are none of a number as it is written. */
export const MOST_DIGITS = 10;
export const digitsBehind = (value: number): number =>
  Math.min(MOST_DIGITS, String(value).split('.')[1]?.length ?? 0);

/** Whether a number is another but for its own rounding, and that of the `count` numbers in it. */
export function isNear(value: number, other: number, digits: number, count: number): boolean {
  const unit = 1 / POWERS[digits];
  // Whole numbers are exact, unless they are large enough to be rounded amounts.
  const ofOthers = digits > 0 || Math.abs(value) >= 1000 ? 0.6 * unit * Math.sqrt(count) : 0;
  const slack = 0.51 / POWERS[digitsBehind(value)] + (count > 1 ? ofOthers : 0);
  return Math.abs(value - other) <= slack + 1e-9 * Math.abs(other);
}
