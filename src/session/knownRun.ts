import type { Baselines } from '../core/baselines';
import type { Sure } from '../core/folds';
import type { ModelFacts, RowFacts } from '../core/verdicts/looks';
import { History, type CurvePoint } from '../core/history';
import { LayerCurve, type LayerPoint } from '../core/layerCurve';
import type { Network } from '../core/network';
import type { Measure } from '../core/trainer';
import type { Failure } from '../data/failure';
import type { TableView } from '../data/table/tableView';
import type { Transform } from '../data/transform';
import type { Dataset, Loaded, Resumption, Status } from '../protocol/trainer';
import type { Pictures } from '../runs/pictures';
import { labelOf, type RunLabel } from '../runs/label';
import type { RunRecord } from '../runs/record';
import type { Automatic, PlainSettings } from '../settings/automatic';
import { settingKeys, type SettingKey, type Settings } from '../settings/settings';
import type { Divergence } from '../train/divergence';
import { addMark, frozenAfter, type Frozen } from '../core/handEdits';
import type { Mark } from '../train/marks';
import type { Progress, Snapshot } from '../train/progress';
import type { StateToGoOn } from '../train/questions';
import type { RunState } from '../train/runState';
import type { Sample } from '../train/sample';
import { branchAt, recordNow, resumptionOf, stateOf, type Origin } from './runRecords';
import { RunSettings, type Given } from './runSettings';

/** What the file is, beside what the run was trained on. */
export type FileState = 'same' | 'changed' | 'deleted';

/** What is known of a run: what its trainer has told of it, or what was kept of it. */
export class KnownRun {
  readonly startedAt: number;
  uri: string;
  /** What a person says of it. */
  label: RunLabel = {};
  /** The settings that a person chose after looking at test scores: its own is none of data that nobody has seen. */
  chosen: readonly SettingKey[] = [];
  /** The epoch of another run from which it went on; null for one that began anew. */
  branchedAt: number | null = null;
  /** What its trainer says, and before and beside that what has become of it. */
  status: Status = 'loading';
  /** How it stands; null before its trainer has said so. */
  state: RunState | null = null;
  /** The table as it was read for this training. */
  table: TableView | null = null;
  dataset: Dataset | null = null;
  network: Network | null = null;
  sample: Sample | null = null;
  /** What guessing and a straight line score on its data; null before that is known. */
  baselines: Baselines | null = null;
  /** How sure its score is, at an epoch at which it rested. */
  sure: Sure | null = null;
  /** What a look at its rows found, and the last one at its network. */
  rows: RowFacts | null = null;
  model: ModelFacts | null = null;
  marks: Mark[] = [];
  /** Parameters that are not learned; the same object while it is the same. */
  frozen: Frozen = new Set();
  failure: Failure | null = null;
  /** What the training runs on; a clean file may differ from what it now says in the editor. */
  unsavedText = false;
  /** How rows become numbers; null before that is known. */
  transform: Transform | null = null;
  file: FileState = 'same';
  /** The last state that can be kept; null before there is one. */
  record: RunRecord | null = null;
  /** Whether going on would be another way of reading the table. */
  readsOtherwise = false;
  /** Names the arithmetic of its weights; empty before there are any. */
  engine = '';
  protected readonly inUse: RunSettings;
  /** What the optimizer and early stopping go on from. */
  private bulk: Float64Array = new Float64Array();
  private history = new History();
  private layerCurve = new LayerCurve();
  private hash: string | null = null;
  private known: { readonly target: string; readonly task: Dataset['task'] } | null = null;

  /** @param origin what was kept of it, else where and when it starts */
  constructor(
    origin: { readonly uri: string; readonly startedAt: number } | RunRecord,
    readonly id: string,
    given: Given,
  ) {
    this.uri = origin.uri;
    this.startedAt = origin.startedAt;
    if ('id' in origin) {
      this.inUse = new RunSettings(origin.settings, origin.given, given);
      this.takeUp(origin);
    } else {
      this.inUse = new RunSettings(given.settings, given.given, given);
    }
  }

  /** The epoch at which it is done. */
  get epochs(): number {
    return this.state?.epochs ?? this.plain['training.epochs'];
  }

  get learningRate(): number {
    return this.state?.learningRate ?? 0;
  }

  get measure(): Measure | null {
    return this.state?.measure ?? null;
  }

  get parameters(): Float64Array | null {
    return this.state?.parameters ?? null;
  }

  get penalty(): number {
    return this.state?.penalty ?? 0;
  }

  get diverged(): Divergence | null {
    return this.state?.diverged ?? null;
  }

  /** The settings it was started with, with the edits of live ones since. */
  get settings(): Settings {
    return this.inUse.acting;
  }

  /** They, with what each `auto` stands for. */
  get plain(): PlainSettings {
    return this.inUse.plain(this.settings);
  }

  /** What each `auto` stands for, as far as that is known. */
  get automatic(): Partial<Automatic> {
    return this.inUse.automatic;
  }

  /** Keys of settings that were edited and act only after a restart. */
  get pending(): SettingKey[] {
    return this.inUse.pending(this.known?.target ?? null);
  }

  /** What is wrong with the person's settings, a sentence each. */
  get settingsProblems(): readonly string[] {
    return this.inUse.edited.problems;
  }

