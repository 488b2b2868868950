import { constants } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { mustBeRegular } from '../data/fileKind';
import type { Model } from './model';
import { parseModel } from './modelFile';
import { ModelError, MOST_BYTES, TOO_LARGE } from './modelJson';

/**
 * The model in a file. Throws ModelError, with what is wrong, for one that holds none or is too large, which is then not
 * read; UserError for what is no regular file, and what the system says.
 */
export async function readModel(file: string): Promise<Model> {
  mustBeRegular(await stat(file));
  // Something else may have taken the path by now: a pipe is opened without waiting for its other end.
  const handle = await open(file, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const kind = await handle.stat();
    mustBeRegular(kind);
    if (kind.size > MOST_BYTES) throw new ModelError(TOO_LARGE);
    return parseModel(await handle.readFile());
  } finally {
    await handle.close();
  }
}
