import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { cosineOfTurn, sineOfTurn } from '../../src/core/circle';
import { days } from '../../src/data/csv/dates';
import { makeDataset } from '../../src/data/dataset';
import { applyTransform, featuresOf } from '../../src/data/transform';
import { transformFromJson, transformToJson } from '../../src/data/transformFile';
import { fixesOf } from '../../src/host/quickFixes';
import { textOf } from '../../src/host/text';
import type { Settings } from '../../src/settings/settings';
import { brief, column, said, tableOf } from '../field/dates';
import { checked } from '../field/reading';
import { FieldResults } from '../field/results';
import { course } from './course';

const results = new FieldResults('dates');
const many = <T = string>(n: number, make: (i: number) => T) => Array.from({ length: n }, (_, i) => make(i));
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
    const settings: Settings = { ...course, 'training.engine': 'reference', 'data.standardize': false };
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
    const settings: Settings = { ...course, 'training.engine': 'reference' };
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
      assert.deepEqual(fixesOf(problem, course)[0], {
        ...{ title: 'Read “month” as dates', map: 'data.columnTypes', column: 'month', value: 'date' },
      });
      const told = column(cells, 'month', { 'data.columnTypes': { month: 'date' } });
      assert.equal(told.type, 'date');
      assert.deepEqual(told.notes, []);
      assert.equal(told.values[0], day(first));
      assert.ok(told.values.every((value) => !Number.isNaN(value)));
    });
  }

  /** Day, month and year of dates spread over eight years, in all months. */
  const spread = many(40, (i) => [1 + ((i * 7) % 28), 1 + ((i * 5) % 12), 2015 + (i % 8)] as const);
  const spelt = (write: (d: string, m: string, y: number) => string) =>
    spread.map(([d, m, y]) => write(two(d), two(m), y));
  const early = many(30, (i) => `${two(1 + ((i * 5) % 12))}${two(1 + ((i * 7) % 12))}${2015 + (i % 8)}`);
  const bare = (text: string) => text.replace(/^0+/, '');
  const yy = (year: number) => two(year % 100);
  const unix = Date.UTC(2015, 2, 1, 6) / 1000;
  const digits: [what: string, name: string, cells: string[], format: string, first: string, settled?: string][] = [
    ['yymmdd', 'date', spelt((d, m, y) => yy(y) + m + d), 'yymmdd', '2015-01-01'],
    ['yymmdd, all of one year', 'Datum', many(28, (i) => `2303${two(i + 1)}`), 'yymmdd', '2023-03-01'],
    ['yymmdd of years from 2001 on, without their zeros', 'dt', spelt((d, m, y) => bare(yy(y - 14) + m + d)), 'yymmdd', '2001-01-01'],
    ['ddmmyyyy', 'fecha', early, 'ddmmyyyy or mmddyyyy', '2015-01-01', 'ddmmyyyy'],
    ['ddmmyyyy with late days', 'Geburtsdatum', ['31122020', ...spelt((d, m, y) => d + m + y)], 'ddmmyyyy', '2020-12-31'],
    ['ddmmyyyy without its zeros', 'Rechnungsdatum', ['31122020', ...spelt((d, m, y) => bare(d + m + y))], 'ddmmyyyy', '2020-12-31'],
    ['ddmmyyyy with fractions of nothing', 'data', ['31122020.0', ...spelt((d, m, y) => `${bare(d + m + y)}.0`)], 'ddmmyyyy', '2020-12-31'],
    ['mmddyyyy', 'order_date', ['12312020', ...spelt((d, m, y) => m + d + y)], 'mmddyyyy', '2020-12-31'],
    ['yyyymmdd with fractions of nothing', 'day', spelt((d, m, y) => `${y}${m}${d}.0`), 'yyyymmdd', '2015-01-01'],
    ['ddmmyy', 'start_date', ['311220', ...spelt((d, m, y) => d + m + yy(y))], 'ddmmyy', '2020-12-31'],
    ['ddmmyy, by months', 'date', many(40, (i) => `01${two(1 + (i % 12))}${yy(2005 + Math.floor(i / 12))}`), 'ddmmyy or mmddyy', '2005-01-01', 'ddmmyy'],
    ['year and day of the year', 'yearday', many(40, (i) => `2023${String(1 + 9 * i).padStart(3, '0')}`), 'year and day of the year', '2023-01-01'],
    ['the last day of a leap year', 'doy', ['2020366', '2021001', '2021365'], 'year and day of the year', '2020-12-31'],
    ['202305 for a month', 'month', ['202305', '202306', '202307', '202308'], 'yyyymm', '2023-05-01'],
    ['202305 for a week', 'week', ['202305', '202306', '202307', '202308'], 'yyyyww', '2023-01-30'],
    ['202320 for a week', 'date', ['202305', '202306', '202320', '202352'], 'yyyyww', '2023-01-30'],
    ['yyyymmdd and the hour', 'time', many(28, (i) => `202303${two(i + 1)}${two(i % 24)}`), 'yyyymmddhh', '2023-03-01 00:00'],
    ['yyyymmdd and hour and minute', 'date', many(28, (i) => `202303${two(i + 1)}1015`), 'yyyymmddhhmm', '2023-03-01 10:15'],
    ['yyyymmdd and a time', 'timestamp', many(28, (i) => `202303${two(i + 1)}101530`), 'yyyymmddhhmmss', '2023-03-01 10:15:30'],
    ['seconds since 1970', 'timestamp', many(30, (i) => String(unix + 86_413 * i)), 'seconds since 1970', '2015-03-01 06:00'],
    ['such seconds with fractions', 'time', many(30, (i) => `${unix + 86_413 * i}.5`), 'seconds since 1970', '2015-03-01 06:00:00.5'],
    ['milliseconds since 1970', 'created_at', many(30, (i) => `${unix + 86_413 * i}000`), 'milliseconds since 1970', '2015-03-01 06:00'],
    ['microseconds since 1970', 'ts', many(30, (i) => `${unix + 86_413 * i}000000`), 'microseconds since 1970', '2015-03-01 06:00'],
  ]; // prettier-ignore
  for (const [what, name, cells, format, first, settled] of digits) {
    it(`names ${what}, under the name of a date, and reads them when told to`, () => {
      const { table, columns } = checked(tableOf(name, cells), { 'data.target': 'z' });
      const [problem] = table.problems.list.filter(({ code }) => code === 'dates-in-numbers');
      results.add(what, problem ? textOf(problem).replace(/.*\((.*)\).*/, '$1') : 'nothing', format);
      assert.equal(columns[0].typed.type, 'number');
      assert.ok(problem);
      assert.match(textOf(problem), new RegExp(`such as ${cells[0]}, seem to be dates \\(${format}\\)`));
      const told = column(cells, name, { 'data.columnTypes': { [name]: 'date' } });
      assert.equal(told.type, 'date');
      assert.deepEqual(told.notes, settled ? ['settled-dates 1'] : []);
      if (settled) assert.equal(told.format, settled);
      assert.ok(Math.abs(told.values[0] - day(first)) < 1e-9, String(told.values[0]));
      assert.ok(told.values.every((value) => !Number.isNaN(value)));
    });
  }

  const times: [what: string, name: string, cells: string[], format: string, hours: number][] = [
    ['0905', 'time', many(30, (i) => two((9 + 7 * i) % 24) + two((5 + 13 * i) % 60)), 'hhmm', 9 + 5 / 60],
    ['905, without its zero', 'dep_time', many(40, (i) => bare(two((9 + 7 * i) % 24) + two((5 + 13 * i) % 60))), 'hhmm', 9 + 5 / 60],
    ['12 minutes past midnight, without zeros', 'hour', ['12', '0', '5', '905', '1745', '2330'], 'hhmm', 12 / 60],
    ['905.0, beside empty cells', 'hora', [...many(30, (i) => `${bare(two((9 + 7 * i) % 24) + two((5 + 13 * i) % 60))}.0`)], 'hhmm', 9 + 5 / 60],
    ['whole hours', 'Uhrzeit', ['0600', '1200', '1800', '2400'], 'hhmm', 6],
    ['090530', 'time', many(30, (i) => two((9 + 7 * i) % 24) + two((5 + 13 * i) % 60) + two((30 + 17 * i) % 60)), 'hhmmss', 9 + 5 / 60 + 30 / 3600],
    ['512 for 0:05:12', 'time_utc', ['512', ...many(30, (i) => bare(two((9 + 7 * i) % 24) + two((5 + 13 * i) % 60) + two((30 + 17 * i) % 60)))], 'hhmmss', 5 / 60 + 12 / 3600],
    ['17.35', 'uhrzeit', ['17.35', '9.05', '22.10', '8.00', '13.3'], 'hh.mm', 17 + 35 / 60],
    ['17.35 under another name', 'time', ['17.35', ...many(30, (i) => `${(9 + 7 * i) % 24}.${two((5 + 13 * i) % 60)}`)], 'hh.mm', 17 + 35 / 60],
    ['17,35', 'hora', ['17,35', '9,05', '22,10', '8,00', '13,40'], 'hh.mm', 17 + 35 / 60],
  ]; // prettier-ignore
  for (const [what, name, cells, format, hours] of times) {
    it(`names ${what}, under the name of a time, and reads them when told to`, () => {
      const { table, columns } = checked(tableOf(name, cells), { 'data.target': 'z' });
      const [problem] = table.problems.list.filter(({ code }) => code === 'times-in-numbers');
      results.add(what, problem ? textOf(problem).replace(/.*\((.*)\).*/, '$1') : 'nothing', format);
      assert.equal(columns[0].typed.type, 'number');
      assert.ok(problem);
      assert.match(
        textOf(problem),
        new RegExp(`such as ${cells[0].replace(',', '.')}, seem to be times of day \\(${format}\\)`),
      );
      assert.equal(fixesOf(problem, course)[0].title, `Read “${name}” as times of day`);
      const told = column(cells, name, { 'data.columnTypes': { [name]: 'time' } });
      assert.equal(brief(told), 'time');
      assert.ok(Math.abs(told.values[0] - hours * HOUR) < 1e-12, String(told.values[0]));
      assert.ok(told.values.every((value) => !Number.isNaN(value)));
    });
  }

  it('reads hours alone as hours, and digits of rows it never saw like those that it learnt from', () => {
    const alone = column(['0', '7', '23'], 'hour', { 'data.columnTypes': { hour: 'time' } });
    assert.deepEqual(alone.values, [0, 7 / 24, 23 / 24]);
    const settings: Settings = {
      ...{ ...course, 'training.engine': 'reference', 'data.columnTypes': { t: 'time' } },
    };
    const cells = ['0005', '0905', '1745', '2330', '1210'];
    const { transform, X } = makeDataset(checked(tableOf('t', cells), settings), settings);
    const back = transformFromJson(JSON.parse(JSON.stringify(transformToJson(transform))));
    assert.deepEqual(back, transform);
    const later = checked(tableOf('t', ['5', '905', '1745']));
    const own = applyTransform(back, later.columns, later.usable, 'reference').X;
    for (const feature of [0, 1])
      assert.deepEqual(
        [...own.data.slice(feature * 3, feature * 3 + 3)],
        [...X.data.slice(feature * 5, feature * 5 + 3)],
      );
  });

  it('reads rows it never saw in the digits that it learnt from', () => {
    const cells = ['31122020', ...spelt((d, m, y) => d + m + y)];
    const settings: Settings = {
      ...{ ...course, 'training.engine': 'reference', 'data.columnTypes': { d: 'date' } },
    };
    const { transform, X } = makeDataset(checked(tableOf('d', cells), settings), settings);
    const back = transformFromJson(JSON.parse(JSON.stringify(transformToJson(transform))));
    assert.deepEqual(back, transform);
    // As numbers, whose zeros in front are lost, and with nothing that tells day and month apart.
    const later = checked(tableOf('d', ['1022021', '31122020', '12']));
    const { X: own, unknown } = applyTransform(back, later.columns, later.usable, 'reference');
    assert.deepEqual(unknown, [1]);
    assert.ok(own.data[0] > X.data[0]);
    assert.equal(own.data[1], X.data[0]);
  });

  it('says which of the digits are no date, when told that all are', () => {
    const cells = ['31122020', ...spelt((d, m, y) => d + m + y), '31022020', 'TBD'];
    const told = column(cells, 'date', { 'data.columnTypes': { date: 'date' } });
    assert.equal(brief(told), 'date (ddmmyyyy); 2 missing; text-in-dates 43; text-in-dates 44');
  });

  it('sees dates in digits beside 0, -1 and 99999999, which are missing once they are read', () => {
    for (const none of ['0', '-1', '99999999']) {
      const cells = [...many(20, (i) => `202303${two(i + 1)}`), none, none];
      assert.equal(brief(column(cells, 'date')), 'number; dates-in-numbers 1');
      const told = column(cells, 'date', { 'data.columnTypes': { date: 'date' } });
      assert.equal(brief(told), 'date (yyyymmdd); 2 missing; text-in-dates 22');
    }
  });

  it('reads seconds since 1970 that a spreadsheet has shortened', () => {
    const cells = many(9, (i) => `1.683${i}5E+09`);
    const told = column(cells, 'ts', { 'data.columnTypes': { ts: 'date' } });
    assert.equal(brief(told), 'date (seconds since 1970)');
    assert.equal(told.values[1], (1_683_150_000 * 1000) / 86_400_000);
  });

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
    assert.deepEqual(fixesOf(problem, course)[0], {
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
    ['durations', 'number', ['1:30', '2:15', '0:45', '3:00'], 'duration'],
    ['durations of more than a day', 'identifier', many(30, (i) => `${2 * i}:${two((i * 13) % 60)}`)],
    ['the names of houses', 'category', ['H1 block', 'H2 block', '2H pencils', 'HB pencils']],
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
    ['numbers that follow no calendar', 'number', many(30, (i) => String(150017 + 371 * i)), 'date'],
    ['numbers of digits under another name', 'number', many(28, (i) => `2303${two(i + 1)}`), 'lot'],
    ['days of a year', 'number', many(30, (i) => String(1 + 12 * i)), 'doy'],
    ['days of a month', 'number', many(30, (i) => String(1 + (i % 31))), 'date'],
    ['times in nanoseconds', 'number', many(30, (i) => String(700_000_000 + 37_111_111 * i)), 'elapsed_time'],
    ['hours', 'number', many(30, (i) => String((i * 7) % 24)), 'hour'],
    ['hours in tenths', 'number', many(30, (i) => ((i * 7) % 24 + (i % 10) / 10).toFixed(1)), 'hour'],
    ['hours in quarters', 'number', many(40, (i) => String((i * 1.25) % 24)), 'time'],
    ['seconds', 'number', many(30, (i) => (0.2 + 0.011 * i).toFixed(2)), 'time'],
    ['milliseconds in fifties', 'number', many(30, (i) => String(50 * i)), 'time'],
    ['milliseconds', 'number', many(30, (i) => String(37 * i)), 'time'],
    ['lengths in minutes', 'number', many(30, (i) => `${(i * 7) % 24}.${two((i * 13) % 60)}`), 'duration'],
    ['ratings', 'number', many(30, (i) => `${(i * 7) % 24}.${two((i * 13) % 60)}`), 'score'],
    ['populations', 'number', many(30, (i) => String(1_100_000_000 + 17_111_111 * i)), 'population'],
    ['barcodes', 'identifier', many(30, (i) => String(4_006_381_333_931 + 7 * i)), 'barcode'],
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
