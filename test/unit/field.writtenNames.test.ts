// Numbers that are names, as the way in which they are written shows: weight classes, addresses, grades, pairs.
import assert from 'node:assert/strict';
import { brief, many, oneOf, tableWith, type Case } from '../field/columns';
import { checked } from '../field/reading';
import { FieldResults } from '../field/results';

const results = new FieldResults('numbers that are names');
const host = (first: string) => many((i) => `${first}.${100 + ((i * 37) % 150)}.${101 + ((i * 53) % 150)}`);
const dotted = (make: (i: number) => number, end: string) =>
  many((i) => `${100 + ((i * 37) % 150)}.${make(i)}.${101 + ((i * 53) % 150)}.${end}`);

const cases: readonly Case[] = [
  // Weight classes
  ['weight classes', 'Gewichtsklasse', oneOf('-60', '-66', '-73', '-100', '+100'), 'category codes-like-numbers 4'],
  ['weight classes, under another name', 'category', oneOf('-55', '-61', '-68', '+68'), 'category codes-like-numbers 3'],
  ['weight classes under no telling name', 'x', oneOf('-48', '-52', '-57', '+57'), 'number -48 57 codes-like-numbers 3'],
  ['weight classes with their unit', 'x', oneOf('-60 kg', '-66 kg', '+66 kg'), 'category'],
  ['weight classes with dashes', 'weight class', oneOf('–60', '–66', '–73', '+73'), 'category'],
  ['weight classes in pounds', 'x', oneOf('-125lbs', '-155lbs', '-205lbs', '+205lbs'), 'category'],
  // Addresses
  ['addresses of hosts', 'ip', host('192.168'), 'identifier identifier-column 1'],
  ['addresses under any name', 'x', oneOf('10.100.200.101', '192.168.100.101', '172.16.254.10'), 'category'],
  ['addresses, a few not known', 'x', many((i) => (i % 13 === 5 ? '' : host('192.168')[i])), 'identifier identifier-column 1'],
  ['addresses with a name among them', 'server', many((i) => (i === 5 ? 'localhost' : host('192.168')[i])), 'identifier identifier-column 1'],
  // Grades
  ['grades of climbing', 'grade', oneOf('5.8', '5.9', '5.10', '5.11', '5.12'), 'number 5.8 5.1 codes-like-numbers 3'],
  ['versions of a language', 'Python', oneOf('3.8', '3.9', '3.10', '3.11'), 'number 3.8 3.11 codes-like-numbers 4'],
  ['grades, one of them left out', 'x', oneOf('5.7', '5.9', '5.10', '5.12'), 'number 5.7 5.12 codes-like-numbers 4'],
  ['chapters of two parts', 'x', oneOf('1.2', '1.9', '1.10', '2.1', '2.11', '2.12'), 'number 1.2 1.9 codes-like-numbers 4'],
  ['sprints of a year', 'sprint', many((i) => `2024.${1 + (i >> 2)}`), 'number 2024.1 2024.1 codes-like-numbers 2'],
  // Pairs
  ['alleles', 'D3S1358', oneOf('"14,15"', '"15,15"', '"16,17"', '"15,18"'), 'number 14.15 15.18 codes-like-numbers 2'],
  ['alleles between semicolons', 'D3', oneOf('14,15', '15,15', '16,17', '15,18'), 'number 14.15 15.18 codes-like-numbers 2', ';'],
  ['alleles between tabs', 'vWA', oneOf('14,14', '15,16', '17,18', '16,19'), 'number 14.14 16.19 codes-like-numbers 3', '\t'],
  ['alleles of many', 'FGA', many((i) => `${18 + (i % 6)},${18 + (i % 6) + (i % 4)}`), 'number 18.18 19.2 codes-like-numbers 3', ';'],
  // What is numbered within something else
  ['cases of clients', 'matter', many((i) => `${37876 + 13 * (i % 9)}.${String(1 + (i % 12)).padStart(4, '0')}`), 'number 37876.0001 37889.0002 codes-like-numbers 11'],
  ['parts of accounts', 'x', many((i) => `${400 + (i % 9)}.0${10 * (1 + (i % 4))}`), 'number 400.01 401.02 codes-like-numbers 2'],
  ['items of orders', 'x', oneOf('100023.010', '100023.020', '100024.010', '100025.030'), 'number 100023.01 100025.03 codes-like-numbers 2'],
  ['pages of files', 'x', oneOf('1203.001', '1203.002', '1204.010', '1204.011'), 'number 1203.001 1204.011 codes-like-numbers 4'],
  // Numbers of persons and firms
  ['firms of Brazil', 'CNPJ raiz', oneOf('12.345.678', '23.456.789', '31.222.111'), 'category', ';'],
  ['persons of Argentina', 'DNI', oneOf('12.345.678', '23.456.789', '8.123.456'), 'category', ';'],
  ['persons of Colombia', 'Cédula', oneOf('1.012.345.678', '23.456.789'), 'category', ';'],
  ['persons of Chile, between commas', 'rut_sin_dv', oneOf('12.345.678', '23.456.789'), 'category'],
  // What comes in thousands
  ['spectators', 'Zuschauer', many((i) => `${8 + i}.${491 + 7 * i}`), 'number 8.491 9.498 doubtful-decimals 1', ';'],
  ['visitors', 'visitors_total', many((i) => `${8 + i}.${491 + 7 * i}`), 'number 8.491 9.498 doubtful-decimals 1', ';'],
  ['kilometres of cars', 'Kilometerstand', many((i) => `${8 + i}.${491 + 7 * i}`), 'number 8.491 9.498 doubtful-decimals 1', ';'],
  ['followers', 'followers', many((i) => `${8 + i}.${491 + 7 * i}`), 'number 8.491 9.498 doubtful-decimals 1', '\t'],
]; // prettier-ignore
const near: readonly Case[] = [
  ['measures with a zero behind the point among others', 'x', oneOf('400.010', '400.220', '401.030', '402.150'), 'number 400.01 402.15'],
  ['whole amounts', 'x', oneOf('400.00', '401.00', '402.00', '403.00'), 'number 400 403'],
  ['amounts in thousands', 'x', oneOf('12.345.678', '23.456.789', '31.222.111'), 'number 12345678 23456789', ';'],
  ['how many documents', 'documentos', oneOf('12.345.678', '23.456.789'), 'number 12345678 23456789', ';'],
  ['signed differences', 'x', oneOf('-12', '-10', '+10', '+11'), 'number -12 11'],
  ['classes of minus and plus one', 'x', oneOf('-1', '+1'), 'number -1 1'],
  ['steps of a scale', 'class', oneOf('-2', '-1', '0', '+1', '+2'), 'number -2 0'],
  ['temperatures below zero, one above', 'x', oneOf('-20', '-12', '-15', '+10'), 'number -20 10'],
  ['a difference of weight', 'weight', oneOf('-10', '12', '+11'), 'number -10 12'],
  ['billions with points', 'x', oneOf('100.000.000.000', '125.000.000.000', '250.000.000.000'), 'number 100000000000 125000000000', ';'],
  ['billions with points, to the last digit', 'x', dotted((i) => 256 + ((i * 71) % 700), '512'), 'number 100256101512 137327154512', ';'],
  ['prices with a zero at the end', 'price', many((i) => `${1 + (i % 5)}.${10 + 10 * ((i * 7) % 9)}`), 'number 1.1 2.8'],
  ['measures without zeros at the end', 'x', oneOf('5.8', '5.9', '5.1', '5.11', '5.12'), 'number 5.8 5.1'],
  ['a few prices written by hand', 'x', oneOf('1.5', '1.9', '1.10', '2.25'), 'number 1.5 2.25'],
  ['two digits after a point', 'x', oneOf('1.09', '1.10', '1.11', '1.90'), 'number 1.09 1.9'],
  ['decimals of prices', 'x', many((i) => `${12 + (i % 9)},${10 + ((i * 37) % 89)}`), 'number 12.1 13.47', ';'],
  ['decimals of one size', 'x', oneOf('14,25', '14,14', '14,20', '14,28'), 'number 14.25 14.28', ';'],
  ['thirds of marks', 'Note', oneOf('1,3', '1,7', '2,3', '3,3', '3,7'), 'number 1.3 2.3', ';'],
  ['what is measured to three digits', 'weight', many((i) => `${8 + i}.${491 + 7 * i}`), 'number 8.491 9.498', ';'],
  ['spectators in other thousands', 'attendance', many((i) => `"${8 + i},${491 + 7 * i}"`), 'number 8491 9498'],
  ['a share of visitors', 'visitors', many((i) => `0.${491 + 7 * i}`), 'number 0.491 0.498', ';'],
]; // prettier-ignore

describe('numbers that are names', () => {
  after(() => results.print());
  for (const [what, name, cells, came, delimiter] of [...cases, ...near]) {
    it(`are seen by how they are written in ${what}`, () => {
      const found = brief(name, cells, { delimiter });
      results.add(what, found, came);
      assert.equal(found, came);
    });
  }

  it('keep how they are written as texts, where the name says so', () => {
    const text = tableWith('Klasse', oneOf('-60', '-66', '+66'));
    const [{ read }] = checked(text, { 'data.target': 'z' }).columns;
    assert.deepEqual([...read.texts].sort(), ['+66', '-60', '-66']);
  });
});
