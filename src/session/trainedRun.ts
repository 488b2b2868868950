import type { Failure } from '../data/failure';
import type { Source } from '../protocol/source';
import type { FromTrainer, ToTrainer } from '../protocol/trainer';
import type { RunRecord } from '../runs/record';
import type { SettingKey } from '../settings/settings';
import type { Pace, Progress } from '../train/progress';
import { Emitter } from './emitter';
import { isAnswered, type Asked, type GoOn } from './goOn';
import { LiveEdits, type Reached } from './liveEdits';
import { Questions } from './questions';
import type { Given } from './runSettings';
import { KnownRun, type FileState } from './knownRun';
import { TrainerLink, type LinkedSession } from './trainerLink';
import type { Surroundings } from './world';

/** What has changed of a session. `record`: it can be kept, see {@link KnownRun.record}. */
export type SessionChange =
  | 'status'
  | 'progress'
  | 'reading'
  | 'table'
  | 'pictures'
  | 'settings'
  | 'notices'
  | 'file'
  | 'label'
  | 'record';

/** The pace of a training that nobody watches: full speed, reported for the CodeLens. */
const UNWATCHED: Pace = { epochsPerSecond: 0, framesPerSecond: 2 };

/** A run and its trainer: what the trainer is told so that it goes on, and what becomes of the run by what it says. */
export class TrainedRun extends KnownRun {
  protected readonly link = new TrainerLink(this.linked);
  protected readonly edits = new LiveEdits(this.inUse);
  protected readonly questions = new Questions((message) => this.link.send(message));
  protected asked: Asked | null = null;
  /** Whether the file was read for the pictures: what did not come of it does not come of reading it again. */
  protected looked = false;
  protected skipping = false;
  protected watched = false;
  protected readonly changed = new Emitter<SessionChange>();
  /** Something a person can see has changed, or what can be kept. */
  readonly onDidChange = this.changed.event;
  private threads = 0;

  constructor(
    origin: { readonly uri: string; readonly startedAt: number } | RunRecord,
    id: string,
    given: Given,
    protected readonly surroundings: Surroundings,
  ) {
    super(origin, id, given);
  }

  /** Share of the file that has been read, while it is; else null. */
  get reading(): number | null {
    return this.link.reading;
  }

  /** Whether it needs threads: it trains, or an experiment does on its data. */
  get needsThreads(): boolean {
    return this.running || this.questions.isExperimenting;
  }

  /** How many threads train it from now on. */
  useThreads(threads: number): void {
    if (threads === this.threads) return;
    this.threads = threads;
    this.link.send({ type: 'threads', threads });
  }

  /** Asks the trainer for what can be kept; it comes as {@link record}. */
  keep(): void {
    this.link.send({ type: 'snapshot' });
  }

  /** Keys of settings that were edited after its end, and act once it is continued. */
  get waiting(): SettingKey[] {
    return this.isOver ? this.inUse.liveEdited : [];
  }

  /** Whether it has come to an end: edits wait until it goes on. */
  protected get isOver(): boolean {
    return !this.running && this.status !== 'paused';
  }

  /** The trainer and its data stay while it trains, while it is asked something, and while somebody looks. */
  protected use(): void {
    this.link.use(this.status === 'running' || this.questions.isWaiting || this.watched);
  }

  protected get reached(): Reached {
    return { done: this.measure?.epoch ?? 0, epochs: this.epochs, isOver: this.isOver };
  }

  protected get pace(): Pace {
    if (!this.watched) return UNWATCHED;
    return {
      epochsPerSecond: this.skipping ? 0 : this.inUse.edited.settings['view.epochsPerSecond'],
      framesPerSecond: this.framesPerSecond,
    };
  }

  protected updatePace(): void {
    this.link.send({ type: 'pace', pace: this.pace });
  }

  /** Loads what the trainer needs, and tells it to go on unless something else was asked for meanwhile. */
  protected async start(command: GoOn): Promise<void> {
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

  /**
   * Tells the trainer the live settings that were edited.
   * @param drag which of a person's drags of a handle they belong to, while it is held
   */
  protected sendLive(drag?: number): void {
    const message = this.edits.message(this.epochs);
    if (message) this.link.send(drag === undefined ? message : { ...message, drag });
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
      case 'baselines':
        this.baselines = message.baselines;
        this.changed.fire('progress');
        // What is over is kept for nothing else.
        if (this.status !== 'running' && !this.record?.baselines) this.keep();
        return;
      case 'sure':
        this.sure = message.sure;
        this.changed.fire('progress');
        if (this.status !== 'running' && this.record?.sure?.epoch !== message.sure.epoch) this.keep();
        return;
      case 'looked':
        this.takeUpLook(message);
        return;
      case 'snapshot':
        if (this.takeUpSnapshot(message.snapshot)) this.changed.fire('record');
        return;
      case 'answered':
      case 'nearly':
      case 'refused':
        this.questions.receive(message);
        return;
      case 'otherFile':
        this.asked = null;
        this.questions.refuseAll('other file');
        this.setFile('changed');
        return;
      case 'otherReading':
        this.asked = null;
        this.questions.refuseAll('other reading');
        this.readsOtherwise = true;
        this.changed.fire('file');
        return;
      case 'failed':
        this.fail(message.failure);
        return;
      default:
        message satisfies never;
    }
  }

  private takeUpLook({ rows, model }: FromTrainer & { type: 'looked' }): void {
    if (rows) this.rows = rows;
    if (model) this.model = model;
    this.changed.fire('progress');
    // What is found of the table is listed with its problems.
    this.table = this.table && { ...this.table };
    this.changed.fire('table');
    // What is over is kept for nothing else.
    const isKept = (!rows || this.record?.rows) && (!model || this.record?.model?.epoch === model.epoch);
    if (this.status !== 'running' && !isKept) this.keep();
  }

  private progress(progress: Progress): void {
    const settled = progress.status !== this.status;
    const differs = settled || progress.epochs !== this.epochs || progress.marks.length > 0;
    const moved = this.measure !== null && progress.measure.epoch !== this.measure.epoch;
    this.takeUpProgress(progress);
    this.edits.reached(this.reached);
    if (this.asked && isAnswered(this.asked, progress)) this.asked = null;
    this.use();
    this.changed.fire(settled ? 'status' : 'progress');
    // What ends or pauses is kept at once, and what a step or an edit changes while it rests.
    if (this.status !== 'running' && (differs || moved)) this.keep();
  }

  protected cancelReading(): void {
    this.link.cancel();
    this.stopLoading();
  }

  /** The trainer is gone: a run that it had not told the end of is what was kept last. */
  private ended(): void {
    const { record, status, measure } = this;
    this.asked = null;
    this.questions.refuseAll('no trainer');
    const isBehind = status === 'running' || measure?.epoch !== record?.measure.epoch;
    if (record && isBehind) this.takeUp(record);
    else if (status === 'running') this.status = 'stopped';
    else return;
    this.changed.fire('status');
  }

  private stopLoading(): void {
    this.asked = null;
    this.questions.refuseAll('no trainer');
    if (this.status === 'loading') this.status = 'stopped';
    this.changed.fire('status');
  }

  protected setFile(file: FileState): void {
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
    this.questions.refuseAll(failure);
    if (!this.record) this.status = 'failed';
    else if (this.status === 'running') this.takeUp(this.record);
    this.changed.fire('status');
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
      lost: (wasReading) => {
        this.questions.refuseAll('no trainer');
        if (wasReading) this.stopLoading();
      },
      ended: () => this.ended(),
    };
  }
}
