import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { exportModel } from '../../src/export/formats';
import type { Model } from '../../src/runs/model';
import { exportMatrix, hostileModel, modelFor, withWeight } from './exportModels';
import { pythonWithNumpy } from './python';

describe('a model as NumPy', () => {
  let python = '';
  before(function () {
    this.timeout(600_000);
    const found = pythonWithNumpy();
    if (!found) this.skip();
    python = found;
  });

  const written = (model: Model) => String(exportModel(model, 'numpy', { file: 'model.py' }).content);
  function run(script: string) {
    const { status, stdout, stderr } = spawnSync(python, ['-'], { input: script, encoding: 'utf8' });
    return { status, stdout, stderr };
  }
  /** Scripts one after the other in one Python, each in a space of its own. */
  const runAll = (scripts: readonly string[]) =>
    run(
      `import json\nfor text in json.loads(${JSON.stringify(JSON.stringify(scripts))}):\n` +
        '    exec(compile(text, "model.py", "exec"), {"__name__": "__main__"})\n',
    );

  it('gives the numbers of the model for every task, activation, depth and kind of column', function () {
    this.timeout(60_000);
    const { status, stdout, stderr } = runAll(exportMatrix.map(({ model }) => written(model())));
    assert.deepEqual([status, stderr], [0, '']);
    assert.equal(stdout, 'The numbers agree.\n'.repeat(exportMatrix.length));
  });

  it('finds by itself that a weight, a sign or the order of categories is another', function () {
    this.timeout(60_000);
    const model = modelFor('three classes');
    const good = written(model);
    const others = [
      withWeight(model, 3, (w) => w + 1e-5),
      withWeight(model, model.weights.length - 1, (w) => -w),
    ];
    /** The file of a model with the rows and answers of the good one. */
    const checkedAs = (text: string) =>
      text.slice(0, text.indexOf('\nEXPECTED')) + good.slice(good.indexOf('\nEXPECTED'));
    const changed = [
      ...others.map((other) => checkedAs(written(other))),
      good.replace('"blue", "green"', '"green", "blue"'),
    ];
    for (const script of changed) {
      assert.notEqual(script, good);
      const { status, stderr } = run(script);
      assert.deepEqual([status, stderr], [1, 'These are not the numbers of the model that was exported.\n']);
    }
  });

  it('takes hostile names for names', function () {
    this.timeout(60_000);
    const { status, stdout } = run(written(hostileModel()));
    assert.deepEqual([status, stdout], [0, 'The numbers agree.\n']);
  });

  it('predicts the rows of a table by its names', () => {
    const script = written(modelFor('two classes')).replace('__main__', 'model');
    const { status, stdout, stderr } = run(
      `${script}\nprint(predict({**CHECK}) == [LABELS[k] for k in EXPECTED_INDEXES])\npredict({})\n`,
    );
    assert.deepEqual([status, stdout], [1, 'True\n']);
    assert.match(stderr, /KeyError: 'weight'|KeyError: 'size'/);
  });
});
