import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { textOf } from '../../src/host/text';
import type { CandidateView, SearchView } from '../../src/protocol/find';
import { search as searchSchema } from '../../src/protocol/find';
import * as v from 'valibot';
import { UserError } from '../../src/data/userError';
import { Finding } from '../../src/session/finding';
import { nothingFound } from '../../src/session/lab';
import type { Session } from '../../src/session/session';
import { searchView } from '../../src/session/labViews';
import { OfRun } from '../../webview/model/ofRun';
import { networkName, pointsOf, scoreRange, setOf } from '../../webview/model/find';
import { statusIs, TestWorld, until } from './sessionWorld';

const FILE = 'file:///data/iris.csv';
const iris = () => readFileSync(path.resolve('samples', 'iris.csv'), 'utf8');
const EDGE = { key: 'training.l2', value: 0.1, edge: 'lowest' } as const;
/** Longer than any test lasts. */
const LONG = 600;

describe('a search on the data of a run', () => {
  const world = () => {
    const made = new TestWorld();
    made.base = {
      ...made.base,
      'training.epochs': 20,
      'model.hiddenLayers': [4],
      'training.testFraction': 0.2,
    };
    made.tables.set(FILE, new TextEncoder().encode(iris()));
    return made;
  };
  const trained = async (of: TestWorld): Promise<Session> => {
    const session = of.sessions.start(FILE);
    await statusIs(session, 'finished');
    return session;
  };

  it('tells of candidates as they come, and ends with one that can be adopted', async () => {
    const session = await trained(world());
    const finding = new Finding(session, nothingFound(), () => []);
    const counts: number[] = [];
    finding.onDidChange(() => counts.push(finding.search?.tried.length ?? 0));
    const done = finding.start(1, true);
    assert.equal(finding.isRunning, true);
    await done;
    const { search } = finding;
    assert.equal(search?.status, 'done');
    assert.ok(search.found && search.best === search.found.index && search.found.candidates >= 1);
    assert.ok(counts.some((count) => count > 0 && count <= search.tried.length));
    assert.ok(Number(search.found.testScore) > 0.8, String(search.found.testScore));
    const changes = finding.changesOf(search.found.index);
    assert.ok('model.hiddenLayers' in changes && changes['training.earlyStopping.patience'] === 0);
  });

  it('keeps what a person has set, and varies it where that is not asked for', async () => {
    const session = await trained(world());
    const finding = new Finding(session, nothingFound(), () => ['model.hiddenLayers', 'training.epochs']);
    void finding.start(LONG, true);
    await until(() => (finding.search?.tried.length ?? 0) > 0);
    assert.deepEqual(finding.search?.fixed, ['model.hiddenLayers', 'training.epochs']);
    assert.ok(finding.search.tried.every(({ sizes }) => sizes.join() === '4,4,3'));
    void finding.start(LONG, false);
    await until(() => (finding.search?.tried.length ?? 0) > 3);
    assert.deepEqual(finding.search?.fixed, []);
    assert.ok(new Set(finding.search?.tried.map(({ sizes }) => sizes.join())).size > 1);
    finding.end();
  });

  it('can be stopped: the best so far can be adopted, and nothing comes after', async () => {
    const session = await trained(world());
    const finding = new Finding(session, nothingFound(), () => []);
    const done = finding.start(LONG, true);
    await until(() => (finding.search?.best ?? null) !== null);
    finding.end();
    await done;
    const { search } = finding;
    assert.deepEqual([search?.status, search?.found], ['cancelled', null]);
    assert.ok(Object.keys(finding.changesOf(search?.best ?? -1)).length > 0);
    await new Promise((resolve) => setTimeout(resolve, 50));
    assert.equal(finding.search, search);
  });

  it('waits for the table where it is still being read, and begins once', async () => {
    const made = world();
    const held = made.holdSources();
    const session = made.sessions.start(FILE);
    const finding = new Finding(session, nothingFound(), () => []);
    assert.throws(() => finding.start(1, true), UserError);
    finding.startOnceRead();
    finding.startOnceRead();
    assert.equal(finding.search, null);
    await until(() => held.length > 0);
    held[0]();
    await until(() => finding.isRunning);
    finding.end();
  });

  it('is remembered for a later run on the same data, also under another transform of numbers', async () => {
    const made = world();
    const memory = nothingFound();
    const first = new Finding(await trained(made), memory, () => []);
    await first.start(1, true);
    made.edit({ 'training.epochs': 10, 'data.transform': 'rank' });
    const later = new Finding(await trained(made), memory, () => []);
    assert.equal(later.search, first.search);
    made.edit({ 'training.seed': 7 });
    assert.equal(new Finding(await trained(made), memory, () => []).search, null);
  });

  it('says why it failed', async () => {
    const made = world();
    const session = await trained(made);
    const finding = new Finding(session, nothingFound(), () => []);
    const done = finding.start(LONG, true);
    made.trainer.die();
    await done;
    const search = finding.search;
    assert.equal(search?.status, 'failed');
    const { why } = searchView(search, (error) =>
      error instanceof UserError ? textOf(error.said) : String(error),
    );
    assert.match(why, /dead/);
  });
});

