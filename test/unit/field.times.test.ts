import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { cosineOfTurn, sineOfTurn } from '../../src/core/circle';
import { days } from '../../src/data/csv/dates';
import { makeDataset } from '../../src/data/dataset';
import { applyTransform, featuresOf } from '../../src/data/transform';
import { transformFromJson, transformToJson } from '../../src/data/transformFile';
import { fixesOf } from '../../src/host/quickFixes';
import { textOf } from '../../src/host/text';
import { defaults, type Settings } from '../../src/settings/settings';
import { brief, column, said, tableOf } from '../field/dates';
import { checked } from '../field/reading';
import { FieldResults } from '../field/results';

const results = new FieldResults('dates');
const many = (n: number, make: (i: number) => string) => Array.from({ length: n }, (_, i) => make(i));
const two = (n: number) => String(n).padStart(2, '0');
const day = (text: string) => days(text, 'ISO 8601');
const HOUR = 1 / 24;

describe('times of day as people write them', () => {
  after(() => results.print());

  const cases: [what: string, cells: string[], came: string, first: number, last: number, name?: string][] = [
    ['9:30', ['9:30', '10:45', '23:59', '00:00'], 'time', 9.5 * HOUR, 0],
    ['09:30:15.5', ['09:30:00.5', '10:45:00', '23:59:59', '12:00:00'], 'time', 9.5 * HOUR + 0.5 / 86_400, 0.5],
    ['9:30 pm', ['9:30 pm', '12:15 AM', '12:15 PM', '6:00 a.m.'], 'time', 21.5 * HOUR, 0.25],
    ['9 am', ['9 am', '12 am', '12 pm', '6pm'], 'time', 9 * HOUR, 0.75],
    ['9h30', ['9h30', '14h05', '23h59', '12h00'], 'time', 9.5 * HOUR, 0.5],
    ['14.30 Uhr', ['9.30 Uhr', '14.30 Uhr', '23.15 Uhr', '12:00 Uhr'], 'time', 9.5 * HOUR, 0.5],
    ['a zone', ['09:30+02:00', '10:45Z', '23:59Z', '12:00Z'], 'time', 7.5 * HOUR, 0.5],
    ['unknown among times', ['9:30', '10:45', '11:00', 'unknown', '12:00'], 'time; 1 missing; text-in-dates 5', 9.5 * HOUR, 0.5],
    ['an hour that there is not', [...many(20, (i) => `${i}:15`), '29:15', '12:00'], 'time; 1 missing; text-in-dates 22', 0.25 * HOUR, 0.5],
    ['the end of a day', ['8:00', '16:00', '24:00'], 'time', 8 * HOUR, 0],
  ]; // prettier-ignore
  for (const [what, cells, came, first, last, name] of cases) {
    it(`reads ${what}`, () => {
      const found = column(cells, name);
      results.add(what, brief(found), came);
      assert.equal(brief(found), came);
      assert.ok(Math.abs(found.values[0] - first) < 1e-12, String(found.values[0]));
      assert.ok(Math.abs((found.values.at(-1) ?? NaN) - last) < 1e-12, String(found.values.at(-1)));
    });
  }

  it('makes two features of a time, so that midnight is beside the minute before', () => {
    const text = tableOf('at', ['00:00', '06:00', '12:00', '18:00', '23:59', '']);
    const settings: Settings = { ...defaults, 'training.engine': 'reference', 'data.standardize': false };
    const { transform, X, features } = makeDataset(checked(text, settings), settings);
    assert.deepEqual(
      features.map(({ name }) => name),
      ['at (sine of the day)', 'at (cosine of the day)', 'at is missing'],
    );
    const rows = [0, 1, 2].map((i) => [...X.data.slice(i * X.cols, (i + 1) * X.cols)]);
    assert.deepEqual(rows[0].slice(0, 4), [0, 1, 0, -1]);
    assert.deepEqual(rows[1].slice(0, 4), [1, 0, -1, 0]);
    assert.ok(Math.abs(rows[0][4]) < 0.01 && rows[1][4] > 0.9999);
    assert.deepEqual(rows[2], [0, 0, 0, 0, 0, 1]);
    const back = transformFromJson(JSON.parse(JSON.stringify(transformToJson(transform))));
    assert.deepEqual(back, transform);
    assert.deepEqual(featuresOf(back), features);
  });

  it('standardises both, and gives rows it never saw the same numbers', () => {
    const text = tableOf(
      'at',
      many(30, (i) => `${i % 24}:${two((i * 7) % 60)}`),
    );
    const settings: Settings = { ...defaults, 'training.engine': 'reference' };
    const { transform, X } = makeDataset(checked(text, settings), settings);
    const again = checked(text, settings);
    assert.deepEqual(
      [...applyTransform(transform, again.columns, again.usable, 'reference').X.data],
      [...X.data],
    );
    const other = checked(tableOf('at', ['1:00', 'late', '2:00', '3:00']), settings);
    assert.deepEqual(applyTransform(transform, other.columns, other.usable, 'reference').unknown, [0]);
    const words = checked(tableOf('at', ['soon', 'late', '2:00']), settings);
    assert.deepEqual(applyTransform(transform, words.columns, words.usable, 'reference').unknown, [2]);
  });

  it('has sines that end in the same bits everywhere', () => {
    for (let second = 0; second < 86_400; second += 7) {
      const angle = (2 * Math.PI * second) / 86_400;
      assert.ok(Math.abs(sineOfTurn(second / 86_400) - Math.sin(angle)) < 3e-15);
      assert.ok(Math.abs(cosineOfTurn(second / 86_400) - Math.cos(angle)) < 3e-15);
    }
  });
});

