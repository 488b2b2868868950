import { randomUUID } from 'node:crypto';
import { History, type CurvePoint } from '../core/history';
import type { Network } from '../core/network';
import type { Measure } from '../core/trainer';
import { READING_VERSION } from '../data/csv/version';
import type { Failure } from '../data/failure';
import type { TableView } from '../data/table/tableView';
import { TRANSFORM_VERSION } from '../data/transform';
import type { Source } from '../protocol/source';
import type { Dataset, FromTrainer, Resumption, Status, ToTrainer } from '../protocol/trainer';
import type { Pictures } from '../runs/pictures';
import type { RunRecord } from '../runs/record';
import { definitions, liveKeys, settingKeys, type SettingKey, type Settings } from '../settings/settings';
import type { Divergence } from '../train/divergence';
import type { Mark } from '../train/marks';
import type { LoopStatus, Pace, Progress, Snapshot, Automatic } from '../train/progress';
import type { Sample } from '../train/sample';
import { Emitter, type Disposable } from './emitter';
import type { SessionNotice } from './notice';
import type { FileTrainer, TrainerClient } from './trainers';
import { can, type Command } from './transitions';
import { message } from '../data/message';

/** What a person has set for a file. */
export interface Given {
  readonly settings: Settings;
  /** What is wrong with the settings, a sentence each. */
  readonly problems: readonly string[];
  /** The keys that a person has set; the others are at their defaults. */
  readonly given: readonly SettingKey[];
}

/** What a session needs of the world around it. */
export interface Surroundings {
  /** The table's present content. */
  source(uri: string): Promise<Source>;
  /** The file's trainer, for this session from now on. */
  acquire(session: Session): FileTrainer;
  /** Threads for a training that is about to run. */
  threadsFor(session: Session): number;
  /** The engine that the settings ask for, as it is today. */
  engineOf(settings: Settings): string;
  log(failure: Failure): void;
}

/** What has changed of a session. `record`: it can be kept, see {@link Session.record}. */
export type SessionChange =
  'status' | 'progress' | 'reading' | 'table' | 'pictures' | 'settings' | 'notices' | 'file' | 'record';

/** A question to the person; until it is answered the training goes on as before. */
export interface Question {
  readonly code: 'fewerEpochs';
  /** What the settings ask for, fewer than are done. */
  readonly epochs: number;
}

/** What the file is, beside what the run was trained on. */
export type FileState = 'same' | 'changed' | 'deleted';

/** The pace of a training that nobody watches: full speed, reported for the CodeLens. */
const UNWATCHED: Pace = { epochsPerSecond: 0, framesPerSecond: 2 };

/** A table of ten thousand text columns says of each that it is left out. */
const MOST_NOTICES = 30;

/** One run of one file: what is known of it, and the way to its trainer while it has one. */
export class Session implements TrainerClient, Disposable {
  readonly id: string;
  readonly startedAt: number;
  uri: string;
  status: Status = 'loading';
  /** The epoch at which it is done. */
  epochs: number;
  learningRate = 0;
  measure: Measure | null = null;
  /** Share of the file that has been read, while it is; else null. */
  reading: number | null = null;
  /** The table as it was read for this training. */
  table: TableView | null = null;
  dataset: Dataset | null = null;
  network: Network | null = null;
  sample: Sample | null = null;
  parameters: Float64Array | null = null;
  penalty = 0;
  diverged: Divergence | null = null;
  marks: Mark[] = [];
  failure: Failure | null = null;
  /** What the training runs on; a clean file may differ from what it now says in the editor. */
  unsavedText = false;
  question: Question | null = null;
  file: FileState = 'same';
  /** The last state that can be kept; null before there is one. */
  record: RunRecord | null = null;
  /** What is said of it by those who keep it: what could not be saved, what was set aside. */
  readonly keepers: SessionNotice[] = [];
  /** The settings that act: at the start, and with the edits since. */
  private acting: Settings;
  /** The settings as edited since; those that differ and need a restart are `pending`. */
  private edited: Given;
  private readonly startedWith: readonly SettingKey[];
  private automatic: Automatic | null = null;
  private engine = '';
  private state: Float64Array = new Float64Array();
  private history = new History();
  private hash: string | null = null;
  private known: { readonly target: string; readonly task: Dataset['task'] } | null = null;
  private trainer: FileTrainer | undefined;
  private loading: Promise<void> | undefined;
  /** Whether the trainer has this run, so that it hears commands. */
  private loaded = false;
  private threads = 0;
  private skipping = false;
  private watched = false;
  /** Whether going on would be another way of reading the table. */
  private readsOtherwise = false;
  private readonly changed = new Emitter<SessionChange>();
  /** Something a person can see has changed, or what can be kept. */
  readonly onDidChange = this.changed.event;

