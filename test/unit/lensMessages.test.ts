import assert from 'node:assert/strict';
import * as v from 'valibot';
import { EXPERIMENTS, MOST_VARIANTS } from '../../src/core/experiments';
import { curvePoint, MOST_POINTS } from '../../src/core/history';
import { parameterCount } from '../../src/core/network';
import { failureOf } from '../../src/data/failure';
import { toWebview } from '../../src/protocol/lens';
import { MOST_CANDIDATES } from '../../src/protocol/find';
import { REASONS } from '../../src/core/apart';
import { MOST_RUNS } from '../../src/session/fileRuns';
import type { SettingsComparison } from '../../src/session/comparing';
import type { Search } from '../../src/session/finding';
import type { Experiment } from '../../src/session/lab';
import type { OtherRun } from '../../src/session/shown';
import { variableKeys } from '../../src/settings/grid';
import { settingKeys, type SettingKey } from '../../src/settings/settings';

import { until } from './sessionWorld';
import { lensOn, MOST_BYTES, point, session, sizeOf } from './lensWorld';
import { course } from './course';

/** What takes most room on the way: each character of it is escaped. */
const long = (n: number) => `${n}`.padEnd(5000, '\u0001');
/** What a search sets. */
const FOUND: readonly SettingKey[] = [
  ...(['model.hiddenLayers', 'model.hiddenActivation', 'data.transform'] as const),
  ...(['training.optimizer', 'training.batchSize', 'training.learningRate', 'training.epochs'] as const),
  ...(['training.l2', 'training.earlyStopping.patience'] as const),
];
const points = Array.from({ length: MOST_POINTS }, (_, epoch) => curvePoint(point(epoch)));

const otherRun = (id: string, measure: OtherRun['measure']): OtherRun => ({
  ...{ id, name: '', startedAt: 0, status: 'finished', epochs: 1, note: '', starred: false, picked: false },
  ...{ baselines: null, interval: null, best: null, ranked: { group: 0, apart: [] }, differences: [] },
  ...{ measure, points: [], trainedWith: [], network: null, parameters: null },
});

