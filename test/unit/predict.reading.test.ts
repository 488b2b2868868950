import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { readDataset } from '../../src/data/dataset';
import { applyTransform } from '../../src/data/transform';
import { readTable } from '../../src/data/csv/read';
import { readOptionsOf } from '../../src/data/csv/readOptions';
import { checkTable } from '../../src/data/table/check';
import { cellReader, writtenAs } from '../../src/predict/cells';
import { RowTransform } from '../../src/data/rowTransform';
import type { Settings } from '../../src/settings/settings';
import { predicted, recordsOf } from './predictions';
import { course } from './course';
import { everyKind, trained } from './models';
import { bytesOf } from './reading';

/** A table of one feature and a target, 40 rows of these cells in turns. */
const column = (cells: readonly string[], delimiter = ','): string =>
  [
    `v${delimiter}y`,
    ...Array.from({ length: 40 }, (_, k) => {
      const cell = cells[k % cells.length];
      const quoted = cell.includes(delimiter) ? `"${cell}"` : cell;
      return `${quoted}${delimiter}${'abc'[(k * 7) % 3]}`;
    }),
  ].join('\n');

const COLUMNS: Readonly<Record<string, { text: string; settings?: Partial<Settings> }>> = {
  numbers: { text: column(['1', '2.5', '-3e2', '007', '+4', '.5', '']) },
  'decimal commas': { text: column(['1,5', '2,25', '-3,125', '4'], ';') },
  'thousands and decimal commas': { text: column(['1.234,5', '2.345.678,25', '12,5', '3,75'], ';') },
  thousands: { text: column(['1,234', '12,345,678.5', '999', '-1,000']) },
  currencies: { text: column(['$1,234.50', '$12', '($7.25)', '$0.50']) },
  percent: { text: column(['12%', '7.5 %', '100%', '3%']) },
  units: { text: column(['12 kg', '350 g', '1.5 kg', '0.25 kg']) },
  'units with decimal commas': { text: column(['1,5 km', '250 m', '12,25 km', '3 km'], ';') },
  magnitudes: { text: column(['1.5k', '2M', '750k', '12k']) },
  bounds: { text: column(['<5', '12', '>90', '33', '41', '17', '8', '77']) },
  fractions: { text: column(['1/2', '3 1/4', '2', '5/8']) },
  'other minus signs': { text: column(['−5', '7', '–2', '3.5']) },
  'missing words': { text: column(['1', 'NA', '2', '-', '3', 'n/a', '4.5']) },
  placeholders: {
    text: column(['1', '-999', '2', '3', '4.5']),
    settings: { 'data.placeholders': { v: ['-999'] } },
  },
  words: { text: column(['1', 'none', '2', '7', '3', '9', '4.5', '12', '8', '11', '6', '5']) },
  'dates of ISO': { text: column(['2024-01-31', '2023-12-01', '2022-07-15', '']) },
  'dates, day first': { text: column(['31/01/2024', '01/12/2023', '15/07/2022']) },
  'dates, month first': { text: column(['01/31/2024', '12/01/2023', '07/15/2022']) },
  'dates with names': { text: column(['31 Jan 2024', '1 Dec 2023', '15 Jul 2022']) },
  'dates and times': { text: column(['2024-01-31 12:30', '2023-12-01 00:15', '2022-07-15 23:59']) },
  'times of day': { text: column(['12:30', '00:15', '23:59', '7:05']) },
  durations: { text: column(['1:30:00', '0:45:10', '2:05:59', '0:00:07']) },
  booleans: { text: column(['yes', 'no', 'yes', '', 'no']) },
  'truth in short': { text: column(['true', 'false', 'T', 'F', 'true', 'false']) },
  ticks: { text: column(['x', '', '', 'x', '']) },
  lists: { text: column(['a;b', 'b', 'c;a', 'c', 'a;b;c']) },
  categories: { text: column(['red', 'green', 'blue', 'red', '']) },
  'categories of which one is called none': { text: column(['none', 'mild', 'none', 'none', 'severe']) },
  'merged spellings': {
    text: column(['Paris', 'paris', 'PARIS ', 'London', 'london', 'Paris']),
    settings: { 'data.mergeSpellings': true },
  },
  'numbers that are categories': {
    text: column(['1', '02', '3', '1.0']),
    settings: { 'data.columnTypes': { v: 'category' } },
  },
  'texts that are kept from being numbers': { text: column(['="007"', '="12"', '="7"', '="99"']) },
  'every kind': { text: everyKind() },
  ...Object.fromEntries(
    ['flower', 'iris', 'penguins', 'sine', 'cars', 'circles', 'xor'].map((name) => [
      `samples/${name}.csv`,
      { text: readFileSync(`samples/${name}.csv`, 'utf8') },
    ]),
  ),
};

describe('a cell read by what a model knows', () => {
  for (const [what, { text, settings = {} }] of Object.entries(COLUMNS)) {
    it(`is what it was in the table that was trained on: ${what}`, () => {
      const all: Settings = { ...course, 'training.engine': 'reference', ...settings };
      const { transform } = readDataset(text, all);
      const bytes = bytesOf(text);
      const checked = checkTable(
        readTable(() => [bytes], readOptionsOf(all)),
        all,
      );
      const every = Int32Array.from({ length: checked.table.rows }, (_, row) => row);
      const { X } = applyTransform(transform, checked.columns, every, 'reference');

      const delimiter = String.fromCharCode(checked.table.dialect?.syntax.delimiter ?? 44);
      const tokens = new Set(all['csv.missingTokens']);
      const rows = new RowTransform(transform);
      const readers = transform.columns.map((each, k) =>
        cellReader(each, transform.reading?.columns[k], {
          tokens,
          placeholders: all['data.placeholders'][each.name] ?? [],
        }),
      );
      recordsOf(text, delimiter).forEach((record, j) => {
        const own = new Float64Array(rows.count);
        const values = transform.columns.map(
          ({ name }, k) => readers[k](writtenAs(record[name].trim())).value,
        );
        rows.write(values, own);
        const wanted = Array.from({ length: X.rows }, (_, i) => X.data[i * X.cols + j]);
        assert.deepEqual([...own], wanted, `row ${j}: ${JSON.stringify(record)}`);
      });
    });
  }

  it('is the same whatever stands beside it: each row alone gets the bits that it gets in its file', () => {
    const text = everyKind();
    const { model } = trained(text);
    const whole = predicted(model, text).text.trimEnd().split('\n');
    const [names, ...rows] = text.trimEnd().split('\n');
    rows.forEach((row, j) =>
      assert.deepEqual(predicted(model, `${names}\n${row}\n`).text.trimEnd().split('\n'), [
        whole[0],
        whole[j + 1],
      ]),
    );
  });
});
