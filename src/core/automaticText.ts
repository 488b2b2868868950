/** With fewer rows to train on for each feature, hidden units learn the noise. */
export const FEWEST_ROWS_TO_FEATURE = 10;

/** Why the automatic settings have no hidden layer on a table; empty where they have one. */
export function whyNoHiddenLayer(
  hiddenLayers: readonly number[],
  trainRows: number,
  features: number,
): string {
  if (hiddenLayers.length > 0) return '';
  return trainRows < FEWEST_ROWS_TO_FEATURE * features
    ? `no hidden layer, with fewer than ${FEWEST_ROWS_TO_FEATURE} rows to train on for each feature`
    : 'no hidden layer, as a network did no better than a straight line on fifths of the training part that were left out';
}
