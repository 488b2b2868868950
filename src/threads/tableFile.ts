import { createHash, type Hash } from 'node:crypto';
import { closeSync, fstatSync } from 'node:fs';
import type { ReadOptions } from '../data/csv/readOptions';
import { readTable, type ReadTable } from '../data/csv/read';
import type { Source } from '../protocol/source';
import type { OpenFile, PartReaders } from './readers';
import { bytesAt, CHUNK, fileChanged, hashOf, openRegular, piecesOf } from './regularFile';
import { isPacked, unpack } from './unpack';

/** A smaller file is read by one thread before a second one is up. */
const WORTH_THREADS = 8 * 0x10_0000;

export interface HowToRead {
  /** Threads that read, the present one among them. */
  readonly threads?: number;
  /** Those that are had from here; without it there is but the present one. */
  readonly readers?: PartReaders;
  /** Whether the file's hash is wanted. */
  readonly hash?: boolean;
  /** Share of the bytes that have been read, about once a megabyte. */
  readonly onProgress?: (share: number) => void;
}

export interface TableFile {
  readonly table: ReadTable;
  /** SHA-256 of the file as it is on disk; empty when it was not asked for, or the file is no table. */
  readonly hash: string;
}

/** Reads the table in a source. Throws UserError for a file that cannot be unpacked or that changes meanwhile, and for what is no regular file. */
export function readSource(source: Source, options: ReadOptions, how: HowToRead = {}): TableFile {
  switch (source.kind) {
    case 'text': {
      const bytes = new TextEncoder().encode(source.text);
      return readBytes(bytes, bytes, { ...options, encoding: 'utf-8' }, how);
    }
    case 'bytes':
      return readBytes(source.bytes, unpack(source.bytes), options, how);
    case 'file':
      return readTableFile(source.path, options, how);
    default:
      return source satisfies never;
  }
}

function readBytes(file: Uint8Array, bytes: Uint8Array, options: ReadOptions, how: HowToRead): TableFile {
  const chunks = function* (from = 0): Generator<Uint8Array> {
    for (let at = from; at < bytes.length; at += CHUNK) {
      yield bytes.subarray(at, at + CHUNK);
      how.onProgress?.(Math.min(1, (at + CHUNK) / bytes.length));
    }
  };
  return {
    table: readTable(chunks, options, { size: bytes.length }),
    hash: how.hash ? createHash('sha256').update(file).digest('hex') : '',
  };
}

/**
 * Reads a file piece by piece: what it holds at one moment, or nothing. Throws UserError when it changes meanwhile, and for
 * what is no regular file.
 */
export function readTableFile(path: string, options: ReadOptions, how: HowToRead = {}): TableFile {
  const fd = openRegular(path);
  try {
    const before = fstatSync(fd, { bigint: true });
    const size = Number(before.size);
    const mustBeTheSame = () => {
      const after = fstatSync(fd, { bigint: true });
      if (after.size !== before.size || after.mtimeNs !== before.mtimeNs) throw fileChanged();
    };
    if (isPacked(bytesAt(fd, 0, Math.min(2, size)))) {
      const packed = bytesAt(fd, 0, size);
      mustBeTheSame();
      return readBytes(packed, unpack(packed), options, how);
    }
    const file = { path, size, device: before.dev, inode: before.ino };
    const found = readParts(fd, file, options, how);
    mustBeTheSame();
    return found;
  } finally {
    closeSync(fd);
  }
}

function readParts(
  fd: number,
  file: OpenFile,
  options: ReadOptions,
  { threads = 1, readers: others, hash: wantsHash = false, onProgress }: HowToRead,
): TableFile {
  const { size } = file;
  const readers =
    threads > 1 && others && size >= WORTH_THREADS
      ? others.start(file, boundaries(fd, size, threads), wantsHash, onProgress)
      : null;
  try {
    let hash = '';
    const chunks = function* (from = 0): Generator<Uint8Array> {
      const running: Hash | null = wantsHash && !readers && hash === '' ? createHash('sha256') : null;
      let at = from;
      for (const piece of piecesOf(fd, from, size)) {
        running?.update(piece);
        yield piece;
        at += piece.length;
        if (readers) readers.progress(at);
        else onProgress?.(at / size);
      }
      if (running && from === 0) hash = running.digest('hex');
    };
    const table = readTable(chunks, options, { size, ...(readers && { ahead: readers.ahead }) });
    // What is refused is not trained on: nobody will ask whether it is still the same.
    if (wantsHash && table.columns.length > 0) hash ||= readers?.hash() || hashOf(fd, size);
    return { table, hash };
  } finally {
    readers?.dispose();
  }
}

/** Where each part but the first starts: behind the first line feed after its share of the file. */
function boundaries(fd: number, size: number, parts: number): number[] {
  const found: number[] = [];
  for (let k = 1; k < parts; k++) {
    const at = Math.floor((size * k) / parts);
    const end = bytesAt(fd, at, Math.min(CHUNK, size - at)).indexOf(10);
    if (end < 0) break;
    found.push(at + end + 1);
  }
  return found;
}
