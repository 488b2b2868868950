// Numbers with something around them, words among numbers, and names in several spellings, as people write them.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { readTable } from '../../src/data/csv/read';
import type { ReadOptions } from '../../src/data/csv/readOptions';
import { applyTransform } from '../../src/data/transform';
import { transformFromJson, transformToJson } from '../../src/data/transformFile';
import { readDataset } from '../../src/data/dataset';
import type { Settings } from '../../src/settings/settings';
import { fixesOf } from '../../src/host/quickFixes';
import { checkTable, type CheckedTable } from '../../src/data/table/check';
import type { KnownColumn } from '../../src/data/table/known';
import { corpus } from '../damage/corpus';
import { checked, fieldFile, notes, testScore } from '../field/reading';
import { FieldResults } from '../field/results';
import { course } from './course';

const many = (make: (i: number) => string, count = 60) => Array.from({ length: count }, (_, i) => make(i));
/** Numbers from 0 to 100 in no order, each of which repeats hardly ever. */
const mixed = (i: number) => (i * 37) % 101;
const oneOf = (...texts: readonly string[]) => many((i) => texts[(i * 7 + (i >> 2)) % texts.length]);

/** A table with these cells in its first column, beside a feature and a label that they have nothing to do with. */
const tableOf = (cells: readonly string[], name = 'x') =>
  [
    `${name}\tz\tlabel`,
    ...cells.map((cell, i) => `${cell}\t${(i * 13) % 17}.${i % 9}\t${'ab'[((i * 11) >> 2) & 1]}`),
  ].join('\n');
const column = (table: CheckedTable, name = 'x'): KnownColumn => {
  const found = table.columns.find(({ read }) => read.name === name);
  assert.ok(found);
  return found;
};
/** The first cells of a column: numbers, texts, null where one is missing. */
const first = ({ read }: KnownColumn, count: number): (number | string | null)[] =>
  Array.from({ length: count }, (_, row) => {
    if (read.holds === 'texts') return read.codes[row] < 0 ? null : read.texts[read.codes[row]];
    return Number.isNaN(read.numbers[row]) ? null : read.numbers[row];
  });
/** What is said of columns and of reading, not of rows that are alike by chance. */
const said = (table: CheckedTable) =>
  notes(table, 'missing-values', 'duplicate-rows', 'identifier-column', 'free-text', 'leakage');

interface Numbers {
  readonly what: string;
  /** Of the column, where it matters. */
  readonly name?: string;
  readonly cells: readonly string[];
  readonly first: readonly (number | null)[];
  readonly unit?: string;
  readonly taken?: readonly string[];
  readonly said?: readonly string[];
}

