// What is written may be meant in two ways: it is read in the one that nothing speaks against, and that is said.
import assert from 'node:assert/strict';
import { readDataset } from '../../src/data/dataset';
import { applyTransform } from '../../src/data/transform';
import { fixesOf } from '../../src/host/quickFixes';

import { checked, notes, soundTables } from '../field/reading';
import { FieldResults } from '../field/results';
import { course } from './course';

const many = (make: (i: number) => string, count = 60) => Array.from({ length: count }, (_, i) => make(i));
/** Numbers from 0 to 100 in no order. */
const mixed = (i: number) => (i * 37) % 101;
const oneOf = (...texts: readonly string[]) => many((i) => texts[(i * 7 + (i >> 2)) % texts.length]);
/** `odd` in some rows, `cell` in the others. */
const some = (odd: string, cell: (i: number) => string, each = 15) =>
  many((i) => (i % each === 7 ? odd : cell(i)));
const two = (value: number) => String(value).padStart(2, '0');
const day = (i: number) => two(1 + (i % 28));
const month = (i: number) => two(1 + (i % 12));

const tableOf = (cells: readonly string[], name: string) =>
  [
    `${name}\tz\tlabel`,
    ...cells.map((cell, i) => `${cell}\t${(i * 13) % 17}.${i % 9}\t${'ab'[((i * 11) >> 2) & 1]}`),
  ].join('\n');

/** What is said of columns, not of rows that are alike by chance, nor that a column is left out. */
const COMMON = ['missing-values', 'duplicate-rows', 'identifier-column', 'free-text', 'leakage'];

type Row = readonly [
  what: string,
  name: string,
  cells: readonly string[],
  type: string,
  said: readonly string[],
  values?: readonly (number | string | null)[],
];

/** A test for each row: the type of the column, its first values and what is said of it. */
function rows(results: FieldResults, table: readonly Row[]): void {
  for (const [what, name, cells, type, said, values = []] of table) {
    it(`${what}: ${type}${said.length > 0 ? ', and it is said' : ''}`, () => {
      const found = checked(tableOf(cells, name));
      const { read, typed } = found.columns[0];
      const first = values.map((_, row) => {
        if (typed.values.length > 0) return Number.isNaN(typed.values[row]) ? null : typed.values[row];
        return read.codes[row] < 0 ? null : read.texts[read.codes[row]];
      });
      const came = notes(found, ...COMMON);
      results.add(
        `${name}: ${what}`,
        [typed.type, ...first, ...came].join(' '),
        [type, ...values, ...said].join(' '),
      );
      assert.deepEqual([typed.type, first, came], [type, [...values], [...said]]);
    });
  }
}

const CODES = ['codes-like-numbers 2'];

