// Cells that can be read in two ways: what is certain is read so, what is not is named, and like tables stay quiet.
import assert from 'node:assert/strict';
import { fixesOf } from '../../src/host/quickFixes';

import { checked, notes, soundTables } from '../field/reading';
import { FieldResults } from '../field/results';
import { course } from './course';

/** A row of a table from its number. */
type Row = (i: number) => string;
interface Expected {
  readonly what: string;
  readonly header: string;
  readonly row: Row;
  readonly rows?: number;
  /** What is said, each with its line. */
  readonly said?: readonly string[];
  /** The type of a column and, of numbers, its first values. */
  readonly column?: string;
  readonly type?: string;
  readonly first?: readonly number[];
  /** Titles of fixes of the first note. */
  readonly fixes?: readonly RegExp[];
}

const COMMON = [
  ...['missing-values', 'duplicate-rows', 'identifier-column', 'free-text', 'leakage', 'doubtful-task'],
  ...['group-gives-away', 'heavy-tail', 'wild-value', 'leakage-copy', 'leakage-together', 'class-imbalance'],
  ...['too-few-rows', 'rows-follow-order', 'rows-in-groups', 'constant-column'],
];
/** A number from 0 to 1, the same at each run, that follows neither the row nor other salts. */
const chance = (i: number, salt = 0): number => {
  const x = Math.sin(12.9898 * (i + 1) + 78.233 * (salt + 1)) * 43758.5453;
  return x - Math.floor(x);
};
const among = (i: number, salt: number, least: number, most: number): number =>
  least + Math.floor(chance(i, salt) * (most - least + 1));
const oneOf = <T>(i: number, salt: number, of: readonly T[]): T =>
  of[Math.floor(chance(i, salt) * of.length)];

function suite(kind: string, tables: readonly Expected[]): void {
  describe(kind, () => {
    const results = new FieldResults(kind);
    after(() => results.print());
    for (const { what, header, row, rows = 40, said = [], column, type, first, fixes } of tables) {
      it(what, () => {
        const text = [header, ...Array.from({ length: rows }, (_, i) => row(i))].join('\n');
        const table = checked(text);
        const came = notes(table, ...COMMON);
        results.add(what, came.join(', ') || 'nothing', said.join(', ') || 'nothing');
        assert.deepEqual(came, said);
        const found = table.columns.find(({ read }) => read.name === column);
        if (type !== undefined) assert.equal(found?.typed.type, type);
        if (first) assert.deepEqual([...(found?.typed.values.subarray(0, first.length) ?? [])], first);
        if (!fixes) return;
        const problem = table.table.problems.inOrder().find(({ code }) => said[0].startsWith(`${code} `));
        assert.ok(problem);
        const titles = fixesOf(problem, course).map(({ title }) => title);
        for (const fix of fixes)
          assert.ok(
            titles.some((title) => fix.test(title)),
            titles.join(', '),
          );
      });
    }
  });
}

