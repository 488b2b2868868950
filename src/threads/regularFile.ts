import { createHash } from 'node:crypto';
import { closeSync, constants, fstatSync, openSync, readSync, statSync } from 'node:fs';
import { mustBeRegular } from '../data/fileKind';
import { message } from '../data/message';
import { UserError } from '../data/userError';

/** Bytes that are read at once. */
export const CHUNK = 0x10_0000;

/** Opens a regular file to be read, without ever waiting for one that is none. Throws UserError for anything else. */
export function openRegular(path: string): number {
  mustBeRegular(statSync(path));
  // Something else may have taken the path by now: a pipe is opened without waiting for its other end.
  const fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    mustBeRegular(fstatSync(fd));
    return fd;
  } catch (error) {
    closeSync(fd);
    throw error;
  }
}

/** Bytes of a file, as many as are asked for. Throws UserError when there are fewer. */
export function bytesAt(fd: number, from: number, length: number): Uint8Array {
  const bytes = uninitialised(length);
  fill(bytes, fd, from);
  return bytes;
}

/** Pieces of a file from one offset to another, each in the place of the one before. Throws UserError when it ends before. */
export function* piecesOf(fd: number, from: number, to: number): Generator<Uint8Array> {
  const bytes = uninitialised(Math.min(CHUNK, Math.max(0, to - from)));
  for (let at = from; at < to; at += CHUNK) {
    const piece = bytes.subarray(0, Math.min(CHUNK, to - at));
    fill(piece, fd, at);
    yield piece;
  }
}

/** SHA-256 of a file; tells the bytes hashed so far. */
export function hashOf(fd: number, size: number, onProgress?: (bytes: number) => void): string {
  const hash = createHash('sha256');
  let done = 0;
  for (const piece of piecesOf(fd, 0, size)) {
    hash.update(piece);
    done += piece.length;
    onProgress?.(done);
  }
  return hash.digest('hex');
}

export const fileChanged = () => new UserError(message('file-changed', {}));

/** It is filled to the end or not used. */
function uninitialised(length: number): Uint8Array {
  const { buffer, byteOffset } = Buffer.allocUnsafeSlow(length);
  return new Uint8Array(buffer, byteOffset, length);
}

function fill(bytes: Uint8Array, fd: number, from: number): void {
  let done = 0;
  while (done < bytes.length) {
    const read = readSync(fd, bytes, done, bytes.length - done, from + done);
    if (read === 0) throw fileChanged();
    done += read;
  }
}
