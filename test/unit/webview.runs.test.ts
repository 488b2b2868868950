import assert from 'node:assert/strict';
import type { Measure } from '../../src/core/trainer';
import { numbersOf } from '../../src/core/measures';
import type { RunRow } from '../../src/protocol/lensViews';
import { linesOf } from '../../webview/model/curve';
import { curvePoint } from '../../src/core/history';
import { OtherRuns, runName, type ListedRun } from '../../webview/model/otherRuns';
import { runsBeside, settingRows } from '../../webview/model/runsBeside';
import { looksAtTest, ordersOf, runsInOrder, type RunOrder } from '../../webview/model/runOrder';
import type { Palette } from '../../webview/ui/theme';

const measure = (testScore: number | null, testCost: number | null = 0.5): Measure => ({
  ...{ epoch: 10, trainCost: 0.4, testCost, trainScore: 0.8, testScore },
});
const listed = (id: string, change: Partial<ListedRun> = {}): ListedRun => ({
  ...{ id, name: '', note: '', starred: false, startedAt: 1, isShown: false, status: 'finished', epochs: 10 },
  ...{ chosen: false, differences: [], measure: measure(0.5), best: null, baselines: null, interval: null },
  ...{ group: 0, apart: [], ...change },
});
const idsBy = (rows: readonly ListedRun[], order: RunOrder) =>
  runsInOrder(rows, order).map((group) => group.rows.map(({ id }) => id).join(''));

describe('the list of runs', () => {
  const rows = [
    listed('a', { measure: measure(0.7, 0.3) }),
    listed('b', { measure: measure(0.9, 0.6) }),
    listed('c', { measure: null }),
    listed('d', { measure: measure(0.8, 0.2), group: 1, apart: ['target'] }),
  ];

  it('stays as it came, the newest first, until somebody sorts it', () => {
    assert.deepEqual(idsBy(rows, 'newest'), ['abc', 'd']);
  });

  it('is sorted with the highest score or the lowest cost on top; what has none stands last', () => {
    assert.deepEqual(idsBy(rows, 'last.testScore'), ['bac', 'd']);
    assert.deepEqual(idsBy(rows, 'last.testCost'), ['abc', 'd']);
  });

  it('names the best of those that can be ranked, which one alone is not', () => {
    const best = (order: RunOrder) => runsInOrder(rows, order).map((group) => group.best);
    assert.deepEqual(best('last.testScore'), ['b', null]);
    assert.deepEqual(best('newest'), [null, null]);
  });

  it('offers best epochs where there are some, and sorts by them', () => {
    assert.ok(!ordersOf(rows).includes('best.testScore'));
    const [a, ...others] = rows;
    const withBest = [{ ...a, best: measure(0.95) }, ...others];
    assert.ok(ordersOf(withBest).includes('best.testScore'));
    assert.deepEqual(idsBy(withBest, 'best.testScore'), ['abc', 'd']);
  });

  it('knows which orders look at the test part', () => {
    assert.ok(looksAtTest('last.testCost') && looksAtTest('best.trainScore'));
    assert.ok(!looksAtTest('last.trainScore') && !looksAtTest('newest'));
  });

  it('tells runs apart that began in one minute, with their day where that is not today', () => {
    const at = new Date(2026, 10, 27, 15, 4, 9).getTime();
    const named = (startedAt: number, now: number) => runName({ name: '', startedAt }, now);
    assert.notEqual(named(at, at), named(at + 1000, at));
    assert.ok(!named(at, at + 5000).includes('27'));
    assert.match(named(at, at + 86_400_000), /27/);
    assert.equal(runName({ name: 'four units', startedAt: at }), 'four units');
  });

  it('is whole once all of its parts have come', () => {
    const runs = new OtherRuns();
    const row = (id: string): RunRow => ({ ...listed(id), measure: numbersOf([measure(0.5)]), best: null });
    const say = (ids: string[], offset: number, total: number) =>
      runs.take({ type: 'runs', rows: ids.map(row), offset, total, canUndelete: false });
    const ids = () => runs.rows.value.map(({ id }) => id).join('');
    say(['a'], 0, 1);
    say(['a', 'b'], 0, 3);
    assert.equal(ids(), 'a');
    say(['c'], 2, 3);
    assert.equal(ids(), 'abc');
    say(['d'], 1, 3);
    assert.equal(ids(), 'adc', 'those around a part stay');
    say(['x', 'y'], 0, 2);
    assert.equal(ids(), 'xy');
    say([], 0, 0);
    assert.equal(ids(), '');
  });

  it('sets those that are drawn beside the shown one, setting by setting, once all have come', () => {
    const runs = new OtherRuns();
    const ids = ['a', 'b', 'c'];
    const rowsOf = ids.map((id): RunRow => ({
      ...listed(id),
      isShown: id === 'b',
      measure: null,
      best: null,
    }));
    runs.take({ type: 'runs', rows: rowsOf, offset: 0, total: 3, canUndelete: false });
    assert.deepEqual(runsBeside(runs, []), [], 'nothing stands beside it');
    const beside = runsBeside(runs, ['c', 'gone']);
    assert.deepEqual(
      beside.map(({ id }) => id),
      ['b', 'c'],
    );
    const say = (of: string, rate: string) => {
      const settings = [
        { name: 'epochs', value: '10' },
        { name: 'learning rate', value: rate },
      ];
      runs.take({ type: 'compared', of, compared: { settings, network: null } });
    };
    say('b', '1');
    assert.deepEqual(settingRows(runs, beside), []);
    say('c', '2');
    assert.deepEqual(settingRows(runs, beside), [
      { name: 'epochs', values: ['10', '10'], differs: false },
      { name: 'learning rate', values: ['1', '2'], differs: true },
    ]);
  });

  it('has the weights of another run once all parts of them have come', () => {
    const runs = new OtherRuns();
    const say = (offset: number, values: number[]) =>
      runs.take({ type: 'comparedWeights', of: 'a', offset, total: 3, values: Float64Array.from(values) });
    say(0, [1, 2]);
    assert.equal(runs.weights.value.get('a'), undefined);
    say(2, [3]);
    assert.deepEqual([...(runs.weights.value.get('a') ?? [])], [1, 2, 3]);
  });

  it('draws each of six curves with dashes of its own', () => {
    const points = [curvePoint(measure(0.5))];
    const overlays = Array.from({ length: 6 }, (_, k) => ({ name: `${k}`, colour: 'red', points }));
    const lines = linesOf(points, [], {} as Palette, 'cost', overlays).filter(({ label }) =>
      /^\d$/.test(label ?? ''),
    );
    assert.equal(new Set(lines.map(({ borderDash }) => String(borderDash))).size, 6);
  });
});
