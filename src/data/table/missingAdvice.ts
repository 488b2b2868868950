import type { Settings } from '../../settings/settings';
import { missingIn, type KnownColumn } from './known';
import type { ProblemMessages } from '../message';
import type { ReadTable } from '../csv/read';

/** Columns of which each is told by itself. */
const MOST_COLUMNS = 5;
/** Texts that stand for missing cells, as many as are named. */
const MOST_TEXTS = 3;

type Missing = ProblemMessages['missing-values'];

/**
 * Says which columns miss values, how many, and what becomes of it: of more than five columns of which the same becomes, at
 * once, at the first of them. `chosen`: the target's.
 */
export function adviseMissing(
  { rows, problems, namePlaces }: ReadTable,
  columns: readonly KnownColumn[],
  chosen: number,
  rule: Settings['data.missingValues'],
): void {
  const groups = new Map<string, { index: number; args: Missing }[]>();
  columns.forEach((column, index) => {
    const { role, typed, read } = column;
    const isTarget = index === chosen;
    const missing = missingIn(column, isTarget);
    if (missing === 0 || typed.type === 'constant') return;
    if (role === 'ignored' || (role === 'split' && !isTarget)) return;
    const then = isTarget ? 'dropRows' : role !== 'feature' || rule === 'refuse' ? 'nothing' : rule;
    const texts = read.missingTexts;
    const args: Missing = { column: read.name, missing, rows, then, ...(texts && { texts }) };
    // Of the target it is said by itself.
    const key = isTarget ? 'target' : then;
    groups.set(key, [...(groups.get(key) ?? []), { index, args }]);
  });
  for (const group of groups.values()) {
    if (group.length <= MOST_COLUMNS) {
      for (const { index, args } of group) problems.add('missing-values', namePlaces[index], args);
      continue;
    }
    const [{ index, args }] = group;
    const named = group.slice(0, MOST_COLUMNS);
    const texts = [...new Set(group.flatMap((each) => each.args.texts ?? []))].slice(0, MOST_TEXTS);
    problems.add('missing-in-columns', namePlaces[index], {
      columns: named.map((each) => ({ name: each.args.column, missing: each.args.missing })),
      more: group.length - named.length,
      most: Math.max(...group.map((each) => each.args.missing)),
      ...{ rows, then: args.then },
      ...(texts.length > 0 && { texts }),
    });
  }
}
