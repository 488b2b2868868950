// Numbers in forms of their own: durations, fractions, powers of ten, digits of other scripts, units that capitals tell apart.
import assert from 'node:assert/strict';
import { readTable } from '../../src/data/csv/read';
import { readDataset } from '../../src/data/dataset';
import { checkTable } from '../../src/data/table/check';
import { numbersFor } from '../../src/data/table/cellValues';
import { fixesOf } from '../../src/host/quickFixes';
import { textOf } from '../../src/host/text';
import type { Settings } from '../../src/settings/settings';
import { checked, notes, soundTables } from '../field/reading';
import { FieldResults } from '../field/results';
import { course } from './course';

const results = new FieldResults('forms');
const FORMS =
  /^(?:read-as-durations|doubtful-times|read-as-fractions|other-digits|units-by-case|other-unit|text-in-numbers) /;
const many = (make: (i: number) => string, count = 40) => Array.from({ length: count }, (_, i) => make(i));
const two = (n: number) => String(n).padStart(2, '0');
const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`;
/** A table whose first column has these cells, over and over, beside numbers to predict. */
const tableOf = (name: string, cells: readonly string[]) => {
  const rows = Array.from({ length: Math.max(24, cells.length) }, (_, i) => cells[i % cells.length]);
  return `${quoted(name)},z\n${rows.map((cell, i) => `${quoted(cell)},${(i * 7) % 11}.5`).join('\n')}\n`;
};

/** Type, first values and notes of such a column, in a line. */
function brief(name: string, cells: readonly string[], changed: Partial<Settings> = {}, count = 4): string {
  const table = checked(tableOf(name, cells), { 'data.target': 'z', ...changed });
  const { read, typed } = table.columns[0];
  const values = read.holds === 'numbers' ? [...read.numbers.slice(0, Math.min(count, cells.length))] : [];
  const said = notes(table).filter((note) => FORMS.test(note));
  return [typed.type, ...(values.length > 0 ? [values.join(' ')] : []), ...said].join('; ');
}

type Case = readonly [what: string, name: string, cells: readonly string[], came: string];
function describeCases(title: string, cases: readonly Case[], near: readonly Case[]): void {
  describe(title, () => {
    for (const [what, name, cells, came] of cases) {
      it(`are read from ${what}`, () => {
        const found = brief(name, cells);
        results.add(what, found, came);
        assert.equal(found, came);
      });
    }
    for (const [what, name, cells, came] of near) {
      it(`are not seen in ${what}`, () => {
        const found = brief(name, cells);
        results.add(`near miss: ${what}`, found, came);
        assert.equal(found, came);
      });
    }
  });
}

after(() => results.print());

describeCases(
  'durations',
  [
    ['hours that are all 00', 'x', ['00:03:35', '00:12:10', '00:59:59'], 'number; 215 730 3599; read-as-durations 2'],
    ['the name of one', 'elapsed', ['09:03:35', '13:12:10', '22:07:02'], 'number; 32615 47530 79622; read-as-durations 2'],
    ['times of a race', 'finish_time', many((i) => `${2 + (i % 3)}:${two((i * 13) % 60)}:${two((i * 17) % 60)}`), 'number; 7200 11597 15994 9591; read-as-durations 2'],
    ['a German name', 'Laufzeit', ['2:03:35', '3:12:10', '4:07:02'], 'number; 7415 11530 14822; read-as-durations 2'],
    ['hours that no day has', 'x', ['29:03:35', '13:12:10', '114:59:59'], 'number; 104615 47530 413999; read-as-durations 2'],
    ['parts of a second', 'lap', ['00:01:10.5', '00:01:11.25', '00:01:02'], 'number; 70.5 71.25 62; read-as-durations 2'],
    ['one below zero', 'x', ['-00:03:35', '00:12:10', '01:59:59'], 'number; -215 730 7199; read-as-durations 2'],
    ['days in front, as pandas has them', 'x', ['0 days 00:03:35', '1 days 02:00:00', '-1 days +23:59:50'], 'number; 215 93600 -10; read-as-durations 2'],
    ['minutes and seconds beside hours', 'x', ['1:02:10', '59:10', '3:35'], 'number; 3730 3550 215; read-as-durations 2'],
    ['1h 10m', 'x', ['1h 10m', '2h 5m', '45m', '3h'], 'number; 4200 7500 2700 10800; read-as-durations 2'],
    ['3m20s', 'x', ['3m20s', '59s', '10m5s'], 'number; 200 59 605; read-as-durations 2'],
    ['years and months', 'tenure', ['2 yrs 3 mos', '11 mos', '1 yr', '10 years and 1 month'], 'number; 27 11 12 121; read-as-durations 2'],
    ['2y 3m', 'age', ['2y 3m', '4y', '0y 11m'], 'number; 27 48 11; read-as-durations 2'],
    ['years and months, in three languages', 'x', ['2 ans et 3 mois', '1 Jahr 2 Monate', '3 años y 1 mes'], 'number; 27 14 37; read-as-durations 2'],
    ['P1Y2M', 'x', ['P1Y2M', 'P6M', 'P2Y'], 'number; 14 6 24; read-as-durations 2'],
    ['words', 'x', ['1 hour 5 min', '2 hours', '35 minutes'], 'number; 3900 7200 2100; read-as-durations 2'],
    ['1:30 alone, under a name', 'Dauer', ['1:30', '0:45', '12:10'], 'number; 90 45 730; read-as-durations 2'],
    ['1:30 alone, under another', 'Hours worked', ['7:30', '8:15', '9:00'], 'number; 450 495 540; read-as-durations 2'],
    ['1:30 alone, in three languages', 'Horas trabajadas', ['7:30', '8:15', '9:00'], 'number; 450 495 540; read-as-durations 2'],
    ['overtime', 'Überstunden', ['0:30', '12:15', '1:00'], 'number; 30 735 60; read-as-durations 2'],
    ['a time of flight', 'flight time', ['1:25', '11:05', '2:40'], 'number; 85 665 160; read-as-durations 2'],
    ['signs in front', 'x', ['+0:30', '-1:15', '0:00'], 'number; 30 -75 0; read-as-durations 2'],
    ['a gap behind the first', 'x', ['+1:23', '+13:44', '+0:09'], 'number; 83 824 9; read-as-durations 2'],
    ['parts of a second, without hours', 'x', ['1:45.32', '2:01.50', '0:59.99'], 'number; 105.32 121.5 59.99; read-as-durations 2'],
    ['a time that no day has', 'Time', ['26:00', '19:56', '33:15'], 'number; 1560 1196 1995; read-as-durations 2'],
    ['1h30 beside minutes', 'x', ['1h30', '45 min', '2h', '90 min'], 'number; 5400 2700 7200 5400; read-as-durations 2'],
    ['1 h 20 under a name', 'Durée', ['1 h 20', '2 h 05', '0 h 30'], 'number; 4800 7500 1800; read-as-durations 2'],
    ['hours of a week', 'x', ['37h30', '35h00', '39h15'], 'number; 135000 126000 141300; read-as-durations 2'],
    ['ISO 8601', 'x', ['PT1H30M', 'PT45M', 'P1DT2H'], 'number; 5400 2700 93600; read-as-durations 2'],
    ['seconds alone beside minutes', 'x', ['1:02.45', '58.91', '1:10.02', '59.5'], 'number; 62.45 58.91 70.02 59.5; read-as-durations 2'],
    ['seconds first, in whole numbers too', 'split', ['58.91', '57', '2:02.4', '1:00.00'], 'number; 58.91 57 122.4 60; read-as-durations 4'],
    ['seconds with a word among them', 'x', [...many((i) => (i % 3 === 0 ? `1:${two(i)}.${i % 10}5` : `${20 + i}.${i % 7}`), 39).map((cell, i) => (i === 20 ? 'DQ' : cell))], 'number; 60.05 21.1 22.2 63.35; read-as-durations 2; text-in-numbers 22'],
    ['seconds beside few minutes', 'x', many((i) => (i === 9 || i === 30 ? `1:0${i % 7}.5` : `${20 + i / 4}`)), 'number; 20 20.25 20.5 20.75; read-as-durations 11'],
    ['a name, with a word among them', 'chip_time', [...many((i) => `00:${two(40 + (i % 19))}:${two((i * 7) % 60)}`), 'DNF'], 'number; 2400 2467 2534 2601; read-as-durations 2; text-in-numbers 42'],
  ],
  [
    ['times of day', 'time', ['09:03:35', '13:12:10', '22:07:02'], 'time'],
    ['a race, which nothing tells', 'Time', ['2:03:35', '3:12:10', '4:59:59'], 'time; doubtful-times 2'],
    ['the hours of trade', 'Time', ['9:30:05', '12:10:10', '15:59:59'], 'time'],
    ['either, where nothing tells', 'net', ['2:03:35', '3:12:10', '4:59:59'], 'time; doubtful-times 2'],
    ['times of day after midnight', 'start_time', ['02:03:35', '03:12:10', '00:59:59'], 'time'],
    ['full minutes', 'time', ['02:03:00', '03:12:00', '04:59:00'], 'time'],
    ['hours and minutes', 'x', ['2:03', '3:12', '4:59'], 'time; doubtful-times 2'],
    ['one slip among times of day', 'at', [...many((i) => `${two(6 + (i % 17))}:15:${two(i)}`), '29:15:00'], 'time'],
    ['French times of day', 'x', ['9h30', '14h05', '23h59'], 'time'],
    ['French times of day, one on the hour', 'départ', ['9h', '14h05', '23h30', '8h15'], 'time'],
    ['times read off a clock, whatever their name', 'finish', ['08:30', '12:05', '17:45'], 'category'],
    ['a start of races', 'race start', ['9:30', '10:15', '11:00'], 'category'],
    ['results of matches', 'result', ['2:1', '0:3', '1:1'], 'category'],
    ['results of matches, in two digits', 'result', ['21:15', '25:23', '18:25'], 'category'],
    ['ratios, whatever their sign', 'odds', ['+1:10', '-2:30', '+3:50'], 'category'],
    ['hours of opening', 'open', ['9:00-17:00', '10:00-18:00', '9:30-12:00'], 'category'],
    ['Brazilian times of day', 'hora', ['14h30min', '15h20min', '16h00min'], 'time'],
    ['ratios of three', 'ratio', ['1:10:20', '2:30:40', '3:50:10'], 'category'],
    ['degrees', 'lat', ['52d 31m 12s', '51d 3m 1s'], 'category'],
    ['metres and centimetres', 'x', ['1m 80cm', '1m 75cm'], 'category'],
    ['hours and minutes beside numbers', 'x', ['9:15', '17', '12:30', '8'], 'number; NaN 17 NaN 8; text-in-numbers 2; text-in-numbers 4'],
    ['minutes beside more seconds than a minute has', 'x', ['1:02.45', '358.91', '1:10.02', '77.5'], 'number; NaN 358.91 NaN 77.5; text-in-numbers 2; text-in-numbers 4'],
    ['times below zero beside seconds', 'x', ['1:02.45', '-8.91', '1:10.02', '7.5'], 'number; NaN -8.91 NaN 7.5; text-in-numbers 2; text-in-numbers 4'],
    ['points of a match', 'x', ['21:15', '25:23', '18:25'], 'category'],
  ],
); // prettier-ignore

describeCases(
  'fractions',
  [
    ['inches', 'width', ['12 3/8', '12 1/2', '7/8', '13'], 'number; 12.375 12.5 0.875 13; read-as-fractions 2'],
    ['fractions alone', 'x', ['3/8', '1/2', '7/16', '5/8'], 'number; 0.375 0.5 0.4375 0.625; read-as-fractions 2'],
    ['the mark of inches', 'x', ['12 3/8"', '1 1/2"', '12"'], 'number; 12.375 1.5 12; read-as-fractions 2'],
    ['signs', 'cups', ['12⅜', '½', '1 ¼'], 'number; 12.375 0.5 1.25; read-as-fractions 2'],
    ['thirds with whole numbers', 'cups', ['1 1/3', '2 2/3', '4'], `number; ${4 / 3} ${8 / 3} 4; read-as-fractions 2`],
    ['a hyphen', 'x', ['12-3/8', '9-1/2', '10-3/4'], 'number; 12.375 9.5 10.75; read-as-fractions 2'],
  ],
  [
    ['dates', 'date', ['3/8', '1/2', '7/16', '5/8'], 'category'],
    ['dates under another name', 'x', ['3/8', '1/2', '7/15', '5/28'], 'category'],
    ['scores of several', 'x', ['5/10', '3/8', '2/4', '7/8'], 'category'],
    ['shots', 'fg', ['3/8', '1/4', '7/16', '5/8'], 'category'],
    ['blood pressures', 'x', ['120/80', '130/85', '110/70'], 'category'],
    ['measures of music', 'x', ['3/4', '4/4', '6/8'], 'category'],
    ['years', 'x', ['2019/20', '2020/21', '2021/22'], 'category'],
    ['ranges', 'x', ['10-14', '15-19', '20-24'], 'category'],
  ],
); // prettier-ignore

describeCases(
  'powers of ten',
  [
    ['1.2x10^3', 'x', ['1.2x10^3', '3.4x10^4', '5x10^-2'], 'number; 1200 34000 0.05'],
    ['1.2×10³', 'x', ['1.2×10³', '3.4 × 10⁴', '5×10⁻²'], 'number; 1200 34000 0.05'],
    ['1.2*10^3', 'x', ['1.2*10^3', '3.4*10**4', '5e3'], 'number; 1200 34000 5000'],
    ['1.2E+03', 'x', ['1.2E+03', '3E-2', '1.00E+04'], 'number; 1200 0.03 10000'],
    ['10^3', 'x', ['10^3', '10^4', '10^-2'], 'number; 1000 10000 0.01'],
    ['a bound', 'x', ['<1.5x10^3', '<1.2x10^3', '3.4x10^4'], 'number; 1500 1200 34000'],
    ['a unit behind', 'x', ['1.2x10^3 mg', '3.4x10^4 mg', '5x10^3 mg'], 'number; 1200 34000 5000'],
  ],
  [
    ['measures of two sides', 'x', ['2x10', '3x10', '4x12'], 'category'],
    ['powers that have lost their sign', 'x', ['1.2x103', '1.3x104', '2.5x103'], 'category'],
    ['names of parts', 'x', ['A10^2', 'B10^3', 'C10^4'], 'category'],
  ],
); // prettier-ignore

describeCases(
  'digits of other scripts',
  [
    ['Arabic', 'x', ['١٢٫٥', '١٬٢٣٤', '-٩'], 'number; 12.5 1234 -9; other-digits 2'],
    ['Persian', 'x', ['۱۲٫۵', '۱۳', '۹'], 'number; 12.5 13 9; other-digits 2'],
    ['Devanagari', 'x', ['१२.५', '१३', '९'], 'number; 12.5 13 9; other-digits 2'],
    ['full width', 'x', ['１２．５', '１３', '９'], 'number; 12.5 13 9; other-digits 2'],
    ['ASCII beside them', 'x', ['12.5', '14', '١٣'], 'number; 12.5 14 13; other-digits 4'],
    ['percentages', 'x', ['١٢٪', '١٣٪', '٩٪'], 'number; 12 13 9; other-digits 2'],
  ],
  [
    ['names that hold some', 'x', ['غرفة ١', 'غرفة ٢', 'قاعة'], 'category'],
    ['dates', 'x', ['٢٠٢٤-٠١-٠٥', '٢٠٢٤-٠٢-٠٥'], 'category'],
  ],
); // prettier-ignore

describeCases(
  'units that only capitals tell apart',
  [
    ['Mb beside MB', 'size', ['5.5 MB', '3 MB', '4.25 Mb', '2 MB'], 'number; 5.5 3 4.25 2; units-by-case 4'],
    ['MBps beside Mbps', 'speed', ['5.5 Mbps', '40 Mbps', '30 MBps', '7 Mbps'], 'number; 5.5 40 30 7; units-by-case 4'],
    ['MW beside mW, a slip', 'power', ['500 mW', '300 mW', '0.2 MW', '250 mW'], 'number; 500 300 0.2 250; units-by-case 4'],
    ['MW beside mW, as they are', 'power', ['500 mW', '420 mW', '0.00000035 MW', '250 mW'], 'number; 500 420 350 250; units-by-case 4'],
    ['Ms beside ms', 't', ['5.5 ms', '4 ms', '3 Ms', '7 ms'], 'number; 5.5 4 3 7; units-by-case 4'],
  ],
  [
    ['MW and kW', 'power', ['5 MW', '300 kW', '2 MW', '7 MW'], 'number; 5 0.3 2 7'],
    ['MB and GB', 'size', ['5.5 MB', '4.25 GB', '3 MB', '2 MB'], 'number; 5.5 4250 3 2'],
    ['kg in capitals', 'w', ['5.5 kg', '4 Kg', '3 KG', '7 kg'], 'number; 5.5 4 3 7'],
    ['mg in capitals', 'w', ['5.5 mg', '4 MG', '3 mg', '7 mg'], 'number; 5.5 4 3 7'],
    ['min in capitals', 'x', ['5.5 min', '4 Min', '3 MIN', '7 min'], 'number; 5.5 4 3 7'],
    ['one spelling', 'x', ['5.5 Mb', '4 Mb', '3 Mb', '7 Mb'], 'number; 5.5 4 3 7'],
  ],
); // prettier-ignore

describe('numbers in forms of their own', () => {
  it('are what a person says that they are', () => {
    const types = (x: 'number' | 'category' | 'time'): Partial<Settings> => ({ 'data.columnTypes': { x } });
    const early = ['02:03:35', '03:12:10', '04:59:59'];
    assert.equal(brief('x', early, types('number')), 'number; 7415 11530 17999');
    assert.equal(brief('x', early, types('time')), 'time');
    assert.equal(brief('x', ['13:51', '9:02', '15:30'], types('number')), 'number; 831 542 930');
    assert.equal(brief('x', ['00:03:35', '00:12:10', '00:59:59'], types('time')), 'time');
    assert.equal(brief('x', ['1h 10m', '45m'], types('category')), 'category');
    assert.equal(brief('x', ['3/8', '4/8', '7/8'], types('number')), 'number; 0.375 0.5 0.875');
    assert.equal(brief('x', ['12 3/8', '1/2', '13'], types('category')), 'category');
  });

  it('are times of day beside a date', () => {
    const rows = many((i) => `2024-01-01,00:00:${two(i)},${i % 7}`);
    const found = checked(['date,time,z', ...rows].join('\n'), { 'data.target': 'z' });
    assert.equal(found.columns[1].typed.type, 'time');
    assert.deepEqual(
      notes(found).filter((note) => FORMS.test(note)),
      [],
    );
  });

  it('are told with their sentence and a fix', () => {
    const said = (name: string, cells: readonly string[]) => {
      const { problems } = checked(tableOf(name, cells), { 'data.target': 'z' }).table;
      const found = problems.list.filter(({ code, line }) => FORMS.test(`${code} ${line}`));
      return found.map((problem) => [textOf(problem), fixesOf(problem, course)[0]?.title]);
    };
    assert.deepEqual(said('x', ['00:03:35', '00:12:10', '00:59:59']), [
      [
        '“00:03:35” in “x” is read as a duration of 215 seconds, and the others likewise. If they are times of day, set neuronLens.data.columnTypes to time.',
        'Read “x” as times of day',
      ],
    ]);
    assert.deepEqual(said('Dauer', ['1:30', '0:45', '12:10']), [
      [
        '“1:30” in “Dauer” is read as a duration of 90 seconds, and the others likewise; if these are hours and minutes, all are a sixtieth of theirs. If they are times of day, set neuronLens.data.columnTypes to time.',
        'Read “Dauer” as times of day',
      ],
    ]);
    assert.deepEqual(said('size', ['5.5 MB', '3 MB', '4.25 Mb', '2 MB']), [
      [
        '“4.25 Mb” stands among numbers of “size” in MB: if b is a bit and B a byte, it is an eighth. Both are read as the same unit. Write all in one unit.',
        'Ignore the column “size”',
      ],
    ]);
  });

  it('are read alike from rows that were never seen, however few they are', () => {
    const numbersIn = (trained: readonly string[], name: string, fresh: readonly string[]) => {
      const settings: Settings = { ...course, 'data.target': 'z' };
      const { transform } = readDataset(tableOf(name, trained), settings);
      const [quantity] = transform.columns;
      assert.equal(quantity.kind, 'number');
      const text = `"${name}",z\n${fresh.map((cell) => `${quoted(cell)},1`).join('\n')}\n`;
      const table = readTable(() => [new TextEncoder().encode(text)]);
      const { columns } = checkTable(table, settings);
      return [...numbersFor(columns[0], quantity).values];
    };
    assert.deepEqual(
      numbersIn(['00:03:35', '00:12:10', '00:59:59'], 'x', ['02:00:01', '13:30:00']),
      [7201, 48600],
    );
    assert.deepEqual(numbersIn(['1h 10m', '2h 5m', '45m'], 'x', ['45m', '1h']), [2700, 3600]);
    const tenures = ['2 yrs 3 mos', '11 mos', '1 yr 2 mos'];
    assert.deepEqual(numbersIn(tenures, 'x', ['11 mos', '3 yrs', '1 yr 1 mo']), [11, 36, 13]);
    // Minutes behind a T, no months.
    const [withMinutes] = numbersIn(tenures, 'x', ['P1YT6M']);
    assert.ok(withMinutes > 12 && withMinutes < 12.001, String(withMinutes));
    assert.deepEqual(numbersIn(['1:30', '2:15', '0:45'], 'Dauer', ['1:10', '0:20']), [70, 20]);
    assert.deepEqual(numbersIn(['1h30', '45 min'], 'x', ['2h15', '30 min']), [8100, 1800]);
    assert.deepEqual(numbersIn(['12 3/8', '1/2', '13'], 'x', ['3/8', '4/8']), [0.375, 0.5]);
    assert.deepEqual(numbersIn(['١٢٫٥', '١٣', '٩'], 'x', ['١٢٫٥', '7']), [12.5, 7]);
    assert.deepEqual(numbersIn(['1.2x10^3', '3x10^4', '9'], 'x', ['2x10^3', '7']), [2000, 7]);
  });

  it('are found in no table that nothing is wrong with', () => {
    for (const { name, text } of soundTables()) {
      const said = notes(checked(text), 'text-in-numbers').filter((note) => FORMS.test(note));
      results.add(`sound: ${name}`, said.join(', '), '');
      assert.deepEqual(said, [], name);
    }
  });
});
