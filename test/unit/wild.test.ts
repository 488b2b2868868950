// Tables as programs and people write them, each of which was once read wrong without a word.
import assert from 'node:assert/strict';
import { checkTable } from '../../src/data/table/check';

import type { ReadOptions } from '../../src/data/csv/readOptions';
import type { Cell } from '../damage/tables';
import { cells, read, said } from './reading';
import { course } from './course';

interface Wild {
  readonly what: string;
  readonly lines: readonly string[];
  readonly options?: ReadOptions;
  readonly header?: boolean;
  readonly names?: readonly string[];
  /** The first column's cells, from the first on. */
  readonly first?: readonly Cell[];
  readonly last?: readonly Cell[];
  readonly said?: readonly string[];
}

const many = (count: number, line: (i: number) => string) => Array.from({ length: count }, (_, i) => line(i));
const regions = many(30, (i) => `${i % 7}.5,${i % 11},${i % 5},${i % 3 ? 'north' : 'south'}`);

function check({ lines, options, header, names, first, last, said: expected = [] }: Wild): void {
  const table = read(lines.join('\n'), options);
  if (header !== undefined) assert.equal(table.header, header);
  if (names) {
    assert.deepEqual(
      table.columns.map(({ name }) => name),
      names,
    );
  }
  const all = cells(table);
  if (first) assert.deepEqual(all[0].slice(0, first.length), first);
  if (last) assert.deepEqual(all.at(-1)?.slice(0, last.length), last);
  assert.deepEqual(said(table), expected);
}

const suite = (title: string, wild: readonly Wild[]) => {
  describe(title, () => {
    for (const each of wild) it(each.what, () => check(each));
  });
};

suite('the header', [
  {
    what: 'is a line of years over other numbers',
    lines: ['Country,2019,2020', 'France,1.8,1.9', 'Spain,2.1,2.2'],
    ...{ names: ['Country', '2019', '2020'], last: [1.9, 2.2] },
  },
  {
    what: 'is a line of years five apart, and of a word behind them',
    lines: ['1990,1995,2000,region', ...regions],
    names: ['1990', '1995', '2000', 'region'],
  },
  {
    what: 'counts from 0 behind the empty name of the rows’ numbers, as pandas writes it',
    lines: [',0,1', '0,0.12,-1.3', '1,0.55,0.7', '2,0.5,0.1'],
    ...{ names: ['column 1', '0', '1'], last: [-1.3, 0.7, 0.1] },
  },
  {
    what: 'is no line of years where the others are such lines, too',
    lines: ['born,died', '1879,1955', '1906,1978', '1912,1954'].slice(1),
    ...{ header: false, first: [1879, 1906, 1912] },
  },
  {
    what: 'is no line of two numbers that might be years, sixty apart',
    lines: ['1990,2050', '1991,700', '1992,650', '1993,400'],
    ...{ header: false, first: [1990, 1991] },
  },
  {
    what: 'is not in doubt where the line above names the columns',
    lines: [
      'k;a;b;c',
      '400,410,420,430',
      ...many(6, (i) => `${i / 10 + 0.5},${(i * 3) % 7}.5,${i},${(i * 5) % 7}`),
    ],
    ...{ names: ['k', 'a', 'b', 'c'], said: ['mended-row 1:1'] },
  },
  {
    what: 'is in doubt where whole numbers in equal steps stand over others',
    lines: ['400,410,420', ...many(6, (i) => `${i / 10 + 0.5},${(i * 3) % 7}.5,${i}`)],
    ...{ header: false, said: ['doubtful-header 1:1'] },
  },
  {
    what: 'is in doubt where a text stands in the first line alone',
    lines: ['3.5,7,2,region', ...regions],
    ...{ header: false, said: ['doubtful-header 1:1'] },
  },
  {
    what: 'is not in doubt where the first line is like the others',
    lines: ['3.5,7,2,north', ...regions],
    header: false,
  },
  {
    what: 'is not in doubt where texts are not repeated',
    lines: ['3.5,7,2,a name', ...regions, '3.5,7,2,another name'],
    header: false,
  },
  {
    what: 'is what it is told to be, without a note',
    lines: ['2019,2020,2021,region', ...regions],
    options: { header: 'absent' },
    header: false,
  },
  {
    what: 'is none in a table of texts that all stand below, too; that is noted',
    lines: ['sunny,hot,yes', 'rain,cool,no', 'sunny,cool,yes', 'rain,hot,no'],
    ...{ header: false, first: ['sunny', 'rain', 'sunny', 'rain'], said: ['doubtful-header 1:1'] },
  },
  {
    what: 'is one in a table of texts that stand nowhere below',
    lines: ['sky,air,play', 'sunny,hot,yes', 'rain,cool,no', 'sunny,cool,yes', 'rain,hot,no'],
    names: ['sky', 'air', 'play'],
  },
  {
    what: 'has no byte order mark, even if it was written twice',
    lines: ['\uFEFF\uFEFFlabel,a', 'x,1', 'y,2'],
    names: ['label', 'a'],
  },
]);

