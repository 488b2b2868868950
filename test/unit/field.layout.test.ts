import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { checkTable } from '../../src/data/table/check';
import { dialectOf } from '../../src/data/csv/delimiters';
import type { ReadOptions } from '../../src/data/csv/readOptions';
import type { ReadTable } from '../../src/data/csv/read';
import { textOf } from '../../src/host/text';

import { FieldResults } from '../field/results';
import type { Cell } from '../damage/tables';
import { cells, read, said } from './reading';
import { course } from './course';

// How tables are laid out by people and programs: what stands between the cells, where the names are, what is no row.
const lines = (count: number, line: (k: number) => string) =>
  Array.from({ length: count }, (_, k) => `${line(k)}\n`).join('');
const field = (name: string) => readFileSync(`test/field/${name}`);
const names = ({ columns }: ReadTable) => columns.map(({ name }) => name);
/** The cells of the rows from one on, as they stand in the file. */
const rowsOf = (table: ReadTable, from: number, count: number): Cell[][] => {
  const columns = cells(table);
  return Array.from({ length: count }, (_, k) => columns.map((column) => column[from + k]));
};

interface Laid {
  readonly kind: string;
  readonly file: string;
  readonly content: string | Uint8Array;
  readonly options?: ReadOptions;
  readonly names: readonly string[];
  readonly rows: number;
  /** The first row, and the second where the first tells too little. */
  readonly first: readonly Cell[];
  readonly second?: readonly Cell[];
  readonly said?: readonly string[];
  /** How the file says it is written. */
  readonly dialect?: RegExp;
}

const abc = ['a', 'b', 'c'];
const none = ['column 1', 'column 2', 'column 3'];
const KG = ['Ann', 'John Smith', 'Ann-Marie de la Tour'];
const CITY = ['Rome', 'New York', 'Ulm'];

