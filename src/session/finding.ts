import { message } from '../data/message';
import { UserError } from '../data/userError';
import { picturesKey } from '../runs/picturesKey';
import { foundKeys } from '../settings/automatic';
import type { SettingKey, Settings } from '../settings/settings';
import type { FoundCandidate, FoundNetwork } from '../train/found';
import { Emitter, type Disposable } from './emitter';
import { isEndOf, type Found } from './lab';
import type { Session } from './session';

/** A search for a good network on the data of a run, as it stands. One that has moved is another object. */
export interface Search {
  /** Names the data: runs with equal ones have the same examples. */
  readonly data: string;
  readonly status: 'running' | 'done' | 'cancelled' | 'failed';
  /** Why it failed. */
  readonly error: unknown;
  /** How much of it is done, from 0 to 1. */
  readonly share: number;
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
    return search && search.data === this.data ? search : null;
  }

  get isRunning(): boolean {
    return this.search?.status === 'running';
  }

  /**
   * Searches for so long. Throws UserError at once, before there is anything to wait for, where there is nothing to search on.
   * @param keeps what a person has set stays as it is
   */
  start(seconds: number, keeps: boolean): Promise<void> {
    const { data, session } = this;
    if (data === null) throw new UserError(message('cannot-go-back', { why: 'no weights' }));
    this.end();
    const isSet = this.set();
    const fixed = keeps
      ? foundKeys.filter((key) => isSet.includes(key) && session.settings[key] !== 'auto')
      : [];
    const nothing = { error: null, share: 0, tried: [], best: null, found: null };
    return this.run({ ...nothing, data, status: 'running', seconds, fixed }, session.settings);
  }

  /** Searches as soon as the table has been read, unless it does already. */
  startOnceRead(): void {
    if (this.isRunning || this.waiting) return;
    const look = () => {
      const isThere = this.data !== null;
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

  private async run(begun: Search, settings: Settings): Promise<void> {
    let latest = begun;
    this.put(begun);
    const at = (next: (now: Search) => Search) => {
      if (this.memory.search === latest && latest.status === 'running') this.put((latest = next(latest)));
    };
    const { seconds, fixed } = begun;
    try {
      const answer = await this.session.ask(
        { kind: 'find', settings, fixed, seconds },
        ASKER,
        (share, near) =>
          at((now) => ({
            ...{ ...now, share },
            ...(near && { tried: [...now.tried, ...near.tried], best: near.best }),
          })),
      );
      at((now) => ({
        ...now,
        ...(answer
          ? { status: 'done', share: 1, found: answer.found, best: answer.best }
          : { status: 'cancelled' }),
      }));
    } catch (error) {
      at((now) => ({ ...now, ...(isEndOf(error) ? { status: 'cancelled' } : { status: 'failed', error }) }));
    }
  }

  private get data(): string | null {
    const { fileHash, settings } = this.session;
    // A transform is among what is found: that it was adopted makes no other data of it.
    return fileHash === null ? null : picturesKey(fileHash, { ...settings, 'data.transform': 'auto' });
  }

  private put(search: Search): void {
    this.memory.search = search;
    this.changed.fire();
  }
}
