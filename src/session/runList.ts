import { cut } from '../core/format';
import { message } from '../data/message';
import { UserError } from '../data/userError';
import type { RunLabel } from '../runs/label';
import { LONGEST_NAME, LONGEST_NOTE } from '../runs/labelLimits';
import type { RunRecord } from '../runs/record';
import { datasetKeys, definitions, type SettingKey, type Settings } from '../settings/settings';
import type { CurrentRuns } from './currentRuns';
import type { FileRuns } from './fileRuns';
import type { Keeper } from './keeper';
import type { KeptRuns } from './keptRuns';
import { runAgain } from './runAgain';
import type { Session } from './session';
import type { Store } from './world';

/** Of whom a list of runs is made. */
export interface RunListParts {
  readonly runs: CurrentRuns;
  readonly kept: KeptRuns;
  readonly keeper: Keeper;
  readonly store: Pick<Store, 'remove'>;
  /** The time, in milliseconds since 1970. */
  now(): number;
  /** Makes the session of a record, for an address. */
  takeUp(record: RunRecord, uri: string): Session;
  /** Makes a run of a file the current one. */
  show(file: FileRuns, session: Session): void;
}

/** What is taken over of a run. */
export interface AppliedSettings {
  readonly changes: Partial<Settings>;
  /** The keys that were chosen by looking at test scores. */
  readonly chosen: readonly SettingKey[];
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

  /** Says of a run what it is called, or something else; an empty text takes it back. */
  async say(uri: string, id: string, { name, note, starred }: Omit<RunLabel, 'picked'>): Promise<void> {
    const { file, session } = await this.find(uri, id);
    session.say({
      ...(name !== undefined && { name: cut(name.trim(), LONGEST_NAME) }),
      ...(note !== undefined && { note: cut(note.trim(), LONGEST_NOTE) }),
      ...(starred !== undefined && { starred }),
      ...(starred && file.byTest && { picked: true }),
    });
    this.changed(file);
  }

  /** The runs of a file have been sorted by a score of the test part. */
  sortedByTest(uri: string): void {
    const file = this.parts.runs.files.get(uri);
    if (file) file.byTest = true;
  }

  /**
   * What the settings of a run would change of the present ones, and which of these are chosen by looking at test scores.
   * Throws UserError when it is gone.
   */
  async settingsOf(uri: string, id: string, present: Settings): Promise<AppliedSettings> {
    const { file, session } = await this.find(uri, id);
    const { settings, chosen } = session;
    const differs = (key: SettingKey) => JSON.stringify(settings[key]) !== JSON.stringify(present[key]);
    const keys = datasetKeys.filter((key) => definitions[key].acts !== 'view' && differs(key));
    return {
      changes: Object.fromEntries(keys.map((key) => [key, settings[key]])),
      chosen: [...new Set([...chosen, ...(file.byTest ? keys : [])])],
    };
  }

  /**
   * Trains a run again from its beginning, with its edits at their epochs, as a run of its own, which is shown; its note says
   * whether it came to the same weights. Resolves with false where it was ended before. Throws UserError where the file, the
   * engine or the way of reading is another now, or the run goes on.
   */
  async again(uri: string, id: string): Promise<boolean> {
    const { file, session } = await this.find(uri, id);
    if (session.running) throw new UserError(message('again-while-running', {}));
    if (file.current !== session) this.parts.show(file, session);
    const record = await runAgain(session, this.parts.now());
    if (!record) return false;
    const again = this.parts.takeUp(record, uri);
    file.add(record, again);
    if (file.current === session) this.parts.show(file, again);
    else this.parts.keeper.shown(again);
    return true;
  }

  /** Nobody waits for it any more. */
  endAgain(uri: string): void {
    this.parts.runs.files.get(uri)?.current?.unask('branch');
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

  /** The file of a run is gone, as by a pull: it leaves the list, unless it is shown. */
  lost(id: string): void {
    for (const file of this.parts.runs.files.values()) {
      const entry = file.runs.find((each) => each.id === id);
      if (!entry || file.current?.id === id) continue;
      file.remove(id);
      if (entry.session) {
        this.parts.keeper.forget(entry.session);
        entry.session.dispose();
      }
      this.changed(file);
    }
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
