import assert from 'node:assert/strict';
import type { LiveView } from '../../src/protocol/lensViews';
import { toolsOf } from '../../webview/ui/toolbar';

const live: LiveView = {
  ...{
    status: 'paused',
    reading: null,
    epochs: 10,
    continueEpochs: 10,
    learningRate: 1,
    learningRateIsAuto: true,
  },
  ...{
    ways: [],
    measure: null,
    penalty: 0,
    edits: [],
    notices: [],
    checked: { initialization: 'auto', patience: 0, diverged: null },
    failure: null,
    pending: [],
  },
  rule: { optimizer: 'gradientDescent', momentum: 0.9, l1: 0, l2: 0, batchSize: 0, balanced: false },
  ...{ canGoOn: true, canUndo: false, undoByHand: null, question: null, paced: false, chosen: false },
  baselines: null,
};
const enabled = (change: Partial<LiveView>) =>
  toolsOf({ ...live, ...change }).flatMap(({ action, isEnabled }) => (isEnabled ? [action] : []));
const always = ['restart', 'openSettings'];

describe('the handles of a training', () => {
  const cases: [what: string, live: Partial<LiveView>, actions: string[]][] = [
    ['while it trains', { status: 'running', paced: true }, ['pause', 'skipToEnd', 'stop']],
    ['while it is paused', {}, ['resume', 'step', 'stop']],
    ['while it is paused and cannot go on, as its file is another', { canGoOn: false }, ['stop']],
    ['once it is done', { status: 'finished' }, ['step', 'continue']],
    [
      'while the file of one that is done is read',
      { status: 'finished', reading: 0 },
      ['step', 'stop', 'continue'],
    ],
    ['while its file is read', { status: 'loading', reading: 0.5, canGoOn: false }, ['stop']],
    ['when it has failed', { status: 'failed', canGoOn: false }, []],
  ];
  for (const [what, change, actions] of cases)
    it(`${what}: ${actions.join(', ') || 'none'}`, () => {
      assert.deepEqual(
        enabled(change).filter((action) => !always.includes(action)),
        actions,
      );
    });

  it('keep their places whatever the state is', () => {
    const places = cases.map(([, change]) => toolsOf({ ...live, ...change }).length);
    assert.deepEqual(new Set(places).size, 1);
  });
});
