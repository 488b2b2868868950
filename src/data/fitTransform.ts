import { cosineOfTurn, sineOfTurn } from '../core/circle';
import { UNSCALED, type Scale } from '../core/scale';
import type { NumberTransform } from '../settings/data';
import { isPresent, missingIn, type KnownColumn } from './table/known';
import { numbersFor, type Quantity } from './table/cellValues';
import type { Target } from './table/target';
import { distinctTexts, MOST_CATEGORIES } from './csv/types';
import { fitReshape, reshaperOf, type Reshape } from './reshape';
import type { ColumnShape, ColumnTransform, Fitted, TargetTransform } from './transform';

/** The features that a column makes of these rows, those of the test part among them. */
export function shapeOf(column: KnownColumn, rows: Int32Array): ColumnShape {
  const { read } = column;
  const base = {
    name: read.name,
    missingFeature: missingIn(column) > 0 && rows.some((row) => !isPresent(column, row)),
  };
  const { list } = column.typed;
  if (list) return { ...base, kind: 'list', separator: list.separator, answers: list.answers };
  const quantity = quantityOf(column);
  if (quantity) return { ...base, ...quantity };
  const merged = read.isMerged === true ? { isMerged: read.isMerged } : {};
  return { ...base, kind: 'category', categories: categoriesOf(read), ...merged };
}

/** Null for a column of texts that stand for no numbers. */
function quantityOf({ read, typed }: KnownColumn): Quantity | null {
  if (typed.type === 'ticked') return { kind: 'ticked', mark: typed.mark ?? null };
  if (typed.format) return { kind: 'date', format: typed.format };
  if (read.holds === 'numbers') return { kind: 'number', ...(read.unit?.name && { unit: read.unit.name }) };
  if (typed.type === 'time') return { kind: 'time', ...(typed.clock && { clock: typed.clock }) };
  return typed.type === 'boolean' ? { kind: 'boolean' } : null;
}

/** Fits scale and stand-in on these rows, which are those of the training part. */
export function fitColumn(
  shape: ColumnShape,
  column: KnownColumn,
  rows: Int32Array,
  standardize: boolean,
  transform: NumberTransform,
): ColumnTransform {
  if (shape.kind === 'category') return { ...shape, standIn: commonest(column, rows, shape.categories) };
  if (shape.kind === 'list') return shape;
  const { values: own } = numbersFor(column, shape);
  if (shape.kind === 'time') {
    const fitted = (feature: (turns: number) => number) => fitNumbers(own.map(feature), rows, standardize);
    return { ...shape, sine: fitted(sineOfTurn), cosine: fitted(cosineOfTurn) };
  }
  if (shape.kind === 'boolean' || shape.kind === 'ticked')
    return { ...shape, ...UNSCALED, standIn: Number(meanOf(own, rows) > 0.5) };
  const kind = transform === 'log' || transform === 'rank' ? transform : undefined;
  const reshape = kind && shape.kind === 'number' ? fitReshape(kind, own, rows) : undefined;
  const values = reshape ? reshaped(own, rows, reshape) : own;
  return { ...shape, ...fitNumbers(values, rows, standardize), ...(reshape && { reshape }) };
}

function fitNumbers(values: Float64Array, rows: Int32Array, standardize: boolean): Fitted {
  const standIn = meanOf(values, rows);
  return { ...(standardize ? fitScale(values, rows, standIn) : UNSCALED), standIn };
}

/** What these rows of a column are reshaped to, where they stand. */
function reshaped(values: Float64Array, rows: Int32Array, reshape: Reshape): Float64Array {
  const made = new Float64Array(values.length);
  const reshaper = reshaperOf(reshape);
  for (const row of rows) made[row] = Number.isNaN(values[row]) ? NaN : reshaper(values[row]);
  return made;
}

/** What the network is to give; the scale of a number is fitted on these rows, which are those of the training part. */
export function fitTarget(target: Target, column: KnownColumn, rows: Int32Array): TargetTransform {
  const { name } = column.read;
  if (target.task !== 'regression') return { name, kind: 'classes', classes: target.classes };
  const quantity = quantityOf(column) ?? { kind: 'number' };
  return { name, ...quantity, ...fitScale(numbersFor(column, quantity).values, rows, NaN) };
}

/** The mean of the values there are, 0 of none. */
function meanOf(values: Float64Array, rows: Int32Array): number {
  let mean = 0;
  let count = 0;
  for (const row of rows) {
    const value = values[row];
    if (Number.isNaN(value)) continue;
    count++;
    mean += (value - mean) / count;
  }
  return mean;
}

/** Mean and standard deviation (over m, not m − 1), missing values filled in; a constant is only centred. */
function fitScale(values: Float64Array, rows: Int32Array, standIn: number): Scale {
  const filled = (value: number) => (Number.isNaN(value) ? standIn : value);
  let mean = 0;
  for (const row of rows) mean += filled(values[row]);
  mean /= rows.length;
  let squares = 0;
  for (const row of rows) {
    const distance = filled(values[row]) - mean;
    squares += distance * distance;
  }
  return { mean, deviation: Math.sqrt(squares / rows.length) || 1 };
}

/** The texts that become features of their own, in alphabetical order: all, or the commonest of many. */
function categoriesOf(read: KnownColumn['read']): string[] {
  const distinct = distinctTexts(read);
  if (distinct.length <= MOST_CATEGORIES || read.areNames) return distinct;
  const counts = new Int32Array(read.texts.length);
  for (const code of read.codes) if (code >= 0) counts[code]++;
  const codeOf = new Map(read.texts.map((text, code) => [text, code]));
  const countOf = (text: string) => counts[codeOf.get(text) ?? 0];
  const chosen = new Set([...distinct].sort((a, b) => countOf(b) - countOf(a)).slice(0, MOST_CATEGORIES));
  return distinct.filter((text) => chosen.has(text));
}

/** The category that most of the rows have, null when all miss it, or have another text still more often. */
function commonest({ read }: KnownColumn, rows: Int32Array, categories: readonly string[]): string | null {
  const counts = new Int32Array(read.texts.length);
  for (const row of rows) if (read.codes[row] >= 0) counts[read.codes[row]]++;
  let best = 0;
  for (let code = 1; code < counts.length; code++) if (counts[code] > counts[best]) best = code;
  const text = counts[best] > 0 ? read.texts[best] : undefined;
  return text !== undefined && categories.includes(text) ? text : null;
}
