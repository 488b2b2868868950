import { parameterCount } from '../core/network';
import { makeDataset, type Dataset } from '../data/dataset';
import type { CheckedTable } from '../data/table/check';
import { plainSettings, type PlainSettings } from '../settings/automatic';
import type { Settings } from '../settings/settings';
import { automaticOf } from '../train/automatic';
import { comparisonOf, type Compared } from '../train/comparison';
import type { Comparison } from '../train/compared';
import { FoldTables } from '../train/foldTables';
import { median } from '../train/halving';
import type { Threads } from '../train/makeTrainer';
import type { TrainingRun } from '../train/run';
import type { FoldResult } from '../train/trainFold';
import { FoldPool, type FoldJob } from './foldPool';
import { trainAnew } from './trainAnew';

export interface CompareTask {
  readonly checked: CheckedTable;
  readonly settings: Settings;
  /** What each of those that are compared sets besides. */
  readonly candidates: readonly Partial<Settings>[];
  /** How many seeds each is trained with; they change only initial weights and batches. */
  readonly seeds: number;
  readonly threads: Threads;
  /** The script of the threads that train on folds. */
  readonly script: string;
  /** Hears how long all of it may take, in seconds, once one training has been done. */
  readonly planned?: (seconds: number) => void;
  readonly compared?: (compared: Compared) => void;
}

/** What came of it. */
export interface CompareResult extends Comparison {
  /** The settings that are adopted, trained anew on the whole training part; null where it was cancelled. */
  readonly run: TrainingRun | null;
  /** What is adopted sets, with how long it trains where the folds have found that. */
  readonly adoptedSettings: Partial<Settings> | null;
}

/** Trainings that a thread does in one go, so that none waits long for the others. */
const JOBS_A_THREAD = 4;

/**
 * Compares settings on the same folds inside the training part, with the same seeds, and trains what is adopted anew. The test
 * part is looked at once, then.
 */
export class Comparer {
  private readonly pool: FoldPool;
  private readonly tables: FoldTables;
  private readonly base: Dataset;
  private readonly plain: readonly PlainSettings[];
  private isCancelled = false;

  /** Throws UserError for what keeps the table from being trained on. */
  constructor(private readonly task: CompareTask) {
    const { checked, settings, threads, script, candidates } = task;
    this.base = makeDataset(checked, settings, { keepsColumns: true });
    this.tables = new FoldTables(checked, settings, this.base);
    // What `auto` stands for follows from the training part and the settings, and is the same for all folds and seeds.
    this.plain = candidates.map((candidate) => {
      const own = { ...settings, ...candidate };
      return plainSettings(own, automaticOf(this.base, own, threads.machine));
    });
    this.pool = new FoldPool(script, threads.count, threads.machine ?? {});
  }

  get dataset(): Dataset {
    return this.base;
  }

  get isRegression(): boolean {
    return this.base.output === 'linear';
  }

  get folds(): number {
    return this.tables.count;
  }

  /** Rows of the training part that are compared on. */
  get rows(): number {
    return this.tables.rows;
  }

  /** How many trainings it takes, before what is adopted is trained anew. */
  get trainings(): number {
    return this.task.candidates.length * this.task.seeds * this.tables.count;
  }

  /** Ends it: only what was compared so far is told. */
  cancel(): void {
    this.isCancelled = true;
    this.pool.dispose();
  }

  /** The units of each layer of a candidate's network. */
  sizesOf(candidate: number): number[] {
    return [this.base.X.rows, ...this.plain[candidate]['model.hiddenLayers'], this.base.Y.rows];
  }

  async compare(): Promise<CompareResult> {
    const all: Compared[] = [];
    try {
      const { seeds, threads, candidates } = this.task;
      const ofOne = seeds * this.tables.count;
      const [first] = this.jobsOf(0);
      const from = performance.now();
      const known = first ? ((await this.pool.run([first])) ?? []) : [];
      const seconds = (performance.now() - from) / 1000;
      this.task.planned?.((seconds * this.trainings) / threads.count);
      const atOnce = Math.max(1, Math.floor((JOBS_A_THREAD * threads.count) / ofOne));
      for (let next = 0; next < candidates.length && !this.isCancelled; next += atOnce) {
        const some = candidates.slice(next, next + atOnce).map((_, k) => next + k);
        const jobs = some.flatMap((candidate) => this.jobsOf(candidate));
        const done: readonly FoldResult[] = next === 0 ? known : [];
        const rest = await this.pool.run(jobs.slice(done.length));
        if (!rest) break;
        const results = [...done, ...rest];
        some.forEach((candidate, k) => {
          const own = results.slice(k * ofOne, (k + 1) * ofOne);
          const bySeed = Array.from({ length: seeds }, (__, seed) =>
            own.slice(seed * this.tables.count, (seed + 1) * this.tables.count),
          );
          all.push({ candidate, results: bySeed });
          this.task.compared?.({ candidate, results: bySeed });
        });
      }
    } finally {
      this.pool.dispose();
    }
    const comparison = comparisonOf(
      all,
      (candidate) => this.parametersOf(candidate),
      (candidate) => this.task.candidates[candidate],
    );
    return { ...comparison, ...(await this.adopt(comparison.adopted, all)) };
  }

  private parametersOf(candidate: number): number {
    const { 'model.hiddenActivation': hidden } = this.plain[candidate];
    return parameterCount({ sizes: this.sizesOf(candidate), hidden, output: this.base.output });
  }

  /** The trainings of a candidate: for each seed all folds. */
  private jobsOf(candidate: number): FoldJob[] {
    const plain = this.plain[candidate];
    const { tables, task } = this;
    const changes = {
      'data.transform': plain['data.transform'],
      'data.standardize': plain['data.standardize'],
    };
    return Array.from({ length: task.seeds * tables.count }, (_, k) => {
      const fold = k % tables.count;
      const seed = plain['training.seed'] + Math.floor(k / tables.count);
      return {
        key: `${JSON.stringify(changes)} ${fold}`,
        data: () => tables.dataset(changes, fold),
        settings: { ...plain, 'training.seed': seed },
        patience: plain['training.earlyStopping.patience'],
      };
    });
  }

  private async adopt(
    adopted: number | null,
    all: readonly Compared[],
  ): Promise<Pick<CompareResult, 'run' | 'adoptedSettings'>> {
    if (adopted === null) return { run: null, adoptedSettings: null };
    const { checked, settings, candidates, threads } = this.task;
    const epochs = all
      .filter(({ candidate }) => candidate === adopted)
      .flatMap(({ results }) => results.flat().map(({ epoch }) => epoch));
    const isWatched = this.plain[adopted]['training.earlyStopping.patience'] > 0;
    const adoptedSettings: Partial<Settings> = {
      ...candidates[adopted],
      // How long it trains has been found: no part need be watched.
      ...(isWatched && {
        'training.epochs': Math.max(1, median(epochs)),
        'training.earlyStopping.patience': 0,
      }),
    };
    const own = { ...settings, ...adoptedSettings };
    if (this.isCancelled) return { run: null, adoptedSettings };
    const run = await trainAnew(makeDataset(checked, own), own, threads, () => this.isCancelled);
    return { run, adoptedSettings };
  }
}
