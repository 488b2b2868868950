import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { History } from '../core/history';
import type { Measure } from '../core/trainer';
import type { Network } from '../core/network';
import type { Source } from '../protocol/source';
import type {
  Dataset,
  FromWorker,
  Mark,
  Pace,
  Progress,
  Resumption,
  Sample,
  Status,
  ToWorker,
} from '../protocol/trainer';
import type { Divergence } from '../train/divergence';
import type { Failure } from '../data/failure';
import type { TableView } from '../data/table/tableView';
import type { Task } from '../data/table/target';
import { divergenceText } from '../train/divergence';
import { definitions, liveKeys, settingKeys, type Settings } from '../settings/settings';
import { WorkerClient } from '../threads/channel';

/** What is kept of a training on disk: all that is needed to go on to the last bit. */
export interface Saved {
  readonly uri: string;
  readonly settings: Settings;
  readonly status: Status;
  readonly epochs: number;
  readonly measure: Measure;
  readonly points: readonly Measure[];
  readonly marks: readonly Mark[];
  readonly parameters: Float64Array;
  readonly state: Float64Array;
  readonly penalty: number;
  readonly diverged: Divergence | null;
  readonly target: string;
  readonly task: Task;
  readonly hash: string;
}

/** What the host needs to know of the world around a session. */
export interface Surroundings {
  readonly workerScript: string;
  /** The table's present content. */
  source(uri: vscode.Uri): Promise<Source>;
  log(failure: Failure): void;
}

/** The pace of a training that nobody watches: full speed, reported for the CodeLens and checkpoints. */
const UNWATCHED: Pace = { epochsPerSecond: 0, framesPerSecond: 2 };

/** A table of ten thousand text columns says of each that it is left out. */
const MOST_NOTICES = 30;

/** One training of one file: owns the worker and everything known of the training. */
export class Session implements vscode.Disposable {
  readonly id = randomUUID();
  status: Status = 'loading';
  epochs: number;
  learningRate = 0;
  measure: Measure | null = null;
  /** Share of the file that has been read. */
  reading = 0;
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
  /** The settings as edited since; those that differ and need a restart are `pending`. */
  private edited: Settings;
  private state: Float64Array = new Float64Array();
  private history = new History();
  private worker: WorkerClient | undefined;
  private skipping = false;
  private watched = false;
  private readonly saved: Saved | null;
  private readonly changed = new vscode.EventEmitter<void>();
  /** Anything a person can see has changed. */
  readonly onDidChange = this.changed.event;

  /** Starts a training, or takes up a saved one, which loads its data only once it is looked at. */
  constructor(
    readonly uri: vscode.Uri,
    readonly settings: Settings,
    private settingsProblems: readonly string[],
    private readonly surroundings: Surroundings,
    saved: Saved | null = null,
  ) {
    this.saved = saved;
    this.edited = settings;
    this.epochs = settings['training.epochs'];
    if (saved) {
      this.epochs = saved.epochs;
      this.status = saved.status === 'running' || saved.status === 'loading' ? 'paused' : saved.status;
      this.measure = saved.measure;
      this.marks = [...saved.marks];
      this.parameters = saved.parameters;
      this.state = saved.state;
      this.penalty = saved.penalty;
      this.diverged = saved.diverged;
      this.history = new History(saved.points);
    } else {
      void this.load().then(() => this.send({ type: 'resume' }));
    }
  }

