import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { failureOf, type Failure } from '../../src/data/failure';
import { textOf } from '../../src/host/text';
import type { FromTrainer, OfTrainer, ToTrainer } from '../../src/protocol/trainer';

import type { Channel } from '../../src/threads/channel';
import {
  NEXT_SPARE_MS,
  openTrainer,
  SPARE_MS,
  TrainerStarter,
  type StarterWorld,
  type TrainerKind,
} from '../../src/threads/trainerStarter';
import { FakeTimers, until } from './sessionWorld';
import { course } from './course';

/** A trainer that says what a test lets it say. */
class Told implements Channel<ToTrainer> {
  readonly posted: ToTrainer[] = [];
  disposed = false;
  constructor(
    readonly kind: TrainerKind,
    readonly say: (message: FromTrainer | OfTrainer) => void,
    readonly fail: (failure: Failure) => void,
  ) {}
  post(message: ToTrainer): void {
    this.posted.push(message);
  }
  dispose(): void {
    this.disposed = true;
  }
  ready(): void {
    this.say({ type: 'ready', pid: 1 });
  }
  die(text = 'broken'): void {
    this.fail(failureOf(new Error(text)));
  }
}

class World implements StarterWorld {
  readonly timers = new FakeTimers();
  readonly opened: Told[] = [];
  readonly logged: string[] = [];
  readonly kinds: TrainerKind[] = [];
  readonly starter = new TrainerStarter(this);
  readonly heard: FromTrainer[] = [];
  readonly failures: Failure[] = [];

  open(kind: TrainerKind, say: Told['say'], fail: Told['fail']): Told {
    const trainer = new Told(kind, say, fail);
    this.opened.push(trainer);
    return trainer;
  }
  after(ms: number, task: () => void) {
    return this.timers.after(ms, task);
  }
  log(text: string): void {
    this.logged.push(text);
  }
  onKind(kind: TrainerKind): void {
    this.kinds.push(kind);
  }
  start(): Channel<ToTrainer> {
    return this.starter.start(
      (message) => this.heard.push(message),
      (failure) => this.failures.push(failure),
    );
  }
  get last(): Told {
    return this.opened.at(-1)!;
  }
}

describe('what a trainer runs in', () => {
  it('is a process with flags, told what it is to do once it is ready', () => {
    const world = new World();
    const trainer = world.start();
    trainer.post({ type: 'resume' });
    assert.equal(world.last.kind, 'process with flags');
    assert.deepEqual(world.last.posted, []);
    world.last.ready();
    trainer.post({ type: 'pause' });
    assert.deepEqual(world.last.posted, [{ type: 'resume' }, { type: 'pause' }]);
    world.last.say({ type: 'otherFile', run: 'one' });
    assert.deepEqual(world.heard, [{ type: 'otherFile', run: 'one' }]);
  });

  it('is the next kind where one fails before it is ready, with all that it was told', () => {
    const world = new World();
    const trainer = world.start();
    trainer.post({ type: 'resume' });
    world.last.die('no flags here');
    world.last.die('no processes here');
    assert.deepEqual(
      world.opened.map(({ kind }) => kind),
      ['process with flags', 'process', 'thread'],
    );
    world.last.ready();
    assert.deepEqual(world.last.posted, [{ type: 'resume' }]);
    assert.deepEqual(world.failures, []);
    assert.deepEqual(world.kinds, ['process', 'thread']);
    assert.match(world.logged[0], /cannot run in a process with flags, so .* in a process: .*no flags here/s);
    assert.match(world.logged[1], /cannot run in a process, so .* in a thread: .*no processes here/s);
  });

  it('is the next kind where one cannot even be opened', () => {
    const world = new World();
    const { open } = world;
    world.open = (kind, say, fail) => {
      if (kind !== 'thread') throw new Error(`spawn EPERM: no ${kind}`);
      return open.call(world, kind, say, fail);
    };
    world.start().post({ type: 'resume' });
    world.last.ready();
    assert.equal(world.last.kind, 'thread');
    assert.deepEqual(world.last.posted, [{ type: 'resume' }]);
    assert.deepEqual([world.kinds, world.failures], [['process', 'thread'], []]);
    assert.match(world.logged[0], /EPERM/);
  });

  it('is not tried again when it has failed', () => {
    const world = new World();
    world.start();
    world.last.die();
    world.last.ready();
    world.start();
    assert.equal(world.last.kind, 'process');
  });

  it('stays what it is when one dies that was ready: that is a failure of its training', () => {
    const world = new World();
    world.start();
    world.last.ready();
    world.last.die();
    assert.equal(world.failures.length, 1);
    world.start();
    assert.equal(world.last.kind, 'process with flags');
  });

  it('is nothing where the thread fails as well: one failure', () => {
    const world = new World();
    world.start();
    for (let k = 0; k < 3; k++) world.last.die();
    assert.equal(world.failures.length, 1);
  });
});

