import type { ColumnKind } from '../settings/data';
import { makeDataset, type Dataset, type DataSettings } from './dataset';
import type { CheckedTable } from './table/check';
import { EMPTY } from './table/textCounts';
import type { ColumnTransform, TargetTransform, Transform } from './transform';
import { transformToJson } from './transformFile';
import { mustHaveColumns, type Under } from './under';
import { UserError } from './userError';

/** A table that was read, the data set that was made of it, and the settings that both follow from. */
export interface Made<R, S> {
  readonly read: R;
  readonly dataset: Dataset;
  readonly settings: S;
}

/**
 * Makes a table the data set that weights were trained on: as tables are read and judged today, else with each column
 * held to what it was then. Null where neither gives the transform of that day. Throws what reading throws.
 */
export function makeLikeBefore<R extends { readonly checked: CheckedTable }, S extends DataSettings>(
  read: (settings: S) => R,
  settings: S,
  transform: Transform,
): Made<R, S> | null {
  const now = read(settings);
  const names = now.checked.columns.map((column) => column.read.name);
  const dataset = ifUsable(() => makeDataset(now.checked, settings));
  if (dataset && isSameTransform(dataset.transform, transform)) return { read: now, dataset, settings };
  const held = heldTo(settings, transform, names, dataset?.transform);
  const then = read(held);
  const again = ifUsable(() => makeDataset(then.checked, held));
  return again && isSameTransform(again.transform, transform)
    ? { read: then, dataset: again, settings: held }
    : null;
}

/**
 * Makes a table the data set of a model that is trained further: its columns are read as the model's were, and its transform
 * and classes stay. Where the table gives that transform itself, all is as it was in the training before. Throws UserError
 * for columns that are not there, a new class and another task.
 */
export function makeUnder<R extends { readonly checked: CheckedTable }, S extends DataSettings>(
  read: (settings: S) => R,
  settings: S,
  under: Under,
): Made<R, S> {
  const { transform, output } = under;
  const now = read(settings);
  const names = now.checked.columns.map((column) => column.read.name);
  if (names.length > 0) mustHaveColumns(under, names);
  const dataset = ifUsable(() => makeDataset(now.checked, settings));
  if (dataset && isSameTransform(dataset.transform, transform)) return { read: now, dataset, settings };
  // Whatever this table looks like: its columns are those of the model.
  const how: S = {
    ...heldTo(settings, transform, names, undefined),
    'model.output': output === 'linear' ? output : 'auto',
  };
  const then = read(how);
  return { read: then, dataset: makeDataset(then.checked, how, { under }), settings: how };
}

function ifUsable(make: () => Dataset): Dataset | null {
  try {
    return make();
  } catch (error) {
    if (error instanceof UserError) return null;
    throw error;
  }
}

/** Whether two transforms turn every row into the same numbers, whichever versions have made them. */
export function isSameTransform(a: Transform, b: Transform): boolean {
  const text = (transform: Transform) =>
    JSON.stringify(transformToJson({ ...transform, version: b.version, reading: undefined }), byKey);
  return text(a) === text(b);
}

/** Writes the fields of objects in one order. */
const byKey = (_: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value;

/**
 * Settings under which columns are what they were for a transform, and no others are features. Those that are today what
 * they were then are left to what finds them: percentages that are classes are no texts.
 */
function heldTo<S extends DataSettings>(
  settings: S,
  transform: Transform,
  names: readonly string[],
  today: Transform | undefined,
): S {
  const types: Record<string, ColumnKind> = { ...settings['data.columnTypes'] };
  const { columns, target } = transform;
  const text = (column: unknown) => JSON.stringify(column, byKey);
  const same = new Set(today && [...today.columns, today.target].map(text));
  for (const column of [...columns, target]) {
    const kind = kindOf(column);
    if (kind && !same.has(text(column))) types[column.name] ??= kind;
  }
  const known = new Set([...columns, target].map(({ name }) => name));
  const others = names.filter((name) => !known.has(name) && name !== settings['data.splitColumn']);
  return {
    ...settings,
    'data.target': target.name,
    'data.columnTypes': types,
    'data.ignoredColumns': [...new Set([...settings['data.ignoredColumns'], ...others])],
  };
}

/** What a setting calls such a column; undefined where it is found as it was. */
function kindOf(column: ColumnTransform | TargetTransform): ColumnKind | undefined {
  switch (column.kind) {
    case 'number':
    case 'category':
    case 'date':
    case 'time':
    case 'list':
    case 'ticked':
      return column.kind;
    case 'classes':
      return column.classes[0] === EMPTY ? 'ticked' : 'category';
    case 'boolean':
      return undefined;
    default:
      return column satisfies never;
  }
}
