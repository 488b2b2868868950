export interface Spread {
  readonly lowest: number;
  readonly highest: number;
  readonly mean: number;
  /** The standard deviation. */
  readonly deviation: number;
}

export function spreadOf(values: Float64Array): Spread {
  let [lowest, highest, sum] = [Infinity, -Infinity, 0];
  for (const value of values) {
    lowest = Math.min(lowest, value);
    highest = Math.max(highest, value);
    sum += value;
  }
  const mean = sum / values.length;
  let squares = 0;
  for (const value of values) squares += (value - mean) * (value - mean);
  return { lowest, highest, mean, deviation: Math.sqrt(squares / values.length) };
}

/** Numbers that vary by no more than this, of their size or of 1, are constant. */
export const CONSTANT = 1e-6;

export const isConstant = ({ lowest, highest }: Spread): boolean =>
  highest - lowest <= CONSTANT * Math.max(1, Math.abs(lowest), Math.abs(highest));
