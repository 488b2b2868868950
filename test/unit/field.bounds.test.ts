// Numbers written as bounds: names of classes in some columns, limits of what can be measured in others.
import assert from 'node:assert/strict';
import { checked } from '../field/reading';
import { FieldResults } from '../field/results';

const tableOf = (cell: (i: number) => string) =>
  [
    'age,hours,x',
    ...Array.from({ length: 90 }, (_, i) => `${20 + ((i * 37) % 41)}.${i % 7},${30 + (i % 13)},${cell(i)}`),
  ].join('\n');
const of =
  (...texts: readonly string[]) =>
  (i: number) =>
    texts[(i * 7 + (i >> 2)) % texts.length];

describe('numbers written as bounds', () => {
  const results = new FieldResults('bounds');
  after(() => results.print());

  const cases: readonly [what: string, cell: (i: number) => string, expected: string][] = [
    ['<=50K and >50K', of('<=50K', '>50K'), 'category of 2'],
    ['<=50K. and >50K.', of('<=50K.', '>50K.'), 'category of 2'],
    ['<100 and >100', of('<100', '>100'), 'category of 2'],
    ['<5 and >=5', of('<5', '>=5'), 'category of 2'],
    ['<65 and 65+', of('<65', '65+'), 'category of 2'],
    ['<7, 7 and >7', of('<7', '7', '>7'), 'category of 3'],
    ['≤7 and <7', of('≤7', '<7'), 'category of 2'],
    ['<20 and >80', of('<20', '>80'), 'category of 2'],
    ['below what can be measured', (i) => (i % 5 ? `${(i * 37) % 101}.5` : '<0.5'), 'number'],
    [
      'beyond both ends',
      (i) => (i % 9 === 0 ? '<5' : i % 9 === 1 ? '>100' : `${5 + ((i * 37) % 95)}`),
      'number',
    ],
    ['mostly below several limits', (i) => (i % 3 ? of('<0.5', '<1')(i) : `${1 + i}.25`), 'number'],
    ['all at least so many', of('10,000+', '500+', '1,000+'), 'number'],
  ];
  for (const [what, cell, expected] of cases) {
    it(`are ${expected === 'number' ? 'numbers' : 'classes'}: ${what}`, () => {
      const found = checked(tableOf(cell)).columns[2];
      const { type } = found.typed;
      const texts = found.read.holds === 'texts' ? new Set(found.read.codes).size : 0;
      const came = type === 'category' ? `category of ${texts}` : type;
      results.add(what, came, expected);
      assert.equal(came, expected);
    });
  }
});