describe('what may be meant in two ways', () => {
  const results = new FieldResults('meant in two ways');
  after(() => results.print());

  describe('numbers under the name of what is only numbered', () => {
    const zips = many((i) => String(10115 + (mixed(i) % 10) * 31));
    const long = many((i) => String(10115 + mixed(i) * 31));
    rows(results, [
      ['post codes', 'zip', zips, 'category', CODES, ['10115', '10332', '10239']],
      ['post codes of Germany', 'PLZ', long, 'identifier', CODES],
      ['post codes behind another word', 'customerPostcode', zips, 'category', CODES],
      ['the first digits of post codes', 'customer_zip_code_prefix', zips, 'category', CODES],
      ['post codes that programs made fractions of', 'zip', zips.map((zip) => `${zip}.0`), 'category', CODES],
      ['telephones', 'phone', many((i) => String(5551234567 + 31 * mixed(i))), 'identifier', CODES],
      ['codes of bars', 'EAN', many((i) => String(4006381333931 + (mixed(i) % 9))), 'category', CODES],
      ['numbers of books', 'isbn', many((i) => String(9783161484100 + 31 * mixed(i))), 'identifier', CODES],
      ['articles', 'sku', many((i) => String(100200 + (mixed(i) % 15))), 'category', CODES],
      ['one that is not known', 'zip', some('0', (i) => zips[i]), 'category', CODES],
      // Near misses.
      ['what was counted', 'phone_calls', many((i) => String(1000 + mixed(i))), 'number', []],
      ['what was found for each', 'income_by_zip', long, 'number', []],
      ['whether there is one', 'telephone', oneOf('0', '1'), 'number', []],
      ['how many there are', 'phone', many((i) => String(mixed(i) % 7)), 'number', []],
      ['prices of telephones', 'phone', many((i) => String(199 + 100 * (i % 9))), 'number', []],
      ['parts of something', 'zip', many((i) => `${1000 + mixed(i)}.5`), 'number', []],
      ['a name inside another', 'zipper_length', long, 'number', []],
      ['amounts', 'population', long, 'number', []],
    ]);

    it('are amounts where a setting says so, as the fix has it', () => {
      const text = tableOf(zips, 'zip');
      const [problem] = checked(text).table.problems.list.filter(({ code }) => code === 'codes-like-numbers');
      assert.deepEqual(fixesOf(problem, course)[0], {
        title: 'Read “zip” as numbers',
        ...{ map: 'data.columnTypes', column: 'zip', value: 'number' },
      });
      const table = checked(text, { 'data.columnTypes': { zip: 'number' } });
      assert.deepEqual([table.columns[0].typed.type, ...notes(table, ...COMMON)], ['number']);
    });
  });

  describe('rooms that look like powers of ten', () => {
    rows(results, [
      ['under the name of a room', 'room', oneOf('4E2', '4E1', '3E2'), 'category', CODES, ['4E2', '4E1']],
      ['under the name of a flat', 'flat_no', oneOf('12E4', '3E1', '2E7'), 'category', CODES],
      ['beside other wings', 'x', oneOf('3B1', '4E2', '2A7', '4E1', '3E2', '5E2'), 'category', []],
      [
        'beside few of other wings',
        'x',
        oneOf('3B1', '4E2', '2A7', '4E1', '3E2', '5E2', '4E7'),
        'category',
        [],
      ],
      // Near misses.
      ['powers of ten', 'x', oneOf('4E2', '4E1', '3E2'), 'number', [], [400, 40]],
      ['powers of ten in a count of rooms', 'rooms', oneOf('1e2', '2e2', '3e1'), 'number', []],
      ['powers with signs', 'room', oneOf('4E+02', '4E-01', '3E+02'), 'number', []],
    ]);
  });

  describe('numbers in parentheses', () => {
    const parentheses = (cell: (i: number) => string, odd = (i: number) => `(${cell(i)})`) =>
      many((i) => (i % 7 === 3 ? odd(i) : cell(i)));
    const plain = (i: number) => `${mixed(i)}.5`;
    const first = [0.5, 37.5, 74.5, -10.5];
    rows(results, [
      ['among measures', 'weight', parentheses(plain), 'number', ['doubtful-negatives 5'], first],
      [
        'whole ones among measures',
        'x',
        parentheses((i) => `${mixed(i)}`),
        'number',
        ['doubtful-negatives 5'],
      ],
      ['in each cell', 'x', many((i) => `(${plain(i)})`), 'number', ['doubtful-negatives 2'], [-0.5, -37.5]],
      // Near misses.
      ['with a currency', 'x', parentheses((i) => `$${plain(i)}`), 'number', [], first],
      ['with thousands', 'x', parentheses((i) => `1,2${two(i)}.5`), 'number', []],
      ['beside a minus', 'x', ['-3.5', ...parentheses(plain)], 'number', []],
      ['under the name of an account', 'net_profit', parentheses(plain), 'number', [], first],
    ]);

    it('can be read as texts, or left aside', () => {
      const { table } = checked(tableOf(parentheses(plain), 'weight'));
      const [problem] = table.problems.list.filter(({ code }) => code === 'doubtful-negatives');
      const titles = fixesOf(problem, course).map(({ title }) => title);
      assert.deepEqual(titles, ['Read “weight” as categories', 'Ignore the column “weight”']);
    });
  });

  describe('days and months without a year', () => {
    const german = many((i) => `${day(i)}.${month(i)}`);
    rows(results, [
      ['the day first', 'Datum', german, 'number', ['dates-in-numbers 1']],
      ['the month first', 'date', many((i) => `${month(i)}.${day(i)}`), 'number', ['dates-in-numbers 1']],
      ['of one month', 'order_date', many((i) => `${day(i)}.03`), 'number', ['dates-in-numbers 1']],
      ['under no telling name, with zeros in front', 'x', german, 'number', ['dates-in-numbers 1']],
      // Near misses.
      ['a count of days', 'days', many((i) => `${mixed(i) % 28}.5`), 'number', []],
      ['no days', 'date', many((i) => `${mixed(i)}.57`), 'number', []],
    ]);

    it('are not offered as dates, which they are not without a year', () => {
      const [problem] = checked(tableOf(german, 'Datum')).table.problems.list.filter(
        ({ code }) => code === 'dates-in-numbers',
      );
      const titles = fixesOf(problem, course).map(({ title }) => title);
      assert.deepEqual(titles, ['Read “Datum” as categories', 'Ignore the column “Datum”']);
    });
  });

  describe('words for true and false, and digits', () => {
    rows(results, [
      ['as often', 'smoker', oneOf('TRUE', 'FALSE', '1', '0'), 'boolean', ['mixed-truths 3'], [1, 0, 1, 0]],
      [
        'mostly digits',
        'smoker',
        oneOf('1', '0', '1', '0', '0', 'TRUE', 'FALSE'),
        'boolean',
        ['mixed-truths 2'],
      ],
      ['answers', 'paid', oneOf('yes', 'no', '1', '0'), 'boolean', ['mixed-truths 3'], [1, 0, 1, 0]],
      ['of one word', 'paid', oneOf('yes', '0', '0'), 'boolean', [], [1, 0, 0]],
      // Near misses.
      ['more digits', 'x', oneOf('1', '0', '2', '3', '1', '0', '2', 'TRUE'), 'number', ['text-in-numbers 3']],
      ['digits alone', 'x', oneOf('1', '0'), 'number', []],
      ['words alone', 'x', oneOf('TRUE', 'FALSE'), 'boolean', []],
    ]);

    it('are two classes, and both read in another table', () => {
      const table = (cells: readonly string[]) =>
        ['z,label', ...cells.map((cell, i) => `${i % 7}.${i % 9},${cell}`)].join('\n');
      const { classes, classOf } = readDataset(table(oneOf('TRUE', 'FALSE', '1', '0')), course);
      assert.deepEqual(
        [classes, [...(classOf ?? [])].slice(0, 4)],
        [
          ['FALSE', 'TRUE'],
          [1, 0, 1, 0],
        ],
      );
      const { transform } = readDataset(tableOf(oneOf('TRUE', 'FALSE'), 'smoker'), course);
      const { columns } = checked(tableOf(oneOf('1', '0'), 'smoker'));
      const { X, unknown } = applyTransform(transform, columns, Int32Array.of(0, 1), 'reference');
      assert.deepEqual(
        [[...X.data.subarray(0, 2)].map(Math.sign), unknown],
        [
          [1, 0],
          [0, 0],
        ],
      );
    });
  });

  describe('years', () => {
    const years = (short: (i: number) => string) => many((i) => (i % 3 ? String(2019 + (i % 5)) : short(i)));
    const thai = many((i) => `${day(i)}/${month(i)}/${2560 + (i % 8)}`);
    rows(results, [
      ['of two digits among four', 'year', years((i) => String(20 + (i % 4))), 'number', ['mixed-years 2']],
      ['of models', 'modelYear', years(() => '19'), 'number', ['mixed-years 2']],
      ['of Buddhists', 'date', thai, 'date', ['other-calendar 2']],
      [
        'of Buddhists, the year first',
        'date',
        many((i) => `${2560 + (i % 8)}-${month(i)}-${day(i)}`),
        'date',
        ['other-calendar 2'],
      ],
      [
        'of Buddhists among others',
        'date',
        many((i) => `${i % 9 ? 2020 : 2564}-${month(i)}-${day(i)}`),
        'date',
        ['other-calendar 2'],
      ],
      ['of Persia', 'date', many((i) => `139${i % 9}/${month(i)}/${day(i)}`), 'date', ['other-calendar 2']],
      [
        'of Persia, dashed',
        'تاریخ',
        many((i) => `140${i % 3}-${month(i)}-${day(i)}`),
        'date',
        ['other-calendar 2'],
      ],
      ['of Islam', 'date', many((i) => `144${i % 6}-${month(i)}-${day(i)}`), 'date', ['other-calendar 2']],
      [
        'of Islam, the day first',
        'date',
        many((i) => `${day(i)}/${month(i)}/143${i % 9}`),
        'date',
        ['other-calendar 2'],
      ],
      // Near misses.
      ['of the Middle Ages', 'date', many((i) => `${1066 + 7 * i}-${month(i)}-${day(i)}`), 'date', []],
      ['of Renaissance painters', 'born', many((i) => `${1440 + 3 * i}-${month(i)}-${day(i)}`), 'date', []],
      ['of the last century', 'date', many((i) => `19${10 + i}-${month(i)}-${day(i)}`), 'date', []],
      ['of four digits', 'year', many((i) => String(2019 + (i % 5))), 'number', []],
      ['of service', 'years', many((i) => String(1 + (i % 40))), 'number', []],
      ['and none', 'year', years(() => '0'), 'number', ['placeholder-value 2']],
      ['numbers beside years', 'score', years((i) => String(20 + (i % 4))), 'number', []],
      ['of two centuries', 'date', many((i) => `${1890 + 2 * i}-${month(i)}-${day(i)}`), 'date', []],
    ]);
  });

  describe('other signs for a minus', () => {
    const signed = (sign: string, behind = '') =>
      many((i) => `${i % 3 ? '' : sign}${1 + mixed(i)}.5${behind}`);
    const first = [-1.5, 38.5, 75.5, -11.5];
    rows(results, [
      ['a dash', 'change', signed('–'), 'number', [], first],
      ['that of mathematics', 'change', signed('−'), 'number', [], first],
      ['a hyphen that does not break', 'change', signed('‑'), 'number', [], first],
      ['a dash before percents', 'change', signed('–', ' %'), 'number', [], first],
      [
        'a dash before a currency',
        'change',
        many((i) => `${i % 3 ? '' : '–'}$${1 + mixed(i)}.5`),
        'number',
        [],
        first,
      ],
      // Near misses.
      ['ranges', 'age', oneOf('10–20', '20–30', '30–40'), 'category', []],
      ['a dash for none', 'x', some('–', (i) => `${mixed(i)}.5`), 'number', ['text-in-numbers 9']],
    ]);
  });

  describe('times of day behind a word', () => {
    rows(results, [
      ['Danish', 'tid', many((i) => `kl. ${6 + (i % 12)}.30`), 'time', [], [6.5 / 24, 7.5 / 24]],
      [
        'Danish and digital',
        'tid',
        many((i) => (i % 2 ? `${6 + (i % 12)}:30` : `kl ${6 + (i % 12)}.30`)),
        'time',
        [],
      ],
      ['German', 'Zeit', many((i) => `um ${6 + (i % 12)}:30 Uhr`), 'time', [], [6.5 / 24]],
      // Near misses.
      ['thousands of litres', 'x', many((i) => `${mixed(i)} kl`), 'number', []],
      ['no times', 'x', many((i) => `kl. ${25 + mixed(i)}.70`), 'identifier', []],
    ]);
  });

  describe('ranges that a spreadsheet made dates of', () => {
    rows(results, [
      [
        'the day first',
        'size',
        oneOf('0-4', '9-May', '14-Oct', '15-19', '20-24'),
        'category',
        ['range-as-date 3'],
      ],
      ['the month first', 'age', oneOf('1-4', 'Oct-14', '15-19', '20-24'), 'category', ['range-as-date 5']],
      [
        'genes',
        'gene',
        oneOf('TP53', 'BRCA1', 'EGFR', '2-Sep', '1-Mar', 'MYC', 'C1orf112', 'HLA-A'),
        'category',
        ['range-as-date 7'],
      ],
      // Near misses.
      ['codes and days, half of each', 'x', oneOf('A12', 'B7', '2-Sep', '3-Oct'), 'category', []],
      [
        'words and days',
        'x',
        oneOf('soon', 'later', 'never', 'now', 'then', 'today', '2-Sep'),
        'category',
        [],
      ],
      ['ranges alone', 'age', oneOf('0-4', '5-9', '10-14'), 'category', []],
      ['days', 'when', oneOf('9-May', '14-Oct', '3-Jun'), 'category', ['unread-numbers 2']],
      [
        'a range among many words',
        'x',
        oneOf('0-4', '9-May', '5-6', 'a', 'b', 'c', 'd', 'e', 'f'),
        'category',
        [],
      ],
    ]);
  });

  describe('numbers that stand for none', () => {
    const scale = (most: number) => (i: number) => String(mixed(i) % (most + 1));
    const found = ['placeholder-value 9'];
    rows(results, [
      ['77 on a scale of five', 'q5', some('77', scale(5)), 'number', found],
      ['99 on a scale of ten', 'satisfaction', some('99', scale(10)), 'number', found],
      ['-1 among counts', 'visits', some('-1', scale(29)), 'number', found],
      ['-1 among few counts', 'num_children', some('-1', scale(3)), 'number', found],
      [
        '-1 among many numbers, and often',
        'x',
        many((i) => (i % 4 === 3 ? '-1' : scale(29)(i))),
        'number',
        ['placeholder-value 5'],
      ],
      // Near misses.
      ['one 77 on a scale', 'q5', many((i) => (i === 7 ? '77' : scale(5)(i))), 'number', ['wild-value 9']],
      ['77 among ages', 'age', some('77', (i) => String(20 + (mixed(i) % 50))), 'number', []],
      ['-1 among temperatures', 'temperature', some('-1', scale(20)), 'number', []],
      ['-1 among differences', 'visits', many((i) => String((mixed(i) % 20) - 5)), 'number', []],
      ['-1 as a class', 'x', oneOf('-1', '0', '1'), 'number', []],
      ['-1 among fractions', 'visits', some('-1', (i) => `${mixed(i) % 20}.5`), 'number', []],
    ]);
  });

  describe('the first day that programs know', () => {
    const births = (odd: string, each = 20) =>
      many((i) => (i % each === 7 ? odd : `${day(i)}/${month(i)}/${1954 + (mixed(i) % 69)}`));
    rows(results, [
      ['among births', 'dob', births('01/01/1900'), 'date', ['far-date 9']],
      ['once among births', 'dob', births('01/01/1900', 99), 'date', ['far-date 9']],
      // Near misses.
      ['a day near to the others', 'dob', births('01/01/1950'), 'date', []],
      ['a day that is no first one', 'dob', births('14/07/1912', 99), 'date', []],
    ]);
  });

  describe('units that nothing tells the factor of', () => {
    rows(results, [
      ['dozens and packs', 'size', oneOf('2 pk', '1 dozen', '6 pk'), 'category', ['other-unit 3']],
      [
        'grams and moles',
        'glucose',
        many((i) => (i % 4 ? `${90 + mixed(i)} mg/dL` : '5.6 mmol/L')),
        'text',
        ['other-unit 3'],
      ],
      // Near misses.
      ['packs alone', 'size', oneOf('2 pk', '4 pk', '6 pk'), 'number', [], [2, 4]],
    ]);
  });

  describe('results of tests', () => {
    const grades = ['+/-', '1+', '2+', '3+'];
    rows(results, [
      ['beside a number', 'protein', oneOf(...grades, '0'), 'category', [], ['+/-', '2+']],
      ['beside a word', 'protein', oneOf(...grades, 'neg'), 'category', []],
      // Near misses.
      [
        'open amounts',
        'age',
        many((i) => (i % 9 ? String(20 + mixed(i)) : '90+')),
        'number',
        ['marked-numbers 2'],
      ],
    ]);
  });

  describe('bounds in words', () => {
    const marked = ['marked-numbers 3'];
    const first = [0, 37, 74];
    const bounds = (odd: string) => oneOf('0', '1', '2', odd);
    rows(results, [
      ['or more', 'kids', bounds('3 or more'), 'number', marked, [0, 3, 2]],
      ['and over', 'x', some('90 and over', (i) => String(mixed(i) % 80)), 'number', ['marked-numbers 9']],
      ['less than', 'x', some('less than 5', (i) => String(mixed(i))), 'number', ['marked-numbers 9'], first],
      [
        'about',
        'x',
        many((i) => (i % 5 === 1 ? `ca. ${mixed(i)}` : String(mixed(i)))),
        'number',
        marked,
        first,
      ],
      [
        'in doubt',
        'x',
        many((i) => (i % 5 === 1 ? `${mixed(i)}?` : String(mixed(i)))),
        'number',
        marked,
        first,
      ],
      ['beside percents', 'x', oneOf('< 0.1%', '1.2%', '3.4%'), 'number', ['marked-numbers 2'], [0.1, 1.2]],
      // Near misses.
      ['classes', 'x', oneOf('less than 50', '50 or more'), 'category', []],
      ['a slip', 'x', many((i) => (i === 7 ? 'over 9' : String(mixed(i)))), 'number', ['text-in-numbers 9']],
    ]);
  });

  describe('ages', () => {
    rows(results, [
      [
        'in two spellings',
        'age',
        many((i) => `${20 + (mixed(i) % 60)}${i % 2 ? 'y' : ' yo'}`),
        'number',
        [],
        [20, 57],
      ],
    ]);
  });

  describe('codes among numbers', () => {
    const codes = (code: (i: number) => string) =>
      many((i) => (i % 4 ? String(100 + 8 * mixed(i)) : code(i)));
    rows(results, [
      ['of diseases', 'diag_1', codes((i) => `V${10 + i}`), 'identifier', []],
      [
        'of tickets',
        'Ticket',
        codes((i) => (i % 8 ? `PC ${1000 + i}` : `A/5 ${2000 + i}`)),
        'identifier',
        [],
      ],
      ['under any name', 'x', codes((i) => `A${10 + i}`), 'number', ['codes-like-numbers 2']],
      // Near misses.
      [
        'a slip under the name of a code',
        'item',
        many((i) => (i === 7 ? 'A12' : String(mixed(i)))),
        'number',
        ['text-in-numbers 9'],
      ],
      ['a slip', 'x', many((i) => (i === 7 ? 'A12' : String(mixed(i)))), 'number', ['text-in-numbers 9']],
      ['a unit behind', 'x', some('5 kg', (i) => `${mixed(i)}.5`), 'number', ['other-unit 9']],
    ]);
  });

  describe('a larger unit', () => {
    const sizes = (odd: string) => some(odd, (i) => `${42 + (mixed(i) % 23)} GiB`);
    rows(results, [
      ['of sizes', 'disk', sizes('1 TiB'), 'number', []],
      ['of what is counted', 'views', many((i) => (i % 4 ? `${100 + mixed(i)}k` : '90M')), 'number', []],
      // Near misses.
      ['in the same unit', 'disk', sizes('9999 GiB'), 'number', ['placeholder-value 9']],
    ]);
  });

  it('is nothing in the samples and among clean tables', () => {
    const own = ['doubtful-negatives', 'mixed-truths', 'mixed-years', 'range-as-date', 'other-calendar'];
    const also = ['codes-like-numbers', 'note-rows', 'dates-in-numbers', 'far-date'];
    const alarms = soundTables().flatMap(({ name, text }) =>
      checked(text)
        .table.problems.list.filter(({ code }) => [...own, ...also].includes(code))
        .map(({ code }) => `${name}: ${code}`),
    );
    assert.deepEqual(alarms, []);
  });
});