  get points(): readonly Measure[] {
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

  /** Whether weights exist that training can go on from. */
  get canGoOn(): boolean {
    return this.parameters !== null && this.status !== 'failed';
  }

  /** How many epochs going on adds. */
  get continueEpochs(): number {
    return this.edited['training.epochs'];
  }

  /** Whether the pace holds the training back. */
  get paced(): boolean {
    return this.pace.epochsPerSecond > 0;
  }

  /** Keys of settings that were edited and act only after a restart. */
  get pending(): string[] {
    return settingKeys.filter(
      (key) =>
        definitions[key].acts === 'restart' &&
        JSON.stringify(this.edited[key]) !== JSON.stringify(this.settings[key]),
    );
  }

  /** What a person should know of this training besides its numbers. */
  get notices(): string[] {
    const { diverged } = this;
    const all = [
      ...(diverged ? [divergenceText(diverged)] : []),
      ...this.settingsProblems,
      ...(this.unsavedText ? ['Trained on the unsaved text in the editor, not on the file.'] : []),
      ...(this.dataset?.notices ?? []),
    ];
    const more = all.length - MOST_NOTICES;
    return more > 0 ? [...all.slice(0, MOST_NOTICES), `And ${more} more like these.`] : all;
  }

  get targetName(): string {
    return (this.dataset ?? this.saved)?.target ?? this.settings['data.target'];
  }

  get isRegression(): boolean {
    return (this.dataset ?? this.saved)?.task === 'regression';
  }

  /** How it trains where that is not plain full-batch gradient descent, a phrase each. */
  get ways(): string[] {
    const { settings, edited } = this;
    const batch = edited['training.batchSize'];
    const optimizer = settings['training.optimizer'];
    const schedule = edited['training.learningRateSchedule'];
    const patience = edited['training.earlyStopping.patience'];
    return [
      ...(optimizer === 'gradientDescent' ? [] : [optimizer]),
      ...(batch > 0 ? [`batches of ${batch}`] : []),
      ...(schedule === 'constant' ? [] : [`${schedule} schedule`]),
      ...(edited['training.l1'] > 0 ? [`L1 ${edited['training.l1']}`] : []),
      ...(edited['training.l2'] > 0 ? [`L2 ${edited['training.l2']}`] : []),
      ...(settings['training.classWeights'] === 'none' ? [] : ['balanced classes']),
      ...(patience > 0 ? [`stops after ${patience} epochs without gain`] : []),
      ...(settings['training.engine'] === 'simd' ? [] : ['reference engine']),
    ];
  }

  get learningRateIsAuto(): boolean {
    return this.edited['training.learningRate'] === 'auto';
  }

  get framesPerSecond(): number {
    return this.edited['view.maxFramesPerSecond'];
  }

  pause = (): void => this.send({ type: 'pause' });
  stop = (): void => {
    if (this.status !== 'loading') {
      this.send({ type: 'stop' });
      return;
    }
    // A worker that reads hears nothing: it is ended, and the next start reads anew.
    this.worker?.dispose();
    this.worker = undefined;
    this.status = 'stopped';
    this.changed.fire();
  };
  step = (): Promise<void> => this.whenLoaded({ type: 'step' });

  /** Goes on after a pause. */
  resume = (): Promise<void> => this.whenLoaded({ type: 'resume' });

  /** Trains on from the present weights, for as many epochs as the settings say. */
  continue = (): Promise<void> => this.whenLoaded({ type: 'continue', more: this.continueEpochs });

  /** Stops pacing until the next start. */
  skipToEnd(): void {
    this.skipping = true;
    this.updatePace();
  }

  /** A visible Lens paces the training, for a person to watch. */
  watch(watched: boolean): void {
    if (watched === this.watched) return;
    this.watched = watched;
    if (watched) void this.load();
    this.updatePace();
  }

  /** Takes edited settings: learning rate and epochs act on the running training, the others wait. */
  apply(settings: Settings, problems: readonly string[]): void {
    const before = this.edited;
    this.edited = settings;
    this.settingsProblems = problems;
    this.sendLive(before);
    this.updatePace();
    this.changed.fire();
  }

  /** Sends the edited settings when live ones differ from `before`. */
  private sendLive(before: Settings): void {
    const differs = (key: keyof Settings) => before[key] !== this.edited[key];
    if (!liveKeys.some(differs)) return;
    this.send({
      type: 'apply',
      settings: this.edited,
      epochs: differs('training.epochs') ? this.edited['training.epochs'] : this.epochs,
    });
  }

  /** What to write to disk; null before there are weights. */
  save(): Saved | null {
    if (!this.measure || !this.parameters || this.status === 'failed') return null;
    const known = this.dataset ?? this.saved;
    if (!known) return null;
    return {
      uri: this.uri.toString(),
      settings: {
        ...this.settings,
        ...Object.fromEntries(liveKeys.map((key) => [key, this.edited[key]])),
      },
      status: this.status,
      epochs: this.epochs,
      measure: this.measure,
      points: this.points,
      marks: this.marks,
      parameters: this.parameters,
      state: this.state,
      penalty: this.penalty,
      diverged: this.diverged,
      target: known.target,
      task: known.task,
      hash: known.hash,
    };
  }

  dispose(): void {
    this.worker?.dispose();
    this.worker = undefined;
    this.changed.dispose();
  }

  private get pace(): Pace {
    if (!this.watched) return UNWATCHED;
    return {
      epochsPerSecond: this.skipping ? 0 : this.edited['view.epochsPerSecond'],
      framesPerSecond: this.framesPerSecond,
    };
  }

  private updatePace(): void {
    this.send({ type: 'pace', pace: this.pace });
  }

  private async whenLoaded(message: ToWorker): Promise<void> {
    this.skipping = false;
    await this.load();
    this.updatePace();
    this.send(message);
  }

  private loading: Promise<void> | undefined;

  /** Starts the worker and gives it the table, once. */
  private load(): Promise<void> {
    return (this.loading ??= (async () => {
      this.worker = new WorkerClient(
        this.surroundings.workerScript,
        (message) => this.receive(message),
        (failure) => this.fail(failure),
      );
      try {
        const source = await this.surroundings.source(this.uri);
        this.unsavedText = source.kind === 'text';
        this.send({ type: 'pace', pace: this.pace });
        this.send({
          type: 'load',
          source,
          settings: this.settings,
          resumption: this.resumption(),
        });
        this.sendLive(this.settings);
      } catch (error) {
        this.fail({
          message: error instanceof Error ? error.message : String(error),
          place: null,
          bug: false,
          detail: error instanceof Error ? (error.stack ?? '') : '',
        });
      }
    })());
  }

  private resumption(): Resumption | null {
    if (!this.saved || !this.measure || !this.parameters) return null;
    const { status, epochs, parameters, state, saved } = this;
    return {
      epoch: this.measure.epoch,
      epochs,
      status: status === 'finished' || status === 'stopped' || status === 'diverged' ? status : 'paused',
      parameters,
      state,
      interval: this.history.interval,
      hash: saved.hash,
    };
  }

  private send(message: ToWorker): void {
    this.worker?.post(message);
  }

  private receive(message: FromWorker): void {
    switch (message.type) {
      case 'loaded':
        this.dataset = message.loaded.dataset;
        this.network = message.loaded.network;
        this.sample = message.loaded.sample;
        break;
      case 'progress':
        this.takeUp(message.progress);
        this.send({ type: 'ready' });
        break;
      case 'failed':
        this.fail(message.failure);
        return;
      case 'reading':
        this.reading = message.share;
        break;
      case 'checked':
        this.table = message.table;
        break;
      default:
        message satisfies never;
    }
    this.changed.fire();
  }

  private takeUp(progress: Progress): void {
    this.status = progress.status;
    this.epochs = progress.epochs;
    this.learningRate = progress.learningRate;
    this.measure = progress.measure;
    this.parameters = progress.parameters;
    this.state = progress.state;
    this.penalty = progress.penalty;
    this.diverged = progress.diverged;
    this.marks.push(...progress.marks);
    progress.points.forEach((point) => this.history.push(point));
  }

  private fail(failure: Failure): void {
    this.status = 'failed';
    this.failure = failure;
    this.worker?.dispose();
    this.worker = undefined;
    this.surroundings.log(failure);
    this.changed.fire();
  }
}