const numbers: readonly Numbers[] = [
  {
    what: 'behind the equals sign of a spreadsheet',
    cells: many((i) => `="${mixed(i)}.5"`),
    first: [0.5, 37.5],
  },
  {
    what: 'behind its equals sign, in quotes',
    cells: many((i) => `"=""${mixed(i)}.5"""`),
    first: [0.5, 37.5],
  },
  { what: 'behind an apostrophe', cells: many((i) => `'${mixed(i)}.5`), first: [0.5, 37.5] },
  { what: 'with a unit', cells: many((i) => `${mixed(i)}.5 kg`), first: [0.5, 37.5], unit: 'kg' },
  { what: 'with a unit and no blank', cells: oneOf('4GB', '8GB', '16GB'), first: [4, 8, 16], unit: 'GB' },
  { what: 'with an unknown unit', cells: many((i) => `${mixed(i)} kmpl`), first: [0, 37], unit: 'kmpl' },
  {
    what: 'with a unit in several spellings',
    cells: many((i) => `${mixed(i)} ${['kg', 'Kg', 'KG'][i % 3]}`),
    first: [0, 37, 74],
    unit: 'kg',
    taken: ['kg', 'Kg', 'KG'],
  },
  {
    what: 'with a unit in one or many',
    cells: oneOf('1 day', '2 days', '5 days'),
    first: [1, 2, 5],
    unit: 'days',
    taken: ['days', 'day'],
  },
  { what: 'with degrees', cells: many((i) => `${mixed(i) / 5} °C`), first: [0, 7.4], unit: '°C' },
  {
    what: 'with a unit that has a digit',
    cells: many((i) => `${40 + mixed(i)} m2`),
    first: [40, 77],
    unit: 'm2',
  },
  {
    what: 'with a unit that has a number',
    cells: many((i) => `${4 + mixed(i) / 20} l/100km`),
    first: [4, 5.85],
    unit: 'l/100km',
  },
  {
    what: 'with a decimal comma and a unit',
    cells: many((i) => `${mixed(i)},5 kg`),
    first: [0.5, 37.5],
    unit: 'kg',
  },
  { what: 'behind a unit', cells: many((i) => `pH ${5 + mixed(i) / 40}`), first: [5, 5.925], unit: 'pH' },
  {
    what: 'in grams and kilograms',
    cells: many((i) => (i % 4 ? `${i + 1} kg` : `${50 * i + 50} g`)),
    first: [0.05, 2, 3],
    unit: 'kg',
    taken: ['kg', 'g'],
  },
  {
    what: 'in minutes and hours',
    cells: many((i) => (i % 3 ? `${30 * i} min` : `${1 + (i % 5)}.5 h`)),
    first: [90, 30, 60, 270],
    unit: 'min',
    taken: ['min', 'h'],
  },
  {
    what: 'in years and months',
    cells: oneOf('2 years', '1 year', '6 months', '3 years'),
    first: [2, 3, 0.5, 1],
    unit: 'years',
    taken: ['years', 'months', 'year'],
  },
  {
    what: 'in thousands and millions',
    cells: many((i) => (i % 3 ? `${i}.2M` : `${10 * i + 1}k`)),
    first: [1000, 1.2e6, 2.2e6],
    unit: '',
    taken: ['M', 'k'],
  },
  {
    what: 'in thousands and ones',
    cells: many((i) => (i % 2 ? String(100 + mixed(i)) : `1.${i}k`)),
    first: [1000, 137, 1200],
    unit: '',
    taken: ['k'],
  },
  {
    what: 'in lakhs and crores',
    cells: many((i) => (i % 3 ? `${mixed(i)}.5 Lakh` : `${1 + i} Cr`)),
    first: [1e7, 3.75e6, 7.45e6],
    unit: '',
    taken: ['Lakh', 'Cr'],
  },
  {
    what: 'in thousands of something',
    cells: many((i) => (i % 2 ? `${i}.5K views` : `1.${i}M views`)),
    first: [1e6, 1500, 1.2e6],
    unit: 'views',
  },
  {
    what: 'in dollars, thousands of them and millions',
    cells: many((i) => (i % 3 ? `$${i}k` : `$1.${i}M`)),
    first: [1e6, 1000, 2000],
    unit: '$',
    taken: ['k', 'M', '$'],
  },
  { what: 'in dollars of a country', cells: many((i) => `US$${mixed(i)}`), first: [0, 37], unit: 'US$' },
  { what: 'in rupees', cells: many((i) => `Rs. ${100 + mixed(i)}/-`), first: [100, 137], unit: 'Rs.' },
  {
    what: 'behind the code of a currency',
    cells: many((i) => `SEK ${mixed(i)}.5`),
    first: [0.5, 37.5],
    unit: 'SEK',
  },
  {
    what: 'before the word of a currency',
    cells: many((i) => `${mixed(i)} euros`),
    first: [0, 37],
    unit: 'euros',
  },
  {
    what: 'with blanks between thousands',
    cells: many((i) => `${1 + mixed(i)} ${100 + mixed(i)}`),
    first: [1100, 38137],
  },
  {
    what: 'with no-break blanks between thousands',
    cells: many((i) => `${1 + mixed(i)}\u00a0${100 + mixed(i)}`),
    first: [1100, 38137],
  },
  {
    what: 'with thin blanks between thousands',
    cells: many((i) => `${1 + mixed(i)}\u2009${100 + mixed(i)}.5`),
    first: [1100.5, 38137.5],
  },
  {
    what: 'with narrow blanks between thousands',
    cells: many((i) => `${1 + mixed(i)}\u202f${100 + mixed(i)}`),
    first: [1100, 38137],
  },
  {
    what: 'with commas between lakhs',
    cells: many((i) => `${1 + (i % 9)},${10 + i},${100 + mixed(i)}`),
    first: [110_100, 211_137],
  },
  { what: 'of Fortran', cells: many((i) => `${1 + (i % 9)}.5D+0${i % 4}`), first: [1.5, 25, 350, 4500] },
  {
    what: 'with degrees south and north',
    cells: many((i) => `${mixed(i)}.25°${'NS'[i % 2]}`),
    first: [0.25, -37.25],
    unit: '°N',
    taken: ['°N', '°S'],
  },
  {
    what: 'of which some are below what can be measured',
    cells: many((i) => (i % 5 === 2 ? '<21' : String(21 + mixed(i)))),
    first: [21, 58, 21],
    said: ['marked-numbers 4'],
  },
  {
    what: 'of which some have a mark',
    cells: many((i) => (i % 9 === 2 ? `${mixed(i)}*` : String(mixed(i)))),
    first: [0, 37, 74],
    said: ['marked-numbers 4'],
  },
  {
    what: 'that are all at least so many',
    cells: oneOf('10,000+', '500+', '1,000+'),
    first: [10_000, 500, 1000],
    said: ['marked-numbers 2'],
  },
  {
    what: 'of which the last is open',
    cells: oneOf('0', '1', '2', '3+'),
    first: [0, 3, 2, 1],
    said: ['marked-numbers 3'],
  },
  {
    what: 'of which the first is open',
    cells: oneOf('10-', '11', '25', '60'),
    ...{ first: [10, 60, 25, 11], said: ['marked-numbers 2'] },
  },
  {
    what: 'of which both ends are open',
    cells: many((i) => (i % 9 === 0 ? '10-' : i % 9 === 1 ? '80+' : String(11 + (i % 60)))),
    ...{ first: [10, 80, 13], said: ['marked-numbers 2'] },
  },
  {
    what: 'that are whole, some of them a little less',
    name: 'mark',
    cells: oneOf('7', '6-', '6', '8', '10-', '5'),
    ...{ first: [7, 6, 6, 8], said: ['marked-numbers 3'] },
  },
  {
    what: 'of accounts, with the minus behind fractions',
    cells: many((i) => `${10 + mixed(i)}.25${i % 4 === 1 ? '-' : ''}`),
    first: [10.25, -47.25],
  },
  {
    what: 'of accounts, with the minus behind thousands',
    cells: many((i) => `${1 + mixed(i)},250${i % 7 ? '' : ',300'}${i % 4 === 1 ? '-' : ''}`),
    first: [1_250_300, -38_250],
  },
  {
    what: 'of accounts, whole ones among them',
    cells: many((i) => `${10 + mixed(i)}${i % 3 ? '.5' : ''}${i % 4 === 1 ? '-' : ''}`),
    first: [10, -47.5],
  },
  {
    what: 'of answers, some not given',
    cells: many((i) => (i % 9 === 4 ? 'DK' : i % 9 === 7 ? 'RF' : String(1 + (i % 7)))),
    ...{ first: [1, 2, 3, 4, null], said: ['text-in-numbers 6', 'text-in-numbers 9'] },
  },
  {
    what: 'of which a letter is missing',
    cells: many((i) => (i % 9 === 4 ? 'X' : String(1 + (i % 7)))),
    ...{ first: [1, 2, 3, 4, null], said: ['text-in-numbers 6'] },
  },
  {
    what: 'far apart, beside letters',
    cells: many((i) => (i % 9 === 4 ? 'X' : i % 9 === 5 ? 'Y' : String(mixed(i)))),
    ...{ first: [0, 37, 74], said: ['text-in-numbers 6', 'text-in-numbers 7'] },
  },
  {
    what: 'of which one has no unit',
    cells: many((i) => (i === 5 ? '65' : `${50 + mixed(i)} kg`)),
    first: [50, 87, 124, 60, 97, 65],
    unit: 'kg',
    said: ['other-unit 7'],
  },
  {
    what: 'of which one has a unit without a factor',
    cells: many((i) => (i === 5 ? '65 pcs' : `${50 + mixed(i)} kg`)),
    first: [50, 87, 124, 60, 97, null],
    unit: 'kg',
    said: ['other-unit 7'],
  },
  {
    what: 'of which half have a unit',
    cells: many((i) => (i % 2 ? `${50 + mixed(i)}` : `${50 + mixed(i)} kg`)),
    first: [null, 87, null],
    said: ['other-unit 2'],
  },
  {
    what: 'in megabytes, and a word',
    cells: many((i) => (i % 4 === 3 ? 'Varies with device' : `${i}.5M`)),
    first: [0.5e6, 1.5e6, 2.5e6, null],
    unit: '',
    taken: ['M'],
    said: ['text-in-numbers 5'],
  },
  {
    what: 'of which most are one word',
    cells: many((i) => (i % 5 < 3 ? 'Suppressed' : String(30_000 + 17 * i))),
    first: [null, null, null, 30_051],
    said: ['text-in-numbers 2'],
  },
  {
    what: 'of which most are one of two words',
    cells: many((i) => (i % 5 < 3 ? ['n.k.', 'hidden'][i % 2] : String(30_000 + 17 * i))),
    first: [null, null, null, 30_051],
    said: ['text-in-numbers 2', 'text-in-numbers 3'],
  },
  {
    what: 'of bytes and more of them',
    cells: oneOf('512 B', '4 K', '3 M', '1.2G'),
    first: [512, 1.2e9, 3e6, 4000],
    ...{ unit: 'bytes', taken: ['B', 'G', 'M', 'K'] },
  },
  {
    what: 'of bytes without blanks',
    cells: oneOf('512B', '37K', '12M', '1.2G'),
    first: [512, 1.2e9, 12e6, 37e3],
    ...{ unit: 'bytes', taken: ['B', 'G', 'M', 'K'] },
  },
  {
    what: 'of bytes, in thousands at most',
    name: 'file_size',
    cells: many((i) => (i % 3 ? `${1 + mixed(i)}K` : `${100 + mixed(i)}B`)),
    first: [100, 38e3, 75e3],
    ...{ unit: 'bytes', taken: ['K', 'B'] },
  },
  {
    what: 'in billions of dollars, and millions',
    cells: many((i) => (i % 3 ? `$${1 + mixed(i)}M` : `$${1 + (i % 5)}B`)),
    first: [1e9, 38e6, 75e6],
    ...{ unit: '$', taken: ['M', 'B', '$'] },
  },
  {
    what: 'in billions with fractions, and millions',
    cells: many((i) => (i % 3 ? `${1 + mixed(i)}M` : `1.${i % 5}B`)),
    first: [1e9, 38e6, 75e6],
    ...{ unit: '', taken: ['M', 'B'] },
  },
  {
    what: 'in what may be billions or bytes, and millions',
    cells: many((i) => (i % 3 ? `${1 + mixed(i)}M` : `${1 + (i % 5)}B`)),
    first: [1e9, 38e6, 75e6],
    ...{ unit: '', taken: ['M', 'B'], said: ['doubtful-letter 2'] },
  },
  {
    what: 'with the letter of the west',
    cells: many((i) => `${10 + mixed(i)}.0${10 + i} W`),
    first: [-10.01, -47.011],
    ...{ unit: 'E', taken: ['W'] },
  },
  {
    what: 'with the letter of the west, without much behind the point',
    name: 'lon',
    cells: many((i) => `${10 + mixed(i)}.5W`),
    first: [-10.5, -47.5],
    ...{ unit: 'E', taken: ['W'] },
  },
  {
    what: 'with the letters of the east and the west, mostly of the west',
    cells: many((i) => `${mixed(i)}.25${i % 3 ? 'W' : 'E'}`),
    first: [0.25, -37.25, -74.25],
    ...{ unit: 'E', taken: ['W', 'E'] },
  },
  {
    what: 'with the letter of the east alone',
    cells: many((i) => `${2 + mixed(i)}.35E`),
    first: [2.35, 39.35],
    unit: 'E',
  },
  {
    what: 'with the letters of the north and the south behind a blank, of whole degrees',
    cells: many((i) => `${(i * 7) % 23} ${i % 3 ? 'N' : 'S'}`),
    first: [0, 7, 14, -21],
    ...{ unit: 'N', taken: ['N', 'S'] },
  },
  {
    what: 'behind the letters of the east and the west',
    cells: many((i) => `${i % 2 ? 'W' : 'E'}${2 + mixed(i)}.35`),
    first: [2.35, -39.35],
    ...{ unit: 'E', taken: ['E', 'W'] },
  },
  { what: 'in watts', cells: many((i) => `${mixed(i)}.5 W`), first: [0.5, 37.5], unit: 'W' },
  {
    what: 'in exact watts',
    name: 'power',
    cells: many((i) => `${mixed(i)}.525 W`),
    ...{ first: [0.525, 37.525], unit: 'W' },
  },
  { what: 'in newtons', cells: many((i) => `${90 + mixed(i)}.25 N`), first: [90.25, 127.25], unit: 'N' },
  { what: 'in karats', name: 'gold', cells: oneOf('21K', '18K', '24K'), first: [21, 18, 24], unit: 'K' },
  {
    what: 'in thousands or something else',
    cells: oneOf('21K', '18K', '24K'),
    ...{ first: [21e3, 18e3], unit: '', taken: ['K'], said: ['doubtful-letter 2'] },
  },
  {
    what: 'in thousands of a salary',
    name: 'salary',
    cells: oneOf('50k', '60k', '70k'),
    ...{ first: [50e3, 60e3], unit: '', taken: ['k'] },
  },
  {
    what: 'of lines, one of them a name',
    name: 'resolution',
    cells: oneOf('4K', '1080', '720', '1440'),
    ...{ first: [4000, 1440], unit: '', taken: ['K'], said: ['doubtful-letter 2'] },
  },
  {
    what: 'of ohms in thousandths and thousands',
    name: 'ohm',
    cells: oneOf('22m', '4.7k', '470', '1M'),
    ...{ first: [0.022, 1e6, 470, 4700], unit: '', taken: ['m', 'M', 'k'] },
  },
  {
    what: 'in thousands and what may be millions',
    cells: oneOf('22m', '4.7k', '3k'),
    ...{ first: [22e6, 4700], unit: '', taken: ['k', 'm'], said: ['doubtful-letter 2'] },
  },
  {
    what: 'in thousands and millions of views',
    name: 'views',
    cells: oneOf('1.2m', '300k', '30k'),
    ...{ first: [1.2e6, 300e3], unit: '', taken: ['k', 'm'] },
  },
  {
    what: 'of years with the letter of men',
    name: 'age',
    cells: many((i) => `${10 + (mixed(i) % 60)}M`),
    ...{ first: [10, 47], unit: 'M' },
  },
];

