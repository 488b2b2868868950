import assert from 'node:assert/strict';
import type { Status } from '../../src/protocol/trainer';
import { noticesOf } from '../../src/session/notice';
import type { Session } from '../../src/session/session';
import { IDLE_MS } from '../../src/session/trainers';
import { noticeText, shownMarks } from '../../src/host/trainingText';
import { can, transitions, type Command } from '../../src/session/transitions';
import { hashOf, MemoryStore, statusIs, TestWorld, until } from './sessionWorld';

const FILE = 'file:///a.csv';
const bytes = (text: string) => new TextEncoder().encode(text);
const codes = (session: Session) => noticesOf(session).map(({ code }) => code);

describe('a session', () => {
  let world: TestWorld;
  const worlds: TestWorld[] = [];
  const next = async () => {
    const after = await world.another();
    worlds.push(after);
    return after;
  };
  beforeEach(() => {
    world = new TestWorld();
    worlds.push(world);
  });
  afterEach(() => {
    worlds.splice(0).forEach(({ sessions }) => {
      sessions.dispose();
    });
  });

  describe('whose training goes back to its best epoch', () => {
    /** The labels of the test part say nothing: it gets worse soon. */
    const rows = Array.from(
      { length: 60 },
      (_, i) => `${(i * 37) % 41},${(i * 17) % 29},${(i * i) % 3 > 0 ? 1 : 0}`,
    );
    const set = { 'training.testFraction': 0.3, 'training.epochs': 1, 'training.earlyStopping.patience': 3 };

    it('has no point of the curve behind that epoch, and new ones without a gap once it goes on', async () => {
      world.tables.set(FILE, bytes(`a,b,label\n${rows.join('\n')}\n`));
      const session = await world.finished(FILE, set);
      const curveIsWhole = () =>
        assert.deepEqual(
          session.points.map(({ epoch }) => epoch),
          Array.from({ length: session.measure!.epoch + 1 }, (_, k) => k),
        );
      // Epoch by epoch, so that the points are known that are taken back.
      const stepped = async () => {
        const { epoch } = session.measure!;
        await session.step();
        await until(() => session.measure!.epoch !== epoch);
        curveIsWhole();
        return session.measure!.epoch - epoch;
      };
      while ((await stepped()) > 0) assert.ok(session.measure!.epoch < 5000);
      assert.equal(await stepped(), 1);
      assert.equal(await stepped(), 1);
    });
  });

  describe('does by its status what a person may ask of it', () => {
    const commands: Command[] = ['pause', 'resume', 'step', 'stop', 'continue', 'skipToEnd'];
    const table: Record<Status, Command[]> = {
      loading: ['stop', 'skipToEnd'],
      running: ['pause', 'stop', 'skipToEnd'],
      paused: ['resume', 'step', 'stop'],
      finished: ['step', 'continue'],
      stopped: ['step', 'continue'],
      diverged: ['step', 'continue'],
      failed: [],
    };
    for (const [status, allowed] of Object.entries(table) as [Status, Command[]][])
      it(`${status}: ${allowed.join(', ') || 'nothing'}`, () => {
        assert.deepEqual(
          commands.filter((command) => can(status, command)),
          allowed,
        );
      });

    it('and where the training comes to is what the table says', async () => {
      const session = await world.paused(FILE);
      await session.resume();
      await statusIs(session, transitions.paused.resume!);
      session.pause();
      await statusIs(session, transitions.running.pause!);
      const epoch = session.measure!.epoch;
      await session.step();
      await until(() => session.measure!.epoch === epoch + 1);
      assert.equal(session.status, transitions.paused.step);
      session.stop();
      await statusIs(session, transitions.paused.stop!);
      await session.step();
      await statusIs(session, transitions.stopped.step!);
    });

    it('skips to the end only where a pace holds it back', async () => {
      const session = await world.running(FILE, { 'view.epochsPerSecond': 20 });
      assert.equal(session.can('skipToEnd'), false);
      session.watch(true);
      assert.equal(session.can('skipToEnd'), true);
      session.skipToEnd();
      assert.equal(session.can('skipToEnd'), false);
      assert.equal(world.trainer.got('pace').at(-1)?.pace.epochsPerSecond, 0);
    });

    it('a command that cannot act is not sent', async () => {
      const session = await world.finished(FILE);
      const before = world.trainer.posted.length;
      session.pause();
      session.stop();
      await session.resume();
      await world.quiet();
      assert.equal(world.trainer.posted.length, before);
    });
  });

  describe('whose buttons are clicked again and again', () => {
    it('goes on once, however often it is told while its file is read', async () => {
      await world.finished(FILE);
      const after = await next();
      const restored = after.sessions.get(FILE)!;
      after.isReadingHeld = true;
      for (let click = 0; click < 8; click++) void restored.continue();
      assert.equal(restored.can('continue'), false);
      await until(() => after.trainers.length > 0);
      void restored.continue();
      assert.ok(restored.can('stop'));
      after.isReadingHeld = false;
      await until(() => restored.measure!.epoch === 80 && restored.status === 'finished');
      await after.quiet();
      assert.equal(restored.measure!.epoch, 80);
      assert.equal(after.trainer.got('continue').length, 1);
      assert.ok(restored.can('continue'), 'when that is done, again');
    });

    it('trains one epoch for clicks on Step that come before it is done, and then the next', async () => {
      const session = await world.paused(FILE);
      const { epoch } = session.measure!;
      void session.step();
      void session.step();
      await until(() => session.measure!.epoch > epoch);
      await world.quiet();
      assert.equal(session.measure!.epoch, epoch + 1);
      void session.step();
      await until(() => session.measure!.epoch === epoch + 2);
    });

    it('can be told to step again where a step diverges', async () => {
      const session = await world.paused(FILE, {
        'model.hiddenActivation': 'linear',
        'model.output': 'linear',
      });
      world.edit({ 'training.learningRate': 1e8 });
      await session.resume();
      await statusIs(session, 'diverged');
      await session.step();
      await until(() => session.can('step'));
      assert.equal(session.status, 'diverged');
    });

    it('does not skip to an end while it rests', async () => {
      const session = await world.paused(FILE, { 'view.epochsPerSecond': 20 });
      session.watch(true);
      session.skipToEnd();
      assert.ok(session.paced);
    });
  });

  describe('that is finished', () => {
    it('is not touched by edited settings: its record stays the same object, without a mark', async () => {
      const session = await world.finished(FILE);
      const { record } = session;
      const writes = (world.store as MemoryStore).writes;
      world.edit({ 'training.learningRate': 0.01, 'training.epochs': 500, 'training.batchSize': 2 });
      await world.quiet();
      assert.ok(record);
      assert.equal(session.record, record);
      assert.equal(session.settings['training.learningRate'], 0.5);
      assert.deepEqual(session.marks, []);
      assert.equal(session.status, 'finished');
      assert.deepEqual(world.trainer.got('apply'), []);
      assert.equal((world.store as MemoryStore).writes, writes);
    });

    it('takes the edited settings once it goes on, with a mark', async () => {
      const session = await world.finished(FILE);
      world.edit({ 'training.learningRate': 0.01, 'training.epochs': 7 });
      assert.equal(session.continueEpochs, 7);
      await session.continue();
      await until(() => session.status === 'finished' && session.measure?.epoch === 47);
      assert.equal(session.settings['training.learningRate'], 0.01);
      assert.ok(session.marks.some((mark) => mark.kind === 'edit' && mark.epoch === 40));
    });

    it('keeps the epoch that a step adds', async () => {
      const session = await world.finished(FILE);
      await session.step();
      await until(() => session.record?.measure.epoch === 41);
      assert.equal(session.status, 'finished');
    });
  });

  describe('whose settings are edited', () => {
    it('while it runs, marks the epoch from which they act', async () => {
      const session = await world.running(FILE);
      world.edit({ 'training.learningRate': 0.25 });
      await until(() => session.marks.length > 0);
      const [mark] = session.marks;
      assert.ok(mark.kind === 'edit');
      assert.deepEqual(mark.changes, [{ key: 'training.learningRate', before: 0.5, after: 0.25 }]);
      assert.equal(session.settings['training.learningRate'], 0.25);
      assert.equal(session.status, 'running');
    });

    it('while it is paused, marks its epoch, and keeps the mark', async () => {
      const session = await world.paused(FILE);
      world.edit({ 'training.l2': 0.1 });
      await until(() => session.record?.marks.length === 1);
      const [mark] = session.record!.marks;
      assert.equal(mark.epoch, session.measure!.epoch);
      assert.equal(session.record!.settings['training.l2'], 0.1);
    });

    it('says which of them wait for a restart, and leaves them alone', async () => {
      const session = await world.paused(FILE);
      world.edit({ 'model.hiddenLayers': [7] });
      await world.quiet();
      assert.deepEqual(session.pending, ['model.hiddenLayers']);
      assert.deepEqual(session.settings['model.hiddenLayers'], [3]);
      assert.deepEqual(session.marks, []);
    });

    it('after its end waits for it to go on, says so, and acts then', async () => {
      const session = await world.paused(FILE);
      world.edit({ 'training.l2': 0.1 });
      await until(() => session.settings['training.l2'] === 0.1);
      assert.deepEqual(session.waiting, [], 'it acts on a training that is paused');
      session.stop();
      await until(() => session.status === 'stopped');
      world.edit({ 'training.l2': 0.2 });
      assert.deepEqual(session.waiting, ['training.l2']);
      assert.deepEqual(session.pending, []);
      await session.continue();
      await until(() => session.settings['training.l2'] === 0.2);
      assert.deepEqual(session.waiting, []);
    });

    it('to the target that it found itself, has nothing to restart for; to another one it has', async () => {
      const session = await world.paused(FILE);
      assert.equal(session.settings['data.target'], '');
      assert.equal(session.targetName, 'xor');
      world.edit({ 'data.target': 'xor' });
      assert.deepEqual(session.pending, []);
      world.edit({ 'data.target': 'x1' });
      assert.deepEqual(session.pending, ['data.target']);
      const restored = (await next()).sessions.get(FILE)!;
      assert.deepEqual(restored.pending, ['data.target']);
    });

    it('to fewer epochs than are done asks and goes on; "end" stops it where it is', async () => {
      const session = await world.running(FILE);
      await until(() => session.measure!.epoch > 5);
      world.edit({ 'training.epochs': 5 });
      assert.deepEqual(session.question, { code: 'fewerEpochs', epochs: 5 });
      const { epoch } = session.measure!;
      await until(() => session.measure!.epoch > epoch);
      assert.equal(session.status, 'running');
      session.answer('end');
      await statusIs(session, 'stopped');
      assert.equal(session.question, null);
    });

    it('to epochs that it has passed before it hears of them asks as well, and ends nothing', async () => {
      const session = await world.running(FILE);
      for (let k = 0; k < 5; k++) {
        const before = session.measure!.epoch;
        await until(() => session.measure!.epoch > before);
        const epochs = session.measure!.epoch + 1;
        world.edit({ 'training.epochs': epochs });
        await until(() => session.question !== null || session.status !== 'running');
        assert.deepEqual([session.status, session.question], ['running', { code: 'fewerEpochs', epochs }]);
        world.edit({ 'training.epochs': 10_000_000 });
        assert.equal(session.question, null);
      }
    });

    it('keeps asking while another setting is edited', async () => {
      const session = await world.running(FILE);
      await until(() => session.measure!.epoch > 5);
      world.edit({ 'training.epochs': 5 });
      world.edit({ 'training.learningRate': 0.25 });
      await until(() => session.marks.length > 0);
      const { epoch } = session.measure!;
      await until(() => session.measure!.epoch > epoch);
      assert.deepEqual(session.question, { code: 'fewerEpochs', epochs: 5 });
      assert.deepEqual([session.status, session.epochs], ['running', 10_000_000]);
    });

    it('to fewer epochs than are done asks while it is paused too, and resumes to the old end until then', async () => {
      const session = await world.running(FILE);
      await until(() => session.measure!.epoch > 5);
      session.pause();
      await statusIs(session, 'paused');
      world.edit({ 'training.epochs': 5 });
      assert.deepEqual(session.question, { code: 'fewerEpochs', epochs: 5 });
      await session.resume();
      await statusIs(session, 'running');
      assert.equal(session.epochs, 10_000_000);
    });

    it('is asked once: what a person said no to comes back with no other edit, and no pause', async () => {
      const session = await world.running(FILE);
      await until(() => session.measure!.epoch > 5);
      world.edit({ 'training.epochs': 5 });
      session.answer('goOn');
      world.edit({ 'training.learningRate': 0.25 });
      await until(() => session.marks.length > 0);
      assert.equal(session.question, null);
      session.pause();
      await statusIs(session, 'paused');
      await session.resume();
      await statusIs(session, 'running');
      assert.equal(session.epochs, 10_000_000);
    });

    it('is asked nothing about epochs that Continue has added', async () => {
      // So large that it is seen on its way.
      const session = await world.finished(FILE, {
        'model.hiddenLayers': [512, 512],
        'training.epochs': 500,
      });
      await session.continue();
      await until(() => session.status === 'running' && session.measure!.epoch > 500);
      world.edit({ 'training.learningRate': 0.25 });
      assert.equal(session.question, null);
    });

    it('by a handle that is held, trains with each of its values, and that is one edit to a person', async () => {
      const session = await world.running(FILE);
      for (const rate of [0.4, 0.25, 0.125]) {
        session.try('training.learningRate', rate);
        await until(() => session.learningRate === rate);
      }
      world.edit({ 'training.learningRate': 0.125 });
      session.try('training.l2', 0.5);
      await until(() => session.settings['training.l2'] === 0.5);
      world.edit({ 'training.l2': 0.5 });
      await world.quiet();
      assert.equal(session.marks.length, 4, 'each is kept, to be replayed');
      assert.deepEqual(
        shownMarks(session.marks, session.network).map(({ text }) => text),
        ['learning rate 0.5 → 0.125', 'l2 0 → 0.5'],
      );
      const restored = (await next()).sessions.get(FILE)!;
      assert.deepEqual(
        shownMarks(restored.marks, restored.network),
        shownMarks(session.marks, session.network),
      );
    });

    it('by a handle that is let go without a write, is what the settings say', async () => {
      const session = await world.running(FILE, { 'training.learningRate': 1 });
      session.try('training.learningRate', 0.5);
      await until(() => session.learningRate === 0.5);
      session.apply(world.given());
      await until(() => session.learningRate === 1);
    });

    it('goes back to the default where a setting is taken away again', async () => {
      const session = await world.running(FILE);
      const { learningRate: before } = session;
      world.edit({ 'training.learningRate': 0.125 });
      await until(() => session.learningRate === 0.125);
      const { 'training.learningRate': _gone, ...others } = world.set;
      world.set = others;
      session.apply(world.given());
      await until(() => session.learningRate === before);
      await world.quiet();
      assert.deepEqual(
        shownMarks(session.marks, session.network).map(({ text }) => text),
        ['learning rate 0.5 → 0.125', 'learning rate 0.125 → 0.5'],
        'the edit that is taken back stays in the history',
      );
    });

    it('is paced by a handle at once, also where it was told to skip to the end', async () => {
      const session = await world.running(FILE, { 'view.epochsPerSecond': 20 });
      const pace = () => world.trainer.got('pace').at(-1)?.pace.epochsPerSecond;
      session.watch(true);
      session.skipToEnd();
      assert.equal(pace(), 0);
      world.edit({ 'view.epochsPerSecond': 5 });
      assert.equal(pace(), 5);
      session.try('view.epochsPerSecond', 7);
      assert.equal(pace(), 7);
    });

    it('before its file is read, trains with the edit', async () => {
      const held = world.holdSources();
      const session = world.sessions.start(FILE);
      world.edit({ 'training.learningRate': 0.125 });
      held.forEach((release) => release());
      await statusIs(session, 'finished');
      assert.equal(session.settings['training.learningRate'], 0.125);
      assert.equal(session.learningRate, 0.125);
    });

    it('to fewer epochs than are done goes on to the old end when a person says so', async () => {
      const session = await world.running(FILE);
      await until(() => session.measure!.epoch > 5);
      world.edit({ 'training.epochs': 5 });
      session.answer('goOn');
      assert.equal(session.question, null);
      const { epoch } = session.measure!;
      await until(() => session.measure!.epoch > epoch);
      assert.equal(session.status, 'running');
      assert.equal(session.epochs, 10_000_000);
    });

    it('does not take a default that has changed for an edit', async () => {
      const session = await world.paused(FILE);
      const after = await next();
      after.base = { ...after.base, 'training.learningRate': 0.01, 'model.hiddenLayers': [9] };
      const restored = after.sessions.get(FILE)!;
      restored.apply(after.given());
      assert.deepEqual(restored.pending, []);
      const { epoch } = session.measure!;
      await restored.resume();
      await until(() => restored.measure!.epoch > epoch);
      assert.deepEqual(restored.marks, []);
      assert.equal(restored.settings['training.learningRate'], 0.5);
    });
  });

  describe('of an earlier window', () => {
    it('is paused where it was, and loads nothing until it goes on', async () => {
      const session = await world.paused(FILE);
      const after = await next();
      const restored = after.sessions.get(FILE)!;
      assert.equal(restored.status, 'paused');
      assert.deepEqual(restored.measure, session.measure);
      assert.deepEqual(restored.parameters, session.parameters);
      assert.deepEqual(after.trainers, []);
      assert.ok(restored.canGoOn);
    });

    it('is what it was when it is looked at and its file cannot be read', async () => {
      await world.finished(FILE);
      (world.store as MemoryStore).pictures.clear();
      const after = await next();
      after.source = () => Promise.reject(new Error('No such file'));
      const restored = after.sessions.get(FILE)!;
      after.sessions.watch(new Set([restored]));
      await until(() => after.failures.length > 0);
      assert.equal(restored.status, 'finished');
      assert.ok(restored.record);
      assert.ok(restored.canGoOn);
    });

    it('shows how much of its file has been read when it is looked at, and can be stopped until then', async () => {
      await world.finished(FILE);
      (world.store as MemoryStore).pictures.clear();
      const after = await next();
      after.isReadingHeld = true;
      const restored = after.sessions.get(FILE)!;
      const { record } = restored;
      assert.ok(!restored.can('stop'), 'nothing is done that could be stopped');
      const seen: (number | null)[] = [];
      restored.onDidChange((change) => {
        if (change === 'reading') seen.push(restored.reading);
      });
      after.sessions.watch(new Set([restored]));
      await until(() => after.trainers.length > 0 && after.trainer.got('load').length > 0);
      for (const share of [0.25, 0.75]) after.trainer.hasRead(share);
      assert.deepEqual(seen, [0, 0.25, 0.75]);
      assert.equal(restored.status, 'finished');
      assert.ok(restored.can('stop'));
      restored.stop();
      assert.equal(restored.reading, null);
      assert.ok(after.trainer.disposed);
      assert.deepEqual([restored.status, restored.record], ['finished', record]);
      assert.ok(!restored.can('stop'));
    });

    const whatBecame = ['finished kept', 'finished lost', 'paused kept', 'paused lost'] as const;
    for (const each of whatBecame) {
      const [status, pictures] = each.split(' ') as ['finished' | 'paused', 'kept' | 'lost'];
      it(`says that its file is another one since the last window: ${status}, its pictures ${pictures}`, async () => {
        await world[status](FILE);
        if (pictures === 'lost') (world.store as MemoryStore).pictures.clear();
        const after = await next();
        after.tables.set(FILE, bytes('x1,x2,xor\n0,0,1\n0,1,0\n1,0,0\n1,1,1\n'));
        const restored = after.sessions.get(FILE)!;
        const { measure, parameters } = restored;
        after.sessions.watch(new Set([restored]));
        await until(() => restored.file === 'changed');
        assert.ok(codes(restored).includes('fileChanged'));
        assert.equal(restored.status, status);
        assert.deepEqual([restored.measure, restored.parameters], [measure, parameters]);
        assert.deepEqual(after.failures, []);
      });
    }

    it('says that its file is another one, and cannot go on', async () => {
      await world.paused(FILE);
      (world.store as MemoryStore).pictures.clear();
      const after = await next();
      after.tables.set(FILE, bytes('x1,x2,xor\n0,0,1\n0,1,0\n1,0,0\n1,1,1\n'));
      const restored = after.sessions.get(FILE)!;
      after.sessions.watch(new Set([restored]));
      await until(() => restored.file === 'changed');
      assert.equal(restored.status, 'paused');
      assert.equal(restored.reading, null);
      assert.ok(codes(restored).includes('fileChanged'));
      assert.equal(restored.canGoOn, false);
      assert.equal(restored.can('resume'), false);
    });

    it('can go on again when its file is what it was', async () => {
      await world.paused(FILE);
      const after = await next();
      const restored = after.sessions.get(FILE)!;
      after.sessions.fileIs(FILE, null);
      assert.deepEqual(codes(restored), ['fileDeleted']);
      assert.equal(restored.canGoOn, false);
      after.sessions.fileIs(FILE, restored.fileHash);
      assert.deepEqual(codes(restored), []);
      assert.ok(restored.canGoOn);
    });

    it('says that the engine is another one, and cannot go on', async () => {
      await world.paused(FILE);
      const after = await next();
      after.engine = 'arithmetic 2';
      const restored = after.sessions.get(FILE)!;
      assert.deepEqual(noticesOf(restored), [
        { code: 'otherEngine', engine: 'arithmetic 1', present: 'arithmetic 2' },
      ]);
      assert.equal(
        noticeText(noticesOf(restored)[0]),
        'Trained with the engine arithmetic 1; the present one, arithmetic 2, computes differently. Train Again to go on.',
      );
      assert.equal(restored.canGoOn, false);
      for (const command of ['resume', 'step'] as const) assert.equal(restored.can(command), false, command);
      await restored.resume();
      await after.quiet();
      assert.deepEqual(after.trainers, []);
      assert.equal(restored.status, 'paused');
    });

    it('says that its table would be read otherwise, stays what it was, and cannot go on', async () => {
      await world.paused(FILE);
      const store = world.store as MemoryStore;
      const after = await next();
      // As an earlier version may have read it: a column is called otherwise.
      for (const [id, record] of store.records) {
        const text = JSON.stringify(record.transform).replaceAll('"x1"', '"x 1"');
        store.records.set(id, { ...record, transform: JSON.parse(text) as typeof record.transform });
      }
      const restored = (await after.another()).sessions.get(FILE)!;
      const { measure, parameters } = restored;
      await restored.resume();
      await until(() => codes(restored).includes('otherReading'));
      assert.equal(restored.status, 'paused');
      assert.equal(restored.canGoOn, false);
      assert.deepEqual([restored.measure, restored.parameters], [measure, parameters]);
    });

    it('takes its pictures as they were kept, without reading the file', async () => {
      await world.finished(FILE);
      const after = await next();
      const restored = after.sessions.get(FILE)!;
      after.sessions.watch(new Set([restored]));
      await until(() => restored.sample !== null);
      assert.deepEqual(after.trainers, []);
    });
  });

  describe('that is stopped while its file is read', () => {
    it('is cancelled, and its trainer ended', async () => {
      world.isReadingHeld = true;
      const session = world.sessions.start(FILE);
      await until(() => world.trainers.length > 0);
      assert.ok(session.can('stop'));
      session.stop();
      assert.ok(session.cancelled);
      assert.equal(session.reading, null);
      assert.ok(world.trainer.disposed);
    });

    it('and goes on at once reads it once, and does once what it was told last', async () => {
      const before = await world.paused(FILE);
      const after = await next();
      const restored = after.sessions.get(FILE)!;
      const held = after.holdSources();
      const resumed = restored.resume();
      restored.stop();
      const stepped = restored.step();
      assert.equal(held.length, 2);
      held.forEach((release) => release());
      await Promise.all([resumed, stepped]);
      await until(() => restored.measure!.epoch === before.measure!.epoch + 1);
      await after.quiet();
      assert.equal(after.trainers.length, 1);
      assert.equal(after.trainer.got('load').length, 1);
      assert.equal(after.trainer.got('resume').length, 0);
      assert.equal(restored.status, 'paused');
    });

    it('is nothing that its file could fail it for later', async () => {
      const held = world.holdSources();
      const session = world.sessions.start(FILE);
      session.stop();
      held.forEach((release) => release(new Error('No such file')));
      await world.quiet();
      assert.ok(session.cancelled);
      assert.deepEqual(world.failures, []);
    });

    it('before there is a trainer, never gets one', async () => {
      const session = world.sessions.start(FILE);
      session.stop();
      await world.quiet();
      assert.ok(session.cancelled);
      assert.deepEqual(world.trainers, []);
    });
  });

  describe('whose file is renamed while it is read', () => {
    it('reads it under its new name, and trains', async () => {
      const asked: string[] = [];
      const { source } = world;
      world.source = (uri) => {
        asked.push(uri);
        return source.call(world, uri);
      };
      world.isReadingHeld = true;
      const session = world.sessions.start(FILE);
      await until(() => world.trainers.length > 0);
      await world.sessions.renamed(FILE, 'file:///renamed.csv');
      world.isReadingHeld = false;
      await statusIs(session, 'finished');
      assert.deepEqual(asked, [FILE, 'file:///renamed.csv']);
      assert.equal(session.failure, null);
    });

    it('goes on from where it was, once', async () => {
      await world.finished(FILE);
      const after = await next();
      const restored = after.sessions.get(FILE)!;
      const held = after.holdSources();
      void restored.continue();
      await after.sessions.renamed(FILE, 'file:///renamed.csv');
      assert.equal(held.length, 2);
      held.forEach((release) => release());
      await until(() => restored.measure!.epoch === 80 && restored.status === 'finished');
      await after.quiet();
      assert.equal(after.trainers.length, 1);
      assert.equal(after.trainer.got('continue').length, 1);
    });
  });

  describe('whose trainer dies', () => {
    it('is back at its last kept state, and goes on from there to the same bits', async () => {
      const session = await world.paused(FILE, { 'training.optimizer': 'adam' });
      await session.resume();
      const kept = session.record!;
      await until(() => session.status === 'running' && session.measure!.epoch > kept.measure.epoch);
      world.trainer.die();
      assert.equal(session.status, 'paused');
      assert.deepEqual(session.measure, kept.measure);
      assert.deepEqual(session.parameters, kept.parameters);
      assert.deepEqual(session.points, kept.points);
      assert.ok(session.failure);
      assert.ok(session.canGoOn);
      world.edit({ 'training.epochs': kept.measure.epoch + 30 });
      await session.resume();
      await statusIs(session, 'finished');
      const whole = await world.finished('file:///whole.csv', {
        'training.optimizer': 'adam',
        'training.epochs': kept.measure.epoch + 30,
      });
      assert.deepEqual(session.parameters, whole.parameters);
    });

    it('has failed if there was nothing to keep', async () => {
      world.isReadingHeld = true;
      const session = world.sessions.start(FILE);
      await until(() => world.trainers.length > 0);
      world.trainer.die();
      assert.equal(session.status, 'failed');
      assert.equal(session.canGoOn, false);
      assert.equal(world.failures.length, 1);
    });

    it('starts another one when it is done, and told to go on', async () => {
      const session = await world.finished(FILE);
      world.trainer.die();
      assert.equal(session.status, 'finished');
      await session.continue();
      await until(() => session.status === 'finished' && session.measure?.epoch === 80);
      assert.equal(world.trainers.length, 2);
      assert.equal(session.failure, null);
    });
  });

  describe('that rests', () => {
    it('lets its trainer go after a while, and goes on later to the same bits', async () => {
      const set = { 'training.optimizer': 'adam', 'training.epochs': 20 } as const;
      const session = await world.finished(FILE, set);
      world.timers.pass(IDLE_MS - 1000);
      assert.equal(world.trainer.disposed, false);
      world.timers.pass(2000);
      assert.ok(world.trainer.disposed);
      assert.equal(session.status, 'finished');
      await session.continue();
      await until(() => session.measure?.epoch === 40 && session.status === 'finished');
      assert.equal(world.trainers.length, 2);
      const whole = await world.finished('file:///whole.csv', set);
      await whole.continue();
      await until(() => whole.measure?.epoch === 40 && whole.status === 'finished');
      assert.deepEqual(session.parameters, whole.parameters);
    });

    it('goes on to the same bits behind a step, too', async () => {
      const set = { 'training.optimizer': 'adam', 'training.epochs': 60 } as const;
      const session = await world.finished(FILE, { ...set, 'training.epochs': 20 });
      await session.step();
      await until(() => session.measure?.epoch === 21);
      await world.quiet();
      world.timers.pass(IDLE_MS + 1000);
      world.edit({ 'training.epochs': 39 });
      await session.continue();
      await until(() => session.measure?.epoch === 60);
      const whole = await world.finished('file:///whole.csv', set);
      assert.deepEqual(session.parameters, whole.parameters);
    });

    it('keeps its trainer while it runs', async () => {
      await world.running(FILE);
      world.timers.pass(10 * IDLE_MS);
      assert.equal(world.trainer.disposed, false);
    });

    it('keeps its trainer, and the data with it, while a Lens shows it', async () => {
      const session = await world.finished(FILE);
      session.watch(true);
      world.timers.pass(10 * IDLE_MS);
      assert.equal(world.trainer.disposed, false);
      session.watch(false);
      world.timers.pass(IDLE_MS + 1000);
      assert.ok(world.trainer.disposed);
    });

    it('because its table cannot be trained on lets its trainer go, too', async () => {
      world.tables.set(FILE, bytes('a\n1\n'));
      const session = world.sessions.start(FILE);
      await statusIs(session, 'failed');
      world.timers.pass(IDLE_MS + 1000);
      assert.ok(world.trainer.disposed);
    });
  });

  it('knows the bytes it was trained on', async () => {
    const table = bytes('a,b\n1,0\n2,1\n3,0\n4,1\n');
    world.tables.set(FILE, table);
    const session = await world.finished(FILE);
    assert.equal(session.fileHash, hashOf(table));
    assert.equal(session.record?.hash, hashOf(table));
  });
});
