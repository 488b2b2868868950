/** How a number becomes a standardised one and comes back. Without a scale of its own it is {@link UNSCALED}. */
export interface Scale {
  readonly mean: number;
  readonly deviation: number;
}

export const UNSCALED: Scale = { mean: 0, deviation: 1 };

/** The standardised form of a value in its own unit. */
export const standardised = (value: number, { mean, deviation }: Scale): number => (value - mean) / deviation;

/** The inverse of {@link standardised}: a value in its own unit. */
export const inOwnUnit = (value: number, { mean, deviation }: Scale): number => value * deviation + mean;
