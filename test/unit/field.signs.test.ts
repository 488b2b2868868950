// What stands around numbers: parentheses and currencies, hundredths of these, words for a bound, times in four digits.
import assert from 'node:assert/strict';
import { readAmount } from '../../src/data/csv/readAmount';
import { brief, many, oneOf, type Case } from '../field/columns';
import { checked, notes } from '../field/reading';
import { FieldResults } from '../field/results';

const results = new FieldResults('signs around numbers');
const innings = (parts: number) => many((i) => `${3 + ((i * 7) % 11)}.${(i * 5) % parts}`);
/** Whole ones, and behind the point so many parts of one, in two digits. */
const parts = (first: number, whole: number) =>
  many((i) => `${first + (i % 5)}.${String((i * 17) % whole).padStart(2, '0')}`);
const cases: readonly Case[] = [
  // Parentheses
  ['percentages below zero', 'margin', oneOf('(1.8)%', '2.3%', '4.1%', '(0.4) %'), 'number -1.8 -0.4'],
  ['an amount with its currency before', 'x', oneOf('"$(1,234)"', '$500', '$(20)', '$1'), 'number -1234 1'],
  ['an amount with its currency behind', 'x', oneOf('(234) €', '500 €', '(20) €', '1 €'), 'number -234 1', ';'],
  ['an amount with the code of its currency', 'x', oneOf('USD (234)', 'USD 500', 'USD (20)'), 'number -234 500'],
  ['no difference among differences', 'x', oneOf('±0', '+1', '-2', '+3'), 'number 0 3'],
  ['no percentage among such', 'x', oneOf('±0.0%', '+1.5%', '-2.0%'), 'number 0 1.5'],
  // Hundredths
  ['pence beside pounds', 'price', oneOf('£1.20', '95p', '£2.50', '50p'), 'number 1.2 0.5'],
  ['cents beside dollars', 'price', oneOf('$1.20', '95¢', '$2.50', '50 cents'), 'number 1.2 0.5'],
  ['cents beside euros', 'price', oneOf('€ 1.20', '95 ct', '€ 2.50', '50 Cent'), 'number 1.2 0.5'],
  ['cents beside euros behind', 'Preis', oneOf('1,20 €', '95 ct', '2,50 €'), 'number 1.2 0.95', ';'],
  ['Rappen beside francs', 'Preis', oneOf('CHF 1.20', '95 Rp.', 'CHF 2.50'), 'number 1.2 0.95', ';'],
  // Bounds in words
  ['years that are not quite known', 'born', oneOf('abt 1850', '1860', 'bef. 1890', '1880', '1871', '1872'), 'number 1850 1860 marked-numbers 2'],
  ['years after another', 'died', oneOf('aft 1850', '1860', '1861', '1880', '1871'), 'number 1850 1861 marked-numbers 2'],
  ['years before another, in a word', 'born', oneOf('before 1850', '1860', '1861', 'about 1880', '1871'), 'number 1850 1861 marked-numbers 2'],
  ['years after another, in a word', 'built', oneOf('after 1950', '1960', '1961', '1955', '1971'), 'number 1950 1961 marked-numbers 2'],
  // Times of day
  ['times in four digits', 'at', oneOf('0845h', '1730h', '1215h', '0700h'), 'time'],
  ['times in four digits, with a word', 'x', oneOf('0845 hrs', '1730 hrs', '0700 hrs'), 'time'],
  ['times in four digits, with a whole word', 'departed', oneOf('0845 hours', '1730 hours'), 'time'],
  ['times in four digits, in German', 'Abfahrt', oneOf('0845 Uhr', '1730 Uhr', '0700 Uhr'), 'time'],
  // Spans
  ['delays in hours, in French', 'Retards', oneOf('2 h 15', '0 h 30', '1 h 30'), 'number 8100 1800 read-as-durations 2'],
  ['what is left on a clock', 'clock left', oneOf('0:05:12', '0:04:11', '0:00:03'), 'number 312 251 read-as-durations 2'],
  ['what remains', 'time remaining', oneOf('0:05:12', '0:04:11', '0:00:03'), 'number 312 251 read-as-durations 2'],
  ['hours under any name', 'x', oneOf('2h15', '3h20', '1h05', '4h44'), 'time doubtful-times 2'],
  ['hours with blanks under any name', 'x', oneOf('2 h 31', '3 h 42', '1 h 23'), 'time doubtful-times 2'],
  // Triangles
  ['losses of Japanese accounts', '営業利益', oneOf('"▲1,234"', '"2,345"', '△56', '789'), 'number -1234 789 doubtful-negatives 2'],
  ['losses beside yen', 'x', many((i) => (i % 5 === 0 ? `▲${i + 2}円` : `${i}円`)), 'number -2 1 doubtful-negatives 2'],
  ['losses in percent', '増減', oneOf('▲1.2%', '0.5%', '3%'), 'number -1.2 0.5 doubtful-negatives 2'],
  ['losses beside plain numbers', 'x', oneOf('△ 12', '5', '30', '0'), 'number -12 0 doubtful-negatives 2'],
  // Flags
  ['breaks and provisional numbers', 'gdp', oneOf('12.3 b', '11.2', '9.4 p', '8.1', '7.7', '6.2'), 'number 12.3 11.2 marked-numbers 2'],
  ['flags beside a colon', 'gdp', oneOf('12.3 b', '11.2', ':', '8.1', '7.7', '6.2'), 'number 12.3 11.2 marked-numbers 2 text-in-numbers 4'],
  ['two flags in one', 'gdp', oneOf('12.3 bp', '11.2', '9.4 u', '8.1', '7.7', '6.2'), 'number 12.3 11.2 marked-numbers 2'],
  ['flags beside a colon that has one', 'x', oneOf('12.3 d', '11.2', ': c', '8.1', '7.7', '6.2'), 'number 12.3 11.2 marked-numbers 2 text-in-numbers 4'],
  // Words behind
  ['halves of the day in Spanish', 'hora', oneOf('7:33 p. m.', '11:02 a. m.', '8:47 p. m.'), 'time'],
  ['dates with a word for the year', 'data', oneOf('5 września 2024 r.', '10 lutego 2024 r.', '7 stycznia 2024'), 'date'],
  ['dates with a whole word for the year', 'дата', oneOf('5 мая 2024 года', '10 июня 2023 г.'), 'date'],
  ['thousands before a currency that has no sign', 'Fiyat', oneOf('3.184.000 TL', '950.000 TL', '1.250.000 TL'), 'number 3184000 950000', ';'],
  ['thousands before a unit', 'x', oneOf('3.184.000 km', '950.000 km', '1.250.000 km'), 'number 3184000 950000', ';'],
  // Parts behind the point
  ['innings', 'IP', innings(3), 'number 3 10.2 counted-parts 3'],
  ['innings in words', 'Innings Pitched', innings(3), 'number 3 10.2 counted-parts 3'],
  ['overs', 'overs', innings(6), 'number 3 10.5 counted-parts 3'],
  ['weeks and days before birth', 'gestation (weeks)', innings(7), 'number 3 10.5 counted-parts 3'],
  ['minutes and seconds of a run', '5k time', parts(22, 60), 'number 22 23.17 counted-parts 3'],
  ['those of a faster one, which may be times of day too', '5k time', parts(19, 60), 'number 19 20.17 times-in-numbers 1'],
  ['minutes and seconds, as the name has it', 'Lap (min.sec)', parts(1, 60), 'number 1 2.17 counted-parts 3'],
  ['years and months', 'Reading age', parts(6, 12), 'number 6 7.05 counted-parts 3'],
  ['years and months, as the name has it', 'Age (y.m)', parts(6, 12), 'number 6 7.05 counted-parts 3'],
  ['stones and pounds', 'Weight (st.lb)', parts(9, 14), 'number 9 10.03 counted-parts 3'],
  ['pounds and ounces', 'Birth weight (lb.oz)', parts(6, 16), 'number 6 7.01 counted-parts 3'],
  ['feet and inches', 'Height (ft.in)', parts(5, 12), 'number 5 6.05 counted-parts 3'],
  ['a race in decimals', '5k time', many((i) => `${19 + (i % 5)}.${String((i * 17) % 100).padStart(2, '0')}`), 'number 19 20.17'],
  ['hours in quarters', 'Lap', many((i) => `${1 + (i % 5)}.${['00', '25', '50'][i % 3]}`), 'number 1 2.25'],
  ['an age in decimals', 'Reading age', many((i) => `${6 + (i % 5)}.${i % 10}`), 'number 6 7.1'],
  ['weeks and days, in short', 'GA', innings(7), 'number 3 10.5 counted-parts 3'],
]; // prettier-ignore
const near: readonly Case[] = [
  ['notes in parentheses', 'x', oneOf('(a)', '4', '5', '6', '7', '8'), 'number NaN 4 text-in-numbers 2'],
  ['five more or less', 'x', oneOf('±5', '4', '5', '6', '7', '8'), 'number NaN 4 text-in-numbers 2'],
  ['about so many', 'count', oneOf('c90', '4', '5', '6', '7', '8'), 'number NaN 4 text-in-numbers 2'],
  ['heights of pictures', 'video', oneOf('720p', '1080p', '480p'), 'category'],
  ['pence alone', 'x', oneOf('12p', '34p', '5p'), 'category'],
  ['pence beside dollars', 'x', many((i) => (i % 9 === 4 ? '95p' : `$${i}.20`)), 'number 0.2 1.2 other-unit 6'],
  ['cents beside two currencies', 'x', many((i) => (i % 9 === 4 ? '95 ct' : `${'€$'[i % 2]}${i}.20`)), 'number 0.2 1.2 mixed-units 3 other-unit 6'],
  ['hours of machines', 'x', oneOf('1200 h', '1345 h', '2210 h'), 'number 1200 1345'],
  ['hours with zeros in front, more than a day', 'x', oneOf('0120 h', '1345 h', '2999 h'), 'number 120 1345'],
  ['full hours of a day', 'x', oneOf('9h30', '10h45', '17h20'), 'time'],
  ['odd minutes in the course of a day', 'x', oneOf('9h31', '10h42', '17h23'), 'time'],
  ['hours of leaving', 'départ', oneOf('9h31', '10h42', '17h23'), 'time'],
  ['what rises and falls', 'x', oneOf('▲ 3', '▼ 4', '0', '▲ 5'), 'category'],
  ['what only rises', 'x', oneOf('▲ 3', '▲ 4', '▲ 5'), 'category'],
  ['what rises or stays', 'x', oneOf('▲ 3', '0', '▲ 5', '▲ 7'), 'category'],
  ['triangles beside another minus', 'x', oneOf('▲3', '-4', '9', '8', '7'), 'number NaN 9 text-in-numbers 2'],
  ['days and seconds', 'x', oneOf('5 d', '3 s', '4', '7', '8', '9'), 'number NaN NaN other-unit 2 other-unit 3'],
  ['one letter that may be anything', 'x', oneOf('12.3 b', '11', '9', '8', '7', '6'), 'number NaN 11 other-unit 2'],
  ['floors with a cellar', 'Kat', oneOf('-1', '1', '2', '3', '5'), 'number -1 2'],
  ['innings with tenths', 'IP', innings(10), 'number 3 10.5'],
  ['innings under another name', 'x', innings(3), 'number 3 10.2'],
  ['weeks in tenths', 'gestation', innings(10), 'number 3 10.5'],
  ['whole overs', 'overs', many((i) => String((i * 7) % 19)), 'number 0 7'],
]; // prettier-ignore

