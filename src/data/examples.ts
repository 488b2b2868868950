import { selectColumns } from '../core/matrix';
import type { Examples } from '../core/trainer';
import type { Dataset } from './dataset';

/** X and Y of one part of the dataset, (nx, |part|) and (ny, |part|). */
export function examples({ X, Y }: Pick<Dataset, 'X' | 'Y'>, part: Int32Array): Examples {
  return { X: selectColumns(X, part), Y: selectColumns(Y, part) };
}
