// What keeps a column from being numbers or dates is said of a few different texts as it is of many.
import assert from 'node:assert/strict';
import { brief, many, oneOf, type Case } from '../field/columns';
import { checked, notes, soundTables } from '../field/reading';
import { FieldResults } from '../field/results';

const NAMED = 'unread-numbers 2';
const ASNUMBERS = 'read-as-fractions 2';
const cases: readonly Case[] = [
  ['exposures', 'Exposure', oneOf('1/250', '1/60', '1/500', '1/8'), `number 0.004 0.125 ${ASNUMBERS}`],
  ['exposures beside seconds', 'ExposureTime', oneOf('1/250', '1/60', '0.5', '1/1000', '2', '1/15'), `number 0.004 ${1 / 60} ${ASNUMBERS}`],
  ['exposures with their unit', 'shutter', oneOf('1/250 s', '1/125 s', '1/2000 s', '2 s', '1/8 s'), `number 0.004 0.0005 ${ASNUMBERS}`],
  ['dilutions', 'titre', oneOf('1/20', '1/40', '1/80', '1/160'), `number 0.05 0.00625 ${ASNUMBERS}`],
  ['no first days of months', 'x', oneOf('1/2', '1/3', '1/7', '1/11', '1/28'), 'category'],
  ['no scales of maps', 'scale', oneOf('1/500', '1/1000', '1/2000', '1/250'), 'category'],
  ['no odds', 'odds', oneOf('1/40', '1/20', '1/50', '1/33'), 'category'],
  ['no flats of houses', 'flat', oneOf('1/40', '2/40', '3/40', '4/41'), 'category'],

  ['a day and the name of its month', 'Date', oneOf('9 Mar', '10 Mar', '2 Apr'), `category ${NAMED}`],
  ['with a weekday', 'Date', oneOf('Tue 9 Apr', 'Wed 10 Apr', 'Thu 11 Apr'), `category ${NAMED}`],
  ['with a weekday, many', 'Date', many((i) => `Mon ${1 + (i % 28)} ${['Mar', 'Apr'][i % 2]}`), `text free-text 1 ${NAMED}`],
  ['the month first', 'x', oneOf('Mar 9', 'Mar 10', 'April 2'), `category ${NAMED}`],
  ['German, with a weekday', 'Termin', oneOf('Di. 9. März', 'Mi. 10. März', 'Do. 2. Mai'), `category ${NAMED}`],
  ['numbers behind a weekday', 'Dag', oneOf('lör 4/5', 'søn 5/5', 'lör 11/5'), `category ${NAMED}`],
  ['no classes called like months', 'x', oneOf('Mark 1', 'Mark 2', 'Decile 3', 'Junior 1'), 'category'],
  ['no numbered sets', 'x', oneOf('Set 1', 'Set 2', 'Set 3'), 'category'],
  ['no weekdays alone', 'x', oneOf('Mon', 'Tue', 'Wed'), 'category'],
  ['no numbers behind other words', 'x', oneOf('box 4/5', 'bag 5/5', 'tin 11/5'), 'category'],

  ['two areas', 'area', oneOf('112/84.97㎡', '80/59.9㎡', '105/84.5㎡'), `category ${NAMED}`],
  ['two fractions', 'x', oneOf('1.5/2.25', '3.5/4', '2/2.75'), `category ${NAMED}`],
  ['a number and its share', 'n', oneOf('35 (68.6%)', '12 (23.5%)', '4 (7.8%)'), `category ${NAMED}`],
  ['a ratio and its interval', 'OR', oneOf('2.8 (1.2-3.4)', '1.1 (0.9-1.4)'), `category ${NAMED}`],
  ['no sizes of clothes', 'size', oneOf('86/92', '98/104', '110/116'), 'category'],
  ['no seasons', 'x', oneOf('2019/20', '2020/21', '2021/22'), 'category'],
  ['no measures of music', 'x', oneOf('3/4', '4/4', '6/8'), 'category'],
]; // prettier-ignore

describe('a few texts that are no numbers', () => {
  const results = new FieldResults('few texts');
  after(() => results.print());
  for (const [what, name, cells, came] of cases) {
    it(`are read, named or left alone: ${what}`, () => {
      const found = brief(name, cells);
      results.add(what, found, came);
      assert.equal(found, came);
    });
  }

  it('are found in no table that nothing is wrong with', () => {
    for (const { name, text } of soundTables())
      assert.ok(!notes(checked(text)).some((note) => /^(?:unread|read-as)/.test(note)), name);
  });
});
