import { constants } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { mustBeRegular } from '../data/fileKind';

/**
 * The bytes of a file on the disk, in pieces of so many bytes. Throws UserError for what is no regular file, without waiting for it:
 * whoever opens a pipe waits for its other end, with one of the few threads that all work on files shares.
 */
export async function* filePieces(path: string, pieceSize: number): AsyncGenerator<Uint8Array> {
  mustBeRegular(await stat(path));
  // Something else may have taken the path by now.
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    mustBeRegular(await file.stat());
    yield* file.createReadStream({ highWaterMark: pieceSize, autoClose: false }) as AsyncIterable<Uint8Array>;
  } finally {
    await file.close();
  }
}
