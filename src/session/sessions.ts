import { message } from '../data/message';
import { picturesKey } from '../runs/picturesKey';
import type { RunRecord } from '../runs/record';
import type { SettingKey } from '../settings/settings';
import { CurrentRuns } from './currentRuns';
import type { Disposable } from './emitter';
import type { FileRuns } from './fileRuns';
import { Keeper } from './keeper';
import { KeptRuns } from './keptRuns';
import type { RunListParts } from './runList';
import type { SessionNotice } from './notice';
import { Scheduler } from './scheduler';
import { Session } from './session';
import { Trainers } from './trainers';
import type { Surroundings, World } from './world';

/** Anything that names a file: its address, or an object that turns into it. */
export type Address = { toString(): string };

/** The choices of a run that another one trains with as well. */
const stillChosen = ({ chosen, settings }: Session, next: Session): SettingKey[] =>
  chosen.filter((key) => JSON.stringify(settings[key]) === JSON.stringify(next.settings[key]));

/** All trainings: the runs of each file, which of them is current, and which file was the last. */
export class Sessions implements Disposable {
  /** What a list of the runs of each file is made of. */
  readonly listParts: RunListParts;
  private readonly trainers: Trainers;
  private readonly scheduler: Scheduler;
  private readonly keeper: Keeper;
  private readonly surroundings: Surroundings;
  private readonly kept: KeptRuns;
  private readonly runs: CurrentRuns;
  private restoring: Promise<void> | undefined;

  constructor(private readonly world: World) {
    this.trainers = new Trainers(world.startTrainer, world.timers);
    this.scheduler = new Scheduler(() => world.cores());
    this.keeper = new Keeper(world.store, world.timers);
    this.runs = new CurrentRuns(world.store, this.keeper, world.timers);
    this.runs.onDidChange(({ change }) => {
      if (change === 'status') this.scheduler.share(this.all);
    });
    this.surroundings = {
      source: (uri) => world.source(uri),
      acquire: (session, client) => this.trainers.acquire(session.uri, client),
      threadsFor: (session) => this.scheduler.threadsFor(session, this.all),
      engineOf: (settings) => world.engineOf(settings),
      log: (failure) => world.log(failure),
    };
    this.kept = new KeptRuns(
      world.store,
      (record, uri) => this.takeUp(record, uri),
      (session) => this.runs.fire({ session, change: 'pictures' }),
    );
    this.listParts = {
      ...{ runs: this.runs, kept: this.kept, keeper: this.keeper, store: world.store },
      now: () => world.timers.now(),
      takeUp: (record, uri) => this.takeUp(record, uri),
      show: (file, session) => this.bringBack(file, session),
    };
  }

  /** Reads the runs of earlier windows, once. Resolves when they are known; whatever is on the disk, it does. */
  restore(): Promise<void> {
    return (this.restoring ??= this.readKept());
  }

  /** Reads those as well that are kept where nobody has looked before. */
  restoreMore(): Promise<void> {
    return (this.restoring = this.readKept());
  }

  /** A session has changed, started or become current or active. */
  get onDidChange(): CurrentRuns['onDidChange'] {
    return this.runs.onDidChange;
  }

  /** The current run of each file. */
  get all(): Session[] {
    return this.runs.all;
  }

  /** The run that was last started, shown or taken up. */
  get active(): Session | undefined {
    return this.runs.active;
  }

  /** The current run of a file. */
  get(uri: Address): Session | undefined {
    return this.runs.files.get(uri.toString())?.current;
  }

  /** The ids of the runs of a file that are kept, the oldest first. */
  runsOf(uri: Address): string[] {
    const runs = this.runs.files.get(uri.toString())?.runs ?? [];
    return [...runs].sort((a, b) => a.startedAt - b.startedAt).map(({ id }) => id);
  }

  /** The run that *Undo* brings back: the one that was current before. */
  previous(session: Session): Session | null {
    const file = this.runs.files.get(session.uri);
    const before = file?.before;
    if (!file || !before || file.current !== session) return null;
    if (!before.session) void this.kept.read(file, before.id, session.uri);
    return before.session;
  }

  canUndo(session: Session): boolean {
    const file = this.runs.files.get(session.uri);
    return file?.current === session && file.before !== undefined;
  }

  /**
   * Starts a training on a file. The run before is kept as it is, or paused.
   * @param chosen settings that were chosen after looking at test scores; those of the run before that still hold are too
   */
  start(uri: Address, chosen: readonly SettingKey[] = []): Session {
    // What was trained on the file before is known by the time that it has to make room.
    void this.restore();
    const address = uri.toString();
    const file = this.runs.of(address);
    const { current: before } = file;
    this.runs.retire(file);
    const startedAt = this.world.timers.now();
    const session = new Session({ uri: address, startedAt }, this.world.given(address), this.surroundings);
    session.chosen = [...new Set([...chosen, ...(before ? stillChosen(before, session) : [])])];
    this.runs.show(file, session);
    return session;
  }

  /** Brings back the run that was current before, as it was; again, and the other one is back. */
  async undo(uri: Address): Promise<void> {
    const address = uri.toString();
    const file = this.runs.files.get(address);
    if (!file) return;
    const session = await this.kept.before(file, address);
    if (!session || file.before?.id !== session.id) return;
    this.bringBack(file, session);
  }

