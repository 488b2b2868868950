import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { exportModel } from '../../src/export/formats';
import { parameterCount } from '../../src/core/network';
import type { Model } from '../../src/runs/model';
import { exportMatrix, hostileModel, modelFor, withNetwork, withWeight } from './exportModels';

const PYTHON = '/usr/bin/python3';

describe('a model as scikit-learn', () => {
  before(function () {
    this.timeout(60_000);
    if (spawnSync(PYTHON, ['-c', 'import sklearn, pandas']).status !== 0) this.skip();
  });

  const written = (model: Model) => String(exportModel(model, 'sklearn', { file: 'model.py' }).content);
  function run(script: string) {
    const { status, stdout, stderr } = spawnSync(PYTHON, ['-W', 'error', '-'], {
      input: script,
      encoding: 'utf8',
    });
    return { status, stdout, stderr };
  }
  const runAll = (scripts: readonly string[], then = '') =>
    run(
      `import json\nfor text in json.loads(${JSON.stringify(JSON.stringify(scripts))}):\n` +
        '    space = {"__name__": "__main__"}\n    try:\n        exec(compile(text, "model.py", "exec"), space)\n' +
        `    except SystemExit as end:\n        print(end.code)\n${then}`,
    );
  /** Classes that are not in the order of their texts, and a softmax over two. */
  function renamed(model: Model, labels: readonly string[]): Model {
    const { transform } = model;
    return {
      ...model,
      labels,
      transform: { ...transform, target: { kind: 'classes', name: 'y', classes: labels } },
    };
  }
  function softmaxOfTwo(): Model {
    const two = modelFor('two classes');
    const network = {
      ...two.network,
      sizes: [...two.network.sizes.slice(0, -1), 2],
      output: 'softmax' as const,
    };
    return { ...withNetwork(two, network), decision: 'largest' };
  }

  it('gives the numbers of the model for every task, activation, depth and kind of column', function () {
    this.timeout(60_000);
    const models = [
      ...exportMatrix.map(({ model }) => model()),
      renamed(modelFor('two classes'), ['z', 'a']),
      renamed(modelFor('three classes'), ['b', '10', '9']),
      renamed(modelFor('three classes', 'relu'), ['\ud83d\ude00', '\uffee', 'z']),
      softmaxOfTwo(),
      renamed(softmaxOfTwo(), ['z', 'a']),
      hostileModel(),
    ];
    const { stdout, stderr } = runAll(models.map(written));
    assert.equal(stderr, '');
    assert.equal(stdout, 'The numbers agree.\n'.repeat(models.length));
  });

  it('finds by itself that a weight, a sign or the order of categories is another', function () {
    this.timeout(60_000);
    const model = modelFor('three classes');
    const good = written(model);
    const checked = (text: string) =>
      text.slice(0, text.indexOf('\nLABELS')) + good.slice(good.indexOf('\nLABELS'));
    const changed = [
      checked(written(withWeight(model, 3, (w) => w + 1e-5))),
      checked(written(withWeight(model, parameterCount(model.network) - 1, (w) => -w))),
      good.replace('"blue", "green"', '"green", "blue"'),
    ];
    for (const text of changed) assert.notEqual(text, good);
    const { stdout } = runAll(changed);
    assert.equal(stdout, 'These are not the numbers of the model that was exported.\n'.repeat(3));
  });

  it('is a Pipeline that can be cloned, and fitted again but for leaky ReLU', function () {
    this.timeout(60_000);
    const then = [
      '    import pandas, warnings',
      '    from sklearn.base import clone',
      '    from sklearn.exceptions import NotFittedError, ConvergenceWarning',
      '    table = pandas.DataFrame(space["CHECK"])',
      '    twin = clone(space["model"])',
      '    try:',
      '        twin.predict(table)',
      '    except NotFittedError:',
      '        print("not fitted")',
      '    warnings.simplefilter("ignore", ConvergenceWarning)',
      '    labels = space["LABELS"] or [0.5]',
      '    y = [labels[k % len(labels)] for k in range(len(table))]',
      '    try:',
      '        print(len(twin.fit(table, y).predict(table)) == len(table))',
      '    except NotImplementedError as error:',
      '        print(error)',
      '',
    ].join('\n');
    const models = [
      modelFor('two classes', 'leakyRelu'),
      modelFor('three classes'),
      modelFor('number', 'relu'),
    ];
    const { stdout, stderr } = runAll(models.map(written), then);
    assert.equal(stderr, '');
    const leaky = 'The numbers agree.\nnot fitted\nscikit-learn has no leaky ReLU to train with\n';
    assert.equal(stdout, leaky + 'The numbers agree.\nnot fitted\nTrue\n'.repeat(2));
  });
});
