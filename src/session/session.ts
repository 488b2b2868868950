import { randomUUID } from 'node:crypto';
import type { Failure } from '../data/failure';
import type { Source } from '../protocol/source';
import type { FromTrainer, Status, ToTrainer } from '../protocol/trainer';
import type { Pictures } from '../runs/pictures';
import type { RunRecord } from '../runs/record';
import type { Pace, Progress } from '../train/progress';
import { Emitter, type Disposable } from './emitter';
import { noticesOf, type SessionNotice } from './notice';
import type { Given } from './runSettings';
import { RunState, type FileState } from './runState';
import { TrainerLink, type LinkedSession } from './trainerLink';
import { can, type Command } from './transitions';
import type { Surroundings } from './world';

/** What has changed of a session. `record`: it can be kept, see {@link RunState.record}. */
export type SessionChange =
  'status' | 'progress' | 'reading' | 'table' | 'pictures' | 'settings' | 'notices' | 'file' | 'record';

/** A question to the person; until it is answered the training goes on as before. */
export interface Question {
  readonly code: 'fewerEpochs';
  /** What the settings ask for, fewer than are done. */
  readonly epochs: number;
}

/** What makes a training go on. */
type GoOn = 'resume' | 'step' | 'continue';

/** What a person has asked for and the trainer has not answered yet. */
interface Asked {
  readonly command: GoOn;
  /** What the run was then. */
  readonly status: Status;
  readonly epoch: number | null;
}

/** The pace of a training that nobody watches: full speed, reported for the CodeLens. */
const UNWATCHED: Pace = { epochsPerSecond: 0, framesPerSecond: 2 };

/** Drives one run of one file, by what a person asks for and what its trainer says. */
export class Session extends RunState implements Disposable {
  question: Question | null = null;
  /** What is said of it by those who keep it: what could not be saved, what was set aside. */
  readonly keepers: SessionNotice[] = [];
  private readonly link = new TrainerLink(this.linked);
  private asked: Asked | null = null;
  /** A number of epochs below those done that a person has said no to. */
  private declined: number | null = null;
  /** Whether the file was read for the pictures: what did not come of it does not come of reading it again. */
  private looked = false;
  private threads = 0;
  private skipping = false;
  private watched = false;
  private readonly changed = new Emitter<SessionChange>();
  /** Something a person can see has changed, or what can be kept. */
  readonly onDidChange = this.changed.event;

  /** Starts a training, or takes up a kept one, which loads its data only once it goes on. */
  constructor(
    origin: { readonly uri: string; readonly startedAt: number } | RunRecord,
    given: Given,
    private readonly surroundings: Surroundings,
  ) {
    super(origin, 'id' in origin ? origin.id : randomUUID(), given);
    if (!('id' in origin)) void this.start('resume');
  }

  /** Share of the file that has been read, while it is; else null. */
  get reading(): number | null {
    return this.link.reading;
  }

  /** Whether training can go on from its weights: with the same arithmetic, on the same file, read the same way. */
  get canGoOn(): boolean {
    return (
      this.parameters !== null &&
      this.status !== 'failed' &&
      this.file === 'same' &&
      !this.otherEngine &&
      !this.readsOtherwise
    );
  }

  /** Whether a command would do something now. */
  can(command: Command): boolean {
    if (command === 'stop' && this.reading !== null) return true;
    if (command === 'skipToEnd' && !this.paced) return false;
    if (command === 'pause' || command === 'stop' || command === 'skipToEnd')
      return can(this.status, command);
    return can(this.status, command) && this.canGoOn && !this.asked;
  }

  /** Whether the pace holds the training back. */
  get paced(): boolean {
    return this.pace.epochsPerSecond > 0;
  }

  get notices(): SessionNotice[] {
    const present = this.otherEngine;
    const { engine, keepers } = this;
    return noticesOf(this, [
      ...(present ? [{ code: 'otherEngine' as const, engine, present }] : []),
      ...keepers,
    ]);
  }

  pause = (): void => this.command('pause');
  stop = (): void => {
    if (this.reading !== null) this.cancelReading();
    else this.command('stop');
  };
  step = (): Promise<void> => this.goOn('step');

  /** Goes on after a pause. */
  resume = (): Promise<void> => this.goOn('resume');

  /** Trains on from the present weights, for as many epochs as the settings say. */
  continue = (): Promise<void> => this.goOn('continue');

  /** Stops pacing until the next start. */
  skipToEnd(): void {
    if (!this.can('skipToEnd')) return;
    this.skipping = true;
    this.updatePace();
    this.changed.fire('status');
  }

  /** Says something of the run besides what it says itself. */
  notice(notice: SessionNotice): void {
    this.keepers.push(notice);
    this.changed.fire('notices');
  }

