import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { serialize } from 'node:v8';
import { buildSync } from 'esbuild';
import { aucOf } from '../../src/cli/scores';
import { untilDone } from '../../src/core/trainer';
import type { Failure } from '../../src/data/failure';
import { textOf } from '../../src/host/text';
import type { FromTrainer, OfTrainer, Resumption, ToTrainer } from '../../src/protocol/trainer';
import type { Settings } from '../../src/settings/settings';
import { parse } from '../../src/runs/record';
import { ProcessChannel, type ProcessOptions } from '../../src/threads/processChannel';
import { BEAT_MS, PATIENCE, type Patience } from '../../src/threads/pulse';
import { WITH_FLAGS } from '../../src/threads/v8Flags';
import { until } from './sessionWorld';
import { course } from './course';
import { runOn } from './training';

const TRAINER = path.resolve('out', 'programs', 'trainer.js');

/** Whether a process is there; one that nobody has asked for its exit code yet is not. */
function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return process.platform !== 'linux' || !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}
const gone = (pid: number) =>
  until(
    () => !isThere(pid),
    () => `the process ${pid} is gone`,
  );

const load = (settings: Partial<Settings>, threads = 1): ToTrainer & { type: 'load' } => ({
  type: 'load',
  run: 'one',
  source: { kind: 'file', path: path.resolve('samples', 'moons.csv') },
  settings: { ...course, ...settings },
  threads,
  resumption: null,
  hash: null,
});
/** An epoch of it, 400 updates of a million weights, is one call of some seconds on the main thread; to load it is quick. */
const longStep = load({
  'training.engine': 'reference',
  'training.optimizer': 'adam',
  'training.batchSize': 1,
  'model.hiddenLayers': [1024, 1024],
});

const isEnd = (message: FromTrainer | OfTrainer): boolean =>
  message.type === 'progress' && message.progress.status === 'finished';

/** A trainer in a process, and what came of it. The looks at its pulse are made by the test. */
class Held {
  readonly messages: (FromTrainer | OfTrainer)[] = [];
  failure: Failure | undefined;
  look: () => void = () => undefined;
  private readonly channel: ProcessChannel<ToTrainer, FromTrainer | OfTrainer>;

  constructor(options: ProcessOptions = {}) {
    this.channel = new ProcessChannel(
      TRAINER,
      (message) => {
        this.messages.push(message);
        if (message.type === 'progress') this.post({ type: 'taken' });
      },
      (failure) => (this.failure = failure),
      {
        args: [WITH_FLAGS],
        every: (look) => {
          this.look = look;
          return () => (this.look = () => undefined);
        },
        ...options,
      },
    );
  }

  get pid(): number {
    return this.channel.pid ?? 0;
  }

  get progress() {
    const last = this.messages.findLast((message) => message.type === 'progress');
    return last?.type === 'progress' ? last.progress : undefined;
  }

  post(...messages: ToTrainer[]): void {
    messages.forEach((message) => this.channel.post(message));
  }

  heard(type: (FromTrainer | OfTrainer)['type']): Promise<void> {
    return until(
      () => this.failure !== undefined || this.messages.some((message) => message.type === type),
      () => `the trainer says "${type}"`,
    );
  }

  /** Looks as often as its beats come, for some of them. */
  async looks(count: number): Promise<void> {
    for (let k = 0; k < count; k++) {
      await sleep(BEAT_MS);
      this.look();
    }
  }

  dispose(): void {
    this.channel.dispose();
  }
}

