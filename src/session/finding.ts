import { message } from '../data/message';
import { UserError } from '../data/userError';
import { foundKeys } from '../settings/automatic';
import type { SettingKey, Settings } from '../settings/settings';
import type { FoundCandidate, FoundNetwork } from '../train/found';
import { Emitter, type Disposable } from './emitter';
import type { Found } from './lab';
import { searchBeside, searchedData, type Searching } from './searching';
import type { Session } from './session';

/** A search for a good network on the data of a run. */
export interface Search extends Searching {
  readonly seconds: number;
  /** Keys that a person had set, and that stayed as they were. */
  readonly fixed: readonly SettingKey[];
  readonly tried: readonly FoundCandidate[];
  /** The place of the candidate that is chosen, or would be of those so far. */
  readonly best: number | null;
  /** Null before its end, and where nothing could be trained. */
  readonly found: FoundNetwork | null;
}

const ASKER = 'find';
const foundData = (session: Session) => searchedData(session, ['data.transform']);
/** As long as most tables need. */
export const DEFAULT_SECONDS = 30;

/** The search on the data of a run. It ends with the run; what it has found stays, for a later run on the same data too. */
export class Finding implements Disposable {
  private readonly changed = new Emitter<void>();
  readonly onDidChange = this.changed.event;
  private waiting: Disposable | undefined;

  constructor(
    private readonly session: Session,
    private readonly memory: Found,
    /** The keys that a person has set. */
    private readonly set: () => readonly SettingKey[],
  ) {}

  get search(): Search | null {
    const { search } = this.memory;
    return search && search.data === foundData(this.session) ? search : null;
  }

  get isRunning(): boolean {
    return this.search?.status === 'running';
  }

  /**
   * Searches for so long. Throws UserError at once, before there is anything to wait for, where there is nothing to search on.
   * @param keeps what a person has set stays as it is
   */
  start(seconds: number, keeps: boolean): Promise<void> {
    const { session } = this;
    const data = foundData(session);
    if (data === null) throw new UserError(message('cannot-go-back', { why: 'no weights' }));
    this.end();
    const isSet = this.set();
    const fixed = keeps
      ? foundKeys.filter((key) => isSet.includes(key) && session.settings[key] !== 'auto')
      : [];
    const nothing = { error: null, share: 0, tried: [], best: null, found: null };
    const { settings } = session;
    return searchBeside(
      session,
      {
        question: { kind: 'find', settings, fixed, seconds },
        asker: ASKER,
        begun: { ...nothing, data, status: 'running', seconds, fixed },
      },
      { get: () => this.memory.search, put: (latest: Search) => this.put(latest) },
      (now, { tried, best, found }) => ({ ...now, tried: [...now.tried, ...tried], best, found }),
    );
  }

  /** Searches as soon as the table has been read, unless it does already. */
  startOnceRead(): void {
    if (this.isRunning || this.waiting) return;
    const look = () => {
      const isThere = foundData(this.session) !== null;
      if (!isThere && this.session.status !== 'failed') return;
      // First: a search that begins is a change of the session as well.
      this.waiting?.dispose();
      this.waiting = undefined;
      if (isThere) void this.start(DEFAULT_SECONDS, true);
    };
    this.waiting = this.session.onDidChange(look);
    look();
  }

  /** Ends what is under way; the best of what has been compared so far can be used. */
  end(): void {
    this.session.unask(ASKER);
    const { search } = this.memory;
    if (search?.status === 'running') this.put({ ...search, status: 'cancelled' });
  }

  /** What is to be set for a candidate. Throws UserError when there is none. */
  changesOf(index: number): Partial<Settings> {
    const candidate = this.search?.tried.find((each) => each.index === index);
    if (!candidate) throw new UserError(message('nothing-to-compare', {}));
    return candidate.settings;
  }

  dispose(): void {
    this.waiting?.dispose();
    this.changed.dispose();
  }

  private put(latest: Search): void {
    this.memory.search = latest;
    this.changed.fire();
  }
}