const inhabitants = (i: number) => `${among(i, 1, 1, 160)}.${among(i, 2, 100, 999)}`;
suite('thousands with points', [
  {
    what: 'beside decimal commas, in as many cells',
    header: 'Stadt;Quote;Einwohner;Kreis',
    row: (i) =>
      `${'AB'[i % 2]};6${i % 9},${i % 7};${i === 0 ? '3.347' : inhabitants(i)};${oneOf(i, 3, ['x', 'y'])}`,
    ...{ column: 'Einwohner', first: [3347], said: ['doubtful-decimals 1'] },
  },
  {
    what: 'of a target beside decimal commas',
    header: 'Lage;Fläche;Preis',
    row: (i) => `${'AB'[i % 2]};${among(i, 1, 40, 160)},${i % 9};${i === 0 ? '350.000' : inhabitants(i)}`,
    ...{ column: 'Preis', first: [350_000], said: ['doubtful-decimals 1'] },
  },
  {
    what: 'in more cells than decimal commas are',
    header: 'Umsatz;Kosten;Marge;b',
    row: (i) =>
      `${inhabitants(i)};${i === 0 ? '12.001' : inhabitants(i + 50)};${i % 9},${i % 7};${i % 2 ? 'x' : 'y'}`,
    ...{ column: 'Kosten', first: [12_001], said: ['doubtful-decimals 1', 'doubtful-decimals 1'] },
  },
  {
    what: 'beside quoted decimal commas, between commas',
    header: 'Verein,Quote,Einwohner,Sieger',
    row: (i) =>
      `${'KM'[i % 2]},"6${i % 9},${i % 7}",${i === 0 ? '2.001' : inhabitants(i)},${oneOf(i, 3, ['H', 'G'])}`,
    ...{ column: 'Einwohner', first: [2001], said: ['doubtful-decimals 1'] },
  },
  {
    what: 'before euros, where nothing tells, are in doubt',
    header: 'Stadt;Miete;Kreis',
    row: (i) => `S;${1 + (i % 9)}.${among(i, 1, 10, 99)}0 €;${oneOf(i, 3, ['x', 'y'])}`,
    ...{ said: ['doubtful-decimals 1'], fixes: [/decimal comma/] },
  },
  {
    what: 'behind kroner, where nothing tells, are in doubt',
    header: 'by\thusleje\tb',
    row: (i) => `S\tkr ${1 + (i % 9)}.${among(i, 1, 10, 99)}0\t${oneOf(i, 3, ['x', 'y'])}`,
    ...{ said: ['doubtful-decimals 1'], fixes: [/decimal comma/] },
  },
  {
    what: 'under a name of what is many, where nothing tells, are in doubt',
    header: 'Ort;Einwohner;b',
    row: (i) => `S;${inhabitants(i)};${oneOf(i, 3, ['x', 'y'])}`,
    said: ['doubtful-decimals 1'],
  },
  {
    what: 'are none where a number starts with a zero',
    header: 'Quote;Gewicht;b',
    row: (i) =>
      `6${i % 9},${i % 7};${i === 0 ? '1.250' : `${i % 3}.${among(i, 1, 100, 999)}`};${oneOf(i, 3, ['x', 'y'])}`,
    ...{ column: 'Gewicht', first: [1.25] },
  },
  {
    what: 'are none in degrees of latitude beside decimal commas',
    header: 'lat;Preis;b',
    row: (i) =>
      `${i === 0 ? '48.137' : `${among(i, 1, 47, 55)}.${among(i, 2, 100, 999)}`};1${i % 9},${i % 7};${oneOf(i, 3, ['x', 'y'])}`,
    ...{ column: 'lat', first: [48.137] },
  },
  {
    what: 'are none where other columns have decimal points',
    header: 'dose;conc;b',
    row: (i) =>
      `${i === 0 ? '1.250' : `${1 + (i % 8)}.${among(i, 1, 100, 999)}`};${i % 9}.${i % 7};${oneOf(i, 3, ['x', 'y'])}`,
    ...{ column: 'dose', first: [1.25] },
  },
  {
    what: 'are none with commas beside decimal commas',
    header: 'Breite;Preis;b',
    row: (i) =>
      `${i === 0 ? '52,123' : `${among(i, 1, 47, 55)},${among(i, 2, 100, 999)}`};1${i % 9},${i % 7};${oneOf(i, 3, ['x', 'y'])}`,
    ...{ column: 'Breite', first: [52.123] },
  },
  {
    what: 'are none before dollars, as at a pump',
    header: 'station,price,b',
    row: (i) => `S,$3.${among(i, 1, 100, 999)},${oneOf(i, 3, ['x', 'y'])}`,
  },
  {
    what: 'with commas between tabs are sure beside decimal points',
    header: 'ctr\tviews\ttype',
    row: (i) =>
      `${i % 9}.${10 + (i % 83)}\t${i === 0 ? '14,210' : `${among(i, 1, 10, 99)},${among(i, 2, 100, 999)}`}\t${oneOf(i, 3, ['x', 'y'])}`,
    ...{ column: 'views', first: [14_210] },
  },
]);

