import { message } from '../data/message';
import { UserError } from '../data/userError';
import { MOST_TRAININGS, ofFeatures } from '../settings/grid';
import { datasetKeys, type SettingKey, type Settings } from '../settings/settings';
import type { Comparing as Answered, ComparisonOutcome, ComparisonPlan } from '../train/questions';
import { Emitter, type Disposable } from './emitter';
import type { Found } from './lab';
import { searchBeside, searchedData, type Searching } from './searching';
import type { Session } from './session';

/** A comparison of settings on the data of a run. */
export interface SettingsComparison extends Searching {
  /** The keys that vary, in the order in which they were named, and what each of those that are compared sets. */
  readonly keys: readonly SettingKey[];
  readonly candidates: readonly Partial<Settings>[];
  readonly seeds: number;
  /** What all of them have besides. */
  readonly settings: Settings;
  /** Null before it is known. */
  readonly plan: ComparisonPlan | null;
  /** Mean score and loss of those that were compared. */
  readonly scored: Answered['summaries'];
  /** Null before its end. */
  readonly outcome: ComparisonOutcome | null;
}

const ASKER = 'compare';

/** What can vary makes no other data of it: whatever is adopted, the rest can be adopted too. */
const comparedData = (session: Session) => searchedData(session, ofFeatures);

/** The comparison of settings on the data of a run. It ends with the run; what came of it stays, for a later run on the same data too. */
export class Comparing implements Disposable {
  private readonly changed = new Emitter<void>();
  readonly onDidChange = this.changed.event;

  constructor(
    private readonly session: Session,
    private readonly memory: Found,
  ) {}

  get comparison(): SettingsComparison | null {
    const { comparison } = this.memory;
    return comparison && comparison.data === comparedData(this.session) ? comparison : null;
  }

  get isRunning(): boolean {
    return this.comparison?.status === 'running';
  }

  /**
   * Compares what each candidate sets besides the settings of the run. Throws UserError at once, before there is anything to
   * wait for, where there is nothing to compare, or too much.
   */
  start(keys: readonly SettingKey[], candidates: readonly Partial<Settings>[], seeds: number): Promise<void> {
    const { session } = this;
    const data = comparedData(session);
    if (data === null) throw new UserError(message('cannot-go-back', { why: 'no weights' }));
    if (candidates.length === 0 || !Number.isInteger(seeds) || seeds < 1)
      throw new UserError(message('nothing-to-compare', {}));
    const trainings = candidates.length * seeds;
    if (trainings > MOST_TRAININGS)
      throw new UserError(message('too-many-trainings', { trainings, folds: 1, most: MOST_TRAININGS }));
    this.end();
    const { settings } = session;
    return searchBeside(
      session,
      {
        question: { kind: 'compare', settings, candidates, seeds },
        asker: ASKER,
        begun: {
          ...{ data, status: 'running', error: null, share: 0, keys, candidates, seeds, settings },
          ...{ plan: null, scored: [], outcome: null },
        },
      },
      {
        get: () => this.memory.comparison,
        put: (comparison: SettingsComparison) => this.put(comparison),
      },
      (now, { plan, summaries, outcome }) => ({
        ...{ ...now, plan, outcome },
        scored: [...now.scored, ...summaries],
      }),
    );
  }

  /** Ends what is under way. */
  end(): void {
    this.session.unask(ASKER);
    const { comparison } = this.memory;
    if (comparison?.status === 'running') this.put({ ...comparison, status: 'cancelled' });
  }

  /** What is to be set today for what a candidate was compared with. Throws UserError when there is none. */
  changesOf(candidate: number, today: Settings): Partial<Settings> {
    const { candidates, outcome, settings } = this.comparison ?? {};
    const own = candidates?.[candidate];
    if (!own) throw new UserError(message('nothing-to-compare', {}));
    // How long it trains has been found for the one that is adopted.
    const found = candidate === outcome?.adopted ? outcome.adoptedSettings : null;
    const all = { ...settings, ...own, ...found };
    const differs = (key: SettingKey) => JSON.stringify(all[key]) !== JSON.stringify(today[key]);
    return Object.fromEntries(datasetKeys.filter(differs).map((key) => [key, all[key]]));
  }

  dispose(): void {
    this.changed.dispose();
  }

  private put(comparison: SettingsComparison): void {
    this.memory.comparison = comparison;
    this.changed.fire();
  }
}
