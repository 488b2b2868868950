import { randomUUID } from 'node:crypto';
import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import { Claims } from './claims';
import { FolderIndex, type IndexedRun } from './folderIndex';
import type { RunRecord, RunSummary } from './record';
import { writeRun, type RunHead } from './runFile';
import { resolveLocation } from './runLocation';
import {
  diskHashOf,
  headOf,
  pairFiles,
  readPair,
  settlePair,
  sha256,
  sortedNames,
  stampOf,
  writePair,
  type PairFiles,
  type SeenPair,
} from './runPair';
import { HashedFiles, isThere, tableAt, tablePathOf } from './tablePath';

/** A file of the folder that is passed over, and stays as it lies there. */
export interface PassedOver {
  /** The table it belongs to, where that is known. */
  readonly uri: string | null;
  readonly file: string;
  readonly reason: string;
}

export interface RunFolderParts {
  /** The folder of the workspace, and the way from there to that of the runs. */
  readonly root: string;
  readonly location: string;
  /** Where the index is kept. */
  readonly storage: string;
  /** Where all windows of this machine say which runs they have. */
  readonly shared: string;
  /** The address of a file, and back; null for one of something else than a file of this disk. */
  readonly uriOf: (file: string) => string;
  readonly fileOf: (uri: string) => string | null;
  readonly onPassedOver: (passed: PassedOver) => void;
}

const keyOf = (folder: string): string => sha256(folder).slice(0, 16);

/**
 * Runs in a folder of the workspace, as text that people share. Nothing in it is removed but what a person deletes; what
 * cannot be read is named, and left as it lies. What somebody else has changed meanwhile is not written over: what this
 * window has of it becomes a run beside it.
 */
export class RunFolder {
  private readonly folder: string;
  private readonly index: FolderIndex;
  private readonly summaries = new Map<string, IndexedRun>();
  private readonly seen = new Map<string, SeenPair>();
  /** Under which names those runs lie that could not be written over. */
  private readonly beside = new Map<string, string>();
  private readonly told = new Set<string>();
  private claims: Promise<Claims> | undefined;
  /** What has been read while the tables of runs were looked for, each time that they are. */
  private hashed = new HashedFiles();
  /** One write after the other. */
  private writing: Promise<unknown> = Promise.resolve();

  constructor(private readonly parts: RunFolderParts) {
    this.folder = path.resolve(parts.root, parts.location);
    this.index = new FolderIndex(path.join(parts.storage, `${keyOf(this.folder)}.json`));
  }

  /** Whether the way to a table can be named from here: it lies in the workspace. */
  holds(uri: string): boolean {
    return this.pathTo(uri) !== null;
  }

  /**
   * The runs that are there and that no other window has, the oldest first. Throws LocationRefused where the folder does not
   * lie in the workspace.
   */
  async open(): Promise<RunSummary[]> {
    await resolveLocation(this.parts.root, this.parts.location);
    this.hashed = new HashedFiles();
    const known = await this.index.read();
    const { ids, others } = sortedNames(await fs.readdir(this.folder).catch(() => []));
    for (const [name, why] of others) this.passOver(path.join(this.folder, name), null, why);
    for (const id of ids) {
      // What could not be written over is another run than the one that is there, which the next window finds.
      if (this.beside.has(id) || [...this.beside.values()].includes(id)) continue;
      if (!(await this.claim(id))) continue;
      const found = await this.find(id, known.get(id));
      if (found) this.summaries.set(id, found);
      else await this.release(id);
    }
    // Without it they have been found as well.
    await this.writeIndex().catch(() => undefined);
    return [...this.summaries.values()].sort((a, b) => a.startedAt - b.startedAt);
  }

  /** Throws Error when there is no such run, or it cannot be read. */
  async read(id: string): Promise<RunRecord> {
    const files = this.filesOf(id);
    const known = this.summaries.get(id);
    try {
      const { record, seen } = await readPair(files, async (head) => ({
        uri: known?.uri ?? (await this.addressOf(head)),
        shownAt: known?.shownAt ?? head.startedAt,
      }));
      this.seen.set(id, seen);
      return { ...record, id };
    } catch (error) {
      this.passOver(files.run, known?.uri ?? null, error);
      throw error;
    }
  }

  /** Resolves when the run is on the disk. Throws LocationRefused where the folder does not lie in the workspace. */
  write(record: RunRecord): Promise<void> {
    return this.inTurn(async () => {
      const { id, uri, startedAt, shownAt, starred } = record;
      const table = this.pathTo(uri);
      if (table === null) throw new Error('its table does not lie in the workspace');
      await resolveLocation(this.parts.root, this.parts.location);
      await fs.mkdir(this.folder, { recursive: true });
      await this.claim(id);
      await this.writeFiles(record, table);
      const before = this.summaries.get(id);
      const stamp = await stampOf(this.filesOf(id).run).catch(() => '');
      const after = { ...{ id, uri, startedAt, shownAt }, ...(starred && { starred }), stamp };
      this.summaries.set(id, after);
      if (!before || JSON.stringify({ ...before, stamp }) !== JSON.stringify(after)) await this.writeIndex();
    });
  }

