import { Emitter, type Disposable } from './emitter';
import { FileRuns } from './fileRuns';
import type { Keeper } from './keeper';
import type { SessionNotice } from './notice';
import type { Session } from './session';
import type { Timers } from './timers';
import type { SessionChange } from './trainedRun';
import type { Store } from './world';

/** A session and what of it has changed; `current`: another run of its file is shown now; `runs`: others have come or gone. */
export interface SessionsChange {
  readonly session: Session;
  readonly change: SessionChange | 'current' | 'runs';
}

/** The runs of every file and which of them is current: one that becomes so is kept, and the oldest make room. */
export class CurrentRuns implements Disposable {
  /** By the addresses of the files. */
  readonly files = new Map<string, FileRuns>();
  /** The run that was last started, shown or taken up. */
  active: Session | undefined;
  private readonly changed = new Emitter<SessionsChange>();
  /** A session has changed, started or become current or active. */
  readonly onDidChange = this.changed.event;

  constructor(
    private readonly store: Pick<Store, 'remove' | 'stays'>,
    private readonly keeper: Keeper,
    private readonly timers: Timers,
  ) {}

  /** The current run of each file. */
  get all(): Session[] {
    return [...this.files.values()].flatMap(({ current }) => current ?? []);
  }

  /** The runs of a file, of which there may be none yet. */
  of(address: string): FileRuns {
    let file = this.files.get(address);
    if (!file) this.files.set(address, (file = new FileRuns()));
    return file;
  }

  /** Ends what the current run of a file is at, so that another can take its place. */
  retire(file: FileRuns): void {
    const { current } = file;
    if (!current) return;
    current.retire();
    // What has come to nothing is nothing to come back to.
    if (current.measure === null) {
      file.remove(current.id);
      this.keeper.forget(current);
      current.dispose();
    }
  }

  /** Makes a run the current one of its file, and the active one of all. */
  show(file: FileRuns, session: Session): void {
    if (!file.has(session.id)) this.follow(session);
    file.show(session, this.timers.now());
    this.active = session;
    this.fire({ session, change: 'current' });
  }

  /** Keeps a run from now on, and tells of its changes. */
  follow(session: Session): void {
    this.keeper.follow(session, () => this.files.get(session.uri)?.shownAt(session.id) ?? session.startedAt);
    session.onDidChange((change) => {
      // What has come to nothing yet takes no place; of one that is not shown only what is said of it changes.
      if (change === 'record' && this.files.get(session.uri)?.current === session)
        void this.makeRoom(session);
      this.fire({ session, change });
    });
  }

  fire(change: SessionsChange): void {
    this.changed.fire(change);
  }

  /** Says something of a file in its Lens, once: while nothing is known of its runs yet, as soon as one is shown. */
  notify(address: string, notice: SessionNotice): void {
    this.of(address).notice(notice);
  }

  dispose(): void {
    for (const { runs } of this.files.values()) for (const { session } of runs) session?.dispose();
    this.changed.dispose();
  }

  /** The oldest runs leave that nobody is shown and nobody has starred. */
  private async makeRoom(session: Session): Promise<void> {
    const file = this.files.get(session.uri);
    for (let oldest = file?.leaving; file && oldest; oldest = file.leaving) {
      // Those that stay take no place: of all it has to be known.
      for (const each of file.runs) each.stays ??= await this.store.stays(each.id, session.uri);
      if (oldest !== file.leaving) continue;
      file.remove(oldest.id);
      if (oldest.session) this.keeper.forget(oldest.session);
      oldest.session?.dispose();
      this.notify(session.uri, { code: 'runRemoved', startedAt: oldest.startedAt });
      await this.store.remove(oldest.id).catch((error: unknown) => this.keeper.failed(session, error));
    }
  }
}
