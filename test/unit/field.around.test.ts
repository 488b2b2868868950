// What stands around numbers in lists of goods, of flats, of photographs and of patients.
import assert from 'node:assert/strict';
import { readAmount } from '../../src/data/csv/readAmount';
import { brief, many, oneOf, type Case } from '../field/columns';
import { checked, notes, soundTables } from '../field/reading';
import { FieldResults } from '../field/results';

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

suite('prices for each of something', [
  ['a bottle', 'Preis', oneOf('24,90 €/Fl.', '7,50 €/Fl.', '12,00 €/Fl.'), 'number 24.9 7.5', ';'],
  ['a kilogram', 'price', oneOf('3.20 $/kg', '4.10 $/kg', '2.95 $/kg'), 'number 3.2 4.1'],
  ['an hour, by its code', 'rate', oneOf('12 EUR/h', '15 EUR/h', '18 EUR/h'), 'number 12 15'],
  ['a kilogram, by its word', 'cena', oneOf('12 zł/kg', '15 zł/kg', '18 zł/kg'), 'number 12 15'],
  ['many', 'Miete', many((i) => `${8 + i},50 €/m²`), 'number 8.5 9.5', ';'],
  ['of a kilogram and of a tonne', 'price', oneOf('3.20 €/kg', '4100 €/t', '2.95 €/kg'), 'number 3.2 4.1'],
  ['no prices of two kinds', 'price', oneOf('3.20 €/kg', '4.10 €/pc', '2.95 €/kg'), 'category other-unit 3'],
  ['no currencies over one another', 'pair', oneOf('EUR/USD', 'EUR/CHF', 'USD/JPY'), 'category'],
]); // prettier-ignore

suite('currencies of more countries', [
  ['Taiwan', 'Fee', many((i) => `"NT$${2 + (i % 7)},${100 + i}"`), 'number 2100 3101'],
  ['few amounts', 'Fee', oneOf('NT$150', 'NT$200', 'NT$250'), 'number 150 200'],
  ['Mexico', 'Precio', many((i) => `MX$${580 + i}.50`), 'number 580.5 581.5'],
  ['Indonesia', 'Harga', many((i) => `Rp ${1 + (i % 8)}.${129 + i}.000`), 'number 1129000 2130000'],
  ['Indonesia, which knows no hundredths', 'Harga', many((i) => `Rp${875 + i}.000`), 'number 875 876 doubtful-decimals 1'],
  ['Kenya', 'Fee', many((i) => `"KSh ${1 + (i % 8)},${894 - i}"`), 'number 1894 2893'],
  ['Peru', 'Precio', many((i) => `S/ ${30 + i}.50`), 'number 30.5 31.5'],
  ['Hungary', 'Ár', many((i) => `${12 + i} 900 Ft`), 'number 12900 13900'],
  ['Bulgaria', 'Цена', many((i) => `${300 + i} BGN`), 'number 300 301'],
  ['no versions of a language', 'x', oneOf('PHP 7.4', 'PHP 8.0', 'PHP 8.1'), 'category'],
  ['no octane numbers', 'x', oneOf('RON 95', 'RON 98', 'RON 91'), 'category'],
  ['Bangladesh', 'Price', many((i) => `৳${400 + i}`), 'number 400 401'],
]); // prettier-ignore

suite('a few amounts beside words', [
  ['what costs nothing', 'Price', oneOf('Free', '$5', '$10', '$20'), 'category unread-numbers 2'],
  ['what is not there', 'HOA', oneOf('$250', '$310', '—', '$95'), 'category unread-numbers 4'],
  ['a word that stands seldom', 'HOA', many((i) => (i === 9 ? 'TBC' : ['$250', '$310', '$95'][i % 3])), 'number 250 310 text-in-numbers 11'],
  ['no amounts of money', 'Event', oneOf('100m', '200m', '400m', 'Long Jump'), 'category'],
  ['no percentages', 'Dose', oneOf('5%', '10%', '20%', 'placebo'), 'category'],
  ['as many words', 'Fee', oneOf('$5', 'Free', '$10', 'Member', '$20', 'Guest'), 'category'],
]); // prettier-ignore

suite('units in one sign', [
  ['square metres', 'Area', many((i) => `${40 + i}.25㎡`), 'number 40.25 41.25'],
  ['few of them', 'Area', oneOf('59.9㎡', '84.97㎡', '114.2㎡'), 'number 59.9 84.97'],
  ['kilograms', 'W', many((i) => `${40 + i}.5㎏`), 'number 40.5 41.5'],
  ['centimetres', 'H', many((i) => `${140 + i}㎝`), 'number 140 141'],
  ['cubic centimetres', 'V', many((i) => `${998 + i} ㏄`), 'number 998 999'],
  ['square metres beside those in two signs', 'Area', many((i) => `${40 + i}.25${i % 2 ? '㎡' : 'm²'}`), 'number 40.25 41.25'],
]); // prettier-ignore

