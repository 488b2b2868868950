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
    await listOf(world).call(A, run.id, '  four units ');
    assert.equal(run.name, 'four units');
    await until(() => store.records.get(run.id)?.name === 'four units');
    await run.step();
    await world.quiet();
    await until(() => store.records.get(run.id)?.measure.epoch === 41);
    assert.equal(store.records.get(run.id)?.name, 'four units');
    const next = await world.another();
    worlds.push(next);
    await next.sessions.restore();
    assert.equal(next.sessions.get(A)?.name, 'four units');
    await listOf(next).call(A, run.id, ' ');
    await until(() => store.records.get(run.id)?.name === undefined);
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
