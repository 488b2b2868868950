// A header with a name fewer than the rows have cells: R's names of rows, or names that would all shift.
import assert from 'node:assert/strict';

import { fixesOf } from '../../src/host/quickFixes';
import { checked, notes } from '../field/reading';
import { FieldResults } from '../field/results';
import { course } from './course';

const rows = (header: string, row: (k: number) => string, count = 40) =>
  `${header}\n${Array.from({ length: count }, (_, k) => `${row(k)}\n`).join('')}`;
const mixed = (k: number, n: number) => ((k * 7919 + 13) % 104729) % n;
const pad = (value: number) => String(value).padStart(2, '0');
const day = (k: number) => `${pad(1 + (k % 28))}.${pad(1 + Math.floor(k / 28))}.2023`;
const onOff = (k: number) => ['on', 'off'][mixed(k, 2)];
const comma = (k: number) => `${10 + mixed(k, 9)},${mixed(k + 3, 10)}`;
const time = (k: number) => `${pad(Math.floor(k / 4))}:${pad(15 * (k % 4))}`;

const tables: readonly [what: string, text: string, ...said: string[]][] = [
  [
    'dates, and a decimal comma',
    rows('datum,temp,state', (k) => `${day(k)},${comma(k)},${onOff(k)}`),
    'header-mismatch 1 temp',
  ],
  [
    'few rows of it',
    rows('date,temp,state', (k) => `2023-01-${pad(k + 1)},${comma(k)},${onOff(k)}`, 9),
    'header-mismatch 1 temp',
  ],
  [
    'times, and a decimal comma',
    rows('time,kwh,state', (k) => `${time(k)},${mixed(k, 4)},${100 + mixed(k, 900)},${onOff(k)}`),
    'header-mismatch 1 kwh',
  ],
  [
    'a count, called so, and a decimal comma',
    rows('id,temp,state', (k) => `${k + 1},${comma(k)},${onOff(k)}`),
    'header-mismatch 1 temp',
  ],
  [
    'texts, and cents',
    rows('article,price,sold', (k) => `A${pad(k)},${10 + mixed(k, 9)},${pad(mixed(k + 5, 100))},${onOff(k)}`),
    'header-mismatch 1 price',
  ],
  [
    'dates without a comma to suspect, called so',
    rows('date,temp,state', (k) => `${day(k)},${comma(k).replace(',', '.')},${mixed(k, 7)}.5,${onOff(k)}`),
    'header-mismatch 1 nothing',
  ],
  [
    'texts that repeat, and a decimal comma',
    rows('city,temp,state', (k) => `c${k % 9},${comma(k)},${onOff(k)}`),
    'header-mismatch 1 temp',
  ],
];

const doubtful: readonly [what: string, text: string, ...said: string[]][] = [
  [
    'texts, and whole numbers',
    rows('cars,gears,kind', (k) => `car${k},${4 + mixed(k, 20)},${3 + mixed(k + 1, 3)},${onOff(k)}`),
    'row-names 1 gears',
  ],
  [
    'dates under other names',
    rows('open,close,label', (k) => `${day(k)},${mixed(k, 99)}.25,${mixed(k + 3, 99)}.5,${onOff(k)}`),
    'row-names 1 nothing',
  ],
  [
    'an identifier that repeats',
    rows('id,size,label', (k) => `${k + 1},${mixed(k, 9)},${mixed(k + 3, 99)}.5,${onOff(k)}`),
    'row-names 1 nothing',
  ],
];

const sound: readonly [what: string, text: string][] = [
  ['counts', rows('x,y,kind', (k) => `${k + 1},${mixed(k, 99)}.5,${mixed(k + 1, 9)},${onOff(k)}`)],
  ['texts', rows('mpg,cyl,am', (k) => `"car ${k}",${mixed(k, 99)}.5,${4 + 2 * (k % 3)},${onOff(k)}`)],
  [
    'quoted',
    rows('"speed","dist","kind"', (k) => `"${k + 1}",${mixed(k, 9)},${mixed(k + 1, 9)},"${onOff(k)}"`),
  ],
  [
    'quoted dates',
    rows('"open","close","up"', (k) => `"${day(k)}",${mixed(k, 99)},${mixed(k + 1, 99)},"${onOff(k)}"`),
  ],
  ['a key that is one', rows('id,size,label', (k) => `${k + 1},${900 - k},${mixed(k, 99)}.5,${onOff(k)}`)],
  ['tabs', rows('speed\tdist\tkind', (k) => `r${k}\t${mixed(k, 9)}\t${mixed(k + 1, 9)}\t${onOff(k)}`)],
  ['blanks', rows('speed dist kind', (k) => `r${k} ${mixed(k, 9)} ${mixed(k + 1, 9)} ${onOff(k)}`)],
  [
    'large numbers',
    rows('pop,area,kind', (k) => `r${k},${mixed(k, 900)},${mixed(k + 1, 90_000)},${onOff(k)}`),
  ],
  ['numbers below zero', rows('a,b,kind', (k) => `r${k},${mixed(k, 90)},${mixed(k + 1, 9) - 4},${onOff(k)}`)],
];

describe('a header that is one name short', () => {
  const results = new FieldResults('short header');
  after(() => results.print());
  const said = (text: string) =>
    checked(text).table.problems.list.flatMap(({ code, line, args }) =>
      code === 'row-names' || code === 'header-mismatch'
        ? [`${code} ${line} ${args.divided ?? 'nothing'}`]
        : [],
    );

  for (const [what, text, ...expected] of [...tables, ...doubtful])
    it(`is named: ${what}`, () => {
      results.add(what, said(text).join(), expected.join());
      assert.deepEqual(said(text), expected);
    });

  for (const [what, text] of sound)
    it(`names the columns behind the names of rows: ${what}`, () => {
      results.add(what, said(text).join() || 'nothing', 'nothing');
      assert.deepEqual(said(text), []);
      const { columns } = checked(text);
      assert.deepEqual([columns.length, columns[0].read.name], [4, 'column 1']);
    });

  it('is refused where it is long instead, above rows that end with an empty cell', () => {
    const text = rows('a,b,c,d', (k) => `${k},${mixed(k, 9)},`);
    assert.deepEqual(said(text), ['header-mismatch 1 nothing']);
  });

  it('lets another delimiter be chosen', () => {
    const { problems } = checked(doubtful[0][1]).table;
    const problem = problems.list.find(({ code }) => code === 'row-names');
    assert.ok(problem);
    assert.deepEqual(
      fixesOf(problem, course).map(({ title }) => title),
      ['Choose the delimiter of this file…'],
    );
  });

  it('is whole with the comma in quotes', () => {
    const text = rows('datum,temp,state', (k) => `${day(k)},"${comma(k)}",${onOff(k)}`);
    assert.deepEqual(notes(checked(text), 'leakage'), []);
  });
});
