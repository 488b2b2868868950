import assert from 'node:assert/strict';
import { encodePoints } from '../../src/core/curveNumbers';
import { curvePoint } from '../../src/core/history';
import { numbersOf } from '../../src/core/measures';
import { flatten, type Network } from '../../src/core/network';
import type { Measure } from '../../src/core/trainer';
import type { NumbersKey } from '../../src/protocol/lens';
import type { LiveView, RunView } from '../../src/protocol/lensViews';
import type { Frames } from '../../webview/bridge';
import { Store } from '../../webview/store';

const network: Network = { sizes: [2, 1], hidden: 'tanh', output: 'sigmoid' };
const point = (epoch: number): Measure => ({
  epoch,
  trainCost: 1 / (1 + epoch),
  testCost: null,
  trainScore: 0.5,
  testScore: null,
});

const curve = (...points: Measure[]) => encodePoints(points.map(curvePoint));

const view = (id: string, version = 1): RunView => ({
  id,
  version,
  uri: `file:///${id}.csv`,
  file: `${id}.csv`,
  seed: 1,
  dataset: {
    target: 'y',
    targetReason: '',
    task: 'binary',
    taskReason: '',
    classes: ['a', 'b'],
    targetScale: { mean: 0, deviation: 1 },
    dialect: 'comma',
    trainRows: 3,
    testRows: 0,
    featureCount: 2,
  },
  network,
  sampleCount: 3,
});
const live = (change: Partial<LiveView> = {}): LiveView => ({
  status: 'running',
  reading: null,
  epochs: 10,
  continueEpochs: 10,
  learningRate: 1,
  learningRateIsAuto: true,
  ways: [],
  rule: { optimizer: 'gradientDescent', momentum: 0.9, l1: 0, l2: 0, batchSize: 0, balanced: false },
  measure: numbersOf([point(2)]),
  penalty: 0,
  edits: [],
  notices: [],
  checked: { initialization: 'auto', patience: 0, diverged: null },
  failure: null,
  pending: [],
  canGoOn: true,
  undoByHand: null,
  canUndo: false,
  question: null,
  baselines: null,
  paced: true,
  chosen: false,
  ...change,
});
const run = (id: string, version = 1): Frames => ({ type: 'run', run: view(id, version) });
const now = (id: string, change: Partial<LiveView> = {}, version = 1): Frames => ({
  type: 'live',
  run: id,
  version,
  live: live(change),
});
const frame = (id: string): Frames => ({ type: 'frame', run: id });
/** An array in parts of at most `most` numbers. */
function parts(
  id: string,
  key: NumbersKey,
  values: number[] | Float64Array,
  most = 2,
  version = 1,
): Frames[] {
  const all = Float64Array.from(values);
  const offsets = Array.from({ length: Math.max(1, Math.ceil(all.length / most)) }, (_, k) => k * most);
  return offsets.map((offset) => ({
    type: 'numbers',
    run: id,
    version,
    key,
    offset,
    total: all.length,
    values: all.slice(offset, offset + most),
  }));
}
const sample = (id: string): Frames[] => [
  { type: 'features', run: id, version: 1, offset: 0, names: ['x1'] },
  { type: 'features', run: id, version: 1, offset: 1, names: ['x2'] },
  ...parts(id, 'scales', [0, 1, 5, 2]),
  ...parts(id, 'X', [1, 2, 3, 4, 5, 6]),
  ...parts(id, 'y', [1, 0, 1]),
  ...parts(id, 'test', [0, 0, 1]),
  ...parts(id, 'lines', [2, 3, 4]),
];

function storeAfter(...messages: Frames[]): Store {
  const store = new Store();
  send(store, ...messages);
  return store;
}

/** Takes the messages, and shows what is whole of them. */
function send(store: Store, ...messages: Frames[]): void {
  messages.forEach((message) => store.take(message));
  store.show();
}

