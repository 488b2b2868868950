import { closeSync, fstatSync } from 'node:fs';
import { workerData } from 'node:worker_threads';
import { readPart } from '../data/csv/passes';
import type { Part } from '../data/csv/part';
import {
  ANSWERS,
  PROGRESS,
  UNIT,
  type FromReader,
  type OpenFile,
  type ReaderData,
  type ToReader,
} from './readers';
import { hashOf, openRegular, piecesOf } from './regularFile';

const { port, counts } = workerData as ReaderData;

port.on('message', (asked: ToReader) => {
  const { file, from, to } = asked;
  const fd = openTheSame(file);
  try {
    const part = fd === null ? null : read(fd, asked);
    answer({ part }, part ? buffersOf(part) : []);
    if (!asked.hash) return;
    answer({ hash: fd === null ? '' : hashOf(fd, file.size, (done) => tell(to - from + done)) });
  } finally {
    if (fd !== null) closeSync(fd);
  }
});

/** The file that the other threads read; null when its path is gone or means another one by now. */
function openTheSame({ path, device, inode }: OpenFile): number | null {
  let fd: number;
  try {
    fd = openRegular(path);
  } catch {
    return null;
  }
  const { dev, ino } = fstatSync(fd, { bigint: true });
  if (dev === device && ino === inode) return fd;
  closeSync(fd);
  return null;
}

/** The part; null when it cannot be read: whoever asked finds out why. */
function read(fd: number, { file, from, to, plan, header }: ToReader): Part | null {
  const chunks = function* () {
    let done = 0;
    for (const piece of piecesOf(fd, from, to)) {
      yield piece;
      done += piece.length;
      tell(done);
    }
  };
  try {
    return readPart(chunks(), to === file.size, plan, header);
  } catch {
    return null;
  }
}

/** Shows that the thread lives: bytes read of the part and, after them, bytes hashed. */
function tell(bytes: number): void {
  Atomics.store(counts, PROGRESS, Math.ceil(bytes / UNIT));
}

function answer(message: FromReader, transfer: ArrayBuffer[] = []): void {
  port.postMessage(message, transfer);
  Atomics.add(counts, ANSWERS, 1);
  Atomics.notify(counts, ANSWERS);
}

function buffersOf({ lines, columns }: Part): ArrayBuffer[] {
  return [lines, ...columns.flatMap(({ numbers, codes }) => (codes ? [numbers, codes] : [numbers]))].map(
    ({ buffer }) => buffer as ArrayBuffer,
  );
}
