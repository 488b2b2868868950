// Units of rates, sizes, processors and accounts, and numbers with what belongs to their trade.
import assert from 'node:assert/strict';
import { readAmount } from '../../src/data/csv/readAmount';
import { brief, many, oneOf, type Case } from '../field/columns';
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

suite('rates in several units', [
  ['yields', 'yield', oneOf('3.2 t/ha', '2900 kg/ha', '4.1 t/ha'), 'number 3.2 2.9'],
  ['flows', 'flow', oneOf('3.2 L/min', '1900 mL/min', '180 L/h', '2 L/min'), 'number 3.2 2'],
  ['shares of a mass', 'lead', oneOf('120 mg/kg', '0.3 g/kg', '95 mg/kg'), 'number 120 300'],
  ['of a plant, whatever its mass', 'crop', oneOf('420 g/plant', '0.5 kg/plant', '380 g/plant'), 'number 420 500'],
  ['of rain', 'rate', oneOf('3.5 mm/h', '48 mm/d', '2.5 mm/h'), 'number 3.5 2'],
  ['no bushels, which depend on the crop', 'yield', oneOf('3.2 t/ha', '40 bu/ac', '4.1 t/ha'), 'category other-unit 3'],
  ['no ounces of gold', 'grade', oneOf('3.2 g/t', '0.1 oz/t', '4.1 g/t'), 'category other-unit 3'],
  ['one of them alone', 'yield', oneOf('3.2 t/ha', '2.9 t/ha', '4.1 t/ha'), 'number 3.2 2.9'],
  ['speeds, which have names of their own', 'speed', oneOf('36 km/h', '10 m/s', '54 km/h'), 'number 36 36'],
]); // prettier-ignore

suite('sizes and shares of machines', [
  ['memory of containers', 'MEMORY', oneOf('64Mi', '1Gi', '512Mi', '2Gi'), 'number 64 2048'],
  ['with a blank', 'Used', oneOf('1.5 Gi', '512 Mi', '800 Ki'), 'number 1.5 0.5'],
  ['disks', 'size', oneOf('1Ti', '512Gi', '2Ti'), 'number 1 0.5'],
  ['miles alone', 'x', oneOf('1.5 Mi', '2.5 Mi', '4 Mi'), 'number 1.5 2.5'],
  ['thousandths of a processor', 'CPU', oneOf('250m', '1', '500m', '2'), 'number 0.25 2'],
  ['of a core', 'cores', oneOf('50m', '100m', '1500m', '1'), 'number 0.05 1'],
  ['none without it', 'cpu_request', oneOf('250m', '100m', '500m'), 'number 0.25 0.1'],
  ['no minutes of a processor', 'CPU time', oneOf('50m', '100m', '1500m'), 'number 50 100'],
  ['no metres', 'depth', oneOf('5m', '10m', '15m'), 'number 5 10'],
]); // prettier-ignore

const NEGATIVE = 'doubtful-negatives 2';
suite('sides of an account by their letter', [
  ['debit and credit in German', 'Saldo', oneOf('12,50 S', '1.234,50 H', '99,00 H'), `number -12.5 1234.5 ${NEGATIVE}`, ';'],
  ['in words', 'Saldo', oneOf('12,50 Soll', '1.234,50 Haben', '99,00 Haben'), `number -12.5 1234.5 ${NEGATIVE}`, ';'],
  ['without a blank', 'Betrag', oneOf('12,50S', '1.234,50H', '99,00H'), `number -12.5 1234.5 ${NEGATIVE}`, ';'],
  ['many', 'Umsatz', many((i) => `${i + 1},${10 + i} ${i % 3 ? 'H' : 'S'}`), `number -1.1 2.11 ${NEGATIVE}`, ';'],
  ['no seconds and hours', 'x', oneOf('12 s', '3 h', '40 s'), 'number 12 10800'],
  ['no latitudes', 'lat', oneOf('45.12 S', '44.10 N', '45.20 S'), 'number -45.12 44.1'],
  ['no letters of seats', 'seat', oneOf('12 S', '3 H', '40 S'), 'category'],
]); // prettier-ignore

suite('multiples', [
  ['of earnings', 'P/E', many((i) => `${8 + ((i * 7) % 40)}.${i % 10}x`), 'number 8 15.1'],
  ['beside a word', 'P/E', many((i) => (i % 9 ? `${8 + i}.5x` : 'NM')), 'number NaN 9.5 text-in-numbers 2'],
  ['few of them', 'cover', oneOf('1.5x', '2x', '2.5x'), 'number 1.5 2'],
  ['many whole ones', 'gain', many((i) => `${i + 2}x`), 'number 2 3'],
  ['no lenses of a microscope', 'lens', oneOf('4x', '10x', '40x'), 'category'],
  ['no drives', 'drive', oneOf('4x4', '4x2', '2x4'), 'category'],
  ['no bytes in hexadecimal', 'byte', oneOf('0x1F', '0x2A', '0xFF'), 'category'],
]); // prettier-ignore

suite('halves beside dashes', [
  ['behind the first of a league', 'GB', oneOf('—', '½', '1½', '3', '5'), 'number NaN 1.5 text-in-numbers 2 read-as-fractions 3'],
  ['with another dash', 'GB', oneOf('–', '½', '1½', '3', '5'), 'number NaN 1.5 text-in-numbers 2 read-as-fractions 3'],
  ['beside the dash that is missing in any column', 'GB', oneOf('-', '½', '1½', '3', '5'), 'number NaN 1.5 read-as-fractions 3'],
  ['of an inch', 'bore', oneOf('--', '3/8', '5/16', '1/2', '3/4', '1 1/4', '7/8'), 'number NaN NaN text-in-numbers 2 read-as-fractions 6'],
  ['no words', 'x', oneOf('half', '½ cup', '1½ cups', 'some'), 'category'],
]); // prettier-ignore

suite('powers of ten that are no longer raised', [
  ['with blanks', 'leak', oneOf('1.2 x 10-5', '3.4 x 10-6', '9.9 x 10-4'), 'number 0.000012 0.0000034'],
  ['without', 'leak', oneOf('1.2x10-5', '3.4x10-6', '9.9x10-4'), 'number 0.000012 0.0000034'],
  ['with a sign for times', 'K', oneOf('1.25×10-5', '3.4 × 10−6', '9.9×10-14'), 'number 0.0000125 0.0000034'],
  ['with a decimal comma', 'K', oneOf('1,2 x 10-5', '3,4 x 10-6', '9,9 x 10-4'), 'number 0.000012 0.0000034', ';'],
  ['no sets of exercises', 'reps', oneOf('3x10-12', '4x10-12', '3x10-8'), 'category'],
  ['no sizes', 'size', oneOf('2.5x10', '3.5x10', '2.5x12'), 'category'],
]); // prettier-ignore

describe('a model', () => {
  it('reads such cells as its table was read', () => {
    assert.equal(readAmount('2900 kg/ha', 't/ha'), 2.9);
    assert.equal(readAmount('1Gi', 'Mi'), 1024);
    assert.equal(readAmount('1.2 x 10-5', ''), 0.000012);
  });
});
