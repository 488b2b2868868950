// A world for trainings without threads, editor and clock: trainers that really train, a store in memory.
import { createHash } from 'node:crypto';
import path from 'node:path';
import { waitMs } from '../../scripts/patience.json';
import { frozenAfter } from '../../src/core/handEdits';
import { readTable } from '../../src/data/csv/read';
import { readOptionsOf } from '../../src/data/csv/readOptions';
import { makeDataset } from '../../src/data/dataset';
import { makeLikeBefore } from '../../src/data/likeBefore';
import { checkTable } from '../../src/data/table/check';
import { failureOf, type Failure } from '../../src/data/failure';
import type { FromTrainer, Status, ToTrainer } from '../../src/protocol/trainer';
import type { Source } from '../../src/protocol/source';
import type { Pictures } from '../../src/runs/pictures';
import type { RunRecord, RunSummary } from '../../src/runs/record';
import type { Given } from '../../src/session/runSettings';
import type { Session } from '../../src/session/session';
import { Sessions } from '../../src/session/sessions';
import type { Timers } from '../../src/session/timers';
import type { StartTrainer, TrainerChannel } from '../../src/session/trainers';
import type { Store, World } from '../../src/session/world';
import type { SettingKey, Settings } from '../../src/settings/settings';
import { foldScript } from '../../src/threads/foldPool';
import { begin, isBeside, type OnTable } from '../../src/threads/beside';
import type { SearchListener } from '../../src/threads/search';
import { TrainingLoop } from '../../src/train/loop';
import type { Pace } from '../../src/train/progress';
import { VariantTraining } from '../../src/train/experiment';
import type { Answer } from '../../src/train/questions';
import { copyOf, Respondent } from '../../src/train/respondent';
import { TrainingRun } from '../../src/train/run';
import { sampleOf } from '../../src/train/sample';
import { course } from './course';

export const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const PROGRAMS = path.resolve('out', 'programs');
const readBytes = (bytes: Uint8Array, how: Settings) =>
  readTable(() => [bytes], readOptionsOf(how), { size: bytes.length });
const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

/**
 * Waits for a state, however long it takes a busy machine.
 * @param awaited what is waited for, for the sentence that is said when it never comes
 */
export async function until(holds: () => boolean, awaited = () => holds.toString()): Promise<void> {
  const deadline = performance.now() + waitMs;
  while (!holds()) {
    if (performance.now() > deadline)
      throw new Error(`Waited for ${waitMs / 1000} s in vain for this: ${awaited()}`);
    await turn();
  }
}

export const statusIs = (session: Session, status: Status): Promise<void> =>
  until(
    () => session.status === status,
    () => `the training is ${status}. It is ${session.status}.`,
  );

/** Time that passes when a test says so; a look at it takes a millisecond. */
export class FakeTimers implements Timers {
  private time = 1_000_000;
  private tasks: { readonly at: number; readonly task: () => void }[] = [];

  now(): number {
    return ++this.time;
  }

  after(ms: number, task: () => void) {
    const entry = { at: this.time + ms, task };
    this.tasks.push(entry);
    return { dispose: () => (this.tasks = this.tasks.filter((each) => each !== entry)) };
  }

  pass(ms: number): void {
    this.time += ms;
    const due = this.tasks.filter(({ at }) => at <= this.time);
    this.tasks = this.tasks.filter(({ at }) => at > this.time);
    due.forEach(({ task }) => {
      task();
    });
  }
}

/** What the thread does, in this one: it reads a table and drives a training loop, a message a turn. */
export class FakeTrainer implements TrainerChannel {
  readonly posted: ToTrainer[] = [];
  disposed = false;
  private run = '';
  private loop: TrainingLoop | undefined;
  private respondent: Respondent | undefined;
  private waiting: ToTrainer[] = [];
  private pace: Pace = { epochsPerSecond: 0, framesPerSecond: 2 };
  private time = 0;
  private search: { dispose(): void } | undefined;
  /** What it read last. */
  private table: Uint8Array | undefined;
  /** Counts the experiments that were begun or ended. */
  private experimenting = 0;

  constructor(
    private readonly world: TestWorld,
    private readonly onMessage: (message: FromTrainer) => void,
    private readonly onFailure: (failure: Failure) => void,
  ) {}

