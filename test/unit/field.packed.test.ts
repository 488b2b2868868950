// Two counts in a cell, degrees with their minutes and seconds in one number, and years before our count.
import assert from 'node:assert/strict';
import { readAmount } from '../../src/data/csv/readAmount';
import { brief, many, oneOf, type Case } from '../field/columns';
import { checked, notes } from '../field/reading';
import { FieldResults } from '../field/results';

function suite(kind: string, cases: readonly Case[]): void {
  describe(kind, () => {
    const results = new FieldResults(kind);
    after(() => results.print());
    for (const [what, name, cells, came, delimiter] of cases) {
      it(what, () => {
        const found = brief(name, cells, { delimiter });
        results.add(what, found, came);
        assert.equal(found, came);
      });
    }
  });
}

const two = (n: number) => String(n).padStart(2, '0');
/** Such a column beside one whose decimal mark is a point. */
function besidePoints(name: string, cells: readonly string[]): string {
  const lines = cells.map((cell, i) => `"${cell}",${(i * 7) % 13}.25,${'uv'[((i * 7) % 11) % 2]}`);
  const table = checked(`${name},q,z\n${lines.join('\n')}\n`, { 'data.target': 'z' });
  const { read, typed } = table.columns[0];
  return [typed.type, ...read.numbers.slice(0, 2), ...notes(table, 'duplicate-rows')].join(' ');
}

const NAMED = 'codes-like-numbers 2';
describe('two counts in a cell', () => {
  const results = new FieldResults('counts');
  after(() => results.print());
  const counts: [what: string, name: string, cells: string[], came: string][] = [
    ['reads of two alleles', 'AD', many((i) => `${40 - i},${(i * 7) % 31}`), `number 40 39.7 ${NAMED}`],
    ['votes', 'for_against', many((i) => `${(i * 13) % 90},${(i * 37) % 130}`), `number 0 13.37 ${NAMED}`],
    ['up to hundreds', 'x', many((i) => `${100 + i},${(i * 50) % 400}`), `number 100 101.5 ${NAMED}`],
    ['with none of the first', 'n', many((i) => `${i % 3 ? 10 * i : 0},${5 * i}`), `number 0 10.5 ${NAMED}`],
    ['no fractions of two digits', 'x', many((i) => `${3 + i},${two((i * 37) % 100)}`), 'number 3 4.37'],
    ['no fractions without zeros at their end', 'x', many((i) => String(3 + i + ((i * 37) % 100) / 100).replace('.', ',')), 'number 3 4.37'],
    ['no fractions that begin with zeros', 'x', many((i) => `${3 + i},${['05', '10', '5', '20', '075'][i % 5]}`), 'number 3.05 4.1'],
    ['too few to say so', 'x', many((i) => ['3,5', '4,20', '7,10'][i % 3]), 'number 3.5 4.2'],
  ]; // prettier-ignore
  for (const [what, name, cells, came] of counts) {
    it(what, () => {
      const found = besidePoints(name, cells);
      results.add(what, found, came);
      assert.equal(found, came);
    });
  }
});

const packed = (i: number) => `${47 + (i % 7)}${two((i * 13) % 60)}${two((i * 29) % 60)}`;
const PARTS = 'counted-parts 2';
suite('degrees, minutes and seconds in one number', [
  ['with its half of the earth', 'Latitude', many((i) => `${packed(i)}N`), `number 470000 481329 ${PARTS}`],
  ['without', 'lat', many(packed), `number 470000 481329 ${PARTS}`],
  ['a longitude with zeros in front', 'Longitude', many((i) => `${two(i % 14)}${two((i * 13) % 60)}${two((i * 29) % 60)}E`.padStart(8, '0').replace(/^0000/, '0010')), `number 10000 11329 ${PARTS}`],
  ['as receivers write them', 'lat', many((i) => `${47 + (i % 7)}${two((i * 13) % 60)}.${two(i)}5`), `number 4700.005 4813.015 ${PARTS}`],
  ['no degrees', 'lat', many((i) => `${47 + (i % 7)}.${two((i * 13) % 100)}5`), 'number 47.005 48.135'],
  ['no metres on a map', 'longitude', many((i) => String(500_000 + ((i * 7919) % 90_000))), 'number 500000 507919'],
  ['no other numbers', 'code of it', many(packed), 'number 470000 481329'],
]); // prettier-ignore

suite('years before our count', [
  ['beside others', 'Date', oneOf('450 BC', '120 AD', '44 BC', '79 AD', '1200 BC'), 'number -450 -44'],
  ['with other letters', 'year', oneOf('450 BCE', '120 CE', '44 BCE', '79 CE'), 'number -450 79'],
  ['in German', 'Jahr', oneOf('450 v. Chr.', '120 n. Chr.', '44 v. Chr.'), 'number -450 120'],
  ['about then', 'Date', oneOf('c. 450 BC', '120 AD', '44 BC', '79 AD'), 'number -450 79 marked-numbers 2'],
  ['alone', 'Date', oneOf('450 BC', '44 BC', '1200 BC'), 'number 450 44'],
  ['no boards of schools', 'board', oneOf('450 BC', '120 XY', '44 BC'), 'category other-unit 3'],
]); // prettier-ignore

describe('a model of such years', () => {
  it('reads other rows as its table was read', () => {
    assert.equal(readAmount('450 BC', 'AD'), -450);
    assert.equal(readAmount('12 µg/µl', 'ng/µl'), 12_000);
  });
});