  /** What is said does not hold any more. */
  withdraw(code: SessionNotice['code']): void {
    this.keepers.splice(0, Infinity, ...this.keepers.filter((each) => each.code !== code));
    this.changed.fire('notices');
  }

  /** What a person says to {@link question}: `end` ends the training where it is. */
  answer(choice: 'end' | 'goOn'): void {
    if (!this.question) return;
    if (choice === 'end') this.command('stop');
    else this.declined = this.question.epochs;
    this.question = null;
    this.changed.fire('settings');
  }

  /** A visible Lens paces the training, for a person to watch. */
  watch(watched: boolean): void {
    if (watched === this.watched) return;
    this.watched = watched;
    this.updatePace();
  }

  /** Takes what pictures are drawn from, as it was kept. */
  usePictures(pictures: Pictures): void {
    if (this.sample) return;
    this.takeUpPictures(pictures);
    this.changed.fire('pictures');
  }

  /** Reads the file for the pictures alone: nothing that comes of it changes what the run is. */
  look(): void {
    if (this.looked || !this.lacksPictures || this.file !== 'same') return;
    this.looked = true;
    void this.link.load();
  }

  /** Takes edited settings: live ones act on a training that is not over, the others wait. */
  apply(given: Given): void {
    this.inUse.edited = given;
    const wanted = this.inUse.effective['training.epochs'];
    const done = this.measure?.epoch ?? 0;
    const isEdited = wanted !== this.settings['training.epochs'] && wanted !== this.epochs;
    if (wanted !== this.declined) this.declined = null;
    const asks = isEdited && wanted < done && this.declined === null && !this.isOver;
    this.question = asks ? { code: 'fewerEpochs', epochs: wanted } : null;
    if (!this.isOver) this.sendLive();
    this.updatePace();
    this.changed.fire('settings');
  }

  /** How many threads train it from now on. */
  useThreads(threads: number): void {
    if (threads === this.threads) return;
    this.threads = threads;
    this.link.send({ type: 'threads', threads });
  }

  /** The file has another name. */
  rename(uri: string): void {
    this.uri = uri;
    if (this.record) this.record = { ...this.record, uri };
    this.looked = false;
    this.changed.fire('file');
    if (this.record) this.changed.fire('record');
    if (this.reading === null) return;
    // What reads the old name finds nothing any more.
    const { asked } = this;
    this.link.cancel();
    if (asked) void this.start(asked.command);
    else this.look();
  }

  /** The file holds these bytes now; null: it is gone. */
  fileIs(hash: string | null): void {
    if (this.fileHash === null || this.unsavedText) return;
    this.setFile(hash === null ? 'deleted' : hash === this.fileHash ? 'same' : 'changed');
  }

  /** Asks the trainer for what can be kept; it comes as {@link record}. */
  keep(): void {
    this.link.send({ type: 'snapshot' });
  }

  /** Another run takes its place: it pauses, and can come back. */
  retire(): void {
    this.watch(false);
    if (this.reading !== null) this.cancelReading();
    else if (this.status === 'running' || this.asked) {
      // Both are answered before the trainer turns to the next run; one that is just going on pauses too.
      this.link.send({ type: 'pause' });
      this.keep();
    }
    this.asked = null;
    this.question = null;
    this.looked = false;
  }

  dispose(): void {
    this.changed.dispose();
  }

  /** What the way to the trainer needs of it. */
  private get linked(): LinkedSession {
    return {
      id: this.id,
      source: () => this.surroundings.source(this.uri),
      acquire: (client) => this.surroundings.acquire(this, client),
      openingMessages: (source) => this.openingMessages(source),
      receive: (message) => this.receive(message),
      readingChanged: () => this.changed.fire('reading'),
      fail: (failure) => this.fail(failure),
      lost: () => this.stopLoading(),
      ended: () => this.ended(),
    };
  }

  /** The name of today's engine, where it is another than that of the weights. */
  private get otherEngine(): string | null {
    if (this.engine === '') return null;
    const present = this.surroundings.engineOf(this.settings);
    return present === this.engine ? null : present;
  }

  private get isOver(): boolean {
    return !this.running && this.status !== 'paused';
  }

  private get pace(): Pace {
    if (!this.watched) return UNWATCHED;
    return {
      epochsPerSecond: this.skipping ? 0 : this.inUse.edited.settings['view.epochsPerSecond'],
      framesPerSecond: this.framesPerSecond,
    };
  }

  private updatePace(): void {
    this.link.send({ type: 'pace', pace: this.pace });
  }

  private command(command: 'pause' | 'stop'): void {
    if (can(this.status, command)) this.link.send({ type: command });
  }

