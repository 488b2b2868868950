// Years with their month, and times of day, whose point makes numbers of them.
import assert from 'node:assert/strict';
import { makeDataset } from '../../src/data/dataset';
import { days } from '../../src/data/csv/dates';
import { applyTransform } from '../../src/data/transform';
import { transformFromJson, transformToJson } from '../../src/data/transformFile';
import type { Settings } from '../../src/settings/settings';
import { brief, many, oneOf, tableWith, type Case } from '../field/columns';
import { column } from '../field/dates';
import { checked } from '../field/reading';
import { FieldResults } from '../field/results';
import { course } from './course';

const two = (n: number) => String(n).padStart(2, '0');
const month = (i: number) => 1 + ((i * 5) % 12);

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

const NAMED = 'dates-in-numbers 1';
suite('years with their month behind a point', [
  ['the years of buildings in Korean', '준공', many((i) => `${1988 + ((i * 7) % 33)}.${two(month(i))}`), `number 1988.01 1995.06 ${NAMED}`],
  ['under no telling name', 'x', many((i) => `${2015 + (i % 5)}.${two(month(i))}`), `number 2015.01 2016.06 ${NAMED}`],
  ['a few of them', 'Übergabe', oneOf('2011.12', '2000.10', '1993.01', '1993.06', '2004.11'), `number 2011.12 1993.01 ${NAMED}`],
  ['with a decimal comma', 'Baujahr', many((i) => `${1990 + (i % 30)},${two(month(i))}`), `number 1990.01 1991.06 ${NAMED}`, ';'],
  ['without the zero of October', 'period', many((i) => String(Number(`${2010 + (i % 9)}.${two(month(i))}`))), `number 2010.01 2011.06 ${NAMED}`],
  ['beside empty cells', 'since', many((i) => (i % 4 ? `${1990 + (i % 30)}.${two(month(i))}` : '')), `number NaN 1991.06 ${NAMED}`],
  ['no levels with any hundredth', 'level', many((i) => `${1990 + (i % 30)}.${two((i * 7) % 100)}`), 'number 1990 1991.07'],
  ['no years with tenths', 'year', many((i) => `${1990 + (i % 30)}.${i % 10}`), 'number 1990 1991.1'],
  ['no releases of each year', 'tool', oneOf('2021.1', '2021.2', '2021.3', '2022.1', '2022.2'), 'number 2021.1 2021.3'],
  ['no prices on five hundredths', 'price', oneOf('1999.05', '2001.10', '2003.05', '2004.10', '2007.05'), 'number 1999.05 2003.05'],
  ['no hundredths of one thousand', 'x', many((i) => `2000.${two(month(i))}`), 'number 2000.01 2000.06'],
  ['no numbers beyond those of years', 'x', many((i) => `${3000 + i}.${two(month(i))}`), 'number 3000.01 3001.06'],
  ['no years alone', 'year', many((i) => String(1990 + (i % 30))), 'number 1990 1991'],
]); // prettier-ignore

describe('a column of years with their month, when told that it holds dates', () => {
  const cells = ['2011.12', '2000.10', '1993.01', '2000.1'];
  const told = { 'data.columnTypes': { built: 'date' } } as const;

  it('has the first of each month', () => {
    const found = column(cells, 'built', told);
    assert.equal(found.format, 'year.month');
    assert.deepEqual(found.values, ['2011-12-01', '2000-10-01', '1993-01-01', '2000-10-01'].map((day) => days(day, 'ISO 8601'))); // prettier-ignore
  });

  it('names what is no month', () => {
    assert.deepEqual(column([...cells, '2011.13'], 'built', told).notes, ['text-in-dates 6']);
    assert.deepEqual(column([...cells, '2011.4'], 'built', told).notes, ['text-in-dates 6']);
  });

  it('reads rows it never saw likewise', () => {
    const settings: Settings = { ...course, 'training.engine': 'reference', ...told };
    const text = tableWith('built', many((i) => `${1990 + (i % 30)}.${two(month(i))}`)); // prettier-ignore
    const { transform, X } = makeDataset(checked(text, settings), settings);
    const back = transformFromJson(JSON.parse(JSON.stringify(transformToJson(transform))));
    const later = checked(text);
    assert.deepEqual([...applyTransform(back, later.columns, later.usable, 'reference').X.data], [...X.data]);
  });
});
