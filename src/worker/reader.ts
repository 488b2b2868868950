import { closeSync, openSync } from 'node:fs';
import { workerData } from 'node:worker_threads';
import { readPart } from '../data/read';
import type { Part } from '../data/rows';
import { ANSWERS, PROGRESS, UNIT, type FromReader, type ReaderData, type ToReader } from './readers';
import { bytesAt, hashOf } from './tableFile';

const CHUNK = 0x10_0000;
const { path, size, from, to, hash, port, counts } = workerData as ReaderData;

port.once('message', ({ plan, header }: ToReader) => {
  const fd = openSync(path, 'r');
  try {
    const chunks = function* () {
      for (let at = from; at < to; at += CHUNK) {
        yield bytesAt(fd, at, Math.min(CHUNK, to - at));
        Atomics.store(counts, PROGRESS, Math.floor((at + CHUNK - from) / UNIT));
      }
    };
    let part: Part | null = null;
    try {
      part = readPart(chunks(), to === size, plan, header);
    } finally {
      answer({ part }, part ? buffersOf(part) : []);
    }
    if (hash) answer({ hash: hashOf(fd, size) });
  } finally {
    closeSync(fd);
  }
});

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