describe('numbers that may be dates', () => {
  const cases: [what: string, cells: string[], first: string][] = [
    ['20210131', many(9, (i) => `202101${two(20 + i)}`), '2021-01-20'],
    ['01.2005', ['01.2005', '02.2005', '10.2005', '12.2010'], '2005-01-01'],
    ['202103', many(12, (i) => `2021${two(i + 1)}`), '2021-01-01'],
  ];
  for (const [what, cells, first] of cases) {
    it(`names ${what}, and reads them as dates when told to`, () => {
      const table = checked(tableOf('month', cells), { 'data.target': 'z' });
      assert.equal(table.columns[0].typed.type, 'number');
      const problem = table.table.problems.list.find(({ code }) => code === 'dates-in-numbers');
      results.add(what, said(table).join(), 'dates-in-numbers 1');
      assert.ok(problem);
      assert.match(textOf(problem), new RegExp(`such as ${cells[0]}, seem to be dates`));
      assert.deepEqual(fixesOf(problem, defaults)[0], {
        ...{ title: 'Read “month” as dates', map: 'data.columnTypes', column: 'month', value: 'date' },
      });
      const told = column(cells, 'month', { 'data.columnTypes': { month: 'date' } });
      assert.equal(told.type, 'date');
      assert.deepEqual(told.notes, []);
      assert.equal(told.values[0], day(first));
      assert.ok(told.values.every((value) => !Number.isNaN(value)));
    });
  }

  it('reads a column of dates, and of days of a spreadsheet, as whatever it is said to be', () => {
    const iso = many(9, (i) => `2021-03-1${i}`);
    assert.equal(brief(column(iso, 'when', { 'data.columnTypes': { when: 'category' } })), 'category');
    const counted = many(9, (i) => String(42005 + i));
    assert.equal(brief(column(counted, 'date', { 'data.columnTypes': { date: 'number' } })), 'number');
    assert.equal(column(counted, 'x', { 'data.columnTypes': { x: 'date' } }).values[0], day('2015-01-01'));
    const hours = ['0930', '1045', '2359', '0000'];
    const told = column(hours, 'x', { 'data.columnTypes': { x: 'time' } });
    assert.equal(brief(told), 'time');
    assert.equal(told.values[0], 9.5 * HOUR);
    const dated = column(iso.map((date) => `${date} 06:00`), 'when', { 'data.columnTypes': { when: 'time' } }); // prettier-ignore
    assert.equal(dated.values[0], 0.25);
  });

  it('lets the day come first where nothing tells, when told that they are dates, and says so', () => {
    const cells = many(30, (i) => `${1 + (i % 12)}/${1 + (i % 11)}/2020`);
    assert.equal(brief(column(cells)), 'text');
    assert.equal(brief(column(['1/2/2020', '3/4/1999', '5/6/2020'])), 'category; undecided-dates 1');
    const told = column(cells, 'when', { 'data.columnTypes': { when: 'date' } });
    assert.equal(brief(told), 'date (day/month/year); settled-dates 1');
    assert.equal(told.values[1], day('2020-02-02'));
  });

  it('says nothing of a text that a setting takes for missing', () => {
    const cells = [...many(9, (i) => `2021-03-1${i}`), 'TBD', 'TBD'];
    const told = column(cells, 'when', { 'data.placeholders': { when: ['TBD'] } });
    assert.equal(brief(told), 'date (ISO 8601); 2 missing');
    const { table } = checked(tableOf('when', cells), { 'data.target': 'z' });
    const [problem] = table.problems.list.filter(({ code }) => code === 'text-in-dates');
    assert.deepEqual(fixesOf(problem, defaults)[0], {
      title: 'Take “TBD” for missing in “when”',
      ...{ map: 'data.placeholders', column: 'when', texts: ['TBD'] },
    });
  });
});