const laid: readonly Laid[] = [
  // ------------------------------------------------------------------------- K16: what stands between
  {
    ...{ kind: 'K16', file: '11-double-colon.dat', content: field('11-double-colon.dat') },
    ...{
      names: [...none, 'column 4'],
      rows: 200,
      first: [1, 1000, 5, 978300000],
      dialect: /^“::”-separated/,
    },
  },
  {
    ...{ kind: 'K16', file: 'two colons, commas and pipes in texts' },
    content: lines(
      20,
      (k) => `${k}::Film${k % 2 ? ', The' : ''} (19${k + 50})::${['War', 'Love|War'][k % 2]}`,
    ),
    ...{
      names: none,
      rows: 20,
      first: [0, 'Film (1950)', 'War'],
      second: [1, 'Film, The (1951)', 'Love|War'],
    },
  },
  {
    ...{ kind: 'K16', file: 'two colons, quoted and empty cells' },
    content: `a::b::c\n${lines(20, (k) => `${k}::${k % 2 ? '"x::y"' : ''}::${k / 2}`)}`,
    ...{ names: abc, rows: 20, first: [0, null, 0], second: [1, 'x::y', 0.5] },
  },
  {
    ...{ kind: 'K16', file: 'tildes', content: `a~b~c\n${lines(20, (k) => `${k}~Smith, J${k}~${k / 2}`)}` },
    ...{ names: abc, rows: 20, first: [0, 'Smith, J0', 0], dialect: /^“~”-separated$/ },
  },
  ...(
    [
      ['dates and euros in words', 'Date;Prix', (k) => `${k + 1} mai 2023;10${k},50 EUR`, ['1 mai 2023', 100.5]],
      ['five such rows, a header of as many words', 'Jour et mois;Prix', (k) => `${k + 1} mai 2023;10${k},50 EUR`, ['1 mai 2023', 100.5], 5],
      ['dates with points and blanks', 'datum;cena', (k) => `${k + 1}. 1. 2023;10${k},50 Kč`, ['1. 1. 2023', 100.5]],
      ['thousands by blanks', 'datum;cena', (k) => `${k + 1}. 1. 2023;${k + 1} 100,50 Kč`, ['1. 1. 2023', 1100.5]],
      ['names of two words', 'Name;City', (k) => `Jan Kowal${k};New York`, ['Jan Kowal0', 'New York']],
      ['a pipe, and blanks', 'Date|Prix', (k) => `${k + 1} mai 2023|10${k},50 EUR`, ['1 mai 2023', 100.5]],
      ['a tab, and blanks', 'Date\tPrix', (k) => `${k + 1} mai 2023\t10${k},50 EUR`, ['1 mai 2023', 100.5]],
    ] as readonly (readonly [string, string, (k: number) => string, Cell[], number?])[]
  ).map(([file, header, line, first, rows = 9]) => ({
    ...{ kind: 'K16', file: `in each line, beside blanks: ${file}` },
    ...{ content: `${header}\n${lines(rows, line)}`, names: header.split(/[;|\t]/), rows, first },
  })), // prettier-ignore
  {
    ...{ kind: 'K16', file: 'carets between texts with commas' },
    content: `a^b^c\n${lines(20, (k) => `p${k % 3}^Smith, J${k % 4}^q${k % 5}`)}`,
    ...{ names: abc, rows: 20, first: ['p0', 'Smith, J0', 'q0'], dialect: /^“\^”-separated$/ },
  },
  {
    ...{ kind: 'K16', file: 'Ctrl-A', content: lines(20, (k) => `${k}\x01b${k}\x01${k / 2}`) },
    ...{ names: none, rows: 20, first: [0, 'b0', 0], dialect: /^Ctrl-A-separated, no header$/ },
  },
  {
    ...{
      kind: 'K19',
      file: 'unit separators',
      content: `a\x1fb\x1fc\n${lines(90, (k) => `${k}\x1fb\x1f${k}`)}`,
    },
    ...{ names: abc, rows: 90, first: [0, 'b', 0] },
  },
  {
    ...{
      kind: 'K19',
      file: 'record separators',
      content: `a\x1eb\x1ec\n${lines(90, (k) => `${k}\x1eb\x1e${k}`)}`,
    },
    ...{ names: abc, rows: 90, first: [0, 'b', 0] },
  },
  {
    ...{ kind: 'K16', file: 'two pipes', content: `a||b||c\n${lines(20, (k) => `${k}||x, ${k}||${k / 2}`)}` },
    ...{ names: abc, rows: 20, first: [0, 'x, 0', 0], dialect: /^“\|\|”-separated$/ },
  },
  {
    ...{
      kind: 'K16',
      file: 'three signs',
      content: `a|~|b|~|c\n${lines(20, (k) => `${k}|~|x, ${k}|~|${k / 2}`)}`,
    },
    ...{ names: abc, rows: 20, first: [0, 'x, 0', 0], dialect: /^“\|~\|”-separated$/ },
  },
  {
    ...{ kind: 'K16', file: 'a broken bar, in Windows-1252' },
    content: new Uint8Array(
      Buffer.from(`a\xa6b\xa6c\n${lines(20, (k) => `${k}\xa6n\xe9, ${k}\xa6${k / 2}`)}`, 'latin1'),
    ),
    ...{ names: abc, rows: 20, first: [0, 'né, 0', 0], said: ['guessed-encoding 2:1'], dialect: /^“¦”/ },
  },
  {
    ...{
      kind: 'K16',
      file: 'wide commas',
      content: `a，b，c\n${lines(20, (k) => `${k}，名${k}，${k / 2}`)}`,
    },
    ...{ names: abc, rows: 20, first: [0, '名0', 0] },
  },
  {
    ...{
      kind: 'K16',
      file: 'colons are named',
      content: `a:b:c\n${lines(20, (k) => `${k}:x${k}:${k * 2}`)}`,
    },
    ...{ names: ['a:b:c'], rows: 20, first: ['0:x0:0'], said: ['unsplit-lines 1:1'] },
  },
  {
    ...{
      kind: 'K16',
      file: 'colons that are told',
      content: `a:b:c\n${lines(20, (k) => `${k}:x${k}:${k}`)}`,
    },
    ...{ options: { delimiter: ':' }, names: abc, rows: 20, first: [0, 'x0', 0] },
  },
  {
    ...{ kind: 'K16', file: 'all cells quoted, between pipes' },
    content: `"a"|"b"|"c"\n${lines(20, (k) => `"${k}"|"x"|"${k / 2}"`)}`,
    ...{ names: abc, rows: 20, first: [0, 'x', 0], dialect: /^pipe-separated$/ },
  },
  // ---------------------------------------------------------------------- K17: where the names stand
  {
    ...{ kind: 'K17', file: '16-logger-channels.csv', content: field('16-logger-channels.csv') },
    names: ['ticks', 'msecs', 'value 1', 'value 2', 'value 3', 'value 4'],
    ...{ rows: 100, first: [10, 0.20833, -0.04143, null, null, null], said: ['short-header 1:1'] },
  },
  {
    ...{
      kind: 'K17',
      file: 'short names over tabs',
      content: `a\tb\n${lines(20, (k) => `${k}\t${k * 2}\t\t\t`)}`,
    },
    ...{ names: ['a', 'b'], rows: 20, first: [0, 0], second: [1, 2], said: ['short-header 1:1'] },
  },
  {
    ...{
      kind: 'K17',
      file: 'a comment mark and a blank',
      content: `# a,b,c\n${lines(20, (k) => `${k},2,${k / 2}`)}`,
    },
    ...{ names: abc, rows: 20, first: [0, 2, 0], said: ['names-above 1:1'] },
  },
  {
    ...{
      kind: 'K17',
      file: 'a comment mark over blanks',
      content: `# a b c\n${lines(20, (k) => `${k}e0 2 ${k / 2}`)}`,
    },
    ...{ names: abc, rows: 20, first: [0, 2, 0], said: ['names-above 1:1'] },
  },
  {
    ...{ kind: 'K17', file: 'commas behind a mark, over blanks' },
    content: `# made on Monday\n# a, b, c\n${lines(20, (k) => `${k}e0 2 ${k / 2}`)}`,
    ...{ names: abc, rows: 20, first: [0, 2, 0], said: ['names-above 2:1', 'comments 1:1'] },
  },
  {
    ...{ kind: 'K17', file: 'variants of genes' },
    content: `##fileformat=x\n##source=y\n#CHROM\tPOS\tID\n${lines(20, (k) => `chr${k % 3}\t${k}\tv${k % 7}`)}`,
    ...{ names: ['CHROM', 'POS', 'ID'], rows: 20, first: ['chr0', 0, 'v0'] },
    said: ['names-above 3:1', 'comments 1:1'],
  },
  {
    ...{ kind: 'K17', file: 'a log of Zeek' },
    content: `#separator \\x09\n#set_separator\t,\n#path\tconn\n#fields\tts\tproto\tn\n#types\ttime\tenum\tcount\n${lines(20, (k) => `${k + 0.5}\t${k % 2 ? 'tcp' : 'udp'}\t${k % 4 ? k : '-'}`)}#close\t2020\n`,
    ...{ names: ['ts', 'proto', 'n'], rows: 20, first: [0.5, 'udp', null], second: [1.5, 'tcp', 1] },
    said: ['names-above 4:1', 'comments 1:1'],
  },
  {
    ...{ kind: 'K17', file: 'a log with #Fields' },
    content: `#Software: x\n#Fields: date time sc-status taken\n${lines(20, (k) => `2020-01-01 00:00:${10 + k} 200 ${k}`)}`,
    ...{ names: ['date', 'time', 'sc-status', 'taken'], rows: 20, first: ['2020-01-01', '00:00:10', 200, 0] },
    said: ['names-above 2:1', 'comments 1:1'],
  },
  {
    ...{ kind: 'K16', file: 'ARFF' },
    content: `% made here\n@RELATION tree\n\n@attribute height numeric\n@ATTRIBUTE 'trunk girth' real\n@attribute leaf {oak, 'white birch'}\n@attribute class {0,1}\n@data\n% rows\n${lines(20, (k) => `${k},${k % 3 ? k / 2 : '?'},${k % 2 ? 'oak' : "'white birch'"},${k % 2}`)}`,
    ...{ names: ['height', 'trunk girth', 'leaf', 'class'], rows: 20, first: [0, null, 'white birch', '0'] },
    ...{ second: [1, 0.5, 'oak', '1'], said: ['names-above 4:1', 'comments 9:1'] },
  },
  // --------------------------------------------------------------------------- K18: blanks and tabs
  {
    ...{ kind: 'K18', file: '20-blanks-and-a-tab.data', content: field('20-blanks-and-a-tab.data') },
    names: Array.from({ length: 9 }, (_, c) => `column ${c + 1}`),
    ...{ rows: 150, first: [16.2, 6, 277.7, 137.2, 3993, 13.1, 70, 1, 'fordo gt (sw)'] },
  },
  {
    ...{
      kind: 'K18',
      file: 'blanks or a tab',
      content: `a b\tc\n${lines(20, (k) => `${k}  ${k * 2}\t${k / 2}`)}`,
    },
    ...{ names: abc, rows: 20, first: [0, 0, 0], second: [1, 2, 0.5] },
  },
  {
    ...{ kind: 'K18', file: 'runs of blanks' },
    content: `name            age  city\n${lines(20, (k) => `${KG[k % 2]}   ${k + 20}    ${CITY[k % 2]}`)}`,
    ...{
      names: ['name', 'age', 'city'],
      rows: 20,
      first: ['Ann', 20, 'Rome'],
      second: ['John Smith', 21, 'New York'],
    },
    dialect: /^separated by runs of blanks$/,
  },
  {
    ...{ kind: 'K18', file: 'fixed width, with empty cells' },
    content: `${'name'.padEnd(22)}${'age'.padStart(5)}  city\n${lines(20, (k) => `${KG[k % 3].padEnd(22)}${(k % 5 ? String(k + 20) : '').padStart(5)}  ${CITY[k % 3]}`)}`,
    ...{
      names: ['name', 'age', 'city'],
      rows: 20,
      first: ['Ann', null, 'Rome'],
      second: ['John Smith', 21, 'New York'],
    },
    dialect: /^fixed width$/,
  },
  {
    ...{ kind: 'K18', file: 'fixed width, empty at the end' },
    content: `${['a', 'b', 'c'].map((name) => name.padStart(8)).join('')}\n${lines(20, (k) => `${String(k).padStart(8)}${(k / 2).toFixed(2).padStart(8)}${k % 4 ? String(k * 3).padStart(8) : ''}`)}`,
    ...{ names: abc, rows: 20, first: [0, 0, null], second: [1, 0.5, 3], dialect: /^fixed width$/ },
  },
  {
    ...{ kind: 'K18', file: 'what a data frame prints' },
    content: `     a    b\n${lines(20, (k) => `${String(k).padEnd(3)}${String(k * 2).padStart(4)}${(k / 2).toFixed(1).padStart(6)}`)}`,
    ...{ names: ['column 1', 'a', 'b'], rows: 20, first: [0, 0, 0], second: [1, 2, 0.5] },
  },
  // ------------------------------------------------------------------ K9: second headers, and rules
  {
    ...{ kind: 'K9', file: '17b-survey-second-header.csv', content: field('17b-survey-second-header.csv') },
    names: [
      ...[
        'RespondentID',
        'CollectorID',
        'StartDate',
        'Age',
        'How did you hear of us?',
        'column 6',
        'column 7',
      ],
      'Would you come again?',
    ],
    ...{ rows: 200, first: [11000000, 40012, '1/13/2023', 42, 'Friend', null, null, 'Yes'] },
    said: ['second-header 2:1'],
  },
  {
    ...{
      kind: 'K9',
      file: 'units of some columns',
      content: `t,a,b\n,mm,kg\n${lines(20, (k) => `${k},2,${k / 2}`)}`,
    },
    ...{ names: ['t', 'a', 'b'], rows: 20, first: [0, 2, 0], said: ['second-header 2:1'] },
  },
  {
    ...{ kind: 'K9', file: 'questions over answers' },
    content: `q1,q2,q3\nWhat is it?,Response,Open-Ended Response\n${lines(30, (k) => `${'abc'[k % 3]},${'xy'[k % 2]},${'uv'[k % 2]}`)}`,
    ...{ names: ['q1', 'q2', 'q3'], rows: 30, first: ['a', 'x', 'u'], said: ['second-header 2:1'] },
  },
  {
    ...{ kind: 'K9', file: 'three lines of names' },
    content: `,a,b,c\n,min,max,min\nday,,,\n${lines(20, (k) => `${k},${k},${k * 2},${k * 3}`)}`,
    ...{ names: ['column 1', 'a', 'b', 'c'], rows: 20, first: [0, 0, 0, 0], second: [1, 1, 2, 3] },
    said: ['second-header 2:1', 'second-header 3:1'],
  },
  {
    ...{
      kind: 'K9',
      file: 'types',
      content: `a,b,c\nstring,float,\n${lines(20, (k) => `${'pq'[k % 2]},${k},${k % 3}`)}`,
    },
    ...{ names: abc, rows: 20, first: ['p', 0, 0], said: ['second-header 2:1'] },
  },
  {
    ...{
      kind: 'K9',
      file: 'a rule of Markdown',
      content: `a | b | c\n---|:--:|---\n${lines(20, (k) => `${k} | x | ${k / 2}`)}`,
    },
    ...{ names: abc, rows: 20, first: [0, 'x', 0], said: ['rule-line 2:1'] },
  },
  {
    ...{
      kind: 'K9',
      file: 'a rule of a database',
      content: ` a | b | c\n---+---+---\n${lines(20, (k) => ` ${k} | x | ${k}`)}(20 rows)\n`,
    },
    ...{ names: abc, rows: 20, first: [0, 'x', 0], said: ['rule-line 2:1', 'footer 23:1'] },
  },
  {
    ...{ kind: 'K9', file: 'a box of a database' },
    content: `+---+---+---+\n| a | b | c |\n+---+---+---+\n${lines(20, (k) => `| ${k} | x | ${k} |`)}+---+---+---+\n`,
    ...{ names: ['column 1', ...abc], rows: 20, first: [null, 0, 'x', 0] },
    said: ['preamble 1:1', 'rule-line 3:1', 'rule-line 24:1'],
  },
  // -------------------------------------------------------------------------------- K19: quotes, shifts
  {
    ...{ kind: 'K19', file: 'a lost delimiter before a quote' },
    content: `a,b,c\n${lines(20, (k) => `${k},x${k},"y, z"`)}20,Vest"Our best, even wet."\n`,
    ...{ names: abc, rows: 21, first: [0, 'x0', 'y, z'], said: ['quote-in-cell 22:4'] },
  },
  {
    ...{
      kind: 'K19',
      file: 'the same in the middle',
      content: `a,b,c\n${lines(20, (k) => `x${k},"y, z",${k}`)}cap"It is red, and warm",20\n`,
    },
    ...{ names: abc, rows: 21, first: ['x0', 'y, z', 0], said: ['quote-in-cell 22:1'] },
  },
  {
    ...{
      kind: 'K19',
      file: 'the same with doubled quotes',
      content: `a,b\n${lines(20, () => 'x,"y, z"')}Rod"so 8 9"" long, by hand"\n`,
    },
    ...{ names: ['a', 'b'], rows: 21, first: ['x', 'y, z'], said: ['quote-in-cell 22:1'] },
  },
  {
    ...{
      kind: 'K19',
      file: 'the same, again and again',
      content: `a,b,c\n${lines(20, (k) => `${k},x"q, r"`)}`,
    },
    ...{
      names: abc,
      rows: 20,
      first: [0, 'x"q', 'r"'],
      said: Array.from({ length: 20 }, (_, k) => `quote-in-cell ${k + 2}:${k < 10 ? 3 : 4}`),
    },
  },
  {
    ...{
      kind: 'K19',
      file: 'a name short over an empty last column',
      content: `a,bc,d\n${lines(20, (k) => `${k},2,3,`)}`,
    },
    ...{ names: ['a', 'bc', 'd'], rows: 20, first: [0, 2, 3], said: ['short-header 1:1'] },
  },
];

