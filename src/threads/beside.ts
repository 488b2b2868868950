import type { Dataset } from '../data/dataset';
import { message } from '../data/message';
import type { CheckedTable } from '../data/table/check';
import { UserError } from '../data/userError';
import type { Machine } from '../kernel/passes';
import type { Settings } from '../settings/settings';
import type { Clock } from '../train/clock';
import type { Threads } from '../train/makeTrainer';
import type { Answer, BesideQuestion, Question } from '../train/questions';
import { Experiment, variantScript } from './experiment';
import { foldScript } from './foldPool';
import { startFolds } from './foldWork';
import { startComparison } from './comparison';
import { startSearch, type SearchListener } from './search';

/** Whom it tells what has come of a question. */
interface Replies {
  answered(id: number, answer: Answer): void;
  nearly(id: number, share: number, answer: Answer): void;
  refused(id: number, error: unknown): void;
}

const kinds: Readonly<Record<BesideQuestion['kind'], true>> = {
  ...{ experiment: true, find: true, compare: true, folds: true },
};
/** Whether what is asked for trains beside the run. */
export const isBeside = (question: Question): question is BesideQuestion => question.kind in kinds;

/** What is trained on the table of a run, and not on its data set. */
export type OnTable = Exclude<BesideQuestion, { readonly kind: 'experiment' }>;

interface With {
  readonly checked: CheckedTable;
  readonly threads: Threads;
  /** That of the threads that train on folds. */
  readonly script: string;
  readonly clock: Clock;
}

/** Begins with it; `dispose` ends it. Throws UserError for what keeps the table from being trained on. */
export function begin(
  question: OnTable,
  { checked, threads, script, clock }: With,
  listener: SearchListener<Answer>,
): { dispose(): void } {
  switch (question.kind) {
    case 'find':
      return startSearch(checked, question, threads, script, listener);
    case 'compare':
      return startComparison(checked, question, threads, script, listener);
    case 'folds':
      return startFolds(checked, question, threads, clock, listener);
    default:
      return question satisfies never;
  }
}

/** What trains beside a run, one thing at a time: an experiment, a search, a comparison, or a cross-validation. */
export class Beside {
  private now:
    | {
        readonly id: number;
        readonly asker: string;
        readonly work: { dispose(): void };
        readonly takesTurns?: boolean;
      }
    | undefined;

  /**
   * @param folder where the scripts of its threads are
   * @param ended hears that the run may have its threads
   */
  constructor(
    private readonly folder: string,
    private readonly clock: Clock,
    private readonly replies: Replies,
    private readonly ended: () => void,
  ) {}

  /** Whether it trains on threads that the run gives up for it; folds and the run take turns on the same. */
  get takesThreads(): boolean {
    return this.now !== undefined && !this.now.takesTurns;
  }

  /** Trains the variants of an experiment on the data of the run. */
  experiment(
    id: number,
    asker: string,
    variants: readonly Settings[],
    { dataset, threads, machine }: { dataset: Dataset; threads: number; machine: Machine },
  ): void {
    const { replies } = this;
    const nothing = { kind: 'experiment', trained: [] } as const;
    const work = new Experiment(variantScript(this.folder), dataset, variants, threads, machine, {
      moved: (trained) => replies.nearly(id, work.share, { kind: 'experiment', trained: [trained] }),
      ended: () => this.end(() => replies.answered(id, nothing)),
      failed: (error) => this.end(() => replies.refused(id, error)),
    });
    this.now = { id, asker, work };
  }

  /** Looks for a good network on a table, compares settings on it, or cross-validates them. */
  search(
    id: number,
    asker: string,
    question: OnTable,
    { checked, threads }: { checked: CheckedTable; threads: Threads },
  ): void {
    const { replies } = this;
    const script = foldScript(this.folder);
    const listener: SearchListener<Answer> = {
      nearly: (share, answer) => replies.nearly(id, share, answer),
      ended: (answer) => this.end(() => replies.answered(id, answer)),
      failed: (error) => this.end(() => replies.refused(id, error)),
    };
    const work = begin(question, { checked, threads, script, clock: this.clock }, listener);
    this.now = { id, asker, work, takesTurns: question.kind === 'folds' };
  }

  /** Something newer takes its place: whoever asked for it is told. */
  giveWay(): void {
    const { now } = this;
    this.dispose();
    if (now) this.replies.refused(now.id, new UserError(message('cannot-go-back', { why: 'no trainer' })));
  }

  /** Whoever asked for it waits for nothing any more. */
  unask(asker: string): void {
    if (this.now?.asker === asker) this.end();
  }

  dispose(): void {
    this.now?.work.dispose();
    this.now = undefined;
  }

  /** It is over; `tell` says so. */
  private end(tell?: () => void): void {
    this.dispose();
    this.ended();
    tell?.();
  }
}
