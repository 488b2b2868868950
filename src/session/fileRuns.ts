import type { RunRecord } from '../runs/record';
import type { SessionNotice } from './notice';
import type { Session } from './session';

/** Runs of a file that are kept besides those that stay; of more the oldest leave. */
export const MOST_RUNS = 10;

/** A run of a file; its session is there once somebody wanted it. */
interface Entry {
  readonly id: string;
  readonly startedAt: number;
  /** Whether it has a star, as far as its session does not say. */
  readonly starred: boolean;
  /** Whether it is kept where none makes room. */
  stays?: boolean;
  /** When it last became current. */
  shownAt: number;
  session: Session | null;
  reading?: Promise<RunRecord>;
}

/** The runs of one file, and which of them is current. */
export class FileRuns {
  readonly runs: Entry[] = [];
  current: Session | undefined;
  /** Whether a person has sorted them by a score of the test part: what they choose since is chosen by it. */
  byTest = false;
  /** What is to be said of the file once one of its runs is current. */
  private readonly waiting: SessionNotice[] = [];

  has(id: string): boolean {
    return this.runs.some((each) => each.id === id);
  }

  shownAt(id: string): number | undefined {
    return this.runs.find((each) => each.id === id)?.shownAt;
  }

  /** A kept run. */
  add(
    { id, startedAt, shownAt, starred = false }: Pick<RunRecord, 'id' | 'startedAt' | 'shownAt' | 'starred'>,
    session: Session | null = null,
  ): void {
    if (!this.has(id)) this.runs.push({ id, startedAt, shownAt, starred, session });
  }

  show(session: Session, now: number): void {
    const { id, startedAt } = session;
    const entry = this.runs.find((each) => each.id === id);
    if (entry) Object.assign(entry, { session, shownAt: now });
    else this.runs.push({ id, startedAt, shownAt: now, starred: false, session });
    this.current = session;
    for (const notice of this.waiting.splice(0)) session.notice(notice);
  }

  /** Says something of the file, by the run that is current or the next one that is. */
  notice(notice: SessionNotice): void {
    if (this.current) this.current.notice(notice);
    else this.waiting.push(notice);
  }

  remove(id: string): void {
    const k = this.runs.findIndex((each) => each.id === id);
    if (k >= 0) this.runs.splice(k, 1);
    if (this.current?.id === id) this.current = undefined;
  }

  /** Takes the runs of a file that this one has taken the place of. */
  takeOver(replaced: FileRuns): void {
    this.runs.push(...replaced.runs);
    this.waiting.push(...replaced.waiting);
  }

  /** The one that was current before the present one, or last where none is. */
  get before(): Entry | undefined {
    return this.runs
      .filter(({ id }) => id !== this.current?.id)
      .sort((a, b) => a.shownAt - b.shownAt || a.startedAt - b.startedAt)
      .at(-1);
  }

  /** Of more than are kept the oldest that nobody is shown; those with a star and others that stay take no place. */
  get leaving(): Entry | undefined {
    const others = this.runs.filter(
      ({ session, starred, stays }) => !stays && !(session ? session.label.starred : starred),
    );
    if (others.length <= MOST_RUNS) return undefined;
    const shown = [this.current?.id, this.before?.id];
    return others
      .filter(({ id }) => !shown.includes(id))
      .sort((a, b) => a.startedAt - b.startedAt)
      .at(0);
  }
}
