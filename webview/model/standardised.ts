import { full, short } from '../../src/core/format';
import { inOwnUnit, type Scale } from '../../src/core/scale';

/** The digits that a number of the sample has: it was rounded to float32 on its way. */
const DIGITS = 7;

export const isStandardised = ({ mean, deviation }: Scale): boolean => mean !== 0 || deviation !== 1;

/** A standardised number in its column's own unit, as a text. */
export const ownText = (x: number, scale: Scale): string =>
  full(Number(inOwnUnit(x, scale).toPrecision(DIGITS)));

/** How a number of X or Y comes from the file: `(0.96544 − 0.4912) / 0.8203`. */
export function standardisation(x: number, scale: Scale): string {
  if (!isStandardised(scale)) return 'As it is: not standardised.';
  const { mean, deviation } = scale;
  const minus = mean < 0 ? `(${short(mean)})` : short(mean);
  return `(${ownText(x, scale)} − ${minus}) / ${short(deviation)}: (x − mean) / deviation`;
}
