import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as v from 'valibot';
import type { FoldScore } from '../../src/core/folds';
import { UserError } from '../../src/data/userError';
import { makeDataset } from '../../src/data/dataset';
import { readTable } from '../../src/data/csv/read';
import { readOptionsOf } from '../../src/data/csv/readOptions';
import { checkTable } from '../../src/data/table/check';
import { textOf } from '../../src/host/text';
import { crossValidation as viewSchema } from '../../src/protocol/folds';
import { CrossValidating } from '../../src/session/crossValidating';
import { nothingFound } from '../../src/session/lab';
import { foldsView } from '../../src/session/labViews';
import type { Session } from '../../src/session/session';
import { crossValidated, crossValidation } from '../../src/train/crossValidation';
import { statusIs, TestWorld, until } from './sessionWorld';

const FILE = 'file:///data/iris.csv';
const iris = () => readFileSync(path.resolve('samples', 'iris.csv'), 'utf8');
const why = (error: unknown) => (error instanceof UserError ? textOf(error.said) : String(error));

describe('a cross-validation on the data of a run', () => {
  const trained = async (epochs = 20): Promise<{ session: Session; world: TestWorld }> => {
    const world = new TestWorld();
    world.base = {
      ...world.base,
      ...{ 'training.epochs': epochs, 'model.hiddenLayers': [4], 'training.testFraction': 0.2 },
    };
    world.tables.set(FILE, new TextEncoder().encode(iris()));
    const session = world.sessions.start(FILE);
    await statusIs(session, epochs > 20 ? 'running' : 'finished');
    return { session, world };
  };

  it('is told of fold by fold, and comes to what the same folds come to elsewhere', async () => {
    const { session } = await trained();
    const validating = new CrossValidating(session, nothingFound());
    const counts: number[] = [];
    validating.onDidChange(() => counts.push(validating.crossValidation?.trained.length ?? 0));
    const done = validating.start({ folds: 4, repeats: 2 });
    assert.equal(validating.isRunning, true);
    await done;
    const { crossValidation: found } = validating;
    assert.equal(found?.status, 'done');
    for (let k = 1; k <= 8; k++) assert.ok(counts.includes(k), `told of after ${k}`);
    const bytes = new TextEncoder().encode(iris());
    const table = readTable(() => [bytes], readOptionsOf(session.settings), { size: bytes.length });
    const checked = checkTable(table, session.settings);
    const base = makeDataset(checked, session.settings, { keepsColumns: true });
    const all: FoldScore[] = [];
    for (const fold of crossValidation(
      checked,
      session.settings,
      base,
      { folds: 4, repeats: 2 },
      () => false,
    ))
      if (fold) all.push(fold);
    assert.deepEqual(found.trained, all);
    const { scores: _, ...summary } = crossValidated(all, base, 2);
    assert.deepEqual(found.summary, summary);
    assert.ok(summary.mean !== null && summary.mean > 0.5);
    const view = foldsView(found, why);
    assert.deepEqual(v.parse(viewSchema, JSON.parse(JSON.stringify(view))), view);
    assert.deepEqual([view.isOld, view.isWatched, view.folds, view.repeats], [false, false, 4, 2]);
  });

  it('can be stopped: the folds that were trained stay, and nothing comes after', async () => {
    const { session } = await trained();
    const validating = new CrossValidating(session, nothingFound());
    const done = validating.start({ folds: 50, repeats: 10 });
    await until(() => (validating.crossValidation?.trained.length ?? 0) > 0);
    validating.end();
    await done;
    const { crossValidation: found } = validating;
    assert.deepEqual([found?.status, found?.summary], ['cancelled', null]);
    // Time for what may still come: too little of it can miss a fault, and never fail without one.
    await new Promise((resolve) => setTimeout(resolve, 50));
    assert.equal(validating.crossValidation, found);
  });

  it('is refused where there are more folds than rows, or too many trainings', async () => {
    const { session } = await trained();
    const validating = new CrossValidating(session, nothingFound());
    await validating.start({ folds: 151, repeats: 1 });
    assert.equal(validating.crossValidation?.status, 'failed');
    assert.equal(why(validating.crossValidation.error), 'This table allows 150 folds at most, not 151.');
    assert.throws(() => validating.start({ folds: 100, repeats: 6 }), UserError);
  });

  it('says that it is of other settings, once they are others', async () => {
    const { session, world } = await trained(1_000_000);
    session.pause();
    const validating = new CrossValidating(session, nothingFound());
    const done = validating.start({ folds: 2, repeats: 1 });
    await until(() => validating.isRunning);
    validating.end();
    await done;
    assert.equal(validating.crossValidation?.isOld, false);
    world.edit({ 'training.learningRate': 0.01 });
    await until(() => session.settings['training.learningRate'] === 0.01);
    assert.equal(validating.crossValidation.isOld, true);
  });

  it('begins once the table has been read, with five folds, where nothing is read yet', async () => {
    const world = new TestWorld();
    world.base = { ...world.base, 'training.epochs': 20, 'model.hiddenLayers': [4] };
    world.tables.set(FILE, new TextEncoder().encode(iris()));
    const session = world.sessions.start(FILE);
    const validating = new CrossValidating(session, nothingFound());
    validating.startOnceRead();
    assert.equal(validating.crossValidation, null);
    const latest = () => validating.crossValidation;
    await until(() => latest()?.status === 'done');
    assert.deepEqual(latest()?.asked, { folds: 5, repeats: 1 });
    assert.equal(latest()?.trained.length, 5);
  });

  it('says how many folds there will be where there are fewer groups than are asked for', async () => {
    const { session, world } = await trained();
    const groups =
      'a,g,label\n' +
      Array.from({ length: 60 }, (_, j) => `${(j * 7) % 11},g${j % 3},${j % 2 ? 'u' : 'v'}\n`).join('');
    world.base = { ...world.base, 'data.splitColumn': 'g', 'data.splitBy': 'groups', 'data.target': 'label' };
    world.tables.set('file:///data/groups.csv', new TextEncoder().encode(groups));
    const other = world.sessions.start('file:///data/groups.csv');
    await statusIs(other, 'finished');
    assert.equal(session.status, 'finished');
    const validating = new CrossValidating(other, nothingFound());
    await validating.start({ folds: 10, repeats: 2 });
    const found = validating.crossValidation;
    assert.deepEqual([found?.planned, found?.trained.length, found?.summary?.folds], [6, 6, 3]);
    assert.equal(found?.summary?.by, 'groups');
  });

  it('is not begun anew by its command where it has come to its end, nor without its share of the cores', async () => {
    const { session } = await trained();
    const validating = new CrossValidating(session, nothingFound());
    const done = validating.start({ folds: 3, repeats: 2 });
    await until(() => validating.isRunning);
    assert.ok(session.needsThreads);
    await done;
    assert.ok(!session.needsThreads);
    validating.startOnceRead();
    assert.deepEqual([validating.isRunning, validating.crossValidation?.asked.folds], [false, 3]);
  });
});