/** Rows that are refused, and where. */
const refused: [file: string, content: string, said: string][] = [
  [
    'a delimiter too many before an empty last column',
    `a,b,c,d\n${lines(20, (k) => `x${k},${k},y,`)}x,,20,y,\n`,
    'ragged-row 22:9',
  ],
  ['the same at the start', `a,b,c\n${lines(20, (k) => `x${k},${k},`)},x,20,\n`, 'ragged-row 22:7'],
  ['the same before the last word', `a,b,c\n${lines(20, (k) => `${k},y,`)}20,,y,\n`, 'ragged-row 22:7'],
  ['the same twice', `a,b,c,d\n${lines(20, (k) => `x${k},${k},,`)}x,,,20,,\n`, 'ragged-row 22:8'],
  [
    'a quote that opens at the end of a line',
    `a,b,c\n${lines(20, (k) => `${k},x,"y"`)}20,x,"\n21,x,"y"\n22,x,y\n`,
    'text-after-quote 22:6',
  ],
  [
    'the same in the first cell',
    `a,b,c\n${lines(20, (k) => `"x",${k},y`)}"\n"x",21,y\n"x",22,y\n`,
    'text-after-quote 22:1',
  ],
  [
    'the same over a line of cells',
    `a,b\n${lines(20, (k) => `${k},"y"`)}20,"z\n21,"y"\n22,"y"\n`,
    'text-after-quote 22:4',
  ],
  [
    'a quote that closes lines below',
    `a,b\n${lines(20, (k) => `${k},y`)}20,"z\n21,y\n22,q" r,s\n23,y\n`,
    'text-after-quote 22:4',
  ],
  [
    'a cell in a column that was empty so far',
    `a,b\n${lines(9000, (k) => `${k},${k * 2},,`)}1,2,3,\n`,
    'ragged-row 9002:5',
  ],
];

