import type { Settings } from '../../settings/settings';
import { random } from '../../core/random';
import { message, type Notice } from '../message';
import { UserError } from '../userError';
import type { CheckedTable } from './check';
import { isPresent, type KnownColumn } from './known';
import {
  meansTesting,
  sayParts,
  split,
  splitByGroups,
  splitByOrder,
  splitByWords,
  type Parts,
  type PartsBy,
} from './split';
import { placeOf } from './target';
import type { Apart } from '../validation';

export type SplitSettings = Pick<
  Settings,
  'data.splitColumn' | 'data.splitBy' | 'training.seed' | 'training.testFraction'
>;

/** The parts of a table's examples, how they were chosen, and what a person should know of it. */
export interface Split {
  readonly parts: Parts;
  readonly by: PartsBy;
  /** What the training part is cut by, where a part of it is set aside. */
  readonly apart: Apart;
  readonly notices: readonly Notice[];
}

/**
 * Chooses the examples that are tested on: by the column that the settings name, else by chance. `classOf`: the class of
 * each example, null for numbers. Throws UserError as {@link mustSplit} does.
 */
export function splitOf(checked: CheckedTable, classOf: Int32Array | null, settings: SplitSettings): Split {
  const { usable } = checked;
  const chance = random(settings['training.seed'], 'split');
  const fraction = settings['training.testFraction'];
  const column = columnToSplitBy(checked, settings);
  const byChance: Apart = { kind: 'chance' };
  if (!column) {
    const parts = split(usable.length, classOf, fraction, chance);
    return { parts, by: 'chance', apart: byChance, notices: [] };
  }
  const rule = settings['data.splitBy'];
  switch (rule) {
    case 'auto': {
      const values = textsOf(column, usable);
      if (sayParts(values)) return { parts: splitByWords(values), by: 'words', apart: byChance, notices: [] };
      const parts = splitByGroups(values, fraction, chance);
      return { parts, by: 'groups', apart: groupsOf(values), notices: [] };
    }
    case 'groups': {
      const texts = textsOf(column, usable);
      const values = texts.map((text, j) => (isPresent(column, usable[j]) ? text : null));
      const parts = splitByGroups(values, fraction, chance);
      return { parts, by: 'groups', apart: groupsOf(values), notices: withoutValue(checked, column) };
    }
    case 'order': {
      const order = orderOf(column, usable);
      return {
        parts: splitByOrder(order, fraction),
        by: 'order',
        apart: { kind: 'order', values: order },
        notices: withoutValue(checked, column),
      };
    }
    default:
      return rule satisfies never;
  }
}

/** Examples of the same text as numbers of groups. */
function groupsOf(values: readonly (string | null)[]): Apart {
  const numbers = new Map<string, number>();
  const groupOf = Int32Array.from(values, (value) => {
    if (value === null) return -1;
    const known = numbers.get(value) ?? numbers.size;
    numbers.set(value, known);
    return known;
  });
  return { kind: 'groups', groupOf };
}

/**
 * Throws UserError when there is no column as the settings name it to split by, and when it leaves nothing to train on.
 */
export function mustSplit(
  checked: CheckedTable,
  settings: Pick<SplitSettings, 'data.splitColumn' | 'data.splitBy'>,
): void {
  const column = columnToSplitBy(checked, settings);
  if (!column || settings['data.splitBy'] !== 'auto') return;
  if (!textsOf(column, checked.usable).every(meansTesting)) return;
  throw new UserError(
    message('split-leaves-nothing', { column: column.read.name }),
    placeOf(checked.table, checked.columns.indexOf(column)),
  );
}

function columnToSplitBy(
  { table, columns }: CheckedTable,
  { 'data.splitColumn': name }: Pick<SplitSettings, 'data.splitColumn'>,
): KnownColumn | undefined {
  if (name === '') return undefined;
  const column = columns.find(({ read }) => read.name === name);
  if (column) return column;
  throw new UserError(message('no-split-column', { name }), table.header ? placeOf(table, 0) : undefined);
}

/** What each example has in a column, as text. */
const textsOf = ({ read }: KnownColumn, usable: Int32Array): string[] =>
  Array.from(usable, (row) =>
    read.holds === 'numbers' ? String(read.numbers[row]) : (read.texts[read.codes[row]] ?? ''),
  );

/** A number for each example by which they have the order of a column: of its numbers, its dates, else its texts. */
export function orderOf({ read, typed }: KnownColumn, usable: Int32Array): Float64Array {
  if (read.holds === 'numbers') return Float64Array.from(usable, (row) => read.numbers[row]);
  if (typed.type === 'date') return Float64Array.from(usable, (row) => typed.values[row]);
  const ranks = new Float64Array(read.texts.length);
  [...read.texts.keys()]
    .sort((a, b) => (read.texts[a] < read.texts[b] ? -1 : 1))
    .forEach((code, rank) => (ranks[code] = rank));
  return Float64Array.from(usable, (row) => (read.codes[row] < 0 ? NaN : ranks[read.codes[row]]));
}

function withoutValue({ table, usable }: CheckedTable, column: KnownColumn): Notice[] {
  const rows = usable.filter((row) => !isPresent(column, row));
  if (rows.length === 0) return [];
  const [first] = rows;
  return [
    message('split-without-value', {
      column: column.read.name,
      rows: rows.length,
      line: table.lines[first],
    }),
  ];
}