const two = (value: number): string => String(value).padStart(2, '0');
const answer = (i: number) => oneOf(i, 99, ['y', 'n']);
const times = (what: string, name: string, cell: Row, said: readonly string[] = [], rows = 40): Expected => ({
  ...{ what, header: `${name},b,ok`, row: (i) => `${cell(i)},${among(i, 77, 1, 9)},${answer(i)}`, rows },
  ...{ said, column: name, type: 'time' },
});
const MAY_BE_ELSE = ['doubtful-times 2'];

suite('times of day that may be none', [
  times('minutes on the ice', 'ATOI', (i) => `${among(i, 1, 9, 22)}:${two(among(i, 2, 0, 59))}`, MAY_BE_ELSE),
  times('goals at half-time', 'halftime', (i) => `${among(i, 1, 8, 19)}:${two(among(i, 2, 10, 21))}`, MAY_BE_ELSE),
  times('the same in German', 'Halbzeit', (i) => `${among(i, 1, 8, 19)}:${two(among(i, 2, 10, 21))}`, MAY_BE_ELSE),
  times('dilutions', 'plate', (i) => `1:${oneOf(i, 1, ['10', '20', '40'])}`, MAY_BE_ELSE),
  times('hours of a race', 'net', (i) => `${among(i, 1, 2, 5)}:${two(among(i, 2, 0, 59))}:${two(among(i, 3, 0, 59))}`, MAY_BE_ELSE),
  times('the length of songs', 'track', (i) => `0${among(i, 1, 2, 5)}:${two(among(i, 2, 0, 59))}`, MAY_BE_ELSE),
  times('minutes watched on average', 'Avg watch time', (i) => `0:${two(among(i, 2, 5, 59))}`, MAY_BE_ELSE),
  ...['time', 'start', 'Uhrzeit', 'Startzeit', 'heure', 'hora_salida', 'check_in', 'depTime', 'arrivaltime', 'sunrise', 'created_at', 'salida', 'Kommen', 'ETA'].map((name) =>
    times(`none under the name ${name}`, name, (i) => `${among(i, 1, 5, 9)}:${two(among(i, 2, 0, 59))}`),
  ),
  times('none with zeros in front', 'x', (i) => `${two(among(i, 1, 7, 18))}:${two(among(i, 2, 0, 59))}`),
  times('none on full quarters', 'x', (i) => `${among(i, 1, 8, 18)}:${oneOf(i, 2, ['00', '15', '30', '45'])}`),
  times('none all over the day', 'x', (i) => `${(i * 7) % 24}:${two(among(i, 2, 0, 59))}`, [], 120),
  times('none with seconds of a clock', 'x', (i) => `${two(among(i, 1, 7, 18))}:${two(among(i, 2, 0, 59))}:${two(among(i, 3, 0, 59))}`),
  times('none with am and pm', 'x', (i) => `${among(i, 1, 1, 12)}:${two(among(i, 2, 0, 59))} ${oneOf(i, 3, ['am', 'pm'])}`),
]); // prettier-ignore

describe('a doubt about times of day', () => {
  it('is settled by the setting, either way', () => {
    const text = [
      'ATOI,b',
      ...Array.from(
        { length: 40 },
        (_, i) => `${among(i, 1, 9, 22)}:${two(among(i, 2, 0, 59))},${answer(i)}`,
      ),
    ].join('\n');
    const asTime = checked(text, { 'data.columnTypes': { ATOI: 'time' } });
    assert.deepEqual([asTime.columns[0].typed.type, notes(asTime, ...COMMON)], ['time', []]);
    const asCategory = checked(text, { 'data.columnTypes': { ATOI: 'category' } });
    assert.deepEqual([asCategory.columns[0].typed.type, notes(asCategory, ...COMMON)], ['category', []]);
  });
});

