import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { RunStore } from '../../src/runs/store';
import type { CurrentRuns } from '../../src/session/currentRuns';
import { MOST_RUNS } from '../../src/session/fileRuns';
import { noticesOf } from '../../src/session/notice';
import type { Session } from '../../src/session/session';
import { MemoryStore, statusIs, TestWorld, until } from './sessionWorld';

const A = 'file:///a.csv';
const B = 'file:///b.csv';
const codes = (session: Session) => noticesOf(session).map(({ code }) => code);

describe('sessions', () => {
  let world: TestWorld;
  let store: MemoryStore;
  const worlds: TestWorld[] = [];
  beforeEach(() => {
    store = new MemoryStore();
    world = new TestWorld(store);
    worlds.push(world);
  });
  afterEach(() => {
    worlds.splice(0).forEach(({ sessions }) => {
      sessions.dispose();
    });
  });
  const next = async (from = world) => {
    const after = await from.another();
    worlds.push(after);
    return after;
  };

  describe('a restart', () => {
    it('keeps the finished run before; undo brings it back as it was, and undo again the other one', async () => {
      const first = await world.finished(A);
      const { record } = first;
      const second = await world.finished(A, { 'training.epochs': 7 });
      assert.equal(world.sessions.get(A), second);
      assert.equal(world.sessions.previous(second), first);
      assert.ok(world.sessions.canUndo(second));
      await world.sessions.undo(A);
      await world.quiet();
      assert.equal(world.sessions.get(A), first);
      assert.equal(world.sessions.active, first);
      assert.equal(first.record, record);
      assert.deepEqual(first.marks, []);
      assert.equal(first.measure?.epoch, 40);
      await world.sessions.undo(A);
      assert.equal(world.sessions.get(A), second);
    });

    it('pauses the run before, which undo brings back to go on', async () => {
      const first = await world.running(A);
      const second = await world.finished(A, { 'training.epochs': 7 });
      assert.equal(first.status, 'paused');
      assert.equal(second.measure?.epoch, 7);
      const { epoch } = first.measure!;
      assert.equal(store.records.get(first.id)?.measure.epoch, epoch);
      world.set = { 'training.epochs': 10_000_000 };
      await world.sessions.undo(A);
      assert.equal(world.sessions.get(A), first);
      await first.resume();
      await until(() => first.measure!.epoch > epoch);
      assert.equal(first.status, 'running');
      assert.equal(second.status, 'finished');
    });

    it('just after Resume pauses the run before as well', async () => {
      const first = await world.paused(A);
      void first.resume();
      await Promise.resolve();
      await Promise.resolve();
      world.sessions.start(A);
      await world.quiet();
      assert.equal(first.status, 'paused');
      world.set = { 'training.epochs': 10_000_000 };
      await world.sessions.undo(A);
      const { epoch } = first.measure!;
      await first.resume();
      await until(() => first.measure!.epoch > epoch);
      assert.equal(first.status, 'running');
    });

    it('that is undone before the run before has paused leaves that one as it was kept, not running on nothing', async () => {
      const first = await world.paused(A);
      const kept = first.record!;
      await first.resume();
      await until(() => first.status === 'running' && first.measure!.epoch > kept.measure.epoch);
      world.isReadingHeld = true;
      world.sessions.start(A);
      await until(() => world.trainer.got('load').length === 2);
      await world.sessions.undo(A);
      world.isReadingHeld = false;
      await world.quiet();
      assert.equal(first.status, 'paused');
      const { epoch } = first.measure!;
      await first.resume();
      await until(() => first.measure!.epoch > epoch);
    });

    it('that is stopped before anything is trained takes the place of no run', async () => {
      for (let k = 0; k < MOST_RUNS; k++) await world.finished(A);
      world.isReadingHeld = true;
      world.sessions.start(A).stop();
      world.isReadingHeld = false;
      await world.quiet();
      assert.equal(store.records.size, MOST_RUNS);
    });

    it('while the pictures of the run before are looked for keeps the trainer', async () => {
      await world.finished(A);
      store.pictures.clear();
      const after = await next();
      const restored = after.sessions.get(A)!;
      after.sessions.watch(new Set([restored]));
      const second = after.sessions.start(A);
      await statusIs(second, 'finished');
      assert.equal(after.trainers.length, 1);
    });

    it('leaves nothing to come back to of a run that came to nothing', async () => {
      world.isReadingHeld = true;
      world.sessions.start(A);
      await until(() => world.trainers.length > 0);
      world.isReadingHeld = false;
      const second = await world.finished(A);
      assert.equal(world.sessions.canUndo(second), false);
      assert.equal(world.sessions.previous(second), null);
    });
  });

  it('keep ten runs of a file; the oldest that is not shown leaves, and a notice says so', async () => {
    const first = await world.finished(A);
    for (let k = 1; k < MOST_RUNS; k++) await world.finished(A);
    assert.equal(store.records.size, MOST_RUNS);
    const last = await world.finished(A);
    await until(() => store.records.size === MOST_RUNS);
    assert.equal(store.records.has(first.id), false);
    assert.deepEqual(
      noticesOf(last).filter(({ code }) => code === 'runRemoved'),
      [{ code: 'runRemoved', startedAt: first.startedAt }],
    );
  });

  it('keep those with a star besides the ten, in the next window too', async () => {
    const starred = await world.finished(A);
    starred.say({ starred: true });
    await until(() => store.records.get(starred.id)?.starred === true);
    for (let k = 0; k < MOST_RUNS + 1; k++) await world.finished(A);
    await until(() => store.records.size === MOST_RUNS + 1);
    assert.ok(store.records.has(starred.id));
    const after = await next();
    await after.finished(A);
    await until(() => store.records.size === MOST_RUNS + 1);
    assert.ok(store.records.has(starred.id), 'though nobody has read it there');
  });

  it('keep the run that undo brings back, however old it is', async () => {
    const first = await world.finished(A);
    for (let k = 1; k < MOST_RUNS; k++) await world.finished(A);
    const second = [...store.records.values()].sort((a, b) => a.startedAt - b.startedAt)[1];
    // The first is shown, then the one that is started behind it.
    const { runs } = world.sessions as unknown as { runs: CurrentRuns };
    runs.of(A).runs.find(({ id }) => id === first.id)!.shownAt = world.timers.now();
    await world.sessions.undo(A);
    assert.equal(world.sessions.get(A), first);
    await world.finished(A);
    await until(() => store.records.size === MOST_RUNS);
    assert.ok(store.records.has(first.id));
    assert.equal(store.records.has(second.id), false);
  });

  it('of one file share one trainer', async () => {
    await world.finished(A);
    await world.finished(A);
    assert.equal(world.trainers.length, 1);
    await world.finished(B);
    assert.equal(world.trainers.length, 2);
  });

  it('of two files share the cores, and one has them all when the other ends', async () => {
    const a = await world.running(A);
    const [trainerOfA] = world.trainers;
    assert.equal(trainerOfA.got('load')[0].threads, 8);
    const b = await world.running(B);
    assert.equal(world.trainer.got('load')[0].threads, 4);
    await until(() => trainerOfA.got('threads').at(-1)?.threads === 4);
    b.stop();
    await statusIs(b, 'stopped');
    await until(() => trainerOfA.got('threads').at(-1)?.threads === 8);
    assert.equal(a.status, 'running');
  });

  it('use as many threads as a person has set', async () => {
    await world.running(A, { 'training.threads': 3 });
    await world.running(B, { 'training.threads': 3 });
    assert.deepEqual(
      world.trainers.flatMap((each) => each.got('load').map(({ threads }) => threads)),
      [3, 3],
    );
    assert.deepEqual(
      world.trainers.flatMap((each) => each.got('threads')),
      [],
    );
  });

  describe('on the disk', () => {
    it('a failed save is told once, and withdrawn when it works again', async () => {
      store.fails = true;
      const session = await world.paused(A);
      await session.step();
      await world.quiet();
      assert.deepEqual(
        noticesOf(session).filter(({ code }) => code === 'saveFailed'),
        [{ code: 'saveFailed', reason: 'The disk is full' }],
      );
      store.fails = false;
      session.keep();
      await until(() => !codes(session).includes('saveFailed'));
      assert.equal(store.records.get(session.id)?.measure.epoch, session.measure?.epoch);
    });

    it('what runs is kept every two seconds', async () => {
      const session = await world.running(A);
      await world.quiet();
      const { writes } = store;
      world.timers.pass(2001);
      await until(() => store.writes > writes);
      const kept = store.records.get(session.id)!;
      assert.equal(kept.status, 'running');
      await until(() => session.measure!.epoch > kept.measure.epoch);
      world.timers.pass(2001);
      await until(() => store.records.get(session.id)!.measure.epoch > kept.measure.epoch);
    });

    it('a window that closes keeps the last state of what runs', async () => {
      const session = await world.running(A);
      const before = session.measure!.epoch;
      const after = await next();
      const restored = after.sessions.get(A)!;
      assert.equal(restored.status, 'paused');
      assert.ok(restored.measure!.epoch >= before);
      assert.equal(restored.id, session.id);
    });

    it('the current run of each file is the one that was shown last, in the next window too', async () => {
      const folder = mkdtempSync(path.join(tmpdir(), 'runs-'));
      try {
        const onSetAside = () => assert.fail('A run was set aside');
        const here = new TestWorld(new RunStore(folder, onSetAside));
        await here.sessions.restore();
        worlds.push(here);
        const first = await here.finished(A);
        const second = await here.finished(A);
        const other = await here.paused(B);
        await here.sessions.undo(A);
        await here.quiet();
        await here.sessions.close();
        const after = new TestWorld(new RunStore(folder, onSetAside));
        worlds.push(after);
        await after.sessions.restore();
        assert.deepEqual(after.sessions.all.map(({ id }) => id).sort(), [first.id, other.id].sort());
        const restored = after.sessions.get(A)!;
        assert.equal(restored.id, first.id);
        assert.deepEqual(restored.record, { ...first.record, shownAt: restored.record!.shownAt });
        assert.deepEqual(after.sessions.get(B)!.parameters, other.parameters);
        await after.sessions.undo(A);
        assert.equal(after.sessions.get(A)?.id, second.id);
        await after.sessions.close();
      } finally {
        rmSync(folder, { recursive: true });
      }
    });

    it('the run before is current where the newest ones cannot be read, which are set aside', async () => {
      const folder = mkdtempSync(path.join(tmpdir(), 'runs-'));
      try {
        const here = new TestWorld(new RunStore(folder, () => assert.fail('A run was set aside')));
        worlds.push(here);
        const first = await here.finished(A);
        const second = await here.finished(A);
        const third = await here.finished(A);
        await here.sessions.close();
        for (const { id } of [second, third]) writeFileSync(path.join(folder, `${id}.run.json`), 'no run');
        const after: TestWorld = new TestWorld(
          new RunStore(folder, (aside) => after.sessions.notify(aside.uri!, { code: 'setAside', ...aside })),
        );
        worlds.push(after);
        await after.sessions.restore();
        const restored = after.sessions.get(A)!;
        assert.equal(restored.id, first.id);
        assert.equal(after.sessions.active?.id, first.id);
        assert.deepEqual(after.sessions.runsOf(A), [first.id]);
        assert.deepEqual(
          noticesOf(restored).map(({ code }) => code),
          ['setAside', 'setAside'],
          'the Lens of the file says it, though none of its runs was there yet',
        );
        await after.sessions.close();
      } finally {
        rmSync(folder, { recursive: true });
      }
    });

    it('undo passes over a run that cannot be read', async () => {
      const folder = mkdtempSync(path.join(tmpdir(), 'runs-'));
      try {
        const here = new TestWorld(new RunStore(folder, () => assert.fail('A run was set aside')));
        worlds.push(here);
        const [first, second] = [await here.finished(A), await here.finished(A)];
        await here.finished(A);
        await here.sessions.close();
        const after = new TestWorld(new RunStore(folder, () => undefined));
        worlds.push(after);
        await after.sessions.restore();
        writeFileSync(path.join(folder, `${second.id}.run.json`), 'no run');
        await after.sessions.undo(A);
        assert.equal(after.sessions.get(A)?.id, first.id);
        await after.sessions.close();
      } finally {
        rmSync(folder, { recursive: true });
      }
    });

    it('a run that was started before the others are known stays current', async () => {
      const first = await world.finished(A);
      await world.sessions.close();
      const after = new TestWorld(store);
      worlds.push(after);
      const started = after.sessions.start(A);
      await after.sessions.restore();
      assert.equal(after.sessions.get(A), started);
      await statusIs(started, 'finished');
      await after.sessions.undo(A);
      assert.equal(after.sessions.get(A)?.id, first.id);
    });

    it('a store that does not open keeps nobody from training', async () => {
      const broken = new MemoryStore();
      broken.open = () => Promise.reject(new Error('No folder'));
      const here = new TestWorld(broken);
      worlds.push(here);
      await here.sessions.restore();
      assert.equal(here.failures.length, 1);
      assert.equal((await here.finished(A)).status, 'finished');
    });
  });

  describe('of a file that is renamed', () => {
    it('go with it, those that nobody has looked at too', async () => {
      const first = await world.finished(A);
      const second = await world.finished(A);
      const after = await next();
      await after.sessions.renamed(A, B);
      await until(() => [...store.records.values()].every(({ uri }) => uri === B));
      assert.equal(after.sessions.get(A), undefined);
      assert.equal(after.sessions.get(B)?.id, second.id);
      const later = await next(after);
      assert.equal(later.sessions.get(B)?.id, second.id);
      await later.sessions.undo(B);
      assert.equal(later.sessions.get(B)?.id, first.id);
    });

    it('over another one are the current ones there, and the runs of the other one are older ones', async () => {
      const before = await world.finished(A);
      const renamed = await world.finished(A);
      const other = await world.finished(B);
      const shown: string[] = [];
      world.sessions.onDidChange(({ session, change }) => {
        if (change === 'current') shown.push(session.id);
      });
      await world.sessions.renamed(A, B);
      assert.equal(world.sessions.get(A), undefined);
      assert.equal(world.sessions.get(B), renamed);
      assert.equal(world.sessions.active, renamed);
      assert.deepEqual(shown, [renamed.id]);
      assert.deepEqual(world.sessions.runsOf(B), [before.id, renamed.id, other.id]);
      assert.equal(world.sessions.previous(renamed), other);
      const after = await next();
      assert.equal(after.sessions.get(A), undefined);
      assert.equal(after.sessions.get(B)?.id, renamed.id);
      assert.deepEqual(after.sessions.runsOf(B), [before.id, renamed.id, other.id]);
    });

    it('over one that is trained on pauses that training, which can be brought back, and goes on', async () => {
      const other = await world.running(B);
      const renamed = await world.running(A);
      await world.sessions.renamed(A, B);
      await statusIs(other, 'paused');
      await world.quiet();
      assert.equal(store.records.get(other.id)?.measure.epoch, other.measure!.epoch);
      const { epoch } = renamed.measure!;
      await until(() => renamed.measure!.epoch > epoch);
      assert.equal(renamed.status, 'running');
      await world.sessions.undo(B);
      assert.equal(world.sessions.get(B), other);
      await statusIs(renamed, 'paused');
      const rested = other.measure!.epoch;
      await other.resume();
      await until(() => other.measure!.epoch > rested);
      world.sessions.dispose();
      assert.deepEqual(
        world.trainers.map(({ disposed }) => disposed),
        [true, true],
      );
    });

    it('before the runs of earlier windows are known go with it as well', async () => {
      const first = await world.finished(A);
      await world.sessions.close();
      const after = new TestWorld(store);
      worlds.push(after);
      await after.sessions.renamed(A, B);
      assert.equal(after.sessions.get(A), undefined);
      assert.equal(after.sessions.get(B)?.id, first.id);
    });

    it('keep their trainer and go on', async () => {
      const session = await world.running(A);
      await world.sessions.renamed(A, B);
      assert.equal(session.uri, B);
      const { epoch } = session.measure!;
      await until(() => session.measure!.epoch > epoch);
      const second = await world.finished(B);
      assert.equal(world.trainers.length, 1);
      assert.equal(world.sessions.previous(second), session);
    });
  });
});
