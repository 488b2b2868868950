import { amountIn, decimalComma, thousandsByComma, unwrapped, withoutTriangle } from './amounts';
import { compoundIn } from './compounds';
import { durationIn, monthsIn } from './durations';
import { fractionIn, FRACTIONS } from './fractions';
import { LONGEST_AMOUNT } from './number';
import { withPlainDigits, withPlainPower } from './otherDigits';
import { splitAmount } from './splitAmount';
import { factorBetween, times } from './units';
import { isHundredth, magnitudeOf } from './unitTable';

/**
 * The number in one text, in a unit or in ones; NaN for what is none, or in a unit to which nothing tells the factor.
 * `mark`: what stands before its fraction.
 */
export function readAmount(text: string, unit: string, mark: '.' | ',' = '.'): number {
  const style = mark === ',' ? decimalComma : thousandsByComma;
  const bare = withPlainPower(withPlainDigits(withoutTriangle(unwrapped(text)), mark));
  const plain = amountIn(bare, style);
  if (Number.isFinite(plain)) return plain;
  if (unit === FRACTIONS) return fractionIn(bare);
  const compound = compoundIn(bare, unit);
  if (Number.isFinite(compound)) return compound;
  const months = unit === 'months' ? monthsIn(bare) : NaN;
  if (Number.isFinite(months)) return months;
  const ofSecond = factorBetween('s', unit);
  const seconds = ofSecond === undefined ? NaN : durationIn(bare);
  if (ofSecond !== undefined && Number.isFinite(seconds)) return times(seconds, ofSecond);
  const split = bare.length <= LONGEST_AMOUNT ? splitAmount(bare) : null;
  if (!split) return NaN;
  const value = times(amountIn(split.core, style), split.scale);
  // A bound or an amount below zero: nothing but the other cells would tell.
  if (split.mark === '-') return NaN;
  if (split.unit === '') return value;
  if (isHundredth(split.unit, unit)) return times(value, 0.01);
  const own = unit.startsWith(split.currency) ? unit.slice(split.currency.length) : unit;
  const factor = own === '' ? magnitudeOf(split.unit) : (factorBetween(split.unit, own) ?? undefined);
  return factor === undefined ? NaN : times(value, factor);
}