const office = (i: number) => [8, 9, 10, 11, 12, 1, 2, 3, 4][among(i, 1, 0, 8)];
const quarter = (i: number) => oneOf(i, 2, ['00', '15', '30', '45']);
suite('a clock of twelve hours', [
  times('visits in the hours of an office', 'visit_time', (i) => `${office(i)}:${quarter(i)}`, MAY_BE_ELSE),
  times('calls in the hours of an office, to the minute', 'call_time', (i) => `${office(i)}:${two(among(i, 2, 0, 59))}`, MAY_BE_ELSE),
  times('times that rise in the course of each day', 'time', (i) => `${((i % 11) + 6) % 12 + 1}:${two((7 * i) % 60)}`, MAY_BE_ELSE, 60),
  times('lessons, of which there are few', 'lesson', (i) => ['8:30', '9:15', '11:45', '1:15', '2:30', '4:45', '12:10'][i % 7], MAY_BE_ELSE),
  times('no times past noon', 'visit_time', (i) => `${among(i, 1, 8, 12)}:${quarter(i)}`),
  times('no times past one at night', 'time', (i) => `${among(i, 1, 1, 23)}:${quarter(i)}`),
  times('no nights in hours of no order', 'bedtime', (i) => `${oneOf(i, 1, [9, 10, 11, 12, 1, 2, 3, 6, 7])}:${quarter(i)}`),
  times('many hours of an office with zeros in front', 'time', (i) => `${two(office(i))}:${quarter(i)}`, MAY_BE_ELSE),
  times('no few hours with zeros in front', 'time', (i) => ['08:30', '09:15', '11:45', '01:15', '02:30', '04:45'][i % 6]),
]); // prettier-ignore

const numbers = (
  what: string,
  name: string,
  cell: Row,
  said: readonly string[] = [],
  rows = 40,
): Expected => ({
  ...times(what, name, cell, said, rows),
  type: 'number',
});
suite('days and times with a point', [
  numbers('days and months with zeros in front', 'Termin', (i) => `${two(1 + ((i * 7) % 28))}.${two(1 + (i % 12))}`, ['dates-in-numbers 1']),
  numbers('days and months under no telling name', 'x', (i) => ['31.12', '01.05', '24.12', '15.03'][i % 4], ['dates-in-numbers 1']),
  numbers('hours of opening', 'open', (i) => ['9.30', '10.00', '8.15', '8.45'][i % 4], ['times-in-numbers 1']),
  numbers('hours of departure', 'Abfahrt', (i) => `${among(i, 1, 6, 21)}.${quarter(i)}`, ['times-in-numbers 1']),
  numbers('hours worked', 'hours worked', (i) => `${among(i, 1, 4, 9)}.${quarter(i)}`, ['times-in-numbers 1']),
  numbers('a German timesheet', 'Arbeitszeit', (i) => `${among(i, 1, 4, 9)}.${quarter(i)}`, ['times-in-numbers 1']),
  numbers('hours in Spanish', 'horas', (i) => `${among(i, 1, 4, 9)}.${quarter(i)}`, ['times-in-numbers 1']),
  numbers('overtime', 'Überstunden', (i) => `${i % 3 ? '' : '-'}${among(i, 1, 0, 5)}.${quarter(i)}`, ['times-in-numbers 1']),
  numbers('hours in quarters', 'hours worked', (i) => `${among(i, 1, 4, 9)}.${['00', '25', '50', '75'][i % 4]}`, []),
  numbers('hours with a half among them', 'hours worked', (i) => `${among(i, 1, 4, 9)}.${i === 9 ? '50' : quarter(i)}`, []),
  numbers('prices in steps of fifteen', 'price', (i) => `${among(i, 1, 4, 9)}.${quarter(i)}`, []),
  numbers('hours of check-in', 'check-in', (i) => ['14.00', '15.30', '16.00', '14.30'][i % 4], ['times-in-numbers 1']),
  numbers('no prices at the opening', 'open', (i) => `${among(i, 1, 9, 21)}.${two(among(i, 2, 0, 99))}`),
  numbers('no prices in halves of a dollar', 'start', (i) => `${among(i, 1, 1, 20)}.${oneOf(i, 2, ['00', '50'])}`),
  numbers('no prices in quarters of a dollar', 'close', (i) => `${among(i, 1, 9, 41)}.${oneOf(i, 2, ['25', '50', '75'])}`),
  numbers('no measures with zeros in front', 'x', (i) => `0${among(i, 1, 1, 9)}.${two(among(i, 2, 0, 99))}`),
  numbers('no measures of two digits', 'x', (i) => `${among(i, 1, 10, 31)}.${two(among(i, 2, 10, 99))}`),
]); // prettier-ignore