  /** Starts a run that goes on from an epoch of this one, under today's settings; this one is kept as it is, or paused. */
  async branch(from: Session, epoch: number): Promise<void> {
    const record = await from.branchAt(epoch, this.world.timers.now());
    const file = this.runs.files.get(from.uri);
    // Something else was asked for meanwhile.
    if (!record || file?.current !== from) return;
    this.runs.retire(file);
    const session = new Session(record, this.world.given(record.uri), this.surroundings);
    this.runs.show(file, session);
    this.keeper.shown(session);
    await session.resume();
  }

  /** Takes the settings as they are now for the files that `isAffected` says. */
  settingsChanged(isAffected: (uri: string) => boolean): void {
    for (const session of this.all) if (isAffected(session.uri)) session.apply(this.world.given(session.uri));
  }

  /** These sessions are on the screen, the others are not. */
  watch(watched: ReadonlySet<Session>): void {
    for (const session of this.all) {
      session.watch(watched.has(session));
      if (watched.has(session) && session.lacksPictures && session.record) void this.lookFor(session);
    }
  }

  /** A file has another name: its runs go there, and where that name has runs already, they are older ones from now on. */
  async renamed(from: Address, to: Address): Promise<void> {
    // The runs of earlier windows go with it too.
    await this.restore();
    const [before, after] = [from.toString(), to.toString()];
    const file = this.runs.files.get(before);
    if (!file?.current || before === after) return;
    const runs = [...file.runs];
    const replaced = this.runs.files.get(after);
    const wasCurrent = replaced?.current;
    if (replaced) this.runs.retire(replaced);
    this.runs.files.delete(before);
    this.runs.files.set(after, file);
    this.trainers.rename(before, after);
    if (replaced) {
      file.takeOver(replaced);
      file.show(file.current, this.world.timers.now());
      if (this.runs.active === wasCurrent) this.runs.active = file.current;
    }
    for (const { session } of runs) session?.rename(after);
    if (replaced) this.runs.fire({ session: file.current, change: 'current' });
    for (const { id, session } of runs) {
      // One that was being read under the old name learns of the new one, too.
      const read = session ?? (await this.kept.read(file, id, after));
      if (read && read.uri !== after) read.rename(after);
    }
  }

  /** What a file holds now, by its SHA-256; null: it is gone. */
  fileIs(uri: Address, hash: string | null): void {
    for (const { session } of this.runs.files.get(uri.toString())?.runs ?? []) session?.fileIs(hash);
  }

  /** Says something of a file in its Lens, once: while nothing is known of its runs yet, as soon as one is shown. */
  notify(uri: Address, notice: SessionNotice): void {
    this.runs.notify(uri.toString(), notice);
  }

  /** Keeps the last state of all that runs; resolves when it is on the disk. */
  flush(): Promise<void> {
    return this.keeper.flush();
  }

  /** For the window that closes: all is kept, and free for the next window. */
  async close(): Promise<void> {
    await this.keeper.close();
  }

  dispose(): void {
    this.trainers.dispose();
    this.keeper.dispose();
    this.runs.dispose();
  }

  /** Makes a run that is kept the current one, as it was. */
  private bringBack(file: FileRuns, session: Session): void {
    this.runs.retire(file);
    session.apply(this.world.given(session.uri));
    this.runs.show(file, session);
    this.keeper.shown(session);
  }

  private async readKept(): Promise<void> {
    try {
      const summaries = await this.world.store.open();
      for (const summary of summaries) this.runs.of(summary.uri).add(summary);
      for (const [uri, file] of this.runs.files) await this.restoreCurrent(uri, file);
    } catch (error) {
      const text = String(error);
      this.world.log({ message: message('other', { text }), place: null, bug: false, detail: text });
    }
  }

  /** A run that was started meanwhile is current; of the others the one that was, or the last before it that can be read. */
  private async restoreCurrent(uri: string, file: FileRuns): Promise<void> {
    if (file.current) return;
    const session = await this.kept.before(file, uri);
    if (!session || file.current) return;
    file.show(session, file.shownAt(session.id) ?? session.startedAt);
    session.apply(this.world.given(uri));
    this.runs.active ??= session;
    this.runs.fire({ session, change: 'current' });
  }

  /** A kept run that somebody wants: it is driven from now on. */
  private takeUp(record: RunRecord, uri: string): Session {
    const session = new Session({ ...record, uri }, this.world.given(uri), this.surroundings);
    this.runs.follow(session);
    return session;
  }

  /** What the pictures of a kept run are drawn from: as kept, else from the file. */
  private async lookFor(session: Session): Promise<void> {
    const { fileHash } = session;
    const kept =
      fileHash === null ? null : await this.world.store.readPictures(picturesKey(fileHash, session.settings));
    if (kept) {
      session.usePictures(kept);
      // Nobody has watched the file since the window before.
      const hash = await this.world.hashOf(session.uri);
      if (hash !== undefined) session.fileIs(hash);
    }
    // Another run may have become current meanwhile, and needs the trainer.
    else if (this.get(session.uri) === session) session.look();
  }
}