  /** Messages of a type that it has got. */
  got<T extends ToTrainer['type']>(type: T): (ToTrainer & { type: T })[] {
    return this.posted.filter((each): each is ToTrainer & { type: T } => each.type === type);
  }

  get quiet(): boolean {
    return this.disposed || this.waiting.length === 0;
  }

  post(message: ToTrainer): void {
    this.posted.push(message);
    this.waiting.push(message);
    setImmediate(() => {
      this.handleNext();
    });
  }

  dispose(): void {
    this.disposed = true;
    this.search?.dispose();
    this.loop?.dispose();
  }

  /** Says that it has read a share of the file, from 0 to 1. */
  hasRead(share: number): void {
    const load = this.got('load').at(-1);
    if (load) this.say({ run: load.run, type: 'reading', share });
  }

  die(): void {
    this.dispose();
    this.onFailure(failureOf(new Error('The trainer is dead')));
  }

  private handleNext(): void {
    if (this.disposed || this.world.isReadingHeld) return;
    const message = this.waiting.shift();
    if (!message) return;
    try {
      this.handle(message);
    } catch (error) {
      this.say({ run: this.run, type: 'failed', failure: failureOf(error) });
    }
  }

  private say(message: FromTrainer): void {
    if (!this.disposed) this.onMessage(message);
  }

  private handle(message: ToTrainer): void {
    const { loop } = this;
    switch (message.type) {
      case 'load':
        this.load(message);
        return;
      case 'pace':
        this.pace = message.pace;
        loop?.setPace(message.pace);
        return;
      case 'threads':
        return;
      case 'continue':
        loop?.continue(message.more);
        return;
      case 'apply':
        loop?.apply(message.settings, message.epochs, message.drag);
        return;
      case 'ask': {
        const { id, asker, question } = message;
        if (question.kind === 'experiment') this.experiment(id, question.variants);
        else if (isBeside(question)) this.searchBeside(id, question);
        else this.respondent?.ask(id, asker, question);
        return;
      }
      case 'edit': {
        const { id, edit, drag } = message;
        try {
          loop?.editByHand(edit, drag);
          this.say({ run: this.run, type: 'answered', id, answer: { kind: 'edited' } });
        } catch (error) {
          this.say({ run: this.run, type: 'refused', id, failure: failureOf(error) });
        }
        return;
      }
      case 'unask':
        this.experimenting++;
        this.search?.dispose();
        this.respondent?.unask(message.asker);
        return;
      default:
        loop?.[message.type]();
    }
  }

  /** Searches as a trainer does, on threads of its own. */
  private searchBeside(id: number, question: OnTable): void {
    const { run, table } = this;
    this.search?.dispose();
    const checked = table && checkTable(readBytes(table, question.settings), question.settings);
    if (!checked) return;
    const listener: SearchListener<Answer> = {
      nearly: (share, answer) => this.say({ run, type: 'nearly', id, share, answer }),
      ended: (answer) => this.say({ run, type: 'answered', id, answer }),
      failed: (error) => this.say({ run, type: 'refused', id, failure: failureOf(error) }),
    };
    try {
      const clock = {
        now: () => performance.now(),
        soon: (task: () => void) => setImmediate(task),
        later: (task: () => void) => setImmediate(task),
      };
      const parts = { checked, threads: { count: 1 }, script: foldScript(PROGRAMS), clock };
      this.search = begin(question, parts, listener);
    } catch (error) {
      listener.failed(error);
    }
  }

  /** Trains one variant after the other, an epoch or so a turn. */
  private experiment(id: number, variants: readonly Settings[]): void {
    const { loop, run } = this;
    if (!loop) return;
    const own = ++this.experimenting;
    const trainings = variants.map((settings, k) => new VariantTraining(k, loop.run.dataset, settings));
    const next = () => {
      if (this.disposed || own !== this.experimenting) return;
      const [training] = trainings;
      if (!training) {
        this.say({ run, type: 'answered', id, answer: { kind: 'experiment', trained: [] } });
        return;
      }
      const over = training.advance(() => true);
      const { trained } = training;
      const answer = { kind: 'experiment' as const, trained: trained ? [trained] : [] };
      this.say({ run, type: 'nearly', id, share: 0, answer });
      if (over) trainings.shift();
      setImmediate(next);
    };
    setImmediate(next);
  }

