// Titles above a header as spreadsheets save them, and headers that are repeated.
import assert from 'node:assert/strict';
import { readTable } from '../../src/data/csv/read';
import { checked, notes } from '../field/reading';
import { FieldResults } from '../field/results';

const many = <T>(count: number, make: (k: number) => T) => Array.from({ length: count }, (_, k) => make(k));
const mixed = (k: number, n: number) => ((k * 7919 + 13) % 104729) % n;
const words = many(30, (k) => `${'ABC'[k % 3]},${['red', 'blue'][mixed(k, 2)]},${'yn'[mixed(k + 1, 2)]}`);
const numbers = many(
  30,
  (k) => `${'ABC'[k % 3]},${mixed(k, 97)}.5,${mixed(k + 7, 89)}.25,${'yn'[mixed(k, 2)]}`,
);
const lines = (...all: readonly string[]) => `${all.join('\n')}\n`;
const COMMON = ['duplicate-rows', 'leakage', 'missing-values'];

const titles: readonly [what: string, text: string, names: string, ...said: string[]][] = [
  [
    'a title, and a blank line',
    lines('Survey 2023,,', ',,', 'shop,color,open', ...words),
    'shop color open',
    'preamble 1',
  ],
  [
    'above numbers',
    lines('Survey 2023,,,', ',,,', 'shop,len,qty,open', ...numbers),
    'shop len qty open',
    'preamble 1',
  ],
  [
    'two titles',
    lines('Survey,,', 'of 2023,,', 'shop,color,open', ...words),
    'shop color open',
    'preamble 1',
    'preamble 2',
  ],
  [
    'titles and blank lines',
    lines('Survey,,,', ',,,', 'Source: us,,,', ',,,', ',,,', 'shop,len,qty,open', ...numbers),
    'shop len qty open',
    'preamble 1',
    'preamble 3',
  ],
  ['blank lines alone', lines(',,', ',,', 'shop,color,open', ...words), 'shop color open'],
  [
    'a title in the middle',
    lines(',Survey,,', ',,,', 'shop,len,qty,open', ...numbers),
    'shop len qty open',
    'preamble 1',
  ],
  [
    'semicolons',
    lines('Umfrage;;', ';;', ...['shop,color,open', ...words].map((each) => each.replaceAll(',', ';'))),
    'shop color open',
    'preamble 1',
  ],
];

const repeated: readonly [what: string, header: string, row: (k: number) => string][] = [
  ['plus and minus', 'rk,+/-,star', (k) => `${k + 1},${mixed(k, 15) - 7},${'yn'[mixed(k, 2)]}`],
  ['a year', 'rk,2020,pts,star', (k) => `${k + 1},${mixed(k, 55)},${mixed(k + 9, 40)},${'yn'[mixed(k, 2)]}`],
  ['years', 'land,2019,2020,2021', (k) => `l${k},${mixed(k, 55)},${mixed(k + 9, 40)},${mixed(k + 3, 70)}`],
  ['a point', 'rk,.avg,star', (k) => `${k + 1},${mixed(k, 55)}.5,${'yn'[mixed(k, 2)]}`],
  ['words', 'rk,len,star', (k) => `${k + 1},${mixed(k, 55)}.5,${'yn'[mixed(k, 2)]}`],
  ['a number', 'rk,1st,"3",star', (k) => `${k + 1},${mixed(k, 55)},${mixed(k + 9, 40)},${'yn'[mixed(k, 2)]}`],
];

describe('a title above a header, filled up with delimiters', () => {
  const results = new FieldResults('titles');
  after(() => results.print());

  for (const [what, text, names, ...said] of titles)
    it(`is passed over by name: ${what}`, () => {
      const found = checked(text);
      const came = [found.columns.map(({ read }) => read.name).join(' '), ...notes(found, ...COMMON)];
      results.add(what, came.join(', '), [names, ...said].join(', '));
      assert.deepEqual(came, [names, ...said]);
      assert.equal(found.table.rows, 30);
    });

  const near: readonly [what: string, text: string, names: string, rows: number][] = [
    ['a header', lines('shop,color,open', ...words), 'shop color open', 30],
    ['a header with one name', lines('shop,,', 'A,,', 'B,,', ...words), 'shop column 2 column 3', 32],
    ['an empty row below the header', lines('shop,color,open', ',,', ...words), 'shop color open', 31],
    [
      'rows without a header',
      lines(...many(30, (k) => `${mixed(k, 97)},,${mixed(k, 89)}`)),
      'column 1 column 2 column 3',
      30,
    ],
  ];
  for (const [what, text, names, rows] of near)
    it(`is none: ${what}`, () => {
      const found = checked(text);
      assert.equal(found.columns.map(({ read }) => read.name).join(' '), names);
      assert.equal(found.table.rows, rows);
      assert.deepEqual(
        notes(found, ...COMMON).filter((each) => each.startsWith('preamble')),
        [],
      );
    });
});

describe('a header that is repeated', () => {
  const results = new FieldResults('repeated headers');
  after(() => results.print());

  for (const [what, header, row] of repeated) {
    it(`is named, and passed over: ${what}`, () => {
      const found = checked(
        lines(
          header,
          ...many(9, row),
          header,
          ...many(9, (k) => row(k + 9)),
          header,
          ...many(9, (k) => row(k + 18)),
        ),
      );
      const came = notes(found, ...COMMON, 'identifier-column', 'header-mismatch');
      results.add(what, came.join(', '), 'repeated-header 11, repeated-header 21');
      assert.deepEqual(came, ['repeated-header 11', 'repeated-header 21']);
      assert.equal(found.table.rows, 27);
      assert.deepEqual(
        found.columns.map(({ read }) => read.name),
        header.replaceAll('"', '').split(','),
      );
    });
    it(`is none where it stands once: ${what}`, () => {
      const found = checked(lines(header, ...many(27, row)));
      assert.deepEqual(
        notes(found, ...COMMON, 'identifier-column').filter((each) => each.startsWith('repeated')),
        [],
      );
    });
  }

  it('is seen whether or not its words stand among the rows, in pieces of any size', () => {
    const header = 'rk,2020,star';
    const data = many(9, (k) => `${k === 2 ? 'rk' : k},${mixed(k, 55)},${k === 3 ? 'star' : 'yn'[k % 2]}`);
    const bytes = new TextEncoder().encode(lines(header, ...data, header, ...data, header));
    for (const size of [1, 7, 20, bytes.length]) {
      const pieces = many(Math.ceil(bytes.length / size), (k) => bytes.subarray(k * size, (k + 1) * size));
      const { rows, problems } = readTable(() => pieces);
      const found = problems.list.filter(({ code }) => code === 'repeated-header');
      assert.deepEqual([rows, ...found.map(({ line }) => line)], [18, 11, 21]);
    }
  });

  it('is a row where its names are numbers, in pieces of any size', () => {
    const bytes = new TextEncoder().encode('1;2\n"p\nq",9\na,b\n1,2\n1,2');
    const read = (size: number) => {
      const pieces = many(Math.ceil(bytes.length / size), (k) => bytes.subarray(k * size, (k + 1) * size));
      return readTable(() => pieces).rows;
    };
    assert.deepEqual(
      [1, 7, 10, 13].map(read),
      many(4, () => read(bytes.length)),
    );
  });

  it('is none where a first row of data stands once more', () => {
    const found = checked(
      lines('1,2,x', ...many(20, (k) => `${mixed(k, 9)},${mixed(k, 7)},${'xy'[k % 2]}`), '1,2,x'),
    );
    assert.deepEqual([found.table.header, found.table.rows], [false, 22]);
  });
});