describe('what the Lens shows of a search', () => {
  const candidate = (index: number, changes: Partial<CandidateView> = {}): CandidateView => ({
    ...{ index, sizes: [4, 8, 1], parameters: 49, mean: 0.9, deviation: 0.02, loss: 0.3, folds: 5 },
    set: [{ key: 'model.hiddenActivation', value: '"tanh"' }],
    ...changes,
  });
  const search = (tried: CandidateView[], best: number | null): SearchView => ({
    ...{ status: 'done', why: '', share: 1, seconds: 30, fixed: [], tried, count: tried.length, best },
    found: null,
  });

  it('crosses as the schema says, the chosen one first, what is not finite as null', () => {
    const tried = [0, 1, 2].map((index) => ({
      ...{ index, settings: { 'training.l2': 0.1 }, sizes: [2, 1], parameters: 3 },
      ...{ mean: index === 2 ? NaN : 0.5 + index / 10, deviation: 0.1 },
      ...{ loss: index === 2 ? Infinity : 1 - index / 10, folds: index === 1 ? 3 : 5 },
    }));
    const view = searchView(
      {
        ...{ data: '', status: 'done', error: null, share: 1, seconds: 30, fixed: [], tried, best: 0 },
        found: { index: 0, candidates: 3, rows: 10, trainRows: 20, testScore: null, edges: [EDGE] },
      },
      String,
    );
    assert.deepEqual(v.parse(searchSchema, view), view);
    assert.deepEqual(view.found?.edges, [EDGE]);
    assert.deepEqual(
      view.tried.map(({ index, mean }) => [index, mean]),
      [
        [0, 0.5],
        [2, null],
        [1, 0.6],
      ],
    );
    assert.equal(setOf(view.tried[0], 'training.l2'), '0.1');
  });

  it('is points from the fewest numbers to the most, without those that diverged', () => {
    const points = pointsOf(
      search(
        [
          candidate(0, { sizes: [4, 1], parameters: 5 }),
          candidate(1, { folds: 1, mean: 0.2 }),
          candidate(2, { mean: null, folds: 1 }),
        ],
        0,
      ),
    );
    assert.deepEqual(
      points.map(({ across, isWhole, isBest }) => [across, isWhole, isBest]),
      [
        [0, true, true],
        [1, false, false],
      ],
    );
    assert.equal(networkName(points[0].candidate), 'straight line');
    assert.equal(networkName(points[1].candidate), '4–8–1');
    // One that was given up far below does not press the others together.
    assert.ok(scoreRange(points).from > 0.8);
    assert.deepEqual(scoreRange([]), { from: 0, to: 1 });
  });

  it('is none of another run', () => {
    const find = new OfRun<SearchView>();
    find.take('one', search([], null));
    assert.notEqual(find.of('one'), null);
    assert.equal(find.of('two'), null);
  });
});
