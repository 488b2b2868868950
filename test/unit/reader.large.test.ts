// Tables of unusual size: very wide ones, and files that are none, which are refused before all of them is read.
import assert from 'node:assert/strict';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { LoneCells } from '../../src/data/csv/loneCells';
import { readTable, type ReadTable } from '../../src/data/csv/read';

import { bytesOf, cells, inPieces, read } from './reading';

const MB = 0x10_0000;

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/**
 * What reading takes: seconds, and bytes beyond what was in use before, looked at with each chunk and at the end. What
 * nobody holds any more does not count: where it would be more than `allowed`, it is collected first.
 */
function measured(
  bytes: Uint8Array,
  chunk: number,
  allowed: number,
): { table: ReadTable; seconds: number; memory: number } {
  const inUse = () => {
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    return heapUsed + arrayBuffers;
  };
  collectGarbage();
  const before = inUse();
  const used = () => {
    if (inUse() - before > allowed) collectGarbage();
    return inUse();
  };
  let most = 0;
  const chunks = function* () {
    for (const piece of inPieces(bytes, [chunk])) {
      most = Math.max(most, used());
      yield piece;
    }
  };
  const from = performance.now();
  const table = readTable(chunks);
  const seconds = (performance.now() - from) / 1000;
  return { table, seconds, memory: Math.max(most, used()) - before };
}

/** A table of so many columns and rows, its cells by column and row. */
const wide = (columns: number, rows: number, cell: (c: number, row: number) => string) =>
  Array.from({ length: rows + 1 }, (_, line) =>
    Array.from({ length: columns }, (__, c) => (line === 0 ? `n${c}` : cell(c, line - 1))).join(','),
  ).join('\n');

describe('a header of 10,000 names', () => {
  it('that are all the same makes 10,000 different ones, and says so', () => {
    const table = read(`${new Array<string>(10_000).fill('x').join(',')}\n${'1,'.repeat(9_999)}1\n`);
    const names = table.columns.map(({ name }) => name);
    assert.equal(new Set(names).size, 10_000);
    assert.deepEqual([names[0], names[1], names[9_999]], ['x', 'x (2)', 'x (10000)']);
    assert.equal(table.problems.counts.get('duplicate-header'), 9_999);
    assert.deepEqual([table.problems.list[0].line, table.problems.list[0].column], [1, 3]);
    assert.equal(table.problems.blocked, false);
  });

  it('that are all empty names the columns by their numbers', () => {
    // A name for the first one, and cells below: without either a column is none.
    const table = read(`x${','.repeat(9_999)}\n${'1,'.repeat(9_999)}1\n2${',2'.repeat(9_999)}\n`, {
      header: 'present',
    });
    assert.equal(table.columns.length, 10_000);
    assert.deepEqual([table.columns[1].name, table.columns[9_999].name], ['column 2', 'column 10000']);
    assert.deepEqual(cells(table)[9_999], [1, 2]);
  });

  it('that are the very names that columns without a name get still has no two the same', () => {
    const names = Array.from({ length: 10_000 }, (_, c) => (c % 2 === 0 ? '' : `column ${c}`));
    const table = read(`${names.join(',')}\n${'1,'.repeat(9_999)}1\n`, { header: 'present' });
    assert.equal(new Set(table.columns.map(({ name }) => name)).size, 10_000);
  });

  it('that are the very names that equal ones get still has no two the same', () => {
    const names = Array.from({ length: 10_000 }, (_, c) => (c % 2 === 0 ? 'x' : `x (${c})`));
    const table = read(`${names.join(',')}\n${'1,'.repeat(9_999)}1\n`, { header: 'present' });
    assert.equal(new Set(table.columns.map(({ name }) => name)).size, 10_000);
  });
});

