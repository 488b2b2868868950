// Decimal commas that only numbers with a unit show, years of 0, limits below zero, and signs that are one letter.
import assert from 'node:assert/strict';
import { brief, many, oneOf, type Case } from '../field/columns';
import { checked, notes } from '../field/reading';
import { FieldResults } from '../field/results';

describe('points in a file whose decimal commas stand before units', () => {
  const results = new FieldResults('marks');
  after(() => results.print());
  /** The second column of a table, with one beside it that tells the mark. */
  const beside = (other: (i: number) => string, cell: (i: number) => string, delimiter = ';') => {
    const lines = many((i) => [other(i), cell(i), 'uv'[((i * 7) % 11) % 2]].map((text) => (delimiter === ',' ? `"${text}"` : text)).join(delimiter)); // prettier-ignore
    const table = checked(`a${delimiter}n${delimiter}z\n${lines.join('\n')}\n`, { 'data.target': 'z' });
    const { numbers } = table.columns[1].read;
    return [...numbers.slice(0, 2), ...notes(table, 'duplicate-rows')].map(String).join(' ');
  };
  const thousands = (i: number) => (i % 4 ? `${1 + (i % 9)}.${200 + 7 * i}` : String(150 + 17 * i));
  const cases: [what: string, came: string, expected: string][] = [
    ['months', beside((i) => `${3 + i},5 meses`, thousands), '150 2207 doubtful-decimals 1'],
    ['percent', beside((i) => `${3 + i},25 %`, thousands), '150 2207 doubtful-decimals 1'],
    ['kilograms', beside((i) => `${3 + i},5kg`, thousands), '150 2207 doubtful-decimals 1'],
    ['degrees', beside((i) => `${3 + i},5 °C`, thousands), '150 2207 doubtful-decimals 1'],
    ['no points before units', beside((i) => `${3 + i}.5 kg`, thousands), '150 2.207 doubtful-decimals 1'],
    ['no whole numbers with a unit', beside((i) => `${3 + i} kg`, thousands), '150 2.207 doubtful-decimals 1'],
    ['no commas of sentences', beside((i) => `Nr ${i}, Haus`, thousands), '150 2.207 identifier-column 1 doubtful-decimals 1'],
    ['no fractions with a point', beside((i) => `${3 + i},5 kg`, (i) => `${3 + i}.5`), '3.5 4.5'],
  ]; // prettier-ignore
  for (const [what, came, expected] of cases) {
    it(`are thousands: ${what}`, () => {
      results.add(what, came, expected);
      assert.equal(came, expected);
    });
  }
});

const year = (i: number) => String(1890 + ((i * 37) % 131));
const cases: readonly Case[] = [
  ['a quarter of the years of houses', 'Year built', many((i) => (i % 4 ? year(i) : '0')), 'number 0 1927 placeholder-value 2'],
  ['nearly all years of a repair', 'yr_renovated', many((i) => (i % 7 === 3 ? year(i) : '0')), 'number 0 0 placeholder-value 2'],
  ['years in German', 'Baujahr', many((i) => (i % 3 ? year(i) : '0')), 'number 0 1927 placeholder-value 2'],
  ['years beside empty cells', 'year', many((i) => (i % 4 ? (i % 5 ? year(i) : '') : '0')), 'number 0 1927 placeholder-value 2'],
  ['no years of work', 'years', many((i) => String((i * 7) % 30)), 'number 0 7'],
  ['no distances', 'distance', many((i) => (i % 4 ? year(i) : '0')), 'number 0 1927'],
  ['no years alone', 'year', many(year), 'number 1890 1927'],
  ['degrees in one sign', 'temp', many((i) => `${12 + i}.5℃`), 'number 12.5 13.5'],
  ['degrees of Fahrenheit in one sign', 'temp', many((i) => `${60 + i} ℉`), 'number 60 61'],
  ['times a week', 'fruit', oneOf('5 x per week', '2 x per week', '1 x per week'), 'number 5 2'],
  ['times a day', 'dose', oneOf('3x/day', '2x/day', '1x/day'), 'number 3 2'],
  ['no times of other things', 'pack', oneOf('3 x A4', '2 x A5', '1 x A4'), 'category'],
]; // prettier-ignore

describe('years of 0, and signs of degrees and of times', () => {
  const results = new FieldResults('signs');
  after(() => results.print());
  for (const [what, name, cells, came] of cases) {
    it(what, () => {
      const found = brief(name, cells);
      results.add(what, found, came);
      assert.equal(found, came);
    });
  }
});

const grade = (i: number) => (0.02 + ((i * 37) % 97) / 50).toFixed(2);
const limits: readonly Case[] = [
  ['gold below its limit', 'Au_ppm', many((i) => (i % 4 ? grade(i) : '-0.01')), 'number -0.01 0.76 placeholder-value 2'],
  ['two limits', 'Ag', many((i) => (i % 4 ? grade(i) : i % 8 ? '-0.02' : '-0.01')), 'number -0.01 0.76 placeholder-value 2'],
  ['whole numbers', 'Cu_ppm', many((i) => (i % 4 ? String(5 + ((i * 37) % 97)) : '-5')), 'number -5 42 placeholder-value 2'],
  ['under any name', 'x', many((i) => (i % 3 ? grade(i) : '-0.03')), 'number -0.03 0.76 placeholder-value 2'],
  ['no changes below and above zero', 'change', many((i) => String(((i * 37) % 41) - 20)), 'number -20 17'],
  ['none far below the others', 'x', many((i) => (i % 4 ? grade(i) : '-0.5')), 'number -0.5 0.76'],
  ['none beside zeros', 'x', many((i) => (i % 4 ? (i % 5 ? grade(i) : '0') : '-0.01')), 'number -0.01 0.76'],
  ['one slip', 'x', many((i) => (i === 7 ? '-0.02' : grade(i))), 'number 0.02 0.76'],
]; // prettier-ignore

describe('limits of detection below zero', () => {
  const results = new FieldResults('limits');
  after(() => results.print());
  for (const [what, name, cells, came] of limits) {
    it(`are named: ${what}`, () => {
      const found = brief(name, cells);
      results.add(what, found, came);
      assert.equal(found, came);
    });
  }
});