describe('the store of the webview', () => {
  it('shows nothing of a frame before all of it has come', () => {
    const store = storeAfter(run('a'), ...sample('a'), now('a'));
    const shownRun = () => store.run.value;
    assert.equal(shownRun(), null);
    assert.equal(store.connected.value, false);
    assert.equal(store.take(frame('a')), true);
    assert.equal(shownRun(), null, 'it is shown when the screen is drawn');
    store.show();
    assert.equal(shownRun()?.view.value.file, 'a.csv');
    assert.equal(shownRun()?.measure.value?.epoch, 2);
    assert.deepEqual(shownRun()?.features.value, [
      { name: 'x1', mean: 0, deviation: 1 },
      { name: 'x2', mean: 5, deviation: 2 },
    ]);
    const shown = shownRun()?.sample.value;
    assert.deepEqual([shown?.X.rows, shown?.X.cols, ...(shown?.X.data ?? [])], [2, 3, 1, 2, 3, 4, 5, 6]);
    assert.deepEqual(shown?.order, [1, 0, 2], 'sorted by class, then as in the file');
  });

  it('keeps what stays the same: later frames bring no new sample, features or run', () => {
    const store = storeAfter(run('a'), ...sample('a'), now('a'), frame('a'));
    const first = store.run.value;
    const [shownView, shownSample, features] = [
      first?.view.value,
      first?.sample.value,
      first?.features.value,
    ];
    send(store, now('a', { epochs: 20 }), ...parts('a', 'parameters', [1, 2, 3]), frame('a'));
    assert.equal(store.run.value, first);
    assert.equal(first?.view.value, shownView);
    assert.equal(first?.sample.value, shownSample);
    assert.equal(first?.features.value, features);
    assert.equal(first?.live.value.epochs, 20);
    assert.deepEqual([...flatten(first?.parameters.value ?? [])], [1, 2, 3]);
  });

  it('adds points to the curve, and replaces the whole curve when it comes anew', () => {
    const store = storeAfter(
      run('a'),
      now('a'),
      ...parts('a', 'history', curve(point(0), point(1)), 3),
      frame('a'),
      ...parts('a', 'points', curve(point(2)), 3),
      frame('a'),
    );
    const epochs = () => store.run.value?.points.value.map(({ epoch }) => epoch);
    assert.deepEqual(epochs(), [0, 1, 2]);
    assert.deepEqual(store.run.value?.points.value[0], curvePoint(point(0)));
    send(store, frame('a'));
    assert.deepEqual(epochs(), [0, 1, 2], 'points are added once');
    send(store, ...parts('a', 'history', curve(point(0), point(2))), frame('a'));
    assert.deepEqual(epochs(), [0, 2], 'a thinned curve');
    send(store, ...parts('a', 'history', []), frame('a'));
    assert.deepEqual(epochs(), [], 'a curve cut back to nothing');
  });

  it('shows the curve of the run before until it is taken back', () => {
    const store = storeAfter(run('a'), now('a'), ...parts('a', 'ghost', numbersOf([point(7)])), frame('a'));
    assert.deepEqual(
      store.run.value?.ghost.value.map(({ epoch }) => epoch),
      [7],
    );
    send(store, ...parts('a', 'ghost', []), frame('a'));
    assert.deepEqual(store.run.value?.ghost.value, []);
  });

  it('shows a frame that is whole before it takes what comes after', () => {
    const store = storeAfter(run('a'), now('a'), frame('a'));
    [now('a', { epochs: 20 }), frame('a'), now('a', { epochs: 30 })].forEach((m) => store.take(m));
    assert.equal(store.run.value?.live.value.epochs, 20);
    store.show();
    assert.equal(store.run.value?.live.value.epochs, 20, 'the next is not whole yet');
  });

  it('begins anew with another run: nothing of the first is left', () => {
    const store = storeAfter(
      run('a'),
      ...sample('a'),
      now('a'),
      ...parts('a', 'history', curve(point(0))),
      ...parts('a', 'parameters', [1, 2, 3]),
      frame('a'),
    );
    const first = store.run.value;
    send(store, run('b'), now('b', { status: 'loading', measure: null }), frame('b'));
    const second = store.run.value;
    assert.notEqual(second, first);
    assert.equal(second?.id, 'b');
    assert.deepEqual(
      [second?.sample.value, second?.parameters.value, second?.measure.value, second?.points.value],
      [null, null, null, []],
    );
    assert.equal(first?.id, 'a');
  });

  it('shows nothing when there is no run', () => {
    const store = storeAfter(run('a'), now('a'), frame('a'), { type: 'run', run: null });
    assert.equal(store.run.value, null);
    assert.equal(store.connected.value, true);
  });

  it('passes over what belongs to another run or version', () => {
    const store = storeAfter(run('a', 2), now('a', {}, 2), frame('a'));
    [
      now('b', { epochs: 77 }),
      now('a', { epochs: 77 }, 1),
      ...parts('a', 'parameters', [1, 2, 3], 2, 1),
      ...parts('b', 'parameters', [1, 2, 3], 2, 2),
    ].forEach((m) => store.take(m));
    assert.equal(store.take(frame('b')), false);
    send(store, frame('a'));
    assert.equal(store.run.value?.live.value.epochs, 10);
    assert.equal(store.run.value?.parameters.value, null);
  });

  it('passes over arrays that are not whole, or do not fit the network', () => {
    const store = storeAfter(run('a'), now('a'), frame('a'));
    const [, second] = parts('a', 'parameters', [1, 2, 3]);
    const [lost] = parts('a', 'X', [1, 2, 3, 4]);
    send(store, second, lost, ...parts('a', 'parameters', [1, 2]), frame('a'));
    assert.equal(store.run.value?.parameters.value, null);
    assert.equal(store.run.value?.sample.value, null);
  });
});