describe('a table of 100,000 columns and 20 rows', () => {
  type Expected = (string | number | null)[];
  const kinds: [what: string, cell: (c: number, row: number) => string, expected: Expected][] = [
    ['numbers', (c, row) => String(c + row / 4), [99_999, 99_999.25, 99_999.5]],
    ['missing cells', (_, row) => (row === 0 ? '1' : 'NA'), [1, null, null]],
    ['texts', (c, row) => `t${c % 7} ${row}`, ['t4 0', 't4 1', 't4 2']],
  ];
  for (const [what, cell, expected] of kinds)
    it(`of ${what} is read in less than 1.5 GB; the time is printed`, () => {
      const { table, seconds, memory } = measured(bytesOf(wide(100_000, 20, cell)), 65_536, 1536 * MB);
      assert.deepEqual([table.columns.length, table.rows], [100_000, 20]);
      const { numbers, codes, texts, holds, name } = table.columns[99_999];
      const found = [0, 1, 2].map((row) =>
        holds === 'numbers' ? (Number.isNaN(numbers[row]) ? null : numbers[row]) : texts[codes[row]],
      );
      assert.deepEqual(found, expected);
      assert.equal(name, 'n99999');
      console.log(`      ${what}: ${seconds.toFixed(1)} s, ${Math.round(memory / MB)} MB`);
      assert.ok(memory < 1536 * MB, `it took ${Math.round(memory / MB)} MB`);
    });
});

describe('a column of 100,000 numbers, every second with a unit of its own', () => {
  it('is read, each unit counted as what it is: one that nothing explains', () => {
    const letters = (k: number) => k.toString(26).replace(/\d/g, (digit) => 'qrstuvwxyz'[Number(digit)]);
    const rows = Array.from({ length: 100_000 }, (_, k) =>
      k % 2 === 0 ? `${k} u${letters(k)},x` : `${k},x`,
    );
    const table = read(`a,b\n${rows.join('\n')}\n`);
    assert.equal(table.columns[0].missing, 50_000);
    assert.equal(table.problems.counts.get('text-in-numbers'), 50_000);
  });
});

describe('500,000 lone cells below a table', () => {
  // Long rows: few are expected, and little room is made for them.
  const head = `a,b\n${`1,${'x'.repeat(500)}\n`.repeat(200)}`;
  const LONES = 500_000;

  it('are counted, the first 50 of them named, in little memory', () => {
    for (const end of ['', `2,${'x'.repeat(500)}\n`]) {
      const bytes = bytesOf(`${head}${'word\n'.repeat(LONES)}${end}`);
      const { table, memory } = measured(bytes, 65_536, 24 * MB);
      assert.equal(table.problems.counts.get('ragged-row'), LONES);
      const lines = table.problems.list.map(({ code, line }) => `${code} ${line}`);
      assert.deepEqual([lines.length, lines[0], lines[49]], [50, 'ragged-row 202', 'ragged-row 251']);
      assert.equal(table.rows, end === '' ? 200 : 201);
      assert.ok(memory < 24 * MB, `it took ${Math.round(memory / MB)} MB`);
    }
  });

  it('cross threads as a count and the first 50', () => {
    const [lones, later] = [new LoneCells(), new LoneCells()];
    let asked = 0;
    for (let line = 1; line <= 1000; line++) {
      later.add(() => {
        asked++;
        return [line, 1, 2];
      });
    }
    for (const line of [5, 6]) lones.add(() => [line, 1, 2]);
    lones.append(later, 10);
    assert.deepEqual([asked, later.first.length], [50, 50]);
    assert.deepEqual([lones.count, lones.first.length], [1002, 50]);
    assert.deepEqual(
      [lones.first[1], lones.first[2], lones.first[49]],
      [
        [6, 1, 2],
        [11, 1, 2],
        [58, 1, 2],
      ],
    );
  });
});