const CHROMOSOMES = [...Array.from({ length: 22 }, (_, k) => String(k + 1)), 'X', 'Y', 'MT'];

const names: readonly (readonly [
  what: string,
  cells: readonly string[],
  type: string,
  said?: readonly string[],
  name?: string,
])[] = [
  ['classes with a number', oneOf('class 1', 'class 2', 'class 3'), 'category'],
  ['quarters', oneOf('Q1', 'Q2', 'Q3', 'Q4'), 'category'],
  ['versions', oneOf('v1', 'v2', 'v3'), 'category'],
  ['versions with a point', oneOf('v1.2', 'v1.3', 'v2.0'), 'category'],
  ['versions of a program', oneOf('Python 3.8', 'Python 3.9', 'Python 2.7'), 'category'],
  ['versions in three numbers', many((i) => `1.${i % 5}.${i % 7}`), 'text'],
  ['paper', oneOf('A3', 'A4', 'A5'), 'category'],
  ['networks', oneOf('3G', '4G', '5G'), 'category'],
  ['weeks', oneOf('Week 1', 'Week 2', 'Week 3'), 'category'],
  ['floors', oneOf('1st floor', '2nd floor', '3rd floor'), 'category'],
  ['ordinals', oneOf('4th', '5th', '6th'), 'category'],
  ['grades with a plus and a minus', oneOf('1', '1+', '2-', '2', '2+', '3-'), 'category'],
  ['grades of Italian schools', oneOf('6-', '6', '7', '7+', '8', '5', '6+'), 'category'],
  ['ages in ranges', oneOf('18-25', '26-35', '65+'), 'category'],
  ['ranges', oneOf('10-20', '20-30', '30-40'), 'category'],
  ['scores of ten', oneOf('7/10', '8/10', '9/10'), 'category'],
  ['parts of a school year', oneOf('1A', '2A', '3A'), 'category'],
  ['post codes with a town', oneOf('04103 Leipzig', '04105 Leipzig', '04109 Leipzig'), 'category'],
  ['winds of a weather report', oneOf('09013KT', '00003KT', '27015KT', '18009KT'), 'category'],
  ['drives', oneOf('4x4', '4x2', '2x4'), 'category'],
  ['books', oneOf('1 Peter', '2 Peter', '1 John'), 'category'],
  ['hexadecimal numbers', oneOf('0x1F', '0xAB', '0xA0'), 'category'],
  ['times of day', oneOf('5 pm', '6 pm', '9 am'), 'time'],
  ['letters of sizes', oneOf('S', 'M', 'L', 'XL'), 'category'],
  ['genotypes', oneOf('AA', 'Aa', 'aa'), 'category'],
  ['ranks in large and small letters', oneOf('a', 'A', 'b', 'B', 'c', 'C'), 'category'],
  ['rooms', many((i) => ['A1', 'B12', 'C3', 'hall'][i % 4]), 'category'],
  ['Dutch postcodes', many((i) => `${1000 + mixed(i)} ${'ABCDE'[i % 5]}${'XYZ'[i % 3]}`), 'identifier'],
  ['telephone numbers', many((i) => `${200 + mixed(i)} ${300 + i} ${400 + mixed(i + 1)}`), 'identifier'],
  ['telephone numbers with a plus', many((i) => `+49 ${300 + mixed(i)} ${100 + mixed(i)}`), 'identifier'],
  ['addresses of computers', many((i) => `10.0.${i % 4}.${mixed(i)}`), 'identifier'],
  [
    'addresses of houses',
    many((i) => `${mixed(i)} ${['Main', 'High', 'Oak', 'Elm', 'Park'][i % 5]} Street`),
    'identifier',
  ],
  ['seats', many((i) => `${1 + (i % 20)}${'ABCDEF'[i % 6]}`), 'identifier'],
  ['numbered things', many((i) => `ID${1000 + i}`), 'identifier'],
  [
    'numbers with zeros that are kept',
    many((i) => `="${String(4000 + 7 * i).padStart(8, '0')}"`),
    'identifier',
  ],
  ['variants of genes', many((i) => `rs${1000 + 7 * i}`), 'identifier'],
  ['versions of PHP', oneOf('PHP 7.4', 'PHP 8.0', 'PHP 8.1'), 'category'],
  ['plates', many((i) => `ABC ${100 + mixed(i)}`), 'identifier'],
  ['days of a month', many((i) => `${1 + (i % 28)} March`), 'text', ['unread-numbers 2']],
  ['dates', many((i) => `${1 + (i % 28)} Jan 2020`), 'date'],
  [
    'pieces beside pounds',
    many((i) => (i % 2 ? `${mixed(i)} lb` : `${mixed(i)} pcs`)),
    'identifier',
    ['other-unit 3'],
  ],
  ['rooms and kitchens', oneOf('2 BHK', '3 BHK', '4 Bedroom'), 'category', ['other-unit 4']],
  [
    'ages with the letters of men and women',
    many((i) => `${10 + (mixed(i) % 60)}${'MF'[i % 2]}`),
    'text',
    ['other-unit 3'],
    'age_sex',
  ],
  ['ages with such letters under any name', oneOf('13M', '12F', '40M', '31F'), 'category', ['other-unit 3']],
  ['versions', oneOf('1.1', '1.10', '1.2', '2.0', '1.9'), 'category', ['codes-like-numbers 5'], 'version'],
  ['sections', oneOf('1.1', '1.10', '2.3'), 'category', ['codes-like-numbers 3'], 'section'],
  ['parts with an E', oneOf('12E4', '13E5', '140'), 'category', ['codes-like-numbers 2'], 'sku'],
  [
    'codes with and without a zero',
    oneOf('01', '1', '02', '10'),
    'category',
    ['codes-like-numbers 2'],
    'code',
  ],
  [
    'postcodes with zeros in front, some missing',
    many((i) => (i % 9 === 5 ? 'NA' : String(9000 + 13 * (i % 25)).padStart(5, '0'))),
    'text',
    ['codes-like-numbers 2'],
    'zip_code',
  ],
  ['keys of 18 digits', many((i) => `12345678901234567${i % 2}`), 'identifier', [], 'user'],
  ['chromosomes', many((i) => CHROMOSOMES[(i * 7) % 25], 200), 'category', [], 'chr'],
  ['chromosomes, mostly X', oneOf('X', 'X', 'Y', 'MT', 'X', '1', 'X', '2', '3'), 'category'],
  [
    'chromosomes of women',
    many((i) => [...CHROMOSOMES.slice(0, 22), 'X'][(i * 7) % 23], 200),
    'category',
    [],
    'chrom',
  ],
  ['grades from kindergarten on', oneOf('PK', 'K', '1', '2', '3', '4', '5'), 'category'],
  ['lines of an underground', oneOf('1', '2', '3', '4', 'A', 'C', 'E'), 'category'],
  ['districts of Paris', oneOf('2e', '5e', '16e'), 'category'],
  ['days beside months', oneOf('10 days', '3 months', '2 days', '6 months'), 'category', ['other-unit 3']],
];

