import { createHash } from 'node:crypto';
import { lstat, readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { isWithin } from './runLocation';

/** Among so many files beside where a table was it is looked for by what it held. */
const MOST_LOOKED_AT = 50;
const MOST_BYTES = 64 * 0x10_0000;
/** Of all of them: while runs are opened none can be written. */
const MOST_BYTES_IN_ALL = 128 * 0x10_0000;

/** The way from the folder of the runs to a table, as it stands in their files; null where it does not lie in the workspace. */
export function tablePathOf(file: string, { folder, root }: { folder: string; root: string }): string | null {
  return isWithin(file, root) ? path.relative(folder, file).split(path.sep).join('/') : null;
}

/** Hashes of files that were read while tables are looked for, and how many bytes may still be. */
export class HashedFiles {
  private readonly hashes = new Map<string, string | null>();
  private left = MOST_BYTES_IN_ALL;

  /** Null for what cannot be read, or is more than may be. */
  async of(file: string, size: number): Promise<string | null> {
    const known = this.hashes.get(file);
    if (known !== undefined) return known;
    if (size > Math.min(MOST_BYTES, this.left)) return null;
    this.left -= size;
    const hash = await hashOf(file);
    this.hashes.set(file, hash);
    return hash;
  }
}

/**
 * The table that a run was trained on: the file at its path, or where there is none, the one beside it that holds the same.
 * Throws Error where the path leads out of the workspace.
 */
export async function tableAt(
  { table, hash }: { readonly table: string; readonly hash: string },
  { folder, root }: { folder: string; root: string },
  hashed: HashedFiles,
): Promise<string> {
  const file = path.resolve(folder, ...table.split('/'));
  if (path.isAbsolute(table) || !isWithin(file, root))
    throw new Error('Its table does not lie in the workspace.');
  return (await isThere(file)) ? file : ((await sameBeside(file, hash, hashed)) ?? file);
}

export const isThere = (file: string): Promise<boolean> =>
  stat(file).then(
    () => true,
    () => false,
  );

/** A file with this hash, and an ending as this one has, in its folder. */
async function sameBeside(file: string, hash: string, hashed: HashedFiles): Promise<string | null> {
  const folder = path.dirname(file);
  const names = await readdir(folder).catch(() => []);
  const alike = names.filter((name) => path.extname(name) === path.extname(file)).slice(0, MOST_LOOKED_AT);
  for (const name of alike) {
    const other = path.join(folder, name);
    const found = await lstat(other).catch(() => null);
    if (found?.isFile() && (await hashed.of(other, found.size)) === hash) return other;
  }
  return null;
}

const hashOf = (file: string): Promise<string | null> =>
  readFile(file).then(
    (bytes) => createHash('sha256').update(bytes).digest('hex'),
    () => null,
  );
