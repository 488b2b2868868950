// Units in other scripts and languages.
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

const WEEK = (12 * 7) / 365.2425;

suite('units in Cyrillic letters', [
  ['grams and kilograms', 'Масса', oneOf('2 кг', '500 г', '1,5 кг'), 'number 2 0.5', ';'],
  ['without a blank', 'Масса', oneOf('500г', '1.5кг', '2кг'), 'number 0.5 1.5'],
  ['milligrams and tonnes', 'Масса', oneOf('500 мг', '1,5 г', '2 т'), 'number 500 1500', ';'],
  ['many', 'Вес', many((i) => (i % 2 ? `${i} кг` : `${i}00 г`)), 'number 0 1000'],
  ['millilitres and litres', 'Объём', oneOf('500 мл', '1,5 л'), 'number 500 1500', ';'],
  ['lengths', 'Длина', oneOf('2 км', '50 см', '4 мм', '1,5 м'), 'number 2 0.0015', ';'],
  ['minutes and hours', 'Время', oneOf('1,5 ч', '30 мин', '2 ч'), 'number 1.5 0.5', ';'],
  ['areas', 'Площадь', oneOf('50 м²', '1,5 га', '70 м²'), 'number 50 15000', ';'],
  ['roubles', 'Цена', oneOf('300 ₽', '1500 ₽', '2 000 ₽'), 'number 300 1500', ';'],
  ['thousands and millions', 'Доход', oneOf('50 тыс.', '1,5 млн'), 'number 50000 1500000', ';'],
  ['in the unit of the name', 'Масса (г)', many((i) => (i % 3 ? '500' : '1,5 кг')), 'number 1500 500', ';'],
  ['years of one kind', 'Год', oneOf('2010 г.', '2011 г.', '2012 г.'), 'number 2010 2011'],
  ['no grams beside litres', 'x', oneOf('500 г', '300 г', '2 л'), 'category other-unit 4'],
  ['no ages beside litres', 'Возраст', oneOf('1 г', '3 г', '5 л'), 'category other-unit 4'],
  ['no classes of a school', 'класс', oneOf('5г', '5а', '6г', '5б'), 'category'],
]); // prettier-ignore

suite('units in ideographs', [
  ['weights', '重量', oneOf('500克', '1.5千克', '2公斤'), 'number 500 1500'],
  ['minutes and hours', '时长', oneOf('30分钟', '2小时', '45分钟'), 'number 30 120'],
  ['months and years', '月龄', oneOf('1岁', '3个月', '2岁'), 'number 1 0.25'],
  ['thousands as before', '売上', oneOf('5千', '2万', '7千'), 'number 5000 20000'],
]); // prettier-ignore

suite('months and years in words', [
  ['Russian', 'Срок', oneOf('3 мес', '1 год', '6 мес.', '5 лет'), 'number 3 60'],
  ['two of them in a cell', 'Срок', oneOf('2 года 3 мес', '1 год', '3 мес'), 'number 27 12 read-as-durations 2'],
  ['French', 'Durée', oneOf('3 mois', '1 an', '6 mois', '2 ans'), 'number 3 24'],
  ['German', 'Alter', oneOf('3 Monate', '1 Jahr', '6 Monate', '2 Jahre'), 'number 3 24'],
  ['with weeks', 'Alter', oneOf('3 Monate', '2 Wochen', '1 Jahr'), `number 3 ${2 * WEEK} read-as-durations 2`],
  ['Spanish', 'Edad', oneOf('3 meses', '1 año', '6 meses', '2 años'), 'number 3 24'],
  ['Italian', 'Età', oneOf('3 mesi', '1 anno', '6 mesi', '2 anni'), 'number 3 24'],
  ['Norwegian', 'Alder', oneOf('3 mnd', '1 år', '6 mnd', '2 år'), 'number 3 24'],
  ['Dutch', 'Leeftijd', oneOf('3 maanden', '1 jaar', '6 maanden'), 'number 3 12'],
  ['Dutch, shortened', 'Leeftijd', oneOf('3 mnd', '1 jr', '6 mnd'), 'number 3 12'],
  ['minutes and hours', 'Zeit', oneOf('30 Minuten', '2 Stunden'), 'number 30 120'],
  ['no months beside weeks alone', 'Alter', oneOf('3 Monate', '1 Monat', '2 Wochen'), 'category other-unit 4'],
  ['no years beside cats', 'x', oneOf('1 an', '2 ans', '5 chats'), 'category other-unit 4'],
]); // prettier-ignore

describe('a model of such units', () => {
  it('reads other rows as its table was read', () => {
    assert.equal(readAmount('1,5 кг', 'г', ','), 1500);
    assert.equal(readAmount('2 Jahre', 'Monate'), 24);
    assert.equal(readAmount('2 года', 'months'), 24);
    assert.ok(Number.isNaN(readAmount('2 л', 'г')));
  });
});