describe('numbers with something around them', () => {
  const results = new FieldResults('around numbers');
  after(() => results.print());

  for (const {
    what,
    name: header = 'x',
    cells,
    first: expected,
    unit,
    taken,
    said: wanted = [],
  } of numbers) {
    it(`are numbers: ${what}`, () => {
      const table = checked(tableOf(cells, header));
      const found = column(table, header);
      const came = first(found, expected.length);
      const unitText = ({ name, all }: { name?: string; all?: readonly string[] }) =>
        name === undefined ? '' : ` in “${name}” (${all?.join(', ')})`;
      const { name, taken: all } = found.read.unit ?? {};
      const expectedUnit = unitText({ ...(unit !== undefined && { name: unit, all: taken ?? [unit] }) });
      results.add(
        what,
        `${came.join(' ')}${unitText({ ...(name !== undefined && { name, all: all ?? [] }) })} ${said(table).join(', ')}`,
        `${expected.join(' ')}${expectedUnit} ${wanted.join(', ')}`,
      );
      assert.deepEqual(came, expected);
      assert.equal(found.typed.type, 'number');
      assert.equal(unitText({ ...(name !== undefined && { name, all: all ?? [] }) }), expectedUnit);
      assert.deepEqual(said(table), wanted);
    });
  }

  for (const [what, cells, type, wanted = [], header = 'x'] of names) {
    it(`are names all the same: ${what}`, () => {
      const table = checked(tableOf(cells, header));
      const { typed, read } = column(table, header);
      results.add(what, `${typed.type} ${said(table).join(', ')}`, `${type} ${wanted.join(', ')}`);
      assert.equal(typed.type, type);
      assert.equal(read.unit ?? null, null);
      assert.deepEqual(said(table), wanted);
    });
  }

  const likeCodes: readonly (readonly [
    what: string,
    name: string,
    cells: readonly string[],
    said: readonly string[],
  ])[] = [
    [
      'numbers of one width, with zeros in front',
      'n',
      many((i) => String(1 + 7 * mixed(i)).padStart(4, '0')),
      ['codes-like-numbers 2'],
    ],
    ['versions without zeros at the end', 'version', oneOf('1.9', '1.11', '2.3'), ['codes-like-numbers 3']],
    ['months of two digits', 'month', many((i) => String(1 + (i % 12)).padStart(2, '0')), []],
    ['times of four digits', 'dep_time', many((i) => `0${1 + (i % 9)}${10 + (i % 50)}`), []],
    ['prices with two digits', 'price', oneOf('1.10', '1.50', '12.00'), []],
    ['fractions of any length', 'x', oneOf('1.1', '1.10', '1.25'), []],
    ['rates of two digits under the name of a code', 'code', oneOf('1.10', '1.25', '2.50'), []],
    ['exponents', 'x', oneOf('1E4', '2E5', '3E3'), []],
    ['a flag of a code', 'code', oneOf('0', '1', '2'), []],
    ['large amounts', 'total', many((i) => `${1 + mixed(i)}0000000000000000`), []],
  ];
  for (const [what, name, cells, expected] of likeCodes) {
    it(`stay numbers${expected.length > 0 ? ', and are named' : ''}: ${what}`, () => {
      const table = checked(tableOf(cells, name));
      const { typed } = column(table, name);
      results.add(what, `${typed.type} ${said(table).join(', ')}`, `number ${expected.join(', ')}`);
      assert.deepEqual([typed.type, ...said(table)], ['number', ...expected]);
    });
  }

  it('are told apart in keys of more digits than a number keeps', () => {
    const { typed } = column(checked(tableOf(many((i) => `90071992547409${100 + (i >> 1)}`))));
    assert.deepEqual([typed.type, typed.distinct], ['identifier', 30]);
  });

  it('are codes in a column of more of them than are kept, and numbers where a setting says so', () => {
    const text = tableOf(
      many((i) => String(1 + 7 * i).padStart(5, '0'), 3000),
      'zip',
    );
    assert.equal(column(checked(text), 'zip').typed.type, 'identifier');
    assert.ok(said(checked(text)).includes('codes-like-numbers 2'));
    const numbers = checked(text, { 'data.columnTypes': { zip: 'number' } });
    assert.equal(column(numbers, 'zip').typed.type, 'number');
    assert.ok(!said(numbers).includes('codes-like-numbers 2'));
  });

  it('are numbers in a file of Excel, and what has kept its zeros is no number', () => {
    const text = fieldFile('01-excel-equals.csv');
    const table = checked(text);
    assert.deepEqual(first(column(table, 'weight'), 3), [22.67, 18.91, 23.23]);
    assert.deepEqual(first(column(table, 'part'), 2), ['00004000', '00004007']);
    assert.deepEqual(said(table), []);
    const score = testScore(text);
    results.add('01-excel-equals.csv', `22.67 …, test ${score.toFixed(3)}`, '22.67 …, test ≥ 0.85');
    assert.ok(score >= 0.85, String(score));
  });

  it('are numbers in a file of cars, each with its unit', () => {
    const table = checked(fieldFile('10-car-units.csv'));
    const units = ['mileage', 'engine', 'max_power'].map((name) => column(table, name).read.unit?.name);
    results.add(
      '10-car-units.csv',
      `${units.join(' ')} ${said(table).join(', ')}`,
      'kmpl CC bhp other-unit 66',
    );
    assert.deepEqual(units, ['kmpl', 'CC', 'bhp']);
    assert.deepEqual(first(column(table, 'max_power'), 2), [51.8, 107.82]);
    assert.deepEqual(said(table), ['other-unit 66']);
  });

  it('are numbers in a file with blanks between thousands', () => {
    const table = checked(fieldFile('10e-blank-thousands.csv'));
    const came = first(column(table, 'population'), 3);
    results.add('10e-blank-thousands.csv', came.join(' '), '10108 1284 2585');
    assert.deepEqual(came, [10108, 1284, 2585]);
    assert.deepEqual(first(column(table, 'revenu'), 2), [20908, 17923]);
    assert.deepEqual(said(table), []);
  });

  it('are as much as they are with a word in most of the cells, which is named with what to do', () => {
    const text = fieldFile('22-word-in-most.csv');
    const table = checked(text);
    const { typed, read } = column(table, 'earnings');
    results.add('22-word-in-most.csv', `${typed.type} ${said(table).join(', ')}`, 'number text-in-numbers 2');
    assert.deepEqual([typed.type, read.missing], ['number', 172]);
    const problem = table.table.problems.list.find(({ code }) => code === 'text-in-numbers');
    assert.ok(problem);
    assert.deepEqual(problem.args, { column: 'earnings', text: 'PrivacySuppressed', count: 172 });
    const [fix] = fixesOf(problem, course);
    assert.deepEqual(fix, {
      title: 'Take “PrivacySuppressed” for missing in “earnings”',
      ...{ map: 'data.placeholders', column: 'earnings', texts: ['PrivacySuppressed'] },
    });
    const mended = checked(text, { 'data.placeholders': { earnings: ['PrivacySuppressed'] } });
    assert.deepEqual(said(mended), []);
    assert.equal(column(mended, 'earnings').read.missing, 172);
  });

  it('keep the unit for rows to come, whatever unit these have', () => {
    const rows = (cell: (i: number) => string) => tableOf(many(cell));
    const { transform } = readDataset(
      rows((i) => `${mixed(i)}.5 kg`),
      course,
    );
    const again = transformFromJson(JSON.parse(JSON.stringify(transformToJson(transform))));
    assert.deepEqual(again, transform);
    const featuresOf = (text: string) => {
      const { columns, table } = checked(text);
      const { X, unknown } = applyTransform(
        again,
        columns,
        Int32Array.from({ length: table.rows }, (_, k) => k),
        'reference',
      );
      return { values: [...X.data.subarray(0, 2)], unknown: unknown[0] };
    };
    const own = featuresOf(rows((i) => `${mixed(i)}.5 kg`));
    assert.deepEqual(featuresOf(rows((i) => `${mixed(i)}500 g`)), own);
    assert.deepEqual(featuresOf(rows((i) => `${mixed(i)}.5`)), own);
    // One row among words is read as texts.
    assert.equal(featuresOf(tableOf(['0.5 kg', 'heavy', 'light'])).values[0], own.values[0]);
    assert.equal(featuresOf(rows((i) => `${mixed(i)}.5 pcs`)).unknown, 60);
  });

  it('are classes with their unit in the names, where they are a target of few', () => {
    const target = many((i) => `${(i * 13) % 17}.${i % 9}\t${[5, 10, 25][(i * i) % 3]} kg`);
    const { target: found } = checked(['z\tpack', ...target].join('\n'));
    assert.deepEqual(found?.classes, ['5 kg', '10 kg']);
  });
});