describe('the process of a trainer', function () {
  let held: Held | undefined;
  const hold = (options?: ProcessOptions) => (held = new Held(options));
  afterEach(async () => {
    held?.dispose();
    if (held) await gone(held.pid);
    held = undefined;
  });

  it('has a lower priority in each of its threads', async function () {
    if (process.platform !== 'linux') this.skip();
    const trainer = hold();
    trainer.post(load({ 'training.epochs': 10_000_000, 'model.hiddenLayers': [256, 256] }, 3), {
      type: 'resume',
    });
    const threads = () => readdirSync(`/proc/${trainer.pid}/task`);
    await until(() => (trainer.progress?.measure.epoch ?? 0) > 0 && threads().length > 8);
    const niceness = threads().map((thread) => {
      const stat = readFileSync(`/proc/${trainer.pid}/task/${thread}/stat`, 'utf8');
      // Behind the name, which may hold spaces: the state, and the 16th number after it.
      return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[16]);
    });
    const lower = Math.max(os.getPriority(), os.constants.priority.PRIORITY_BELOW_NORMAL);
    assert.deepEqual(new Set(niceness), new Set([lower]), niceness.join());
  });

  it('reads the table once for two runs on one file that make the same data of it', async () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'neuron-lens-shared-'));
    try {
      const file = path.join(folder, 'table.csv');
      // So long that it is said how much of it has been read.
      const rows = Array.from({ length: 200_000 }, (_, i) => `${(i * 37) % 41}.5,${(i * 17) % 29},${i % 3}`);
      writeFileSync(file, ['a,b,c', ...rows, ''].join('\n'));
      const trainer = hold();
      /** What is said of another run, until its data are there. */
      const said = async (run: string, settings: Partial<Settings>) => {
        const from = trainer.messages.length;
        trainer.post({ ...load(settings), run, source: { kind: 'file', path: file } });
        const fresh = () => trainer.messages.slice(from);
        await until(() => trainer.failure !== undefined || fresh().some(({ type }) => type === 'loaded'));
        return fresh().map(({ type }) => type);
      };
      assert.ok((await said('one', {})).includes('reading'));
      const again = await said('two', { 'training.learningRate': 0.01, 'model.hiddenLayers': [7] });
      assert.deepEqual(
        again.filter((type) => ['reading', 'checked', 'loaded'].includes(type)),
        ['checked', 'loaded'],
      );
      // Other data are read anew, and so is a file that has been written since.
      assert.ok((await said('three', { 'data.target': 'b' })).includes('reading'));
      writeFileSync(file, ['a,b,c', ...rows, '1.5,2,0', ''].join('\n'));
      assert.ok((await said('four', { 'data.target': 'b' })).includes('reading'));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('that is stopped for long is taken for dead, in one sentence, and ended', async function () {
    if (process.platform === 'win32') this.skip();
    const trainer = hold();
    await trainer.heard('ready');
    process.kill(trainer.pid, 'SIGSTOP');
    // Beats that were on their way are taken up first.
    await until(() => {
      trainer.look();
      return trainer.failure !== undefined;
    });
    const { message, bug } = trainer.failure!;
    assert.match(textOf(message), /^The process that trains did not get on for \d+ s, and was ended\.$/);
    assert.equal(bug, false);
    await gone(trainer.pid);
  });

  it('compiles the kernels once for all of its trainings', async () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'neuron-lens-compiled-'));
    try {
      const counting = path.join(folder, 'counting.cjs');
      writeFileSync(
        counting,
        `const { Module } = WebAssembly;
        WebAssembly.Module = class extends Module {
          constructor(bytes) {
            super(bytes);
            process.stderr.write('compiled;');
          }
        };`,
      );
      let said = '';
      const trainer = hold({ execArgv: ['--require', counting], onStderr: (text) => (said += text) });
      for (const run of ['one', 'two', 'three']) {
        trainer.post({ ...load({ 'training.epochs': 20 }, 2), run }, { type: 'resume' });
        const isOver = () =>
          trainer.messages.some(
            (each) => each.type === 'progress' && each.run === run && each.progress.status === 'finished',
          );
        await until(() => trainer.failure !== undefined || isOver());
        assert.equal(trainer.failure, undefined);
      }
      assert.equal(said, 'compiled;');
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('tells the baselines of its data once a run, the same to each', async () => {
    const trainer = hold();
    const told = (run: string) =>
      trainer.messages.flatMap((each) =>
        each.type === 'baselines' && each.run === run ? [each.baselines] : [],
      );
    for (const run of ['one', 'other']) {
      trainer.post({ ...load({}), run });
      await until(() => trainer.failure !== undefined || told(run).length > 0);
      assert.equal(trainer.failure, undefined);
    }
    const [baselines] = told('one');
    assert.equal(baselines.lineRows, 240);
    assert.ok((baselines.line.testScore ?? 0) > (baselines.guess.testScore ?? 1));
    assert.deepEqual([told('one'), told('other')], [[baselines], [baselines]]);
  });

  describe('how sure a score is', () => {
    const row = (i: number) => `${(i * 7) % 101},${i % 12},${((i * 7) % 101) + (i % 12)}.5`;
    const table = (rows: number) => ['a,b,c', ...Array.from({ length: rows }, (_, i) => row(i))].join('\n');
    const sureOf = async (rows: number, set: Partial<Settings>, text = table(rows)) => {
      const trainer = hold();
      const all = () => trainer.messages.flatMap((each) => (each.type === 'sure' ? [each.sure] : []));
      const source = { kind: 'text', text } as const;
      const own = { 'training.epochs': 20, 'data.target': 'c', ...set };
      trainer.post({ ...load(own), source }, { type: 'resume' });
      await until(() => trainer.failure !== undefined || all().length > 0);
      assert.equal(trainer.failure, undefined);
      return all();
    };

    it('has of two classes the area under the ROC curve, as train says it, and none of more', async () => {
      const classOf = (i: number) =>
        Number(((i * 7) % 101) + ((i * i * 31) % 60) > 80) + 2 * Number(i % 5 === 0);
      const classes = (count: number) => [
        'a,b,c',
        ...Array.from({ length: 200 }, (_, i) => `${(i * 7) % 101},${i % 12},c${classOf(i) % count}`),
      ];
      const [{ epoch, auc, interval }, ...more] = await sureOf(200, {}, classes(2).join('\n'));
      assert.deepEqual([epoch, interval, more], [20, null, []], 'Wilson’s interval follows from the score');
      assert.ok(auc?.interval && auc.value > 0.5);
      assert.ok(auc.interval[0] < auc.value && auc.value < auc.interval[1]);
      const run = runOn(classes(2).join('\n'), { ...course, 'training.epochs': 20, 'data.target': 'c' });
      while (run.epoch < run.epochs) run.step(untilDone);
      assert.deepEqual(auc, aucOf(run, run.settings['training.seed']));
      run.dispose();
      const grouped = { 'data.splitColumn': 'b', 'data.splitBy': 'groups' } as const;
      const [ofMore] = await sureOf(200, grouped, classes(3).join('\n'));
      assert.deepEqual([ofMore.auc, ofMore.interval !== null], [undefined, true]);
    });

    it('is told once the training rests: the interval of R²', async () => {
      const [{ epoch, interval, folds }, ...more] = await sureOf(200, {});
      assert.deepEqual([more, folds], [[], null]);
      assert.ok(interval && interval[0] < interval[1]);
      assert.equal(epoch, 20);
    });

    it('is told by group where the table is split so', async () => {
      const set = { 'data.splitColumn': 'b', 'data.splitBy': 'groups' } as const;
      const [{ interval }] = await sureOf(200, set);
      assert.ok(interval);
    });

    it('comes from folds where there are too few rows for a test part', async () => {
      const [{ interval, folds }] = await sureOf(40, {});
      assert.equal(interval, null);
      assert.deepEqual([folds?.folds, folds?.by, folds?.isRegression], [5, 'chance', true]);
      assert.ok(folds?.mean != null && folds.line !== null && folds.line > 0.9);
    });

    it('is found of no table that is another, or gone, by the time that it would be read for it', async () => {
      const folder = mkdtempSync(path.join(os.tmpdir(), 'few-'));
      try {
        for (const change of [(file: string) => writeFileSync(file, 'a,b\n1,2\n'), rmSync]) {
          const file = path.join(folder, 'few.csv');
          writeFileSync(
            file,
            ['a,b', ...Array.from({ length: 30 }, (_, i) => `${i},${(i * 7) % 30}.5`)].join('\n'),
          );
          const trainer = hold();
          trainer.post({ ...load({ 'training.epochs': 20 }), source: { kind: 'file', path: file } });
          await trainer.heard('loaded');
          change(file);
          trainer.post({ type: 'resume' });
          const count = () => trainer.messages.filter(({ type }) => type === 'snapshot').length;
          // Asked twice, so that there has been time to fail in between.
          for (let asked = 1; asked <= 2; asked++) {
            await until(() => trainer.failure !== undefined || trainer.messages.some(isEnd));
            trainer.post({ type: 'snapshot' });
            await until(() => trainer.failure !== undefined || count() === asked);
          }
          assert.equal(trainer.failure, undefined);
          assert.ok(trainer.messages.every(({ type }) => type !== 'sure'));
        }
      } finally {
        rmSync(folder, { recursive: true });
      }
    });
  });

  it('sends messages that do not grow with its table', async () => {
    const text = (rows: number) =>
      ['a,b,c', ...Array.from({ length: rows }, (_, i) => `${i},${(i * 7) % 1009},${i % 2}`)].join('\n');
    const trainer = hold();
    const sizes = async (run: string, rows: number) => {
      const source = { kind: 'text', text: text(rows) } as const;
      trainer.post({ ...load({ 'training.epochs': 3 }), run, source }, { type: 'resume' });
      const of = () => trainer.messages.filter((each) => 'run' in each && each.run === run);
      const isOver = () =>
        of().some((each) => each.type === 'progress' && each.progress.status === 'finished');
      await until(() => trainer.failure !== undefined || isOver());
      assert.equal(trainer.failure, undefined);
      return Math.max(...of().map((each) => serialize(each).length));
    };
    // Over 2,000, of which the sample for the pictures is drawn.
    const [some, many] = [await sizes('some', 5_000), await sizes('many', 100_000)];
    assert.ok(many < 1.5 * some, `${many} bytes, and ${some} for a twentieth of the rows`);
  });

  it('that is stopped for a moment goes on', async function () {
    if (process.platform === 'win32') this.skip();
    const trainer = hold();
    trainer.post(load({ 'training.epochs': 200 }));
    await trainer.heard('loaded');
    process.kill(trainer.pid, 'SIGSTOP');
    for (let k = 0; k < PATIENCE.silent / 2; k++) trainer.look();
    process.kill(trainer.pid, 'SIGCONT');
    trainer.post({ type: 'resume' }, { type: 'taken' });
    await until(() => trainer.progress?.status === 'finished' || trainer.failure !== undefined);
    assert.equal(trainer.failure, undefined);
  });

  it('reads a table by the rules of today after a run that it was held to older ones for', async () => {
    const fixtures = JSON.parse(
      readFileSync(path.join('test', 'fixtures', 'trainings-reading-1.json'), 'utf8'),
    ) as { readonly name: string; readonly text: string; readonly saved: string }[];
    const { text, saved } = fixtures.find(({ name }) => name === 'units-kg.csv')!;
    const { measure, parameters, state, automatic, transform, engine, interval, settings } = parse(saved);
    const folder = mkdtempSync(path.join(os.tmpdir(), 'neuron-lens-held-'));
    const table = path.join(folder, 'units-kg.csv');
    writeFileSync(table, text);
    const source = { kind: 'file', path: table } as const;
    const held = new Held();
    const featuresOf = async (run: string, resumption: Resumption | null) => {
      held.post({ ...load(settings), source, run, resumption });
      const loaded = () =>
        held.messages.find((each) => each.type === 'loaded' && each.run === run) as
          (FromTrainer & { type: 'loaded' }) | undefined;
      await until(
        () => held.failure !== undefined || loaded() !== undefined,
        () => `the run ${run} is loaded`,
      );
      return loaded()?.loaded.dataset.features.map(({ name }) => name);
    };
    try {
      const status = 'paused' as const;
      const old = await featuresOf('old', {
        ...{ parameters, state, automatic, transform, engine, interval, measure, status },
        ...{ epoch: measure.epoch, epochs: 500, marks: [] },
      });
      assert.equal(old?.[0], 'weight = 40 kg');
      assert.deepEqual(await featuresOf('new', null), ['weight', 'x']);
    } finally {
      held.dispose();
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('trains the variants of an experiment in threads, and ends those when nobody waits for them', async function () {
    if (process.platform !== 'linux') this.skip();
    const trainer = hold();
    trainer.post(load({}, 2));
    await trainer.heard('loaded');
    const threads = () => readdirSync(`/proc/${trainer.pid}/task`).length;
    let before = threads();
    // Those that have read the file may still be there.
    for (let equal = 0; equal < 10; equal++) {
      await sleep(20);
      if (threads() !== before) [before, equal] = [threads(), 0];
    }
    const endless: Settings = { ...course, 'training.epochs': 100_000_000 };
    const question = { kind: 'experiment', variants: [endless, endless] } as const;
    trainer.post({ type: 'ask', id: 1, asker: 'lab', question });
    await trainer.heard('nearly');
    assert.ok(threads() >= before + 2, `${threads()} threads, ${before} before`);
    trainer.post({ type: 'unask', asker: 'lab' });
    await until(() => threads() <= before);
    assert.equal(trainer.failure, undefined);
  });

  it('is alive during a step that takes long', async () => {
    // Fewer looks than are made: without beats it would be dead by then.
    const trainer = hold({ patience: { silent: 4, still: 1e9 } });
    trainer.post(longStep);
    await trainer.heard('loaded');
    trainer.post({ type: 'step' });
    const said = trainer.messages.length;
    await trainer.looks(6);
    assert.equal(trainer.failure, undefined);
    assert.equal(trainer.messages.length, said, 'the step is still going on');
  });

  const short: Patience = { ...PATIENCE, still: 3 };

  it('that is stuck is taken for dead, and ended', async () => {
    const trainer = hold({ patience: short });
    trainer.post(longStep);
    await trainer.heard('loaded');
    trainer.post({ type: 'step' });
    while (!trainer.failure) await trainer.looks(1);
    assert.match(textOf(trainer.failure.message), /^The process that trains did not get on for 2 s/);
    await gone(trainer.pid);
  });

  it('is not taken for dead while an inspector is open', async () => {
    const trainer = hold({ patience: short, execArgv: ['--inspect=127.0.0.1:0'] });
    trainer.post(longStep);
    await trainer.heard('loaded');
    trainer.post({ type: 'step' });
    await trainer.looks(6);
    assert.equal(trainer.failure, undefined);
  });
});

describe('the process of a trainer and its host', () => {
  let folder: string;
  let script: string;
  const hosts: ChildProcess[] = [];
  before(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'neuron-lens-host-'));
    script = path.join(folder, 'host.js');
    const source = `
      import { ProcessChannel } from './src/threads/processChannel';
      const say = (message) => process.send(message);
      const { messages, silent } = JSON.parse(process.argv[2]);
      const channel = new ProcessChannel(
        ${JSON.stringify(TRAINER)},
        (message) => {
          if (message.type === 'progress') channel.post({ type: 'taken' });
          if (message.type !== 'reading') say({ type: message.type, epoch: message.progress?.measure.epoch });
        },
        (failure) => say({ type: 'dead', failure }),
        { patience: { silent, still: 1e9 } },
      );
      say({ type: 'started', pid: channel.pid });
      messages.forEach((message) => channel.post(message));
      process.on('disconnect', () => process.exit());`;
    const { outputFiles } = buildSync({
      stdin: { contents: source, resolveDir: process.cwd(), loader: 'ts' },
      ...{ bundle: true, write: false, platform: 'node', format: 'cjs' },
    });
    writeFileSync(script, outputFiles[0].contents);
  });
  after(() => {
    hosts.forEach((host) => host.kill('SIGKILL'));
    rmSync(folder, { recursive: true, force: true });
  });

  interface Said {
    readonly type: string;
    readonly pid?: number;
    readonly epoch?: number;
  }
  /** A host with a trainer, as a process of its own, and what it says. */
  async function start(messages: ToTrainer[], silent = PATIENCE.silent) {
    const host = spawn(process.execPath, [script, JSON.stringify({ messages, silent })], {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    hosts.push(host);
    const said: Said[] = [];
    host.on('message', (message) => said.push(message as Said));
    await until(() => said.some(({ type }) => type === 'loaded'));
    const epoch = () => said.findLast((each) => each.epoch !== undefined)?.epoch ?? 0;
    return { host, said, epoch, trainer: said.find(({ type }) => type === 'started')!.pid! };
  }
  const endless = [load({ 'training.epochs': 100_000_000 }), { type: 'resume' } as const];

  it('ends when the host is killed', async () => {
    const { host, trainer } = await start(endless);
    assert.ok(isThere(trainer));
    host.kill('SIGKILL');
    await gone(trainer);
  });

  it('ends when the host is killed during a step that takes long', async () => {
    const { host, trainer } = await start([longStep, { type: 'step' }]);
    host.kill('SIGKILL');
    await gone(trainer);
  });

  const STOPPED_MS = 10_000;
  /** Fewer seconds than either is stopped for. */
  const silent = 14;

  it(`are alive after the host was stopped for ${STOPPED_MS / 1000} s, or the whole machine`, async function () {
    if (process.platform === 'win32') this.skip();
    const awake = await start(endless, silent);
    const asleep = await start(endless, silent);
    const stopped = [awake.host.pid!, asleep.trainer, asleep.host.pid!];
    stopped.forEach((pid) => process.kill(pid, 'SIGSTOP'));
    // Here it is the time that matters.
    await sleep(STOPPED_MS);
    stopped.forEach((pid) => process.kill(pid, 'SIGCONT'));
    for (const { said, epoch } of [awake, asleep]) {
      const before = epoch();
      await until(() => epoch() > before + 1000 || said.some(({ type }) => type === 'dead'));
      assert.deepEqual(
        said.filter(({ type }) => type === 'dead'),
        [],
      );
    }
  });
});
