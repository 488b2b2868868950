import { numbersOf } from '../core/measures';
import { flatten } from '../core/network';
import { message } from '../data/message';
import { UserError } from '../data/userError';
import { firstState, type TrainingLoop } from './loop';
import type { Clock } from './clock';
import type { Threads } from './makeTrainer';
import type { Answer, BesideQuestion, Question, StateAt, StepTaken } from './questions';
import { Replay } from './replay';
import { rowsAt } from './rowsAt';
import { TrainingRun } from './run';
import type { Kept } from './snapshots';

/** A slice of work on a question between two looks at the messages, in milliseconds. */
const SLICE_MS = 12;
/** Who waits longer gets the nearest that was kept, and is told from time to time how far it is. */
const PATIENCE_MS = 50;
const TELL_MS = 100;

/** Whom the answers go to. */
export interface Answers {
  answered(id: number, answer: Answer): void;
  /** It takes longer; `share` of the work is done. The answer to something near comes with the first. */
  nearly(id: number, share: number, answer: Answer | null): void;
  refused(id: number, error: unknown): void;
}

/** What is answered between two slices; what trains beside the run is not. */
type Asks = Exclude<Question, BesideQuestion>;

interface Asked {
  readonly id: number;
  readonly asker: string;
  readonly question: Asks;
  readonly since: number;
  work?: Work;
  /** When it was last told how far it is. */
  told?: number;
}

/** Finds an answer in slices. */
interface Work {
  readonly share: number;
  /** What may be said until the answer is found. */
  near(): Answer | null;
  /** The answer, once it is found; null where `shouldYield` said so before. */
  advance(shouldYield: () => boolean): Answer | null;
}

/**
 * Answers questions about a run between the slices of its training, which goes on meanwhile. What has to be computed is, on
 * a copy that the run does not know of. A newer question of the same asker takes the place of the one before.
 */
export class Respondent {
  private waiting: Asked[] = [];
  private scratch: TrainingRun | undefined;
  private scheduled = false;
  private disposed = false;

  /** @param copyOf makes a run on the same data, for its arithmetic alone */
  constructor(
    private readonly loop: TrainingLoop,
    private readonly clock: Clock,
    private readonly answers: Answers,
    private readonly copyOf: (run: TrainingRun) => TrainingRun,
  ) {}

  ask(id: number, asker: string, question: Asks): void {
    this.unask(asker);
    this.waiting.push({ id, asker, question, since: this.clock.now() });
    if (!this.scheduled) this.slice();
  }

  /** Nobody waits for the answer any more. */
  unask(asker: string): void {
    this.waiting = this.waiting.filter((each) => each.asker !== asker);
  }

  dispose(): void {
    this.disposed = true;
    this.waiting = [];
    this.scratch?.dispose();
    this.scratch = undefined;
  }

  private slice(): void {
    this.scheduled = false;
    const [asked] = this.waiting;
    if (this.disposed || !asked) return;
    const { clock } = this;
    const from = clock.now();
    try {
      asked.work ??= this.workOn(asked.question);
      const answer = asked.work.advance(() => clock.now() - from >= SLICE_MS);
      if (answer) {
        this.answers.answered(asked.id, answer);
        this.done(asked);
      } else this.tell(asked, asked.work);
    } catch (error) {
      this.answers.refused(asked.id, error);
      this.done(asked);
    }
    if (this.waiting.length === 0) return;
    this.scheduled = true;
    clock.soon(() => this.slice());
  }

  private done(asked: Asked): void {
    this.waiting = this.waiting.filter((each) => each !== asked);
  }

  private tell(asked: Asked, work: Work): void {
    const now = this.clock.now();
    const isDue = asked.told === undefined ? now - asked.since >= PATIENCE_MS : now - asked.told >= TELL_MS;
    if (!isDue) return;
    this.answers.nearly(asked.id, work.share, asked.told === undefined ? work.near() : null);
    asked.told = now;
  }

  private workOn(question: Asks): Work {
    switch (question.kind) {
      case 'at':
        return this.at(question.epoch);
      case 'state':
        return this.state(question.epoch, question.anew);
      case 'step':
        return this.step(question.epoch);
      case 'rows': {
        const rows = rowsAt(this.loop.run.dataset, question.from, question.to);
        return { share: 1, near: () => null, advance: () => rows };
      }
      default:
        return question satisfies never;
    }
  }

  private at(epoch: number): Work {
    const way = this.wayTo(epoch);
    return {
      get share() {
        return way.share;
      },
      near: () => stateAt(this.loop, this.loop.snapshots.nearest(epoch), epoch),
      advance: (shouldYield) => stateAt(this.loop, way.advance(shouldYield), epoch),
    };
  }

