import { edgesOf, type Edge } from '../core/verdicts/edges';
import { parameterCount, type Network } from '../core/network';
import { makeDataset, type Dataset } from '../data/dataset';
import type { CheckedTable } from '../data/table/check';
import type { SettingKey, Settings } from '../settings/settings';
import type { FoundCandidate } from '../train/found';
import type { Threads } from '../train/makeTrainer';
import type { TrainingRun } from '../train/run';
import { FoldTables } from '../train/foldTables';
import {
  deviation,
  lossesOf,
  mean,
  meanLoss,
  median,
  search,
  simplestOfBest,
  type FoldTask,
  type Tried,
} from '../train/halving';
import { candidatesOf, edgeValues, scheduleOf, settingsOf, type Candidate } from '../train/candidates';
import { FoldPool, type FoldJob } from './foldPool';
import { trainAnew } from './trainAnew';

/** How long is searched: so many seconds, or so many candidates, which give the same answer on every machine. */
export type FindLimit =
  | { readonly kind: 'seconds'; readonly seconds: number }
  | { readonly kind: 'candidates'; readonly candidates: number };

/** What a search found. */
export interface Found extends FoundCandidate {
  /** How many candidates were compared. */
  readonly candidates: number;
  /** Rows of the training part that were searched on. */
  readonly rows: number;
  /** Where the best on the folds lies at the edge of what was compared. */
  readonly edges: readonly Edge[];
  /** The network trained anew on the whole training part; null where the search was cancelled. */
  readonly run: TrainingRun | null;
}

export interface FindTask {
  readonly checked: CheckedTable;
  readonly settings: Settings;
  /** Keys that stay as they are. */
  readonly fixed: ReadonlySet<SettingKey>;
  readonly limit: FindLimit;
  readonly threads: Threads;
  /** The script of the threads that train on folds. */
  readonly script: string;
  /** Hears how much of the search is done, from 0 to 1. */
  readonly progressed?: (share: number) => void;
  readonly tried?: (candidate: FoundCandidate) => void;
}

/** How often it is looked whether time is up, in milliseconds. */
const LOOK_MS = 100;

/**
 * Looks for a network that predicts well: candidates are compared by cross-validation inside the training part, and the
 * one that is chosen is trained anew on all of it. The test part is looked at once, then.
 */
export class Finder {
  private readonly from = performance.now();
  private readonly pool: FoldPool;
  private readonly tables: FoldTables;
  private readonly base: Dataset;
  private readonly all: readonly Candidate[];
  private readonly seconds = new Map<number, number>();
  private isCancelled = false;
  private readonly finalists: Tried[] = [];
  private readonly allTried: Tried[] = [];

  /** Throws UserError for what keeps the table from being trained on. */
  constructor(private readonly task: FindTask) {
    const { checked, settings, fixed, limit, threads, script } = task;
    this.base = makeDataset(checked, settings, { keepsColumns: true });
    this.tables = new FoldTables(checked, settings, this.base);
    const hasNumbers = this.base.transform.columns.some(({ kind }) => kind === 'number');
    const all = candidatesOf({ fixed, settings, hasNumbers }, settings['training.seed']);
    this.all = limit.kind === 'candidates' ? all.slice(0, limit.candidates) : all;
    this.pool = new FoldPool(script, threads.count, threads.machine ?? {});
  }

  /** The table as a training has it; its rows are also those of what is found. */
  get dataset(): Dataset {
    return this.base;
  }

  get isRegression(): boolean {
    return this.base.output === 'linear';
  }

  get folds(): number {
    return this.tables.count;
  }

  /** The place of the candidate that would be chosen now. */
  get bestSoFar(): number | null {
    return this.best?.candidate ?? null;
  }

  /** Ends the search; what was found so far is the answer. */
  cancel(): void {
    this.isCancelled = true;
    this.pool.dispose();
  }

  /** Resolves with null where nothing could be trained before it was cancelled, or at all. */
  async find(): Promise<Found | null> {
    const { pool, tables, task } = this;
    const timer = setInterval(() => {
      task.progressed?.(this.share);
      if (this.isOver) pool.dispose();
    }, LOOK_MS);
    let compared = 0;
    try {
      ({ compared } = await search((tasks) => pool.run(tasks.map((each) => this.job(each))), {
        ...{ candidates: this.all.length, folds: tables.count },
        isOver: () => this.isOver,
        tried: (tried) => {
          if (tried.results.length === tables.count) this.finalists.push(tried);
          this.allTried.push(tried);
          task.tried?.(this.describe(tried));
        },
      }));
    } finally {
      clearInterval(timer);
      pool.dispose();
    }
    const { best } = this;
    if (!best) return null;
    const found = this.describe(best);
    const run = this.isCancelled ? null : await this.trainAnew(found.settings);
    return { ...found, candidates: compared, rows: tables.rows, edges: this.edges, run };
  }

