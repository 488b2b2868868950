import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { readTableFile, type TableFile } from '../../src/threads/tableFile';
import { cells, said } from './reading';

const READER = path.resolve('out/programs/reader.js');
/** Above what is read by one thread however many there may be. */
const SIZE = 9e6;

describe('a file that several threads read', function () {
  this.timeout(60_000);
  let folder: string;
  before(() => (folder = mkdtempSync(path.join(os.tmpdir(), 'neuron-lens-threads-'))));
  after(() => rmSync(folder, { recursive: true, force: true }));

  /** Rows with numbers from `first` on, a class and, in each 1000th, a missing value. */
  function write(name: string, first: number, end = ''): string {
    const lines = ['size,weight,class'];
    for (let row = 0, size = 0; size < SIZE; row++) {
      const weight = row % 1000 === 7 ? '' : `-${row % 977}.25`;
      size += lines[lines.push(`${first + row}.5,${weight},${'xyz'[row % 3]}`) - 1].length + 1;
    }
    const file = path.join(folder, name);
    writeFileSync(file, `${lines.join('\n')}\n${end}`);
    return file;
  }
  const read = (file: string, threads: number, onProgress?: (share: number) => void) =>
    readTableFile(file, {}, { threads, readerScript: READER, hash: true, ...(onProgress && { onProgress }) });
  const seen = ({ table, hash }: TableFile) => ({
    ...{ hash, rows: table.rows, lines: table.lines, problems: said(table), cells: cells(table) },
  });

  it('is read as by one, on threads that have read before as on new ones', () => {
    const files = [write('a.csv', 0), write('b.csv', 5000), write('c.csv', 100_000)];
    for (const file of files) {
      const alone = seen(read(file, 1));
      assert.equal(alone.hash, createHash('sha256').update(readFileSync(file)).digest('hex'));
      for (const threads of [2, 3, 2]) assert.deepEqual(seen(read(file, threads)), alone);
    }
  });

  it('is not waited for when one thread has read it all', () => {
    const file = write('one.csv', 0);
    const options = { maxRows: 10 };
    const from = performance.now();
    const { hash } = readTableFile(file, options, { threads: 2, readerScript: READER, hash: true });
    // Nobody is asked; who waited all the same would give up after 10 s.
    assert.ok(performance.now() - from < 5000);
    assert.equal(hash, createHash('sha256').update(readFileSync(file)).digest('hex'));
  });

  it('says how much has been read, from nothing to all, each time', () => {
    const file = write('shares.csv', 0);
    for (let time = 0; time < 3; time++) {
      const shares: number[] = [];
      read(file, 2, (share) => shares.push(share));
      assert.ok(shares[0] < 0.5, `${shares[0]}`);
      assert.deepEqual(
        shares,
        shares.toSorted((a, b) => a - b),
      );
      assert.equal(shares.at(-1), 1);
    }
  });

  it('that cannot be read to its end leaves them fit for the next', () => {
    const good = write('good.csv', 0);
    const alone = seen(read(good, 1));
    const bad = write('bad.csv', 0, '1,2,"x');
    const binary = path.join(folder, 'binary.csv');
    writeFileSync(
      binary,
      new Uint8Array(SIZE).map((_, k) => k * 7),
    );
    for (const file of [bad, binary]) {
      const refused = seen(read(file, 3));
      assert.notDeepEqual(refused.problems, []);
      assert.deepEqual(refused, seen(read(file, 1)));
      assert.deepEqual(seen(read(good, 3)), alone);
    }
  });
});
