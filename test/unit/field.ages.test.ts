// Ages and tenures, in which a cell may have years, months, weeks or days alone.
import assert from 'node:assert/strict';
import { readAmount } from '../../src/data/csv/readAmount';
import { brief, oneOf, type Case } from '../field/columns';
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

const WEEK = (12 * 7) / 365.2425;

suite('an m of months', [
  ['beside years and months', 'Age', oneOf('9y', '2y 3m', '4m'), 'number 108 27 read-as-durations 2'],
  ['first of all', 'Tenure', oneOf('4m', '2y 3m', '9y'), 'number 4 27 read-as-durations 2'],
  ['with a blank', 'x', oneOf('4 m', '2 y 3 m', '9 y'), 'number 4 27 read-as-durations 2'],
  ['in capitals', 'Age', oneOf('4M', '2Y 3M', '9Y'), 'number 4 27 read-as-durations 2'],
  ['with days behind', 'Age', oneOf('4m', '2m 10d', '1y'), `number 4 ${2 + (12 * 10) / 365.2425} read-as-durations 2`],
  ['beside years alone, of an age', 'Age', oneOf('4m', '9y', '2y'), 'number 4 108 read-as-durations 2'],
  ['beside weeks too', 'age_at_death', oneOf('4m', '9y', '2y', '6w'), `number 4 ${6 * WEEK} read-as-durations 2`],
  ['beside years alone, of anything', 'x', oneOf('4m', '2y', '9y'), 'category other-unit 3'],
  ['beside weeks too, of anything', 'x', oneOf('4m', '9y', '2y', '6w'), 'category other-unit 3'],
  ['beside weeks and days', 'Age', oneOf('3m', '2w 3d', '1d'), `number 3 ${2 * WEEK + 3 * (12 / 365.2425)} read-as-durations 2`],
  ['beside years and hours', 'Age', oneOf('3m', '1y 2h', '1d'), `number 3 ${12 + (12 / 365.2425) * (2 / 24)} read-as-durations 2`],
]); // prettier-ignore

suite('an m of minutes', [
  ['beside hours', 'Age', oneOf('45m', '1h 10m'), 'number 2700 4200 read-as-durations 2'],
  ['beside days and hours', 'uptime', oneOf('45m', '2d 3h', '1d'), 'number 2700 183600 read-as-durations 2'],
  ['beside seconds', 'x', oneOf('45m', '3m 20s'), 'number 2700 200 read-as-durations 2'],
  ['behind days', 'x', oneOf('45m', '2d 3m', '1d'), 'number 2700 172980 read-as-durations 2'],
  ['of the standard', 'x', oneOf('PT4M', 'P2Y3M', 'P9Y'), `number ${12 * 240 / (365.2425 * 86400)} 27 read-as-durations 2`],
  ['in a word beside years', 'x', oneOf('45 min', '2 years 30 min'), `number ${12 * 2700 / (365.2425 * 86400)} ${24 + 12 * 1800 / (365.2425 * 86400)} read-as-durations 2`],
  ['or of months, between mo and h', 'x', oneOf('3m', '1 mo 3 d', '2 h'), 'category'],
]); // prettier-ignore

describe('a model of such ages', () => {
  it('reads other rows as its table was read', () => {
    assert.equal(readAmount('4m', 'months'), 4);
    assert.equal(readAmount('9y', 'months'), 108);
    assert.equal(readAmount('6w', 'months'), 6 * WEEK);
    assert.equal(readAmount('45m', 's'), 2700);
  });
});
