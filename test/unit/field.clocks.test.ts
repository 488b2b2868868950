// Times that a watch has measured, times of the next day, and half-years that look like times.
import assert from 'node:assert/strict';
import { days } from '../../src/data/csv/dates';
import { brief, many, oneOf, type Case } from '../field/columns';
import { column } from '../field/dates';
import { FieldResults } from '../field/results';

const two = (n: number) => String(n).padStart(2, '0');
/** From 0:14:00 to 2:13:59, in no order. */
const measured = (i: number) => {
  const seconds = 840 + ((i * 2741) % 7200);
  return `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
};

function suite(kind: string, cases: readonly Case[]): void {
  describe(kind, () => {
    const results = new FieldResults(kind);
    after(() => results.print());
    for (const [what, name, cells, came] of cases) {
      it(what, () => {
        const found = brief(name, cells);
        results.add(what, found, came);
        assert.equal(found, came);
      });
    }
  });
}

suite('what a watch has measured, under the name of a time', [
  ['in the list of a watch', 'Time', many(measured), 'time doubtful-times 2'],
  ['in German', 'Zeit', many(measured), 'time doubtful-times 2'],
  ['under a name that does not tell', 'x', many(measured), 'time doubtful-times 2'],
  ['beside empty cells', 'Time', many((i) => (i % 5 ? measured(i) : '')), 'time doubtful-times 3'],
  ['where the name tells', 'Elapsed', many(measured), 'number 840 3581 read-as-durations 2'],
  ['how long something was treated', 'Treatment time', oneOf('4:00 h', '3:30 h', '4:30 h', '3:00 h'), 'time doubtful-times 2'],
  ['without a letter behind', 'dialysis_time', oneOf('4:00', '3:30', '4:30', '3:00'), 'time doubtful-times 2'],
  ['no appointments for it', 'Treatment time', oneOf('08:30 h', '09:15 h', '14:45 h', '16:00 h'), 'time'],
  ['no hours with their letter', 'Beginn', oneOf('14:30 h', '9:05 h', '18:20 h'), 'time'],
  ['no log that begins at midnight', 'Time', many((i) => `${two(Math.floor(i / 12))}:${two((5 * i) % 60)}:07`), 'time'],
  ['no times of all hours', 'Time', many((i) => `${two((i * 7) % 24)}:${two((i * 13) % 60)}:${two((i * 29) % 60)}`), 'time'],
  ['no times of a morning', 'Time', many((i) => `${two(5 + ((i * 7) % 4))}:${two((i * 13) % 60)}:${two((i * 29) % 60)}`), 'time'],
  ['no times of a clock', 'Uhrzeit', many(measured), 'time'],
]); // prettier-ignore

describe('arrivals on the next day', () => {
  const SIX = (6 * 60 + 20) / 1440;
  for (const [what, cell] of [
    ['06:20+1'],
    ['06:20 +1'],
    ['06:20 (+1)'],
    ['6:20 am +1'],
    ['06:20⁺¹'],
    ['06:20+1d'],
    ['06:20 (+1 day)'],
  ].map(([text]) => [text, text])) {
    it(`are times of day: ${what}`, () => {
      const found = column([cell, '14:05', '23:10', '09:45', '18:30'], 'Arr');
      assert.deepEqual([found.type, found.notes], ['time', []]);
      assert.ok(Math.abs(found.values[0] - SIX) < 1e-12, String(found.values[0]));
    });
  }

  it('are none where a zone is told', () => {
    for (const cell of ['06:20+01:00', '06:20+01', '06:20 UTC+1', '06:20 GMT+1']) {
      const found = column([cell, '14:05Z', '23:10Z', '09:45Z', '18:30Z'], 'Arr');
      assert.ok(Math.abs(found.values[0] - (SIX - 1 / 24)) < 1e-12, `${cell}: ${found.values[0]}`);
    }
  });
});

suite('half-years with two digits', [
  ['the half first', 'Period', oneOf('1H21', '2H21', '1H22', '2H22', '1H23'), 'date'],
  ['under no telling name', 'x', oneOf('1H98', '2H98', '1H99', '2H99', '1H00'), 'date'],
  ['with an apostrophe', 'x', oneOf("H1'21", "H2'21", "H1'22"), 'date'],
  ['behind a blank and an apostrophe', 'x', oneOf("1H '21", "2H '21", "1H '22"), 'date'],
  ['beside TBD', 'x', oneOf('1H21', '2H21', '1H22', '2H22', 'TBD'), 'date text-in-dates 4'],
  ['no lengths of films', 'x', oneOf('1H30', '2H15', '1H45', '2H05', '1H50'), 'time doubtful-times 2'],
  ['no half past one and two', 'x', oneOf('1H30', '2H30', '3H30'), 'time doubtful-times 2'],
  ['no classes', 'class', oneOf('1H', '2H', '3H'), 'category'],
]); // prettier-ignore

describe('the days of half-years with two digits', () => {
  it('are the first of January and of July', () => {
    const cells = ['1H21', '2H21', '1H22', '2H22'];
    const found = column(cells, 'Period');
    const first = ['2021-01-01', '2021-07-01', '2022-01-01', '2022-07-01'];
    assert.deepEqual([...found.values], first.map((day) => days(day, 'ISO 8601'))); // prettier-ignore
    assert.equal(found.format, 'year and half');
  });
});