  private load({ run: id, source, settings, resumption, hash: expected }: ToTrainer & { type: 'load' }) {
    this.respondent?.dispose();
    this.loop?.dispose();
    this.respondent = this.loop = undefined;
    this.run = id;
    if (source.kind === 'file') throw new Error('Tables are in memory here');
    const bytes = source.kind === 'text' ? new TextEncoder().encode(source.text) : source.bytes;
    this.search?.dispose();
    this.table = bytes;
    const hash = hashOf(bytes);
    if (expected !== null && hash !== expected) {
      this.say({ run: id, type: 'otherFile' });
      return;
    }
    const read = (how: Settings) => {
      return { checked: checkTable(readBytes(bytes, how), how) };
    };
    const before = resumption?.transform;
    const dataset = before
      ? makeLikeBefore(read, settings, before)?.dataset
      : makeDataset(read(settings).checked, settings);
    if (!dataset) {
      this.say({ run: id, type: 'otherReading' });
      return;
    }
    const start = resumption && { ...resumption, frozen: frozenAfter(resumption.marks) };
    const run = new TrainingRun(dataset, settings, start ?? undefined);
    const clock = {
      now: () => this.time++,
      soon: (task: () => void) => setImmediate(task),
      later: (task: () => void) => setImmediate(task),
    };
    this.loop = new TrainingLoop(
      run,
      clock,
      {
        progress: (progress) => {
          this.say({ run: id, type: 'progress', progress });
        },
        snapshot: (snapshot) => {
          this.say({ run: id, type: 'snapshot', snapshot });
        },
        failed: (error) => {
          this.say({ run: id, type: 'failed', failure: failureOf(error) });
        },
      },
      resumption,
    );
    this.loop.setPace(this.pace);
    this.respondent = new Respondent(
      this.loop,
      clock,
      {
        answered: (askId, answer) => this.say({ run: id, type: 'answered', id: askId, answer }),
        nearly: (askId, share, answer) => this.say({ run: id, type: 'nearly', id: askId, share, answer }),
        refused: (askId, error) =>
          this.say({ run: id, type: 'refused', id: askId, failure: failureOf(error) }),
      },
      copyOf,
    );
    const { train, test, features, target, targetReason, task, classes, targetScale } = dataset;
    const { rows, columns, dialect, skippedRows, notices, partsBy } = dataset;
    this.say({
      run: id,
      type: 'loaded',
      loaded: {
        dataset: {
          ...{ features, target, targetReason, task, classes, targetScale, rows, columns, dialect },
          ...{ trainRows: train.length, testRows: test.length, partsBy, skippedRows, notices, hash },
        },
        transform: dataset.transform,
        network: run.network,
        sample: sampleOf(dataset, settings['training.seed']),
        engine: this.world.engine,
        automatic: run.automatic,
      },
    });
    this.loop.report();
  }
}

/** A store that forgets nothing while the test lasts. */
export class MemoryStore implements Store {
  readonly records = new Map<string, RunRecord>();
  readonly pictures = new Map<string, Pictures>();
  writes = 0;
  fails = false;

  open(): Promise<RunSummary[]> {
    return Promise.resolve([...this.records.values()].sort((a, b) => a.startedAt - b.startedAt));
  }

  read(id: string): Promise<RunRecord> {
    const record = this.records.get(id);
    return record ? Promise.resolve(structuredClone(record)) : Promise.reject(new Error('No such run'));
  }

  write(record: RunRecord): Promise<void> {
    if (this.fails) return Promise.reject(new Error('The disk is full'));
    this.writes++;
    this.records.set(record.id, structuredClone(record));
    return Promise.resolve();
  }

  remove(id: string): Promise<void> {
    this.records.delete(id);
    return Promise.resolve();
  }

  stays(_id: string, _uri: string): Promise<boolean> {
    return Promise.resolve(false);
  }

  readPictures(key: string): Promise<Pictures | null> {
    return Promise.resolve(this.pictures.get(key) ?? null);
  }

