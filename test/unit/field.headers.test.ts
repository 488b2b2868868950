// Tables as people print them: titles, names on two lines, notes below; and rows that say why there is nothing.
import assert from 'node:assert/strict';
import { fixesOf } from '../../src/host/quickFixes';

import { checked, notes, soundTables } from '../field/reading';
import { FieldResults } from '../field/results';
import { course } from './course';

const mixed = (i: number) => (i * 37) % 101;
const lines = (row: (i: number) => string, count = 30) => Array.from({ length: count }, (_, i) => row(i));
const numbers = (i: number) =>
  [1000 + mixed(i) * 7, mixed(i), 1100 + mixed(i + 5) * 3, mixed(i + 3)].join(',');
const regions = lines((i) => `R${i % 5},${numbers(i)}`);
const COMMON = ['missing-values', 'duplicate-rows', 'identifier-column', 'free-text', 'leakage'];

interface Table {
  readonly what: string;
  readonly text: readonly string[];
  readonly names: readonly string[];
  readonly rows?: number;
  readonly said?: readonly string[];
}

const spanning = ['region', 'sales units', 'sales value', 'cost units', 'cost value'];
const tables: readonly Table[] = [
  {
    what: 'a title above names on two lines, and notes below',
    text: [
      'Sales of 2023',
      'region,sales,,cost,',
      ',units,value,units,value',
      ...regions,
      'Source: us',
      '* provisional',
    ],
    names: spanning,
    said: ['preamble 1', 'names-above 2', 'footer 34', 'footer 35'],
  },
  {
    what: 'years above quarters, all filled up with delimiters',
    text: [
      'Quarterly report,,,,',
      ',2022,,2023,',
      'Region,Q1,Q2,Q1,Q2',
      ...regions,
      'Note: figures are provisional,,,,',
      'Source: office,,,,',
    ],
    names: ['Region', '2022 Q1', '2022 Q2', '2023 Q1', '2023 Q2'],
    rows: 32,
    said: ['preamble 1', 'names-above 2', 'note-rows 34'],
  },
  {
    what: 'names on two lines alone',
    text: [',Men,,Women,', 'Region,Total,Rate,Total,Rate', ...regions],
    names: ['Region', 'Men Total', 'Men Rate', 'Women Total', 'Women Rate'],
    said: ['names-above 1'],
  },
  {
    what: 'a blank line below the title',
    text: ['Table 3', '', ',Men,,Women,', 'Region,Total,Rate,Total,Rate', ...regions],
    names: ['Region', 'Men Total', 'Men Rate', 'Women Total', 'Women Rate'],
    said: ['preamble 1', 'names-above 3'],
  },
  {
    what: 'one note, filled up',
    text: ['region,a,b,c,d', ...regions, '* provisional,,,,'],
    names: ['region', 'a', 'b', 'c', 'd'],
    rows: 31,
    said: ['note-rows 32'],
  },
  // Near misses.
  { what: 'a usual header', text: ['region,a,b,c,d', ...regions], names: ['region', 'a', 'b', 'c', 'd'] },
  {
    what: 'a column without a name',
    text: [',a,b,c,d', ...regions],
    names: ['column 1', 'a', 'b', 'c', 'd'],
  },
  {
    what: 'a name that is missing, above a row of missing cells',
    text: ['region,a,,c,d', 'R1,NA,NA,NA,NA', ...regions],
    names: ['region', 'a', 'column 3', 'c', 'd'],
    rows: 31,
    said: ['unnamed-column 1'],
  },
  {
    what: 'two columns without names, above a row of texts',
    text: ['a,,b,', ...lines((i) => `x${i % 3},y${i % 4},z${i % 5},u${i % 2}`)],
    names: ['a', 'column 2', 'b', 'column 4'],
    said: ['unnamed-column 1', 'unnamed-column 1'],
  },
  {
    what: 'a last row of which only the name is known',
    text: ['name,a,b,c,d', ...lines((i) => `P${i},${numbers(i)}`), 'Bob,,,,'],
    names: ['name', 'a', 'b', 'c', 'd'],
    rows: 31,
  },
  {
    what: 'a row that says why nothing was measured',
    text: ['mon,tue,wed,thu', ...lines(numbers, 20), 'absent,sick,absent,late', ...lines(numbers, 10)],
    names: ['mon', 'tue', 'wed', 'thu'],
    rows: 31,
    said: ['text-in-numbers 22', 'text-in-numbers 22', 'text-in-numbers 22', 'text-in-numbers 22'],
  },
];