  /** How much of what it may take is over. */
  private get share(): number {
    const { limit } = this.task;
    const done = this.elapsed / (limit.kind === 'seconds' ? limit.seconds : Infinity);
    const tried = this.allTried.length / this.all.length;
    return Math.min(1, limit.kind === 'seconds' ? Math.max(done, tried) : tried);
  }

  private get elapsed(): number {
    return (performance.now() - this.from) / 1000;
  }

  /** Whether it is time to come to an end, the last training included. There is always time for the first candidate. */
  private get isOver(): boolean {
    if (this.isCancelled) return true;
    const { limit } = this.task;
    if (limit.kind === 'candidates' || this.finalists.length === 0) return false;
    return this.elapsed + this.secondsToTrainAnew >= limit.seconds;
  }

  /** As long as it took on a fold, on more rows and shared among the threads. */
  private get secondsToTrainAnew(): number {
    const { best } = this;
    const onFold = best && this.seconds.get(best.candidate);
    if (onFold === undefined) return 0;
    return (onFold * this.base.train.length) / this.tables.rows / this.task.threads.count;
  }

  private get best(): Tried | undefined {
    return simplestOfBest(this.finalists, (candidate) => parameterCount(this.networkOf(this.all[candidate])));
  }

  /** Of the least loss on all folds, not of what is chosen for being simple. */
  private get edges(): Edge[] {
    const [first] = this.finalists
      .filter((tried) => Number.isFinite(meanLoss(tried)))
      .sort((a, b) => meanLoss(a) - meanLoss(b));
    const best = this.all[first.candidate];
    const compared = (tried: Tried) => ({
      ...{ values: edgeValues(this.all[tried.candidate], best), losses: lossesOf(tried) },
    });
    const { settings } = this.describe(first);
    return edgesOf(compared(first), this.allTried.map(compared)).map((edge) => {
      const set = settings[edge.key as SettingKey];
      return typeof set === 'number' ? { ...edge, value: set } : edge;
    });
  }

  private networkOf({ hiddenLayers, activation }: Candidate): Network {
    const { X, Y, output } = this.base;
    return { sizes: [X.rows, ...hiddenLayers, Y.rows], hidden: activation, output };
  }

  private job({ candidate: index, fold }: FoldTask): FoldJob {
    const { base, tables, task, all } = this;
    const candidate = all[index];
    const { X, Y, output } = base;
    const shape = { nx: X.rows, ny: Y.rows, output, examples: tables.rowsOf(fold) };
    const schedule = scheduleOf(candidate, task, shape);
    const { transform } = candidate;
    return {
      key: `${transform} ${fold}`,
      data: () => tables.dataset({ 'data.transform': transform }, fold),
      settings: { ...task.settings, ...settingsOf(candidate, schedule, task, shape) },
      patience: schedule.patience,
      took: (seconds) => this.seconds.set(index, Math.max(seconds, this.seconds.get(index) ?? 0)),
    };
  }

  private describe(tried: Tried): FoundCandidate {
    const { base, task, all } = this;
    const { candidate: index, results } = tried;
    const candidate = all[index];
    const { X, Y, output, train } = base;
    const shape = { nx: X.rows, ny: Y.rows, output, examples: train.length };
    const epochs = Math.max(1, median(results.map(({ epoch }) => epoch)));
    const schedule = { ...scheduleOf(candidate, task, shape), epochs };
    const scores = results.map(({ score }) => score);
    const network = this.networkOf(candidate);
    return {
      index,
      settings: settingsOf(candidate, schedule, task, shape),
      sizes: network.sizes,
      parameters: parameterCount(network),
      ...{ mean: mean(scores), deviation: deviation(scores) },
      ...{ loss: meanLoss(tried), folds: results.length },
    };
  }

  /** The chosen one on the whole training part, as a training with these settings has it to the bit. */
  private trainAnew(found: Partial<Settings>): Promise<TrainingRun | null> {
    const { checked, settings: given, threads } = this.task;
    const settings = { ...given, ...found };
    const isSame = settings['data.transform'] === given['data.transform'];
    const dataset = isSame ? this.base : makeDataset(checked, settings);
    return trainAnew(dataset, settings, threads, () => this.isCancelled);
  }
}
