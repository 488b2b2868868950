import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import crypto, { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { failureOf } from '../../src/data/failure';
import { PartReaders } from '../../src/threads/readers';
import { readTableFile, type TableFile } from '../../src/threads/tableFile';
import { cells, said } from './reading';
import { textOf } from '../../src/host/text';
import { says } from './sayings';

const READER = path.resolve('out/programs/reader.js');
const readers = new PartReaders(READER);
/** Above what is read by one thread however many there may be. */
const SIZE = 9e6;

describe('a file that several threads read', () => {
  let folder: string;
  before(() => (folder = mkdtempSync(path.join(os.tmpdir(), 'neuron-lens-threads-'))));
  after(() => {
    readers.dispose();
    rmSync(folder, { recursive: true, force: true });
  });

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
    readTableFile(file, {}, { threads, readers, hash: true, ...(onProgress && { onProgress }) });
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
    const { hash } = readTableFile(file, options, { threads: 2, readers, hash: true });
    // Nobody is asked; who waited all the same would give up after 10 s.
    assert.ok(performance.now() - from < 9_500);
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

  it('is hashed once, by the thread that has read its end, however long that takes', () => {
    const file = write('slow.csv', 0);
    // Each piece of the file takes a fifth of what makes a silent thread a dead one; all of them take thrice that.
    const slow = path.join(folder, 'slowReader.js');
    writeFileSync(
      slow,
      `const { Hash } = require('node:crypto');
      const update = Hash.prototype.update;
      Hash.prototype.update = function (...args) {
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 400);
        return update.apply(this, args);
      };
      require(${JSON.stringify(READER)});`,
    );
    const patient = new PartReaders(slow, 2000);
    const own = crypto.createHash;
    let hashes = 0;
    crypto.createHash = (...args: Parameters<typeof own>) => {
      hashes++;
      return own(...args);
    };
    try {
      const { hash } = readTableFile(file, {}, { threads: 2, readers: patient, hash: true });
      assert.equal(hashes, 0, 'the present thread has hashed the file as well');
      assert.equal(hash, own('sha256').update(readFileSync(file)).digest('hex'));
    } finally {
      crypto.createHash = own;
      patient.dispose();
    }
  });
});

describe('what is no regular file', () => {
  let folder: string;
  before(() => (folder = mkdtempSync(path.join(os.tmpdir(), 'neuron-lens-kinds-'))));
  after(() => rmSync(folder, { recursive: true, force: true }));

  const kinds: [what: string, message: RegExp, make: () => string | Promise<string>][] = [
    [
      'a pipe that nobody writes to',
      /^This is a pipe, not a regular file\. Save/,
      () => {
        const file = path.join(folder, 'fifo.csv');
        execFileSync('mkfifo', [file]);
        return file;
      },
    ],
    ['a device without an end', /^This is a device/, () => '/dev/zero'],
    ['a terminal or what stands for none', /^This is a device/, () => '/dev/null'],
    [
      'a socket',
      /^This is a socket/,
      async () => {
        const file = path.join(folder, 'socket.csv');
        const server = createServer().listen(file);
        await new Promise((resolve) => server.once('listening', resolve));
        server.unref();
        return file;
      },
    ],
    [
      'a folder',
      /^This is a folder, not a file\.$/,
      () => {
        const file = path.join(folder, 'folder.csv');
        mkdirSync(file);
        return file;
      },
    ],
  ];
  for (const [what, message, make] of kinds)
    it(`is refused at once: ${what}`, async () => {
      const file = await make();
      assert.throws(() => readTableFile(file, {}), says(message));
    });
});

describe('a path that leads to no file', () => {
  let folder: string;
  before(() => (folder = mkdtempSync(path.join(os.tmpdir(), 'neuron-lens-paths-'))));
  after(() => rmSync(folder, { recursive: true, force: true }));

  const paths: [what: string, message: RegExp, make: () => string][] = [
    ['of a file that is not there', /^There is no such file\./, () => path.join(folder, 'none.csv')],
    [
      'through a file',
      /a part of its path is a file/,
      () => {
        writeFileSync(path.join(folder, 'file'), '');
        return path.join(folder, 'file', 'table.csv');
      },
    ],
    [
      'of links in a circle',
      /links in its path lead in a circle/,
      () => {
        const [one, other] = ['one.csv', 'other.csv'].map((name) => path.join(folder, name));
        symlinkSync(one, other);
        symlinkSync(other, one);
        return one;
      },
    ],
    ['with a name too long', /can be as long as this/, () => path.join(folder, 'x'.repeat(5000))],
    ['with a zero byte', /no path holds a zero byte/, () => `${folder}/a\0b.csv`],
  ];
  for (const [what, message, make] of paths)
    it(`is told in a sentence, not as a bug: ${what}`, () => {
      const file = make();
      let failure;
      try {
        readTableFile(file, {});
      } catch (error) {
        failure = failureOf(error);
      }
      assert.equal(failure?.bug, false);
      assert.match(textOf(failure.message), message);
    });
});