  writePictures(key: string, pictures: Pictures): Promise<void> {
    this.pictures.set(key, pictures);
    return Promise.resolve();
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

const xor = new TextEncoder().encode('x1,x2,xor\n0,0,0\n0,1,1\n1,0,1\n1,1,0\n');

/** A window with tables in memory; {@link another} is the next window on the same store and tables. */
export class TestWorld implements World {
  readonly timers = new FakeTimers();
  cores = () => 8;
  readonly trainers: FakeTrainer[] = [];
  readonly failures: Failure[] = [];
  /** Messages wait as for a trainer that reads. */
  isReadingHeld = false;
  engine = 'arithmetic 1';
  problems: string[] = [];
  /** What a person has set. */
  set: Partial<Settings> = {};
  /** Today's defaults. */
  base: Settings = {
    ...course,
    'model.hiddenLayers': [3],
    'training.epochs': 40,
    'training.learningRate': 0.5,
    'training.testFraction': 0,
  };
  tables = new Map<string, Uint8Array>();
  readonly sessions: Sessions;

  constructor(readonly store: Store = new MemoryStore()) {
    this.sessions = new Sessions(this);
  }

  readonly startTrainer: StartTrainer = (onMessage, onFailure) => {
    const trainer = new FakeTrainer(this, onMessage, onFailure);
    this.trainers.push(trainer);
    return trainer;
  };

  source(uri: string): Promise<Source> {
    return Promise.resolve({ kind: 'bytes', bytes: this.tables.get(uri) ?? xor });
  }

  hashOf(uri: string): Promise<string | null> {
    const bytes = this.tables.get(uri) ?? xor;
    return Promise.resolve(createHash('sha256').update(bytes).digest('hex'));
  }

  /** From now on a table comes once it is released, or fails with an error: what is returned does that, one a table. */
  holdSources(): ((error?: Error) => void)[] {
    const held: ((error?: Error) => void)[] = [];
    const { source } = this;
    this.source = (uri) =>
      new Promise((resolve, reject) => {
        held.push((error) => (error ? reject(error) : resolve(source.call(this, uri))));
      });
    return held;
  }

  given(): Given {
    return {
      settings: { ...this.base, ...this.set },
      problems: this.problems,
      given: Object.keys(this.set) as SettingKey[],
    };
  }

  engineOf(): string {
    return this.engine;
  }

  log(failure: Failure): void {
    this.failures.push(failure);
  }

  get trainer(): FakeTrainer {
    const last = this.trainers.at(-1);
    if (!last) throw new Error('No trainer was started');
    return last;
  }

  /** The person edits settings. */
  edit(set: Partial<Settings>): void {
    this.set = { ...this.set, ...set };
    this.sessions.settingsChanged(() => true);
  }

  /** All that was asked for has been answered. */
  async quiet(): Promise<void> {
    for (let turns = 0; turns < 10; turns++) {
      await turn();
      if (!this.isReadingHeld) await until(() => this.trainers.every(({ quiet }) => quiet));
    }
  }

  /** A training of this file that has ended, and is kept. */
  async finished(uri: string, set: Partial<Settings> = {}): Promise<Session> {
    this.set = set;
    const session = this.sessions.start(uri);
    await statusIs(session, 'finished');
    await this.quiet();
    return session;
  }

  /** A training that goes on until it is told otherwise. */
  async running(uri: string, set: Partial<Settings> = {}): Promise<Session> {
    this.set = { 'training.epochs': 10_000_000, ...set };
    const session = this.sessions.start(uri);
    await until(() => session.status === 'running' && (session.measure?.epoch ?? 0) > 0);
    return session;
  }

  /** A training that is paused behind its first epochs, and is kept. */
  async paused(uri: string, set: Partial<Settings> = {}): Promise<Session> {
    const session = await this.running(uri, set);
    session.pause();
    await statusIs(session, 'paused');
    await this.quiet();
    return session;
  }

  /** The next window, with the store and the settings of this one. */
  async another(): Promise<TestWorld> {
    await this.sessions.close();
    this.sessions.dispose();
    const next = new TestWorld(this.store);
    Object.assign(next, { set: this.set, base: this.base, tables: this.tables, engine: this.engine });
    await next.sessions.restore();
    return next;
  }
}
