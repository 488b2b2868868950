import type { FEWEST_ROWS_TO_FEATURE, LineReason } from '../core/lineReason';

const FEWEST: typeof FEWEST_ROWS_TO_FEATURE = 10;

/** Why the automatic settings have no hidden layer; empty where they have one. */
export function lineReasonText(reason: LineReason | null): string {
  switch (reason) {
    case null:
      return '';
    case 'few rows':
      return `no hidden layer, with fewer than ${FEWEST} rows to train on for each feature`;
    case 'no better':
      return 'no hidden layer, as a network did no better than a straight line on fifths of the training part that were left out';
    default:
      return reason satisfies never;
  }
}