describe('what merely looks like dates and times', () => {
  const cases: [what: string, type: string, cells: string[], name?: string][] = [
    ['seasons', 'category', ['2008/09', '2009/10', '2010/11', '2011/12']],
    ['versions', 'category', ['1.2.10', '3.0.12', '2.1.11', '1.15.10', '2.14.22']],
    ['points of a match', 'category', ['21:15', '25:23', '25:27', '18:25']],
    ['ratios', 'category', ['16:9', '4:3', '21:9', '1:10']],
    ['durations', 'category', ['1:30', '2:15', '0:45', '3:00'], 'duration'],
    ['durations of more than a day', 'identifier', many(30, (i) => `${2 * i}:${two((i * 13) % 60)}`)],
    ['numbered sets', 'category', many(12, (i) => `set-${two(i + 1)}`)],
    ['plots of a trial', 'category', many(16, (i) => `T${1 + (i % 4)}-${two(1 + (i >> 2))}`)],
    ['parts of fertilizers', 'category', ['10-10-10', '20-20-20', '5-10-15', '15-15-15', '0-20-20']],
    ['rates of exchange', 'number', many(30, (i) => (1.195 + i / 2000).toFixed(4))],
    ['numbers of students', 'number', many(30, (i) => String(20210000 + 7 * i)), 'matriculation'],
    ['salaries', 'number', many(30, (i) => String(190013 + 1371 * i)), 'salary'],
    ['calls', 'number', many(30, (i) => String(20000 + 371 * i)), 'calls_per_day'],
    ['updates', 'number', many(30, (i) => String(20000 + 371 * i)), 'update'],
    ['days since a start', 'number', many(30, (i) => String(1 + (i % 28))), 'day'],
    ['names of months', 'category', ['Jan', 'Feb', 'Mar', 'Jan']],
    ['names of people', 'category', ['May', 'June', 'April', 'August']],
    ['weekdays', 'category', ['Mon', 'Tue', 'Mi', 'dom']],
    ['quarters of any year', 'category', ['Q1', 'Q2', 'Q3', 'Q4']],
    ['ranges', 'category', ['10-20', '20-30', '30-40', '1-10']],
    ['ranges of years', 'category', ['2010-2015', '2015-2020', '1999-2001']],
    ['opening hours', 'category', ['9:00-17:00', '8:30-12:00', '10:00-18:00']],
    ['addresses', 'category', ['12 May Street', '3 March Road', '7 Dec Lane']],
    ['addresses of computers', 'category', ['10.0.0.1', '192.168.1.12', '10.1.2.3']],
    ['telephone numbers', 'category', ['555-0123', '555-0199', '020-7946']],
    ['scales of maps', 'category', ['1/500', '1/1000', '1/2000', '1/25000']],
    ['words that say that there is nothing', 'category', ['unknown', 'pending', 'tbd', 'unknown']],
    ['notes that hold a date now and then', 'text', many(30, (i) => (i % 7 ? `called twice, ${i}` : `2021-03-${two(1 + (i % 28))}`))],
    ['years', 'number', many(30, (i) => String(1990 + (i % 25))), 'year'],
    ['truth values', 'boolean', ['yes', 'no', 'no']],
    ['parts such as 12-99', 'category', ['12-99', '13-01', '01-02']],
    ['codes of drugs', 'category', ['A01', 'Q12', 'W05', 'M03']],
  ]; // prettier-ignore
  for (const [what, type, cells, name] of cases) {
    it(`leaves ${what} alone`, () => {
      const found = column(cells, name);
      results.add(`near miss: ${what}`, brief(found), type);
      assert.equal(brief(found), type);
    });
  }

  it('says nothing of dates in any sample', () => {
    for (const file of readdirSync('samples').filter((each) => each.endsWith('.csv'))) {
      const table = checked(readFileSync(`samples/${file}`, 'utf8'));
      assert.deepEqual(said(table), [], file);
      const dated = table.columns.flatMap(({ typed: { type, format } }) =>
        /date|time/.test(type) ? [format] : [],
      );
      assert.deepEqual(dated, file === 'cars.csv' ? ['ISO 8601'] : [], file);
    }
  });
});
