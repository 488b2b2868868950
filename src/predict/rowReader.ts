import type { CellValue } from '../data/rowTransform';
import type { Model } from '../runs/model';
import { cellReader, type MissingTexts, type ReadCell, type Seen, type Written } from './cells';

/** What a model makes of the cells of a row. */
export interface Look {
  /** In the order of the transform's columns. */
  readonly seen: readonly Seen[];
  readonly values: readonly CellValue[];
  /** Names of columns whose cells are unlike all that was trained on, hold nothing, or nothing of their kind. */
  readonly outside: readonly string[];
  readonly missing: readonly string[];
  readonly unread: readonly string[];
  /** Cells with an unknown category, or with what could not be read. */
  readonly unknown: number;
}

/** A column that a file may lack, and does. */
const ABSENT: Seen = { value: null, is: 'value', isOutside: false };

/** What of a column's cells stands for a missing value in a model's table. */
export const missingTexts = ({ settings }: Pick<Model, 'settings'>, name: string): MissingTexts => ({
  tokens: new Set(settings['csv.missingTokens']),
  placeholders: new Map(Object.entries(settings['data.placeholders'])).get(name) ?? [],
});

/** Reads the cells of rows as those of a model's table were, whether they stand in a file or were typed. */
export class RowReader {
  private readonly readers: readonly ReadCell[];
  /** Under another way with missing values a row that misses one was not trained on. */
  private readonly needsAll: boolean;

  constructor(private readonly model: Model) {
    const { settings, transform } = model;
    this.readers = transform.columns.map((column, k) =>
      cellReader(column, transform.reading?.columns[k], missingTexts(model, column.name)),
    );
    this.needsAll = settings['data.missingValues'] !== 'impute';
  }

  /** @param cellOf the cell of a column of the transform; null where the file does not have it */
  look(cellOf: (k: number) => Written | null): Look {
    const { columns } = this.model.transform;
    const [outside, missing, unread]: string[][] = [[], [], []];
    let unknown = 0;
    const seen = this.readers.map((read, k): Seen => {
      const cell = cellOf(k);
      if (!cell) return ABSENT;
      const found = read(cell);
      const { kind, name } = columns[k];
      if (found.isOutside) outside.push(name);
      if (found.is === 'missing' && kind !== 'list') missing.push(name);
      if (found.is === 'unread') unread.push(name);
      const isUnknown = found.isOutside && (kind === 'category' || kind === 'list');
      if (isUnknown || found.is === 'unread') unknown++;
      return found;
    });
    return { seen, values: seen.map(({ value }) => value), outside, missing, unread, unknown };
  }

  /** Why a row is not predicted; null where it is. */
  refusal({ missing, unread }: Look): string | null {
    if (!this.needsAll || missing.length + unread.length === 0) return null;
    return `no value: ${[...missing, ...unread].join('; ')}`;
  }
}

/** What is noted beside a prediction. */
export const noteOf = ({ unread }: Look): string =>
  unread.length > 0 ? `not read: ${unread.join('; ')}` : '';
/** A prediction that is no finite number. */
export const BEYOND = 'beyond all numbers';