suite('decimal marks', [
  {
    what: 'thousands with commas between tabs, beside whole numbers without',
    lines: ['pop\ty', '1,234\t0', '12,500\t1', '950\t1'],
    ...{ first: [1234, 12500, 950], said: ['doubtful-decimals 1:1'] },
  },
  {
    what: 'thousands with commas where one number has two of them',
    lines: ['pop;x;y', '1,234,567;2.5;0', '345,000;3.5;1', '950;1.5;1'],
    first: [1234567, 345000, 950],
  },
  {
    what: 'thousands with points where one number has two of them',
    lines: ['pop;y', '1.234.567;0', '345.000;1', '87.150;1', '950;0'],
    first: [1234567, 345000, 87150, 950],
  },
  {
    what: 'thousands with points beside whole numbers without any are in doubt',
    lines: ['pop;y', '1.231;0', '500;1', '21.699;1'],
    said: ['doubtful-decimals 1:1'],
  },
  {
    what: 'coordinates with a point beside prices with a comma',
    lines: ['lat;price;cost', '48.0137;10,5;21,25', '52.5203;11,5;23,75', '53.5511;12,5;1,5'],
    first: [48.0137, 52.5203, 53.5511],
  },
  {
    what: 'numbers with a point and three digits beside prices with a comma are in doubt',
    lines: ['v;price;cost', '48.137;10,5;21,25', '52.520;11,5;23,75', '53.551;12,5;1,5'],
    said: ['doubtful-decimals 1:1'],
  },
  {
    what: 'a number with a mark among thousands does not make them fractions',
    lines: ['pop,y', '"1,234",0', '"12,500",1', '"3,400*",0', '950,1'],
    ...{ first: [1234, 12500, 3400, 950], said: ['doubtful-decimals 1:1', 'marked-numbers 4:1'] },
  },
]);

suite('numbers', [
  {
    what: 'a minus of typography, in brackets, behind the number',
    lines: ['v,y', '\u22121.5,0', '(2.5),1', '3.5-,0', '4,1'],
    first: [-1.5, -2.5, -3.5, 4],
  },
  {
    what: 'amounts as accounts have them, and with the code of a currency',
    lines: ['v,y', '" $1,200.00 ",0', 'CHF 10.50,1', '12 EUR,0', '"1\'234.5",1'],
    ...{ first: [1200, 10.5, 12, 1234.5], said: ['mixed-units 3:1'] },
  },
]);

suite('what is not what it seems', [
  {
    what: 'a minus beside a plus is a class, not a missing value',
    lines: ['v,sign', '1,+', '2,-', '3,+', '4,?'],
    last: ['+', '-', '+', null],
  },
  {
    what: 'a minus alone is a missing value',
    lines: ['v,kind', '1,a', '2,-', '3,b'],
    last: ['a', null, 'b'],
  },
  {
    what: 'amounts in two currencies are named',
    lines: ['v,price', '1,$100', '2,€100', '3,$5'],
    ...{ last: [100, 100, 5], said: ['mixed-units 3:3'] },
  },
  {
    what: 'percentages beside plain numbers are named',
    lines: ['v,share', '1,12%', '2,0.12', '3,0.5'],
    ...{ last: [12, 0.12, 0.5], said: ['mixed-units 2:3'] },
  },
  {
    what: 'amounts with and without their currency are the same',
    lines: ['v,price', '1,$100', '2,50'],
    last: [100, 50],
  },
]);

suite('blanks', [
  {
    what: 'do not cut up texts in a table of one column',
    lines: ['name', 'John Smith', 'Ann Lee', 'Bob Ray'],
    ...{ names: ['name'], first: ['John Smith', 'Ann Lee', 'Bob Ray'] },
  },
  {
    what: 'do not cut up a list of numbers in a cell',
    lines: [
      'label,signal',
      ...many(30, (i) => `${'ab'[i % 2]},${many(12, (k) => String(((i * k) % 10) / 10)).join(' ')}`),
    ],
    ...{ names: ['label', 'signal'], first: ['a', 'b'] },
  },
  {
    what: 'delimit numbers below a title',
    lines: ['A title', 'a b c', '1 2 3', '4 5 6', '7 8 9'],
    names: ['a', 'b', 'c'],
    said: ['preamble 1:1'],
  },
]);

