import { readOptionsOf } from '../data/csv/readOptions';
import { checkTable, type CheckedTable } from '../data/table/check';
import type { CheckRequest } from '../protocol/reader';
import type { PartReaders } from './readers';
import { readSource } from './tableFile';

/** Milliseconds between two reports of how much has been read. */
const TELL_MS = 100;

/**
 * Reads a table and checks it, with `threads` threads, those of `readers` among them.
 * Throws UserError for a file that cannot be read.
 */
export function checkSource(
  { source, settings, wantsHash }: CheckRequest,
  threads: number,
  readers: PartReaders,
  onProgress: (share: number) => void,
): { checked: CheckedTable; hash: string } {
  let told = performance.now();
  const { table, hash } = readSource(source, readOptionsOf(settings), {
    threads,
    readers,
    hash: wantsHash,
    onProgress: (share) => {
      const now = performance.now();
      if (now - told < TELL_MS) return;
      told = now;
      onProgress(share);
    },
  });
  return { checked: checkTable(table, settings), hash };
}
