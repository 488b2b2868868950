import type { CellValue } from '../data/rowTransform';
import type { ColumnTransform } from '../data/transform';
import { Predictor, type Model } from '../runs/model';
import type { ExportedColumn, Precision } from './exported';
import { ExportRefused } from './refused';

/** What stands for an input in a row; null: nothing. */
export type Value = number | string | null;

/** Rows that an export checks itself by, and what they have to come to. No row of the table is among them. */
export interface Check {
  /** A value for each input, row by row. */
  readonly rows: readonly (readonly Value[])[];
  /** What the network takes of them, row by row. */
  readonly features: Float64Array;
  /** The probability of each class, or the number, in the target's own unit. */
  readonly outputs: readonly (readonly number[])[];
  /** The class; −1 for a number. */
  readonly indexes: readonly number[];
}

export const SECONDS_A_DAY = 86_400;

const FEWEST = 10;
/** So many rows at least have values within the ranges: quantiles in each column first, then all mixed. */
const ORDINARY = 14;
const QUARTERS = 5;
/** How many ranges beyond the range. */
const FAR = 2;
const GOLDEN = 0.6180339887498949;
const LARGEST = { double: Number.MAX_VALUE, single: 3.4028234663852886e38 } as const;

/**
 * Rows made from what the transform holds: quantiles of the ranges, each category and answer in turn, all and every second
 * value missing, unknown categories, numbers far outside on either side; and what `Predictor` says of them. Throws
 * ExportRefused where the numbers overflow.
 */
export function checkOf(model: Model, columns: readonly ExportedColumn[], precision: Precision): Check {
  const makers = columns.map((column) => makerOf(column, rangeOf(model, column.transform), precision));
  const made = rowsOf(columns, makers);
  const predictor = new Predictor(model);
  const cells = made.map((row) => columns.map((column, k) => cellOf(column, row[k])));
  const predicted = predictor.predict(cells);
  const unit = model.transform.target.kind === 'time' ? SECONDS_A_DAY : 1;
  const outputs = predicted.map((each) => Array.from(each.outputs, (value) => value * unit));
  const usable = [...made.keys()].filter((j) => outputs[j].every(Number.isFinite));
  if (usable.length < FEWEST) throw new ExportRefused(null, 'its numbers are beyond float64');
  return {
    rows: usable.map((j) => made[j].flat()),
    features: Float64Array.from(usable.flatMap((j) => [...predictor.features([cells[j]])])),
    outputs: usable.map((j) => outputs[j]),
    indexes: usable.map((j) => predicted[j].index),
  };
}

/** The values of the inputs of one column. */
type Values = readonly Value[];
interface Maker {
  /** In the r-th of the ordinary rows. */
  ordinary(r: number): Values;
  readonly below: Values;
  readonly above: Values;
  readonly missing: Values;
  readonly unknown: Values;
}

function rowsOf(columns: readonly ExportedColumn[], makers: readonly Maker[]): Values[][] {
  const categories = columns.map(({ transform }) =>
    transform.kind === 'category' ? transform.categories.length : 0,
  );
  const ordinary = Math.max(ORDINARY, ...categories);
  return [
    ...Array.from({ length: ordinary }, (_, r) => makers.map((maker) => maker.ordinary(r))),
    makers.map(({ missing }) => missing),
    ...[0, 1].map((odd) => makers.map((maker, k) => (k % 2 === odd ? maker.missing : maker.ordinary(7)))),
    makers.map(({ unknown }) => unknown),
    makers.map(({ below }) => below),
    makers.map(({ above }) => above),
  ];
}

function makerOf(
  { transform, inputs }: ExportedColumn,
  [least, largest]: Range,
  precision: Precision,
): Maker {
  const { kind } = transform;
  const k = Number(inputs.at(0)?.id.slice(1) ?? 0);
  if (kind === 'category') {
    const { categories } = transform;
    const nth = (r: number) => [categories.length === 0 ? null : categories[(r + k) % categories.length]];
    let unknown = 'no such category';
    while (categories.includes(unknown)) unknown += '!';
    return { ordinary: nth, below: nth(1), above: nth(2), missing: [null], unknown: [unknown] };
  }
  if (kind === 'list') {
    const some = (r: number) =>
      inputs.map((_, i) => Number(i === r % inputs.length || (r * 7 + i * 3) % 5 < 2));
    const none = inputs.map(() => 0);
    const missing = inputs.map(() => null);
    return { ordinary: some, below: none, above: inputs.map(() => 1), missing, unknown: none };
  }
  const isTruth = kind === 'boolean' || kind === 'ticked';
  const isWhole = isTruth || kind === 'date' || kind === 'time';
  const number = (value: number) => {
    const held = Math.min(
      Math.max(isWhole ? Math.round(value) : value, -LARGEST[precision]),
      LARGEST[precision],
    );
    return [precision === 'single' ? Math.fround(held) : held];
  };
  const between = (part: number) => number(least * (1 - part) + largest * part);
  const parts = (r: number) =>
    r < QUARTERS ? r / (QUARTERS - 1) : ((r + 1) * GOLDEN + k * 0.7548776662) % 1;
  return {
    ordinary: (r) => between(parts(r)),
    below: isTruth ? [0] : number(least - FAR * (largest - least)),
    above: isTruth ? [1] : number(largest + FAR * (largest - least)),
    missing: [null],
    unknown: between(0.4),
  };
}

type Range = readonly [least: number, largest: number];

/** From where to where the values of a column of numbers reach, as far as it is known. */
function rangeOf({ transform }: Model, column: ColumnTransform): Range {
  const known = transform.reading?.columns[transform.columns.indexOf(column)]?.range;
  if (known) return known;
  if (column.kind === 'time') return [0, SECONDS_A_DAY - 1];
  if (column.kind === 'boolean' || column.kind === 'ticked') return [0, 1];
  if (column.kind === 'category' || column.kind === 'list') return [0, 0];
  const { mean, deviation, reshape } = column;
  if (reshape?.kind === 'log') return [-3 * reshape.median, 3 * reshape.median];
  if (reshape) return [reshape.values[0] ?? 0, reshape.values.at(-1) ?? 1];
  return [mean - 2 * deviation, mean + 2 * deviation];
}

/** The values of a column's inputs as the transform takes them. */
function cellOf({ transform }: ExportedColumn, values: Values): CellValue {
  if (transform.kind === 'list') return transform.answers.filter((_, k) => values[k] === 1);
  const [value] = values;
  return transform.kind === 'time' && typeof value === 'number' ? value / SECONDS_A_DAY : value;
}
