import { closeSync, fstatSync, openSync } from 'node:fs';
import { workerData } from 'node:worker_threads';
import { readPart } from '../data/read';
import type { Header } from '../data/header';
import type { Part, Plan } from '../data/rows';
import { ANSWERS, PROGRESS, UNIT, type FromReader, type ReaderData, type ToReader } from './readers';
import { bytesAt, CHUNK, hashOf } from './tableFile';

const { path, size, device, inode, from, to, hash, port, counts } = workerData as ReaderData;

port.once('message', ({ plan, header }: ToReader) => {
  const fd = openTheSame();
  try {
    const part = fd === null ? null : read(fd, plan, header);
    answer({ part }, part ? buffersOf(part) : []);
    if (hash) answer({ hash: fd === null ? '' : hashOf(fd, size) });
  } finally {
    if (fd !== null) closeSync(fd);
  }
});

/** The file that the other threads read; null when its path is gone or means another one by now. */
function openTheSame(): number | null {
  let fd: number;
  try {
    fd = openSync(path, 'r');
  } catch {
    return null;
  }
  const { dev, ino } = fstatSync(fd, { bigint: true });
  if (dev === device && ino === inode) return fd;
  closeSync(fd);
  return null;
}

/** The part; null when it cannot be read: whoever asked finds out why. */
function read(fd: number, plan: Plan, header: Header): Part | null {
  const chunks = function* () {
    for (let at = from; at < to; at += CHUNK) {
      yield bytesAt(fd, at, Math.min(CHUNK, to - at));
      Atomics.store(counts, PROGRESS, Math.floor((at + CHUNK - from) / UNIT));
    }
  };
  try {
    return readPart(chunks(), to === size, plan, header);
  } catch {
    return null;
  }
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