describe('what stands around numbers', () => {
  after(() => results.print());
  for (const [what, name, cells, came, delimiter] of [...cases, ...near]) {
    it(`is read as it is meant in ${what}`, () => {
      const found = brief(name, cells, { delimiter });
      results.add(what, found, came);
      assert.equal(found, came);
    });
  }

  it('is the same where a row is to be predicted', () => {
    assert.equal(readAmount('95p', '£'), 0.95);
    assert.equal(readAmount('$(1,234)', '$'), -1234);
    assert.ok(Number.isNaN(readAmount('95p', '$')));
  });

  it('makes no line of words of a row that has nothing but amounts below zero and dashes', () => {
    const rows = many((i) => (i % 10 === 4 ? `" - ",(${i}.5)%,u` : `${i * 3},${i % 7}.5%,v`));
    const table = checked(`net,growth,z\n${rows.join('\n')}\n`, { 'data.target': 'z' });
    assert.equal(table.table.rows, 40);
    assert.ok(!notes(table).some((note) => note.startsWith('words-in-numbers')));
    const prices = many((i) => (i % 10 === 4 ? `c19${50 + i},£${i}.99 net,u` : `${1950 + i},£${i}.50,v`));
    const books = checked(`published,price,z\n${prices.join('\n')}\n`, { 'data.target': 'z' });
    assert.equal(books.table.rows, 40);
    const words = checked(`net,growth,z\n${rows.join('\n')}\n(a),(b),u\n`, { 'data.target': 'z' });
    assert.ok(notes(words).includes('words-in-numbers 42'));
  });

  it('takes the saturation of blood for no codes of a survey', () => {
    const saturation = many((i) => `${93 + ((i * 3) % 7)}`);
    assert.equal(brief('SpO2', saturation), 'number 93 96');
    assert.equal(
      brief(
        'sats',
        saturation.map((value) => `${value}% RA`),
      ),
      'number 93 96',
    );
    const answers = many((i) => String(i % 4 === 1 ? 96 + ((i >> 2) % 4) : 1 + (i % 5)));
    assert.equal(brief('q7', answers), 'number 1 96 placeholder-value 3');
  });
});