  private state(epoch: number, anew = false): Work {
    const way = anew ? this.wayFromBeginning(epoch) : this.wayTo(epoch);
    return {
      get share() {
        return way.share;
      },
      near: () => null,
      advance: (shouldYield) => {
        const kept = way.advance(shouldYield);
        if (!kept?.seen) return null;
        const { parameters, state, marks } = kept;
        const settings = this.loop.timeline.settingsAfter(marks);
        return {
          ...{ kind: 'state', epoch, ...kept.seen, marks, settings },
          // Copies: what is sent is gone.
          ...{ parameters: new Float64Array(parameters), state: new Float64Array(state) },
        };
      },
    };
  }

  private step(epoch: number | null): Work {
    const way = this.wayTo(epoch);
    let step: StepOnCopy | null = null;
    return {
      get share() {
        return way.share;
      },
      near: () => null,
      advance: (shouldYield) => {
        if (!step) {
          const start = way.advance(shouldYield);
          step = start && new StepOnCopy(this.copyAt(start));
        }
        return step?.advance(shouldYield) ?? null;
      },
    };
  }

  /** The way to the state after an epoch; null: to where the training is. */
  private wayTo(epoch: number | null): Way {
    const { loop } = this;
    const trained = loop.run.epoch;
    if (epoch !== null && epoch > trained)
      throw new UserError(message('epoch-not-trained', { epoch, trained }));
    if (epoch === null || epoch === trained) {
      let found: Kept | null = null;
      loop.atWhole(() => (found = loop.stateNow()));
      // A training that is waited for may be at its next epoch by then.
      if (epoch === null || found) return { share: 0, advance: () => found };
    }
    const kept = loop.snapshots.before(epoch);
    if (!kept) throw new UserError(message('cannot-go-back', { why: 'no weights' }));
    if (kept.epoch === epoch && kept.seen) return { share: 1, advance: () => kept };
    return new Replay(this.copy, loop.timeline, kept, epoch);
  }

  private wayFromBeginning(epoch: number): Way {
    const { run, timeline } = this.loop;
    if (epoch > run.epoch) throw new UserError(message('epoch-not-trained', { epoch, trained: run.epoch }));
    return new Replay(this.copy, timeline, firstState(run), epoch);
  }

  private copyAt(kept: Kept): TrainingRun {
    const { copy } = this;
    const { timeline } = this.loop;
    copy.restore({ ...kept, frozen: timeline.frozenAfter(kept.marks) }, timeline.settingsAfter(kept.marks));
    return copy;
  }

  private get copy(): TrainingRun {
    return (this.scratch ??= this.copyOf(this.loop.run));
  }
}

/** A run on the same data that nobody knows of. */
export const copyOf = (run: TrainingRun, threads?: Threads): TrainingRun => {
  const parameters = flatten(run.initialParameters());
  const start = { epoch: 0, parameters, state: new Float64Array(), interval: 1, automatic: run.automatic };
  return new TrainingRun(run.dataset, run.settings, start, threads);
};

interface Way {
  readonly share: number;
  /** The state, once it is reached; null where `shouldYield` said so before. */
  advance(shouldYield: () => boolean): Kept | null;
}

/** A full-batch step, and what came before and after. */
class StepOnCopy {
  private readonly begun: Omit<StepTaken, 'after' | 'costAfter'>;

  constructor(private readonly copy: TrainingRun) {
    this.begun = {
      ...{ kind: 'step', epoch: copy.epoch, learningRate: copy.learningRate },
      isFull: copy.options().batchSize === 0,
      ...{ gradients: copy.trainer.gradients(), before: copy.parameters() },
      costBefore: copy.measure().trainCost,
    };
  }

  advance(shouldYield: () => boolean): StepTaken | null {
    const { begun, copy } = this;
    const outcome = copy.trainer.advance({ ...copy.options(), batchSize: 0 }, shouldYield);
    if (outcome === 'more') return null;
    if (outcome !== 'epoch') throw new UserError(message('step-diverges', { epoch: begun.epoch }));
    return { ...begun, after: copy.parameters(), costAfter: copy.measure().trainCost };
  }
}

function stateAt({ timeline }: TrainingLoop, kept: Kept | null, asked: number): StateAt | null {
  if (!kept?.seen) return null;
  const { measure, learningRate, penalty } = kept.seen;
  return {
    ...{ kind: 'at', epoch: kept.epoch, exact: kept.epoch === asked },
    ...{ measure: numbersOf([measure]), learningRate, penalty: Number.isFinite(penalty) ? penalty : null },
    // A copy: what is sent is gone.
    parameters: new Float64Array(kept.parameters),
    frozen: Float64Array.from(timeline.frozenAfter(kept.marks)),
  };
}
