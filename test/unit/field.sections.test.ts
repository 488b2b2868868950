// Numbers of three parts, 5.1.2, which are the names of sections and versions.
import assert from 'node:assert/strict';
import { brief, many, oneOf, type Case } from '../field/columns';
import { FieldResults } from '../field/results';

const two = (n: number) => String(n).padStart(2, '0');
const cases: readonly Case[] = [
  ['beside sections of two', 'x', oneOf('5.1', '5.2', '5.1.2', '5.2.1', '6.4'), 'category'],
  ['beside whole chapters', 'x', oneOf('5', '6', '5.1.2', '6.1.1', '7', '8'), 'category'],
  ['one of them, under the name of a section', 'Clause', oneOf('5', '6', '7', '5.1.2'), 'category'],
  ['one of them beside those of two', 'section', oneOf('5.1', '6.1', '7.3', '5.1.2'), 'category'],
  ['all of three', 'x', oneOf('5.1.2', '5.1.3', '6.2.1'), 'category'],
  ['with steps beyond the ninth', 'WBS', many((i) => `${1 + (i % 5)}.${1 + (i % 3)}.${10 + ((i * 7) % 4)}`), 'identifier identifier-column 1'],
  ['with steps beyond the ninth, under the name of clauses', 'Clause', many((i) => `${1 + (i % 5)}.${1 + (i % 3)}.${10 + ((i * 7) % 4)}`), 'identifier identifier-column 1'],
  ['no dates without zeros', 'x', many((i) => `${1 + ((i * 7) % 28)}.${1 + (i % 9)}.${10 + (i % 5)}`), 'date'],
  ['no thousands beside whole numbers', 'x', many((i) => (i % 3 ? `${1 + i}.${two(i)}7.250` : String(100 + i))), 'number 100 2017250'],
  ['no number with a slip in it', 'x', many((i) => (i === 7 ? '12.3.4' : `${10 + i}.5`)), 'number 10.5 11.5 text-in-numbers 9'],
  ['no day beside numbers', 'x', many((i) => (i === 7 ? '12.3.24' : String(10 + i))), 'number 10 11 text-in-numbers 9'],
]; // prettier-ignore

describe('numbers of three parts', () => {
  const results = new FieldResults('sections');
  after(() => results.print());
  for (const [what, name, cells, came] of cases) {
    it(`are names: ${what}`, () => {
      const found = brief(name, cells);
      results.add(what, found, came);
      assert.equal(found, came);
    });
  }
});