describe('a process that is kept ready', () => {
  it('serves the next training, and another one is started for the one after it', () => {
    const world = new World();
    world.starter.keepSpare();
    world.starter.keepSpare();
    assert.equal(world.opened.length, 1);
    world.last.ready();
    const trainer = world.start();
    trainer.post({ type: 'resume' });
    assert.equal(world.opened.length, 1);
    assert.deepEqual(world.last.posted, [{ type: 'resume' }]);
    world.timers.pass(NEXT_SPARE_MS);
    assert.equal(world.opened.length, 2);
    world.start();
    assert.equal(world.opened.length, 2);
  });

  it('ends after a minute without work, and one that trains does not', () => {
    const world = new World();
    world.start();
    world.timers.pass(NEXT_SPARE_MS);
    world.timers.pass(SPARE_MS);
    assert.deepEqual(
      world.opened.map(({ disposed }) => disposed),
      [false, true],
    );
  });

  it('stays as long as a training is expected, and is gone with the window', () => {
    const world = new World();
    world.starter.keepSpare();
    world.timers.pass(SPARE_MS - 1000);
    world.starter.keepSpare();
    world.timers.pass(SPARE_MS - 1000);
    assert.equal(world.last.disposed, false);
    world.starter.dispose();
    assert.equal(world.last.disposed, true);
    world.timers.pass(SPARE_MS);
    assert.equal(world.opened.length, 1);
  });

  it('that dies is nobody’s failure, and is replaced by the next training', () => {
    const world = new World();
    world.starter.keepSpare();
    world.last.ready();
    world.last.die();
    assert.deepEqual([world.opened.length, world.failures.length], [1, 0]);
    world.start();
    assert.equal(world.opened.length, 2);
  });

  it('is none where trainers run in threads', () => {
    const world = new World();
    world.start();
    world.last.die();
    world.last.die();
    world.starter.keepSpare();
    world.timers.pass(NEXT_SPARE_MS);
    assert.equal(world.opened.length, 3);
  });
});

describe('a training', () => {
  let folder: string;
  before(() => (folder = mkdtempSync(path.join(tmpdir(), 'neuron-lens-starter-'))));
  after(() => rmSync(folder, { recursive: true, force: true }));

  const programs = path.resolve('out', 'programs');
  /** The weights after 300 epochs, where the first of the kinds cannot start. */
  async function weightsWithout(broken: readonly TrainerKind[]) {
    writeFileSync(path.join(folder, 'trainer.js'), 'process.exit(7);');
    const open = openTrainer(programs, () => undefined);
    const openBroken = openTrainer(folder, () => undefined);
    const kinds: TrainerKind[] = [];
    const logged: string[] = [];
    const starter = new TrainerStarter({
      open: (kind, say, fail) => (broken.includes(kind) ? openBroken : open)(kind, say, fail),
      after: new FakeTimers().after.bind(new FakeTimers()),
      log: (text) => logged.push(text),
      onKind: (kind) => kinds.push(kind),
    });
    let weights: Float64Array | undefined;
    let failure: string | undefined;
    const trainer = starter.start(
      (message) => {
        if (message.type === 'failed') failure = textOf(message.failure.message);
        if (message.type !== 'progress') return;
        trainer.post({ type: 'taken' });
        if (message.progress.status === 'finished') weights = message.progress.parameters;
      },
      ({ message }) => (failure = textOf(message)),
    );
    const settings = { ...course, 'training.epochs': 300 };
    const source = { kind: 'file', path: path.resolve('samples', 'moons.csv') } as const;
    trainer.post({ type: 'load', run: 'one', source, settings, threads: 2, resumption: null, hash: null });
    trainer.post({ type: 'resume' });
    await until(() => weights !== undefined || failure !== undefined);
    trainer.dispose();
    starter.dispose();
    assert.equal(failure, undefined);
    return { kinds, weights, logged };
  }

  it('ends in the same bits in a process with flags, in one without, and in a thread of the host', async () => {
    const fast = await weightsWithout([]);
    const plain = await weightsWithout(['process with flags']);
    const thread = await weightsWithout(['process with flags', 'process']);
    assert.deepEqual(
      [fast, plain, thread].map(({ kinds }) => kinds),
      [[], ['process'], ['process', 'thread']],
    );
    assert.deepEqual(plain.weights, fast.weights);
    assert.deepEqual(thread.weights, fast.weights);
  });

  for (const lanes of ['4', '8'])
    it(`says in the log that its loops take ${lanes} numbers at a time, where that is forced`, async () => {
      const before = process.env['NEURON_LENS_LANES'];
      process.env['NEURON_LENS_LANES'] = lanes;
      try {
        for (const broken of [[], ['process with flags', 'process']] satisfies TrainerKind[][]) {
          const { logged } = await weightsWithout(broken);
          const [line, ...more] = logged.filter((text) => text.startsWith('The engine'));
          assert.match(line, new RegExp(`^The engine \\S+ takes ${lanes} numbers at a time\\.$`));
          assert.deepEqual(more, []);
        }
      } finally {
        if (before === undefined) delete process.env['NEURON_LENS_LANES'];
        else process.env['NEURON_LENS_LANES'] = before;
      }
    });
});