const mixture = (what: string, name: string, small: Row, large: Row, said = ['two-units 3'], rows = 60) =>
  numbers(what, name, (i) => (i === 0 || (i > 1 && chance(i, 55) < 0.4) ? large(i) : small(i)), said, rows);
const tenths = (i: number, least: number, most: number) =>
  (among(i, 1, 10 * least, 10 * most) / 10).toFixed(1);
suite('two units in one column', [
  mixture('heights in m and cm', 'height', (i) => (among(i, 1, 150, 195) / 100).toFixed(2), (i) => String(among(i, 1, 150, 195))),
  mixture('heights in few rows', 'Größe', (i) => (among(i, 1, 150, 195) / 100).toFixed(2), (i) => String(among(i, 1, 150, 195)), ['two-units 3'], 8),
  mixture('fever in °C and °F', 'temp', (i) => tenths(i, 36, 39), (i) => tenths(i, 97, 103)),
  mixture('air in °C and K', 'temperature', (i) => tenths(i, 14, 26), (i) => tenths(i, 287, 299)),
  mixture('birth weights in kg and g', 'birth_weight', (i) => (among(i, 1, 150, 450) / 100).toFixed(2), (i) => String(among(i, 1, 1500, 4500))),
  mixture('glucose in mmol/L and mg/dL', 'glucose', (i) => tenths(i, 4, 8), (i) => String(among(i, 1, 80, 145))),
  mixture('haemoglobin in g/dL and g/L', 'Hb', (i) => tenths(i, 11, 16), (i) => String(among(i, 1, 110, 160))),
  mixture('albumin likewise', 'Albumin', (i) => tenths(i, 3, 5), (i) => String(among(i, 1, 32, 49))),
  mixture('triglycerides in mmol/L and mg/dL', 'TG', (i) => tenths(i, 1, 3), (i) => String(among(i, 1, 90, 260))),
  mixture('bilirubin in mg/dL and µmol/L', 'bilirubin', (i) => tenths(i, 1, 2), (i) => String(among(i, 1, 15, 33))),
  mixture('uric acid in mg/dL and µmol/L', 'uric_acid', (i) => tenths(i, 3, 8), (i) => String(among(i, 1, 190, 470))),
  mixture('gravity of wort, water being 1 and 1,000', 'OG', (i) => (among(i, 1, 1038, 1072) / 1000).toFixed(3), (i) => String(among(i, 1, 1038, 1072))),
  mixture('no original and other games', 'OG', (i) => tenths(i, 1, 9), (i) => String(among(i, 1, 100, 199)), []),
  mixture('temperatures without their point', 'temp', (i) => tenths(i, 38, 40), (i) => String(among(i, 1, 381, 399))),
  mixture('seconds and milliseconds since 1970', 'timestamp', (i) => String(1_700_000_000 + among(i, 1, 0, 9_000_000)), (i) => String(1_700_000_000_000 + among(i, 1, 0, 9_000_000_000))),
  mixture('no identifiers old and new', 'order', (i) => String(1_700_000_000 + among(i, 1, 0, 9_000_000)), (i) => String(1_700_000_000_000 + among(i, 1, 0, 9_000_000_000)), []),
  mixture('no spans of time', 'time', (i) => String(1 + among(i, 1, 0, 90)), (i) => String(1000 * (1 + among(i, 1, 0, 90))), []),
  numbers('no heights of children and grown-ups', 'height', (i) => String(among(i, 1, 60, 195))),
  mixture('no trees and shrubs', 'height', (i) => tenths(i, 1, 3), (i) => tenths(i, 20, 35), []),
  mixture('no freezers and ovens', 'temp', (i) => tenths(i, 2, 8), (i) => tenths(i, 160, 220), []),
  mixture('no mice and rats', 'weight', (i) => tenths(i, 20, 30), (i) => tenths(i, 250, 500), []),
  mixture('no eruptions short and long', 'length', (i) => tenths(i, 1, 2), (i) => tenths(i, 4, 5), []),
  mixture('no summers and winters', 'temp', (i) => tenths(i, -8, 4), (i) => tenths(i, 22, 31), []),
  mixture('no numbers under a name of no measure', 'score', (i) => (among(i, 1, 150, 195) / 100).toFixed(2), (i) => String(among(i, 1, 150, 195)), []),
]); // prettier-ignore

