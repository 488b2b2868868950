// What stands below a table and at the end of its pages, and is no row.
import assert from 'node:assert/strict';
import { fixesOf } from '../../src/host/quickFixes';
import { defaults } from '../../src/settings/settings';
import { checked, soundTables } from '../field/reading';
import { FieldResults } from '../field/results';

const SIZE = 40;
const row = (k: number) => `S${k},${(k * 37) % 91},${((k * 13) % 17) + 0.5}`;
const rows = Array.from({ length: SIZE }, (_, k) => row(k));
/** These rows with a line behind every tenth, and others at the end. */
const paged = (line: (page: number) => string, ...below: readonly string[]) =>
  `shop,units,score\n${rows.flatMap((each, k) => (k % 10 === 9 ? [each, line((k + 1) / 10)] : [each])).join('\n')}\n${below.join('\n')}\n`;
const below = (...lines: readonly string[]) => `shop,units,score\n${[...rows, ...lines].join('\n')}\n`;

const cases: readonly (readonly [what: string, text: string, ...lines: number[]])[] = [
  ['Page 1 of 4', paged((page) => `Page ${page} of 4,,`), 12, 23, 34, 45],
  ['Seite 1/4', paged((page) => `Seite ${page}/4,,`), 12, 23, 34, 45],
  ['página 1', paged((page) => `página ${page},,`), 12, 23, 34, 45],
  ['- 1 -', paged((page) => `- ${page} -,,`), 12, 23, 34, 45],
  ['Strona 1 z 4', paged((page) => `Strona ${page} z 4,,`), 12, 23, 34, 45],
  ['pages, and a source below the last', paged((page) => `Page ${page},,`, 'Source: office,,'), 12, 23, 34, 45, 46],
  ['the end of the file', below('<EOF>,,'), 42],
  ['the end of a report', below('*** End of Report ***,,'), 42],
  ['how many rows there were', below('40 rows returned,,'), 42],
  ['how many, as papers have it', below('n = 40,,', '* provisional,,'), 42, 43],
  ['when it was made', below('Generated on 2024-02-01,,'), 42],
  ['when it was made, in German', below('Stand 31.12.2023,,'), 42],
]; // prettier-ignore
const near: readonly (readonly [what: string, text: string])[] = [
  ['a shop called Page', paged((page) => `Page ${page},5,7.5`)],
  ['one called Page 3 among the others, of which nothing is known', below().replace(/^S7,.*$/m, 'Page 3,,')],
  ['one called End, of which nothing is known', below('End,,')],
  ['one called N, of which nothing is known', below('N,,')],
  ['a last shop with a number alone', below('Shop 41,,')],
];

describe('the ends of pages, and of tables', () => {
  const results = new FieldResults('pages');
  after(() => results.print());
  const noted = (text: string, left: readonly number[] = []) =>
    checked(text, { 'csv.leaveOutLines': [...left] }).table.problems.list.filter(
      (problem) => problem.code === 'note-rows',
    );
  const linesOf = (text: string, left: readonly number[] = []) =>
    noted(text, left).flatMap((problem) => (problem.code === 'note-rows' ? [...problem.args.lines] : []));

  for (const [what, text, ...lines] of cases) {
    it(`are named with their lines, and left out by the fix: ${what}`, () => {
      results.add(what, linesOf(text).join(), lines.join());
      assert.deepEqual(linesOf(text), lines);
      const [fix] = fixesOf(noted(text)[0], defaults);
      const left = 'value' in fix ? (fix.value as number[]) : 'item' in fix ? [Number(fix.item)] : [];
      assert.deepEqual(left, lines);
      assert.equal(checked(text, { 'csv.leaveOutLines': left }).table.rows, SIZE);
    });
  }

  it('offer to read only what is above them where they are below the table', () => {
    const titles = (text: string) =>
      fixesOf(noted(text)[0], defaults)
        .map(({ title }) => title)
        .join();
    assert.match(titles(below('n = 40,,', '* provisional,,')), /above/);
    assert.doesNotMatch(titles(paged((page) => `Page ${page} of 4,,`)), /above/);
  });

  for (const [what, text] of [...near, ...soundTables().map((each) => [each.name, each.text] as const)]) {
    it(`are not seen where there are none: ${what}`, () => {
      results.add(what, linesOf(text).join() || 'none', 'none');
      assert.deepEqual(linesOf(text), []);
    });
  }

  it('keep no merged cells from being seen', () => {
    const merged = (every: number) =>
      checked(
        `region,shop,units\n${rows.flatMap((each, k) => [`${k % 5 === 0 ? `R${k}` : ''},${each.slice(0, -4)}`, ...(k % 10 === every ? [`Page ${k},,`] : [])]).join('\n')}\n`,
      ).table.problems.list.flatMap(({ code, line }) => (code === 'merged-cells' ? [line] : []));
    assert.deepEqual(merged(9), [3]);
    assert.deepEqual(merged(-1), [3]);
  });
});
