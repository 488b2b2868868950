// Lines of words below a header: units, types and questions are passed over, words that are values are a row.
import assert from 'node:assert/strict';
import { checked, notes } from '../field/reading';
import { FieldResults } from '../field/results';

const many = <T>(count: number, make: (k: number) => T) => Array.from({ length: count }, (_, k) => make(k));
const mixed = (k: number, n: number) => ((k * 7919 + 13) % 104729) % n;
const lines = (...all: readonly string[]) => `${all.join('\n')}\n`;
const COMMON = [
  'duplicate-rows',
  'leakage',
  'missing-values',
  'identifier-column',
  'free-text',
  'list-column',
  'constant-column',
  'doubtful-task',
];
const shops = many(40, (k) => `S${k % 5},${mixed(k, 9)},${mixed(k + 7, 8)},${'yn'[mixed(k, 2)]}`);
const shop = 'shop,length,weight,open';

const passed: readonly [what: string, text: string, rows: number, ...said: string[]][] = [
  ['units', lines(shop, ',mm,kg,', ...shops), 40, 'second-header 2'],
  ['units in parentheses', lines(shop, ',(mm),(kg),', ...shops), 40, 'second-header 2'],
  ['types', lines(shop, 'string,int,float,bool', ...shops), 40, 'second-header 2'],
  [
    'codes of questions',
    lines(shop, 'Which shop?,How long?,How heavy?,Is it open?', 'Q1,Q2,Q3,Q4', ...shops),
    40,
    'second-header 2',
    'second-header 3',
  ],
  [
    'questions, and what imports them',
    lines(
      'StartDate,Progress,Q1,Q2',
      'Start Date,Progress,How old are you?,"Rate, 1-7"',
      '"{""ImportId"":""startDate""}","{""ImportId"":""progress""}","{""ImportId"":""QID1""}","{""ImportId"":""QID2""}"',
      ...many(40, (k) => `2023-06-01 0${k % 9}:3${k % 6}:00,100,${20 + mixed(k, 50)},${1 + mixed(k, 7)}`),
    ),
    40,
    'second-header 2',
    'second-header 3',
  ],
  [
    'a logger’s units and ways to sum up',
    lines(
      '"TOA5","Station","CR1000","123","std","prog","4411","Table"',
      '"TIMESTAMP","RECORD","AirT","RH"',
      '"TS","RN","Deg C","%"',
      '"","","Avg","Smp"',
      ...many(
        40,
        (k) => `"2023-06-01 0${k % 9}:3${k % 6}:00",${1000 + k},${mixed(k, 30)}.5,${mixed(k, 90)}.25`,
      ),
    ),
    40,
    'preamble 1',
    'second-header 3',
    'second-header 4',
  ],
];

const patients = many(40, (k) =>
  [
    20 + mixed(k, 60),
    mixed(k, 5) ? mixed(k + 1, 90) : '>90',
    mixed(k + 2, 4) ? `0.${10 + mixed(k, 90)}` : 'BLQ',
    mixed(k + 3, 4) ? mixed(k, 25) : 'ex',
    'yn'[mixed(k, 2)],
  ].join(','),
);
const at = (line: number, row: string) =>
  lines('age,egfr,trop,smoker,resp', ...patients.slice(0, line - 2), row, ...patients.slice(line - 2));

const values: readonly [what: string, text: string][] = [
  ['bounds and words', at(22, '>89,>90,BLQ,ex,n')],
  ['words that stand beside numbers elsewhere', at(22, 'unknown,>90,BLQ,ex,n')],
  ['a bound alone', at(22, 'old,< 5,low,some,n')],
  ['in the second line', at(2, '>89,>90,BLQ,ex,n')],
  ['in the last line', at(41, '>89,>90,BLQ,ex,n')],
];

const refused: readonly [what: string, text: string][] = [
  ['a second table', lines(shop, ...shops, 'city,width,height,state', ...shops)],
  ['units further below', lines(shop, ...shops.slice(0, 20), ',mm,kg,', ...shops.slice(20))],
];

describe('a line of words over columns of numbers', () => {
  const results = new FieldResults('lines of words');
  after(() => results.print());

  for (const [what, text, rows, ...said] of passed)
    it(`is passed over by name: ${what}`, () => {
      const found = checked(text);
      const came = notes(found, ...COMMON);
      results.add(what, came.join(), said.join());
      assert.deepEqual(came, said);
      assert.equal(found.table.rows, rows);
    });

  for (const [what, text] of values)
    it(`is a row where its words are values: ${what}`, () => {
      const found = checked(text);
      const codes = new Set(found.table.problems.list.map(({ code }) => code));
      results.add(what, `${found.table.rows} rows`, '41 rows');
      assert.equal(found.table.rows, 41);
      assert.ok(!codes.has('words-in-numbers') && !codes.has('second-header'));
      assert.ok(codes.has('text-in-numbers'));
    });

  for (const [what, text] of refused)
    it(`keeps the table from being trained on else: ${what}`, () => {
      const codes = checked(text).table.problems.list.map(({ code }) => code);
      results.add(what, codes.filter((code) => code === 'words-in-numbers').join(), 'words-in-numbers');
      assert.ok(codes.includes('words-in-numbers'));
    });
});