const codes = (
  what: string,
  name: string,
  cell: Row,
  said: readonly string[] = [],
  type = 'category',
): Expected => ({
  ...times(what, name, cell, said),
  type,
});
const NAMED = ['codes-like-numbers 2'];
suite('codes that look like numbers', [
  codes('barcodes that a spreadsheet has shortened', 'barcode', (i) => ['4.00638E+12', '5.01234E+12', '7.6123E+12'][i % 3], NAMED),
  codes('telephones likewise', 'phone', (i) => ['4.47789E+11', '4.47912E+11'][i % 2], NAMED),
  codes('long numbers of one length under no telling name', 'x', (i) => ['4.00638E+12', '5.01234E+12', '7.61232E+12'][i % 3], NAMED, 'number'),
  codes('versions of two numbers beside some of three', 'fw', (i) => ['12.1', '12.9', '12.10.2', '12.4.1'][i % 4]),
  codes('versions under no telling name', 'x', (i) => ['7.0', '7.1', '7.1.3', '6.9.12', '6.9'][i % 5]),
  codes('versions of four numbers', 'build', (i) => ['10.0', '10.0.19041.1', '10.0.22000.2'][i % 3]),
  codes('versions behind a v', 'x', (i) => ['7.0', '7.1', 'v7.1.3', 'v6.9.12'][i % 4]),
  codes('no number with a slip', 'x', (i) => (i === 7 ? '7.1.3' : `${i}.5`), ['text-in-numbers 9'], 'number'),
  codes('tariff numbers', 'HS code', (i) => ['0901.21', '8471.30', '2204.10'][i % 3], NAMED),
  codes('tariff numbers without zeros in front', 'hs_code', (i) => ['9001.21', '8471.30', '2204.10'][i % 3], NAMED),
  codes('an Italian postcode of one city', 'CAP', (i) => ['00100', '20121', '80100'][i % 3], NAMED),
  codes('one zero in front among numbers of one length', 'zona', (i) => ['0010', '2012', '8010'][i % 3], NAMED, 'number'),
  codes('double zero beside zero', 'jersey', (i) => ['00', '0', '7', '23'][i % 4], NAMED, 'number'),
  codes('zero beside double zero', 'jersey', (i) => ['0', '00', '7', '23'][i % 4], NAMED, 'number'),
  codes('01 beside 1', 'team', (i) => ['01', '2', '10', '1'][i % 4], NAMED, 'number'),
  codes('branches of industry', 'NACE', (i) => ['01.10', '10.20', '01.1', '47.11'][i % 4], NAMED),
  codes('diagnoses', 'ICD9', (i) => ['401.9', '428.0', '250.0', '250.00'][i % 4], NAMED),
  codes('no counts of stars', 'flux', (i) => `${among(i, 1, 1, 9)}.${among(i, 2, 10000, 99999)}E+${among(i, 3, 11, 14)}`, [], 'number'),
  codes('no results of a program', 'x', (i) => `${among(i, 1, 1, 9)}.${among(i, 2, 100, 999)}E+0${among(i, 3, 1, 4)}`, [], 'number'),
  codes('no numbers with zeros behind', 'price', (i) => ['1.5', '1.50', '2.75', '3.00'][i % 4], [], 'number'),
  codes('no numbers of one length', 'x', (i) => String(among(i, 1, 1000, 9999)), [], 'number'),
  codes('no months with zeros in front of some', 'month', (i) => ['01', '1', '10', '12'][i % 4], [], 'number'),
  codes('no market capitals', 'market cap', (i) => `${among(i, 1, 1, 99)}.5`, [], 'number'),
]); // prettier-ignore