describe('names in several spellings', () => {
  const results = new FieldResults('spellings');
  after(() => results.print());
  const merge: Partial<Settings> = { 'data.mergeSpellings': true };

  const spelled: [what: string, cells: readonly string[], said: string, merged: readonly string[]][] = [
    [
      'capitals',
      oneOf('male', 'male', 'Male', 'female', 'female', 'FEMALE'),
      'odd-spelling 4',
      ['female', 'male'],
    ],
    [
      'blanks at the end',
      oneOf('paris', '"paris "', 'paris', 'rome', 'rome'),
      'odd-spelling 5',
      ['paris', 'rome'],
    ],
    [
      'blanks inside',
      oneOf('new york', 'new york', '"new  york"', 'rome'),
      'odd-spelling 4',
      ['new york', 'rome'],
    ],
    [
      'blanks that do not break',
      oneOf('new york', 'new york', 'new\u00a0york', 'rome'),
      'odd-spelling 4',
      ['new york', 'rome'],
    ],
    [
      'blanks without width',
      oneOf('paris', 'paris', 'par\u200bis', 'rome'),
      'odd-spelling 4',
      ['paris', 'rome'],
    ],
    [
      'letters in two parts',
      oneOf('Zo\u00eb', 'Zo\u00eb', 'Zoe\u0308', 'Ann'),
      'odd-spelling 4',
      ['Ann', 'Zo\u00eb'],
    ],
    ['periods at the end', oneOf('Inc', 'Inc', 'Inc.', 'Ltd'), 'odd-spelling 4', ['Inc', 'Ltd']],
  ];
  for (const [what, cells, expected, merged] of spelled) {
    it(`are named at the first odd one, and merged when told: ${what}`, () => {
      const table = checked(tableOf(cells));
      results.add(what, said(table).join(', '), expected);
      assert.deepEqual(said(table), [expected]);
      const mended = checked(tableOf(cells), merge);
      const { read } = column(mended);
      assert.deepEqual([...new Set(first(column(mended), 60))].sort(), merged);
      assert.equal(read.missing, 0);
      assert.deepEqual(said(mended), []);
    });
  }

  it('are named in a target, which has two classes when they are merged', () => {
    const text = fieldFile('05b-labels-case-and-blanks.csv');
    const table = checked(text);
    results.add('05b-labels-case-and-blanks.csv', said(table).join(', '), 'odd-spelling 3');
    assert.deepEqual(said(table), ['odd-spelling 3']);
    assert.equal(table.target?.classes.length, 7);
    const mended = checked(text, merge);
    assert.deepEqual(mended.target?.classes, ['No', 'Yes']);
    assert.equal(mended.target.task, 'binary');
    const problem = table.table.problems.list.find(({ code }) => code === 'odd-spelling');
    assert.ok(problem);
    assert.deepEqual(fixesOf(problem, course)[0], {
      title: 'Merge names that differ in spelling alone',
      ...{ key: 'data.mergeSpellings', value: true },
    });
  });

  it('are named in a feature, and merged ones are known in rows to come, however they are spelt there', () => {
    const text = fieldFile('05c-feature-spellings.csv');
    results.add('05c-feature-spellings.csv', said(checked(text)).join(', '), 'odd-spelling 2');
    assert.deepEqual(said(checked(text)), ['odd-spelling 2']);
    const { transform } = readDataset(text, { ...course, ...merge });
    const [sex] = transform.columns;
    assert.ok(sex.kind === 'category');
    assert.deepEqual(
      sex.categories.map((name) => name.toLowerCase()),
      ['female', 'male'],
    );
    const again = transformFromJson(JSON.parse(JSON.stringify(transformToJson(transform))));
    const { columns } = checked('sex,x2,label\nFEmale,1,0\n"male ",2,1\nother,2,1\n');
    const { X, unknown } = applyTransform(again, columns, Int32Array.of(0, 1, 2), 'reference');
    assert.deepEqual([...X.data.subarray(0, 6)], [1, 0, 0, 0, 1, 0]);
    assert.equal(unknown[0], 1);
  });
});

