import { randomUUID } from 'node:crypto';
import type { Failure } from '../data/failure';
import type { Source } from '../protocol/source';
import type { FromTrainer, ToTrainer } from '../protocol/trainer';
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

/** The pace of a training that nobody watches: full speed, reported for the CodeLens. */
const UNWATCHED: Pace = { epochsPerSecond: 0, framesPerSecond: 2 };

/** Drives one run of one file, by what a person asks for and what its trainer says. */
export class Session extends RunState implements Disposable {
  question: Question | null = null;
  /** What is said of it by those who keep it: what could not be saved, what was set aside. */
  readonly keepers: SessionNotice[] = [];
  private readonly link = new TrainerLink(this.linked);
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
    if (!('id' in origin)) void this.link.load().then(() => this.link.send({ type: 'resume' }));
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
    return can(this.status, command) && this.canGoOn;
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
    this.question = null;
    if (choice === 'end') this.command('stop');
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
    if (this.lacksPictures && this.file === 'same') void this.link.load();
  }

  /** Takes edited settings: live ones act on a training that is not over, the others wait. */
  apply(given: Given): void {
    this.inUse.edited = given;
    const wanted = this.inUse.effective['training.epochs'];
    const done = this.measure?.epoch ?? 0;
    const isFewer = wanted !== this.epochs && wanted < done && this.status === 'running';
    this.question = isFewer ? { code: 'fewerEpochs', epochs: wanted } : null;
    if (this.status === 'running' || this.status === 'paused') this.sendLive();
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
    this.changed.fire('file');
    if (this.record) this.changed.fire('record');
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
    else if (this.status === 'running') {
      // Both are answered before the trainer turns to the next run.
      this.command('pause');
      this.keep();
    }
    this.question = null;
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
    };
  }

  /** The name of today's engine, where it is another than that of the weights. */
  private get otherEngine(): string | null {
    if (this.engine === '') return null;
    const present = this.surroundings.engineOf(this.settings);
    return present === this.engine ? null : present;
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

  private async goOn(command: 'resume' | 'step' | 'continue'): Promise<void> {
    if (!can(this.status, command)) return;
    if (!this.canGoOn) {
      this.changed.fire('notices');
      return;
    }
    this.skipping = false;
    this.failure = null;
    if (!(await this.link.load())) return;
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
    const epochs = wanted === this.settings['training.epochs'] || this.question ? this.epochs : wanted;
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
    if (this.question && this.question.epochs >= progress.measure.epoch) this.question = null;
    this.link.use(this.status === 'running');
    this.changed.fire(settled ? 'status' : 'progress');
    // What ends or pauses is kept at once, and what a step or an edit changes while it rests.
    if (this.status !== 'running' && (differs || moved)) this.keep();
  }

  private cancelReading(): void {
    this.link.cancel();
    this.stopLoading();
  }

  private stopLoading(): void {
    if (this.status === 'loading') this.status = 'stopped';
    this.changed.fire('status');
  }

  private setFile(file: FileState): void {
    if (this.file === file) return;
    this.file = file;
    this.changed.fire('file');
  }

  /** A run that was kept is what it was when it was kept; another one is nothing any more. */
  private fail(failure: Failure): void {
    this.link.release();
    this.surroundings.log(failure);
    this.failure = failure;
    if (!this.record) this.status = 'failed';
    else if (this.status === 'running') this.takeUp(this.record);
    this.changed.fire('status');
  }
}
