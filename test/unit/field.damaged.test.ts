// What was lost before a table was saved: characters, and the order of day and month.
import assert from 'node:assert/strict';

import { fixesOf } from '../../src/host/quickFixes';
import { checked, soundTables } from '../field/reading';
import { FieldResults } from '../field/results';
import { course } from './course';

const many = <T>(count: number, make: (k: number) => T) => Array.from({ length: count }, (_, k) => make(k));
const mixed = (k: number, n: number) => ((k * 7919 + 13) % 104729) % n;
const pad = (value: number) => String(value).padStart(2, '0');
const table = (name: string, cell: (k: number) => string, count = 60) =>
  `${name},b,y\n${many(count, (k) => `${cell(k)},${mixed(k, 9)},${'pq'[mixed(k + 1, 2)]}\n`).join('')}`;

type Code = 'lost-characters' | 'swapped-dates' | 'contrary-dates';
const said = (text: string, code: Code) =>
  checked(text).table.problems.list.flatMap((problem) => (problem.code === code ? [problem] : []));

function tests(
  code: Code,
  named: readonly [what: string, text: string, line: number][],
  near: readonly [what: string, text: string][],
) {
  const results = new FieldResults(code);
  after(() => results.print());
  for (const [what, text, line] of named)
    it(`is named once, with a fix: ${what}`, () => {
      const found = said(text, code);
      results.add(what, found.map((problem) => problem.line).join(), String(line));
      assert.deepEqual(
        found.map((problem) => problem.line),
        [line],
      );
      assert.ok(fixesOf(found[0], course).length > 0);
    });
  for (const [what, text] of [
    ...near,
    ...soundTables().map((each): [string, string] => [each.name, each.text]),
  ])
    it(`is not seen where there is none: ${what}`, () => {
      results.add(what, said(text, code).length === 0 ? 'nothing' : code, 'nothing');
      assert.deepEqual(said(text, code), []);
    });
}

const town = (lost: string) => (k: number) =>
  k > 6 && k % 5 === 2 ? lost : ['Bonn', 'Rom', 'Ulm'][mixed(k, 3)];

describe('a character that was lost', () => {
  tests(
    'lost-characters',
    [
      ['in a cell', table('town', town('K\uFFFDln')), 9],
      ['in quotes', table('town', town('"K\uFFFDln, am Rhein"')), 9],
      ['in a name', table('Gr\uFFFD\uFFFDe', town('Aalen')), 1],
      ['in the last cell', table('town', (k) => (k === 59 ? 'M\uFFFDnster' : 'Bonn')), 61],
      ['alone', table('town', town('\uFFFD')), 9],
      ['in a column of numbers', table('n', (k) => (k === 20 ? '3\uFFFD5' : String(mixed(k, 90)))), 22],
    ],
    [
      ['letters that are there', table('town', town('Köln'))],
      ['a question mark', table('town', town('K?ln'))],
    ],
  );
});

/** Days as they are written, and as a spreadsheet with the month in front saves those that it can read. */
const day = (k: number) => [1 + mixed(k, 28), 1 + mixed(k + 5, 12), 2023] as const;
const iso = (k: number) => `2023-${pad(day(k)[1])}-${pad(day(k)[0])}`;
const swapped =
  (early: (d: number, m: number, y: number) => string, late: (d: number, m: number, y: number) => string) =>
  (k: number) => {
    const [d, m, y] = day(k);
    return d <= 12 ? early(d, m, y) : late(d, m, y);
  };
const slashed = (d: number, m: number, y: number) => `${pad(d)}/${pad(m)}/${y}`;
const dotted = (d: number, m: number, y: number) => `${pad(d)}.${pad(m)}.${y}`;

describe('a day that was taken for a month', () => {
  const first = (cell: (k: number) => string, pattern: RegExp) =>
    2 + many(60, cell).findIndex((text) => pattern.test(text));
  const cases: readonly [string, (k: number) => string, RegExp][] = [
    ['ISO among slashes', swapped((d, m, y) => `${y}-${pad(d)}-${pad(m)}`, slashed), /^\d{4}/],
    ['ISO among points', swapped((d, m, y) => `${y}-${pad(d)}-${pad(m)}`, dotted), /^\d{4}/],
    ['with midnight', swapped((d, m, y) => `${y}-${pad(d)}-${pad(m)} 00:00:00`, slashed), /^\d{4}/],
    ['slashes among points', swapped((d, m, y) => `${d}/${m}/${y}`, dotted), /\//],
    ['hyphens among slashes', swapped((d, m, y) => `${pad(m)}-${pad(d)}-${y}`, slashed), /-/],
  ];
  tests(
    'swapped-dates',
    cases.map(([what, cell, pattern]) => [what, table('exam', cell), first(cell, pattern)]),
    [
      ['one form', table('exam', iso)],
      ['two forms for all days', table('exam', (k) => (k % 2 ? iso(k) : slashed(...day(k))))],
      ['two forms, one after the other', table('exam', (k) => (k < 30 ? iso(k) : slashed(...day(k))))],
      ['a few of another form', table('exam', (k) => (k < 3 ? '2023-01-02' : slashed(...day(k))))],
      [
        'first days of months',
        table('exam', (k) => (k % 2 ? `2023-0${1 + mixed(k, 9)}-01` : slashed(...day(k)))),
      ],
    ],
  );
});

describe('dates that contradict one another', () => {
  const dayFirst = (k: number) => slashed(...day(k));
  const monthFirst = (k: number) => `${pad(day(k)[1])}/${pad(day(k)[0])}/2023`;
  const isLate = (k: number) => day(k)[0] > 12;
  const halves = (k: number) => (k < 30 ? dayFirst(k) : monthFirst(k));
  const second = 2 + many(60, (k) => k >= 30 && isLate(k)).indexOf(true);
  const turns = (k: number) => (k % 2 ? dayFirst(k) : monthFirst(k));
  const firstOf = (rest: number) => many(60, (k) => isLate(k) && k % 2 === rest).indexOf(true);
  const few = ['13/03/2023', '03/14/2023', '03/04/2023'];
  tests(
    'contrary-dates',
    [
      ['half of them', table('when', halves), second],
      [
        'the other half',
        table('when', (k) => halves(59 - k)),
        2 + 59 - many(60, (k) => k < 30 && isLate(k)).lastIndexOf(true),
      ],
      ['in turns', table('when', turns), 2 + Math.max(firstOf(0), firstOf(1))],
      ['with times', table('when', (k) => `${halves(k)} 10:${pad(mixed(k, 60))}`), second],
      ['as few categories', table('when', (k) => few[k % 3], 24), 3],
    ],
    [
      ['the day in front', table('when', dayFirst)],
      ['the month in front', table('when', monthFirst)],
      ['one slip', table('when', (k) => (k === 9 ? '03/25/2023' : dayFirst(k)))],
      ['days up to the twelfth', table('when', (k) => `0${1 + mixed(k, 9)}/0${1 + mixed(k + 1, 9)}/2023`)],
      ['ISO', table('when', iso)],
    ],
  );
  it('are told apart from those that nothing tells', () => {
    const evidence = checked(table('when', halves)).columns[0].typed.evidence;
    assert.deepEqual(evidence.args, { formats: ['day/month/year', 'month/day/year'], areContrary: true });
  });
});