/** Rows that end with a delimiter over names that do not, which fit: nothing is lost. */
const trailing: readonly [file: string, content: string][] = [
  ['classes under a label', `a,b,label\n${lines(40, (k) => `${k},${k / 2},${'xy'[k % 2]},`)}`],
  ['codes under a species', `a,b,species_id\n${lines(40, (k) => `${k},${k / 2},${k % 3},`)}`],
  ['dates', `a;b;date\n${lines(40, (k) => `${k};${k / 2};2024-01-${10 + (k % 20)};`)}`],
  ['towns', `a,b,city\n${lines(40, (k) => `${k},${k / 2},town ${k % 7},`)}`],
  ['amounts', `a\tb\tUnit price\n${lines(40, (k) => `x${k}\t${k / 2}\t${k * 3}\t`)}`],
  ['quoted names', `"a","b","c"\n${lines(40, (k) => `"x${k % 9}","${k / 2}","y",`)}`],
];
/** The same where a name or a delimiter may be missing in the header. */
const shifted: readonly [file: string, content: string][] = [
  ['letters', `a,b,c\n${lines(40, (k) => `${k},${k / 2},${'xy'[k % 2]},`)}`],
  ['a label over a column of its own numbers', `a,b,label\n${lines(40, (k) => `${k},${k / 2},${k * 7},`)}`],
  ['words under a price', `item,b,price\n${lines(40, (k) => `${k},${k / 2},x${k},`)}`],
  ['quoted names over named rows', `"a","b","c"\n${lines(40, (k) => `"r${k}","${k / 2}","y",`)}`],
];