suite('words of East Asian scripts around numbers', [
  ['the age of a house', '築年数', many((i) => `築${i + 1}年`), 'number 1 2'],
  ['few of them', '築年数', oneOf('築1年', '築5年', '築12年'), 'number 1 5'],
  ['minutes on foot', '駅徒歩', oneOf('徒歩5分', '徒歩12分', '徒歩1分'), 'number 5 12'],
  ['floors', '階', oneOf('3階', '12階', '1階', '2階'), 'number 3 2'],
  ['Korean floors', '층', oneOf('3층', '12층', '1층'), 'number 3 12'],
  ['minutes', '时长', oneOf('5分', '12分', '30分'), 'number 5 12'],
  ['a cellar among floors', '階', many((i) => (i === 9 ? 'B1階' : `${1 + (i % 25)}階`)), 'number 1 2 text-in-numbers 11'],
  ['no school classes', '班', oneOf('1班', '2班', '3班'), 'category'],
  ['no months', '月', oneOf('3月', '4月', '12月'), 'category'],
  ['no eras of several names', '年', oneOf('平成12年', '令和3年', '平成30年'), 'category'],
  ['no addresses', '番地', many((i) => `${['東', '西', '南'][i % 3]}町${i + 1}番`), 'identifier identifier-column 1'],
]); // prettier-ignore

suite('fractions with a unit', [
  ['visibility', 'vis', oneOf('1 1/2SM', '10SM', '1/4SM', '3SM'), `number 1.5 3 read-as-fractions 2`],
  ['few of them, below one', 'vis', oneOf('1/4SM', '1/2SM', '3/4SM'), 'number 0.25 0.5 read-as-fractions 2'],
  ['miles', 'distance', oneOf('1/2 mi', '1 1/4 miles', '2 mi'), 'number 0.5 1.25 read-as-fractions 2'],
  ['cups', 'flour', oneOf('1/2 cup', '2 cups', '1 1/2 cups'), 'number 0.5 2 read-as-fractions 2'],
  ['hours', 'time spent', oneOf('1/2 hour', '2 hours', '1 1/2 hrs'), 'number 0.5 2 read-as-fractions 2'],
  ['no cups beside pounds', 'amount', oneOf('1/2 cup', '2 lbs', '1 1/2 cups'), 'category'],
  ['no halves of matches', 'x', oneOf('1/2', '2/2', '1/2 FT'), 'category'],
]); // prettier-ignore

suite('what stands before a number', [
  ['few acidities', 'Acidity', oneOf('pH 7.1', 'pH 6.8', 'pH 7.4', 'pH 8'), 'number 7.1 8'],
  ['many', 'Acidity', many((i) => `pH ${(6 + i / 10).toFixed(1)}`), 'number 6 6.1'],
  ['without a blank', 'x', oneOf('pH7.1', 'pH6.8', 'pH7.4'), 'number 7.1 6.8'],
  ['no classes of whole numbers', 'x', oneOf('pH 5', 'pH 7', 'pH 9'), 'category'],
]); // prettier-ignore

suite('pieces and years of copyright', [
  ['pieces in German', 'Menge', oneOf('12,000 ST', '1.250,000 ST', '3,500 ST'), 'number 12 1250', ';'],
  ['no places', 'place', oneOf('1ST', '2ND', '3RD'), 'category'],
  ['the year of a copyright', 'date', many((i) => `c${1980 + (i % 30)}`), 'number 1980 1981 marked-numbers 2'],
  ['beside others', 'date', many((i) => `${i % 3 ? '' : 'c'}${1980 + (i % 30)}`), 'number 1980 1981 marked-numbers 2'],
  ['no shelves', 'shelf', oneOf('c12', 'c13', 'c14'), 'category'],
]); // prettier-ignore

suite('stops, degrees and ages', [
  ['the stops of a lens', 'Aperture', oneOf('f/1.8', 'f/2.8', 'f/4', 'f/5.6'), 'number 1.8 5.6'],
  ['in capitals', 'FNumber', oneOf('F/1.8', 'F/2.8', 'F/3.5'), 'number 1.8 2.8'],
  ['no forms of a text', 'form', oneOf('f/1', 'f/2', 'f/3'), 'category'],
  ['degrees with the sign of an ordinal', 'temp', many((i) => `${180 + i}.5º`), 'number 180.5 181.5'],
  ['with their letter', 'temp', many((i) => `${30 + i}.5 ºC`), 'number 30.5 31.5'],
  ['no ordinals', 'place', oneOf('1º', '2º', '3º'), 'category'],
  ['ages in years, months and weeks', 'age', oneOf('3 y', '8 mo', '2 y', '6 mo', '4 y'), 'number 3 2'],
  ['with weeks among them', 'age', oneOf('3 yrs', '8 mos', '4 wks', '2 yrs'), `number 36 24 read-as-durations 2`],
  ['with days among them', 'age', oneOf('3 y', '12 d', '8 mo'), `number 36 ${12 * (12 / 365.2425)} read-as-durations 2`],
  ['no metres beside years', 'x', oneOf('3 y', '8 m', '2 wk'), 'category other-unit 3'],
  ['weights in kilograms and tonnes', 'Gewicht', oneOf('850 kg', '12,5 to', '920 kg'), 'number 850 12500', ';'],
  ['knots with zeros in front', 'wind', oneOf('05KT', '12KT', '08KT'), 'number 5 12'],
]); // prettier-ignore

describe('a model of such numbers', () => {
  it('reads other rows as its table was read', () => {
    assert.equal(readAmount('24,90 €/Fl.', '€/Fl', ','), 24.9);
    assert.equal(readAmount('築12年', '築…年'), 12);
    assert.equal(readAmount('f/2.8', 'f/'), 2.8);
    assert.ok(Math.abs(readAmount('2 wk', 'months') - (12 * 14) / 365.2425) < 1e-12);
    assert.equal(readAmount('1 1/2SM', 'fractions'), 1.5);
  });

  it('has nothing to say of tables that nothing is wrong with', () => {
    for (const { name, text } of soundTables())
      assert.ok(!notes(checked(text)).some((note) => /^(?:read-as|two-units|codes-like)/.test(note)), name);
  });
});
