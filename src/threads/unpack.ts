import { gunzipSync } from 'node:zlib';
import { message } from '../data/message';
import { UserError } from '../data/userError';

/** A packed file is unpacked in memory, up to this many bytes. */
export const MOST_UNPACKED = 1024 * 0x10_0000;

/** Whether a file's first bytes are those of gzip. */
export const isPacked = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;

/** A file's bytes, unpacked when they are packed with gzip. Throws UserError when they cannot be unpacked. */
export function unpack(bytes: Uint8Array): Uint8Array {
  if (!isPacked(bytes)) return bytes;
  try {
    return gunzipSync(bytes, { maxOutputLength: MOST_UNPACKED });
  } catch (error) {
    if (error instanceof RangeError) {
      throw new UserError(message('unpacked-too-large', { most: MOST_UNPACKED / 0x10_0000 }));
    }
    const reason = error instanceof Error ? error.message : String(error);
    throw new UserError(message('cannot-unpack', { reason }));
  }
}
