import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { readHead, readTable } from '../../src/data/csv/read';
import { textOf } from '../../src/host/text';
import { PartReaders } from '../../src/threads/readers';
import { readTableFile } from '../../src/threads/tableFile';
import { bytesOf, cells, inPieces, read, said } from './reading';

const leaveOut = (...lines: number[]) => ({ leaveOutLines: lines });
/** A header, and rows on the lines from 2 on. */
const table = (...rows: string[]) => `a,b,label\n${rows.join('\n')}\n`;
const ROWS = ['1,10,x', '2,20,y', '3,30,x', '4,40,y'];

describe('rows that are left out', () => {
  it('are those that begin on the lines that are named', () => {
    const found = read(table(...ROWS), leaveOut(3, 5));
    assert.deepEqual(cells(found), [
      [1, 3],
      [10, 30],
      ['x', 'x'],
    ]);
    assert.deepEqual([...found.lines], [2, 4]);
  });

  it('are counted in one notice, on the line of the first', () => {
    const found = read(table(...ROWS), leaveOut(5, 3));
    assert.deepEqual(said(found), ['rows-left-out 3:1']);
    assert.match(textOf(found.problems.list[0]), /^2 rows are left out, this the first of them/);
    assert.match(textOf(read(table(...ROWS), leaveOut(4)).problems.list[0]), /^This row is left out/);
  });

  it('take what is wrong with them along', () => {
    const text = table(...ROWS, '5,50', 'm,kg,-', '6,"60" and more,x', '7;70;y', ...ROWS);
    assert.deepEqual(
      said(read(text)).map((each) => each.split(' ')[0]),
      ['ragged-row', 'words-in-numbers', 'text-after-quote', 'mended-row', 'text-in-numbers'],
    );
    assert.deepEqual(said(read(text, leaveOut(6, 7, 8, 9))), ['rows-left-out 6:1']);
  });

  it('can be the first and the last', () => {
    assert.deepEqual(cells(read(table(...ROWS), leaveOut(2, 5)))[0], [2, 3]);
  });

  it('can be the first of a table without a header', () => {
    const found = read(`${ROWS.join('\n')}\n`, { ...leaveOut(1), header: 'absent' });
    assert.deepEqual(cells(found)[0], [2, 3, 4]);
    assert.deepEqual(said(found), ['rows-left-out 1:1']);
  });

  it('can be over several lines: the first of them names such a row, and its problem tells it', () => {
    const text = table('1,"two\nlines",x', '2,b,y', '3,"three\n\nlines"', '4,d,y', '5,e,x');
    const [ragged] = read(text).problems.list;
    assert.deepEqual([ragged.code, ragged.line, ragged.recordLine], ['ragged-row', 5, undefined]);
    const found = read(text, leaveOut(5));
    assert.deepEqual(cells(found)[0], [1, 2, 4, 5]);
    assert.deepEqual([...found.lines], [2, 4, 8, 9]);
    const long = read(table('1,b,x', '2,"b\nc",y,z', '3,b,x')).problems.list[0];
    assert.deepEqual([long.code, long.line, long.recordLine], ['ragged-row', 4, 3]);
  });

  it('are as many as wanted without: rows at most count those that are kept', () => {
    const found = read(table(...ROWS), { ...leaveOut(2, 900), maxRows: 2 });
    assert.deepEqual(cells(found)[0], [2, 3]);
    assert.deepEqual(said(found), ['rows-left-out 2:1']);
  });

  it('can be a footer, and one in front of it', () => {
    assert.deepEqual(said(read(table(...ROWS, 'The end'), leaveOut(6))), ['rows-left-out 6:1']);
    assert.deepEqual(said(read(table(...ROWS, 'The end', '5,50'), leaveOut(7))).sort(), [
      'footer 6:1',
      'rows-left-out 7:1',
    ]);
  });

  it('are none where none is named', () => {
    assert.deepEqual(said(read(table(...ROWS), leaveOut())), []);
  });

  const written: [what: string, bytes: (text: string) => Uint8Array][] = [
    ['lines that end with CR LF', (text) => bytesOf(text.replaceAll('\n', '\r\n'))],
    ['lines that end with CR', (text) => bytesOf(text.replaceAll('\n', '\r'))],
    ['UTF-16, little-endian', (text) => Buffer.from(`\uFEFF${text}`, 'utf16le')],
    ['UTF-16, big-endian', (text) => Buffer.from(`\uFEFF${text}`, 'utf16le').swap16()],
  ];
  for (const [what, bytes] of written) {
    it(`are found in ${what}`, () => {
      const found = read(bytes(table('1,"two\nlines",x', '2,b,y', '3,c', '4,d,y')), leaveOut(5));
      assert.deepEqual(cells(found)[0], [1, 2, 4]);
      assert.deepEqual(said(found), ['rows-left-out 5:1']);
    });
  }

  it('are the same in whatever pieces the bytes come', () => {
    const bytes = bytesOf(table(...ROWS, '5,"50\n51",x', '6,60', ...ROWS, ...ROWS));
    for (const sizes of [[1], [2, 3], [7], [16, 1]]) {
      const found = readTable(() => inPieces(bytes, sizes), leaveOut(3, 6, 8, 12));
      assert.deepEqual([...found.lines], [2, 4, 5, 9, 10, 11, 13, 14, 15, 16], sizes.join());
      assert.deepEqual(said(found), ['rows-left-out 3:1']);
    }
  });
});

