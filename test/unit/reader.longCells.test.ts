// Cells as long as a row may be, which fill no stack, of regular expressions neither.
import assert from 'node:assert/strict';
import { setFlagsFromString } from 'node:v8';
import { checkTable, describe as described } from '../../src/data/table/check';
import { bytesOf, read } from './reading';
import { course } from './course';

const MB = 0x10_0000;

describe('a table with a cell as long as a row may be', () => {
  // As it is in a process that has compiled many regular expressions: then they need twice as much of their own stack.
  before(() => setFlagsFromString('--no-regexp-optimization'));
  after(() => setFlagsFromString('--regexp-optimization'));

  /** Less than what is too long for a row, so that the cell is read, looked at and typed. */
  const LONG = 15 * MB;
  const pieces: [what: string, piece: string, before?: string, after?: string][] = [
    ['digits', '1'],
    ['digits in groups of commas', ',111', '1'],
    ['digits in groups of points', '.111', '1'],
    ['digits in groups of blanks', ' 111', '1'],
    ['digits and blanks', '1 '],
    ['a fraction', '1', '0.'],
    ['currency signs', '$'],
    ['strokes, as under a header', '-'],
    ['strokes of a frame', '─'],
    ['a fraction of three', '3', '0.'],
    ['signs', '+'],
    ['the second of a time', '1', '2020-01-01 10:00:00.'],
  ];
  for (const [what, piece, before = '', after = ''] of pieces) {
    const text = () => before + piece.repeat(LONG / bytesOf(piece).length) + after;
    it(`is read: ${what}, and the same with a letter behind them`, () => {
      const table = read(`a,b\n1,"${text()}"\n2,"${text()}x"\n3,"3,5"\n`);
      const { columns } = described(checkTable(table, course));
      assert.deepEqual([columns.length, table.rows], [2, 3]);
    });
  }

  for (const piece of ['1', ',111', '1 ', '_id', '\n'])
    it(`is read: a name of nothing but ${JSON.stringify(piece)}`, () => {
      const name = piece.repeat(LONG / bytesOf(piece).length);
      assert.doesNotThrow(() => described(checkTable(read(`a,"${name}"\n1,2\n2,3\n3,4\n`), course)));
    });

  for (const [what, text] of [
    ['nothing but blanks and a letter', `${' '.repeat(LONG)}x`],
    ['one line of strokes', '-'.repeat(LONG)],
    ['one fraction under a name', `a\n0.${'3'.repeat(LONG)}`],
  ])
    it(`is read or refused, and fills no stack: ${what}`, () => {
      assert.doesNotThrow(() => read(text));
    });
});
