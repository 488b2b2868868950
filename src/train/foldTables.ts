import { random } from '../core/random';
import { makeDataset, type Dataset } from '../data/dataset';
import { foldChance, foldsOf } from '../data/folds';
import type { CheckedTable } from '../data/table/check';
import { stratifiedSample, type Parts } from '../data/table/split';
import type { Settings } from '../settings/settings';
import type { FoldData } from './trainFold';

/** Numbers that are trained on in each fold: of larger tables a sample is searched. */
const MOST_NUMBERS = 2e6;
const FEWEST_ROWS = 1000;
/** Folds of a table, and of one with so many rows that fewer tell as much. */
const FOLDS = 5;
const FOLDS_OF_MANY = 3;
const MANY_ROWS = 20_000;

/** The examples of the training part, or a sample of them, cut into folds; no row of the test part is among them. */
export class FoldTables {
  /** Examples that are searched on. */
  readonly rows: number;
  private readonly folds: readonly Parts[];
  /** The table with the rows that are searched on, and no other. */
  private readonly searched: CheckedTable;

  /** @param base the data set of the table, as a training has it; the columns of the table must still be there */
  constructor(
    checked: CheckedTable,
    private readonly settings: Settings,
    base: Dataset,
  ) {
    const seed = settings['training.seed'];
    const { train, classOf, apart, X, Y } = base;
    const most = Math.max(FEWEST_ROWS, Math.floor(MOST_NUMBERS / ((X.rows + 1) * Y.rows)));
    const classes = classOf && Int32Array.from(train, (j) => classOf[j]);
    const sample = stratifiedSample(train.length, classes, most, random(seed, 'sample'));
    const part = Int32Array.from(sample, (k) => train[k]);
    this.rows = part.length;
    this.searched = { ...checked, usable: Int32Array.from(part, (j) => checked.usable[j]) };
    const placeOf = new Int32Array(X.cols).fill(-1);
    part.forEach((j, k) => (placeOf[j] = k));
    const places = (examples: Int32Array) => Int32Array.from(examples, (j) => placeOf[j]);
    const count = Math.min(this.rows > MANY_ROWS ? FOLDS_OF_MANY : FOLDS, this.rows);
    this.folds = foldsOf({ part, apart, classOf }, count, foldChance(seed)).map((fold) => ({
      train: places(fold.train),
      test: places(fold.test),
    }));
  }

  get count(): number {
    return this.folds.length;
  }

  /** Examples that are trained on where this fold is predicted. */
  rowsOf(fold: number): number {
    return this.folds[fold].train.length;
  }

  /** A fold under a transform, all of which is fitted on the examples that are trained on. */
  dataset(how: Partial<Pick<Settings, 'data.transform' | 'data.standardize'>>, fold: number): FoldData {
    const settings = { ...this.settings, ...how };
    const made = makeDataset(this.searched, settings, { parts: this.folds[fold], keepsColumns: true });
    const { X, Y, classOf, classes, output, train, test, apart, transform: fitted } = made;
    return { X, Y, classOf, classes, output, train, test, apart, transform: fitted };
  }
}