describe('a line to leave out on which no row begins', () => {
  const names = (text: string, line: number) =>
    read(text, leaveOut(line)).problems.list.map(({ code, line: at }) => `${code} ${at}`);

  it('is named: the header, which stays', () => {
    const found = read(table(...ROWS), leaveOut(1));
    assert.deepEqual(said(found), ['no-row-on-line 1:1']);
    assert.match(textOf(found.problems.list[0]), /line 1, on which no row begins/);
    assert.equal(found.columns[0].name, 'a');
    assert.equal(found.rows, 4);
  });

  it('is named: one in the middle of a row, a blank one, a comment, and one that is skipped', () => {
    assert.deepEqual(names(table('1,"two\nlines",x', '2,b,y'), 3), ['no-row-on-line 3']);
    assert.deepEqual(names(table('1,a,x', '', '2,b,y'), 3), ['no-row-on-line 3']);
    assert.deepEqual(names(table('1,a,x', '# note', '2,b,y'), 3).sort(), ['comments 3', 'no-row-on-line 3']);
    const found = read(`old\n${table(...ROWS)}`, { ...leaveOut(1), skipLines: 1 });
    assert.deepEqual(said(found), ['no-row-on-line 1:1']);
  });

  it('is named, on the last line there is: one behind the end', () => {
    const [problem] = read(table(...ROWS), leaveOut(900)).problems.list;
    assert.deepEqual([problem.line, problem.args], [5, { line: 900 }]);
  });

  it('is not named as long as only the head has been read', () => {
    const bytes = bytesOf(table(...ROWS));
    assert.deepEqual(said(readHead(bytes, false, leaveOut(900, 2))), ['rows-left-out 2:1']);
    assert.deepEqual(said(readHead(bytes, true, leaveOut(900))), ['no-row-on-line 5:1']);
  });
});

describe('rows that are left out of a file', () => {
  let folder: string;
  const readers = new PartReaders(path.resolve('out/programs/reader.js'));
  before(() => (folder = mkdtempSync(path.join(os.tmpdir(), 'neuron-lens-left-out-'))));
  after(() => {
    readers.dispose();
    rmSync(folder, { recursive: true, force: true });
  });

  it('are found in one that is packed', () => {
    const file = path.join(folder, 'packed.csv.gz');
    writeFileSync(file, gzipSync(table(...ROWS)));
    const found = readTableFile(file, leaveOut(3), { threads: 1, readers, hash: false }).table;
    assert.deepEqual(cells(found)[0], [1, 3, 4]);
  });

  it('are found in a large one, however many threads could read it', () => {
    const lines = Array.from({ length: 600_000 }, (_, i) => `${i},${i % 977}.25,${'xyz'[i % 3]}`);
    const file = path.join(folder, 'large.csv');
    writeFileSync(file, table(lines.join('\n')));
    for (const threads of [1, 3]) {
      const found = readTableFile(file, leaveOut(2, 300_000, 600_001), {
        threads,
        readers,
        hash: false,
      }).table;
      assert.equal(found.rows, 599_997);
      assert.deepEqual([found.lines[0], found.lines.at(-1)], [3, 600_000]);
      assert.ok(!found.lines.includes(300_000));
      assert.deepEqual(said(found), ['rows-left-out 2:1']);
    }
  });
});