describe('a word among digits', () => {
  const results = new FieldResults('words among digits');
  after(() => results.print());
  const targetOf = (label: (i: number) => string, settings: Partial<Settings> = {}) =>
    checked(
      ['z,v,label', ...many((i) => `${(i * 13) % 17}.${i % 9},${mixed(i)}.5,${label(i)}`)].join('\n'),
      settings,
    );

  const targets: [what: string, label: (i: number) => string, classes: string[], said: string[]][] = [
    [
      '0 to 3 and more',
      (i) => ['0', '1', '2', '3', '3+'][(i * 7) % 5],
      ['0', '1', '2', '3', '3+'],
      ['word-is-class 4'],
    ],
    [
      'digits and other',
      (i) => ['0', '1', '2', 'other'][(i * 7 + (i >> 2)) % 4],
      ['0', '1', '2', 'other'],
      ['word-is-class 3'],
    ],
    [
      'digits and two words',
      (i) => ['0', '1', 'x', '2', 'y'][(i * 7) % 5],
      ['0', '1', '2', 'x', 'y'],
      ['word-is-class 3', 'word-is-class 4'],
    ],
    [
      'digits and a slip',
      (i) => (i === 9 ? 'l' : String((i * 7) % 3)),
      ['0', '1', '2'],
      ['text-in-numbers 11'],
    ],
  ];
  for (const [what, label, classes, expected] of targets) {
    it(`is a class in a target: ${what}`, () => {
      const table = targetOf(label);
      results.add(
        what,
        `${table.target?.classes.join(' ')} ${said(table).join(', ')}`,
        `${classes.join(' ')} ${expected.join(', ')}`,
      );
      assert.deepEqual(table.target?.classes, classes);
      assert.deepEqual(said(table), expected);
    });
  }

  it('is missing in a target of many numbers', () => {
    const table = targetOf((i) => (i % 9 === 3 ? 'unknown' : `${mixed(i)}.5`));
    assert.equal(table.target?.task, 'regression');
    assert.deepEqual(said(table), ['text-in-numbers 5']);
  });

  it('is missing in a target that is to be a number', () => {
    const label = (i: number) => ['0', '1', '2', 'other'][i % 4];
    assert.equal(targetOf(label, { 'model.output': 'linear' }).target?.task, 'regression');
    assert.deepEqual(said(targetOf(label, { 'data.columnTypes': { label: 'number' } })), [
      'text-in-numbers 5',
    ]);
  });

  it('is trained on as one class of several', () => {
    const text = ['z,label', ...many((i) => `${i % 3}.${i % 9},${['0', '1', '2+'][i % 3]}`, 150)].join('\n');
    const { classes, classOf } = readDataset(text, course);
    assert.deepEqual(classes, ['0', '1', '2+']);
    assert.deepEqual([...(classOf ?? [])].slice(0, 3), [0, 1, 2]);
  });
});

