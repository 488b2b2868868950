/** What crosses between the host and the reader of tables. An answer carries the id of what was asked. */
import type { Failure } from '../data/failure';
import type { TableView } from '../data/table/tableView';
import type { Settings } from '../settings/settings';
import type { Source } from './source';

/** A table that is to be read and checked. The reader takes one after the other, in the order in which they came. */
export interface CheckRequest {
  readonly source: Source;
  /** How to read the table, and what to make of its columns. */
  readonly settings: Settings;
  /** Whether the file's SHA-256 is wanted as well, for which all of it is read. */
  readonly wantsHash: boolean;
  /** The source holds but the first bytes of the table, or all of them where it is `whole`: a quick look. */
  readonly head?: { readonly whole: boolean };
}

export type ToReader = CheckRequest & { readonly type: 'check'; readonly id: number };

export type FromReader =
  /** Share of the file that has been read. */
  | { readonly type: 'reading'; readonly id: number; readonly share: number }
  /** `hash` is empty where it was not asked for. */
  | { readonly type: 'checked'; readonly id: number; readonly table: TableView; readonly hash: string }
  | { readonly type: 'failed'; readonly id: number; readonly failure: Failure };
