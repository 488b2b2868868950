import assert from 'node:assert/strict';
import { modelView } from '../../src/host/modelView';
import { predictedLines } from '../../src/predict/text';
import type { Model } from '../../src/runs/model';
import { parseModel, writeModel } from '../../src/runs/modelFile';
import { modelOfRecord } from '../../src/runs/modelOf';
import type { RunRecord } from '../../src/runs/record';
import { recordOfModel } from '../../src/runs/recordOfModel';
import { everyKind, trained } from './models';
import { predicted } from './predictions';
import { bytesOf } from './reading';

const ROWS = { trainRows: 48, testRows: 12 };
const begun = (hash: string) => ({ id: 'a', uri: 'file:///a.csv', startedAt: 1, hash, note: 'goes on' });

describe('a model that was chosen by looking at test scores', () => {
  const { model } = trained(everyKind(), { 'data.target': 'kind' }, 20);
  const { tableHash } = model.training;
  const record = recordOfModel(model, begun(tableHash));
  const saved = (changes: Partial<RunRecord>): Model =>
    parseModel(bytesOf(writeModel(modelOfRecord({ ...record, ...changes }, ROWS))));
  const marked = saved({ picked: true });

  it('carries the mark in its file: of a run that was picked, and of settings that were taken over', () => {
    assert.ok(model.training.measure.testScore !== null);
    assert.equal(marked.training.chosenByTest, true);
    assert.equal(saved({ chosen: ['training.l2'] }).training.chosenByTest, true);
    for (const plain of [saved({}), saved({ chosen: [] }), saved({ picked: false })])
      assert.ok(!Object.hasOwn(plain.training, 'chosenByTest'));
  });

  it('has no mark where there was no test part to look at', () => {
    const measure = { ...record.measure, testCost: null, testScore: null };
    assert.ok(!Object.hasOwn(saved({ picked: true, measure }).training, 'chosenByTest'));
  });

  it('hands it on to the training that goes on from it on the same file, and to no other', () => {
    const same = recordOfModel(marked, begun(tableHash));
    assert.equal(same.picked, true);
    assert.equal(modelOfRecord(same, ROWS).training.chosenByTest, true);
    assert.equal(recordOfModel(marked, begun('b'.repeat(64))).picked, undefined);
    assert.equal(record.picked, undefined);
  });

  it('says so beside its test score, on its page and where predict says how it scored', () => {
    const heads = [marked, saved({})].map((each) => modelView(each, 'a.neuron.json').head.join(' '));
    assert.match(heads[0], /, \S+ on the test part \(chosen by looking at it\), at save\./);
    assert.doesNotMatch(heads[1], /looking/);
    const lines = [marked, saved({})].map((each) => {
      const { matched, result } = predicted(each, everyKind());
      return predictedLines(each, matched, result, false).join(' ');
    });
    assert.match(lines[0], /own test part gave \S+ \(chosen by looking at it\)/);
    assert.doesNotMatch(lines[1], /looking/);
  });
});
