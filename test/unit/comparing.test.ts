import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as v from 'valibot';
import { UserError } from '../../src/data/userError';
import { textOf } from '../../src/host/text';
import { comparison as comparisonSchema, MOST_COMPARED } from '../../src/protocol/compare';
import { Comparing } from '../../src/session/comparing';
import { nothingFound } from '../../src/session/lab';
import { comparisonView } from '../../src/session/labViews';
import type { Session } from '../../src/session/session';
import {
  axisOf,
  combinationCount,
  combinationsOf,
  MOST_TRAININGS,
  variableKeys,
} from '../../src/settings/grid';
import type { Settings } from '../../src/settings/settings';

import { axesOf, drawn, sizeOf } from '../../webview/model/comparison';
import { statusIs, TestWorld, until } from './sessionWorld';

const FILE = 'file:///data/iris.csv';
const iris = () => readFileSync(path.resolve('samples', 'iris.csv'), 'utf8');
const why = (error: unknown) => (error instanceof UserError ? textOf(error.said) : String(error));

describe('settings that are compared on the data of a run', () => {
  const trained = async (): Promise<Session> => {
    const world = new TestWorld();
    world.base = {
      ...world.base,
      ...{ 'training.epochs': 20, 'model.hiddenLayers': [4], 'training.testFraction': 0.2 },
    };
    world.tables.set(FILE, new TextEncoder().encode(iris()));
    const session = world.sessions.start(FILE);
    await statusIs(session, 'finished');
    return session;
  };
  const rates = (...all: number[]) => all.map((rate) => ({ 'training.learningRate': rate }));
  const keys = ['training.learningRate'] as const;

  it('are told of as they come, and end with the one that is adopted, tested once', async () => {
    const comparing = new Comparing(await trained(), nothingFound());
    const counts: number[] = [];
    comparing.onDidChange(() => counts.push(comparing.comparison?.scored.length ?? 0));
    const done = comparing.start(keys, rates(0.001, 0.1, 1), 2);
    assert.equal(comparing.isRunning, true);
    await done;
    const { comparison } = comparing;
    assert.equal(comparison?.status, 'done');
    assert.deepEqual(comparison.scored.map(({ candidate }) => candidate).sort(), [0, 1, 2]);
    assert.deepEqual(comparison.plan && [comparison.plan.folds, comparison.plan.rows], [5, 120]);
    assert.ok(Number(comparison.plan?.seconds) > 0);
    assert.ok(counts.includes(1) || counts.includes(2), 'before the end');
    const { outcome } = comparison;
    // Too small a rate gets nowhere in 20 epochs.
    assert.ok(outcome && outcome.adopted !== null && outcome.adopted !== 0);
    assert.ok(outcome.testScore !== null && outcome.testScore > 0.5, String(outcome.testScore));
    const { settings } = comparison;
    assert.deepEqual(comparing.changesOf(0, settings), { 'training.learningRate': 0.001 });
    assert.throws(() => comparing.changesOf(3, settings), UserError);
    // What has been set since is set back: it is what was compared that is adopted.
    const today: Settings = { ...settings, 'model.hiddenLayers': [2], 'training.epochs': 7 };
    assert.deepEqual(comparing.changesOf(0, today), {
      ...{ 'model.hiddenLayers': [4], 'training.epochs': 20, 'training.learningRate': 0.001 },
    });
  });

  it('can be stopped, and nothing comes after', async () => {
    const comparing = new Comparing(await trained(), nothingFound());
    const done = comparing.start(keys, rates(...Array.from({ length: 40 }, (_, k) => 0.01 * (k + 1))), 1);
    await until(() => (comparing.comparison?.scored.length ?? 0) > 0);
    comparing.end();
    await done;
    const { comparison } = comparing;
    assert.deepEqual([comparison?.status, comparison?.outcome], ['cancelled', null]);
    // Time for what may still come: too little of it can miss a fault, and never fail without one.
    await new Promise((resolve) => setTimeout(resolve, 50));
    assert.equal(comparing.comparison, comparison);
  });

  it('are refused where there is none, or where they are too many, with their number', async () => {
    const comparing = new Comparing(await trained(), nothingFound());
    assert.throws(() => comparing.start(keys, [], 1), /./);
    const many = rates(...Array.from({ length: 101 }, (_, k) => k + 1));
    await comparing.start(keys, many, 1);
    assert.equal(comparing.comparison?.status, 'failed');
    assert.equal(
      why(comparing.comparison.error),
      `On 5 folds these are 505 trainings; at most ${MOST_TRAININGS} are compared.`,
    );
    assert.throws(() => comparing.start(keys, many, 5), UserError);
  });

  it('cross to the Lens the best first, within its schema, what diverged last', async () => {
    const comparing = new Comparing(await trained(), nothingFound());
    const diverges = { 'training.learningRate': 1e9, 'model.hiddenActivation': 'relu' as const };
    await comparing.start(keys, [...rates(0.001, 0.3), diverges], 1);
    assert.ok(comparing.comparison);
    const view = comparisonView(comparing.comparison, why);
    assert.ok(v.is(comparisonSchema, view), JSON.stringify(v.safeParse(comparisonSchema, view).issues));
    assert.deepEqual(
      view.compared.map(({ values }) => values),
      [['0.3'], ['0.001'], ['1000000000']],
    );
    const [best, , last] = view.compared;
    assert.deepEqual([best.candidate, best.toBest, last.score], [view.best, null, null]);
    assert.deepEqual(
      drawn(view).map(({ candidate }) => candidate),
      [1, 0],
    );
    assert.ok(MOST_COMPARED >= view.compared.length);
  });
});