describe('tables as people print them', () => {
  const results = new FieldResults('printed tables');
  after(() => results.print());

  for (const { what, text, names, rows = 30, said = [] } of tables) {
    it(`have their names and rows: ${what}`, () => {
      const found = checked(text.join('\n'));
      const came = {
        names: found.columns.map(({ read }) => read.name),
        rows: found.table.rows,
        said: notes(found, ...COMMON),
      };
      results.add(
        what,
        `${came.names.join(' | ')}, ${came.rows} rows, ${came.said.join(', ')}`,
        `${names.join(' | ')}, ${rows} rows, ${said.join(', ')}`,
      );
      assert.deepEqual(came, { names: [...names], rows, said: [...said] });
    });
  }

  it('refuse words that may be another header', () => {
    const found = checked(['a,b,c', ...lines((i) => `${i},${mixed(i)},2`), 'x,y,z', '1,2,3'].join('\n'));
    assert.ok(notes(found).includes('words-in-numbers 32'));
  });

  it('refuse lone cells that rows follow, and many of them', () => {
    const rows = lines((i) => `${i},${mixed(i)}`);
    const within = checked(['a,b', ...rows, 'Note one', 'Note two', '5,6'].join('\n'));
    assert.deepEqual(notes(within, ...COMMON), ['ragged-row 32', 'ragged-row 33']);
    const many = checked(['a,b', ...rows, ...lines((i) => `note ${'abcdefghijklmno'[i]}`, 11)].join('\n'));
    assert.equal(notes(many).filter((note) => note.startsWith('ragged-row')).length, 11);
  });

  it('can leave their notes out at once', () => {
    const { table } = checked(['region,a,b,c,d', ...regions, 'Source: us,,,,', '* new,,,,'].join('\n'));
    const [problem] = table.problems.list.filter(({ code }) => code === 'note-rows');
    const [fix] = fixesOf(problem, course);
    assert.deepEqual(fix, {
      title: 'Leave these rows out',
      ...{ key: 'csv.leaveOutLines', value: [32, 33] },
    });
  });

  it('say once that the same word stands in many columns', () => {
    const row = (i: number) =>
      Array.from({ length: 12 }, (_, k) => ((i + k) % 30 === 5 ? 'oops' : (mixed(i + k) * (k + 2)) % 89));
    const header = Array.from({ length: 12 }, (_, k) => `c${k}`);
    const found = checked([header, ...lines((i) => row(i).join(','), 60)].join('\n'));
    const said = notes(found, ...COMMON).filter((note) => /^(?:text-in|of-many)/.test(note));
    assert.equal(said.length, 1);
    assert.match(said[0], /^of-many-columns/);
  });

  it('take thousands for what they are under a name that says so, and doubt them under another', () => {
    const table = (name: string) =>
      checked(
        [
          `name,${name},b`,
          ...lines((i) => `P${i},"${30 + mixed(i)},${101 + mixed(3 * i) * 8}",${'xy'[i % 2]}`, 60),
        ].join('\n'),
      );
    const first = (name: string) => table(name).columns[1].read.numbers[0];
    assert.deepEqual([first('salary'), notes(table('salary'), ...COMMON)], [30_101, []]);
    assert.deepEqual([first('x'), notes(table('x'), ...COMMON)], [30_101, ['doubtful-decimals 1']]);
  });

  it('are none of the samples and of the clean tables', () => {
    const own = new Set(['names-above', 'note-rows', 'footer']);
    const alarms = soundTables().flatMap(({ name, text }) =>
      checked(text)
        .table.problems.list.filter(({ code }) => own.has(code))
        .map(({ code }) => `${name}: ${code}`),
    );
    assert.deepEqual(alarms, []);
  });
});
