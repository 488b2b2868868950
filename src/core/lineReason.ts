/** With fewer rows to train on for each feature, hidden units learn the noise. */
export const FEWEST_ROWS_TO_FEATURE = 10;

/** Why the automatic settings have no hidden layer on a table; null where they have one. */
export type LineReason = 'few rows' | 'no better';

export function lineReason(
  hiddenLayers: readonly number[],
  trainRows: number,
  features: number,
): LineReason | null {
  if (hiddenLayers.length > 0) return null;
  return trainRows < FEWEST_ROWS_TO_FEATURE * features ? 'few rows' : 'no better';
}
