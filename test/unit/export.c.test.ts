import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { exportModel } from '../../src/export/formats';
import type { Model } from '../../src/runs/model';
import { exportMatrix, hostileModel, modelFor, withWeight } from './exportModels';

const hasCompiler = () => spawnSync('cc', ['--version']).status === 0;
const STRICT = ['-Wall', '-Wextra', '-Werror', '-pedantic', '-O1'];

describe('a model as a C header', () => {
  let folder = '';
  before(function () {
    if (!hasCompiler()) this.skip();
    folder = mkdtempSync(path.join(tmpdir(), 'neuron-c-'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  const written = (model: Model) => String(exportModel(model, 'c', { file: 'model.h' }).content);
  /** Compiles programs at once, one a header; runs each. */
  function run(headers: readonly string[], compiler: string, ...flags: string[]) {
    return headers.map((header, k) => {
      const file = path.join(folder, `m${k}.h`);
      const program = path.join(folder, `m${k}`);
      writeFileSync(file, header);
      const language = compiler === 'c++' ? 'c++' : 'c';
      const args = [...STRICT, ...flags, '-DNL_SELF_TEST', '-x', language, file, '-o', program, '-lm'];
      const built = spawnSync(compiler, args, { encoding: 'utf8' });
      assert.equal(built.stderr, '', header.slice(0, 200));
      const { status, stdout, stderr } = spawnSync(program, { encoding: 'utf8' });
      return { status, stdout, stderr };
    });
  }
  const AGREE = { status: 0, stdout: 'The numbers agree.\n', stderr: '' };
  const DIFFER = {
    status: 1,
    stdout: 'These are not the numbers of the model that was exported.\n',
    stderr: '',
  };

  it('gives the numbers of the model for every task, activation, depth and kind of column', function () {
    this.timeout(120_000);
    const headers = exportMatrix.map(({ model }) => written(model()));
    run(headers, 'cc', '-std=c99').forEach((each, k) => assert.deepEqual(each, AGREE, exportMatrix[k].name));
  });

  it('does so to 1e-9 in double, as C++, and under the sanitizers', function () {
    this.timeout(120_000);
    const some = exportMatrix.filter((_, k) => k % 7 === 0).map(({ model }) => written(model()));
    const all = [...some, written(hostileModel())];
    const sanitizers = ['-fsanitize=address,undefined', '-fno-sanitize-recover=all'];
    for (const each of run(all, 'cc', '-std=c99', '-DNL_DOUBLE', ...sanitizers))
      assert.deepEqual(each, AGREE);
    for (const each of run(all.slice(-2), 'c++', '-std=c++11')) assert.deepEqual(each, AGREE);
  });

  it('finds by itself that a weight, a sign or the order of categories is another', function () {
    this.timeout(60_000);
    const model = modelFor('three classes');
    const good = written(model);
    const checkOf = (text: string) => text.slice(text.indexOf('#ifdef NL_SELF_TEST'));
    const others = [
      withWeight(model, 3, (w) => w + 1e-3),
      withWeight(model, model.weights.length - 1, (w) => -w),
    ].map((other) => written(other).replace(checkOf(written(other)), () => checkOf(good)));
    const swapped = good.replace('"blue", "green"', '"green", "blue"');
    assert.notEqual(swapped, good);
    for (const each of run([...others, swapped], 'cc', '-std=c99')) assert.deepEqual(each, DIFFER);
  });

  it('takes hostile names for names', function () {
    this.timeout(60_000);
    assert.deepEqual(run([written(hostileModel())], 'cc', '-std=c99'), [AGREE]);
  });
});
