import { cut } from '../core/format';
import type { Dataset } from '../data/dataset';
import { featureCount } from '../data/transform';

/** A column of the table as features of X. */
export interface Column {
  readonly name: string;
  readonly kind: Dataset['transform']['columns'][number]['kind'];
  /** Its first feature, and how many it has. */
  readonly from: number;
  readonly count: number;
  /** Those of its categories or answers alone, without the one that says that a value is missing. */
  readonly own: number;
}

/** The columns that became features, in their order. */
export function columnsOf({ transform }: Pick<Dataset, 'transform'>): Column[] {
  let from = 0;
  return transform.columns.map((column) => {
    const count = featureCount(column);
    const found = { name: cut(column.name), kind: column.kind, from, count };
    from += count;
    return { ...found, own: count - (column.missingFeature ? 1 : 0) };
  });
}
