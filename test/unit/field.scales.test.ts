// Reports on signals in several scales, without a unit that says so.
import assert from 'node:assert/strict';
import { brief, many, oneOf, type Case } from '../field/columns';
import { FieldResults } from '../field/results';

const cases: readonly Case[] = [
  ['of speech and Morse', 'RST_SENT', oneOf('59', '599', '57', '579'), 'number 59 579 two-units 3'],
  ['of speech and in decibels', 'rst_rcvd', oneOf('59', '-12', '57', '-07'), 'number 59 -7 two-units 3'],
  ['of speech, Morse and in decibels', 'Report', oneOf('599', '59', '-73', '-61', '55'), 'number 599 -73 two-units 4'],
  ['in decibels with their sign', 'RST (R)', oneOf('59', '+05', '-12', '58'), 'number 59 58 two-units 4'],
  ['among empty cells', 'RST', many((i) => (i % 3 ? ['59', '599'][i % 2] : '')), 'number NaN 599 two-units 4'],
  ['what was received', 'rcvd', oneOf('59', '58', '599', '-15'), 'number 59 -15 two-units 4'],
  ['none of one scale', 'RST_SENT', oneOf('599', '579', '559'), 'number 599 579'],
  ['none in decibels alone', 'report', oneOf('-12', '-7', '5', '0'), 'number -12 0'],
  ['none but for one of them', 'rst', many((i) => (i === 9 ? '599' : ['59', '57'][i % 2])), 'number 59 57 wild-value 11'],
  ['no numbers of reports', 'reports', many((i) => String(40 + ((i * 37) % 90))), 'number 40 77'],
  ['no parcels sent', 'sent', many((i) => String(11 + ((i * 53) % 300))), 'number 11 64'],
  ['no numbers under another name', 'size', oneOf('59', '599', '57', '579'), 'number 59 579'],
]; // prettier-ignore

describe('reports on signals in several scales', () => {
  const results = new FieldResults('scales');
  after(() => results.print());
  for (const [what, name, cells, came] of cases) {
    it(`are named: ${what}`, () => {
      const found = brief(name, cells);
      results.add(what, found, came);
      assert.equal(found, came);
    });
  }
});
