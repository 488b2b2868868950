import { cut } from '../core/format';
import { message } from '../data/message';
import { UserError } from '../data/userError';
import type { RunRecord } from '../runs/record';
import type { CurrentRuns } from './currentRuns';
import type { FileRuns } from './fileRuns';
import type { Keeper } from './keeper';
import type { KeptRuns } from './keptRuns';
import type { Session } from './session';
import type { Store } from './world';

/** Names of runs are cut to this many characters. */
const LONGEST_NAME = 80;

/** Of whom a list of runs is made. */
export interface RunListParts {
  readonly runs: CurrentRuns;
  readonly kept: KeptRuns;
  readonly keeper: Keeper;
  readonly store: Pick<Store, 'remove'>;
  /** Makes the session of a record, for an address. */
  takeUp(record: RunRecord, uri: string): Session;
  /** Makes a run of a file the current one. */
  show(file: FileRuns, session: Session): void;
}

/** All that is kept of the runs of a file: each can be shown, named and deleted, and what was deleted last comes back. */
export class RunList {
  private readonly deleted = new Map<string, RunRecord>();

  constructor(private readonly parts: RunListParts) {}

  /** The runs of a file that have been read, the newest first; see {@link read}. */
  of(uri: string): Session[] {
    const runs = this.parts.runs.files.get(uri)?.runs ?? [];
    return runs
      .flatMap(({ session }) => session ?? [])
      .sort((a, b) => b.startedAt - a.startedAt || (a.id < b.id ? 1 : -1));
  }

  /** Reads those that nobody has wanted yet. Resolves when all are known; one that cannot be read is set aside. */
  async read(uri: string): Promise<void> {
    const file = this.parts.runs.files.get(uri);
    if (!file) return;
    const ids = file.runs.filter(({ session }) => !session).map(({ id }) => id);
    for (const id of ids) await this.parts.kept.read(file, id, uri);
    if (ids.length > 0) this.changed(file);
  }

  /** Makes a kept run the one that is shown. Throws UserError when it is gone. */
  async show(uri: string, id: string): Promise<void> {
    const { file, session } = await this.find(uri, id);
    if (file.current !== session) this.parts.show(file, session);
  }

  /** Gives a run a name; an empty one takes it back. */
  async call(uri: string, id: string, name: string): Promise<void> {
    const { file, session } = await this.find(uri, id);
    session.call(cut(name.trim(), LONGEST_NAME));
    this.changed(file);
  }

  /** Deletes a run that is not shown. Throws UserError for one that is, or is gone. */
  async delete(uri: string, id: string): Promise<void> {
    const { file, session } = await this.find(uri, id);
    const { record } = session;
    if (file.current === session || !record) throw new UserError(message('run-is-shown', {}));
    file.remove(id);
    this.parts.keeper.forget(session);
    session.dispose();
    this.deleted.set(uri, record);
    await this.parts.store.remove(id);
    this.changed(file);
  }

  /** Whether {@link undelete} brings one back. */
  canUndelete(uri: string): boolean {
    return this.deleted.has(uri);
  }

  /** Brings back the run that was deleted last. */
  undelete(uri: string): void {
    const record = this.deleted.get(uri);
    const file = this.parts.runs.files.get(uri);
    if (!record || !file) return;
    this.deleted.delete(uri);
    const session = this.parts.takeUp(record, uri);
    file.add(record, session);
    this.parts.keeper.shown(session);
    this.changed(file);
  }

  private async find(uri: string, id: string): Promise<{ file: FileRuns; session: Session }> {
    const file = this.parts.runs.files.get(uri);
    const entry = file?.runs.find((each) => each.id === id);
    const session = file && entry ? (entry.session ?? (await this.parts.kept.read(file, id, uri))) : null;
    if (!file || !session) throw new UserError(message('no-such-run', {}));
    return { file, session };
  }

  private changed({ current }: FileRuns): void {
    if (current) this.parts.runs.fire({ session: current, change: 'runs' });
  }
}
