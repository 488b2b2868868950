import assert from 'node:assert/strict';
import type { ModelTable, ModelView } from '../../src/protocol/modelPage';
import { answerText, drawnText, isWrong, rangeOf, rowText } from '../../webview/model/modelRows';
import { modelMaps } from '../../webview/model/modelMaps';
import { lookThrough } from '../../src/predict/lookThrough';
import { modelTableView } from '../../src/host/modelTableView';
import { modelView } from '../../src/host/modelView';
import { trained } from './models';
import { bytesOf } from './reading';

const FILE = 'x1,x2,petal\n1,2,0\n-3,4,1\n5,-6,1\n2,2,0\n-1,-2,0\n3,-3,1\n';
const { model } = trained(FILE, { 'data.target': 'petal' }, 3);

async function pageOf(text: string): Promise<{ view: ModelView; table: ModelTable }> {
  const pieces = (async function* () {
    yield await Promise.resolve(bytesOf(text));
  })();
  const looked = await lookThrough(model, pieces);
  return { view: modelView(model, 'm.neuron.json'), table: modelTableView(model, 'a.csv', looked, false) };
}

describe('what the page of a model says of a row', () => {
  it('names line, answer and prediction with its probability, also where the answer is unknown or absent', async () => {
    const { view, table } = await pageOf('x1,x2,petal\n1,2,0\n-3,4,7\n5,-6,\n');
    const says = (k: number) => rowText(view, table, k);
    assert.match(says(0), /^Line 2: petal = 0, predicted [01] \(0\.\d+\)$/);
    assert.match(says(1), /^Line 3: petal = a class that the model does not know, predicted [01] /);
    assert.match(says(2), /^Line 4: petal not given, predicted [01] /);
    assert.deepEqual([isWrong(view, table, 1), isWrong(view, table, 2)], [true, false]);
    assert.equal(isWrong(view, table, 0), table.predictions[0] !== 0);
    assert.equal(answerText({ ...view, labels: [] }, 0.123456), '0.1235');
  });

  it('says how many of the rows are drawn', async () => {
    const { table } = await pageOf(FILE);
    assert.equal(drawnText(table), 'All 6 rows with a prediction.');
    assert.equal(drawnText({ ...table, predicted: 70_000 }), '6 of 70,000 rows, drawn by chance.');
  });

  it('draws one number alone, and none, on an axis that has a length', () => {
    assert.deepEqual(rangeOf(Float64Array.of(5, NaN)), { from: 4, to: 6 });
    assert.deepEqual(rangeOf(new Float64Array()), { from: 0, to: 1 });
  });

  it('has of each place in the map the answer of the network, as many as the map has cells', () => {
    const maps = modelMaps(modelView(model, 'm.neuron.json'));
    assert.ok(maps);
    assert.deepEqual([maps.output.rows, maps.output.cols], [1, maps.rows * maps.cols]);
    const [[map]] = maps.maps.slice(-1);
    assert.deepEqual(maps.output.data, map.values);
  });
});