  /** Removes a run, as a person asks for it. */
  remove(id: string): Promise<void> {
    return this.inTurn(async () => {
      const { run, weights, next } = this.filesOf(id);
      for (const file of [run, weights, next]) await fs.rm(file, { force: true });
      for (const each of [this.summaries, this.seen, this.beside]) each.delete(id);
      await this.release(id);
      await this.writeIndex();
    });
  }

  /** Lets go of all runs, for the next window; resolves when all that was begun is on the disk. */
  async close(): Promise<void> {
    await this.writing;
    if (this.summaries.size > 0) await this.writeIndex().catch(() => undefined);
    await (await this.claims)?.close();
  }

  /** Writes what differs from what is there. */
  private async writeFiles(record: RunRecord, table: string): Promise<void> {
    const { id } = record;
    const textsFor = (name: string) => writeRun({ ...record, id: name }, table);
    const texts = textsFor(this.beside.get(id) ?? id);
    const seen = this.seen.get(id) ?? null;
    const disk = await diskHashOf(this.filesOf(id));
    // What was shown once more, but is what it was, leaves no trace.
    if (seen && disk !== null && sha256(texts.run) === seen.own) return;
    if (disk === null || (seen && (disk === seen.disk || (await this.ownOf(id)) === seen.own))) {
      const before = disk === null || !seen ? null : await settlePair(this.filesOf(id), seen);
      if (before) this.seen.set(id, before);
      this.seen.set(id, await writePair(this.filesOf(id), texts, before));
      return;
    }
    // Somebody else has written there meanwhile.
    const name = randomUUID();
    this.beside.set(id, name);
    await this.claim(name);
    this.seen.set(id, await writePair(this.filesOf(id), textsFor(name), null));
  }

  /** What lies on the disk as this version writes it: a formatter or another line end makes no other run of it. */
  private ownOf(id: string): Promise<string | null> {
    const { uri = '', shownAt } = this.summaries.get(id) ?? {};
    const how = ({ startedAt }: RunHead) => Promise.resolve({ uri, shownAt: shownAt ?? startedAt });
    return readPair(this.filesOf(id), how).then(
      ({ seen }) => seen.own,
      () => null,
    );
  }

  /** What the file of a run says, or the index while it is as it was; null where it cannot be read. */
  private async find(id: string, known: IndexedRun | undefined): Promise<IndexedRun | null> {
    const files = pairFiles(this.folder, id);
    try {
      const stamp = await stampOf(files.run);
      const table = known && this.holds(known.uri) ? this.parts.fileOf(known.uri) : null;
      if (known?.stamp === stamp && table !== null && (await isThere(table))) return known;
      const head = await headOf(files);
      const { startedAt, label } = head;
      return {
        ...{ id, uri: await this.addressOf(head), startedAt, shownAt: known?.shownAt ?? startedAt, stamp },
        ...(label.starred && { starred: true }),
      };
    } catch (error) {
      this.passOver(files.run, known?.uri ?? null, error);
      return null;
    }
  }

  private async addressOf(head: RunHead): Promise<string> {
    const at = { folder: this.folder, root: this.parts.root };
    return this.parts.uriOf(await tableAt(head, at, this.hashed));
  }

  private pathTo(uri: string): string | null {
    const file = this.parts.fileOf(uri);
    return file === null ? null : tablePathOf(file, { folder: this.folder, root: this.parts.root });
  }

  private filesOf(id: string): PairFiles {
    return pairFiles(this.folder, this.beside.get(id) ?? id);
  }

  /** Where no window can say what it has, each has all: none is lost, as none writes over what another has written. */
  private async claim(id: string): Promise<boolean> {
    try {
      return await (await (this.claims ??= this.openClaims())).claim(id);
    } catch {
      return true;
    }
  }

  private async release(id: string): Promise<void> {
    await (await this.claims)?.release(id).catch(() => undefined);
  }

  /** Under whatever name a window has opened the workspace. */
  private async openClaims(): Promise<Claims> {
    const real = await resolveLocation(this.parts.root, this.parts.location);
    const claims = new Claims(path.join(this.parts.shared, keyOf(real)));
    await claims.open().catch(() => undefined);
    return claims;
  }

  private passOver(file: string, uri: string | null, why: unknown): void {
    if (this.told.has(file)) return;
    this.told.add(file);
    this.parts.onPassedOver({ uri, file, reason: why instanceof Error ? why.message : String(why) });
  }

  private async writeIndex(): Promise<void> {
    const { ids } = sortedNames(await fs.readdir(this.folder).catch(() => []));
    await this.index.write(this.summaries.values(), (id) => ids.includes(this.beside.get(id) ?? id));
  }

  private inTurn(task: () => Promise<void>): Promise<void> {
    const done = this.writing.then(task);
    this.writing = done.catch(() => undefined);
    return done;
  }
}