const attributes = (count: number) => lines(count, (k) => `@attribute a${k} real`);
refused.push(
  ['rows of ARFF that are sparse', `@relation x\n${attributes(3)}@data\n{0 1, 2 3}\n{1 5}\n`, 'no-table 1:1'],
  [
    'ARFF with an attribute too few',
    `@relation x\n${attributes(2)}@data\n1,2,3\n4,5,6\n`,
    'header-mismatch 2:1',
  ],
);

/** Ordinary tables that merely look like these: nothing is said, and every cell is where it was. */
const ordinary: readonly [file: string, content: string, first: readonly Cell[]][] = [
  [
    'a first row without numbers',
    `n,a,b,c\nJohn,NA,,x\n${lines(20, (k) => `N${k},${k},${k * 2},${'xy'[k % 2]}`)}`,
    ['John', null, null, 'x'],
  ],
  [
    'rows without numbers here and there',
    `n,a,b,c\nJohn,,,rare\n${lines(20, (k) => `N${k},${k % 5 ? k : ''},${k % 5 ? k : ''},${'xy'[k % 2]}`)}`,
    ['John', null, null, 'rare'],
  ],
  [
    'classes only',
    `a,b,c\n${lines(30, (k) => `${'xyz'[k % 3]},${'pq'[k % 2]},${'mn'[(k >> 1) % 2]}`)}`,
    ['x', 'p', 'm'],
  ],
  ['names in a first column', `name,age\n${lines(20, (k) => `N${k},${k}`)}`, ['N0', 0]],
  ['dashes for what nobody said', `a,b\nx,y\n---,---\n${lines(20, (k) => `${'pq'[k % 2]},y`)}`, ['x', 'y']],
  ['about so many, without a header', lines(20, (k) => `${k % 4},~x${k % 3}`), [0, '~x0']],
  ['powers', `f,n\n${lines(20, (k) => `x^${k % 3},${k}`)}`, ['x^0', 0]],
  [
    'pipes inside names, between blanks',
    `name length tpm\n${lines(20, (k) => `T${k}|G${k} ${k} ${k}.5`)}`,
    ['T0|G0', 0, 0.5],
  ],
  ['pairs between blanks, without a header', lines(20, (k) => `${k} a;b${k} ${k}.5`), [0, 'a;b0', 0.5]],
  ['units behind tabs', `a\tb\n${lines(20, (k) => `${k} kg\t${k * 10} cm`)}`, [0, 0]],
  [
    'words behind tabs',
    `who\twhere\tn\n${lines(20, (k) => `${KG[k % 2]}\t${CITY[k % 2]}\t${k}`)}`,
    ['Ann', 'Rome', 0],
  ],
  ['times behind tabs', lines(20, (k) => `2020-01-${k + 10} 10:00\t${k}\tx`), ['2020-01-10 10:00', 0, 'x']],
  ['commas and runs of blanks', `a,   b,   c\n${lines(20, (k) => `${k},   ${k * 2},   x`)}`, [0, 0, 'x']],
  ['times of one column', `time\n${lines(20, (k) => `10:${k + 10}:00`)}`, ['10:10:00']],
  ['addresses of one column', `mail\n${lines(20, (k) => `a${k}@example.org`)}`, ['a0@example.org']],
  ['paths of one column', `path\n${lines(20, (k) => `/data/${k}/x.png`)}`, ['/data/0/x.png']],
  ['inches', `a,b,c\n${lines(20, (k) => `5" x 6" pipe,${k},7"`)}`, ['5" x 6" pipe', 0, 7]],
  ['inches of one cell', `a,b\n${lines(20, (k) => `${k}" screen,x`)}`, [0, 'x']],
  ['a count behind a mark', `# of rooms,price\n${lines(20, (k) => `${k},${k * 2}`)}`, [0, 0]],
  ['percent behind a mark', `% Fe,% Cu\n${lines(20, (k) => `${k},${k * 2}`)}`, [0, 0]],
  ['pipes in a text', `a,tags\n${lines(20, (k) => `${k},x|y${k % 2 ? '|z' : ''}`)}`, [0, 'x|y']],
  ['two colons in a text', `a,name\n${lines(20, (k) => `${k},std::sort`)}`, [0, 'std::sort']],
  ['an empty named column', `a,b,c\n${lines(20, (k) => `${k},,x`)}`, [0, null, 'x']],
];

describe('how a table is laid out', () => {
  const results = new FieldResults('K9 K16–K19');
  after(() => results.print());

  for (const { kind, file, content, options, rows, first, second, ...expected } of laid)
    it(`is seen: ${file} (${kind})`, () => {
      const table = read(content, options);
      const dialect = dialectOf(table);
      const told = said(table);
      results.add(
        file,
        `${table.columns.length} columns, ${table.rows} rows, ${told.slice(0, 2).join(', ') || 'nothing said'}`,
        `${expected.names.length} columns, ${rows} rows, ${(expected.said ?? []).slice(0, 2).join(', ') || 'nothing said'}`,
        kind,
      );
      assert.deepEqual(names(table), expected.names);
      assert.equal(table.rows, rows);
      assert.deepEqual(rowsOf(table, 0, second ? 2 : 1), second ? [first, second] : [first]);
      assert.deepEqual(told, expected.said ?? []);
      assert.ok(!table.problems.blocked);
      if (expected.dialect) assert.match(dialect ? textOf(dialect) : '', expected.dialect);
    });

  for (const [file, content] of trailing)
    it(`says nothing of rows that end with a delimiter under names that fit: ${file} (K19)`, () => {
      const table = read(content);
      results.add(`a delimiter at the end, ${file}`, said(table).join(), '', 'K19');
      assert.deepEqual(said(table), []);
      assert.equal(table.columns.length, 3);
    });
  for (const [file, content] of shifted)
    it(`names a header that may lack a name: ${file} (K19)`, () => {
      results.add(`a name short, ${file}`, said(read(content)).join(), 'short-header 1:1', 'K19');
      assert.deepEqual(said(read(content)), ['short-header 1:1']);
    });

  for (const [file, content, place] of refused)
    it(`is refused at its place: ${file}`, () => {
      const table = read(content);
      const errors = table.problems.list.filter(({ severity }) => severity === 'error');
      results.add(
        file,
        errors.map(({ code, line, column }) => `${code} ${line}:${column}`)[0] ?? 'read',
        place,
        'K19',
      );
      assert.equal(errors.map(({ code, line, column }) => `${code} ${line}:${column}`)[0], place);
    });

  for (const [file, content, first] of ordinary)
    it(`is not seen where it is not: ${file}`, () => {
      const table = read(content);
      results.add(file, said(table).join(', ') || 'nothing said', 'nothing said', 'none');
      assert.deepEqual(said(table), []);
      assert.deepEqual(rowsOf(table, 0, 1), [first]);
    });

  const silent = (words: string) =>
    `site,Pb,Cd\n${lines(20, (k) => `s${k},${k === 9 ? words : `${k}.5,${k}.1`}`)}`;
  for (const words of ['ND,ND', 'absent,absent', 'sensor offline,sensor offline', '"n. b.","n. b."'])
    it(`keeps a row that says of all that is measured: ${words}`, () => {
      const table = read(silent(words));
      results.add(`a row of ${words}`, `${table.rows} rows, ${said(table).join()}`, '20 rows, named', 'K9');
      assert.equal(table.rows, 20);
      assert.deepEqual([...new Set(table.problems.list.map(({ severity }) => severity))], ['warning']);
      assert.deepEqual(
        table.problems.list.map(({ code, line }) => `${code} ${line}`),
        ['text-in-numbers 11', 'text-in-numbers 11'],
      );
    });
  for (const words of ['mg,mg', 'float64,float64', 'ND,absent'])
    it(`refuses a row of words that may be a second header: ${words}`, () => {
      const table = read(silent(words));
      results.add(`a row of ${words}`, said(table).join(), 'words-in-numbers 11:1', 'K9');
      assert.deepEqual(said(table), ['words-in-numbers 11:1']);
    });

  it('is checked without complaint, whatever stands between the cells', () => {
    const { table } = checkTable(read(field('11-double-colon.dat')), course);
    assert.ok(!table.problems.blocked);
  });
});