  /** Starts a training, or takes up a kept one, which loads its data only once it goes on. */
  constructor(
    origin: { readonly uri: string; readonly startedAt: number } | RunRecord,
    given: Given,
    private readonly surroundings: Surroundings,
  ) {
    this.uri = origin.uri;
    this.startedAt = origin.startedAt;
    this.edited = given;
    if ('id' in origin) {
      this.id = origin.id;
      this.acting = origin.settings;
      this.startedWith = origin.given;
      this.epochs = origin.epochs;
      this.takeUp(origin);
    } else {
      this.id = randomUUID();
      this.acting = given.settings;
      this.startedWith = given.given;
      this.epochs = given.settings['training.epochs'];
      void this.load().then(() => this.send({ type: 'resume' }));
    }
  }

  /** The settings it was started with, with the edits of live ones since. */
  get settings(): Settings {
    return this.acting;
  }

  get points(): readonly CurvePoint[] {
    return this.history.points;
  }

  /** Epochs between two points; a change means that the curve has been thinned. */
  get interval(): number {
    return this.history.interval;
  }

  /** Whether it was stopped before there was anything to train. */
  get cancelled(): boolean {
    return this.status === 'stopped' && this.measure === null;
  }

  get running(): boolean {
    return this.status === 'running' || this.status === 'loading';
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

  /** Epochs that *Continue* adds. */
  get continueEpochs(): number {
    return this.effective['training.epochs'];
  }

  /** Keys of settings that were edited and act only after a restart. */
  get pending(): SettingKey[] {
    const { effective } = this;
    return settingKeys.filter(
      (key) =>
        definitions[key].acts === 'restart' &&
        JSON.stringify(effective[key]) !== JSON.stringify(this.acting[key]),
    );
  }

  get notices(): SessionNotice[] {
    const { diverged, otherEngine } = this;
    const all: SessionNotice[] = [
      ...(diverged ? [{ code: 'diverged' as const, divergence: diverged }] : []),
      ...(this.file === 'changed' ? [{ code: 'fileChanged' as const }] : []),
      ...(this.file === 'deleted' ? [{ code: 'fileDeleted' as const }] : []),
      ...(otherEngine ? [{ code: 'otherEngine' as const, engine: this.engine, present: otherEngine }] : []),
      ...(this.readsOtherwise ? [{ code: 'otherReading' as const }] : []),
      ...this.keepers,
      ...this.edited.problems.map((text) => ({ code: 'settings' as const, text })),
      ...(this.unsavedText ? [{ code: 'unsavedText' as const }] : []),
      ...(this.dataset?.notices ?? []).map((notice) => ({ code: 'table' as const, notice })),
    ];
    const more = all.length - MOST_NOTICES;
    return more > 0 ? [...all.slice(0, MOST_NOTICES), { code: 'more', count: more }] : all;
  }

  get targetName(): string {
    return this.known?.target ?? this.acting['data.target'];
  }

  get isRegression(): boolean {
    return this.known?.task === 'regression';
  }

  get learningRateIsAuto(): boolean {
    return this.effective['training.learningRate'] === 'auto';
  }

  get framesPerSecond(): number {
    return this.edited.settings['view.maxFramesPerSecond'];
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

  /** Whether pictures lack the data that they are drawn from. */
  get lacksPictures(): boolean {
    return this.sample === null && this.status !== 'failed' && !this.cancelled;
  }

  /** Takes what pictures are drawn from, as it was kept. */
  usePictures({ dataset, sample }: Pictures): void {
    if (this.sample) return;
    this.dataset = dataset;
    this.sample = sample;
    this.changed.fire('pictures');
  }

  /** Reads the file for the pictures alone: nothing that comes of it changes what the run is. */
  look(): void {
    if (this.lacksPictures && this.file === 'same') void this.load();
  }

  /** Takes edited settings: live ones act on a training that is not over, the others wait. */
  apply(given: Given): void {
    this.edited = given;
    const wanted = this.effective['training.epochs'];
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
    this.send({ type: 'threads', threads });
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
    if (this.hash === null || this.unsavedText) return;
    this.setFile(hash === null ? 'deleted' : hash === this.hash ? 'same' : 'changed');
  }

  get fileHash(): string | null {
    return this.hash;
  }

  /** Asks the trainer for what can be kept; it comes as {@link record}. */
  keep(): void {
    this.send({ type: 'snapshot' });
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

  receive(message: FromTrainer): void {
    switch (message.type) {
      case 'reading':
        this.reading = message.share;
        this.changed.fire('reading');
        return;
      case 'checked':
        this.table = message.table;
        this.changed.fire('table');
        return;
      case 'loaded': {
        const { dataset, network, sample, engine, automatic } = message.loaded;
        this.reading = null;
        this.loaded = true;
        this.dataset = dataset;
        this.network = network;
        this.sample = sample;
        this.hash = dataset.hash;
        this.known = dataset;
        this.engine = engine;
        this.automatic = automatic;
        this.changed.fire('pictures');
        return;
      }
      case 'progress':
        this.takeUpProgress(message.progress);
        this.send({ type: 'taken' });
        return;
      case 'snapshot':
        this.takeUpSnapshot(message.snapshot);
        return;
      case 'otherFile':
        this.reading = null;
        this.trainer?.rest();
        this.letGo();
        this.setFile('changed');
        return;
      case 'failed':
        this.fail(message.failure);
        return;
      default:
        message satisfies never;
    }
  }

  died(failure: Failure): void {
    this.trainer = undefined;
    this.loading = undefined;
    this.loaded = false;
    this.fail(failure);
  }

  lost(): void {
    this.trainer = undefined;
    this.loading = undefined;
    this.loaded = false;
    if (this.reading === null) return;
    this.reading = null;
    if (this.status === 'loading') this.status = 'stopped';
    this.changed.fire('status');
  }

  dispose(): void {
    this.changed.dispose();
  }

  /** What holds for the run: the person's settings, and where nothing was set what it began with. */
  private get effective(): Settings {
    const { settings, given } = this.edited;
    const stands = (key: SettingKey) => given.includes(key) || this.startedWith.includes(key);
    const kept = settingKeys.filter((key) => definitions[key].acts !== 'view' && !stands(key));
    return { ...settings, ...Object.fromEntries(kept.map((key) => [key, this.acting[key]])) };
  }

  /** The name of today's engine, where it is another than that of the weights. */
  private get otherEngine(): string | null {
    if (this.engine === '') return null;
    const present = this.surroundings.engineOf(this.acting);
    return present === this.engine ? null : present;
  }

  private get pace(): Pace {
    if (!this.watched) return UNWATCHED;
    return {
      epochsPerSecond: this.skipping ? 0 : this.edited.settings['view.epochsPerSecond'],
      framesPerSecond: this.framesPerSecond,
    };
  }

  private updatePace(): void {
    this.send({ type: 'pace', pace: this.pace });
  }

  private command(command: 'pause' | 'stop'): void {
    if (can(this.status, command)) this.send({ type: command });
  }

  private async goOn(command: 'resume' | 'step' | 'continue'): Promise<void> {
    if (!can(this.status, command)) return;
    if (!this.canGoOn) {
      this.changed.fire('notices');
      return;
    }
    this.skipping = false;
    this.failure = null;
    await this.load();
    this.updatePace();
    this.useThreads(this.surroundings.threadsFor(this));
    this.sendLive();
    this.send(command === 'continue' ? { type: 'continue', more: this.continueEpochs } : { type: command });
  }

  /** Sends the live settings that differ from those that act; a number of epochs below those done waits for an answer. */
  private sendLive(): void {
    if (!this.loaded) return;
    const { effective } = this;
    const wanted = effective['training.epochs'];
    const epochs = wanted === this.acting['training.epochs'] || this.question ? this.epochs : wanted;
    const differs = liveKeys.some((key) => effective[key] !== this.acting[key]);
    if (differs) this.send({ type: 'apply', settings: effective, epochs });
  }

  /** Gives the table to the trainer, once. */
  private load(): Promise<void> {
    return (this.loading ??= (async () => {
      this.reading = 0;
      this.changed.fire('reading');
      try {
        const source = await this.surroundings.source(this.uri);
        if (this.reading === null) return;
        this.trainer = this.surroundings.acquire(this);
        this.unsavedText = source.kind === 'text';
        this.threads = this.surroundings.threadsFor(this);
        this.trainer.post({ type: 'pace', pace: this.pace });
        this.trainer.post({
          ...{ type: 'load', run: this.id, source, settings: this.acting, threads: this.threads },
          ...{ resumption: this.resumption(), hash: this.hash },
        });
        // Messages wait until the file is read, and are then looked at in their order.
        this.loaded = true;
      } catch (error) {
        this.fail({
          message: message('other', { text: error instanceof Error ? error.message : String(error) }),
          place: null,
          bug: false,
          detail: error instanceof Error ? (error.stack ?? '') : '',
        });
      }
    })());
  }

  private resumption(): Resumption | null {
    const { measure, parameters, automatic, status } = this;
    if (!measure || !parameters || !automatic) return null;
    const { epochs, state, interval } = this;
    const from: LoopStatus =
      status === 'finished' || status === 'stopped' || status === 'diverged' ? status : 'paused';
    return { status: from, epoch: measure.epoch, epochs, parameters, state, interval, automatic };
  }

  private send(message: ToTrainer): void {
    if (this.loaded) this.trainer?.post(message);
  }

  /** A trainer that reads hears nothing: it is ended, and the next start reads anew. */
  private cancelReading(): void {
    this.reading = null;
    this.trainer?.end();
    this.letGo();
    if (this.status === 'loading') this.status = 'stopped';
    this.changed.fire('status');
  }

  private letGo(): void {
    this.trainer = undefined;
    this.loading = undefined;
    this.loaded = false;
  }

  private takeUp(record: RunRecord): void {
    this.status = record.status === 'running' ? 'paused' : record.status;
    this.automatic = record.automatic;
    this.engine = record.engine;
    this.readsOtherwise =
      record.readingVersion !== READING_VERSION || record.transformVersion !== TRANSFORM_VERSION;
    this.learningRate = record.learningRate;
    this.network = record.network;
    this.measure = record.measure;
    this.history = new History(record.points, record.interval);
    this.marks = [...record.marks];
    this.parameters = record.parameters;
    this.state = record.state;
    this.penalty = record.penalty;
    this.diverged = record.diverged;
    this.hash = record.hash;
    this.known = record;
    this.record = record;
  }

  private takeUpProgress(progress: Progress): void {
    const settled = progress.status !== this.status;
    const differs = settled || progress.epochs !== this.epochs || progress.marks.length > 0;
    const moved = this.measure !== null && progress.measure.epoch !== this.measure.epoch;
    this.reading = null;
    this.status = progress.status;
    this.epochs = progress.epochs;
    this.learningRate = progress.learningRate;
    this.measure = progress.measure;
    this.parameters = progress.parameters;
    this.penalty = progress.penalty;
    this.diverged = progress.diverged;
    this.marks.push(...progress.marks);
    if (progress.marks.length > 0) this.acting = { ...this.acting, ...progress.live };
    if (progress.backTo !== null) this.history.cutBack(progress.backTo);
    progress.points.forEach((point) => this.history.push(point));
    if (this.question && this.question.epochs >= progress.measure.epoch) this.question = null;
    if (this.status === 'running') this.trainer?.busy();
    else this.trainer?.rest();
    this.changed.fire(settled ? 'status' : 'progress');
    // What ends or pauses is kept at once, and what a step or an edit changes while it rests.
    if (this.status !== 'running' && (differs || moved)) this.keep();
  }

  private takeUpSnapshot(snapshot: Snapshot): void {
    const { measure, known, automatic, hash } = this;
    if (!measure || !known || !automatic || hash === null) return;
    // The progress before it was of the same epoch.
    if (snapshot.epoch !== measure.epoch || this.status === 'failed' || this.status === 'loading') return;
    this.state = snapshot.state;
    this.record = {
      id: this.id,
      uri: this.uri,
      startedAt: this.startedAt,
      shownAt: this.startedAt,
      settings: this.acting,
      given: this.startedWith,
      automatic,
      engine: this.engine,
      readingVersion: READING_VERSION,
      transformVersion: TRANSFORM_VERSION,
      status: this.status,
      epochs: this.epochs,
      learningRate: this.learningRate,
      network: this.network,
      measure,
      points: this.points,
      interval: this.interval,
      marks: [...this.marks],
      parameters: snapshot.parameters,
      state: snapshot.state,
      penalty: this.penalty,
      diverged: this.diverged,
      target: known.target,
      task: known.task,
      hash,
    };
    this.changed.fire('record');
  }

  private setFile(file: FileState): void {
    if (this.file === file) return;
    this.file = file;
    this.changed.fire('file');
  }

  /** A run that was kept is what it was when it was kept; another one is nothing any more. */
  private fail(failure: Failure): void {
    this.reading = null;
    this.trainer?.rest();
    this.letGo();
    this.surroundings.log(failure);
    this.failure = failure;
    if (!this.record) this.status = 'failed';
    else if (this.status === 'running') this.takeUp(this.record);
    this.changed.fire('status');
  }
}
