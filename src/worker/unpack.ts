import { gunzipSync } from 'node:zlib';
import { UserError } from '../data/userError';

/** A file's bytes, unpacked when they are those of gzip. Throws UserError when they cannot be unpacked. */
export function unpack(bytes: Uint8Array): Uint8Array {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    return gunzipSync(bytes);
  } catch (error) {
    throw new UserError(
      `The file is compressed with gzip and cannot be unpacked: ${error instanceof Error ? error.message : String(error)}.`,
    );
  }
}