describe('a grid of settings', () => {
  it('has all combinations of its values, none of them twice', () => {
    const layers = axisOf('model.hiddenLayers', '4; 8, 8; none');
    const rate = axisOf('training.learningRate', '0.1, 0.1, auto');
    assert.ok('axis' in layers && 'axis' in rate);
    const all = combinationsOf([layers.axis, rate.axis]);
    assert.equal(all.length, 6);
    assert.deepEqual(all[3], { 'model.hiddenLayers': [8, 8], 'training.learningRate': 'auto' });
    assert.deepEqual(all[5]['model.hiddenLayers'], []);
  });

  it('is counted before it is made, as there is no end to what can be typed', () => {
    const ten = '1,2,3,4,5,6,7,8,9,10';
    const grid = ['training.l2', 'training.l1', 'training.epochs', 'training.batchSize'].map((key) => ({
      key,
      text: ten,
    }));
    assert.match(JSON.stringify(sizeOf(grid)), /10,000 settings: at most 500 trainings/);
    const read = axisOf('training.l2', '1,1,2');
    assert.ok('axis' in read);
    assert.equal(combinationCount([read.axis, read.axis]), 4);
  });

  it('has only keys whose values leave the folds as they are', () => {
    for (const key of ['training.seed', 'training.testFraction', 'data.target', 'csv.delimiter'] as const)
      assert.ok(!variableKeys.some((each) => each === key), key);
    for (const key of ['training.l2', 'model.hiddenActivation', 'data.transform'] as const)
      assert.ok(variableKeys.includes(key), key);
  });

  it('says while it is typed how many settings it comes to, or what is wrong with it', () => {
    const rate = { key: 'training.learningRate', text: '0.1, 0.3' };
    assert.deepEqual(sizeOf([rate, { key: 'training.l2', text: '0, 1, 10' }]), { settings: 6 });
    const faultOf = (...grid: Parameters<typeof sizeOf>[0]) => JSON.stringify(sizeOf(grid));
    assert.match(faultOf(), /Add a setting/);
    assert.match(faultOf({ ...rate, text: ' ' }), /Type the values that training.learningRate is to take/);
    assert.match(faultOf({ ...rate, text: '0.1, fast' }), /training.learningRate: .*fast.* is not a number/);
    assert.match(faultOf({ ...rate, text: '-1' }), /is below/);
    assert.match(faultOf(rate, rate), /twice/);
    assert.match(faultOf({ key: 'training.seed', text: '1' }), /no setting that can be compared/);
  });
});

describe('the picture of settings that were compared', () => {
  const compared = (candidate: number, values: string[], score: number | null) => ({
    ...{ candidate, values, score, loss: score === null ? null : 1 - score },
    ...{ overSeeds: null, overFolds: null, toBest: null },
  });
  const view = {
    ...{ status: 'done' as const, why: '', share: 1, keys: ['training.l2', 'model.hiddenActivation'] },
    ...{ seeds: 1, candidates: 4, count: 4, plan: null, best: 0, adopted: 0, testScore: null, edges: [] },
    compared: [
      compared(3, ['10', 'relu'], 0.9),
      compared(0, ['2', 'tanh'], 0.5),
      compared(1, ['0', 'relu'], 0.7),
      compared(2, ['10', 'tanh'], null),
    ],
  };

  it('has an axis for each key, numbers by size and words as they came, and one for the score', () => {
    const [l2, hidden, score] = axesOf(view, 'accuracy');
    assert.deepEqual(
      l2.ticks.map(({ label, at }) => [label, at]),
      [
        ['0', 0],
        ['2', 0.5],
        ['10', 1],
      ],
    );
    assert.deepEqual(
      hidden.ticks.map(({ label }) => label),
      ['tanh', 'relu'],
    );
    assert.equal(score.name, 'accuracy');
    const [best, worst] = view.compared;
    assert.deepEqual(
      [best, worst].map((one) => [l2.at(one), hidden.at(one), score.at(one)]),
      [
        [1, 1, 1],
        [0.5, 0, 0],
      ],
    );
  });

  it('leaves out what could not be trained, and stands in the middle where all are the same', () => {
    assert.deepEqual(
      drawn(view).map(({ candidate }) => candidate),
      [3, 0, 1],
    );
    const one = { ...view, compared: [compared(0, ['2', 'tanh'], 0.5)] };
    assert.deepEqual(
      axesOf(one, 'R²').map((axis) => axis.at(one.compared[0])),
      [0.5, 0.5, 0.5],
    );
  });
});
