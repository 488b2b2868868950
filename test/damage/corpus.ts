// The files: every kind on each of its tables.
import { KINDS, type Expectation, type Group, type ReaderSettings } from './kinds';
import { cleanTables, mulberry32, seedOf } from './tables';

export interface DamagedFile {
  /** Kind and table, as in "crlf.shop". */
  readonly name: string;
  readonly kind: string;
  readonly group: Group;
  readonly settings?: ReaderSettings;
  readonly bytes: Uint8Array;
  readonly expect: Expectation;
}

export function corpus(seed: number): DamagedFile[] {
  const tables = cleanTables(seed);
  return KINDS.flatMap(({ name, group, settings, apply, tables: tried }) =>
    tried.map((tableName) => ({
      name: `${name}.${tableName}`,
      kind: name,
      group,
      ...(settings ? { settings } : {}),
      ...apply(tables.get(tableName)!, mulberry32(seedOf(seed, name, tableName))),
    })),
  );
}