const units = (
  what: string,
  name: string,
  cells: readonly string[],
  said: readonly string[] = [],
  first?: readonly number[],
): Expected => ({
  ...times(what, name, (i) => cells[i % cells.length], said),
  ...{ type: first ? 'number' : 'category', ...(first && { first }) },
});
suite('units among few texts', [
  units('acres and hectares, between which there is a factor', 'Area', ['10 ac', '4.5 ha', '3 ac'], [], [10]),
  units('so much a month and a year', 'price', ['$10/mo', '$120/yr', '$12/mo'], [], [10, 10, 12]),
  units('ten thousands in Japanese', 'pay', ['3.5万', '8000', '2万'], [], [35_000, 8000, 20_000]),
  units('gigabytes beside numbers without a unit', 'RAM', ['512', '2GB', '1GB'], ['other-unit 3']),
  units('miles a gallon and litres', 'eff', ['30 mpg', '7.5 l/100km', '25 mpg'], ['other-unit 3']),
  units('days and nights', 'stay', ['3 days', '2 nights', '5 days'], ['other-unit 3']),
  { ...units('percent beside another unit', 'HbA1c', ['6.5%', '48 mmol/mol', '7.1%'], ['other-unit 3']), type: 'number' },
  units('degrees of two kinds', 'temp', ['-15°C', '7F', '12°C', '20F'], ['other-unit 3']),
  units('no engines', 'motor', ['2.0 TDI', '1.8 TSI', '1.6 TDI']),
  units('no packs', 'size', ['1.5 kg pack', '2 L bottle', '1 kg pack']),
  units('no rooms', 'flat', ['3 bed', '2 bath', 'studio']),
  units('no departments of Corsica', 'departement', ['01', '75', '2A', '2B']),
  units('no department of Corsica alone', 'Département', ['33', '75', '2A', '13']),
]); // prettier-ignore

suite('what a column holds in place of numbers', [
  units('formulas', 'sum', ['=A2+B2', '=A3+B3', '=SUM(A2:B2)'], ['unread-numbers 2']),
  units('numbers with their error', 'x', ['5.2 ± 0.3', '4.1 ± 0.2', '3.3 ± 0.1'], ['unread-numbers 2']),
  { ...units('what a spreadsheet shows of a narrow column', 'date', ['########'], ['unread-numbers 2']), type: 'constant' },
  { ...times('days without a year', 'day', (i) => `${two(1 + (i % 28))} ${['Oct', 'Nov', 'Dec'][i % 3]}`, ['unread-numbers 2']), type: 'identifier' },
  units('days without a year of which there are few', 'day', ['01 Nov', '02 Nov', '14 Dec'], ['unread-numbers 2']),
  units('no ratings in hashes', 'rating', ['###', '####', '#####', '##']),
  units('no results of tests', 'IgM', ['+', '-', '++']),
  units('no words with an equals sign', 'x', ['=yes', '=no', '=maybe']),
  { ...units('seconds since 1970', 'expires', ['1600000000', '1650000001', '1700000002'], ['dates-in-numbers 1']), type: 'number' },
  { ...units('such seconds of members', 'registered', ['1600000000', '1650000001', '1700000002'], ['dates-in-numbers 1']), type: 'number' },
  { ...units('no large numbers under another name', 'views', ['1600000000', '1650000001', '1700000002']), type: 'number' },
]); // prettier-ignore

