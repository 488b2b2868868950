// Columns that count the rows under their names in other languages, and numbers with hyphens that are no dates.
import assert from 'node:assert/strict';
import { brief, many, oneOf, type Case } from '../field/columns';
import { FieldResults } from '../field/results';

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

const counted = many((i) => String(i + 1));
const LEFT_OUT = 'identifier 1 2 identifier-column 1';
suite('columns that count the rows', [
  ...['序号', '番号', '번호', '№', '№ п/п', 'N°', 'Nº', 'Lfd.', 'L.p.', 'STT', 'Nro', 'Número', 'Sıra', 'SN', '...1'].map(
    (name): Case => [`are left out under ${name}`, name, counted, LEFT_OUT],
  ),
  ['are left out from 0 on', '序号', many(String), 'identifier 0 1 identifier-column 1'],
  ['are numbers where they have gaps', 'Num', many((i) => String(3 * i + ((i * 7) % 3))), 'number 0 4'],
  ['are numbers where they repeat', '번호', many((i) => String(1 + (i % 9))), 'number 1 2'],
  ['are numbers under another name', 'x1', counted, 'number 1 2'],
]); // prettier-ignore

suite('numbers with hyphens that are no dates', [
  ['fertilisers', 'NPK', oneOf('10-20-10', '12-24-12', '10-26-26', '12-12-17'), 'category'],
  ['two of them, by their name', 'Fertilizer', oneOf('10-20-10', '12-24-12'), 'category'],
  ['what is taken in a day', 'Dosage', oneOf('01-00-01', '01-01-01', '02-01-02'), 'category'],
  ['under no telling name', 'x', oneOf('10-20-10', '12-24-12', '10-26-26', '08-15-15'), 'category'],
  ['in German', 'Dünger', oneOf('10-20-10', '12-24-12', '10-26-26'), 'category'],
  ['but for dates of one month', 'x', oneOf('10-05-10', '10-13-10', '10-21-10', '10-30-10'), 'date'],
  ['but for dates of any year', 'x', oneOf('03-12-19', '05-17-20', '10-21-21', '11-30-22'), 'date'],
  ['but for many dates', 'x', many((i) => `${1 + (i % 9)}-${13 + ((i * 7) % 15)}-${10 + (i % 9)}`), 'date'],
]); // prettier-ignore

const CODES = 'codes-like-numbers 2';
suite('telephones with their country', [
  ['of one country', 'Caller', many((i) => `+44770090${1000 + 7 * i}`), `identifier identifier-column 1 ${CODES}`],
  ['of several', 'from', oneOf('+447700900123', '+4915112345678', '+14155550100'), `category ${CODES}`],
  ['under no telling name', 'x', oneOf('+390612345678', '+390698765432', '+390655555555'), `category ${CODES}`],
  ['beside empty cells', 'x', many((i) => (i % 3 ? `+4477009${10000 + 7 * (i % 9)}` : '')), `category ${CODES.replace('2', '3')}`],
  ['no changes with a plus', 'change', many((i) => `+${1000 * i + 7}`), 'number 7 1007'],
  ['no changes of either sign', 'change', many((i) => `${i % 2 ? '-' : '+'}${1_500_000_000 + 7 * i}`), 'number 1500000000 -1500000007'],
]); // prettier-ignore

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR'];
const two = (n: number) => String(n).padStart(2, '0');
suite('days with a time behind their month', [
  ['of airlines', 'Event', many((i) => `${two(1 + (i % 28))}${MONTHS[i % 4]}${two((i * 7) % 24)}${two((i * 13) % 60)}`), 'identifier identifier-column 1'],
  ['by day alone', 'Event', many((i) => `${1 + (i % 28)}${MONTHS[i % 4]}${two(10 + ((i * 7) % 9))}${two((i * 13) % 60)}`), 'identifier identifier-column 1'],
  ['few of them', 'x', oneOf('12MAR0845', '13MAR1530', '14MAR1115', '14MAR0700', '15MAR2210'), 'category'],
  ['no dates of this time', 'x', many((i) => `${two(1 + (i % 28))}${MONTHS[i % 4]}${2001 + (i % 20)}`), 'date'],
  ['no dates of two centuries', 'x', many((i) => `${two(1 + (i % 28))}${MONTHS[i % 4]}${1940 + 2 * (i % 40)}`), 'date'],
  ['no dates between brackets', 'time', many((i) => `[${two(1 + (i % 28))}/Mar/2024:08:${two((i * 13) % 60)}:${two(i)} +0000]`), 'date'],
]); // prettier-ignore
