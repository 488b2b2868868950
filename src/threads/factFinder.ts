import type { Baselines } from '../core/baselines';
import { Problems } from '../data/problems';
import { adviseSplit } from '../data/table/splitAdvice';
import { withProblems, type TableView } from '../data/table/tableView';
import type { CheckedTable } from '../data/table/check';
import type { Sure } from '../core/folds';
import type { Clock } from '../train/clock';
import type { Threads } from '../train/makeTrainer';
import type { Progress } from '../train/progress';
import type { LoopStatus } from '../train/runState';
import type { TrainingRun } from '../train/run';
import { findBaselines } from './baselineWork';
import { LookWork, type LookMessage } from './lookWork';
import { findSure } from './sureWork';
import type { Kept } from './trainingData';

/** So long after its end a training is kept, and what may be asked of its table does not delay that. */
const KEPT_MS = 300;

/** What is said of a run besides how it stands. */
export type FactMessage =
  | { readonly type: 'baselines'; readonly baselines: Baselines }
  | { readonly type: 'sure'; readonly sure: Sure }
  | { readonly type: 'checked'; readonly table: TableView }
  | LookMessage;

/** The run that facts are found about, and its data. */
export interface FactsOf {
  readonly data: Kept;
  readonly seed: number;
  /** Reads its table once more, with its columns. Throws UserError where it is another now. */
  readonly readAgain: () => CheckedTable;
  readonly threads: Threads;
}

/**
 * Finds what is said of a run besides how it stands: behind the first picture what guessing and a straight line score and what
 * is to be known of its rows, and each time it rests how sure its score is and what is to be known of its network. All of it
 * in slices between those of the training, which does not know of it.
 */
export class FactFinder {
  private of: FactsOf | undefined;
  private endBaselines: () => void = () => undefined;
  private endSure: () => void = () => undefined;
  /** What the last answer to how sure a score is was of. */
  private sureOf = '';
  private readonly looks: LookWork;

  constructor(
    private readonly clock: Clock,
    private readonly tell: (message: FactMessage) => void,
  ) {
    this.looks = new LookWork(clock, tell);
  }

  /** Begins with another run. */
  begin(of: FactsOf): void {
    this.end();
    this.of = of;
  }

  /** The first picture of the run has been told: finds what follows from its data. Of data that are kept, it is known. */
  behindFirst(run: TrainingRun, status: LoopStatus): void {
    if (!this.of) return;
    const { data, seed } = this.of;
    const tell = (baselines: Baselines) => {
      data.baselines = baselines;
      this.tell({ type: 'baselines', baselines });
    };
    if (data.baselines) tell(data.baselines);
    else this.endBaselines = findBaselines(data.dataset, seed, this.clock, tell);
    this.looks.atRows(data, seed);
    if (isOver(status)) this.looks.atModel(run);
  }

  /** The run has come to this, of which its host has been told. */
  moved(run: TrainingRun, progress: Progress): void {
    if (!this.of) return;
    if (progress.status === 'finished') this.adviseLater(this.of.data);
    this.findSure(this.of, run, progress);
    if (isOver(progress.status)) this.looks.atModel(run);
  }

  /** Ends what is under way. */
  end(): void {
    this.endBaselines();
    this.endSure();
    this.sureOf = '';
    this.looks.end();
    this.of = undefined;
  }

  /** Once for each state that the run rests in. */
  private findSure({ readAgain, threads }: FactsOf, run: TrainingRun, { status, measure }: Progress): void {
    const of = JSON.stringify([status, measure]);
    if (of === this.sureOf) return;
    this.endSure();
    this.sureOf = of;
    if (status === 'running' || status === 'diverged') return;
    const resting = { run, isOver: status === 'finished', readAgain, threads };
    this.endSure = findSure(resting, this.clock, (sure) => this.tell({ type: 'sure', sure }));
  }

  /** Tells, once, of what flatters the score of a training that is over. */
  private adviseLater(data: Kept): void {
    if (data.questions.length === 0 || data.dataset.test.length === 0) return;
    const { questions } = data;
    data.questions = [];
    this.clock.later(() => {
      const advice = new Problems();
      adviseSplit(questions, advice);
      if (advice.total === 0) return;
      data.table = withProblems(data.table, advice);
      if (this.of?.data === data) this.tell({ type: 'checked', table: data.table });
    }, KEPT_MS);
  }
}

const isOver = (status: LoopStatus): boolean => status === 'finished' || status === 'stopped';