describe('a clean table', () => {
  const own = new Set([
    'other-unit',
    'doubtful-letter',
    'codes-like-numbers',
    'marked-numbers',
    'odd-spelling',
    'word-is-class',
  ]);
  const alarms = (text: string | Uint8Array, options: ReadOptions = {}) => {
    const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
    const table = readTable(() => [bytes], options, { size: bytes.length });
    const { problems } = checkTable(table, course).table;
    return problems.list.filter(({ code }) => own.has(code)).map(({ code, line }) => `${code} ${line}`);
  };

  it('has none of this said of it, in the samples and among clean tables in all dialects', () => {
    const samples = readdirSync('samples').filter((name) => name.endsWith('.csv'));
    const found = samples.flatMap((name) => alarms(readFileSync(`samples/${name}`, 'utf8')));
    const clean = corpus(1).filter(({ group }) => group === 'clean');
    const others = clean.flatMap(({ name, bytes, settings }) =>
      alarms(bytes, settings).map((alarm) => `${name}: ${alarm}`),
    );
    console.log(
      `      false alarms: ${found.length + others.length} on ${samples.length + clean.length} clean tables`,
    );
    assert.deepEqual([...found, ...others], []);
  });
});

describe('digits in groups behind a zero', () => {
  const read = (delimiter: string, cells: readonly string[]) => {
    const rows = Array.from({ length: 24 }, (_, k) => `6.${k % 7}${delimiter}${cells[k % cells.length]}`);
    const bytes = new TextEncoder().encode(`x${delimiter}p\n${rows.join('\n')}\n`);
    return [...readTable(() => [bytes]).columns[1].numbers.subarray(0, cells.length)];
  };

  it('are a fraction, also beside columns with points: 0,065 is no 65', () => {
    assert.deepEqual(read(';', ['0,065', '0,605', '0,031', '0,980']), [0.065, 0.605, 0.031, 0.98]);
    assert.deepEqual(read(',', ['"0,925"', '"0,130"', '"0,512"']), [0.925, 0.13, 0.512]);
  });

  it('make fractions of the others in their column', () => {
    assert.deepEqual(read(';', ['2,061', '0,603']), [2.061, 0.603]);
  });

  it('are thousands where none starts with a zero, and one could be nothing else', () => {
    assert.deepEqual(read(';', ['2,061,300', '9,603']), [2_061_300, 9603]);
  });
});

