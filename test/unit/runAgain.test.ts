import assert from 'node:assert/strict';
import { unitIndices } from '../../src/core/parameterIndex';
import { weightsHash } from '../../src/runs/weightsHash';
import { RunList } from '../../src/session/runList';
import type { Session } from '../../src/session/session';
import { hashOf, MemoryStore, statusIs, TestWorld, until } from './sessionWorld';

const FILE = 'file:///a.csv';

describe('a run that is run again exactly', () => {
  let world: TestWorld;
  let store: MemoryStore;
  const worlds: TestWorld[] = [];
  beforeEach(() => {
    store = new MemoryStore();
    world = new TestWorld(store);
    worlds.push(world);
  });
  afterEach(() => worlds.splice(0).forEach(({ sessions }) => sessions.dispose()));

  /** A run with a rate that was edited, a weight that was set and a unit that was frozen, each at an epoch of its own. */
  const edited = async (): Promise<Session> => {
    const run = await world.finished(FILE, { 'training.epochs': 20, 'training.optimizer': 'adam' });
    assert.ok(run.network);
    const unit = unitIndices(run.network, 1, 0);
    await run.editByHand({ kind: 'set', index: unit[0], value: 0.25 });
    await run.continue();
    await until(() => run.status === 'finished' && run.measure?.epoch === 40);
    await run.editByHand({ kind: 'freeze', indices: unit, frozen: true });
    world.edit({ 'training.learningRate': 0.05 });
    await run.continue();
    await until(() => run.status === 'finished' && run.measure?.epoch === 60);
    await world.quiet();
    assert.deepEqual(
      run.marks.map(({ kind, epoch }) => [kind, epoch]),
      [
        ['hand', 20],
        ['hand', 40],
        ['edit', 40],
      ],
    );
    return run;
  };
  const again = async (run: Session, of = world): Promise<Session> => {
    assert.equal(await new RunList(of.sessions.listParts).again(FILE, run.id), true);
    const made = of.sessions.get(FILE);
    assert.ok(made && made.id !== run.id, 'a run of its own, which is shown');
    return made;
  };

  it('comes to the same weights with its edits at their epochs, and says their hash', async () => {
    const run = await edited();
    const made = await again(run);
    assert.deepEqual(made.parameters, run.parameters);
    assert.deepEqual(made.marks, run.marks);
    assert.deepEqual([...made.frozen], [...run.frozen]);
    assert.deepEqual(made.points, run.points);
    assert.equal(made.status, 'finished');
    const hash = weightsHash(run.parameters ?? new Float64Array(), run.engine);
    assert.equal(made.label.note, `Run again exactly: the same weights, SHA-256 ${hash}`);
    await until(() => store.records.get(made.id)?.note === made.label.note);
    assert.deepEqual(made.branchedAt, null);
  });

  it('leaves the run itself as it was', async () => {
    const run = await edited();
    await until(() => store.records.get(run.id)?.measure.epoch === 60);
    const { shownAt: _shown, ...before } = structuredClone(store.records.get(run.id)!);
    await again(run);
    await world.quiet();
    const { shownAt: _then, ...after } = store.records.get(run.id)!;
    assert.deepEqual(after, before);
    await world.sessions.undo(FILE);
    assert.equal(world.sessions.get(FILE), run);
  });

  it('goes on from there as the run would', async () => {
    const run = await edited();
    const made = await again(run);
    await made.step();
    await until(() => made.measure?.epoch === 61);
    await world.sessions.undo(FILE);
    await run.step();
    await until(() => run.measure?.epoch === 61);
    assert.deepEqual(made.parameters, run.parameters);
  });

  it('says that the weights are others where what was kept of them is', async () => {
    const run = await edited();
    await until(() => store.records.get(run.id)?.measure.epoch === 60);
    const record = store.records.get(run.id)!;
    record.parameters[3] += 1;
    const next = await world.another();
    worlds.push(next);
    await next.sessions.restore();
    const kept = next.sessions.get(FILE)!;
    const made = await again(kept, next);
    assert.match(made.label.note ?? '', /the weights are not: SHA-256 [\da-f]{64} in place of [\da-f]{64}$/);
    assert.equal(made.points.length, 1, 'its curve is not that of other weights');
    assert.deepEqual(made.parameters, run.parameters);
  });

  it('is refused where the file or the engine is another now, and while it goes on', async () => {
    const run = await world.finished(FILE);
    const list = new RunList(world.sessions.listParts);
    world.sessions.fileIs(FILE, hashOf(new Uint8Array(1)));
    const next = await world.another();
    worlds.push(next);
    await next.sessions.restore();
    next.sessions.fileIs(FILE, hashOf(new Uint8Array(1)));
    const ofNext = new RunList(next.sessions.listParts);
    await assert.rejects(ofNext.again(FILE, run.id), (error: { data?: unknown }) =>
      JSON.stringify(error).includes('other file'),
    );
    const third = await world.another();
    worlds.push(third);
    third.engine = 'arithmetic 2';
    await third.sessions.restore();
    await assert.rejects(new RunList(third.sessions.listParts).again(FILE, run.id), (error) =>
      JSON.stringify(error).includes('other engine'),
    );
    assert.equal(store.records.size, 1, 'and no run is made');
    const running = await world.running(FILE);
    await assert.rejects(list.again(FILE, running.id), /again-while-running/);
    running.stop();
    await statusIs(running, 'stopped');
  });

  it('can be ended before, and then makes no run', async () => {
    const run = await world.finished(FILE, { 'training.epochs': 3000 });
    const list = new RunList(world.sessions.listParts);
    const going = list.again(FILE, run.id);
    await until(() => world.trainer.got('ask').length > 0);
    list.endAgain(FILE);
    assert.equal(await going, false);
    assert.deepEqual(world.sessions.runsOf(FILE), [run.id]);
  });
});