  private async goOn(command: GoOn): Promise<void> {
    if (!this.can(command)) {
      this.changed.fire('notices');
      return;
    }
    this.skipping = false;
    this.failure = null;
    await this.start(command);
  }

  /** Loads what the trainer needs, and tells it to go on unless something else was asked for meanwhile. */
  private async start(command: GoOn): Promise<void> {
    const asked = { command, status: this.status, epoch: this.measure?.epoch ?? null };
    this.asked = asked;
    this.changed.fire('status');
    if (!(await this.link.load()) || this.asked !== asked) return;
    this.updatePace();
    this.useThreads(this.surroundings.threadsFor(this));
    this.sendLive();
    this.link.send(
      command === 'continue' ? { type: 'continue', more: this.continueEpochs } : { type: command },
    );
  }

  /** Sends the live settings that differ from those that act; a number of epochs below those done waits for an answer. */
  private sendLive(): void {
    const { effective, isLiveEdited } = this.inUse;
    const wanted = effective['training.epochs'];
    const isAsIs = [this.settings['training.epochs'], this.question?.epochs, this.declined].includes(wanted);
    const epochs = isAsIs ? this.epochs : wanted;
    if (isLiveEdited) this.link.send({ type: 'apply', settings: effective, epochs });
  }

  private openingMessages(source: Source): ToTrainer[] {
    const { id: run, settings, resumption, fileHash: hash } = this;
    this.unsavedText = source.kind === 'text';
    this.threads = this.surroundings.threadsFor(this);
    return [
      { type: 'pace', pace: this.pace },
      { type: 'load', run, source, settings, threads: this.threads, resumption, hash },
    ];
  }

  private receive(message: FromTrainer): void {
    switch (message.type) {
      case 'reading':
        return;
      case 'checked':
        this.table = message.table;
        this.changed.fire('table');
        return;
      case 'loaded':
        this.takeUpLoaded(message.loaded);
        this.changed.fire('pictures');
        return;
      case 'progress':
        this.progress(message.progress);
        this.link.send({ type: 'taken' });
        return;
      case 'snapshot':
        if (this.takeUpSnapshot(message.snapshot)) this.changed.fire('record');
        return;
      case 'otherFile':
        this.asked = null;
        this.setFile('changed');
        return;
      case 'failed':
        this.fail(message.failure);
        return;
      default:
        message satisfies never;
    }
  }

  private progress(progress: Progress): void {
    const settled = progress.status !== this.status;
    const differs = settled || progress.epochs !== this.epochs || progress.marks.length > 0;
    const moved = this.measure !== null && progress.measure.epoch !== this.measure.epoch;
    this.takeUpProgress(progress);
    if (this.question && (this.isOver || this.question.epochs >= progress.measure.epoch))
      this.question = null;
    if (this.asked && isAnswered(this.asked, progress)) this.asked = null;
    this.link.use(this.status === 'running');
    this.changed.fire(settled ? 'status' : 'progress');
    // What ends or pauses is kept at once, and what a step or an edit changes while it rests.
    if (this.status !== 'running' && (differs || moved)) this.keep();
  }

  private cancelReading(): void {
    this.link.cancel();
    this.stopLoading();
  }

  /** The trainer is gone: a run that it had not told the end of is what was kept last. */
  private ended(): void {
    const { record, status, measure } = this;
    this.asked = null;
    const isBehind = status === 'running' || measure?.epoch !== record?.measure.epoch;
    if (record && isBehind) this.takeUp(record);
    else if (status === 'running') this.status = 'stopped';
    else return;
    this.changed.fire('status');
  }

  private stopLoading(): void {
    this.asked = null;
    if (this.status === 'loading') this.status = 'stopped';
    this.changed.fire('status');
  }

  private setFile(file: FileState): void {
    if (this.file === file) return;
    this.file = file;
    this.looked = false;
    this.changed.fire('file');
  }

  /** A run that was kept is what it was when it was kept; another one is nothing any more. */
  private fail(failure: Failure): void {
    this.link.release();
    this.surroundings.log(failure);
    this.failure = failure;
    this.asked = null;
    if (!this.record) this.status = 'failed';
    else if (this.status === 'running') this.takeUp(this.record);
    this.changed.fire('status');
  }
}

/** Whether a progress is one that comes after what was asked for. */
function isAnswered({ command, status, epoch }: Asked, progress: Progress): boolean {
  switch (command) {
    case 'resume':
      return progress.status !== 'paused';
    case 'continue':
      return progress.status === 'running';
    case 'step':
      return (
        progress.status !== status ||
        progress.measure.epoch !== epoch ||
        progress.status === 'diverged' ||
        progress.marks.length > 0
      );
    default:
      return command satisfies never;
  }
}