describe('marks that may be those of thousands or of decimals, between commas', () => {
  const results = new FieldResults('thousands or decimals');
  after(() => results.print());
  const tables: readonly (readonly [
    what: string,
    names: string,
    row: (i: number) => string,
    said: readonly string[],
  ])[] = [
    [
      'points before three digits, beside hundreds',
      'pop',
      (i) => (i % 3 ? `${1 + mixed(i)}.${100 + 8 * mixed(i)}` : `${100 + 8 * mixed(i)}`),
      ['doubtful-decimals 1'],
    ],
    [
      'one point, beside hundreds',
      'pop,z',
      (i) => `${i === 4 ? '60.585' : 87 + 8 * mixed(i)},${mixed(i)}`,
      ['doubtful-decimals 1'],
    ],
    [
      'commas and nothing else',
      'sqft',
      (i) => `"${1 + (i % 4)},${100 + 8 * mixed(i)}"`,
      ['doubtful-decimals 1'],
    ],
    [
      'both marks in some cells',
      'v',
      (i) => `"${1 + mixed(i)},${100 + 8 * mixed(i)}${i % 3 ? '' : '.79'}"`,
      [],
    ],
    [
      'both marks in another column, behind a currency',
      'v,total',
      (i) => `"${1 + (i % 9)},${100 + 8 * mixed(i)}","$${1 + mixed(i)},${100 + 8 * mixed(i)}.79"`,
      [],
    ],
    [
      'round prices',
      'sqft,price',
      (i) => `"${1 + (i % 4)},${100 + 8 * mixed(i)}","${200 + 3 * mixed(i)},${i % 3 ? '000' : '500'}"`,
      [],
    ],
    [
      'hundreds beside thousands',
      'sqft',
      (i) => (i % 4 ? `"1,${100 + 8 * mixed(i)}"` : `${100 + 8 * mixed(i)}`),
      [],
    ],
    ['decimals in another column', 'sqft,lot', (i) => `"1,${100 + 8 * mixed(i)}",${mixed(i)}.5`, []],
    [
      'lakhs in another column',
      'v,w',
      (i) => `"${1 + (i % 9)},${10 + i},${100 + 8 * mixed(i)}","1,${100 + 8 * mixed(i)}"`,
      [],
    ],
    [
      'quantities with three digits behind the comma, some of them thousands',
      'v',
      (i) => `"${i % 3 ? '' : '1.'}${100 + 8 * mixed(i)},000"`,
      [],
    ],
    [
      'such quantities beside amounts, most of them thousands, below zero or not',
      'v,amount',
      (i) =>
        `"${100 + 8 * mixed(i)},000","${i % 5 ? '1.' : ''}${100 + 8 * mixed(i)},${10 + (i % 80)}${i % 4 ? '' : '-'}"`,
      [],
    ],
    [
      'such quantities alone',
      'v',
      (i) => `"${1 + mixed(i)},${100 + 8 * mixed(i + 3)}"`,
      ['doubtful-decimals 1'],
    ],
    ['measures, some below one', 'v', (i) => ['0.125', '1.500', '12.345', '7.250', '150'][i % 5], []],
    ['measures of several lengths', 'v', (i) => ['1.125', '1.5', '12.345', '7.25', '130'][i % 5], []],
    ['measures of three digits', 'v', (i) => ['1.125', '1.500', '12.345', '7.253'][i % 4], []],
    ['measures and a whole one', 'v', (i) => ['1.125', '1.500', '12.345', '7.253', '13'][i % 5], []],
    ['percentages', 'v', (i) => ['98.125', '100', '97.345', '99.253', '0'][i % 5], []],
  ];
  for (const [what, header, row, expected] of tables) {
    it(`are ${expected.length > 0 ? 'named' : 'in no doubt'}: ${what}`, () => {
      const text = [`${header},label`, ...many((i) => `${row(i)},${'ab'[((i * 11) >> 2) & 1]}`)].join('\n');
      const found = said(checked(text));
      results.add(what, found.join(', '), expected.join(', '));
      assert.deepEqual(found, expected);
    });
  }
});
