// JSON Lines of flat objects, read as tables; and those that are none.
import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { readTable } from '../../src/data/csv/read';
import { textOf } from '../../src/host/text';

import { readSource } from '../../src/threads/tableFile';
import { checked, notes, testScore } from '../field/reading';
import { FieldResults } from '../field/results';
import { bytesOf, cells, inPieces, read } from './reading';
import { course } from './course';

const results = new FieldResults('K16');
const lines = (count: number, make: (k: number) => unknown) =>
  Array.from({ length: count }, (_, k) => `${JSON.stringify(make(k))}\n`).join('');
const names = (table: ReturnType<typeof read>) => table.columns.map(({ name }) => name);
const said = ({ problems }: ReturnType<typeof read>) =>
  problems.list.map(({ code, line, column }) => `${code} ${line}:${column}`);

describe('JSON Lines', () => {
  after(() => results.print());

  const tables: readonly [what: string, text: string, columns: readonly string[], rows: readonly (readonly (string | number | null)[])[]][] = [
    ['of numbers and texts', '{"a":1.5,"b":"x"}\n{"a":-2e3,"b":"y"}\n{"a":3,"b":"x"}\n', ['a', 'b'], [[1.5, 'x'], [-2000, 'y'], [3, 'x']]],
    ['whose names come in any order, or not at all', '{"a":1,"b":2}\n{"b":3,"c":4}\n{"c":5,"a":6}\n', ['a', 'b', 'c'], [[1, 2, null], [null, 3, 4], [6, null, 5]]],
    ['with null, true and false', '{"a":null,"b":true}\n{"a":1,"b":false}\n{"a":2,"b":true}\n', ['a', 'b'], [[null, 'true'], [1, 'false'], [2, 'true']]],
    ['with quotes, commas and escapes', '{"a":"p, \\"q\\"","b":1}\n{"a":"\\u00e9\\\\","b":2}\n{"a":"r\\ns","b":3}\n', ['a', 'b'], [['p, "q"', 1], ['é\\', 2], ['r s', 3]]],
    ['with blanks, blank lines and CR LF', ' { "a" : 1 , "b" : 2 } \r\n\r\n{"a":3,"b":4}\r\n{"a":5,"b":6}', ['a', 'b'], [[1, 2], [3, 4], [5, 6]]],
    ['with a mark of the order of bytes', '\uFEFF{"a":1,"b":2}\n{"a":3,"b":4}\n', ['a', 'b'], [[1, 2], [3, 4]]],
    ['with one empty object', '{"a":1,"b":2}\n{}\n{"a":3,"b":4}\n', ['a', 'b'], [[1, 2], [null, null], [3, 4]]],
    ['with numbers as texts', '{"a":"1","b":2}\n{"a":"3","b":4}\n', ['a', 'b'], [[1, 2], [3, 4]]],
    ['with text that begins like a comment', '{"a":"# 1","b":2}\n{"a":"# 2","b":4}\n', ['a', 'b'], [['# 1', 2], ['# 2', 4]]],
  ]; // prettier-ignore
  for (const [what, text, columns, rows] of tables) {
    it(`${what} are a table`, () => {
      const table = read(text);
      const found =
        table.columns.length > 0
          ? cells(table)[0].map((_, row) => cells(table).map((column) => column[row]))
          : [];
      results.add(`JSON Lines ${what}`, JSON.stringify(found), JSON.stringify(rows));
      assert.deepEqual(names(table), columns);
      assert.deepEqual(found, rows);
      assert.deepEqual(said(table), ['names-above 1:1']);
    });
  }

  it('say on which line a value is odd, and keep all digits of a key', () => {
    const table = read(
      lines(300, (k) => ({ id: 0, n: k === 250 ? 'oops' : k / 4 })).replaceAll(
        '"id":0',
        '"id":12345678901234567891',
      ),
    );
    assert.deepEqual(said(table), ['names-above 1:1', 'text-in-numbers 251:1']);
    assert.equal(cells(table)[0][7], '12345678901234567891');
    assert.equal(table.lines[299], 300);
  });

  it('have a column for a name that comes behind the head, too', () => {
    const table = read(lines(9000, (k) => ({ a: k % 7, b: k % 5, ...(k === 8000 && { late: 3 }) })));
    assert.deepEqual(names(table), ['a', 'b', 'late']);
    assert.deepEqual([table.rows, cells(table)[2][8000], cells(table)[2][1]], [9000, 3, null]);
    assert.deepEqual(said(table), ['names-above 1:1']);
  });

  const refused: readonly [what: string, text: string, line: number, sentence: RegExp][] = [
    ['with lists', lines(9, (k) => ({ a: k, tags: k < 4 ? 'x' : ['x', 'y'] })), 5, /“tags” is a list or an object/],
    ['with objects', lines(9, (k) => ({ a: k, at: { x: 1 } })), 1, /“at” is a list or an object/],
    ['of lists', lines(9, (k) => [k, 1]), 1, /no JSON object/],
    ['of objects over lines', '{\n"a":1}\n{\n"a":2}\n{"a":3}\n', 1, /no JSON object/],
    ['with a line that breaks off', `${lines(9, (k) => ({ a: k, b: 1 }))}{"a":9,"b":`, 10, /no JSON object/],
    ['with a line of text', `${lines(9, (k) => ({ a: k, b: 1 }))}done\n`, 10, /no JSON object/],
    ['with two objects on a line', `${lines(2, (k) => ({ a: k, b: 1 }))}{"a":1,"b":2}{"a":1,"b":2}\n`, 3, /no JSON object/],
  ]; // prettier-ignore
  for (const [what, text, line, sentence] of refused) {
    it(`${what} are refused, at the line`, () => {
      const table = read(text);
      results.add(`JSON Lines ${what}`, said(table).join(', '), `no-json-row ${line}:1`);
      assert.deepEqual(said(table), [`no-json-row ${line}:1`]);
      assert.match(textOf(table.problems.list[0]), sentence);
      assert.equal(table.columns.length, 0);
    });
  }

  it('may hold a text of any length, and escapes of any number', () => {
    const long = ['x'.repeat(12_000_000), '\\'.repeat(3_000_000), '"'.repeat(3_000_000)];
    for (const text of long) {
      const table = read(lines(20, (k) => ({ a: k, t: k === 10 ? text : 'y' })));
      assert.deepEqual([table.rows, names(table)], [20, ['a', 't']]);
    }
  });

  it('are trained on like the same table as CSV', () => {
    const rows = Array.from({ length: 200 }, (_, k) => ({
      a: ((k * 37) % 101) / 10,
      b: ((k * 53) % 97) / 10,
    }));
    const classOf = ({ a, b }: (typeof rows)[number]) => (a > b ? 'more' : 'less');
    const json = rows.map((row) => `${JSON.stringify({ ...row, label: classOf(row) })}\n`).join('');
    const csv = `a,b,label\n${rows.map((row) => `${row.a},${row.b},${classOf(row)}\n`).join('')}`;
    const settings = { ...course, 'training.epochs': 300 };
    assert.equal(testScore(json, settings), testScore(csv, settings));
    assert.deepEqual(notes(checked(json), 'names-above'), notes(checked(csv)));
  });

  it('are read the same in pieces of any size, packed, and in UTF-16', () => {
    const text = lines(50, (k) => ({ naïve: `é${k % 3}`, b: k }));
    const whole = read(text);
    const shown = (table: typeof whole) => [names(table), cells(table), [...table.lines], said(table)];
    for (const size of [1, 7, 64])
      assert.deepEqual(shown(readTable(() => inPieces(bytesOf(text), [size]))), shown(whole));
    const packed = readSource({ kind: 'bytes', bytes: gzipSync(text) }, {}).table;
    assert.deepEqual(shown(packed), shown(whole));
    const wide = read(new Uint8Array(Buffer.from(`\uFEFF${text}`, 'utf16le')));
    assert.deepEqual(shown(wide), shown(whole));
    assert.equal(wide.encoding, 'utf-16le');
  });

  it('come back as they were written, whatever texts and names they hold', () => {
    const text = fc
      .string({ unit: 'binary', maxLength: 6 })
      .map((some) => `x${some.replace(/[\r\n\0\ufffd\ud800-\udfff]/g, '')}x`);
    const object = fc.record({
      a: fc.integer(),
      b: fc.double({ noNaN: true, noDefaultInfinity: true }),
      c: text,
    });
    fc.assert(
      fc.property(fc.array(object, { minLength: 3, maxLength: 20 }), (objects) => {
        const table = read(
          lines(objects.length, (k) => objects[k]),
          { missingTokens: [], columnTypes: { c: 'text' } },
        );
        assert.deepEqual(
          cells(table)[0],
          objects.map(({ a }) => a),
        );
        assert.deepEqual(
          cells(table)[1],
          objects.map(({ b }) => b + 0),
        );
        assert.deepEqual(
          cells(table)[2],
          objects.map(({ c }) => c),
        );
      }),
      { numRuns: 300 },
    );
  });
});
