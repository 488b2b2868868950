// What tells a header from rows looks at the cells of a head, which may be very wide.
import assert from 'node:assert/strict';
import { syntaxOf } from '../../src/data/csv/cells';
import { dialectOf } from '../../src/data/csv/dialect';
import { recordsOf } from '../../src/data/csv/headRecords';
import { respelled } from '../../src/data/csv/respelling';
import { bytesOf } from './reading';

const COLUMNS = 1_000;

/** How often it is asked whether a cell is a number, for each cell of a head with these rows below its names. */
function looksPerCell(rows: string[]): number {
  const syntax = syntaxOf(',', '"');
  const head = [Array.from({ length: COLUMNS }, (_, c) => `n${c}`).join(',')].concat(
    rows.map((cell) => new Array<string>(COLUMNS).fill(cell).join(',')),
  );
  const records = recordsOf(bytesOf(`${head.join('\n')}\n`), true, syntax, {}) ?? [];
  let looks = 0;
  const counted = records.map((record) => ({
    ...record,
    cells: record.cells.map((cell) => ({
      ...cell,
      get point() {
        looks++;
        return cell.point;
      },
    })),
  }));
  const dialect = dialectOf({ syntax, respelling: null, records: counted, width: COLUMNS }, 1, {});
  assert.deepEqual([dialect.header, dialect.width, dialect.numeric.length], [true, COLUMNS, COLUMNS]);
  return looks / (COLUMNS * head.length);
}

describe('each cell of a head of a thousand columns is looked at a few times, not once for each of the others', () => {
  for (const [what, rows] of [
    ['numbers', ['1', '2', '3', '4']],
    ['words', ['ab', 'ab', 'ab', 'ab']],
    ['missing below numbers', ['1', 'NA', 'NA', 'NA']],
    ['words below numbers', ['1', '2', '3', 'ab', 'ab']],
  ] as const)
    it(`where the cells are ${what}`, () => {
      const looks = looksPerCell([...rows]);
      assert.ok(looks < 40, `each cell was looked at ${Math.round(looks)} times`);
    });
});

describe('a head whose rows differ in length', () => {
  it('is compared as far as each row goes', () => {
    for (const [text, width] of [
      ['\\,,\r\n\\', 3],
      ['a\na,,\na,,\nb,,', 3],
      ['x,y\nx,y,1\nx,y,2', 3],
    ] as const) {
      const syntax = syntaxOf(',', '"');
      const records = recordsOf(bytesOf(text), true, syntax, {}) ?? [];
      assert.equal(dialectOf({ syntax, respelling: null, records, width }, 1, {}).width, width);
    }
  });
});

describe('cells that are separated by runs of blanks', () => {
  const spelt = (text: string, piece: number) => {
    const bytes = bytesOf(text);
    const chunks = Array.from({ length: Math.ceil(bytes.length / piece) }, (_, k) =>
      bytes.subarray(k * piece, (k + 1) * piece),
    );
    const parts = [...respelled(chunks, { how: 'runs of blanks', to: '|'.charCodeAt(0) }, '"'.charCodeAt(0))];
    return Buffer.concat(parts).toString();
  };

  it('may have tabs among the blanks, first or last', () => {
    for (const piece of [1, 2, 3, 100]) {
      assert.equal(spelt('a\t b \tc\td e\n1 \t 2  3\t\t4 5\n', piece), 'a| b| c|d e\n1|  2| 3| 4 5\n');
      assert.equal(spelt('\u0007\t 8  1"', piece), '\u0007| 8| 1"');
    }
  });

  it('are none where the blanks end a line, or are quoted', () => {
    assert.equal(spelt('a  b \t\n"x \t y"  z', 100), 'a| b \t\n"x \t y"| z');
  });
});
