import assert from 'node:assert/strict';
import { atOnce } from '../../src/cli/scores';
import { forward, forwardPass, outputOf, predictedClass } from '../../src/core/equations';
import { initialize } from '../../src/core/initialization';
import { selectColumns } from '../../src/core/matrix';
import { unflatten, type Network } from '../../src/core/network';
import { random } from '../../src/core/random';
import { untilDone } from '../../src/core/trainer';
import { readDataset } from '../../src/data/dataset';
import { readValues } from '../../src/settings/values';
import { lookAtModel } from '../../src/train/modelLook';
import { lookAtRows } from '../../src/train/rowLook';
import { TrainingRun } from '../../src/train/run';
import { ORDERED, QUICK } from './checkCases';
import { imbalancedTable, line, tableOf } from './checkTables';

describe('what the checks go by', () => {
  const rows = tableOf(500, (chance, day) => ({ day, level: day / 10, ...line(1)(chance) }));
  const datasetOf = (text: string) => readDataset(text, readValues({ ...QUICK, ...ORDERED }).settings);

  it('is the same whatever the labels of the test part are', () => {
    const [head, ...all] = rows.split('\n');
    const { lines, test } = datasetOf(rows);
    const inTest = new Set(Array.from(test, (j) => lines[j] - 2));
    const other = all.map((row, k) =>
      inTest.has(k) ? row.replace(/(yes|no)$/, (label) => (label === 'yes' ? 'no' : 'yes')) : row,
    );
    const look = (text: string) => atOnce(lookAtRows(datasetOf(text), 1));
    assert.ok(test.length > 0);
    assert.notEqual([head, ...other].join('\n'), rows);
    assert.deepEqual(look([head, ...other].join('\n')), look(rows));
  });

  it('counts each class of the test part, and how many of its rows are found', () => {
    const { settings } = readValues(QUICK);
    const run = new TrainingRun(readDataset(imbalancedTable(1000, 0.5), settings), settings);
    while (run.epoch < 50) run.step(untilDone);
    const { dataset, network } = run;
    const parameters = unflatten(network, run.parameters());
    const facts = atOnce(lookAtModel(dataset, network, parameters, run.epoch, 1));
    const pass = forwardPass(network, selectColumns(dataset.X, dataset.test));
    forward(pass, parameters);
    const expected = dataset.classes.map(() => ({ rows: 0, right: 0 }));
    dataset.test.forEach((example, j) => {
      const k = dataset.classOf![example];
      expected[k].rows++;
      if (predictedClass(network.output, outputOf(pass), j) === k) expected[k].right++;
    });
    assert.deepEqual(facts.classes, expected);
    assert.equal(facts.rows, dataset.test.length);
    assert.equal(expected.reduce((sum, each) => sum + each.right, 0) / facts.rows, run.measure().testScore);
  });

  it('is some of the rows of a large table, and of a wide network fewer', () => {
    const dataset = datasetOf(tableOf(30_000, (chance, day) => ({ day, ...line(1)(chance) })));
    assert.equal(atOnce(lookAtRows(dataset, 1)).rows, 2000);
    const look = (hidden: number) => {
      const network: Network = { sizes: [dataset.X.rows, hidden, 1], hidden: 'tanh', output: 'sigmoid' };
      const parameters = initialize(network, 'xavier', 1, random(1, 'weights'));
      return atOnce(lookAtModel({ ...dataset, test: new Int32Array() }, network, parameters, 0, 1)).rows;
    };
    assert.equal(look(4), 20_000);
    assert.ok(look(20_000) < 10_000);
  });
});
