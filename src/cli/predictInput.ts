import { createHash } from 'node:crypto';
import { createReadStream, fstatSync } from 'node:fs';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { UserError } from '../data/userError';
import { message } from '../data/message';
import { fileChanged, openRegular } from '../threads/regularFile';
import { STANDARD_INPUT } from './input';

/** Bytes that are read at once: what is made of them is garbage soon. */
const PIECE = 131_072;

/** The bytes of a file or of standard input, piece by piece, unpacked where they are packed. */
export interface Input {
  readonly pieces: AsyncIterable<Uint8Array>;
  /** SHA-256 of the file as it is on disk, once all of it has been read. */
  hash(): string;
}

/** Opens what is to be read. Throws UserError for what is no regular file; reading throws it where the file changes meanwhile. */
export function openInput(file: string): Input {
  const hash = createHash('sha256');
  const fd = file === STANDARD_INPUT ? null : openRegular(file);
  const stream =
    fd === null ? process.stdin : createReadStream('', { fd, highWaterMark: PIECE, autoClose: false });
  const raw = async function* (): AsyncGenerator<Uint8Array> {
    const before = fd === null ? null : fstatSync(fd, { bigint: true });
    for await (const piece of stream as AsyncIterable<Buffer>) {
      hash.update(piece);
      yield piece;
    }
    if (fd === null || !before) return;
    const after = fstatSync(fd, { bigint: true });
    if (after.size !== before.size || after.mtimeNs !== before.mtimeNs) throw fileChanged();
  };
  return { pieces: unpacked(raw()), hash: () => hash.digest('hex') };
}

async function* unpacked(pieces: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  let first: Uint8Array = new Uint8Array();
  while (first.length < 2) {
    const next = await pieces.next();
    if (next.done) break;
    first = Buffer.concat([first, next.value]);
  }
  const all = (async function* () {
    yield first;
    yield* pieces;
  })();
  if (first[0] !== 0x1f || first[1] !== 0x8b) {
    yield* all;
    return;
  }
  const gunzip = createGunzip();
  const source = Readable.from(all);
  source.on('error', (error) => gunzip.destroy(error));
  try {
    yield* source.pipe(gunzip) as AsyncIterable<Uint8Array>;
  } catch (error) {
    if (error instanceof UserError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new UserError(message('cannot-unpack', { reason }));
  }
}