describe('what a Lens sends when it is asked', () => {
  /** Everything has arrived that is of this kind, and no message is too large or unknown to the other end. */
  const within = ({ posted }: ReturnType<typeof lensOn>, type: string) => {
    assert.ok(
      posted.some((message) => message.type === type),
      type,
    );
    for (const message of posted) {
      assert.ok(sizeOf(message) <= MOST_BYTES, `${message.type}: ${sizeOf(message)} bytes`);
      assert.ok(v.is(toWebview, message), message.type);
    }
  };

  it('of a row is at most 256 kB, however wide the table and whatever is in its cells', async () => {
    const cell = { column: long(1).slice(0, 200), text: long(2).slice(0, 200), isTarget: false };
    const cells = Array.from({ length: 100 }, (_, k) => ({ ...cell, feature: k, features: 1 }));
    const lens = lensOn(session(), { rowAt: () => Promise.resolve({ cells, more: 9_900 }) });
    lens.hello();
    lens.request({ type: 'cells', line: 2 });
    await until(() => lens.of('cells').length > 0);
    within(lens, 'cells');
  });

  it('of the runs of a file is at most 256 kB, whatever their names and settings, their curves too', () => {
    const large = { sizes: [64, 256, 256, 3], hidden: 'tanh' as const, output: 'softmax' as const };
    // Those with a star are kept besides.
    const ids = Array.from({ length: 5 * MOST_RUNS }, (_, k) => `run-${k}`);
    const runs = ids.map((id, k) => ({
      ...{ id, name: long(k), startedAt: k, status: 'finished' as const, epochs: MOST_POINTS },
      ...{ note: long(k), starred: true, picked: true, baselines: null, interval: null, best: null },
      ranked: { group: k, apart: REASONS },
      ...{ measure: point(MOST_POINTS), points, differences: Array.from({ length: 60 }, (_, d) => long(d)) },
      trainedWith: settingKeys.map((name, s) => ({ name, value: long(s) })),
      ...{ network: large, parameters: new Float64Array(parameterCount(large)) },
    }));
    const lens = lensOn(session({ runs }));
    lens.hello();
    lens.request({ type: 'runs', wanted: true, overlaid: ids.slice(0, 3) });
    lens.say({ type: 'drawn' });
    lens.lens.update();
    within(lens, 'runs');
    assert.equal(lens.of('runs').flatMap(({ rows }) => rows).length, ids.length);
    within(lens, 'curve');
    within(lens, 'compared');
    within(lens, 'comparedWeights');
  });

  it('of many runs is, while one of them is trained, what is near that one in the list', () => {
    const many = (epoch: number) =>
      session({
        runs: Array.from({ length: 300 }, (_, k) => otherRun(`${k}`, k === 25 ? point(epoch) : null)),
      });
    const lens = lensOn(many(1));
    lens.hello();
    lens.request({ type: 'runs', wanted: true, overlaid: [] });
    const sent = () => lens.of('runs').length;
    lens.say({ type: 'drawn' });
    lens.lens.update();
    const all = sent();
    assert.equal(lens.of('runs').flatMap(({ rows }) => rows).length, 300);
    lens.lens.show(many(2));
    lens.say({ type: 'drawn' });
    lens.lens.update();
    assert.equal(sent(), all + 1);
    const [last] = lens.of('runs').slice(-1);
    assert.ok(last.rows.some(({ id, measure }) => id === '25' && measure !== null));
    assert.ok(last.rows.length <= 10);
  });

  it('of runs side by side is sent once, and again where one of them moves', () => {
    const network = { sizes: [2, 1, 1], hidden: 'tanh' as const, output: 'sigmoid' as const };
    const run = (id: string, change: Partial<OtherRun> = {}): OtherRun => ({
      ...otherRun(id, point(1)),
      ...{ points, network, parameters: new Float64Array(5), ...change },
    });
    const [shown, other, apart] = [run('shown'), run('other'), run('apart', { network: null })];
    const of = (runs: OtherRun[]) => session({ id: 'shown', runs });
    const lens = lensOn(of([shown, other, apart]));
    lens.hello();
    lens.request({ type: 'runs', wanted: true, overlaid: ['other', 'apart'] });
    lens.say({ type: 'drawn' });
    const sent = () =>
      [lens.of('compared'), lens.of('comparedWeights')].map((all) => all.map(({ of: id }) => id));
    lens.lens.update();
    assert.deepEqual(sent(), [['shown', 'other', 'apart'], ['other']]);
    lens.say({ type: 'drawn' });
    lens.lens.update();
    assert.deepEqual(sent(), [['shown', 'other', 'apart'], ['other']], 'nothing has moved');
  });

  it('of the experiments of the Lab is at most 256 kB, however many variants have failed with whatever reason', () => {
    const network = { sizes: [64, 256, 256, 3], hidden: 'tanh' as const, output: 'softmax' as const };
    const state = {
      ...{ network, measure: new Float64Array(5), learningRate: 0.1, diverged: null },
      ...{ points: new Float64Array(5 * 200), parameters: new Float64Array(parameterCount(network)) },
    };
    const failure = failureOf(new Error(long(0)));
    const experiments = EXPERIMENTS.map((kind): Experiment => ({
      ...{ kind, data: 'all', values: [], status: 'failed', error: new Error(long(1)) },
      tiles: Array.from({ length: MOST_VARIANTS }, (_, k) => ({
        variant: { label: `${k}`, at: k, changes: {} },
        settings: course,
        epochs: course['training.epochs'],
        trained: { index: k, status: 'failed', failure, state },
      })),
    }));
    const lens = lensOn(session({ experiments }));
    lens.hello();
    lens.request({ type: 'lab', wanted: true });
    lens.say({ type: 'drawn' });
    lens.lens.update();
    within(lens, 'experiment');
    within(lens, 'tile');
  });

  it('of a search and of a comparison is at most 256 kB, however many networks and settings there were', () => {
    // As many layers as the settings allow.
    const sizes = [64, ...Array.from({ length: 6 }, () => 1024), 3];
    const of = (layers: readonly number[]) =>
      Object.fromEntries(FOUND.map((key) => [key, key === 'model.hiddenLayers' ? layers : course[key]]));
    const tried = Array.from({ length: 2 * MOST_CANDIDATES }, (_, index) => ({
      ...{ index, settings: of(sizes.slice(1, -1)), sizes, parameters: 10_000_000 - index },
      ...{ mean: 1 / 3, deviation: 1 / 7, loss: index / 3, folds: 5 },
    }));
    const search: Search = {
      ...{
        data: '',
        status: 'failed',
        error: new Error(long(0)),
        share: 1 / 3,
        seconds: 30,
        fixed: settingKeys,
      },
      ...{ tried, best: 0, found: null },
    };
    const candidates = tried.map(() => ({ ...course, 'model.hiddenLayers': sizes.slice(1, -1) }));
    const comparison: SettingsComparison = {
      ...{
        data: '',
        status: 'failed',
        error: new Error(long(1)),
        share: 1 / 3,
        keys: variableKeys,
        candidates,
      },
      ...{ seeds: 3, settings: course, plan: null, outcome: null },
      scored: tried.map(({ index, mean, loss }) => ({ candidate: index, score: mean, loss })),
    };
    const lens = lensOn(session({ search, comparison }));
    lens.hello();
    lens.request({ type: 'lab', wanted: true });
    lens.say({ type: 'drawn' });
    lens.lens.update();
    within(lens, 'search');
    within(lens, 'comparison');
  });
});
