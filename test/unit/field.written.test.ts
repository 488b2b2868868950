// Amounts whose fraction is a dash, and rows of numbers that begin with a word or another minus.
import assert from 'node:assert/strict';
import { readAmount } from '../../src/data/csv/readAmount';
import { checked, notes } from '../field/reading';
import { FieldResults } from '../field/results';

const COMMON = ['duplicate-rows', 'missing-values', 'heavy-tail', 'wild-value', 'leakage', 'doubtful-task'];
const table = (header: string, row: (i: number) => string) =>
  [header, ...Array.from({ length: 40 }, (_, i) => row(i))].join('\n');
const side = (i: number) => 'ab'[((i * 11) >> 2) & 1];
/** Hundreds from 1,500 to 11,500 in no order, the first of them 1,500, the second 5,200. */
const hundreds = (i: number) => 1500 + ((i * 37) % 101) * 100;
const grouped = (value: number, mark = '.') =>
  `${Math.floor(value / 1000)}${mark}${String(value % 1000).padStart(3, '0')}`;

/** Rows, type, and first numbers of the column `x`, with what is said. */
function brief(text: string): string {
  const found = checked(text);
  const { read, typed } = found.columns.find((column) => column.read.name === 'x') ?? found.columns[0];
  const numbers = read.holds === 'numbers' ? [...read.numbers.slice(0, 2)].map(String) : [];
  return [`${found.table.rows} rows`, typed.type, ...numbers, ...notes(found, ...COMMON)].join(' ');
}

type Case = readonly [what: string, text: string, came: string];
const dashes: readonly Case[] = [
  ['behind points, before a sign', table('x;side', (i) => `${grouped(hundreds(i))},- €;${side(i)}`), '40 rows number 1500 5200'],
  ['behind points, without a currency', table('x;side', (i) => `${grouped(hundreds(i))},-;${side(i)}`), '40 rows number 1500 5200'],
  ['two of them', table('x;side', (i) => `€ ${grouped(hundreds(i))},--;${side(i)}`), '40 rows number 1500 5200'],
  ['a long one, before a code', table('x;side', (i) => `${grouped(hundreds(i))},– EUR;${side(i)}`), '40 rows number 1500 5200'],
  ['behind a currency in letters', table('x;side', (i) => `kr ${grouped(hundreds(i))},-;${side(i)}`), '40 rows number 1500 5200'],
  ['behind a colon, as in Sweden', table('x;side', (i) => `${grouped(hundreds(i))}:-;${side(i)}`), '40 rows number 1500 5200'],
  ['behind a colon, without thousands', table('x;side', (i) => `${100 + i}:-;${side(i)}`), '40 rows number 100 101'],
  ['beside decimal points', table('x;z;side', (i) => `${grouped(hundreds(i))},-;${i % 7}.5;${side(i)}`), '40 rows number 1500 5200'],
  ['beside thousands that nothing else tells', table('x;price;side', (i) => `${grouped(hundreds(i))};${grouped(hundreds(i + 9))},-;${side(i)}`), '40 rows number 1500 5200 doubtful-decimals 1'],
  ['behind a point, where commas are between thousands', table('x,side', (i) => `"${grouped(hundreds(i), ',')}.-",${side(i)}`), '40 rows number 1500 5200'],
]; // prettier-ignore
const words: readonly Case[] = [
  ['rough ones', table('x,y,side', (i) => `${i % 5 ? '' : 'ca. '}${3 + i},${i % 5 ? '' : 'ca. '}${60 - i},${side(i)}`), '40 rows number 3 4 marked-numbers 2 marked-numbers 2'],
  ['rough ones in English', table('x,y,side', (i) => `${i % 5 === 2 ? 'about ' : ''}${3 + i},${i % 5 === 2 ? 'approx. ' : ''}${60 - i},${side(i)}`), '40 rows number 3 4 marked-numbers 4 marked-numbers 4'],
  ['below zero, with the minus of mathematics, beside a rough one', table('x,y,side', (i) => `${i % 4 ? '' : '−'}${3 + i}.5,${i % 4 ? '' : 'ca. '}${60 - i},${side(i)}`), '40 rows number -3.5 4.5 marked-numbers 2'],
  ['below zero, with two dashes', table('x,y,side', (i) => `${i % 9 === 4 ? '−' : ''}${3 + i}.5,${i % 9 === 4 ? '–' : ''}${60 - i}.5,${side(i)}`), '40 rows number 3.5 4.5'],
  ['a rough one beside a word', table('x,y,side', (i) => `${i === 9 ? 'circa 12' : 3 + i},${i === 9 ? 'low' : 60 - i},${side(i)}`), '40 rows number 3 4 text-in-numbers 11 text-in-numbers 11'],
]; // prettier-ignore
const near: readonly Case[] = [
  ['a second header', table('x,y,side', (i) => (i === 20 ? 'width,height,side' : `${3 + i},${60 - i},${side(i)}`)), '39 rows number 3 4 words-in-numbers 22'],
  ['units of a second table', table('x,y,side', (i) => (i === 20 ? 'mm,kg,side' : `${3 + i},${60 - i},${side(i)}`)), '39 rows number 3 4 words-in-numbers 22'],
  ['decimals of three digits', table('x;side', (i) => `${grouped(hundreds(i))};${side(i)}`), '40 rows number 1.5 5.2'],
]; // prettier-ignore

describe('numbers as people write them', () => {
  const results = new FieldResults('dashes');
  after(() => results.print());
  const test = (kind: string, title: string, [what, text, expected]: Case) =>
    it(`${title}: ${what}`, () => {
      const came = brief(text);
      results.add(what, came, expected, kind);
      assert.equal(came, expected);
    });
  for (const each of dashes) test('dashes', 'are whole where a dash stands for the fraction', each);
  for (const each of words) test('rows', 'make a row of what begins with a word or a dash', each);
  for (const each of near) test('near', 'are told from what is like them', each);

  it('are the same where a row is to be predicted', () => {
    assert.equal(readAmount('14.900,- €', '€'), 14_900);
    assert.equal(readAmount('530,- €', '€'), 530);
  });
});
