import assert from 'node:assert/strict';
import { days } from '../../src/data/csv/dates';
import { textOf } from '../../src/host/text';
import { column, brief, said } from '../field/dates';
import { checked, fieldFile, testScore } from '../field/reading';
import { FieldResults } from '../field/results';

const results = new FieldResults('dates');
const day = (text: string) => days(text, 'ISO 8601');
const many = (n: number, make: (i: number) => string) => Array.from({ length: n }, (_, i) => make(i));
const two = (n: number) => String(n).padStart(2, '0');

describe('dates as people write them', () => {
  after(() => results.print());

  it('makes a column of dates of one that says 0000-00-00 where there is none', () => {
    const table = checked(fieldFile('14-zero-dates.csv'));
    const { typed, read } = table.columns[2];
    const came = `${typed.type}, ${read.missing} missing, ${said(table).join()}`;
    const lines = fieldFile('14-zero-dates.csv').split('\n');
    const line = lines.findIndex((row) => row.includes('0000-00-00')) + 1;
    results.add('14-zero-dates.csv', came, `date, 23 missing, text-in-dates ${line}`);
    assert.equal(came, `date, 23 missing, text-in-dates ${line}`);
    const problem = table.table.problems.list.find(({ code }) => code === 'text-in-dates');
    assert.ok(problem);
    assert.match(textOf(problem), /“0000-00-00” .* in 23 cells, this the first of them/);
    assert.equal(typed.format, 'ISO 8601');
  });

  it('reads two digits for the year and a time behind', () => {
    const { columns, ...table } = checked(fieldFile('15-two-digit-years.csv'));
    const { typed } = columns[0];
    const came = `${typed.type}, ${typed.format}, ${said({ columns, ...table }).length} notes`;
    results.add('15-two-digit-years.csv', came, 'date, day/month/yy, 0 notes');
    assert.equal(came, 'date, day/month/yy, 0 notes');
    assert.equal(typed.values[0], day('2016-01-01 08:00'));
    assert.equal(typed.values.at(-1), day('2016-12-08 22:00'));
  });

  it('learns from the time of day', () => {
    const text = fieldFile('19-clock-times.csv');
    const { columns } = checked(text);
    assert.deepEqual(
      columns.map(({ typed }) => typed.type),
      ['date', 'time', 'number'],
    );
    const score = testScore(text);
    results.add('19-clock-times.csv', `time, test R² ${score.toFixed(3)}`, 'time, test R² ≥ 0.9');
    assert.ok(score >= 0.9, String(score));
  }).timeout(120_000);

  const cases: [what: string, cells: string[], came: string, first?: string, last?: string, name?: string][] = [
    ['TBD among dates', [...many(9, (i) => `2021-03-1${i}`), 'TBD', 'TBD'], 'date (ISO 8601); 2 missing; text-in-dates 11', '2021-03-10'],
    ['n.d. and 00.00.0000 among dates', ['13.3.2021', 'n.d.', '1.2.2020', '00.00.0000', '7.8.2019'], 'date (day.month.year); 2 missing; text-in-dates 3; text-in-dates 5', '2021-03-13'],
    ['0000-00-00 00:00:00 among dates with times', [...many(5, (i) => `2021-03-1${i} 10:00:00`), '0000-00-00 00:00:00'], 'date (ISO 8601); 1 missing; text-in-dates 7', '2021-03-10 10:00'],
    ['unknown in most cells', [...many(3, (i) => `2021-03-1${i}`), ...many(20, () => 'unknown')], 'date (ISO 8601); 20 missing; text-in-dates 5', '2021-03-10'],
    ['a day that there is not', [...many(9, (i) => `1${i}.02.2021`), '31.02.2021'], 'date (day.month.year); 1 missing; text-in-dates 11', '2021-02-10'],
    ['a word among dates', [...many(9, (i) => `2021-03-1${i}`), 'ask Jim'], 'date (ISO 8601); 1 missing; text-in-dates 11', '2021-03-10'],
    ['an hour that there is not', [...many(9, (i) => `2021-03-1${i} 0${i}:00`), '2021-03-20 25:00'], 'date (ISO 8601); 1 missing; text-in-dates 11', '2021-03-10'],
    ['ISO and points in one column', ['2021-03-04', '05.03.2021', '2021-03-06', '7.3.21'], 'date (several ways, the day first)', '2021-03-04', '2021-03-07'],
    ['one date the other way round', [...many(20, (i) => `${two(i + 1)}/03/2021`), '12/31/2020'], 'date (day/month/year); 1 missing; text-in-dates 22', '2021-03-01'],
    ['two-digit years of birth', ['31.12.45', '1.1.69', '15.6.99', '3.4.58'], 'date (day.month.yy); future-dates 2', '2045-12-31', '2058-04-03', 'dob'],
    ['two-digit years of loans', ['31.12.45', '1.1.24', '15.6.36', '3.4.58'], 'date (day.month.yy)', '2045-12-31', '2058-04-03', 'ends'],
    ['two-digit years of two centuries', ['31.12.68', '1.1.69', '15.6.99', '3.4.00'], 'date (day.month.yy); future-dates 2', '2068-12-31', '2000-04-03'],
    ['two-digit years, the month first', ['12/31/99', '1/15/01', '2/3/02'], 'date (month/day/yy)', '1999-12-31', '2002-02-03'],
    ['two-digit years in front', ['99/01/31', '02/03/15', '03/11/02'], 'date (yy/month/day)', '1999-01-31', '2003-11-02'],
    ['two-digit years in front, all of one year', many(28, (i) => `21-03-${two(i + 1)}`), 'date (yy/month/day)', '2021-03-01', '2021-03-28'],
    ['the month first, with points', ['12.31.2021', '01.15.2021', '02.03.2021'], 'date (month.day.year)', '2021-12-31', '2021-02-03'],
    ['two-digit years in front, with points', many(40, (i) => `${15 + (i % 8)}.${two(1 + ((i * 5) % 12))}.${two(1 + ((i * 3) % 28))}`), 'date (yy.month.day)', '2015-01-01', '2022-04-06'],
    ['two-digit years in front, that can be no days', ['99.01.31', '98.02.15', '99.11.02'], 'date (yy.month.day)', '1999-01-31', '1999-11-02'],
    ['two-digit years behind, the first of each month', many(40, (i) => `01/${two(1 + (i % 12))}/${two(5 + Math.floor(i / 12))}`), 'text'],
    ['two-digit years behind, the end of each month', many(12, (i) => `${[31, 28, 31, 30][i % 4]}.${two(1 + (i % 4))}.${two(5 + Math.floor(i / 4))}`), 'date (day.month.yy)', '2005-01-31', '2007-04-30'],
    ['two-digit years behind, all of one year', many(28, (i) => `${two(i + 1)}.03.21`), 'date (day.month.yy)', '2021-03-01', '2021-03-28'],
    ['half-years', ['2021H1', '2021H2', '2022H1', '2022H2'], 'date (year and half)', '2021-01-01', '2022-07-01'],
    ['half-years with the year behind', ['H1 2021', 'H2 2021', '1H 2022'], 'date (year and half)', '2021-01-01', '2022-01-01'],
    ['year and month', ['2021-03', '2021-04', '2020-12'], 'date (year and month)', '2021-03-01', '2020-12-01'],
    ['year and month, with a slash', ['2021/03', '2021/4', '2020/12'], 'date (year and month)', '2021-03-01', '2020-12-01'],
    ['month and year', ['03/2021', '4/2021', '12/2020'], 'date (year and month)', '2021-03-01', '2020-12-01'],
    ['the name of a month and a year', ['Mar 2021', 'April 2021', 'Dec 2020'], 'date (year and month)', '2021-03-01', '2020-12-01'],
    ['months as spreadsheets show them', ['Mar-21', 'Apr-21', 'Dec-20'], 'date (year and month)', '2021-03-01', '2020-12-01'],
    ['months of statistical offices', ['2021M03', '2021M04', '2020M12'], 'date (year and month)', '2021-03-01', '2020-12-01'],
    ['quarters', ['2021 Q3', '2021 Q4', '2020 Q1'], 'date (year and quarter)', '2021-07-01', '2020-01-01'],
    ['quarters with the year behind', ['Q3 2021', 'Q4 2021', 'Q1 2020'], 'date (year and quarter)', '2021-07-01', '2020-01-01'],
    ['quarters with a stroke', ['2021-Q3', '2021-Q4', '2020-Q1'], 'date (year and quarter)', '2021-07-01', '2020-01-01'],
    ['quarters in short', ['3Q21', '4Q21', '1Q20'], 'date (year and quarter)', '2021-07-01', '2020-01-01'],
    ['weeks', ['2021-W01', '2020-W53', '2021-W05'], 'date (year and week)', '2021-01-04', '2021-02-01'],
    ['months in German', ['3. März 2021', '15. Oktober 2020', '1. Dez. 2020'], 'date (day, name of the month and year)', '2021-03-03', '2020-12-01'],
    ['months in French', ['1er janvier 2021', '14 juillet 2020', '2 août 2020'], 'date (day, name of the month and year)', '2021-01-01', '2020-08-02'],
    ['months in Spanish', ['3 de enero de 2021', '15 de agosto de 2020', '1 dic 2020'], 'date (day, name of the month and year)', '2021-01-03', '2020-12-01'],
    ['months in Italian', ['3 gennaio 2021', '15 maggio 2020', '1 ott 2020'], 'date (day, name of the month and year)', '2021-01-03', '2020-10-01'],
    ['months in Portuguese', ['3 de fevereiro de 2021', '15 de outubro de 2020', '1 set 2020'], 'date (day, name of the month and year)', '2021-02-03', '2020-09-01'],
    ['months in Dutch', ['3 maart 2021', '15 mei 2020', '1 mrt 2020'], 'date (day, name of the month and year)', '2021-03-03', '2020-03-01'],
    ['months in Polish', ['3 stycznia 2021', '15 października 2020', '1 września 2020'], 'date (day, name of the month and year)', '2021-01-03', '2020-09-01'],
    ['months in Czech', ['3. ledna 2021', '15. února 2020', '1. srpna 2020'], 'date (day, name of the month and year)', '2021-01-03', '2020-08-01'],
    ['months in Turkish', ['3 Ocak 2021', '15 Şubat 2020', '1 Aralık 2020'], 'date (day, name of the month and year)', '2021-01-03', '2020-12-01'],
    ['months in Russian', ['3 января 2021 г.', '15 мая 2020 г.', '1 августа 2020'], 'date (day, name of the month and year)', '2021-01-03', '2020-08-01'],
    ['months in Ukrainian', ['3 січня 2021', '15 квітня 2020', '1 грудня 2020'], 'date (day, name of the month and year)', '2021-01-03', '2020-12-01'],
    ['months in Greek', ['3 Ιανουαρίου 2021', '15 Μαΐου 2020', '1 Αυγούστου 2020'], 'date (day, name of the month and year)', '2021-01-03', '2020-08-01'],
    ['months in Finnish', ['3. tammikuuta 2021', '15. helmikuuta 2020', '1. elokuuta 2020'], 'date (day, name of the month and year)', '2021-01-03', '2020-08-01'],
    ['months in Hungarian', ['2021. január 3.', '2020. február 15.', '2020. augusztus 1.'], 'date (day, name of the month and year)', '2021-01-03', '2020-08-01'],
    ['months in Romanian', ['3 ianuarie 2021', '15 iunie 2020', '1 august 2020'], 'date (day, name of the month and year)', '2021-01-03', '2020-08-01'],
    ['ordinals', ['March 3rd, 2021', 'May 15th, 2020', 'June 1st, 2020'], 'date (day, name of the month and year)', '2021-03-03', '2020-06-01'],
    ['31-Dec-99', ['31-Dec-99', '01-Jan-00', '15-Feb-01'], 'date (day, name of the month and year)', '1999-12-31', '2001-02-15'],
    ['a weekday in front', ['Mon, 4 Jan 2021', 'Tue, 5 Jan 2021', 'Wed, 6 Jan 2021'], 'date (day, name of the month and year)', '2021-01-04', '2021-01-06'],
    ['a German weekday in front', ['Mo, 04.01.2021', 'Di, 05.01.2021', 'Mi, 06.01.2021'], 'date (dots)', '2021-01-04', '2021-01-06'],
    ['half days', ['1/13/2021 9:05 PM', '1/14/2021 12:10 AM', '1/15/2021 12:10 p.m.'], 'date (slashes)', '2021-01-13 21:05', '2021-01-15 12:10'],
    ['a zone', ['2021-01-01T10:00:00+0200', '2021-01-01T10:00:00Z', '2021-01-01T10:00:00-05:30'], 'date (ISO 8601)', '2021-01-01 08:00', '2021-01-01 15:30'],
    ['as logs have it', ['05/Mar/2021:10:00:00 +0000', '06/Mar/2021:11:30:00 +0000', '07/Mar/2021:12:00:00 +0100'], 'date (day, name of the month and year)', '2021-03-05 10:00', '2021-03-07 11:00'],
    ['as JavaScript has it', ['Fri Jan 01 2021 10:00:00 GMT+0100 (CET)', 'Sat Jan 02 2021 10:00:00 GMT+0100 (CET)', 'Sun Jan 03 2021 00:00:00 GMT+0100 (CET)'], 'date (day, name of the month and year)', '2021-01-01 09:00', '2021-01-02 23:00'],
    ['days of a spreadsheet beside dates', ['2015-01-03', '42008', '42009', '42010.5', '2015-01-05'], 'date (several ways, the day first); counted-dates 3', '2015-01-03', '2015-01-05'],
    ['days of a spreadsheet under a date’s name', many(9, (i) => String(42005 + i)), 'date (days since 1899-12-30); counted-dates 1', '2015-01-01', '2015-01-09', 'order_date'],
    ['compact times', ['20210131T101500Z', '20210201T000000Z', '20210202T120000Z'], 'date (yyyymmdd and time)', '2021-01-31 10:15', '2021-02-02 12:00'],
    ['years, months and days in Chinese', ['2021年3月5日', '2021年12月31日 10:30', '2020年1月1日'], 'date (year, month and day)', '2021-03-05', '2020-01-01'],
    ['points behind each number', ['2021. 3. 5.', '2021. 12. 31.', '2020. 1. 1.'], 'date (year, month and day)', '2021-03-05', '2020-01-01'],
    ['apostrophes in front', ["'2021-03-05", "'2021-03-06", "'2020-01-01"], 'date (year, month and day)', '2021-03-05', '2020-01-01'],
    ['9999-12-31 for no end', many(20, (i) => (i % 6 === 4 ? '9999-12-31' : `2021-03-${two(i + 1)}`)), 'date (ISO 8601); far-date 6', '2021-03-01'],
    ['the first day of two calendars', many(20, (i) => (i % 6 === 4 ? '1970-01-01' : i === 8 ? '9999-12-31' : `${two(i + 1)}.03.2021`)), 'date (several ways, the day first); far-date 6; far-date 10', '2021-03-01'],
    ['days of birth from 1900 on', many(30, (i) => `19${two((i * 37) % 100)}-01-01`), 'date (ISO 8601)', '1900-01-01'],
    ['one date that is old', many(20, (i) => (i === 4 ? '1999-07-03' : `2021-03-${two(i + 1)}`)), 'date (ISO 8601)', '2021-03-01'],
  ]; // prettier-ignore
  for (const [what, cells, came, first, last, name] of cases) {
    it(`reads ${what}`, () => {
      const found = column(cells, name);
      const expected = came
        .replace('(dots)', '(several ways, the day first)')
        .replace('(slashes)', '(several ways, the month first)');
      results.add(what, brief(found), expected);
      assert.equal(brief(found), expected);
      if (first) assert.equal(found.values[0], day(first));
      if (last) assert.equal(found.values.at(-1), day(last));
    });
  }
});