const reset = (
  what: string,
  name: string,
  cell: Row,
  text: string,
  said: readonly string[] = ['placeholder-value 5'],
) => numbers(what, name, (i) => (i % 37 === 3 ? text : cell(i)), said, 300);
suite('what thermometers say that have not measured', [
  reset('-127 in a winter', 'temp', (i) => tenths(i, -5, 15), '-127.0'),
  reset('-127 under a name with a unit', 'T °C', (i) => tenths(i, -5, 15), '-127'),
  reset('85 in a room', 'temp', (i) => tenths(i, 15, 25), '85'),
  reset('85 in a room, under another name', 'roomTemperature', (i) => tenths(i, 15, 25), '85.0'),
  reset('no 85 of a score', 'score', (i) => tenths(i, 15, 25), '85', []),
  reset('no 85 of an oven', 'temp', (i) => tenths(i, 15, 75), '85', []),
  reset('no -127 among measures of such size', 'dB', (i) => tenths(i, -110, -60), '-127', []),
]); // prettier-ignore

suite('names that the header leaves empty', [
  { what: 'of a column between others', header: 'a,,y', row: (i) => `${among(i, 1, 1, 99)},${among(i, 2, 1, 99)},${answer(i)}`, said: ['unnamed-column 1'] },
  { what: 'of two columns', header: 'a,,,y', row: (i) => `${among(i, 1, 1, 99)},${among(i, 2, 1, 99)},${oneOf(i, 3, ['p', 'q'])},${answer(i)}`, said: ['unnamed-column 1', 'unnamed-column 1'] },
  { what: 'but for a first column, of words', header: ',b,y', row: (i) => `${oneOf(i, 3, ['p', 'q'])},${among(i, 1, 1, 99)},${answer(i)}` },
  { what: 'but for a number of the row', header: ',b,y', row: (i) => `${i},${among(i, 1, 1, 99)},${answer(i)}` },
  { what: 'but for names of the rows', header: ',b,y', row: (i) => `r${i},${among(i, 1, 1, 99)},${answer(i)}` },
  { what: 'and a column called so', header: 'a,column 2,y', row: (i) => `${among(i, 1, 1, 99)},${among(i, 2, 1, 99)},${answer(i)}` },
]); // prettier-ignore

describe('a table of many rows', () => {
  it('has merged cells as one of few has', () => {
    const text = [
      'block,x,y',
      ...Array.from({ length: 260_000 }, (_, i) => `${i % 2 ? '' : 'ABC'[i % 3]},${i % 7}.5,${'pq'[i % 2]}`),
    ].join('\n');
    assert.ok(notes(checked(text)).some((note) => note.startsWith('merged-cells')));
  });
});

describe('tables that nothing is wrong with', () => {
  const NEW = [
    'doubtful-decimals',
    'doubtful-times',
    'two-units',
    'times-in-numbers',
    'dates-in-numbers',
    'codes-like-numbers',
  ];
  for (const { name, text } of soundTables()) {
    it(`${name} gets none of these notes`, () => {
      assert.deepEqual(
        notes(checked(text)).filter((note) => NEW.some((code) => note.startsWith(`${code} `))),
        [],
      );
    });
  }
});
