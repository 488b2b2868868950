import assert from 'node:assert/strict';
import type { CurvePoint } from '../../src/core/history';
import { curvePoint } from '../../src/core/history';
import { bestEpoch } from '../../src/session/bestEpoch';
import { runGroups, type Rankable } from '../../src/session/runGroups';
import { plainSettings } from '../../src/settings/automatic';
import type { Settings } from '../../src/settings/settings';
import type { Mark } from '../../src/train/marks';
import { course } from './course';

const run = (change: Partial<Rankable> = {}, settings: Partial<Settings> = {}): Rankable => ({
  ...{ fileHash: 'a', targetName: 'y', task: 'binary', settings: { ...course, ...settings } },
  ...change,
});
const apartBy = (other: Rankable, shown = run()) => runGroups([other], shown)[0].apart;

describe('runs of a file that can be ranked', () => {
  it('are those of the same file, target, task and split, whatever network was trained', () => {
    const others = [run(), run({}, { 'model.hiddenLayers': [9], 'training.l2': 1, 'data.transform': 'log' })];
    assert.deepEqual(
      runGroups(others, run()).map(({ group }) => group),
      [0, 0],
    );
  });

  it('are not those of another one, and it is said of what', () => {
    assert.deepEqual(apartBy(run({ fileHash: 'b' })), ['file']);
    assert.deepEqual(apartBy(run({ targetName: 'z' })), ['target']);
    assert.deepEqual(apartBy(run({ task: 'regression' })), ['task']);
    assert.deepEqual(apartBy(run({}, { 'training.seed': 7 })), ['split'], 'the seed draws the parts');
    assert.deepEqual(apartBy(run({}, { 'training.testFraction': 0.4 })), ['split']);
    assert.deepEqual(apartBy(run({}, { 'data.splitColumn': 'patient' })), ['split']);
    assert.deepEqual(apartBy(run({}, { 'csv.maxRows': 100 })), ['split'], 'other rows are read');
  });

  it('are not said to differ in what is not known yet, and not ranked before it is', () => {
    const loading = run({ fileHash: null, task: null, targetName: '' });
    assert.deepEqual(runGroups([loading], run()), [{ group: 1, apart: [] }]);
  });

  it('may have another seed where the split leaves nothing to chance', () => {
    const byOrder = { 'data.splitColumn': 'day', 'data.splitBy': 'order' } as const;
    assert.deepEqual(apartBy(run({}, { ...byOrder, 'training.seed': 7 }), run({}, byOrder)), []);
  });

  it('are of another split by the columns that are used, where those take rows along', () => {
    const ignored = { 'data.ignoredColumns': ['x'] };
    assert.deepEqual(apartBy(run({}, ignored)), []);
    const drops = { 'data.missingValues': 'dropRows' } as const;
    assert.deepEqual(apartBy(run({}, { ...drops, ...ignored }), run({}, drops)), ['split']);
  });

  it('are grouped among themselves too', () => {
    const [b, z] = [run({ fileHash: 'b' }), run({ targetName: 'z' })];
    const groups = runGroups([b, run(), z, b], run()).map(({ group }) => group);
    assert.deepEqual(groups, [1, 0, 2, 1]);
  });
});

describe('the best epoch of a run', () => {
  const points: CurvePoint[] = [0.9, 0.4, 0.6].map((testCost, k) =>
    curvePoint({ epoch: k * 10, trainCost: 1 - k / 10, testCost, trainScore: 0.5, testScore: 0.7 }),
  );
  const bestOf = (patience: Settings['training.earlyStopping.patience'], marks: Mark[] = []) => {
    const settings = { ...course, 'training.earlyStopping.patience': patience };
    const plain = plainSettings(settings, { 'training.earlyStopping.patience': 5 });
    return bestEpoch({ plain, settings, measure: points[2], marks, points })?.epoch ?? null;
  };

  it('is where the test cost is lowest, where that stops it', () => assert.equal(bestOf(5), 10));

  it('is where it went back to once it has stopped', () => {
    assert.equal(bestOf(5, [{ kind: 'stoppedEarly', epoch: 20, at: 25 }]), 20);
    assert.equal(bestOf('auto', [{ kind: 'stoppedEarly', epoch: 20, at: 25 }]), 20);
  });

  it('is none where the test part does not watch it: to choose by it would be to look', () => {
    assert.equal(bestOf(0), null);
    assert.equal(bestOf('auto'), null);
  });
});
