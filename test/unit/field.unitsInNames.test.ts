// Numbers with a unit among numbers whose unit the name of the column gives, and an L that is no flag.
import assert from 'node:assert/strict';
import { brief, many, type Case } from '../field/columns';
import { checked, notes, soundTables } from '../field/reading';
import { FieldResults } from '../field/results';

const blood = (odd: string) => many((i) => (i % 9 === 1 ? odd : String(200 + 50 * ((i * 7) % 13))));
const weights = (odd: string) => many((i) => (i % 9 === 1 ? odd : String(2800 + 10 * ((i * 7) % 90))));

const converted: readonly Case[] = [
  ['litres among millilitres', 'EBL (ml)', blood('1.5L'), 'number 200 1500'],
  ['litres with a blank and a small letter', 'blood loss [mL]', blood('1.2 l'), 'number 200 1200'],
  ['litres behind a plain word', 'volume_ml', blood('0.9L'), 'number 200 900'],
  ['kilograms among grams', 'Wt (g)', weights('4.10kg'), 'number 2800 4100'],
  ['the unit of the name, written out', 'Wt (g)', weights('3100 g'), 'number 2800 3100'],
  ['metres among centimetres', 'Länge in cm', many((i) => (i % 9 === 1 ? '1.75 m' : String(150 + i))), 'number 150 175'],
  ['hours among minutes', 'wait (min)', many((i) => (i % 9 === 1 ? '1.5 h' : String(20 + i))), 'number 20 90'],
  ['most with a unit, and the others in that of the name', 'Wt (g)', many((i) => (i % 3 ? `${3 + (i % 9) / 10}kg` : String(3000 + i))), 'number 3000 3100'],
]; // prettier-ignore
const named: readonly Case[] = [
  ['litres far below the others', 'EBL', blood('1.5L'), 'number 200 NaN other-unit 3'],
  ['litres with a blank', 'Verlust', blood('0.9 l'), 'number 200 NaN other-unit 3'],
  ['litres beside millilitres', 'intake', many((i) => (i % 9 === 1 ? '1.5L' : i % 9 === 2 ? '450 ml' : String(200 + i))), 'number 200 NaN other-unit 3 other-unit 4'],
  ['litres where nothing has another unit', 'x', blood('2L'), 'number 200 NaN other-unit 3'],
  ['numbers in another unit than the name gives', 'Wt (kg)', weights('3.4 kg'), 'number 2800 NaN other-unit 3'],
  ['a unit that has no factor to that of the name', 'Wt (g)', weights('3 cm'), 'number 2800 NaN other-unit 3'],
]; // prettier-ignore
const flags: readonly Case[] = [
  ['low ones of a laboratory', 'sodium', many((i) => (i % 9 === 1 ? `${130 + (i % 4)} L` : String(136 + (i % 9)))), 'number 136 131 marked-numbers 3'],
  ['low ones in so much a litre', 'Na (mmol/L)', many((i) => (i % 9 === 1 ? `${130 + (i % 4)} L` : String(136 + (i % 9)))), 'number 136 131 marked-numbers 3'],
  ['the same with other marks', 'glucose_mmol_L', many((i) => (i % 9 === 1 ? `${2 + (i % 4) / 10}L` : `${4 + (i % 9) / 10}`)), 'number 4 2.1 marked-numbers 3'],
  ['far below, beside high ones', 'TSH', many((i) => (i % 9 === 1 ? `0.0${1 + (i % 4)} L` : i % 9 === 2 ? `${9 + (i % 4)} H` : `${0.5 + (i % 9) / 10}`)), 'number 0.5 0.02 marked-numbers 3'],
]; // prettier-ignore

describe('numbers with a unit under a name that gives one', () => {
  const results = new FieldResults('units in names');
  after(() => results.print());
  const all: readonly (readonly [how: string, cases: readonly Case[]])[] = [
    ['converts', converted],
    ['names', named],
    ['keeps as a flag', flags],
  ];
  for (const [how, cases] of all)
    for (const [what, name, cells, came] of cases)
      it(`${how} ${what}`, () => {
        const found = brief(name, cells);
        results.add(what, found, came);
        assert.equal(found, came);
      });

  it('says nothing of units in a table that nothing is wrong with', () => {
    for (const { name, text } of soundTables())
      assert.ok(!notes(checked(text)).some((note) => /^(?:other-unit|marked)/.test(note)), name);
  });
});
