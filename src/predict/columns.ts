import { spellingKey } from '../data/csv/spellings';
import type { Transform } from '../data/transform';

/** Which column of a file each column of a model is. */
export interface Matched {
  /** In the order of the transform; −1 where it may be absent, and is. */
  readonly features: readonly number[];
  /** −1 where the file does not have it. */
  readonly target: number;
  /** Names that are the same but for their spelling. */
  readonly spelled: readonly { readonly name: string; readonly inFile: string }[];
}

/** Why a file cannot be predicted: columns that it does not have, or a name that two of its columns are spelled like. */
export type Unmatched =
  | { readonly why: 'absent'; readonly names: readonly string[] }
  | { readonly why: 'ambiguous'; readonly name: string; readonly inFile: readonly string[] }
  | { readonly why: 'not a feature'; readonly name: string };

/** Finds the columns of a model by their names: exactly, else in another spelling that only one column of the file has. */
export function matchColumns(
  { columns, target }: Transform,
  names: readonly string[],
  allowMissing: readonly string[],
): Matched | Unmatched {
  const wrong = allowMissing.find((name) => !columns.some((column) => column.name === name));
  if (wrong !== undefined) return { why: 'not a feature', name: wrong };
  const exact = new Map(names.map((name, c) => [name, c]));
  const wanted = new Set([...columns, target].map(({ name }) => name));
  const byKey = new Map<string, number[]>();
  names.forEach((name, c) => {
    // What another column is called exactly is that one.
    if (!wanted.has(name)) byKey.set(spellingKey(name), [...(byKey.get(spellingKey(name)) ?? []), c]);
  });
  const spelled: Matched['spelled'][number][] = [];
  let ambiguous: Unmatched | null = null;
  const find = (name: string): number => {
    const own = exact.get(name);
    if (own !== undefined) return own;
    const like = byKey.get(spellingKey(name)) ?? [];
    if (like.length > 1) ambiguous ??= { why: 'ambiguous', name, inFile: like.map((c) => names[c]) };
    if (like.length !== 1) return -1;
    spelled.push({ name, inFile: names[like[0]] });
    return like[0];
  };
  const features = columns.map(({ name }) => find(name));
  const targetAt = find(target.name);
  if (ambiguous) return ambiguous;
  const absent = columns.filter(({ name }, k) => features[k] < 0 && !allowMissing.includes(name));
  if (absent.length > 0) return { why: 'absent', names: absent.map(({ name }) => name) };
  return { features, target: targetAt, spelled };
}
