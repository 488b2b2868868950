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

const minute = (i: number) => (i * 5 + Math.floor(i / 12)) % 12;
const TIMES = 'times-in-numbers 1';
/** Times on five minutes from 8.00 to 19.55, in no order. */
const times = many((i) => `${8 + ((i * 7) % 12)}.${two(5 * minute(i))}`);
const digits = many((i) => two(8 + ((i * 7) % 12)) + two(5 * minute(i)));
suite('times of day under their names in other languages', [
  ['Swedish', 'Klockslag', times, `number 8 15.25 ${TIMES}`],
  ['Swedish, shortened', 'Kl.', times, `number 8 15.25 ${TIMES}`],
  ['Swedish, a point in time', 'Tidpunkt', times, `number 8 15.25 ${TIMES}`],
  ['Swedish, the beginning', 'Starttid', times, `number 8 15.25 ${TIMES}`],
  ['Danish', 'klokkeslæt', times, `number 8 15.25 ${TIMES}`],
  ['Finnish', 'Kellonaika', times, `number 8 15.25 ${TIMES}`],
  ['Polish', 'Godz.', times, `number 8 15.25 ${TIMES}`],
  ['Czech', 'Čas', times, `number 8 15.25 ${TIMES}`],
  ['Dutch', 'Begintijd', times, `number 8 15.25 ${TIMES}`],
  ['Portuguese', 'Horário', times, `number 8 15.25 ${TIMES}`],
  ['Italian', 'partenza', times, `number 8 15.25 ${TIMES}`],
  ['Turkish', 'Kalkış saati', times, `number 8 15.25 ${TIMES}`],
  ['of the world', 'UTC', digits, `number 800 1525 ${TIMES}`],
  ['a few of them', 'Klockslag', oneOf('8.15', '12.40', '17.05', '9.00'), `number 8.15 9 ${TIMES}`],
  ['no longer than a working day', 'Restid', many((i) => `${1 + (i % 4)}.${two((i * 13) % 100)}`), 'number 1 2.13'],
  ['no offsets of zones', 'UTC', oneOf('1', '2', '5.5', '8', '9.5'), 'number 1 5.5'],
]); // prettier-ignore

suite('times of day under names that do not tell', [
  ['off the blocks, without a point', 'Off', digits, `number 800 1525 ${TIMES} codes-like-numbers 2`],
  ['on the blocks, without zeros in front', 'On', many((i) => String(1000 + 100 * ((i * 7) % 12) + 5 * minute(i))), `number 1000 1725 ${TIMES}`],
  ['with a point, under any name', 'x', times, `number 8 15.25 ${TIMES}`],
  ['with a comma', 'Beginn der Schicht', times.map((time) => time.replace('.', ',')), `number 8 15.25 ${TIMES}`, ';'],
  ['with a point, in the night as well', 'gezeiten', many((i) => `${(i * 7) % 24}.${two(5 * minute(i))}`), `number 0 7.25 ${TIMES}`],
  ['no prices', 'x', many((i) => `${8 + ((i * 7) % 12)}.${two(5 * ((i * 7) % 20))}`), 'number 8 15.35'],
  ['no times to the minute', 'x', many((i) => `${8 + ((i * 7) % 12)}.${two((i * 13) % 60)}`), 'number 8 15.13'],
  ['no measures written without their zero', 'x', times.map((time) => String(Number(time))), 'number 8 15.25'],
  ['no shares of one', 'x', many((i) => `0.${two(5 * (i % 12))}`), 'number 0 0.05'],
  ['no counts at the start', 'start', many((i) => String(100 * i + ((i * 37) % 100))), 'number 0 137'],
  ['no quarters', 'x', many((i) => `${i % 20}.${['00', '15', '30', '45'][(i * 7) % 4]}`), 'number 0 1.45'],
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
