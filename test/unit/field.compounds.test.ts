// Numbers in two parts, such as feet and inches, numbers out of so many, and two numbers in one cell.
import assert from 'node:assert/strict';
import { readAmount } from '../../src/data/csv/readAmount';
import { checked, notes, soundTables } from '../field/reading';
import { FieldResults } from '../field/results';

const results = new FieldResults('compounds');
const many = (make: (i: number) => string) => Array.from({ length: 40 }, (_, i) => make(i));
const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`;
const OF_THESE = /^(?:read-as-|unread-numbers|text-in-numbers|mixed-decimals|other-unit|doubtful-|marked-)/;

/** Type, first numbers and notes of a column that has these cells over and over. */
function brief(cells: readonly string[], name = 'x', delimiter = ','): string {
  const rows = many((i) => `${quoted(cells[i % cells.length])}${delimiter}${(i * 7) % 11}.5`);
  const table = checked(`${quoted(name)}${delimiter}z\n${rows.join('\n')}\n`, {
    'data.target': 'z',
    'csv.delimiter': delimiter,
  });
  const { read, typed } = table.columns[0];
  const numbers =
    read.holds === 'numbers' ? [...read.numbers.slice(0, 3)].map((value) => String(+value.toFixed(4))) : [];
  return [typed.type, ...numbers, ...notes(table).filter((note) => OF_THESE.test(note))].join('; ');
}

type Case = readonly [what: string, cells: readonly string[], came: string, name?: string];
const cases: readonly Case[] = [
  ['feet and inches', [`5'10"`, `6'1"`, `5'8"`], 'number; 70; 73; 68; read-as-fractions 2'],
  ['feet and inches in words', ['5 ft 10 in', '6 ft', '5 ft 8.5 in'], 'number; 70; 72; 68.5; read-as-fractions 2'],
  ['feet and inches with other signs', ['5′ 10″', '6′ 1″', '11″'], 'number; 70; 73; 11; read-as-fractions 2'],
  ['feet and inches without the last mark', [`5'10`, `6'1`, `5'11`], 'number; 70; 73; 71; read-as-fractions 2'],
  ['pounds and ounces', ['5 lb 3 oz', '12 oz', '2 lb'], 'number; 83; 12; 32; read-as-fractions 2'],
  ['pounds and ounces, with a comma', ['5 lbs, 3 oz', '1 lb, 2.5 oz', '7 pounds, 1 ounce'], 'number; 83; 18.5; 113; read-as-fractions 2'],
  ['stones and pounds', ['11 st 4 lb', '9 st', '12st 13lb'], 'number; 158; 126; 181; read-as-fractions 2'],
  ['degrees, minutes and seconds', [`40°26'46"N`, `33°30'00"S`, `0°15'00"N`], 'number; 40.4461; -33.5; 0.25; read-as-fractions 2'],
  ['degrees and minutes behind a letter', ['W079 58.5', 'E012 30.0', 'W001 15'], 'number; -79.975; 12.5; -1.25; read-as-fractions 2'],
  ['degrees with blanks', ['40° 26′ 46″ N', '51° 30′ 0″ N', '48° 12′ N'], 'number; 40.4461; 51.5; 48.2; read-as-fractions 2'],
  ['degrees with a sign', [`-33°30'00"`, `40°30'00"`, `+1°15'00"`], 'number; -33.5; 40.5; 1.25; read-as-fractions 2'],
  ['marks out of twenty', ['14/20', '9/20', '17.5/20', 'abs'].concat(many((i) => `${i % 21}/20`)), 'number; 14; 9; 17.5; read-as-fractions 2; text-in-numbers 5'],
  ['scores of eight', ['3/8', '4/8', '7/8', '5/8'], 'number; 3; 4; 7; read-as-fractions 2'],
  ['stars', ['4.7 out of 5 stars', '3 out of 5 stars', '1.5 out of 5 stars', '5 out of 5 stars'], 'number; 4.7; 3; 1.5; read-as-fractions 2'],
  ['so many of ten', ['9 of 10', '3 of 10', '10 of 10', '4 of 10'], 'number; 9; 3; 10; read-as-fractions 2'],
  ['points in German', ['7 von 15', '12 von 15', '15 von 15', '1 von 15'], 'number; 7; 12; 15; read-as-fractions 2'],
  ['the pressure of blood', many((i) => `${100 + ((i * 7) % 60)}/${60 + ((i * 11) % 40)}`), 'identifier; unread-numbers 2'],
  ['a number and its share', many((i) => `${i + 1} (${2 * i + 1}.5%)`), 'identifier; unread-numbers 2'],
  ['a ratio and its interval', many((i) => `${i}.${i % 7} (${i}.1-${i + 2}.5)`), 'identifier; unread-numbers 2'],
  ['an interval in brackets', many((i) => `${i}.${i % 7} [${i}.1, ${i + 2}.5]`), 'identifier; unread-numbers 2'],
]; // prettier-ignore
const near: readonly Case[] = [
  ['feet alone', [`5'`, `6'`, `7'`], 'number; 5; 6; 7'],
  ['minutes and seconds with these marks', [`3'45"`, `2'50"`, `4'11"`], 'category'],
  ['feet and inches among other texts', [`5'10"`, 'tall', 'short'], 'category'],
  ['pounds alone', ['5 lb', '12 lb', '7 lb'], 'number; 5; 12; 7'],
  ['more minutes than a degree has', ['40°76', '33°80', '21°90'], 'category'],
  ['dates', ['40 26 N', '12-05-31', '13-04-22'], 'category'],
  ['parts', ['1/2', '2/2', '1/2'], 'category'],
  ['a few scores', ['7/10', '8/10', '9/10'], 'category'],
  ['measures of music', ['3/4', '4/4', '2/4'], 'category'],
  ['months', ['1/20', '5/20', '12/20', '7/20'], 'category'],
  ['odds', ['11/4', '5/2', '7/1', '9/2'], 'category'],
  ['shares of different numbers', ['3/10', '4/12', '7/20', '5/15'], 'category'],
  ['days of a year', many((i) => `${1 + (i % 28)}/${10 + (i % 3)}`), 'identifier'],
  ['a few pairs', ['120/80', '130/85', '110/70'], 'category'],
  ['numbers of houses', many((i) => `${30 + i}/${1 + (i % 4)}`), 'identifier'],
  ['telephones', many((i) => `(0${20 + i}) 55${i % 10}1`), 'identifier'],
]; // prettier-ignore

