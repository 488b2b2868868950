import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { exportModel } from '../../src/export/formats';
import type { Model } from '../../src/runs/model';
import { exportMatrix, hostileModel, modelFor, withWeight } from './exportModels';

describe('a model as JavaScript', () => {
  let folder = '';
  before(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'neuron-js-'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  const written = (model: Model, file: string) => String(exportModel(model, 'javascript', { file }).content);
  function run(file: string, ...flags: string[]) {
    const args = ['--disallow-code-generation-from-strings', ...flags, path.join(folder, file)];
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
    return { status, stdout, stderr };
  }
  function runText(text: string, file: string) {
    writeFileSync(path.join(folder, file), text);
    return run(file);
  }
  const AGREE = { status: 0, stdout: 'The numbers agree.\n', stderr: '' };

  it('gives the numbers of the model for every task, activation, depth and kind of column', function () {
    this.timeout(60_000);
    const names = exportMatrix.map(({ model }, k) => {
      const file = `m${k}${k % 2 === 0 ? '.mjs' : '.cjs'}`;
      writeFileSync(path.join(folder, file), written(model(), file));
      return file;
    });
    const all = [
      'import { createRequire } from "node:module";',
      'const require = createRequire(import.meta.url);',
      ...names.map((name, k) =>
        k % 2 === 0 ? `import * as m${k} from "./${name}";` : `const m${k} = require("./${name}");`,
      ),
      `console.log([${names.map((_, k) => `m${k}.check()`).join(', ')}].join());`,
    ];
    const { stdout, stderr } = runText(all.join('\n'), 'all.mjs');
    assert.deepEqual([stdout, stderr], [`${exportMatrix.map(() => 'true').join()}\n`, '']);
  });

  // A blank and an umlaut: a module finds out by its own address whether it is what is run.
  it('checks itself where Node runs it, and not where it is imported', () => {
    const model = modelFor('two classes');
    for (const file of ['a model ü.mjs', 'a model ü.cjs'])
      assert.deepEqual(runText(written(model, file), file), AGREE);
    const importing = 'import { labels } from "./a%20model%20%C3%BC.mjs";\nconsole.log(labels.join());';
    assert.equal(runText(importing, 'importing.mjs').stdout, 'down,up\n');
  });

  it('finds by itself that a weight, a sign or the order of categories is another', function () {
    this.timeout(60_000);
    const model = modelFor('three classes');
    const good = written(model, 'm.mjs');
    const layersOf = (text: string) => text.slice(0, text.indexOf('\nfunction own'));
    const rest = good.slice(good.indexOf('\nfunction own'));
    const others = [
      withWeight(model, 3, (w) => w + 1e-5),
      withWeight(model, model.weights.length - 1, (w) => -w),
    ];
    const changed = [
      ...others.map((other) => layersOf(written(other, 'm.mjs')) + rest),
      good
        .replace('=== "blue" ?', '=== "x" ?')
        .replace('=== "green" ?', '=== "blue" ?')
        .replace('=== "x" ?', '=== "green" ?'),
    ];
    for (const text of changed) {
      assert.notEqual(text, good);
      const { status, stdout } = runText(text, 'm.mjs');
      assert.deepEqual([status, stdout], [1, 'These are not the numbers of the model that was exported.\n']);
    }
  });

  it('takes hostile names for names, and reads own properties only', () => {
    const file = 'hostile.mjs';
    assert.deepEqual(runText(written(hostileModel(), file), file), AGREE);
    const script = 'import { predict } from "./hostile.mjs";\npredict(Object.create({ "constructor": 1 }));';
    const { status, stderr } = runText(script, 'own.mjs');
    assert.equal(status, 1);
    assert.match(stderr, /RangeError: The row has no/);
  });

  it('has types that TypeScript takes, for hostile names too', function () {
    this.timeout(60_000);
    writeFileSync(path.join(folder, 't.d.mts'), written(modelFor('two classes'), 't.d.mts'));
    writeFileSync(path.join(folder, 'h.d.mts'), written(hostileModel(), 'h.d.mts'));
    const use = (label: string) =>
      `import { predict, type Row } from './t.mjs';\nimport type { Label } from './h.mjs';\n` +
      `export const is = (row: Row): boolean => predict(row).label === '${label}';\nexport type L = Label;\n`;
    writeFileSync(path.join(folder, 'right.mts'), use('up'));
    writeFileSync(path.join(folder, 'wrong.mts'), use('left'));
    const tsc = (file: string) =>
      spawnSync(
        process.execPath,
        [
          ...[path.resolve('node_modules/typescript/bin/tsc'), '--noEmit', '--strict'],
          ...['--module', 'nodenext', '--target', 'es2022', path.join(folder, file)],
        ],
        { encoding: 'utf8', cwd: folder },
      );
    assert.equal(tsc('right.mts').stdout, '');
    assert.match(tsc('wrong.mts').stdout, /TS2367/);
  });
});
