// Numbers with a word or a sign beside them that is none of their value: labels of a scale, flags, brackets.
import assert from 'node:assert/strict';
import { checked, notes, soundTables } from '../field/reading';
import { FieldResults } from '../field/results';

const results = new FieldResults('labels');
const many = (make: (i: number) => string) => Array.from({ length: 60 }, (_, i) => make(i));
/** One of them in each row, in no order. */
const oneOf = (...texts: readonly string[]) => many((i) => texts[(i * 7 + (i >> 2)) % texts.length]);
/** Numbers from 1 to 21 with a fraction, and these at every seventh row. */
const among = (odd: readonly string[]) =>
  many((i) => (i % 7 === 2 ? odd[(i >> 2) % odd.length] : `${1 + ((i * 11) % 20)}.5`));

/** Type, least and greatest number, how many are missing, and notes of a column with these cells. */
function brief(cells: readonly string[]): string {
  const rows = cells.map((cell, i) => `"${cell}";${(i * 7) % 11}.5`);
  const table = checked(`x;z\n${rows.join('\n')}\n`, { 'data.target': 'z', 'csv.delimiter': ';' });
  const { read, typed } = table.columns[0];
  const present = [...read.numbers].filter((value) => !Number.isNaN(value));
  const range = read.holds === 'numbers' ? [`${Math.min(...present)} to ${Math.max(...present)}`] : [];
  const missing = read.missing > 0 ? [`${read.missing} missing`] : [];
  return [
    typed.type,
    ...range,
    ...missing,
    ...notes(table, 'duplicate-rows', 'missing-values', 'free-text'),
  ].join('; ');
}

type Case = readonly [what: string, cells: readonly string[], came: string];
const cases: readonly Case[] = [
  ['the ends of a scale', oneOf('1 - strongly disagree', '2', '3', '4', '5 - strongly agree'), 'number; 1 to 5; marked-numbers 2'],
  ['the ends of a scale, in parentheses', oneOf('2', '5', '10 (best)', '8', '1 (worst)'), 'number; 1 to 10; marked-numbers 3'],
  ['the ends of a scale, behind an equals sign', oneOf('0 = nie', '1', '2', '3 = täglich'), 'number; 0 to 3; marked-numbers 2'],
  ['one label', oneOf('1', '2', '3', '4: very good'), 'number; 1 to 4; marked-numbers 3'],
  ['flags of a laboratory', among(['31.2 H', '40.5 H', '0.3 L', '0.2 L']), 'number; 0.2 to 40.5; marked-numbers 4'],
  ['flags of one kind, without a blank', among(['31.2H', '40.5H', '52H']), 'number; 1.5 to 52; marked-numbers 4'],
  ['flags as words', among(['31.2 High', '40.5 High', '0.3 Low']), 'number; 0.3 to 40.5; marked-numbers 4'],
  ['critical ones', among(['31.2 H', '60 HH', '0.3 LL']), 'number; 0.3 to 60; marked-numbers 4'],
  ['brackets around some', among(['[4.5]', '[7]']), 'number; 1.5 to 20.5; marked-numbers 4'],
  ['estimates', among(['4.5 (est.)', '7 (est.)', '8 (e)']), 'number; 1.5 to 20.5; marked-numbers 4'],
  ['provisional numbers', among(['4.5 (p)', '7 (r)', '12 (prov.)']), 'number; 1.5 to 20.5; marked-numbers 4'],
  ['rough numbers', among(['c. 50', 'c. 40', 'est. 12']), 'number; 1.5 to 50; marked-numbers 4'],
  ['years, and more of them', oneOf('1 year', '2 years', '3 years', '10+ years'), 'number; 1 to 10; marked-numbers 3'],
  ['a plus before a word', oneOf('0 kids', '1 kid', '2 kids', '3+ kids'), 'number; 0 to 3; marked-numbers 3'],
]; // prettier-ignore
const near: readonly Case[] = [
  ['a label for each number', oneOf('1 - no', '2 - maybe', '3 - yes'), 'category'],
  ['two labels of one number', oneOf('1 (old)', '1 (new)', '2', '3', '4'), 'number; 2 to 4; 24 missing; text-in-numbers 2; text-in-numbers 5'],
  ['one label of two numbers', oneOf('1 (kg)', '5 (kg)', '2', '3', '4'), 'number; 2 to 4; 24 missing; text-in-numbers 2; text-in-numbers 5'],
  ['days that a spreadsheet made', oneOf('1', '2', '3', '9-May', '4-Jun'), 'number; 1 to 3; 24 missing; text-in-numbers 4; text-in-numbers 8'],
  ['words behind measures', among(['4.5 (x)', '7 (y)']), 'number; 1.5 to 20.5; 9 missing; text-in-numbers 4; text-in-numbers 25'],
  ['litres', among(['4 L', '7 L', '9.5 L']), 'number; 1.5 to 20.5; 9 missing; other-unit 4'],
  ['hours among the others', among(['4 H', '7 H', '9.5 H']), 'number; 1.5 to 20.5; 9 missing; other-unit 4'],
  ['flags on both sides of the others', among(['4.5 H', '31 L', '7 H']), 'number; 1.5 to 20.5; 9 missing; other-unit 4; other-unit 18'],
]; // prettier-ignore

describe('numbers with a word or a sign beside them', () => {
  after(() => results.print());
  for (const [what, cells, came] of cases) {
    it(`are read as the number, and said to be: ${what}`, () => {
      const found = brief(cells);
      results.add(what, found, came);
      assert.equal(found, came);
    });
  }
  for (const [what, cells, came] of near) {
    it(`are left as they are: ${what}`, () => {
      const found = brief(cells);
      results.add(`near miss: ${what}`, found, came);
      assert.equal(found, came);
    });
  }

  it('are found in no table that nothing is wrong with', () => {
    for (const { name, text } of soundTables())
      assert.ok(!notes(checked(text)).some((note) => note.startsWith('marked-numbers')), name);
  });
});
