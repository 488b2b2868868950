// Letters and few words beside numbers: billions or bytes, and names that begin with a number.
import assert from 'node:assert/strict';
import { readAmount } from '../../src/data/csv/readAmount';
import { checked, notes } from '../field/reading';
import { FieldResults } from '../field/results';

const results = new FieldResults('letters');
const many = (make: (i: number) => string) => Array.from({ length: 40 }, (_, i) => make(i));
const oneOf = (...texts: readonly string[]) => many((i) => texts[(i * 7 + (i >> 2)) % texts.length]);

/** Type, first numbers and notes of a column with these cells. */
function brief(name: string, cells: readonly string[]): string {
  const rows = cells.map((cell, i) => `${cell},${(i * 7) % 11}.5`);
  const table = checked(`${name},z\n${rows.join('\n')}\n`, { 'data.target': 'z' });
  const { read, typed } = table.columns[0];
  const numbers = read.holds === 'numbers' ? [...read.numbers.slice(0, 3)].map(String) : [];
  return [typed.type, ...numbers, ...notes(table, 'duplicate-rows', 'missing-values')].join(' ');
}

type Case = readonly [what: string, name: string, cells: readonly string[], came: string];
const cases: readonly Case[] = [
  ['billions beside trillions', 'Market Cap', oneOf('607B', '1.5T', '345B', '2T'), 'number 607000000000 2000000000000 345000000000'],
  ['billions beside trillions, under no telling name', 'x', oneOf('607.5B', '1.5T', '345B'), 'number 607500000000 1500000000000 345000000000'],
  ['billions, with millions and thousands', 'volume', oneOf('607.2B', '1.5T', '345M', '20K'), 'number 607200000000 20000 345000000'],
  ['billions with a fraction, under the name of a size', 'Market size', oneOf('1.5B', '2.25B', '345M'), 'number 1500000000 2250000000 345000000'],
  ['the sides of an account', 'balance', oneOf('655.59 DR', '244.97 CR', '137.63 CR'), 'number -655.59 244.97 137.63 doubtful-negatives 2'],
  ['the sides of an account, with thousands', 'x', oneOf('"1,655.59 Cr"', '"2,244.97 Dr"', '137.63 Dr'), 'number 1655.59 -2244.97 -137.63 doubtful-negatives 3'],
  ['the sides of an account in words', 'x', oneOf('65 credit', '24 debit', '13 credit'), 'number 65 -24 13 doubtful-negatives 3'],
  ['what lacks in an account', 'Balance', oneOf('£65.10 CR', '£24.30 OD', '£13.99 CR'), 'number 65.1 -24.3 13.99 doubtful-negatives 3'],
  ['thousands of a race, beside a word', 'race', oneOf('5k', '10k', 'half'), 'category'],
  ['how a car is driven', 'drive', oneOf('4WD', '2WD', '4x4'), 'category'],
  ['a dose beside none', 'arm', oneOf('5 mg', '10 mg', 'placebo'), 'category'],
  ['money beside none', 'ticket', oneOf('$5', '$10', 'free'), 'category'],
]; // prettier-ignore
const near: readonly Case[] = [
  ['bytes beside gigabytes', 'x', oneOf('512B', '4K', '3.4G'), 'number 512 4000 3400000000'],
  ['bytes beside terabytes, with thousands of them', 'x', oneOf('512B', '4K', '3T'), 'number 512 4000 3000000000000'],
  ['bytes, by their name', 'FileSize', oneOf('512B', '4M', '16B'), 'number 512 4000000 16'],
  ['one side of an account', 'x', oneOf('65.5 CR', '24.5 CR', '13.5 CR'), 'number 65.5 24.5 13.5'],
  ['decibels below zero', 'gain', oneOf('-12.5 dB', '-3 dB', '6 dB'), 'number -12.5 -3 6'],
  ['crores', 'x', oneOf('65.5 Cr', '2 lakh', '13.5 Cr'), 'number 655000000 200000 135000000'],
  ['sides beside a third word', 'x', oneOf('65.5 CR', '24.5 DR', '13.5 XY'), 'category other-unit 3'],
  ['many numbers beside a word', 'dose', many((i) => (i % 4 === 0 ? 'placebo' : `${i} mg`)), 'number NaN 1 2 text-in-numbers 2'],
  ['few numbers beside a word that is rare', 'dose', many((i) => (i === 7 ? 'placebo' : `${5 * (1 + (i % 3))} mg`)), 'number 5 10 15 text-in-numbers 9'],
  ['few plain numbers beside a word', 'rooms', oneOf('1', '2', '3', 'studio'), 'number 1 NaN 3 text-in-numbers 3'],
]; // prettier-ignore

describe('letters beside numbers', () => {
  after(() => results.print());
  for (const [what, name, cells, came] of [...cases, ...near]) {
    it(`are read as they are meant in ${what}`, () => {
      const found = brief(name, cells);
      results.add(what, found, came);
      assert.equal(found, came);
    });
  }

  it('are the same where a row is to be predicted', () => {
    assert.equal(readAmount('12.5 DR', 'CR'), -12.5);
    assert.equal(readAmount('12.5 cr', 'CR'), 12.5);
    assert.equal(readAmount('£3 OD', '£CR'), -3);
    assert.ok(Number.isNaN(readAmount('12.5 kg', 'CR')));
  });
});
