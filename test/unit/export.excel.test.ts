import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import Papa from 'papaparse';
import { exportedOf } from '../../src/export/exported';
import { exportModel } from '../../src/export/formats';
import type { Model } from '../../src/runs/model';
import { zipOf } from '../../src/export/zip';
import { exportMatrix, hostileModel, hostileNames, modelFor, withWeight } from './exportModels';

/** All sheets, each as a file, with their numbers in full. */
const FILTER = 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1';

/** The files in a ZIP in which they are not compressed. */
function entriesOf(zip: Uint8Array): Record<string, string> {
  const bytes = Buffer.from(zip);
  const entries: Record<string, string> = {};
  for (let at = 0; bytes.readUInt32LE(at) === 0x04034b50;) {
    const [size, length] = [bytes.readUInt32LE(at + 22), bytes.readUInt16LE(at + 26)];
    const from = at + 30 + length;
    entries[bytes.toString('utf8', at + 30, from)] = bytes.toString('utf8', from, from + size);
    at = from + size;
  }
  return entries;
}

describe('a model as a workbook', () => {
  let folder = '';
  before(function () {
    if (spawnSync('soffice', ['--version']).status !== 0) this.skip();
    folder = mkdtempSync(path.join(tmpdir(), 'neuron-excel-'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  const written = (model: Model) => exportModel(model, 'excel', { file: 'm.xlsx' }).content as Uint8Array;

  /** What LibreOffice makes of workbooks: the cells of each sheet that are asked for. */
  function calculated(books: readonly Uint8Array[], sheets: readonly string[]): string[][][][] {
    const names = books.map((book, k) => {
      writeFileSync(path.join(folder, `b${k}.xlsx`), book);
      return `b${k}`;
    });
    const profile = `-env:UserInstallation=${pathToFileURL(path.join(folder, 'profile')).href}`;
    const files = names.map((name) => `${name}.xlsx`);
    const args = [profile, '--headless', '--convert-to', FILTER, ...files];
    const { status, stderr } = spawnSync('soffice', args, {
      cwd: folder,
      encoding: 'utf8',
      timeout: 180_000,
    });
    assert.equal(status, 0, stderr);
    return names.map((name) =>
      sheets.map((sheet) => {
        const csv = readFileSync(path.join(folder, `${name}-${sheet}.csv`), 'utf8');
        return Papa.parse<string[]>(csv.trimEnd()).data;
      }),
    );
  }
  const AGREE = 'The numbers agree.';
  const DIFFER = 'These are not the numbers of the model that was exported.';

  it('gives the numbers of the model for every task, activation, depth and kind of column', function () {
    this.timeout(240_000);
    const models = exportMatrix.map(({ model }) => model());
    const books = calculated(models.map(written), ['Check']);
    models.forEach((model, k) => {
      const [[[told], , ...rows]] = books[k];
      assert.equal(told, AGREE, exportMatrix[k].name);
      // And the answers themselves, whatever the workbook says of them.
      const { check, inputs, labels, scale } = exportedOf(model);
      const unit = scale?.deviation ?? 1;
      check.outputs.forEach((outputs, j) =>
        outputs.forEach((value, i) => {
          const own = Number(rows[j][inputs.length + (labels.length > 0 ? 1 : 0) + i]);
          assert.ok(Math.abs(own - value) <= 1e-9 * Math.max(unit, Math.abs(value)), `${own}, not ${value}`);
        }),
      );
    });
  });

  it('finds by itself that a weight, a sign or the order of categories is another', function () {
    this.timeout(120_000);
    const good = entriesOf(written(modelFor('three classes')));
    const layers = (k: number, by: (w: number) => number) => {
      const other = entriesOf(written(withWeight(modelFor('three classes'), k, by)));
      // The rows to check by, and what they come to, stay.
      const own = Object.entries(other).filter(([, text]) => !text.includes('probability'));
      return { ...good, ...Object.fromEntries(own) };
    };
    const count = modelFor('three classes').weights.length;
    const swapped = Object.entries(good).map(([name, text]) => [
      name,
      text.includes('probability')
        ? text
        : text.replace('>blue<', '>other<').replace('>green<', '>blue<').replace('>other<', '>green<'),
    ]);
    const books: Record<string, string>[] = [
      good,
      layers(3, (w) => w + 1e-5),
      layers(count - 1, (w) => -w),
      Object.fromEntries(swapped) as Record<string, string>,
    ];
    const told = calculated(books.map(zipOf), ['Check']).map(([[[cell]]]) => cell);
    assert.deepEqual(told, [AGREE, DIFFER, DIFFER, DIFFER]);
  });

  it('has no long formula, no function that is new, and refuses a large network with the count', () => {
    const formulas = Object.values(entriesOf(written(modelFor('three classes', 'tanh', [40, 40])))).flatMap(
      (text) => Array.from(text.matchAll(/<f>([^<]*)<\/f>/g), ([, formula]) => formula),
    );
    assert.ok(formulas.length > 1000);
    assert.ok(Math.max(...formulas.map(({ length }) => length)) < 8000);
    const used = new Set(formulas.flatMap((formula) => formula.match(/[A-Z][A-Z.]*(?=\()/g) ?? []));
    const plain = [
      'ABS',
      'COS',
      'COUNTA',
      'EXACT',
      'EXP',
      'IF',
      'IFERROR',
      'INDEX',
      'INT',
      'MATCH',
      'MAX',
      'PI',
    ];
    assert.deepEqual(
      [...used].filter((name) => ![...plain, 'SIN', 'SUM', 'SUMPRODUCT', 'TANH'].includes(name)),
      [],
    );
    const large = modelFor('two classes', 'tanh', [1024, 1024, 1024, 1024, 1024, 1024]);
    assert.throws(
      () => written(large),
      /^Error: It cannot be exported: \d{6} cells with formulas are more than 200000\.$/,
    );
  });

  it('refuses by number a column whose texts Excel cannot hold', () => {
    const { transform } = modelFor('number');
    const columns = transform.columns.with(2, { ...transform.columns[2], name: 'a\0b' });
    const model: Model = { ...modelFor('number'), transform: { ...transform, columns } };
    assert.throws(() => written(model), /Column 3 cannot be exported/);
  });

  it('holds hostile names as texts, and nothing else', function () {
    this.timeout(120_000);
    const names = hostileNames.map((name) => name.replace('\0', ''));
    const [[check, predict, texts]] = calculated(
      [written(hostileModel(names))],
      ['Check', 'Predict', 'Texts'],
    );
    assert.equal(check[0][0], AGREE);
    // LibreOffice keeps no carriage return.
    const plain = (each: string) => each.replaceAll('\r', '');
    assert.deepEqual(texts.map(([label]) => plain(label)).slice(0, names.length), names.map(plain));
    assert.equal(plain(predict[0][0]), plain(names[0]));
    assert.ok(names.includes(predict[2][names.length * 2]));
  });
});
