import type { Folds, FoldScore, FoldSummary } from '../core/folds';
import { message } from '../data/message';
import { UserError } from '../data/userError';
import { MOST_TRAININGS } from '../settings/grid';
import type { Settings } from '../settings/settings';
import { Emitter, type Disposable } from './emitter';
import type { Found } from './lab';
import { searchBeside, searchedData, type Searching } from './searching';
import type { Session } from './session';

/** A cross-validation on the data of a run. */
export interface CrossValidation extends Searching {
  readonly asked: Folds;
  /** What every fold was trained with, `auto` not yet found. */
  readonly settings: Settings;
  /** Whether the settings of the run are others by now. */
  readonly isOld: boolean;
  readonly trained: readonly FoldScore[];
  /** How many folds there will be; fewer than asked for where there are fewer groups. Null before it is known. */
  readonly planned: number | null;
  /** Null before its end. */
  readonly summary: FoldSummary | null;
}

const ASKER = 'folds';
/** What most people mean by it. */
const USUAL: Folds = { folds: 5, repeats: 1 };

/** The cross-validation on the data of a run, by its settings. It ends with the run; what came of it stays. */
export class CrossValidating implements Disposable {
  private readonly changed = new Emitter<void>();
  readonly onDidChange = this.changed.event;
  private waiting: Disposable | undefined;

  constructor(
    private readonly session: Session,
    private readonly memory: Found,
  ) {}

  get crossValidation(): CrossValidation | null {
    const latest = this.memory.crossValidation;
    if (!latest || latest.data !== this.data) return null;
    if (latest.status === 'running') return latest;
    const now = this.session.settings;
    const isOld = now !== latest.settings && JSON.stringify(now) !== JSON.stringify(latest.settings);
    return isOld === latest.isOld ? latest : (this.memory.crossValidation = { ...latest, isOld });
  }

  get isRunning(): boolean {
    return this.crossValidation?.status === 'running';
  }

  /** Throws UserError at once, before there is anything to wait for, where there is nothing to train on, or too much. */
  start(asked: Folds): Promise<void> {
    const { session, data } = this;
    if (data === null) throw new UserError(message('cannot-go-back', { why: 'no weights' }));
    const { folds, repeats } = asked;
    const trainings = folds * repeats;
    if (trainings > MOST_TRAININGS)
      throw new UserError(message('too-many-trainings', { trainings, folds, most: MOST_TRAININGS }));
    this.end();
    const { settings } = session;
    return searchBeside(
      session,
      {
        question: { kind: 'folds', settings, ...asked },
        asker: ASKER,
        begun: {
          ...{ data, status: 'running', error: null, share: 0, asked, settings },
          ...{ isOld: false, trained: [], planned: null, summary: null },
        },
      },
      {
        get: () => this.memory.crossValidation,
        put: (latest: CrossValidation) => this.put(latest),
      },
      (now, { trained, planned, summary }) => ({
        ...{ ...now, planned, summary },
        trained: [...now.trained, ...trained],
      }),
    );
  }

  /** Begins with five folds as soon as the table has been read, unless one is under way or has come to its end. */
  startOnceRead(): void {
    if (this.isRunning || this.waiting) return;
    const { crossValidation } = this;
    if (crossValidation?.status === 'done' && !crossValidation.isOld) return;
    const look = () => {
      const isThere = this.data !== null;
      if (!isThere && this.session.status !== 'failed') return;
      // First: what begins is a change of the session as well.
      this.waiting?.dispose();
      this.waiting = undefined;
      if (isThere) void this.start(USUAL);
    };
    this.waiting = this.session.onDidChange(look);
    look();
  }

  /** Ends what is under way; the folds that were trained stay. */
  end(): void {
    this.session.unask(ASKER);
    const { crossValidation } = this.memory;
    if (crossValidation?.status === 'running') this.put({ ...crossValidation, status: 'cancelled' });
  }

  dispose(): void {
    this.waiting?.dispose();
    this.changed.dispose();
  }

  private get data(): string | null {
    return searchedData(this.session, []);
  }

  private put(latest: CrossValidation): void {
    this.memory.crossValidation = latest;
    this.changed.fire();
  }
}
