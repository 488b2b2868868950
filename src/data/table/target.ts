import type { KnownColumn } from './known';
import type { ReadTable } from '../csv/read';
import { distinctNumbers, distinctTexts, MOST_COUNTED } from '../csv/types';
import { UserError } from '../userError';

export type Task = 'binary' | 'multiclass' | 'regression';

export interface Target {
  readonly index: number;
  readonly task: Task;
  /** The texts of the classes in their order; empty for regression. */
  readonly classes: readonly string[];
  /** Why this column: shown where the target is. */
  readonly reason: string;
}

/** The surest first: beside a label, y is mostly a coordinate. */
const usualNames = ['label', 'labels', 'target', 'class', 'outcome', 'output', 'response', 'diagnosis', 'y'];
/** An integer column with at most this many values is taken for classes. */
const MOST_INTEGER_CLASSES = 20;
const MOST_CLASSES = 100;

/**
 * How many rows have each text, texts in alphabetical order and numbers in theirs; null for a column of more
 * different numbers than are kept as texts.
 */
export function textCounts({ read }: KnownColumn): Map<string, number> | null {
  const counts = new Map<string, number>();
  if (read.holds === 'texts') {
    const byCode = new Int32Array(read.texts.length);
    for (const code of read.codes) if (code >= 0) byCode[code]++;
    const codeOf = new Map(read.texts.map((text, code) => [text, code]));
    for (const text of distinctTexts(read)) counts.set(text, byCode[codeOf.get(text) ?? 0]);
    return counts;
  }
  if (!read.numberTexts || !Number.isFinite(distinctNumbers(read.numbers, MOST_COUNTED))) return null;
  const byNumber = new Map<number, number>();
  for (const value of read.numbers) {
    if (!Number.isNaN(value)) byNumber.set(value, (byNumber.get(value) ?? 0) + 1);
  }
  for (const value of [...byNumber.keys()].sort((a, b) => a - b)) {
    counts.set(read.numberTexts.get(value) ?? String(value), byNumber.get(value) ?? 0);
  }
  return counts;
}

const isRepeated = (counts: Map<string, number> | null) =>
  counts !== null && [...counts.values()].every((count) => count >= 2);

function looksLikeClasses(column: KnownColumn): boolean {
  const { read, typed } = column;
  if (typed.type === 'boolean' || typed.type === 'category') return true;
  return (
    typed.type === 'number' &&
    typed.distinct <= MOST_INTEGER_CLASSES &&
    read.numbers.every((value) => Number.isNaN(value) || Number.isInteger(value)) &&
    isRepeated(textCounts(column))
  );
}

/**
 * Chooses the target: the named one; else a usual name; else the last column if it is text, boolean or an
 * integer with at most 20 values, each in two rows or more; else the last number.
 * Throws UserError when a named column is missing or nothing can be a target.
 */
export function chooseTarget(
  table: ReadTable,
  columns: readonly KnownColumn[],
  named: string,
): { index: number; reason: string } {
  if (named !== '') {
    const index = columns.findIndex(({ read }) => read.name === named);
    if (index >= 0) return { index, reason: 'chosen in the settings' };
    throw new UserError(
      `There is no column “${named}” to predict. The columns are ${listed(columns.map(({ read }) => read.name))}.`,
      table.header ? placeOf(table, 0) : undefined,
    );
  }
  const open = columns.map(({ role }) => role !== 'ignored' && role !== 'split');
  const names = columns.map(({ read }, index) => (open[index] ? read.name.toLowerCase() : ''));
  const usual = usualNames.map((name) => names.indexOf(name)).find((index) => index >= 0);
  if (usual !== undefined) {
    return { index: usual, reason: `“${columns[usual].read.name}” is a usual name for a target` };
  }
  const last = open.lastIndexOf(true);
  if (last < 0) throw new UserError('No column can be predicted: all are ignored.');
  const { type } = columns[last].typed;
  if ((type === 'text' || looksLikeClasses(columns[last])) && isRepeated(textCounts(columns[last]))) {
    return { index: last, reason: 'the last column, which holds classes' };
  }
  const number = columns.findLastIndex(({ typed }, index) => open[index] && typed.type === 'number');
  if (number >= 0) return { index: number, reason: 'the last column of numbers' };
  return { index: last, reason: 'the last column' };
}

/** Where the name of a column stands. */
export function placeOf({ namePlaces }: ReadTable, index: number) {
  const [line, column, endColumn] = namePlaces[index];
  return { line, column, endColumn };
}

/**
 * The task that the target column and `model.output` make. Throws UserError when they do not fit and when there
 * is a single class.
 */
export function resolveTarget(
  table: ReadTable,
  columns: readonly KnownColumn[],
  { index, reason }: { index: number; reason: string },
  output: 'auto' | 'sigmoid' | 'softmax' | 'linear',
): Target {
  const column = columns[index];
  const { read, typed } = column;
  const place = placeOf(table, index);
  if (read.missing === read.rows) throw new UserError(`The target “${read.name}” has no values.`, place);
  const isNumber = typed.type === 'number' || typed.type === 'identifier';
  if (output === 'linear' || (output === 'auto' && isNumber && !looksLikeClasses(column))) {
    if (read.holds === 'numbers' && typed.distinct > 1)
      return { index, task: 'regression', classes: [], reason };
    if (typed.type === 'boolean' || typed.type === 'date')
      return { index, task: 'regression', classes: [], reason };
    if (typed.type !== 'constant') {
      const row = read.codes.findIndex((code) => code >= 0);
      throw new UserError(
        `The target “${read.name}” holds the text “${read.texts[read.codes[row]]}”; a linear output needs numbers.`,
        { line: table.lines[row] },
      );
    }
  }
  const counts = textCounts(column);
  const classes = [...(counts ?? new Map<string, number>()).keys()];
  if (counts && classes.length < 2) {
    throw new UserError(
      `The target “${read.name}” has only one class, “${classes[0]}”. At least two are needed.`,
      place,
    );
  }
  const many = counts ? classes.length : typed.distinct;
  if (many > MOST_CLASSES) {
    throw new UserError(
      `The target “${read.name}” has ${many} classes; at most ${MOST_CLASSES} can be told apart. Choose another target.`,
      place,
    );
  }
  if (output === 'sigmoid' && classes.length > 2) {
    throw new UserError(
      `A sigmoid output tells two classes apart; “${read.name}” has ${classes.length}. Set neuronLens.model.output to auto or softmax.`,
      place,
    );
  }
  return { index, task: classes.length === 2 ? 'binary' : 'multiclass', classes, reason };
}

/** The class of each row, −1 where the target is missing. */
export function classOfRows({ read }: KnownColumn, classes: readonly string[]): Int32Array {
  const index = new Map(classes.map((text, k) => [text, k]));
  if (read.holds === 'texts') {
    const ofCode = read.texts.map((text) => index.get(text) ?? -1);
    return read.codes.map((code) => (code < 0 ? -1 : ofCode[code]));
  }
  return Int32Array.from(read.numbers, (value) =>
    Number.isNaN(value) ? -1 : (index.get(read.numberTexts?.get(value) ?? String(value)) ?? -1),
  );
}

const listed = (names: readonly string[]) =>
  names.length <= 12 ? names.join(', ') : `${names.slice(0, 12).join(', ')} and ${names.length - 12} more`;
