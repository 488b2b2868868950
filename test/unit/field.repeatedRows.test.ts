// Rows are the same as an earlier one where all that is written in them is, whether it is read or not.
import assert from 'node:assert/strict';
import type { Settings } from '../../src/settings/settings';
import { checked } from '../field/reading';

/** Twenty unlike rows, and these. */
const tableOf = (header: string, others: (i: number) => string, ...rows: readonly string[]): string =>
  [header, ...Array.from({ length: 20 }, (_, i) => others(i)), ...rows].join('\n');
/** The first row that is said to repeat another and how many do; null where nothing is said. */
function repeated(
  text: string,
  settings: Partial<Settings> = {},
): readonly [line: number, rows: number] | null {
  const { problems } = checked(text, settings).table;
  const found = problems.list.find(({ code }) => code === 'duplicate-rows');
  return found?.code === 'duplicate-rows' ? [found.line, found.args.rows] : null;
}

describe('rows that are the same as an earlier one', () => {
  const plain = (i: number) => `${i},${i * 2}.5`;
  const dates = (i: number) => `2024-03-${i + 10},${i}.5`;
  const names = (i: number) => `${['red', 'blue', 'green'][i % 3]},${i}.5`;

  it('are named with the first and how many there are', () => {
    assert.deepEqual(repeated(tableOf('a,b', plain, '3,6.5', '4,8.5')), [22, 2]);
    assert.deepEqual(repeated(tableOf('a,b', plain, 'Swish,', 'Cash,', 'Swish,')), [24, 1]);
    assert.deepEqual(repeated(tableOf('a,b', plain, ',', ',', '7,')), [23, 1]);
  });

  const unlike: readonly (readonly [what: string, text: string, settings?: Partial<Settings>])[] = [
    ['words among numbers', tableOf('a,b', plain, 'Swish 2980,', 'Cash 1240,')],
    ['words for a missing value among numbers', tableOf('a,b', plain, 'NA,1', '?,1', ',1')],
    ['words for a missing value among names', tableOf('a,b', names, 'NA,1.25', '?,1.25', ',1.25')],
    ['words among dates', tableOf('a,b', dates, 'TBD,1.25', 'unknown,1.25')],
    ['dates that there are not', tableOf('a,b', dates, '2024-02-30,1.25', '2024-02-31,1.25')],
    ['bounds of one number', tableOf('a,b', plain, '<5,1', '>5,1', '5,1')],
    ['the column in which a word stands', tableOf('a,b', plain, 'lost,', ',lost')],
    ['numbers that a person takes for missing', tableOf('a,b', plain, '98,1', '99,1'), { 'data.placeholders': { a: ['98', '99'] } }],
    ['texts that a person takes for missing', tableOf('a,b', names, 'x,1.25', 'y,1.25'), { 'data.placeholders': { a: ['x', 'y'] } }],
    ['a column that is ignored', tableOf('a,b', plain, '77,1', '78,1'), { 'data.ignoredColumns': ['a'] }],
    ['texts that are left out', tableOf('a,b', (i) => `note ${i},${i}.5`, 'x,1.25', 'y,1.25')],
  ]; // prettier-ignore
  for (const [what, text, settings] of unlike)
    it(`are none where they differ in ${what}`, () => {
      assert.equal(repeated(text, settings), null);
    });
});