describe('numbers in two parts', () => {
  after(() => results.print());
  for (const [what, cells, came, name] of cases) {
    it(`are read or named: ${what}`, () => {
      const found = brief(cells, name);
      results.add(what, found, came);
      assert.equal(found, came);
    });
  }
  for (const [what, cells, came, name] of near) {
    it(`are not seen in ${what}`, () => {
      const found = brief(cells, name);
      results.add(`near miss: ${what}`, found, came);
      assert.equal(found, came);
    });
  }

  it('are named where their decimal marks are not alike, and nothing tells which is meant', () => {
    const mixed = many((i) => (i % 3 === 0 ? `${i}.5` : `${i},${i % 7}`));
    assert.equal(brief(mixed, 'x', ';'), 'identifier; unread-numbers 2');
    assert.equal(
      brief(
        many((i) => `${i},${i % 7}`),
        'x',
        ';',
      ).split(';')[0],
      'number',
    );
    assert.equal(
      brief(
        many((i) => (i % 3 === 0 ? `${i}.5` : `a,${i % 7}`)),
        'x',
        ';',
      ),
      'text',
    );
  });

  it('are the same where a row is to be predicted', () => {
    const cases = [
      [`5'11"`, 'in', 71],
      ['6 ft', 'in', 72],
      ['5 lb 3 oz', 'oz', 83],
      ['3 lb', 'oz', 48],
      ['11 st 4 lb', 'lb', 158],
      [`33°30'00"S`, '°', -33.5],
      ['14/20', '/20', 14],
      ['14/30', '/20', NaN],
      ['14', '/20', 14],
      ['5 m', 'in', 5 / 0.0254],
    ] as const;
    for (const [text, unit, value] of cases)
      assert.equal(readAmount(text, unit).toFixed(9), value.toFixed(9), `${text} in ${unit}`);
  });

  it('are found in no table that nothing is wrong with', () => {
    for (const { name, text } of soundTables())
      assert.deepEqual(
        notes(checked(text), 'text-in-numbers').filter((note) => OF_THESE.test(note)),
        [],
        name,
      );
  });
});
