import assert from 'node:assert/strict';
import { RunList } from '../../src/session/runList';
import { MemoryStore, TestWorld, until } from './sessionWorld';

const A = 'file:///a.csv';

describe('the runs of a file, to choose from', () => {
  let world: TestWorld;
  let store: MemoryStore;
  const worlds: TestWorld[] = [];
  beforeEach(() => {
    store = new MemoryStore();
    world = new TestWorld(store);
    worlds.push(world);
  });
  afterEach(() => worlds.splice(0).forEach(({ sessions }) => sessions.dispose()));
  const lists = new WeakMap<TestWorld, RunList>();
  const listOf = (of: TestWorld) => {
    const list = lists.get(of) ?? new RunList(of.sessions.listParts);
    lists.set(of, list);
    return list;
  };
  const ids = (from = world) =>
    listOf(from)
      .of(A)
      .map(({ id }) => id);

  it('are all of them, the newest first, those of earlier windows once they have been read', async () => {
    const first = await world.finished(A);
    const second = await world.finished(A, { 'training.epochs': 7 });
    assert.deepEqual(ids(), [second.id, first.id]);
    const next = await world.another();
    worlds.push(next);
    await next.sessions.restore();
    assert.deepEqual(ids(next), [second.id]);
    await listOf(next).read(A);
    assert.deepEqual(ids(next), [second.id, first.id]);
    assert.equal(listOf(next).of(A)[1].measure?.epoch, 40);
  });

  it('are shown as they were; what is running pauses', async () => {
    const first = await world.finished(A);
    const second = await world.running(A);
    await listOf(world).show(A, first.id);
    await world.quiet();
    assert.equal(world.sessions.get(A), first);
    assert.equal(second.status, 'paused');
    await world.sessions.undo(A);
    assert.equal(world.sessions.get(A), second, 'undo leads back');
    await assert.rejects(listOf(world).show(A, 'nobody'), /no-such-run/);
  });

  it('have names, which are kept, and which go on with what is trained after', async () => {
    const run = await world.finished(A);
    await listOf(world).say(A, run.id, { name: '  four units ' });
    assert.equal(run.label.name, 'four units');
    await until(() => store.records.get(run.id)?.name === 'four units');
    await run.step();
    await world.quiet();
    await until(() => store.records.get(run.id)?.measure.epoch === 41);
    assert.equal(store.records.get(run.id)?.name, 'four units');
    const next = await world.another();
    worlds.push(next);
    await next.sessions.restore();
    assert.equal(next.sessions.get(A)?.label.name, 'four units');
    await listOf(next).say(A, run.id, { name: ' ' });
    await until(() => store.records.get(run.id)?.name === undefined);
  });

  it('have a note and a star, which are kept', async () => {
    const run = await world.finished(A);
    await listOf(world).say(A, run.id, { note: ' the first that worked ', starred: true });
    await until(() => store.records.get(run.id)?.starred === true);
    assert.equal(store.records.get(run.id)?.note, 'the first that worked');
    await run.step();
    await until(() => store.records.get(run.id)?.measure.epoch === 41);
    assert.equal(store.records.get(run.id)?.starred, true, 'what is trained after changes nothing of it');
    await listOf(world).say(A, run.id, { starred: false });
    await until(() => store.records.get(run.id)?.starred === undefined);
    assert.equal(run.label.note, 'the first that worked');
  });

  it('that are starred after a sort by a test score are known to be chosen by it', async () => {
    const [first, second] = [await world.finished(A), await world.finished(A)];
    await listOf(world).say(A, first.id, { starred: true });
    listOf(world).sortedByTest(A);
    await listOf(world).say(A, second.id, { note: 'no choice' });
    assert.deepEqual([first.label.picked, second.label.picked], [undefined, undefined]);
    await listOf(world).say(A, second.id, { starred: true });
    assert.equal(second.label.picked, true);
    await until(() => store.records.get(second.id)?.picked === true);
  });

  it('give their settings to the file: those that differ, and which of them the test part has chosen', async () => {
    const run = await world.finished(A, { 'training.epochs': 7, 'training.l2': 0.5 });
    const present = { ...run.settings, 'training.epochs': 40, 'training.l2': 0 };
    const before = await listOf(world).settingsOf(A, run.id, present);
    assert.deepEqual(before, { changes: { 'training.epochs': 7, 'training.l2': 0.5 }, chosen: [] });
    listOf(world).sortedByTest(A);
    const after = await listOf(world).settingsOf(A, run.id, present);
    assert.deepEqual([...after.chosen].sort(), ['training.epochs', 'training.l2']);
    await assert.rejects(listOf(world).settingsOf(A, 'nobody', present), /no-such-run/);
  });

  it('are listed no more once their files are gone, but for the one that is shown', async () => {
    const [first, second] = [await world.finished(A), await world.finished(A)];
    const told: string[] = [];
    world.sessions.onDidChange(({ change }) => told.push(change));
    listOf(world).lost(first.id);
    assert.deepEqual(ids(), [second.id]);
    assert.deepEqual(world.sessions.runsOf(A), [second.id]);
    assert.deepEqual(told, ['runs']);
    listOf(world).lost(second.id);
    listOf(world).lost('nobody');
    assert.deepEqual(ids(), [second.id]);
    assert.equal(world.sessions.get(A), second);
  });

  it('are deleted, and the last one that was comes back', async () => {
    const first = await world.finished(A);
    const second = await world.finished(A, { 'training.epochs': 7 });
    await assert.rejects(listOf(world).delete(A, second.id), /run-is-shown/);
    assert.deepEqual([listOf(world).canUndelete(A), ids()], [false, [second.id, first.id]]);

    await listOf(world).delete(A, first.id);
    assert.deepEqual([listOf(world).canUndelete(A), ids()], [true, [second.id]]);
    assert.equal(store.records.has(first.id), false, 'it is gone from the disk');
    assert.equal(world.sessions.canUndo(second), false);

    listOf(world).undelete(A);
    assert.deepEqual([listOf(world).canUndelete(A), ids()], [false, [second.id, first.id]]);
    await until(() => store.records.has(first.id));
    assert.deepEqual(store.records.get(first.id)?.parameters, first.record?.parameters);
    await listOf(world).show(A, first.id);
    assert.equal(world.sessions.get(A)?.measure?.epoch, 40);
  });
});
