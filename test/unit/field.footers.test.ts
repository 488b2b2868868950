// Statistics, budgets and the points that can be reached, below a table or right below its header.
import assert from 'node:assert/strict';

import { fixesOf } from '../../src/host/quickFixes';
import { checked, soundTables } from '../field/reading';
import { FieldResults } from '../field/results';
import { course } from './course';

const many = <T>(count: number, make: (k: number) => T) => Array.from({ length: count }, (_, k) => make(k));
const unit = (k: number) => ((k * 7919 + 13) % 91) + 3;
const sale = (k: number) => (((k * 104_729 + 7) % 899) + 101) / 2;
const SIZE = 40;
const rows = many(SIZE, (k) => `${['N', 'S'][(k * 7 + (k >> 3)) % 2]},${unit(k)},${sale(k)}`);
const table = (...below: readonly string[]) =>
  `Region,Units,Sales\n${rows.join('\n')}\n${below.join('\n')}\n`;
const named = (row: (k: number) => string, ...above: readonly string[]) =>
  `Student,Quiz,Midterm,Grade\n${[...above, ...many(SIZE, row)].join('\n')}\n`;
const student = (k: number) => `Doe${k},${unit(k) % 11},${unit(k + 5)},${'PF'[k % 2]}`;

const units = many(SIZE, unit);
const sales = many(SIZE, sale);
const sum = (values: readonly number[]) => values.reduce((all, value) => all + value, 0);
const sorted = (values: readonly number[]) => [...values].sort((a, b) => a - b);
const median = (values: readonly number[]) => (sorted(values)[SIZE / 2 - 1] + sorted(values)[SIZE / 2]) / 2;
const deviation = (values: readonly number[]) =>
  Math.sqrt(sum(values.map((value) => (value - sum(values) / SIZE) ** 2)) / (SIZE - 1));
const of = (word: string, make: (values: readonly number[]) => number, digits = 1) =>
  `${word},${make(units).toFixed(digits)},${make(sales).toFixed(digits)}`;
const mean = (values: readonly number[]) => sum(values) / SIZE;
const least = (values: readonly number[]) => Math.min(...values);
const most = (values: readonly number[]) => Math.max(...values);
const all = [of('Mean', mean), of('SD', deviation), of('Min', least), of('Max', most)];

const cases: readonly [what: string, text: string, ...lines: number[]][] = [
  ['Mean, SD, Min, Max below N and S', table(...all), 42, 43, 44, 45],
  ['a blank line above', table('', ...all), 43, 44, 45, 46],
  ['a title above', table('', 'Summary,,', ...all), 43, 44, 45, 46, 47],
  ['Mean alone', table(of('Mean', mean)), 42],
  ['Median alone', table(of('Median', median)), 42],
  ['SD, Min, Max', table(of('SD', deviation), of('Min', least), of('Max', most)), 42, 43, 44],
  [
    'Durchschnitt und Standardabweichung einer anderen Zeit',
    table('Durchschnitt,45,500', 'Standardabweichung,26,230'),
    42,
    43,
  ],
  ['Ave', table(of('Ave', mean)), 42],
  ['a count', table('Mean,45,500', 'SD,26,230', `n,${SIZE},${SIZE}`), 42, 43, 44],
  ['Budget und Vorjahr', table('Budget,4000,20000', 'Vorjahr,3900,19000'), 42, 43],
  ['Plan', table('Plan,4000,20000'), 42],
  [
    'Mediana, desviación estándar',
    table(of('Mediana', median), of('Desviación estándar', deviation)),
    42,
    43,
  ],
  ['Points Possible', named(student, '    Points Possible,10,100,'), 2],
  ['max. Punkte', named(student, 'max. Punkte,10,100,'), 2],
  ['Max Score below', `${named(student)}Max Score,10,100,\n`, 42],
  [
    'below dates',
    `day,units,sales\n${many(SIZE, (k) => `2024-01-${10 + (k % 20)},${unit(k)},${sale(k)}`).join('\n')}\n${all.join('\n')}\n`,
    42,
    43,
    44,
    45,
  ],
];

const quiet: readonly [what: string, text: string][] = [
  ['a last region called Median', table('Median,44,380')],
  ['a last class called Budget', table('Budget,5,60')],
  ['Min and Max as names', named((k) => (k === 38 ? 'Min,5,60,P' : k === 39 ? 'Max,6,61,P' : student(k)))],
  [
    'classes called Mean and Budget',
    table(...many(12, (k) => `${['Mean', 'Budget', 'SD'][k % 3]},${unit(k)},${sale(k)}`)),
  ],
  [
    'a table of statistics',
    `stat,a,b\n${many(40, (k) => `${['mean', 'sd', 'min', 'max'][k % 4]},${unit(k)},${sale(k)}`).join('\n')}\n`,
  ],
  ['a student called Plan', named((k) => (k === 39 ? 'Plan,7,55,P' : student(k)))],
  ['Points Possible among rows', named((k) => (k === 9 ? 'Points Possible,10,100,P' : student(k)))],
  ['a first row that reaches less', named(student, 'Out of,1,1,P')],
];

describe('statistics below a table, and what its rows are compared with', () => {
  const results = new FieldResults('footers');
  after(() => results.print());
  const linesOf = (text: string, left: readonly number[] = []) =>
    checked(text, { 'csv.leaveOutLines': [...left] }).table.problems.list.flatMap((problem) =>
      problem.code === 'total-row' ? [...problem.args.lines] : [],
    );

  for (const [what, text, ...lines] of cases)
    it(`are named with their lines, and left out by the fix: ${what}`, () => {
      results.add(what, linesOf(text).join(), lines.join());
      assert.deepEqual(linesOf(text), lines);
      const problem = checked(text).table.problems.list.find(({ code }) => code === 'total-row');
      assert.ok(problem);
      const [fix] = fixesOf(problem, course);
      const left = 'value' in fix ? (fix.value as number[]) : 'item' in fix ? [Number(fix.item)] : [];
      assert.deepEqual(left, lines);
      assert.deepEqual(linesOf(text, left), []);
      assert.equal(checked(text, { 'csv.leaveOutLines': left }).table.rows, SIZE);
    });

  it('are named above notes as well', () => {
    assert.deepEqual(
      linesOf(table(...all, 'Source: National Office,,', '* provisional,,', 'n = 40,,')),
      [42, 43, 44, 45],
    );
  });

  for (const [what, text] of [...quiet, ...soundTables().map((each) => [each.name, each.text] as const)])
    it(`are not seen where there are none: ${what}`, () => {
      results.add(what, linesOf(text).join() || 'none', 'none');
      assert.deepEqual(linesOf(text), []);
    });
});