describe('a file that is no table', () => {
  const CHUNK = 65_536;
  /** Reads chunks that are all alike, and counts how many are taken in the longest pass. */
  function taking(chunk: Uint8Array, chunks: number, first = chunk): { table: ReadTable; taken: number } {
    let taken = 0;
    const all = function* () {
      for (let k = 0; k < chunks; k++) {
        taken = Math.max(taken, k + 1);
        yield k === 0 ? first : chunk;
      }
    };
    const table = readTable(all);
    return { table, taken };
  }
  const errors = ({ problems }: ReadTable) =>
    problems.list.filter(({ severity }) => severity === 'error').map(({ code, line }) => `${code} ${line}`);
  const CHUNKS = (100 * MB) / CHUNK;

  const lines: [what: string, piece: string, first?: string][] = [
    ['of text', 'x'],
    ['of digits', '7'],
    ['of numbers', '1,'],
    ['of numbers in quotes', '"1",'],
    ['of blanks', ' '],
    ['below a header and a row', 'x', 'a,b\n1,2\n'],
    ['with a quote that is never closed', 'x', 'a,b\n1,"'],
    ['with a quote that is never closed and line feeds', 'x\n', 'a,b\n1,"'],
  ];
  for (const [what, piece, first = ''] of lines)
    it(`but one line of 100 MB ${what} is refused before all of it is read`, () => {
      const chunk = bytesOf(piece.repeat(CHUNK / piece.length));
      const { table, taken } = taking(chunk, CHUNKS, bytesOf(first + piece.repeat(CHUNK / piece.length)));
      assert.equal(table.problems.blocked, true);
      assert.match(errors(table)[0], /^row-too-long [123]$/);
      assert.ok(taken < CHUNKS * 0.8, `${taken} of ${CHUNKS} chunks were taken`);
    });

  it('but one line of 100 MB in one piece is refused as well', () => {
    const table = readTable(() => [new Uint8Array(100 * MB).fill(0x78)]);
    assert.deepEqual(errors(table), ['row-too-long 1']);
  });

  it('but signs of a comment over and over is read like any other, and is no ARFF', () => {
    // Whether it is took twice as long for every two signs more.
    for (const piece of ['%8\x1a1', '%', '% ', '%\r', ' %\t%\n', '\n']) {
      const { problems } = readTable(() => [bytesOf(piece.repeat(2000))]);
      assert.ok(!JSON.stringify(problems.list).includes('ARFF'), piece);
    }
    const arff = `${'% a comment with 100 %\n\n'.repeat(20)}  @RELATION r\n@attribute x numeric\n@data\n`;
    const { columns } = readTable(() => [bytesOf(`${arff}${'1\n2\n'.repeat(20)}`)]);
    assert.deepEqual(
      columns.map(({ name }) => name),
      ['x'],
    );
  });

  it('but bytes at random is refused after its first chunks', () => {
    const noise = Uint8Array.from({ length: CHUNK }, (_, k) => Math.imul(k + 1, 0x9e3779b1) >>> 24);
    const { table, taken } = taking(noise, CHUNKS);
    assert.deepEqual(errors(table), ['binary-file 1']);
    assert.ok(taken <= 4, `${taken} chunks were taken`);
  });

  const signatures: [what: string, said: string, bytes: number[]][] = [
    [
      'a picture',
      'no-table 1',
      [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52],
    ],
    ['a spreadsheet', 'no-table 1', [0x50, 0x4b, 3, 4, 20, 0, 6, 0, 8, 0, 0, 0, 0x21, 0]],
    ['a program', 'binary-file 1', [0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0]],
  ];
  for (const [what, told, start] of signatures)
    it(`but ${what} is refused after its first chunks`, () => {
      const noise = Uint8Array.from(
        { length: CHUNK },
        (_, k) => start[k] ?? Math.imul(k + 7, 0x85ebca6b) >>> 24,
      );
      const { table, taken } = taking(noise, CHUNKS);
      assert.deepEqual(errors(table), [told]);
      assert.ok(taken <= 4, `${taken} chunks were taken`);
    });

  it('is not asked for more once the rows that are wanted are there', () => {
    const row = bytesOf('1,2\n'.repeat(CHUNK / 4));
    let taken = 0;
    const all = function* () {
      for (let k = 0; k < CHUNKS; k++) {
        taken = Math.max(taken, k + 1);
        yield k === 0 ? bytesOf('a,b\n1,2\n') : row;
      }
    };
    const table = readTable(all, { maxRows: 3 });
    assert.equal(table.rows, 3);
    assert.ok(taken <= 4, `${taken} chunks were taken`);
  });
});
