// Years of two digits that go from one century to the next, and years with their month in one number.
import assert from 'node:assert/strict';
import { brief, many, oneOf, tableWith, type Case } from '../field/columns';
import { checked } from '../field/reading';
import { FieldResults } from '../field/results';
import { saidOf } from './sayings';

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

/** So many years from this one on, in two digits each. */
const from = (first: number, years: number, width = 2) =>
  many((i) => String((first + (i % years)) % 100).padStart(width, '0'));

suite('years of two digits that begin again', [
  ['of birth', 'YOB', from(96, 10), 'number 96 97 mixed-years 6'],
  ['of birth in German', 'Jahrgang', from(96, 10), 'number 96 97 mixed-years 6'],
  ['of birth, in one word', 'Geburtsjahr', from(96, 10), 'number 96 97 mixed-years 6'],
  ['in Russian', 'Год', from(96, 10), 'number 96 97 mixed-years 6'],
  ['under what was done then', 'Born', from(96, 10), 'number 96 97 mixed-years 6'],
  ['in short', 'Jg.', from(96, 10), 'number 96 97 mixed-years 6'],
  ['behind an apostrophe beside others in full', 'Built', many((i) => (i % 5 === 0 ? `'${50 + (i % 50)}` : String(1950 + (i % 50)))), 'number 50 1951 mixed-years 2'],
  ['without the zeros', 'Year', from(96, 10, 1), 'number 96 97 mixed-years 6'],
  ['over half a century', 'birth_year', from(65, 40), 'number 65 66 mixed-years 37'],
  ['with few of them', 'Year', oneOf('98', '99', '00', '01'), 'number 98 1 mixed-years 3'],
]); // prettier-ignore

suite('no years that begin again', [
  ['of one century', 'Year', from(70, 25), 'number 70 71'],
  ['of the other', 'Year', from(1, 25), 'number 1 2'],
  ['of any age', 'Year', from(1, 99), 'number 1 2'],
  ['codes of a survey, under any name', 'x', from(96, 10), 'number 96 97 placeholder-value 2'],
  ['codes of a survey among years of school', 'educ_years', many((i) => (i % 9 === 4 ? ['98', '99'][i % 2] : String(1 + (i % 17)))), 'number 1 2 placeholder-value 6'],
  ['one code alone', 'year', many((i) => (i % 9 === 4 ? '99' : String(1 + (i % 17)))), 'number 1 2 placeholder-value 6'],
  ['of four digits', 'Year', many((i) => String(1996 + (i % 10))), 'number 1996 1997'],
]); // prettier-ignore

const MONTHS = oneOf('202311', '202312', '202401');
const NAMES = ['계약년월', '年月', 'Periode', 'Période', 'período', 'период', 'YearMonth', 'yr_mon', 'Buchungsmonat', 'Jahr-Monat', 'ANNO_MESE', 'año_mes', 'dönem', 'Maand']; // prettier-ignore

suite('a year and a month in one number', [
  ...NAMES.map((name): Case => [name, name, MONTHS, 'number 202311 202312 dates-in-numbers 1']),
  ['no sales', 'Sales', MONTHS, 'number 202311 202312'],
  ['no value of a period', 'Periodenwert', MONTHS, 'number 202311 202312'],
  ['no codes', 'Postcode', MONTHS, 'category codes-like-numbers 2'],
  ['no periods that are counted', 'Periode', oneOf('1', '2', '3'), 'number 1 2'],
  ['no months that there are not', 'Periode', oneOf('202311', '202397', '202401'), 'number 202311 202397'],
  ['no round amounts', '年月', oneOf('20000', '30000', '40000'), 'number 20000 30000'],
]);

describe('the sentence about years with their month', () => {
  it('says that they may be that, and not weeks or days', () => {
    const { table } = checked(tableWith('계약년월', MONTHS));
    const [problem] = table.problems.inOrder().filter(({ code }) => code === 'dates-in-numbers');
    assert.equal(
      saidOf([problem]),
      'The numbers in “계약년월”, such as 202311, seem to be dates (yyyymm); they are read as numbers.',
    );
  });
});

describe('the sentence about years that begin again', () => {
  it('says which year the first of them comes after', () => {
    const { table } = checked(tableWith('YOB', from(96, 10)));
    const [problem] = table.problems.inOrder().filter(({ code }) => code === 'mixed-years');
    assert.equal(
      saidOf([problem]),
      '“00” in “YOB” may be a year of two digits after 99, below which it is as a number; 24 such cells, this the first of them, are read as the number that is written. Write all years with four digits.',
    );
  });
});
