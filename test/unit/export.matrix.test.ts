import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { random } from '../../src/core/random';
import type { CellValue } from '../../src/data/rowTransform';
import { exportedOf, type Exported } from '../../src/export/exported';
import { javascriptModel } from '../../src/export/javascript';
import { numpyModel } from '../../src/export/numpyModel';
import { Predictor, type Model } from '../../src/runs/model';
import { exportedActivations, modelFor, tableOfKinds, tasks, withNetwork } from './exportModels';
import { trained } from './models';
import { pythonWithNumpy } from './python';

const ROWS = 1000;
const SECONDS_A_DAY = 86_400;

/** A model of 26 classes, of the same columns. */
function letters(): Model {
  const [header, ...lines] = tableOfKinds(130).trim().split('\n');
  const letter = (k: number) => String.fromCharCode(97 + (k % 26));
  const table = [`${header},letter`, ...lines.map((line, k) => `${line},${letter(k)}`)].join('\n');
  return trained(table, { 'data.target': 'letter' }, 0).model;
}

/** An export that checks itself by so many rows, in which each column has a value of any of the rows that it had. */
function withRows(model: Model): Exported {
  const exported = exportedOf(model);
  const { columns, check } = exported;
  const { below } = random(7, 'sample');
  const rows = Array.from({ length: ROWS }, () => {
    let at = 0;
    return columns.flatMap(({ inputs }) => {
      const from = check.rows[below(check.rows.length)];
      return from.slice(at, (at += inputs.length));
    });
  });
  const cells = rows.map((row) => {
    let at = 0;
    return columns.map(({ transform, inputs }): CellValue => {
      const values = row.slice(at, (at += inputs.length));
      if (transform.kind === 'list') return transform.answers.filter((_, k) => values[k] === 1);
      const [value] = values;
      return transform.kind === 'time' && typeof value === 'number' ? value / SECONDS_A_DAY : value;
    });
  });
  const predicted = new Predictor(model).predict(cells);
  const outputs = predicted.map((each) => [...each.outputs]);
  return { ...exported, check: { ...check, rows, outputs, indexes: predicted.map(({ index }) => index) } };
}

describe('a model of many classes or layers, by a thousand rows', () => {
  const base = letters();
  const { sizes } = base.network;
  const six = [5, 4, 6, 3, 5, 4];
  const models = exportedActivations.flatMap((hidden) => [
    ...tasks.map((task) => modelFor(task, hidden, six)),
    ...[[], [7], six].map((layers) =>
      withNetwork(base, { ...base.network, hidden, sizes: [sizes[0], ...layers, ...sizes.slice(-1)] }),
    ),
  ]);

  it('has the same numbers in NumPy', function () {
    this.timeout(120_000);
    const python = pythonWithNumpy();
    if (!python) this.skip();
    assert.equal(sizes.at(-1), 26);
    const scripts = models.map((model) => numpyModel(withRows(model)));
    const input =
      `import json\nfor text in json.loads(${JSON.stringify(JSON.stringify(scripts))}):\n` +
      '    exec(compile(text, "model.py", "exec"), {"__name__": "__main__"})\n';
    const { stdout, stderr } = spawnSync(python, ['-'], { input, encoding: 'utf8' });
    assert.deepEqual([stderr, stdout], ['', 'The numbers agree.\n'.repeat(models.length)]);
  });

  it('has the same numbers in JavaScript', function () {
    this.timeout(120_000);
    const folder = mkdtempSync(path.join(tmpdir(), 'neuron-matrix-'));
    try {
      models.forEach((model, k) => {
        const text = javascriptModel(withRows(model), { file: `m${k}.mjs` });
        writeFileSync(path.join(folder, `m${k}.mjs`), text);
      });
      const all = models.map((_, k) => `(await import("./m${k}.mjs")).check()`);
      writeFileSync(path.join(folder, 'all.mjs'), `console.log([${all.join(', ')}].join());\n`);
      const { stdout, stderr } = spawnSync(process.execPath, [path.join(folder, 'all.mjs')], {
        encoding: 'utf8',
      });
      assert.deepEqual([stderr, stdout], ['', `${models.map(() => 'true').join()}\n`]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
