// Cells among numbers that are written alike: one note of all of them, with their count and the first line.
import assert from 'node:assert/strict';
import { fixesOf } from '../../src/host/quickFixes';
import { defaults } from '../../src/settings/settings';
import { checked } from '../field/reading';

/** What is said of a column of numbers with these among them, at every fifth row from line 4 on. */
function saidOf(odd: readonly string[], delimiter = ',', plain = (i: number) => `${(i * 37) % 101}.5`) {
  const cells = Array.from(
    { length: 60 },
    (_, i) => (i % 5 === 2 ? odd[(i - 2) / 5] : undefined) ?? plain(i),
  );
  const rows = cells.map((cell, i) => `${cell}${delimiter}${(i * 7) % 11}`);
  const { table } = checked(`x${delimiter}z\n${rows.join('\n')}\n`, { 'csv.delimiter': delimiter });
  return table.problems
    .inOrder()
    .filter(({ code }) => code === 'text-in-numbers' || code === 'mixed-decimals');
}
const brief = (said: ReturnType<typeof saidOf>) =>
  said.map(
    ({ code, line, args }) =>
      `${code} ${line} ${'text' in args ? args.text : ''} ${'count' in args ? args.count : ''}`,
  );

describe('cells among numbers that are written alike', () => {
  const cases: readonly (readonly [what: string, odd: readonly string[], said: readonly string[]])[] = [
    ['sizes', ['4x5', '12x30', '7x2', '4x5'], ['text-in-numbers 4 4x5 4']],
    ['a number and its error', ['4 ± 1', '5 ± 2.5', '6.25 ± 1'], ['text-in-numbers 4 4 ± 1 3']],
    ['ranges', ['4-5', '12-30', '7-20', '8-9', '1-2'], ['text-in-numbers 4 4-5 5']],
    ['scores, and a word twice', ['4:5', 'n/t', '12:30', 'n/t', '7:2'], ['text-in-numbers 4 4:5 3', 'text-in-numbers 9 n/t 2']],
  ]; // prettier-ignore
  for (const [what, odd, said] of cases) {
    it(`are named once: ${what}`, () => assert.deepEqual(brief(saidOf(odd)), said));
  }

  it('are named once where their decimal mark is the other one', () => {
    assert.deepEqual(brief(saidOf(['1,5', '2,25', '7,5', '1,5'], ';')), ['mixed-decimals 4 1,5 4']);
    const comma = (i: number) => `${(i * 37) % 101},5`;
    assert.deepEqual(brief(saidOf(['1.5', '2.25'], ';', comma)), ['mixed-decimals 4 1.5 2']);
  });

  const near: typeof cases = [
    ['two alone', ['4x5', '12x30'], ['text-in-numbers 4 4x5 1', 'text-in-numbers 9 12x30 1']],
    ['words', ['low', 'high', 'odd'], ['text-in-numbers 4 low 1', 'text-in-numbers 9 high 1', 'text-in-numbers 14 odd 1']],
    ['codes', ['kx4b', 'kx5b', 'kx17b'], ['text-in-numbers 4 kx4b 1', 'text-in-numbers 9 kx5b 1', 'text-in-numbers 14 kx17b 1']],
    ['one with the other decimal mark', ['1,5'], ['mixed-decimals 4 1,5 1']],
  ]; // prettier-ignore
  for (const [what, odd, said] of near) {
    const delimiter = odd[0].includes(',') ? ';' : ',';
    it(`are not made of ${what}`, () => assert.deepEqual(brief(saidOf(odd, delimiter)), said));
  }

  it('are offered no fix that would take one of them for missing', () => {
    const settings = { ...defaults, 'csv.delimiter': ',' };
    const titles = (odd: readonly string[]) => fixesOf(saidOf(odd)[0], settings).map(({ title }) => title);
    assert.deepEqual(titles(['4x5', '12x30', '7x2']), ['Ignore the column “x”']);
    assert.deepEqual(titles(['4x5']), ['Take “4x5” for missing in “x”', 'Ignore the column “x”']);
  });
});