  /** The keys that a person had set when it began, or has set since. */
  get everGiven(): SettingKey[] {
    const { startedWith, edited } = this.inUse;
    return settingKeys.filter((key) => startedWith.includes(key) || edited.given.includes(key));
  }

  /** What the person's settings say of this run, and where nothing was set what it began with. */
  get wantedSettings(): Settings {
    return this.inUse.effective;
  }

  /** The learning rate that `auto` stands for; null before that is known. */
  get automaticRate(): number | null {
    return this.automatic['training.learningRate'] ?? null;
  }

  get learningRateIsAuto(): boolean {
    return this.inUse.effective['training.learningRate'] === 'auto';
  }

  /** Epochs that *Continue* adds. */
  get continueEpochs(): number {
    return this.inUse.plain(this.inUse.effective)['training.epochs'];
  }

  get framesPerSecond(): number {
    return this.inUse.edited.settings['view.maxFramesPerSecond'];
  }

  get points(): readonly CurvePoint[] {
    return this.history.points;
  }

  /** How large gradients and changes of the layers were; empty where that was not kept. */
  get layers(): readonly LayerPoint[] {
    return this.layerCurve.points;
  }

  /** Epochs between two points; a change means that the curve has been thinned. */
  get interval(): number {
    return this.history.interval;
  }

  get targetName(): string {
    return this.known?.target ?? this.settings['data.target'];
  }

  get isRegression(): boolean {
    return this.known?.task === 'regression';
  }

  /** SHA-256 of the bytes that it was trained on. */
  get fileHash(): string | null {
    return this.hash;
  }

  /** Whether it was stopped before there was anything to train. */
  get cancelled(): boolean {
    return this.status === 'stopped' && this.measure === null;
  }

  get running(): boolean {
    return this.status === 'running' || this.status === 'loading';
  }

  /** Whether pictures lack the data that they are drawn from. */
  get lacksPictures(): boolean {
    return this.sample === null && this.status !== 'failed' && !this.cancelled;
  }

  /** What a trainer goes on from; null: from the beginning. */
  protected get resumption(): Resumption | null {
    return this.state && resumptionOf(this, this.state, this.bulk);
  }

  /** Is what was kept. */
  protected takeUp(record: RunRecord): void {
    this.label = labelOf(record);
    this.chosen = record.chosen ?? [];
    this.branchedAt = record.branchedAt ?? null;
    this.status = record.status === 'running' ? 'paused' : record.status;
    this.state = stateOf(record);
    this.inUse.acting = record.settings;
    this.inUse.automatic = record.automatic;
    this.engine = record.engine;
    this.network = record.network;
    this.transform = record.transform;
    this.history = new History(record.points, record.interval);
    this.layerCurve = new LayerCurve(record.layers);
    this.marks = [...record.marks];
    this.frozen = frozenAfter(this.marks);
    this.bulk = record.state;
    this.baselines = record.baselines ?? null;
    this.sure = record.sure ?? null;
    this.rows = record.rows ?? null;
    this.model = record.model ?? null;
    this.hash = record.hash;
    this.known = record;
    this.record = record;
  }

  protected takeUpLoaded({ dataset, transform, network, sample, engine, automatic }: Loaded): void {
    this.dataset = dataset;
    this.transform = transform;
    this.network = network;
    this.sample = sample;
    this.hash = dataset.hash;
    this.known = dataset;
    this.engine = engine;
    this.inUse.automatic = automatic;
  }

  protected takeUpPictures({ dataset, sample }: Pictures): void {
    this.dataset = dataset;
    this.sample = sample;
  }

  protected takeUpProgress(progress: Progress): void {
    this.status = progress.status;
    this.state = stateOf(progress);
    progress.marks.forEach((mark) => addMark(this.marks, mark));
    if (progress.marks.some(({ kind }) => kind === 'hand')) this.frozen = frozenAfter(this.marks);
    if (progress.marks.length > 0) this.inUse.acting = { ...this.settings, ...progress.live };
    if (progress.backTo !== null) {
      this.history.cutBack(progress.backTo);
      this.layerCurve.cutBack(progress.backTo);
    }
    progress.points.forEach((point) => this.history.push(point));
    progress.layers.forEach((point) => this.layerCurve.add(point));
  }

  /** Makes the record of what is known and of a snapshot of the same epoch; false where they do not fit. */
  protected takeUpSnapshot(snapshot: Snapshot): boolean {
    const { state: reached, known, hash, status } = this;
    if (!reached || !known || hash === null) return false;
    // The progress before it was of the same epoch.
    if (snapshot.epoch !== reached.measure.epoch || status === 'failed' || status === 'loading') return false;
    this.bulk = snapshot.state;
    this.record = recordNow(this, this.origin(known, hash), { ...reached, status }, snapshot);
    return true;
  }

  /** What this run was after an epoch, as the record of another that is paused there; null before it can be kept. */
  protected recordAt(at: StateToGoOn, id: string, startedAt: number): RunRecord | null {
    const { known, hash } = this;
    return known && hash !== null ? branchAt(this, this.origin(known, hash), at, { id, startedAt }) : null;
  }

  /** What its weights came of. */
  private origin({ target, task }: NonNullable<typeof this.known>, hash: string): Origin {
    return { given: this.inUse.startedWith, target, task, hash };
  }
}
