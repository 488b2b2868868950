import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { exportedOf } from '../../src/export/exported';
import { exportModel } from '../../src/export/formats';
import { sqlName } from '../../src/export/sqlParts';
import type { Model } from '../../src/runs/model';
import { exportMatrix, hostileModel, hostileNames, modelFor, withWeight } from './exportModels';
import { Postgres } from './postgres';

describe('a model as SQL', () => {
  before(function () {
    const query = { input: 'SELECT exp(1.0);\n', encoding: 'utf8' } as const;
    if (spawnSync('sqlite3', ['-bail', ':memory:'], query).status !== 0) this.skip();
  });

  const written = (model: Model) =>
    String(exportModel(model, 'sql', { file: 'm.sql', table: 'my "table"' }).content);
  const checkOf = (text: string) => text.slice(0, text.indexOf('-- The second'));
  function run(input: string) {
    const { status, stdout, stderr } = spawnSync('sqlite3', ['-bail', ':memory:'], {
      input,
      encoding: 'utf8',
    });
    return { status, stdout, stderr };
  }
  const tableOf = (model: Model) => {
    const names = exportedOf(model).inputs.map(({ name }) => sqlName(name));
    return `CREATE TABLE "my ""table""" (id, ${names.join(', ')});\nINSERT INTO "my ""table""" (id) VALUES (7);\n`;
  };
  const fails = (result: ReturnType<typeof run>) => {
    assert.notEqual(result.status, 0);
    assert.match(result.stderr, /integer overflow/);
  };

  it('gives the numbers of the model for every task, activation, depth and kind of column', function () {
    this.timeout(60_000);
    for (const { name, model } of exportMatrix) {
      const { status, stdout, stderr } = run(checkOf(written(model())));
      assert.deepEqual([status, stdout, stderr.slice(0, 300)], [0, 'The numbers agree.\n', ''], name);
    }
  });

  it('adds to each row of a table what is predicted; a column that is not there is an error', () => {
    const model = modelFor('two classes');
    const { status, stdout } = run(tableOf(model) + written(model));
    assert.equal(status, 0);
    assert.match(stdout, /^The numbers agree\.\n7\|.*\|(up|down)\|0\.\d+\|0\.\d+\n$/);
    const without = run(tableOf(model).replace('"weight"', '"weigh"') + written(model));
    assert.notEqual(without.status, 0);
    assert.match(without.stderr, /no such column: t\.weight/);
  });

  it('finds by itself that a weight, a sign or the order of categories is another', function () {
    this.timeout(60_000);
    const model = modelFor('three classes');
    const good = checkOf(written(model));
    const [start, end] = ['\nnl_a0 AS', '\nnl_expected ('];
    const network = (text: string) => text.slice(text.indexOf(start), text.indexOf(end));
    for (const other of [
      withWeight(model, 3, (w) => w + 1e-5),
      withWeight(model, model.weights.length - 1, (w) => -w),
    ])
      fails(run(good.replace(network(good), () => network(written(other)))));
    fails(
      run(good.replace("= 'blue'", "= 'x'").replace("= 'green'", "= 'blue'").replace("= 'x'", "= 'green'")),
    );
  });

  it('takes hostile names for names, and refuses by number what SQL has not', function () {
    this.timeout(60_000);
    const model = hostileModel();
    const { status, stdout, stderr } = run(tableOf(model) + written(model));
    assert.deepEqual([status, stderr], [0, '']);
    assert.match(stdout, /^The numbers agree\.\n7\|/);
    const renamed = (k: number, name: string): Model => {
      const { transform } = modelFor('number');
      const columns = transform.columns.with(k, { ...transform.columns[k], name });
      return { ...modelFor('number'), transform: { ...transform, columns } };
    };
    assert.throws(() => written(renamed(2, 'a\0b')), /Column 3 cannot be exported/);
    assert.throws(() => written(renamed(3, 'WEIGHT')), /Column 4 cannot be exported/);
  });

  describe('in PostgreSQL', () => {
    let server: Postgres | undefined;
    before(function () {
      this.timeout(120_000);
      server = Postgres.start();
      if (!server) this.skip();
    });
    after(() => server?.stop());

    it('gives the same numbers, and fails where they are others', function () {
      this.timeout(60_000);
      const models = exportMatrix.map(({ model }) => model());
      // Of longer names it cuts all but 63 bytes.
      const hostile = hostileModel(hostileNames.filter((each) => each.length < 63));
      const all = [...models, hostile].map((model) => checkOf(written(model)));
      const { status, stdout, stderr } = server!.query(all.join('\n'));
      assert.deepEqual([status, stderr], [0, '']);
      assert.equal(stdout, 'The numbers agree.\n'.repeat(all.length));
      const good = checkOf(written(modelFor('three classes')));
      const other = server!.query(good.replace("= 'blue'", "= 'x'"));
      assert.notEqual(other.status, 0);
      assert.match(other.stderr, /bigint out of range/);
    });

    it('adds to each row of a table what is predicted; a column that is not there is an error', () => {
      const model = modelFor('two classes');
      const types = exportedOf(model).inputs.map(
        ({ name, kind }) => `${sqlName(name)} ${kind === 'category' ? 'text' : 'real'}`,
      );
      const table =
        `CREATE TEMP TABLE "my ""table""" (id int, ${types.join(', ')});\n` +
        'INSERT INTO "my ""table""" (id) VALUES (7);\n';
      const { status, stdout } = server!.query(table + written(model));
      assert.equal(status, 0);
      assert.match(stdout, /^The numbers agree\.\n7\|.*\|(up|down)\|0\.\d+\|0\.\d+\n$/);
      const without = server!.query(table.replace('"weight"', '"weigh"') + written(model));
      assert.match(without.stderr, /column t\.weight does not exist/);
    });
  });
});