describe('what columns are for', () => {
  const found = (lines: readonly string[]) => {
    const { columns, chosen, table } = checkTable(read(lines.join('\n')), course);
    return {
      types: columns.map(({ typed }) => typed.type),
      target: columns[chosen.index].read.name,
      codes: table.problems.list.map(({ code }) => code),
    };
  };

  it('a label is the target, not the coordinate y', () => {
    const { target } = found(['x,y,label', ...many(30, (i) => `${i % 7}.5,${(i * 3) % 11}.5,${i % 2}`)]);
    assert.equal(target, 'label');
  });

  it('whole numbers too long to be told apart are an identifier, not a constant', () => {
    const { types } = found([
      'user_key,v,label',
      ...many(30, (i) => `89242064355533619${i % 10},${(i * 3) % 11}.5,${'ab'[i % 2]}`),
    ]);
    assert.equal(types[0], 'identifier');
    assert.equal(
      found(['mass,v,label', ...many(30, (i) => `${1 + (i % 9)}e23,${(i * 3) % 11}.5,${'ab'[i % 2]}`)])
        .types[0],
      'number',
    );
  });

  it('nines far from all others are named, with what to do', () => {
    const rows = many(
      30,
      (i) => `${i % 10 === 3 ? -9999 : 20 + (i % 7) / 10},${(i * 3) % 11}.5,${'ab'[i % 2]}`,
    );
    const { table } = checkTable(read(['temperature,v,label', ...rows].join('\n')), course);
    const problem = table.problems.list.find((each) => each.code === 'placeholder-value');
    assert.deepEqual(problem?.args, { column: 'temperature', texts: ['-9999'], count: 3, rows: 30 });
    assert.deepEqual([problem.line, problem.rows], [5, 3]);
    const alike = many(30, (i) => `${i * 350},${(i * 3) % 11}.5,${'ab'[i % 2]}`);
    assert.ok(!found(['size,v,label', ...alike, '9999,1,a', '9999,2,b']).codes.includes('placeholder-value'));
  });

  it('a last row that sums up the others is named, with the rows above it', () => {
    const rows = many(30, (i) => `region ${i % 4},${(i * 3) % 11}.5,${'ab'[i % 2]}`);
    const { table } = checkTable(read(['region,sales,label', ...rows, 'Total,150,a'].join('\n')), course);
    const [problem] = table.problems.list.filter(({ code }) => code === 'total-row');
    assert.deepEqual([problem.line, problem.rows], [32, 30]);
    assert.ok(
      !found(['region,sales,label', ...rows, 'Total,150,a', 'Total,1,b']).codes.includes('total-row'),
    );
  });

  for (const name of ['PassengerId', 'CustomerID', 'Unnamed: 0', 'rownames', 'S.No', 'Serial No.']) {
    it(`${name}, which counts the rows, is an identifier`, () => {
      const { types } = found([
        `${name},v,label`,
        ...many(30, (i) => `${i + 1},${(i * 3) % 11}.5,${'ab'[i % 2]}`),
      ]);
      assert.equal(types[0], 'identifier');
    });
  }

  for (const [name, date] of [
    ['the hour in one digit', (i: number) => `${1 + (i % 9)}/${13 + (i % 9)}/2024 9:0${i % 10}`],
    [
      'morning and afternoon',
      (i: number) => `12/${13 + (i % 9)}/2024 3:0${i % 10}:00 ${i % 2 ? 'AM' : 'PM'}`,
    ],
    ['a time zone', (i: number) => `2024-01-1${i % 10} 10:00:0${i % 10}+02:00`],
    ['the month’s name', (i: number) => `1${i % 10}-${['Jan', 'Feb', 'Mar'][i % 3]}-2024`],
    ['the month’s name first', (i: number) => `${['January', 'Feb', 'Mar'][i % 3]} ${1 + (i % 28)}, 2024`],
  ] as const) {
    it(`dates with ${name} are dates`, () => {
      const { types } = found([
        'when,v,label',
        ...many(30, (i) => `"${date(i)}",${(i * 3) % 11}.5,${'ab'[i % 2]}`),
      ]);
      assert.equal(types[0], 'date');
    });
  }
});
